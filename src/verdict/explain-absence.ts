import { assertNever } from '../model/assert-never.ts';
import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { formatPlace } from '../model/place.ts';
import type { Api, ProvidedApi } from '../model/requirement.ts';
import type { Explaining, Explanation } from './explanation.ts';
import { historyOf } from './history.ts';
import { bareNameOf, groupOf, groupVersionNameOf, nameOf, verbsInWords } from './naming.ts';
import type { Level } from './near-misses.ts';
import type { ServedApis } from './served-apis.ts';
import type { Absence } from './standing.ts';
import { adviceOnRange } from './version-range.ts';

/** Says why an API is missing. */
export function explainAbsence(api: Api, absence: Absence, context: Explaining): Explanation {
  switch (absence.kind) {
    case 'server-version': {
      const { gitVersion, release } = absence;
      const range = api.kind === 'server-version' ? api.range : '';
      const counted = gitVersion.replace(/^v/, '') === release ? '' : ` (release ${release})`;
      return {
        found: `The server is ${gitVersion}${counted}, which is not in ${range}.`,
        advice: adviceOnRange(release, range),
      };
    }
    case 'withdrawn':
      return {
        found: `${nameOf(api)}: the CustomResourceDefinition of this change at ${formatPlace(absence.by.place)} ${isOfVersion(api, absence.by) ? 'has served: false for this version' : 'does not have this version'}.`,
        advice: 'Serve it there, or use a version that is served.',
      };
    case 'verbs': {
      const { name, verbs } = absence.resource;
      const offers = verbs.length === 0 ? 'none' : verbs.join(', ');
      return {
        found: `${bareNameOf(api)} is served without the ${verbsInWords(absence.lacking)}; its resource ${name} offers ${offers}.`,
        advice: 'Ask for no more than it offers, or for another resource.',
      };
    }
    case 'subresource-only':
      return {
        found: `${nameOf(api)} is served only through ${absence.resource.name}, a subresource: no object of it can be created.`,
        advice: 'Take the object out: a subresource changes only through its parent.',
      };
    case 'group':
    case 'version':
    case 'name':
      return explainNotServed(api, absence.kind, context);
    default:
      return assertNever(absence);
  }
}

function isOfVersion(api: Api, by: ProvidedApi): boolean {
  return 'groupVersion' in api && api.groupVersion.version === by.groupVersion.version;
}

const MOST_PLACES = 5;

/** What a person needs who looked in the wrong place: where it is instead, what became of it, what it may have been a slip for. */
function explainNotServed(api: Api, level: Level, { served, near }: Explaining): Explanation {
  const history = historyOf(api, served);
  const elsewhere = elsewhereOf(api, served);
  const replacement = history?.replacement && formatGroupVersion(history.replacement.name);
  const others = elsewhere.filter((groupVersion) => groupVersion !== replacement).slice(0, MOST_PLACES);
  const found = [
    whereItEnds(api, level, served),
    ...(history === undefined ? [] : [history.found]),
    ...(others.length === 0 ? [] : [`This cluster serves ${memberOf(api)} in ${others.join(', ')}.`]),
  ];
  const slips = history === undefined ? near.of(api, level) : [];
  const guess = slips.length > 0 ? `Did you mean ${slips.join(' or ')}?` : undefined;
  return { found: found.join(' '), advice: history?.advice ?? guess ?? adviceWithout(api, level, elsewhere, served) };
}

function whereItEnds(api: Api, level: Level, served: ServedApis): string {
  const name = nameOf(api);
  const group = groupOf(api) === '' ? 'the core group' : groupOf(api);
  switch (level) {
    case 'group':
      if (api.kind === 'group') return `No version of ${group} is served.`;
      return `${name} is not served; no version of ${group} is.`;
    case 'version': {
      const versions = (served.group(groupOf(api))?.versions ?? []).map(({ version }) => version);
      return `${name} is not served; of ${group}, this cluster serves ${versions.join(', ')}.`;
    }
    case 'name':
      return `${name} is not served; ${groupVersionNameOf(api)} is, without such a ${api.kind}.`;
    default:
      return assertNever(level);
  }
}

/** The kind's or resource's own name. */
function memberOf(api: Api): string {
  return api.kind === 'kind' || api.kind === 'resource' ? api.name : '';
}

/** Where the same kind or resource is served, the same group first. */
function elsewhereOf(api: Api, served: ServedApis): readonly string[] {
  if (api.kind !== 'kind' && api.kind !== 'resource') return [];
  const places = api.kind === 'kind' ? served.groupVersionsOfKind(api.name) : served.groupVersionsOfResource(api.name);
  const isForeign = ({ group }: GroupVersion) => Number(group !== api.groupVersion.group);
  return places.toSorted((left, right) => isForeign(left) - isForeign(right)).map(formatGroupVersion);
}

/** What to do where neither history nor spelling says it. */
function adviceWithout(api: Api, level: Level, elsewhere: readonly string[], served: ServedApis): string {
  const group = groupOf(api);
  const [newest] = served.group(group)?.versions ?? [];
  if (api.kind === 'group-version' && newest !== undefined) {
    const other = formatGroupVersion({ group, version: newest.version });
    return `Use ${other}; or, where either will do, require ${other} | ${groupVersionNameOf(api)}.`;
  }
  const [first] = elsewhere;
  if (first !== undefined) return `Use ${first}/${memberOf(api)} if that is what is meant.`;
  if (!group.includes('.') || isBuiltIn(group)) {
    return level === 'group'
      ? 'kubectl api-versions lists what this cluster serves.'
      : `kubectl api-resources --api-group=${group === '' ? "''" : group} lists what this cluster serves.`;
  }
  return level === 'group'
    ? `Install what brings ${group} (its CustomResourceDefinitions or its APIService) on this cluster first; if this change brings it, let manifests cover those files.`
    : `Update what brings ${group} on this cluster; if this change brings it, let manifests cover its CustomResourceDefinition.`;
}

const BUILT_IN =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;

/** Whether a group comes with the API server, so that nothing brings it later. It only chooses words. */
function isBuiltIn(group: string): boolean {
  return BUILT_IN.test(group);
}
