import { decodeSlice } from './bytes.ts';
import type { ScalarNode } from './node.ts';
import { type GoNumber, isUnsigned, keyNumber, sentNumber, yamlNumber } from './number.ts';
import { Style, type Token } from './scanner.ts';
import { Unreadable } from './unreadable.ts';

/** Text of a scalar token: escapes resolved, lines folded. */
export function scalarText(bytes: Buffer, token: Token): string {
  const { start, end, style } = token;
  if (style === Style.literal || style === Style.folded) return blockText(decodeSlice(bytes, start, end), token.indent);
  const source = style === Style.plain ? decodeSlice(bytes, start, end) : decodeSlice(bytes, start + 1, end - 1);
  if (!token.composed) return source;
  if (style === Style.double) return doubleQuotedText(source);
  const text = foldedText(source);
  return style === Style.single ? text.replaceAll("''", "'") : text;
}

/** What may stand between two words of a scalar, or begins an escape. */
const GAP = /[ \t\r\n\u0085\u2028\u2029]/g;
const GAP_OR_ESCAPE = /[ \t\r\n\u0085\u2028\u2029\\]/g;
const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;

function nextMatch(pattern: RegExp, source: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? source.length;
}

function foldedText(source: string): string {
  let text = '';
  for (let at = 0; ; ) {
    const gap = nextMatch(GAP, source, at);
    text += source.slice(at, gap);
    if (gap === source.length) return text;
    const folded = foldGap(source, gap, undefined);
    text += folded.text;
    at = folded.end;
  }
}

function doubleQuotedText(source: string): string {
  let text = '';
  for (let at = 0; ; ) {
    const found = nextMatch(GAP_OR_ESCAPE, source, at);
    text += source.slice(at, found);
    if (found === source.length) return text;
    if (source[found] !== '\\') {
      const folded = foldGap(source, found, undefined);
      text += folded.text;
      at = folded.end;
      continue;
    }
    const lineBreak = breakAt(source, found + 1);
    // An escaped line break joins two lines without a space.
    const part = lineBreak === 0 ? resolveEscape(source, found) : foldGap(source, found + 1 + lineBreak, '');
    text += part.text;
    at = part.end;
  }
}

interface Part {
  readonly text: string;
  readonly end: number;
}

/**
 * What white space becomes: on one line itself; otherwise one line break becomes a space, several become one less, and blanks go. U+2028 and
 * U+2029 are kept.
 * @param leading the line break that began it, if it was before `from`
 */
function foldGap(source: string, from: number, leading: string | undefined): Part {
  let first = leading;
  let others = '';
  let at = from;
  for (;;) {
    while (source[at] === ' ' || source[at] === '\t') at += 1;
    const length = breakAt(source, at);
    if (length === 0) break;
    const lineBreak = breakText(source, at);
    if (first === undefined) first = lineBreak;
    else others += lineBreak;
    at += length;
  }
  if (first === undefined) return { text: source.slice(from, at), end: at };
  return { text: first === '\n' ? others || ' ' : first + others, end: at };
}

/** Length of the line break at `at`, 0 without one. */
function breakAt(source: string, at: number): number {
  switch (source[at]) {
    case '\r':
      return source[at + 1] === '\n' ? 2 : 1;
    case '\n':
    case '\u0085':
    case '\u2028':
    case '\u2029':
      return 1;
    default:
      return 0;
  }
}

function breakText(source: string, at: number): string {
  const first = source[at] ?? '';
  return first === '\u2028' || first === '\u2029' ? first : '\n';
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const HEXADECIMAL_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function resolveEscape(source: string, at: number): Part {
  const letter = source[at + 1] ?? '';
  const digits = HEXADECIMAL_DIGITS[letter];
  if (digits === undefined) return { text: ESCAPES[letter] ?? letter, end: at + 2 };
  const end = at + 2 + digits;
  return { text: String.fromCodePoint(Number.parseInt(source.slice(at + 2, end), 16)), end };
}

/** @see go.yaml.in/yaml/v2 scannerc.go yaml_parser_scan_block_scalar */
function blockText(source: string, indent: number): string {
  const headerEnd = nextMatch(LINE_BREAK, source, 0);
  const folds = source.startsWith('>');
  const indicators = source.slice(0, Math.min(3, headerEnd));
  let text = '';
  /** The line break after the last line with text, and those of the empty lines after it. */
  let lineBreak = '';
  let emptyLines = '';
  let wasIndented = false;
  for (let at = headerEnd; at < source.length; ) {
    const start = skipIndentation(source, at + breakAt(source, at), indent);
    const end = nextMatch(LINE_BREAK, source, start);
    if (end === start && start < source.length) {
      emptyLines += breakText(source, start);
    } else if (start < source.length) {
      const isIndented = source[start] === ' ' || source[start] === '\t';
      if (folds && !wasIndented && !isIndented && lineBreak === '\n') text += emptyLines === '' ? ' ' : '';
      else text += lineBreak;
      text += emptyLines + source.slice(start, end);
      lineBreak = end < source.length ? breakText(source, end) : '';
      emptyLines = '';
      wasIndented = isIndented;
    }
    at = end;
  }
  if (indicators.includes('-')) return text;
  return indicators.includes('+') ? text + lineBreak + emptyLines : text + lineBreak;
}

function skipIndentation(source: string, from: number, indent: number): number {
  let at = from;
  while (at - from < indent && source[at] === ' ') at += 1;
  return at;
}

const BOOLEANS = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON|([nN]|no|No|NO|false|False|FALSE|off|Off|OFF))$/;
const NULLS = /^(?:~|null|Null|NULL)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
type ScalarType = 'null' | 'boolean' | 'not-finite' | 'string' | GoNumber;

