/**
 * Calls the real `@actions/cache` for the action, in a process of its own.
 *
 * The toolkit prints annotations that nobody can suppress, lets streams throw where nobody can catch, retries for minutes and runs `tar` that cannot be
 * called back. A process has its own output and its own end, so none of that reaches the job. Started with a reply mark as its argument; reads one call a
 * line, and prints each reply on a line that begins with the mark.
 */

import { lstatSync, readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { ENTRY_FILE, MAX_FOLDER_BYTES, type ToolkitCall, type ToolkitReply } from './toolkit-call.ts';

/** Where this module is: in a bundle only the module itself knows. */
export const location = import.meta.url;

/** Often enough that a disk cannot be filled in between, whatever a decompressor writes. */
const WATCH_MS = 25;
/** An archive holds one file; so many are an attack on the disk as well. */
const MAX_FILES = 1000;

if (import.meta.main) await serve(process.argv[2] ?? '');

async function serve(mark: string): Promise<void> {
  const { createInterface } = process.getBuiltinModule('node:readline');
  const toolkit = import('@actions/cache');
  // Answered below, when a call needs it; until then it is nobody's unhandled rejection.
  toolkit.catch(() => undefined);
  // The action is gone: whatever is still open here is of no use.
  process.stdin.once('close', () => process.exit());
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answer(JSON.parse(line) as ToolkitCall, toolkit);
    process.stdout.write(`\n${mark}${JSON.stringify(reply)}\n`);
  }
}

type Toolkit = Pick<typeof import('@actions/cache'), 'isFeatureAvailable' | 'restoreCache' | 'saveCache'>;

/** Makes one call; whatever comes of it is a reply. A download or an archive that would fill the disk is one as soon as it shows. */
export async function answer(call: ToolkitCall, toolkit: Promise<Toolkit>): Promise<ToolkitReply> {
  let timer: NodeJS.Timeout | undefined;
  const tooLarge = new Promise<ToolkitReply>((resolve) => {
    timer = setInterval(() => {
      if (isOutgrown(call.folder)) resolve({ kind: 'too-large' });
    }, WATCH_MS);
  });
  try {
    return await Promise.race([callToolkit(call, toolkit), tooLarge]);
  } finally {
    clearInterval(timer);
  }
}

function isOutgrown(folder: string): boolean {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    if (names.length > MAX_FILES) return true;
    const sizes = names.map((name) => lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
    return sizes.reduce((sum, size) => sum + size, 0) > MAX_FOLDER_BYTES;
  } catch {
    // Files come and go while the toolkit works.
    return false;
  }
}

async function callToolkit(call: ToolkitCall, toolkit: Promise<Toolkit>): Promise<ToolkitReply> {
  try {
    const { isFeatureAvailable, restoreCache, saveCache } = await toolkit;
    if (!isFeatureAvailable()) return { kind: 'unavailable' };
    // The toolkit packs and unpacks relative to the workspace and works in the runner's temporary folder: both are the call's own folder.
    process.chdir(call.folder);
    process.env['GITHUB_WORKSPACE'] = call.folder;
    process.env['RUNNER_TEMP'] = call.folder;
    if (call.call === 'save') {
      const id = await saveCache([ENTRY_FILE], call.key, undefined, true);
      return { kind: id === -1 ? 'not-saved' : 'saved' };
    }
    // Unpacking follows absolute names and `..` (`tar -P`): whatever a member calls itself, GNU tar is told to write this one file.
    process.env['TAR_OPTIONS'] = `--transform=s,.*,${ENTRY_FILE},`;
    // The first key again among the others: that those are matched by prefix is certain for every service.
    const key = await restoreCache([ENTRY_FILE], call.keys[0], [...call.keys], undefined, true);
    return key === undefined ? { kind: 'not-restored' } : { kind: 'restored', key };
  } catch (thrown) {
    return { kind: 'threw', message: thrown instanceof Error ? thrown.message : String(thrown) };
  } finally {
    delete process.env['TAR_OPTIONS'];
    // Some systems do not remove a folder that a process stands in.
    process.chdir(parse(call.folder).root);
  }
}
