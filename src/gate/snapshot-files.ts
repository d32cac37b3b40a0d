import type { Settings } from '../inputs/settings.ts';
import { formatDuration } from '../model/duration.ts';
import { GateError } from '../model/errors.ts';
import type { Problem } from '../model/place.ts';
import type { Warning } from '../model/verdict.ts';
import type { FiledSnapshot } from '../snapshots/read-snapshots.ts';
import type { World } from './world.ts';

/** Snapshots that the inputs name. */
export interface SnapshotFiles {
  /** To judge in place of clusters. */
  readonly judged: readonly FiledSnapshot[];
  /** To compare with, by cluster. */
  readonly earlier: ReadonlyMap<string, FiledSnapshot>;
}

export const NO_SNAPSHOT_FILES: SnapshotFiles = { judged: [], earlier: new Map() };

/**
 * Reads the files of `snapshots` and `compare`.
 *
 * @throws GateError `invalid-input` with a problem for each file that cannot be used
 */
export async function readSnapshotFiles(
  { snapshots, compare }: Pick<Settings, 'snapshots' | 'compare'>,
  world: World,
): Promise<SnapshotFiles> {
  if (snapshots.length === 0 && compare.length === 0) return NO_SNAPSHOT_FILES;
  const [{ findFiles }, { readSnapshots }] = await Promise.all([
    import('../manifests/find-files.ts'),
    import('../snapshots/read-snapshots.ts'),
  ]);
  const read = async (patterns: readonly string[], input: 'snapshots' | 'compare') => {
    const surroundings = {
      workingDirectory: world.environment.workingDirectory,
      repositoryRoot: world.repositoryRoot,
    };
    const found = await findFiles(patterns, { ...surroundings, input });
    const reading = readSnapshots(found.files, input);
    return { snapshots: reading.snapshots, problems: [...found.problems, ...reading.problems] };
  };
  const [judged, earlier] = [await read(snapshots, 'snapshots'), await read(compare, 'compare')];
  const problems = distinctProblems([...judged.problems, ...earlier.problems]);
  if (problems.length > 0) {
    throw new GateError('invalid-input', 'snapshots-invalid', 'The snapshot files cannot be used.', { problems });
  }
  return {
    judged: judged.snapshots,
    earlier: new Map(earlier.snapshots.map((snapshot) => [snapshot.cluster, snapshot])),
  };
}

/** A file may be named by both inputs. */
function distinctProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** Files say when they were taken by the clock of another machine. */
const CLOCK_SKEW_MS = 5 * 60_000;
const OLD_MS = 30 * 24 * 3_600_000;

/**
 * What there is to say of a snapshot's age.
 *
 * @param maxAgeMs absent: any age will do, and a remark is all
 * @throws GateError `undetermined` for one that is too old, or from the future
 */
export function checkAge(
  { cluster, file, snapshot }: FiledSnapshot,
  maxAgeMs: number | undefined,
  now: number,
): readonly Warning[] {
  const ageMs = now - snapshot.takenAt;
  const taken = new Date(snapshot.takenAt).toISOString();
  if (ageMs < -CLOCK_SKEW_MS) {
    const message = `The snapshot of ${cluster} in ${file} was taken at ${taken}, which is in the future by this machine's clock.`;
    const hint = 'Check the clocks of this machine and of the one that wrote the file.';
    if (maxAgeMs !== undefined) throw new GateError('undetermined', 'snapshot-from-the-future', message, { hint });
    return [{ message: `${message} ${hint}`, place: { kind: 'file', file, line: 1 } }];
  }
  if (maxAgeMs !== undefined && ageMs > maxAgeMs) {
    throw new GateError(
      'undetermined',
      'snapshot-too-old',
      `The snapshot of ${cluster} in ${file} is ${formatDuration(ageMs)} old, and \`snapshot-max-age\` allows ${formatDuration(maxAgeMs)}.`,
      { hint: 'Write it again with `save-snapshots`, in a job that may ask the cluster.' },
    );
  }
  if (maxAgeMs !== undefined || ageMs <= OLD_MS) return [];
  const days = Math.floor(ageMs / (24 * 3_600_000));
  return [
    {
      message: `The snapshot of ${cluster} in ${file} is ${days} days old. The cluster may have changed since; write it again with \`save-snapshots\`, or set \`snapshot-max-age\`.`,
      place: { kind: 'file', file, line: 1 },
    },
  ];
}
