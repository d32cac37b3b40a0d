import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

export type TextFile =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  /** To stand after "it". */
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * Reads a file that somebody else wrote: a regular one, of at most `mostBytes`, in UTF-8. Never throws.
 *
 * Without waiting, as hundreds of files take several times as long one promise after the other.
 */
export function readTextFile(path: string, mostBytes: number): TextFile {
  try {
    // Opening a pipe would otherwise wait for somebody who writes into it.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = fstatSync(file);
      if (!found.isFile()) return { kind: 'unreadable', reason: 'is not a regular file' };
      if (found.size > mostBytes) return { kind: 'unreadable', reason: `is larger than ${mostBytes / 2 ** 20} MiB` };
      const bytes = readFileSync(file);
      if (bytes.length > mostBytes) return { kind: 'unreadable', reason: 'grows while it is read' };
      return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes: bytes.length };
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    if (thrown instanceof TypeError) return { kind: 'unreadable', reason: 'is not valid UTF-8' };
    return { kind: 'unreadable', reason: `fails with ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}
