import {
  breakLength,
  byteAt,
  decodeSlice,
  isBlank,
  isBreakOrEnd,
  isSpaceOrEnd,
  isWord,
  LF,
  SPACE,
  TAB,
} from './bytes.ts';
import { checkDirective, checkTag } from './tag.ts';
import { Unreadable } from './unreadable.ts';

/** What a token can be. A const object and not a union of names, because millions of these are compared. */
export const Kind = {
  end: 0,
  directive: 1,
  documentStart: 2,
  documentEnd: 3,
  mappingStart: 4,
  sequenceStart: 5,
  blockEnd: 6,
  flowSequenceStart: 7,
  flowSequenceEnd: 8,
  flowMappingStart: 9,
  flowMappingEnd: 10,
  flowEntry: 11,
  entry: 12,
  key: 13,
  value: 14,
  alias: 15,
  anchor: 16,
  tag: 17,
  scalar: 18,
} as const;

export const Style = { plain: 0, single: 1, double: 2, literal: 3, folded: 4 } as const;

/** One token; its slot is used again as soon as it was skipped. */
export interface Token {
  kind: number;
  start: number;
  end: number;
  style: number;
  /** Of a scalar: whether its text is more than the bytes between its ends. */
  composed: boolean;
  /** Of a block scalar: the indentation of its text. */
  indent: number;
  /** Whether a block mapping begins before this token, and whether the token is a mapping's key. */
  opensMapping: boolean;
  isKey: boolean;
}

/** A token that turns out to be a mapping's key when a `:` follows on its line. */
interface PossibleKey {
  possible: boolean;
  /** In a block mapping's own column only a key is possible. */
  required: boolean;
  token: number;
  at: number;
  line: number;
  column: number;
}

const LONGEST_KEY = 1024;
/** Bytes of plain scalars that mean nothing else anywhere; the first of a key must not be `-` or `.`. */
const simpleKeyBytes = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.-$') {
  simpleKeyBytes[character.charCodeAt(0)] = 1;
}
const DEEPEST = 10_000;

/** One document, cut into tokens as far as they were asked for. */
export interface Scan {
  readonly bytes: Buffer;
  at: number;
  line: number;
  lineStart: number;
  /** Column of the innermost block collection, -1 outside of all; those around it. */
  indent: number;
  readonly indents: number[];
  /** Whether a key may begin here. */
  keyAllowed: boolean;
  ended: boolean;
  /** By flow level. */
  readonly keys: PossibleKey[];
  flowLevel: number;
  /** The outermost flow level that may have a possible key among the tokens to come. */
  outermost: number;
  /** Tokens that were read ahead are between `head` and `tail`; before them so many were skipped. */
  readonly queue: Token[];
  head: number;
  tail: number;
  skipped: number;
}

/**
 * A scanner of one YAML document.
 *
 * It takes what libyaml takes, for kubectl reads YAML with it: version 1.1, with its own limits and leniencies, which no parser written
 * for JavaScript shares. Tokens are read only as far as the parser asks, because what follows a document's end is never looked at.
 *
 * @throws Unreadable from `peek`, `token` and `skip`
 * @see YAML 1.1, chapter 4; go.yaml.in/yaml/v2 scannerc.go
 */
export function scanYaml(bytes: Buffer): Scan {
  return {
    bytes,
    at: 0,
    line: 0,
    lineStart: 0,
    indent: -1,
    indents: [],
    keyAllowed: true,
    ended: false,
    keys: [noKey()],
    flowLevel: 0,
    outermost: 0,
    queue: [],
    head: 0,
    tail: 0,
    skipped: 0,
  };
}

/** Kind of the next token, read if need be. */
export function peek(scan: Scan): number {
  const next = token(scan);
  return next.opensMapping ? Kind.mappingStart : next.isKey ? Kind.key : next.kind;
}

export function skip(scan: Scan): void {
  const next = token(scan);
  if (next.opensMapping) next.opensMapping = false;
  else if (next.isKey) next.isKey = false;
  else {
    scan.head += 1;
    scan.skipped += 1;
    if (scan.head === scan.tail) scan.head = scan.tail = 0;
  }
}

