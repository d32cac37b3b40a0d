import { type GroupVersionKind, type Lifecycle, lifecycleOf } from '../lifecycle/lifecycle.ts';
import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { parseRelease } from '../model/release.ts';
import type { Api } from '../model/requirement.ts';
import { describeReplacement, type Replacement, replacementOf } from './replacement.ts';
import { isWhole, type ServedApis } from './served-apis.ts';
import { hasReached, releaseOf } from './server-release.ts';

/** A built-in type's past and future, in words. */
export interface History {
  readonly found: string;
  readonly advice: string;
  readonly replacement?: Replacement | undefined;
}

/** What Kubernetes itself says of a type that the cluster does not serve; it explains, and decides nothing. */
export function historyOf(api: Api, served: ServedApis): History | undefined {
  const type = typeOf(api, served);
  if (type === undefined) return historyElsewhere(api, served);
  const { introduced, removed } = type.lifecycle;
  const release = served.version && releaseOf(served.version);
  const subject = api.kind === 'kind' ? 'it' : `its ${type.name.kind}`;
  if (removed !== undefined && isGone(removed, served)) {
    return { found: `Kubernetes removed ${subject} in ${removed}.`, ...wayOut(type.name, served) };
  }
  if (release !== undefined && !hasReached(release, introduced)) {
    return {
      found: `Kubernetes serves ${subject} from ${introduced} on, and this server is ${served.version?.gitVersion}.`,
      advice: `Upgrade the cluster to ${introduced} or newer, or use an API that it serves.`,
    };
  }
  if (!/alpha|beta/.test(type.name.version)) return undefined;
  const groupVersion = formatGroupVersion(type.name);
  return {
    found: `Kubernetes has ${subject} since ${introduced}, as an API that may have to be switched on.`,
    advice: `Start the API server with --runtime-config=${groupVersion}=true, or use a stable version.`,
  };
}

/** Whether the server is of a release without the type; one that hides its version is taken to be. */
function isGone(removed: string, { version }: ServedApis): boolean {
  const release = version && releaseOf(version);
  return release === undefined || hasReached(release, removed);
}

/** The versions that built-in types have had. */
const VERSIONS = [
  'v1',
  'v2',
  'v1beta1',
  'v1beta2',
  'v2beta1',
  'v2beta2',
  'v1alpha1',
  'v1alpha2',
  'v1alpha3',
  'v2alpha1',
];

/** A kind that its group had in another version and has in none: `policy/v1` PodSecurityPolicy stands in many a sample, and never was. */
function historyElsewhere(api: Api, served: ServedApis): History | undefined {
  if (api.kind !== 'kind') return undefined;
  const types = VERSIONS.flatMap((version) => knownType({ ...api.groupVersion, version, kind: api.name }));
  const last = longest(types);
  const removed = last?.lifecycle.removed;
  if (last === undefined || removed === undefined || !isGone(removed, served)) return undefined;
  return {
    found: `Kubernetes had it in ${formatGroupVersion(last.name)}, and removed it in ${removed}.`,
    ...wayOut(last.name, served),
  };
}

function wayOut(name: GroupVersionKind, served: ServedApis): Pick<History, 'advice' | 'replacement'> {
  const replacement = replacementOf(name, served, undefined);
  return replacement === undefined
    ? { advice: 'Nothing replaces it: do without.' }
    : { replacement, advice: `Use ${describeReplacement(replacement)}.` };
}

interface KnownType {
  readonly name: GroupVersionKind;
  readonly lifecycle: Lifecycle;
}

/** The built-in type that an API names; of a whole group-version, the one that stays longest. */
function typeOf(api: Api, served: ServedApis): KnownType | undefined {
  if (api.kind !== 'kind' && api.kind !== 'group-version') return undefined;
  const kinds = api.kind === 'kind' ? [api.name] : kindsThatMayBeIn(api.groupVersion, served);
  return longest(kinds.flatMap((kind) => knownType({ ...api.groupVersion, kind })));
}

function knownType(name: GroupVersionKind): readonly KnownType[] {
  const lifecycle = lifecycleOf(name.group, name.version, name.kind);
  return lifecycle === undefined ? [] : [{ name, lifecycle }];
}

/** The type that stays longest. */
function longest(types: readonly KnownType[]): KnownType | undefined {
  return types.toSorted((left, right) => stay(right) - stay(left))[0];
}

function stay({ lifecycle: { removed } }: KnownType): number {
  const { major, minor } = (removed !== undefined && parseRelease(removed)) || FOR_EVER;
  return major * 1_000 + minor;
}

const FOR_EVER = { major: 1_000, minor: 0 };

/**
 * What a group-version that is not served may have held: the kinds of the group's other versions, or, where a built-in group is gone
 * altogether as `extensions` is, all kinds there are, as they moved.
 */
function kindsThatMayBeIn({ group }: GroupVersion, served: ServedApis): readonly string[] {
  const own = served.group(group);
  if (own === undefined && group.includes('.') && !group.endsWith('.k8s.io')) return [];
  if (own === undefined) return served.kinds();
  return [...new Set(own.versions.flatMap(({ resources }) => resources.filter(isWhole).map(({ kind }) => kind)))];
}
