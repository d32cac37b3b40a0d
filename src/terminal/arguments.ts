import { parseArgs } from 'node:util';
import { INPUTS, type InputReader } from '../inputs/settings.ts';
import { speller } from '../model/spelling.ts';

/** What goes to standard output. */
export const FORMATS = ['text', 'json', 'junit', 'sarif', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** What a person asked for with the arguments of the command. */
export type Arguments =
  | {
      readonly kind: 'run';
      readonly read: InputReader;
      readonly debug: boolean;
      readonly format: Format;
      /** Paths to read to their end before anything is judged: `-` for standard input, and pipes. */
      readonly piped: readonly string[];
    }
  | { readonly kind: 'help'; readonly all: boolean }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly message: string };

/** What a path leads to; a pipe is whatever can be read only once. */
export type KindOfPath = (path: string) => 'file' | 'folder' | 'pipe' | 'nothing';

/** Inputs that take a list: each time they are given adds a line. Of any other the last one counts, as in other commands. */
const LISTS: ReadonlySet<string> = new Set([
  'require',
  'manifests',
  'allow-unparsable',
  'context',
  'snapshots',
  'reports',
  'compare',
  'expect-clusters',
  'provides',
]);

/** Where the command does something else than the action when an input is not given: a terminal shares its kubectl's cache. */
export const COMMAND_DEFAULTS: Readonly<Record<string, string>> = { 'kubectl-cache': 'use' };

/** One letter for what is typed most. */
const SHORT: Readonly<Record<string, string>> = { require: 'r', manifests: 'f', context: 'c', kubeconfig: 'k' };

/** `-r` of `require`; `undefined` for an option without a letter. */
export function shortOption(name: string): string | undefined {
  return Object.hasOwn(SHORT, name) ? SHORT[name] : undefined;
}

const OWN_OPTIONS = {
  output: { type: 'string', short: 'o', multiple: true },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'help-all': { type: 'boolean' },
  version: { type: 'boolean', short: 'V' },
} as const;

const names = [...INPUTS.map(({ name }) => name as string), ...Object.keys(OWN_OPTIONS)];

/**
 * Reads the arguments. What is neither an option nor its value is a file or folder of manifests where there is one of that name, and else a requirement.
 *
 * @param args without the program's own name
 */
export function readArguments(args: readonly string[], kindOf: KindOfPath): Arguments {
  try {
    return decide(args, kindOf);
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    return { kind: 'wrong', message: (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknownOption(args)) || message };
  }
}

function decide(args: readonly string[], kindOf: KindOfPath): Arguments {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    tokens: true,
    options: { ...inputOptions(), ...OWN_OPTIONS },
  });
  if (values['help-all'] === true) return { kind: 'help', all: true };
  if (values['help'] === true) return { kind: 'help', all: false };
  if (values['version'] === true) return { kind: 'version' };

  const expanded = expandedPattern(tokens, kindOf);
  if (expanded !== undefined) return { kind: 'wrong', message: expanded };
  const { manifests, requirements, ambiguous } = sort(positionals, kindOf);
  if (ambiguous !== undefined) {
    return {
      kind: 'wrong',
      message: `${ambiguous} is a requirement, and also a folder here. Write -r ${ambiguous} or ./${ambiguous}.`,
    };
  }
  const format = (values['output'] ?? ['text']).at(-1);
  const known = FORMATS.find((each) => each === format);
  if (known === undefined) {
    return { kind: 'wrong', message: `--output takes ${FORMATS.join(', ')}, not ${JSON.stringify(format)}.` };
  }

  const given: Readonly<Record<string, unknown>> = values;
  const files = [...textsOf(given['manifests']), ...manifests];
  const piped = files.filter((path) => isPiped(path, kindOf));
  const lists: Readonly<Record<string, readonly string[]>> = {
    require: [...textsOf(given['require']), ...requirements],
    manifests: files.filter((path) => !piped.includes(path)),
  };
  const read: InputReader = (name) => {
    const texts = lists[name] ?? textsOf(given[name]);
    return LISTS.has(name) ? texts.join('\n') : (texts.at(-1) ?? COMMAND_DEFAULTS[name] ?? '');
  };
  return { kind: 'run', read, debug: values['debug'] === true, format: known, piped };
}

function inputOptions(): Record<string, { type: 'string'; multiple: true; short?: string }> {
  return Object.fromEntries(
    INPUTS.map(({ name }) => {
      const short = shortOption(name);
      return [
        name,
        short === undefined ? { type: 'string', multiple: true } : { type: 'string', multiple: true, short },
      ];
    }),
  );
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Standard input, by its name here or the system's, and what a shell puts in place of `<(command)`. */
function isPiped(path: string, kindOf: KindOfPath): boolean {
  return path === '-' || kindOf(path) === 'pipe';
}

/** What can only be meant as a path: a requirement has no such name. */
const LIKE_PATH = /^(?:\.{0,2}\/|\.{1,2}$|~)|\/$|\.(?:ya?ml|json)$|^!.*[*?[]|\*\*/i;

interface Sorted {
  readonly manifests: string[];
  readonly requirements: string[];
  ambiguous?: string;
}

function sort(positionals: readonly string[], kindOf: KindOfPath): Sorted {
  const sorted: Sorted = { manifests: [], requirements: [] };
  for (const each of positionals) {
    const exists = kindOf(each) !== 'nothing';
    if (exists && /^[\w.-]+\/v\d+(?:(?:alpha|beta)\d+)?$|^v\d+$/.test(each)) sorted.ambiguous ??= each;
    if (each === '-' || exists || LIKE_PATH.test(each)) sorted.manifests.push(each);
    else sorted.requirements.push(each);
  }
  return sorted;
}

type Token = {
  readonly kind: string;
  readonly index: number;
  readonly name?: string | undefined;
  readonly value?: unknown | undefined;
};

/**
 * Files right behind the file that an option names are what a shell makes of a pattern without quotes. They would be taken, but a shell's `**` finds fewer of
 * them than ours does, so this is refused.
 */
function expandedPattern(tokens: readonly Token[], kindOf: KindOfPath): string | undefined {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'option' || token.name !== 'manifests' || typeof token.value !== 'string') continue;
    const next = tokens[index + 1];
    if (next?.kind !== 'positional' || typeof next.value !== 'string') continue;
    if (kindOf(token.value) !== 'file' || kindOf(next.value) !== 'file') continue;
    return `--manifests takes one value, and ${next.value} follows it: the shell has expanded a pattern. Quote the pattern: --manifests 'deploy/**/*.yaml'.`;
  }
  return undefined;
}

/** Names the first option that the command does not have, and the nearest that it has. */
function unknownOption(args: readonly string[]): string | undefined {
  const options = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length).map(optionName);
  const unknown = options.find((name) => name !== undefined && !names.includes(name));
  if (unknown === undefined) return undefined;
  const [nearest] = speller(names)(unknown);
  return `Unknown option --${unknown}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`;
}

/** Of an argument that is an option and nothing else: a value that begins with dashes, such as a whole kubeconfig, must not be shown. */
function optionName(argument: string): string | undefined {
  return /^--([A-Za-z][\w-]*)(?:=|$)/.exec(argument)?.[1];
}
