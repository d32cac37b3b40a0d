import { formatGroupVersion, type GroupVersion, parseGroupVersion } from '../model/group-version.ts';
import type { ManifestObject } from '../model/requirement.ts';
import {
  type DocumentNode,
  dereference,
  fieldOf,
  fieldsOf,
  TEXT,
  textUnder,
  valueUnder,
  type Wanted,
} from '../yaml/node.ts';
import { API_SERVICE_SPEC, DEFINITION_SPEC, type Provided, readApiService, readDefinition } from './definitions.ts';
import { isNeverStored } from './never-stored.ts';

/** What one document says, with places as bytes. */
export interface Reading {
  /** An API that an object needs. */
  readonly need: (need: Need) => void;
  readonly provide: (provided: Provided) => void;
  readonly refuse: (at: number, message: string, hint?: string) => void;
  readonly warn: (at: number, message: string) => void;
  /** A template that nobody rendered, though it is YAML: what stands where apiVersion or kind should. */
  readonly unrendered: (at: number, field: 'apiVersion' | 'kind', text: string) => void;
  /** Configuration that no API server stores. */
  readonly leaveOut: (name: string) => void;
  /** What a document without apiVersion and kind is, when its file's name says so. */
  readonly unnamed: () => string | undefined;
}

export interface Need {
  readonly at: number;
  readonly groupVersion: GroupVersion;
  /** Any of these. */
  readonly kinds: readonly [string, ...string[]];
  /** Whether this is no object of its own but a list, whose kind is looked up although it is never stored. */
  readonly isList: boolean;
  readonly object: ManifestObject;
  readonly node: DocumentNode;
}

/** Fields of ObjectMeta, by type. */
const METADATA_TEXTS = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'selfLink'] as const;
const METADATA_NUMBERS = ['generation', 'deletionGracePeriodSeconds'] as const;
const METADATA_TIMES = ['creationTimestamp', 'deletionTimestamp'] as const;
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})$/;

const TEXTS: Wanted = { everyField: TEXT };
const objectFields: Record<string, Wanted> = {
  apiVersion: TEXT,
  kind: TEXT,
  metadata: {
    fields: {
      ...Object.fromEntries([...METADATA_TEXTS, ...METADATA_NUMBERS, ...METADATA_TIMES].map((name) => [name, TEXT])),
      labels: TEXTS,
      annotations: TEXTS,
      finalizers: { items: TEXT },
    },
  },
  spec: { fields: { ...DEFINITION_SPEC, ...API_SERVICE_SPEC } },
};
/** All that is read of a manifest. */
export const OBJECT: Wanted = { fields: objectFields };
objectFields['items'] = { items: OBJECT };

const LIST = 'List';

/** Reads a document's object, or the objects of a list, as kubectl unpacks them. */
export function readObject(root: DocumentNode, reading: Reading): void {
  const node = dereference(root);
  if (node.kind !== 'mapping') {
    reading.refuse(node.at, `A manifest must be an object with apiVersion and kind; this is ${article(node.kind)}.`);
    return;
  }
  const unnamed = valueUnder(node, 'kind') === undefined ? reading.unnamed() : undefined;
  if (unnamed !== undefined) {
    reading.leaveOut(unnamed);
    return;
  }
  const named = readName(node, reading);
  if (named === undefined) return;
  if (!hasReadableMetadata(node, reading)) return;
  const items = fieldOf(node, 'items');
  if (items === undefined) {
    readSingle(node, named, reading);
    return;
  }
  const list = dereference(items.value);
  if (list.kind !== 'sequence' && list.kind !== 'null') {
    reading.refuse(items.at, `The field items of a list must be a list itself; this is ${article(list.kind)}.`);
    return;
  }
  readList(node, named, list.kind === 'sequence' ? list.items : [], reading);
}

interface Named {
  readonly at: number;
  readonly groupVersion: GroupVersion;
  readonly kind: string;
}