/** Type of a plain scalar without a tag: by YAML 1.1 as Go reads it, with `yes` a boolean and `1_000` a number. */
function plainType(text: string): ScalarType {
  const code = text.charCodeAt(0) | 0x20;
  // No word that means something else than itself is longer than `false`.
  if (text.length > 5 && code >= 0x61 && code <= 0x7a) return 'string';
  if (NULLS.test(text)) return 'null';
  const first = text.charAt(0);
  if (/[a-zA-Z]/.test(first)) return BOOLEANS.test(text) ? 'boolean' : 'string';
  if (NOT_FINITE.test(text)) return 'not-finite';
  return yamlNumber(text) ?? 'string';
}

/** Whether a plain scalar without a tag may be anything but the text that it shows. */
export function isNotText(text: string): boolean {
  return plainType(text) !== 'string';
}

const CORE_TAG = 'tag:yaml.org,2002:';
const BINARY = `${CORE_TAG}binary`;
const TIMESTAMP =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+](\d{2}):(\d{2})))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?))?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The value that a scalar has in JSON; of a key, the text that it has there.
 *
 * @param tag in full, `undefined` for none
 * @throws Unreadable when the text is not what its tag says, or is a number that JSON cannot hold
 */
export function scalarValue(
  at: number,
  text: string,
  plain: boolean,
  tag: string | undefined,
  isKey: boolean,
): ScalarNode {
  if (tag === undefined) return plain ? typedNode(at, text, plainType(text), isKey) : { kind: 'string', at, text };
  if (tag === BINARY) return { kind: 'string', at, text: decodeBinary(at, text), tag };
  return { ...typedNode(at, text, taggedType(at, text, tag), isKey), tag };
}

function typedNode(at: number, text: string, type: ScalarType, isKey: boolean): ScalarNode {
  switch (type) {
    case 'null':
      return { kind: 'null', at };
    case 'boolean':
      return { kind: 'boolean', at, value: BOOLEANS.exec(text)?.[1] === undefined };
    case 'not-finite':
      if (!isKey)
        throw new Unreadable(at, 'JSON, and so Kubernetes, has no infinity and no NaN; put the value in quotes');
      return { kind: 'number', at, text: text.replace(/^\+/, '').toLowerCase() };
    case 'string':
      return { kind: 'string', at, text };
  }
  if (!isKey) return { kind: 'number', at, text: sentNumber(type) };
  if (isUnsigned(type)) throw new Unreadable(at, 'a key must not be a whole number this large; put it in quotes');
  return { kind: 'number', at, text: keyNumber(type) };
}

/** @see go.yaml.in/yaml/v2 resolve.go parseTimestamp */
function isTimestamp(text: string): boolean {
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, ...clock] = match.slice(1).map((digits) => Number(digits ?? 0));
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0, ...spaced] = clock;
  const [spacedHour = 0, spacedMinute = 0, spacedSecond = 0] = spaced;
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate() &&
    Math.max(hour, spacedHour) <= 23 &&
    Math.max(minute, second, zoneMinute, spacedMinute, spacedSecond) <= 59 &&
    zoneHour <= 24
  );
}

/** What is not UTF-8 in it becomes U+FFFD, as when Go writes JSON. */
function decodeBinary(at: number, text: string): string {
  const base64 = text.replace(/[\r\n]/g, '');
  if (!BASE64.test(base64)) throw new Unreadable(at, '!!binary must be followed by base64');
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** Types by which a tag says how the text is to be taken. Any other tag makes it a string. */
const TYPE_TAGS: ReadonlySet<string> = new Set(
  ['bool', 'int', 'float', 'null', 'timestamp'].map((name) => CORE_TAG + name),
);

function taggedType(at: number, text: string, tag: string): ScalarType {
  if (!TYPE_TAGS.has(tag)) return 'string';
  const name = tag.slice(CORE_TAG.length);
  if (name === 'timestamp' && isTimestamp(text)) return 'string';
  const type = plainType(text);
  if (name === 'null' && type === 'null') return 'null';
  if (name === 'bool' && type === 'boolean') return 'boolean';
  if (typeof type !== 'string') {
    if (name === 'int' && type.kind === 'integer') return type;
    if (name === 'float' && !isUnsigned(type)) return { kind: 'float', value: Number(type.value) };
  }
  if (name === 'float' && type === 'not-finite') return type;
  throw new Unreadable(at, `the value is not a valid !!${name}`, `${JSON.stringify(text)} is not a valid !!${name}`);
}
