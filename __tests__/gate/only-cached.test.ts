import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { mayHaveChanged, nothingCached, seedingWorkflow } from '../../src/gate/only-cached.ts';

test.each([
  ['nothing was looked up', undefined, 'there is none'],
  [
    'the store has none',
    { kind: 'none', reason: 'the Actions cache has no entry' } as const,
    'the Actions cache has no entry',
  ],
])('nothingCached says why: %s', (_rule, found, reason) => {
  const error = nothingCached({ name: 'prod', named: true }, 600_000, found);
  expect(error).toMatchObject({ outcome: 'undetermined', code: 'nothing-cached' });
  expect(error.message).toContain(reason);
  expect(error.hint).toContain(seedingWorkflow('prod', 600_000));
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
  const error = nothingCached({ name: 'prod', named: false }, 600_000, undefined);
  expect(error.hint).toContain('cache: refresh');
  expect(error.hint).not.toMatch(/^ *cluster:/m);
});
