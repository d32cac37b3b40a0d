import { GateError } from '../model/errors.ts';
import type { ClusterVerdict, Warning } from '../model/verdict.ts';

export interface ExpectedClusters {
  /** A verdict for each cluster that was expected and is not among those judged. */
  readonly absent: readonly ClusterVerdict[];
  /** Clusters that nobody expected. */
  readonly warnings: readonly Warning[];
}

/** Holds clusters to the list of `expect-clusters`; an empty list expects nothing. */
export function expectedClusters(
  expected: readonly string[],
  judged: readonly Pick<ClusterVerdict, 'cluster'>[],
): ExpectedClusters {
  if (expected.length === 0) return { absent: [], warnings: [] };
  const known = new Set(judged.map(({ cluster }) => cluster));
  const surplus = [...known].filter((cluster) => !expected.includes(cluster));
  return {
    absent: expected.filter((cluster) => !known.has(cluster)).map(absentVerdict),
    warnings: surplus.map((cluster) => ({
      message: `${cluster} was judged, and \`expect-clusters\` does not list it.`,
    })),
  };
}

function absentVerdict(cluster: string): ClusterVerdict {
  const error = new GateError(
    'undetermined',
    'cluster-not-reported',
    `Nothing was reported of ${cluster}, which \`expect-clusters\` lists.`,
    {
      hint: 'Look at the log of the job that judges it: it may have failed before it wrote its report, been cancelled, or never started. The names in both places must be the same.',
    },
  );
  return {
    cluster,
    outcome: error.outcome,
    findings: [],
    warnings: [],
    cache: 'off',
    capabilities: [],
    error,
  };
}
