import { describe, expect, test } from 'vitest';
import type { Gap } from '../../src/model/snapshot.ts';
import { adviceOnGap, describeGap } from '../../src/verdict/explain-gap.ts';
import { endpointGap, versionGap } from '../helpers/snapshots.ts';

describe('describeGap', () => {
  test.each<[string, Gap, string]>([
    [
      'a dead backend',
      versionGap('metrics.k8s.io/v1beta1'),
      'metrics.k8s.io/v1beta1 is registered, but its backend does not answer (stale GroupVersion discovery: metrics.k8s.io/v1beta1)',
    ],
    ['a missing right', endpointGap('/apis'), '/apis is forbidden to this user (no /apis for you)'],
    ['a path that is not there', endpointGap('/api', 'not-found'), '/api was not found (no /api for you)'],
    ['a server in trouble', endpointGap('/apis', 'unavailable'), '/apis could not be asked (no /apis for you)'],
    [
      'a stranger',
      endpointGap('/apis', 'invalid'),
      '/apis answered with something else than discovery (no /apis for you)',
    ],
    [
      "the server's words on one line, without their last stop",
      { kind: 'endpoint', endpoint: '/version', reason: 'unavailable', message: 'please\n  wait.' },
      '/version could not be asked (please wait)',
    ],
    [
      'a server without words',
      { kind: 'endpoint', endpoint: '/version', reason: 'unavailable', message: '' },
      '/version could not be asked',
    ],
  ])('%s', (_rule, gap, expected) => {
    expect(describeGap(gap)).toBe(expected);
  });
});

describe('adviceOnGap', () => {
  const role =
    'Grant discovery to the user of this job: kubectl create clusterrolebinding kube-api-gate --clusterrole=system:discovery --user=NAME (or --serviceaccount=NAMESPACE:NAME).';
  const backend =
    'kubectl get apiservice v1beta1.metrics.k8s.io -o yaml says why; fix its backend, or delete the APIService if nothing needs it.';
  test.each<[string, Gap, string]>([
    ['a missing right', endpointGap('/apis'), role],
    ['a missing right on a group-version', versionGap('metrics.k8s.io/v1beta1', 'forbidden'), role],
    ['a dead backend', versionGap('metrics.k8s.io/v1beta1'), backend],
    ['a backend that fails', versionGap('metrics.k8s.io/v1beta1', 'unavailable'), backend],
    ['a backend that does not know its version', versionGap('metrics.k8s.io/v1beta1', 'not-found'), backend],
    ['a backend that answers nonsense', versionGap('metrics.k8s.io/v1beta1', 'invalid'), backend],
    [
      'the core group, which has no backend of its own',
      versionGap('v1', 'unavailable'),
      "Look at the API server: kubectl get --raw /api/v1, and kubectl get --raw '/readyz?verbose'. If it only needs time, set wait.",
    ],
    [
      'a server in trouble',
      endpointGap('/apis', 'unavailable'),
      "Look at the API server: kubectl get --raw /apis, and kubectl get --raw '/readyz?verbose'. If it only needs time, set wait.",
    ],
    [
      'a path that is not there',
      endpointGap('/apis', 'not-found'),
      'Check that the URL of the server, its path included, leads to a Kubernetes API server: kubectl get --raw /apis should answer.',
    ],
    [
      'a stranger',
      endpointGap('/api', 'invalid'),
      'Check what stands between the runner and the API server (a proxy, a sign-in page): kubectl get --raw /api shows what answers.',
    ],
  ])('%s', (_rule, gap, expected) => {
    expect(adviceOnGap(gap)).toBe(expected);
  });
});