/**
 * A list whose items carry their own names. Where neither is given, an item takes both from the list it stands in directly; kubectl also looks
 * the list's own kind up, which is served as that of its items.
 * @see apimachinery pkg/apis/meta/v1/unstructured/helpers.go decodeToList
 */
function readList(node: DocumentNode, list: Named, items: readonly DocumentNode[], reading: Reading): void {
  const itemKind = list.kind.endsWith(LIST) ? list.kind.slice(0, -LIST.length) : list.kind;
  let needed = list.kind === LIST && formatGroupVersion(list.groupVersion) === 'v1';
  for (const item of items) {
    const object = dereference(item);
    const inherits = object.kind === 'null' || (isEmpty(object, 'apiVersion') && isEmpty(object, 'kind'));
    if (!inherits || itemKind === '') {
      readItem(item, reading);
    } else if (object.kind === 'mapping' || object.kind === 'null') {
      readSingle(object, { at: object.at, groupVersion: list.groupVersion, kind: itemKind }, reading);
      needed = true;
    } else {
      reading.refuse(object.at, `An item of a list must be an object; this is ${article(object.kind)}.`);
    }
  }
  if (needed) return;
  if (itemKind === '') reading.need({ ...list, kinds: [LIST], isList: true, object: objectOf(node), node });
  else
    reading.need({
      ...list,
      kinds: itemKind === list.kind ? [itemKind] : [itemKind, list.kind],
      isList: true,
      object: objectOf(node),
      node,
    });
}

/** An item of a list: an object, or again a list, whose items then need names of their own. */
function readItem(item: DocumentNode, reading: Reading): void {
  const node = dereference(item);
  if (node.kind !== 'mapping') {
    reading.refuse(node.at, `An item of a list must be an object; this is ${article(node.kind)}.`);
    return;
  }
  const items = valueUnder(node, 'items');
  if (items?.kind === 'sequence') {
    for (const inner of items.items) readItem(inner, reading);
    return;
  }
  const named = readName(node, reading);
  if (named !== undefined) readSingle(node, named, reading);
}

function readSingle(node: DocumentNode, { at, groupVersion, kind }: Named, reading: Reading): void {
  const { group, version } = groupVersion;
  if (isNeverStored(group, version, kind)) {
    reading.leaveOut(`${formatGroupVersion(groupVersion)} ${kind}`);
    return;
  }
  reading.need({ at, groupVersion, kinds: [kind], isList: false, object: objectOf(node), node });
  if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition') {
    readDefinition(node, { at, isOld: version !== 'v1' }, reading);
  }
  if (group === 'apiregistration.k8s.io' && kind === 'APIService') readApiService(node, at, reading);
}

function readName(node: DocumentNode, reading: Reading): Named | undefined {
  const apiVersion = fieldOf(node, 'apiVersion');
  const kind = fieldOf(node, 'kind');
  const missing = (['apiVersion', 'kind'] as const).filter((name) => isEmpty(node, name));
  if (missing.length > 0) {
    const at = (apiVersion ?? kind)?.at ?? node.at;
    reading.refuse(at, `This document has no ${missing.join(' and no ')}, so it is no manifest.`, NOT_A_MANIFEST);
    return undefined;
  }
  const [apiVersionText, kindText] = [textUnder(node, 'apiVersion'), textUnder(node, 'kind')];
  if (apiVersionText === undefined || kindText === undefined) {
    const wrong = apiVersionText === undefined ? apiVersion : kind;
    const value = wrong === undefined ? node : dereference(wrong.value);
    reading.refuse(value.at, `${wrong?.name ?? 'kind'} must be text; this is ${article(value.kind)}.`);
    return undefined;
  }
  for (const [name, field, text] of [
    ['apiVersion', apiVersion, apiVersionText],
    ['kind', kind, kindText],
  ] as const) {
    if (!PLACEHOLDER.test(text)) continue;
    reading.unrendered(field === undefined ? node.at : dereference(field.value).at, name, text);
    return undefined;
  }
  const at = apiVersion?.at ?? node.at;
  const groupVersion = parseGroupVersion(apiVersionText);
  if (groupVersion === undefined || groupVersion.version === '') {
    reading.refuse(
      at,
      `apiVersion must be a group and a version, like apps/v1, or v1 alone; this is ${apiVersionText}.`,
    );
    return undefined;
  }
  return { at, groupVersion, kind: kindText };
}

