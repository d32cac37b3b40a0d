import { describe, expect, test } from 'vitest';
import { describeReplacement, formatType, isRemovedBy, replacementOf } from '../../src/verdict/replacement.ts';
import { indexSnapshot } from '../../src/verdict/served-apis.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

const cronJobs = [resource('cronjobs', 'CronJob')];
const autoscalers = [resource('horizontalpodautoscalers', 'HorizontalPodAutoscaler')];
const claims = [resource('resourceclaims', 'ResourceClaim')];
const target = { major: 1, minor: 38 };

const cronJob = { group: 'batch', version: 'v1beta1', kind: 'CronJob' };
const autoscaler = { group: 'autoscaling', version: 'v2beta1', kind: 'HorizontalPodAutoscaler' };
const claim = { group: 'resource.k8s.io', version: 'v1alpha3', kind: 'ResourceClaim' };

describe('replacementOf', () => {
  test.each([
    [
      'what Kubernetes names, where the cluster serves it',
      cronJob,
      { 'batch/v1': cronJobs },
      undefined,
      'batch/v1 CronJob, which this cluster serves',
    ],
    [
      'what Kubernetes names, where it does not',
      cronJob,
      {},
      undefined,
      'batch/v1 CronJob, which this cluster does not serve',
    ],
    [
      'what replaces the replacement, where that is served',
      autoscaler,
      { 'autoscaling/v2': autoscalers },
      undefined,
      'autoscaling/v2 HorizontalPodAutoscaler, which this cluster serves',
    ],
    [
      'never what is gone at the target, even if it is served',
      autoscaler,
      { 'autoscaling/v2beta2': autoscalers },
      target,
      'autoscaling/v2 HorizontalPodAutoscaler, which this cluster does not serve',
    ],
    [
      'a more stable version that is served, where what Kubernetes names is not',
      claim,
      { 'resource.k8s.io/v1': claims },
      undefined,
      'resource.k8s.io/v1 ResourceClaim, which this cluster serves',
    ],
    [
      'never a less stable version',
      { group: 'batch', version: 'v1', kind: 'CronJob' },
      { 'batch/v2alpha1': cronJobs },
      undefined,
      undefined,
    ],
    [
      'nothing for a type without one',
      { group: 'policy', version: 'v1beta1', kind: 'PodSecurityPolicy' },
      {},
      undefined,
      undefined,
    ],
    [
      'nothing for a type that is not built in',
      { group: 'example.com', version: 'v1', kind: 'Foo' },
      {},
      undefined,
      undefined,
    ],
  ])('%s', (_rule, type, served, until, expected) => {
    const replacement = replacementOf(type, indexSnapshot(snapshotOf(served)), until);
    expect(replacement && describeReplacement(replacement)).toBe(expected);
  });
});

test('a type is named by its group-version and kind', () => {
  expect(formatType(cronJob)).toBe('batch/v1beta1 CronJob');
});

test.each([
  ['before it is removed', { major: 1, minor: 24 }, false],
  ['in the release that removes it', { major: 1, minor: 25 }, true],
  ['after that', { major: 2, minor: 0 }, true],
])('isRemovedBy: %s', (_rule, release, expected) => {
  expect(isRemovedBy(cronJob, release)).toBe(expected);
});
