import { describe, expect, test } from 'vitest';
import { explain, explainPresence } from '../../src/verdict/explain.ts';
import { standingOf } from '../../src/verdict/standing.ts';
import { apiOf, fromApiService, fromCrd, judgingOf } from '../helpers/judging.ts';
import { endpointGap, resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const snapshot = snapshotOf(
  { 'apps/v1': [resource('deployments', 'Deployment')], 'batch/v1': [], 'batch/v1beta1': [] },
  { version: 'v1.33.1-gke.100', gaps: [versionGap('metrics.k8s.io/v1beta1')] },
);
const judging = judgingOf(snapshot, {
  definitions: [fromCrd('Foo', 'foos', { v1: true }), fromApiService('api.example.com', 'v1')],
});

function explained(text: string, context = judging) {
  const api = apiOf(text);
  return explain(api, standingOf(api, context.change, { creatable: false }), context);
}

describe('what is there', () => {
  test.each([
    ['a group-version', 'apps/v1', 'apps/v1 is served.'],
    ['a group, with its versions', 'batch/*', 'batch is served in v1, v1beta1.'],
    ['a kind with verbs', 'apps/v1/Deployment verbs=get,list', 'apps/v1/Deployment with verbs get, list is served.'],
    ['a resource', 'apps/v1/deployments', 'apps/v1/deployments is served.'],
    ['a resource by its singular name', 'apps/v1/deployment', 'apps/v1/deployment is served, as deployments.'],
    ["the server's version", 'server-version >=1.30', 'The server is v1.33.1-gke.100, which is in >=1.30.'],
    [
      'what a CRD of the change brings',
      'example.com/v1/Foo',
      'example.com/v1/Foo is brought by this change itself: a CustomResourceDefinition at crd.yaml:7.',
    ],
    [
      'what an APIService of the change registers',
      'api.example.com/v1/Thing',
      'api.example.com/v1/Thing is brought by this change itself: an APIService at apiservice.yaml:3.',
    ],
  ])('%s', (_rule, text, found) => {
    expect(explained(text)).toEqual({ found });
  });
});

describe('what nobody knows', () => {
  test("says what the gap is, in the server's own words, and what closes it", () => {
    expect(explained('metrics.k8s.io/v1beta1/PodMetrics')).toEqual({
      found:
        'The cluster did not tell whether metrics.k8s.io/v1beta1/PodMetrics is served: metrics.k8s.io/v1beta1 is registered, but its backend does not answer (stale GroupVersion discovery: metrics.k8s.io/v1beta1).',
      advice:
        'kubectl get apiservice v1beta1.metrics.k8s.io -o yaml says why; fix its backend, or delete the APIService if nothing needs it.',
    });
  });

  test.each([
    [
      'a server that keeps its version to itself',
      judgingOf(snapshotOf({}, { gaps: [endpointGap('/version')] })),
      'The cluster did not tell whether its version is in >=1.30: /version is forbidden to this user (no /version for you).',
    ],
    [
      'a server with a version of its own making',
      judgingOf(snapshotOf({}, { version: 'custom' })),
      'The server calls itself "custom", which does not tell whether its version is in >=1.30.',
    ],
    [
      'a server that was not asked',
      judgingOf(snapshotOf({})),
      'The server said no version, which does not tell whether its version is in >=1.30.',
    ],
  ])('%s', (_rule, context, found) => {
    expect(explained('server-version >=1.30', context).found).toBe(found);
  });
});

test('what is missing has an explanation of its own', () => {
  expect(explained('apps/v1/Deploymnt').advice).toBe('Did you mean apps/v1/Deployment?');
});

describe('what must not be there', () => {
  test('and is served', () => {
    expect(explainPresence(apiOf('apps/v1'), { kind: 'served' })).toEqual({
      found: 'apps/v1 is served, and must not be.',
      advice: 'Take it out of service on this cluster, or drop the requirement.',
    });
  });

  test('and comes with the change', () => {
    const definition = fromCrd('Foo', 'foos', { v1: true });
    const by = { definition, place: definition.place };
    expect(explainPresence(apiOf('example.com/v1'), { kind: 'provided', by })).toEqual({
      found: 'example.com/v1 must not be served, and this change brings it: crd.yaml:7.',
      advice: 'Take it out of the change, or drop the requirement.',
    });
  });
});
