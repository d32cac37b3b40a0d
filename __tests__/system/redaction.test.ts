import { expect, test } from 'vitest';
import { openRedaction } from '../../src/system/redaction.ts';

test.each([
  ['a remembered secret is hidden wherever it stands', ['s3cret'], 'a s3cret, s3cret', 'a ***, ***'],
  ['the longer of two secrets is hidden first', ['abcd', 'abcdef'], 'abcdef', '***'],
  ['as JSON writes it', ['a"b\\c'], 'said "a\\"b\\\\c"', 'said "***"'],
  ['as URLs write it', ['pa ss%/'], '?q=pa%20ss%25%2F and /pa%20ss%25/', '?q=*** and /***'],
  ['half a character in it', ['a\ud800bc'], 'a\ud800bc', '***'],
  ['what was not remembered stays', ['s3cret'], 'public', 'public'],
  ['a secret of a few characters does not blot out words', ['a'], 'a cat', 'a cat'],
])('%s', (_rule, secrets, text, expected) => {
  const { mask, redact } = openRedaction(() => undefined);
  for (const secret of secrets) mask(secret);
  expect(redact(text)).toBe(expected);
});

test('a secret is announced once, an empty one never', () => {
  const announced: string[] = [];
  const { mask } = openRedaction((secret) => announced.push(secret));
  for (const secret of ['s3cret', 's3cret', '', '  ']) mask(secret);
  expect(announced).toEqual(['s3cret']);
});
