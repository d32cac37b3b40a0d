/**
 * Builds the pinned engines that are not there yet: `node engines/build.ts [name...]`, all of them without a name.
 *
 * One that cannot be built does not keep the others from it; the exit code is 1 then.
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  broughtPath,
  buildArguments,
  buildEnvironment,
  builtFolder,
  cacheFolder,
  type EngineName,
  engineNames,
  engines,
  moduleFolder,
} from './paths.ts';

const unfinished = '.building-';
const lockPollMs = 500;
/** A lock without a process id is a moment away from having one, or its writer died in that moment. */
const unsignedLockMs = 10_000;
/** Older than this, a lock's process id belongs to somebody else by now. */
const longestBuildMs = 3_600_000;

process.exitCode = await main(process.argv.slice(2));

async function main(named: readonly string[]): Promise<number> {
  const strange = named.filter((name) => !isEngineName(name));
  if (strange.length > 0) {
    console.error(`No such engine: ${strange.join(', ')}. There are: ${engineNames.join(', ')}.`);
    return 2;
  }
  const wanted = named.length > 0 ? named.filter(isEngineName) : engineNames;
  let failures = 0;
  for (const name of wanted) {
    const start = performance.now();
    try {
      const outcome = await provide(name);
      console.log(`${name}: ${outcome} (${seconds(start)} s)`);
    } catch (cause) {
      failures += 1;
      console.error(`${name}: ${cause instanceof Error ? cause.message : String(cause)} (${seconds(start)} s)`);
    }
  }
  return failures > 0 ? 1 : 0;
}

function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(engines, name);
}

async function provide(name: EngineName): Promise<string> {
  const brought = broughtPath(name, process.env);
  if (brought !== undefined) return `taken from ${brought.variable}, ${brought.path}`;
  const folder = builtFolder(name, process.env);
  if (existsSync(folder)) return `there already, ${folder}`;
  mkdirSync(cacheFolder(process.env), { recursive: true });
  const release = await lock(`${folder}.lock`, name);
  try {
    if (existsSync(folder)) return `built by another process, ${folder}`;
    await build(name, folder);
    return `built, ${folder}`;
  } finally {
    release();
  }
}

/** Builds beside the final place and renames, so that a build that broke half-way is never found. */
async function build(name: EngineName, folder: string): Promise<void> {
  removeRemainders(folder);
  const temporary = mkdtempSync(`${folder}${unfinished}`);
  try {
    await go(buildArguments(name, join(temporary, engines[name].binary)), moduleFolder(name));
    renameSync(temporary, folder);
  } catch (cause) {
    if (!existsSync(folder)) throw cause;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Whoever holds the lock may clear away what builds that were killed have left. */
function removeRemainders(folder: string): void {
  const prefix = `${basename(folder)}${unfinished}`;
  for (const entry of readdirSync(dirname(folder))) {
    if (entry.startsWith(prefix)) rmSync(join(dirname(folder), entry), { recursive: true, force: true });
  }
}

async function go(parameters: readonly string[], folder: string): Promise<void> {
  const child = spawn('go', parameters, {
    cwd: folder,
    env: { ...process.env, ...buildEnvironment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  child.once('error', (cause: NodeJS.ErrnoException) => {
    const missing = 'the engines are built with Go, and there is no `go` on the PATH: install Go 1.26 or later';
    reject(cause.code === 'ENOENT' ? new Error(missing) : cause);
  });
  child.once('close', (code, signal) => {
    if (code === 0) resolve();
    else reject(new Error(`go build ended with ${signal ?? `exit code ${code}`}\n${lastLines(complaint)}`));
  });
  await promise;
}

/**
 * Waits for, and takes, the right to build one engine; returns what gives it back.
 *
 * The lock only saves work: two builds at once would still leave one whole binary, since each renames its own folder. So a lock of a process that is gone is simply taken over.
 */
async function lock(path: string, name: EngineName): Promise<() => void> {
  for (let told = false; ; ) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    }
    if (isAbandoned(path)) {
      rmSync(path, { force: true });
      continue;
    }
    if (!told) console.log(`${name}: waiting for another process that is building it (${path})`);
    told = true;
    await sleep(lockPollMs);
  }
}

function isAbandoned(path: string): boolean {
  try {
    const ageMs = Date.now() - statSync(path).mtimeMs;
    const holder = Number.parseInt(readFileSync(path, 'utf8'), 10);
    if (Number.isNaN(holder)) return ageMs > unsignedLockMs;
    return ageMs > longestBuildMs || !isAlive(holder);
  } catch {
    // Given back between the two looks at it: the next round will take it.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-20).join('\n');
}

function seconds(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1);
}
