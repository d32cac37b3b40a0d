import { decodeSlice } from './bytes.ts';
import { recordKeys } from './duplicate-keys.ts';
import {
  addField,
  addItem,
  type DocumentNode,
  type MappingNode,
  type SequenceNode,
  type Wanted,
  wantedField,
} from './node.ts';
import { sentJsonNumber } from './number.ts';
import { Unreadable } from './unreadable.ts';

export interface JsonDocument {
  readonly root: DocumentNode;
  readonly repeatedKeys: readonly number[];
  /** The byte after the value: more values may follow it. */
  readonly end: number;
}

const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/;
const NUMBER_BYTES: ReadonlySet<number> = new Set(Buffer.from('+-.0123456789eE'));
const DEEPEST = 1_000;

/** White space to Go. To JavaScript U+FEFF is some and U+0085 is not. */
export const GO_SPACES = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/**
 * Whether the first thing in a text is a brace, by which kubectl tells JSON from YAML.
 * @see apimachinery pkg/util/yaml/decoder.go IsJSONBuffer
 */
export function beginsLikeJson(bytes: Buffer): boolean {
  return bytes.toString('utf8').replace(GO_SPACES, '').startsWith('{');
}

/**
 * Reads one JSON value that begins at or after `from`, and keeps what is wanted of it. A repeated key counts as Go counts it: the last one.
 *
 * @returns `undefined` when only white space is left
 * @throws Unreadable for what is not valid JSON
 * @see RFC 8259
 */
export function readJson(bytes: Buffer, from: number, wantedOfRoot: Wanted): JsonDocument | undefined {
  const keys = recordKeys(bytes);
  let at = from;
  let depth = 0;
  /** Whether the string that was read last holds an escape. */
  let escaped = false;

  function skipSpace(): number {
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      at += 1;
    }
  }

  function value(wanted: Wanted | undefined): DocumentNode {
    const byte = skipSpace();
    const start = at;
    switch (byte) {
      case 0x7b:
        return object(wanted);
      case 0x5b:
        return array(wanted);
      case 0x22:
        return { kind: 'string', at: start, text: string(wanted !== undefined) };
      case 0x74:
        word('true');
        return { kind: 'boolean', at: start, value: true };
      case 0x66:
        word('false');
        return { kind: 'boolean', at: start, value: false };
      case 0x6e:
        word('null');
        return { kind: 'null', at: start };
      default:
        return { kind: 'number', at: start, text: number() };
    }
  }

  function word(text: string): void {
    if (decodeSlice(bytes, at, at + text.length) !== text) throw unexpected();
    at += text.length;
  }

  function number(): string {
    const start = at;
    while (NUMBER_BYTES.has(bytes[at] ?? 0)) at += 1;
    const match = NUMBER.exec(bytes.toString('latin1', start, at));
    at = start;
    if (match === null) throw unexpected();
    const text = sentJsonNumber(match[0]);
    if (text === undefined) throw new Unreadable(start, 'this number is too large for JSON, and so for Kubernetes');
    at += match[0].length;
    return text;
  }

  function string(wanted: boolean, isKey = false): string {
    const start = at;
    escaped = false;
    at += 1;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x22) break;
      if (byte < 0x20)
        throw at >= bytes.length ? unexpected() : new Unreadable(at, 'a control character must be escaped in a string');
      if (byte === 0x5c) {
        escaped = true;
        const letter = bytes[at + 1] ?? 0;
        if (letter === 0x75) {
          if (!/^[0-9a-fA-F]{4}$/.test(bytes.toString('latin1', at + 2, at + 6))) throw unexpected();
          at += 6;
        } else {
          if (!'"\\/bfnrt'.includes(String.fromCharCode(letter)))
            throw new Unreadable(at, 'JSON does not know this escape');
          at += 2;
        }
      } else {
        at += 1;
      }
    }
    at += 1;
    if (!wanted && !(isKey && escaped)) return '';
    return escaped ? JSON.parse(decodeSlice(bytes, start, at)) : decodeSlice(bytes, start + 1, at - 1);
  }

  function object(wanted: Wanted | undefined): DocumentNode {
    const mapping: MappingNode = { kind: 'mapping', at, fields: [] };
    keys.open();
    enter();
    if (skipSpace() === 0x7d) return leave(mapping, true);
    for (;;) {
      if (skipSpace() !== 0x22) throw expected('a key in double quotes');
      const keyAt = at;
      const name = string(wanted !== undefined, true);
      if (escaped) keys.addName(keyAt + 1, name);
      else keys.add(keyAt + 1, at - 1);
      if (skipSpace() !== 0x3a) throw expected("':'");
      at += 1;
      const wantedValue = wanted === undefined ? undefined : wantedField(wanted, name);
      const fieldValue = value(wantedValue);
      if (wantedValue !== undefined) addField(mapping, { at: keyAt, name, merges: false, value: fieldValue });
      const next = skipSpace();
      if (next === 0x7d) return leave(mapping, true);
      if (next !== 0x2c) throw expected("',' or '}'");
      at += 1;
    }
  }

  function array(wanted: Wanted | undefined): DocumentNode {
    const sequence: SequenceNode = { kind: 'sequence', at, items: [] };
    enter();
    if (skipSpace() === 0x5d) return leave(sequence, false);
    for (;;) {
      const item = value(wanted?.items);
      if (wanted?.items !== undefined) addItem(sequence, item);
      const next = skipSpace();
      if (next === 0x5d) return leave(sequence, false);
      if (next !== 0x2c) throw expected("',' or ']'");
      at += 1;
    }
  }

  function enter(): void {
    depth += 1;
    if (depth > DEEPEST) throw new Unreadable(at, `the text is nested more than ${DEEPEST} levels deep`);
    at += 1;
  }

  function leave<Node extends DocumentNode>(node: Node, isMapping: boolean): Node {
    if (isMapping) keys.close();
    depth -= 1;
    at += 1;
    return node;
  }

  function expected(what: string): Unreadable {
    return new Unreadable(at, `${what} is expected here`);
  }

  function unexpected(): Unreadable {
    return new Unreadable(at, at >= bytes.length ? 'the text ends too early' : 'this is not valid JSON');
  }

  skipSpace();
  if (at >= bytes.length) return undefined;
  return { root: value(wantedOfRoot), repeatedKeys: keys.repeated, end: at };
}
