import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTextFile, requireTextFile } from '../../src/cluster/named-file.ts';
import { gateErrorOf } from '../helpers/gate-error.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** A folder with a file, and things that are none. */
function folderOfThings(): string {
  const folder = temporaryFolder({ file: 'content', big: '' });
  mkdirSync(join(folder, 'folder'));
  symlinkSync('file', join(folder, 'link'));
  symlinkSync('loop', join(folder, 'loop'));
  truncateSync(join(folder, 'big'), 2 ** 31);
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  return folder;
}

test.each([
  ['a file', 'file', 'content'],
  ['a link to a file', 'link', 'content'],
  ['nothing where no file is', 'nope', undefined],
  ['nothing where the name is longer than names can be', 'n'.repeat(5000), undefined],
])('reading gives %s', (_, name, wanted) => {
  expect(readTextFile(join(folderOfThings(), name), 'kubeconfig')).toBe(wanted);
});

test('/dev/null is an empty file, and so a way to say "none"', () => {
  expect(readTextFile('/dev/null', 'kubeconfig')).toBe('');
});

describe('reading is refused for', () => {
  test.each([
    ['a folder', 'folder', 'it is a folder'],
    ['a file taken for a folder', 'file/x', 'a part of the path is not a folder'],
    ['links that run in a circle', 'loop', 'its symbolic links run in a circle'],
    ['a pipe, without waiting for somebody to write', 'pipe', 'it is not a regular file'],
    ['an endless device', '/dev/zero', 'it is not a regular file'],
    ['a file of gigabytes', 'big', `it has ${2 ** 31} bytes, which no kubeconfig has`],
    ['a name with a zero byte', 'a\0b', 'it cannot be opened'],
  ])('%s', async (_, name, reason) => {
    const path = name.startsWith('/') ? name : join(folderOfThings(), name);
    const error = await gateErrorOf(() => readTextFile(path, 'kubeconfig'));
    expect(error).toMatchObject({ outcome: 'invalid-input', code: 'file-unreadable' });
    expect(error.message).toBe(`Cannot read the kubeconfig ${path}: ${reason}`);
  });
});

test('a file that must be there, and is not', async () => {
  const error = await gateErrorOf(() => requireTextFile('/nonexistent/ca.pem', 'CA certificate'));
  expect(error.message).toBe('Cannot read the CA certificate /nonexistent/ca.pem: the file does not exist');
  expect(error.hint).toContain('Relative paths in a kubeconfig start from the folder of that kubeconfig');
});
