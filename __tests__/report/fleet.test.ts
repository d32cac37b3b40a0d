import { expect, test } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import type { ClusterVerdict, Finding } from '../../src/model/verdict.ts';
import { fleetTable, replacementTable } from '../../src/report/fleet.ts';
import { clusterVerdict, finding } from '../helpers/sample-verdict.ts';

const on = (cluster: string, ...findings: readonly Finding[]): ClusterVerdict => clusterVerdict({ cluster, findings });
const missing = finding({ met: 'no', standing: 'missing', fails: true });
const place = { kind: 'input', input: 'baseline' } as const;

test('a cause has one row and a cluster one column; what is met everywhere is left out', () => {
  const [table] = fleetTable([
    on('a', missing, finding({ text: 'v1/Pod' })),
    on('b', finding(), finding({ text: 'v1/Pod' })),
    clusterVerdict({ cluster: 'c', findings: [], error: new GateError('denied', 'x', 'No.') }),
  ]);
  expect(table).toMatchObject({
    columns: ['What', 'a', 'b', 'c'],
    rows: [['`apps/v1/Deployment`', '❌ missing', '✅', '– not judged']],
  });
});

test.each<[string, readonly Finding[], string]>([
  ['the worst of several places counts', [finding(), missing], '❌ missing'],
  [
    'served, and must not be',
    [finding({ met: 'no', fails: true, requirement: { ...missing.requirement, negated: true } })],
    '❌ served',
  ],
  ['unknown', [finding({ met: 'unknown', fails: true })], '❓ unknown'],
  ['missing, and fails nothing', [finding({ met: 'no', fails: false })], '⚠️'],
  ['accepted', [finding({ met: 'no', acceptance: { kind: 'baseline', reason: '', place } })], '~ accepted'],
  [
    'to be removed',
    [finding({ fails: true, lifecycle: [{ kind: 'removed-by-target', message: '' }] })],
    '❌ to be removed',
  ],
])('a cell says: %s', (_rule, findings, cell) => {
  expect(fleetTable([on('a', ...findings), on('b', finding())])[0]?.rows[0]?.[1]).toBe(cell);
});

test('of more clusters than fit, those that fail are shown and the others counted', () => {
  const clusters = Array.from({ length: 40 }, (_, index) =>
    on(`c${index}`, index === 39 || index === 38 ? missing : finding()),
  );
  const [table] = fleetTable(clusters);
  expect(table?.columns).toHaveLength(27);
  expect(table?.columns.slice(0, 3)).toEqual(['What', 'c38', 'c39']);
  expect(table?.columns.at(-1)).toBe('15 more');
});

test('one cluster, or nothing to say, needs no table', () => {
  expect(fleetTable([on('a', missing)])).toEqual([]);
  expect(fleetTable([on('a', finding()), on('b', finding())])).toEqual([]);
});

test('lines to change are grouped by what replaces them, each line once', () => {
  const old = (line: number): Finding =>
    finding({
      requirement: {
        ...missing.requirement,
        text: 'policy/v1beta1/PodDisruptionBudget',
        place: { kind: 'file', file: 'a.yaml', line },
      },
      lifecycle: [{ kind: 'deprecated', message: '', replacement: 'policy/v1 PodDisruptionBudget' }],
    });
  expect(replacementTable([on('a', old(1), old(7)), on('b', old(1))])[0]?.rows).toEqual([
    ['`policy/v1 PodDisruptionBudget`', '`policy/v1beta1/PodDisruptionBudget`', '`a.yaml:1`<br>`a.yaml:7`'],
  ]);
  expect(replacementTable([on('a', missing)])).toEqual([]);
});
