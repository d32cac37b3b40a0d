import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CachedDiscoveryOptions, openCachedDiscovery } from '../../../src/cache/kubectl/cached-discovery.ts';
import { encodeGroupList, encodeResourceList } from '../../../src/cache/kubectl/documents.ts';
import type { APIGroupList, APIResourceList } from '../../../src/model/api-objects.ts';

const core = { groupVersion: 'v1', version: 'v1' };
const liveGroups: APIGroupList = { groups: [{ name: '', versions: [core], preferredVersion: core }] };
const olderGroups: APIGroupList = { groups: [{ name: 'older', versions: [] }] };
const liveResources: APIResourceList = {
  groupVersion: 'apps/v1',
  resources: [
    { name: 'deployments', singularName: 'deployment', namespaced: true, kind: 'Deployment', verbs: ['get'] },
  ],
};
const TTL = 10 * 60 * 1000;
const NOW = 1_767_225_600_000;

let folder: string;
let directory: string;
let asked: string[];
let now: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cached-discovery-'));
  directory = join(folder, '127.0.0.1_6443');
  asked = [];
  now = NOW;
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const live = {
  serverGroups: async () => {
    asked.push('groups');
    return liveGroups;
  },
  serverResourcesForGroupVersion: async (groupVersion: string) => {
    asked.push(groupVersion);
    return { ...liveResources, groupVersion };
  },
};

function open(over: Partial<CachedDiscoveryOptions> = {}) {
  return openCachedDiscovery({ delegate: live, directory, clock: { now: () => now }, ...over });
}

/** What another process left, `ageMs` ago. */
async function left(file: string, document: string, ageMs = 0): Promise<void> {
  await mkdir(dirname(join(directory, file)), { recursive: true });
  await writeFile(join(directory, file), document);
  await utimes(join(directory, file), (NOW - ageMs) / 1000, (NOW - ageMs) / 1000);
}

describe('beyond client-go', () => {
  test('an empty list is kept where that is asked for', async () => {
    const empty = {
      ...live,
      serverResourcesForGroupVersion: async (groupVersion: string) => ({ groupVersion, resources: [] }),
    };
    await open({ delegate: empty }).serverResourcesForGroupVersion('a/v1');
    expect(await readdir(folder)).toEqual([]);
    await open({ delegate: empty, keepEmpty: true }).serverResourcesForGroupVersion('a/v1');
    expect(await open().serverResourcesForGroupVersion('a/v1')).toEqual({ groupVersion: 'a/v1', resources: [] });
  });

  test('it knows the oldest file that it answered from', async () => {
    await left('servergroups.json', encodeGroupList(liveGroups), 1000);
    await left('apps/v1/serverresources.json', encodeResourceList(liveResources), 5000);
    await left('batch/v1/serverresources.json', encodeResourceList(liveResources), 9000);
    const discovery = open();
    expect(discovery.oldest()).toBeUndefined();
    await discovery.serverGroups();
    await discovery.serverResourcesForGroupVersion('apps/v1');
    // Of another group-version than its path: not answered from.
    await discovery.serverResourcesForGroupVersion('batch/v1');
    expect(discovery.oldest()).toBe(NOW - 5000);
  });

  test('a file that cannot be written is told, and the answer is given', async () => {
    await writeFile(directory, 'in the way');
    const causes: unknown[] = [];
    const discovery = open({ onUnwritten: (cause) => causes.push(cause) });
    expect(await discovery.serverGroups()).toEqual(liveGroups);
    expect(causes).toHaveLength(1);
  });
});

