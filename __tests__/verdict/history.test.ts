import { describe, expect, test } from 'vitest';
import { historyOf } from '../../src/verdict/history.ts';
import { indexSnapshot } from '../../src/verdict/served-apis.ts';
import { apiOf } from '../helpers/judging.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

const served = {
  'batch/v1': [resource('cronjobs', 'CronJob'), resource('jobs', 'Job')],
  'networking.k8s.io/v1': [resource('ingresses', 'Ingress')],
};

describe('historyOf', () => {
  test.each([
    [
      'a type that Kubernetes removed',
      'batch/v1beta1/CronJob',
      'v1.37.2',
      'Kubernetes removed it in 1.25.',
      'Use batch/v1 CronJob, which this cluster serves.',
    ],
    [
      'a type that Kubernetes removed, on a server that hides its version',
      'batch/v1beta1/CronJob',
      undefined,
      'Kubernetes removed it in 1.25.',
      'Use batch/v1 CronJob, which this cluster serves.',
    ],
    [
      'a type without a replacement',
      'policy/v1beta1/PodSecurityPolicy',
      'v1.37.2',
      'Kubernetes removed it in 1.25.',
      'Nothing replaces it: do without.',
    ],
    [
      'a version whose group has others',
      'batch/v1beta1',
      'v1.37.2',
      'Kubernetes removed its CronJob in 1.25.',
      'Use batch/v1 CronJob, which this cluster serves.',
    ],
    [
      'a version whose group is gone, by what stayed in it longest',
      'extensions/v1beta1',
      'v1.37.2',
      'Kubernetes removed its Ingress in 1.22.',
      'Use networking.k8s.io/v1 Ingress, which this cluster serves.',
    ],
    [
      'a kind that its group had in another version only',
      'policy/v1/PodSecurityPolicy',
      'v1.37.2',
      'Kubernetes had it in policy/v1beta1, and removed it in 1.25.',
      'Nothing replaces it: do without.',
    ],
    [
      'a kind that moved, asked for in a version that never was',
      'extensions/v1/Ingress',
      'v1.37.2',
      'Kubernetes had it in extensions/v1beta1, and removed it in 1.22.',
      'Use networking.k8s.io/v1 Ingress, which this cluster serves.',
    ],
    [
      'a type of a later release',
      'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy',
      'v1.28.15',
      'Kubernetes serves it from 1.30 on, and this server is v1.28.15.',
      'Upgrade the cluster to 1.30 or newer, or use an API that it serves.',
    ],
    [
      'a beta that may be switched off',
      'admissionregistration.k8s.io/v1beta1/ValidatingAdmissionPolicy',
      'v1.28.15',
      'Kubernetes has it since 1.28, as an API that may have to be switched on.',
      'Start the API server with --runtime-config=admissionregistration.k8s.io/v1beta1=true, or use a stable version.',
    ],
  ])('%s', (_rule, text, version, found, advice) => {
    const snapshot = snapshotOf(served, version === undefined ? {} : { version });
    expect(historyOf(apiOf(text), indexSnapshot(snapshot))).toMatchObject({ found, advice });
  });

  test.each<[string, string, string?]>([
    ['a type that is not built in', 'example.com/v1/Foo'],
    ['a version of a group that is not built in', 'example.com/v1'],
    ['a stable type of an older release, which should be there', 'apps/v1/Deployment'],
    ['a version that never was of a kind that is there', 'apps/v7/Deployment'],
    ['a kind in another version than an old server has', 'policy/v1/PodSecurityPolicy', 'v1.24.0'],
    ['a whole group', 'batch/*'],
    ['a resource, whose kind nobody said', 'batch/v1beta1/cronjobs'],
  ])('nothing is known of %s', (_rule, text, version = 'v1.37.2') => {
    expect(historyOf(apiOf(text), indexSnapshot(snapshotOf(served, { version })))).toBeUndefined();
  });
});
