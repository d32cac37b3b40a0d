import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeReportFiles } from '../../src/report/report-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-files-'));
});

afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

describe('writeReportFiles', () => {
  test('makes the directory, and leaves nothing there but the files', async () => {
    const directory = join(folder, 'a', 'b');
    await writeReportFiles(directory, [
      { name: 'report.json', text: '{}' },
      { name: 'junit.xml', text: '<a/>' },
    ]);
    expect(readdirSync(directory).sort()).toEqual(['junit.xml', 'report.json']);
    expect(readFileSync(join(directory, 'report.json'), 'utf8')).toBe('{}');
  });

  test('replaces the files of an earlier run', async () => {
    writeFileSync(join(folder, 'report.json'), 'old');
    await writeReportFiles(folder, [{ name: 'report.json', text: 'new' }]);
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe('new');
  });

  test('a directory that is a file is an error with a hint', async () => {
    const directory = join(folder, 'file');
    writeFileSync(directory, '');
    await expect(writeReportFiles(directory, [{ name: 'report.json', text: '{}' }])).rejects.toMatchObject({
      name: 'GateError',
      outcome: 'invalid-input',
      code: 'report-directory-unwritable',
      message: expect.stringContaining(directory),
      hint: expect.stringContaining('may write'),
    });
  });

  test('a file that cannot be put in place leaves no half of it behind', async () => {
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(folder, 'report.json', 'occupied'), { recursive: true });
    await expect(writeReportFiles(folder, [{ name: 'report.json', text: '{}' }])).rejects.toThrow(
      'could not be written',
    );
    expect(readdirSync(folder)).toEqual(['report.json']);
  });
});
