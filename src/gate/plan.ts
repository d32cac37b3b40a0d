import type { Acceptances } from '../acceptances/acceptances.ts';
import { type Cluster, resolveCluster, resolveServer } from '../cluster/cluster.ts';
import type { Settings, SettingsReading } from '../inputs/settings.ts';
import type { ManifestReading } from '../manifests/manifests.ts';
import type { ClusterIdentity, ClusterSource } from '../model/cluster.ts';
import type { Definition } from '../model/definition.ts';
import { formatDuration } from '../model/duration.ts';
import { GateError, toGateError } from '../model/errors.ts';
import { formatPlace, type Problem } from '../model/place.ts';
import { parseRelease } from '../model/release.ts';
import type { Requirement } from '../model/requirement.ts';
import { type Turns, takeTurns } from '../model/turns.ts';
import { parseProvides, parseRequirements } from '../requirements/requirements.ts';
import type { FiledSnapshot } from '../snapshots/read-snapshots.ts';
import { withDeadline } from './deadline.ts';
import type { FieldWork } from './field-work.ts';
import { NO_SNAPSHOT_FILES, readSnapshotFiles, type SnapshotFiles } from './snapshot-files.ts';
import type { World } from './world.ts';

/** What is asked, of whom, and what a person has accepted: all that is known before a cluster is. */
export interface Plan {
  readonly settings: Settings;
  readonly requirements: readonly Requirement[];
  readonly manifests: ManifestReading;
  /** What the change, and what comes with it, brings and takes away. */
  readonly definitions: readonly Definition[];
  readonly acceptances: Acceptances;
  readonly subjects: readonly Subject[];
  /** Absent where fields are not judged. */
  readonly work?: FieldWork | undefined;
  /** Earlier snapshots to compare with, by cluster. */
  readonly earlier: ReadonlyMap<string, FiledSnapshot>;
  /** Taken by whoever asks a cluster. */
  readonly turns: Turns;
}

/** One cluster to judge. Without `cluster` and `filed` it is known by name only, and the cache alone can tell of it. */
export interface Subject {
  readonly name: string;
  readonly cluster?: Cluster | undefined;
  /** Its snapshot, where that is judged and nobody asked. */
  readonly filed?: FiledSnapshot | undefined;
  /** What is known of its server; nothing, where the inputs only name the cluster. */
  readonly identity?: ClusterIdentity | undefined;
}

/** Clusters that are asked at the same time. */
const ASKED_AT_ONCE = 8;

const NO_MANIFESTS: ManifestReading = {
  requirements: [],
  definitions: [],
  problems: [],
  warnings: [],
  notJudged: {},
  files: 0,
  sources: [],
  objects: 0,
};
const NO_ACCEPTANCES: Acceptances = {
  accept: () => undefined,
  nearly: () => undefined,
  review: () => ({ problems: [], warnings: [] }),
  writeBaseline: async () => 0,
};

/**
 * Reads everything that a person wrote, so that all its errors are reported together and before any cluster is asked.
 *
 * @throws GateError `invalid-input` with a problem for each place at fault, or when there is nothing to judge.
 */
export async function makePlan({ settings, problems }: SettingsReading, world: World): Promise<Plan> {
  const required = await requiredBy(settings);
  const provides = parseProvides(settings.provides);
  const written = [...required.problems, ...provides.problems];
  if (problems.length > 0) throw invalidInput([...problems, ...written]);

  const faults: GateError[] = written.length > 0 ? [invalidInput(written)] : [];
  const orFault = async <T>(part: Promise<T>, fallback: T): Promise<T> =>
    part.catch((thrown: unknown) => {
      faults.push(toGateError(thrown));
      return fallback;
    });
  const [subjects, files, manifests, acceptances] = await Promise.all([
    orFault(subjectsOf(settings, world), []),
    orFault(readSnapshotFiles(settings, world), NO_SNAPSHOT_FILES),
    orFault(manifestsOf(settings, world), NO_MANIFESTS),
    orFault(acceptancesOf(settings, world), NO_ACCEPTANCES),
  ]);
  throwTogether(faults);
  const all = withFiles(subjects, files);

  const requirements = [...required.requirements, ...manifests.requirements];
  if (requirements.length === 0 && manifests.problems.length === 0 && !hasOtherWork(settings)) {
    throw nothingToJudge(settings, manifests);
  }
  return {
    settings,
    requirements,
    manifests,
    definitions: [...manifests.definitions, ...provides.definitions],
    acceptances,
    subjects: all,
    earlier: files.earlier,
    turns: takeTurns(ASKED_AT_ONCE),
    work: await fieldWorkOf(settings, manifests, world),
  };
}

