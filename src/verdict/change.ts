import type { DefinedVersion, Definition, KindDefinition, VersionDefinition } from '../model/definition.ts';
import { compareKubeAwareVersions, formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { formatPlace, type Place } from '../model/place.ts';
import type { Api } from '../model/requirement.ts';
import type { Resource, ServedGroup, Snapshot } from '../model/snapshot.ts';
import { isServed, namesInUse, whyNotAccepted } from './name-conflicts.ts';
import { indexSnapshot, isWhole, type ServedApis } from './served-apis.ts';

/** A definition of the change that brings something, or takes it away, and where it says so. */
export interface Source {
  readonly definition: Definition;
  readonly place: Place;
}

/** A version that a definition of the change calls deprecated. */
export interface Deprecation {
  readonly definition: KindDefinition;
  readonly version: DefinedVersion;
}

/** A definition of the change that has no effect on a cluster, and why. */
export interface Rejected {
  readonly definition: Definition;
  readonly place: Place;
  /** Without a subject and a full stop. */
  readonly why: string;
  /** Whether the API server would say so, or whoever applies it; else nothing serves the definition's own API. */
  readonly by: 'server' | 'api';
}

/**
 * What a cluster serves before and after the change: what it serves now, without what the change withdraws, with what it provides. Every form of requirement is
 * answered from `after`.
 */
export interface Change {
  readonly before: ServedApis;
  readonly after: ServedApis;
  /** The definition that brings what `after` has of this name and `before` has not. */
  readonly bringing: (api: Api, resource: Resource | undefined) => Source | undefined;
  /** The registration of a group-version that the cluster does not serve yet; what is in it nobody can tell before. */
  readonly registering: (api: Api) => Source | undefined;
  /** The definition that has the kind of this name, and does not serve it so. */
  readonly withdrawing: (api: Api) => Source | undefined;
  /** The definition that has this version, and says that it is deprecated. */
  readonly deprecating: (api: Api) => Deprecation | undefined;
  /** A definition that would bring it, and has no effect here. */
  readonly rejecting: (api: Api) => Rejected | undefined;
  /** Whether the change defines this kind, in whatever version and with whatever effect. */
  readonly defines: (group: string, kind: string) => boolean;
  readonly rejected: readonly Rejected[];
}

const VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];

/** Applies the definitions of a change to what a cluster serves, as its API server would. */
export function applyChange(snapshot: Snapshot, definitions: readonly Definition[]): Change {
  const before = indexSnapshot(snapshot);
  if (definitions.length === 0) return unchanged(before);
  const groups = new Map(snapshot.groups.map((group) => [group.name, copyOf(group)]));
  const origins = new Map<Resource, Source>();
  const emptied = new Map<string, Source>();
  const accepted = new Map<string, KindDefinition>();
  const rejected: Rejected[] = [];
  const reject = (definition: Definition, by: Rejected['by'], why: string, place = definition.place): void => {
    rejected.push({ definition, place, why, by });
  };

  const isTaken = (definition: Definition, served: ServedApis): boolean => {
    if (definition.fault !== undefined) {
      reject(definition, 'server', definition.fault.what, definition.fault.place);
      return false;
    }
    const own = definition.groupVersion;
    if (own === undefined || takes(own, definition.source, served)) return true;
    reject(definition, 'api', `this cluster does not serve ${formatGroupVersion(own)}/${definition.source}`);
    return false;
  };

  const place = (definition: KindDefinition): void => {
    const name = `${definition.names.plural}.${definition.group}`;
    const known = accepted.get(name);
    const applied = known === undefined ? definition : inBoth(known, definition);
    const why =
      known === undefined ? whyNotAccepted(definition, before, [...accepted.values()]) : whyNotBoth(known, definition);
    if (why !== undefined) {
      reject(definition, 'server', why);
      return;
    }
    if (definition.isWhole && definition.names.plural !== '') accepted.set(name, applied);
    putInto(groups, applied, before, origins, emptied);
  };

  const registered: VersionDefinition[] = [];
  const take = (definition: Definition): void => {
    if (definition.kind === 'kind') place(definition);
    else registered.push(definition);
  };
  // Those that the cluster has already keep their names, so that new ones come after them, in whatever order they are applied.
  const whole = definitions.filter(tellsAll);
  const isKnown = (definition: Definition) => definition.kind === 'kind' && isServed(definition, before);
  for (const definition of [...whole.filter(isKnown), ...whole.filter((own) => !isKnown(own))]) {
    if (isTaken(definition, before)) take(definition);
  }
  // What an operator makes of its objects comes after what brings the operator's own API.
  const between = indexSnapshot({ ...snapshot, groups: [...groups.values()] });
  const registeredNow = (own: GroupVersion): boolean => registered.some(({ brings }) => isSame(brings, own));
  for (const definition of definitions) {
    if (tellsAll(definition)) continue;
    const own = definition.groupVersion;
    if ((own !== undefined && registeredNow(own) && definition.fault === undefined) || isTaken(definition, between)) {
      take(definition);
    }
  }

  const after = indexSnapshot({ ...snapshot, groups: [...groups.values()].filter(hasSomething(before)) });
  const kinds = definitions.filter((definition) => definition.kind === 'kind');
  const inEffect = [...accepted.values()];
  return {
    before,
    after,
    rejected,
    defines: (group, kind) => kinds.some((own) => own.group === group && own.names.kind === kind),
    registering: (api) => {
      const found = registered.find(({ brings }) =>
        api.kind === 'group' ? brings.group === api.group : 'groupVersion' in api && isSame(brings, api.groupVersion),
      );
      return found && { definition: found, place: found.place };
    },
    bringing: (api, resource) => {
      const direct = resource && origins.get(resource);
      if (direct !== undefined) return direct;
      const versions = (api.kind === 'group' ? after.group(api.group)?.versions : undefined) ?? [];
      const all =
        api.kind === 'group-version'
          ? (after.resources(api.groupVersion)?.all ?? [])
          : versions.flatMap(({ resources }) => resources);
      return all.map((own) => origins.get(own)).find((source) => source !== undefined);
    },
    withdrawing: (api) => {
      if (api.kind === 'group-version') return emptied.get(formatGroupVersion(api.groupVersion));
      if (api.kind === 'group') return [...emptied].find(([name]) => name.startsWith(`${api.group}/`))?.[1];
      const definition = inEffect.find((own) => isNamed(own, api));
      return definition && { definition, place: placeOfVersion(definition, api) };
    },
    deprecating: (api) => deprecationOf(api, after, inEffect),
    rejecting: (api) => rejected.find(({ definition }) => wouldBring(definition, api)),
  };
}

