/** How a file is written. */
export interface AtomicFileOptions {
  /** Of the file, whatever the umask. */
  readonly fileMode: number;
  /** Of the folders that have to be made, less the umask. */
  readonly directoryMode: number;
  /** Modification time in milliseconds since the epoch; absent: now. */
  readonly modifiedAt?: number;
}

/**
 * Writes a file so that a reader sees the old one or the new one, never a part: a temporary file in the same folder, then a rename.
 *
 * @throws the system's error; the temporary file is gone then.
 */
export async function writeAtomically(path: string, content: string | Uint8Array, options: AtomicFileOptions) {
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  const { chmod, mkdir, rename, rm, utimes, writeFile } = process.getBuiltinModule('node:fs/promises');
  const { dirname } = process.getBuiltinModule('node:path');
  const temporary = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: options.directoryMode });
  try {
    await writeFile(temporary, content, { flag: 'wx', mode: options.fileMode });
    await chmod(temporary, options.fileMode);
    if (options.modifiedAt !== undefined) {
      const time = options.modifiedAt / 1000;
      await utimes(temporary, time, time);
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw thrown;
  }
}
