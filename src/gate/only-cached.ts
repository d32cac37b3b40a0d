import type { Found } from '../cache/snapshot-cache.ts';
import { ACTION_REFERENCE } from '../model/action-reference.ts';
import { formatDuration } from '../model/duration.ts';
import { GateError } from '../model/errors.ts';
import type { Warning } from '../model/verdict.ts';

/** In `only` mode, what a verdict by cached data says when requirements are not met. */
export function mayHaveChanged(cluster: string, ageMs: number): Warning {
  return {
    message: `Judged by what ${cluster} served ${formatDuration(ageMs)} ago, as \`cache: only\` asks. If the cluster has changed since, run the workflow that seeds the cache, then this job again.`,
  };
}

/** What a `refresh` has to say that saved nothing: the jobs that count on it will find an older answer, or none. */
export function nothingSaved(cluster: string, reason: string): Warning {
  return {
    message: `What ${cluster} serves was not saved, because ${reason}. Jobs with \`cache: only\` go on with an older answer, and end undetermined when it is too old.`,
  };
}

interface Sought {
  readonly name: string;
  /** Whether `cluster` gives the name. */
  readonly named: boolean;
}

/** In `only` mode, the end of a run that finds no young snapshot; its hint says what would help. */
export function nothingCached(sought: Sought, ttlMs: number, found: Exclude<Found, { kind: 'fresh' }>): GateError {
  const { name } = sought;
  const reason = found.kind === 'stale' ? `the one there is ${formatDuration(found.ageMs)} old` : found.reason;
  return new GateError(
    'undetermined',
    'nothing-cached',
    `No snapshot of ${name} younger than ${formatDuration(ttlMs)} is in the cache (${reason}), and \`cache: only\` forbids asking the cluster.`,
    { hint: adviceOn(sought, ttlMs, found) },
  );
}

/** A seed that ran and one that did not look the same from here, unless it left something behind. */
function adviceOn({ name, named }: Sought, ttlMs: number, found: Exclude<Found, { kind: 'fresh' }>): string {
  const seed = `seed the cache from a job on the default branch that may reach the cluster:\n\n${seedingWorkflow(named ? name : undefined, ttlMs)}`;
  const perhaps =
    'If a job that seeds the cache is there, it did not run, or it ran and saved nothing: its log and its summary say so. If not,';
  if (found.kind === 'stale') {
    return `Since then the job that seeds the cache has not run, or it ran and saved nothing: its log and its summary say so. Run it again. If there is no such job, ${seed}`;
  }
  switch (found.why) {
    case 'no-service':
      return 'No job that runs where this one does can save or find anything. Give this job a cache service (act: `--cache-server-path`; GitHub Enterprise Server: an administrator enables it), or let it ask the cluster with `cache: auto` and credentials.';
    case 'kubectl':
      return "Fill kubectl's cache, for example by `kubectl api-resources` with the same context, or let this run ask the cluster, without `cache: only`.";
    case 'trouble':
      return 'Whether it was saved is not known, as the cache could not be read. Run the job again.';
    case 'other-server':
      return `Each cluster needs a name of its own: give this one another \`cluster\` than the job that saved the entry, or check that \`kubeconfig\`, \`context\` or \`server\` names the cluster that is meant.`;
    case 'unusable':
      return `Something else than a usable snapshot was saved under the name. To replace it, ${seed}`;
    case undefined:
      return `${perhaps} ${seed}`;
  }
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
${cluster === undefined ? '' : `          context: ${cluster} # the context of this cluster in the kubeconfig\n`}`;
}