function currentKey(scan: Scan): PossibleKey {
  return scan.keys[scan.flowLevel] ?? noKey();
}

function append(scan: Scan, kind: number, start: number, end: number): Token {
  let token = scan.queue[scan.tail];
  if (token === undefined) {
    token = { kind, start, end, style: 0, composed: false, indent: 0, opensMapping: false, isKey: false };
    scan.queue.push(token);
  } else {
    token.kind = kind;
    token.start = start;
    token.end = end;
    token.style = 0;
    token.composed = false;
    token.opensMapping = false;
    token.isKey = false;
  }
  scan.tail += 1;
  return token;
}

function newLine(scan: Scan, length: number): void {
  scan.at += length;
  scan.line += 1;
  scan.lineStart = scan.at;
}

/** Whether a key can still be one: it is on one line and not too long. */
function isStillPossible(scan: Scan, key: PossibleKey): boolean {
  if (!key.possible) return false;
  if (key.line === scan.line && scan.at - key.at <= LONGEST_KEY) return true;
  if (key.line === scan.line && codePoints(scan.bytes, key.at, scan.at) <= LONGEST_KEY) return true;
  dropKey(key);
  return false;
}

function dropKey(key: PossibleKey): void {
  if (key.possible && key.required) throw new Unreadable(key.at, "could not find the ':' that a mapping's key needs");
  key.possible = false;
}

function rememberKey(scan: Scan): void {
  if (!scan.keyAllowed) return;
  const key = currentKey(scan);
  dropKey(key);
  key.possible = true;
  key.required = scan.flowLevel === 0 && scan.indent === scan.at - scan.lineStart;
  key.token = scan.skipped + scan.tail - scan.head;
  key.at = scan.at;
  key.line = scan.line;
  key.column = scan.at - scan.lineStart;
}

function indentTo(scan: Scan, column: number): boolean {
  if (scan.flowLevel > 0 || scan.indent >= column) return false;
  scan.indents.push(scan.indent);
  scan.indent = column;
  if (scan.indents.length > DEEPEST)
    throw new Unreadable(scan.at, `the text is nested more than ${DEEPEST} levels deep`);
  return true;
}

function unindentTo(scan: Scan, column: number): void {
  if (scan.flowLevel > 0) return;
  while (scan.indent > column) {
    append(scan, Kind.blockEnd, scan.at, scan.at);
    scan.indent = scan.indents.pop() ?? -1;
  }
}

function skipToToken(scan: Scan): void {
  for (;;) {
    let byte = byteAt(scan.bytes, scan.at);
    while (byte === SPACE || (byte === TAB && (scan.flowLevel > 0 || !scan.keyAllowed))) {
      scan.at += 1;
      byte = byteAt(scan.bytes, scan.at);
    }
    if (byte === 0x23) scan.at = endOfLine(scan.bytes, scan.at);
    const length = breakLength(scan.bytes, scan.at);
    if (length === 0) return;
    newLine(scan, length);
    if (scan.flowLevel === 0) scan.keyAllowed = true;
  }
}

