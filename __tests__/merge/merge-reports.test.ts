import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeReports } from '../../src/merge/merge-reports.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { jsonReport } from '../../src/report/json.ts';
import { clusterVerdict, verdict } from '../helpers/sample-verdict.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

async function merged(...jobs: readonly { readonly repository?: string; readonly verdict: Verdict }[]) {
  const folder = temporaryFolder();
  const files = jobs.map((job, index) => {
    const file = `${index}.json`;
    writeFileSync(join(folder, file), jsonReport(job.verdict, job));
    return { path: join(folder, file), file };
  });
  return mergeReports(files, 'shop/gate');
}

const lost = (api: string, text: string) =>
  ({
    kind: 'lost',
    what: 'group-version',
    api,
    from: 'A',
    neededBy: [{ text, place: { kind: 'input', input: 'require', line: 1 } }],
  }) as const;

test('of one cluster in several repositories: capabilities that all saw, the oldest answer, the drift of each once', async () => {
  const job = (over: Parameters<typeof clusterVerdict>[0]) => verdict({ clusters: [clusterVerdict(over)] });
  const { clusters } = await merged(
    {
      repository: 'shop/a',
      verdict: job({
        capabilities: ['v1', 'a/v1'],
        ageMs: 1000,
        drift: { since: 5000, changes: [lost('a/v1', 'a/v1')], unknown: ['m/v1'], fails: false },
      }),
    },
    {
      repository: 'shop/b',
      verdict: job({
        capabilities: ['v1', 'b/v1'],
        ageMs: 9000,
        drift: { since: 2000, changes: [lost('a/v1', 'a/v1/A')], unknown: ['m/v1'], fails: false },
      }),
    },
  );
  expect(clusters).toMatchObject([
    {
      cluster: 'prod',
      capabilities: ['v1'],
      ageMs: 9000,
      drift: {
        since: 2000,
        unknown: ['m/v1'],
        changes: [{ api: 'a/v1', neededBy: [{ text: 'a/v1' }, { text: 'a/v1/A' }] }],
      },
    },
  ]);
  expect(clusters[0]?.drift?.changes).toHaveLength(1);
});

test('one repository could not ask the cluster that another judged: both are said, with their names', async () => {
  const { GateError } = await import('../../src/model/errors.ts');
  const denied = verdict({
    outcome: 'denied',
    clusters: [clusterVerdict({ outcome: 'denied', findings: [], error: new GateError('denied', 'x', 'Refused.') })],
  });
  const { clusters, outcomes } = await merged(
    { repository: 'shop/a', verdict: verdict() },
    { repository: 'shop/b', verdict: denied },
  );
  expect(clusters.map(({ cluster, outcome }) => [cluster, outcome])).toEqual([
    ['prod', 'compatible'],
    ['prod (shop/b)', 'denied'],
  ]);
  expect(outcomes).toEqual(['compatible', 'denied']);
});

test('objects that are not judged: of one repository the most that a job counted, of several the sum', async () => {
  const counting = (name: string, number: number) =>
    verdict({ clusters: [clusterVerdict({ cluster: name })], notJudged: { 'v1 List': number } });
  const { notJudged } = await merged(
    { repository: 'shop/a', verdict: counting('x', 2) },
    { repository: 'shop/a', verdict: counting('y', 3) },
    { repository: 'shop/b', verdict: counting('x', 10) },
  );
  expect(notJudged).toEqual({ 'v1 List': 13 });
});

test('more files than anybody has on purpose are refused, unread', async () => {
  const files = Array.from({ length: 2001 }, () => ({ path: '/nonexistent', file: 'x' }));
  const { problems } = mergeReports(files, undefined);
  expect(problems.map(({ message }) => message)).toEqual(['It names 2001 files; at most 2000 are merged.']);
});
