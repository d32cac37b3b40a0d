import { describe, expect, test } from 'vitest';
import { explainAbsence } from '../../src/verdict/explain-absence.ts';
import { standingOf } from '../../src/verdict/standing.ts';
import { apiOf, fromCrd, judgingOf } from '../helpers/judging.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

const judging = judgingOf(
  snapshotOf(
    {
      v1: [resource('pods', 'Pod'), resource('pods/exec', 'PodExecOptions', { verbs: ['create', 'get'] })],
      'apps/v1': [resource('deployments', 'Deployment'), resource('deployments/scale', 'Scale')],
      'batch/v1': [resource('cronjobs', 'CronJob')],
      'networking.k8s.io/v1': [resource('ingresses', 'Ingress')],
      'autoscaling/v2': [],
      'autoscaling/v1': [],
      'widgets.example.com/v1': [resource('widgets', 'Widget'), resource('locks', 'Lock', { verbs: [] })],
      'widgets.example.com/v1beta1': [resource('widgets', 'Widget')],
    },
    { version: 'v1.33.1-gke.100' },
  ),
  { provided: [fromCrd('Foo', 'foos', 'v1beta1', false)] },
);

function explained(text: string, creatable = false): readonly (string | undefined)[] {
  const api = apiOf(text);
  const standing = standingOf(api, judging.served, judging.provided, { creatable });
  if (standing.kind !== 'missing') throw new Error(`${text} is ${standing.kind}`);
  const { found, advice } = explainAbsence(api, standing.absence, judging);
  return [found, advice];
}

describe('explainAbsence', () => {
  test.each([
    [
      'a version: those that are served',
      'autoscaling/v3',
      'autoscaling/v3 is not served; of autoscaling, this cluster serves v2, v1.',
      'Use autoscaling/v2; or, where either will do, require autoscaling/v2 | autoscaling/v3.',
    ],
    [
      'a version of the core group',
      'v2',
      'v2 is not served; of the core group, this cluster serves v1.',
      'Use v1; or, where either will do, require v1 | v2.',
    ],
    [
      'a version that Kubernetes removed: when, and what replaces it',
      'batch/v1beta1/CronJob',
      'batch/v1beta1/CronJob is not served; of batch, this cluster serves v1. Kubernetes removed it in 1.25.',
      'Use batch/v1 CronJob, which this cluster serves.',
    ],
    [
      'a kind in the wrong group: where it is served',
      'apps/v1/Ingress',
      'apps/v1/Ingress is not served; apps/v1 is, without such a kind. This cluster serves Ingress in networking.k8s.io/v1.',
      'Use networking.k8s.io/v1/Ingress if that is what is meant.',
    ],
    [
      'a kind in the wrong version: its own group first',
      'widgets.example.com/v2/Widget',
      'widgets.example.com/v2/Widget is not served; of widgets.example.com, this cluster serves v1, v1beta1. This cluster serves Widget in widgets.example.com/v1, widgets.example.com/v1beta1.',
      'Use widgets.example.com/v1/Widget if that is what is meant.',
    ],
    [
      'a resource in the wrong group: where it is served',
      'v1/deployments',
      'v1/deployments is not served; v1 is, without such a resource. This cluster serves deployments in apps/v1.',
      'Use apps/v1/deployments if that is what is meant.',
    ],
    [
      'a slip: what was meant',
      'apps/v1/Deploymnt',
      'apps/v1/Deploymnt is not served; apps/v1 is, without such a kind.',
      'Did you mean apps/v1/Deployment?',
    ],
    [
      'a group of custom resources: what brings it',
      'cert-manager.io/v1/Certificate',
      'cert-manager.io/v1/Certificate is not served; no version of cert-manager.io is.',
      'Install what brings cert-manager.io (its CustomResourceDefinitions or its APIService) on this cluster first; if this change brings it, let manifests cover those files.',
    ],
    [
      'a whole group',
      'cert-manager.io/*',
      'No version of cert-manager.io is served.',
      'Install what brings cert-manager.io (its CustomResourceDefinitions or its APIService) on this cluster first; if this change brings it, let manifests cover those files.',
    ],
    [
      'a custom resource that its group lacks',
      'widgets.example.com/v1/Sprocket',
      'widgets.example.com/v1/Sprocket is not served; widgets.example.com/v1 is, without such a kind.',
      'Update what brings widgets.example.com on this cluster; if this change brings it, let manifests cover its CustomResourceDefinition.',
    ],
    [
      'a built-in group without that kind: nobody can install it',
      'networking.k8s.io/v1/Sprocket',
      'networking.k8s.io/v1/Sprocket is not served; networking.k8s.io/v1 is, without such a kind.',
      'kubectl api-resources --api-group=networking.k8s.io lists what this cluster serves.',
    ],
    [
      'a name that the core group lacks',
      'v1/gadgets',
      'v1/gadgets is not served; v1 is, without such a resource.',
      "kubectl api-resources --api-group='' lists what this cluster serves.",
    ],
    [
      'a group that nobody knows',
      'gadgets/v1',
      'gadgets/v1 is not served; no version of gadgets is.',
      'kubectl api-versions lists what this cluster serves.',
    ],
    [
      'one verb: which, and what is offered',
      'v1/pods/exec verbs=create,delete',
      'v1/pods/exec is served without the verb delete; its resource pods/exec offers create, get.',
      'Ask for no more than it offers, or for another resource.',
    ],
    [
      'several verbs',
      'v1/PodExecOptions verbs=list,watch',
      'v1/PodExecOptions is served without the verbs list, watch; its resource pods/exec offers create, get.',
      'Ask for no more than it offers, or for another resource.',
    ],
    [
      'verbs of a resource that offers none',
      'widgets.example.com/v1/Lock verbs=get',
      'widgets.example.com/v1/Lock is served without the verb get; its resource locks offers none.',
      'Ask for no more than it offers, or for another resource.',
    ],
    [
      "the server's version: how it was counted",
      'server-version >=1.34',
      'The server is v1.33.1-gke.100 (release 1.33.1), which is not in >=1.34.',
      'Upgrade the cluster or choose another, or change server-version.',
    ],
    [
      'a version that the change itself takes away',
      'example.com/v1beta1/Foo',
      'example.com/v1beta1/Foo: the CustomResourceDefinition of this change at crd.yaml:7 has served: false for this version.',
      'Serve it there, or use a version that is served.',
    ],
    [
      'a version that the change itself does not name any more',
      'example.com/v1alpha1/Foo',
      'example.com/v1alpha1/Foo: the CustomResourceDefinition of this change at crd.yaml:7 does not have this version.',
      'Serve it there, or use a version that is served.',
    ],
  ])('%s', (_rule, text, found, advice) => {
    expect(explained(text)).toEqual([found, advice]);
  });

  test('a kind that no object can have', () => {
    expect(explained('apps/v1/Scale', true)).toEqual([
      'apps/v1/Scale is served only through deployments/scale, a subresource: no object of it can be created.',
      'Take the object out: a subresource changes only through its parent.',
    ]);
  });

  test('a kind that is served in many places: the first few', () => {
    const versions = Array.from({ length: 9 }, (_, index) => `g${index}.example.com/v1`);
    const many = judgingOf(
      snapshotOf(Object.fromEntries(versions.map((name) => [name, [resource('backups', 'Backup')]]))),
    );
    expect(explainAbsence(apiOf('other.example.org/v1/Backup'), { kind: 'group' }, many).found).toBe(
      `other.example.org/v1/Backup is not served; no version of other.example.org is. This cluster serves Backup in ${versions.slice(0, 5).join(', ')}.`,
    );
  });
});
