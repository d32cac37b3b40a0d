import { assertNever } from '../model/assert-never.ts';
import { formatGroupVersion, type GroupVersion, parseGroupVersion } from '../model/group-version.ts';
import type { Gap, Resource, ServedGroup, ServedVersion, Snapshot } from '../model/snapshot.ts';
import type { EndpointAnswer, Listing, ListingEndpoint } from './endpoint.ts';
import { endpointGap, groupVersionGap } from './refusal.ts';
import type { ResourceAnswers } from './resource-lists.ts';

/** A group that an endpoint lists, with the resources of its versions where the answer held them. */
interface ListedGroup {
  readonly name: string;
  readonly preferredVersion?: string | undefined;
  readonly versions: readonly { readonly version: string; readonly resources?: readonly Resource[] | undefined }[];
}

/** What one endpoint adds to a snapshot. */
export interface Half {
  /** Absent when the endpoint was refused. */
  readonly format?: Listing['format'] | undefined;
  readonly groups: readonly ListedGroup[];
  readonly gaps: readonly Gap[];
  /** ETag of the aggregated document. */
  readonly validator?: string | undefined;
}

/** The half of a snapshot that an endpoint's answer makes; one that was not modified comes from the previous snapshot. */
export function halfOf(endpoint: ListingEndpoint, answer: EndpointAnswer, previous: Snapshot | undefined): Half {
  switch (answer.kind) {
    case 'refused':
      return { groups: [], gaps: [endpointGap(endpoint, answer.refusal)] };
    case 'not-modified':
      return previousHalf(endpoint, previous);
    case 'listed':
      return listedHalf(answer.listing);
    default:
      return assertNever(answer);
  }
}

/** ETag of one endpoint's half of a snapshot, when that half is whole enough to be kept. */
export function validatorOf(endpoint: ListingEndpoint, previous: Snapshot | undefined): string | undefined {
  const validator = endpoint === '/api' ? previous?.validators.api : previous?.validators.apis;
  const refused = previous?.gaps.some((gap) => gap.kind === 'endpoint' && gap.endpoint === endpoint);
  // A header's value must be one: what was kept between runs may have been damaged.
  return refused !== true && validator !== undefined && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(validator)
    ? validator
    : undefined;
}

/**
 * The group-versions whose resources must be asked for: all that are listed, unless both endpoints brought them along. One aggregated and one plain
 * answer come from two servers behind one address, and resources of both sorts are not to be mixed.
 * @see client-go discovery/discovery_client.go GroupsAndMaybeResources
 */
export function groupVersionsToAsk(api: Half, apis: Half): readonly GroupVersion[] {
  if (api.format !== 'plain' && apis.format !== 'plain') return [];
  const asked = new Map<string, GroupVersion>();
  for (const { name, versions } of [...api.groups, ...apis.groups]) {
    for (const { version } of versions) {
      asked.set(formatGroupVersion({ group: name, version }), { group: name, version });
    }
  }
  return [...asked.values()];
}

/** Both halves as one: core first, then the server's order. Versions whose resources were asked for and refused become gaps. */
export function joinHalves(
  api: Half,
  apis: Half,
  asked: ResourceAnswers,
): Pick<Snapshot, 'groups' | 'gaps' | 'validators'> {
  const gaps: Gap[] = [...api.gaps, ...apis.gaps];
  for (const [groupVersion, answer] of asked) {
    if (answer.kind === 'refused') gaps.push(groupVersionGap(groupVersion, answer.refusal));
  }
  const groups = [...api.groups, ...apis.groups].map((group) => served(group, asked));
  // Resources that were asked for one by one are not what an ETag vouches for.
  const validators =
    asked.size > 0
      ? {}
      : {
          api: api.validator,
          apis: apis.validator,
        };
  return { groups: mergeNamesakes(groups), gaps, validators };
}

