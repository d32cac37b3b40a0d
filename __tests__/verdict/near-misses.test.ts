import { expect, test } from 'vitest';
import { findNearMisses, type Level } from '../../src/verdict/near-misses.ts';
import { indexSnapshot } from '../../src/verdict/served-apis.ts';
import { apiOf } from '../helpers/judging.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

const near = findNearMisses(
  indexSnapshot(
    snapshotOf({
      'apps/v1': [
        resource('deployments', 'Deployment', { shortNames: ['deploy'] }),
        resource('deployments/scale', 'Scale'),
      ],
      'networking.k8s.io/v1': [resource('networkpolicies', 'NetworkPolicy')],
    }),
  ),
);

test.each<[string, string, Level, readonly string[]]>([
  ['a slip in a kind', 'apps/v1/Deploymnt', 'name', ['apps/v1/Deployment']],
  ['another case of a kind', 'apps/v1/DEPLOYMENT', 'name', ['apps/v1/Deployment']],
  ['a slip in a resource', 'apps/v1/deployemnts', 'name', ['apps/v1/deployments']],
  ['a slip in a subresource', 'apps/v1/deployments/sclae', 'name', ['apps/v1/deployments/scale']],
  ['a kind that is like none', 'apps/v1/Gadget', 'name', []],
  ['a slip in a group', 'networking.k8.io/v1', 'group', ['networking.k8s.io/v1']],
  ['a slip in the group of a kind', 'aps/v1/Deployment', 'group', ['apps/v1/Deployment']],
  ['a slip in a whole group', 'aps/*', 'group', ['apps/*']],
  [
    'a resource in place of a version',
    'networking.k8s.io/networkpolicies',
    'version',
    ['networking.k8s.io/v1/networkpolicies'],
  ],
  ['another version', 'networking.k8s.io/v1beta1', 'version', []],
  ['a kind of another version', 'networking.k8s.io/v1beta1/NetworkPolicy', 'version', []],
  ["the server's version", 'server-version >=1.29', 'name', []],
  ['a short name', 'apps/v1/deploy', 'name', ['apps/v1/deployments']],
  ['a short name of another group', 'networking.k8s.io/v1/deploy', 'name', ['apps/v1/deployments']],
  ['a short name with a subresource', 'apps/v1/deploy/scale', 'name', ['apps/v1/deployments/scale']],
  ['a slip in the group of a kind that it does not have', 'aps/v1/Gadget', 'group', []],
  ['a slip in the group, and another version', 'aps/v1beta1/Deployment', 'group', ['apps/v1/Deployment']],
  ['a slip in the group of a version that it does not have', 'aps/v2', 'group', ['apps/v1']],
  ['a slip in the group of a resource', 'aps/v1/deployments', 'group', ['apps/v1/deployments']],
  ['a slip in the group of a resource that it does not have', 'aps/v1/gadgets', 'group', []],
  [
    'the name of a CustomResourceDefinition as a group',
    'networkpolicies.networking.k8s.io/*',
    'group',
    ['networking.k8s.io/v1/networkpolicies'],
  ],
  ['the name of no CustomResourceDefinition as a group', 'gadgets.networking.k8s.io/*', 'group', []],
])('%s', (_slip, text, level, expected) => {
  expect(near.of(apiOf(text), level)).toEqual(expected);
});

test('after a hundred guesses there are no more, however many requirements are missing', () => {
  const tired = findNearMisses(indexSnapshot(snapshotOf({ 'apps/v1': [resource('deployments', 'Deployment')] })));
  const guesses = Array.from({ length: 101 }, () => tired.of(apiOf('apps/v1/Deploymnt'), 'name').length);
  expect(guesses).toEqual([...Array.from({ length: 100 }, () => 1), 0]);
});
