import { join } from 'node:path';
import { writeAtomically } from '../files/atomic-file.ts';
import { snapshotFileName } from './file-name.ts';
import { decodeSnapshot, encodeSnapshot, type NamedSnapshot } from './snapshot-file.ts';

/** What became of a snapshot that was to be written. */
export type SavedFile =
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'not-written'; readonly reason: string };

/** Writes a cluster's snapshot into `directory`, in one step, over an older one of the same cluster. Never rejects. */
export async function saveSnapshot(directory: string, named: NamedSnapshot): Promise<SavedFile> {
  const path = join(directory, snapshotFileName(named.cluster));
  const written = encodeSnapshot(named);
  const decoded = decodeSnapshot(written);
  if (decoded.kind === 'invalid') return { kind: 'not-written', reason: `what would be written ${decoded.reason}` };
  try {
    await writeAtomically(path, written);
    return { kind: 'written', path };
  } catch (thrown) {
    return { kind: 'not-written', reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
