import { type GroupVersionKind, type Lifecycle, lifecycleOf, successorsOf } from '../lifecycle/lifecycle.ts';
import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { compareReleases, parseRelease, type Release } from '../model/release.ts';
import type { Api } from '../model/requirement.ts';
import { isWhole, type ServedApis } from './served-apis.ts';

/** A built-in type's past and future, in words. */
export interface History {
  readonly found: string;
  readonly advice?: string;
}

export function serverRelease({ version }: ServedApis): Release | undefined {
  if (version === undefined) return undefined;
  return parseRelease(version.gitVersion) ?? parseRelease(`${version.major}.${version.minor}`);
}

/** Whether `release` is `since` or newer, patches aside. */
export function hasReached(release: Release, since: string): boolean {
  const from = parseRelease(since);
  return from !== undefined && compareReleases(release, from) >= 0;
}

/** What Kubernetes itself says of a type that the cluster does not serve; it explains, and decides nothing. */
export function historyOf(api: Api, served: ServedApis): History | undefined {
  const type = typeOf(api, served);
  if (type === undefined) return undefined;
  const { introduced, removed } = type.lifecycle;
  const release = serverRelease(served);
  const subject = api.kind === 'kind' ? 'it' : `its ${type.name.kind}`;
  if (removed !== undefined && (release === undefined || hasReached(release, removed))) {
    const advice = replacementAdvice(type.name, served);
    return {
      found: `Kubernetes removed ${subject} in ${removed}.`,
      ...(advice === undefined ? {} : { advice }),
    };
  }
  if (release !== undefined && !hasReached(release, introduced)) {
    return {
      found: `Kubernetes serves ${subject} from ${introduced} on, and this server is ${served.version?.gitVersion}.`,
      advice: `Upgrade the cluster to ${introduced} or newer, or use an older API.`,
    };
  }
  if (!/alpha|beta/.test(type.name.version)) return undefined;
  const groupVersion = formatGroupVersion(type.name);
  return {
    found: `Kubernetes has ${subject} since ${introduced}, as an API that may have to be switched on.`,
    advice: `Start the API server with --runtime-config=${groupVersion}=true, or use a stable version.`,
  };
}

interface KnownType {
  readonly name: GroupVersionKind;
  readonly lifecycle: Lifecycle;
}

/** The built-in type that an API names; of a whole group-version, one that the group's other versions tell of. */
function typeOf(api: Api, served: ServedApis): KnownType | undefined {
  if (api.kind !== 'kind' && api.kind !== 'group-version') return undefined;
  const kinds = api.kind === 'kind' ? [api.name] : kindsOfGroup(api.groupVersion, served);
  for (const kind of kinds) {
    const name = { ...api.groupVersion, kind };
    const lifecycle = lifecycleOf(name.group, name.version, kind);
    if (lifecycle !== undefined) return { name, lifecycle };
  }
  return undefined;
}

function kindsOfGroup({ group }: GroupVersion, served: ServedApis): readonly string[] {
  const versions = served.group(group)?.versions ?? [];
  return versions.flatMap(({ resources }) => resources.filter(isWhole).map(({ kind }) => kind));
}

/** The replacement that the cluster serves, or the last one there is; `undefined` for a type without one. */
export function replacementAdvice({ group, version, kind }: GroupVersionKind, served: ServedApis): string | undefined {
  const successors = successorsOf(group, version, kind);
  const usable = successors.find((next) => served.resources(next)?.byKind.has(next.kind));
  if (usable !== undefined) return `Use ${formatGroupVersion(usable)} ${usable.kind}, which this cluster serves.`;
  const last = successors.at(-1);
  return last && `Use ${formatGroupVersion(last)} ${last.kind}; this cluster does not serve it yet.`;
}
