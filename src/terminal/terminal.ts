/** The same gate for a terminal: every input of the action is an option, and arguments are files or requirements. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGate } from '../gate/gate.ts';
import type { World } from '../gate/world.ts';
import { readSettings } from '../inputs/settings.ts';
import { toGateError } from '../model/errors.ts';
import { legible, logLine } from '../model/legible.ts';
import type { Verdict } from '../model/verdict.ts';
import { type PrintOptions, print, printError } from '../report/publish.ts';
import { openRedaction } from '../system/redaction.ts';
import { endProcess, systemClock, systemEnvironment } from '../system/system.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { EXIT_CODES, helpText, START } from './help.ts';
import { kindOfPath, readPipes } from './pipes.ts';
import { openProgress } from './progress.ts';
import { painter, wantsColour } from './style.ts';
import { OPTION_WORDS } from './wording.ts';

/** Does what the arguments of this process ask for, and ends it. */
export async function runTerminal(): Promise<void> {
  const { argv, stdout, stderr } = process;
  // Whoever reads may stop reading (`| head`), and a disk may be full: the exit code still tells the outcome.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const args = argv.slice(2);
  if (args[0] === 'diff') return endProcess(await diff(args.slice(1)));
  const given = readArguments(args, kindOfPath);
  if (args.length === 0) {
    stderr.write(`${START}\n`);
    await endProcess(EXIT_CODES['invalid-input']);
  }
  switch (given.kind) {
    case 'help':
      stdout.write(`${helpText(given.all)}\n`);
      return endProcess(0);
    case 'version':
      stdout.write(`${await ownVersion()}\n`);
      return endProcess(0);
    case 'wrong':
      stderr.write(`${given.message}\nSee kube-api-gate --help.\n`);
      return endProcess(EXIT_CODES['invalid-input']);
    default:
      return endProcess(await run(given));
  }
}

async function diff(args: readonly string[]): Promise<number> {
  const { runDiff } = await import('./diff.ts');
  return runDiff(args, {
    workingDirectory: process.cwd(),
    line: (text) => void process.stdout.write(`${text}\n`),
    note: (text) => void process.stderr.write(`${legible(text)}\n`),
  });
}

async function run(given: Extract<Arguments, { kind: 'run' }>): Promise<number> {
  const { stdout, stderr } = process;
  const environment = systemEnvironment();
  const { variables, workingDirectory, homeDirectory } = environment;
  const { mask, redact } = openRedaction(() => undefined);
  const progress = openProgress(stderr.isTTY ? (text) => void stderr.write(text) : undefined, systemClock);
  const paint = painter(given.format === 'text' && wantsColour(variables, stdout.isTTY === true));
  const line = (text: string): void => {
    progress.clear();
    stdout.write(`${paint(redact(text))}\n`);
  };
  const note = (text: string): void => {
    progress.clear();
    stderr.write(`${logLine(redact(text))}\n`);
  };
  const kubectlCacheDirectory = variables['KUBECACHEDIR'] || join(homeDirectory, '.kube', 'cache');
  const reading = readSettings(given.read);
  const printing: PrintOptions = {
    workingDirectory,
    redact,
    line,
    format: given.format,
    reportDirectory: reading.settings.reportDirectory,
    words: OPTION_WORDS,
  };
  try {
    const world: World = {
      environment,
      clock: systemClock,
      log: { line: note, debug: given.debug ? note : () => undefined },
      secrets: {
        mask,
        redact,
        idToken: () => Promise.reject(new Error('a GitHub OIDC token can only be had inside a GitHub Actions job')),
      },
      repositoryRoot: workingDirectory,
      kubectlCacheDirectory,
      kubectlOwnCacheDirectory: kubectlCacheDirectory,
      exportVariable: () => undefined,
      piped: readPipes(given.piped),
      progress: progress.now,
      publisher: {
        prepare: async () => undefined,
        verdict: (verdict: Verdict) => print(verdict, printing),
        error: (error) => printError(error, printing),
      },
    };
    return EXIT_CODES[await runGate(reading, world)];
  } catch (thrown) {
    const error = toGateError(thrown);
    await printError(error, printing);
    return EXIT_CODES[error.outcome];
  } finally {
    progress.end();
  }
}

/** The version in the package.json beside dist/, which npm publishes with it. */
async function ownVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version }: { readonly version?: unknown | undefined } = JSON.parse(text);
  return typeof version === 'string' ? version : 'unknown';
}
