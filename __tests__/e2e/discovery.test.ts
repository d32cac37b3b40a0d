import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generations } from '../../engines/paths.ts';
import { type ApiConnection, resolveCluster } from '../../src/cluster/cluster.ts';
import {
  type Discovery,
  discover,
  serverGroups,
  serverResourcesForGroupVersion,
} from '../../src/discovery/discover.ts';
import type { APIGroup, APIResource } from '../../src/model/api-objects.ts';
import { formatGroupVersion } from '../../src/model/group-version.ts';
import type { Resource, Snapshot } from '../../src/model/snapshot.ts';
import { systemClock } from '../../src/system/system.ts';
import { type ControlPlane, type Identity, startControlPlane } from '../helpers/control-plane.ts';
import { addExtraApis, staleGroupVersion } from '../helpers/extra-apis.ts';

const quiet = { debug: () => {}, line: () => {} };
const admin: Identity = { kind: 'user', name: 'admin' };

describe.each(generations)('discovery of a real server %s', (generation) => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    controlPlane = await startControlPlane({ generation, users: { blind: [], sighted: [] } });
    await addExtraApis(controlPlane);
  });

  afterAll(async () => {
    await controlPlane?.stop();
  });

  async function connected<Value>(ask: (connection: ApiConnection) => Promise<Value>, as = admin): Promise<Value> {
    const target = await resolveCluster(
      { kind: 'kubeconfig', kubeconfig: controlPlane.kubeconfig(as) },
      {
        environment: {
          variables: {},
          workingDirectory: controlPlane.folder,
          homeDirectory: controlPlane.folder,
          platform: process.platform,
          interactive: false,
        },
        secrets: { mask: () => {}, redact: (text) => text, idToken: () => Promise.reject(new Error('no token here')) },
        log: quiet,
        clock: systemClock,
      },
    );
    const connection = target.open({ signal: AbortSignal.timeout(30_000), timeoutMs: 30_000 });
    try {
      return await ask(connection);
    } finally {
      await connection.close();
    }
  }

  function ask(as = admin, previous?: Snapshot): Promise<Discovery> {
    const options = { clock: systemClock, log: quiet, ...(previous === undefined ? {} : { previous }) };
    return connected((connection) => discover(connection, options), as);
  }

  async function raw(path: string): Promise<unknown> {
    return JSON.parse(await controlPlane.kubectlOk(['get', '--raw', path]));
  }

  test('what is served is what kubectl says, but for the version without a backend', async () => {
    const said = (await controlPlane.kubectlOk(['api-versions'])).trim().split('\n');
    const { snapshot } = await ask();
    const served = groupVersions(snapshot);
    expect(served.toSorted()).toEqual(said.filter((groupVersion) => groupVersion !== staleGroupVersion).toSorted());
    expect(served.length).toBeGreaterThan(20);
  });

  test("core comes first, then the server's own order of groups and versions", async () => {
    const { groups } = (await raw('/apis')) as { groups: readonly APIGroup[] };
    const listed = groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => groupVersion));
    const { snapshot } = await ask();
    expect(snapshot.groups.map(({ name }) => name)).toEqual(['', ...groups.map(({ name }) => name)]);
    expect(groupVersions(snapshot)).toEqual([
      'v1',
      ...listed.filter((groupVersion) => groupVersion !== staleGroupVersion),
    ]);
    const preferred = groups
      .filter(({ name }) => name !== 'metrics.k8s.io')
      .map((group) => group.preferredVersion?.version);
    expect(snapshot.groups.slice(1).flatMap((group) => group.preferredVersion ?? [])).toEqual(preferred);
  });

  test('every resource of every group-version is as the server describes it', async () => {
    const { snapshot } = await ask();
    for (const { name, versions } of snapshot.groups) {
      for (const { version, resources } of versions) {
        const groupVersion = formatGroupVersion({ group: name, version });
        const path = groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`;
        const list = (await raw(path)) as { resources: readonly APIResource[] };
        expect(summary(resources), groupVersion).toEqual(
          summary(
            list.resources.map((resource) => ({
              ...resource,
              ...(resource.group === undefined ? {} : { version: resource.version ?? version }),
            })),
          ),
        );
      }
    }
  });

  test('a custom resource has its served versions, with their subresources, and not the one that is not served', async () => {
    const { snapshot } = await ask();
    const group = snapshot.groups.find(({ name }) => name === 'example.com');
    expect(group?.preferredVersion).toBe('v1');
    expect(
      group?.versions.map(({ version, resources }) => [version, resources.map(({ name }) => name).toSorted()]),
    ).toEqual([
      ['v1', ['widgets', 'widgets/scale', 'widgets/status']],
      ['v1beta1', ['widgets']],
    ]);
  });

  test('a version without a backend is the one gap, and harms nothing else', async () => {
    const { snapshot } = await ask();
    expect(snapshot.gaps).toMatchObject([
      {
        kind: 'group-version',
        groupVersion: staleGroupVersion,
        reason: generation === '1.25' ? 'unavailable' : 'stale',
      },
    ]);
    expect(snapshot.groups.find(({ name }) => name === 'metrics.k8s.io')).toEqual({
      name: 'metrics.k8s.io',
      versions: [],
    });
    expect(snapshot.version?.gitVersion).toMatch(new RegExp(`^v${generation.replace('.', '\\.')}\\.`));
  });

  test("our groups are the ones that kubectl's client-go wrote down", async () => {
    const cacheDirectory = join(controlPlane.folder, 'kubectl-cache');
    await controlPlane.kubectl(['api-resources', `--cache-dir=${cacheDirectory}`]);
    const folder = join(cacheDirectory, 'discovery', new URL(controlPlane.server).host.replaceAll(':', '_'));
    const written = JSON.parse(readFileSync(join(folder, 'servergroups.json'), 'utf8'));
    const { groups } = await connected(serverGroups);
    // kubectl 1.37 does not speak v2beta1: on 1.28 it reads the plain list, which cannot say that a version is stale.
    const compared = generation === '1.28' ? withoutStale : (list: readonly APIGroup[]) => list;
    expect(compared(asGo(groups))).toEqual(compared(asGo(written.groups)));

    for (const groupVersion of ['v1', 'apps/v1', 'example.com/v1']) {
      const list = JSON.parse(readFileSync(join(folder, groupVersion, 'serverresources.json'), 'utf8'));
      const own = await connected((connection) => serverResourcesForGroupVersion(connection, groupVersion));
      expect(own.resources.map(({ name }) => name).toSorted()).toEqual(
        list.resources.map(({ name }: APIResource) => name).toSorted(),
      );
    }
  });

  test('an unchanged cluster confirms what is known, and a change is seen', async () => {
    const { snapshot: first } = await ask();
    const again = await ask(admin, first);
    expect(again.confirmed).toBe(generation === '1.25' ? 0 : 2);
    expect({ ...again.snapshot, takenAt: first.takenAt }).toEqual(first);

    await controlPlane.kubectlOk(['patch', 'crd', 'widgets.example.com', '--type=json', '--patch', stopServingV1beta1]);
    const deadline = Date.now() + 20_000;
    let changed = await ask(admin, first);
    while (groupVersions(changed.snapshot).includes('example.com/v1beta1') && Date.now() < deadline) {
      changed = await ask(admin, first);
    }
    expect(changed.confirmed).toBeLessThan(2);
    expect(groupVersions(changed.snapshot)).toEqual(
      groupVersions(first).filter((name) => name !== 'example.com/v1beta1'),
    );
  });

  test('a user without rights is denied, and the command in the hint fixes it', async () => {
    await controlPlane.withoutDiscovery(['blind']);
    const blind: Identity = { kind: 'user', name: 'blind' };
    const denied = await ask(blind).catch((cause: unknown) => cause);
    expect(denied).toMatchObject({
      outcome: 'denied',
      code: 'forbidden',
      message: expect.stringContaining('User "blind" cannot get path "/apis"'),
      hint: expect.stringContaining('--user=blind'),
    });
    const command = /`kubectl ([^`]+)`/.exec((denied as { hint: string }).hint)?.[1] ?? '';
    await controlPlane.kubectlOk(command.split(' '));
    const deadline = Date.now() + 10_000;
    let repaired = await ask(blind).catch((cause: unknown) => cause);
    while (repaired instanceof Error && Date.now() < deadline)
      repaired = await ask(blind).catch((cause: unknown) => cause);
    expect(repaired).toMatchObject({ snapshot: { gaps: [{ groupVersion: staleGroupVersion }] } });
  });

  test('a token that is not known is denied', async () => {
    await expect(ask({ kind: 'token', token: 'not-a-token' })).rejects.toMatchObject({ outcome: 'denied' });
  });
});

const stopServingV1beta1 = JSON.stringify([{ op: 'replace', path: '/spec/versions/1/served', value: false }]);

function groupVersions({ groups }: Snapshot): readonly string[] {
  return groups.flatMap(({ name, versions }) =>
    versions.map(({ version }) => formatGroupVersion({ group: name, version })),
  );
}

/** What both forms of a document say about resources; only the plain one has the hash, and only the other the singular name of a subresource. */
function summary(resources: readonly Resource[]): readonly unknown[] {
  return resources
    .map(({ name, namespaced, kind, group, version, verbs, shortNames, categories }) => ({
      name,
      namespaced,
      kind,
      group,
      version,
      verbs: verbs.toSorted(),
      shortNames,
      categories,
    }))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function withoutStale(groups: readonly APIGroup[]): readonly APIGroup[] {
  return groups.filter(({ name }) => name !== 'metrics.k8s.io');
}

/** Go writes a missing list as null and a missing preference as an empty one, and keeps addresses that nobody reads. */
function asGo(groups: readonly APIGroup[]): readonly APIGroup[] {
  return groups.map(({ name, versions, preferredVersion }) => ({
    name,
    versions: versions ?? [],
    preferredVersion: preferredVersion ?? { groupVersion: '', version: '' },
  }));
}
