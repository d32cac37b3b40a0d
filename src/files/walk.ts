import type { Dirent, Stats } from 'node:fs';
import { lstatSync, opendirSync, statSync } from 'node:fs';
import { parse, resolve, sep } from 'node:path';
import { advance, startOf, type Word } from './glob.ts';
import type { Segment } from './segment.ts';

export interface Walk {
  /** To which words are relative. */
  readonly folder: string;
  readonly words: readonly Word[];
  /** What these mean is left out, and not even looked at where all of a folder is meant. */
  readonly exclusions: readonly Word[];
  /** Tells of a name whether it is meant where a word names a folder, or ends in a star that takes every name. */
  readonly isChosen: (name: string) => boolean;
  /** Called once for each file, with the indexes of the words that mean it; a link that leads nowhere is a file, which reading will tell. */
  readonly onFile: (path: string, words: readonly number[]) => void;
  /** Called for what cannot be looked into, with the indexes of the words that would go through it. */
  readonly onFailure: (failure: WalkFailure, words: readonly number[]) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface WalkFailure {
  readonly path: string;
  readonly reason: string;
}

/** A word on its way through the folders, from the root of the file system. */
interface Track {
  readonly word: Word;
  /** Of the word, among words or exclusions. */
  readonly index: number;
  readonly excludes: boolean;
  readonly segments: readonly Segment[];
  /** One for each segment, one for when all are used up, and one for all that is below a folder that is meant. */
  readonly stands: readonly Stand[];
}

/** How far a track has come. */
interface Stand {
  readonly track: Track;
  readonly at: number;
}

interface Folder {
  readonly path: string;
  readonly parent: Folder | undefined;
  readonly stands: readonly Stand[];
  readonly isBelowLink: boolean;
  identity?: string;
}

/** After so many names others get a turn, and an abort is noticed. */
const NAMES_A_TURN = 2_000;
/** Links to each other's folders multiply; nobody gives one folder so many names on purpose. */
const MOST_NAMES = 1_000;

/**
 * Finds the files that words mean. Each folder is read once, and only where a word that is not a mere path goes through it.
 *
 * Names decide: a folder that links give two names is walked under both. Only where a link leads back to a folder above, what was looked for there is not looked for again.
 *
 * @throws the signal's reason, when it aborts
 */
export async function walk({ folder, words, exclusions, isChosen, onFile, onFailure, signal }: Walk): Promise<void> {
  signal?.throwIfAborted();
  const waiting: Folder[] = [];
  let seen = 0;
  /** Under how many names each folder behind a link was met. */
  const namesOf = new Map<string, number>();

  /** Whether it is time to let others have a turn: a promise for every name would cost more than the name. */
  const isTurnOver = (): boolean => {
    seen += 1;
    return seen % NAMES_A_TURN === 0;
  };
  const giveTurn = async (): Promise<void> => {
    await new Promise((resume) => setImmediate(resume));
    signal?.throwIfAborted();
  };

  const fail = (path: string, reason: string, stands: readonly Stand[]): void => {
    const failing = stands.filter(({ track }) => !track.excludes);
    if (failing.length > 0 && !stands.some(excludesFailure)) onFailure({ path, reason }, indexesOf(failing));
  };

  const enter = (path: string, parent: Folder, reached: readonly Stand[], link: Link | undefined): void => {
    const stands = link === undefined ? reached : unlessKnownAbove(parent, link, reached);
    if (!stands.some(isIncluding)) return;
    if (link !== undefined) {
      const names = (namesOf.get(link.identity) ?? 0) + 1;
      namesOf.set(link.identity, names);
      if (names === MOST_NAMES + 1) {
        const reason = `Links lead to this folder under more than ${MOST_NAMES} names.`;
        onFailure({ path, reason }, indexesOf(stands.filter(isIncluding)));
      }
      if (names > MOST_NAMES) return;
    }
    waiting.push({ path, parent, stands, isBelowLink: link !== undefined });
  };

  const consider = (parent: Folder, name: string, entry: Dirent | undefined): void => {
    const reached = afterName(parent.stands, name);
    if (!reached.some(isIncluding)) return;
    const path = parent.path.endsWith(sep) ? parent.path + name : parent.path + sep + name;
    const found = lookAt(path, entry, parent.isBelowLink);
    if (found.kind === 'nothing') return;
    if (found.kind === 'folder') {
      if (!excludesFolder(reached)) enter(path, parent, inFolder(reached, name, isChosen), found.link);
      return;
    }
    const meant = reached.filter((stand) => meansFile(stand, name, isChosen));
    const including = meant.filter(isIncluding);
    if (including.length > 0 && including.length === meant.length) {
      if (found.kind !== 'special' || including.some(({ track }) => track.word.isPath))
        onFile(path, indexesOf(including));
      else fail(path, 'It is not a regular file.', including);
    } else if (found.kind === 'broken') {
      fail(
        path,
        found.reason,
        reached.filter(({ track, at }) => track.excludes || at < track.segments.length),
      );
    }
  };

  for (const [root, stands] of startsOf(words, exclusions, folder)) {
    waiting.push({ path: root, parent: undefined, stands: inFolder(stands, '', isChosen), isBelowLink: false });
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, stands } = next;
    if (isTurnOver()) await giveTurn();
    // A path needs no list of its folder, which may be forbidden, or long.
    const written = new Set(stands.filter(isIncluding).map(nextName));
    if (written.delete(undefined)) {
      const searching = stands.filter((stand) => stand.track.excludes || nextName(stand) === undefined);
      const unreadable = (thrown: unknown) => fail(path, `The folder cannot be read: ${reasonOf(thrown)}.`, searching);
      for (const entry of entriesOf(path, unreadable)) {
        if (isTurnOver()) await giveTurn();
        written.delete(entry.name);
        consider(next, entry.name, entry);
      }
    }
    for (const name of written) if (name !== undefined) consider(next, name, undefined);
  }
}

