import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, LONGEST_TEXT, legible, logLine, oneLine } from '../../src/model/legible.ts';

const TOKEN = ['eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ', 'eyJpc3MiOiJrdWJlcm5ldGVzIn0', 'c2lnbmF0dXJl'].join('.');

describe('legible', () => {
  test.each([
    ['a plain sentence stays', 'policy/v1 is served.', 'policy/v1 is served.'],
    ['line feeds stay, carriage returns before them go', 'one\r\ntwo\nthree', 'one\ntwo\nthree'],
    ['a tab is a blank', 'a\tb', 'a b'],
    ['a terminal escape is shown, not sent', '\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a bell and a backspace are shown', 'a\u0007b\u0008', 'a\\x07b\\x08'],
    ['a lone carriage return, which would overwrite the line, is shown', 'served\rmissing', 'served\\x0dmissing'],
    ['C1 controls are shown', 'a\u009bb', 'a\\x9bb'],
    ['a bidirectional override is shown', 'a\u202eb', 'a\\u202eb'],
    ['a tag character beyond the first plane is shown', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['half a surrogate pair is shown', 'a\ud800b', 'a\\ud800b'],
    ['letters of all scripts stay', 'Größe 日本 🚀', 'Größe 日本 🚀'],
  ])('%s', (_, text, expected) => {
    expect(legible(text)).toBe(expected);
  });

  test.each([
    ['a bearer token', 'Authorization: Bearer abcdefghijklmnop, please', 'Authorization: Bearer ***, please'],
    ['a JSON web token', `token ${TOKEN} is expired`, 'token *** is expired'],
    ['half a JSON web token', `token ${TOKEN.slice(0, 50)}`, 'token ***'],
    ['an EKS token', 'k8s-aws-v1.aHR0cHM6Ly9zdHMuYW1hem9u is unknown', '*** is unknown'],
    ['a GitHub token', `ghs_${'a'.repeat(36)} is bad`, '*** is bad'],
    [
      'a name and password in an address',
      'https://admin:secret@10.0.0.1/api failed',
      'https://***@10.0.0.1/api failed',
    ],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nfailed', '***\nfailed'],
  ])('%s is hidden', (_, text, expected) => {
    expect(legible(text)).toBe(expected);
  });

  test('any text comes out bounded, without controls, and as its own answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (text) => {
        const shown = legible(text);
        expect(shown.length).toBeLessThanOrEqual(LONGEST_TEXT);
        expect(shown).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(legible(shown)).toBe(shown);
      }),
    );
  });

  test.each([
    ['colons', '://'.repeat(30_000)],
    ['dots', `eyJ${'a.'.repeat(30_000)}`],
    ['begins of keys', '-----BEGIN PRIVATE KEY-----'.repeat(2400)],
  ])('a long text of %s takes no more than a moment', (_, text) => {
    expect(legible(text).length).toBeLessThanOrEqual(LONGEST_TEXT);
  });
});

describe('cut', () => {
  test.each([
    ['what fits stays', 'abc', 3, 'abc'],
    ['what does not ends in an ellipsis', 'abcd', 3, 'ab…'],
    ['no surrogate pair is halved', 'a🚀b', 3, 'a…'],
  ])('%s', (_, text, limit, expected) => {
    expect(cut(text, limit)).toBe(expected);
  });
});

test('oneLine joins lines with single blanks', () => {
  expect(oneLine(' one \n  two\n\nthree ')).toBe('one two three');
});

describe('logLine', () => {
  test.each([
    ['lines are joined', 'one\ntwo', 'one two'],
    [
      'a command at the start is none',
      '::set-output name=outcome::compatible',
      '\\::set-output name=outcome::compatible',
    ],
    ['a command after blanks is none', '  ::set-output name=a::b', '\\::set-output name=a::b'],
    ['a colour is shown, not sent', '\u001b[31mred', '\\x1b[31mred'],
    ['a command after a line end is none', 'no\n::warning::x', 'no ::warning::x'],
    ['a command after a lone carriage return is none', 'no\r::warning::x', 'no\\x0d::warning::x'],
    [
      'the old form is none, wherever it stands',
      'no ##[set-output name=outcome]x',
      'no ##\\[set-output name=outcome]x',
    ],
  ])('%s', (_, text, expected) => {
    expect(logLine(text)).toBe(expected);
  });
});
