import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { familyOf } from './process-family.ts';

export interface ProcessOptions {
  /** An absolute path, or one relative to the working directory. */
  readonly path: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the process gets this one's standard input and error, to ask a person; otherwise its input is empty. */
  readonly interactive: boolean;
  readonly windows: boolean;
  readonly workingDirectory: string;
  /** More than this on standard output ends the process. */
  readonly mostBytes: number;
  /** Called with each line that it writes to standard error, unless a person reads it there. */
  readonly onErrorLine: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How a process ended. */
export type ProcessEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly output: string }
  | { readonly kind: 'killed'; readonly by: string; readonly output: string }
  | { readonly kind: 'not-started'; readonly error: unknown }
  /** `output` is what it had printed by then. */
  | { readonly kind: 'aborted'; readonly output: string }
  | { readonly kind: 'too-much-output'; readonly output: string };

/** Between asking a process group to end and ending it. */
const GRACE_MS = 200;

/** How long what the process left running may keep its output open. */
const LINGER_MS = 1_000;

/**
 * Runs a program without a shell, to its end or until the signal aborts, and never leaves it behind: it gets a process group of its own, which ends with it when it is
 * stopped, and with this process.
 */
export async function runProcess(options: ProcessOptions): Promise<ProcessEnd> {
  if (options.signal.aborted) return { kind: 'aborted', output: '' };
  const { spawn } = process.getBuiltinModule('node:child_process');
  // A process in a session of its own has no terminal to ask a question on.
  const ownGroup = !options.windows && !options.interactive;
  let child: ChildProcess;
  try {
    child = spawn(options.path, [...options.args], {
      env: options.env,
      cwd: options.workingDirectory,
      stdio: options.interactive ? ['inherit', 'pipe', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      detached: ownGroup,
      shell: false,
      windowsHide: true,
    });
  } catch (error) {
    return { kind: 'not-started', error };
  }
  return await watch(child, ownGroup, options);
}

async function watch(child: ChildProcess, ownGroup: boolean, options: ProcessOptions): Promise<ProcessEnd> {
  const { promise, resolve } = Promise.withResolvers<ProcessEnd>();
  const timers: NodeJS.Timeout[] = [];
  let stopping = false;
  const family = new Set<number>();
  const send = (signal: NodeJS.Signals) => {
    // Looked up each time: whoever is asked to end may start others first. Once it has ended, its children are no longer known for what they are.
    if (child.pid !== undefined) for (const pid of familyOf(child.pid)) family.add(pid);
    endGroup(child, ownGroup, options.windows, signal);
    for (const pid of family) endProcess(pid, signal);
  };
  const stop = (end: ProcessEnd) => {
    stopping = true;
    send('SIGTERM');
    const timer = setTimeout(() => {
      send('SIGKILL');
      resolve(end);
    }, GRACE_MS);
    timers.push(timer);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.once('exit', () => {
      // Those that the process itself started have not been waited for.
      send('SIGKILL');
      resolve(end);
    });
  };

  const output = collect(child.stdout, options.mostBytes, () => stop({ kind: 'too-much-output', output: output() }));
  const flushLines = splitLines(child.stderr, options.onErrorLine);
  const onAbort = () => stop({ kind: 'aborted', output: output() });
  options.signal.addEventListener('abort', onAbort, { once: true });
  const forget = endWithThisProcess(() => send('SIGKILL'));

  const ended = (code: number | null, by: NodeJS.Signals | null): ProcessEnd =>
    code === null
      ? { kind: 'killed', by: by ?? 'a signal', output: output() }
      : { kind: 'exited', code, output: output() };
  child.once('error', (error) => resolve({ kind: 'not-started', error }));
  child.once('close', (code, by) => {
    if (!stopping) resolve(ended(code, by));
  });
  child.once('exit', (code, by) => {
    const timer = setTimeout(() => {
      if (!stopping) resolve(ended(code, by));
    }, LINGER_MS);
    timers.push(timer);
  });

  try {
    return await promise;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    options.signal.removeEventListener('abort', onAbort);
    forget();
    flushLines();
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.unref();
  }
}

function endGroup(child: ChildProcess, ownGroup: boolean, windows: boolean, signal: NodeJS.Signals): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (ownGroup) process.kill(-pid, signal);
    else if (!windows || !endTree(pid)) child.kill(signal);
  } catch {
    // Nobody is left in the group.
  }
}

function endProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

/** Windows has no process groups: whatever descends from a process is found and ended by a tool. */
function endTree(pid: number): boolean {
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  return spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { windowsHide: true }).status === 0;
}

/** How to end each of the programs that run now. */
const running = new Set<() => void>();

function endRunning(): void {
  for (const end of running) end();
}

function onSignal(signal: NodeJS.Signals): void {
  endRunning();
  // With nobody else listening the signal would have ended this process.
  if (process.listenerCount(signal) > 1) return;
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
}

/** A job that is cancelled ends this process by a signal, which a group of its own does not hear. */
function endWithThisProcess(end: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  if (running.size === 0) {
    for (const signal of signals) process.on(signal, onSignal);
    process.on('exit', endRunning);
  }
  running.add(end);
  return () => {
    running.delete(end);
    if (running.size > 0) return;
    for (const signal of signals) process.removeListener(signal, onSignal);
    process.removeListener('exit', endRunning);
  };
}

function collect(stream: Readable | null, mostBytes: number, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (bytes > mostBytes) return;
    chunks.push(chunk.subarray(0, mostBytes - bytes));
    bytes += chunk.length;
    if (bytes > mostBytes) onTooMuch();
  });
  stream?.on('error', () => undefined);
  return () => Buffer.concat(chunks).toString('utf8');
}

/** A longer line is left out whole: where it is cut a secret may be cut as well, and what is left of one is no longer known for what it is. */
const LONGEST_LINE = 8_192;
const LEFT_OUT = `(a line of more than ${LONGEST_LINE} characters, left out)`;

/** Tells each line, the one that has no end among them; the result tells the last one when there is no more to come. */
function splitLines(stream: Readable | null, onLine: (line: string) => void): () => void {
  let rest = '';
  /** Whether what comes is still of a line that was left out. */
  let skipping = false;
  const tell = (line: string): void => {
    if (!skipping) onLine(line.length > LONGEST_LINE ? LEFT_OUT : line);
    skipping = false;
  };
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) tell(line);
    if (skipping || rest.length > LONGEST_LINE) {
      tell(rest);
      skipping = true;
      rest = '';
    }
  });
  stream?.on('error', () => undefined);
  return () => {
    if (rest !== '') tell(rest);
    rest = '';
  };
}
