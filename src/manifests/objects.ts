import { formatGroupVersion, type GroupVersion, parseGroupVersion } from '../model/group-version.ts';
import type { Configuration, ManifestObject } from '../model/requirement.ts';
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
import {
  API_SERVICE_SPEC,
  DEFINITION_SPEC,
  type DefinitionNode,
  type DefinitionReading,
  readApiService,
  readDefinition,
} from './definitions.ts';
import { DIRECTIVE, hasDirective, hasDirectiveWithin, isJsonPatch } from './kustomize.ts';
import { configurationOf } from './never-stored.ts';
import { OPERATOR_SPEC, readOperatorDefinition } from './operator-definitions.ts';
import { OWN_FIELDS, OWN_ITEMS } from './own-files.ts';

/** What one document says, with places as bytes. */
export interface Reading extends DefinitionReading {
  /** An API that an object needs. */
  readonly need: (need: Need) => void;
  readonly refuse: (at: number, message: string, hint?: string) => void;
  /** A template that nobody rendered, though it is YAML: what stands where apiVersion or kind should. */
  readonly unrendered: (at: number, field: 'apiVersion' | 'kind', text: string) => void;
  /** Something that is no object, by what it is. */
  readonly leaveOut: (name: string) => void;
  /** What a document without apiVersion and kind is, when its file's name, or a kustomization that names it, says so. */
  readonly unnamed: () => string | undefined;
  /** Whether a kustomization names the file as configuration of what kustomize runs. */
  readonly isPlugin: boolean;
}

export interface Need {
  readonly at: number;
  readonly groupVersion: GroupVersion;
  /** Any of these; none where the group-version is all that is needed. */
  readonly kinds: readonly string[];
  /** Whether this is no object of its own but a list, whose kind is looked up although it is never stored. */
  readonly isList: boolean;
  readonly object: ManifestObject;
  readonly node: DocumentNode;
  readonly configuration?: Configuration | undefined;
}

/** Fields of ObjectMeta, by type. */
const METADATA_TEXTS = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'selfLink'] as const;
const METADATA_NUMBERS = ['generation', 'deletionGracePeriodSeconds'] as const;
const METADATA_TIMES = ['creationTimestamp', 'deletionTimestamp'] as const;
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})$/;

/** Keys that a person takes for the right ones; Kubernetes tells upper from lower case. */
const SLIPS: Readonly<Record<string, 'apiVersion' | 'kind'>> = {
  Kind: 'kind',
  KIND: 'kind',
  ApiVersion: 'apiVersion',
  Apiversion: 'apiVersion',
  APIVersion: 'apiVersion',
  APIVERSION: 'apiVersion',
  apiversion: 'apiVersion',
  apiVerion: 'apiVersion',
  apiVesion: 'apiVersion',
  api_version: 'apiVersion',
  'api-version': 'apiVersion',
};

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
  spec: { fields: { ...DEFINITION_SPEC, ...API_SERVICE_SPEC, ...OPERATOR_SPEC } },
  [DIRECTIVE]: TEXT,
  ...Object.fromEntries(Object.keys(SLIPS).map((name) => [name, TEXT])),
  ...OWN_FIELDS,
};
/** All that is read of a manifest; of a list that stands where an object should, what tells what it is. */
export const OBJECT: Wanted = {
  fields: objectFields,
  items: { fields: { ...OWN_ITEMS, op: TEXT, path: TEXT } },
};
objectFields['items'] = { items: OBJECT };
objectFields['objects'] = { items: OBJECT };

const LIST = 'List';

