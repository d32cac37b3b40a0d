import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import type { Api, Requirement } from '../model/requirement.ts';
import type { Resource, ServedGroup, Snapshot } from '../model/snapshot.ts';
import type { DriftChange } from '../model/verdict.ts';

/** What two snapshots of one cluster differ in. */
export interface Difference {
  /** What was lost first, then what changed, then what was gained. */
  readonly changes: readonly DriftChange[];
  /** What a gap in one of them covers, and the other does not have the same: nobody knows whether it changed. */
  readonly unknown: readonly string[];
}

type Change = Omit<DriftChange, 'neededBy'>;

/** A change with what it is about, for the requirements that name it. */
interface Found {
  readonly change: Change;
  readonly groupVersion?: GroupVersion | undefined;
  readonly resources?: readonly Resource[] | undefined;
}

/**
 * Compares two snapshots.
 *
 * @param requirements of the change that is judged: each change names those that depend on it
 */
export function differenceBetween(
  earlier: Snapshot,
  later: Snapshot,
  requirements: readonly Requirement[] = [],
): Difference {
  const found: Found[] = [];
  const unknown: string[] = [];
  compareServerVersions(earlier, later, found, unknown);
  const before = new Map(earlier.groups.map((group) => [group.name, group]));
  const after = new Map(later.groups.map((group) => [group.name, group]));
  const gaps = [gapsOf(earlier), gapsOf(later)] as const;
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    comparePreferred(before.get(name), after.get(name), gaps, found);
    const versions = [versionsOf(before.get(name)), versionsOf(after.get(name))] as const;
    for (const version of new Set([...versions[0].keys(), ...versions[1].keys()])) {
      const groupVersion = { group: name, version };
      const resources = [versions[0].get(version), versions[1].get(version)] as const;
      if (isUnknown(groupVersion, resources, gaps)) unknown.push(formatGroupVersion(groupVersion));
      else compareVersions(groupVersion, resources, found);
    }
  }
  // One that only one of them has a gap for may have come or gone with its backend.
  const [was, is] = [gaps[0].groupVersions, gaps[1].groupVersions];
  unknown.push(...[...was, ...is].filter((each) => was.has(each) !== is.has(each)));
  const changes = found.map(({ change, ...about }) => ({ ...change, neededBy: neededBy(change, about, requirements) }));
  const rank = { lost: 0, changed: 1, gained: 2 } as const;
  return { changes: changes.sort((left, right) => rank[left.kind] - rank[right.kind]), unknown: [...new Set(unknown)] };
}

/** Group-versions without an answer, and whether the rest of the core group or of the others is without one. */
interface Gaps {
  readonly groupVersions: ReadonlySet<string>;
  readonly core: boolean;
  readonly others: boolean;
}

function gapsOf({ gaps }: Snapshot): Gaps {
  const at = (endpoint: string) => gaps.some((gap) => gap.kind === 'endpoint' && gap.endpoint === endpoint);
  return {
    groupVersions: new Set(gaps.flatMap((gap) => (gap.kind === 'group-version' ? [gap.groupVersion] : []))),
    core: at('/api'),
    others: at('/apis'),
  };
}

function isUnknown(
  groupVersion: GroupVersion,
  resources: readonly [readonly Resource[] | undefined, readonly Resource[] | undefined],
  gaps: readonly [Gaps, Gaps],
): boolean {
  return gaps.some(
    ({ groupVersions, core, others }, side) =>
      groupVersions.has(formatGroupVersion(groupVersion)) ||
      (resources[side] === undefined && (groupVersion.group === '' ? core : others)),
  );
}

function compareServerVersions(earlier: Snapshot, later: Snapshot, found: Found[], unknown: string[]): void {
  const [from, to] = [earlier.version?.gitVersion, later.version?.gitVersion];
  if (from !== undefined && to !== undefined) {
    if (from !== to)
      found.push({ change: { kind: 'changed', what: 'server-version', api: 'server-version', from, to } });
  } else if (from !== to) unknown.push('server-version');
}

