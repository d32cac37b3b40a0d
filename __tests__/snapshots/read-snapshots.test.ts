import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatPlace } from '../../src/model/place.ts';
import { readSnapshots } from '../../src/snapshots/read-snapshots.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { snapshotOf } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const fileOf = (cluster: string): string => encodeSnapshot({ cluster, snapshot: snapshotOf({}) });

async function read(files: Readonly<Record<string, string>>, change: (folder: string) => void = () => undefined) {
  const folder = temporaryFolder(files);
  change(folder);
  const { snapshots, problems } = readSnapshots(
    Object.keys(files).map((file) => ({ path: join(folder, file), file })),
    'snapshots',
  );
  return {
    clusters: snapshots.map(({ cluster, file }) => `${cluster} in ${file}`),
    problems: problems.map(({ place, message }) => `${formatPlace(place)}: ${message}`),
  };
}

test('files are read in their order', async () => {
  expect(await read({ 'b.json': fileOf('x'), 'a.json': fileOf('y') })).toEqual({
    clusters: ['x in b.json', 'y in a.json'],
    problems: [],
  });
});

test('all faults are told at once, each at its file', async () => {
  const found = await read({ a: fileOf('x'), b: '{', c: fileOf('x'), d: '' });
  expect(found.problems).toEqual([
    expect.stringMatching(/^b:1: This snapshot cannot be used: it holds a body of 1 characters that is not JSON/),
    'd:1: This snapshot cannot be used: it holds an empty body.',
    'c:1: This is a second snapshot of x; a is one too.',
  ]);
});

test('a huge file is not read', async () => {
  const { problems } = await read({ a: '' }, (folder) => truncateSync(join(folder, 'a'), 33 * 1024 * 1024));
  expect(problems).toEqual(['a:1: This file cannot be read: it is larger than 32 MiB.']);
});

test('together they have a limit, too', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `f${index}`);
  const { problems } = await read(Object.fromEntries(names.map((name) => [name, ''])), (folder) => {
    for (const name of names) writeFileSync(join(folder, name), `${fileOf(name)}${' '.repeat(30 * 1024 * 1024)}`);
  });
  expect(problems).toEqual(['f8:1: The files up to this one have more than 256 MiB together.']);
});

test('more files than anybody has clusters are refused, unread', async () => {
  const files = Array.from({ length: 1001 }, () => ({ path: '/nonexistent', file: 'x' }));
  const { problems } = readSnapshots(files, 'compare');
  expect(problems).toEqual([
    { place: { kind: 'input', input: 'compare' }, message: 'It names 1001 files; at most 1000 are read.' },
  ]);
});
