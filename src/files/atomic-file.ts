import { chmod, mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How a file is written. */
export interface AtomicFileOptions {
  /** Of the file, whatever the umask; absent: what the umask leaves. */
  readonly fileMode?: number | undefined;
  /** Of the folders that have to be made, less the umask. */
  readonly directoryMode?: number | undefined;
  /** Modification time in milliseconds since the epoch; absent: now. */
  readonly modifiedAt?: number | undefined;
}

/**
 * Writes a file so that a reader sees the old one or the new one, never a part: a temporary file in the same folder, which is made when it is not there, then a rename.
 *
 * @throws the system's error; the temporary file is gone then.
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | Iterable<string>,
  options: AtomicFileOptions = {},
) {
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  const { fileMode, directoryMode = 0o777, modifiedAt } = options;
  const temporary = `${path}.${randomUUID()}`;
  await makeFolder(dirname(path), directoryMode);
  try {
    await writeFile(temporary, content, { flag: 'wx', mode: fileMode });
    if (fileMode !== undefined) await chmod(temporary, fileMode);
    if (modifiedAt !== undefined) {
      const time = modifiedAt / 1000;
      await utimes(temporary, time, time);
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
}

/** Makes a folder and those above it. Node's own `recursive: true` tries for ever where a folder is there and nothing can be made in it, as in `/proc`. */
async function makeFolder(path: string, mode: number): Promise<void> {
  const make = () =>
    mkdir(path, { mode }).catch(async (thrown: NodeJS.ErrnoException) => {
      const found = await stat(path).catch(() => undefined);
      if (found?.isDirectory() !== true) throw thrown;
    });
  await make().catch(async (thrown: NodeJS.ErrnoException) => {
    if (thrown.code !== 'ENOENT' || dirname(path) === path) throw thrown;
    await makeFolder(dirname(path), mode);
    await make();
  });
}
