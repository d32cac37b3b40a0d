import { GateError } from '../model/errors.ts';
import { readPatternLine } from '../model/pattern-line.ts';
import type { Place, Problem } from '../model/place.ts';
import { expandBraces, MOST_ALTERNATIVES } from './brace-expansion.ts';
import { closingParenthesis, opensGroup, parseSegment, type Segment } from './segment.ts';

/** A pattern of paths, ready to match. */
export interface Glob {
  /** As it was written. */
  readonly pattern: string;
  /** It stands for what is taken out again. */
  readonly excludes: boolean;
  /** What its braces stand for: one at least, each once. */
  readonly words: readonly Word[];
}

/** A pattern without braces. */
export interface Word {
  readonly text: string;
  /** It begins at the root, not at the folder to which patterns are relative. */
  readonly isAbsolute: boolean;
  /** Without `.` and empty parts; `..` stands only at the beginning. */
  readonly segments: readonly Segment[];
  /** It has nothing but names: a path. It means the folder there, too, with all that is below. */
  readonly isPath: boolean;
  /** It ends in a slash, so that it means folders, with all that is below. */
  readonly meansFolders: boolean;
}

/** A path on any system is shorter. */
const LONGEST = 4_096;

/**
 * Reads a line with a pattern, or with `!` before it. Its language is bash's with `globstar` and `extglob`; `docs/manifests.md` describes it.
 *
 * These differ from bash on purpose:
 * - what can match nothing is refused, not silently taken for text: an open group, a slash in a group, a range backwards, an unknown class, an empty alternative;
 * - `..` is taken back by name, not by where a link leads, and is refused behind a pattern;
 * - `**` goes through links to folders, which bash leaves out since 4.3;
 * - quotes, `~` and `$` mean themselves.
 *
 * @throws GateError `invalid-input`, `invalid-glob`
 */
export function parseGlob(line: string): Glob {
  const { excludes, pattern } = readPatternLine(line);
  return { pattern: line, excludes, words: wordsOf(pattern) };
}

/** Reads lines with patterns; what cannot be read is a problem at `place`, and means no file. */
export function parseGlobs(
  lines: readonly string[],
  place: Place,
): { readonly globs: readonly Glob[]; readonly problems: readonly Problem[] } {
  const globs: Glob[] = [];
  const problems: Problem[] = [];
  for (const line of lines) {
    try {
      globs.push(parseGlob(line));
    } catch (thrown) {
      if (!(thrown instanceof GateError)) throw thrown;
      const { message, hint } = thrown;
      problems.push({
        place,
        message: `The pattern ${line} cannot be read. ${message}`,
        hint,
      });
    }
  }
  return { globs, problems };
}

/** The same pattern, which also means the path that is written as it is: where nothing tells whether that exists, its odd characters need no escaping. */
export function orAsWritten(glob: Glob): Glob {
  return { ...glob, words: [...glob.words, pathWord(readPatternLine(glob.pattern).pattern)] };
}

/** The path `text` as a word, whatever characters it has. */
export function pathWord(text: string): Word {
  return wordOf(text, (name) => ({ kind: 'name', name }));
}

function wordsOf(pattern: string): readonly Word[] {
  if (pattern.length > LONGEST) {
    throw refusal(`It has ${pattern.length} characters; at most ${LONGEST} are read.`, 'Write several patterns.');
  }
  const texts = expandBraces(pattern);
  if (texts === undefined) {
    throw refusal(
      `Its braces stand for more than ${MOST_ALTERNATIVES} patterns.`,
      'Use a star, or a class such as [0-9].',
    );
  }
  if (texts.includes('')) {
    throw refusal(
      'It, or an alternative in its braces, is empty.',
      'Remove the empty alternative; for the working directory write a dot.',
    );
  }
  return [...new Set(texts)].map((text) => wordOf(text, parseSegment));
}