function fetch(scan: Scan): void {
  skipToToken(scan);
  const column = scan.at - scan.lineStart;
  unindentTo(scan, column);
  const byte = byteAt(scan.bytes, scan.at);
  if (byte === 0) {
    fetchEnd(scan);
    return;
  }
  if (scan.keyAllowed && scan.flowLevel === 0 && fetchSimpleKey(scan, column)) return;
  if (column === 0) {
    if (byte === 0x25) {
      fetchDirective(scan);
      return;
    }
    if (isDocumentMark(scan.bytes, scan.at)) {
      fetchDocumentMark(scan, byte === 0x2d ? Kind.documentStart : Kind.documentEnd);
      return;
    }
  }
  switch (byte) {
    case 0x5b: // [
      fetchFlowStart(scan, Kind.flowSequenceStart);
      return;
    case 0x7b: // {
      fetchFlowStart(scan, Kind.flowMappingStart);
      return;
    case 0x5d: // ]
      fetchFlowEnd(scan, Kind.flowSequenceEnd);
      return;
    case 0x7d: // }
      fetchFlowEnd(scan, Kind.flowMappingEnd);
      return;
    case 0x2c: // ,
      fetchFlowEntry(scan);
      return;
    case 0x2d: // -
      if (isSpaceOrEnd(scan.bytes, scan.at + 1)) {
        fetchEntry(scan);
        return;
      }
      fetchPlain(scan);
      return;
    case 0x3f: // ?
      if (scan.flowLevel > 0 || isSpaceOrEnd(scan.bytes, scan.at + 1)) {
        fetchKey(scan);
        return;
      }
      fetchPlain(scan);
      return;
    case 0x3a: // :
      if (scan.flowLevel > 0 || isSpaceOrEnd(scan.bytes, scan.at + 1)) {
        fetchValue(scan);
        return;
      }
      fetchPlain(scan);
      return;
    case 0x2a: // *
      fetchName(scan, Kind.alias);
      return;
    case 0x26: // &
      fetchName(scan, Kind.anchor);
      return;
    case 0x21: // !
      fetchTag(scan);
      return;
    case 0x7c: // |
    case 0x3e: // >
      if (scan.flowLevel === 0) {
        fetchBlockScalar(scan, byte === 0x7c ? Style.literal : Style.folded);
        return;
      }
      break;
    case 0x27: // '
      fetchQuoted(scan, Style.single);
      return;
    case 0x22: // "
      fetchQuoted(scan, Style.double);
      return;
    case TAB:
      throw new Unreadable(scan.at, 'a tab is used as indentation; YAML indents with spaces only');
    case 0x25: // %
    case 0x40: // @
    case 0x60: // `
      break;
    default:
      fetchPlain(scan);
      return;
  }
  throw new Unreadable(scan.at, `${JSON.stringify(String.fromCharCode(byte))} cannot begin a value; put it in quotes`);
}

/** A key of letters and the like with its `:`, as nearly all are: what the general way would make of them, at once. */
function fetchSimpleKey(scan: Scan, column: number): boolean {
  const start = scan.at;
  const end = endOfPlainKey(scan.bytes, start);
  if (end < 0) return false;
  dropKey(currentKey(scan));
  const token = append(scan, Kind.scalar, start, end);
  token.isKey = true;
  token.opensMapping = indentTo(scan, column);
  append(scan, Kind.value, end, end + 1);
  scan.at = end + 1;
  scan.keyAllowed = false;
  return true;
}

function fetchEnd(scan: Scan): void {
  unindentTo(scan, -1);
  dropKey(currentKey(scan));
  scan.keyAllowed = false;
  scan.ended = true;
  append(scan, Kind.end, scan.at, scan.at);
}

function fetchDirective(scan: Scan): void {
  unindentTo(scan, -1);
  dropKey(currentKey(scan));
  scan.keyAllowed = false;
  const start = scan.at;
  scan.at = endOfLine(scan.bytes, scan.at);
  checkDirective(start, decodeSlice(scan.bytes, start, scan.at));
  append(scan, Kind.directive, start, scan.at);
}

function fetchDocumentMark(scan: Scan, kind: number): void {
  unindentTo(scan, -1);
  dropKey(currentKey(scan));
  scan.keyAllowed = false;
  scan.at += 3;
  append(scan, kind, scan.at - 3, scan.at);
}

function fetchFlowStart(scan: Scan, kind: number): void {
  rememberKey(scan);
  scan.flowLevel += 1;
  if (scan.flowLevel > DEEPEST) throw new Unreadable(scan.at, `the text is nested more than ${DEEPEST} levels deep`);
  if (scan.keys.length === scan.flowLevel) scan.keys.push(noKey());
  else currentKey(scan).possible = false;
  scan.keyAllowed = true;
  scan.at += 1;
  append(scan, kind, scan.at - 1, scan.at);
}

function fetchFlowEnd(scan: Scan, kind: number): void {
  dropKey(currentKey(scan));
  if (scan.flowLevel > 0) scan.flowLevel -= 1;
  if (scan.outermost > scan.flowLevel) scan.outermost = scan.flowLevel;
  scan.keyAllowed = false;
  scan.at += 1;
  append(scan, kind, scan.at - 1, scan.at);
}

