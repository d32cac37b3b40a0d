import { expect, test } from 'vitest';
import { headerValue, isSendable } from '../../../src/cluster/credentials/header.ts';

test.each([
  ['letters', 'abc', true],
  ['letters beyond ASCII', 'tökén–日本', true],
  ['a tab', 'a\tb', true],
  ['a line feed', 'a\nb', false],
  ['a carriage return', 'a\rb', false],
  ['a zero byte', 'a\0b', false],
  ['an escape', 'a\u001bb', false],
  ['a delete', 'a\u007fb', false],
])('%s may stand in a header: %s', (_, text, wanted) => {
  expect(isSendable(text)).toBe(wanted);
});

test.each(['abc', 'tökén', '日本'])('the bytes of %s are those of UTF-8', (text) => {
  expect(Buffer.from(headerValue(text), 'latin1').toString('utf8')).toBe(text);
});
