import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { shareWithKubectl } from '../../src/gate/share-with-kubectl.ts';
import type { Gap, Snapshot } from '../../src/model/snapshot.ts';
import { createWorld } from '../helpers/world.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-share-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const cluster: Cluster = {
  name: 'prod',
  server: 'https://127.0.0.1:6443',
  identity: { server: '', certificateAuthority: '', tlsServerName: '', impersonation: '', credentials: '' },
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

describe('shareWithKubectl', () => {
  const written = () => join(folder, 'kube-cache', 'discovery', '127.0.0.1_6443');

  test('writes the directory of the server, as old as the snapshot, and tells the later steps', async () => {
    const world = createWorld({ workingDirectory: folder });
    await shareWithKubectl(cluster, snapshot(), world);
    expect(readdirSync(written()).sort()).toEqual(['apps', 'servergroups.json', 'v1']);
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
    await shareWithKubectl(cluster, snapshot(gap), world);
    expect(existsSync(written())).toBe(shared);
    expect(world.exported.has('KUBECACHEDIR')).toBe(shared);
  });

  test('a directory that cannot be written is told, and nothing more', async () => {
    writeFileSync(join(folder, 'kube-cache'), 'a file is in the way');
    const world = createWorld({ workingDirectory: folder });
    await shareWithKubectl(cluster, snapshot(), world);
    expect(world.lines.join()).toContain('could not be written');
    expect(world.exported.size).toBe(0);
  });
});
