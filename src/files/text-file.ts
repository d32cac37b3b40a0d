export type TextFile =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number }
  /** To stand after "it". */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads a file that somebody else wrote: a regular one, of at most `mostBytes`, in UTF-8. Never rejects. */
export async function readTextFile(path: string, mostBytes: number): Promise<TextFile> {
  const { open } = process.getBuiltinModule('node:fs/promises');
  const { constants } = process.getBuiltinModule('node:fs');
  try {
    // Opening a pipe would otherwise wait for somebody who writes into it.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const { size } = await handle.stat().then((found) => (found.isFile() ? found : { size: undefined }));
      if (size === undefined) return { kind: 'unreadable', reason: 'is not a regular file' };
      if (size > mostBytes) return { kind: 'unreadable', reason: `is larger than ${mostBytes / 2 ** 20} MiB` };
      const bytes = await handle.readFile();
      if (bytes.length > mostBytes) return { kind: 'unreadable', reason: 'grows while it is read' };
      return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), bytes: bytes.length };
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    if (thrown instanceof TypeError) return { kind: 'unreadable', reason: 'is not valid UTF-8' };
    return { kind: 'unreadable', reason: `fails with ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}
