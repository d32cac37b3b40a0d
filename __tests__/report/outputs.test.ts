import { describe, expect, test } from 'vitest';
import { OUTPUTS } from '../../src/inputs/settings.ts';
import { GateError } from '../../src/model/errors.ts';
import type { CacheUse } from '../../src/model/verdict.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { clusterVerdict, finding, haltedVerdict, variedVerdict, verdict } from '../helpers/sample-verdict.ts';

const ERROR = new GateError('unreachable', 'code', 'It did not answer.');

describe('outputs', () => {
  test('each that is declared is set, but the path of the report', () => {
    expect(Object.keys(outputsOf(variedVerdict()))).toEqual(
      OUTPUTS.map(({ name }) => name).filter((name) => name !== 'report'),
    );
  });

  test('a verdict with one of everything', () => {
    expect(outputsOf(variedVerdict())).toEqual({
      outcome: 'incompatible',
      missing: 'policy/v1beta1/PodDisruptionBudget',
      fields: '',
      unknown: 'metrics.k8s.io/v1beta1',
      'api-versions': 'v1,v1/Pod,apps/v1,apps/v1/Deployment',
      'kube-version': 'v1.24.17-eks-5e0fdde',
      cache: 'rechecked',
      'cache-age': '200',
      drift: '',
    });
  });

  test('a run that was halted has an outcome and nothing else', () => {
    const { outcome, ...others } = outputsOf(haltedVerdict());
    expect(outcome).toBe('invalid-input');
    expect(new Set(Object.values(others))).toEqual(new Set(['']));
  });

  test('lists have one name a line, each once', () => {
    const findings = ['v1', 'v2', 'v1'].map((text) => finding({ text, met: 'no' }));
    expect(outputsOf(verdict({ clusters: [clusterVerdict({ findings })] })).missing).toBe('v1\nv2');
  });

  test('a line feed in a name makes no second name', () => {
    const findings = [finding({ text: 'v1\nv2', met: 'no' })];
    expect(outputsOf(verdict({ clusters: [clusterVerdict({ findings })] })).missing).toBe('v1 v2');
  });

  test('what a person accepted is not missing', () => {
    const acceptance = { kind: 'baseline', reason: 'old', place: { kind: 'file', file: 'b', line: 1 } } as const;
    const findings = [finding({ met: 'no', acceptance })];
    expect(outputsOf(verdict({ clusters: [clusterVerdict({ findings })] })).missing).toBe('');
  });

  test('capabilities are those that all judged clusters serve, in the order of the first', () => {
    const clusters = [
      clusterVerdict({ capabilities: ['v1', 'b/v1', 'a/v1'] }),
      clusterVerdict({ capabilities: ['a/v1', 'v1', 'c/v1'] }),
      clusterVerdict({ capabilities: [], error: ERROR }),
    ];
    expect(outputsOf(verdict({ clusters }))['api-versions']).toBe('v1,a/v1');
  });

  test('a capability that would split into two, or hold a blank, is left out', () => {
    const clusters = [clusterVerdict({ capabilities: ['v1', 'a/v1,b/v1', 'a v1', '$(id)'] })];
    expect(outputsOf(verdict({ clusters }))['api-versions']).toBe('v1');
  });

  test.each([
    [['v1.33.1', 'v1.9.8'], 'v1.9.8'],
    [['v1.33.1-gke.100', 'v1.33.0'], 'v1.33.0'],
    [['v1.33.1'], 'v1.33.1'],
    [[], ''],
    [['v1.30+'], 'v1.30+'],
    [['v1.29.6+aba1e8d'], 'v1.29.6+aba1e8d'],
    [['v1.37.0-$(touch X)'], ''],
    [['v1.37.0-$(touch X)', 'v1.33.1'], 'v1.33.1'],
    [['v1.37.0"; rm -rf .; "'], ''],
    [['v1.37.0`id`'], ''],
    [['v1.37.0\nnext=1'], ''],
    [["v1.37.0' 'x"], ''],
    [['v1.37.0 --set a=b'], ''],
    [['v1.37.0&id'], ''],
    [['latest'], ''],
    [[`v1.37.0-${'a'.repeat(200)}`], ''],
  ])('the oldest of %j is %j: only what a version can be is let out', (versions, expected) => {
    const clusters = versions.map((gitVersion) =>
      clusterVerdict({ serverVersion: { gitVersion, major: '1', minor: '' } }),
    );
    expect(outputsOf(verdict({ clusters }))['kube-version']).toBe(expected);
  });

  test.each([
    [['hit', 'miss'], 'miss'],
    [['hit', 'revalidated', 'rechecked'], 'rechecked'],
    [['hit', 'revalidated'], 'revalidated'],
    [['hit'], 'hit'],
    [['off'], 'off'],
  ] satisfies [CacheUse[], CacheUse][])('cache of %j is %s', (uses, expected) => {
    expect(outputsOf(verdict({ clusters: uses.map((cache) => clusterVerdict({ cache })) })).cache).toBe(expected);
  });
});
