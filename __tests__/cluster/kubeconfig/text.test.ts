import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKubeconfig, recogniseInput } from '../../../src/cluster/kubeconfig/text.ts';
import { GateError } from '../../../src/model/errors.ts';
import { gateErrorOf, wordsOf } from '../../helpers/gate-error.ts';

const yaml = 'apiVersion: v1\nkind: Config\nusers: [{name: u, user: {token: sesame}}]\n';
const place = { kind: 'input', input: 'kubeconfig' } as const;

describe('the input is', () => {
  test.each([
    ['a path', '/home/ci/config', 'path'],
    ['a path with blanks around it', '  ci/config \n', 'path'],
    ['a path of one word', 'kubeconfig', 'path'],
    ['a path on Windows', 'C:\\Users\\ci\\config', 'path'],
    ['content of several lines', yaml, 'content'],
    ['content of one line', 'apiVersion: v1', 'content'],
    ['content that begins with another field', 'current-context: x', 'content'],
    ['content in JSON', '{"apiVersion": "v1"}', 'content'],
    ['content that begins with a comment', '# from terraform', 'content'],
    ['content that begins with a document mark', '---', 'content'],
  ])('%s', (_, text, kind) => {
    expect(recogniseInput(text).kind).toBe(kind);
  });
});

describe('parsing', () => {
  test.each<[string, string | Buffer, unknown]>([
    [
      'a byte order mark',
      `\uFEFF${yaml}`,
      { apiVersion: 'v1', kind: 'Config', users: [{ name: 'u', user: { token: 'sesame' } }] },
    ],
    ['Windows line ends', 'a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['merge keys', 'x: &x {a: 1}\nz: {<<: *x}', { x: { a: 1 }, z: { a: 1 } }],
    ['a merge after a field, which it replaces', 'x: &x {a: 1}\nz: {a: 2, <<: *x}', { x: { a: 1 }, z: { a: 1 } }],
    ['the first of several documents', 'a: 1\n---\na: 2', { a: 1 }],
    ['the last of equal keys', 'a: 1\na: 2', { a: 2 }],
    ['nothing', '', undefined],
    ['comments only', '# nothing\n', null],
    ['words of YAML 1.1 as booleans', 'a: yes\nb: "no"', { a: true, b: 'no' }],
    ['numbers of YAML 1.1', 'a: 1_000\nb: 0x10\nc: 010', { a: 1000, b: 16, c: 8 }],
    ['keys of YAML 1.1', '1_0: a\nyes: b\n!!binary a2luZA==: c', { '10': 'a', true: 'b', kind: 'c' }],
    ['text in base64', 'a: !!binary c2VzYW1l', { a: 'sesame' }],
    ['unknown tags as text', 'a: !!sesame 1', { a: '1' }],
    ['keys that mean something to JavaScript', '__proto__: {a: 1}', JSON.parse('{"__proto__": {"a": 1}}')],
    ['UTF-16', Buffer.from('\uFEFFa: é', 'utf16le'), { a: 'é' }],
  ])('takes %s', (_, content, wanted) => {
    expect(parseKubeconfig(Buffer.from(content), place) ?? null).toEqual(wanted ?? null);
  });

  test.each<[string, string | Buffer, number]>([
    ['an alias that is named like a secret', 'a: 1\ntoken: *sesame', 2],
    ['a tag that is not one', 'a: !sesame`x', 1],
    ['a handle that is not defined', 'a: !sesame!x y', 1],
    ['a value that is not of its type', 'a: !!int sesame', 1],
    ['an escape of JSON', '{"a": 1,\n"token": "sesame\\/x"}', 2],
    ['an escape that is not a character', '"sesame\\ud800": 1', 1],
    ['a number without end', 'sesame: .inf', 1],
    ['a control character', 'token: sesame\u0007', 1],
    ['a directive', '%SESAME sesame\n---\na: 1', 1],
    ['text that is not UTF-8', Buffer.from('a: 1\nb: sesame\xe9', 'latin1'), 2],
    ['a bracket that is left open', 'a: 1\nb: {token: sesame', 2],
    ['a quote that is left open', 'token: "sesame', 1],
    ['a tab for indentation', 'a:\n\t- sesame', 2],
    ['an escape that there is not', 'token: "\\sesame"', 1],
  ])('says where, and nothing of the content: %s', async (_, content, line) => {
    const error = await gateErrorOf(() => parseKubeconfig(Buffer.from(content), place));
    expect(error).toMatchObject({
      outcome: 'invalid-input',
      code: 'kubeconfig-yaml',
      problems: [{ place: { ...place, line } }],
    });
    expect(error.message).toMatch(new RegExp(`^kubeconfig:${line} is not YAML: .`));
    expect(wordsOf(error)).not.toContain('sesame');
    expect(error.cause).toBeUndefined();
  });

  test('no text throws anything but a GateError', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-\s\w:[\]{}&*!|>'"%@`#,?]{0,60}$/));
    fc.assert(
      fc.property(text, (given) => {
        try {
          parseKubeconfig(Buffer.from(given), place);
        } catch (error) {
          expect(error).toBeInstanceOf(GateError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
