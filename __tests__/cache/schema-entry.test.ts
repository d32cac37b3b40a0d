import { expect, test } from 'vitest';
import { decodeSchemas, encodeSchemas, type SchemaEntry } from '../../src/cache/schema-entry.ts';

const ENTRY: SchemaEntry = {
  identity: 'prod.0',
  server: 'abc',
  takenAt: 5,
  records: [
    { groupVersion: 'apps/v1', hash: 'A', text: '{"x":1}' },
    { groupVersion: 'v1', hash: 'B', text: '{}' },
  ],
};

test('what is encoded decodes again, and the same makes the same bytes', () => {
  const bytes = encodeSchemas({ ...ENTRY, records: [...ENTRY.records].reverse() });
  expect(decodeSchemas(bytes)).toEqual({ kind: 'entry', entry: ENTRY });
  expect(bytes).toEqual(encodeSchemas(ENTRY));
});

test.each<[string, (bytes: Buffer) => Uint8Array, RegExp]>([
  ['something else', () => Buffer.from('kube-api-gate-snapshot 1 sha256:'), /does not hold schemas/],
  [
    'another schema',
    (bytes) => Buffer.from(bytes.toString('latin1').replace('schemas 1', 'schemas 9'), 'latin1'),
    /it has schema 9/,
  ],
  ['a damaged body', (bytes) => Buffer.concat([bytes, Buffer.from('x')]), /digest does not match/],
  ['nothing', () => Buffer.alloc(0), /does not hold schemas/],
])('refused: %s', (_rule, damage, reason) => {
  const decoded = decodeSchemas(damage(Buffer.from(encodeSchemas(ENTRY))));
  expect(decoded).toEqual({ kind: 'invalid', reason: expect.stringMatching(reason) });
});

test('an entry with fields of another type is refused', () => {
  const wrong = { ...ENTRY, takenAt: 'now' } as unknown as SchemaEntry;
  expect(decodeSchemas(encodeSchemas(wrong))).toEqual({ kind: 'invalid', reason: expect.stringMatching(/takenAt/) });
});
