import { lstat, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment, Log } from '../model/world.ts';
import { MAX_ENTRY_BYTES, type Restored, type Saved, type SnapshotStore } from './snapshot-store.ts';
import { ENTRY_FILE, type ToolkitCall } from './toolkit-call.ts';
import { startToolkitProcess, type ToolkitAnswer, type ToolkitProcess } from './toolkit-process.ts';

const NO_SERVICE = 'no Actions cache service is available here';
const TOO_LARGE = `what came is larger than ${MAX_ENTRY_BYTES} bytes, which no entry is`;
const ALREADY_THERE = /already exists|\(409\)/i;

/**
 * The Actions cache, through the real `@actions/cache` in a process of its own.
 *
 * An entry is one file in a folder made for the call, outside the checkout, and gone after it.
 */
export function openActionsStore(options: {
  readonly environment: Pick<Environment, 'variables'>;
  readonly log: Log;
}): SnapshotStore {
  const { variables } = options.environment;
  const available = Boolean(variables['ACTIONS_CACHE_URL'] || variables['ACTIONS_RESULTS_URL']);
  const idle: Promise<ToolkitProcess>[] = [];

  async function start(): Promise<ToolkitProcess> {
    const { location } = await import('./actions-store-process.ts');
    const debug = (message: string) => options.log.debug(`Actions cache: ${message}`);
    return startToolkitProcess({ module: fileURLToPath(location), variables, debug });
  }

  /** Makes one call in a folder of its own that `use` may look into afterwards. */
  async function inFolder<Answer>(
    signal: AbortSignal,
    use: (folder: string, call: (call: ToolkitCall) => Promise<ToolkitAnswer>) => Promise<Answer>,
  ): Promise<Answer> {
    const waiting = await idle.pop();
    const toolkit = waiting?.alive ? waiting : await start();
    const end = () => void toolkit.kill();
    signal.addEventListener('abort', end);
    let folder: string | undefined;
    try {
      folder = await mkdtemp(join(variables['RUNNER_TEMP'] || tmpdir(), 'kube-api-gate-'));
      signal.throwIfAborted();
      const answer = await use(folder, (call) => toolkit.call(call));
      if (toolkit.alive) idle.push(Promise.resolve(toolkit));
      return answer;
    } catch (thrown) {
      await toolkit.kill();
      throw thrown;
    } finally {
      signal.removeEventListener('abort', end);
      if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  return {
    name: 'Actions cache',

    prepare() {
      if (!available || idle.length > 0) return;
      const started = start();
      started.catch(() => undefined);
      idle.push(started);
    },

    async restore(keys, signal) {
      if (!available) return noService();
      return await inFolder(signal, async (folder, call): Promise<Restored> => {
        const { reply, complaints } = await call({ call: 'restore', folder, keys });
        switch (reply.kind) {
          case 'restored':
            return await readEntry(folder, reply.key);
          case 'unavailable':
            return noService();
          case 'threw':
            return trouble(reply.message);
          case 'too-large':
            // What fills the folder goes on until its process ends, which is what follows an exception.
            throw new Error(TOO_LARGE);
          default:
            if (complaints[0] !== undefined) return trouble(complaints[0]);
            return { kind: 'none', reason: `the Actions cache has no entry that begins with ${keys.at(-1)}` };
        }
      }).catch((thrown: unknown) => trouble(messageOf(thrown)));
    },

    async save(key, bytes, signal): Promise<Saved> {
      if (!available) return failed(NO_SERVICE);
      return await inFolder(signal, async (folder, call): Promise<Saved> => {
        await writeFile(join(folder, ENTRY_FILE), bytes);
        const { reply, complaints } = await call({ call: 'save', folder, key });
        switch (reply.kind) {
          case 'saved':
            // With service v1 the toolkit returns the entry's number even when the upload has failed.
            return complaints[0] === undefined ? { kind: 'saved' } : failed(complaints[0]);
          case 'unavailable':
            return failed(NO_SERVICE);
          case 'threw':
            return failed(reply.message);
          case 'too-large':
            throw new Error('the snapshot is larger than the Actions cache is given');
          default:
            if (complaints.some((complaint) => ALREADY_THERE.test(complaint))) return { kind: 'exists' };
            return failed(complaints[0] ?? 'the Actions cache did not take it');
        }
      }).catch((thrown: unknown) => failed(messageOf(thrown)));
    },
  };
}

/** A restored archive can hold anything: only a plain file of a bearable size, at the one place, is read. */
async function readEntry(folder: string, key: string): Promise<Restored> {
  const file = join(folder, ENTRY_FILE);
  const found = await lstat(file).catch(() => undefined);
  if (found === undefined) return trouble(`the archive that came for ${key} does not hold an entry`);
  if (!found.isFile()) return trouble(`the archive that came for ${key} holds something else than a file`);
  if (found.size > MAX_ENTRY_BYTES) return trouble(TOO_LARGE);
  return { kind: 'found', key, bytes: await readFile(file) };
}

function noService(): Restored {
  return { kind: 'none', why: 'no-service', reason: NO_SERVICE };
}

function trouble(reason: string): Restored {
  return { kind: 'none', why: 'trouble', reason: firstLine(reason) };
}

function failed(reason: string): Saved {
  return { kind: 'failed', reason: firstLine(reason) };
}

/** The toolkit's messages go on with advice about firewalls and forms to fill in. */
function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/\.$/, '');
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
