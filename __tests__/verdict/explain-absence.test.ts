import { describe, expect, test } from 'vitest';
import { explainAbsence } from '../../src/verdict/explain-absence.ts';
import { judgeRequirement } from '../../src/verdict/judge-requirement.ts';
import { standingOf } from '../../src/verdict/standing.ts';
import { apiOf, fromCrd, judgingOf, requirementOf } from '../helpers/judging.ts';
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
  { definitions: [fromCrd('Foo', 'foos', { v1beta1: false })] },
);

function explained(text: string, creatable = false): readonly (string | undefined)[] {
  const api = apiOf(text);
  const standing = standingOf(api, judging.change, { creatable });
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
      'Install what brings cert-manager.io on this cluster first; or let manifests cover its CustomResourceDefinition, if this change brings it.',
    ],
    [
      'a whole group',
      'cert-manager.io/*',
      'No version of cert-manager.io is served.',
      'Install what brings cert-manager.io on this cluster first; or let manifests cover its CustomResourceDefinition, if this change brings it.',
    ],
    [
      'what may be the name of a definition',
      'certificates.cert-manager.io/*',
      'No version of certificates.cert-manager.io is served.',
      'Install what brings certificates.cert-manager.io on this cluster first; or let manifests cover its CustomResourceDefinition, if this change brings it. If certificates.cert-manager.io is the name of a CustomResourceDefinition, its group is cert-manager.io.',
    ],
    [
      'a custom resource that its group lacks',
      'widgets.example.com/v1/Sprocket',
      'widgets.example.com/v1/Sprocket is not served; widgets.example.com/v1 is, without such a kind.',
      'Update what brings widgets.example.com on this cluster; or let manifests cover its CustomResourceDefinition, if this change brings it.',
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

  test.each([
    [
      'the same kind elsewhere comes before a name that is spelled alike',
      'v1/Role',
      'v1/Role is not served; v1 is, without such a kind. This cluster serves Role in rbac.authorization.k8s.io/v1.',
      'Use rbac.authorization.k8s.io/v1/Role if that is what is meant.',
    ],
    [
      'a group that is spelled like one that does not have the kind is no guess',
      'nodes.k8s.io/v1alpha2/Cluster',
      'nodes.k8s.io/v1alpha2/Cluster is not served; no version of nodes.k8s.io is.',
      'Install what brings nodes.k8s.io on this cluster first; or let manifests cover its CustomResourceDefinition, if this change brings it; or exclude the file, if it is not meant for this cluster.',
    ],
    [
      'a group that is spelled like one that has the kind in another version',
      'ap/v1beta1/Deploymnt',
      'ap/v1beta1/Deploymnt is not served; no version of ap is.',
      'kubectl api-versions lists what this cluster serves.',
    ],
    [
      'a version in upper case',
      'apps/V1/Deployment',
      'apps/V1/Deployment is not served; of apps, this cluster serves v1. This cluster serves Deployment in apps/v1.',
      'Use apps/v1/Deployment if that is what is meant.',
    ],
    [
      'a kind of a foreign group that is built in as well: both are said',
      'projectcalico.org/v3/NetworkPolicy',
      'projectcalico.org/v3/NetworkPolicy is not served; no version of projectcalico.org is. This cluster serves NetworkPolicy in networking.k8s.io/v1.',
      'Use networking.k8s.io/v1/NetworkPolicy if that is what is meant. If not, install what brings projectcalico.org on this cluster first; or let manifests cover its CustomResourceDefinition, if this change brings it; or exclude the file, if it is not meant for this cluster.',
    ],
    [
      'a foreign group that is spelled like one that is served: both are said',
      'widget.example.com/v2/Widget',
      'widget.example.com/v2/Widget is not served; no version of widget.example.com is. This cluster serves Widget in widgets.example.com/v1.',
      'Use widgets.example.com/v1/Widget if that is what is meant. If not, install what brings widget.example.com on this cluster first; or let manifests cover its CustomResourceDefinition, if this change brings it; or exclude the file, if it is not meant for this cluster.',
    ],
    [
      'a kind that a foreign group, which is served, does not have',
      'widgets.example.com/v1/Role',
      'widgets.example.com/v1/Role is not served; widgets.example.com/v1 is, without such a kind. This cluster serves Role in rbac.authorization.k8s.io/v1.',
      'Use rbac.authorization.k8s.io/v1/Role if that is what is meant. If not, update what brings widgets.example.com on this cluster; or let manifests cover its CustomResourceDefinition, if this change brings it; or exclude the file, if it is not meant for this cluster.',
    ],
    [
      'a version of a foreign group that only the change would serve',
      'example.com/v2/Foo',
      'example.com/v2/Foo: the CustomResourceDefinition of this change at crd.yaml:7 does not have this version.',
      'Serve it there, or use a version that is served.',
    ],
  ])('in a file: %s', (_rule, text, found, advice) => {
    const place = { kind: 'file', file: 'a.yaml', line: 1 } as const;
    const {
      group = '',
      version = '',
      name = '',
    } = /^(?:(?<group>.*)\/)?(?<version>[^/]+)\/(?<name>[^/]+)$/.exec(text)?.groups ?? {};
    const api = { kind: 'kind', groupVersion: { group, version }, name, verbs: [] } as const;
    const own = judgingOf(
      snapshotOf({
        v1: [resource('nodes', 'Node')],
        'apps/v1': [resource('deployments', 'Deployment')],
        'node.k8s.io/v1': [resource('runtimeclasses', 'RuntimeClass')],
        'networking.k8s.io/v1': [resource('networkpolicies', 'NetworkPolicy')],
        'rbac.authorization.k8s.io/v1': [resource('roles', 'Role')],
        'widgets.example.com/v1': [resource('widgets', 'Widget')],
      }),
      { definitions: [fromCrd('Foo', 'foos', { v1beta1: true })] },
    );
    const judged = judgeRequirement({ text, anyOf: [api], negated: false, place }, own);
    expect([judged.explanation, judged.advice]).toEqual([found, advice]);
  });

  test.each([
    [
      'a definition that the API server refuses',
      fromCrd(
        'Foo',
        'foos',
        { v1: true },
        { fault: { place: { kind: 'file', file: 'crd.yaml', line: 9 }, what: 'it has no spec.scope' } },
      ),
      'example.com/v1/Foo is not served, and the CustomResourceDefinition of this change at crd.yaml:9 does not bring it: it has no spec.scope.',
      'Correct that CustomResourceDefinition.',
    ],
    [
      'a definition of a version that the cluster does not serve',
      fromCrd('Foo', 'foos', { v1: true }, { groupVersion: { group: 'apiextensions.k8s.io', version: 'v1beta1' } }),
      'example.com/v1/Foo is not served, and the CustomResourceDefinition of this change at crd.yaml:7 does not bring it: this cluster does not serve apiextensions.k8s.io/v1beta1/CustomResourceDefinition.',
      'Write that CustomResourceDefinition for apiextensions.k8s.io/v1, which this cluster serves.',
    ],
    [
      'a definition whose name is in use',
      fromCrd('Foo', 'foos', { v1: true }, { names: { shortNames: ['b'] } }),
      'example.com/v1/Foo is not served, and the CustomResourceDefinition of this change at crd.yaml:7 does not bring it: its name b is in use by bars.example.com.',
      'Correct that CustomResourceDefinition.',
    ],
    [
      'an object of an operator that is not there',
      fromCrd(
        'Foo',
        'foos',
        { v1: true },
        { source: 'Promise', groupVersion: { group: 'platform.kratix.io', version: 'v1alpha1' }, isWhole: false },
      ),
      'example.com/v1/Foo is not served, and the Promise of this change at crd.yaml:7 does not bring it: this cluster does not serve platform.kratix.io/v1alpha1/Promise.',
      'Install what brings Promise on this cluster first.',
    ],
  ])('a definition without effect is pointed at, with its reason: %s', (_rule, definition, found, advice) => {
    const own = judgingOf(snapshotOf({ 'example.com/v1': [resource('bars', 'Bar', { shortNames: ['b'] })] }), {
      definitions: [definition],
    });
    const judged = judgeRequirement(requirementOf('example.com/v1/Foo'), own);
    expect([judged.explanation, judged.advice]).toEqual([found, advice]);
  });

  test('what only the change brings is not said to be served already', () => {
    const own = judgingOf(snapshotOf({}), { definitions: [fromCrd('Foo', 'foos', { v1: true }, { isWhole: false })] });
    expect(judgeRequirement(requirementOf('example.com/v2/Foo'), own).explanation).toBe(
      'example.com/v2/Foo is not served; of example.com, with this change applied, this cluster serves v1. With this change applied, this cluster serves Foo in example.com/v1.',
    );
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
