import { resolve } from 'node:path';
import { logLine } from '../model/legible.ts';
import { formatPlace } from '../model/place.ts';
import { describeChange, driftInNumbers, momentOf } from '../report/drift.ts';
import { differenceBetween } from '../snapshots/drift.ts';
import { type FiledSnapshot, readSnapshots } from '../snapshots/read-snapshots.ts';

const USAGE = `Usage: kube-api-gate diff OLD NEW

Says what NEW lost, changed and gained since OLD. Both are files that --save-snapshots wrote.

Exit codes: 0 nothing changed, 1 something changed, 2 a file cannot be used.`;

export interface DiffOutput {
  readonly workingDirectory: string;
  /** To standard output. */
  readonly line: (text: string) => void;
  /** To standard error. */
  readonly note: (text: string) => void;
}

/**
 * Compares two files.
 *
 * @param args what stands behind `diff`
 * @returns the exit code
 */
export function runDiff(args: readonly string[], output: DiffOutput): number {
  const { line, note } = output;
  if (args.includes('--help') || args.includes('-h')) {
    line(USAGE);
    return 0;
  }
  const [oldPath, newPath, ...others] = args;
  if (oldPath === undefined || newPath === undefined || others.length > 0 || args.some((arg) => arg.startsWith('--'))) {
    note(`diff takes two files, the older one first.\nSee kube-api-gate diff --help.`);
    return 2;
  }
  const [earlier, later] = [readOne(oldPath, output), readOne(newPath, output)];
  if (earlier === undefined || later === undefined) return 2;
  if (earlier.cluster !== later.cluster) {
    note(`These are two clusters: ${logLine(earlier.cluster)} and ${logLine(later.cluster)}.`);
  }
  const difference = differenceBetween(earlier.snapshot, later.snapshot);
  const { takenAt } = earlier.snapshot;
  line(
    logLine(
      `${later.cluster} since ${momentOf(takenAt)}: ${driftInNumbers({ ...difference, since: takenAt, fails: false })}`,
    ),
  );
  const signs = { lost: '-', changed: '~', gained: '+' } as const;
  for (const change of difference.changes) line(`${signs[change.kind]} ${logLine(describeChange(change))}`);
  for (const api of difference.unknown)
    line(`? ${logLine(`${api} could not be compared: one of the files has a gap there`)}`);
  return difference.changes.length === 0 ? 0 : 1;
}

function readOne(path: string, { workingDirectory, note }: DiffOutput): FiledSnapshot | undefined {
  const { snapshots, problems } = readSnapshots([{ path: resolve(workingDirectory, path), file: path }], 'diff');
  for (const { place, message, hint } of problems) {
    note(`${formatPlace(place)}: ${message}${hint === undefined ? '' : `\n  → ${hint}`}`);
  }
  return snapshots[0];
}
