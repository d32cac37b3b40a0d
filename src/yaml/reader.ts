import { isMergeable, refuseExcessiveAliases } from './aliases.ts';
import { byteAt, decodeSlice, findForbiddenByte } from './bytes.ts';
import { type KeyRecord, recordKeys } from './duplicate-keys.ts';
import {
  type AliasNode,
  addField,
  addItem,
  type DocumentNode,
  dereference,
  EVERYTHING,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  type Wanted,
  wantedField,
} from './node.ts';
import { scalarText, scalarValue } from './scalar.ts';
import { Kind, peek, type Scan, Style, scanYaml, skip, token } from './scanner.ts';
import { DEFAULT_HANDLES, fullTag, readDirectives, type TagHandles } from './tag.ts';
import { Unreadable } from './unreadable.ts';

export interface YamlDocument {
  /** `undefined` for a document that holds nothing. */
  readonly root: DocumentNode | undefined;
  /** Where each key is that its mapping had before: the later one counts. */
  readonly repeatedKeys: readonly number[];
  /** Where the document ended, if that was before the text did: kubectl looks at nothing from here on. */
  readonly rest?: number | undefined;
}

/** Thrown where a document that was to be kept in parts turns out to refer to other parts of itself. */
const ALIAS_FOUND = Symbol('alias found');

/** Recursion deeper than this could exhaust the stack. libyaml goes ten times as deep; no object comes near either. */
const DEEPEST = 1_000;

/** Keeps a scalar, and of a collection nothing. */
const ITSELF: Wanted = {};

/**
 * Reads one YAML document, the first in `bytes`, as kubectl does: YAML 1.1 by libyaml's rules, then turned into JSON.
 *
 * All of it is checked; kept is what is wanted, or everything when the document refers to itself with aliases.
 *
 * @throws Unreadable for what kubectl refuses
 * @see go.yaml.in/yaml/v2 parserc.go, decode.go; sigs.k8s.io/yaml yaml.go
 */
export function readYaml(bytes: Buffer, wanted: Wanted): YamlDocument {
  const forbidden = findForbiddenByte(bytes);
  if (forbidden >= 0) throw new Unreadable(forbidden, 'YAML forbids this control character');
  try {
    return parse(bytes, wanted, false);
  } catch (thrown) {
    if (thrown !== ALIAS_FOUND) throw thrown;
  }
  const document = parse(bytes, EVERYTHING, true);
  if (document.root !== undefined) refuseExcessiveAliases(document.root);
  return document;
}

interface Reading {
  readonly bytes: Buffer;
  readonly scanner: Scan;
  readonly followsAliases: boolean;
  readonly anchors: Map<string, DocumentNode>;
  readonly keys: KeyRecord;
  handles: TagHandles;
  depth: number;
  /** Of the scalar that was read last: where its text is, and whether it is a `<<` that merges. */
  textStart: number;
  textEnd: number;
  merges: boolean;
  /** Whether its text is its bytes, quotes left out. */
  isAsWritten: boolean;
}

function parse(bytes: Buffer, wanted: Wanted, followsAliases: boolean): YamlDocument {
  const reading: Reading = {
    bytes,
    scanner: scanYaml(bytes),
    followsAliases,
    anchors: new Map(),
    keys: recordKeys(bytes),
    handles: DEFAULT_HANDLES,
    depth: 0,
    textStart: 0,
    textEnd: 0,
    merges: false,
    isAsWritten: true,
  };
  reading.handles = readHandles(reading);
  const root = readRoot(reading, wanted);
  const ended = peek(reading.scanner) === Kind.end;
  return { root, repeatedKeys: reading.keys.repeated, ...(!ended && { rest: token(reading.scanner).start }) };
}