/** Reads a document's object, or the objects of a list, as kubectl unpacks them. */
export function readObject(root: DocumentNode, reading: Reading): void {
  const node = dereference(root);
  if (node.kind !== 'mapping') {
    readOther(node, reading);
    return;
  }
  const unnamed = valueUnder(node, 'kind') === undefined ? reading.unnamed() : undefined;
  if (unnamed !== undefined) {
    reading.leaveOut(unnamed);
    return;
  }
  if (hasDirective(node)) {
    reading.leaveOut(KUSTOMIZE_PATCH);
    return;
  }
  const named = readName(node, reading);
  if (named === undefined) return;
  if (isBuiltInGroup(named.groupVersion.group) && hasDirectiveWithin(node)) {
    reading.leaveOut(KUSTOMIZE_PATCH);
    return;
  }
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

/** How a document is counted that kustomize applies to others. */
export const KUSTOMIZE_PATCH = 'kustomize patch';

function isBuiltInGroup(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** What stands where an object should. */
function readOther(node: Exclude<DocumentNode, { kind: 'alias' }>, reading: Reading): void {
  if (isJsonPatch(node)) {
    reading.leaveOut(KUSTOMIZE_PATCH);
    return;
  }
  const unnamed = reading.unnamed();
  if (unnamed !== undefined) {
    reading.leaveOut(unnamed);
    return;
  }
  const isListOfObjects =
    node.kind === 'sequence' && node.items.some((item) => textUnder(item, 'apiVersion') ?? textUnder(item, 'kind'));
  reading.refuse(
    node.at,
    `A manifest must be an object with apiVersion and kind; this is ${article(node.kind)}.`,
    isListOfObjects
      ? "Put each object into a document of its own, after a line '---', or all of them under items of an object with apiVersion: v1 and kind: List."
      : NOT_A_MANIFEST,
  );
}

interface Named {
  readonly at: number;
  readonly groupVersion: GroupVersion;
  readonly kind: string;
}

/**
 * A list whose items carry their own names. Where neither is given, an item takes both from the list it stands in directly; kubectl also looks
 * the list's own kind up, which is served as that of its items, and List with every group-version.
 * @see apimachinery pkg/apis/meta/v1/unstructured/helpers.go decodeToList; client-go restmapper/discovery.go NewDiscoveryRESTMapper
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
      if (!hasReadableItemMetadata(object, reading)) continue;
      readSingle(object, { at: object.at, groupVersion: list.groupVersion, kind: itemKind }, reading);
      needed = true;
    } else {
      reading.refuse(object.at, `An item of a list must be an object; this is ${article(object.kind)}.`);
    }
  }
  if (needed) return;
  const kinds = itemKind === '' ? [] : itemKind === list.kind ? [itemKind] : [itemKind, list.kind];
  reading.need({ ...list, kinds, isList: true, object: objectOf(node), node });
}

/** An item of a list. kubectl unpacks one list, and no list within it. */
function readItem(item: DocumentNode, reading: Reading): void {
  const node = dereference(item);
  if (node.kind !== 'mapping') {
    reading.refuse(node.at, `An item of a list must be an object; this is ${article(node.kind)}.`);
    return;
  }
  const items = fieldOf(node, 'items');
  if (items !== undefined && dereference(items.value).kind === 'sequence') {
    reading.refuse(
      items.at,
      'kubectl cannot read a list within a list.',
      'Put the inner items into the outer list, or the inner list into a document of its own.',
    );
    return;
  }
  const named = readName(node, reading);
  if (named !== undefined && hasReadableItemMetadata(node, reading)) readSingle(node, named, reading);
}

function readSingle(node: DocumentNode, { at, groupVersion, kind }: Named, reading: Reading): void {
  const { group, version } = groupVersion;
  const configuration =
    configurationOf(group, version, kind) ?? (reading.isPlugin ? ({ of: 'kind' } as const) : undefined);
  reading.need({ at, groupVersion, kinds: [kind], isList: false, object: objectOf(node), node, configuration });
  if (configuration !== undefined) return;
  const definition: DefinitionNode = { node, at, groupVersion, kind };
  if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition') readDefinition(definition, reading);
  else if (group === 'apiregistration.k8s.io' && kind === 'APIService') readApiService(definition, reading);
  else readOperatorDefinition(definition, reading);
  if (kind === 'Template' && (group === 'template.openshift.io' || (group === '' && version === 'v1'))) {
    readTemplate(node, reading);
  }
}

/**
 * The objects that OpenShift makes of a Template. One whose apiVersion or kind is a parameter is left out.
 * @see docs.openshift.com, Using templates: `objects`, and `\${NAME}` for parameters
 */
function readTemplate(node: DocumentNode, reading: Reading): void {
  const objects = valueUnder(node, 'objects');
  for (const item of objects?.kind === 'sequence' ? objects.items.map(dereference) : []) {
    const isParameter = ['apiVersion', 'kind'].some((field) => textUnder(item, field)?.includes('${') === true);
    if (isParameter) reading.leaveOut('object of a Template, named by a parameter');
    else if (item.kind === 'mapping' && valueUnder(item, 'items') === undefined) {
      const named = readName(item, reading);
      if (named !== undefined) readSingle(item, named, reading);
    }
  }
}

function readName(node: DocumentNode, reading: Reading): Named | undefined {
  const apiVersion = fieldOf(node, 'apiVersion');
  const kind = fieldOf(node, 'kind');
  const missing = (['apiVersion', 'kind'] as const).filter((name) => isEmpty(node, name));
  if (missing.length > 0) {
    const slip = Object.entries(SLIPS).find(
      ([key, name]) => missing.includes(name) && fieldOf(node, key) !== undefined,
    );
    const at = (apiVersion ?? kind)?.at ?? node.at;
    const hint = slip === undefined ? NOT_A_MANIFEST : `Write ${slip[1]} where it says ${slip[0]}.`;
    reading.refuse(at, `This document has no ${missing.join(' and no ')}, so it is not a manifest.`, hint);
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
    const valueAt = field === undefined ? node.at : dereference(field.value).at;
    if (ENCRYPTED.test(text)) {
      reading.refuse(
        valueAt,
        `This document is encrypted with SOPS, its ${name} included, so it cannot be judged.`,
        ENCRYPT_LESS,
      );
      return undefined;
    }
    if (text !== text.trim()) {
      reading.refuse(
        valueAt,
        `${name} is ${JSON.stringify(text)}, with ${text.trim() === text.replace(/[\r\n]+$/, '') ? 'a line break at its end' : 'white space around it'}.`,
        `Write ${name}: ${text.trim()} on one line.`,
      );
      return undefined;
    }
    if (!PLACEHOLDER.test(text)) continue;
    reading.unrendered(valueAt, name, text);
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

/** @see getsops/sops README, "Encrypting only parts of a file" */
const ENCRYPTED = /^ENC\[AES256_GCM,/;

const ENCRYPT_LESS =
  "Encrypt only what is secret, with encrypted_regex: '^(data|stringData)$' in .sops.yaml; or decrypt the file in an earlier step; or exclude it with a pattern that begins with !.";

const NOT_A_MANIFEST =
  'Exclude the file with a pattern that begins with !, or list it in allow-unparsable, if it is not meant for Kubernetes.';

/**
 * kubectl refuses an object whose metadata does not have the types of ObjectMeta before it asks the server anything.
 * @see cli-runtime pkg/resource/metadata_decoder.go
 */
function hasReadableMetadata(node: DocumentNode, reading: Reading): boolean {
  return isReadableMetadata(node, reading, () => true);
}

/**
 * Of an item it is the server that refuses it; kubectl sets the namespace itself, and apply the annotations, whatever they were.
 * @see apiserver pkg/endpoints/handlers/create.go
 */
function hasReadableItemMetadata(node: DocumentNode, reading: Reading): boolean {
  return isReadableMetadata(node, reading, (name) => name !== 'namespace' && name !== 'annotations');
}

function isReadableMetadata(node: DocumentNode, reading: Reading, counts: (name: string) => boolean): boolean {
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
    if (!counts(name)) continue;
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
    if (!counts(name)) continue;
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
