import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import type { Api } from '../model/requirement.ts';
import { type Speller, speller } from '../model/spelling.ts';
import { isWhole, once, type ServedApis, type ServedResources } from './served-apis.ts';

/** Where the names end: is the group unknown, its version, or what should be in it? */
export type Level = 'group' | 'version' | 'name';

/** What this cluster serves that an API may have been a slip for, each as a whole requirement. */
export interface NearMisses {
  readonly of: (api: Api, level: Level) => readonly string[];
}

/** Comparing spellings takes time, and nobody reads this many guesses: what is asked after them is answered with none. */
const MOST_GUESSES = 100;

/** Spellers are made at their first use and kept, as one snapshot answers for many requirements. */
export function findNearMisses(served: ServedApis): NearMisses {
  const groups = once(() => speller(served.groups.map(({ name }) => name).filter((name) => name !== '')));
  const spellers = new Map<string, Speller>();
  const namesIn = (groupVersion: string, kind: 'kind' | 'resource', names: () => Iterable<string>): Speller => {
    const key = `${kind} ${groupVersion}`;
    const known = spellers.get(key) ?? speller(names());
    spellers.set(key, known);
    return known;
  };
  let guesses = 0;
  return {
    of: (api, level) => {
      if (api.kind === 'server-version' || guesses === MOST_GUESSES) return [];
      guesses += 1;
      if (level === 'group') {
        const group = api.kind === 'group' ? api.group : api.groupVersion.group;
        const slips = groups()(group).flatMap((name) => withGroup(api, name, served));
        return slips.length > 0 ? slips : resourceInName(group, served);
      }
      if (level !== 'name' || (api.kind !== 'kind' && api.kind !== 'resource')) return resourceForVersion(api, served);
      const resources = served.resources(api.groupVersion);
      if (resources === undefined) return [];
      const groupVersion = formatGroupVersion(api.groupVersion);
      const plural = api.kind === 'resource' ? pluralOfShortName(api.name, resources) : undefined;
      if (plural !== undefined) return [`${groupVersion}/${plural}`];
      const suggest = namesIn(groupVersion, api.kind, () =>
        [...(api.kind === 'kind' ? resources.byKind.keys() : resources.byName.keys())].filter((name) => name !== ''),
      );
      const slips = suggest(api.name).map((name) => `${groupVersion}/${name}`);
      return slips.length > 0 || api.kind === 'kind' ? slips : byShortName(api.name, served);
    },
  };
}

/** What is asked for, in another group: in the same version if that has it, else in the first version that has. */
function withGroup(
  api: Exclude<Api, { kind: 'server-version' }>,
  group: string,
  served: ServedApis,
): readonly string[] {
  if (api.kind === 'group') return [`${group}/*`];
  const versions = (served.group(group)?.versions ?? []).map(({ version }) => version);
  const [own, others] = [versions.filter(isVersionOf(api)), versions.filter((name) => !isVersionOf(api)(name))];
  const has = (version: string): boolean => {
    if (api.kind === 'group-version') return true;
    const resources = served.resources({ group, version });
    return (api.kind === 'kind' ? resources?.byKind.has(api.name) : resources?.byName.has(api.name)) === true;
  };
  const version = [...own, ...others].find(has);
  if (version === undefined) return [];
  const groupVersion = formatGroupVersion({ group, version });
  return [api.kind === 'group-version' ? groupVersion : `${groupVersion}/${api.name}`];
}

function isVersionOf({ groupVersion }: { readonly groupVersion: GroupVersion }): (version: string) => boolean {
  return (version) => version === groupVersion.version;
}

/** The plural that a short name stands for, as kubectl has them: `po` for `pods`. A subresource stays. */
function pluralOfShortName(name: string, { all }: ServedResources): string | undefined {
  const [parent = '', ...subresource] = name.split('/');
  const whole = all.find((own) => isWhole(own) && own.shortNames?.includes(parent) === true);
  return whole && [whole.name, ...subresource].join('/');
}

/** Where any group has a short name: `deploy` in `apps/v1`. */
function byShortName(name: string, served: ServedApis): readonly string[] {
  const found = served.groups.flatMap(({ name: group, versions: [newest] }) => {
    if (newest === undefined) return [];
    const groupVersion = { group, version: newest.version };
    const resources = served.resources(groupVersion);
    const plural = resources && pluralOfShortName(name, resources);
    return plural === undefined ? [] : [`${formatGroupVersion(groupVersion)}/${plural}`];
  });
  return found.slice(0, 3);
}

/** `certificates.cert-manager.io`, the name of a CustomResourceDefinition, reads as a group. */
function resourceInName(group: string, served: ServedApis): readonly string[] {
  const [, name = '', rest = ''] = /^([^.]+)\.(.+)$/.exec(group) ?? [];
  return (served.group(rest)?.versions ?? [])
    .filter(({ resources }) => resources.some((own) => own.name === name))
    .map(({ version }) => `${formatGroupVersion({ group: rest, version })}/${name}`)
    .slice(0, 1);
}

/** `gateway.networking.k8s.io/gateways` reads as a group-version, and lacks one. */
function resourceForVersion(api: Api, served: ServedApis): readonly string[] {
  if (api.kind !== 'group-version') return [];
  const { group, version: name } = api.groupVersion;
  return (served.group(group)?.versions ?? [])
    .filter(({ resources }) => resources.some((resource) => isWhole(resource) && resource.name === name))
    .map(({ version }) => `${formatGroupVersion({ group, version })}/${name}`)
    .slice(0, 1);
}
