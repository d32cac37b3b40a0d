import { expect, test } from 'vitest';
import { told, walkSpec } from '../helpers/walking.ts';

const int32 = { type: 'integer', format: 'int32' };
const text = { type: 'string' };

test.each<[string, object, string, readonly string[]]>([
  [
    'a field that a type does not have',
    { type: 'object', properties: { image: text } },
    '{imagee: x}',
    ['spec.imagee: field-unknown'],
  ],
  [
    'a field in other letters',
    { type: 'object', properties: { image: text } },
    '{Image: x}',
    ['spec.Image: field-unknown'],
  ],
  [
    'an unknown field that is null',
    { type: 'object', properties: { a: text } },
    '{b: null}',
    ['spec.b: field-unknown'],
  ],
  [
    'null in place of anything',
    { type: 'object', properties: { a: int32, b: { type: 'array', items: text } } },
    '{a: null, b: [null]}',
    [],
  ],
  ['any key of a map', { type: 'object', additionalProperties: text }, '{a: b, c: null}', []],
  [
    'a value of a map',
    { type: 'object', additionalProperties: text },
    '{a.b/c: 1}',
    ['spec.a.b/c: field-type must be text; this is a number'],
  ],
  [
    'an item of a list',
    { type: 'array', items: int32 },
    '[1, x]',
    ['spec[1]: field-type must be a whole number; this is text'],
  ],
  [
    'a list where a mapping must be',
    { type: 'object', properties: {} },
    '[]',
    ['spec: field-type must be a mapping; this is a list'],
  ],
  ['a whole number', int32, '2147483647', []],
  ['3.0, which kubectl sends as 3', int32, '3.0', []],
  ['a whole number in hex', int32, '0x10', []],
  [
    'one more than 32 bits',
    int32,
    '2147483648',
    ['spec: field-value must be a whole number of at most 32 bits; this is 2147483648'],
  ],
  [
    'one less than 32 bits',
    int32,
    '-2147483649',
    ['spec: field-value must be a whole number of at most 32 bits; this is -2147483649'],
  ],
  ['64 bits', { type: 'integer', format: 'int64' }, '9223372036854775807', []],
  ['half a number', int32, '1.5', ['spec: field-type must be a whole number; this is 1.5']],
  ['a number in quotes', int32, '"2"', ['spec: field-type must be a whole number; this is text']],
  ['yes, which is true', text, 'yes', ['spec: field-type must be text; this is true or false']],
  ['a fraction', { type: 'number', format: 'double' }, '0.5', []],
  ['a word for a number', { type: 'number' }, 'a', ['spec: field-type must be a number; this is text']],
  ['true', { type: 'boolean' }, 'true', []],
  ['"true"', { type: 'boolean' }, '"true"', ['spec: field-type must be true or false; this is text']],
  ['a quantity', { format: 'quantity' }, '1.5Gi', []],
  ['a quantity in digits', { format: 'quantity' }, '2', []],
  [
    'a quantity with a wrong suffix',
    { format: 'quantity' },
    '1.5Gx',
    ['spec: field-value must be a quantity such as 500m or 1.5Gi; this is "1.5Gx"'],
  ],
  [
    'a list for a quantity',
    { format: 'quantity' },
    '[]',
    ['spec: field-type must be a quantity such as 500m or 1.5Gi; this is a list'],
  ],
  ['a port by name', { format: 'int-or-string' }, 'http', []],
  ['a port by number', { format: 'int-or-string' }, '80', []],
  [
    'a port of 33 bits',
    { format: 'int-or-string' },
    '4294967296',
    ['spec: field-value must be a whole number of at most 32 bits; this is 4294967296'],
  ],
  [
    'true for a port',
    { format: 'int-or-string' },
    'true',
    ['spec: field-type must be a whole number or text; this is true or false'],
  ],
  ['a time', { format: 'time' }, '2026-01-31T12:00:00Z', []],
  [
    'a day for a time',
    { format: 'time' },
    '2026-01-31',
    ['spec: field-value must be a time such as 2026-01-31T12:00:00Z; this is "2026-01-31"'],
  ],
  [
    'a number for a time',
    { format: 'micro-time' },
    '5',
    ['spec: field-type must be a time such as 2026-01-31T12:00:00.000000Z; this is a number'],
  ],
  ['a duration', { format: 'go-duration' }, '1h', []],
  ['base64', { type: 'string', format: 'byte' }, 'aGVs\n    bG8=', ['spec: field-value must be base64']],
  ['base64 with line ends', { type: 'string', format: 'byte' }, '"aGVs\\nbG8="', []],
  ['numbers for bytes', { type: 'string', format: 'byte' }, '[1, 255, null]', []],
  [
    'numbers that are not bytes',
    { type: 'string', format: 'byte' },
    '[256]',
    ['spec: field-type must be text in base64; this is a list'],
  ],
  [
    'a value that is not among the choices, which may pass',
    { type: 'string', enum: ['A', 'B'] },
    'C',
    ['spec: field-enum must be one of A, B; this is "C"'],
  ],
  ['no text among the choices', { type: 'string', enum: ['A'] }, '""', []],
  ['what is required is for validation', { type: 'object', required: ['a'], properties: { a: text } }, '{}', []],
  ['anything', {}, '{a: [1]}', []],
  [
    'a merged field, where it stands',
    { type: 'object', properties: { a: int32 } },
    '{<<: {a: x}}',
    ['spec.a: field-type must be a whole number; this is text'],
  ],
  ['true for a schema', { format: 'schema-or-bool' }, 'true', []],
  [
    'text for a schema',
    { format: 'schema-or-bool' },
    'x',
    ['spec: field-type must be a schema, true or false; this is text'],
  ],
  [
    'a list of names for a schema',
    { format: 'schema-or-texts' },
    '[a, 1]',
    ['spec[1]: field-type must be text; this is a number'],
  ],
  [
    'an unknown field in a schema, which is not looked for',
    { format: 'schema-or-array', items: { type: 'object', properties: { a: text } } },
    '{b: 1, a: 2}',
    ['spec.a: field-type must be text; this is a number'],
  ],
])('%s', (_rule, schema, value, expected) => {
  expect(told(walkSpec(schema, value, { origin: 'built-in' }).faults)).toEqual(expected);
});

test('no value is told where none may be', () => {
  const schema = {
    type: 'object',
    properties: { a: { format: 'quantity' }, b: int32, c: { type: 'string', enum: ['A'] } },
  };
  const { faults } = walkSpec(schema, '{a: hunter2, b: 12345678901, c: hunter2}', {
    origin: 'built-in',
    hidesValues: true,
  });
  expect(JSON.stringify(faults)).not.toMatch(/hunter2|12345678901/);
  expect(faults).toHaveLength(3);
});

test('near misses are those that are not given already', () => {
  const schema = { type: 'object', properties: { port: int32, protocol: text, proto: text } };
  const { faults } = walkSpec(schema, '{port: 1, prot: x}', { origin: 'built-in' });
  expect(faults[0]?.near).toEqual(['proto']);
});

test.each([
  ['a value', int32, '${REPLICAS}', 0, 1],
  ['a key', { type: 'object', properties: {} }, '{"${KEY}": 1}', 0, 1],
  ['a value that fits as it is', text, '${NAME}', 0, 0],
])('what a later step fills in is not judged: %s', (_rule, schema, value, faults, placeholders) => {
  const walk = walkSpec(schema, value, { origin: 'built-in' });
  expect([walk.faults.length, walk.placeholders]).toEqual([faults, placeholders]);
});