function isIncluding({ track }: Stand): boolean {
  return !track.excludes;
}

/** Where all words begin, by the root of their file system. */
function startsOf(
  words: readonly Word[],
  exclusions: readonly Word[],
  folder: string,
): ReadonlyMap<string, readonly Stand[]> {
  const starts = new Map<string, Stand[]>();
  const add = (word: Word, index: number, excludes: boolean): void => {
    const { root, segments } = fromRoot(word, folder);
    const stands: Stand[] = [];
    const track: Track = { word, index, excludes, segments, stands };
    for (let at = 0; at <= segments.length + 1; at += 1) stands.push({ track, at });
    const together = starts.get(root) ?? [];
    starts.set(root, together);
    for (const at of startOf(segments)) together.push(...stands.slice(at, at + 1));
  };
  for (const [index, word] of words.entries()) add(word, index, false);
  for (const [index, word] of exclusions.entries()) add(word, index, true);
  return starts;
}

function fromRoot(
  { isAbsolute, segments }: Word,
  folder: string,
): { readonly root: string; readonly segments: readonly Segment[] } {
  const climbing = segments.findIndex((segment) => segment.kind !== 'name' || segment.name !== '..');
  const parents = climbing < 0 ? segments.length : climbing;
  const base = resolve(folder, isAbsolute ? '/' : '../'.repeat(parents));
  const { root } = parse(base);
  const above = base
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== '');
  return { root, segments: [...above.map((name): Segment => ({ kind: 'name', name })), ...segments.slice(parents)] };
}

/** The name that must come next; undefined when many may. */
function nextName({ track, at }: Stand): string | undefined {
  const segment = track.segments[at];
  return segment?.kind === 'name' ? segment.name : undefined;
}

function afterName(stands: readonly Stand[], name: string): readonly Stand[] {
  const reached = new Set<Stand>();
  const positions = new Set<number>();
  for (const stand of stands) {
    const { track, at } = stand;
    if (at > track.segments.length) {
      if (track.word.isPath || !name.startsWith('.')) reached.add(stand);
      continue;
    }
    positions.clear();
    advance(track.segments, at, name, positions);
    for (const position of positions) {
      const next = track.stands[position];
      if (next !== undefined) reached.add(next);
    }
  }
  return [...reached];
}

function isAtEnd({ track, at }: Stand): boolean {
  return at === track.segments.length;
}

/** Whether the stand, behind a file's name, means that file. */
function meansFile(stand: Stand, name: string, isChosen: (name: string) => boolean): boolean {
  const { track, at } = stand;
  if (isAtEnd(stand)) return !track.word.meansFolders && (track.excludes || !takesAnyName(track) || isChosen(name));
  return at > track.segments.length && isChosen(name);
}

/** Whether the last segment says nothing of the kind of file. */
function takesAnyName({ segments }: Track): boolean {
  const last = segments.at(-1);
  return last?.kind === 'folders' || (last?.kind === 'names' && last.isStar);
}

