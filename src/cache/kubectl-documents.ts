import type { APIGroup, APIGroupList, APIResource, APIResourceList } from '../model/api-objects.ts';
import {
  type Fields,
  field,
  fields,
  list,
  optional,
  optionalText,
  optionalWords,
  text,
  unlike,
  word,
} from './fields.ts';

/**
 * The documents in kubectl's cache, byte for byte as Go writes them: one line, fields in the order of the Go types, a newline at the end.
 * @see apimachinery pkg/apis/meta/v1/types.go APIGroupList, APIResourceList
 */
export function encodeGroupList({ groups }: APIGroupList): string {
  return encode({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(goGroup) });
}

/** The resources of one group-version, likewise. */
export function encodeResourceList({ groupVersion, resources }: APIResourceList): string {
  return encode({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: resources.map(goResource) });
}

/** @throws Error when the text is not an APIGroupList. */
export function decodeGroupList(document: string): APIGroupList {
  const found = documentOf(document, 'APIGroupList');
  return { groups: nullableList(found, 'groups', 'APIGroupList', groupOf) };
}

/** @throws Error when the text is not an APIResourceList of this group-version. */
export function decodeResourceList(document: string, groupVersion: string): APIResourceList {
  const found = documentOf(document, 'APIResourceList');
  if (field(found, 'groupVersion') !== groupVersion) throw unlike('groupVersion', groupVersion);
  return {
    groupVersion,
    resources: nullableList(found, 'resources', 'APIResourceList', resourceOf),
  };
}

function goGroup({ name, versions, preferredVersion }: APIGroup): unknown {
  return {
    name,
    // Go appends versions to a nil slice, which is null as long as nothing is appended.
    versions: versions.length === 0 ? null : versions.map(({ groupVersion, version }) => ({ groupVersion, version })),
    preferredVersion: {
      groupVersion: preferredVersion?.groupVersion ?? '',
      version: preferredVersion?.version ?? '',
    },
  };
}

function goResource(resource: APIResource): unknown {
  return {
    name: resource.name,
    singularName: resource.singularName,
    namespaced: resource.namespaced,
    group: resource.group || undefined,
    version: resource.version || undefined,
    kind: resource.kind,
    verbs: resource.verbs,
    shortNames: nonEmpty(resource.shortNames),
    categories: nonEmpty(resource.categories),
    storageVersionHash: resource.storageVersionHash || undefined,
  };
}

function nonEmpty(words: readonly string[] | undefined): readonly string[] | undefined {
  return words?.length ? words : undefined;
}

/** Go's encoder keeps JSON safe to put into HTML and into JavaScript. */
function encode(document: unknown): string {
  const escaped = JSON.stringify(document).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}

function documentOf(document: string, kind: string): Fields {
  const found = fields(JSON.parse(document), kind);
  if (field(found, 'kind') !== kind || field(found, 'apiVersion') !== 'v1') throw unlike('kind', kind);
  return found;
}

function groupOf(value: unknown, path: string): APIGroup {
  const group = fields(value, path);
  const preferredVersion = field(group, 'preferredVersion');
  const preferred = preferredVersion === undefined ? undefined : groupVersionOf(preferredVersion, path);
  return {
    name: text(group, 'name', path),
    versions: nullableList(group, 'versions', path, groupVersionOf),
    ...optional('preferredVersion', preferred?.version ? preferred : undefined),
  };
}

function groupVersionOf(value: unknown, path: string) {
  const found = fields(value, path);
  return { groupVersion: text(found, 'groupVersion', path), version: text(found, 'version', path) };
}

function resourceOf(value: unknown, path: string): APIResource {
  const resource = fields(value, path);
  const namespaced = field(resource, 'namespaced');
  if (typeof namespaced !== 'boolean') throw unlike(`${path}.namespaced`, 'true or false');
  return {
    name: text(resource, 'name', path),
    singularName: text(resource, 'singularName', path),
    namespaced,
    ...optional('group', optionalText(resource, 'group', path)),
    ...optional('version', optionalText(resource, 'version', path)),
    kind: text(resource, 'kind', path),
    verbs: nullableList(resource, 'verbs', path, word),
    ...optional('shortNames', optionalWords(resource, 'shortNames', path)),
    ...optional('categories', optionalWords(resource, 'categories', path)),
    ...optional('storageVersionHash', optionalText(resource, 'storageVersionHash', path)),
  };
}

/** A list that Go may have written as null. */
function nullableList<Item>(
  owner: Fields,
  name: string,
  path: string,
  item: (value: unknown, path: string) => Item,
): readonly Item[] {
  return field(owner, name) === null ? [] : list(owner, name, path, item);
}
