import { lstatSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Glob, orAsWritten, parseGlobs, pathMatcher, pathWord, type Word } from '../files/glob.ts';
import { walk } from '../files/walk.ts';
import { readPatternLine } from '../model/pattern-line.ts';
import type { Place, Problem } from '../model/place.ts';
import { hintForPattern } from './pattern-hint.ts';

/** A file to read, and its name in reports: relative to the repository's root where it lies inside, with `/` between the parts. */
export interface ManifestFile {
  readonly path: string;
  readonly file: string;
}

export interface FoundFiles {
  /** Each once, sorted by name. */
  readonly files: readonly ManifestFile[];
  readonly problems: readonly Problem[];
  /** How many files each pattern matches, exclusions left out, in the order in which they were given. */
  readonly counts: readonly PatternCount[];
}

export interface PatternCount {
  readonly pattern: string;
  readonly files: number;
}

export interface Surroundings {
  readonly workingDirectory: string;
  readonly repositoryRoot: string;
}

export interface FindOptions extends Surroundings {
  /** The input that has the patterns; `manifests` unless given. */
  readonly input?: 'manifests' | 'snapshots' | 'compare' | 'reports' | undefined;
  readonly signal?: AbortSignal | undefined;
}

const MANIFEST = /\.(?:ya?ml|json)$/;
const isManifest = (name: string): boolean => MANIFEST.test(name);

/**
 * The files that patterns mean. A path stands for itself, a folder for all `.yaml`, `.yml` and `.json` below it, and anything else is a glob;
 * what a pattern with `!` before it means is left out, wherever in the list that one stands.
 *
 * A pattern that matches no file is a problem, for it judges nothing; and so is an alternative in its braces.
 *
 * @throws the signal's reason, when it aborts
 */
