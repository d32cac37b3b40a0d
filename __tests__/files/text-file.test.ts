import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTextFile } from '../../src/files/text-file.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const LIMIT = 1024 * 1024;

test('a text comes back as it is, with its length in bytes', async () => {
  const folder = temporaryFolder({ a: 'ß\r\n' });
  expect(readTextFile(join(folder, 'a'), LIMIT)).toEqual({ kind: 'text', text: 'ß\r\n', bytes: 4 });
});

test('a link is followed', async () => {
  const folder = temporaryFolder({ a: 'x' });
  symlinkSync(join(folder, 'a'), join(folder, 'b'));
  expect(readTextFile(join(folder, 'b'), LIMIT)).toMatchObject({ kind: 'text', text: 'x' });
});

test.each<[string, (folder: string) => void, string]>([
  ['nothing there', () => undefined, 'fails with ENOENT'],
  ['a folder', (folder) => execFileSync('mkdir', [join(folder, 'a')]), 'is not a regular file'],
  ['a pipe that nobody writes into', (folder) => execFileSync('mkfifo', [join(folder, 'a')]), 'is not a regular file'],
  ['too large a file', (folder) => writeFileSync(join(folder, 'a'), Buffer.alloc(LIMIT + 1)), 'is larger than 1 MiB'],
  [
    'other bytes',
    (folder) => writeFileSync(join(folder, 'a'), Buffer.from([0xff, 0xfe, 0x7b, 0])),
    'is not valid UTF-8',
  ],
])('%s is a reason, not an exception', async (_rule, make, reason) => {
  const folder = temporaryFolder();
  make(folder);
  expect(readTextFile(join(folder, 'a'), LIMIT)).toEqual({
    kind: 'unreadable',
    reason: expect.stringContaining(reason),
  });
});
