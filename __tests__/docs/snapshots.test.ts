/** The pages on snapshots, fleets, drift and forecasts: every message that they quote is one that comes, and every file name one that is made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import { INPUTS } from '../../src/inputs/settings.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { consoleSections } from '../../src/report/console.ts';
import { jsonReport } from '../../src/report/json.ts';
import { snapshotFileName } from '../../src/snapshots/file-name.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { runDiff } from '../../src/terminal/diff.ts';
import { clusterVerdict, verdict } from '../helpers/sample-verdict.ts';
import { resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld, inputsOf } from '../helpers/world.ts';

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
const HOUR = 3_600_000;

/** The lines of a page that stand in blocks of text. */
function quoted(name: string): readonly string[] {
  return [...page(name).matchAll(/^```text\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trimEnd().split('\n'));
}

async function told(files: Readonly<Record<string, string>>, inputs: Readonly<Record<string, string>>) {
  const world = createWorld({ workingDirectory: temporaryFolder(files) });
  await runGate(inputsOf({ require: 'v1', ...inputs }), world);
  const [found] = world.verdicts;
  return [
    ...world.errors.flatMap(({ problems }) => problems.map(({ message }) => message)),
    ...(found?.problems.map(({ message }) => message) ?? []),
    ...(found === undefined ? [] : consoleSections(found).flatMap(({ title, lines }) => [title, ...lines])),
    ...(found?.clusters.flatMap(({ error, findings, warnings }) => [
      error?.message ?? '',
      ...findings.map(({ explanation }) => explanation),
      ...warnings.map(({ message }) => message),
    ]) ?? []),
  ].join('\n');
}

const budgets = [resource('poddisruptionbudgets', 'PodDisruptionBudget')];
const file = (snapshot: Snapshot, takenAt = Date.now()): string =>
  encodeSnapshot({ cluster: 'production', snapshot: { ...snapshot, takenAt } });
const plain = file(snapshotOf({ v1: [] }, { version: 'v1.33.1' }));

test('docs/snapshots.md', async () => {
  const said = await Promise.all([
    told(
      { 'snapshots/production.json': file(snapshotOf({}, { gaps: [versionGap('metrics.k8s.io/v1beta1')] })) },
      { snapshots: 'snapshots/*.json', require: 'metrics.k8s.io/v1beta1' },
    ),
    told(
      { 'snapshots/production.json': file(snapshotOf({}), Date.now() - 240 * HOUR) },
      { snapshots: 'snapshots/*.json', 'snapshot-max-age': '168h' },
    ),
    told({ 'snapshots/a.json': plain.replace('"version": 1', '"version": 2') }, { snapshots: 'snapshots/*.json' }),
    told({ 'snapshots/old.json': plain, 'snapshots/p.json': plain }, { snapshots: 'snapshots/*.json' }),
    told({}, { snapshots: 'snapshots/*.json' }),
  ]);
  const lines = quoted('snapshots.md');
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => !said.join('\n').includes(line))).toEqual([]);
  for (const name of ['production', 'arn:aws:eks:eu-west-1:123:cluster/prod']) {
    expect(page('snapshots.md')).toContain(`\`${snapshotFileName(name)}\``);
  }
});

test('docs/fleets.md', async () => {
  const job = jsonReport(verdict({ clusters: [clusterVerdict({ cluster: 'staging' })] }));
  const halted = jsonReport(
    verdict({ outcome: 'invalid-input', clusters: [], error: new GateError('invalid-input', 'x', 'No such context.') }),
  );
  const said = await told(
    {
      'reports/a/report.json': job,
      'reports/b/report.json': job,
      'reports/c/report.json': job.replace(/"version": \d+/, '"version": 9'),
      'reports/d/report.json': job.replace('"cluster": "staging"', '"cluster": "x", "surprise": 1'),
      'reports/e/report.json': halted,
    },
    { require: '', reports: 'reports/**/report.json', 'expect-clusters': 'production-us' },
  );
  const lines = quoted('fleets.md');
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => !said.includes(line))).toEqual([]);
});

test('docs/drift.md', async () => {
  const earlier = file(snapshotOf({ 'policy/v1beta1': budgets }, { version: 'v1.24.1' }), Date.UTC(2026, 0, 1));
  const later = file(snapshotOf({}, { version: 'v1.25.0' }));
  const manifest = 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n';
  const files = { 'old.json': earlier, 'new.json': later, 'deploy/web.yaml': manifest };
  const said = await told(files, {
    require: '',
    snapshots: 'new.json',
    compare: 'old.json',
    manifests: 'deploy/*.yaml',
  });
  expect(quoted('drift.md').filter((line) => !said.split('\n').includes(line))).toEqual([]);
  const output = { workingDirectory: temporaryFolder(files), line: () => undefined, note: () => undefined };
  expect(runDiff(['old.json', 'new.json'], output)).toBe(1);
});

test('docs/forecast.md', async () => {
  const said = await Promise.all(
    ['1.99', '1.20'].map((target) => told({ 'a.json': plain }, { snapshots: 'a.json', 'target-version': target })),
  );
  expect(quoted('forecast.md').filter((line) => !said.join('\n').includes(line))).toEqual([]);
});

test('the pages name inputs that exist', () => {
  const names = new Set<string>(INPUTS.map(({ name }) => name));
  for (const name of ['snapshots.md', 'fleets.md', 'drift.md', 'forecast.md']) {
    const given = [...page(name).matchAll(/kube-api-gate@<full commit SHA>\n +with:\n((?: {4,}.*\n)+)/g)].flatMap(
      ([, block = '']) => [...block.matchAll(/^ {4}(?: {6})?([a-z][a-z-]*):/gm)].map(([, input = '']) => input),
    );
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((input) => !names.has(input))).toEqual([]);
  }
});
