/** What a Node process took at most, as it says itself when it ends. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type PeakMemory = {
  /** Variables for the process; of several that get them, the last to end is read. */
  readonly env: Readonly<Record<string, string>>;
  /** Megabytes (of a million bytes) that it held at most, once it has ended. */
  read(): number;
  remove(): void;
};

/** Has a process leave its peak resident set size in a file. */
export function watchPeakMemory(): PeakMemory {
  const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-memory-'));
  const result = join(folder, 'kilobytes');
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(result)}, String(process.resourceUsage().maxRSS)));\n`,
  );
  return {
    env: { NODE_OPTIONS: `--require=${hook}` },
    read: () => Math.round((Number(readFileSync(result, 'utf8')) * 1024) / 1e6),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
