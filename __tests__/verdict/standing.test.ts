import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/model/definition.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { type ApiStanding, standingOf } from '../../src/verdict/standing.ts';
import { apiOf, fromApiService, fromCrd, judgingOf } from '../helpers/judging.ts';
import { endpointGap, resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const deployments = resource('deployments', 'Deployment');
const scale = resource('deployments/scale', 'Scale', {
  group: 'autoscaling',
  version: 'v1',
  verbs: ['get', 'patch', 'update'],
});
const WHOLE = {
  v1: [resource('pods', 'Pod'), resource('pods/exec', 'PodExecOptions', { verbs: ['create', 'get'] })],
  'apps/v1': [deployments, scale],
  'empty.example.com/v1': [],
} as const;

function standing(
  text: string,
  snapshot: Snapshot,
  { definitions, creatable = false }: { definitions?: readonly Definition[]; creatable?: boolean } = {},
): ApiStanding {
  return standingOf(apiOf(text), judgingOf(snapshot, { definitions }).change, { creatable });
}

/** `served`, `missing: version`, `unknown: 2 gaps` */
function outline(own: ApiStanding): string {
  if (own.kind === 'missing') return `missing: ${own.absence.kind}`;
  return own.kind === 'unknown' ? `unknown: ${own.gaps.length}` : own.kind;
}

describe('a cluster that told everything', () => {
  test.each([
    ['a group is served when any version is', 'apps/*', 'served'],
    ['a group that is not there is missing', 'batch/*', 'missing: group'],
    ['a group-version is served when it is listed', 'apps/v1', 'served'],
    ['a group-version without resources is served', 'empty.example.com/v1', 'served'],
    ['another version of a served group is missing', 'apps/v1beta1', 'missing: version'],
    ['a version of no group is missing', 'batch/v1', 'missing: group'],
    ['the core group is served by its version', 'v1', 'served'],
    ['another version of the core group is missing', 'v2', 'missing: version'],
    ['a kind is served in its group-version', 'apps/v1/Deployment', 'served'],
    ['a kind is told apart by case', 'apps/v1/DEPLOYMENT', 'missing: name'],
    ['a kind is not served in another group-version', 'v1/Deployment', 'missing: name'],
    ['a kind in a version that is not there is missing with it', 'apps/v1beta1/Deployment', 'missing: version'],
    ['a kind of a subresource is served, as Helm has it', 'apps/v1/Scale', 'served'],
    ['its own group-version is not where it is served', 'autoscaling/v1/Scale', 'missing: group'],
    ['a resource is served by its plural', 'apps/v1/deployments', 'served'],
    ['and by its singular, as kubectl has it', 'apps/v1/deployment', 'served'],
    ['a subresource is served by its path', 'v1/pods/exec', 'served'],
    ['and by the singular of its parent', 'v1/pod/exec', 'served'],
    ['another subresource is missing', 'v1/pods/attach', 'missing: name'],
    ['a short name names no resource', 'apps/v1/deploy', 'missing: name'],
    ['all verbs have to be offered', 'v1/pods/exec verbs=create,get', 'served'],
    ['a verb that is not offered makes it missing', 'v1/pods/exec verbs=create,delete', 'missing: verbs'],
    ["a kind's verbs are those of its resource", 'apps/v1/Deployment verbs=create', 'served'],
    ["a kind of a subresource alone has the subresource's", 'apps/v1/Scale verbs=create', 'missing: verbs'],
    ['a kind of a subresource alone may have them', 'apps/v1/Scale verbs=get,update', 'served'],
  ])('%s', (_rule, text, expected) => {
    expect(outline(standing(text, snapshotOf(WHOLE)))).toBe(expected);
  });

  test('the verbs that are lacking are named, and the resource that lacks them', () => {
    expect(standing('v1/pods/exec verbs=create,delete', snapshotOf(WHOLE))).toMatchObject({
      absence: { kind: 'verbs', lacking: ['delete'], resource: { name: 'pods/exec' } },
    });
  });

  test("a kind with a resource of its own is judged by that one's verbs, and not by a subresource's", () => {
    const snapshot = snapshotOf({
      v1: [
        resource('bindings', 'Binding', { verbs: ['create'] }),
        resource('pods/binding', 'Binding', { verbs: ['create', 'get'] }),
      ],
    });
    expect(outline(standing('v1/Binding verbs=get', snapshot))).toBe('missing: verbs');
  });

  test('one of several resources of a kind has to offer all verbs by itself', () => {
    const snapshot = snapshotOf({
      'm.example.com/v1': [resource('as', 'Value', { verbs: ['get'] }), resource('bs', 'Value', { verbs: ['list'] })],
    });
    expect(outline(standing('m.example.com/v1/Value verbs=list', snapshot))).toBe('served');
    expect(outline(standing('m.example.com/v1/Value verbs=get,list', snapshot))).toBe('missing: verbs');
  });

  test('before 1.27 servers left singular names out, and the kind in lower case stands for them', () => {
    const snapshot = snapshotOf({ 'apps/v1': [{ ...deployments, singularName: '' }] });
    expect(outline(standing('apps/v1/deployment', snapshot))).toBe('served');
  });
});

describe('an object of a manifest', () => {
  test.each([
    ['needs a resource of its own', 'apps/v1/Deployment', 'served'],
    ['cannot be created from what is only a subresource', 'apps/v1/Scale', 'missing: subresource-only'],
    ['cannot be created from what can only be read', 'read.example.com/v1/Reading', 'missing: verbs'],
    ['may be there to be changed only', 'read.example.com/v1/Setting', 'served'],
    ['is not held to verbs that the server does not tell', 'read.example.com/v1/Silent', 'served'],
  ])('%s', (_rule, text, expected) => {
    const snapshot = {
      ...WHOLE,
      'read.example.com/v1': [
        resource('readings', 'Reading', { verbs: ['get', 'list'] }),
        resource('settings', 'Setting', { verbs: ['get', 'update'] }),
        resource('silent', 'Silent', { verbs: [] }),
      ],
    };
    expect(outline(standing(text, snapshotOf(snapshot), { creatable: true }))).toBe(expected);
  });
});

describe('unknown comes only from a gap that covers what is asked', () => {
  const noGroups = snapshotOf({ v1: WHOLE.v1 }, { gaps: [endpointGap('/apis')] });
  const noCore = snapshotOf({ 'apps/v1': WHOLE['apps/v1'] }, { gaps: [endpointGap('/api')] });
  const stale = snapshotOf(WHOLE, { empty: ['metrics.k8s.io'], gaps: [versionGap('metrics.k8s.io/v1beta1')] });
  const oneDead = snapshotOf(WHOLE, { gaps: [versionGap('apps/v2', 'unavailable')] });
  const noVersion = snapshotOf(WHOLE, { gaps: [endpointGap('/version')] });

  test.each([
    ['/apis covers a group', 'batch/*', noGroups, 'unknown: 1'],
    ['/apis covers a group-version', 'batch/v1', noGroups, 'unknown: 1'],
    ['/apis covers a kind', 'batch/v1/Job', noGroups, 'unknown: 1'],
    ['/apis covers a resource', 'batch/v1/jobs', noGroups, 'unknown: 1'],
    ['/apis does not cover the core group', 'v1/Deployment', noGroups, 'missing: name'],
    ['/apis does not cover what is served all the same', 'v1/Pod', noGroups, 'served'],
    ['/api covers the core group', 'v1', noCore, 'unknown: 1'],
    ['/api covers a kind of it', 'v1/Pod', noCore, 'unknown: 1'],
    ['/api covers no other group', 'batch/v1', noCore, 'missing: group'],
    ['/api takes nothing from what is served', 'apps/v1/Deployment', noCore, 'served'],
    ['a group-version covers itself', 'metrics.k8s.io/v1beta1', stale, 'unknown: 1'],
    ['a group-version covers its kinds', 'metrics.k8s.io/v1beta1/PodMetrics', stale, 'unknown: 1'],
    ['a group-version covers its group, which it would make served', 'metrics.k8s.io/*', stale, 'unknown: 1'],
    ['a group-version covers no other version', 'metrics.k8s.io/v1', stale, 'missing: group'],
    ['a group-version covers no other group', 'batch/v1', stale, 'missing: group'],
    ['a group-version takes nothing from other versions of its group', 'apps/v1', oneDead, 'served'],
    ['a group-version takes nothing from its group', 'apps/*', oneDead, 'served'],
    [
      'a kind missing in a served version is missing, whatever another version would say',
      'apps/v1/Foo',
      oneDead,
      'missing: name',
    ],
    ['a kind in the version that did not answer is unknown', 'apps/v2/Foo', oneDead, 'unknown: 1'],
    ["/version covers the server's version", 'server-version >=1.29', noVersion, 'unknown: 1'],
    ['/version covers no API', 'batch/v1', noVersion, 'missing: group'],
  ])('%s', (_rule, text, snapshot, expected) => {
    expect(outline(standing(text, snapshot))).toBe(expected);
  });

  test('a version that is served and yet in part untold is believed only in what it holds', () => {
    const snapshot = snapshotOf(WHOLE, { gaps: [versionGap('apps/v1')] });
    expect(outline(standing('apps/v1/Deployment', snapshot))).toBe('served');
    expect(outline(standing('apps/v1/Foo', snapshot))).toBe('unknown: 1');
  });
});

describe("the server's version", () => {
  test.each([
    ['lies in the range', 'v1.33.1-gke.100', '>=1.33', 'served'],
    ['lies outside', 'v1.28.3', '>=1.29', 'missing: server-version'],
    ['cannot be read', 'unknown', '>=1.29', 'unknown: 0'],
  ])('%s', (_rule, version, range, expected) => {
    expect(outline(standing(`server-version ${range}`, snapshotOf({}, { version })))).toBe(expected);
  });

  test('was not asked', () => {
    expect(outline(standing('server-version >=1.29', snapshotOf({})))).toBe('unknown: 0');
  });
});

describe('what the change itself brings and takes away', () => {
  const withFoo = snapshotOf({ ...WHOLE, 'example.com/v1beta1': [resource('foos', 'Foo'), resource('bars', 'Bar')] });
  const brings = [fromCrd('Foo', 'foos', { v1: true })];
  const withdraws = [fromCrd('Foo', 'foos', { v1: true, v1beta1: false })];
  const registers = [fromApiService('metrics.k8s.io', 'v1beta1')];

  test.each([
    ['a CRD brings its kind', 'example.com/v1/Foo', snapshotOf(WHOLE), brings, 'provided'],
    ['a CRD brings its resource', 'example.com/v1/foos verbs=list', snapshotOf(WHOLE), brings, 'provided'],
    ['a CRD brings its group-version', 'example.com/v1', snapshotOf(WHOLE), brings, 'provided'],
    ['a CRD brings its group', 'example.com/*', snapshotOf(WHOLE), brings, 'provided'],
    ['a CRD brings no other kind', 'example.com/v1/Bar', snapshotOf(WHOLE), brings, 'missing: name'],
    [
      'what is served already is served',
      'example.com/v1beta1/Foo',
      withFoo,
      [fromCrd('Foo', 'foos', { v1beta1: true })],
      'served',
    ],
    ['served: false takes a kind away', 'example.com/v1beta1/Foo', withFoo, withdraws, 'missing: withdrawn'],
    ['served: false takes a resource away', 'example.com/v1beta1/foos', withFoo, withdraws, 'missing: withdrawn'],
    ['served: false leaves other kinds of the version', 'example.com/v1beta1/Bar', withFoo, withdraws, 'served'],
    ['served: false leaves the group-version', 'example.com/v1beta1', withFoo, withdraws, 'served'],
    [
      'served: false says why where nothing is served',
      'example.com/v1beta1/Foo',
      snapshotOf(WHOLE),
      withdraws,
      'missing: withdrawn',
    ],
    ['an APIService brings its group-version', 'metrics.k8s.io/v1beta1', snapshotOf(WHOLE), registers, 'provided'],
    [
      'an APIService brings whatever its backend serves',
      'metrics.k8s.io/v1beta1/PodMetrics',
      snapshotOf(WHOLE),
      registers,
      'provided',
    ],
    [
      'an APIService does not vouch for a backend that is known to be dead',
      'metrics.k8s.io/v1beta1',
      snapshotOf(WHOLE, { gaps: [versionGap('metrics.k8s.io/v1beta1')] }),
      registers,
      'unknown: 1',
    ],
    [
      'an APIService does not vouch for a kind that its backend is known to lack',
      'metrics.k8s.io/v1beta1/PodMetric',
      snapshotOf({ 'metrics.k8s.io/v1beta1': [resource('pods', 'PodMetrics')] }),
      registers,
      'missing: name',
    ],
    [
      'an APIService vouches where the cluster only hides its groups',
      'metrics.k8s.io/v1beta1',
      snapshotOf(WHOLE, { gaps: [endpointGap('/apis')] }),
      registers,
      'provided',
    ],
    [
      'a CRD does not vouch for a group-version whose backend does not answer: that goes on answering for it',
      'example.com/v1/Foo',
      snapshotOf(WHOLE, { gaps: [versionGap('example.com/v1', 'unavailable')] }),
      brings,
      'unknown: 1',
    ],
    [
      'a CRD vouches where the cluster only hides its groups',
      'example.com/v1/Foo',
      snapshotOf(WHOLE, { gaps: [endpointGap('/apis')] }),
      brings,
      'provided',
    ],
  ])('%s', (_rule, text, snapshot, definitions, expected) => {
    expect(outline(standing(text, snapshot, { definitions }))).toBe(expected);
  });
});
