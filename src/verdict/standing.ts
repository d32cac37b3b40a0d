import { assertNever } from '../model/assert-never.ts';
import type { Api } from '../model/requirement.ts';
import type { Gap, Resource } from '../model/snapshot.ts';
import type { Change, Rejected, Source } from './change.ts';
import { isWhole, type ServedApis, type ServedResources } from './served-apis.ts';
import { isInRange } from './version-range.ts';

/** Why something is not served, each as precise as the server's answer allows. */
export type Absence =
  | { readonly kind: 'group' }
  | { readonly kind: 'version' }
  | { readonly kind: 'name' }
  /** Served only as the answer or the body of a subresource, which no manifest can create. */
  | { readonly kind: 'subresource-only'; readonly resource: Resource }
  | { readonly kind: 'verbs'; readonly resource: Resource; readonly lacking: readonly string[] }
  | { readonly kind: 'server-version'; readonly gitVersion: string; readonly release: string }
  /** A definition of the change says `served: false`, or does not name the version. */
  | { readonly kind: 'withdrawn'; readonly by: Source }
  /** A definition of the change would bring it, and has no effect on this cluster. */
  | { readonly kind: 'rejected'; readonly by: Rejected };

/** What is known of one API on one cluster, once the change is applied. */
export type ApiStanding =
  | { readonly kind: 'served'; readonly resource?: Resource | undefined }
  | { readonly kind: 'provided'; readonly by: Source }
  | { readonly kind: 'missing'; readonly absence: Absence }
  /** `gaps` is empty only where the server answered and the answer says nothing. */
  | { readonly kind: 'unknown'; readonly gaps: readonly Gap[] };

export interface StandingOptions {
  /** An object is to be created, so that only a resource of its own will do. */
  readonly creatable: boolean;
}

/**
 * Judges one API by what the cluster serves once the change is applied.
 *
 * Unknown comes only from a gap that covers the API. A CustomResourceDefinition tells all that it brings. An APIService tells only a group-version, so that it
 * vouches for nothing where the cluster knows better: that the backend is dead, or that the version is served without what is asked.
 */
export function standingOf(api: Api, change: Change, options: StandingOptions): ApiStanding {
  const then = clusterStanding(api, change.after, options);
  if (change.before === change.after) return then;
  const now = clusterStanding(api, change.before, options);
  if (then.kind === 'served') {
    const by = now.kind === 'served' ? undefined : change.bringing(api, then.resource);
    return by === undefined ? then : { kind: 'provided', by };
  }
  const registered = isUntold(then) ? change.registering(api) : undefined;
  if (registered !== undefined) return { kind: 'provided', by: registered };
  return then.kind === 'missing' ? missingAfter(api, then, now, change) : then;
}

/** Says whose doing it is where the change itself is why something is missing. */
function missingAfter(
  api: Api,
  then: Extract<ApiStanding, { kind: 'missing' }>,
  now: ApiStanding,
  change: Change,
): ApiStanding {
  const rejected = change.rejecting(api);
  if (rejected !== undefined) return { kind: 'missing', absence: { kind: 'rejected', by: rejected } };
  const isAbsent = then.absence.kind === 'group' || then.absence.kind === 'version' || then.absence.kind === 'name';
  const by = isAbsent || now.kind === 'served' ? change.withdrawing(api) : undefined;
  return by === undefined ? then : { kind: 'missing', absence: { kind: 'withdrawn', by } };
}

/** Whether the cluster told nothing of a group-version: neither what is in it, nor that its backend is dead. */
function isUntold(standing: ApiStanding): boolean {
  switch (standing.kind) {
    case 'missing':
      return standing.absence.kind === 'group' || standing.absence.kind === 'version';
    case 'unknown':
      return standing.gaps.every(({ kind }) => kind === 'endpoint');
    default:
      return false;
  }
}

function clusterStanding(api: Api, served: ServedApis, options: StandingOptions): ApiStanding {
  switch (api.kind) {
    case 'group': {
      const versions = served.group(api.group)?.versions ?? [];
      return versions.length > 0 ? SERVED : absent({ kind: 'group' }, served.gapsOver(api.group));
    }
    case 'group-version':
      return served.resources(api.groupVersion) === undefined ? versionAbsent(api, served) : SERVED;
    case 'kind':
    case 'resource': {
      const resources = served.resources(api.groupVersion);
      if (resources === undefined) return versionAbsent(api, served);
      const standing = api.kind === 'kind' ? kindStanding(api, resources, options) : resourceStanding(api, resources);
      const { group, version } = api.groupVersion;
      const partly = served.gapsOver(group, version).filter((gap) => gap.kind === 'group-version');
      return standing.kind === 'missing' && standing.absence.kind === 'name'
        ? absent({ kind: 'name' }, partly)
        : standing;
    }
    case 'server-version':
      return serverVersionStanding(api.range, served);
    default:
      return assertNever(api);
  }
}

