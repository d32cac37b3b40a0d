import { expect, test } from 'vitest';
import { dictionary, InvalidSchema, propertyOf, readSchema, readSchemas, record } from '../../src/schemas/schema.ts';

test('what can be judged is kept, and what cannot is not', () => {
  const kept = {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string', pattern: 'x', maxLength: 3, enum: ['x', 1] }, b: { $ref: 'B' } },
    'x-kubernetes-preserve-unknown-fields': true,
  };
  const left = { description: 'x', oneOf: [{}], anyOf: [{}], not: {}, example: 1, 'x-kubernetes-validations': [{}] };
  expect(readSchema({ ...kept, ...left }, 'root')).toEqual(kept);
});

test.each([
  ['a reference', { $ref: '#/components/schemas/a.B' }, { $ref: 'a.B' }],
  [
    'a reference in allOf, beside a default',
    { default: {}, allOf: [{ $ref: '#/components/schemas/B' }] },
    { $ref: 'B', default: {} },
  ],
  ['composition', { type: 'string', allOf: [{ pattern: 'x' }, {}] }, { type: 'string' }],
  ['a default that is not a scalar', { type: 'object', default: { a: [1] } }, { type: 'object', default: {} }],
  ['what is false or null', { nullable: false, pattern: '', items: null, type: '' }, {}],
  ['a map of anything', { additionalProperties: true }, { additionalProperties: true }],
])('%s', (_rule, given, expected) => {
  expect(readSchema(given, 'root')).toEqual(expected);
});

test('what was read reads the same again', () => {
  const read = readSchema(
    { type: 'array', items: { allOf: [{ $ref: 'X' }], default: 1 }, maxItems: 0, minimum: 0 },
    'root',
  );
  expect(JSON.stringify(readSchema(JSON.parse(JSON.stringify(read)), 'root'))).toBe(JSON.stringify(read));
});

test.each<[string, unknown, RegExp]>([
  ['a list for a schema', [], /^root is not an object$/],
  ['a type that is none', { type: 'text' }, /^root\.type is not a type$/],
  ['two types', { type: ['string', 'null'] }, /^root\.type/],
  ['a pattern of another type', { pattern: 1 }, /^root\.pattern is not text$/],
  ['half a length', { maxLength: 1.5 }, /^root\.maxLength is not a count$/],
  ['a flag in text', { nullable: 'true' }, /^root\.nullable/],
  ['names that are not', { required: [1] }, /^root\.required/],
  ['properties in a list', { properties: [] }, /^root\.properties is not an object$/],
  ['within a property', { properties: { a: { items: 1 } } }, /^root\.properties\.a\.items is not an object$/],
  ['a reference that is not text', { $ref: 1 }, /^root\.\$ref/],
])('refused: %s', (_rule, given, message) => {
  expect(() => readSchema(given, 'root')).toThrow(InvalidSchema);
  expect(() => readSchema(given, 'root')).toThrow(message);
});

test('a schema that never ends is refused', () => {
  let deep: object = {};
  for (let level = 0; level < 300; level += 1) deep = { items: deep };
  expect(() => readSchema(deep, 'root')).toThrow(/nested more than/);
});

test('a property of any name is a property and nothing else', () => {
  const schema = readSchema(JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{}}}'), 'root');
  expect([
    propertyOf(schema, '__proto__'),
    propertyOf(schema, 'toString'),
    Object.keys(schema.properties ?? {}),
  ]).toEqual([{ type: 'string' }, undefined, ['__proto__', 'constructor']]);
  expect([Object.keys(readSchemas({ b: {}, a: {} }, 'x')), dictionary(), record({ a: 1 }, 'x')]).toEqual([
    ['a', 'b'],
    {},
    { a: 1 },
  ]);
});
