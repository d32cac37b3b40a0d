import { significantLines } from '../model/lines.ts';
import { readPatternLine } from '../model/pattern-line.ts';
import { DEFAULTS, type InputName } from './action-interface.ts';
import { distinct, type Inputs, shown, singleLine } from './input-text.ts';
import { durationOf } from './time-inputs.ts';

/** Snapshots and reports as files: what is judged in place of a cluster, compared, written, or merged. */
export interface FileSettings {
  /** Globs, as are `compare` and `reports`. */
  readonly snapshots: readonly string[];
  /** Absent: a file may be of any age. */
  readonly snapshotMaxAgeMs?: number | undefined;
  /** A folder; absent: nothing is written. */
  readonly saveSnapshots?: string | undefined;
  readonly compare: readonly string[];
  /** Nothing but these is judged, when there are any. */
  readonly reports: readonly string[];
  /** Names of clusters that must be judged. */
  readonly expectClusters: readonly string[];
}

/** What says which cluster to ask. Where none of these is given, `snapshots` stand for all clusters. */
const NAMING_A_LIVE_CLUSTER: readonly InputName[] = [
  'kubeconfig',
  'context',
  'server',
  'certificate-authority-data',
  'token',
  'oidc-audience',
  'expect-server',
];

/** What a run that merges reports has no use for: the jobs that wrote them had it. */
const JUDGING: readonly InputName[] = [
  ...NAMING_A_LIVE_CLUSTER,
  'cluster',
  'require',
  'manifests',
  'provides',
  'allow-unparsable',
  'server-version',
  'snapshots',
  'snapshot-max-age',
  'save-snapshots',
  'compare',
  'target-version',
  'exemptions',
  'baseline',
];

/** Whether a cluster, or its entry in the cache, is judged besides the files. */
export function isLive(inputs: Inputs): boolean {
  if (inputs.given('reports')) return false;
  if (!inputs.given('snapshots')) return true;
  return NAMING_A_LIVE_CLUSTER.some(inputs.given) || (inputs.given('cluster') && inputs.text('cache') === 'only');
}

export function fileSettingsOf(inputs: Inputs): FileSettings {
  const snapshots = globsOf(inputs, 'snapshots');
  const maxAge = inputs.given('snapshot-max-age')
    ? durationOf(inputs, 'snapshot-max-age', { unit: 'm', atLeastMs: 1, atLeast: '1ms' })
    : undefined;
  if (maxAge !== undefined && snapshots.length === 0 && !inputs.given('reports')) {
    inputs.refuse('snapshot-max-age', 'It limits the age of files, and `snapshots` names none.', {
      hint: 'Give snapshots; or cache-ttl for the age of what is cached.',
    });
  }
  if (inputs.given('reports')) refuseJudging(inputs);
  else if (!isLive(inputs)) refuseLiveOnly(inputs);
  if (inputs.given('save-snapshots') && inputs.given('server') && !inputs.given('cluster')) {
    inputs.refuse('save-snapshots', 'The cluster has no name but its address, which no snapshot holds.', {
      hint: 'Give cluster, for example production.',
    });
  }
  return {
    snapshots,
    snapshotMaxAgeMs: maxAge,
    saveSnapshots: folderOf(inputs, 'save-snapshots'),
    compare: globsOf(inputs, 'compare'),
    reports: globsOf(inputs, 'reports'),
    expectClusters: expectClustersOf(inputs),
  };
}

/** A folder to write to; none where the input is refused, so that nothing is written by a part of it. */
export function folderOf(inputs: Inputs, name: InputName): string | undefined {
  const known = inputs.problems.length;
  const folder = singleLine(inputs, name);
  return inputs.problems.length === known ? folder : undefined;
}

function globsOf(inputs: Inputs, name: InputName): readonly string[] {
  const globs = distinct(significantLines(inputs.raw(name)));
  if (globs.length > 0 && globs.every((line) => readPatternLine(line).excludes)) {
    inputs.refuse(name, 'It only excludes, so no file would be read.', {
      hint: 'Say first what to read, for example snapshots/*.json.',
    });
  }
  if (globs.length === 0 && inputs.given(name)) inputs.refuse(name, 'It has only comments, so no file would be read.');
  return globs;
}

function refuseJudging(inputs: Inputs): void {
  for (const name of JUDGING) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, 'Both reports and this are given; a run that merges reports judges nothing itself.', {
      hint: `Give ${name} to the jobs that write the reports.`,
    });
  }
  // The runner gives every input that has a default.
  if (inputs.text('fail-on') !== DEFAULTS['fail-on']) {
    inputs.refuse(
      'fail-on',
      'Both reports and this are given; what fails was decided by the jobs that wrote the reports.',
      {
        hint: 'Give fail-on to those jobs.',
      },
    );
  }
}

function refuseLiveOnly(inputs: Inputs): void {
  if (inputs.given('cluster')) {
    inputs.refuse('cluster', 'It names a cluster to ask, and only snapshots are judged.', {
      hint: 'Leave cluster out: each file has the name of its cluster. To judge a cluster as well, give kubeconfig, context or server.',
    });
  }
}

/** Lines, or a JSON list such as a workflow's matrix is made of. */
function expectClustersOf(inputs: Inputs): readonly string[] {
  const name = 'expect-clusters';
  if (!inputs.given(name)) return [];
  const text = inputs.text(name);
  if (!text.startsWith('[')) return distinct(significantLines(text));
  const example = 'Write ["staging", "production"], [{"name": "staging"}], or one name per line.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    inputs.refuse(name, 'It begins with [ and is not valid JSON.', { hint: example });
    return [];
  }
  const names = (Array.isArray(value) ? value : []).map(nameOf);
  const wrong = names.indexOf(undefined);
  if (names.length === 0 || wrong >= 0) {
    const what = names.length === 0 ? 'The list is empty.' : `Item ${wrong + 1} of the list has no name.`;
    inputs.refuse(name, what, { hint: example });
  }
  const known = names.filter((each) => each !== undefined);
  const repeated = known.find((each, index) => known.indexOf(each) !== index);
  if (repeated !== undefined) {
    inputs.refuse(name, `It lists ${shown(repeated)} twice.`, { hint: 'Give each cluster a name of its own.' });
  }
  return known;
}

function nameOf(item: unknown): string | undefined {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : item;
  return typeof name === 'string' && name.trim() !== '' ? name : undefined;
}
