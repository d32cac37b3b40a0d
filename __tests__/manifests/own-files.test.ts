import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entriesOf, formatBaseline } from '../../src/acceptances/baseline.ts';
import { encodeEntry } from '../../src/cache/entry.ts';
import { readManifests } from '../../src/manifests/manifests.ts';
import { reportFiles } from '../../src/report/reports.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { finding, greenVerdict, haltedVerdict, inFile, requirement, variedVerdict } from '../helpers/sample-verdict.ts';
import { snapshotOf } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const missing = finding({ met: 'no', fails: true, requirement: requirement('v1/Pod', inFile('a.yaml', 1, 'web')) });
const baseline = formatBaseline(entriesOf([missing], ['missing']));
const EXEMPTIONS =
  '- requirement: v1/Pod\n  reason: Old.\n- requirement: v1/Node\n  reason: Older.\n  accepts: missing\n';
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n';

async function read(files: Readonly<Record<string, string | Uint8Array>>, pattern = '**/*.*') {
  const folder = temporaryFolder({ 'web.yaml': POD });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const { requirements, problems, warnings, notJudged } = await readManifests({
    patterns: [pattern],
    allowUnparsable: [],
    workingDirectory: folder,
    repositoryRoot: folder,
  });
  return { needed: requirements.map(({ text }) => text), problems, warnings, notJudged };
}

function reportOf(name: string, verdict = variedVerdict()): string {
  return [...(reportFiles(verdict).find((file) => file.name === name)?.text ?? '')].join('');
}

describe('files of the action itself are left out and counted', () => {
  test.each([
    ['report.json', { 'report.json': reportOf('report.json') }, 'kube-api-gate report.json'],
    ['one of a green run', { 'r.json': reportOf('report.json', greenVerdict()) }, 'kube-api-gate report.json'],
    [
      'one of a run that was halted',
      { 'r.json': reportOf('report.json', haltedVerdict()) },
      'kube-api-gate report.json',
    ],
    ['one by another name', { 'last-night.yaml': reportOf('report.json') }, 'kube-api-gate report.json'],
    ['junit.xml', { 'junit.xml': reportOf('junit.xml') }, 'kube-api-gate junit.xml'],
    ['report.sarif', { 'report.sarif': reportOf('report.sarif') }, 'kube-api-gate report.sarif'],
    ['the same as JSON', { 'sarif.json': reportOf('report.sarif') }, 'kube-api-gate report.sarif'],
    ['a baseline', { 'baseline.json': baseline }, 'kube-api-gate baseline'],
    ['an old baseline', { 'b.json': baseline.replace('missing', 'not-met') }, 'kube-api-gate baseline'],
    ['an empty baseline', { 'baseline.json': formatBaseline([]) }, 'kube-api-gate baseline'],
    [
      'a baseline in YAML',
      { 'b.yaml': 'version: 1\nfindings:\n- {cluster: a, input: require, requirement: v1, failure: missing}\n' },
      'kube-api-gate baseline',
    ],
    ['exemptions', { 'exemptions.yaml': EXEMPTIONS }, 'kube-api-gate exemptions'],
    [
      'a snapshot in a file',
      { 'snapshot.json': encodeSnapshot({ cluster: 'a', snapshot: snapshotOf({ v1: [] }) }) },
      'kube-api-gate snapshot',
    ],
    [
      'a snapshot of the cache',
      { 'snapshot.json': encodeEntry({ identity: 'a', snapshot: snapshotOf({ v1: [] }) }) },
      'kube-api-gate snapshot',
    ],
  ])('%s', async (_, files, name) => {
    expect(await read(files)).toEqual({ needed: ['v1/Pod'], problems: [], warnings: [], notJudged: { [name]: 1 } });
  });
});

describe('and nothing else is', () => {
  const made = { apiVersion: 'v1', kind: 'Nope' };
  test.each([
    ['a manifest with the fields of a report', { ...made, ...JSON.parse(reportOf('report.json')) }],
    [
      'a manifest with the fields of a snapshot',
      { ...JSON.parse(encodeSnapshot({ cluster: 'a', snapshot: snapshotOf({}) })), ...made },
    ],
    ['a manifest with the fields of a baseline', { ...made, ...JSON.parse(baseline) }],
    ['a manifest with the fields of a SARIF file', { ...made, ...JSON.parse(reportOf('report.sarif')) }],
  ])('%s', async (_, document) => {
    expect((await read({ 'a.json': JSON.stringify(document) })).needed).toEqual(['v1/Nope', 'v1/Pod']);
  });

  test.each([
    ['a SARIF file of another tool', '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"other"}}}]}'],
    ['a SARIF file of several tools', '{"runs":[{"tool":{"driver":{"name":"kube-api-gate"}}},{"tool":{}}]}'],
    ['a report of another tool', '{"version":1,"outcome":"passed","clusters":[],"problems":[]}'],
    ['findings of another tool', '{"version":1,"findings":[{"rule":"x"}]}'],
    ['a list of other things', '- requirement: v1\n  priority: high\n'],
    ['a list of which one is no exemption', `${EXEMPTIONS}- apiVersion: v1\n  kind: Pod\n`],
    ['an exemption that is also an object', '- requirement: v1\n  reason: x\n  kind: Pod\n  apiVersion: v1\n'],
    ['an empty list', '[]'],
    ['half a report', '{"version":1,"outcome":"compatible"}'],
  ])('%s', async (_, text) => {
    const { problems, notJudged } = await read({ 'a.yaml': text });
    expect(problems).toHaveLength(1);
    expect(notJudged).toEqual({});
  });

  test('a document beside a baseline in one file', async () => {
    const { needed, notJudged } = await read({ 'a.yaml': `${baseline}---\n${POD}` });
    expect(needed).toEqual(['v1/Pod', 'v1/Pod']);
    expect(notJudged).toEqual({ 'kube-api-gate baseline': 1 });
  });
});
