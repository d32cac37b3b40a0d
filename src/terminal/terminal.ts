/** The same gate for a terminal: every input of the action is an option, and arguments are requirements. */
import { parseArgs } from 'node:util';
import { openDirectoryStore } from '../cache/directory-store.ts';
import { runGate } from '../gate/gate.ts';
import type { World } from '../gate/world.ts';
import { INPUTS, type InputReader, readSettings } from '../inputs/settings.ts';
import type { Outcome } from '../model/errors.ts';
import { logLine } from '../model/legible.ts';
import { speller } from '../model/spelling.ts';
import { print, printError } from '../report/publish.ts';
import { openRedaction } from '../system/redaction.ts';
import { endProcess, systemClock, systemEnvironment } from '../system/system.ts';

/** One exit code an outcome, so that a script can tell them apart. */
const EXIT_CODES: Readonly<Record<Outcome, number>> = {
  compatible: 0,
  incompatible: 1,
  'invalid-input': 2,
  undetermined: 3,
  unreachable: 4,
  denied: 5,
  'internal-error': 70,
};

const usage = (): string => `Usage: kube-api-gate [options] [requirement...]

Asks a Kubernetes cluster which APIs it serves, and fails when one that is required is missing.

  kube-api-gate apps/v1 'batch/v1/CronJob verbs=create'
  kube-api-gate --manifests 'deploy/**/*.yaml' --context prod

Options (each may be given more than once; each time adds a line):
${INPUTS.map(({ name, description, default: value }) => `  --${name}${value ? ` (default: ${value})` : ''}\n      ${description}`).join('\n')}
  --debug\n      Say what is asked and how it is answered.
  --help\n      This text.

Exit codes: ${Object.entries(EXIT_CODES)
  .map(([outcome, code]) => `${code} ${outcome}`)
  .join(', ')}.`;

type Arguments =
  | { readonly kind: 'run'; readonly read: InputReader; readonly debug: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

function argumentsOf(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(INPUTS.map(({ name }) => [name, { type: 'string', multiple: true } as const])),
        debug: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values['help'] === true) return { kind: 'help' };
    const given: Readonly<Record<string, unknown>> = values;
    const lines = (name: string): readonly string[] => [given[name] ?? []].flat().map(String);
    const defaults: ReadonlyMap<string, string> = new Map(INPUTS.map(({ name, default: value }) => [name, value]));
    const read: InputReader = (name) => {
      const all = name === 'require' ? [...lines(name), ...positionals] : lines(name);
      return all.length === 0 ? (defaults.get(name) ?? '') : all.join('\n');
    };
    return { kind: 'run', read, debug: values['debug'] === true };
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    return { kind: 'wrong', message: (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknownOption(args)) || message };
  }
}

/** Names the first option that there is not, and what it may have been a slip for. */
function unknownOption(args: readonly string[]): string | undefined {
  const names = [...INPUTS.map(({ name }) => name), 'debug', 'help'];
  const options = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length).map(optionName);
  const unknown = options.find((name) => name !== undefined && !names.includes(name));
  if (unknown === undefined) return undefined;
  const [nearest] = speller(names)(unknown);
  return `There is no option --${unknown}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
}

/** Of an argument that is an option and nothing else: a value that begins with dashes, such as a whole kubeconfig, must not be shown. */
function optionName(argument: string): string | undefined {
  return /^--([A-Za-z][\w-]*)(?:=|$)/.exec(argument)?.[1];
}

/** Does what the arguments of this process ask for, and ends it. */
export async function runTerminal(): Promise<void> {
  const { argv, stdout, stderr } = process;
  // Whoever reads may stop reading (`| head`), and a disk may be full: the exit code still tells the outcome.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const given = argumentsOf(argv.slice(2));
  if (given.kind === 'help') {
    stdout.write(`${usage()}\n`);
    await endProcess(0);
  } else if (given.kind === 'wrong') {
    stderr.write(`${given.message}\nSee kube-api-gate --help.\n`);
    await endProcess(EXIT_CODES['invalid-input']);
  } else {
    const environment = systemEnvironment();
    const { variables, workingDirectory, homeDirectory } = environment;
    const { join } = process.getBuiltinModule('node:path');
    const { mask, redact } = openRedaction(() => undefined);
    const line = (text: string): void => void stdout.write(`${redact(text)}\n`);
    const note = (text: string): void => void stderr.write(`${logLine(redact(text))}\n`);
    const reading = readSettings(given.read);
    const printing = { workingDirectory, redact, line, reportDirectory: reading.settings.reportDirectory };
    const world: World = {
      environment,
      clock: systemClock,
      log: { line: note, debug: given.debug ? note : () => undefined },
      secrets: {
        mask,
        redact,
        idToken: () => Promise.reject(new Error('a GitHub OIDC token can only be had inside a GitHub Actions job')),
      },
      store: openDirectoryStore({
        directory: join(variables['XDG_CACHE_HOME'] || join(homeDirectory, '.cache'), 'kube-api-gate', 'snapshots'),
      }),
      repositoryRoot: workingDirectory,
      kubectlCacheDirectory: variables['KUBECACHEDIR'] || join(homeDirectory, '.kube', 'cache'),
      exportVariable: () => undefined,
      publisher: {
        prepare: async () => undefined,
        verdict: (verdict) => print(verdict, printing),
        error: (error) => printError(error, printing),
      },
    };
    const outcome = await runGate(reading, world);
    await endProcess(EXIT_CODES[outcome]);
  }
}