function readHandles(reading: Reading): TagHandles {
  const directives: { at: number; source: string }[] = [];
  while (peek(reading.scanner) === Kind.directive) {
    const { start, end } = token(reading.scanner);
    directives.push({ at: start, source: decodeSlice(reading.bytes, start, end) });
    skip(reading.scanner);
  }
  if (directives.length > 0 && peek(reading.scanner) !== Kind.documentStart) {
    throw new Unreadable(token(reading.scanner).start, "'---' must follow the directives");
  }
  return directives.length === 0 ? DEFAULT_HANDLES : readDirectives(directives);
}

function readRoot(reading: Reading, wanted: Wanted): DocumentNode | undefined {
  if (peek(reading.scanner) === Kind.documentStart) {
    skip(reading.scanner);
    const next = peek(reading.scanner);
    if (next === Kind.directive || next === Kind.documentStart || next === Kind.documentEnd) return undefined;
  }
  if (peek(reading.scanner) === Kind.end) return undefined;
  const root = readNode(reading, true, false, wanted, false);
  // What ends the document is looked at, and nothing after it.
  peek(reading.scanner);
  return root;
}

/** Reads a value. The answer is `undefined` for what is not wanted, unless it is a scalar that had to be looked at. */
function readNode(
  reading: Reading,
  block: boolean,
  indentless: boolean,
  wanted: Wanted | undefined,
  isKey: boolean,
): DocumentNode | undefined {
  let kind = peek(reading.scanner);
  const at = token(reading.scanner).start;
  if (kind === Kind.alias) return readAlias(reading);

  let anchor: string | undefined;
  let tag: string | undefined;
  while ((kind === Kind.anchor && anchor === undefined) || (kind === Kind.tag && tag === undefined)) {
    const { start, end } = token(reading.scanner);
    if (kind === Kind.anchor) anchor = decodeSlice(reading.bytes, start + 1, end);
    else tag = fullTag(start, decodeSlice(reading.bytes, start, end), reading.handles);
    skip(reading.scanner);
    kind = peek(reading.scanner);
  }

  if (kind === Kind.scalar) return readScalar(reading, at, anchor, tag, wanted, isKey);
  if (isKey && (isCollection(kind) || (indentless && kind === Kind.entry)))
    throw badKey(at, kind === Kind.mappingStart || kind === Kind.flowMappingStart ? 'mapping' : 'sequence');
  switch (kind) {
    case Kind.flowSequenceStart:
      return readFlowSequence(reading, at, anchor, wanted);
    case Kind.flowMappingStart:
      return readFlowMapping(reading, at, anchor, wanted);
    case Kind.entry:
      if (indentless) return readBlockSequence(reading, at, anchor, wanted, true);
      break;
    case Kind.sequenceStart:
      if (block) return readBlockSequence(reading, at, anchor, wanted, false);
      break;
    case Kind.mappingStart:
      if (block) return readBlockMapping(reading, at, anchor, wanted);
      break;
  }
  if (anchor === undefined && tag === undefined)
    throw new Unreadable(token(reading.scanner).start, 'a value is expected here');
  reading.textStart = reading.textEnd = at;
  reading.merges = false;
  reading.isAsWritten = tag === undefined;
  return keep(reading, anchor, scalarValue(at, '', tag === undefined, tag, isKey));
}

function keep<Node extends DocumentNode>(reading: Reading, anchor: string | undefined, node: Node): Node {
  if (anchor !== undefined) reading.anchors.set(anchor, node);
  return node;
}

function readAlias(reading: Reading): AliasNode {
  if (!reading.followsAliases) throw ALIAS_FOUND;
  const { start, end } = token(reading.scanner);
  const name = decodeSlice(reading.bytes, start + 1, end);
  const target = reading.anchors.get(name);
  if (target === undefined) {
    const message = 'an alias refers to an anchor that no value before it has';
    throw new Unreadable(start, message, `the alias *${name} has no anchor &${name} before it`);
  }
  reading.merges = false;
  reading.isAsWritten = false;
  skip(reading.scanner);
  return { kind: 'alias', at: start, target };
}

