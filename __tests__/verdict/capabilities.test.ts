import { expect, test } from 'vitest';
import { capabilitiesOf } from '../../src/verdict/capabilities.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

test('each group-version is followed by its kinds, in the order of the server', () => {
  const snapshot = snapshotOf({
    v1: [resource('pods', 'Pod'), resource('nodes', 'Node')],
    'apps/v1': [resource('deployments', 'Deployment')],
    'empty.example.com/v1': [],
  });
  expect(capabilitiesOf(snapshot)).toEqual([
    'v1',
    'v1/Pod',
    'v1/Node',
    'apps/v1',
    'apps/v1/Deployment',
    'empty.example.com/v1',
  ]);
});

test('kinds of subresources count, with the group-version that they are listed in, and each once', () => {
  const scale = { group: 'autoscaling', version: 'v1' };
  const snapshot = snapshotOf({
    'apps/v1': [
      resource('deployments', 'Deployment'),
      resource('deployments/scale', 'Scale', scale),
      resource('deployments/status', 'Deployment'),
      resource('replicasets/scale', 'Scale', scale),
    ],
  });
  expect(capabilitiesOf(snapshot)).toEqual(['apps/v1', 'apps/v1/Deployment', 'apps/v1/Scale']);
});

test('a resource without a kind adds nothing', () => {
  expect(capabilitiesOf(snapshotOf({ v1: [resource('odds', '')] }))).toEqual(['v1']);
});
