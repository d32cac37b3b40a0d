import { expect, test } from 'vitest';
import { resourcesOf, toResource } from '../../src/discovery/resource.ts';

const described = {
  name: 'deployments',
  singularName: 'deployment',
  namespaced: true,
  kind: 'Deployment',
  group: 'apps',
  version: 'v1',
  verbs: ['get'],
  shortNames: [],
  categories: [],
  storageVersionHash: '',
};
const list = { group: 'apps', version: 'v1' };

test.each([
  ["the list's own group and version go without saying", {}, {}],
  ['another group is kept, with its version', { group: 'autoscaling' }, { group: 'autoscaling', version: 'v1' }],
  ['another version is kept, with its group', { version: 'v2' }, { group: 'apps', version: 'v2' }],
  ['the core group is kept where the list is not its own', { group: '' }, { group: '', version: 'v1' }],
  ["no group and no version stand for the list's", { group: '', version: '' }, {}],
  [
    'empty lists are left out, full ones kept',
    { shortNames: ['deploy'], categories: ['all'] },
    { shortNames: ['deploy'], categories: ['all'] },
  ],
  ['the storage version is kept', { storageVersionHash: 'aaa=' }, { storageVersionHash: 'aaa=' }],
])('%s', (_, difference, expected) => {
  expect(toResource({ ...described, ...difference }, list)).toEqual({
    name: 'deployments',
    singularName: 'deployment',
    namespaced: true,
    kind: 'Deployment',
    verbs: ['get'],
    ...expected,
  });
});

test('in a plain list an absent group or version is that of the list', () => {
  const plain = { name: 'deployments/scale', singularName: '', namespaced: true, kind: 'Scale', verbs: ['get'] };
  const resources = [{ ...plain, group: 'autoscaling' }, { ...plain, version: 'v1' }, plain];
  expect(resourcesOf({ groupVersion: 'apps/v1', resources }, list)).toEqual([
    { ...plain, group: 'autoscaling', version: 'v1' },
    plain,
    plain,
  ]);
});
