import type { Found } from '../cache/snapshot-cache.ts';
import { ACTION_REFERENCE } from '../model/action-reference.ts';
import { formatDuration } from '../model/duration.ts';
import { GateError } from '../model/errors.ts';
import type { Warning } from '../model/verdict.ts';

/** In `only` mode, what a verdict by cached data that leaves something unmet has to say of itself. */
export function mayHaveChanged(cluster: string, ageMs: number): Warning {
  return {
    message: `Judged by what ${cluster} served ${formatDuration(ageMs)} ago, as \`cache: only\` asks. If the cluster has changed since, run the workflow that seeds the cache, then this job again.`,
  };
}

/** In `only` mode, the end of a run that finds no young snapshot; its hint is the workflow that provides one. */
export function nothingCached(
  { name, named }: { readonly name: string /** Whether `cluster` gives the name. */; readonly named: boolean },
  ttlMs: number,
  found: Found | undefined,
): GateError {
  const reason =
    found?.kind === 'stale'
      ? `the one there is ${formatDuration(found.ageMs)} old`
      : found?.kind === 'none'
        ? found.reason
        : 'there is none';
  return new GateError(
    'undetermined',
    'nothing-cached',
    `No snapshot of ${name} younger than ${formatDuration(ttlMs)} is in the cache (${reason}), and \`cache: only\` forbids asking the cluster.`,
    {
      hint: `Seed the cache from a job on the default branch that may reach the cluster:\n\n${seedingWorkflow(named ? name : undefined, ttlMs)}`,
    },
  );
}

/**
 * A workflow whose entries every pull request's jobs, forks included, can read.
 *
 * @param cluster the input `cluster` of the job that looks for them: it is part of their key, and so is its absence
 */
export function seedingWorkflow(cluster: string | undefined, ttlMs: number): string {
  const minutes = Math.min(30, Math.max(5, Math.floor(ttlMs / 120_000)));
  return `on:
  schedule:
    - cron: '*/${minutes} * * * *'
jobs:
  seed:
    runs-on: ubuntu-latest
    steps:
      - uses: ${ACTION_REFERENCE}
        with:
          require: v1
${cluster === undefined ? '' : `          cluster: ${cluster}\n`}          cache: refresh
          cache-ttl: ${ttlMs / 1000}s # the same in both jobs; GitHub may start a schedule late, so leave room
          kubeconfig: \${{ secrets.KUBECONFIG }}
`;
}
