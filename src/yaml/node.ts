import { TooManyParts } from './unreadable.ts';

/** What a document holds, with the byte at which each part begins: as much of it as was wanted. */
export type DocumentNode = ScalarNode | MappingNode | SequenceNode | AliasNode;

/** A value without parts, of the type that it has in JSON; in YAML it may have been given a tag, which is then here in full. */
export type ScalarNode =
  | { readonly kind: 'string'; readonly at: number; readonly text: string; readonly tag?: string | undefined }
  | { readonly kind: 'boolean'; readonly at: number; readonly value: boolean; readonly tag?: string | undefined }
  | {
      readonly kind: 'number';
      readonly at: number;
      /** The number as kubectl sends it in JSON: `16` for `0x10`, `3` for `3.0`, `1e+21` for `1e21`. */
      readonly text: string;
      readonly tag?: string | undefined;
    }
  | { readonly kind: 'null'; readonly at: number; readonly tag?: string | undefined };

export interface MappingNode {
  readonly kind: 'mapping';
  readonly at: number;
  /** In the order of the text, those that a later one overrides included. */
  readonly fields: FieldNode[];
}

/** One key and its value; in YAML the key `<<` merges the fields of its value instead. */
export interface FieldNode {
  readonly at: number;
  readonly name: string;
  readonly merges: boolean;
  /** Kept only where aliases are counted, because a key can be one. */
  readonly key?: DocumentNode | undefined;
  readonly value: DocumentNode;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly at: number;
  readonly items: DocumentNode[];
}

export interface AliasNode {
  readonly kind: 'alias';
  readonly at: number;
  readonly target: DocumentNode;
}

/** The most items or fields of one collection that are kept: each takes some 100 bytes, be it but a dash in the text. */
export const MOST_PARTS = 500_000;

/** @throws TooManyParts */
export function addItem({ items }: SequenceNode, item: DocumentNode): void {
  if (items.length >= MOST_PARTS) throw new TooManyParts(`a list has more than ${MOST_PARTS} items`);
  items.push(item);
}

/** @throws TooManyParts */
export function addField({ fields }: MappingNode, field: FieldNode): void {
  if (fields.length >= MOST_PARTS) throw new TooManyParts(`a mapping has more than ${MOST_PARTS} fields`);
  fields.push(field);
}

/** Which parts of a document to keep; the rest is checked as strictly and forgotten. */
export interface Wanted {
  /** By key; `undefined` keeps nothing of a mapping. */
  readonly fields?: Readonly<Record<string, Wanted>> | undefined;
  /** Of every key, where `fields` has none. */
  readonly everyField?: Wanted | undefined;
  readonly items?: Wanted | undefined;
}

/** Keeps a scalar, and of anything else that it is there. */
export const TEXT: Wanted = {};

/** Keeps all there is. */
export const EVERYTHING: Wanted = {
  get everyField() {
    return EVERYTHING;
  },
  get items() {
    return EVERYTHING;
  },
};

/** The part of a document that is wanted under a key. */
export function wantedField(wanted: Wanted, name: string): Wanted | undefined {
  return wanted.fields !== undefined && Object.hasOwn(wanted.fields, name) ? wanted.fields[name] : wanted.everyField;
}

/** What an alias refers to; any other node is itself. */
export function dereference(node: DocumentNode): Exclude<DocumentNode, AliasNode> {
  let target = node;
  while (target.kind === 'alias') target = target.target;
  return target;
}

/** The last field of that name, which is the one that counts. */
export function fieldOf(node: DocumentNode | undefined, name: string): FieldNode | undefined {
  const mapping = node === undefined ? undefined : dereference(node);
  if (mapping?.kind !== 'mapping') return undefined;
  let found: FieldNode | undefined;
  for (const field of mapping.fields) {
    if (field.merges) found = mergedField(field.value, name) ?? found;
    else if (field.name === name) found = field;
  }
  return found;
}

/** Of several mappings merged at once, the first that has the field wins. */
function mergedField(value: DocumentNode, name: string): FieldNode | undefined {
  const source = dereference(value);
  if (source.kind !== 'sequence') return fieldOf(source, name);
  for (const item of source.items) {
    const found = fieldOf(item, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every field that counts, each once. */
export function fieldsOf(node: DocumentNode): readonly FieldNode[] {
  const mapping = dereference(node);
  if (mapping.kind !== 'mapping') return [];
  const found = new Map<string, FieldNode>();
  collectFields(mapping, found);
  return [...found.values()];
}

function collectFields(node: DocumentNode, found: Map<string, FieldNode>): void {
  const source = dereference(node);
  // Of several mappings merged at once the first wins, so it comes last.
  if (source.kind === 'sequence') for (const item of source.items.toReversed()) collectFields(item, found);
  if (source.kind !== 'mapping') return;
  for (const field of source.fields) {
    if (field.merges) collectFields(field.value, found);
    else found.set(field.name, field);
  }
}

/** The value under a key, `undefined` where it is missing or null. */
export function valueUnder(node: DocumentNode | undefined, name: string): Exclude<DocumentNode, AliasNode> | undefined {
  const field = fieldOf(node, name);
  const value = field === undefined ? undefined : dereference(field.value);
  return value?.kind === 'null' ? undefined : value;
}

/** The text under a key, `undefined` where it is missing or not text. */
export function textUnder(node: DocumentNode | undefined, name: string): string | undefined {
  const value = valueUnder(node, name);
  return value?.kind === 'string' ? value.text : undefined;
}