function fetchFlowEntry(scan: Scan): void {
  dropKey(currentKey(scan));
  scan.keyAllowed = true;
  scan.at += 1;
  append(scan, Kind.flowEntry, scan.at - 1, scan.at);
}

function fetchEntry(scan: Scan): void {
  if (scan.flowLevel === 0) {
    if (!scan.keyAllowed) throw new Unreadable(scan.at, "a list's '-' cannot stand here");
    if (indentTo(scan, scan.at - scan.lineStart)) append(scan, Kind.sequenceStart, scan.at, scan.at);
  }
  dropKey(currentKey(scan));
  scan.keyAllowed = true;
  scan.at += 1;
  append(scan, Kind.entry, scan.at - 1, scan.at);
}

function fetchKey(scan: Scan): void {
  if (scan.flowLevel === 0) {
    if (!scan.keyAllowed) throw new Unreadable(scan.at, "a mapping's key cannot stand here");
    if (indentTo(scan, scan.at - scan.lineStart)) append(scan, Kind.mappingStart, scan.at, scan.at);
  }
  dropKey(currentKey(scan));
  scan.keyAllowed = scan.flowLevel === 0;
  scan.at += 1;
  append(scan, Kind.key, scan.at - 1, scan.at);
}

function fetchValue(scan: Scan): void {
  const key = currentKey(scan);
  if (isStillPossible(scan, key)) {
    const token = scan.queue[scan.head + key.token - scan.skipped];
    if (token !== undefined) {
      token.isKey = true;
      token.opensMapping = indentTo(scan, key.column);
    }
    key.possible = false;
    scan.keyAllowed = false;
  } else {
    if (scan.flowLevel === 0) {
      if (!scan.keyAllowed) throw new Unreadable(scan.at, "a mapping's ':' cannot stand here");
      if (indentTo(scan, scan.at - scan.lineStart)) append(scan, Kind.mappingStart, scan.at, scan.at);
    }
    scan.keyAllowed = scan.flowLevel === 0;
  }
  scan.at += 1;
  append(scan, Kind.value, scan.at - 1, scan.at);
}

/** An anchor or an alias. */
function fetchName(scan: Scan, kind: number): void {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  scan.at += 1;
  while (isWord(byteAt(scan.bytes, scan.at))) scan.at += 1;
  if (
    scan.at === start + 1 ||
    !(isSpaceOrEnd(scan.bytes, scan.at) || '?:,]}%@`'.includes(String.fromCharCode(byteAt(scan.bytes, scan.at))))
  ) {
    throw new Unreadable(
      scan.at,
      `the name after '${kind === Kind.alias ? '*' : '&'}' may hold letters, digits, '_' and '-' only`,
    );
  }
  append(scan, kind, start, scan.at);
}

function fetchTag(scan: Scan): void {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  while (!isSpaceOrEnd(scan.bytes, scan.at)) scan.at += 1;
  checkTag(start, decodeSlice(scan.bytes, start, scan.at));
  append(scan, Kind.tag, start, scan.at);
}

function fetchBlockScalar(scan: Scan, style: number): void {
  dropKey(currentKey(scan));
  scan.keyAllowed = true;
  const start = scan.at;
  scan.at += 1;
  let increment = 0;
  let chomped = false;
  for (let indicators = 0; indicators < 2; indicators += 1) {
    const byte = byteAt(scan.bytes, scan.at);
    if ((byte === 0x2b || byte === 0x2d) && !chomped) chomped = true;
    else if (byte >= 0x30 && byte <= 0x39 && increment === 0) increment = byte - 0x30;
    else break;
    if (byte === 0x30) throw new Unreadable(scan.at, 'a block of text cannot be indented by 0');
    scan.at += 1;
  }
  while (isBlank(byteAt(scan.bytes, scan.at))) scan.at += 1;
  if (byteAt(scan.bytes, scan.at) === 0x23) scan.at = endOfLine(scan.bytes, scan.at);
  if (!isBreakOrEnd(scan.bytes, scan.at))
    throw new Unreadable(
      scan.at,
      `nothing but a comment may follow '${style === Style.literal ? '|' : '>'}' on its scan.line`,
    );
  const length = breakLength(scan.bytes, scan.at);
  if (length > 0) newLine(scan, length);

  const textIndent = skipEmptyLines(scan, increment > 0 ? Math.max(scan.indent, 0) + increment : 0);
  while (scan.at - scan.lineStart === textIndent && byteAt(scan.bytes, scan.at) !== 0) {
    scan.at = endOfLine(scan.bytes, scan.at);
    const lineBreak = breakLength(scan.bytes, scan.at);
    if (lineBreak > 0) newLine(scan, lineBreak);
    skipEmptyLines(scan, textIndent);
  }
  const token = append(scan, Kind.scalar, start, scan.at);
  token.style = style;
  token.composed = true;
  token.indent = textIndent;
}

