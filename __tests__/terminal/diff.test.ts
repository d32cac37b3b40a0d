import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { runDiff } from '../../src/terminal/diff.ts';
import { bundled } from '../helpers/bundle.ts';
import { run } from '../helpers/processes.ts';
import { resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const file = (snapshot: Snapshot, cluster = 'production'): string => encodeSnapshot({ cluster, snapshot });
const deployments = { 'apps/v1': [resource('deployments', 'Deployment')] };
const files = {
  'old.json': file(snapshotOf({ ...deployments, 'a.example/v1': [resource('as', 'A')] }, { version: 'v1.33.1' })),
  'new.json': file(
    snapshotOf(
      { ...deployments, 'b.example/v1': [resource('bs', 'B')] },
      { version: 'v1.33.1', gaps: [versionGap('c.example/v1')] },
    ),
  ),
  'other.json': file(snapshotOf(deployments, { version: 'v1.33.1' }), 'staging'),
  'bad.json': '{',
};

async function diff(...args: string[]) {
  const [lines, notes]: [string[], string[]] = [[], []];
  const workingDirectory = temporaryFolder(files);
  const code = runDiff(args, {
    workingDirectory,
    line: (text) => lines.push(text),
    note: (text) => notes.push(text),
  });
  return { code, lines, notes: notes.join('\n') };
}

test('what changed is listed, with exit code 1', async () => {
  expect(await diff('old.json', 'new.json')).toEqual({
    code: 1,
    lines: [
      'production since 1970-01-01 00:00 UTC: 1 lost, 1 gained; 1 API could not be compared',
      '- lost a.example/v1 (A)',
      '+ gained b.example/v1 (B)',
      '? c.example/v1 could not be compared: one of the files has a gap there',
    ],
    notes: '',
  });
});

test.each([
  ['nothing changed', ['old.json', 'old.json'], 0, ''],
  [
    'two clusters are compared, and told',
    ['new.json', 'other.json'],
    1,
    'These are two clusters: production and staging.',
  ],
  ['one file is not enough', ['old.json'], 2, 'diff takes two files'],
  ['three are too many', ['old.json', 'new.json', 'other.json'], 2, 'diff takes two files'],
  ['an option is not known', ['old.json', 'new.json', '--output=json'], 2, 'diff takes two files'],
  ['a file that cannot be used', ['old.json', 'bad.json'], 2, 'bad.json:1: This snapshot cannot be used: it holds'],
  [
    'a file that does not exist',
    ['gone.json', 'old.json'],
    2,
    'gone.json:1: This file cannot be read: it fails with ENOENT',
  ],
  ['help', ['--help'], 0, ''],
])('%s', async (_rule, args, code, notes) => {
  expect(await diff(...args)).toMatchObject({ code, notes: expect.stringContaining(notes) });
});

test('the command has it', async () => {
  const cwd = temporaryFolder(files);
  const { code, stdout } = await run(process.execPath, [bundled('cli.js'), 'diff', 'old.json', join(cwd, 'new.json')], {
    cwd,
  });
  expect(stdout).toContain('- lost a.example/v1 (A)\n');
  expect(code).toBe(1);
});
