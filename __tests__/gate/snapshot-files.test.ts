import { expect, test } from 'vitest';
import { checkAge, readSnapshotFiles } from '../../src/gate/snapshot-files.ts';
import { GateError } from '../../src/model/errors.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { snapshotOf } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld } from '../helpers/world.ts';

const fileOf = (cluster: string): string => encodeSnapshot({ cluster, snapshot: snapshotOf({}) });

test('one file may be judged and compared with, and is at fault once', async () => {
  const world = createWorld({ workingDirectory: temporaryFolder({ 'a.json': fileOf('a'), 'bad.json': '{' }) });
  const read = await readSnapshotFiles({ snapshots: ['a.json'], compare: ['a.json'] }, world);
  expect(read.judged.map(({ cluster }) => cluster)).toEqual(['a']);
  expect([...read.earlier.keys()]).toEqual(['a']);
  const refused = await readSnapshotFiles({ snapshots: ['bad.json'], compare: ['bad.json'] }, world).catch(
    (thrown) => thrown,
  );
  expect(refused).toBeInstanceOf(GateError);
  expect(refused.problems).toHaveLength(1);
});

test('a pattern that matches nothing is named with its input', async () => {
  const world = createWorld({ workingDirectory: temporaryFolder({ 'a.json': fileOf('a') }) });
  const refused = await readSnapshotFiles({ snapshots: ['a.json'], compare: ['old/*'] }, world).catch(
    (thrown) => thrown,
  );
  expect(refused.problems).toMatchObject([
    { place: { kind: 'input', input: 'compare' }, message: 'The pattern old/* matches no file.' },
  ]);
});

test('exactly as old as it may be is young enough', () => {
  const filed = { cluster: 'a', file: 'a.json', snapshot: { ...snapshotOf({}), takenAt: 1000 } };
  expect(checkAge(filed, 500, 1500)).toEqual([]);
  expect(() => checkAge(filed, 500, 1501)).toThrow(GateError);
});