/** Whether a run is of use although nothing is required: it compares, or writes snapshots. Manifests that are named are to be judged all the same. */
export function hasOtherWork({ manifests, compare, saveSnapshots }: Settings): boolean {
  return manifests.length === 0 && (compare.length > 0 || saveSnapshots !== undefined);
}

/** What the inputs themselves require, whatever else is wrong with them. */
async function requiredBy(settings: Settings): Promise<ReturnType<typeof parseRequirements>> {
  const named = parseRequirements(settings.require);
  if (settings.serverVersion === '') return named;
  const { parseServerVersion } = await import('../requirements/version-range.ts');
  const version = parseServerVersion(settings.serverVersion);
  return {
    requirements: [...named.requirements, ...version.requirements],
    problems: [...named.problems, ...version.problems],
  };
}

async function subjectsOf(settings: Settings, world: World): Promise<readonly Subject[]> {
  const { clusters, cachedClusters } = settings;
  if (cachedClusters.length > 0) return cachedClusters.map((name) => ({ name }));
  return await Promise.all(clusters.map((source) => subjectOf(source, settings, world)));
}

/**
 * The clusters to ask, then those whose snapshots are files.
 *
 * @throws GateError `invalid-input` where one cluster is both
 */
function withFiles(subjects: readonly Subject[], { judged }: SnapshotFiles): readonly Subject[] {
  const live = new Set(subjects.map(({ name }) => name));
  const problems = judged
    .filter(({ cluster }) => live.has(cluster))
    .map(({ cluster, file }): Problem => {
      const message = `This is a snapshot of ${cluster}, and the inputs name that cluster as well.`;
      const hint = 'Judge it once: leave out the file or the cluster.';
      return { place: { kind: 'file', file, line: 1 }, message, hint };
    });
  if (problems.length > 0) throw invalidInput(problems);
  return [...subjects, ...judged.map((filed): Subject => ({ name: filed.cluster, filed }))];
}

/**
 * In `only` mode a name is all it takes to find the snapshot, and no credential is read. Where the inputs name a server as well, the snapshot has to be of that one.
 */
async function subjectOf(source: ClusterSource, settings: Settings, world: World): Promise<Subject> {
  const { cache, clusterName, kubectlCache } = settings;
  if (cache.mode === 'only' && clusterName !== undefined) {
    world.log.line(`Judging ${clusterName} by the cache alone.`);
    // kubectl's cache is found by the server's address, whoever names it.
    const cluster = kubectlCache === 'use' ? await resolveCluster(source, world).catch(noneConfigured) : undefined;
    return { name: clusterName, cluster, identity: await resolveServer(source, world) };
  }
  const cluster = await resolveCluster(source, world);
  const name = clusterName ?? cluster.name;
  world.log.line(`Judging ${name}: ${cluster.origin}.`);
  return { name, cluster, identity: cluster.identity };
}

const NONE_CONFIGURED: readonly string[] = ['kubeconfig-missing', 'kubeconfig-empty', 'cluster-not-configured'];

function noneConfigured(thrown: unknown): undefined {
  if (thrown instanceof GateError && NONE_CONFIGURED.includes(thrown.code)) return undefined;
  throw thrown;
}

async function manifestsOf(settings: Settings, world: World): Promise<ManifestReading> {
  const { piped = [] } = world;
  if (settings.manifests.length === 0 && piped.length === 0) return NO_MANIFESTS;
  world.progress?.('Reading manifests');
  const { readManifests } = await import('../manifests/manifests.ts');
  const limitMs = readingLimitMs(settings);
  return withDeadline(limitMs, world.clock, readingTimedOut(limitMs), (signal) =>
    readManifests({
      signal,
      patterns: settings.manifests,
      piped,
      allowUnparsable: settings.allowUnparsable,
      willVisit: settings.fields !== 'off',
      workingDirectory: world.environment.workingDirectory,
      repositoryRoot: world.repositoryRoot,
      onMatched: (pattern, files) => world.log.line(`${pattern}: ${files} ${files === 1 ? 'file' : 'files'}`),
    }),
  );
}

