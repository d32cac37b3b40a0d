import type { APIGroup, APIResource, APIResourceList, GroupVersionForDiscovery } from './api-objects.ts';
import { type DocumentObject, expectKind, flag, object, objects, text, texts } from './json-document.ts';

/**
 * The core group of a plain `/api`: a version an entry, the first one preferred. No version, no group.
 *
 * @throws InvalidDocument
 * @see client-go discovery/discovery_client.go apiVersionsToAPIGroup
 */
export function decodeApiVersions(document: DocumentObject): readonly APIGroup[] {
  expectKind(document, 'APIVersions');
  const versions = texts(document, 'versions').map((version) => ({ groupVersion: version, version }));
  const [preferredVersion] = versions;
  return preferredVersion === undefined ? [] : [{ name: '', versions, preferredVersion }];
}

/**
 * The groups of a plain `/apis`, word for word and in its order.
 *
 * @throws InvalidDocument
 */
export function decodeGroupList(document: DocumentObject): readonly APIGroup[] {
  expectKind(document, 'APIGroupList');
  return objects(document, 'groups').map((group) => {
    const preferred = object(group, 'preferredVersion');
    const preferredVersion = preferred === undefined ? undefined : decodeVersion(preferred);
    return {
      name: text(group, 'name'),
      versions: objects(group, 'versions').map(decodeVersion),
      ...(preferredVersion === undefined || preferredVersion.version === '' ? {} : { preferredVersion }),
    };
  });
}

/**
 * The resources of one group-version, word for word.
 *
 * @throws InvalidDocument
 */
export function decodeResourceList(document: DocumentObject): APIResourceList {
  expectKind(document, 'APIResourceList');
  return {
    groupVersion: text(document, 'groupVersion'),
    resources: objects(document, 'resources').map(decodeResource),
  };
}

function decodeVersion(entry: DocumentObject): GroupVersionForDiscovery {
  return { groupVersion: text(entry, 'groupVersion'), version: text(entry, 'version') };
}

function decodeResource(entry: DocumentObject): APIResource {
  const group = text(entry, 'group');
  const version = text(entry, 'version');
  const shortNames = texts(entry, 'shortNames');
  const categories = texts(entry, 'categories');
  const storageVersionHash = text(entry, 'storageVersionHash');
  return {
    name: text(entry, 'name'),
    singularName: text(entry, 'singularName'),
    namespaced: flag(entry, 'namespaced'),
    ...(group === '' ? {} : { group }),
    ...(version === '' ? {} : { version }),
    kind: text(entry, 'kind'),
    verbs: texts(entry, 'verbs'),
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(storageVersionHash === '' ? {} : { storageVersionHash }),
  };
}