/** Of a group-version, all kinds in it have to be deprecated. */
function deprecationOf(api: Api, after: ServedApis, inEffect: readonly KindDefinition[]): Deprecation | undefined {
  if (api.kind !== 'kind' && api.kind !== 'resource' && api.kind !== 'group-version') return undefined;
  const { groupVersion } = api;
  const ofApi = (own: Api): Deprecation | undefined => {
    const definition = inEffect.find((known) => isNamed(known, own));
    const version = definition?.versions.find(({ name }) => name === groupVersion.version);
    if (definition === undefined || version?.deprecated !== true) return undefined;
    return { definition, version };
  };
  if (api.kind !== 'group-version') return ofApi(api);
  const kinds = after.resources(groupVersion)?.all.filter(isWhole) ?? [];
  const all = kinds.map(({ kind: name }) => ofApi({ kind: 'kind', groupVersion, name, verbs: [] }));
  return all.every((own) => own !== undefined) ? all[0] : undefined;
}

/** Whether a definition is the API server's own, and not an object that some operator makes one of. */
function tellsAll(definition: Definition): boolean {
  return definition.kind === 'group-version' ? definition.groupVersion !== undefined : definition.isWhole;
}

function unchanged(served: ServedApis): Change {
  const nothing = () => undefined;
  return {
    before: served,
    after: served,
    rejected: [],
    defines: () => false,
    registering: nothing,
    bringing: nothing,
    withdrawing: nothing,
    deprecating: nothing,
    rejecting: nothing,
  };
}

/** A group-version as it is being changed. */
interface ChangingGroup extends ServedGroup {
  versions: { version: string; resources: Resource[] }[];
}

function copyOf(group: ServedGroup): ChangingGroup {
  return {
    ...group,
    versions: group.versions.map(({ version, resources }) => ({ version, resources: [...resources] })),
  };
}

/** Whether a group is still there: it has a version, or had none before. */
function hasSomething(before: ServedApis): (group: ServedGroup) => boolean {
  return ({ name, versions }) => versions.length > 0 || before.group(name)?.versions.length === 0;
}

/**
 * Whether the cluster takes objects of a definition's own kind. One that hides its groups has the stable API: no cluster of today is without it; of any other
 * version nobody can tell.
 */
function takes(groupVersion: GroupVersion, kind: string, served: ServedApis): boolean {
  const resources = served.resources(groupVersion);
  if (resources !== undefined) return resources.byKind.has(kind);
  const hidden = served.gapsOver(groupVersion.group, groupVersion.version).some((gap) => gap.kind === 'endpoint');
  return hidden && groupVersion.version === 'v1';
}

/** Why the second of two definitions of one name is refused. */
function whyNotBoth(first: KindDefinition, second: KindDefinition): string | undefined {
  const other = `another definition of ${second.names.plural}.${second.group}, at ${formatPlace(first.place)},`;
  if (first.names.kind !== second.names.kind) return `${other} has the kind ${first.names.kind}`;
  return first.namespaced === second.namespaced ? undefined : `${other} has another scope`;
}

