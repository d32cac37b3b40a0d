import type { ClusterSource } from '../model/cluster.ts';
import { significantLines } from '../model/lines.ts';
import { readPatternLine } from '../model/pattern-line.ts';
import type { Problem } from '../model/place.ts';
import type { FailOn } from '../model/verdict.ts';
import { clusterNamesOf, clustersOf } from './cluster-inputs.ts';
import { failOnOf } from './fail-on.ts';
import { distinct, type InputReader, type Inputs, oneOf, openInputs, shown, singleLine, truth } from './input-text.ts';
import { type FileSettings, fileSettingsOf, folderOf, isLive } from './snapshot-inputs.ts';
import { targetVersionOf } from './target-version.ts';
import { durationOf, TIMEOUT_LIMITS, TTL_LIMITS, WAIT_LIMITS } from './time-inputs.ts';
import { unknownInputs } from './unknown-inputs.ts';

export { INPUTS, type InputDescription, OUTPUTS, type OutputDescription } from './action-interface.ts';
export type { InputReader } from './input-text.ts';

export interface CacheSettings {
  readonly mode: 'auto' | 'refresh' | 'only' | 'off';
  readonly ttlMs: number;
}

/** Everything that the workflow asks for, checked as far as text alone can be. */
export interface Settings extends FileSettings {
  /** As it stands: its lines are counted when it is parsed. */
  readonly require: string;
  /** A semver range, not parsed yet either; `''` for any version. */
  readonly serverVersion: string;
  /** As it stands, too. */
  readonly provides: string;
  /** Globs. */
  readonly manifests: readonly string[];
  readonly allowUnparsable: readonly string[];
  /** What becomes of fields that the cluster does not know or does not take. */
  readonly fields: 'off' | 'warn' | 'fail';
  /** For example `1.36.0`. */
  readonly targetVersion?: string | undefined;
  /** Empty when only files are judged. */
  readonly clusters: readonly ClusterSource[];
  /** Given only when there is one cluster. */
  readonly clusterName?: string | undefined;
  /** Several clusters of `cache: only`, known by name alone; empty otherwise. */
  readonly cachedClusters: readonly string[];
  readonly cache: CacheSettings;
  readonly kubectlCache: 'off' | 'use' | 'write';
  readonly timeoutMs: number;
  readonly waitMs: number;
  /** Empty when nothing but an error fails the job. */
  readonly failOn: readonly FailOn[];
  readonly exemptions?: string | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline: boolean;
  readonly reportDirectory?: string | undefined;
  /** The token to keep a comment with; absent where none is wanted. */
  readonly commentToken?: string | undefined;
}

/** All inputs, read once. Where there are problems, `settings` has a default in place of each input at fault. */
export interface SettingsReading {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
}

/**
 * Reads all inputs; whatever is wrong with any of them comes back together.
 *
 * @param read gives an input as it stands, not trimmed: lines are counted in it
 * @param names the names of all inputs that are given, in any case: one that the action does not know is a problem
 */
export function readSettings(read: InputReader, names: readonly string[] = []): SettingsReading {
  const inputs = openInputs(read);
  const unknown = unknownInputs(names);
  const targetVersion = targetVersionOf(inputs);
  const live = isLive(inputs);
  const clusterNames = live ? clusterNamesOf(inputs) : [];
  const exemptions = singleLine(inputs, 'exemptions');
  const baseline = singleLine(inputs, 'baseline');
  const reportDirectory = folderOf(inputs, 'report-directory');
  const settings: Settings = {
    require: inputs.raw('require'),
    provides: inputs.raw('provides'),
    manifests: distinct(significantLines(inputs.raw('manifests'))),
    allowUnparsable: distinct(significantLines(inputs.raw('allow-unparsable'))),
    serverVersion: inputs.text('server-version'),
    fields: oneOf(inputs, 'fields', ['off', 'warn', 'fail'], {
      true: 'fail',
      on: 'fail',
      false: 'off',
      no: 'off',
      none: 'off',
    }),
    targetVersion,
    clusters: live ? clustersOf(inputs) : [],
    clusterName: clusterNames.length > 1 ? undefined : clusterNames[0],
    cachedClusters: clusterNames.length > 1 ? clusterNames : [],
    ...fileSettingsOf(inputs),
    cache: cacheOf(inputs),
    kubectlCache: oneOf(inputs, 'kubectl-cache', ['off', 'use', 'write'], {
      true: 'write',
      on: 'write',
      false: 'off',
      no: 'off',
    }),
    timeoutMs: durationOf(inputs, 'timeout', TIMEOUT_LIMITS),
    waitMs: durationOf(inputs, 'wait', WAIT_LIMITS),
    failOn: failOnOf(inputs),
    exemptions,
    baseline,
    updateBaseline: truth(inputs, 'update-baseline'),
    reportDirectory,
    commentToken: commentTokenOf(inputs),
  };
  checkTogether(inputs, settings);
  return { settings, problems: [...unknown, ...inputs.problems] };
}

