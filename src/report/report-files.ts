import { join } from 'node:path';
import { writeAtomically } from '../files/atomic-file.ts';
import { GateError } from '../model/errors.ts';

/** One file of the report: its name in `report-directory`, and what it holds. */
export interface ReportFile {
  readonly name: string;
  /** In parts, where it may be larger than what should be held at once. */
  readonly text: string | Iterable<string>;
}

function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * Writes `files` into `directory`, which is made when it is not there, each in one step so that nobody reads half a file.
 * What cannot be written fails the run: a later step would otherwise judge by the report of an earlier one.
 *
 * @throws GateError `invalid-input` when the directory or a file in it cannot be written.
 */
export async function writeReportFiles(directory: string, files: readonly ReportFile[]): Promise<void> {
  try {
    for (const { name, text } of files) await writeAtomically(join(directory, name), text);
  } catch (thrown) {
    throw new GateError(
      'invalid-input',
      'report-directory-unwritable',
      `The reports could not be written into report-directory ${directory}: ${reason(thrown)}`,
      { hint: 'Name a directory that the job may write, for example one below the workspace.', cause: thrown },
    );
  }
}