/** What is sure to be there where two definitions of one name are applied, one after the other, in whatever order: the versions that both serve. */
function inBoth(first: KindDefinition, second: KindDefinition): KindDefinition {
  const others = new Map(second.versions.map((version) => [version.name, version]));
  const versions = first.versions.map((version): DefinedVersion => {
    const other = others.get(version.name);
    if (other === undefined) return { ...version, served: false, place: second.place };
    const subresources = version.subresources.filter((name) => other.subresources.includes(name));
    return { ...(other.served ? version : other), subresources, deprecated: version.deprecated || other.deprecated };
  });
  return { ...first, versions };
}

/** Puts the versions that a definition serves into its group, and takes out those that it does not. */
function putInto(
  groups: Map<string, ChangingGroup>,
  definition: KindDefinition,
  before: ServedApis,
  origins: Map<Resource, Source>,
  emptied: Map<string, Source>,
): void {
  const { group: name, names, versions, isWhole: isDefinition } = definition;
  const group = groups.get(name) ?? { name, versions: [] };
  groups.set(name, group);
  if (isDefinition) {
    for (const version of group.versions) {
      const kept = version.resources.filter((own) => own.name.split('/')[0] !== names.plural);
      if (kept.length === 0 && version.resources.length > 0) {
        const said = versions.find((own) => own.name === version.version);
        emptied.set(formatGroupVersion({ group: name, version: version.version }), {
          definition,
          place: said?.place ?? definition.place,
        });
        version.resources = [];
      } else version.resources = kept;
    }
  }
  for (const version of versions) {
    if (!version.served || isHeldByBackend(name, version.name, before)) continue;
    const resources = resourcesOf(definition, version, before);
    const source: Source = { definition, place: version.place };
    for (const resource of resources) origins.set(resource, source);
    const known = group.versions.find((own) => own.version === version.name);
    if (known === undefined) group.versions.push({ version: version.name, resources: [...resources] });
    else known.resources.push(...resources.filter((own) => isDefinition || !hasNamed(known.resources, own)));
  }
  group.versions = group.versions.filter(
    ({ version, resources }) => resources.length > 0 || !emptied.has(formatGroupVersion({ group: name, version })),
  );
  group.versions.sort((left, right) => compareKubeAwareVersions(left.version, right.version));
}

/** Whether a group-version is registered with a backend that does not answer, and goes on not answering whatever the change defines. */
function isHeldByBackend(group: string, version: string, before: ServedApis): boolean {
  return before
    .gapsOver(group, version)
    .some((gap) => gap.kind === 'group-version' && (gap.reason === 'stale' || gap.reason === 'unavailable'));
}

function hasNamed(resources: readonly Resource[], { name, kind }: Resource): boolean {
  return resources.some((own) => own.kind === kind && (own.name === name || name === ''));
}

/** @see apiextensions-apiserver pkg/apiserver/customresource_discovery_controller.go */
function resourcesOf(
  { group, names, namespaced = true }: KindDefinition,
  version: DefinedVersion,
  before: ServedApis,
): readonly Resource[] {
  const kept = namesInUse(group, names, before);
  const whole: Resource = {
    name: names.plural,
    kind: names.kind,
    singularName: kept.singular,
    shortNames: kept.shortNames,
    categories: names.categories,
    namespaced,
    verbs: VERBS,
  };
  const subresources = version.subresources.map(
    (subresource): Resource => ({
      name: `${names.plural}/${subresource}`,
      singularName: '',
      namespaced,
      verbs: SUBRESOURCE_VERBS,
      ...(subresource === 'scale' ? { kind: 'Scale', group: 'autoscaling', version: 'v1' } : { kind: names.kind }),
    }),
  );
  return names.plural === '' ? [whole] : [whole, ...subresources];
}

function isSame(left: GroupVersion, right: GroupVersion): boolean {
  return left.group === right.group && left.version === right.version;
}

/** Whether a definition is of the kind that an API names, in whatever version. */
function isNamed({ group, names }: KindDefinition, api: Api): boolean {
  if (api.kind !== 'kind' && api.kind !== 'resource') return false;
  if (api.groupVersion.group !== group) return false;
  if (api.kind === 'kind') return names.kind === api.name;
  const [parent = ''] = api.name.split('/');
  return parent !== '' && (parent === names.plural || parent === names.singular);
}

function placeOfVersion({ versions, place }: KindDefinition, api: Api): Place {
  if (!('groupVersion' in api)) return place;
  return versions.find(({ name }) => name === api.groupVersion.version)?.place ?? versions[0]?.place ?? place;
}

function wouldBring(definition: Definition, api: Api): boolean {
  if (api.kind === 'server-version') return false;
  if (definition.kind === 'group-version') {
    return api.kind === 'group' ? definition.brings.group === api.group : isSame(definition.brings, api.groupVersion);
  }
  const served = definition.versions.filter((version) => version.served);
  switch (api.kind) {
    case 'group':
      return definition.group === api.group && served.length > 0;
    case 'group-version':
      return (
        definition.group === api.groupVersion.group && served.some(({ name }) => name === api.groupVersion.version)
      );
    default:
      return (
        isNamed(definition, api) &&
        (definition.versions.length === 0 || served.some(({ name }) => name === api.groupVersion.version))
      );
  }
}
