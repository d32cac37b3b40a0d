import { GateError } from '../../model/errors.ts';
import type { Place } from '../../model/place.ts';
import type { Environment } from '../../model/world.ts';
import { readSmallFile } from '../named-file.ts';
import { decodeKubeconfig, emptyKubeconfig, type Kubeconfig } from './kubeconfig.ts';
import { isEncodedKubeconfig, looksLikeContent, parseKubeconfig, recogniseInput } from './text.ts';

/** A kubeconfig and how it was come by. */
export interface LoadedKubeconfig {
  readonly kubeconfig: Kubeconfig;
  /** Whether the input named it; otherwise it is what `KUBECONFIG` and the home folder held, if anything. */
  readonly explicit: boolean;
  /** What was read, in words for a message. */
  readonly sources: readonly string[];
  /** Files that were looked for and are not there. */
  readonly absent: readonly string[];
}

/**
 * Loads the kubeconfig that the input names or holds; without an input, what kubectl would load.
 * @throws GateError `invalid-input`
 * @see client-go tools/clientcmd/loader.go ClientConfigLoadingRules
 */
export async function loadKubeconfig(input: string | undefined, environment: Environment): Promise<LoadedKubeconfig> {
  if (input !== undefined && input.trim() !== '') return await loadInput(input, environment);
  return await loadList(defaultFiles(environment), environment);
}

async function loadInput(input: string, environment: Environment): Promise<LoadedKubeconfig> {
  const place: Place = { kind: 'input', input: 'kubeconfig' };
  const recognised = recogniseInput(input);
  if (recognised.kind === 'content') {
    const origin = { place, folder: environment.workingDirectory };
    const document = parseKubeconfig(Buffer.from(recognised.content), place);
    const kubeconfig = decodeKubeconfig(document, origin, pathResolver(origin.folder, environment));
    return { kubeconfig, explicit: true, sources: ['the input `kubeconfig`'], absent: [] };
  }
  const path = absolutePath(recognised.path, environment);
  const kubeconfig = await loadFile(path, environment);
  if (kubeconfig === undefined) throw missingInput(recognised.path, place);
  return { kubeconfig, explicit: true, sources: [path], absent: [] };
}

/** Files that are not there are passed over, as in kubectl; those that are must be whole. */
async function loadList(paths: readonly string[], environment: Environment): Promise<LoadedKubeconfig> {
  const loaded: { readonly path: string; readonly kubeconfig: Kubeconfig | undefined }[] = [];
  for (const path of paths) loaded.push({ path, kubeconfig: await loadFile(path, environment) });
  return {
    kubeconfig: loaded.reduceRight(
      (later, { kubeconfig }) => merged(kubeconfig ?? emptyKubeconfig, later),
      emptyKubeconfig,
    ),
    explicit: false,
    sources: loaded.filter(({ kubeconfig }) => kubeconfig !== undefined).map(({ path }) => path),
    absent: loaded.filter(({ kubeconfig }) => kubeconfig === undefined).map(({ path }) => path),
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

function defaultFiles(environment: Environment): readonly string[] {
  const list = environment.variables['KUBECONFIG'] ?? '';
  if (list === '') return [join(environment, environment.homeDirectory, '.kube', 'config')];
  if (looksLikeContent(list) || isEncodedKubeconfig(list)) throw contentInVariable();
  const separator = environment.platform === 'win32' ? ';' : ':';
  const names = new Set(list.split(separator).filter((name) => name !== ''));
  return [...names].map((name) => absolutePath(name, environment));
}

async function loadFile(path: string, environment: Environment): Promise<Kubeconfig | undefined> {
  const place = filePlace(path, environment);
  const content = readSmallFile(path, 'kubeconfig');
  if (content === undefined) return undefined;
  const folder = pathsOf(environment).dirname(path);
  return decodeKubeconfig(parseKubeconfig(content, place), { place, folder }, pathResolver(folder, environment));
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
  const hint =
    'Give the path of a kubeconfig (relative to the workspace), or the YAML itself. A step that writes the file must come before this one.';
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

/** The places a person may look at when nothing usable was found. */
export function describeSources({ sources, absent }: LoadedKubeconfig): string {
  if (sources.length > 0) return sources.join(', ');
  return absent.length > 0 ? `${absent.join(', ')} (not there)` : 'no file at all';
}
