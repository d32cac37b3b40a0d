import { writeAtomically } from '../files/atomic-file.ts';
import { snapshotFileName } from './file-name.ts';
import { decodeSnapshot, encodeSnapshot, type NamedSnapshot } from './snapshot-file.ts';

/** What became of a snapshot that was to be written. */
export type SavedFile =
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'not-written'; readonly path: string; readonly reason: string };

/**
 * Writes a cluster's snapshot into `directory`, in one step, over an older one of the same cluster. Never rejects.
 *
 * @param redact hides the secrets that this run knows: what holds one is not written
 */
export async function saveSnapshot(
  directory: string,
  named: NamedSnapshot,
  redact: (text: string) => string,
): Promise<SavedFile> {
  const { join } = process.getBuiltinModule('node:path');
  const path = join(directory, snapshotFileName(named.cluster));
  const written = encodeSnapshot(named);
  const decoded = decodeSnapshot(written);
  if (decoded.kind === 'invalid')
    return { kind: 'not-written', path, reason: `what would be written ${decoded.reason}` };
  if (redact(written) !== written) {
    return { kind: 'not-written', path, reason: 'the answer holds a text that is also a secret of this job' };
  }
  try {
    await writeAtomically(path, written);
    return { kind: 'written', path };
  } catch (thrown) {
    return { kind: 'not-written', path, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
