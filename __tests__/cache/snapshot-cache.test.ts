import { describe, expect, test } from 'vitest';
import { encodeEntry } from '../../src/cache/entry.ts';
import { type CacheIdentity, serverHash, snapshotKeys } from '../../src/cache/key.ts';
import { openSnapshotCache } from '../../src/cache/snapshot-cache.ts';
import type { Restored, SnapshotStore } from '../../src/cache/snapshot-store.ts';
import type { Gap, Snapshot } from '../../src/model/snapshot.ts';
import { systemClock } from '../../src/system/system.ts';
import { sampleServer, sampleSnapshot, TAKEN_AT } from './sample-snapshot.ts';

const TTL = 600_000;
const MINUTE = 60_000;
const identity: CacheIdentity = { cluster: 'prod', server: sampleServer() };

/** A store in memory, and a cache in front of it at a moment that a test can change. */
function cacheAt(
  time: number,
  options: {
    ttlMs?: number;
    deadlineMs?: number;
    store?: Partial<SnapshotStore>;
  } = {},
) {
  const world = { time, saved: new Map<string, Uint8Array>(), lines: [] as string[], restores: [] as string[][] };
  const store: SnapshotStore = {
    name: 'test store',
    async restore(keys) {
      world.restores.push([...keys]);
      for (const key of keys) {
        const match = world.saved.has(key) ? key : [...world.saved.keys()].findLast((each) => each.startsWith(key));
        const bytes = match === undefined ? undefined : world.saved.get(match);
        if (match !== undefined && bytes !== undefined) return { kind: 'found', key: match, bytes };
      }
      return { kind: 'none', reason: 'there is nothing' };
    },
    async save(key, bytes) {
      if (world.saved.has(key)) return { kind: 'exists' };
      world.saved.set(key, bytes);
      return { kind: 'saved' };
    },
    ...options.store,
  };
  /** Another run on the same store. */
  const run = (over: { ttlMs?: number } = {}) =>
    openSnapshotCache({
      ttlMs: over.ttlMs ?? options.ttlMs ?? TTL,
      store,
      clock: { ...systemClock, now: () => world.time },
      log: { debug: () => undefined, line: (line) => world.lines.push(line) },
      deadlineMs: options.deadlineMs ?? 1000,
    });
  return { ...world, world, run };
}

function keysAt(time: number, ttlMs = TTL) {
  return snapshotKeys(identity, ttlMs, time);
}

function encoded(over: Partial<Snapshot> = {}, entry: object = {}): Uint8Array {
  const server = serverHash(sampleServer());
  return encodeEntry({ identity: keysAt(0).identity, server, snapshot: sampleSnapshot(over), ...entry });
}

describe('freshness', () => {
  test.each([
    ['just taken', TTL, 0, 'fresh'],
    ['a millisecond younger than the TTL', TTL, TTL - 1, 'fresh'],
    ['as old as the TTL', TTL, TTL, 'stale'],
    ['older, from another window', TTL, 3 * TTL, 'stale'],
    ['just taken, with a TTL of zero', 0, 0, 'stale'],
    ['a second old, with a TTL of zero', 0, 1000, 'stale'],
    ['a millisecond from the future', TTL, -1, 'none'],
    ['a year from the future', TTL, -365 * 24 * 3600 * 1000, 'none'],
  ])('%s', async (_name, ttlMs, ageMs, kind) => {
    const { world, run } = cacheAt(TAKEN_AT + ageMs, { ttlMs });
    world.saved.set(keysAt(TAKEN_AT, ttlMs).window, encoded());
    const found = await run().find(identity);
    expect(found.kind).toBe(kind);
    if (found.kind !== 'none') expect(found).toMatchObject({ ageMs, snapshot: sampleSnapshot() });
  });

  test('the time inside the entry counts, not the window of its key', async () => {
    const { world, run } = cacheAt(TAKEN_AT + TTL);
    world.saved.set(keysAt(TAKEN_AT + TTL).window, encoded());
    expect((await run().find(identity)).kind).toBe('stale');
  });

  test('an entry of the window before is fresh as long as it is young', async () => {
    const { world, run } = cacheAt(TAKEN_AT + 1);
    world.saved.set(keysAt(TAKEN_AT - 1).window, encoded({ takenAt: TAKEN_AT - 1 }));
    expect(await run().find(identity)).toMatchObject({ kind: 'fresh', ageMs: 2 });
  });
});