function readScalar(
  reading: Reading,
  at: number,
  anchor: string | undefined,
  tag: string | undefined,
  wanted: Wanted | undefined,
  isKey: boolean,
): ScalarNode | undefined {
  const scalar = token(reading.scanner);
  const plain = scalar.style === Style.plain;
  reading.textStart = plain ? scalar.start : scalar.start + 1;
  reading.textEnd = plain ? scalar.end : scalar.end - 1;
  reading.merges = false;
  reading.isAsWritten = tag === undefined && !scalar.composed;
  // Of a key it must be known what it says.
  const mayBeSkipped = isKey ? reading.isAsWritten : tag === undefined;
  if (wanted === undefined && mayBeSkipped && !(plain && needsLook(reading.bytes, scalar.start, scalar.end, isKey))) {
    skip(reading.scanner);
    return undefined;
  }
  const text = scalarText(reading.bytes, scalar);
  skip(reading.scanner);
  reading.merges = text === '<<' && (tag === undefined ? plain : tag === '!' || tag === 'tag:yaml.org,2002:merge');
  return keep(reading, anchor, scalarValue(at, text, plain, tag, isKey));
}

function enter(reading: Reading, at: number): void {
  reading.depth += 1;
  if (reading.depth > DEEPEST) throw new Unreadable(at, `the text is nested more than ${DEEPEST} levels deep`);
}

function readBlockMapping(
  reading: Reading,
  at: number,
  anchor: string | undefined,
  wanted: Wanted | undefined,
): DocumentNode | undefined {
  enter(reading, at);
  const mapping = newMapping(reading, at, anchor, wanted);
  reading.keys.open();
  skip(reading.scanner);
  for (;;) {
    const kind = peek(reading.scanner);
    if (kind === Kind.blockEnd) break;
    if (kind !== Kind.key)
      throw new Unreadable(token(reading.scanner).start, 'a key is expected here; mind the indentation');
    const keyAt = token(reading.scanner).start;
    skip(reading.scanner);
    const key = endsBlockField(peek(reading.scanner))
      ? nullAt(keyAt)
      : readNode(reading, true, true, wanted && ITSELF, true);
    const name = nameOfKey(reading, keyAt, key);
    const isMerge = reading.merges;
    const wantedValue = wantedUnder(reading, name, wanted);
    let value: DocumentNode | undefined;
    if (peek(reading.scanner) !== Kind.value) value = nullAt(keyAt);
    else {
      skip(reading.scanner);
      value = endsBlockField(peek(reading.scanner)) ? nullAt(keyAt) : readNode(reading, true, true, wantedValue, false);
    }
    keepField(reading, mapping, keyAt, key, name, isMerge, wantedValue, value);
  }
  skip(reading.scanner);
  reading.keys.close();
  reading.depth -= 1;
  return mapping;
}

function newMapping(
  reading: Reading,
  at: number,
  anchor: string | undefined,
  wanted: Wanted | undefined,
): MappingNode | undefined {
  if (wanted === undefined && anchor === undefined) return undefined;
  return keep(reading, anchor, { kind: 'mapping', at, fields: [] });
}

function newSequence(
  reading: Reading,
  at: number,
  anchor: string | undefined,
  wanted: Wanted | undefined,
): SequenceNode | undefined {
  if (wanted === undefined && anchor === undefined) return undefined;
  return keep(reading, anchor, { kind: 'sequence', at, items: [] });
}

function readFlowMapping(
  reading: Reading,
  at: number,
  anchor: string | undefined,
  wanted: Wanted | undefined,
): DocumentNode | undefined {
  enter(reading, at);
  const mapping = newMapping(reading, at, anchor, wanted);
  reading.keys.open();
  skip(reading.scanner);
  for (let first = true; peek(reading.scanner) !== Kind.flowMappingEnd; first = false) {
    if (!first) {
      if (peek(reading.scanner) !== Kind.flowEntry)
        throw new Unreadable(token(reading.scanner).start, "',' or '}' is expected here");
      skip(reading.scanner);
      if (peek(reading.scanner) === Kind.flowMappingEnd) break;
    }
    const keyAt = token(reading.scanner).start;
    const hasKey = peek(reading.scanner) === Kind.key;
    if (hasKey) skip(reading.scanner);
    readFlowField(reading, mapping, keyAt, wanted, hasKey, Kind.flowMappingEnd);
  }
  skip(reading.scanner);
  reading.keys.close();
  reading.depth -= 1;
  return mapping;
}