function served({ name, preferredVersion, versions }: ListedGroup, asked: ResourceAnswers): ServedGroup {
  const kept = versions.flatMap(({ version, resources }): readonly ServedVersion[] => {
    const answer = asked.get(formatGroupVersion({ group: name, version }));
    if (answer === undefined) return resources === undefined ? [] : [{ version, resources }];
    return answer.kind === 'accepted' ? [{ version, resources: answer.value }] : [];
  });
  const preferred = kept.some(({ version }) => version === preferredVersion) ? preferredVersion : kept[0]?.version;
  return { name, versions: kept, preferredVersion: preferred };
}

/** Groups that are listed twice as one, at the place of the first; so with their versions, and with the resources of those. */
function mergeNamesakes(groups: readonly ServedGroup[]): readonly ServedGroup[] {
  return mergeBy(
    groups,
    ({ name }) => name,
    (namesakes) => ({
      name: namesakes[0].name,
      // What the first does not say, the next may.
      preferredVersion: namesakes.find(({ preferredVersion }) => preferredVersion !== undefined)?.preferredVersion,
      versions: namesakes.flatMap(({ versions }) => versions),
    }),
  ).map((group) => ({ ...group, versions: mergeVersions(group.versions) }));
}

function mergeVersions(versions: readonly ServedVersion[]): readonly ServedVersion[] {
  return mergeBy(
    versions,
    ({ version }) => version,
    ([first, ...others]) => ({
      ...first,
      resources: mergeBy(
        [first, ...others].flatMap(({ resources }) => resources),
        ({ name }) => name,
        ([resource]) => resource,
      ),
    }),
  );
}

/** Merges all of one key at once: merging one by one would copy what is merged again and again. */
function mergeBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  merge: (namesakes: readonly [Item, ...Item[]]) => Item,
): readonly Item[] {
  const byKey = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const namesakes = byKey.get(key(item));
    if (namesakes === undefined) byKey.set(key(item), [item]);
    else namesakes.push(item);
  }
  if (byKey.size === items.length) return items;
  return [...byKey.values()].map((namesakes) => (namesakes.length === 1 ? namesakes[0] : merge(namesakes)));
}

function listedHalf(listing: Listing): Half {
  if (listing.format === 'plain') {
    const groups = listing.groups.map(({ name, versions, preferredVersion }) => ({
      name,
      versions: versions.map(({ version }) => ({ version })),
      preferredVersion: preferredVersion === undefined ? undefined : preferredVersion.version,
    }));
    return { format: 'plain', groups, gaps: [] };
  }
  const gaps: Gap[] = [];
  const groups = listing.groups.map(({ name, versions }) => ({
    name,
    versions: versions.filter(({ version, stale }) => {
      if (stale) gaps.push(staleGap({ group: name, version }));
      return !stale;
    }),
  }));
  return {
    format: 'aggregated',
    groups: groups.map(({ name, versions }) => ({
      name,
      versions: versions.map(({ version, resources }) => ({ version, resources })),
    })),
    gaps,
    validator: listing.etag,
  };
}

/** @see client-go discovery/aggregated_discovery.go StaleGroupVersionError */
function staleGap(groupVersion: GroupVersion): Gap {
  const name = formatGroupVersion(groupVersion);
  return groupVersionGap(name, {
    reason: 'stale',
    message: `the server lists ${name} with freshness Stale`,
  });
}

function previousHalf(endpoint: ListingEndpoint, previous: Snapshot | undefined): Half {
  const isCore = endpoint === '/api';
  const validator = validatorOf(endpoint, previous);
  return {
    format: 'aggregated',
    groups: previous?.groups.filter(({ name }) => (name === '') === isCore) ?? [],
    gaps: previous?.gaps.flatMap((gap) => (gap.kind === 'group-version' ? confirmedGap(gap, isCore) : [])) ?? [],
    validator,
  };
}

/** A gap of the same half, in the words of the document that the server has just confirmed: what was kept between runs has none of its own. */
function confirmedGap(gap: Extract<Gap, { kind: 'group-version' }>, isCore: boolean): readonly Gap[] {
  const groupVersion = parseGroupVersion(gap.groupVersion);
  if (groupVersion === undefined || (groupVersion.group === '') !== isCore) return [];
  return [gap.reason === 'stale' ? staleGap(groupVersion) : gap];
}
