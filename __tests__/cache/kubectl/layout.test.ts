import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  groupListOf,
  readKubectlCache,
  resourceListsOf,
  writeKubectlCache,
} from '../../../src/cache/kubectl/layout.ts';
import { sampleSnapshot, TAKEN_AT } from '../sample-snapshot.ts';

const server = 'https://127.0.0.1:6443';
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubectl-layout-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const path = (...parts: readonly string[]) => join(directory, 'discovery', '127.0.0.1_6443', ...parts);

test('every group-version gets a file, the empty ones too, as old as the snapshot', async () => {
  expect(await writeKubectlCache({ directory, server }, sampleSnapshot())).toBe(path());
  const files = (await readdir(path(), { recursive: true })).filter((name) => name.endsWith('.json')).sort();
  expect(files).toEqual([
    'empty.example.com/v1alpha1/serverresources.json',
    'servergroups.json',
    'v1/serverresources.json',
  ]);
  for (const file of files) {
    const { mode, mtimeMs } = await stat(path(file));
    expect([mode & 0o777, mtimeMs]).toEqual([0o660, TAKEN_AT]);
  }
});

test('the group and version of a kind stand there where they are not those of the list', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  expect(await readFile(path('v1', 'serverresources.json'), 'utf8')).toBe(
    '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v1","resources":[' +
      '{"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod","verbs":["get","list"],"shortNames":["po"],"categories":["all"],"storageVersionHash":"xPOwRZ+Yhw8="},' +
      '{"name":"pods/eviction","singularName":"","namespaced":true,"group":"policy","version":"v1","kind":"Eviction","verbs":["create"]}]}\n',
  );
});

const HOUR = 3_600_000;
/** What is there an hour after the snapshot, at the most two hours old. */
const read = (ttlMs = 2 * HOUR, where = server) =>
  readKubectlCache({ directory, server: where }, { ttlMs, clock: { now: () => TAKEN_AT + HOUR } });
const NOT_TOLD = ['/api', '/apis', '/version'].map((endpoint) => ({
  kind: 'endpoint',
  endpoint,
  reason: 'not-recorded',
}));

test('what is written reads back, but for what the files do not hold: that is a gap', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  const { version: _version, gaps: _gaps, ...rest } = sampleSnapshot();
  const found = await read();
  expect(found).toMatchObject({ ...rest, validators: {} });
  expect(found?.gaps).toMatchObject(NOT_TOLD);
});

test('a server that nobody asked has no cache', async () => {
  expect(await read()).toBeUndefined();
  expect(await read(HOUR, 'https://..')).toBeUndefined();
});

test.each([
  ['as old as the TTL', HOUR, true],
  ['a second older', HOUR - 1000, false],
])('files are good for the TTL: %s', async (_rule, ttlMs, good) => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  expect((await read(ttlMs)) !== undefined).toBe(good);
});

test('the snapshot is as old as the oldest file that counts', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  const time = (TAKEN_AT - HOUR / 2) / 1000;
  await utimes(path('v1', 'serverresources.json'), time, time);
  expect((await read())?.takenAt).toBe(TAKEN_AT - HOUR / 2);
});

test.each<[string, (file: string) => unknown]>([
  ['is missing, as kubectl leaves an empty one', (file) => rm(file)],
  ['is too old', (file) => utimes(file, 1000, 1000)],
  ['is corrupt', (file) => writeFile(file, '{"kind":')],
  ['is empty', (file) => writeFile(file, '')],
  [
    'is of another group-version',
    (file) => writeFile(file, '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v2","resources":[]}'),
  ],
  ['is 100 MB', (file) => truncate(file, 100_000_000)],
  [
    'is a folder',
    async (file) => {
      await rm(file);
      await mkdir(file);
    },
  ],
  [
    'is a pipe that nobody writes to',
    async (file) => {
      await rm(file);
      execFileSync('mkfifo', [file]);
    },
  ],
])('a file that %s is a gap, and neither served nor missing', async (_name, damage) => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  const file = path('v1', 'serverresources.json');
  await damage(file);
  const found = await read();
  expect(found?.groups[0]).toEqual({ name: '', versions: [] });
  const gap = { kind: 'group-version', groupVersion: 'v1', reason: 'not-recorded' };
  expect(found?.gaps).toMatchObject([...NOT_TOLD, gap]);
});

test.each([
  ['is not one', '<html>'],
  ['is a Status', '{"kind":"Status","apiVersion":"v1"}'],
  ['has no group', '{"kind":"APIGroupList","apiVersion":"v1","groups":[]}'],
])('a list of groups that %s is no cache', async (_rule, text) => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  await writeFile(path('servergroups.json'), text);
  expect(await read()).toBeUndefined();
});

test('a list of groups cannot name a file elsewhere', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  const versions = [{ groupVersion: '../../v1', version: 'v1' }];
  const groups = [{ name: '', versions, preferredVersion: versions[0] }];
  await writeFile(path('servergroups.json'), JSON.stringify({ kind: 'APIGroupList', apiVersion: 'v1', groups }));
  expect((await read())?.gaps.at(-1)).toMatchObject({ groupVersion: '../../v1', reason: 'not-recorded' });
});

test.each([
  ['a group that climbs', { name: '../../..', versions: [{ version: 'v1', resources: [] }] }],
  ['a version that climbs', { name: 'a', versions: [{ version: '../..', resources: [] }] }],
])('%s is not written, and nothing else is', async (_name, group) => {
  const snapshot = sampleSnapshot({ groups: [...sampleSnapshot().groups, group] });
  await expect(writeKubectlCache({ directory, server }, snapshot)).rejects.toThrow('names no file');
  expect(await readdir(directory)).toEqual([]);
});

test('the lists are those that client-go would hand out', () => {
  expect(groupListOf(sampleSnapshot()).groups.at(-1)).toEqual({ name: 'stale.example.com', versions: [] });
  expect(resourceListsOf(sampleSnapshot()).map(({ groupVersion }) => groupVersion)).toEqual([
    'v1',
    'empty.example.com/v1alpha1',
  ]);
});