function wordOf(text: string, parse: (part: string) => Segment): Word {
  const segments: Segment[] = [];
  for (const part of parse === parseSegment ? splitAtSlashes(text) : text.split('/')) {
    const segment = parse(part);
    if (segment.kind === 'name' && (segment.name === '' || segment.name === '.')) continue;
    const last = segments.at(-1);
    if (isParent(segment) && last !== undefined && !isParent(last)) {
      if (last.kind !== 'name') throw refusal('It has .. behind a pattern.', 'Write .. only at the beginning.');
      segments.pop();
    } else if (segment.kind !== 'folders' || last?.kind !== 'folders') segments.push(segment);
  }
  const isPath = segments.every(({ kind }) => kind === 'name');
  return {
    text,
    isAbsolute: text.startsWith('/'),
    segments,
    isPath,
    // Two stars mean what is in those folders, with a slash or without.
    meansFolders: !isPath && /\/\.?$/.test(text) && segments.at(-1)?.kind !== 'folders',
  };
}

function isParent(segment: Segment): boolean {
  return segment.kind === 'name' && segment.name === '..';
}

/** A slash takes part in no group: groups match within a name. */
function splitAtSlashes(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\' && text[at + 1] !== '/') at += 1;
    else if (opensGroup(text, at)) {
      const close = closingParenthesis(text, at + 2);
      if (close === undefined) continue;
      if (text.slice(at, close).includes('/')) {
        throw refusal(
          `Its group ${text.slice(at, close + 1)} has a slash, and a group matches within one name.`,
          'Write the alternatives in braces, for example {a,b/c}.',
        );
      }
      at = close;
    } else if (text[at] === '/') {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function refusal(message: string, hint: string): GateError {
  return new GateError('invalid-input', 'invalid-glob', message, { hint });
}

/** Where a word stands before any name of a path is read: indexes of its segments; their number once all are used up. */
export function startOf(segments: readonly Segment[]): ReadonlySet<number> {
  return enter(segments, 0, new Set());
}

/** Adds to `next` where a word stands after one more name of the path, if it stood at `position`. */
export function advance(segments: readonly Segment[], position: number, name: string, next: Set<number>): void {
  const segment = segments[position];
  if (segment === undefined) return;
  if (segment.kind === 'folders') {
    if (name.startsWith('.')) return;
    enter(segments, position, next);
    if (position === segments.length - 1) next.add(segments.length);
  } else if (segment.kind === 'name' ? segment.name === name : segment.matches(name)) {
    enter(segments, position + 1, next);
  }
}

/** Two stars also mean no folder at all, except at the end, where they mean a name. */
function enter(segments: readonly Segment[], position: number, positions: Set<number>): Set<number> {
  positions.add(position);
  if (segments[position]?.kind === 'folders' && position < segments.length - 1) positions.add(position + 1);
  return positions;
}

/**
 * Tells whether the patterns mean a file, by a path with slashes. A path of a folder means all that is below; nothing but exclusions means everything else, as `**` does.
 */
export function pathMatcher(globs: readonly Glob[]): (path: string) => boolean {
  const [excluding, choosing] = [globs.filter(({ excludes }) => excludes), globs.filter(({ excludes }) => !excludes)];
  return (path) => {
    const names = path.split('/').filter((name) => name !== '' && name !== '.');
    const isMeant = ({ words }: Glob): boolean => words.some((word) => meansFile(word, names, path.startsWith('/')));
    const isChosen =
      choosing.length > 0
        ? choosing.some(isMeant)
        : excluding.length > 0 && !names.some((name) => name.startsWith('.'));
    return isChosen && !excluding.some(isMeant);
  };
}

function meansFile(word: Word, names: readonly string[], isAbsolute: boolean): boolean {
  const { segments } = word;
  if (word.isAbsolute !== isAbsolute) return false;
  let positions = startOf(segments);
  for (const name of names) {
    if (positions.has(segments.length) && name !== '..' && (word.isPath || word.meansFolders)) return true;
    const next = new Set<number>();
    for (const position of positions) advance(segments, position, name, next);
    if (next.size === 0) return false;
    positions = next;
  }
  return positions.has(segments.length) && !word.meansFolders;
}
