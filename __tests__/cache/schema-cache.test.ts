import { expect, test } from 'vitest';
import { openSchemaCache } from '../../src/cache/schema-cache.ts';
import { memoryStore, shiftedClock } from '../helpers/world.ts';

const RECORD = { groupVersion: 'v1', hash: 'A', text: '{"secret-like":1}' };

function caches() {
  const saved = new Map<string, Uint8Array>();
  const lines: string[] = [];
  let offset = 0;
  const open = (cluster = 'prod', holdsSecret = false) =>
    openSchemaCache({
      identity: { cluster },
      ttlMs: 600_000,
      store: memoryStore(saved),
      clock: shiftedClock(() => offset),
      log: { line: (line) => lines.push(line), debug: () => undefined },
      holdsSecret: () => holdsSecret,
    });
  return { saved, lines, open, pass: (ms: number) => (offset += ms) };
}

test('what is kept is found, fresh at first and then not', async () => {
  const { saved, open, pass } = caches();
  await open().keep(Date.now(), [RECORD]);
  expect([...saved.keys()]).toEqual([
    expect.stringMatching(/^kube-api-gate-schemas-v1-prod\.[0-9a-f]{16}-600-[0-9]{10}-$/),
  ]);
  expect(await open().find()).toMatchObject({ kind: 'found', isFresh: true, records: [RECORD] });
  pass(700_000);
  expect(await open().find()).toMatchObject({ kind: 'found', isFresh: false });
});

test('the same is not saved twice in a window, and more of it is', async () => {
  const { saved, open } = caches();
  await open().keep(Date.now(), [RECORD]);
  const again = open();
  await again.find();
  await again.keep(Date.now(), [RECORD]);
  expect(saved.size).toBe(1);
  const more = open();
  await more.find();
  await more.keep(Date.now(), [RECORD, { ...RECORD, groupVersion: 'apps/v1' }]);
  expect(saved.size).toBe(2);
  const found = await open().find();
  expect(found.kind === 'found' && found.records.length).toBe(2);
});

test('another cluster finds nothing, and what holds a secret is not saved', async () => {
  const { saved, open } = caches();
  await open().keep(Date.now(), [RECORD]);
  expect(await open('other').find()).toMatchObject({ kind: 'none' });
  await open('third', true).keep(Date.now(), [RECORD]);
  expect(saved.size).toBe(1);
});
