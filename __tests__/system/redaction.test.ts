import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRedaction } from '../../src/system/redaction.ts';

test.each([
  ['a remembered secret is hidden wherever it stands', ['s3cret'], 'a s3cret, s3cret', 'a ***, ***'],
  ['the longer of two secrets is hidden first', ['abcd', 'abcdef'], 'abcdef', '***'],
  ['as JSON writes it', ['a"b\\c'], 'said "a\\"b\\\\c"', 'said "***"'],
  ['as URLs write it', ['pa ss%/'], '?q=pa%20ss%25%2F and /pa%20ss%25/', '?q=*** and /***'],
  ['half a character in it', ['a\ud800bc'], 'a\ud800bc', '***'],
  ['as Go writes it in JSON', ['a&b<c>d'], 'with "a\\u0026b\\u003cc\\u003ed"', 'with "***"'],
  ['as JSON may write every character', ['abcd'], '\\u0061\\u0062\\U0063d'.replace('U', 'u'), '***'],
  [
    'as JSON within JSON',
    ['a"b&c'],
    String.raw`{"m":"{\\"m\\":\\"a\\\\\\"b\\\\u0026c\\"}"}`,
    String.raw`{"m":"{\\"m\\":\\"***\\"}"}`,
  ],
  ['with slashes as PHP writes them', ['ab/cd'], 'ab\\/cd', '***'],
  ['as Go quotes it', ['a\u0001bcd'], '"a\\x01bcd"', '"***"'],
  ['in part as URLs write it', ['a/b c&d'], 'a%2fb%20c&d', '***'],
  ['in letters beyond ASCII as URLs write them', ['pässwörd'], 'p%C3%A4ssw%c3%b6rd', '***'],
  ['as HTML writes it', ['a<b>&"c'], 'a&lt;b&gt;&amp;&#34;c, a&#x3c;b&#62;&amp;&quot;c', '***, ***'],
  ['as base64', ['hunter2!'], 'aHVudGVyMiE=', '***'],
  ['as base64 without its end', ['hunter2!'], 'aHVudGVyMiE', '***'],
  [
    'in the base64 of more',
    ['a-longer-secret'],
    Buffer.from('user:a-longer-secret').toString('base64'),
    'dXNlcjp***Q=',
  ],
  ['as hex', ['hunter2!'], '68756e7465723221 68756E7465723221', '*** ***'],
  ['its beginning, where it was cut', ['0123456789abcdefghij'], 'no 0123456789abcd… there', 'no ***… there'],
  ['its end, where it was cut', ['0123456789abcdefghij'], 'no …6789abcdefghij there', 'no …*** there'],
  ['its beginning, cut and escaped', ['01234&56789abcdefghij'], '01234\\u002656789a', '***'],
  ['a beginning of few characters may be anything', ['0123456789abcdefghij'], '0123456789', '0123456789'],
  ['a part of a short secret may be anything', ['0123456789ab'], '0123456789a', '0123456789a'],
  ['two that overlap are hidden together', ['abcd1', 'cd1ef'], 'xabcd1efx', 'x***x'],
  ['two side by side', ['abcd', 'efgh'], 'abcdefgh', '******'],
  ['an escape that is none', ['abcd'], '\\q%zz&x;', '\\q%zz&x;'],
  ['stars that were there', ['abcd'], '*** abcd ***', '*** *** ***'],
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

test.each([
  ['a short one is spared', 'hunter2', 'a hunter2', 'a hunter2'],
  ['a long one is hidden', '0123456789abcdef', 'a 0123456789abcdef', 'a ***'],
  ['a long one is hidden in escapes', '0123456789abcde&', 'a 0123456789abcde\\u0026', 'a ***'],
  ['a part of a long one is spared', '0123456789abcdef', 'a 0123456789abcde', 'a 0123456789abcde'],
])('in what is judged: %s', (_rule, secret, text, expected) => {
  const { mask, redact } = openRedaction(() => undefined);
  mask(secret);
  expect(redact(text, 16)).toBe(expected);
});

test('a secret is found however it is spelt, and nothing else is changed', () => {
  const spellings: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => JSON.stringify(text).slice(1, -1),
    (text) => [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    encodeURIComponent,
    (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    (text) => [...text].map((each) => `&#${each.codePointAt(0)};`).join(''),
  ];
  const printable = fc
    .string({ minLength: 6, maxLength: 40, unit: 'binary-ascii' })
    .filter((text) => text.trim() === text && text.length > 5);
  const layers = fc.array(fc.constantFrom(...spellings), { maxLength: 3 });
  fc.assert(
    fc.property(printable, layers, (secret, ways) => {
      const { mask, redact } = openRedaction(() => undefined);
      mask(secret);
      const written = ways.reduce((text, write) => write(text), secret);
      expect(redact(`<${written}>`)).toBe('<***>');
    }),
  );
});
