import type { APIGroup } from '../model/api-objects.ts';
import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { type DocumentObject, expectKind, object, objects, text, texts } from '../model/json-document.ts';
import type { Resource } from '../model/snapshot.ts';
import { type DescribedResource, toResource } from './resource.ts';

/** A version of a group in an aggregated document. */
export interface AggregatedVersion {
  readonly version: string;
  /** The server could not ask the backend of this version and does not vouch for what it says about it. */
  readonly stale: boolean;
  readonly resources: readonly Resource[];
}

export interface AggregatedGroup {
  readonly name: string;
  readonly versions: readonly AggregatedVersion[];
}

/**
 * The groups of an aggregated document, v2 or v2beta1, in its order.
 *
 * @throws InvalidDocument
 * @see api apidiscovery/v2/types.go
 */
export function decodeAggregated(document: DocumentObject): readonly AggregatedGroup[] {
  expectKind(document, 'APIGroupDiscoveryList');
  return objects(document, 'items').map((item) => {
    const metadata = object(item, 'metadata');
    const name = metadata === undefined ? '' : text(metadata, 'name');
    return { name, versions: objects(item, 'versions').map((version) => decodeVersion(version, name)) };
  });
}

/**
 * A group in the plain form, as client-go hands it out: without its stale versions, and with the first that is left as the preferred one. A group whose
 * versions are all stale stays, without any.
 * @see client-go discovery/aggregated_discovery.go convertAPIGroup
 */
export function toAPIGroup({ name, versions }: AggregatedGroup): APIGroup {
  const current = versions
    .filter(({ stale }) => !stale)
    .map(({ version }) => ({ groupVersion: formatGroupVersion({ group: name, version }), version }));
  const [preferredVersion] = current;
  return { name, versions: current, preferredVersion };
}

function decodeVersion(entry: DocumentObject, group: string): AggregatedVersion {
  const version = text(entry, 'version');
  return {
    version,
    stale: text(entry, 'freshness') === 'Stale',
    resources: objects(entry, 'resources').flatMap((resource) => decodeResource(resource, { group, version })),
  };
}

/**
 * A resource followed by its subresources. One without a kind is not served itself (the server makes it up for a subresource whose parent is
 * elsewhere), but lends its name and scope to its subresources.
 * @see client-go discovery/aggregated_discovery.go convertAPIResource, convertAPISubresource
 */
function decodeResource(entry: DocumentObject, list: GroupVersion): readonly Resource[] {
  const parent = {
    name: text(entry, 'resource'),
    singularName: text(entry, 'singularResource'),
    namespaced: text(entry, 'scope') === 'Namespaced',
    verbs: texts(entry, 'verbs'),
    shortNames: texts(entry, 'shortNames'),
    categories: texts(entry, 'categories'),
    storageVersionHash: '',
  };
  const subresources = objects(entry, 'subresources').map((subresource) => ({
    name: `${parent.name}/${text(subresource, 'subresource')}`,
    singularName: parent.singularName,
    namespaced: parent.namespaced,
    verbs: texts(subresource, 'verbs'),
    shortNames: [],
    categories: [],
    storageVersionHash: '',
    responseKind: decodeResponseKind(subresource),
  }));
  return [{ ...parent, responseKind: decodeResponseKind(entry) }, ...subresources].flatMap(
    ({ responseKind, ...described }) =>
      responseKind === undefined ? [] : [toResource({ ...described, ...responseKind }, list)],
  );
}

/** Undefined when null, absent, or with nothing in it. */
function decodeResponseKind(entry: DocumentObject): Pick<DescribedResource, 'group' | 'version' | 'kind'> | undefined {
  const responseKind = object(entry, 'responseKind');
  if (responseKind === undefined) return undefined;
  const group = text(responseKind, 'group');
  const version = text(responseKind, 'version');
  const kind = text(responseKind, 'kind');
  return group === '' && version === '' && kind === '' ? undefined : { group, version, kind };
}
