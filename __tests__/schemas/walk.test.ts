import { expect, test } from 'vitest';
import type { TypeField } from '../../src/model/field-fault.ts';
import { MOST_FAULTS, walkObject } from '../../src/schemas/walk.ts';
import { documentOf, rootOf, walkSpec } from '../helpers/walking.ts';

const nothing = { type: 'object', properties: {} };

test('after 50 faults the rest is counted', () => {
  const fields = Array.from({ length: 60 }, (_, index) => `f${index}: 1`).join(', ');
  const walk = walkSpec(nothing, `{${fields}}`);
  expect([walk.faults.length, walk.more]).toEqual([MOST_FAULTS, 10]);
});

test('a doubt does not take the place of what is certain', () => {
  const schema = { type: 'object', properties: { a: { type: 'array', items: { type: 'string', enum: ['A'] } } } };
  const walk = walkSpec(schema, '{a: [B, B, B], z: 1}', { origin: 'built-in', most: 2 });
  expect(walk.faults.map(({ rule, isDoubtful }) => [rule, isDoubtful])).toEqual([
    ['field-unknown', false],
    ['field-enum', true],
  ]);
});

test.each(['$patch: delete', '"$setElementOrder/containers": []', '$retainKeys: [a]'])('%s makes it a patch', (key) => {
  expect(walkSpec(nothing, `{${key}}`).isPatch).toBe(true);
});

test('a kind of which nothing is known has no faults', () => {
  const options = { document: documentOf(nothing), kind: 'constructor', hidesValues: false };
  expect(walkObject(rootOf('spec: {a: 1}\n'), options).faults).toEqual([]);
});

test('known fields of built-in types are told, with the field that led there', () => {
  const document = {
    origin: 'built-in' as const,
    kinds: { Pod: { type: 'Pod' } },
    types: {
      Pod: { type: 'object' as const, properties: { spec: { $ref: 'Spec' } } },
      Spec: { type: 'object' as const, properties: { list: { type: 'array' as const, items: { $ref: 'Item' } } } },
      Item: { type: 'object' as const, properties: { a: { type: 'string' as const } } },
    },
  };
  const told: (readonly [TypeField, string])[] = [];
  walkObject(rootOf('spec: {list: [{a: x, b: y}]}\n'), {
    document,
    kind: 'Pod',
    hidesValues: false,
    onField: (field, _, path) => told.push([field, path()]),
  });
  expect(told).toEqual([
    [{ component: 'Pod', property: 'spec' }, 'spec'],
    [{ component: 'Spec', property: 'list', parent: { component: 'Pod', property: 'spec' } }, 'spec.list'],
    [{ component: 'Item', property: 'a', parent: { component: 'Spec', property: 'list' } }, 'spec.list[0].a'],
  ]);
});
