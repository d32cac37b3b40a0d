import { describe, expect, test } from 'vitest';
import { indexSnapshot, once } from '../../src/verdict/served-apis.ts';
import { endpointGap, resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';

const snapshot = snapshotOf(
  {
    v1: [resource('pods', 'Pod'), resource('events', 'Event')],
    'apps/v1': [resource('deployments', 'Deployment'), resource('deployments/scale', 'Scale')],
    'events.k8s.io/v1': [resource('events', 'Event')],
  },
  { empty: ['metrics.k8s.io'] },
);

describe('indexSnapshot', () => {
  const served = indexSnapshot(snapshot);

  test('finds a group, one without versions too', () => {
    expect(served.group('apps')?.versions.length).toBe(1);
    expect(served.group('metrics.k8s.io')?.versions).toEqual([]);
    expect(served.group('batch')).toBeUndefined();
  });

  test('finds resources by name and by kind, subresources among them', () => {
    const apps = served.resources({ group: 'apps', version: 'v1' });
    expect(apps?.byName.get('deployments/scale')?.kind).toBe('Scale');
    expect(apps?.byKind.get('Deployment')?.map(({ name }) => name)).toEqual(['deployments']);
    expect(apps?.plurals().get('deployment')).toBe('deployments');
    expect(served.resources({ group: 'apps', version: 'v2' })).toBeUndefined();
  });

  test('indexes a group-version once', () => {
    const core = { group: '', version: 'v1' };
    expect(served.resources(core)).toBe(served.resources(core));
  });

  test('tells where a kind has a resource of its own, in the order of the server', () => {
    expect(served.groupVersionsOfKind('Event')).toEqual([
      { group: '', version: 'v1' },
      { group: 'events.k8s.io', version: 'v1' },
    ]);
    expect(served.groupVersionsOfKind('Scale')).toEqual([]);
  });

  test('tells all kinds that have one, each once', () => {
    expect(served.kinds()).toEqual(['Pod', 'Event', 'Deployment']);
  });

  test('tells where a resource is served', () => {
    expect(served.groupVersionsOfResource('deployments/scale')).toEqual([{ group: 'apps', version: 'v1' }]);
  });
});

describe('gapsOver', () => {
  const api = endpointGap('/api');
  const apis = endpointGap('/apis');
  const version = endpointGap('/version');
  const metrics = versionGap('metrics.k8s.io/v1beta1');
  const core = versionGap('v1');
  const { gapsOver, versionGaps } = indexSnapshot(snapshotOf({}, { gaps: [api, apis, version, metrics, core] }));

  test.each([
    ['the core group has /api and its own versions', gapsOver(''), [core, api]],
    ['another version of it has /api alone', gapsOver('', 'v2'), [api]],
    ['any other group has /apis', gapsOver('apps', 'v1'), [apis]],
    ['and its own versions', gapsOver('metrics.k8s.io'), [metrics, apis]],
    ['a version has its own gap', gapsOver('metrics.k8s.io', 'v1beta1'), [metrics, apis]],
    ["and not that of its group's other versions", gapsOver('metrics.k8s.io', 'v1'), [apis]],
    ["the server's version has /version", versionGaps, [version]],
  ])('%s', (_rule, gaps, expected) => {
    expect(gaps).toEqual(expected);
  });
});

test('once computes at the first call, and not before', () => {
  let calls = 0;
  const value = once(() => {
    calls += 1;
    return undefined;
  });
  expect(calls).toBe(0);
  value();
  value();
  expect(calls).toBe(1);
});