const SERVED: ApiStanding = { kind: 'served' };

function absent(absence: Absence, gaps: readonly Gap[]): ApiStanding {
  return gaps.length > 0 ? { kind: 'unknown', gaps } : { kind: 'missing', absence };
}

function versionAbsent(
  { groupVersion }: Exclude<Api, { kind: 'group' | 'server-version' }>,
  served: ServedApis,
): ApiStanding {
  const { group, version } = groupVersion;
  const known = (served.group(group)?.versions.length ?? 0) > 0;
  return absent({ kind: known ? 'version' : 'group' }, served.gapsOver(group, version));
}

/**
 * A kind is served when any resource of the group-version is of it, subresources included: `apps/v1/Scale`. For an object to be created it
 * takes a resource of its own, and one that can be written.
 * @see Helm pkg/action/action.go GetVersionSet; client-go restmapper/discovery.go, which maps no kind of a subresource
 */
function kindStanding(
  { name, verbs }: Extract<Api, { kind: 'kind' }>,
  { byKind }: ServedResources,
  { creatable }: StandingOptions,
): ApiStanding {
  const all = byKind.get(name) ?? [];
  const whole = all.filter(isWhole);
  const [subresource] = all;
  if (subresource === undefined) return { kind: 'missing', absence: { kind: 'name' } };
  if (whole.length === 0 && creatable) {
    return { kind: 'missing', absence: { kind: 'subresource-only', resource: subresource } };
  }
  const standing = withVerbs(verbs, whole.length > 0 ? whole : all);
  return creatable && standing.kind === 'served' ? writable(standing) : standing;
}

const WRITING = ['create', 'patch', 'update'];

/** What a manifest holds has to be written: a resource that can only be read, such as v1/ComponentStatus, takes no object. */
function writable(standing: Extract<ApiStanding, { kind: 'served' }>): ApiStanding {
  const { resource } = standing;
  if (resource === undefined || resource.verbs.length === 0) return standing;
  if (WRITING.some((verb) => resource.verbs.includes(verb))) return standing;
  return { kind: 'missing', absence: { kind: 'verbs', resource, lacking: ['create'] } };
}

function resourceStanding(
  { name, verbs }: Extract<Api, { kind: 'resource' }>,
  resources: ServedResources,
): ApiStanding {
  const resource = resources.byName.get(name) ?? resources.byName.get(pluralName(name, resources));
  return resource === undefined ? { kind: 'missing', absence: { kind: 'name' } } : withVerbs(verbs, [resource]);
}

/** A resource goes by its singular name as well, as for kubectl: whoever writes `apps/v1/deployment` means `deployments`. */
export function pluralName(name: string, { plurals }: ServedResources): string {
  const [parent = '', ...subresource] = name.split('/');
  return [plurals().get(parent) ?? parent, ...subresource].join('/');
}

/** One resource has to offer all verbs; where none does, the one that comes closest is named. */
function withVerbs(verbs: readonly string[], resources: readonly Resource[]): ApiStanding {
  const offers = resources
    .map((resource) => ({ resource, lacking: verbs.filter((verb) => !resource.verbs.includes(verb)) }))
    .sort((left, right) => left.lacking.length - right.lacking.length);
  const [best] = offers;
  if (best === undefined) return { kind: 'missing', absence: { kind: 'name' } };
  if (best.lacking.length === 0) return { kind: 'served', resource: best.resource };
  return { kind: 'missing', absence: { kind: 'verbs', ...best } };
}

function serverVersionStanding(range: string, { version, versionGaps }: ServedApis): ApiStanding {
  if (version === undefined) return { kind: 'unknown', gaps: versionGaps };
  const answer = isInRange(version, range);
  switch (answer.kind) {
    case 'inside':
      return SERVED;
    case 'outside':
      return {
        kind: 'missing',
        absence: { kind: 'server-version', gitVersion: version.gitVersion, release: answer.release },
      };
    case 'unreadable':
      return { kind: 'unknown', gaps: [] };
    default:
      return assertNever(answer);
  }
}
