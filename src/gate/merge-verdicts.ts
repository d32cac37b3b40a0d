import type { Settings } from '../inputs/settings.ts';
import type { Verdict } from '../model/verdict.ts';
import { expectedClusters } from './expected-clusters.ts';
import type { World } from './world.ts';

/** Merges the reports of other jobs into one verdict. Nothing is judged here, and nobody is asked. */
export async function mergeVerdicts({ reports, expectClusters }: Settings, world: World): Promise<Verdict> {
  const [{ findFiles }, { mergeReports }, { combine }] = await Promise.all([
    import('../manifests/find-files.ts'),
    import('../merge/merge-reports.ts'),
    import('../verdict/judge.ts'),
  ]);
  const { workingDirectory, variables } = world.environment;
  const found = await findFiles(reports, {
    workingDirectory,
    repositoryRoot: world.repositoryRoot,
    input: 'reports',
  });
  const { outcomes, clusters, problems, warnings, notJudged } = mergeReports(
    found.files,
    variables['GITHUB_REPOSITORY'] || undefined,
  );
  const expected = expectedClusters(expectClusters, clusters);
  const all = [...found.problems, ...problems];
  return {
    outcome: combine([
      ...outcomes,
      ...clusters.map(({ outcome }) => outcome),
      ...expected.absent.map(({ outcome }) => outcome),
      ...(all.length === 0 ? [] : ['invalid-input' as const]),
    ]),
    clusters: [...clusters, ...expected.absent],
    problems: all,
    warnings: [...warnings, ...expected.warnings],
    merged: true,
    notJudged,
  };
}
