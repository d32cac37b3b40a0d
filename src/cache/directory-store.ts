import { writeAtomically } from '../files/atomic-file.ts';
import { MAX_ENTRY_BYTES, type Restored, type Saved, type SnapshotStore } from './snapshot-store.ts';

/** As the Actions cache does it with entries that nobody asks for. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const ENTRY_NAME = /^kube-api-gate-[A-Za-z0-9._-]{1,200}$/;

/**
 * A directory of entries, one file a key, for a terminal or a runner that keeps its disk. Any number of processes may share it.
 *
 * Unlike the Actions cache it takes a second entry under a key: the later one stands. Entries that are a week old go when another is saved.
 */
export function openDirectoryStore(options: { readonly directory: string }): SnapshotStore {
  const { directory } = options;

  return {
    name: 'cache directory',

    async restore(keys) {
      try {
        const key = await bestMatch(directory, keys);
        if (key === undefined) return none(`${directory} has no entry that begins with ${keys.at(-1)}`);
        return await readEntry(directory, key);
      } catch (thrown) {
        return none(`${directory} cannot be read: ${messageOf(thrown)}`);
      }
    },

    async save(key, bytes): Promise<Saved> {
      const { join } = process.getBuiltinModule('node:path');
      if (!ENTRY_NAME.test(key)) return { kind: 'failed', reason: `${JSON.stringify(key)} is no name for an entry` };
      try {
        await writeAtomically(join(directory, key), bytes, { fileMode: 0o600, directoryMode: 0o700 });
      } catch (thrown) {
        return { kind: 'failed', reason: `${directory} cannot be written: ${messageOf(thrown)}` };
      }
      await removeOld(directory, key).catch(() => undefined);
      return { kind: 'saved' };
    },
  };
}

/** The first key that is there itself or begins an entry's, as the cache service matches them; of several the newest. */
async function bestMatch(directory: string, keys: readonly string[]): Promise<string | undefined> {
  const { readdir } = process.getBuiltinModule('node:fs/promises');
  const names = await readdir(directory).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [];
    throw thrown;
  });
  const entries = names.filter((name) => ENTRY_NAME.test(name) && name.endsWith('-'));
  for (const key of keys) {
    const matching = entries.includes(key) ? [key] : entries.filter((name) => name.startsWith(key));
    if (matching.length > 0) return await newest(directory, matching);
  }
  return undefined;
}

async function newest(directory: string, names: readonly string[]): Promise<string | undefined> {
  const { stat } = process.getBuiltinModule('node:fs/promises');
  const { join } = process.getBuiltinModule('node:path');
  const times = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(directory, name)).catch(() => undefined);
      return { name, time: found?.mtimeMs ?? 0 };
    }),
  );
  return times.sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1))[0]?.name;
}

async function readEntry(directory: string, key: string): Promise<Restored> {
  const { lstat, readFile } = process.getBuiltinModule('node:fs/promises');
  const { join } = process.getBuiltinModule('node:path');
  const file = join(directory, key);
  const found = await lstat(file);
  if (!found.isFile()) return none(`${file} is not a file`);
  if (found.size > MAX_ENTRY_BYTES) return none(`${file} is ${found.size} bytes long`);
  return { kind: 'found', key, bytes: await readFile(file) };
}

/** Ages are taken against the entry just written: the clock of the disk is the one that counts. */
async function removeOld(directory: string, written: string): Promise<void> {
  const { readdir, rm, stat } = process.getBuiltinModule('node:fs/promises');
  const { join } = process.getBuiltinModule('node:path');
  const { mtimeMs: now } = await stat(join(directory, written));
  for (const name of await readdir(directory)) {
    if (!ENTRY_NAME.test(name)) continue;
    const file = join(directory, name);
    const { mtimeMs } = await stat(file);
    if (mtimeMs < now - KEPT_MS) await rm(file, { force: true });
  }
}

function none(reason: string): Restored {
  return { kind: 'none', reason };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
