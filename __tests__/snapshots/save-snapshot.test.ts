import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveSnapshot } from '../../src/snapshots/save-snapshot.ts';
import { decodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const named = { cluster: 'prod', snapshot: snapshotOf({ v1: [resource('pods', 'Pod')] }) };

test('is written over an older one, and leaves nothing else', async () => {
  const folder = temporaryFolder({ 'prod.json': 'old' });
  expect(await saveSnapshot(folder, named)).toEqual({ kind: 'written', path: join(folder, 'prod.json') });
  expect(decodeSnapshot(readFileSync(join(folder, 'prod.json'), 'utf8'))).toMatchObject({
    kind: 'snapshot',
    named: { cluster: 'prod' },
  });
  expect(readdirSync(folder)).toEqual(['prod.json']);
});

test('what could not be read back is not written', async () => {
  const folder = temporaryFolder();
  expect(await saveSnapshot(folder, { ...named, cluster: 'a\u001bb' })).toEqual({
    kind: 'not-written',
    reason: 'what would be written holds JSON whose cluster is not a word',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder that is a file is a reason, not an exception', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'out'), '');
  expect(await saveSnapshot(join(folder, 'out'), named)).toMatchObject({
    kind: 'not-written',
    reason: expect.stringMatching(/EEXIST|ENOTDIR/),
  });
});

test('a full disk is a reason, and leaves no half of a file', async () => {
  expect(await saveSnapshot('/dev/full', named)).toMatchObject({ kind: 'not-written' });
});
