import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import type { Gap, Resource, ServedGroup, ServedVersion, ServerVersion, Snapshot } from '../model/snapshot.ts';

/** A group-version's resources, found by name and by kind. */
export interface ServedResources {
  readonly groupVersion: GroupVersion;
  readonly all: readonly Resource[];
  /** Plural names, and `plural/subresource`. */
  readonly byName: ReadonlyMap<string, Resource>;
  /** In the server's order, subresources among them. */
  readonly byKind: ReadonlyMap<string, readonly Resource[]>;
  /** From singular names to plural ones. */
  readonly plurals: () => ReadonlyMap<string, string>;
}

/** A snapshot as judging asks it: every lookup takes the same time, however many APIs there are. Made once for all requirements. */
export interface ServedApis {
  readonly version: ServerVersion | undefined;
  readonly gaps: readonly Gap[];
  readonly groups: readonly ServedGroup[];
  readonly group: (name: string) => ServedGroup | undefined;
  readonly resources: (groupVersion: GroupVersion) => ServedResources | undefined;
  /** Where resources of this kind, subresources aside, are served, in the server's order. */
  readonly groupVersionsOfKind: (kind: string) => readonly GroupVersion[];
  /** All kinds that have a resource of their own, each once. */
  readonly kinds: () => readonly string[];
  /** Where a resource of this name is served. */
  readonly groupVersionsOfResource: (name: string) => readonly GroupVersion[];
  /** What kept the server from telling about a group; about one version of it, when that is given. */
  readonly gapsOver: (group: string, version?: string) => readonly Gap[];
  readonly versionGaps: readonly Gap[];
}

export function indexSnapshot(snapshot: Snapshot): ServedApis {
  const groups = new Map(snapshot.groups.map((group) => [group.name, group]));
  const indexed = new Map<ServedVersion, ServedResources>();
  const resources = (groupVersion: GroupVersion): ServedResources | undefined => {
    const version = groups.get(groupVersion.group)?.versions.find((served) => served.version === groupVersion.version);
    if (version === undefined) return undefined;
    const known = indexed.get(version) ?? indexResources(groupVersion, version.resources);
    indexed.set(version, known);
    return known;
  };
  const byKind = once(() => whereServed(snapshot, (resource) => (isWhole(resource) ? resource.kind : undefined)));
  const byName = once(() => whereServed(snapshot, ({ name }) => name));
  return {
    version: snapshot.version,
    gaps: snapshot.gaps,
    groups: snapshot.groups,
    group: (name) => groups.get(name),
    resources,
    groupVersionsOfKind: (kind) => byKind().get(kind) ?? [],
    kinds: once(() => [...byKind().keys()]),
    groupVersionsOfResource: (name) => byName().get(name) ?? [],
    ...indexGaps(snapshot.gaps),
  };
}

function indexResources(groupVersion: GroupVersion, all: readonly Resource[]): ServedResources {
  return {
    groupVersion,
    all,
    byName: new Map(all.map((resource) => [resource.name, resource])),
    byKind: Map.groupBy(all, ({ kind }) => kind),
    plurals: once(() => new Map(all.filter(isWhole).map((resource) => [singularOf(resource), resource.name]))),
  };
}

/** Whether this is a resource of its own, and not a subresource. */
export function isWhole({ name }: Resource): boolean {
  return !name.includes('/');
}

/**
 * Servers before 1.27 leave the singular name out for built-in types, where it is the kind in lower case.
 * @see client-go restmapper/discovery.go NewDiscoveryRESTMapper
 */
export function singularOf({ singularName, kind }: Resource): string {
  return singularName === '' ? kind.toLowerCase() : singularName;
}

function whereServed(
  { groups }: Snapshot,
  keyOf: (resource: Resource) => string | undefined,
): ReadonlyMap<string, readonly GroupVersion[]> {
  const places = new Map<string, GroupVersion[]>();
  for (const { name: group, versions } of groups) {
    for (const { version, resources } of versions) {
      for (const key of new Set(resources.map(keyOf))) {
        if (key === undefined) continue;
        const known = places.get(key);
        if (known === undefined) places.set(key, [{ group, version }]);
        else known.push({ group, version });
      }
    }
  }
  return places;
}

/** A gap at `/api` covers the core group, one at `/apis` all others, and one of a group-version only that. */
function indexGaps(gaps: readonly Gap[]): Pick<ServedApis, 'gapsOver' | 'versionGaps'> {
  const at = (endpoint: string) => gaps.filter((gap) => gap.kind === 'endpoint' && gap.endpoint === endpoint);
  const core = at('/api');
  const others = at('/apis');
  const byGroup = Map.groupBy(
    gaps.filter((gap) => gap.kind === 'group-version'),
    ({ groupVersion }) => groupVersion.slice(0, Math.max(0, groupVersion.indexOf('/'))),
  );
  return {
    versionGaps: at('/version'),
    gapsOver: (group, version) => {
      const own = byGroup.get(group) ?? [];
      const covering =
        version === undefined
          ? own
          : own.filter(({ groupVersion }) => groupVersion === formatGroupVersion({ group, version }));
      return [...covering, ...(group === '' ? core : others)];
    },
  };
}

/** Computes at the first call. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
