import type { Socket } from 'node:net';
import type { ToolkitCall, ToolkitReply } from './toolkit-call.ts';
import { hide, openAzureReader, readToolkitLine } from './toolkit-output.ts';

/** What came of a call, and what the toolkit had to say about it. */
export interface ToolkitAnswer {
  readonly reply: ToolkitReply;
  /** In the order in which they came; secrets hidden. */
  readonly complaints: readonly string[];
}

/** A process that makes calls of the cache toolkit, one at a time. It keeps nobody's process alive, and ends with the one that started it. */
export interface ToolkitProcess {
  /** Rejects when the process ends before it answered, and when a try of the toolkit failed: its next one would be seconds away. */
  call(call: ToolkitCall): Promise<ToolkitAnswer>;
  /** Ends it together with all that it started; settles when it is gone. */
  kill(): Promise<void>;
  readonly alive: boolean;
}

/** What the toolkit, tar and zstd need of the environment. Nothing else is handed on: a job's environment is full of secrets. */
const ENVIRONMENT = new Set(
  [
    'ACTIONS_CACHE_MODE ACTIONS_CACHE_SERVICE_V2 ACTIONS_CACHE_URL ACTIONS_ORCHESTRATION_ID ACTIONS_RESULTS_URL ACTIONS_RUNTIME_TOKEN',
    'GITHUB_REF GITHUB_SERVER_URL RUNNER_DEBUG RUNNER_OS RUNNER_TRACKING_ID',
    'ALL_PROXY HTTPS_PROXY HTTP_PROXY NO_PROXY NODE_EXTRA_CA_CERTS SSL_CERT_DIR SSL_CERT_FILE',
    'COMSPEC HOME LANG LD_LIBRARY_PATH PATH PATHEXT SYSTEMDRIVE SYSTEMROOT TEMP TMP TMPDIR USERPROFILE WINDIR',
  ]
    .join(' ')
    .split(' '),
);

/** The variables of a job that the toolkit's process gets. */
export function toolkitEnvironment(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined && ENVIRONMENT.has(name.toUpperCase())) kept[name] = value;
  }
  return kept;
}

/**
 * Starts the process; its module loads while the action does other things.
 *
 * @param module - the file to run, which answers as `actions-store-process.ts` does.
 */
export function startToolkitProcess(options: {
  readonly module: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly debug: (message: string) => void;
}): ToolkitProcess {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const { randomUUID } = process.getBuiltinModule('node:crypto');
  const { createInterface } = process.getBuiltinModule('node:readline');
  const grouped = process.platform !== 'win32';
  const mark = `${randomUUID()} `;
  const secrets = new Set<string>();
  let complaints: string[] = [];
  let alive = true;
  let waiting: { resolve(answer: ToolkitAnswer): void; reject(reason: Error): void } | undefined;

  const child = spawn(process.execPath, [options.module, mark], {
    // At this level its upload library says when it is going to try again.
    env: { ...toolkitEnvironment(options.variables), AZURE_LOG_LEVEL: 'info' },
    stdio: 'pipe',
    // A process group of its own is what ends tar and zstd together with it.
    detached: grouped,
    windowsHide: true,
  });
  const gone = new Promise<void>((resolve) => {
    const end = (what: string) => {
      alive = false;
      waiting?.reject(new Error(what));
      waiting = undefined;
      resolve();
    };
    child.once('error', (error) => end(`the cache toolkit could not be started: ${error.message}`));
    child.once('close', (code, signal) =>
      end(complaints.at(-1) ?? `the cache toolkit ended without an answer (${signal ?? `exit code ${code}`})`),
    );
  });
  // A pipe that breaks shows itself as the end of the process.
  child.stdin.on('error', () => undefined);
  const giveUp = (cause: string) => {
    waiting?.reject(new Error(`the cache service is in trouble: ${cause}`));
    waiting = undefined;
  };
  const readAzure = openAzureReader();
  createInterface({ input: child.stderr }).on('line', (line) => {
    const text = hide(line, secrets);
    options.debug(text);
    const cause = readAzure(text);
    if (cause !== undefined) giveUp(cause);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith(mark)) {
      waiting?.resolve({ reply: JSON.parse(line.slice(mark.length)) as ToolkitReply, complaints });
      waiting = undefined;
      return;
    }
    const read = readToolkitLine(line);
    if (read.kind === 'mask') {
      secrets.add(read.secret);
      return;
    }
    const text = hide(read.text, secrets);
    if (read.kind === 'complaint') complaints.push(text);
    if (read.kind === 'retry') giveUp(text);
    if (text !== '') options.debug(text);
  });
  // Node makes these pipes sockets, whatever its types say of them.
  child.unref();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) (pipe as unknown as Socket).unref();

  return {
    get alive() {
      return alive;
    },
    call(call) {
      complaints = [];
      return new Promise((resolve, reject) => {
        if (!alive) {
          reject(new Error('the cache toolkit has ended'));
          return;
        }
        waiting = { resolve, reject };
        child.stdin.write(`${JSON.stringify(call)}\n`);
      });
    },
    async kill() {
      if (alive && child.pid !== undefined) {
        try {
          process.kill(grouped ? -child.pid : child.pid, 'SIGKILL');
        } catch {
          child.kill('SIGKILL');
        }
      }
      await gone;
    },
  };
}
