import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** A file beyond this is not read. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** Modes as in client-go discovery/cached/disk: of files whatever the umask, of folders less the umask. */
export const KUBECTL_MODES = { fileMode: 0o660, directoryMode: 0o750 } as const;

export interface CachedFile {
  readonly bytes: Buffer;
  /** In milliseconds since the epoch: what a TTL is counted from. */
  readonly modifiedAt: number;
}

/**
 * A file of kubectl's cache, or `undefined` when nothing is there.
 *
 * @throws Error for what is too large or no file (a pipe would never end), or the system's.
 */
export function readCachedFile(path: string): CachedFile | undefined {
  // Some thirty small files are read for one answer: all of them take less time than one wait for the thread pool.
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw thrown;
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new Error(`${path} is not a file`);
    if (found.size > MAX_FILE_BYTES) throw new Error(`${path} is ${found.size} bytes long`);
    return { bytes: readFileSync(file), modifiedAt: Math.floor(found.mtimeMs) };
  } finally {
    closeSync(file);
  }
}
