/** From here, to before there. */
export type Range = readonly [from: number, to: number];

/** A text as it reads without escapes, and the way back to the text as it is written. */
export interface View {
  readonly plain: string;
  /** Where a range of `plain` is written; an escape that it touches counts whole. */
  readonly toSource: (range: Range) => Range;
}

/** JSON's and Go's escapes, URLs', and HTML's. */
const ESCAPE =
  /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/bfnrt])|((?:%[0-9a-f]{2})+)|&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi;

const SIGNS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A text as it is written. */
export function viewOf(text: string): View {
  return { plain: text, toSource: (range) => range };
}

/** A view with one more layer of escapes taken off, of whatever kind; `undefined` where it has none. */
export function withoutEscapes(view: View): View | undefined {
  // Most texts, discovery documents among them, have none of these characters.
  if (!/[\\%&]/.test(view.plain)) return undefined;
  const { plain, stretches } = decode(view.plain);
  if (plain === view.plain) return undefined;
  return {
    plain,
    toSource: ([from, to]) => view.toSource([sourceOf(stretches, from, 'start'), sourceOf(stretches, to - 1, 'end')]),
  };
}

/** One stretch of a decoded text, and where it was. Without an escape it is as long as it was. */
interface Stretch {
  readonly at: number;
  readonly sourceAt: number;
  readonly length: number;
  readonly sourceLength: number;
}

function decode(text: string): { readonly plain: string; readonly stretches: readonly Stretch[] } {
  const stretches: Stretch[] = [];
  const parts: string[] = [];
  let at = 0;
  let sourceAt = 0;
  const add = (part: string, sourceLength: number) => {
    if (sourceLength === 0) return;
    parts.push(part);
    stretches.push({ at, sourceAt, length: part.length, sourceLength });
    at += part.length;
    sourceAt += sourceLength;
  };
  for (const match of text.matchAll(ESCAPE)) {
    add(text.slice(sourceAt, match.index), match.index - sourceAt);
    add(decodedOf(match), match[0].length);
  }
  add(text.slice(sourceAt), text.length - sourceAt);
  return { plain: parts.join(''), stretches };
}

function decodedOf([whole, unicode, byte, sign, url, hex, decimal, entity]: RegExpExecArray): string {
  const code = unicode ?? byte;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (sign !== undefined) return SIGNS[sign.toLowerCase()] ?? sign;
  if (url !== undefined) return Buffer.from(url.replaceAll('%', ''), 'hex').toString('utf8');
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? whole;
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}

function sourceOf(stretches: readonly Stretch[], index: number, edge: 'start' | 'end'): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const { at, sourceAt, length, sourceLength } = stretches[low] ?? { at: 0, sourceAt: 0, length: 0, sourceLength: 0 };
  if (length === sourceLength) return sourceAt + (index - at) + (edge === 'end' ? 1 : 0);
  return edge === 'end' ? sourceAt + sourceLength : sourceAt;
}
