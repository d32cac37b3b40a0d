import { assertNever } from '../model/assert-never.ts';
import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { formatPlace } from '../model/place.ts';
import { type Api, formatApi } from '../model/requirement.ts';
import type { Gap, Resource } from '../model/snapshot.ts';
import { adviceOnGaps, describeGap } from './explain-gap.ts';
import { historyOf } from './history.ts';
import type { NearMisses } from './near-misses.ts';
import { isWholeVersion } from './provided-apis.ts';
import type { ServedApis } from './served-apis.ts';
import type { Absence, ApiStanding } from './standing.ts';

/** What was found, and what to do about it, in plain text. */
export interface Explanation {
  readonly found: string;
  readonly advice?: string;
}

export interface Explaining {
  readonly served: ServedApis;
  readonly near: NearMisses;
}

/** Says of one API how it stands on a cluster. */
export function explain(api: Api, standing: ApiStanding, context: Explaining): Explanation {
  const name = nameOf(api);
  switch (standing.kind) {
    case 'served':
      return { found: explainServed(api, name, standing.resource, context) };
    case 'provided': {
      const by = isWholeVersion(standing.by) ? 'an APIService' : 'a CustomResourceDefinition';
      return { found: `${name} is brought by this change itself: ${by} at ${formatPlace(standing.by.place)}.` };
    }
    case 'missing':
      return explainAbsence(api, name, standing.absence, context);
    case 'unknown':
      return explainUnknown(api, name, standing.gaps, context);
    default:
      return assertNever(standing);
  }
}

/** Says why what must not be served is not met. */
export function explainPresence(api: Api, standing: ApiStanding): Explanation {
  const name = nameOf(api);
  if (standing.kind === 'provided') {
    return {
      found: `${name} must not be served, and this change brings it: ${formatPlace(standing.by.place)}.`,
      advice: 'Take it out of the change, or drop the requirement.',
    };
  }
  const resource = standing.kind === 'served' && api.kind === 'kind' ? standing.resource : undefined;
  return {
    found: `${name} is served${resource === undefined ? '' : ` (resource ${resource.name})`}, and must not be.`,
    advice: 'Take it out of service on this cluster, or drop the requirement.',
  };
}

/** `apps/v1/Deployment with verbs create, patch`: a name that a sentence can begin with. */
export function nameOf(api: Api): string {
  if (api.kind === 'group') return api.group;
  if (api.kind !== 'kind' && api.kind !== 'resource') return formatApi(api);
  const bare = formatApi({ ...api, verbs: [] });
  return api.verbs.length === 0 ? bare : `${bare} with ${plural(api.verbs, 'verb')} ${api.verbs.join(', ')}`;
}

function plural(list: readonly unknown[], noun: string): string {
  return list.length === 1 ? noun : `${noun}s`;
}

function explainServed(api: Api, name: string, resource: Resource | undefined, { served }: Explaining): string {
  if (api.kind === 'group') return `${name} is served in ${versionsOf(api.group, served)}.`;
  if (api.kind === 'server-version') return `The server is ${served.version?.gitVersion}, which is in ${api.range}.`;
  const otherwise = api.kind === 'resource' && resource !== undefined && resource.name !== api.name;
  return `${name} is served${otherwise ? `, as ${resource.name}` : ''}.`;
}

function versionsOf(group: string, served: ServedApis): string {
  return (served.group(group)?.versions ?? []).map(({ version }) => version).join(', ');
}

function explainAbsence(api: Api, name: string, absence: Absence, context: Explaining): Explanation {
  switch (absence.kind) {
    case 'server-version':
      return {
        found: `The server is ${absence.gitVersion}${counted(absence)}, which is not in ${api.kind === 'server-version' ? api.range : ''}.`,
        advice: 'Upgrade or choose another cluster, or change server-version.',
      };
    case 'withdrawn':
      return {
        found: `${name}: the CustomResourceDefinition of this change at ${formatPlace(absence.by.place)} has served: false for this version.`,
        advice: 'Set served: true there, or use a version that is served.',
      };
    case 'verbs': {
      const { resource, lacking } = absence;
      const offers = resource.verbs.length === 0 ? 'none' : resource.verbs.join(', ');
      const bare = nameOf('verbs' in api ? { ...api, verbs: [] } : api);
      const verbs = `${plural(lacking, 'verb')} ${lacking.join(', ')}`;
      return { found: `${bare} is served without the ${verbs}; its resource ${resource.name} offers ${offers}.` };
    }
    case 'subresource-only':
      return {
        found: `${name} is served only through ${absence.resource.name}, a subresource: no object of it can be created.`,
      };
    case 'group':
    case 'version':
    case 'name':
      return explainNotServed(api, name, absence.kind, context);
    default:
      return assertNever(absence);
  }
  function counted({ gitVersion, release }: { gitVersion: string; release: string }): string {
    return gitVersion.replace(/^v/, '') === release ? '' : ` (release ${release})`;
  }
}

