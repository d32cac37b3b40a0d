import { describe, expect, test } from 'vitest';
import { readSettings } from '../../src/inputs/settings.ts';
import { described, type GivenInputs, readerOf } from '../helpers/inputs.ts';

const settingsOf = (given: GivenInputs) => {
  const { settings, problems } = readSettings(readerOf(given));
  return { settings, problems: described(problems) };
};

describe('which clusters are asked', () => {
  test.each<[string, GivenInputs, number]>([
    ['without files the default kubeconfig', {}, 1],
    ['with snapshots alone none', { snapshots: 'a.json' }, 0],
    ['with snapshots and a context both', { snapshots: 'a.json', context: 'blue' }, 1],
    ['with snapshots and two contexts all three', { snapshots: 'a.json', context: 'blue\ngreen' }, 2],
    ['with snapshots and a server both', { snapshots: 'a.json', server: 'https://k.example' }, 1],
    ['with snapshots and the cache', { snapshots: 'a.json', cluster: 'a', cache: 'only' }, 1],
    ['with reports none', { reports: 'r.json' }, 0],
  ])('%s', (_rule, given, count) => {
    const { settings, problems } = settingsOf(given);
    expect(problems).toEqual([]);
    expect(settings.clusters).toHaveLength(count);
  });
});

test('several names of clusters are judged by the cache', () => {
  const { settings, problems } = settingsOf({ cluster: 'eu # here\nus\neu', cache: 'only' });
  expect(problems).toEqual([]);
  expect(settings).toMatchObject({ clusterName: undefined, cachedClusters: ['eu', 'us'] });
  expect(settingsOf({ cluster: 'eu', cache: 'only' }).settings).toMatchObject({
    clusterName: 'eu',
    cachedClusters: [],
  });
});

test('every input is read', () => {
  const given = {
    snapshots: 'a/*.json\n!a/b.json',
    'snapshot-max-age': '24h',
    'save-snapshots': 'out',
    compare: 'old/*.json',
    'expect-clusters': 'eu\nus',
    context: 'eu',
  };
  expect(settingsOf(given)).toMatchObject({
    problems: [],
    settings: {
      snapshots: ['a/*.json', '!a/b.json'],
      snapshotMaxAgeMs: 86_400_000,
      saveSnapshots: 'out',
      compare: ['old/*.json'],
      expectClusters: ['eu', 'us'],
    },
  });
});

test.each<[string, GivenInputs, string]>([
  ['several names that are to be asked', { cluster: 'eu\nus' }, 'cluster: It has more than one line'],
  [
    'several names and a kubeconfig',
    { cluster: 'eu\nus', cache: 'only', kubeconfig: 'k' },
    'kubeconfig: It names a cluster, and cluster names 2',
  ],
  ['a name where only files are judged', { snapshots: 'a', cluster: 'eu' }, 'cluster: It names a cluster to ask'],
  ['an age without files', { 'snapshot-max-age': '1h' }, 'snapshot-max-age: It limits the age of files'],
  ['an age that is not one', { snapshots: 'a', 'snapshot-max-age': '1d' }, 'snapshot-max-age: "1d"'],
  ['an age of nothing', { snapshots: 'a', 'snapshot-max-age': '0s' }, 'snapshot-max-age: "0s" is too short'],
  ['a list that only excludes', { snapshots: '!a' }, 'snapshots: It only excludes'],
  ['a list of comments', { snapshots: '# a' }, 'snapshots: It has only comments'],
  ['waiting for files', { snapshots: 'a', wait: '1m' }, 'wait: It asks a cluster again'],
  [
    'a server without a name',
    { server: 'https://k.example', 'save-snapshots': 'out' },
    'save-snapshots: The cluster has no name but its address',
  ],
  ['drift without earlier snapshots', { 'fail-on': 'drift' }, 'fail-on: drift needs earlier snapshots'],
  ['reports and something to judge', { reports: 'r', require: 'v1' }, 'require: Both reports and this are given'],
  ['reports and a cluster', { reports: 'r', kubeconfig: 'k' }, 'kubeconfig: Both reports and this are given'],
  ['reports and what fails', { reports: 'r', 'fail-on': 'none' }, 'fail-on: Both reports and this are given'],
  [
    'clusters as broken JSON',
    { 'expect-clusters': '["eu"' },
    'expect-clusters: It begins with [ and is not valid JSON',
  ],
  ['no clusters', { 'expect-clusters': '[]' }, 'expect-clusters: The list is empty'],
  [
    'a cluster without a name',
    { 'expect-clusters': '["eu", {"nam": "us"}]' },
    'expect-clusters: Item 2 of the list has no name',
  ],
  ['a cluster twice', { 'expect-clusters': '["eu", {"name": "eu"}]' }, 'expect-clusters: It lists "eu" twice'],
])('%s: refused', (_rule, given, problem) => {
  const { problems } = settingsOf(given);
  expect(problems).toEqual([expect.stringContaining(problem)]);
});