/** What templates put where a value is to come: no name of an API has any of it. */
const PLACEHOLDER = /\{\{|\$[{(\w]|<%/;

const NOT_A_MANIFEST =
  'Exclude the file with a pattern that begins with !, or list it in allow-unparsable, if it is not meant for Kubernetes.';

/**
 * kubectl refuses an object whose metadata does not have the types of ObjectMeta before it asks the server anything.
 * @see cli-runtime pkg/resource/metadata_decoder.go
 */
function hasReadableMetadata(node: DocumentNode, reading: Reading): boolean {
  const metadata = valueUnder(node, 'metadata');
  if (metadata === undefined) return true;
  const wrong = (value: DocumentNode, name: string, wanted: string): boolean => {
    reading.refuse(
      value.at,
      `${name} must be ${wanted}; this is ${article(dereference(value).kind)}.`,
      'Put a value that is meant as text in quotes.',
    );
    return false;
  };
  if (metadata.kind !== 'mapping') return wrong(metadata, 'metadata', 'a mapping');
  for (const name of METADATA_TEXTS) {
    const value = valueUnder(metadata, name);
    if (value !== undefined && value.kind !== 'string') return wrong(value, `metadata.${name}`, 'text');
  }
  for (const name of METADATA_NUMBERS) {
    const value = valueUnder(metadata, name);
    if (value !== undefined && value.kind !== 'number') return wrong(value, `metadata.${name}`, 'a number');
  }
  for (const name of METADATA_TIMES) {
    const value = valueUnder(metadata, name);
    if (value !== undefined && !(value.kind === 'string' && TIME.test(value.text))) {
      return wrong(value, `metadata.${name}`, 'a time like 2026-01-31T12:00:00Z');
    }
  }
  for (const name of ['labels', 'annotations']) {
    const values = valueUnder(metadata, name);
    if (values === undefined) continue;
    if (values.kind !== 'mapping') return wrong(values, `metadata.${name}`, 'a mapping');
    for (const field of fieldsOf(values)) {
      const value = dereference(field.value);
      if (value.kind !== 'string' && value.kind !== 'null')
        return wrong(value, `metadata.${name}.${field.name}`, 'text');
    }
  }
  const finalizers = valueUnder(metadata, 'finalizers');
  if (finalizers === undefined) return true;
  if (finalizers.kind !== 'sequence') return wrong(finalizers, 'metadata.finalizers', 'a list');
  for (const item of finalizers.items.map(dereference)) {
    if (item.kind !== 'string' && item.kind !== 'null') return wrong(item, 'An item of metadata.finalizers', 'text');
  }
  return true;
}

function objectOf(node: DocumentNode): ManifestObject {
  const metadata = valueUnder(node, 'metadata');
  const name = textUnder(metadata, 'name') ?? textUnder(metadata, 'generateName') ?? '';
  const namespace = textUnder(metadata, 'namespace');
  return { name, ...(namespace !== undefined && namespace !== '' && { namespace }) };
}

/** Whether a field is missing, null or an empty text. */
function isEmpty(node: DocumentNode, name: string): boolean {
  const value = valueUnder(node, name);
  return value === undefined || (value.kind === 'string' && value.text === '');
}

function article(kind: string): string {
  switch (kind) {
    case 'string':
      return 'text';
    case 'sequence':
      return 'a list';
    case 'null':
      return 'null';
    default:
      return `a ${kind}`;
  }
}
