import { decodeWord, LF, SPACE, TAB } from './bytes.ts';
import { type KeyRecord, recordKeys } from './duplicate-keys.ts';
import {
  addField,
  addItem,
  type DocumentNode,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  type Wanted,
  wantedField,
} from './node.ts';
import type { YamlDocument } from './reader.ts';
import { isNotText, scalarText, scalarValue } from './scalar.ts';
import { Style } from './scanner.ts';

/** What a byte may mean to this scan. */
const Class = { ordinary: 0, lineEnd: 1, colon: 2, hash: 3, multiByte: 4, foreign: 5 } as const;

const classes = new Uint8Array(256);
classes.fill(Class.foreign, 0, SPACE);
classes[LF] = Class.lineEnd;
classes[0x3a] = Class.colon;
classes[0x23] = Class.hash;
classes[0x7f] = Class.foreign;
// The lead bytes of all characters that break lines or are forbidden; the others stand for letters and the like.
for (const byte of [0xc2, 0xe2, 0xef]) classes[byte] = Class.multiByte;

/** Bytes that can begin a key or a plain scalar without meaning anything else to YAML. */
const wordStarts = bytesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.$(^~=<+;');
const keyBytes = bytesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.-');
/** Bytes of a flow collection's scalars that mean nothing else, there or anywhere. */
const flowBytes = bytesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.-=+@$()^~<>;*&%!|');

const LONGEST_KEY = 500;
const DEEPEST = 200;

/** An open block collection. */
interface Level {
  column: number;
  isSequence: boolean;
  wanted: Wanted | undefined;
  node: MappingNode | SequenceNode | undefined;
}

/** How far a document was read, and what awaits the next line. */
interface Scan {
  readonly bytes: Buffer;
  readonly size: number;
  readonly keys: KeyRecord;
  readonly levels: Level[];
  readonly wantedOfRoot: Wanted;
  depth: number;
  root: DocumentNode | undefined;
  /** Whether a key or a `-` has no value on its line, so that a collection may follow; its place, and what is wanted of it. */
  awaits: boolean;
  awaitedWanted: Wanted | undefined;
  awaitedName: string;
  awaitedAt: number;
  at: number;
  lineStart: number;
  /** The end of the text over which `continuePlain` went last. */
  continuedTo: number;
}

/**
 * Reads a document of the plain shape that nearly all manifests have, several times faster than `readYaml`: block mappings and lists of
 * scalars, without anchors, tags, `?` keys and the like.
 *
 * @returns `undefined` for a document that is in any way different, readable or not: only `readYaml` can tell. What is answered otherwise is
 * what `readYaml` would answer.
 */
export function readPlainYaml(bytes: Buffer, wantedOfRoot: Wanted): YamlDocument | undefined {
  const scan: Scan = {
    bytes,
    size: bytes.length,
    keys: recordKeys(bytes),
    levels: [],
    wantedOfRoot,
    depth: 0,
    root: undefined,
    awaits: false,
    awaitedWanted: undefined,
    awaitedName: '',
    awaitedAt: 0,
    at: 0,
    lineStart: 0,
    continuedTo: 0,
  };
  if (bytes[0] === 0x2d && bytes[1] === 0x2d && bytes[2] === 0x2d) {
    scan.at = 3;
    if (!endLine(scan)) return undefined;
  }
  while (scan.at < scan.size) if (!readLine(scan)) return undefined;
  giveUpAwaiting(scan);
  return { root: scan.root, repeatedKeys: scan.keys.repeated };
}

/** Reads a line and what its scalar goes on in; `false` where anything in it is not plain. */
function readLine(scan: Scan): boolean {
  const { bytes } = scan;
  scan.lineStart = scan.at;
  while (bytes[scan.at] === SPACE) scan.at += 1;
  if (bytes[scan.at] === LF) {
    scan.at += 1;
    return true;
  }
  if (scan.at >= scan.size) return true;
  if (bytes[scan.at] === 0x23) return skipText(scan);
  for (;;) {
    const isEntry = beginsEntry(bytes, scan.at);
    const level = levelAt(scan, scan.at - scan.lineStart, isEntry);
    if (level === undefined) return false;
    if (!isEntry) return field(scan, level);
    // After '-' comes a value, or a whole collection that begins on this line.
    scan.awaitedAt = scan.at;
    scan.at += 1;
    while (bytes[scan.at] === SPACE) scan.at += 1;
    scan.awaitedWanted = level.wanted?.items;
    const isNested = scan.at < scan.size && (beginsEntry(bytes, scan.at) || beginsField(bytes, scan.at));
    if (!isNested) return value(scan, scan.awaitedWanted);
    scan.awaits = true;
  }
}

/** The collection that a key or a `-` in this column belongs to, opened if it is the first there; `undefined` where it fits nowhere. */
function levelAt(scan: Scan, column: number, isEntry: boolean): Level | undefined {
  const top = scan.levels[scan.depth - 1];
  if (scan.depth === 0 || top === undefined) {
    return column === 0 && scan.root === undefined ? open(scan, 0, isEntry, scan.at) : undefined;
  }
  if (scan.awaits && (column > top.column || (isEntry && !top.isSequence && column === top.column))) {
    return scan.depth < DEEPEST ? open(scan, column, isEntry, scan.at) : undefined;
  }
  giveUpAwaiting(scan);
  closeTo(scan, column);
  // A list may be in the very column of the mapping that it is a value of.
  let innermost = scan.levels[scan.depth - 1];
  if (!isEntry && innermost?.isSequence && innermost.column === column) {
    scan.keys.close();
    scan.depth -= 1;
    innermost = scan.levels[scan.depth - 1];
  }
  return innermost?.column === column && innermost.isSequence === isEntry ? innermost : undefined;
}

function open(scan: Scan, column: number, isSequence: boolean, start: number): Level {
  const wanted = scan.depth === 0 ? scan.wantedOfRoot : scan.awaitedWanted;
  const node: MappingNode | SequenceNode | undefined =
    wanted === undefined
      ? undefined
      : isSequence
        ? { kind: 'sequence', at: start, items: [] }
        : { kind: 'mapping', at: start, fields: [] };
  if (scan.depth === 0) scan.root = node;
  else if (node !== undefined) attach(scan, node);
  scan.awaits = false;
  let level = scan.levels[scan.depth];
  if (level === undefined) {
    level = { column, isSequence, wanted, node };
    scan.levels.push(level);
  } else {
    level.column = column;
    level.isSequence = isSequence;
    level.wanted = wanted;
    level.node = node;
  }
  scan.keys.open();
  scan.depth += 1;
  return level;
}

/** Puts a value where the innermost collection awaits one. */
function attach(scan: Scan, value: DocumentNode): void {
  const parent = scan.levels[scan.depth - 1]?.node;
  if (parent?.kind === 'mapping')
    addField(parent, { at: scan.awaitedAt, name: scan.awaitedName, merges: false, value });
  else if (parent?.kind === 'sequence') addItem(parent, value);
}

function giveUpAwaiting(scan: Scan): void {
  if (scan.awaits && scan.awaitedWanted !== undefined) attach(scan, { kind: 'null', at: scan.awaitedAt });
  scan.awaits = false;
}

function closeTo(scan: Scan, column: number): void {
  let level = scan.levels[scan.depth - 1];
  while (level !== undefined && level.column > column) {
    scan.keys.close();
    scan.depth -= 1;
    level = scan.levels[scan.depth - 1];
  }
}

/** Goes to the next line; `false` where the rest of this one is more than white space and a comment. */
function endLine(scan: Scan): boolean {
  while (scan.bytes[scan.at] === SPACE) scan.at += 1;
  if (scan.bytes[scan.at] === 0x23 && (scan.at === scan.lineStart || scan.bytes[scan.at - 1] === SPACE))
    return skipText(scan);
  if (scan.at >= scan.size) return true;
  if (scan.bytes[scan.at] !== LF) return false;
  scan.at += 1;
  return true;
}

/** Goes over the rest of a line in which anything may stand; `false` for what is forbidden even there. */
function skipText(scan: Scan): boolean {
  for (;;) {
    const byte = scan.bytes[scan.at];
    if (byte === undefined) return true;
    const kind = classes[byte];
    scan.at += 1;
    if (kind === Class.lineEnd) return true;
    if (kind === Class.foreign && byte !== TAB) return false;
    if (kind === Class.multiByte && !isLetter(scan.bytes, scan.at - 1)) return false;
  }
}

/** Whether the next line that says something continues a plain scalar of the innermost collection. */
function isContinued(scan: Scan): boolean {
  let next = scan.at;
  for (;;) {
    const start = next;
    while (scan.bytes[next] === SPACE) next += 1;
    // A comment ends it, at any depth.
    if (scan.bytes[next] === 0x23) return false;
    if (scan.bytes[next] !== LF) return next < scan.size && next - start > (scan.levels[scan.depth - 1]?.column ?? 0);
    next += 1;
  }
}

/** A plain scalar on one line or more. */
function plainScalar(scan: Scan, isWanted: boolean): ScalarNode | undefined | false {
  const start = scan.at;
  let end = scan.at;
  for (;;) {
    const kind = classes[scan.bytes[scan.at] ?? LF];
    if (kind === Class.ordinary) {
      if (scan.bytes[scan.at] !== SPACE) end = scan.at + 1;
      scan.at += 1;
      continue;
    }
    if (kind === Class.lineEnd) break;
    if (kind === Class.colon) {
      const next = scan.bytes[scan.at + 1];
      if (next === undefined || next === SPACE || next === LF) return false;
    } else if (kind === Class.hash) {
      if (scan.bytes[scan.at - 1] === SPACE) break;
    } else if (kind === Class.foreign || !isLetter(scan.bytes, scan.at)) {
      return false;
    }
    scan.at += 1;
    end = scan.at;
  }
  const commented = scan.bytes[scan.at] === 0x23;
  if (!endLine(scan)) return false;
  if (isContinued(scan)) {
    // A comment would end it.
    if (commented || !continuePlain(scan)) return false;
    if (!isWanted) return undefined;
    const text = composedText(scan, start, scan.continuedTo, Style.plain, 0);
    return isNotText(text) ? false : { kind: 'string', at: start, text };
  }
  const first = scan.bytes[start];
  const second = scan.bytes[start + 1];
  // `.inf` and `.nan`, which are refused, begin like this.
  const mayBeRefused = first === 0x2e || ((first === 0x2b || first === 0x2d) && second === 0x2e);
  if (mayBeRefused) return end - start <= 5 || isWanted ? false : undefined;
  if (!isWanted) return undefined;
  const text = decodeWord(scan.bytes, start, end);
  return scalarValue(start, isAscii(text) ? text : scan.bytes.toString('utf8', start, end), true, undefined, false);
}

function continuePlain(scan: Scan): boolean {
  while (isContinued(scan)) {
    while (scan.bytes[scan.at] === SPACE || scan.bytes[scan.at] === LF) scan.at += 1;
    for (;;) {
      const kind = classes[scan.bytes[scan.at] ?? LF];
      if (kind === Class.lineEnd) break;
      if (kind === Class.colon) {
        const next = scan.bytes[scan.at + 1];
        if (next === undefined || next === SPACE || next === LF) return false;
      } else if (kind === Class.hash) {
        if (scan.bytes[scan.at - 1] === SPACE) return false;
      } else if (kind === Class.foreign || (kind === Class.multiByte && !isLetter(scan.bytes, scan.at))) {
        return false;
      }
      scan.at += 1;
      if (scan.bytes[scan.at - 1] !== SPACE) scan.continuedTo = scan.at;
    }
    scan.at += 1;
  }
  return true;
}

/** What the full reader makes of a scalar whose text is more than the bytes between its ends. */
function composedText({ bytes }: Scan, start: number, end: number, style: number, indent: number): string {
  return scalarText(bytes, { kind: 0, start, end, style, composed: true, indent, opensMapping: false, isKey: false });
}

/** A quoted scalar. */
function quotedScalar(scan: Scan, isWanted: boolean): ScalarNode | undefined | false {
  const start = scan.at;
  const quote = scan.bytes[scan.at];
  let composed = false;
  let isFolded = false;
  scan.at += 1;
  for (;;) {
    const byte = scan.bytes[scan.at];
    if (byte === undefined) return false;
    if (byte === quote) {
      if (quote === 0x22 || scan.bytes[scan.at + 1] !== quote) break;
      composed = true;
      scan.at += 2;
      continue;
    }
    if (byte === 0x5c && quote === 0x22) {
      // \\ \" \n \t \/ is not among them: YAML 1.1 has no such escape.
      const letter = scan.bytes[scan.at + 1];
      if (letter !== 0x5c && letter !== 0x22 && letter !== 0x6e && letter !== 0x74) return false;
      composed = true;
      scan.at += 2;
      continue;
    }
    const kind = classes[byte];
    if (kind === Class.foreign && byte !== TAB) return false;
    if (kind === Class.multiByte && !isLetter(scan.bytes, scan.at)) return false;
    scan.at += 1;
    if (byte !== LF) continue;
    if (scan.bytes[scan.at] === 0x2e || scan.bytes[scan.at] === 0x2d) return false;
    isFolded = true;
  }
  scan.at += 1;
  const end = scan.at;
  if (!endLine(scan)) return false;
  if (!isWanted) return undefined;
  if (isFolded) {
    const style = quote === 0x22 ? Style.double : Style.single;
    return { kind: 'string', at: start, text: composedText(scan, start, end, style, 0) };
  }
  const text = scan.bytes.toString('utf8', start + 1, end - 1);
  return { kind: 'string', at: start, text: composed ? unquoted(text, quote === 0x22) : text };
}

/** A block of text after `|` or `>`. */
function blockScalar(scan: Scan, isWanted: boolean): boolean {
  const header = scan.at;
  const style = scan.bytes[scan.at] === 0x7c ? Style.literal : Style.folded;
  const keep = (indent: number): true => {
    if (isWanted) {
      attach(scan, { kind: 'string', at: header, text: composedText(scan, header, scan.at, style, indent) });
    }
    return true;
  };
  scan.at += 1;
  // How many empty lines are kept is for the full reader to count.
  if (isWanted && scan.bytes[scan.at] === 0x2b) return false;
  if (scan.bytes[scan.at] === 0x2d || scan.bytes[scan.at] === 0x2b) scan.at += 1;
  if (scan.bytes[scan.at] !== SPACE && scan.bytes[scan.at] !== LF && scan.at < scan.size) return false;
  if (!endLine(scan)) return false;
  const least = (scan.levels[scan.depth - 1]?.column ?? 0) + 1;
  let column = 0;
  for (;;) {
    const start = scan.at;
    while (scan.bytes[scan.at] === SPACE) scan.at += 1;
    const width = scan.at - start;
    if (scan.at >= scan.size) return keep(column);
    if (scan.bytes[scan.at] === LF) {
      if (column === 0 && width > 0) return false;
      scan.at += 1;
      continue;
    }
    if (scan.bytes[scan.at] === TAB && (column === 0 || width < column)) return false;
    if (column === 0 ? width < least : width < column) {
      scan.at = start;
      return keep(column);
    }
    if (column === 0) column = width;
    if (!skipText(scan)) return false;
  }
}

/** A flow collection on one line, of words and of quoted texts without escapes; `undefined` for one that is not wanted. */
function flowCollection(scan: Scan, nested: number, wanted: Wanted | undefined): DocumentNode | undefined | false {
  const isMapping = scan.bytes[scan.at] === 0x7b;
  const { at } = scan;
  const node: MappingNode | SequenceNode | undefined =
    wanted === undefined
      ? undefined
      : isMapping
        ? { kind: 'mapping', at, fields: [] }
        : { kind: 'sequence', at, items: [] };
  const close = isMapping ? 0x7d : 0x5d;
  if (nested > 20) return false;
  scan.keys.open();
  scan.at += 1;
  for (let first = true; ; first = false) {
    while (scan.bytes[scan.at] === SPACE) scan.at += 1;
    if (scan.bytes[scan.at] === close) break;
    if (!first) {
      if (scan.bytes[scan.at] !== 0x2c) return false;
      scan.at += 1;
      while (scan.bytes[scan.at] === SPACE) scan.at += 1;
      if (scan.bytes[scan.at] === close) break;
    }
    let wantedValue = wanted?.items;
    let name = '';
    const start = scan.at;
    if (isMapping) {
      while (keyBytes[scan.bytes[scan.at] ?? 0] === 1) scan.at += 1;
      if (
        scan.at === start ||
        wordStarts[scan.bytes[start] ?? 0] !== 1 ||
        scan.bytes[scan.at] !== 0x3a ||
        scan.bytes[scan.at + 1] !== SPACE
      )
        return false;
      if (mayMeanMore(scan.bytes, start, scan.at)) return false;
      scan.keys.add(start, scan.at);
      if (wanted !== undefined) {
        name = decodeWord(scan.bytes, start, scan.at);
        if (isNotText(name)) return false;
        wantedValue = wantedField(wanted, name);
      }
      scan.at += 2;
      while (scan.bytes[scan.at] === SPACE) scan.at += 1;
    }
    const value = flowValue(scan, nested, wantedValue);
    if (value === false) return false;
    if (value === undefined || wantedValue === undefined) continue;
    if (node?.kind === 'mapping') addField(node, { at: start, name, merges: false, value });
    else if (node?.kind === 'sequence') addItem(node, value);
  }
  scan.keys.close();
  scan.at += 1;
  return node;
}

function flowValue(scan: Scan, nested: number, wanted: Wanted | undefined): DocumentNode | undefined | false {
  const start = scan.at;
  const byte = scan.bytes[start];
  if (byte === 0x7b || byte === 0x5b) return flowCollection(scan, nested + 1, wanted);
  if (byte === 0x22 || byte === 0x27) {
    scan.at += 1;
    for (;;) {
      const inner = scan.bytes[scan.at] ?? LF;
      if (inner === byte) break;
      const kind = classes[inner];
      if (kind === Class.lineEnd || kind === Class.foreign || inner === 0x5c) return false;
      if (kind === Class.multiByte && !isLetter(scan.bytes, scan.at)) return false;
      scan.at += 1;
    }
    scan.at += 1;
    const next = scan.bytes[scan.at];
    if (next !== SPACE && next !== 0x2c && next !== 0x5d && next !== 0x7d) return false;
    if (wanted === undefined) return undefined;
    return { kind: 'string', at: start, text: scan.bytes.toString('utf8', start + 1, scan.at - 1) };
  }
  if (wordStarts[byte ?? 0] !== 1 || byte === 0x2e || byte === 0x2b) return false;
  while (flowBytes[scan.bytes[scan.at] ?? 0] === 1) scan.at += 1;
  if (scan.at === start) return false;
  if (wanted === undefined) return undefined;
  return scalarValue(start, decodeWord(scan.bytes, start, scan.at), true, undefined, false);
}

/** What follows a key or a `-` on its line; `false` for anything that is not plain. */
function value(scan: Scan, wanted: Wanted | undefined): boolean {
  while (scan.bytes[scan.at] === SPACE) scan.at += 1;
  const byte = scan.bytes[scan.at] ?? LF;
  scan.awaitedWanted = wanted;
  if (byte === LF || byte === 0x23) {
    scan.awaits = true;
    return endLine(scan);
  }
  if (byte === 0x22 || byte === 0x27) return taken(scan, quotedScalar(scan, wanted !== undefined));
  if (wordStarts[byte] === 1 || byte >= 0x80) return taken(scan, plainScalar(scan, wanted !== undefined));
  if (byte === 0x2d) {
    const next = scan.bytes[scan.at + 1];
    return (
      next !== undefined &&
      (wordStarts[next] === 1 || next === 0x2d) &&
      taken(scan, plainScalar(scan, wanted !== undefined))
    );
  }
  if (byte === 0x7c || byte === 0x3e) return blockScalar(scan, wanted !== undefined);
  if (byte === 0x5b || byte === 0x7b) {
    const node = flowCollection(scan, 0, wanted);
    return node !== false && endLine(scan) && taken(scan, node);
  }
  return false;
}

function taken(scan: Scan, node: DocumentNode | undefined | false): boolean {
  if (node === false) return false;
  if (node !== undefined) attach(scan, node);
  return true;
}

/** A key at the start of a line's text, and its value. */
function field(scan: Scan, level: Level): boolean {
  const start = scan.at;
  if (wordStarts[scan.bytes[scan.at] ?? 0] !== 1) return false;
  while (keyBytes[scan.bytes[scan.at] ?? 0] === 1) scan.at += 1;
  const next = scan.bytes[scan.at + 1];
  if (scan.bytes[scan.at] !== 0x3a || (next !== undefined && next !== SPACE && next !== LF)) return false;
  if (scan.at === start || scan.at - start > LONGEST_KEY || mayMeanMore(scan.bytes, start, scan.at)) return false;
  scan.keys.add(start, scan.at);
  let wanted: Wanted | undefined;
  scan.awaitedAt = start;
  if (level.wanted !== undefined) {
    scan.awaitedName = decodeWord(scan.bytes, start, scan.at);
    if (isNotText(scan.awaitedName)) return false;
    wanted = wantedField(level.wanted, scan.awaitedName);
  }
  scan.at += 1;
  return value(scan, wanted);
}

/** Whether a list's `-` is at `at`. */
function beginsEntry(bytes: Buffer, at: number): boolean {
  const next = bytes[at + 1];
  return bytes[at] === 0x2d && (next === SPACE || next === LF || next === undefined);
}

/** Whether a key of the plain kind and its `:` are at `at`. */
function beginsField(bytes: Buffer, from: number): boolean {
  let at = from;
  while (keyBytes[bytes[at] ?? 0] === 1) at += 1;
  if (at === from || bytes[at] !== 0x3a) return false;
  const next = bytes[at + 1];
  return next === undefined || next === SPACE || next === LF;
}

/** Whether a key may be one that kubectl refuses: `null`, in any of the ways that YAML writes it in letters, or a number beyond int64. */
function mayMeanMore(bytes: Buffer, start: number, end: number): boolean {
  if (end - start >= 18) return (bytes[start] ?? 0) >= 0x30 && (bytes[start] ?? 0) <= 0x39;
  return end - start === 4 && ((bytes[start] ?? 0) | 0x20) === 0x6e && ((bytes[end - 1] ?? 0) | 0x20) === 0x6c;
}

/** Whether the character is neither a line break nor forbidden. */
function isLetter(bytes: Buffer, at: number): boolean {
  const next = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  switch (bytes[at]) {
    case 0xc2:
      return next >= 0xa0;
    case 0xe2:
      return !(next === 0x80 && (third === 0xa8 || third === 0xa9));
    case 0xef:
      return !(next === 0xbf && third >= 0xbe) && !(next === 0xbb && third === 0xbf);
    default:
      return true;
  }
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function bytesOf(characters: string): Uint8Array {
  const members = new Uint8Array(256);
  for (const character of characters) members[character.charCodeAt(0)] = 1;
  return members;
}

/** The text in quotes, of one line, with its quotes and the four escapes that are as frequent as they are simple resolved. */
function unquoted(text: string, isDouble: boolean): string {
  if (!isDouble) return text.replaceAll("''", "'");
  return text.replace(/\\([\\"nt])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter));
}
