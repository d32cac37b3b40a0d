import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { type Acceptances, readAcceptances } from '../src/acceptances/acceptances.ts';
import { entriesOf, formatBaseline } from '../src/acceptances/baseline.ts';
import { parseExemptions } from '../src/acceptances/exemptions.ts';
import { INPUTS, OUTPUTS } from '../src/inputs/settings.ts';
import { GateError } from '../src/model/errors.ts';
import { formatPlace } from '../src/model/place.ts';
import type { ClusterVerdict } from '../src/model/verdict.ts';
import { annotationsOf } from '../src/report/annotations.ts';
import { closingLine, consoleSections } from '../src/report/console.ts';
import { jsonReport } from '../src/report/json.ts';
import { junitReport } from '../src/report/junit.ts';
import { outputsOf } from '../src/report/outputs.ts';
import { sarifReport } from '../src/report/sarif.ts';
import { clusterVerdict, finding, greenVerdict, inFile, requirement, variedVerdict } from './helpers/sample-verdict.ts';
import { faultsBySchema } from './helpers/schemas.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

/**
 * The examples in docs/reports.md and docs/exemptions.md are what the code prints.
 * `npx vitest run __tests__/report-pages.test.ts -u` writes them anew.
 */
const docs = resolve(import.meta.dirname, '..', 'docs');

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function log(): string {
  const verdict = variedVerdict();
  const sections = consoleSections(verdict).map(({ title, quiet, lines }) =>
    [quiet ? `▶ ${title}` : title, ...lines.map((line) => (quiet ? `  ${line}` : line))].join('\n'),
  );
  return [...sections, closingLine(verdict)].join('\n');
}

function annotations(): string {
  return annotationsOf(variedVerdict())
    .slice(0, 4)
    .map(({ level, title, message, file, line }) =>
      [`${level} at ${file === undefined ? 'the run' : `${file}:${line}`}`, title, message]
        .join('\n')
        .replaceAll('\n', '\n  '),
    )
    .join('\n');
}

function outputs(): string {
  const values: Readonly<Record<string, string>> = {
    ...outputsOf(variedVerdict()),
    report: '/home/runner/work/shop/shop/kube-api-gate/report.json',
  };
  const shown = (name: string): string => (values[name] ?? '').replaceAll('\n', '<br>');
  return [
    '| output | meaning | for example |',
    '| --- | --- | --- |',
    ...OUTPUTS.map(({ name, description }) => `| \`${name}\` | ${description} | \`${shown(name)}\` |`),
  ].join('\n');
}

function rules(): string {
  const { runs } = JSON.parse(sarifReport(greenVerdict())) as {
    runs: readonly { tool: { driver: { rules: readonly { id: string; fullDescription: { text: string } }[] } } }[];
  };
  const all = runs[0]?.tool.driver.rules ?? [];
  return [
    '| rule | meaning |',
    '| --- | --- |',
    ...all.map(({ id, fullDescription }) => `| \`${id}\` | ${fullDescription.text} |`),
  ].join('\n');
}

