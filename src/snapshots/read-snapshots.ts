import { readTextFile } from '../files/text-file.ts';
import type { Place, Problem } from '../model/place.ts';
import { decodeSnapshot, MAX_FILE_BYTES, type NamedSnapshot } from './snapshot-file.ts';

/** A file to read, and its name in reports. */
export interface InputFile {
  readonly path: string;
  readonly file: string;
}

/** A snapshot and the file that it was read from. */
export interface FiledSnapshot extends NamedSnapshot {
  readonly file: string;
}

export interface SnapshotReading {
  /** In the order of the files. */
  readonly snapshots: readonly FiledSnapshot[];
  /** What cannot be used, each at its file. */
  readonly problems: readonly Problem[];
}

const MOST_FILES = 1_000;
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Reads files of snapshots.
 *
 * @param input the input that named them, for problems that are of no single file
 */
export function readSnapshots(files: readonly InputFile[], input: string): SnapshotReading {
  if (files.length > MOST_FILES) {
    const message = `It names ${files.length} files; at most ${MOST_FILES} are read.`;
    return { snapshots: [], problems: [{ place: { kind: 'input', input }, message }] };
  }
  const snapshots: FiledSnapshot[] = [];
  const problems: Problem[] = [];
  let bytes = 0;
  for (const { path, file } of files) {
    const place: Place = { kind: 'file', file, line: 1 };
    const read = readTextFile(path, MAX_FILE_BYTES);
    if (read.kind === 'unreadable') {
      problems.push({ place, message: `This file cannot be read: it ${read.reason}.` });
      continue;
    }
    bytes += read.bytes;
    if (bytes > MOST_BYTES) {
      problems.push({
        place,
        message: `The files up to this one have more than ${MOST_BYTES / 2 ** 20} MiB together.`,
      });
      break;
    }
    const decoded = decodeSnapshot(read.text);
    if (decoded.kind === 'snapshot') snapshots.push({ ...decoded.named, file });
    else {
      const { reason, hint, line = 1 } = decoded;
      problems.push({ place: { ...place, line }, message: `This snapshot cannot be used: it ${reason}.`, hint });
    }
  }
  return { snapshots, problems: [...problems, ...repeated(snapshots)] };
}

/** One cluster in two files would be judged by whichever comes last. */
function repeated(snapshots: readonly FiledSnapshot[]): readonly Problem[] {
  return [...Map.groupBy(snapshots, ({ cluster }) => cluster).values()].flatMap(([first, ...others]) =>
    others.map(({ cluster, file }) => ({
      place: { kind: 'file' as const, file, line: 1 },
      message: `This is a second snapshot of ${cluster}; ${first?.file} is one too.`,
      hint: 'Keep one of them, or leave the other out with a pattern that begins with !.',
    })),
  );
}
