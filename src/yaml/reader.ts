import { isMergeable, refuseExcessiveAliases } from './aliases.ts';
import { byteAt, decodeSlice, findForbiddenByte } from './bytes.ts';
import { recordKeys } from './duplicate-keys.ts';
import {
  type AliasNode,
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
import { Kind, peek, Style, scanYaml, skip, token } from './scanner.ts';
import { fullTag, readDirectives, type TagHandles } from './tag.ts';
import { Unreadable } from './unreadable.ts';

export interface YamlDocument {
  /** `undefined` for a document that holds nothing. */
  readonly root: DocumentNode | undefined;
  /** Where a key stands that its mapping had before: the later one counts. */
  readonly repeatedKeys: readonly number[];
  /** Where the document ended, if that was before the text did: kubectl looks at nothing from here on. */
  readonly rest?: number;
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

function parse(bytes: Buffer, wantedOfRoot: Wanted, followsAliases: boolean): YamlDocument {
  const scanner = scanYaml(bytes);
  const anchors = new Map<string, DocumentNode>();
  const keys = recordKeys(bytes);
  const handles = readHandles();
  let depth = 0;
  /** Of the scalar that was read last: where its text stands, and whether it is a `<<` that merges. */
  let textStart = 0;
  let textEnd = 0;
  let merges = false;
  /** Whether its text is its bytes, quotes left out. */
  let isAsWritten = true;

  function readHandles(): TagHandles {
    const directives: { at: number; source: string }[] = [];
    while (peek(scanner) === Kind.directive) {
      const { start, end } = token(scanner);
      directives.push({ at: start, source: decodeSlice(bytes, start, end) });
      skip(scanner);
    }
    if (directives.length > 0 && peek(scanner) !== Kind.documentStart) {
      throw new Unreadable(token(scanner).start, "'---' must follow the directives");
    }
    return readDirectives(directives);
  }

  function readRoot(): DocumentNode | undefined {
    if (peek(scanner) === Kind.documentStart) {
      skip(scanner);
      const next = peek(scanner);
      if (next === Kind.directive || next === Kind.documentStart || next === Kind.documentEnd) return undefined;
    }
    if (peek(scanner) === Kind.end) return undefined;
    const root = readNode(true, false, wantedOfRoot, false);
    // What ends the document is looked at, and nothing after it.
    peek(scanner);
    return root;
  }

  /** Reads the root, and tells where it ended. */
  function readDocument(): YamlDocument {
    const root = readRoot();
    const ended = peek(scanner) === Kind.end;
    return { root, repeatedKeys: keys.repeated, ...(!ended && { rest: token(scanner).start }) };
  }

  /** Reads a value. The answer is `undefined` for what is not wanted, unless it is a scalar that had to be looked at. */
  function readNode(
    block: boolean,
    indentless: boolean,
    wanted: Wanted | undefined,
    isKey: boolean,
  ): DocumentNode | undefined {
    let kind = peek(scanner);
    const at = token(scanner).start;
    if (kind === Kind.alias) return readAlias();

    let anchor: string | undefined;
    let tag: string | undefined;
    while ((kind === Kind.anchor && anchor === undefined) || (kind === Kind.tag && tag === undefined)) {
      const { start, end } = token(scanner);
      if (kind === Kind.anchor) anchor = decodeSlice(bytes, start + 1, end);
      else tag = fullTag(start, decodeSlice(bytes, start, end), handles);
      skip(scanner);
      kind = peek(scanner);
    }

    if (kind === Kind.scalar) return readScalar(at, anchor, tag, wanted, isKey);
    if (isKey && (isCollection(kind) || (indentless && kind === Kind.entry)))
      throw badKey(at, kind === Kind.mappingStart || kind === Kind.flowMappingStart ? 'mapping' : 'sequence');
    switch (kind) {
      case Kind.flowSequenceStart:
        return readFlowSequence(at, anchor, wanted);
      case Kind.flowMappingStart:
        return readFlowMapping(at, anchor, wanted);
      case Kind.entry:
        if (indentless) return readBlockSequence(at, anchor, wanted, true);
        break;
      case Kind.sequenceStart:
        if (block) return readBlockSequence(at, anchor, wanted, false);
        break;
      case Kind.mappingStart:
        if (block) return readBlockMapping(at, anchor, wanted);
        break;
    }
    if (anchor === undefined && tag === undefined)
      throw new Unreadable(token(scanner).start, 'a value is expected here');
    textStart = textEnd = at;
    merges = false;
    isAsWritten = tag === undefined;
    return keep(anchor, scalarValue(at, '', tag === undefined, tag, isKey));
  }

  function keep<Node extends DocumentNode>(anchor: string | undefined, node: Node): Node {
    if (anchor !== undefined) anchors.set(anchor, node);
    return node;
  }

  function readAlias(): AliasNode {
    if (!followsAliases) throw ALIAS_FOUND;
    const { start, end } = token(scanner);
    const name = decodeSlice(bytes, start + 1, end);
    const target = anchors.get(name);
    if (target === undefined) {
      const message = 'an alias refers to an anchor that no value before it has';
      throw new Unreadable(start, message, `the alias *${name} has no anchor &${name} before it`);
    }
    merges = false;
    isAsWritten = false;
    skip(scanner);
    return { kind: 'alias', at: start, target };
  }

  function readScalar(
    at: number,
    anchor: string | undefined,
    tag: string | undefined,
    wanted: Wanted | undefined,
    isKey: boolean,
  ): ScalarNode | undefined {
    const scalar = token(scanner);
    const plain = scalar.style === Style.plain;
    textStart = plain ? scalar.start : scalar.start + 1;
    textEnd = plain ? scalar.end : scalar.end - 1;
    merges = false;
    isAsWritten = tag === undefined && !scalar.composed;
    // Of a key it must be known what it says.
    const mayBeSkipped = isKey ? isAsWritten : tag === undefined;
    if (wanted === undefined && mayBeSkipped && !(plain && needsLook(bytes, scalar.start, scalar.end, isKey))) {
      skip(scanner);
      return undefined;
    }
    const text = scalarText(bytes, scalar);
    skip(scanner);
    merges = text === '<<' && (tag === undefined ? plain : tag === '!' || tag === 'tag:yaml.org,2002:merge');
    return keep(anchor, scalarValue(at, text, plain, tag, isKey));
  }

  function enter(at: number): void {
    depth += 1;
    if (depth > DEEPEST) throw new Unreadable(at, `the text is nested more than ${DEEPEST} levels deep`);
  }

  function readBlockMapping(
    at: number,
    anchor: string | undefined,
    wanted: Wanted | undefined,
  ): DocumentNode | undefined {
    enter(at);
    const mapping = newMapping(at, anchor, wanted);
    keys.open();
    skip(scanner);
    for (;;) {
      const kind = peek(scanner);
      if (kind === Kind.blockEnd) break;
      if (kind !== Kind.key) throw new Unreadable(token(scanner).start, 'a key is expected here; mind the indentation');
      const keyAt = token(scanner).start;
      skip(scanner);
      const key = endsBlockField(peek(scanner)) ? nullAt(keyAt) : readNode(true, true, wanted && ITSELF, true);
      const name = nameOfKey(keyAt, key);
      const isMerge = merges;
      const wantedValue = wantedUnder(name, wanted);
      let value: DocumentNode | undefined;
      if (peek(scanner) !== Kind.value) value = nullAt(keyAt);
      else {
        skip(scanner);
        value = endsBlockField(peek(scanner)) ? nullAt(keyAt) : readNode(true, true, wantedValue, false);
      }
      addField(mapping, keyAt, key, name, isMerge, wantedValue, value);
    }
    skip(scanner);
    keys.close();
    depth -= 1;
    return mapping;
  }

  function newMapping(at: number, anchor: string | undefined, wanted: Wanted | undefined): MappingNode | undefined {
    if (wanted === undefined && anchor === undefined) return undefined;
    return keep(anchor, { kind: 'mapping', at, fields: [] });
  }

  function newSequence(at: number, anchor: string | undefined, wanted: Wanted | undefined): SequenceNode | undefined {
    if (wanted === undefined && anchor === undefined) return undefined;
    return keep(anchor, { kind: 'sequence', at, items: [] });
  }

  function readFlowMapping(
    at: number,
    anchor: string | undefined,
    wanted: Wanted | undefined,
  ): DocumentNode | undefined {
    enter(at);
    const mapping = newMapping(at, anchor, wanted);
    keys.open();
    skip(scanner);
    for (let first = true; peek(scanner) !== Kind.flowMappingEnd; first = false) {
      if (!first) {
        if (peek(scanner) !== Kind.flowEntry) throw new Unreadable(token(scanner).start, "',' or '}' is expected here");
        skip(scanner);
        if (peek(scanner) === Kind.flowMappingEnd) break;
      }
      const keyAt = token(scanner).start;
      const hasKey = peek(scanner) === Kind.key;
      if (hasKey) skip(scanner);
      readFlowField(mapping, keyAt, wanted, hasKey, Kind.flowMappingEnd);
    }
    skip(scanner);
    keys.close();
    depth -= 1;
    return mapping;
  }

  /** A field in braces, or the one field of a mapping in brackets that has no braces of its own. */
  function readFlowField(
    mapping: MappingNode | undefined,
    keyAt: number,
    wanted: Wanted | undefined,
    hasKey: boolean,
    end: number,
  ): void {
    const next = peek(scanner);
    const keyLeftOut = hasKey && (next === Kind.value || next === Kind.flowEntry || next === end);
    const key = keyLeftOut ? nullAt(keyAt) : readNode(false, false, wanted && ITSELF, true);
    const name = nameOfKey(keyAt, key);
    const isMerge = merges;
    const wantedValue = wantedUnder(name, wanted);
    let value: DocumentNode | undefined;
    if (!hasKey || peek(scanner) !== Kind.value) value = nullAt(keyAt);
    else {
      skip(scanner);
      const after = peek(scanner);
      value = after === Kind.flowEntry || after === end ? nullAt(keyAt) : readNode(false, false, wantedValue, false);
    }
    addField(mapping, keyAt, key, name, isMerge, wantedValue, value);
  }

  /** Checks and records the key that was read last; its name where anything of the mapping is wanted. */
  function nameOfKey(at: number, key: DocumentNode | undefined): string {
    if (merges) return '<<';
    if (key === undefined) {
      keys.add(textStart, textEnd);
      return '';
    }
    const value = dereference(key);
    if (value.kind === 'mapping' || value.kind === 'sequence' || value.kind === 'null') throw badKey(at, value.kind);
    const name = keyText(value);
    if (value.kind === 'string' && isAsWritten) keys.add(textStart, textEnd);
    else keys.addName(at, name);
    return name;
  }

  /** What is wanted of the value of the key that was read last. */
  function wantedUnder(name: string, wanted: Wanted | undefined): Wanted | undefined {
    // Of a list of mappings that are merged the same parts are wanted.
    if (merges) return wanted === undefined ? EVERYTHING : { ...wanted, items: wanted };
    return wanted === undefined ? undefined : wantedField(wanted, name);
  }

  function addField(
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
    if (followsAliases && key !== undefined && !isMerge) mapping.fields.push({ at, name, merges: false, value, key });
    else mapping.fields.push({ at, name, merges: isMerge, value });
  }

  function readBlockSequence(
    at: number,
    anchor: string | undefined,
    wanted: Wanted | undefined,
    indentless: boolean,
  ): DocumentNode | undefined {
    enter(at);
    const sequence = newSequence(at, anchor, wanted);
    const wantedItem = wanted?.items;
    if (!indentless) skip(scanner);
    while (peek(scanner) === Kind.entry) {
      const itemAt = token(scanner).start;
      skip(scanner);
      const next = peek(scanner);
      const isEmpty =
        next === Kind.entry || next === Kind.blockEnd || (indentless && (next === Kind.key || next === Kind.value));
      addItem(sequence, wantedItem, isEmpty ? nullAt(itemAt) : readNode(true, false, wantedItem, false));
    }
    if (!indentless) {
      if (peek(scanner) !== Kind.blockEnd)
        throw new Unreadable(token(scanner).start, "'-' is expected here; mind the indentation");
      skip(scanner);
    }
    depth -= 1;
    return sequence;
  }

  function readFlowSequence(
    at: number,
    anchor: string | undefined,
    wanted: Wanted | undefined,
  ): DocumentNode | undefined {
    enter(at);
    const sequence = newSequence(at, anchor, wanted);
    const wantedItem = wanted?.items;
    skip(scanner);
    for (let first = true; peek(scanner) !== Kind.flowSequenceEnd; first = false) {
      if (!first) {
        if (peek(scanner) !== Kind.flowEntry) throw new Unreadable(token(scanner).start, "',' or ']' is expected here");
        skip(scanner);
        if (peek(scanner) === Kind.flowSequenceEnd) break;
      }
      if (peek(scanner) !== Kind.key) {
        addItem(sequence, wantedItem, readNode(false, false, wantedItem, false));
        continue;
      }
      const itemAt = token(scanner).start;
      const mapping = newMapping(itemAt, undefined, wantedItem);
      skip(scanner);
      keys.open();
      readFlowField(mapping, itemAt, wantedItem, true, Kind.flowSequenceEnd);
      keys.close();
      addItem(sequence, wantedItem, mapping);
    }
    skip(scanner);
    depth -= 1;
    return sequence;
  }

  function addItem(
    sequence: SequenceNode | undefined,
    wanted: Wanted | undefined,
    item: DocumentNode | undefined,
  ): void {
    if (sequence !== undefined && wanted !== undefined && item !== undefined) sequence.items.push(item);
  }

  return readDocument();
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
