import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAtomically } from '../../src/files/atomic-file.ts';

const MODES = { fileMode: 0o660, directoryMode: 0o750 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atomic-file-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('folders are made, modes and time are as asked, and nothing else is left', async () => {
  const path = join(folder, 'a', 'b', 'file');
  await writeAtomically(path, 'content', { ...MODES, modifiedAt: 1_000_000 });
  const [file, directory] = [await stat(path), await stat(join(folder, 'a', 'b'))];
  expect(file.mode & 0o777).toBe(0o660);
  expect(directory.mode & 0o777 & ~0o750).toBe(0);
  expect(file.mtimeMs).toBe(1_000_000);
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['file']);
});

test('readers see one whole content or the other', async () => {
  const path = join(folder, 'file');
  const contents = ['a', 'b'].map((letter) => letter.repeat(200_000));
  await writeAtomically(path, contents[0] ?? '', MODES);
  const writing = Promise.all(
    Array.from({ length: 40 }, (_, i) => writeAtomically(path, contents[i % 2] ?? '', MODES)),
  );
  for (let i = 0; i < 40; i++) expect(contents).toContain(await readFile(path, 'utf8'));
  await writing;
  expect(await readdir(folder)).toEqual(['file']);
});

test('a write that fails leaves neither a temporary file nor a changed one', async () => {
  await mkdir(join(folder, 'taken', 'full'), { recursive: true });
  await expect(writeAtomically(join(folder, 'taken'), 'content', MODES)).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['taken']);
  await writeFile(join(folder, 'plain'), '');
  await expect(writeAtomically(join(folder, 'plain', 'file'), 'content', MODES)).rejects.toThrow();
});

test.runIf(process.platform === 'linux')(
  'a folder in which nothing can be made is an error, and no wait for ever',
  async () => {
    await expect(writeAtomically('/proc/kube-api-gate/deeper/file', 'content')).rejects.toThrow('ENOENT');
  },
);

test('a folder that another process makes at the same time will do', async () => {
  const paths = Array.from({ length: 20 }, (_, index) => join(folder, 'a', 'b', 'c', String(index)));
  await Promise.all(paths.map((path) => writeAtomically(path, 'content')));
  expect(await readdir(join(folder, 'a', 'b', 'c'))).toHaveLength(20);
});
