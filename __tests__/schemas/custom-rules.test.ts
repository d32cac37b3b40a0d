import { expect, test } from 'vitest';
import { parseRelease } from '../../src/model/release.ts';
import { walkObject } from '../../src/schemas/walk.ts';
import { documentOf, rootOf, told, walkSpec } from '../helpers/walking.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const object = (properties: object, keywords: object = {}) => ({ type: 'object', properties, ...keywords });

test.each<[string, object, string, readonly string[]]>([
  ['a field that is not defined', object({ a: text }), '{b: 1}', ['spec.b: field-unknown']],
  ['a field of an object of which nothing is told', { type: 'object' }, '{b: 1}', ['spec.b: field-unknown']],
  [
    'what is to be kept',
    object({ a: whole }, { 'x-kubernetes-preserve-unknown-fields': true }),
    '{b: {c: 1}, a: x}',
    ['spec.a: field-type must be a whole number; this is text'],
  ],
  [
    'what a kept field defines within',
    object({ a: object({}) }, { 'x-kubernetes-preserve-unknown-fields': true }),
    '{a: {b: 1}}',
    ['spec.a.b: field-unknown'],
  ],
  [
    'a map of anything: fields within its values go',
    { type: 'object', additionalProperties: true },
    '{a: 1, b: {c: 1}}',
    ['spec.b.c: field-unknown'],
  ],
  ['null where null may be', object({ a: { ...text, nullable: true } }), '{a: null}', []],
  ['null that is dropped', object({ a: text }), '{a: null}', []],
  [
    'null that is dropped and required',
    object({ a: text }, { required: ['a'] }),
    '{a: null}',
    ['spec.a: field-required is required, and missing'],
  ],
  ['null with a default', object({ a: { ...text, default: 'x' } }, { required: ['a'] }), '{a: null}', []],
  ['null in a list', { type: 'array', items: text }, '[null]', ['spec[0]: field-type must be text; this is null']],
  [
    'null among choices',
    object({ a: { ...text, nullable: true, enum: ['A'] } }),
    '{a: null}',
    ['spec.a: field-enum must be one of A; this is null'],
  ],
  [
    'a required field',
    object({ a: text }, { required: ['a'] }),
    '{}',
    ['spec.a: field-required is required, and missing'],
  ],
  ['a required field with a default', object({ a: { ...text, default: '' } }, { required: ['a'] }), '{}', []],
  [
    'a value that is not among the choices',
    { ...text, enum: ['A', 'B'] },
    'C',
    ['spec: field-enum must be one of A, B; this is "C"'],
  ],
  ['no text, not among the choices', { ...text, enum: ['A'] }, '""', ['spec: field-enum must be one of A; this is ""']],
  ['a pattern', { ...text, pattern: '^[a-z]+$' }, 'A1', ['spec: field-value must match the pattern ^[a-z]+$']],
  ['too short', { ...text, minLength: 2 }, 'a', ['spec: field-limit must have at least 2 characters; this has 1']],
  ['characters and not bytes', { ...text, maxLength: 2, minLength: 2 }, '"😀ä"', []],
  [
    'too short though long in UTF-16',
    { ...text, minLength: 2 },
    '"😀"',
    ['spec: field-limit must have at least 2 characters; this has 1'],
  ],
  ['a format', { ...text, format: 'ipv4' }, 'x', ['spec: field-value must be in the format ipv4']],
  ['a list for text with a format, as the server has it', { ...text, format: 'ipv4' }, '[]', []],
  ['a list for text without', text, '[]', ['spec: field-type must be text; this is a list']],
  ['below the minimum', { ...whole, minimum: 1 }, '0', ['spec: field-limit must be at least 1; this is 0']],
  ['above the maximum', { ...whole, maximum: 10 }, '11', ['spec: field-limit must be at most 10; this is 11']],
  [
    'the maximum itself, excluded',
    { ...whole, maximum: 10, exclusiveMaximum: true },
    '10',
    ['spec: field-limit must be less than 10; this is 10'],
  ],
  [
    'the minimum itself, excluded',
    { type: 'number', minimum: 0, exclusiveMinimum: true },
    '0',
    ['spec: field-limit must be more than 0; this is 0'],
  ],
  ['a bound is cut to a whole number for one', { type: 'number', minimum: 0.5 }, '0', []],
  ['not a multiple', { ...whole, multipleOf: 5 }, '7', ['spec: field-limit must be a multiple of 5; this is 7']],
  ['a multiple of a fraction', { type: 'number', multipleOf: 0.1 }, '0.3', []],
  [
    '32 bits',
    { ...whole, format: 'int32' },
    '2147483648',
    ['spec: field-value must be a whole number of at most 32 bits; this is 2147483648'],
  ],
  [
    'a whole number beyond 64 bits',
    whole,
    '9223372036854775808',
    ['spec: field-type must be a whole number; this is a number'],
  ],
  ['a whole number for a number', { type: 'number' }, '1', []],
  [
    'int-or-string',
    { 'x-kubernetes-int-or-string': true },
    '[80]',
    ['spec: field-type must be a whole number or text; this is a list'],
  ],
  [
    'half for int-or-string',
    { 'x-kubernetes-int-or-string': true },
    '1.5',
    ['spec: field-type must be a whole number or text; this is a number'],
  ],
  [
    'too many items',
    { type: 'array', items: whole, maxItems: 1 },
    '[1, 2]',
    ['spec: field-limit must have at most 1 item; this has 2'],
  ],
  [
    'too few fields',
    object({ a: text, b: text }, { minProperties: 2 }),
    '{a: x, b: null}',
    ['spec: field-limit must have at least 2 fields; this has 1'],
  ],
  ['a field by default counts', object({ a: text, b: { ...text, default: 'x' } }, { minProperties: 2 }), '{a: x}', []],
  [
    'an embedded resource',
    { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    '{apiVersion: v1, kind: A, metadata: {name: x}, more: 1}',
    [],
  ],
  [
    'an embedded resource without a kind',
    { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    '{apiVersion: v1}',
    ['spec.kind: field-required is required, and missing'],
  ],
  [
    'metadata of an embedded resource',
    { type: 'object', 'x-kubernetes-embedded-resource': true },
    '{apiVersion: v1, kind: A, metadata: {lables: {}}}',
    ['spec.metadata.lables: field-unknown'],
  ],
  [
    'a kind that cannot be',
    { type: 'object', 'x-kubernetes-embedded-resource': true },
    '{apiVersion: a/b/c, kind: 1a}',
    [
      'spec.apiVersion: field-value must be a group and a version; this is "a/b/c"',
      'spec.kind: field-value must be the name of a kind; this is "1a"',
    ],
  ],
])('%s', (_rule, schema, value, expected) => {
  expect(told(walkSpec(schema, value).faults)).toEqual(expected);
});

test('a server that is older does not hold to 32 bits', () => {
  expect(walkSpec({ ...whole, format: 'int32' }, '2147483648', { release: parseRelease('1.28') }).faults).toEqual([]);
});

test('a required field is told at the object that lacks it, an unknown one at its key, a wrong value at the value', () => {
  const { faults } = walkSpec(object({ a: whole, c: text }, { required: ['c'] }), '{a: x, b: y}');
  expect(faults.map(({ path, at }) => [path, at])).toEqual([
    ['spec.a', 10],
    ['spec.b', 13],
    ['spec.c', 6],
  ]);
});

test('of a status that is dropped only unknown fields are told', () => {
  const document = documentOf(object({ a: whole }), 'custom', true);
  const { faults } = walkObject(rootOf('status: {a: {c: 1}, b: 1}\n'), { document, kind: 'Thing', hidesValues: false });
  expect(told(faults)).toEqual(['status.a.c: field-unknown', 'status.b: field-unknown']);
});

test('metadata and the names of an object are always there', () => {
  const document = documentOf(object({}));
  const yaml = 'apiVersion: a/v1\nkind: Thing\nmetadata: {name: a, lables: {}, finalizers: x}\n';
  const { faults } = walkObject(rootOf(yaml), { document, kind: 'Thing', hidesValues: false });
  expect(told(faults)).toEqual([
    'metadata.lables: field-unknown',
    'metadata.finalizers: field-type must be a list; this is text',
  ]);
});

test('a pattern that cannot be compiled is counted, and nothing is held to it', () => {
  const walk = walkSpec({ ...text, pattern: '(?=a)' }, 'x');
  expect([walk.faults, [...walk.badPatterns]]).toEqual([[], ['(?=a)']]);
});
