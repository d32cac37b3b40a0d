import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kindOfPath, readPipes } from '../../src/terminal/pipes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-pipes-'));
  writeFileSync(join(folder, 'file'), 'x');
  execFileSync('mkfifo', [join(folder, 'fifo'), join(folder, 'empty')]);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['file', 'file'],
  ['.', 'folder'],
  ['fifo', 'pipe'],
  ['missing', 'nothing'],
])('%s is a %s', (name, kind) => {
  expect(kindOfPath(join(folder, name))).toBe(kind);
});

test('a pipe is read to its end, under its own name', () => {
  const path = join(folder, 'fifo');
  const writer = spawn('/bin/sh', ['-c', `(printf 'kind: A\\n'; sleep 0.1; printf 'kind: B\\n') > '${path}'`]);
  try {
    expect(readPipes([path, path])).toEqual([{ name: path, content: Buffer.from('kind: A\nkind: B\n') }]);
  } finally {
    writer.kill();
  }
});

test('a pipe that holds nothing is refused', () => {
  const path = join(folder, 'empty');
  const writer = spawn('/bin/sh', ['-c', `: > '${path}'`]);
  try {
    expect(() => readPipes([path])).toThrow(`${path} is empty, so it has nothing to judge.`);
  } finally {
    writer.kill();
  }
});

test('a pipe that cannot be read is refused by name', () => {
  expect(() => readPipes([join(folder, 'missing')])).toThrow(/missing could not be read: ENOENT/);
});