describe('entries that are refused', () => {
  const good = keysAt(TAKEN_AT).window;
  test.each([
    ['of another cluster, under this key', good, encoded({}, { identity: 'other' }), 'another cluster'],
    [
      'of another server, under the same cluster name',
      good,
      encoded({}, { server: 'f'.repeat(64) }),
      'same cluster name prod',
    ],
    ['of a server that nobody noted', good, encoded({}, { server: undefined }), 'another server'],
    ['whose digest is wrong', good, Buffer.from(encoded()).fill('x', 300, 301), 'digest'],
    [
      'of another schema',
      good,
      Buffer.from('kube-api-gate-snapshot 1 sha256:'.padEnd(96, '0').concat('\n{}')),
      'schema 1',
    ],
    ['that is HTML', good, Buffer.from('<html>'), 'not a snapshot'],
    ['of another TTL that the store matched', `${good}600-0000000001-`, encoded(), 'saved under another key'],
  ])('%s: a miss that says so', async (_name, key, bytes, reason) => {
    const { world, run, lines } = cacheAt(TAKEN_AT, {
      store: { restore: async () => ({ kind: 'found', key, bytes: world.saved.get('it') ?? new Uint8Array() }) },
    });
    world.saved.set('it', bytes);
    expect(await run().find(identity)).toMatchObject({ kind: 'none', reason: expect.stringContaining(reason) });
    expect(lines).toEqual([expect.stringMatching(/^Cache of prod: miss, because /)]);
  });

  test('a job that knows nothing of the server takes the entry of the name it gave', async () => {
    const { world, run } = cacheAt(TAKEN_AT);
    world.saved.set(good, encoded());
    expect((await run().find({ cluster: 'prod' })).kind).toBe('fresh');
  });
});

