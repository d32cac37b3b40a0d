import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { encodeEntry } from '../../src/cache/entry.ts';
import { type CacheIdentity, serverHash, snapshotKeys } from '../../src/cache/key.ts';
import { openKubectlCache } from '../../src/cache/kubectl/kubectl-cache.ts';
import { openSnapshotCache } from '../../src/cache/snapshot-cache.ts';
import type { Restored, Saved } from '../../src/cache/snapshot-store.ts';
import { nothingCached } from '../../src/gate/only-cached.ts';
import { INPUTS } from '../../src/inputs/settings.ts';
import type { Gap, Snapshot } from '../../src/model/snapshot.ts';
import { systemClock } from '../../src/system/system.ts';
import { sampleServer, sampleSnapshot, TAKEN_AT } from '../cache/sample-snapshot.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const page = (name: string) => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
const caching = page('caching.md');
const forks = page('pull-requests-from-forks.md');

const TTL = 600_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const identity: CacheIdentity = { cluster: 'production', server: sampleServer() };
const keys = snapshotKeys(identity, TTL, TAKEN_AT);

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, block = '']) => block);
}

/** The lines of a run `ageMs` after the snapshot was taken, on a store that answers so. */
async function linesOf(run: {
  readonly ageMs?: number;
  readonly restored?: Restored | 'never';
  readonly saved?: Saved;
  readonly keep?: Partial<Snapshot>;
}): Promise<readonly string[]> {
  const lines: string[] = [];
  const { restored = { kind: 'none', reason: 'no Actions cache service is available here' } } = run;
  const cache = openSnapshotCache({
    ttlMs: TTL,
    clock: {
      ...systemClock,
      now: () => TAKEN_AT + (run.ageMs ?? 0),
      sleep: restored === 'never' ? async () => {} : systemClock.sleep,
    },
    log: { debug: () => {}, line: (line) => lines.push(line) },
    store: {
      name: 'Actions cache',
      restore: async () => (restored === 'never' ? await new Promise(() => {}) : restored),
      save: async () => run.saved ?? { kind: 'saved' },
    },
  });
  await cache.find(identity);
  if (run.keep !== undefined) await cache.keep(identity, sampleSnapshot(run.keep));
  return lines;
}

function found(damage = (bytes: Uint8Array) => bytes, server = serverHash(sampleServer())): Restored {
  const bytes = encodeEntry({ identity: keys.identity, server, snapshot: sampleSnapshot() });
  return { kind: 'found', key: keys.window, bytes: damage(bytes) };
}

/** The lines about kubectl's cache, but for those that name a folder. */
async function kubectlLines(unlisted: Gap): Promise<readonly string[]> {
  const lines: string[] = [];
  const directory = temporaryFolder();
  const open = (ageMs: number, user = 'a user') =>
    openKubectlCache({
      directory,
      server: 'https://127.0.0.1:6443',
      owner: [user],
      ttlMs: TTL,
      clock: { now: () => TAKEN_AT + ageMs },
      log: { debug: () => {}, line: (line) => lines.push(line) },
      name: 'production',
      holdsSecret: () => false,
    });
  await open(0).keep(sampleSnapshot());
  await open(4 * MINUTE).find();
  await open(25 * MINUTE).find();
  await open(MINUTE, 'another user').find();
  await open(0).keep(sampleSnapshot({ gaps: [unlisted] }));
  return lines.filter((line) => !line.includes(directory));
}

describe('docs/caching.md', () => {
  test('every line of the log that it quotes is one that is written', async () => {
    const dead: Gap = { kind: 'group-version', groupVersion: 'a/v1', reason: 'stale', message: '' };
    const unlisted: Gap = {
      kind: 'endpoint',
      endpoint: '/apis',
      reason: 'forbidden',
      message: 'GET /apis answered 403 Forbidden',
    };
    const in503: Restored = {
      kind: 'none',
      why: 'trouble',
      reason: 'the cache service is in trouble: Failed request: (503) Service Unavailable',
    };
    const written = await Promise.all([
      linesOf({ ageMs: 4 * MINUTE, restored: found(), keep: {} }),
      linesOf({ ageMs: 25 * MINUTE, restored: found() }),
      linesOf({ ageMs: -5 * MINUTE, restored: found() }),
      linesOf({ restored: found((bytes) => Buffer.from(bytes).fill('x', 300, 301)) }),
      linesOf({ restored: found(undefined, 'f'.repeat(64)) }),
      linesOf({ restored: in503 }),
      linesOf({ restored: 'never' }),
      linesOf({ keep: {} }),
      linesOf({ keep: {}, saved: { kind: 'exists' } }),
      linesOf({ keep: { gaps: [dead] } }),
      linesOf({ ageMs: 4 * MINUTE, restored: found(), keep: { gaps: [unlisted] } }),
      kubectlLines(unlisted),
    ]);
    const quoted = blocks(caching, 'text').flatMap((block) =>
      block.split('\n').filter((line) => /^(?:Cache|kubectl's cache) of /.test(line)),
    );
    expect(quoted.toSorted()).toEqual([...new Set(written.flat())].toSorted());
  });

  test('the key that it explains is one that is made', () => {
    expect(caching).toContain(`\n${keys.window}\n`);
    expect(caching).toContain(keys.renewed.replace(/^.*-600-/, '…-'));
  });

  test('it describes every mode', () => {
    const cache = INPUTS.find(({ name }) => name === 'cache');
    for (const mode of ['auto', 'refresh', 'only', 'off']) {
      expect(caching).toMatch(new RegExp(`^\\| \`${mode}\``, 'm'));
      expect(cache?.description).toContain(`\`${mode}\``);
    }
  });
});

describe('docs/pull-requests-from-forks.md', () => {
  const [seed, check] = blocks(forks, 'yaml').map((block) => load(block)) as readonly Workflow[];

  interface Workflow {
    readonly on: unknown;
    readonly permissions: unknown;
    readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
  }
  interface Step {
    readonly uses: string;
    readonly with?: Readonly<Record<string, string>>;
  }

  function inputs(workflow: Workflow | undefined): Readonly<Record<string, string>> {
    const steps = Object.values(workflow?.jobs ?? {}).flatMap((job) => job.steps);
    return steps.find(({ uses }) => uses.startsWith('kube-api-gate/'))?.with ?? {};
  }

  test('both workflows give inputs that there are, and the same key', () => {
    const names = INPUTS.map(({ name }) => name);
    for (const workflow of [seed, check]) expect(names).toEqual(expect.arrayContaining(Object.keys(inputs(workflow))));
    for (const part of ['cluster', 'cache-ttl']) expect(inputs(check)[part]).toBe(inputs(seed)[part]);
  });

  test('the seed refreshes on a schedule, and the check has no secret', () => {
    expect(seed).toMatchObject({ on: { schedule: [{ cron: '17 * * * *' }] }, permissions: {} });
    expect(inputs(seed)).toMatchObject({ cache: 'refresh', 'cache-ttl': '6h' });
    expect(check).toMatchObject({ on: 'pull_request', permissions: { contents: 'read' } });
    expect(inputs(check)).toMatchObject({ cache: 'only' });
    expect(JSON.stringify(check)).not.toContain('secrets');
  });

  test('the message that it quotes is the one that comes', () => {
    const stale = { kind: 'stale', snapshot: sampleSnapshot(), ageMs: 7 * HOUR } as const;
    expect(forks).toContain(`\n${nothingCached({ name: 'production', named: true }, 6 * HOUR, stale).message}\n`);
  });
});