describe('reading and writing', () => {
  test('the first asking goes to the server, the second to the file', async () => {
    const discovery = open();
    for (let i = 0; i < 2; i++) {
      expect(await discovery.serverGroups()).toEqual(liveGroups);
      expect(await discovery.serverResourcesForGroupVersion('apps/v1')).toEqual(liveResources);
    }
    expect(asked).toEqual(['groups', 'apps/v1']);
  });

  test('another process finds the files, in the places and with the modes that kubectl gives them', async () => {
    await open().serverGroups();
    await open().serverResourcesForGroupVersion('apps/v1');
    await open().serverResourcesForGroupVersion('v1');
    expect((await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.json')).sort()).toEqual([
      'apps/v1/serverresources.json',
      'servergroups.json',
      'v1/serverresources.json',
    ]);
    const file = await stat(join(directory, 'servergroups.json'));
    expect([file.mode & 0o777, file.mtimeMs]).toEqual([0o660, NOW]);
    expect((await stat(join(directory, 'apps'))).mode & 0o777 & ~0o750).toBe(0);
    asked = [];
    expect(await open().serverGroups()).toEqual(liveGroups);
    expect(asked).toEqual([]);
  });

  test.each([
    ['as old as the TTL', TTL, 0],
    ['a millisecond older', TTL + 1, 1],
    ['from the future', -TTL, 0],
  ])('a file %s', async (_name, ageMs, requests) => {
    await left('servergroups.json', encodeGroupList(olderGroups), ageMs);
    await open().serverGroups();
    expect(asked).toHaveLength(requests);
  });

  test('the TTL is ten minutes unless another is asked for', async () => {
    await left('servergroups.json', encodeGroupList(olderGroups), TTL * 2);
    expect(await open({ ttlMs: TTL * 3 }).serverGroups()).toEqual(olderGroups);
    expect(await open().serverGroups()).toEqual(liveGroups);
  });

  test.each([
    ['empty', ''],
    ['half written', '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name"'],
    ['of another kind', '{"kind":"Status","apiVersion":"v1"}'],
    ['with the wrong types', '{"kind":"APIGroupList","apiVersion":"v1","groups":"none"}'],
  ])('a file that is %s is a miss, and is overwritten', async (_name, document) => {
    await left('servergroups.json', document);
    expect(await open().serverGroups()).toEqual(liveGroups);
    expect(await readFile(join(directory, 'servergroups.json'), 'utf8')).toBe(encodeGroupList(liveGroups));
  });

  test('a file of another group-version is a miss', async () => {
    await left('apps/v1/serverresources.json', encodeResourceList({ ...liveResources, groupVersion: 'batch/v1' }));
    expect(await open().serverResourcesForGroupVersion('apps/v1')).toEqual(liveResources);
    expect(asked).toEqual(['apps/v1']);
  });

  test('a group-version that is no path goes to the server and nowhere else', async () => {
    await open().serverResourcesForGroupVersion('../../escaped/v1');
    expect(asked).toEqual(['../../escaped/v1']);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('what is never written', () => {
  test('an error', async () => {
    const failing = async () => {
      throw new Error('503');
    };
    const discovery = open({ delegate: { serverGroups: failing, serverResourcesForGroupVersion: failing } });
    await expect(discovery.serverGroups()).rejects.toThrow('503');
    await expect(discovery.serverResourcesForGroupVersion('apps/v1')).rejects.toThrow('503');
    expect(await readdir(folder)).toEqual([]);
  });

  test('an empty list', async () => {
    const discovery = open({
      delegate: {
        serverGroups: async () => ({ groups: [] }),
        serverResourcesForGroupVersion: async (groupVersion) => ({ groupVersion, resources: [] }),
      },
    });
    expect(await discovery.serverGroups()).toEqual({ groups: [] });
    expect(await discovery.serverResourcesForGroupVersion('apps/v1')).toEqual({
      groupVersion: 'apps/v1',
      resources: [],
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('anything, where nothing can be written', async () => {
    await writeFile(directory, 'a file');
    const discovery = open();
    expect(await discovery.serverGroups()).toEqual(liveGroups);
    expect(await discovery.serverGroups()).toEqual(liveGroups);
    expect(asked).toHaveLength(2);
  });
});

describe('fresh and invalidate', () => {
  test('a new client is fresh, and stays so on its own files', async () => {
    const discovery = open();
    expect(discovery.fresh()).toBe(true);
    await discovery.serverGroups();
    await discovery.serverGroups();
    expect(discovery.fresh()).toBe(true);
  });

  test("another's file makes it not fresh, for good", async () => {
    await left('servergroups.json', encodeGroupList(olderGroups));
    const discovery = open();
    await discovery.serverGroups();
    expect(discovery.fresh()).toBe(false);
    await discovery.serverResourcesForGroupVersion('apps/v1');
    await discovery.serverResourcesForGroupVersion('apps/v1');
    expect(discovery.fresh()).toBe(false);
  });

  test("another's file that is too old does not", async () => {
    await left('servergroups.json', encodeGroupList(olderGroups), TTL + 1);
    const discovery = open();
    await discovery.serverGroups();
    expect(discovery.fresh()).toBe(true);
  });

  test('after invalidation files of others do not count, the server is asked, and the client is fresh', async () => {
    await left('servergroups.json', encodeGroupList(olderGroups));
    const discovery = open();
    expect(await discovery.serverGroups()).toEqual(olderGroups);
    discovery.invalidate();
    expect(discovery.fresh()).toBe(true);
    expect(await discovery.serverGroups()).toEqual(liveGroups);
    expect(await discovery.serverGroups()).toEqual(liveGroups);
    expect([asked, discovery.fresh()]).toEqual([['groups'], true]);
  });

  test('after invalidation its own earlier files do not count either', async () => {
    const discovery = open();
    await discovery.serverGroups();
    discovery.invalidate();
    await discovery.serverGroups();
    expect(asked).toEqual(['groups', 'groups']);
  });

  test('an answer that was asked for before is not taken for one asked for after', async () => {
    const slow = Promise.withResolvers<APIGroupList>();
    const answers = [slow.promise, liveGroups];
    const serverGroups = async () => {
      asked.push('groups');
      return await (answers.shift() ?? liveGroups);
    };
    const discovery = open({ delegate: { ...live, serverGroups } });
    const before = discovery.serverGroups();
    await expect.poll(() => asked).toEqual(['groups']);
    discovery.invalidate();
    slow.resolve(olderGroups);
    expect(await before).toEqual(olderGroups);
    expect(await discovery.serverGroups()).toEqual(liveGroups);
  });

  test('nothing is deleted: other processes read on', async () => {
    await left('servergroups.json', encodeGroupList(olderGroups));
    open().invalidate();
    expect(await open().serverGroups()).toEqual(olderGroups);
  });
});