/** Reading is no cluster's fault: it may take longer than an answer, and yet not for ever. */
function readingLimitMs({ timeoutMs }: Settings): number {
  return Math.max(10 * timeoutMs, 60_000);
}

function readingTimedOut(limitMs: number): GateError {
  return new GateError(
    'invalid-input',
    'reading-timed-out',
    `The files of manifests were not read within ${formatDuration(limitMs)}.`,
    {
      hint: 'Narrow the patterns of manifests to what is deployed. If there is so much, raise timeout: reading may take ten times as long.',
    },
  );
}

/** Loaded only where there are fields to judge, or schemas to save for others. */
async function fieldWorkOf(
  settings: Settings,
  manifests: ManifestReading,
  { repositoryRoot }: World,
): Promise<FieldWork | undefined> {
  if (settings.fields === 'off' || (manifests.objects === 0 && settings.cache.mode !== 'refresh')) return undefined;
  const { openFieldWork } = await import('./field-work.ts');
  const target = settings.targetVersion === undefined ? undefined : parseRelease(settings.targetVersion);
  return openFieldWork(manifests, { target, repositoryRoot });
}

async function acceptancesOf(settings: Settings, world: World): Promise<Acceptances> {
  const { exemptions, baseline, updateBaseline, failOn } = settings;
  if (exemptions === undefined && baseline === undefined) return NO_ACCEPTANCES;
  const { readAcceptances } = await import('../acceptances/acceptances.ts');
  return readAcceptances({
    exemptions,
    baseline,
    updateBaseline,
    failOn,
    judgesFields: settings.fields !== 'off',
    workingDirectory: world.environment.workingDirectory,
    repositoryRoot: world.repositoryRoot,
    now: world.clock.now(),
  });
}

/** That none of the clusters has anything to say on what the inputs name. */
export function nothingToJudge(
  settings: Settings,
  { files, notJudged }: Pick<ManifestReading, 'files' | 'notJudged'>,
): GateError {
  const [message, hint] =
    settings.manifests.length === 0
      ? [
          'There is nothing to judge: `require` holds no requirement, and neither `manifests` nor `server-version` is given.',
          'Name what the change needs, one per line, for example `require: apps/v1`, or point `manifests` at the files that will be deployed.',
        ]
      : [
          `There is nothing to judge: ${files} file(s) match \`manifests\`, and none holds an object that an API server stores${listed(notJudged)}.`,
          'Check the patterns of `manifests`; for a Helm chart or a kustomization, render it first and point `manifests` at the result.',
        ];
  return new GateError('invalid-input', 'nothing-to-judge', message, { hint });
}

function listed(counts: Readonly<Record<string, number>>): string {
  const names = Object.keys(counts);
  return names.length === 0 ? '' : ` (only ${names.join(', ')})`;
}

function throwTogether(faults: readonly GateError[]): void {
  const [first] = faults;
  if (first === undefined) return;
  const defect = faults.find(({ outcome }) => outcome !== 'invalid-input');
  throw defect ?? (faults.length === 1 ? first : invalidInput(faults.flatMap(problemsOf)));
}

function problemsOf(error: GateError): readonly Problem[] {
  if (error.problems.length > 0) return error.problems;
  return [
    {
      place: { kind: 'input', input: 'kubeconfig' },
      message: error.message,
      hint: error.hint,
    },
  ];
}

/** @param problems at least one */
export function invalidInput(problems: readonly Problem[]): GateError {
  const [first] = problems;
  const message =
    problems.length === 1 && first !== undefined
      ? `${formatPlace(first.place)}: ${first.message}`
      : `${problems.length} things in the inputs cannot be used as they stand.`;
  return new GateError('invalid-input', 'invalid-input', message, {
    problems,
    ...(problems.length === 1 && first?.hint !== undefined ? { hint: first.hint } : {}),
  });
}
