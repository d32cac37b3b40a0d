import { decodeWord, LF, SPACE, TAB } from './bytes.ts';
import { recordKeys } from './duplicate-keys.ts';
import {
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
  /** Of a mapping: where its keys begin in the record. */
  keys: number;
}

/**
 * Reads a document of the plain shape that nearly all manifests have, several times faster than `readYaml`: block mappings and lists of
 * scalars, without anchors, tags, `?` keys and the like.
 *
 * @returns `undefined` for a document that is in any way different, readable or not: only `readYaml` can tell. What is answered otherwise is
 * what `readYaml` would answer.
 */
export function readPlainYaml(bytes: Buffer, wantedOfRoot: Wanted): YamlDocument | undefined {
  const size = bytes.length;
  const keys = recordKeys(bytes);
  const levels: Level[] = [];
  let depth = 0;
  let root: DocumentNode | undefined;
  /** The collection that a key or a `-` without a value on its line is waiting for belongs to `awaiting`; its part of what is wanted. */
  let awaits = false;
  let awaitedWanted: Wanted | undefined;
  let awaitedName = '';
  let awaitedAt = 0;
  let at = 0;
  let lineStart = 0;

  function open(column: number, isSequence: boolean, start: number): Level {
    const wanted = depth === 0 ? wantedOfRoot : awaitedWanted;
    const node: MappingNode | SequenceNode | undefined =
      wanted === undefined
        ? undefined
        : isSequence
          ? { kind: 'sequence', at: start, items: [] }
          : { kind: 'mapping', at: start, fields: [] };
    if (depth === 0) root = node;
    else if (node !== undefined) attach(node);
    awaits = false;
    let level = levels[depth];
    if (level === undefined) {
      level = { column, isSequence, wanted, node, keys: 0 };
      levels.push(level);
    } else {
      level.column = column;
      level.isSequence = isSequence;
      level.wanted = wanted;
      level.node = node;
    }
    level.keys = keys.open();
    depth += 1;
    return level;
  }

  /** Puts a value where the innermost collection awaits one. */
  function attach(value: DocumentNode): void {
    const parent = levels[depth - 1]?.node;
    if (parent?.kind === 'mapping') parent.fields.push({ at: awaitedAt, name: awaitedName, merges: false, value });
    else if (parent?.kind === 'sequence') parent.items.push(value);
  }

  function giveUpAwaiting(): void {
    if (awaits && awaitedWanted !== undefined) attach({ kind: 'null', at: awaitedAt });
    awaits = false;
  }

  function closeTo(column: number): void {
    let level = levels[depth - 1];
    while (level !== undefined && level.column > column) {
      keys.close(level.keys);
      depth -= 1;
      level = levels[depth - 1];
    }
  }

  /** Goes to the next line; `false` where the rest of this one is more than white space and a comment. */
  function endLine(): boolean {
    while (bytes[at] === SPACE) at += 1;
    if (bytes[at] === 0x23 && (at === lineStart || bytes[at - 1] === SPACE)) return skipText();
    if (at >= size) return true;
    if (bytes[at] !== LF) return false;
    at += 1;
    return true;
  }

  /** Goes over the rest of a line in which anything may stand; `false` for what is forbidden even there. */
  function skipText(): boolean {
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) return true;
      const kind = classes[byte];
      at += 1;
      if (kind === Class.lineEnd) return true;
      if (kind === Class.foreign && byte !== TAB) return false;
      if (kind === Class.multiByte && !isLetter(bytes, at - 1)) return false;
    }
  }

  /** Whether the next line that says something continues a plain scalar of the innermost collection. */
  function isContinued(): boolean {
    let next = at;
    for (;;) {
      const start = next;
      while (bytes[next] === SPACE) next += 1;
      // A comment ends it, however deep it stands.
      if (bytes[next] === 0x23) return false;
      if (bytes[next] !== LF) return next < size && next - start > (levels[depth - 1]?.column ?? 0);
      next += 1;
    }
  }

  /** A plain scalar on one line or more. */
  function plainScalar(isWanted: boolean): ScalarNode | undefined | false {
    const start = at;
    let end = at;
    for (;;) {
      const kind = classes[bytes[at] ?? LF];
      if (kind === Class.ordinary) {
        if (bytes[at] !== SPACE) end = at + 1;
        at += 1;
        continue;
      }
      if (kind === Class.lineEnd) break;
      if (kind === Class.colon) {
        const next = bytes[at + 1];
        if (next === undefined || next === SPACE || next === LF) return false;
      } else if (kind === Class.hash) {
        if (bytes[at - 1] === SPACE) break;
      } else if (kind === Class.foreign || !isLetter(bytes, at)) {
        return false;
      }
      at += 1;
      end = at;
    }
    const commented = bytes[at] === 0x23;
    if (!endLine()) return false;
    if (isContinued()) {
      // A comment would end it.
      if (commented || !continuePlain()) return false;
      if (!isWanted) return undefined;
      const text = composedText(start, continuedTo, Style.plain, 0);
      return isNotText(text) ? false : { kind: 'string', at: start, text };
    }
    const first = bytes[start];
    const second = bytes[start + 1];
    // `.inf` and `.nan`, which are refused, begin like this.
    const mayBeRefused = first === 0x2e || ((first === 0x2b || first === 0x2d) && second === 0x2e);
    if (mayBeRefused) return end - start <= 5 || isWanted ? false : undefined;
    if (!isWanted) return undefined;
    const text = decodeWord(bytes, start, end);
    return scalarValue(start, isAscii(text) ? text : bytes.toString('utf8', start, end), true, undefined, false);
  }

  /** The end of the text over which `continuePlain` went last. */
  let continuedTo = 0;

  function continuePlain(): boolean {
    while (isContinued()) {
      while (bytes[at] === SPACE || bytes[at] === LF) at += 1;
      for (;;) {
        const kind = classes[bytes[at] ?? LF];
        if (kind === Class.lineEnd) break;
        if (kind === Class.colon) {
          const next = bytes[at + 1];
          if (next === undefined || next === SPACE || next === LF) return false;
        } else if (kind === Class.hash) {
          if (bytes[at - 1] === SPACE) return false;
        } else if (kind === Class.foreign || (kind === Class.multiByte && !isLetter(bytes, at))) {
          return false;
        }
        at += 1;
        if (bytes[at - 1] !== SPACE) continuedTo = at;
      }
      at += 1;
    }
    return true;
  }

  /** What the full reader makes of a scalar whose text is more than the bytes between its ends. */
  function composedText(start: number, end: number, style: number, indent: number): string {
    return scalarText(bytes, { kind: 0, start, end, style, composed: true, indent, opensMapping: false, isKey: false });
  }

  /** A quoted scalar. */
  function quotedScalar(isWanted: boolean): ScalarNode | undefined | false {
    const start = at;
    const quote = bytes[at];
    let composed = false;
    let isFolded = false;
    at += 1;
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) return false;
      if (byte === quote) {
        if (quote === 0x22 || bytes[at + 1] !== quote) break;
        composed = true;
        at += 2;
        continue;
      }
      if (byte === 0x5c && quote === 0x22) {
        // \\ \" \n \t \/ is not among them: YAML 1.1 has no such escape.
        const letter = bytes[at + 1];
        if (letter !== 0x5c && letter !== 0x22 && letter !== 0x6e && letter !== 0x74) return false;
        composed = true;
        at += 2;
        continue;
      }
      const kind = classes[byte];
      if (kind === Class.foreign && byte !== TAB) return false;
      if (kind === Class.multiByte && !isLetter(bytes, at)) return false;
      at += 1;
      if (byte !== LF) continue;
      if (bytes[at] === 0x2e || bytes[at] === 0x2d) return false;
      isFolded = true;
    }
    at += 1;
    const end = at;
    if (!endLine()) return false;
    if (!isWanted) return undefined;
    if (isFolded) {
      const style = quote === 0x22 ? Style.double : Style.single;
      return { kind: 'string', at: start, text: composedText(start, end, style, 0) };
    }
    const text = bytes.toString('utf8', start + 1, end - 1);
    return { kind: 'string', at: start, text: composed ? unquoted(text, quote === 0x22) : text };
  }

  /** A block of text after `|` or `>`. */
  function blockScalar(isWanted: boolean): boolean {
    const header = at;
    const style = bytes[at] === 0x7c ? Style.literal : Style.folded;
    const keep = (indent: number): true => {
      if (isWanted) {
        attach({ kind: 'string', at: header, text: composedText(header, at, style, indent) });
      }
      return true;
    };
    at += 1;
    // How many empty lines are kept is for the other reader to count.
    if (isWanted && bytes[at] === 0x2b) return false;
    if (bytes[at] === 0x2d || bytes[at] === 0x2b) at += 1;
    if (bytes[at] !== SPACE && bytes[at] !== LF && at < size) return false;
    if (!endLine()) return false;
    const least = (levels[depth - 1]?.column ?? 0) + 1;
    let column = 0;
    for (;;) {
      const start = at;
      while (bytes[at] === SPACE) at += 1;
      const width = at - start;
      if (at >= size) return keep(column);
      if (bytes[at] === LF) {
        if (column === 0 && width > 0) return false;
        at += 1;
        continue;
      }
      if (bytes[at] === TAB && (column === 0 || width < column)) return false;
      if (column === 0 ? width < least : width < column) {
        at = start;
        return keep(column);
      }
      if (column === 0) column = width;
      if (!skipText()) return false;
    }
  }

  /** A flow collection on one line, of words and of quoted texts without escapes; `undefined` for one that is not wanted. */
  function flowCollection(nested: number, wanted: Wanted | undefined): DocumentNode | undefined | false {
    const isMapping = bytes[at] === 0x7b;
    const node: MappingNode | SequenceNode | undefined =
      wanted === undefined
        ? undefined
        : isMapping
          ? { kind: 'mapping', at, fields: [] }
          : { kind: 'sequence', at, items: [] };
    const close = isMapping ? 0x7d : 0x5d;
    if (nested > 20) return false;
    const opened = keys.open();
    at += 1;
    for (let first = true; ; first = false) {
      while (bytes[at] === SPACE) at += 1;
      if (bytes[at] === close) break;
      if (!first) {
        if (bytes[at] !== 0x2c) return false;
        at += 1;
        while (bytes[at] === SPACE) at += 1;
        if (bytes[at] === close) break;
      }
      let wantedValue = wanted?.items;
      let name = '';
      const start = at;
      if (isMapping) {
        while (keyBytes[bytes[at] ?? 0] === 1) at += 1;
        if (at === start || wordStarts[bytes[start] ?? 0] !== 1 || bytes[at] !== 0x3a || bytes[at + 1] !== SPACE)
          return false;
        if (mayMeanMore(bytes, start, at)) return false;
        keys.add(opened, start, at);
        if (wanted !== undefined) {
          name = decodeWord(bytes, start, at);
          if (isNotText(name)) return false;
          wantedValue = wantedField(wanted, name);
        }
        at += 2;
        while (bytes[at] === SPACE) at += 1;
      }
      const value = flowValue(nested, wantedValue);
      if (value === false) return false;
      if (value === undefined || wantedValue === undefined) continue;
      if (node?.kind === 'mapping') node.fields.push({ at: start, name, merges: false, value });
      else if (node?.kind === 'sequence') node.items.push(value);
    }
    keys.close(opened);
    at += 1;
    return node;
  }

  function flowValue(nested: number, wanted: Wanted | undefined): DocumentNode | undefined | false {
    const byte = bytes[at];
    const valueAt = at;
    if (byte === 0x7b || byte === 0x5b) return flowCollection(nested + 1, wanted);
    if (byte === 0x22 || byte === 0x27) {
      at += 1;
      for (;;) {
        const inner = bytes[at] ?? LF;
        if (inner === byte) break;
        const kind = classes[inner];
        if (kind === Class.lineEnd || kind === Class.foreign || inner === 0x5c) return false;
        if (kind === Class.multiByte && !isLetter(bytes, at)) return false;
        at += 1;
      }
      at += 1;
      if (bytes[at] !== SPACE && bytes[at] !== 0x2c && bytes[at] !== 0x5d && bytes[at] !== 0x7d) return false;
      if (wanted === undefined) return undefined;
      return { kind: 'string', at: valueAt, text: bytes.toString('utf8', valueAt + 1, at - 1) };
    }
    const start = at;
    if (wordStarts[byte ?? 0] !== 1 || byte === 0x2e || byte === 0x2b) return false;
    while (flowBytes[bytes[at] ?? 0] === 1) at += 1;
    if (at === start) return false;
    if (wanted === undefined) return undefined;
    return scalarValue(start, decodeWord(bytes, start, at), true, undefined, false);
  }

  /** What stands after a key or a `-` on its line; `false` for anything that is not plain. */
  function value(wanted: Wanted | undefined): boolean {
    while (bytes[at] === SPACE) at += 1;
    const byte = bytes[at] ?? LF;
    awaitedWanted = wanted;
    if (byte === LF || byte === 0x23) {
      awaits = true;
      return endLine();
    }
    if (byte === 0x22 || byte === 0x27) return taken(quotedScalar(wanted !== undefined));
    if (wordStarts[byte] === 1 || byte >= 0x80) return taken(plainScalar(wanted !== undefined));
    if (byte === 0x2d) {
      const next = bytes[at + 1];
      return (
        next !== undefined && (wordStarts[next] === 1 || next === 0x2d) && taken(plainScalar(wanted !== undefined))
      );
    }
    if (byte === 0x7c || byte === 0x3e) return blockScalar(wanted !== undefined);
    if (byte === 0x5b || byte === 0x7b) {
      const node = flowCollection(0, wanted);
      return node !== false && endLine() && taken(node);
    }
    return false;
  }

  function taken(value: DocumentNode | undefined | false): boolean {
    if (value === false) return false;
    if (value !== undefined) attach(value);
    return true;
  }

  /** A key at the start of a line's text, and its value. */
  function field(level: Level): boolean {
    const start = at;
    if (wordStarts[bytes[at] ?? 0] !== 1) return false;
    while (keyBytes[bytes[at] ?? 0] === 1) at += 1;
    const next = bytes[at + 1];
    if (bytes[at] !== 0x3a || (next !== undefined && next !== SPACE && next !== LF)) return false;
    if (at === start || at - start > LONGEST_KEY || mayMeanMore(bytes, start, at)) return false;
    keys.add(level.keys, start, at);
    let wanted: Wanted | undefined;
    awaitedAt = start;
    if (level.wanted !== undefined) {
      awaitedName = decodeWord(bytes, start, at);
      if (isNotText(awaitedName)) return false;
      wanted = wantedField(level.wanted, awaitedName);
    }
    at += 1;
    return value(wanted);
  }

  if (bytes[0] === 0x2d && bytes[1] === 0x2d && bytes[2] === 0x2d) {
    at = 3;
    if (!endLine()) return undefined;
  }
  while (at < size) {
    lineStart = at;
    while (bytes[at] === SPACE) at += 1;
    if (bytes[at] === LF) {
      at += 1;
      continue;
    }
    if (at >= size) break;
    if (bytes[at] === 0x23) {
      if (!skipText()) return undefined;
      continue;
    }
    for (;;) {
      const column = at - lineStart;
      const isEntry = bytes[at] === 0x2d && (bytes[at + 1] === SPACE || bytes[at + 1] === LF || at + 1 >= size);
      const top = levels[depth - 1];
      let level: Level | undefined;
      if (depth === 0) {
        if (column !== 0 || root !== undefined) return undefined;
        level = open(0, isEntry, at);
      } else if (
        awaits &&
        top !== undefined &&
        (column > top.column || (isEntry && !top.isSequence && column === top.column))
      ) {
        if (depth >= DEEPEST) return undefined;
        level = open(column, isEntry, at);
      } else {
        giveUpAwaiting();
        closeTo(column);
        // A list may stand in the very column of the mapping that it is a value of.
        let innermost = levels[depth - 1];
        if (!isEntry && innermost?.isSequence && innermost.column === column) {
          depth -= 1;
          innermost = levels[depth - 1];
        }
        if (innermost === undefined || innermost.column !== column || innermost.isSequence !== isEntry)
          return undefined;
        level = innermost;
      }
      if (!isEntry) {
        if (!field(level)) return undefined;
        break;
      }
      // After '-' stands a value, or a whole collection that begins on this line.
      awaitedAt = at;
      at += 1;
      while (bytes[at] === SPACE) at += 1;
      awaitedWanted = level.wanted?.items;
      const nestsEntry = bytes[at] === 0x2d && (bytes[at + 1] === SPACE || bytes[at + 1] === LF);
      if (nestsEntry || beginsField(bytes, at)) {
        awaits = true;
        continue;
      }
      if (!value(awaitedWanted)) return undefined;
      break;
    }
  }
  giveUpAwaiting();
  return { root, repeatedKeys: keys.repeated };
}

/** Whether a key of the plain kind and its `:` stand at `at`. */
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
