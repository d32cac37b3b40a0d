import picomatch from 'picomatch';
import type { Problem } from '../model/place.ts';
import { hintForPattern } from './pattern-hint.ts';

const { lstatSync, readdirSync, realpathSync, statSync } = process.getBuiltinModule('node:fs');
const { isAbsolute, join, resolve, sep } = process.getBuiltinModule('node:path');

/** A file to read, and its name in reports: relative to the repository's root where it lies inside, with `/` between the parts. */
export interface ManifestFile {
  readonly path: string;
  readonly file: string;
}

export interface FoundFiles {
  /** Each once, sorted by name. */
  readonly files: readonly ManifestFile[];
  readonly problems: readonly Problem[];
}

export interface Surroundings {
  readonly workingDirectory: string;
  readonly repositoryRoot: string;
}

const MANIFEST = /\.(?:ya?ml|json)$/;

/**
 * The files that patterns mean. A path stands for itself, a folder for all `.yaml`, `.yml` and `.json` below it, and anything else is a glob;
 * what a pattern with `!` before it means is left out, wherever in the list that one stands.
 *
 * Links are followed, each folder once. A pattern that means no file is a problem, for it judges nothing.
 */
export function findFiles(patterns: readonly string[], surroundings: Surroundings): FoundFiles {
  const nameOf = namer(surroundings);
  const problems: Problem[] = [];
  const paths = new Set<string>();
  const excludes = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => matcherOf(slashed(pattern.slice(1).trim())));
  const isExcluded = (path: string): boolean => {
    const name = localName(path, surroundings.workingDirectory);
    return excludes.some((matches) => matches(name));
  };

  for (const pattern of patterns) {
    if (pattern.startsWith('!')) continue;
    const found = expand(slashed(pattern), surroundings.workingDirectory);
    for (const { path, reason } of found.failures) {
      if (!isExcluded(path)) problems.push({ place: { kind: 'file', file: nameOf(path), line: 1 }, message: reason });
    }
    const kept = found.paths.filter((path) => !isExcluded(path));
    for (const path of kept) paths.add(path);
    if (kept.length === 0 && found.failures.length === 0) {
      problems.push({
        place: { kind: 'input', input: 'manifests' },
        message:
          found.paths.length === 0
            ? `The pattern ${pattern} matches no file.`
            : `The pattern ${pattern} matches only files that other patterns exclude.`,
        hint: hintForPattern(slashed(pattern), surroundings.workingDirectory),
      });
    }
  }
  const files = [...paths].map((path) => ({ path, file: nameOf(path) }));
  return { files: files.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)), problems };
}

/** Tells whether a file, named as in reports or by its path from the working directory, is one that any of the patterns means. */
export function fileMatcher(patterns: readonly string[], surroundings: Surroundings): (file: ManifestFile) => boolean {
  const matchers = patterns.map((pattern) => matcherOf(slashed(pattern)));
  return ({ path, file }) => {
    const name = localName(path, surroundings.workingDirectory);
    return matchers.some((matches) => matches(name) || matches(file));
  };
}

interface Expansion {
  readonly paths: string[];
  readonly failures: { readonly path: string; readonly reason: string }[];
}

function expand(pattern: string, workingDirectory: string): Expansion {
  const found: Expansion = { paths: [], failures: [] };
  const literal = resolve(workingDirectory, pattern);
  const kind = kindOf(literal);
  if (kind === 'folder') {
    walk(literal, {
      found,
      matches: (name) => MANIFEST.test(name),
      enters: () => true,
      depth: Number.POSITIVE_INFINITY,
    });
  } else if (kind === 'file') {
    found.paths.push(literal);
  } else {
    const { base, glob, isGlob } = picomatch.scan(pattern);
    if (isGlob) walkGlob(resolve(workingDirectory, base), glob, found);
    else if (kind === 'broken') found.paths.push(literal);
  }
  return found;
}

function walkGlob(base: string, glob: string, found: Expansion): void {
  if (kindOf(base) !== 'folder') return;
  const hidden = /(?:^|[/{,(])\\?\./.test(glob);
  const test = picomatch(glob);
  // A pattern that names no kind of file means manifests, not whatever else lies beside them.
  const anyFile = /(?:^|\/)\*{1,2}$/.test(glob);
  walk(base, {
    found,
    matches: (name) => test(name) && (!anyFile || MANIFEST.test(name)),
    enters: (name) => hidden || !name.startsWith('.'),
    depth: /\*\*|[{(]/.test(glob) ? Number.POSITIVE_INFINITY : glob.split('/').length,
  });
}

/** What a path leads to; `broken` is a link that leads nowhere, or what may not be looked at: reading it tells why. */
function kindOf(path: string): 'folder' | 'file' | 'broken' | 'nothing' {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined) return stats.isDirectory() ? 'folder' : 'file';
    return lstatSync(path, { throwIfNoEntry: false }) === undefined ? 'nothing' : 'broken';
  } catch {
    return 'broken';
  }
}

interface Walk {
  readonly found: Expansion;
  /** By the path below the folder where the walk began. */
  readonly matches: (name: string) => boolean;
  readonly enters: (folder: string) => boolean;
  /** How many levels of folders, the first included, to look at. */
  readonly depth: number;
}

function walk(start: string, { found, matches, enters, depth }: Walk): void {
  const visited = new Set<string>();
  const visit = (folder: string, name: string, levels: number): void => {
    const entries = attempt(found, folder, () => {
      const real = realpathSync(folder);
      if (visited.has(real)) return [];
      visited.add(real);
      return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    });
    for (const entry of entries ?? []) {
      const path = folder + sep + entry.name;
      const below = name === '' ? entry.name : `${name}/${entry.name}`;
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && kindOf(path) === 'folder');
      if (!isFolder) {
        if (matches(below)) found.paths.push(path);
        continue;
      }
      if (MANIFEST.test(entry.name) && matches(below)) {
        found.failures.push({ path, reason: `${entry.name} is a folder, not a file.` });
      }
      if (levels > 1 && enters(entry.name)) visit(path, below, levels - 1);
    }
  };
  visit(start, '', depth);
}

function attempt<Value>(found: Expansion, path: string, read: () => Value): Value | undefined {
  try {
    return read();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    found.failures.push({ path, reason: `The folder cannot be read: ${reason}.` });
    return undefined;
  }
}

function matcherOf(pattern: string): (name: string) => boolean {
  const { glob, isGlob, input } = picomatch.scan(pattern);
  const bare = input.replace(/^\.\//, '').replace(/\/$/, '');
  if (!isGlob || glob === '') return (name) => name === bare || name.startsWith(`${bare}/`);
  return picomatch(bare, { dot: true });
}

/** Windows writes `\` between the parts of a path; in a glob elsewhere it takes a character's meaning away. */
function slashed(pattern: string): string {
  return sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
}

function localName(path: string, folder: string): string {
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  return (path.startsWith(prefix) ? path.slice(prefix.length) : path).replaceAll(sep, '/');
}

function namer({ repositoryRoot, workingDirectory }: Surroundings): (path: string) => string {
  const root = isAbsolute(repositoryRoot) ? resolve(repositoryRoot) : join(workingDirectory, repositoryRoot);
  return (path) => localName(path, root);
}
