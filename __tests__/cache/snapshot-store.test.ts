import { expect, test } from 'vitest';
import { encodeEntry } from '../../src/cache/entry.ts';
import { MAX_ENTRY_BYTES } from '../../src/cache/snapshot-store.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

test('the entry of a cluster with 10,000 custom resources is among those that a store hands out', () => {
  const served = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [
      `group${index}.example.com/v1`,
      [
        resource(`customwidgets${index}`, `CustomWidget${index}`),
        resource(`customwidgets${index}/status`, `CustomWidget${index}`),
      ],
    ]),
  );
  const entry = encodeEntry({ identity: 'prod', snapshot: snapshotOf(served) });
  expect(entry.byteLength).toBeLessThan(MAX_ENTRY_BYTES);
});
