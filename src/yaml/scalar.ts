import { decodeSlice } from './bytes.ts';
import type { ScalarNode } from './node.ts';
import { type GoNumber, isUnsigned, keyNumber, sentNumber, yamlNumber } from './number.ts';
import { Style, type Token } from './scanner.ts';
import { Unreadable } from './unreadable.ts';

/** Text of a scalar token: escapes resolved, lines folded. */
export function scalarText(bytes: Buffer, token: Token): string {
  const { start, end, style } = token;
  if (style === Style.plain) {
    const source = decodeSlice(bytes, start, end);
    return token.composed ? foldLines(source) : source;
  }
  if (style === Style.literal || style === Style.folded) return blockText(decodeSlice(bytes, start, end), token.indent);
  const source = decodeSlice(bytes, start + 1, end - 1);
  if (!token.composed) return source;
  return style === Style.single ? foldLines(source).replaceAll("''", "'") : resolveEscapes(source);
}

const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/;

/** One line break becomes a space, several become one less; white space around them goes. */
function foldLines(source: string): string {
  const lines = source.split(LINE_BREAK);
  let text = '';
  let breaks = 0;
  lines.forEach((line, index) => {
    const last = index === lines.length - 1;
    const kept = (index === 0 ? line : line.replace(/^[ \t]+/, '')).replace(last ? /$/ : /[ \t]+$/, '');
    if (index > 0) breaks += 1;
    if (kept === '' && !last && index > 0) return;
    if (breaks > 0) text += breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    breaks = 0;
    text += kept;
  });
  return text;
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

function resolveEscapes(source: string): string {
  // An escaped line break joins two lines without a space. A private-use character keeps its place while the other lines are folded.
  const joined = source.replace(/((?:^|[^\\])(?:\\\\)*)\\(?:\r\n|[\r\n\u0085\u2028\u2029])[ \t]*/g, '$1');
  return foldLines(joined).replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (_, x?: string, u?: string, long?: string, letter?: string) => {
      const code = x ?? u ?? long;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return ESCAPES[letter ?? ''] ?? letter ?? '';
    },
  );
}

function blockText(source: string, indent: number): string {
  const [header = '', ...lines] = source.split(LINE_BREAK);
  const folded = header.startsWith('>');
  const indicators = header.slice(0, 3);
  const body = lines.map((line) => line.slice(Math.min(indent, line.length)));
  while (body.at(-1) === '') body.pop();
  const trailing = lines.length - body.length;
  let text = '';
  body.forEach((line, index) => {
    const previous = body[index - 1];
    if (index > 0) text += folded && isText(previous) && isText(line) ? ' ' : '\n';
    text += line;
  });
  if (folded) text = text.replace(/(?<=[^\n \t]) ?\n(\n+)(?=[^\n \t])/g, '$1');
  if (indicators.includes('-') || body.length === 0) return indicators.includes('+') ? '\n'.repeat(trailing) : text;
  return text + (indicators.includes('+') ? '\n'.repeat(Math.max(trailing, 1)) : '\n');
}

function isText(line: string | undefined): boolean {
  return line !== undefined && line !== '' && !line.startsWith(' ') && !line.startsWith('\t');
}

const BOOLEANS = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON|([nN]|no|No|NO|false|False|FALSE|off|Off|OFF))$/;
const NULLS = /^(?:~|null|Null|NULL)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
type ScalarType = 'null' | 'boolean' | 'not-finite' | 'string' | GoNumber;

/** Type of a plain scalar without a tag: by YAML 1.1 as Go reads it, with `yes` a boolean and `1_000` a number. */
function plainType(text: string): ScalarType {
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
const TIMESTAMP =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]| )[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?$/;
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
  const type = tag === undefined ? (plain ? plainType(text) : 'string') : taggedType(at, text, tag);
  switch (type) {
    case 'null':
      return { kind: 'null', at };
    case 'boolean':
      return { kind: 'boolean', at, value: BOOLEANS.exec(text)?.[1] === undefined };
    case 'not-finite':
      if (!isKey)
        throw new Unreadable(at, `${text} is not a number that JSON, and so Kubernetes, can hold; put it in quotes`);
      return { kind: 'number', at, text: text.replace(/^\+/, '').toLowerCase() };
    case 'string':
      return { kind: 'string', at, text };
  }
  if (!isKey) return { kind: 'number', at, text: sentNumber(type) };
  if (isUnsigned(type)) throw new Unreadable(at, 'a key must not be a whole number this large; put it in quotes');
  return { kind: 'number', at, text: keyNumber(type) };
}

function taggedType(at: number, text: string, tag: string): ScalarType {
  const name = tag.startsWith(CORE_TAG) ? tag.slice(CORE_TAG.length) : undefined;
  if (name === 'binary') {
    if (!BASE64.test(text.replace(/[\r\n]/g, ''))) throw new Unreadable(at, '!!binary must be followed by base64');
    return 'string';
  }
  if (name === undefined || !['bool', 'int', 'float', 'null', 'timestamp'].includes(name)) return 'string';
  if (name === 'timestamp' && TIMESTAMP.test(text)) return 'string';
  const type = plainType(text);
  if (name === 'null' && type === 'null') return 'null';
  if (name === 'bool' && type === 'boolean') return 'boolean';
  if (typeof type !== 'string') {
    if (name === 'int' && type.kind === 'integer') return type;
    if (name === 'float' && !isUnsigned(type)) return { kind: 'float', value: Number(type.value) };
  }
  if (name === 'float' && type === 'not-finite') return type;
  throw new Unreadable(at, `${JSON.stringify(text)} is not a valid !!${name}`);
}
