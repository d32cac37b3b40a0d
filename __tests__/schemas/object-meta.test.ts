import { expect, test } from 'vitest';
import { OBJECT_META, OBJECT_META_TYPES } from '../../src/schemas/object-meta.ts';

test('every type that is referred to is there', () => {
  const references = [...JSON.stringify(OBJECT_META_TYPES).matchAll(/"\$ref":"([^"]+)"/g)].map(([, name]) => name);
  expect(references.filter((name) => !Object.hasOwn(OBJECT_META_TYPES, name ?? ''))).toEqual([]);
  expect(Object.keys(OBJECT_META_TYPES)).toContain(OBJECT_META);
});