/** Skips indentation and empty lines of a block scalar; when `textIndent` is 0, answers with the one that its first line sets. */
function skipEmptyLines(scan: Scan, textIndent: number): number {
  let widest = 0;
  for (;;) {
    while ((textIndent === 0 || scan.at - scan.lineStart < textIndent) && byteAt(scan.bytes, scan.at) === SPACE)
      scan.at += 1;
    const column = scan.at - scan.lineStart;
    widest = Math.max(widest, column);
    if ((textIndent === 0 || column < textIndent) && byteAt(scan.bytes, scan.at) === TAB) {
      throw new Unreadable(scan.at, 'a tab is used as the indentation of a block of text');
    }
    const length = breakLength(scan.bytes, scan.at);
    if (length === 0) break;
    newLine(scan, length);
  }
  return textIndent === 0 ? Math.max(widest, scan.indent + 1, 1) : textIndent;
}

function fetchQuoted(scan: Scan, style: number): void {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  const quote = byteAt(scan.bytes, scan.at);
  let composed = false;
  scan.at += 1;
  for (;;) {
    const byte = byteAt(scan.bytes, scan.at);
    if (byte === quote) {
      if (style === Style.double || byteAt(scan.bytes, scan.at + 1) !== quote) break;
      composed = true;
      scan.at += 2;
    } else if (byte === 0x5c && style === Style.double) {
      composed = true;
      scan.at += 1;
      if (breakLength(scan.bytes, scan.at) === 0) scan.at += escapeLength(scan.bytes, scan.at);
    } else if (byte === 0) {
      throw new Unreadable(start, 'the closing quote is missing');
    } else {
      const length = byte < SPACE || byte >= 0xc2 ? breakLength(scan.bytes, scan.at) : 0;
      if (length === 0) {
        scan.at += 1;
        continue;
      }
      composed = true;
      newLine(scan, length);
      if (isDocumentMark(scan.bytes, scan.at))
        throw new Unreadable(start, 'the closing quote is missing before the document ends');
    }
  }
  scan.at += 1;
  const token = append(scan, Kind.scalar, start, scan.at);
  token.style = style;
  token.composed = composed;
}

function fetchPlain(scan: Scan): void {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  let end = scan.at;
  let composed = false;
  let brokeLine = false;
  const leastColumn = scan.indent + 1;
  for (;;) {
    if (scan.at === scan.lineStart && isDocumentMark(scan.bytes, scan.at)) break;
    if (byteAt(scan.bytes, scan.at) === 0x23) break;
    const wordStart = scan.at;
    scan.at = endOfPlainWord(scan.bytes, scan.at, scan.flowLevel > 0);
    if (scan.at > wordStart) {
      end = scan.at;
      composed ||= brokeLine;
      brokeLine = false;
    }
    if (!isBlank(byteAt(scan.bytes, scan.at)) && breakLength(scan.bytes, scan.at) === 0) break;
    for (;;) {
      const byte = byteAt(scan.bytes, scan.at);
      if (isBlank(byte)) {
        if (byte === TAB && brokeLine && scan.at - scan.lineStart < leastColumn) {
          throw new Unreadable(scan.at, 'a tab is used as indentation; YAML indents with spaces only');
        }
        scan.at += 1;
        continue;
      }
      const length = breakLength(scan.bytes, scan.at);
      if (length === 0) break;
      newLine(scan, length);
      brokeLine = true;
    }
    if (scan.flowLevel === 0 && scan.at - scan.lineStart < leastColumn) break;
  }
  const token = append(scan, Kind.scalar, start, end);
  token.style = Style.plain;
  token.composed = composed;
  if (brokeLine) scan.keyAllowed = true;
}

