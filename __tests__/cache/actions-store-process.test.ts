import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, location } from '../../src/cache/actions-store-process.ts';
import { MAX_FOLDER_BYTES } from '../../src/cache/toolkit-call.ts';

let folder: string;
const before = { directory: process.cwd(), environment: { ...process.env } };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'actions-store-process-'));
});

afterEach(async () => {
  process.chdir(before.directory);
  for (const name of ['GITHUB_WORKSPACE', 'RUNNER_TEMP', 'TAR_OPTIONS']) {
    const value = before.environment[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await rm(folder, { recursive: true });
});

type Toolkit = Awaited<Parameters<typeof answer>[1]>;

function toolkit(over: Partial<Toolkit>): Promise<Toolkit> {
  const unused = async () => {
    throw new Error('not to be called');
  };
  return Promise.resolve({ isFeatureAvailable: () => true, restoreCache: unused, saveCache: unused, ...over });
}

test('it says where it is, so that it is found in a bundle', () => {
  expect(location).toMatch(/^file:.*actions-store-process\.ts$/);
});

test('restoring happens in the folder of the call, with every member of the archive sent to the one file', async () => {
  const seen: unknown[] = [];
  const restoreCache: Toolkit['restoreCache'] = async (...asked) => {
    seen.push(
      asked,
      process.cwd(),
      process.env['GITHUB_WORKSPACE'],
      process.env['RUNNER_TEMP'],
      process.env['TAR_OPTIONS'],
    );
    return 'b-';
  };
  const reply = await answer({ call: 'restore', folder, keys: ['a-', 'b-', 'c-'] }, toolkit({ restoreCache }));
  expect(reply).toEqual({ kind: 'restored', key: 'b-' });
  const asked = [['kube-api-gate-snapshot'], 'a-', ['a-', 'b-', 'c-'], undefined, true];
  expect(seen).toEqual([asked, folder, folder, folder, '--transform=s,.*,kube-api-gate-snapshot,']);
  expect([process.env['TAR_OPTIONS'], process.cwd()]).toEqual([undefined, '/']);
});

test.each<[string, (folder: string) => void]>([
  ['one file', (folder) => truncateSync(join(folder, 'a'), MAX_FOLDER_BYTES + 1)],
  [
    'many files, in folders',
    (folder) => {
      mkdirSync(join(folder, 'b'));
      for (const name of ['c', 'd', 'e', 'f']) writeFileSync(join(folder, 'b', name), '');
      for (const name of ['c', 'd', 'e', 'f']) truncateSync(join(folder, 'b', name), MAX_FOLDER_BYTES / 3);
    },
  ],
  [
    'a thousand files without content',
    (folder) => {
      for (let index = 0; index < 1001; index += 1) writeFileSync(join(folder, `f${index}`), '');
    },
  ],
])('a call that fills its folder is over while it goes on: %s', async (_rule, fill) => {
  const restoreCache: Toolkit['restoreCache'] = () => {
    writeFileSync(join(folder, 'a'), '');
    fill(folder);
    return new Promise(() => undefined);
  };
  const reply = await answer({ call: 'restore', folder, keys: ['a-'] }, toolkit({ restoreCache }));
  expect(reply).toEqual({ kind: 'too-large' });
});

test.each([
  ['saved', 7, 'saved'],
  ['not saved', -1, 'not-saved'],
])('saving: %s, with nothing said to tar', async (_name, id, kind) => {
  let options: string | undefined = 'unset';
  const saveCache: Toolkit['saveCache'] = async () => {
    options = process.env['TAR_OPTIONS'];
    return id;
  };
  expect(await answer({ call: 'save', folder, key: 'a-' }, toolkit({ saveCache }))).toEqual({ kind });
  expect(options).toBeUndefined();
});

test.each<[string, Promise<Toolkit>, object]>([
  ['there is no service', toolkit({ isFeatureAvailable: () => false }), { kind: 'unavailable' }],
  ['the toolkit finds nothing', toolkit({ restoreCache: async () => undefined }), { kind: 'not-restored' }],
  ['the toolkit throws', toolkit({}), { kind: 'threw', message: 'not to be called' }],
])('%s', async (_name, toolkitThere, reply) => {
  expect(await answer({ call: 'restore', folder, keys: ['a-'] }, toolkitThere)).toEqual(reply);
});

test('a toolkit that cannot be loaded, and a folder that is not there, are answers too', async () => {
  const missing = Promise.reject(new Error('no such module'));
  expect(await answer({ call: 'restore', folder, keys: ['a-'] }, missing)).toEqual({
    kind: 'threw',
    message: 'no such module',
  });
  const nowhere = join(folder, 'none', 'deep');
  expect(await answer({ call: 'save', folder: nowhere, key: 'a-' }, toolkit({}))).toMatchObject({ kind: 'threw' });
});
