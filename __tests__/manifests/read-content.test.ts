import { execFileSync } from 'node:child_process';
import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentReader, LARGEST } from '../../src/manifests/read-content.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test('files are read whole, whatever was read before', () => {
  const sizes = [3, 0, 3_000_000, 1_048_576, 1_048_575, 5];
  const folder = temporaryFolder(Object.fromEntries(sizes.map((size) => [`${size}.yaml`, 'x'.repeat(size)])));
  const read = contentReader();
  for (const size of sizes) {
    const content = read(join(folder, `${size}.yaml`));
    expect(content.toString()).toBe('x'.repeat(size));
  }
});

test.each([
  { rule: 'a file that is not there', path: 'missing.yaml', message: /ENOENT/ },
  { rule: 'a folder', path: '.', message: /not a regular file|EISDIR/ },
])('$rule is an error, not an exception', ({ path, message }) => {
  const content = contentReader()(join(temporaryFolder(), path));
  expect(content).toBeInstanceOf(Error);
  expect(String(content)).toMatch(message);
});

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to is not waited for', () => {
  const path = join(temporaryFolder(), 'pipe.yaml');
  execFileSync('mkfifo', [path]);
  expect(contentReader()(path)).toEqual(new Error('it is not a regular file'));
});

test.each([
  ['as large as may be', LARGEST, LARGEST],
  ['one byte more', LARGEST + 1, 'it is larger than 256 MiB'],
  ['more than any string holds', 600 * 1024 * 1024, 'it is larger than 256 MiB'],
  ['more than any memory holds', 2 ** 36, 'it is larger than 256 MiB'],
])('a file has a limit: %s', (_, size, expected) => {
  const path = join(temporaryFolder({ 'a.yaml': '' }), 'a.yaml');
  truncateSync(path, size);
  const content = contentReader()(path);
  expect(content instanceof Error ? content.message : content.byteLength).toBe(expected);
});
