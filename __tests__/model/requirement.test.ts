import { expect, test } from 'vitest';
import { type Api, formatApi, formatRequirement } from '../../src/model/requirement.ts';

const apps = { group: 'apps', version: 'v1' };
const core = { group: '', version: 'v1' };

test.each<[string, Api, string]>([
  ['a group stands with a star', { kind: 'group', group: 'apps' }, 'apps/*'],
  ['a group-version as Kubernetes writes it', { kind: 'group-version', groupVersion: apps }, 'apps/v1'],
  ['the core group without a name', { kind: 'group-version', groupVersion: core }, 'v1'],
  ['a kind after its group-version', { kind: 'kind', groupVersion: core, name: 'Pod', verbs: [] }, 'v1/Pod'],
  [
    'a resource with its verbs',
    { kind: 'resource', groupVersion: apps, name: 'deployments/scale', verbs: ['get', 'update'] },
    'apps/v1/deployments/scale verbs=get,update',
  ],
  ["the server's version with its range", { kind: 'server-version', range: '>=1.29' }, 'server-version >=1.29'],
])('formatApi: %s', (_rule, api, expected) => {
  expect(formatApi(api)).toBe(expected);
});

test('formatRequirement parts alternatives by a bar', () => {
  const anyOf: [Api, Api] = [
    { kind: 'group', group: 'a' },
    { kind: 'group', group: 'b' },
  ];
  expect(formatRequirement({ anyOf, negated: false })).toBe('a/* | b/*');
});

test('formatRequirement puts a ! before what must not be served', () => {
  expect(formatRequirement({ anyOf: [{ kind: 'group', group: 'a' }], negated: true })).toBe('!a/*');
});
