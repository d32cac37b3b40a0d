import { describe, expect, test } from 'vitest';
import { chooseContext, nearestFirst } from '../../../src/cluster/kubeconfig/context.ts';
import { decodeKubeconfig } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { gateErrorOf } from '../../helpers/gate-error.ts';

const origin = { place: { kind: 'input', input: 'kubeconfig' }, folder: '/' } as const;
const kubeconfig = (parts: object) =>
  decodeKubeconfig(
    {
      clusters: [{ name: 'eu' }, { name: 'us' }],
      users: [{ name: 'ci' }],
      contexts: [
        { name: 'production', context: { cluster: 'eu', user: 'ci' } },
        { name: 'staging', context: { cluster: 'us', user: 'ci' } },
        { name: 'anonymous', context: { cluster: 'us' } },
        { name: 'no-cluster', context: { user: 'ci' } },
        { name: 'bad-cluster', context: { cluster: 'eo', user: 'ci' } },
        { name: 'bad-user', context: { cluster: 'eu', user: 'cd' } },
      ],
      'current-context': 'production',
      ...parts,
    },
    origin,
    (path) => path,
  );

describe('a context leads to', () => {
  test.each<[string, string | undefined, string, string | undefined]>([
    ['the cluster and the user of the current-context', undefined, 'eu', 'ci'],
    ['those of the one that was asked for', 'staging', 'us', 'ci'],
    ['those of the current-context where an empty name was asked for', '', 'eu', 'ci'],
    ['no user where it names none', 'anonymous', 'us', undefined],
  ])('%s', (_, wanted, cluster, user) => {
    const chosen = chooseContext(kubeconfig({}), wanted, 'config');
    expect(chosen.cluster.name).toBe(cluster);
    expect(chosen.user?.name).toBe(user);
  });
});

describe('it is an error', () => {
  test.each<[string, object, string | undefined, string, string, string]>([
    [
      'that there is no such context; those that there are stand nearest first',
      {},
      'prodution',
      'context-unknown',
      'config has no context `prodution`, which the input `context` names',
      'The contexts in it: `production`, `staging`,',
    ],
    [
      'that the current-context is not there',
      { 'current-context': 'stagin' },
      undefined,
      'context-unknown',
      'config has no context `stagin`, which current-context names',
      'The contexts in it: `staging`,',
    ],
    [
      'that there is no current-context',
      { 'current-context': '' },
      undefined,
      'context-not-chosen',
      'No context is chosen: config has no current-context',
      'Name one with the input `context`. The contexts in it: `production`, `staging`',
    ],
    [
      'that the context names no cluster',
      {},
      'no-cluster',
      'context-without-cluster',
      'The context `no-cluster` names no cluster',
      'The clusters in it: `eu`, `us`.',
    ],
    [
      'that the cluster is not there',
      {},
      'bad-cluster',
      'cluster-unknown',
      'The context `bad-cluster` names the cluster `eo`, which is not defined',
      'The clusters in it: `eu`, `us`.',
    ],
    [
      'that the user is not there',
      {},
      'bad-user',
      'user-unknown',
      'The context `bad-user` names the user `cd`, which is not defined',
      'The users in it: `ci`.',
    ],
    [
      'that there are no contexts',
      { contexts: [] },
      'x',
      'context-unknown',
      'config has no context `x`, which the input `context` names',
      'There are no contexts in it.',
    ],
  ])('%s', async (_, parts, wanted, code, message, hint) => {
    const error = await gateErrorOf(() => chooseContext(kubeconfig(parts), wanted, 'config'));
    expect(error).toMatchObject({ outcome: 'invalid-input', code, message });
    expect(error.hint).toContain(hint);
  });

  test('in the input `context`, where that is at fault', async () => {
    const error = await gateErrorOf(() => chooseContext(kubeconfig({}), 'x', 'config'));
    expect(error.problems).toMatchObject([{ place: { kind: 'input', input: 'context' } }]);
  });

  test('a long list is cut', async () => {
    const contexts = Array.from({ length: 25 }, (_, index) => ({ name: `context-${index}`, context: {} }));
    const error = await gateErrorOf(() => chooseContext(kubeconfig({ contexts }), 'context-x', 'config'));
    expect(error.hint).toMatch(/ and 15 more\.$/);
  });
});

test.each<[string, string, readonly string[], readonly string[]]>([
  ['letters that differ', 'stagin', ['production', 'staging'], ['staging', 'production']],
  ['case does not count', 'PROD', ['dev', 'prod'], ['prod', 'dev']],
  ['equally near ones stay in order', 'x', ['b', 'a'], ['b', 'a']],
])('nearest first: %s', (_, name, names, wanted) => {
  expect(nearestFirst(name, names)).toEqual(wanted);
});