function oneFinding(): string {
  const [, indent = '', record = ''] = /"findings": \[\n( +)(\{[\s\S]*?\n\1\})/.exec(jsonReport(variedVerdict())) ?? [];
  return record.replaceAll(`\n${indent}`, '\n');
}

const EXEMPTION = /<!-- exemptions -->\n```yaml\n([\s\S]*?)```/;

async function acceptancesOf(text: string, now: string): Promise<Acceptances> {
  const folder = temporaryFolder({ 'gate/exemptions.yaml': text });
  return readAcceptances({
    exemptions: join(folder, 'gate', 'exemptions.yaml'),
    updateBaseline: false,
    failOn: ['missing', 'unknown'],
    workingDirectory: folder,
    repositoryRoot: folder,
    now: Date.parse(now),
  });
}

const budget = finding({
  cluster: 'staging',
  met: 'no',
  fails: true,
  requirement: requirement('policy/v1beta1/PodDisruptionBudget', inFile('deploy/legacy/budget.yaml', 1, 'db')),
});

async function reviewed(page: string, now: string, clusters: readonly ClusterVerdict[]): Promise<string> {
  const acceptances = await acceptancesOf(EXEMPTION.exec(page)?.[1] ?? '', now);
  const { problems, warnings } = acceptances.review(clusters);
  return [...problems, ...warnings]
    .slice(0, 1)
    .map(({ place, message }) => `> ${place === undefined ? '' : `${formatPlace(place)}: `}${message}`)
    .join('\n');
}

async function nearly(): Promise<string> {
  const text = '- requirement: policy/v1beta1/PodDisruptionBudget\n  accepts: deprecated\n  reason: Old.\n';
  return `> ${(await acceptancesOf(text, '2026-06-01')).nearly(budget)}`;
}

async function faults(): Promise<string> {
  const text = '- requirement: policy/v1beta1/PodDisruptionBudget\n  expire: 2026-12-31\n';
  const thrown = await acceptancesOf(text, '2026-01-01').catch((error: unknown) => error);
  if (!(thrown instanceof GateError)) throw new TypeError('these exemptions should not do');
  return thrown.problems
    .map(({ place, message, hint }) => `> ${formatPlace(place)}: ${message}${hint === undefined ? '' : ` ${hint}`}`)
    .join('\n>\n');
}

const EXAMPLES: Readonly<Record<string, (page: string) => string | Promise<string>>> = {
  log: () => fenced('text', log()),
  annotations: () => fenced('text', annotations()),
  outputs,
  rules,
  report: () => fenced('json', oneFinding()),
  junit: () => fenced('xml', junitReport(greenVerdict())),
  expired: (page) => reviewed(page, '2027-01-01', [clusterVerdict({ cluster: 'staging', findings: [budget] })]),
  unused: (page) => reviewed(page, '2026-06-01', [clusterVerdict({ cluster: 'staging', findings: [finding()] })]),
  nearly,
  faults,
  baseline: () =>
    fenced(
      'json',
      formatBaseline(
        entriesOf(
          [
            budget,
            finding({ cluster: 'staging', text: 'batch/v1beta1', lifecycle: [{ kind: 'deprecated', message: '' }] }),
          ],
          ['missing', 'deprecated'],
        ),
      ),
    ),
};

async function written(page: string): Promise<string> {
  const parts = page.split(/(<!-- example: \w+ -->\n)[\s\S]*?(<!-- \/example -->)/);
  const out: string[] = [];
  for (const part of parts) {
    const name = /^<!-- example: (\w+) -->\n$/.exec(part)?.[1];
    out.push(part);
    if (name === undefined) continue;
    const example = EXAMPLES[name];
    if (example === undefined) throw new Error(`no example is called ${name}`);
    out.push(`${await example(page)}\n`);
  }
  return out.join('');
}

describe.each(['reports.md', 'exemptions.md'])('docs/%s', (name) => {
  const path = join(docs, name);
  const page = readFileSync(path, 'utf8');

  test('shows what the code prints', async () => {
    await expect(await written(page)).toMatchFileSnapshot(path);
  });

  test('its steps use inputs and outputs that there are', () => {
    const steps = [...page.matchAll(/^```yaml\n(- [\s\S]*?)```/gm)].flatMap(
      ([, text = '']) => load(text) as Record<string, unknown>[],
    );
    const own = steps.filter(({ uses }) => String(uses).startsWith('kube-api-gate/'));
    expect(own.length).toBeGreaterThan(0);
    const inputs = own.flatMap((step) => Object.keys(step['with'] as object));
    expect(inputs.filter((input) => !INPUTS.some((known) => known.name === input))).toEqual([]);
    const used = [...page.matchAll(/steps\.gate\.outputs\.([\w-]+)/g)].map(([, output]) => output);
    expect(used.filter((output) => !OUTPUTS.some((known) => known.name === output))).toEqual([]);
  });
});

test('the exemptions in docs/exemptions.md do, and are valid by their schema', async () => {
  const text = EXEMPTION.exec(readFileSync(join(docs, 'exemptions.md'), 'utf8'))?.[1] ?? '';
  expect((await parseExemptions(text, 'e.yaml')).problems).toEqual([]);
  expect(faultsBySchema('exemptions', load(text))).toEqual([]);
});
