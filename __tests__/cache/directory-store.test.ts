import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDirectoryStore } from '../../src/cache/directory-store.ts';
import { storeContract } from './store-contract.ts';

const KEY = 'kube-api-gate-v1-prod.0123456789abcdef-600-0000000001-';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'directory-store-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const never = new AbortController().signal;
const open = () => openDirectoryStore({ directory: join(folder, 'cache') });

describe('contract', () => {
  storeContract(open);
});

describe('what is no entry', () => {
  test.each([
    ['a folder', (path: string) => mkdir(path), 'is not a file'],
    ['a link to a file elsewhere', (path: string) => symlink('/etc/hostname', path), 'is not a file'],
    [
      '100 MB',
      async (path: string) => await writeFile(path, '').then(() => truncate(path, 100_000_000)),
      '100000000 bytes',
    ],
  ])('%s is a miss', async (_name, make, reason) => {
    await mkdir(join(folder, 'cache'));
    await make(join(folder, 'cache', KEY));
    expect(await open().restore([KEY], never)).toEqual({ kind: 'none', reason: expect.stringContaining(reason) });
  });

  test('a temporary file of another process is not found', async () => {
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'cache', `${KEY}.4f5f9e0e-8f7c-4ed4-a5f6-0d3cf3f0ad7c`), 'half');
    expect(await open().restore([KEY], never)).toMatchObject({ kind: 'none' });
  });

  test.each(['../escaped', '/etc/passwd', 'kube-api-gate-../x', ''])('%j is refused as a key', async (key) => {
    expect(await open().save(key, Buffer.from('x'), never)).toMatchObject({ kind: 'failed' });
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a directory that cannot be made is a failure that says so, and a miss', async () => {
  await writeFile(join(folder, 'cache'), 'a file');
  expect(await open().save(KEY, Buffer.from('x'), never)).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('cannot be written'),
  });
  expect(await open().restore([KEY], never)).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('cannot be read'),
  });
});

test('entries that are a week old go when another is saved; what is not ours stays', async () => {
  await mkdir(join(folder, 'cache'));
  const old = Date.now() / 1000 - 8 * 24 * 3600;
  for (const name of [KEY, 'somebody-elses']) {
    await writeFile(join(folder, 'cache', name), 'x');
    await utimes(join(folder, 'cache', name), old, old);
  }
  const other = KEY.replace('0001-', '0002-');
  await open().save(other, Buffer.from('x'), never);
  expect((await readdir(join(folder, 'cache'))).sort()).toEqual([other, 'somebody-elses']);
});

test('20 processes at once save and restore under one key, and none sees a part', { timeout: 60_000 }, async () => {
  const script = `
    const { openDirectoryStore } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/cache/directory-store.ts'))});
    const store = openDirectoryStore({ directory: ${JSON.stringify(join(folder, 'cache'))} });
    const signal = new AbortController().signal;
    const answers = [];
    for (let i = 0; i < 5; i++) {
      answers.push((await store.save(${JSON.stringify(KEY)}, Buffer.alloc(300_000, process.pid % 256), signal)).kind);
      const restored = await store.restore([${JSON.stringify(KEY)}], signal);
      answers.push(restored.kind === 'found' && restored.bytes.length === 300_000 && new Set(restored.bytes).size === 1);
    }
    console.log(JSON.stringify(answers));
  `;
  const processes = Array.from({ length: 20 }, () =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]),
  );
  for (const { stdout } of await Promise.all(processes)) {
    expect(JSON.parse(stdout)).toEqual(Array.from({ length: 5 }, () => ['saved', true]).flat());
  }
  expect(await readdir(join(folder, 'cache'))).toEqual([KEY]);
});
