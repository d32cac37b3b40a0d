import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { mayHaveChanged, nothingCached, nothingSaved, seedingWorkflow } from '../../src/gate/only-cached.ts';
import { sampleSnapshot } from '../cache/sample-snapshot.ts';

type NotFresh = Parameters<typeof nothingCached>[2];
const stale: NotFresh = { kind: 'stale', snapshot: sampleSnapshot(), ageMs: 7_200_000 };

test.each<[string, NotFresh, string, readonly (string | RegExp)[], boolean]>([
  [
    'the cache has none: perhaps the seed never ran, perhaps it saved nothing',
    { kind: 'none', reason: 'the Actions cache has no entry' },
    'the Actions cache has no entry',
    ['it did not run, or it ran and saved nothing'],
    true,
  ],
  [
    'the one there is old: the seed has saved nothing since',
    stale,
    'the one there is 2h old',
    [/^Since then .* has not run, or it ran and saved nothing/],
    true,
  ],
  [
    'no cache service: a seed could not help',
    { kind: 'none', why: 'no-service', reason: 'no Actions cache service is available here' },
    'no Actions cache service',
    ['cache service', '`cache: auto`'],
    false,
  ],
  [
    'the cache is in trouble: a seed may have saved',
    { kind: 'none', why: 'trouble', reason: 'the cache service is in trouble: 503' },
    '503',
    ['not known', 'Run the job again'],
    false,
  ],
  [
    'kubectl has kept nothing either: kubectl fills it',
    { kind: 'none', why: 'kubectl', reason: 'nothing in it is younger than the TTL of 10m' },
    'nothing in it is younger',
    ['kubectl api-resources'],
    false,
  ],
  [
    'the entry is of another server: seeding would make two clusters take turns',
    { kind: 'none', why: 'other-server', reason: 'the entry is of another server' },
    'another server',
    ['another `cluster`', '`context`'],
    false,
  ],
  [
    'the entry cannot be used: a new one can',
    { kind: 'none', why: 'unusable', reason: 'its digest does not match' },
    'digest',
    ['replace'],
    true,
  ],
])('nothingCached says why, and what would help: %s', (_rule, found, reason, hints, seeds) => {
  const error = nothingCached({ name: 'prod', named: true }, 600_000, found);
  expect(error).toMatchObject({ outcome: 'undetermined', code: 'nothing-cached' });
  expect(error.message).toContain(reason);
  for (const hint of hints) expect(error.hint).toMatch(hint);
  expect(error.hint?.includes(seedingWorkflow('prod', 600_000))).toBe(seeds);
});

test('a refresh that saved nothing names the cluster and the reason', () => {
  expect(nothingSaved('prod', 'the token may only read').message).toMatch(
    /prod .*not saved, because the token may only read\./,
  );
});

test('the seeding workflow is a workflow, and seeds more often than entries expire', () => {
  const workflow = load(seedingWorkflow('prod', 600_000)) as Record<string, unknown>;
  expect(workflow).toMatchObject({
    on: { schedule: [{ cron: '*/5 * * * *' }] },
    jobs: { seed: { steps: [{ with: { cluster: 'prod', cache: 'refresh', 'cache-ttl': '600s' } }] } },
  });
});

test('an old answer says its age', () => {
  expect(mayHaveChanged('prod', 61_000).message).toContain('prod served 1m1s ago');
});

test('a job without the input cluster is told to seed without it, for it is part of the key', () => {
  const error = nothingCached({ name: 'prod', named: false }, 600_000, stale);
  expect(error.hint).toContain('cache: refresh');
  expect(error.hint).not.toMatch(/^ *cluster:/m);
});
