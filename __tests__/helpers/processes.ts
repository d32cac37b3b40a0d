/** Child processes that cannot outlive the test that started them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process in the background whose output goes to a file. */
export type Background = {
  readonly name: string;
  readonly pid: number;
  /** Whether it has ended, by itself or not. */
  ended(): boolean;
  /** The last lines that it wrote. */
  lastWords(): string;
  /** Asks it to end, and after `graceMs` makes it. Returns when it is gone. */
  stop(graceMs?: number): Promise<void>;
  /** Ends it at once, without a chance to clean up. Returns when it is gone. */
  kill(): Promise<void>;
};

/** What a command that ran to its end left behind. `code` is -1 when a signal ended it. */
export type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts a process in the background. When this process ends in whatever way, even by SIGKILL, it is killed and `scratch`, if given, removed. */
export function startInBackground(
  name: string,
  command: string,
  parameters: readonly string[],
  options: { readonly logFile: string; readonly scratch?: string; readonly env?: Environment },
): Background {
  const log = openSync(options.logFile, 'a');
  const child = spawn(command, parameters, { stdio: ['ignore', log, log], env: options.env ?? process.env });
  closeSync(log);
  // Said below, in words; without a listener Node would end the process over it.
  child.on('error', () => undefined);
  if (child.pid === undefined) throw new Error(`${name} did not start: ${command}`);
  const watchdog = guard(child.pid, options.scratch);
  let over = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      over = true;
      watchdog.kill('SIGKILL');
      resolve();
    });
  });
  return {
    name,
    pid: child.pid,
    ended: () => over,
    lastWords: () => readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n'),
    async stop(graceMs = 2000) {
      if (!over) child.kill('SIGTERM');
      const patience = new AbortController();
      const grace = sleep(graceMs, undefined, { signal: patience.signal }).catch(() => undefined);
      await Promise.race([gone, grace]);
      patience.abort();
      if (!over) child.kill('SIGKILL');
      await gone;
    },
    async kill() {
      if (!over) child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Runs a command to its end; after `timeoutMs` it is killed. */
export async function run(
  command: string,
  parameters: readonly string[],
  options: {
    readonly env?: Environment;
    readonly cwd?: string;
    readonly stdin?: string;
    readonly timeoutMs?: number;
  } = {},
): Promise<Finished> {
  const { env = process.env, cwd, stdin = '', timeoutMs = 30_000 } = options;
  const child = spawn(command, parameters, { env, cwd, timeout: timeoutMs, killSignal: 'SIGKILL' });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  // A command that does not read its input may be gone before all of it is written.
  child.stdin.on('error', () => undefined).end(stdin);
  const { promise, resolve, reject } = Promise.withResolvers<Finished>();
  child.once('error', reject);
  child.once('close', (code) => resolve({ code: code ?? -1, ...output }));
  return await promise;
}

/** TCP ports of 127.0.0.1 that are free now, all different. Another process may take one before it is used. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  return await Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
      return address.port;
    }),
  );
}

/** Whether a process with this id still runs. One that has ended and that nobody has asked after yet does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Where process 1 collects no orphans, their remains stay for ever. The state comes after the name, which may hold anything but ends with the last parenthesis.
  if (process.platform !== 'linux') return true;
  try {
    return !/\) [ZX] [^)]*$/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function listenAnywhere() {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  return server;
}

/**
 * A shell that waits for the end of its input, which comes when this process is gone, and then kills `pid` and removes `scratch`.
 *
 * It leads a process group of its own, so that a Ctrl-C which ends the tests leaves it alive to do this.
 */
function guard(pid: number, scratch: string | undefined): ChildProcess {
  const removal = scratch === undefined ? '' : '; sleep 0.2; rm -rf "$2"';
  const watchdog = spawn('/bin/sh', ['-c', `read -r _; kill -9 "$1"${removal}`, 'sh', String(pid), scratch ?? ''], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watchdog.unref();
  return watchdog;
}
