import { decodeGroupList as decodeGroups, decodeResourceList as decodeResources } from '../../model/api-documents.ts';
import type { APIGroup, APIGroupList, APIResource, APIResourceList } from '../../model/api-objects.ts';
import { type DocumentObject, InvalidDocument, parseDocument, text } from '../../model/json-document.ts';

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

/** @throws InvalidDocument when the text is not an APIGroupList. */
export function decodeGroupList(document: string): APIGroupList {
  return { groups: decodeGroups(parseV1(document)) };
}

/** @throws InvalidDocument when the text is not an APIResourceList of this group-version. */
export function decodeResourceList(document: string, groupVersion: string): APIResourceList {
  const found = decodeResources(parseV1(document));
  if (found.groupVersion !== groupVersion) {
    throw new InvalidDocument(
      `JSON whose groupVersion is ${JSON.stringify(found.groupVersion)}, not ${JSON.stringify(groupVersion)}`,
    );
  }
  return found;
}

function parseV1(document: string): DocumentObject {
  const found = parseDocument(document);
  const apiVersion = text(found, 'apiVersion');
  if (apiVersion !== 'v1')
    throw new InvalidDocument(`JSON whose apiVersion is ${JSON.stringify(apiVersion)}, not "v1"`);
  return found;
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