export async function findFiles(patterns: readonly string[], options: FindOptions): Promise<FoundFiles> {
  const { workingDirectory, signal } = options;
  const place: Place = { kind: 'input', input: options.input ?? 'manifests' };
  const nameOf = namer(options);
  const { globs, problems } = readPatterns(patterns, place, workingDirectory);
  const chosen = globs.filter(({ excludes }) => !excludes);
  const exclusions = globs.filter(({ excludes }) => excludes).flatMap(({ words }) => words);
  const all = chosen.flatMap((glob) => glob.words.map((word) => ({ glob, word })));
  const counts = new Map(chosen.map((glob) => [glob, 0]));
  const alive = new Set<Word>();
  const files: ManifestFile[] = [];
  const failures: Problem[] = [];

  const globsOf = (indexes: readonly number[]): ReadonlySet<Glob> => {
    const found = new Set<Glob>();
    for (const index of indexes) {
      const one = all[index];
      if (one === undefined) continue;
      found.add(one.glob);
      alive.add(one.word);
    }
    return found;
  };
  await walk({
    folder: workingDirectory,
    words: all.map(({ word }) => word),
    exclusions,
    isChosen: isManifest,
    signal,
    onFile: (path, indexes) => {
      for (const glob of globsOf(indexes)) counts.set(glob, (counts.get(glob) ?? 0) + 1);
      files.push({ path, file: nameOf(path) });
    },
    onFailure: ({ path, reason }, indexes) => {
      globsOf(indexes);
      failures.push({
        place: { kind: 'file', file: nameOf(path), line: 1 },
        message: reason,
        hint: `Correct it, or exclude it with \`!${localName(path, workingDirectory)}\`.`,
      });
    },
  });

  const dead = chosen.flatMap((glob) => deadWords(glob, alive).map((word) => ({ glob, word })));
  const hidden =
    exclusions.length === 0
      ? new Set<Word>()
      : await matchingWords(
          dead.map(({ word }) => word),
          workingDirectory,
          signal,
        );
  for (const glob of new Set(dead.map((each) => each.glob))) {
    const words = dead.filter((each) => each.glob === glob).map(({ word }) => word);
    problems.push(unmatched(glob, words, hidden, { place, workingDirectory }));
  }
  return {
    files: files.sort((a, b) => compare(a.file, b.file)),
    problems: [...problems, ...failures.sort((a, b) => compare(fileOf(a), fileOf(b)))],
    counts: chosen.map((glob) => ({ pattern: glob.pattern, files: counts.get(glob) ?? 0 })),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function fileOf({ place }: Problem): string {
  return place.kind === 'file' ? place.file : '';
}

/** Words that match nothing. Those that differ in the kind of manifest only, as of `*.{yaml,yml}`, are one: hardly anybody has files of each. */
function deadWords({ words }: Glob, alive: ReadonlySet<Word>): readonly Word[] {
  const stem = ({ text }: Word): string => text.replace(MANIFEST, '.');
  const living = new Set(words.filter((word) => alive.has(word)).map(stem));
  return words.filter((word) => !living.has(stem(word)));
}

/** Which of the words match a file when nothing is excluded. */
async function matchingWords(
  words: readonly Word[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<Word>> {
  const matching = new Set<Word>();
  const onFile = (_path: string, indexes: readonly number[]): void => {
    for (const word of indexes.flatMap((index) => words[index] ?? [])) matching.add(word);
  };
  if (words.length > 0) {
    await walk({ folder, words, exclusions: [], isChosen: isManifest, onFile, onFailure: () => undefined, signal });
  }
  return matching;
}

/** How many alternatives are named where many match nothing. */
const MOST_NAMED = 5;

function unmatched(
  { pattern, words: all }: Glob,
  words: readonly Word[],
  hidden: ReadonlySet<Word>,
  { place, workingDirectory }: { readonly place: Place; readonly workingDirectory: string },
): Problem {
  const ending = words.every((word) => hidden.has(word)) ? 'only files that other patterns exclude' : 'no file';
  if (words.length === all.length) {
    return {
      place,
      message: `The pattern ${pattern} matches ${ending}.`,
      hint: hintForPattern(slashed(pattern), workingDirectory),
    };
  }
  const named = words.slice(0, MOST_NAMED).map(({ text }) => text);
  const others = words.length - named.length;
  const list = others > 0 ? `${named.join(', ')} and ${others} more` : named.join(', ');
  return {
    place,
    message: `Of the pattern ${pattern}, ${list} ${words.length === 1 ? 'matches' : 'match'} ${ending}.`,
    hint: 'Correct the alternative, or remove it. Where one may be missing, write @(a|b) instead of {a,b}.',
  };
}

/** Reads patterns. A path that exists is itself, although its name could be read as a pattern; but not where it is a match of that pattern, as `*` is. */
function readPatterns(
  patterns: readonly string[],
  place: Place,
  workingDirectory: string,
): { readonly globs: readonly Glob[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  const globs = patterns.flatMap((line) => {
    const { excludes, pattern } = readPatternLine(slashed(line));
    const read = parseGlobs([slashed(line)], place);
    const [glob] = read.globs;
    if (glob?.words.every(({ isPath }) => isPath) === true && glob.words.length === 1) return glob;
    const path = pathOf(pattern, workingDirectory);
    if (path !== undefined && !(glob?.words.some((word) => matchesItself(word, pattern)) === true)) {
      return { pattern: line, excludes, words: [path] };
    }
    problems.push(...read.problems);
    return glob === undefined ? [] : { ...glob, words: glob.words.map((word) => existing(word, workingDirectory)) };
  });
  return { globs, problems };
}

function existing(word: Word, workingDirectory: string): Word {
  return word.isPath || matchesItself(word, word.text) ? word : (pathOf(word.text, workingDirectory) ?? word);
}

function matchesItself(word: Word, text: string): boolean {
  return pathMatcher([{ pattern: text, excludes: false, words: [word] }])(text);
}

function pathOf(text: string, workingDirectory: string): Word | undefined {
  try {
    const path = resolve(workingDirectory, text);
    return lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : pathWord(text);
  } catch {
    return undefined;
  }
}

/** Tells whether a file, named as in reports or by its path from the working directory, is one that any of the patterns of an input means. */
export function fileMatcher(
  patterns: readonly string[],
  input: string,
  { workingDirectory }: Surroundings,
): { readonly isMeant: (file: ManifestFile) => boolean; readonly problems: readonly Problem[] } {
  const { globs, problems } = parseGlobs(patterns.map(slashed), { kind: 'input', input });
  const matches = pathMatcher(globs.map(orAsWritten));
  const isMeant = ({ path, file }: ManifestFile): boolean =>
    [file, relative(workingDirectory, path).replaceAll(sep, '/'), path.replaceAll(sep, '/')].some(matches);
  return { isMeant, problems };
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