describe('keeping', () => {
  test('what one run keeps the next one finds', async () => {
    const { run, saved, lines } = cacheAt(TAKEN_AT);
    await run().keep(identity, sampleSnapshot());
    expect([...saved.keys()]).toEqual([keysAt(TAKEN_AT).window]);
    expect(await run().find(identity)).toEqual({ kind: 'fresh', ageMs: 0, snapshot: sampleSnapshot() });
    expect(lines).toEqual([
      'Cache of prod: saved in the test store, good for 10m.',
      'Cache of prod: hit, taken 0s ago, younger than the TTL of 10m.',
    ]);
  });

  const dead: Gap = { kind: 'group-version', groupVersion: 'a/v1', reason: 'stale', message: 'stale' };
  const noApis: Gap = { kind: 'endpoint', endpoint: '/apis', reason: 'unavailable', message: '503' };
  const noApi: Gap = { kind: 'endpoint', endpoint: '/api', reason: 'unavailable', message: '503' };
  const noVersion: Gap = { kind: 'endpoint', endpoint: '/version', reason: 'unavailable', message: '503' };
  const unworded = (gaps: readonly Gap[]) =>
    gaps.map((gap) => ({ ...gap, message: 'when the cached answer was taken' }));

  test.each([
    ['a dead backend', [dead], 'a gap included'],
    ['a listing that was refused, as no entry has it', [noApis], 'a gap included'],
    ['no version', [noVersion], 'a gap included'],
    ['two gaps', [dead, noVersion], '2 gaps included'],
  ])('an answer is kept with its gaps, and found with them: %s', async (_rule, gaps, said) => {
    const { run, lines } = cacheAt(TAKEN_AT);
    expect(await run().keep(identity, sampleSnapshot({ gaps }))).toEqual({ kind: 'kept' });
    expect(lines).toEqual([`Cache of prod: saved in the test store, ${said}, good for 10m.`]);
    expect(await run().find(identity)).toMatchObject({
      kind: 'fresh',
      snapshot: sampleSnapshot({ gaps: unworded(gaps) }),
    });
  });

  test.each<[string, readonly Gap[], readonly Gap[], number, boolean]>([
    ['a dead backend where there was none takes its place: it is not served now', [], [dead], MINUTE, true],
    ['a backend that is back takes the place of its gap', [dead], [], MINUTE, true],
    ['/apis that does not answer leaves the young entry that has it', [], [noApis], MINUTE, false],
    ['/api that does not answer, likewise', [], [noApi], MINUTE, false],
    ['one that has a gap of its own, and that listing', [dead], [noApis], MINUTE, false],
    ['one that lacks the other listing', [noApi], [noApis], MINUTE, false],
    ['one that lacks it as well is replaced', [noApis], [noApis, dead], MINUTE, true],
    ['one that is too old is replaced', [], [noApis], TTL, true],
    ['no version is no reason to keep the old one', [], [noVersion], MINUTE, true],
  ])('%s', async (_rule, old, now, ageMs, replaced) => {
    for (const looksFirst of [true, false]) {
      const { run, world } = cacheAt(TAKEN_AT);
      await run().keep(identity, sampleSnapshot({ gaps: old }));
      world.time += ageMs;
      const cache = run();
      if (looksFirst) await cache.find(identity);
      const kept = await cache.keep(identity, sampleSnapshot({ takenAt: world.time, gaps: now }));
      expect(kept.kind).toBe(replaced ? 'kept' : 'not-kept');
      const found = await run().find(identity);
      expect(found.kind !== 'none' && found.snapshot.gaps).toEqual(unworded(replaced ? now : old));
    }
  });

  test.each<[string, Restored, string]>([
    ['an archive that is damaged', { kind: 'none', why: 'trouble', reason: 'tar failed' }, 'renewed'],
    ['a download that is 404', { kind: 'none', why: 'trouble', reason: '404' }, 'renewed'],
    [
      'an entry that cannot be used',
      { kind: 'found', key: keysAt(TAKEN_AT).window, bytes: Buffer.from('<') },
      'renewed',
    ],
    [
      'an entry of another schema',
      {
        kind: 'found',
        key: keysAt(TAKEN_AT).window,
        bytes: Buffer.from(`kube-api-gate-snapshot 1 sha256:${'0'.repeat(64)}\n{}`),
      },
      'renewed',
    ],
    [
      'an entry of another server',
      { kind: 'found', key: keysAt(TAKEN_AT).window, bytes: encoded({}, { server: 'f'.repeat(64) }) },
      'renewed',
    ],
    ['no entry, and then another job was first', { kind: 'none', reason: 'nothing' }, 'nowhere'],
  ])('%s: the answer is saved %s beside it', async (_rule, restored, where) => {
    const { run, saved, lines } = cacheAt(TAKEN_AT, { store: { restore: async () => restored } });
    saved.set(keysAt(TAKEN_AT).window, Buffer.from('in the way'));
    const cache = run();
    await cache.find(identity);
    expect(await cache.keep(identity, sampleSnapshot())).toEqual({ kind: 'kept' });
    expect(saved.has(keysAt(TAKEN_AT).renewed)).toBe(where === 'renewed');
    expect(lines.at(-1)).toMatch(where === 'renewed' ? /: saved in/ : /another job was first/);
  });

  test('a stale one that still holds is renewed under the new window', async () => {
    const { run, saved, world } = cacheAt(TAKEN_AT);
    await run().keep(identity, sampleSnapshot());
    world.time += TTL;
    const cache = run();
    expect((await cache.find(identity)).kind).toBe('stale');
    await cache.keep(identity, sampleSnapshot({ takenAt: world.time }));
    expect([...saved.keys()]).toEqual([keysAt(TAKEN_AT).window, keysAt(TAKEN_AT + TTL).window]);
    world.time += TTL - 1;
    expect(await run().find(identity)).toMatchObject({ kind: 'fresh', ageMs: TTL - 1 });
  });

  test('an answer that a recheck found different is found by the next run of the same window', async () => {
    const { run, saved, world } = cacheAt(TAKEN_AT);
    await run().keep(identity, sampleSnapshot());
    world.time += MINUTE;
    const cache = run();
    await cache.find(identity);
    await cache.keep(identity, sampleSnapshot({ takenAt: world.time, groups: [] }));
    expect([...saved.keys()]).toEqual([keysAt(TAKEN_AT).window, keysAt(TAKEN_AT + MINUTE).renewed]);
    world.time += MINUTE;
    expect(await run().find(identity)).toMatchObject({ kind: 'fresh', ageMs: MINUTE, snapshot: { groups: [] } });
  });

  test('an answer that a recheck found the same is not saved again', async () => {
    const { run, saved, world, lines } = cacheAt(TAKEN_AT);
    await run().keep(identity, sampleSnapshot());
    world.time += MINUTE;
    const cache = run();
    await cache.find(identity);
    await cache.keep(identity, sampleSnapshot({ takenAt: world.time }));
    expect(saved.size).toBe(1);
    expect(lines.at(-1)).toBe('Cache of prod: not saved again, because it holds the same answer from this window.');
  });

  test('refreshing without a look puts the new answer before the old one of the same window', async () => {
    const { run, saved, world } = cacheAt(TAKEN_AT);
    await run().keep(identity, sampleSnapshot());
    world.time += MINUTE;
    await run().keep(identity, sampleSnapshot({ takenAt: world.time }));
    expect(saved.size).toBe(2);
    expect(await run().find(identity)).toMatchObject({ kind: 'fresh', ageMs: 0 });
  });

  test('of many runs that missed at once one saves, and the others say that it was first', async () => {
    const { run, saved, lines } = cacheAt(TAKEN_AT);
    const caches = Array.from({ length: 20 }, () => run());
    await Promise.all(caches.map((cache) => cache.find(identity)));
    await Promise.all(caches.map((cache) => cache.keep(identity, sampleSnapshot())));
    expect(saved.size).toBe(1);
    expect(lines.filter((line) => line === 'Cache of prod: not saved, because another job was first.')).toHaveLength(
      19,
    );
  });

  test('a TTL of zero keeps one for its validators, and saves again only what changed', async () => {
    const { run, saved, world } = cacheAt(TAKEN_AT, { ttlMs: 0 });
    for (const groups of [undefined, undefined, []]) {
      world.time += MINUTE;
      const cache = run();
      expect((await cache.find(identity)).kind).not.toBe('fresh');
      await cache.keep(identity, sampleSnapshot({ takenAt: world.time, ...(groups === undefined ? {} : { groups }) }));
    }
    expect(saved.size).toBe(2);
  });

  test('another TTL, cluster or user is another entry', async () => {
    const { run } = cacheAt(TAKEN_AT);
    await run().keep(identity, sampleSnapshot());
    expect((await run({ ttlMs: 2 * TTL }).find(identity)).kind).toBe('none');
    expect((await run().find({ cluster: 'production', server: sampleServer() })).kind).toBe('none');
    expect((await run().find({ server: sampleServer() })).kind).toBe('none');
  });
});