/** A group with gaps is left out: its order is not all that the server has to say. */
function comparePreferred(
  before: ServedGroup | undefined,
  after: ServedGroup | undefined,
  gaps: readonly [Gaps, Gaps],
  found: Found[],
): void {
  const [from, to] = [before?.preferredVersion, after?.preferredVersion];
  if (before === undefined || from === undefined || to === undefined || from === to) return;
  const api = before.name === '' ? 'core' : before.name;
  const isOfGroup = (groupVersion: string) => groupVersion.startsWith(`${before.name}/`);
  if (gaps.some(({ groupVersions }) => [...groupVersions].some(isOfGroup))) return;
  found.push({ change: { kind: 'changed', what: 'preferred-version', api, from, to } });
}

function versionsOf(group: ServedGroup | undefined): ReadonlyMap<string, readonly Resource[]> {
  return new Map((group?.versions ?? []).map(({ version, resources }) => [version, resources]));
}

function compareVersions(
  groupVersion: GroupVersion,
  [before, after]: readonly [readonly Resource[] | undefined, readonly Resource[] | undefined],
  found: Found[],
): void {
  const name = formatGroupVersion(groupVersion);
  if (before === undefined || after === undefined) {
    const resources = before ?? after ?? [];
    const kinds = [...new Set(resources.filter((each) => !each.name.includes('/')).map(({ kind }) => kind))].join(', ');
    const change: Change =
      after === undefined
        ? { kind: 'lost', what: 'group-version', api: name, from: kinds }
        : { kind: 'gained', what: 'group-version', api: name, to: kinds };
    found.push({ change, groupVersion });
    return;
  }
  const [old, current] = [byName(before), byName(after)];
  for (const resource of new Set([...old.keys(), ...current.keys()])) {
    const [was, is] = [old.get(resource), current.get(resource)];
    const api = `${name}/${resource}`;
    const about = { groupVersion, resources: [was ?? [], is ?? []].flat() };
    if (was === undefined && is !== undefined) {
      found.push({ change: { kind: 'gained', what: 'resource', api, to: is.kind }, ...about });
    } else if (was !== undefined && is === undefined) {
      found.push({ change: { kind: 'lost', what: 'resource', api, from: was.kind }, ...about });
    } else if (was !== undefined && is !== undefined) {
      for (const [what, from, to] of properties(was, is)) {
        if (from !== to) found.push({ change: { kind: 'changed', what, api, from, to }, ...about });
      }
    }
  }
}

function byName(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [resource.name, resource]));
}

function properties(was: Resource, is: Resource): readonly (readonly [DriftChange['what'], string, string])[] {
  const verbs = (resource: Resource) => [...new Set(resource.verbs)].sort().join(', ');
  const scope = (resource: Resource) => (resource.namespaced ? 'namespaced' : 'cluster-wide');
  return [
    ['kind', was.kind, is.kind],
    ['scope', scope(was), scope(is)],
    ['verbs', verbs(was), verbs(is)],
  ];
}

/** The requirements that name what changed. What was gained matters only to those that it must not. */
function neededBy(
  { kind, what }: Change,
  { groupVersion, resources }: Omit<Found, 'change'>,
  requirements: readonly Requirement[],
): DriftChange['neededBy'] {
  const names = (api: Api): boolean => {
    if (api.kind === 'server-version') return what === 'server-version';
    if (groupVersion === undefined) return false;
    if (api.kind === 'group') return what === 'group-version' && api.group === groupVersion.group;
    if (formatGroupVersion(api.groupVersion) !== formatGroupVersion(groupVersion)) return false;
    if (resources === undefined) return true;
    switch (api.kind) {
      case 'kind':
        return resources.some((resource) => resource.kind === api.name);
      case 'resource':
        return resources.some(({ name, singularName }) => name === api.name || singularName === api.name);
      default:
        return false;
    }
  };
  return requirements
    .filter(({ anyOf, negated }) => negated === (kind === 'gained') && anyOf.some(names))
    .map(({ text, place, object }) => ({ text, place, object }));
}
