import { expect, test } from 'vitest';
import {
  breakLength,
  byteAt,
  decodeSlice,
  findForbiddenByte,
  isBreakOrEnd,
  isSpaceOrEnd,
  isWord,
} from '../../src/yaml/bytes.ts';

test.each([
  ['\n', 1],
  ['\r\n', 2],
  ['\rx', 1],
  ['\u0085', 2],
  ['\u2028', 3],
  ['\u2029', 3],
  ['\u2027', 0],
  ['\u00a0', 0],
  ['x', 0],
  ['', 0],
])('the line break at the beginning of %j has %d bytes', (text, length) => {
  const bytes = Buffer.from(text);
  expect(breakLength(bytes, 0)).toBe(length);
  expect(isBreakOrEnd(bytes, 0)).toBe(length > 0 || text === '');
});

test.each([
  ['plain\ttext\r\n', -1],
  ['é \u0085 \u2028 \uFEFF 😀', -1],
  ['a\0', 1],
  ['\u001b', 0],
  ['a\u007f', 1],
  ['é\u0084', 2],
  ['\u009f', 0],
  ['x\uFFFE', 1],
  ['x\uFFFF', 1],
  ['\uFFFD', -1],
])('the first forbidden character of %j stands at %d', (text, at) => {
  expect(findForbiddenByte(Buffer.from(text))).toBe(at);
});

test('beyond the end there is nothing', () => {
  const bytes = Buffer.from('é');
  expect(byteAt(bytes, 2)).toBe(0);
  expect(isSpaceOrEnd(bytes, 2)).toBe(true);
  expect(isSpaceOrEnd(bytes, 0)).toBe(false);
  expect(decodeSlice(bytes, 0, 2)).toBe('é');
});

test('names are made of letters, digits, hyphens and underscores', () => {
  expect([...'azAZ09-_'].every((each) => isWord(each.charCodeAt(0)))).toBe(true);
  expect([...'.:/é '].some((each) => isWord(each.charCodeAt(0)))).toBe(false);
});