describe('trouble', () => {
  const hanging = () => new Promise<never>(() => undefined);
  const failing = async () => {
    throw new Error('the disk is on fire');
  };

  test('a store that never answers costs the deadline once: it is not asked a second time', async () => {
    const lines: string[] = [];
    const asked: string[] = [];
    const silent = (what: string) => () => {
      asked.push(what);
      return hanging();
    };
    const cache = openSnapshotCache({
      ttlMs: TTL,
      store: { name: 'test store', restore: silent('restore'), save: silent('save') },
      clock: systemClock,
      log: { debug: () => undefined, line: (line) => lines.push(line) },
      deadlineMs: 50,
    });
    expect(await cache.find(identity)).toMatchObject({
      kind: 'none',
      reason: 'the test store did not answer within 50ms',
    });
    await cache.keep(identity, sampleSnapshot());
    expect(asked).toEqual(['restore']);
    expect(lines).toEqual([
      'Cache of prod: miss, because the test store did not answer within 50ms.',
      'Cache of prod: not saved, because the test store has used up the 50ms that it may take.',
    ]);
  });

  test('a store is told when its time is up', async () => {
    let told = false;
    const restore: SnapshotStore['restore'] = (_keys, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          told = true;
          reject(new Error('aborted'));
        });
      });
    const cache = cacheAt(TAKEN_AT, { deadlineMs: 20, store: { restore } }).run();
    expect(await cache.find(identity)).toMatchObject({ kind: 'none' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toBe(true);
  });

  test('a store that cleans up after its time is up is waited for', async () => {
    let cleaned = false;
    const save: SnapshotStore['save'] = (_key, _bytes, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          setTimeout(() => {
            cleaned = true;
            reject(new Error('aborted'));
          }, 50);
        });
      });
    const cache = cacheAt(TAKEN_AT, { deadlineMs: 20, store: { save } }).run();
    expect(await cache.keep(identity, sampleSnapshot())).toMatchObject({ kind: 'not-kept' });
    expect(cleaned).toBe(true);
  });

  test('an answer that comes too late changes nothing', async () => {
    const restore: SnapshotStore['restore'] = () =>
      new Promise((resolve) => {
        setTimeout(() => resolve({ kind: 'found', key: keysAt(TAKEN_AT).window, bytes: encoded() }), 60);
      });
    const { run, lines } = cacheAt(TAKEN_AT, { deadlineMs: 20, store: { restore } });
    const cache = run();
    expect((await cache.find(identity)).kind).toBe('none');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(lines).toHaveLength(1);
  });

  test('a store that throws is a miss with its message', async () => {
    const { run, lines } = cacheAt(TAKEN_AT, { store: { restore: failing, save: failing } });
    const cache = run();
    expect(await cache.find(identity)).toMatchObject({ kind: 'none', reason: 'the disk is on fire' });
    await cache.keep(identity, sampleSnapshot());
    expect(lines).toEqual([
      'Cache of prod: miss, because the disk is on fire.',
      'Cache of prod: not saved, because the disk is on fire.',
    ]);
  });

  test('a store that throws without waiting is one too', async () => {
    const throwing = () => {
      throw new Error('at once');
    };
    const cache = cacheAt(TAKEN_AT, { store: { restore: throwing, save: throwing } }).run();
    expect(await cache.find(identity)).toMatchObject({ kind: 'none', reason: 'at once' });
    await cache.keep(identity, sampleSnapshot());
  });
});
