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
  /** In a block mapping's own column nothing but a key can stand. */
  required: boolean;
  token: number;
  at: number;
  line: number;
  column: number;
}

const LONGEST_KEY = 1024;
const DEEPEST = 10_000;

/** Cuts one document into tokens, by the rules of libyaml. */
export interface YamlScanner {
  /** Kind of the next token, read if need be. */
  readonly peek: () => number;
  /** The next token; valid until it is skipped. */
  readonly token: () => Token;
  readonly skip: () => void;
}

/**
 * A scanner of one YAML document.
 *
 * It takes what libyaml takes, for kubectl reads YAML with it: version 1.1, with its own limits and leniencies, which no parser written
 * for JavaScript shares. Tokens are read only as far as the parser asks, because what follows a document's end is never looked at.
 *
 * @throws Unreadable from `peek`
 * @see YAML 1.1, chapter 4; go.yaml.in/yaml/v2 scannerc.go
 */
export function scanYaml(bytes: Buffer): YamlScanner {
  let at = 0;
  let line = 0;
  let lineStart = 0;
  let indent = -1;
  const indents: number[] = [];
  let keyAllowed = true;
  let ended = false;
  const keys: PossibleKey[] = [noKey()];
  let flowLevel = 0;
  const queue: Token[] = [];
  let head = 0;
  let tail = 0;
  let skipped = 0;

  const currentKey = (): PossibleKey => keys[flowLevel] ?? noKey();

  function append(kind: number, start: number, end: number): Token {
    let token = queue[tail];
    if (token === undefined) {
      token = { kind, start, end, style: 0, composed: false, indent: 0, opensMapping: false, isKey: false };
      queue.push(token);
    } else {
      token.kind = kind;
      token.start = start;
      token.end = end;
      token.style = 0;
      token.composed = false;
      token.opensMapping = false;
      token.isKey = false;
    }
    tail += 1;
    return token;
  }

  function newLine(length: number): void {
    at += length;
    line += 1;
    lineStart = at;
  }

  /** Whether a key can still be one: it stands on one line and is not too long. */
  function isStillPossible(key: PossibleKey): boolean {
    if (!key.possible) return false;
    if (key.line === line && at - key.at <= LONGEST_KEY) return true;
    if (key.line === line && codePoints(bytes, key.at, at) <= LONGEST_KEY) return true;
    dropKey(key);
    return false;
  }

  function dropKey(key: PossibleKey): void {
    if (key.possible && key.required) throw new Unreadable(key.at, "could not find the ':' that a mapping's key needs");
    key.possible = false;
  }

  function rememberKey(): void {
    if (!keyAllowed) return;
    const key = currentKey();
    dropKey(key);
    key.possible = true;
    key.required = flowLevel === 0 && indent === at - lineStart;
    key.token = skipped + tail - head;
    key.at = at;
    key.line = line;
    key.column = at - lineStart;
  }

  function indentTo(column: number): boolean {
    if (flowLevel > 0 || indent >= column) return false;
    indents.push(indent);
    indent = column;
    if (indents.length > DEEPEST) throw new Unreadable(at, `the text is nested more than ${DEEPEST} levels deep`);
    return true;
  }

  function unindentTo(column: number): void {
    if (flowLevel > 0) return;
    while (indent > column) {
      append(Kind.blockEnd, at, at);
      indent = indents.pop() ?? -1;
    }
  }

  function skipToToken(): void {
    for (;;) {
      let byte = byteAt(bytes, at);
      while (byte === SPACE || (byte === TAB && (flowLevel > 0 || !keyAllowed))) {
        at += 1;
        byte = byteAt(bytes, at);
      }
      if (byte === 0x23) at = endOfLine(bytes, at);
      const length = breakLength(bytes, at);
      if (length === 0) return;
      newLine(length);
      if (flowLevel === 0) keyAllowed = true;
    }
  }

  function fetch(): void {
    skipToToken();
    const column = at - lineStart;
    unindentTo(column);
    const byte = byteAt(bytes, at);
    if (byte === 0) {
      fetchEnd();
      return;
    }
    if (column === 0) {
      if (byte === 0x25) {
        fetchDirective();
        return;
      }
      if (isDocumentMark(bytes, at)) {
        fetchDocumentMark(byte === 0x2d ? Kind.documentStart : Kind.documentEnd);
        return;
      }
    }
    switch (byte) {
      case 0x5b: // [
        fetchFlowStart(Kind.flowSequenceStart);
        return;
      case 0x7b: // {
        fetchFlowStart(Kind.flowMappingStart);
        return;
      case 0x5d: // ]
        fetchFlowEnd(Kind.flowSequenceEnd);
        return;
      case 0x7d: // }
        fetchFlowEnd(Kind.flowMappingEnd);
        return;
      case 0x2c: // ,
        fetchFlowEntry();
        return;
      case 0x2d: // -
        if (isSpaceOrEnd(bytes, at + 1)) {
          fetchEntry();
          return;
        }
        fetchPlain();
        return;
      case 0x3f: // ?
        if (flowLevel > 0 || isSpaceOrEnd(bytes, at + 1)) {
          fetchKey();
          return;
        }
        fetchPlain();
        return;
      case 0x3a: // :
        if (flowLevel > 0 || isSpaceOrEnd(bytes, at + 1)) {
          fetchValue();
          return;
        }
        fetchPlain();
        return;
      case 0x2a: // *
        fetchName(Kind.alias);
        return;
      case 0x26: // &
        fetchName(Kind.anchor);
        return;
      case 0x21: // !
        fetchTag();
        return;
      case 0x7c: // |
      case 0x3e: // >
        if (flowLevel === 0) {
          fetchBlockScalar(byte === 0x7c ? Style.literal : Style.folded);
          return;
        }
        break;
      case 0x27: // '
        fetchQuoted(Style.single);
        return;
      case 0x22: // "
        fetchQuoted(Style.double);
        return;
      case TAB:
        throw new Unreadable(at, 'a tab is used as indentation; YAML indents with spaces only');
      case 0x25: // %
      case 0x40: // @
      case 0x60: // `
        break;
      default:
        fetchPlain();
        return;
    }
    throw new Unreadable(at, `${JSON.stringify(String.fromCharCode(byte))} cannot begin a value; put it in quotes`);
  }

  function fetchEnd(): void {
    unindentTo(-1);
    dropKey(currentKey());
    keyAllowed = false;
    ended = true;
    append(Kind.end, at, at);
  }

  function fetchDirective(): void {
    unindentTo(-1);
    dropKey(currentKey());
    keyAllowed = false;
    const start = at;
    at = endOfLine(bytes, at);
    checkDirective(start, decodeSlice(bytes, start, at));
    append(Kind.directive, start, at);
  }

  function fetchDocumentMark(kind: number): void {
    unindentTo(-1);
    dropKey(currentKey());
    keyAllowed = false;
    at += 3;
    append(kind, at - 3, at);
  }

  function fetchFlowStart(kind: number): void {
    rememberKey();
    flowLevel += 1;
    if (flowLevel > DEEPEST) throw new Unreadable(at, `the text is nested more than ${DEEPEST} levels deep`);
    if (keys.length === flowLevel) keys.push(noKey());
    else currentKey().possible = false;
    keyAllowed = true;
    at += 1;
    append(kind, at - 1, at);
  }

  function fetchFlowEnd(kind: number): void {
    dropKey(currentKey());
    if (flowLevel > 0) flowLevel -= 1;
    keyAllowed = false;
    at += 1;
    append(kind, at - 1, at);
  }

  function fetchFlowEntry(): void {
    dropKey(currentKey());
    keyAllowed = true;
    at += 1;
    append(Kind.flowEntry, at - 1, at);
  }

  function fetchEntry(): void {
    if (flowLevel === 0) {
      if (!keyAllowed) throw new Unreadable(at, "a list's '-' cannot stand here");
      if (indentTo(at - lineStart)) append(Kind.sequenceStart, at, at);
    }
    dropKey(currentKey());
    keyAllowed = true;
    at += 1;
    append(Kind.entry, at - 1, at);
  }

  function fetchKey(): void {
    if (flowLevel === 0) {
      if (!keyAllowed) throw new Unreadable(at, "a mapping's key cannot stand here");
      if (indentTo(at - lineStart)) append(Kind.mappingStart, at, at);
    }
    dropKey(currentKey());
    keyAllowed = flowLevel === 0;
    at += 1;
    append(Kind.key, at - 1, at);
  }

  function fetchValue(): void {
    const key = currentKey();
    if (isStillPossible(key)) {
      const token = queue[head + key.token - skipped];
      if (token !== undefined) {
        token.isKey = true;
        token.opensMapping = indentTo(key.column);
      }
      key.possible = false;
      keyAllowed = false;
    } else {
      if (flowLevel === 0) {
        if (!keyAllowed) throw new Unreadable(at, "a mapping's ':' cannot stand here");
        if (indentTo(at - lineStart)) append(Kind.mappingStart, at, at);
      }
      keyAllowed = flowLevel === 0;
    }
    at += 1;
    append(Kind.value, at - 1, at);
  }

  /** An anchor or an alias. */
  function fetchName(kind: number): void {
    rememberKey();
    keyAllowed = false;
    const start = at;
    at += 1;
    while (isWord(byteAt(bytes, at))) at += 1;
    if (at === start + 1 || !(isSpaceOrEnd(bytes, at) || '?:,]}%@`'.includes(String.fromCharCode(byteAt(bytes, at))))) {
      throw new Unreadable(
        at,
        `the name after '${kind === Kind.alias ? '*' : '&'}' may hold letters, digits, '_' and '-' only`,
      );
    }
    append(kind, start, at);
  }

  function fetchTag(): void {
    rememberKey();
    keyAllowed = false;
    const start = at;
    while (!isSpaceOrEnd(bytes, at)) at += 1;
    checkTag(start, decodeSlice(bytes, start, at));
    append(Kind.tag, start, at);
  }

  function fetchBlockScalar(style: number): void {
    dropKey(currentKey());
    keyAllowed = true;
    const start = at;
    at += 1;
    let increment = 0;
    let chomped = false;
    for (let indicators = 0; indicators < 2; indicators += 1) {
      const byte = byteAt(bytes, at);
      if ((byte === 0x2b || byte === 0x2d) && !chomped) chomped = true;
      else if (byte >= 0x30 && byte <= 0x39 && increment === 0) increment = byte - 0x30;
      else break;
      if (byte === 0x30) throw new Unreadable(at, 'a block of text cannot be indented by 0');
      at += 1;
    }
    while (isBlank(byteAt(bytes, at))) at += 1;
    if (byteAt(bytes, at) === 0x23) at = endOfLine(bytes, at);
    if (!isBreakOrEnd(bytes, at))
      throw new Unreadable(at, `nothing but a comment may follow '${style === Style.literal ? '|' : '>'}' on its line`);
    const length = breakLength(bytes, at);
    if (length > 0) newLine(length);

    const textIndent = skipEmptyLines(increment > 0 ? Math.max(indent, 0) + increment : 0);
    while (at - lineStart === textIndent && byteAt(bytes, at) !== 0) {
      at = endOfLine(bytes, at);
      const lineBreak = breakLength(bytes, at);
      if (lineBreak > 0) newLine(lineBreak);
      skipEmptyLines(textIndent);
    }
    const token = append(Kind.scalar, start, at);
    token.style = style;
    token.composed = true;
    token.indent = textIndent;
  }

  /** Skips indentation and empty lines of a block scalar; when `textIndent` is 0, answers with the one that its first line sets. */
  function skipEmptyLines(textIndent: number): number {
    let widest = 0;
    for (;;) {
      while ((textIndent === 0 || at - lineStart < textIndent) && byteAt(bytes, at) === SPACE) at += 1;
      const column = at - lineStart;
      widest = Math.max(widest, column);
      if ((textIndent === 0 || column < textIndent) && byteAt(bytes, at) === TAB) {
        throw new Unreadable(at, 'a tab is used as the indentation of a block of text');
      }
      const length = breakLength(bytes, at);
      if (length === 0) break;
      newLine(length);
    }
    return textIndent === 0 ? Math.max(widest, indent + 1, 1) : textIndent;
  }

  function fetchQuoted(style: number): void {
    rememberKey();
    keyAllowed = false;
    const start = at;
    const quote = byteAt(bytes, at);
    let composed = false;
    at += 1;
    for (;;) {
      const byte = byteAt(bytes, at);
      if (byte === quote) {
        if (style === Style.double || byteAt(bytes, at + 1) !== quote) break;
        composed = true;
        at += 2;
      } else if (byte === 0x5c && style === Style.double) {
        composed = true;
        at += 1;
        if (breakLength(bytes, at) === 0) at += escapeLength(bytes, at);
      } else if (byte === 0) {
        throw new Unreadable(start, 'the closing quote is missing');
      } else {
        const length = byte < SPACE || byte >= 0xc2 ? breakLength(bytes, at) : 0;
        if (length === 0) {
          at += 1;
          continue;
        }
        composed = true;
        newLine(length);
        if (isDocumentMark(bytes, at))
          throw new Unreadable(start, 'the closing quote is missing before the document ends');
      }
    }
    at += 1;
    const token = append(Kind.scalar, start, at);
    token.style = style;
    token.composed = composed;
  }

  function fetchPlain(): void {
    rememberKey();
    keyAllowed = false;
    const start = at;
    let end = at;
    let composed = false;
    let brokeLine = false;
    const leastColumn = indent + 1;
    for (;;) {
      if (at === lineStart && isDocumentMark(bytes, at)) break;
      if (byteAt(bytes, at) === 0x23) break;
      const wordStart = at;
      at = endOfPlainWord(bytes, at, flowLevel > 0);
      if (at > wordStart) {
        end = at;
        composed ||= brokeLine;
        brokeLine = false;
      }
      if (!isBlank(byteAt(bytes, at)) && breakLength(bytes, at) === 0) break;
      for (;;) {
        const byte = byteAt(bytes, at);
        if (isBlank(byte)) {
          if (byte === TAB && brokeLine && at - lineStart < leastColumn) {
            throw new Unreadable(at, 'a tab is used as indentation; YAML indents with spaces only');
          }
          at += 1;
          continue;
        }
        const length = breakLength(bytes, at);
        if (length === 0) break;
        newLine(length);
        brokeLine = true;
      }
      if (flowLevel === 0 && at - lineStart < leastColumn) break;
    }
    const token = append(Kind.scalar, start, end);
    token.style = Style.plain;
    token.composed = composed;
    if (brokeLine) keyAllowed = true;
  }

  /** A token is handed out only once it is known whether it is a key. */
  function headMayBeKey(): boolean {
    for (let level = 0; level <= flowLevel; level += 1) {
      const key = keys[level];
      if (key?.possible && key.token === skipped) return isStillPossible(key);
    }
    return false;
  }

  function token(): Token {
    while (!ended && (head === tail || headMayBeKey())) fetch();
    const next = queue[head];
    if (next === undefined || head === tail) throw new Unreadable(at, 'the text ends too early');
    return next;
  }

  return {
    token,
    peek: () => {
      const next = token();
      return next.opensMapping ? Kind.mappingStart : next.isKey ? Kind.key : next.kind;
    },
    skip: () => {
      const next = token();
      if (next.opensMapping) next.opensMapping = false;
      else if (next.isKey) next.isKey = false;
      else {
        head += 1;
        skipped += 1;
        if (head === tail) head = tail = 0;
      }
    },
  };
}

function noKey(): PossibleKey {
  return { possible: false, required: false, token: -1, at: 0, line: 0, column: 0 };
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