/** What becomes of stands in the folder whose name they have just read: one that means the folder goes on to all that is below. */
function inFolder(reached: readonly Stand[], name: string, isChosen: (name: string) => boolean): readonly Stand[] {
  return reached.flatMap((stand) => {
    const { track } = stand;
    if (!isAtEnd(stand)) return stand;
    // Two stars enter folders by themselves.
    if (track.excludes || track.segments.at(-1)?.kind === 'folders') return [];
    if (!track.word.meansFolders && takesAnyName(track) && !isChosen(name)) return [];
    return track.stands.slice(-1);
  });
}

/** Whether nothing below the folder can be meant. */
function excludesFolder(reached: readonly Stand[]): boolean {
  const excluding = reached.filter(({ track }) => track.excludes);
  if (excluding.some((stand) => isAtEnd(stand) && (stand.track.word.isPath || stand.track.word.meansFolders)))
    return true;
  return excluding.some(isInLastFolders) && !reached.some((stand) => isIncluding(stand) && seesHidden(stand));
}

/** Whether it stands at two stars with nothing behind them. */
function isInLastFolders({ track, at }: Stand): boolean {
  return at === track.segments.length - 1 && track.segments[at]?.kind === 'folders';
}

/** Whether a hidden name may be meant from here on. */
function seesHidden({ track, at }: Stand): boolean {
  if (track.word.isPath) return true;
  return track.segments
    .slice(at)
    .some((segment) =>
      segment.kind === 'name' ? segment.name.startsWith('.') : segment.kind === 'names' && segment.canBeHidden,
    );
}

function excludesFailure(stand: Stand): boolean {
  return stand.track.excludes && (isAtEnd(stand) || isInLastFolders(stand));
}

function indexesOf(stands: readonly Stand[]): readonly number[] {
  return [...new Set(stands.map(({ track }) => track.index))];
}

/**
 * Where a folder is its own ancestor, what looked through that one has found everything already. A link back ends all wandering, wherever it began;
 * what names the link, or a folder behind it, goes on.
 */
function unlessKnownAbove(parent: Folder, { identity, isLink }: Link, stands: readonly Stand[]): readonly Stand[] {
  let unknown = stands;
  for (let above: Folder | undefined = parent; above !== undefined; above = above.parent) {
    above.identity ??= identityOf(statSync(above.path));
    if (above.identity !== identity) continue;
    const known = new Set(isLink ? [...above.stands, ...parent.stands] : above.stands);
    unknown = unknown.filter((stand) => stand.track.excludes || !known.has(stand));
  }
  return unknown;
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}

/** A folder that is a link, or below one. */
interface Link {
  readonly identity: string;
  readonly isLink: boolean;
}

type Found =
  | { readonly kind: 'folder'; readonly link?: Link | undefined }
  | { readonly kind: 'file' | 'special' | 'nothing' }
  /** A link that leads nowhere, or what may not be looked at. */
  | { readonly kind: 'broken'; readonly reason: string };

function lookAt(path: string, entry: Dirent | undefined, isBelowLink: boolean): Found {
  if (entry?.isFile() === true) return { kind: 'file' };
  if (entry?.isDirectory() === true && !isBelowLink) return { kind: 'folder' };
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) {
      return { kind: 'folder', link: entry && { identity: identityOf(stats), isLink: entry.isSymbolicLink() } };
    }
    if (stats !== undefined) return { kind: stats.isFile() ? 'file' : 'special' };
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      return { kind: 'broken', reason: 'The link leads nowhere.' };
    }
    if (entry === undefined) return { kind: 'nothing' };
    return { kind: 'broken', reason: 'Its name is not valid UTF-8, or it is gone.' };
  } catch (thrown) {
    return { kind: 'broken', reason: `It cannot be looked at: ${reasonOf(thrown)}.` };
  }
}

function* entriesOf(path: string, onFailure: (thrown: unknown) => void): Generator<Dirent> {
  const attempt = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (thrown) {
      onFailure(thrown);
      return null;
    }
  };
  const opened = attempt(() => opendirSync(path, { bufferSize: 256 }));
  if (opened === null) return;
  try {
    for (let entry = attempt(() => opened.readSync()); entry !== null; entry = attempt(() => opened.readSync()))
      yield entry;
  } finally {
    opened.closeSync();
  }
}

/** The system's words without the path, which may be thousands of characters long. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if ('code' in thrown && thrown.code === 'ENAMETOOLONG') return 'its path is longer than the system allows';
  return thrown.message.replace(/, \w+ '.*'$/s, '');
}
