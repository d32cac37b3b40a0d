import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enginePath, generations } from '../../engines/paths.ts';
import { openCachedDiscovery } from '../../src/cache/kubectl/cached-discovery.ts';
import { decodeGroupList, encodeGroupList } from '../../src/cache/kubectl/documents.ts';
import { readKubectlCache, writeKubectlCache } from '../../src/cache/kubectl/layout.ts';
import { kubectlServerDirectory } from '../../src/cache/kubectl/paths.ts';
import { type ApiConnection, resolveCluster } from '../../src/cluster/cluster.ts';
import { discover, serverGroups, serverResourcesForGroupVersion } from '../../src/discovery/discover.ts';
import type { ServedGroup, Snapshot } from '../../src/model/snapshot.ts';
import { systemClock } from '../../src/system/system.ts';
import { bundled } from '../helpers/bundle.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { addExtraApis, staleGroupVersion } from '../helpers/extra-apis.ts';
import { run } from '../helpers/processes.ts';

const DISCOVERY = /^\/(?:api(?:\/v1)?|apis(?:\/[^/?]+){0,2})(?:\?|$)/;

describe.each(['1.37', '1.25'] as const)("kubectl's cache, server %s", (generation) => {
  let controlPlane: ControlPlane;
  let directory: string;

  beforeAll(async () => {
    controlPlane = await startControlPlane({ generation, auditLog: true });
    await addExtraApis(controlPlane);
  });

  afterAll(async () => {
    await controlPlane?.stop();
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kubectl-cache-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  async function connected<Value>(use: (connection: ApiConnection) => Promise<Value>): Promise<Value> {
    const target = await resolveCluster(
      { kind: 'kubeconfig', kubeconfig: controlPlane.adminKubeconfig },
      {
        environment: {
          variables: {},
          workingDirectory: directory,
          homeDirectory: directory,
          platform: process.platform,
          interactive: false,
        },
        secrets: { mask: () => {}, redact: (text) => text, idToken: () => Promise.reject(new Error('no token here')) },
        log: { debug: () => {}, line: () => {} },
        clock: systemClock,
      },
    );
    const connection = target.open({ signal: AbortSignal.timeout(30_000), timeoutMs: 30_000 });
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  }

  async function ask(): Promise<Snapshot> {
    const log = { debug: () => {}, line: () => {} };
    return (await connected((connection) => discover(connection, { clock: systemClock, log }))).snapshot;
  }

  /** Runs the real kubectl on a cache directory; what it asked of discovery, by the server's own audit log. */
  async function kubectl(parameters: readonly string[]): Promise<readonly string[]> {
    const before = (await readFile(controlPlane.auditLogPath, 'utf8')).length;
    const { code, stderr } = await run(enginePath('kubectl'), parameters, {
      env: { HOME: directory, KUBECONFIG: controlPlane.adminKubeconfig, KUBECACHEDIR: directory },
    });
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    const events = (await readFile(controlPlane.auditLogPath, 'utf8')).slice(before).trim().split('\n');
    const asked = events
      .map((event) => JSON.parse(event) as { readonly userAgent?: string; readonly requestURI: string })
      .filter(({ userAgent }) => userAgent?.startsWith('kubectl'));
    expect(asked).not.toEqual([]);
    return asked.map(({ requestURI }) => requestURI).filter((path) => DISCOVERY.test(path));
  }

  async function files(): Promise<ReadonlyMap<string, string>> {
    const root = kubectlServerDirectory(directory, controlPlane.server) ?? '';
    const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.json')).sort();
    return new Map(
      await Promise.all(names.map(async (name) => [name, await readFile(join(root, name), 'utf8')] as const)),
    );
  }

  test.each([
    [['get', 'pods']],
    [['get', 'widgets.v1beta1.example.com']],
    [['get', 'deploy,hpa,wdg', '--all-namespaces']],
  ])('without a cache `kubectl %j` asks for discovery, after our writing it does not', async (parameters) => {
    expect((await kubectl(parameters)).length).toBeGreaterThan(0);
    await rm(directory, { recursive: true });
    await writeKubectlCache({ directory, server: controlPlane.server }, await ask());
    expect(await kubectl(parameters)).toEqual([]);
  });

  test('what kubectl wrote is read to the groups that we discover', async () => {
    await kubectl(['get', 'pods']);
    const read = await readKubectlCache(
      { directory, server: controlPlane.server },
      { ttlMs: 600_000, clock: systemClock },
    );
    const asked = await ask();
    expect(read?.groups.map(withoutEmpty)).toEqual(asked.groups.map(withoutEmpty));
    expect(read?.groups.length).toBeGreaterThan(10);
    const known = new Set([
      ...empties(asked),
      ...asked.gaps.map((gap) => gap.kind === 'group-version' && gap.groupVersion),
    ]);
    for (const gap of read?.gaps ?? [])
      if (gap.kind === 'group-version') expect(known).toContain(gap.kind === 'group-version' && gap.groupVersion);
    expect(Math.abs((read?.takenAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('our cached client reads what kubectl left without asking, and kubectl what our client left', async () => {
    await kubectl(['get', 'pods']);
    const server = kubectlServerDirectory(directory, controlPlane.server) ?? '';
    let asked = 0;
    const client = (connection: ApiConnection) =>
      openCachedDiscovery({
        directory: server,
        clock: systemClock,
        delegate: {
          serverGroups: () => {
            asked += 1;
            return serverGroups(connection);
          },
          serverResourcesForGroupVersion: (groupVersion) => {
            asked += 1;
            return serverResourcesForGroupVersion(connection, groupVersion);
          },
        },
      });
    await connected(async (connection) => {
      const warm = client(connection);
      expect((await warm.serverGroups()).groups[0]?.name).toBe('');
      expect((await warm.serverResourcesForGroupVersion('apps/v1')).resources[0]?.name).toBeTypeOf('string');
      expect([asked, warm.fresh()]).toEqual([0, false]);
      await rm(server, { recursive: true });
      const cold = client(connection);
      const { groups } = await cold.serverGroups();
      for (const { groupVersion } of groups.flatMap(({ versions }) => versions)) {
        await cold.serverResourcesForGroupVersion(groupVersion).catch(() => undefined);
      }
      expect(cold.fresh()).toBe(true);
    });
    const left = await files();
    await kubectl(['get', 'pods']);
    for (const [name, document] of left) expect([name, (await files()).get(name)]).toEqual([name, document]);
  });

  test('byte for byte we write what kubectl writes, and the empty lists that it does not', async () => {
    await kubectl(['get', 'pods']);
    const theirs = await files();
    await rm(directory, { recursive: true });
    await writeKubectlCache({ directory, server: controlPlane.server }, await ask());
    const ours = await files();
    const comparable = (name: string, document = '') =>
      name === 'servergroups.json' ? withoutStale(document) : withoutOwnKind(name, document);
    for (const [name, document] of theirs) {
      expect([name, comparable(name, ours.get(name))]).toEqual([name, comparable(name, document)]);
    }
    expect(ours.get('v1/serverresources.json')).toBe(theirs.get('v1/serverresources.json'));
    expect(ours.get('apps/v1/serverresources.json')).toBe(theirs.get('apps/v1/serverresources.json'));
    for (const [name, document] of ours) if (!theirs.has(name)) expect(document).toContain('"resources":[]');
  });
});

/** A version without resources leaves no file behind when kubectl writes. */
function withoutEmpty({ name, versions }: ServedGroup): unknown {
  return { name, versions: versions.filter(({ resources }) => resources.length > 0) };
}

/** Custom resources name the list's own group and version for their kinds, built-in ones leave them out: to every reader it is the same. */
function withoutOwnKind(name: string, document: string): string {
  const [group, version] = name.split('/');
  return document.replaceAll(`"group":"${group}","version":"${version}",`, '');
}

/** A server without aggregated discovery lists a version that has no backend, and kubectl asks for everything again because of it. */
function withoutStale(document: string): string {
  const { groups } = decodeGroupList(document);
  return encodeGroupList({ groups: groups.filter(({ name }) => !staleGroupVersion.startsWith(`${name}/`)) });
}

function empties({ groups }: Snapshot): readonly string[] {
  return groups.flatMap(({ name, versions }) =>
    versions.filter(({ resources }) => resources.length === 0).map(({ version }) => `${name}/${version}`),
  );
}

/** The command on one cache directory with the real kubectl and helm, before and after them; what each asked, as the server wrote it down. */
describe.each(generations)('the command shares the cache of kubectl and helm, server %s', (generation) => {
  const HOUR = 3_600_000;
  let controlPlane: ControlPlane;
  let directory: string;

  beforeAll(async () => {
    controlPlane = await startControlPlane({ generation, auditLog: true });
    await addExtraApis(controlPlane);
  });

  afterAll(async () => {
    await controlPlane?.stop();
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kubectl-cache-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  /** Runs a program; what it asked of discovery, each with its status. */
  async function asked(
    program: string,
    parameters: readonly string[],
    agent: string,
    expected = 0,
  ): Promise<readonly string[]> {
    const before = (await readFile(controlPlane.auditLogPath, 'utf8')).length;
    const { code, stdout, stderr } = await run(program, parameters, {
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        HOME: directory,
        KUBECONFIG: controlPlane.adminKubeconfig,
        KUBECACHEDIR: join(directory, 'cache'),
      },
    });
    expect({ code, said: stdout + stderr }).toEqual({ code: expected, said: expect.any(String) });
    const events = (await readFile(controlPlane.auditLogPath, 'utf8')).slice(before).trim().split('\n').filter(Boolean);
    return events
      .map(
        (event) =>
          JSON.parse(event) as {
            readonly userAgent?: string;
            readonly requestURI: string;
            readonly responseStatus?: { readonly code: number };
          },
      )
      .filter(
        ({ userAgent, requestURI }) =>
          userAgent?.toLowerCase().startsWith(agent) === true && DISCOVERY.test(requestURI),
      )
      .map(({ requestURI, responseStatus }) => `${requestURI.split('?')[0]} ${responseStatus?.code}`)
      .toSorted();
  }
  const gate = (parameters: readonly string[] = ['apps/v1'], expected = 0) =>
    asked(process.execPath, [bundled('cli.js'), ...parameters], 'kube-api-gate', expected);
  const kubectl = (...parameters: string[]) => asked(enginePath('kubectl'), parameters, 'kubectl');

  /** Makes all files of the discovery cache, and not of the HTTP cache, `ageMs` old. */
  async function age(ageMs: number): Promise<void> {
    const root = join(directory, 'cache', 'discovery');
    const time = (Date.now() - ageMs) / 1000;
    for (const name of await readdir(root, { recursive: true })) {
      if (name.endsWith('.json')) await utimes(join(root, name), time, time);
    }
  }

  const LISTINGS = ['/api', '/apis'];
  const isListing = (request: string) => LISTINGS.includes(request.split(' ')[0] ?? '');
  const each = (status: number) => LISTINGS.map((path) => `${path} ${status}`);
  const aggregated = generation === '1.37';

  test('after kubectl the command asks nothing while the files are young', async () => {
    expect((await kubectl('get', 'pods')).length).toBeGreaterThan(1);
    expect(await gate(['apps/v1', 'example.com/v1/Widget', 'v1/Pod verbs=create'])).toEqual([]);
  });

  test('after the command kubectl asks nothing, and the command neither', async () => {
    expect((await gate()).length).toBeGreaterThan(1);
    expect(await kubectl('get', 'pods')).toEqual([]);
    expect(await kubectl('get', 'deploy,hpa,wdg', '--all-namespaces')).toEqual([]);
    expect(await gate()).toEqual([]);
  });

  test('what kubectl kept is confirmed to the command with 304 once it is older than the TTL', async () => {
    await kubectl('get', 'pods');
    await age(HOUR);
    const first = (await gate()).filter(isListing);
    // This kubectl does not ask for v2beta1, so on 1.28 it has nothing that could be confirmed; 1.25 has no ETags at all.
    expect(first).toEqual(each(aggregated ? 304 : 200));
    await age(HOUR);
    const second = (await gate()).filter(isListing);
    expect(second).toEqual(each(generation === '1.25' ? 200 : 304));
  });

  test('what the command kept is confirmed to kubectl with 304 where kubectl asks so', async () => {
    await gate();
    await age(7 * HOUR);
    const listings = (await kubectl('get', 'pods')).filter(isListing);
    expect(listings).toEqual(each(aggregated ? 304 : 200));
    // It always asks, and without aggregated discovery it fails because of the dead backend.
    const always = await asked(enginePath('kubectl'), ['api-resources'], 'kubectl', aggregated ? 0 : 1);
    expect(always.filter(isListing)).toEqual(each(aggregated ? 304 : 200));
  });

  test('helm after the command, and the command after helm', async () => {
    const chart = join(directory, 'chart');
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: one\nversion: 1.0.0\n');
    await writeFile(
      join(chart, 'templates', 'map.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {apps: {{ .Capabilities.APIVersions.Has "apps/v1" | quote }}}\n',
    );
    const helm = () => asked(enginePath('helm'), ['install', 'one', chart, '--dry-run=server'], 'helm');
    const cold = await helm();
    expect(cold.length).toBeGreaterThan(1);
    expect(await gate()).toEqual([]);
    await rm(join(directory, 'cache'), { recursive: true });
    await gate();
    const warm = await helm();
    expect(warm.filter((request) => request.endsWith(' 200')).length).toBeLessThan(cold.length);
    // helm invalidates the files and asks again, so what spares it the transfer is the HTTP cache.
    if (aggregated) expect(warm.filter(isListing)).toEqual(each(304));
  });

  test('a dead backend is neither served nor missing for whoever reads what kubectl kept', async () => {
    await kubectl('get', 'pods');
    expect((await gate([staleGroupVersion], 3)).length).toBeGreaterThan(1);
    expect((await gate([`!${staleGroupVersion}`], 3)).length).toBeGreaterThan(1);
  });
});