/** A field in braces, or the one field of a mapping in brackets that has no braces of its own. */
function readFlowField(
  reading: Reading,
  mapping: MappingNode | undefined,
  keyAt: number,
  wanted: Wanted | undefined,
  hasKey: boolean,
  end: number,
): void {
  const next = peek(reading.scanner);
  const keyLeftOut = hasKey && (next === Kind.value || next === Kind.flowEntry || next === end);
  const key = keyLeftOut ? nullAt(keyAt) : readNode(reading, false, false, wanted && ITSELF, true);
  const name = nameOfKey(reading, keyAt, key);
  const isMerge = reading.merges;
  const wantedValue = wantedUnder(reading, name, wanted);
  let value: DocumentNode | undefined;
  if (!hasKey || peek(reading.scanner) !== Kind.value) value = nullAt(keyAt);
  else {
    skip(reading.scanner);
    const after = peek(reading.scanner);
    value =
      after === Kind.flowEntry || after === end ? nullAt(keyAt) : readNode(reading, false, false, wantedValue, false);
  }
  keepField(reading, mapping, keyAt, key, name, isMerge, wantedValue, value);
}

/** Checks and records the key that was read last; its name where anything of the mapping is wanted. */
function nameOfKey(reading: Reading, at: number, key: DocumentNode | undefined): string {
  if (reading.merges) return '<<';
  if (key === undefined) {
    reading.keys.add(reading.textStart, reading.textEnd);
    return '';
  }
  const value = dereference(key);
  if (value.kind === 'mapping' || value.kind === 'sequence' || value.kind === 'null') throw badKey(at, value.kind);
  const name = keyText(value);
  if (value.kind === 'string' && reading.isAsWritten) reading.keys.add(reading.textStart, reading.textEnd);
  else reading.keys.addName(at, name);
  return name;
}

/** What is wanted of the value of the key that was read last. */
function wantedUnder(reading: Reading, name: string, wanted: Wanted | undefined): Wanted | undefined {
  // Of a list of mappings that are merged the same parts are wanted.
  if (reading.merges) return wanted === undefined ? EVERYTHING : { ...wanted, items: wanted };
  return wanted === undefined ? undefined : wantedField(wanted, name);
}

function keepField(
  reading: Reading,
  mapping: MappingNode | undefined,
  at: number,
  key: DocumentNode | undefined,
  name: string,
  isMerge: boolean,
  wantedValue: Wanted | undefined,
  value: DocumentNode | undefined,
): void {
  if (isMerge && (value === undefined || !isMergeable(value)))
    throw new Unreadable(at, "only mappings can be merged with '<<'");
  if (mapping === undefined || wantedValue === undefined || value === undefined) return;
  if (reading.followsAliases && key !== undefined && !isMerge)
    addField(mapping, { at, name, merges: false, value, key });
  else addField(mapping, { at, name, merges: isMerge, value });
}

