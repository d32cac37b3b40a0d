import { expect, test } from 'vitest';
import type { SnapshotStore } from '../../src/cache/snapshot-store.ts';

const PREFIX = 'kube-api-gate-v1-prod.0123456789abcdef-600-';
const never = () => new AbortController().signal;

/** What every store does, whatever it keeps its entries in. `open` opens one that shares its entries with all others of the test. */
export function storeContract(open: () => SnapshotStore): void {
  test('nothing saved is nothing found, with a reason', async () => {
    expect(await open().restore([`${PREFIX}0000000001-`], never())).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining(PREFIX),
    });
  });

  test('what one store saved another restores, byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 1024 }, (_, i) => i % 256));
    expect(await open().save(`${PREFIX}0000000001-`, bytes, never())).toEqual({ kind: 'saved' });
    const restored = await open().restore([`${PREFIX}0000000001-`], never());
    expect(restored).toMatchObject({ kind: 'found', key: `${PREFIX}0000000001-` });
    expect(restored.kind === 'found' && Buffer.from(restored.bytes).equals(bytes)).toBe(true);
  });

  test('the key itself comes before all that begin with it, and of those the newest comes first', async () => {
    const store = open();
    for (const window of ['0000000001-', '0000000003-', '0000000002-']) {
      expect(await store.save(`${PREFIX}${window}`, Buffer.from(window), never())).toEqual({ kind: 'saved' });
    }
    const found = async (...keys: [string, ...string[]]) => {
      const restored = await store.restore(keys, never());
      return restored.kind === 'found' ? [restored.key, Buffer.from(restored.bytes).toString()] : restored.reason;
    };
    expect(await found(`${PREFIX}0000000001-`, PREFIX)).toEqual([`${PREFIX}0000000001-`, '0000000001-']);
    expect(await found(`${PREFIX}0000000009-`, PREFIX)).toEqual([`${PREFIX}0000000002-`, '0000000002-']);
    expect(await found(`${PREFIX}0000000003-`)).toEqual([`${PREFIX}0000000003-`, '0000000003-']);
  });

  test('a second entry under a key leaves a whole one of the two', async () => {
    const store = open();
    const key = `${PREFIX}0000000001-`;
    expect(await store.save(key, Buffer.from('first'), never())).toEqual({ kind: 'saved' });
    expect((await store.save(key, Buffer.from('second'), never())).kind).toMatch(/^(saved|exists)$/);
    const restored = await store.restore([key], never());
    expect(restored.kind === 'found' && Buffer.from(restored.bytes).toString()).toMatch(/^(first|second)$/);
  });
}
