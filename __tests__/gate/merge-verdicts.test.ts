import { describe, expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { annotationsOf } from '../../src/report/annotations.ts';
import { jsonReport, type ReportSource } from '../../src/report/json.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { summaryOf } from '../../src/report/summary.ts';
import { clusterVerdict, finding, inFile, requirement, verdict } from '../helpers/sample-verdict.ts';
import { faultsBySchema } from '../helpers/schemas.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld, inputsOf } from '../helpers/world.ts';

const budget = requirement('policy/v1beta1/PodDisruptionBudget', inFile('deploy/web.yaml', 1, 'web'));

/** The verdict of a job that judges one cluster. */
function jobOf(cluster: string, standing: 'served' | 'missing' = 'served'): Verdict {
  const outcome = standing === 'served' ? 'compatible' : 'incompatible';
  const judged = finding({
    requirement: budget,
    cluster,
    standing,
    met: standing === 'served' ? 'yes' : 'no',
    fails: standing === 'missing',
    explanation: `It is ${standing}.`,
    lifecycle:
      standing === 'missing'
        ? [{ kind: 'removed-by-target', message: 'Gone.', replacement: 'policy/v1 PodDisruptionBudget' }]
        : [],
  });
  return verdict({ outcome, clusters: [clusterVerdict({ cluster, outcome, findings: [judged] })] });
}

const report = (job: Verdict, source?: ReportSource): string => jsonReport(job, source);

async function merge(
  files: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
) {
  const world = createWorld({ workingDirectory: temporaryFolder(files), variables });
  const outcome = await runGate(inputsOf({ reports: '**/report.json', ...inputs }), world);
  const [merged] = world.verdicts;
  return {
    outcome,
    verdict: merged,
    clusters: merged?.clusters.map((each) => `${each.cluster}: ${each.outcome}`),
    problems: merged?.problems.map(({ message }) => message),
    warnings: merged?.warnings.map(({ message }) => message),
    error: world.errors[0],
  };
}

describe('reports', () => {
  test('of several clusters become one verdict, in the order of names', async () => {
    const {
      outcome,
      clusters,
      verdict: merged,
    } = await merge({
      'b/report.json': report(jobOf('us')),
      'a/report.json': report(jobOf('eu', 'missing')),
    });
    expect(outcome).toBe('incompatible');
    expect(clusters).toEqual(['eu: incompatible', 'us: compatible']);
    if (merged === undefined) throw new Error('no verdict');
    expect(outputsOf(merged)).toMatchObject({ outcome: 'incompatible', missing: budget.text });
    expect(faultsBySchema('report', JSON.parse(jsonReport(merged)))).toEqual([]);
    const summary = summaryOf(merged);
    expect(summary).toContain('| What | eu | us |');
    expect(summary).toContain('| `policy/v1beta1/PodDisruptionBudget` | ❌ missing | ✅ |');
    expect(summary).toContain(
      '| `policy/v1 PodDisruptionBudget` | `policy/v1beta1/PodDisruptionBudget` | `deploy/web.yaml:1:1` |',
    );
  });

  test('all compatible: green', async () => {
    const { outcome } = await merge({ 'a/report.json': report(jobOf('eu')), 'b/report.json': report(jobOf('us')) });
    expect(outcome).toBe('compatible');
  });

  test.each([
    ['one per line', 'eu\nus\nasia'],
    ['a JSON list of names', '["eu", "us", "asia"]'],
    ["a workflow's list of clusters", '[{"name": "eu"}, {"name": "us", "secret": "X"}, {"name": "asia"}]'],
  ])('a cluster that was expected and did not report is undetermined: %s', async (_rule, expected) => {
    const { outcome, clusters } = await merge(
      { 'a/report.json': report(jobOf('eu')), 'b/report.json': report(jobOf('us')) },
      { 'expect-clusters': expected },
    );
    expect(outcome).toBe('undetermined');
    expect(clusters).toEqual(['eu: compatible', 'us: compatible', 'asia: undetermined']);
  });

  test('a cluster that reported and was not expected is judged, and said', async () => {
    const { outcome, warnings } = await merge({ 'a/report.json': report(jobOf('eu')) }, { 'expect-clusters': 'us' });
    expect(outcome).toBe('undetermined');
    expect(warnings).toEqual(['eu was judged, and `expect-clusters` does not list it.']);
  });

  test('no report at all fails for each cluster', async () => {
    const { outcome, clusters, problems } = await merge({}, { 'expect-clusters': 'eu' });
    expect(outcome).toBe('invalid-input');
    expect(clusters).toEqual(['eu: undetermined']);
    expect(problems).toEqual(['The pattern **/report.json matches no file.']);
  });

  const damaged = (change: (text: string) => string): string => change(report(jobOf('us', 'missing')));
  test.each([
    ['not JSON', damaged((text) => text.slice(0, 300)), 'it holds a body of 300 characters that is not JSON'],
    ['empty', '', 'it holds an empty body'],
    ['another JSON', '{"a": 1}', 'it is not a report.json of kube-api-gate'],
    ['of a newer version', damaged((text) => text.replace('"version": 2', '"version": 3')), 'it has format version 3'],
    [
      'with a field that is not known',
      damaged((text) => text.replace('"fails": true', '"fails": true, "fieldFaults": []')),
      'it has the field clusters[0].findings[0].fieldFaults, which this version does not know',
    ],
    [
      'green, although a finding fails',
      damaged((text) => text.replaceAll('"outcome": "incompatible"', '"outcome": "compatible"')),
      'it holds JSON whose clusters[0].outcome is compatible, which is not what its findings say',
    ],
    [
      'without a field that is always there',
      damaged((text) => text.replace('"met": "no",', '')),
      'it holds JSON without clusters[0].findings[0].met',
    ],
  ])('one that is %s is a problem, and the others are merged', async (_rule, text, reason) => {
    const { outcome, clusters, problems } = await merge({
      'a/report.json': report(jobOf('eu')),
      'b/report.json': text,
    });
    expect(outcome).toBe('invalid-input');
    expect(clusters).toEqual(['eu: compatible']);
    expect(problems).toEqual([expect.stringContaining(reason)]);
  });

  test('a second report on a cluster is a problem, and its findings count for the outcome', async () => {
    const { outcome, problems, clusters } = await merge({
      'a/report.json': report(jobOf('eu')),
      'b/report.json': report(jobOf('eu', 'missing')),
    });
    expect(outcome).toBe('incompatible');
    expect(clusters).toEqual(['eu: compatible']);
    expect(problems).toEqual(['This is a second report on eu; a/report.json is one too.']);
  });

  test('a job that ended before it judged a cluster is a problem', async () => {
    const halted = verdict({
      outcome: 'invalid-input',
      clusters: [],
      error: new (await import('../../src/model/errors.ts')).GateError('invalid-input', 'x', 'No such context.'),
    });
    const { outcome, problems } = await merge({
      'a/report.json': report(jobOf('eu')),
      'b/report.json': report(halted),
    });
    expect(outcome).toBe('invalid-input');
    expect(problems).toEqual(['The job ended before it judged a cluster (invalid-input): No such context.']);
  });

  test('what all jobs of a fleet say is said once', async () => {
    const told = { warnings: [{ message: 'Odd.' }], notJudged: { 'v1 List': 2 } };
    const { verdict: merged } = await merge({
      'a/report.json': report({ ...jobOf('eu'), ...told }),
      'b/report.json': report({ ...jobOf('us'), ...told }),
    });
    expect(merged).toMatchObject(told);
  });

  test('of several repositories on one cluster: one cluster, each place with its repository', async () => {
    const { outcome, verdict: merged } = await merge(
      {
        'a/report.json': report(jobOf('eu', 'missing'), { repository: 'shop/web', commit: 'a'.repeat(40) }),
        'b/report.json': report(jobOf('eu', 'missing'), { repository: 'shop/api', commit: 'b'.repeat(40) }),
        'c/report.json': report(jobOf('eu'), { repository: 'shop/gate', commit: 'c'.repeat(40) }),
      },
      {},
      { GITHUB_REPOSITORY: 'shop/gate' },
    );
    expect(outcome).toBe('incompatible');
    if (merged === undefined) throw new Error('no verdict');
    expect(merged.clusters.map(({ cluster }) => cluster)).toEqual(['eu']);
    expect(merged.clusters[0]?.findings.map(({ requirement: { place } }) => place.repository)).toEqual([
      'shop/web',
      'shop/api',
      undefined,
    ]);
    expect(summaryOf(merged)).toContain('| `shop/web:deploy/web.yaml:1:1`<br>`shop/api:deploy/web.yaml:1:1` |');
    expect(annotationsOf(merged).map(({ file }) => file)).toEqual([undefined, undefined]);
    expect(faultsBySchema('report', JSON.parse(jsonReport(merged)))).toEqual([]);
  });

  test('a merged report can be merged', async () => {
    const { verdict: merged } = await merge(
      { 'a/report.json': report(jobOf('eu', 'missing')) },
      { 'expect-clusters': 'us' },
    );
    const again = await merge({ 'a/report.json': jsonReport(merged ?? verdict()) });
    expect(again.clusters).toEqual(['eu: incompatible', 'us: undetermined']);
  });
});
