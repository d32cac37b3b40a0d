import { expect, test } from 'vitest';
import { decodeApiVersions, decodeGroupList, decodeResourceList } from '../../src/model/api-documents.ts';
import { InvalidDocument } from '../../src/model/json-document.ts';

const at = (fields: Record<string, unknown>) => ({ path: '', fields });
const v1 = { groupVersion: 'v1', version: 'v1' };
const v2 = { groupVersion: 'v2', version: 'v2' };

test.each([
  ['a version an entry, the first preferred', ['v1', 'v2'], [{ name: '', versions: [v1, v2], preferredVersion: v1 }]],
  ['no version, no group', [], []],
  ['null versions, no group', null, []],
])('/api: %s', (_, versions, groups) => {
  expect(decodeApiVersions(at({ kind: 'APIVersions', versions }))).toEqual(groups);
});

test('/apis is taken word for word, in its order, with what it prefers', () => {
  const old = { groupVersion: 'zoo/v1', version: 'v1' };
  const young = { groupVersion: 'zoo/v2', version: 'v2' };
  const groups = [
    { name: 'zoo', versions: [young, old], preferredVersion: old },
    { name: 'apps', versions: [] },
  ];
  const document = at({
    kind: 'APIGroupList',
    groups: [
      { ...groups[0], serverAddressByClientCIDRs: [] },
      { name: 'apps', versions: null, preferredVersion: { groupVersion: '', version: '' } },
    ],
  });
  expect(decodeGroupList(document)).toEqual(groups);
});

test('a resource is taken word for word, without what is empty', () => {
  const full = {
    name: 'deployments/scale',
    singularName: '',
    namespaced: true,
    group: 'autoscaling',
    version: 'v1',
    kind: 'Scale',
    verbs: ['get'],
    shortNames: ['s'],
    categories: ['all'],
    storageVersionHash: 'hash=',
  };
  const bare = { name: 'nodes', singularName: '', namespaced: false, kind: 'Node', verbs: [] };
  const document = at({
    kind: 'APIResourceList',
    groupVersion: 'apps/v1',
    resources: [full, { name: 'nodes', kind: 'Node', verbs: null, shortNames: [], group: '' }],
  });
  expect(decodeResourceList(document)).toEqual({ groupVersion: 'apps/v1', resources: [full, bare] });
});

test.each([
  ['/api', decodeApiVersions, { kind: 'APIGroupList' }, 'kind "APIGroupList" where APIVersions was expected'],
  ['/api', decodeApiVersions, { kind: 'APIVersions', versions: [1] }, 'versions[0] is the number 1, not a string'],
  ['/apis', decodeGroupList, {}, 'JSON without a kind where APIGroupList was expected'],
  [
    '/apis',
    decodeGroupList,
    { kind: 'APIGroupDiscoveryList' },
    'kind "APIGroupDiscoveryList" where APIGroupList was expected',
  ],
  [
    '/apis',
    decodeGroupList,
    { kind: 'APIGroupList', groups: [{ versions: [{ version: [] }] }] },
    'groups[0].versions[0].version is a list',
  ],
  [
    'resources',
    decodeResourceList,
    { kind: 'Status', message: 'no' },
    'kind "Status" where APIResourceList was expected: no',
  ],
  [
    'resources',
    decodeResourceList,
    { kind: 'APIResourceList', resources: [{ namespaced: 1 }] },
    'resources[0].namespaced is the number 1',
  ],
])('%s: an invalid document is named', (_, decode, fields, message) => {
  expect(() => decode(at(fields))).toThrow(InvalidDocument);
  expect(() => decode(at(fields))).toThrow(message);
});
