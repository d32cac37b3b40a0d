import { describe, expect, test } from 'vitest';
import type { Definition, KindDefinition } from '../../src/model/definition.ts';
import { formatPlace, type Place } from '../../src/model/place.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { applyChange } from '../../src/verdict/change.ts';
import { standingOf } from '../../src/verdict/standing.ts';
import { apiOf, fromApiService, fromCrd, takingDefinitions } from '../helpers/judging.ts';
import { resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const V1BETA1 = { group: 'apiextensions.k8s.io', version: 'v1beta1' };
const foos = [
  resource('foos', 'Foo', { shortNames: ['f'] }),
  resource('foos/status', 'Foo', { verbs: ['get', 'patch', 'update'] }),
];
const cluster = (served: Parameters<typeof snapshotOf>[0], more?: Parameters<typeof snapshotOf>[1]) =>
  takingDefinitions(snapshotOf(served, more));
const WITH_V1 = cluster({ 'example.com/v1': foos });
const WITH_BOTH = cluster({ 'example.com/v1': foos, 'example.com/v1beta1': foos });
const EMPTY = cluster({});

/** `served`, `provided`, `missing: withdrawn`, ... */
function standing(text: string, snapshot: Snapshot, definitions: readonly Definition[]): string {
  const answer = standingOf(apiOf(text), applyChange(snapshot, definitions), { creatable: false });
  return answer.kind === 'missing' ? `missing: ${answer.absence.kind}` : answer.kind;
}

const at = (file: string): Place => ({ kind: 'file', file, line: 1 });
const old = (definition: KindDefinition): KindDefinition => ({ ...definition, groupVersion: V1BETA1 });

describe('every form of requirement has one answer', () => {
  const moved = [fromCrd('Foo', 'foos', { v2: true, v1: false })];
  test.each([
    ['the version that goes', 'example.com/v1', 'missing: withdrawn'],
    ['the version that comes', 'example.com/v2', 'provided'],
    ['the group, which stays', 'example.com/*', 'served'],
    ['a kind that goes', 'example.com/v1/Foo', 'missing: withdrawn'],
    ['a kind that comes', 'example.com/v2/Foo', 'provided'],
    ['a resource that goes', 'example.com/v1/foos', 'missing: withdrawn'],
    ['a resource that comes', 'example.com/v2/foos', 'provided'],
    ['a singular that goes', 'example.com/v1/foo', 'missing: withdrawn'],
    ['a singular that comes', 'example.com/v2/foo', 'provided'],
    ['a subresource that goes', 'example.com/v1/foos/status', 'missing: withdrawn'],
    ['a subresource that goes, by the singular', 'example.com/v1/foo/status', 'missing: withdrawn'],
    ['a subresource that the definition does not have', 'example.com/v2/foos/status', 'missing: withdrawn'],
    ['verbs that go', 'example.com/v1/foos verbs=get', 'missing: withdrawn'],
    ['verbs that come', 'example.com/v2/foos verbs=get,deletecollection', 'provided'],
  ])('%s', (_rule, text, expected) => {
    expect(standing(text, WITH_V1, moved)).toBe(expected);
  });

  test('a group goes with its last version', () => {
    expect(standing('example.com/*', WITH_V1, [fromCrd('Foo', 'foos', { v1: false })])).toBe('missing: withdrawn');
  });

  test('a version stays for what else is in it', () => {
    const shared = cluster({ 'example.com/v1': [...foos, resource('bars', 'Bar')] });
    expect(standing('example.com/v1', shared, moved)).toBe('served');
    expect(standing('example.com/v1/Bar', shared, moved)).toBe('served');
    expect(standing('example.com/v1/Foo', shared, moved)).toBe('missing: withdrawn');
  });

  test('a version without resources that nothing takes away stays', () => {
    const snapshot = cluster({ 'example.com/v1': foos, 'example.com/v3': [] });
    expect(standing('example.com/v3', snapshot, moved)).toBe('served');
  });
});

describe('subresources come with their version', () => {
  const definition = fromCrd(
    'Foo',
    'foos',
    {},
    {
      versions: [
        { name: 'v1', served: true, deprecated: false, subresources: ['status', 'scale'], place: at('a.yaml') },
        { name: 'v2', served: true, deprecated: false, subresources: [], place: at('a.yaml') },
      ],
    },
  );
  test.each([
    ['example.com/v1/foos/status', 'provided'],
    ['example.com/v1/foos/scale verbs=get,patch,update', 'provided'],
    ['example.com/v1/foos/scale verbs=delete', 'missing: verbs'],
    ['example.com/v1/Scale', 'provided'],
    ['example.com/v2/foos/status', 'missing: withdrawn'],
  ])('%s: %s', (text, expected) => {
    expect(standing(text, EMPTY, [definition])).toBe(expected);
  });

  test('and go where the definition no longer has them', () => {
    expect(standing('example.com/v1/foos/status', WITH_V1, [fromCrd('Foo', 'foos', { v1: true })])).toBe(
      'missing: withdrawn',
    );
  });
});

describe('a definition counts only where the cluster takes it', () => {
  const definition = fromCrd('Foo', 'foos', { v2: true });
  const definitionsApi = [resource('customresourcedefinitions', 'CustomResourceDefinition')];
  const oldCluster = snapshotOf({
    'example.com/v1': foos,
    'apiextensions.k8s.io/v1': definitionsApi,
    'apiextensions.k8s.io/v1beta1': definitionsApi,
  });
  const fault = { place: at('crd.yaml'), what: 'it has no scope' };
  const service = fromApiService('metrics.k8s.io', 'v1beta1');
  const oldService = { ...service, groupVersion: { group: 'apiregistration.k8s.io', version: 'v1beta1' } };
  test.each<[string, string, Snapshot, readonly Definition[], string]>([
    ['v1 brings', 'example.com/v2/Foo', WITH_V1, [definition], 'provided'],
    ['v1 withdraws', 'example.com/v1/Foo', WITH_V1, [definition], 'missing: withdrawn'],
    ['v1beta1 brings nothing', 'example.com/v2/Foo', WITH_V1, [old(definition)], 'missing: rejected'],
    ['v1beta1 brings no group-version', 'example.com/v2', WITH_V1, [old(definition)], 'missing: rejected'],
    ['v1beta1 withdraws nothing', 'example.com/v1/Foo', WITH_V1, [old(definition)], 'served'],
    ['v1beta1 brings, where it is served', 'example.com/v2/Foo', oldCluster, [old(definition)], 'provided'],
    [
      'v1beta1 withdraws, where it is served',
      'example.com/v1/Foo',
      oldCluster,
      [old(definition)],
      'missing: withdrawn',
    ],
    ['v1beta1 beside v1 leaves it alone', 'example.com/v2/Foo', WITH_V1, [old(definition), definition], 'provided'],
    ['a refused one brings nothing', 'example.com/v2/Foo', WITH_V1, [{ ...definition, fault }], 'missing: rejected'],
    ['a refused one withdraws nothing', 'example.com/v1/Foo', WITH_V1, [{ ...definition, fault }], 'served'],
    ['an APIService of v1 registers', 'metrics.k8s.io/v1beta1', EMPTY, [service], 'provided'],
    ['an APIService of v1beta1 registers nothing', 'metrics.k8s.io/v1beta1', EMPTY, [oldService], 'missing: rejected'],
    [
      'an APIService of v1beta1 brings nothing in it',
      'metrics.k8s.io/v1beta1/PodMetrics',
      EMPTY,
      [oldService],
      'missing: rejected',
    ],
    [
      'without any of their APIs nothing counts',
      'example.com/v2/Foo',
      snapshotOf({}),
      [definition],
      'missing: rejected',
    ],
    [
      'where a backend holds the version, nothing is vouched for',
      'example.com/v2/Foo',
      cluster({}, { gaps: [versionGap('example.com/v2')] }),
      [definition],
      'unknown',
    ],
  ])('%s', (_rule, text, snapshot, definitions, expected) => {
    expect(standing(text, snapshot, definitions)).toBe(expected);
  });
});

describe('two definitions of one name', () => {
  const one = fromCrd('Foo', 'foos', { v1: true, v2: true });
  const other = fromCrd('Foo', 'foos', { v2: true, v3: true }, { place: at('b.yaml') });
  test.each([
    ['bring what both serve', 'example.com/v2/Foo', 'provided'],
    ['bring nothing that only the first serves', 'example.com/v1/Foo', 'missing: withdrawn'],
    ['bring nothing that only the second serves', 'example.com/v3/Foo', 'missing: withdrawn'],
  ])('%s, in whatever order', (_rule, text, expected) => {
    expect(standing(text, EMPTY, [one, other])).toBe(expected);
    expect(standing(text, EMPTY, [other, one])).toBe(expected);
  });

  test('take away what either takes away', () => {
    expect(
      standing('example.com/v1beta1/Foo', WITH_BOTH, [one, fromCrd('Foo', 'foos', { v1beta1: true, v2: true })]),
    ).toBe('missing: withdrawn');
  });

  test('of different kinds are not both taken', () => {
    const { rejected } = applyChange(EMPTY, [one, fromCrd('Bar', 'foos', { v2: true })]);
    expect(rejected.map(({ why }) => why)).toEqual([
      'another definition of foos.example.com, at crd.yaml:7, has the kind Foo',
    ]);
  });
});

describe('what an operator makes of its objects', () => {
  const template = { group: 'templates.gatekeeper.sh', version: 'v1' };
  const operator = cluster({ 'templates.gatekeeper.sh/v1': [resource('constrainttemplates', 'ConstraintTemplate')] });
  const own = fromCrd(
    'MyRule',
    'myrule',
    { v1beta1: true },
    {
      source: 'ConstraintTemplate',
      groupVersion: template,
      group: 'constraints.gatekeeper.sh',
      isWhole: false,
    },
  );
  const operatorsCrd = fromCrd('ConstraintTemplate', 'constrainttemplates', { v1: true }, { group: template.group });
  const text = 'constraints.gatekeeper.sh/v1beta1/MyRule';
  test.each<[string, Snapshot, readonly Definition[], string]>([
    ['is brought where the operator’s API is served', operator, [own], 'provided'],
    ['is not brought where it is not', EMPTY, [own], 'missing: rejected'],
    ['is brought where the change brings that, in whatever order', EMPTY, [own, operatorsCrd], 'provided'],
  ])('%s', (_rule, snapshot, definitions, expected) => {
    expect(standing(text, snapshot, definitions)).toBe(expected);
  });

  test('takes away nothing that it does not name', () => {
    const served = cluster({
      'templates.gatekeeper.sh/v1': [resource('constrainttemplates', 'ConstraintTemplate')],
      'constraints.gatekeeper.sh/v1alpha1': [resource('myrule', 'MyRule')],
    });
    expect(standing('constraints.gatekeeper.sh/v1alpha1/MyRule', served, [own])).toBe('served');
  });
});

describe('what a person says that something else brings', () => {
  const place: Place = { kind: 'input', input: 'provides', line: 1 };
  const kind = fromCrd(
    'Certificate',
    '',
    { v1: true },
    {
      source: 'provides',
      groupVersion: undefined,
      group: 'cert-manager.io',
      isWhole: false,
      place,
    },
  );
  const version: Definition = {
    kind: 'group-version',
    source: 'provides',
    brings: { group: 'a.b', version: 'v1' },
    place,
  };
  test.each([
    ['a kind', 'cert-manager.io/v1/Certificate', 'provided'],
    ['its group-version', 'cert-manager.io/v1', 'provided'],
    ['no other kind', 'cert-manager.io/v1/Issuer', 'missing: name'],
    ['a whole group-version', 'a.b/v1', 'provided'],
    ['whatever is in it', 'a.b/v1/Anything', 'provided'],
    ['no other version', 'a.b/v2', 'missing: group'],
  ])('%s', (_rule, text, expected) => {
    expect(standing(text, EMPTY, [kind, version])).toBe(expected);
  });
});

test('what is withdrawn says where', () => {
  const definition = fromCrd('Foo', 'foos', { v2: true }, { place: at('crds/foo.yaml') });
  const change = applyChange(WITH_V1, [definition]);
  const source = change.withdrawing(apiOf('example.com/v1/Foo'));
  expect(source && formatPlace(source.place)).toBe('crds/foo.yaml:1');
});

test('a change without definitions leaves a cluster as it is', () => {
  const { before, after } = applyChange(WITH_V1, []);
  expect(after).toBe(before);
});

describe('deprecated versions of the change', () => {
  const definition = fromCrd(
    'Foo',
    'foos',
    {},
    {
      versions: [
        { name: 'v1beta1', served: true, deprecated: true, subresources: [], place: at('a.yaml') },
        { name: 'v1', served: true, deprecated: false, subresources: [], place: at('a.yaml') },
      ],
    },
  );
  test.each([
    ['example.com/v1beta1/Foo', true],
    ['example.com/v1beta1/foos', true],
    ['example.com/v1beta1/foo', true],
    ['example.com/v1beta1', true],
    ['example.com/v1/Foo', false],
    ['example.com/v1', false],
    ['example.com/*', false],
  ])('%s: %s', (text, expected) => {
    expect(applyChange(EMPTY, [definition]).deprecating(apiOf(text)) !== undefined).toBe(expected);
  });

  test('a group-version is deprecated when all that is in it is', () => {
    const bar = fromCrd('Bar', 'bars', { v1beta1: true });
    expect(applyChange(EMPTY, [definition, bar]).deprecating(apiOf('example.com/v1beta1'))).toBeUndefined();
  });
});
