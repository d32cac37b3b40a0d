import { GateError } from '../../model/errors.ts';
import type { Place } from '../../model/place.ts';
import type { Environment } from '../../model/world.ts';
import { readSmallFile } from '../named-file.ts';
import { decodeKubeconfig, emptyKubeconfig, type Kubeconfig } from './kubeconfig.ts';
import { looksLikeContent, parseKubeconfig, recogniseInput } from './text.ts';
import { describeWrappings, unwrapKubeconfig } from './unwrap.ts';

/** A kubeconfig and where it came from. */
export interface LoadedKubeconfig {
  readonly kubeconfig: Kubeconfig;
  /** What named it: the input, the environment variable, or nobody, which leaves the home folder's. */
  readonly from: 'input' | 'KUBECONFIG' | 'home';
  /** What was read, in words for a message. */
  readonly sources: readonly string[];
  /** Files that were looked for and are not there. */
  readonly absent: readonly string[];
  /** Whether it came as text, and not from a file. */
  readonly isText?: boolean | undefined;
  /** What was taken off before it could be read, a sentence each. */
  readonly unwrapped: readonly string[];
}

/** What a run has loaded, by its input: a fleet of fifty contexts has one kubeconfig, and it is large. */
const LOADED = new WeakMap<Environment, Map<string | undefined, Promise<LoadedKubeconfig>>>();

/**
 * Loads the kubeconfig that the input names or holds; without an input, what kubectl would load. In one environment, which is of one run, once.
 * @throws GateError `invalid-input`
 * @see client-go tools/clientcmd/loader.go ClientConfigLoadingRules
 */
export function loadKubeconfig(input: string | undefined, environment: Environment): Promise<LoadedKubeconfig> {
  const known = LOADED.get(environment) ?? new Map<string | undefined, Promise<LoadedKubeconfig>>();
  LOADED.set(environment, known);
  const loaded = known.get(input) ?? load(input, environment);
  known.set(input, loaded);
  return loaded;
}

async function load(input: string | undefined, environment: Environment): Promise<LoadedKubeconfig> {
  if (input !== undefined && input.trim() !== '') return await loadInput(input, environment);
  const list = environment.variables['KUBECONFIG'] ?? '';
  if (list === '')
    return await loadList([join(environment, environment.homeDirectory, '.kube', 'config')], 'home', environment);
  return await loadList(filesOf(list, environment), 'KUBECONFIG', environment);
}

async function loadInput(input: string, environment: Environment): Promise<LoadedKubeconfig> {
  const place: Place = { kind: 'input', input: 'kubeconfig' };
  const { text, wrappings } = unwrapKubeconfig(input);
  const unwrapped =
    wrappings.length === 0 ? [] : [`The kubeconfig in the input \`kubeconfig\` is ${describeWrappings(wrappings)}.`];
  const recognised = recogniseInput(text);
  if (recognised.kind === 'content') {
    const origin = { place, folder: environment.workingDirectory };
    const document = parseKubeconfig(Buffer.from(recognised.content), place);
    const kubeconfig = decodeKubeconfig(document, origin, pathResolver(origin.folder, environment));
    return { kubeconfig, from: 'input', sources: ['the input `kubeconfig`'], absent: [], unwrapped, isText: true };
  }
  const path = absolutePath(recognised.path, environment);
  const file = await loadFile(path, environment);
  if (file === undefined) throw missingInput(recognised.path, place);
  return { from: 'input', sources: [path], absent: [], ...file };
}

/** Files that are not there are passed over, as in kubectl; those that are must be whole. */
async function loadList(
  paths: readonly string[],
  from: 'KUBECONFIG' | 'home',
  environment: Environment,
): Promise<LoadedKubeconfig> {
  const loaded: { readonly path: string; readonly file: LoadedFile | undefined }[] = [];
  for (const path of paths) loaded.push({ path, file: await loadFile(path, environment) });
  return {
    kubeconfig: loaded.reduceRight(
      (later, { file }) => merged(file?.kubeconfig ?? emptyKubeconfig, later),
      emptyKubeconfig,
    ),
    from,
    sources: loaded.filter(({ file }) => file !== undefined).map(({ path }) => path),
    absent: loaded.filter(({ file }) => file === undefined).map(({ path }) => path),
    unwrapped: loaded.flatMap(({ file }) => file?.unwrapped ?? []),
  };
}

/** An entry of the first file wins whole: nothing of a later one of the same name is mixed in. */
function merged(first: Kubeconfig, later: Kubeconfig): Kubeconfig {
  return {
    clusters: new Map([...later.clusters, ...first.clusters]),
    users: new Map([...later.users, ...first.users]),
    contexts: new Map([...later.contexts, ...first.contexts]),
    currentContext: first.currentContext || later.currentContext,
  };
}

