import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_FILE_BYTES, readCachedFile } from '../../../src/cache/kubectl/file.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubectl-file-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a file comes with its modification time', () => {
  const file = join(folder, 'a');
  writeFileSync(file, 'text');
  utimesSync(file, 1000, 1000);
  expect(readCachedFile(file)).toEqual({ bytes: Buffer.from('text'), modifiedAt: 1_000_000 });
  symlinkSync(file, join(folder, 'link'));
  expect(readCachedFile(join(folder, 'link'))?.modifiedAt).toBe(1_000_000);
});

test.each([
  ['no file', 'none'],
  ['a folder that is a file', 'file/none'],
])('%s is nothing', (_rule, path) => {
  writeFileSync(join(folder, 'file'), '');
  expect(readCachedFile(join(folder, path))).toBeUndefined();
});

test.each<[string, (path: string) => unknown, string]>([
  ['a folder', (path) => mkdirSync(path), 'is not a file'],
  ['a pipe', (path) => execFileSync('mkfifo', [path]), 'is not a file'],
  [
    'too large a file',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, MAX_FILE_BYTES + 1);
    },
    'bytes long',
  ],
])('%s is an error', (_rule, make, message) => {
  make(join(folder, 'a'));
  expect(() => readCachedFile(join(folder, 'a'))).toThrow(message);
});
