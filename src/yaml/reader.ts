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
import { Kind, Style, scanYaml } from './scanner.ts';
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

  function readHandles(): TagHandles {
    const directives: { at: number; source: string }[] = [];
    while (scanner.peek() === Kind.directive) {
      const { start, end } = scanner.token();
      directives.push({ at: start, source: decodeSlice(bytes, start, end) });
      scanner.skip();
    }
    if (directives.length > 0 && scanner.peek() !== Kind.documentStart) {
      throw new Unreadable(scanner.token().start, "'---' must follow the directives");
    }
    return readDirectives(directives);
  }

  function readRoot(): DocumentNode | undefined {
    if (scanner.peek() === Kind.documentStart) {
      scanner.skip();
      if (isLeftOut(Kind.directive, Kind.documentStart, Kind.documentEnd)) return undefined;
    }
    if (scanner.peek() === Kind.end) return undefined;
    const root = readNode(true, false, wantedOfRoot, false);
    // What ends the document is looked at, and nothing after it.
    scanner.peek();
    return root;
  }

  /** Reads the root, and tells where it ended. */
  function readDocument(): YamlDocument {
    const root = readRoot();
    const ended = scanner.peek() === Kind.end;
    return { root, repeatedKeys: keys.repeated, ...(!ended && { rest: scanner.token().start }) };
  }

  /** Reads a value. The answer is `undefined` for what is not wanted, unless it is a scalar that had to be looked at. */
  function readNode(
    block: boolean,
    indentless: boolean,
    wanted: Wanted | undefined,
    isKey: boolean,
  ): DocumentNode | undefined {
    let kind = scanner.peek();
    const at = scanner.token().start;
    if (kind === Kind.alias) return readAlias();

    let anchor: string | undefined;
    let tag: string | undefined;
    while ((kind === Kind.anchor && anchor === undefined) || (kind === Kind.tag && tag === undefined)) {
      const { start, end } = scanner.token();
      if (kind === Kind.anchor) anchor = decodeSlice(bytes, start + 1, end);
      else tag = fullTag(start, decodeSlice(bytes, start, end), handles);
      scanner.skip();
      kind = scanner.peek();
    }

    switch (kind) {
      case Kind.scalar:
        return readScalar(at, anchor, tag, wanted, isKey);
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
      throw new Unreadable(scanner.token().start, 'a value is expected here');
    textStart = textEnd = at;
    merges = false;
    return keep(anchor, scalarValue(at, '', tag === undefined, tag, isKey));
  }

  function keep<Node extends DocumentNode>(anchor: string | undefined, node: Node): Node {
    if (anchor !== undefined) anchors.set(anchor, node);
    return node;
  }

  function readAlias(): AliasNode {
    if (!followsAliases) throw ALIAS_FOUND;
    const { start, end } = scanner.token();
    const name = decodeSlice(bytes, start + 1, end);
    const target = anchors.get(name);
    if (target === undefined) {
      const message = 'an alias refers to an anchor that no value before it has';
      throw new Unreadable(start, message, `the alias *${name} has no anchor &${name} before it`);
    }
    merges = false;
    scanner.skip();
    return { kind: 'alias', at: start, target };
  }

  function readScalar(
    at: number,
    anchor: string | undefined,
    tag: string | undefined,
    wanted: Wanted | undefined,
    isKey: boolean,
  ): ScalarNode | undefined {
    const token = scanner.token();
    const plain = token.style === Style.plain;
    textStart = plain ? token.start : token.start + 1;
    textEnd = plain ? token.end : token.end - 1;
    merges = false;
    if (wanted === undefined && tag === undefined && !(plain && needsLook(bytes, token.start, token.end, isKey))) {
      scanner.skip();
      return undefined;
    }
    const text = scalarText(bytes, token);
    scanner.skip();
    merges = text === '<<' && (tag === undefined ? plain : tag === '!' || tag === 'tag:yaml.org,2002:merge');
    return keep(anchor, scalarValue(at, text, plain, tag, isKey));
  }

  function enter(at: number): void {
    depth += 1;
    if (depth > DEEPEST) throw new Unreadable(at, `the text is nested more than ${DEEPEST} levels deep`);
  }

  /** Whether a key or a value is left out before the next token, which makes it null. */
  function isLeftOut(...followers: readonly number[]): boolean {
    return followers.includes(scanner.peek());
  }

  function readBlockMapping(at: number, anchor: string | undefined, wanted: Wanted | undefined): DocumentNode {
    enter(at);
    const mapping = keep<MappingNode>(anchor, { kind: 'mapping', at, fields: [] });
    const opened = keys.open();
    scanner.skip();
    for (;;) {
      const kind = scanner.peek();
      if (kind === Kind.blockEnd) break;
      if (kind !== Kind.key)
        throw new Unreadable(scanner.token().start, 'a key is expected here; mind the indentation');
      const keyAt = scanner.token().start;
      scanner.skip();
      const keyLeftOut = isLeftOut(Kind.key, Kind.value, Kind.blockEnd);
      const key = keyLeftOut ? nullAt(keyAt) : readNode(true, true, wanted && ITSELF, true);
      addField(mapping, opened, keyAt, key, wanted, (wantedValue) => {
        if (scanner.peek() !== Kind.value) return nullAt(keyAt);
        scanner.skip();
        if (isLeftOut(Kind.key, Kind.value, Kind.blockEnd)) return nullAt(keyAt);
        return readNode(true, true, wantedValue, false);
      });
    }
    scanner.skip();
    keys.close(opened);
    depth -= 1;
    return mapping;
  }

  function readFlowMapping(at: number, anchor: string | undefined, wanted: Wanted | undefined): DocumentNode {
    enter(at);
    const mapping = keep<MappingNode>(anchor, { kind: 'mapping', at, fields: [] });
    const opened = keys.open();
    scanner.skip();
    for (let first = true; scanner.peek() !== Kind.flowMappingEnd; first = false) {
      if (!first) {
        if (scanner.peek() !== Kind.flowEntry)
          throw new Unreadable(scanner.token().start, "',' or '}' is expected here");
        scanner.skip();
        if (scanner.peek() === Kind.flowMappingEnd) break;
      }
      const keyAt = scanner.token().start;
      const hasKey = scanner.peek() === Kind.key;
      if (hasKey) scanner.skip();
      readFlowField(mapping, opened, keyAt, wanted, hasKey, Kind.flowMappingEnd);
    }
    scanner.skip();
    keys.close(opened);
    depth -= 1;
    return mapping;
  }

  /** A field in braces, or the one field of a mapping that stands without them in brackets. */
  function readFlowField(
    mapping: MappingNode,
    opened: number,
    keyAt: number,
    wanted: Wanted | undefined,
    hasKey: boolean,
    end: number,
  ): void {
    const keyLeftOut = hasKey && isLeftOut(Kind.value, Kind.flowEntry, end);
    const key = keyLeftOut ? nullAt(keyAt) : readNode(false, false, wanted && ITSELF, true);
    addField(mapping, opened, keyAt, key, wanted, (wantedValue) => {
      if (!hasKey || scanner.peek() !== Kind.value) return nullAt(keyAt);
      scanner.skip();
      return isLeftOut(Kind.flowEntry, end) ? nullAt(keyAt) : readNode(false, false, wantedValue, false);
    });
  }

  function addField(
    mapping: MappingNode,
    opened: number,
    at: number,
    key: DocumentNode | undefined,
    wanted: Wanted | undefined,
    readValue: (wanted: Wanted | undefined) => DocumentNode | undefined,
  ): void {
    const keyValue = key === undefined ? undefined : dereference(key);
    if (keyValue?.kind === 'mapping' || keyValue?.kind === 'sequence' || keyValue?.kind === 'null') {
      const what = keyValue.kind === 'null' ? 'null' : `a ${keyValue.kind}`;
      throw new Unreadable(at, `a key must be text, not ${what}; put it in quotes`);
    }
    if (merges) {
      // Of a list of mappings the same parts are wanted.
      const value = readValue(wanted === undefined ? EVERYTHING : { ...wanted, items: wanted });
      if (value === undefined || !isMergeable(value)) throw new Unreadable(at, "only mappings can be merged with '<<'");
      if (wanted !== undefined) mapping.fields.push({ at, name: '<<', merges: true, value });
      return;
    }
    if (key?.kind !== 'alias') keys.add(opened, textStart, textEnd);
    const name = keyValue === undefined ? '' : keyText(keyValue);
    const wantedValue = wanted === undefined ? undefined : wantedField(wanted, name);
    const value = readValue(wantedValue);
    if (wantedValue === undefined || value === undefined) return;
    mapping.fields.push({
      at,
      name,
      merges: false,
      value,
      ...(followsAliases && key !== undefined && { key }),
    });
  }

  function readBlockSequence(
    at: number,
    anchor: string | undefined,
    wanted: Wanted | undefined,
    indentless: boolean,
  ): DocumentNode {
    enter(at);
    const sequence = keep<SequenceNode>(anchor, { kind: 'sequence', at, items: [] });
    if (!indentless) scanner.skip();
    while (scanner.peek() === Kind.entry) {
      const itemAt = scanner.token().start;
      scanner.skip();
      const empty = indentless
        ? isLeftOut(Kind.entry, Kind.key, Kind.value, Kind.blockEnd)
        : isLeftOut(Kind.entry, Kind.blockEnd);
      addItem(sequence, wanted, empty ? nullAt(itemAt) : readNode(true, false, wanted?.items, false));
    }
    if (!indentless) {
      if (scanner.peek() !== Kind.blockEnd)
        throw new Unreadable(scanner.token().start, "'-' is expected here; mind the indentation");
      scanner.skip();
    }
    depth -= 1;
    return sequence;
  }

  function readFlowSequence(at: number, anchor: string | undefined, wanted: Wanted | undefined): DocumentNode {
    enter(at);
    const sequence = keep<SequenceNode>(anchor, { kind: 'sequence', at, items: [] });
    scanner.skip();
    for (let first = true; scanner.peek() !== Kind.flowSequenceEnd; first = false) {
      if (!first) {
        if (scanner.peek() !== Kind.flowEntry)
          throw new Unreadable(scanner.token().start, "',' or ']' is expected here");
        scanner.skip();
        if (scanner.peek() === Kind.flowSequenceEnd) break;
      }
      if (scanner.peek() === Kind.key) {
        const itemAt = scanner.token().start;
        const mapping: MappingNode = { kind: 'mapping', at: itemAt, fields: [] };
        scanner.skip();
        readFlowField(mapping, keys.open(), itemAt, wanted?.items, true, Kind.flowSequenceEnd);
        addItem(sequence, wanted, mapping);
      } else {
        addItem(sequence, wanted, readNode(false, false, wanted?.items, false));
      }
    }
    scanner.skip();
    depth -= 1;
    return sequence;
  }

  function addItem(sequence: SequenceNode, wanted: Wanted | undefined, item: DocumentNode | undefined): void {
    if (wanted?.items !== undefined && item !== undefined) sequence.items.push(item);
  }

  return readDocument();
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