function filesOf(list: string, environment: Environment): readonly string[] {
  if (looksLikeContent(list) || unwrapKubeconfig(list).wrappings.length > 0) throw contentInVariable();
  const separator = environment.platform === 'win32' ? ';' : ':';
  const names = new Set(list.split(separator).filter((name) => name !== ''));
  return [...names].map((name) => absolutePath(name, environment));
}

type LoadedFile = Pick<LoadedKubeconfig, 'kubeconfig' | 'unwrapped'>;

async function loadFile(path: string, environment: Environment): Promise<LoadedFile | undefined> {
  const place = filePlace(path, environment);
  const content = readSmallFile(path, 'kubeconfig');
  if (content === undefined) return undefined;
  const { text, wrappings } = unwrapKubeconfig(content.toString('utf8'));
  const folder = pathsOf(environment).dirname(path);
  const document = parseKubeconfig(wrappings.length === 0 ? content : Buffer.from(text), place);
  return {
    kubeconfig: decodeKubeconfig(document, { place, folder }, pathResolver(folder, environment)),
    unwrapped: wrappings.length === 0 ? [] : [`The kubeconfig ${path} is ${describeWrappings(wrappings)}.`],
  };
}

/** A file as reports name it: relative to the workspace where it lies in it. */
function filePlace(path: string, environment: Environment): Place {
  const { relative, isAbsolute, sep } = pathsOf(environment);
  const inside = relative(environment.variables['GITHUB_WORKSPACE'] || environment.workingDirectory, path);
  const file = inside.startsWith('..') || isAbsolute(inside) ? path : inside;
  return { kind: 'file', file: file.split(sep).join('/'), line: 1 };
}

/** Paths in a kubeconfig are relative to the folder of the file that holds them. */
function pathResolver(folder: string, environment: Environment): (path: string) => string {
  const { isAbsolute } = pathsOf(environment);
  return (path) => (isAbsolute(path) ? path : join(environment, folder, path));
}

/** A workflow's `with:` knows no shell, so `~/` arrives as it was written. */
function absolutePath(path: string, environment: Environment): string {
  const { isAbsolute } = pathsOf(environment);
  if (/^~[/\\]/.test(path)) return join(environment, environment.homeDirectory, path.slice(2));
  return isAbsolute(path) ? path : join(environment, environment.workingDirectory, path);
}

function join(environment: Environment, ...parts: string[]): string {
  return pathsOf(environment).join(...parts);
}

function pathsOf(environment: Environment): typeof import('node:path').posix {
  const path = process.getBuiltinModule('node:path');
  return environment.platform === 'win32' ? path.win32 : path.posix;
}

function missingInput(path: string, place: Place): GateError {
  // What is not a path may be a secret that lost its shape on the way here.
  const shown = path.length <= 200 && /[/\\.]/.test(path) && !path.startsWith('ey') ? `\`${path}\`` : 'its value';
  const message = `The input \`kubeconfig\` names no file: ${shown} does not exist`;
  const hint = /^[A-Z][A-Z0-9_]*$/.test(path)
    ? `If this is the name of a secret, give its value: \`kubeconfig: \${{ secrets.${path} }}\`.`
    : 'Give the path of a kubeconfig (relative to the workspace), or the YAML itself. A step that writes the file must come before this one.';
  return new GateError('invalid-input', 'kubeconfig-missing', message, { hint, problems: [{ place, message, hint }] });
}

function contentInVariable(): GateError {
  return new GateError(
    'invalid-input',
    'kubeconfig-variable-content',
    'The environment variable KUBECONFIG holds a kubeconfig; it must name one or more files',
    { hint: 'Give the content to the input `kubeconfig` instead.' },
  );
}

/** The places a person may look at, in words for a message. */
export function describeSources({ from, sources, absent }: LoadedKubeconfig): string {
  const [files, state] =
    sources.length > 0
      ? [sources, '']
      : [absent, absent.length > 1 ? ', which do not exist' : ', which does not exist'];
  const named = files.join(', ');
  if (from === 'input') return named;
  if (from === 'KUBECONFIG')
    return named === ''
      ? 'the environment variable KUBECONFIG, which names no file'
      : `${named} (environment variable KUBECONFIG)${state}`;
  return `${named} (home folder)${state}`;
}

/** What may have kept a KUBECONFIG from naming files that exist; `undefined` when nothing is to be seen in it. */
export function slipInVariable(list: string, platform: NodeJS.Platform): string | undefined {
  if (/^\s*["']|["']\s*$/.test(list))
    return 'The value is in quotes, which are a part of the file name here: leave them out.';
  if (platform !== 'win32' && list.includes(';'))
    return 'Separate several files with a colon; a semicolon does so only on Windows.';
  if (/^~/.test(list)) return 'Write $HOME for ~: only a shell replaces it.';
  return undefined;
}
