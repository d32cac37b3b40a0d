import { describe, expect, test } from 'vitest';
import { builtInTypes, type Lifecycle, lifecycleOf, successorsOf } from '../../src/lifecycle/lifecycle.ts';
import { table } from '../../src/lifecycle/table.generated.ts';

test.each<{ rule: string; type: readonly [string, string, string]; lifecycle: Lifecycle | undefined }>([
  {
    rule: 'a removed type names its replacement',
    type: ['policy', 'v1beta1', 'PodDisruptionBudget'],
    lifecycle: {
      introduced: '1.5',
      deprecated: '1.21',
      removed: '1.25',
      replacement: { group: 'policy', version: 'v1', kind: 'PodDisruptionBudget' },
    },
  },
  {
    rule: 'a removed type may have no replacement',
    type: ['policy', 'v1beta1', 'PodSecurityPolicy'],
    lifecycle: { introduced: '1.10', deprecated: '1.21', removed: '1.25' },
  },
  {
    rule: 'a type that newer releases deleted is still known',
    type: ['autoscaling', 'v2beta2', 'HorizontalPodAutoscaler'],
    lifecycle: {
      introduced: '1.12',
      deprecated: '1.23',
      removed: '1.26',
      replacement: { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' },
    },
  },
  {
    rule: 'a type that is gone before it was to go is removed',
    type: ['coordination.k8s.io', 'v1alpha1', 'LeaseCandidate'],
    lifecycle: { introduced: '1.31', removed: '1.32' },
  },
  { rule: 'a stable type has no end', type: ['apps', 'v1', 'Deployment'], lifecycle: { introduced: '1.9' } },
  { rule: 'the core group is the empty one', type: ['', 'v1', 'Pod'], lifecycle: { introduced: '1.0' } },
  {
    rule: 'types of the aggregator are built in',
    type: ['apiregistration.k8s.io', 'v1beta1', 'APIService'],
    lifecycle: {
      introduced: '1.7',
      deprecated: '1.19',
      removed: '1.22',
      replacement: { group: 'apiregistration.k8s.io', version: 'v1', kind: 'APIService' },
    },
  },
  { rule: 'lists are no types of their own', type: ['', 'v1', 'PodList'], lifecycle: undefined },
  { rule: 'a custom resource has none', type: ['example.com', 'v1', 'Deployment'], lifecycle: undefined },
  { rule: 'a kind that never was has none', type: ['policy', 'v1', 'PodSecurityPolicy'], lifecycle: undefined },
  { rule: 'kinds are told apart by case', type: ['apps', 'v1', 'deployment'], lifecycle: undefined },
  { rule: 'names of object members are no types', type: ['', '', 'constructor'], lifecycle: undefined },
])('$rule', ({ type, lifecycle }) => {
  expect(lifecycleOf(...type)).toEqual(lifecycle);
});

test.each<{ rule: string; type: readonly [string, string, string]; successors: readonly string[] }>([
  {
    rule: 'replacements are followed to the end',
    type: ['flowcontrol.apiserver.k8s.io', 'v1beta1', 'FlowSchema'],
    successors: ['v1beta3', 'v1'],
  },
  { rule: 'a stable type has no successor', type: ['apps', 'v1', 'Deployment'], successors: [] },
])('$rule', ({ type, successors }) => {
  expect(successorsOf(...type).map(({ version }) => version)).toEqual(successors);
});

test('every row of the table reads back, and its releases stand in order', () => {
  for (const name of Object.keys(table)) {
    const slash = name.lastIndexOf('/');
    const [version = '', group = ''] = name.slice(0, slash).split('/').reverse();
    const lifecycle = lifecycleOf(group, version, name.slice(slash + 1));
    const releases = [lifecycle?.introduced, lifecycle?.deprecated, lifecycle?.removed].filter(
      (each) => each !== undefined,
    );
    const minors = releases.map((release) => {
      expect(release, name).toMatch(/^1\.[0-9]+$/);
      return Number(release.slice(2));
    });
    expect(minors, name).toEqual(minors.toSorted((a, b) => a - b));
  }
});

describe('builtInTypes', () => {
  test.each([
    ['of a group, in all its versions', ['policy'], ['policy/v1', 'policy/v1beta1']],
    ['of one version', ['policy', 'v1'], ['policy/v1']],
    ['of a version that it never had', ['policy', 'v2'], []],
    ['of a group that is not built in', ['example.com'], []],
  ] satisfies [string, [string, string?], string[]][])('%s', (_, [group, version], expected) => {
    const names = builtInTypes(group, version).map((type) => `${type.group}/${type.version}`);
    expect([...new Set(names)].sort()).toEqual(expected);
  });

  test('of the core group', () => {
    expect(builtInTypes('', 'v1').map(({ kind }) => kind)).toContain('Pod');
  });
});
