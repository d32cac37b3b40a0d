import { expect, test } from 'vitest';
import { openFieldWork } from '../../src/gate/field-work.ts';
import type { ManifestReading } from '../../src/manifests/manifests.ts';

const NONE: ManifestReading = {
  requirements: [],
  definitions: [],
  problems: [],
  warnings: [],
  notJudged: {},
  files: 0,
  sources: [],
  objects: 0,
};

test('clusters that answer the same share one walk', async () => {
  const work = openFieldWork(NONE, { target: undefined, repositoryRoot: '/' });
  const document = { origin: 'built-in' as const, kinds: {}, types: {} };
  const kinds = (name: string) => new Map([['v1/Pod', { document, name }]]);
  const release = { major: 1, minor: 37 };
  const first = work.walk(kinds('A'), release);
  expect([
    work.walk(kinds('A'), { ...release, patch: 2 }) === first,
    work.walk(kinds('B'), release) === first,
    work.walk(kinds('A'), { major: 1, minor: 36 }) === first,
    Object.is(work.defined(), work.defined()),
  ]).toEqual([true, false, false, true]);
  expect(await first).toEqual({ faults: [], leaving: [], warnings: [] });
});
