import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { openCaches } from '../../src/gate/caches.ts';
import type { Plan } from '../../src/gate/plan.ts';
import type { CacheSettings, Settings } from '../../src/inputs/settings.ts';
import type { Gap, Snapshot } from '../../src/model/snapshot.ts';
import { createWorld, type TestWorld } from '../helpers/world.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-caches-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const cluster: Cluster = {
  name: 'prod',
  server: 'https://127.0.0.1:6443',
  identity: { server: '', certificateAuthority: '', tlsServerName: '', proxy: '', impersonation: '', credentials: '' },
  origin: 'a test',
  ambient: false,
  open: () => {
    throw new Error('nothing is asked');
  },
};

const snapshot = (...gaps: Gap[]): Snapshot => ({
  takenAt: 1_700_000_000_000,
  groups: [
    { name: '', versions: [{ version: 'v1', resources: [] }], preferredVersion: 'v1' },
    { name: 'apps', versions: [{ version: 'v1', resources: [] }], preferredVersion: 'v1' },
  ],
  gaps,
  validators: {},
});

type Given = { readonly kubectlCache?: Settings['kubectlCache']; readonly mode?: CacheSettings['mode'] };

function open(world: TestWorld, { kubectlCache = 'off', mode = 'auto' }: Given) {
  const settings = { kubectlCache, cache: { mode, ttlMs: 600_000 }, clusterName: undefined };
  return openCaches({ name: 'prod', cluster, identity: cluster.identity }, { settings } as unknown as Plan, world);
}

test.each<[Given, number]>([
  [{}, 1],
  [{ mode: 'only' }, 1],
  [{ mode: 'refresh' }, 0],
  [{ mode: 'off' }, 0],
  [{ kubectlCache: 'write' }, 1],
  [{ kubectlCache: 'use' }, 2],
  [{ kubectlCache: 'use', mode: 'only' }, 2],
  [{ kubectlCache: 'use', mode: 'refresh' }, 0],
  [{ kubectlCache: 'use', mode: 'off' }, 0],
])('how many caches are read, %j: %i', async (given, count) => {
  expect((await open(createWorld({ workingDirectory: folder }), given)).readable).toHaveLength(count);
});

test('without a store there is kubectl’s cache alone, and a job that knows no server has none', async () => {
  const world = { ...createWorld({ workingDirectory: folder }), store: undefined };
  expect((await open(world, { kubectlCache: 'use' })).readable).toHaveLength(1);
  const settings = { kubectlCache: 'use', cache: { mode: 'only', ttlMs: 1 }, clusterName: 'prod' };
  const caches = await openCaches({ name: 'prod' }, { settings } as unknown as Plan, world);
  expect(caches.readable).toEqual([]);
});

describe('kubectl-cache: write', () => {
  const written = () => join(folder, 'kube-cache', 'discovery', '127.0.0.1_6443');
  const write = async (world: TestWorld, ...gaps: Gap[]) =>
    await (await open(world, { kubectlCache: 'write' })).keep(snapshot(...gaps));

  test('writes the directory of the server, as old as the snapshot, and tells the later steps', async () => {
    const world = createWorld({ workingDirectory: folder });
    await write(world);
    expect(readdirSync(written()).sort()).toEqual(['apps', 'kube-api-gate.owner', 'servergroups.json', 'v1']);
    expect(statSync(join(written(), 'servergroups.json')).mtimeMs).toBe(1_700_000_000_000);
    expect(world.exported.get('KUBECACHEDIR')).toBe(join(folder, 'kube-cache'));
  });

  test.each<readonly [string, Gap, boolean]>([
    [
      'a stale group-version is left out, as kubectl does',
      { kind: 'group-version', groupVersion: 'a/v1', reason: 'stale', message: 'stale' },
      true,
    ],
    [
      'an unknown server version does not matter',
      { kind: 'endpoint', endpoint: '/version', reason: 'forbidden', message: 'no' },
      true,
    ],
    [
      'a listing that is missing would hide groups',
      { kind: 'endpoint', endpoint: '/apis', reason: 'forbidden', message: 'no' },
      false,
    ],
  ])('%s', async (_rule, gap, shared) => {
    const world = createWorld({ workingDirectory: folder });
    await write(world, gap);
    expect(existsSync(written())).toBe(shared);
    expect(world.exported.has('KUBECACHEDIR')).toBe(shared);
  });

  test('a directory that cannot be written is told, and nothing more', async () => {
    writeFileSync(join(folder, 'kube-cache'), 'a file is in the way');
    const world = createWorld({ workingDirectory: folder });
    await write(world);
    expect(world.lines.join()).toContain('not written');
    expect(world.exported.size).toBe(0);
  });
});

test('kubectl-cache: use writes where kubectl looks by itself, and tells nobody', async () => {
  const world = createWorld({ workingDirectory: folder });
  await (await open(world, { kubectlCache: 'use' })).keep(snapshot());
  expect(readdirSync(join(folder, 'own-kube-cache'))).toEqual(['discovery']);
  expect(world.exported.size).toBe(0);
});

test('an answer that holds a secret of the job goes nowhere', async () => {
  const world = createWorld({ workingDirectory: folder });
  const leaky = { ...world, secrets: { ...world.secrets, redact: (text: string) => text.replaceAll('apps', '***') } };
  const kept = await (await open(leaky, { kubectlCache: 'use' })).keep(snapshot());
  expect(kept).toMatchObject({ kind: 'not-kept', reason: expect.stringContaining('secret of this job') });
  expect([world.saved.size, readdirSync(folder)]).toEqual([0, []]);
});

test('whether later runs find it is what the store says', async () => {
  const world = createWorld({
    workingDirectory: folder,
    store: {
      name: 'store',
      restore: async () => ({ kind: 'none', reason: '' }),
      save: async () => ({ kind: 'failed', reason: 'read-only' }),
    },
  });
  expect(await (await open(world, { kubectlCache: 'use' })).keep(snapshot())).toEqual({
    kind: 'not-kept',
    reason: 'read-only',
  });
});