/** A token is handed out only once it is known whether it is a key. */
function headMayBeKey(scan: Scan): boolean {
  // Possible keys of outer levels come first, and do not change while inner ones are read.
  if (scan.outermost > scan.flowLevel) scan.outermost = scan.flowLevel;
  let key = scan.keys[scan.outermost];
  while (scan.outermost < scan.flowLevel && !(key?.possible && key.token >= scan.skipped)) {
    scan.outermost += 1;
    key = scan.keys[scan.outermost];
  }
  return key?.possible === true && key.token === scan.skipped && isStillPossible(scan, key);
}

/** The next token; valid until it is skipped. */
export function token(scan: Scan): Token {
  while (!scan.ended && (scan.head === scan.tail || headMayBeKey(scan))) fetch(scan);
  const next = scan.queue[scan.head];
  if (next === undefined || scan.head === scan.tail) throw new Unreadable(scan.at, 'the text ends too early');
  return next;
}

function noKey(): PossibleKey {
  return { possible: false, required: false, token: -1, at: 0, line: 0, column: 0 };
}

/** Where a key of `simpleKeyBytes` ends, at its `:`; -1 for any other. */
function endOfPlainKey(bytes: Buffer, start: number): number {
  let end = start;
  while (simpleKeyBytes[bytes[end] ?? 0] === 1) end += 1;
  const first = bytes[start];
  if (end === start || end - start > LONGEST_KEY || first === 0x2d || first === 0x2e) return -1;
  return bytes[end] === 0x3a && isSpaceOrEnd(bytes, end + 1) ? end : -1;
}

function endOfLine(bytes: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] ?? 0;
    if (byte === LF || byte === 0) return at;
    if ((byte < SPACE || byte >= 0xc2) && breakLength(bytes, at) > 0) return at;
    at += 1;
  }
}

/** Where a plain scalar's run of characters without white space ends. */
function endOfPlainWord(bytes: Buffer, from: number, inFlow: boolean): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] ?? 0;
    if (byte <= SPACE) {
      if (byte === SPACE || byte === LF || byte === TAB || byte === 0 || byte === 0x0d) return at;
    } else if (byte === 0x3a) {
      if (isSpaceOrEnd(bytes, at + 1)) return at;
    } else if (inFlow) {
      // , ? [ ] { }
      if (byte === 0x2c || byte === 0x3f || byte === 0x5b || byte === 0x5d || byte === 0x7b || byte === 0x7d) return at;
      if (byte >= 0xc2 && breakLength(bytes, at) > 0) return at;
    } else if (byte >= 0xc2 && breakLength(bytes, at) > 0) {
      return at;
    }
    at += 1;
  }
}

/** `---` or `...`, and white space after it. */
function isDocumentMark(bytes: Buffer, at: number): boolean {
  const byte = bytes[at];
  return (
    (byte === 0x2d || byte === 0x2e) && bytes[at + 1] === byte && bytes[at + 2] === byte && isSpaceOrEnd(bytes, at + 3)
  );
}

/** Length of what follows a backslash in double quotes. */
function escapeLength(bytes: Buffer, at: number): number {
  const letter = String.fromCharCode(byteAt(bytes, at));
  if ('0abt\tnvfre "\'\\N_LP'.includes(letter)) return 1;
  const digits = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (digits === 0)
    throw new Unreadable(
      at - 1,
      "YAML 1.1 does not know this escape; write '\\\\' for a backslash",
      `YAML 1.1 does not know the escape '\\${letter}'; write '\\\\' for a backslash`,
    );
  const code = decodeAscii(bytes, at + 1, at + 1 + digits);
  if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) {
    throw new Unreadable(at - 1, `'\\${letter}' must be followed by ${digits} hexadecimal digits`);
  }
  const point = Number.parseInt(code, 16);
  if ((point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) {
    throw new Unreadable(at - 1, 'this escape is not a Unicode character');
  }
  return 1 + digits;
}

function decodeAscii(bytes: Buffer, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function codePoints(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) count += 1;
  return count;
}