function readBlockSequence(
  reading: Reading,
  at: number,
  anchor: string | undefined,
  wanted: Wanted | undefined,
  indentless: boolean,
): DocumentNode | undefined {
  enter(reading, at);
  const sequence = newSequence(reading, at, anchor, wanted);
  const wantedItem = wanted?.items;
  if (!indentless) skip(reading.scanner);
  while (peek(reading.scanner) === Kind.entry) {
    const itemAt = token(reading.scanner).start;
    skip(reading.scanner);
    const next = peek(reading.scanner);
    const isEmpty =
      next === Kind.entry || next === Kind.blockEnd || (indentless && (next === Kind.key || next === Kind.value));
    keepItem(sequence, wantedItem, isEmpty ? nullAt(itemAt) : readNode(reading, true, false, wantedItem, false));
  }
  if (!indentless) {
    if (peek(reading.scanner) !== Kind.blockEnd)
      throw new Unreadable(token(reading.scanner).start, "'-' is expected here; mind the indentation");
    skip(reading.scanner);
  }
  reading.depth -= 1;
  return sequence;
}

function readFlowSequence(
  reading: Reading,
  at: number,
  anchor: string | undefined,
  wanted: Wanted | undefined,
): DocumentNode | undefined {
  enter(reading, at);
  const sequence = newSequence(reading, at, anchor, wanted);
  const wantedItem = wanted?.items;
  skip(reading.scanner);
  for (let first = true; peek(reading.scanner) !== Kind.flowSequenceEnd; first = false) {
    if (!first) {
      if (peek(reading.scanner) !== Kind.flowEntry)
        throw new Unreadable(token(reading.scanner).start, "',' or ']' is expected here");
      skip(reading.scanner);
      if (peek(reading.scanner) === Kind.flowSequenceEnd) break;
    }
    if (peek(reading.scanner) !== Kind.key) {
      keepItem(sequence, wantedItem, readNode(reading, false, false, wantedItem, false));
      continue;
    }
    const itemAt = token(reading.scanner).start;
    const mapping = newMapping(reading, itemAt, undefined, wantedItem);
    skip(reading.scanner);
    reading.keys.open();
    readFlowField(reading, mapping, itemAt, wantedItem, true, Kind.flowSequenceEnd);
    reading.keys.close();
    keepItem(sequence, wantedItem, mapping);
  }
  skip(reading.scanner);
  reading.depth -= 1;
  return sequence;
}

function keepItem(
  sequence: SequenceNode | undefined,
  wanted: Wanted | undefined,
  item: DocumentNode | undefined,
): void {
  if (sequence !== undefined && wanted !== undefined && item !== undefined) addItem(sequence, item);
}

/** Whether a key or a value of a block mapping is left out before such a token, which makes it null. */
function endsBlockField(kind: number): boolean {
  return kind === Kind.key || kind === Kind.value || kind === Kind.blockEnd;
}

function isCollection(kind: number): boolean {
  return (
    kind === Kind.mappingStart ||
    kind === Kind.flowMappingStart ||
    kind === Kind.sequenceStart ||
    kind === Kind.flowSequenceStart
  );
}

function badKey(at: number, kind: 'mapping' | 'sequence' | 'null'): Unreadable {
  return new Unreadable(at, `a key must be text, not ${kind === 'null' ? 'null' : `a ${kind}`}; put it in quotes`);
}

/** What a key is in JSON, where all are text. */
function keyText(key: ScalarNode): string {
  switch (key.kind) {
    case 'string':
    case 'number':
      return key.text;
    case 'boolean':
      return String(key.value);
    case 'null':
      return '';
  }
}

function nullAt(at: number): ScalarNode {
  return { kind: 'null', at };
}

/**
 * Whether a plain scalar that is not wanted might still be one that kubectl refuses or that means something: as a value `.inf` or `.nan`,
 * as a key a null, `<<` or a number beyond int64.
 */
function needsLook(bytes: Buffer, start: number, end: number, isKey: boolean): boolean {
  const first = byteAt(bytes, start);
  const length = end - start;
  if (!isKey)
    return length <= 5 && (first === 0x2e || ((first === 0x2b || first === 0x2d) && byteAt(bytes, start + 1) === 0x2e));
  if (length === 1) return first === 0x7e;
  if (length === 2) return first === 0x3c;
  if (length >= 18) return first >= 0x30 && first <= 0x39;
  return length === 4 && (first === 0x6e || first === 0x4e);
}