/** What a person needs who looked in the wrong place: where it is instead, what became of it, what it may have been a slip for. */
function explainNotServed(
  api: Api,
  name: string,
  level: 'group' | 'version' | 'name',
  context: Explaining,
): Explanation {
  const { served } = context;
  const group = api.kind === 'group' ? api.group : 'groupVersion' in api ? api.groupVersion.group : '';
  const history = historyOf(api, served);
  const elsewhere = elsewhereOf(api, served);
  const near = context.near.of(api, level);
  const where = {
    group: group === '' ? 'no version of the core group is.' : `no version of ${group} is.`,
    version: `of ${group === '' ? 'the core group' : group}, this cluster serves ${versionsOf(group, served)}.`,
    name: `${groupVersionName(api)} is, without such a ${api.kind}.`,
  }[level];
  const found = [
    `${name} is not served; ${where}`,
    history?.found,
    elsewhere.length === 0 ? undefined : `This cluster serves ${lastName(api)} in ${elsewhere.slice(0, 5).join(', ')}.`,
  ].filter((sentence) => sentence !== undefined);
  const advice =
    history?.advice ??
    (near.length > 0 ? `Did you mean ${near.join(' or ')}?` : adviceFor(api, level, group, elsewhere, served));
  return { found: found.join(' '), ...(advice === undefined ? {} : { advice }) };
}

function groupVersionName(api: Api): string {
  return 'groupVersion' in api ? formatGroupVersion(api.groupVersion) : '';
}

function lastName(api: Api): string {
  return api.kind === 'kind' || api.kind === 'resource' ? api.name : '';
}

function elsewhereOf(api: Api, served: ServedApis): readonly string[] {
  const places: readonly GroupVersion[] =
    api.kind === 'kind'
      ? served.groupVersionsOfKind(api.name)
      : api.kind === 'resource'
        ? served.groupVersionsOfResource(api.name)
        : [];
  const own = 'groupVersion' in api ? api.groupVersion.group : undefined;
  return places
    .toSorted((left, right) => Number(right.group === own) - Number(left.group === own))
    .map(formatGroupVersion);
}

function adviceFor(
  api: Api,
  level: 'group' | 'version' | 'name',
  group: string,
  elsewhere: readonly string[],
  served: ServedApis,
): string | undefined {
  if (api.kind === 'group-version') {
    const [newest] = served.group(group)?.versions ?? [];
    if (level === 'version' && newest !== undefined) {
      const other = formatGroupVersion({ group, version: newest.version });
      return `Use ${other}; or, where either will do, require ${other} | ${groupVersionName(api)}.`;
    }
  }
  const [first] = elsewhere;
  if (first !== undefined) return `Use ${first}/${lastName(api)} if that is what is meant.`;
  if (level === 'group' && group.includes('.')) {
    return `Install what brings ${group} (its CustomResourceDefinitions or its APIService) on this cluster first; if this change brings it, let manifests cover those files.`;
  }
  if (level === 'name' && group.includes('.') && !isBuiltIn(group)) {
    return `Update what brings ${group} on this cluster; if this change brings it, let manifests cover its CustomResourceDefinition.`;
  }
  return undefined;
}

/** A guess that only chooses words: these groups come with the API server. */
function isBuiltIn(group: string): boolean {
  return /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/.test(
    group,
  );
}

function explainUnknown(api: Api, name: string, gaps: readonly Gap[], { served }: Explaining): Explanation {
  const [gap] = gaps;
  if (gap !== undefined) {
    const advice = adviceOnGaps(gaps);
    return {
      found: `The cluster did not tell whether ${api.kind === 'server-version' ? `its version is in ${api.range}` : `${name} is served`}: ${gaps.map(describeGap).join('; ')}.`,
      ...(advice === undefined ? {} : { advice }),
    };
  }
  const said =
    served.version === undefined
      ? 'was not asked for its version'
      : `calls itself ${JSON.stringify(served.version.gitVersion)}`;
  return {
    found: `The server ${said}, so nothing tells whether it is in ${api.kind === 'server-version' ? api.range : name}.`,
  };
}
