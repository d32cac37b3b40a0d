import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
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

test('what is written reads back, but for what the files do not hold', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  const { version: _version, ...rest } = sampleSnapshot();
  expect(await readKubectlCache({ directory, server })).toEqual({ ...rest, validators: {} });
});

test('a server that nobody asked has no cache', async () => {
  expect(await readKubectlCache({ directory, server })).toBeUndefined();
  expect(await readKubectlCache({ directory, server: 'https://..' })).toBeUndefined();
});

test('the snapshot is as old as the oldest file that counts', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  await utimes(path('v1', 'serverresources.json'), 1000, 1000);
  expect((await readKubectlCache({ directory, server }))?.takenAt).toBe(1_000_000);
});

test.each<[string, (file: string) => Promise<void>, string, string]>([
  ['is missing, as kubectl leaves an empty one', (file) => rm(file), 'not-found', 'has no'],
  ['is corrupt', (file) => writeFile(file, '{"kind":'), 'invalid', 'cannot be used'],
  [
    'is of another group-version',
    (file) => writeFile(file, '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v2","resources":[]}'),
    'invalid',
    'groupVersion',
  ],
  ['is 100 MB', (file) => truncate(file, 100_000_000), 'invalid', '100000000 bytes'],
])('a file that %s is a gap, and neither served nor missing', async (_name, damage, reason, message) => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  await damage(path('v1', 'serverresources.json'));
  const found = await readKubectlCache({ directory, server });
  expect(found?.groups[0]).toEqual({ name: '', versions: [] });
  expect(found?.gaps).toEqual([
    { kind: 'group-version', groupVersion: 'v1', reason, message: expect.stringContaining(message) },
  ]);
});

test('a list of groups that is none is an error', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  await writeFile(path('servergroups.json'), '<html>');
  await expect(readKubectlCache({ directory, server })).rejects.toThrow();
});

test('a list of groups cannot name a file elsewhere', async () => {
  await writeKubectlCache({ directory, server }, sampleSnapshot());
  const versions = [{ groupVersion: '../../v1', version: 'v1' }];
  const groups = [{ name: '', versions, preferredVersion: versions[0] }];
  await writeFile(path('servergroups.json'), JSON.stringify({ kind: 'APIGroupList', apiVersion: 'v1', groups }));
  expect((await readKubectlCache({ directory, server }))?.gaps).toMatchObject([{ reason: 'invalid' }]);
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
