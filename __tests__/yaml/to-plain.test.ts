import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { toPlain } from '../../src/yaml/to-plain.ts';

const plain = (yaml: string): unknown => {
  const { root } = readYaml(Buffer.from(yaml), EVERYTHING);
  return root && toPlain(root);
};

test.each([
  ['values', 'a: [x, 1.50, 0x10, yes, ~, {b: c}]', { a: ['x', 1.5, 16, true, null, { b: 'c' }] }],
  ['aliases', 'a: &x {b: 1}\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
  ['merges', 'a: &x {b: 1}\nc: {b: 2, <<: *x}', { a: { b: 1 }, c: { b: 1 } }],
  ['the last of equal keys', 'a: 1\na: 2', { a: 2 }],
  ['the nearest double', 'a: 9007199254740993', { a: 2 ** 53 }],
])('%s', (_, yaml, value) => {
  expect(plain(yaml)).toEqual(value);
});

test('no key reaches a prototype', () => {
  const value = plain('__proto__: {admin: true}\nconstructor: x');
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor']);
  expect(Object(value).admin).toBeUndefined();
});

test('aliases of aliases take no more room than their text', () => {
  const lines = Array.from({ length: 8 }, (_, index) =>
    index === 0 ? 'a0: &a0 [x]' : `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`,
  );
  const value = Object(plain(lines.join('\n')));
  expect(value.a7[0]).toBe(value.a7[1]);
});
