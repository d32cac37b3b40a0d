import { expect, test } from 'vitest';
import { duplicatesIn } from '../../src/schemas/list-rules.ts';
import type { Schema } from '../../src/schemas/schema.ts';
import { dereference } from '../../src/yaml/node.ts';
import { rootOf } from '../helpers/walking.ts';

const set: Schema = { type: 'array', 'x-kubernetes-list-type': 'set' };
const byPort: Schema = {
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['port', 'protocol'],
  items: { type: 'object', properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } } },
};

test.each<[string, Schema, string, readonly number[]]>([
  ['a value of a set', set, '[a, b, a]', [2]],
  ['a value that is there three times, once', set, '[a, a, a]', [1]],
  ['a number is not its text', set, '[1, "1"]', []],
  ['an object with its fields in another order', set, '[{a: 1, b: 2}, {b: 2, a: 1}]', [1]],
  ['the same keys', byPort, '[{port: 1, protocol: UDP}, {port: 1, protocol: UDP}]', [1]],
  ['a key by default', byPort, '[{port: 1}, {port: 1, protocol: TCP}]', [1]],
  ['a key that is null', byPort, '[{port: 1, protocol: null}, {port: 1}]', [1]],
  ['other keys', byPort, '[{port: 1}, {port: 1, protocol: UDP}]', []],
  ['no keys at all', byPort, '[{}, {}]', [1]],
  ['what is not an object', byPort, '[1, 1]', []],
  ['a list that is neither', { type: 'array', 'x-kubernetes-list-type': 'atomic' }, '[a, a]', []],
])('%s', (_rule, schema, yaml, expected) => {
  const list = dereference(rootOf(yaml));
  if (list.kind !== 'sequence') throw new Error('not a list');
  expect(duplicatesIn(list, schema).map(({ index }) => index)).toEqual(expected);
});