function commentTokenOf(inputs: Inputs): string | undefined {
  const token = inputs.text('github-token');
  if (!truth(inputs, 'comment')) return undefined;
  if (token !== '') return token;
  inputs.refuse('github-token', 'comment needs a token, and this one is empty.', {
    hint: 'Leave github-token out: the default is the token of the job.',
  });
  return undefined;
}

function cacheOf(inputs: Inputs): CacheSettings {
  const meant = { true: 'auto', on: 'auto', false: 'off', no: 'off', none: 'off' } as const;
  return {
    mode: oneOf(inputs, 'cache', ['auto', 'refresh', 'only', 'off'], meant),
    ttlMs: durationOf(inputs, 'cache-ttl', TTL_LIMITS),
  };
}

/** What each input allows and their combination does not. */
function checkTogether(inputs: Inputs, settings: Settings): void {
  const { manifests, allowUnparsable, clusters, cache, waitMs, failOn, updateBaseline, baseline } = settings;
  if (manifests.length > 0 && manifests.every((line) => readPatternLine(line).excludes)) {
    inputs.refuse('manifests', 'It only excludes, so no file would be read.', {
      hint: 'Say first what to read, for example deploy/**/*.yaml.',
    });
  }
  const namesCluster = (['cluster', 'kubeconfig', 'context', 'server'] as const).some(inputs.given);
  if (cache.mode === 'only' && !namesCluster && settings.kubectlCache !== 'use' && clusters.length > 0) {
    inputs.refuse('cache', 'only reads what another job saved, and nothing says of which cluster.', {
      hint: 'Give cluster, with the same name as in the job that saves; or kubeconfig or server.',
    });
  }
  const exclusion = allowUnparsable.find((line) => readPatternLine(line).excludes);
  if (exclusion !== undefined) {
    inputs.refuse('allow-unparsable', `${shown(exclusion)} begins with !, and no pattern excludes here.`, {
      hint: 'Name the files that may fail to parse, and no others.',
    });
  }
  const ttlRefused = inputs.problems.some(({ place }) => place.kind === 'input' && place.input === 'cache-ttl');
  if (cache.mode === 'only' && cache.ttlMs === 0 && !ttlRefused) {
    inputs.refuse('cache-ttl', 'No answer is younger than 0s, and cache: only never asks for one.', {
      hint: 'Give the cache-ttl of the job that saves, for example 6h.',
    });
  }
  if (cache.mode === 'only' && waitMs > 0) {
    inputs.refuse('wait', 'It asks the cluster again, and cache: only never contacts it.', {
      hint: 'Leave wait out, or set cache to auto.',
    });
  }
  if (cache.mode === 'only' && updateBaseline) {
    inputs.refuse(
      'update-baseline',
      'What fails is asked of the cluster before it is recorded, and cache: only never contacts it.',
      {
        hint: 'Set cache to auto or refresh in the job that writes the baseline.',
      },
    );
  }
  if (clusters.length === 0 && waitMs > 0) {
    inputs.refuse('wait', 'It asks a cluster again, and no cluster is asked.', { hint: 'Leave wait out.' });
  }
  if (failOn.includes('drift') && settings.compare.length === 0 && settings.reports.length === 0) {
    inputs.refuse('fail-on', 'drift needs earlier snapshots to compare with, and none are given.', {
      hint: 'Give compare, for example snapshots/*.json.',
    });
  }
  if (failOn.includes('removed-by-target') && !inputs.given('target-version') && settings.reports.length === 0) {
    inputs.refuse('fail-on', 'removed-by-target needs a target-version, and none is given.', {
      hint: 'Give target-version, for example 1.38.',
    });
  }
  if (updateBaseline && baseline === undefined) {
    inputs.refuse('update-baseline', 'There is no baseline to write.', {
      hint: 'Give baseline, the path of its file.',
    });
  }
}
