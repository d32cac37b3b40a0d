import { expect, test } from 'vitest';
import { decodeAggregated, toAPIGroup } from '../../src/discovery/aggregated.ts';
import { InvalidDocument } from '../../src/model/json-document.ts';

function decode(items: unknown) {
  return decodeAggregated({ path: '', fields: { kind: 'APIGroupDiscoveryList', items } });
}

function resourcesOf(...resources: readonly unknown[]) {
  return decode([{ metadata: { name: 'apps' }, versions: [{ version: 'v1', resources }] }])[0]?.versions[0]?.resources;
}

const deployment = { group: 'apps', version: 'v1', kind: 'Deployment' };
const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale' };

test('groups and versions keep the order of the document', () => {
  const groups = decode([
    { metadata: { name: 'zoo.example.com' }, versions: [{ version: 'v1alpha1' }, { version: 'v2' }] },
    { metadata: { name: 'apps' }, versions: [{ version: 'v1' }] },
  ]);
  expect(groups.map(({ name, versions }) => [name, ...versions.map(({ version }) => version)])).toEqual([
    ['zoo.example.com', 'v1alpha1', 'v2'],
    ['apps', 'v1'],
  ]);
});

test.each([
  ['a core group has no name', [{ versions: [] }], [{ name: '', versions: [] }]],
  ['absent items are none', undefined, []],
  ['null items are none', null, []],
  ['absent versions are none', [{ metadata: { name: 'apps' } }], [{ name: 'apps', versions: [] }]],
  [
    'absent resources are none',
    [{ metadata: { name: 'apps' }, versions: [{ version: 'v1' }] }],
    [{ name: 'apps', versions: [{ version: 'v1', stale: false, resources: [] }] }],
  ],
  [
    'a group called __proto__ is a group',
    [{ metadata: { name: '__proto__' }, versions: null }],
    [{ name: '__proto__', versions: [] }],
  ],
  [
    'what is not known is passed over',
    [{ metadata: { name: 'apps', labels: 1 }, versions: [], colour: 'red' }],
    [{ name: 'apps', versions: [] }],
  ],
])('%s', (_, items, groups) => {
  expect(decode(items)).toEqual(groups);
});

test.each([
  ['Current', false],
  ['Stale', true],
  ['stale', false],
  ['STALE', false],
  ['', false],
  [undefined, false],
])('freshness %j: stale is %j', (freshness, stale) => {
  expect(decode([{ versions: [{ version: 'v1', freshness }] }])[0]?.versions[0]?.stale).toBe(stale);
});

test.each([
  ['Namespaced', true],
  ['Cluster', false],
  ['namespaced', false],
  [undefined, false],
])('scope %j: namespaced is %j', (scope, namespaced) => {
  expect(resourcesOf({ resource: 'x', responseKind: deployment, scope })?.[0]?.namespaced).toBe(namespaced);
});

test('a subresource stands after its parent, with its scope and singular name, its own verbs and its own kind', () => {
  expect(
    resourcesOf({
      resource: 'deployments',
      responseKind: deployment,
      scope: 'Namespaced',
      singularResource: 'deployment',
      verbs: ['get', 'create'],
      shortNames: ['deploy'],
      categories: ['all'],
      subresources: [
        { subresource: 'scale', responseKind: scale, acceptedTypes: [scale], verbs: ['get', 'patch'] },
        { subresource: 'status', responseKind: deployment, verbs: null },
      ],
    }),
  ).toEqual([
    {
      name: 'deployments',
      singularName: 'deployment',
      namespaced: true,
      kind: 'Deployment',
      verbs: ['get', 'create'],
      shortNames: ['deploy'],
      categories: ['all'],
    },
    {
      name: 'deployments/scale',
      singularName: 'deployment',
      namespaced: true,
      kind: 'Scale',
      verbs: ['get', 'patch'],
      group: 'autoscaling',
      version: 'v1',
    },
    { name: 'deployments/status', singularName: 'deployment', namespaced: true, kind: 'Deployment', verbs: [] },
  ]);
});

test.each([
  ['null', null],
  ['absent', undefined],
  ['empty', {}],
  ['of empty fields', { group: '', version: '', kind: '' }],
])('a parent whose responseKind is %s is dropped and its subresources count', (_, responseKind) => {
  const names = resourcesOf({
    resource: 'pods',
    responseKind,
    scope: 'Namespaced',
    subresources: [
      { subresource: 'exec', responseKind: scale },
      { subresource: 'lost', responseKind },
    ],
  })?.map(({ name, namespaced }) => [name, namespaced]);
  expect(names).toEqual([['pods/exec', true]]);
});

test.each([
  [
    'the wrong kind',
    { kind: 'APIGroupList', items: [] },
    'kind "APIGroupList" where APIGroupDiscoveryList was expected',
  ],
  ['no kind', {}, 'JSON without a kind where APIGroupDiscoveryList was expected'],
  [
    'a version that is no text',
    { kind: 'APIGroupDiscoveryList', items: [{ versions: [{ version: 1 }] }] },
    'items[0].versions[0].version',
  ],
  [
    'verbs that are no list',
    { kind: 'APIGroupDiscoveryList', items: [{ versions: [{ resources: [{ verbs: 'get' }] }] }] },
    'items[0].versions[0].resources[0].verbs',
  ],
])('%s is invalid', (_, fields, message) => {
  expect(() => decodeAggregated({ path: '', fields })).toThrow(InvalidDocument);
  expect(() => decodeAggregated({ path: '', fields })).toThrow(message);
});

const version = (name: string, stale = false) => ({ version: name, stale, resources: [] });

test.each([
  ['the first version is preferred', [version('v2'), version('v1')], ['v2', 'v1'], 'v2'],
  ['a stale version leaves, and the preference passes on', [version('v2', true), version('v1')], ['v1'], 'v1'],
  ['when all are stale the group stays without versions', [version('v2', true), version('v1', true)], [], undefined],
  ['a group may come without versions', [], [], undefined],
])("client-go's view of a group: %s", (_, versions, kept, preferred) => {
  const group = toAPIGroup({ name: 'apps', versions });
  expect(group.versions).toEqual(kept.map((name) => ({ groupVersion: `apps/${name}`, version: name })));
  expect(group.preferredVersion?.version).toBe(preferred);
});

test('in the core group a group-version is the version', () => {
  expect(toAPIGroup({ name: '', versions: [version('v1')] }).preferredVersion).toEqual({
    groupVersion: 'v1',
    version: 'v1',
  });
});

test('five megabytes and 2,000 groups are read', () => {
  const words = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
  const items = Array.from({ length: 2000 }, (_, index) => ({
    metadata: { name: `group-${index}.example.com`, creationTimestamp: null },
    versions: ['v1', 'v1beta1'].map((name) => ({
      version: name,
      freshness: 'Current',
      resources: [0, 1, 2].map((number) => ({
        resource: `things${number}`,
        responseKind: { group: `group-${index}.example.com`, version: name, kind: `Thing${number}` },
        scope: 'Namespaced',
        singularResource: `thing${number}`,
        verbs: words,
        subresources: [
          {
            subresource: 'status',
            responseKind: { group: `group-${index}.example.com`, version: name, kind: 'Thing' },
            verbs: ['get', 'patch', 'update'],
          },
        ],
      })),
    })),
  }));
  const body = JSON.stringify({ kind: 'APIGroupDiscoveryList', items });
  expect(body.length).toBeGreaterThan(5_000_000);
  const groups = decodeAggregated({ path: '', fields: JSON.parse(body) });
  expect(groups).toHaveLength(2000);
});
