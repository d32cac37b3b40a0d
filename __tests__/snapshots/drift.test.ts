import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Gap, Snapshot } from '../../src/model/snapshot.ts';
import { differenceBetween } from '../../src/snapshots/drift.ts';
import { requirementOf } from '../helpers/judging.ts';
import { endpointGap, resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const deployments = resource('deployments', 'Deployment');
const base = { v1: [resource('pods', 'Pod')], 'apps/v1': [deployments] };
const budgets = [resource('poddisruptionbudgets', 'PodDisruptionBudget')];

function between(earlier: Snapshot, later: Snapshot, ...required: readonly string[]) {
  const { changes, unknown } = differenceBetween(
    earlier,
    later,
    required.map((text) => requirementOf(text)),
  );
  return {
    changes: changes.map(({ kind, what, api, from, to }) =>
      [kind, what, api, from, to].filter((part) => part !== undefined).join(' '),
    ),
    unknown,
    needed: changes.map(({ neededBy }) => neededBy.map(({ text }) => text)),
  };
}

function preferring(version: string, gaps: readonly Gap[] = []): Snapshot {
  const snapshot = snapshotOf({ 'apps/v1': [deployments], 'apps/v2': [deployments] }, { gaps });
  return { ...snapshot, groups: snapshot.groups.map((group) => ({ ...group, preferredVersion: version })) };
}

describe('what changed', () => {
  test.each<[string, Snapshot, Snapshot, readonly string[]]>([
    ['nothing', snapshotOf(base), snapshotOf(base), []],
    [
      'a group-version was lost, with its kinds',
      snapshotOf({
        ...base,
        'policy/v1beta1': [...budgets, resource('poddisruptionbudgets/status', 'PodDisruptionBudget')],
      }),
      snapshotOf(base),
      ['lost group-version policy/v1beta1 PodDisruptionBudget'],
    ],
    [
      'one was gained',
      snapshotOf(base),
      snapshotOf({ ...base, 'policy/v1': budgets }),
      ['gained group-version policy/v1 PodDisruptionBudget'],
    ],
    [
      'the core group was lost',
      snapshotOf(base),
      snapshotOf({ 'apps/v1': [deployments] }),
      ['lost group-version v1 Pod'],
    ],
    [
      'a resource was lost',
      snapshotOf(base),
      snapshotOf({ ...base, 'apps/v1': [] }),
      ['lost resource apps/v1/deployments Deployment'],
    ],
    [
      'a subresource was gained',
      snapshotOf(base),
      snapshotOf({ ...base, 'apps/v1': [deployments, resource('deployments/scale', 'Scale')] }),
      ['gained resource apps/v1/deployments/scale Scale'],
    ],
    [
      'verbs changed; their order does not matter',
      snapshotOf({
        'a/v1': [resource('as', 'A', { verbs: ['get', 'list'] }), resource('bs', 'B', { verbs: ['get', 'list'] })],
      }),
      snapshotOf({
        'a/v1': [resource('as', 'A', { verbs: ['list'] }), resource('bs', 'B', { verbs: ['list', 'get'] })],
      }),
      ['changed verbs a/v1/as get, list list'],
    ],
    [
      'the scope and the kind changed',
      snapshotOf({ 'a/v1': [resource('as', 'A')] }),
      snapshotOf({ 'a/v1': [resource('as', 'Ax', { namespaced: false })] }),
      ['changed kind a/v1/as A Ax', 'changed scope a/v1/as namespaced cluster-wide'],
    ],
    ['the preferred version changed', preferring('v1'), preferring('v2'), ['changed preferred-version apps v1 v2']],
    [
      "the server's version changed",
      snapshotOf(base, { version: 'v1.33.1' }),
      snapshotOf(base, { version: 'v1.33.2' }),
      ['changed server-version server-version v1.33.1 v1.33.2'],
    ],
    [
      'losses come first, then changes, then gains',
      snapshotOf({ 'b/v1': [], 'c/v1': [deployments] }, { version: 'v1.1' }),
      snapshotOf({ 'a/v1': [], 'c/v1': [] }, { version: 'v1.2' }),
      [
        'lost group-version b/v1 ',
        'lost resource c/v1/deployments Deployment',
        'changed server-version server-version v1.1 v1.2',
        'gained group-version a/v1 ',
      ],
    ],
  ])('%s', (_rule, earlier, later, changes) => {
    expect(between(earlier, later)).toMatchObject({ changes, unknown: [] });
  });
});

describe('what a gap covers is neither lost nor gained', () => {
  const metrics = { ...base, 'metrics.k8s.io/v1beta1': [resource('nodes', 'NodeMetrics')] };
  test.each<[string, Snapshot, Snapshot, readonly string[]]>([
    [
      'a backend died',
      snapshotOf(metrics),
      snapshotOf(base, { gaps: [versionGap('metrics.k8s.io/v1beta1')] }),
      ['metrics.k8s.io/v1beta1'],
    ],
    [
      'one came back',
      snapshotOf(base, { gaps: [versionGap('metrics.k8s.io/v1beta1')] }),
      snapshotOf(metrics),
      ['metrics.k8s.io/v1beta1'],
    ],
    [
      'one is new, and dead',
      snapshotOf(base),
      snapshotOf(base, { gaps: [versionGap('metrics.k8s.io/v1beta1')] }),
      ['metrics.k8s.io/v1beta1'],
    ],
    [
      'one was dead all the time',
      snapshotOf(base, { gaps: [versionGap('m/v1')] }),
      snapshotOf(base, { gaps: [versionGap('m/v1')] }),
      [],
    ],
    [
      '/apis was forbidden',
      snapshotOf(base),
      snapshotOf({ v1: base.v1 }, { gaps: [endpointGap('/apis')] }),
      ['apps/v1'],
    ],
    [
      '/api was forbidden before',
      snapshotOf({ 'apps/v1': base['apps/v1'] }, { gaps: [endpointGap('/api')] }),
      snapshotOf(base),
      ['v1'],
    ],
    ['/apis says nothing of the core group', snapshotOf(base), snapshotOf(base, { gaps: [endpointGap('/apis')] }), []],
    [
      '/version was forbidden',
      snapshotOf(base, { version: 'v1.33.1' }),
      snapshotOf(base, { gaps: [endpointGap('/version')] }),
      ['server-version'],
    ],
    [
      'the preferred version of a group with a gap',
      preferring('v1'),
      preferring('v2', [versionGap('apps/v3')]),
      ['apps/v3'],
    ],
  ])('%s', (_rule, earlier, later, unknown) => {
    expect(between(earlier, later)).toMatchObject({ changes: [], unknown });
  });
});

describe('what of the change depends on it', () => {
  const earlier = snapshotOf({ ...base, 'policy/v1beta1': budgets }, { version: 'v1.24.1' });
  const later = snapshotOf(base, { version: 'v1.24.1' });
  test.each([
    ['the group-version', 'policy/v1beta1', true],
    ['a kind in it', 'policy/v1beta1/PodDisruptionBudget', true],
    ['a resource in it', 'policy/v1beta1/poddisruptionbudgets', true],
    ['any version of the group', 'policy/*', true],
    ['one of several', 'policy/v1 | policy/v1beta1', true],
    ['another version', 'policy/v1', false],
    ['another group', 'apps/v1', false],
    ['that it must not be there', '!policy/v1beta1', false],
  ])('%s: %s', (_rule, required, isNeeded) => {
    expect(between(earlier, later, required).needed).toEqual([isNeeded ? [required] : []]);
  });

  test('of a resource only what names it', () => {
    const without = snapshotOf({ ...base, 'policy/v1beta1': [] }, { version: 'v1.24.1' });
    const required = ['policy/v1beta1', 'policy/v1beta1/PodDisruptionBudget', 'policy/v1beta1/poddisruptionbudget'];
    expect(between(earlier, without, ...required).needed).toEqual([required.slice(1)]);
  });

  test('what was gained matters to what must not be there', () => {
    expect(between(later, earlier, 'policy/v1beta1', '!policy/v1beta1').needed).toEqual([['!policy/v1beta1']]);
  });

  test('a new version of the server matters to the range that it must meet', () => {
    const upgraded = snapshotOf(base, { version: 'v1.25.0' });
    expect(between(later, upgraded, 'server-version >=1.24', 'apps/v1').needed).toEqual([['server-version >=1.24']]);
  });
});

test('property: a snapshot has not changed since itself, and changes turn round', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const snapshot = fc
    .dictionary(
      fc.constantFrom('v1', 'a/v1', 'a/v2', 'b/v1'),
      fc.uniqueArray(names).map((list) => list.map((name) => resource(name, name.toUpperCase()))),
    )
    .map((served) => snapshotOf(served));
  fc.assert(
    fc.property(snapshot, snapshot, (left, right) => {
      expect(differenceBetween(left, left)).toEqual({ changes: [], unknown: [] });
      const [there, back] = [differenceBetween(left, right).changes, differenceBetween(right, left).changes];
      const of = (changes: typeof there, kind: string) =>
        changes
          .filter((change) => change.kind === kind)
          .map(({ api }) => api)
          .sort();
      expect(of(there, 'lost')).toEqual(of(back, 'gained'));
      expect(of(there, 'gained')).toEqual(of(back, 'lost'));
    }),
  );
});
