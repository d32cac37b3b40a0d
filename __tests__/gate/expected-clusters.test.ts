import { expect, test } from 'vitest';
import { expectedClusters } from '../../src/gate/expected-clusters.ts';

test.each([
  ['nothing is expected', [], ['a'], [], []],
  ['all reported', ['a', 'b'], ['b', 'a'], [], []],
  ['one did not', ['a', 'b'], ['a'], ['b'], []],
  ['one more did', ['a'], ['a', 'c'], [], ['c']],
  ['names are compared as they are', ['A'], ['a'], ['A'], ['a']],
])('%s', (_rule, expected, judged, absent, surplus) => {
  const found = expectedClusters(
    expected,
    judged.map((cluster) => ({ cluster })),
  );
  expect(found.absent.map(({ cluster, outcome, error }) => [cluster, outcome, error?.code])).toEqual(
    absent.map((cluster) => [cluster, 'undetermined', 'cluster-not-reported']),
  );
  expect(found.warnings.map(({ message }) => message.split(' ')[0])).toEqual(surplus);
});
