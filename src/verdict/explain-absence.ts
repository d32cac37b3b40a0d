import { assertNever } from '../model/assert-never.ts';
import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import { formatPlace } from '../model/place.ts';
import type { Api } from '../model/requirement.ts';
import { isBuiltInGroup } from './built-in-groups.ts';
import type { Change, Rejected, Source } from './change.ts';
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
      return explainWithdrawn(api, absence.by);
    case 'rejected':
      return explainRejected(api, absence.by, context.change);
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

function explainWithdrawn(api: Api, { definition, place }: Source): Explanation {
  const version = 'groupVersion' in api ? api.groupVersion.version : undefined;
  const own = definition.kind === 'kind' ? definition.versions.find(({ name }) => name === version) : undefined;
  const what =
    own?.served === true
      ? 'does not have this subresource'
      : own === undefined
        ? `does not have ${version === undefined ? 'any version that is served' : 'this version'}`
        : 'has served: false for this version';
  return {
    found: `${nameOf(api)}: the ${definition.source} of this change at ${formatPlace(place)} ${what}.`,
    advice: 'Serve it there, or use a version that is served.',
  };
}

function explainRejected(api: Api, { definition, place, why, by }: Rejected, { before }: Change): Explanation {
  const { source, groupVersion } = definition;
  const found = `${nameOf(api)} is not served, and the ${source} of this change at ${formatPlace(place)} does not bring it: ${why}.`;
  if (by === 'server') return { found, advice: `Correct that ${source}.` };
  const other = before.groupVersionsOfKind(source).find(({ group }) => group === groupVersion?.group);
  return {
    found,
    advice:
      other === undefined
        ? `Install what brings ${source} on this cluster first.`
        : `Write that ${source} for ${formatGroupVersion(other)}, which this cluster serves.`,
  };
}

const MOST_PLACES = 5;

/** What a person needs who looked in the wrong place: where it is instead, what became of it, what it may have been a slip for. */
function explainNotServed(api: Api, level: Level, context: Explaining): Explanation {
  const { served, near } = context;
  const history = historyOf(api, served);
  const elsewhere = elsewhereOf(api, served);
  const replacement = history?.replacement && formatGroupVersion(history.replacement.name);
  const others = elsewhere.map(formatGroupVersion).filter((groupVersion) => groupVersion !== replacement);
  const found = [
    whereItEnds(api, level, context),
    ...(history === undefined ? [] : [history.found]),
    ...(others.length === 0
      ? []
      : [`${whoServes(elsewhere, context)} ${memberOf(api)} in ${others.slice(0, MOST_PLACES).join(', ')}.`]),
  ];
  if (history !== undefined) return { found: found.join(' '), advice: history.advice };
  const slips = elsewhere.length === 0 ? near.of(api, level) : [];
  return { found: found.join(' '), advice: adviceOn(api, level, elsewhere, slips, context) };
}

/** The subject and verb of a sentence about what is served: not all of it may be there before the change is. */
function whoServes(places: readonly GroupVersion[], { change: { before } }: Explaining, verb = 'serves'): string {
  return places.every((groupVersion) => before.resources(groupVersion) !== undefined)
    ? `This cluster ${verb}`
    : `With this change applied, this cluster ${verb}`;
}

function whereItEnds(api: Api, level: Level, context: Explaining): string {
  const { served } = context;
  const name = nameOf(api);
  const group = groupOf(api) === '' ? 'the core group' : groupOf(api);
  switch (level) {
    case 'group':
      if (api.kind === 'group') return `No version of ${group} is served.`;
      return `${name} is not served; no version of ${group} is.`;
    case 'version': {
      const versions = (served.group(groupOf(api))?.versions ?? []).map(({ version }) => version);
      const places = versions.map((version) => ({ group: groupOf(api), version }));
      const subject = whoServes(places, context).replace(/^This/, 'this').replace(/^With/, 'with');
      return `${name} is not served; of ${group}, ${subject} ${versions.join(', ')}.`;
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
function elsewhereOf(api: Api, served: ServedApis): readonly GroupVersion[] {
  if (api.kind !== 'kind' && api.kind !== 'resource') return [];
  const places = api.kind === 'kind' ? served.groupVersionsOfKind(api.name) : served.groupVersionsOfResource(api.name);
  const isForeign = ({ group }: GroupVersion) => Number(group !== api.groupVersion.group);
  return places.toSorted((left, right) => isForeign(left) - isForeign(right));
}

/**
 * What to do where history does not say it. The same name in another place is more likely meant than a name that is spelled alike; and where a group may be
 * somebody's own, bringing it is as likely as either.
 */
function adviceOn(
  api: Api,
  level: Level,
  elsewhere: readonly GroupVersion[],
  slips: readonly string[],
  context: Explaining,
): string {
  const { served } = context;
  const group = groupOf(api);
  const [first] = elsewhere;
  const isOwn = group.includes('.') && !isBuiltInGroup(group);
  if (slips.length > 0) {
    const guess = `Did you mean ${slips.join(' or ')}?`;
    return isOwn && level === 'group' ? `${guess} ${otherwise(bring(api, level, context))}` : guess;
  }
  if (first !== undefined) {
    const other = `${formatGroupVersion(first)}/${memberOf(api)}`;
    const use = `Use ${other} if that is what is meant.`;
    return isOwn && first.group !== group ? `${use} ${otherwise(bring(api, level, context))}` : use;
  }
  const [newest] = served.group(group)?.versions ?? [];
  if (api.kind === 'group-version' && newest !== undefined) {
    const other = formatGroupVersion({ group, version: newest.version });
    return `Use ${other}; or, where either will do, require ${other} | ${groupVersionNameOf(api)}.`;
  }
  if (isOwn) return bring(api, level, context);
  return level === 'group'
    ? 'kubectl api-versions lists what this cluster serves.'
    : `kubectl api-resources --api-group=${group === '' ? "''" : group} lists what this cluster serves.`;
}

function otherwise(advice: string): string {
  return `If not, ${advice.charAt(0).toLowerCase()}${advice.slice(1)}`;
}

/** The name of a CustomResourceDefinition, which reads as a group: a plural, and a domain. */
const DEFINITION_NAME = /^[a-z0-9-]+s\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;

/** The ways in which an API that comes with no server gets there, or is not needed. */
function bring(api: Api, level: Level, { fromFile }: Explaining): string {
  const group = groupOf(api);
  const first =
    level === 'group'
      ? `Install what brings ${group} on this cluster first`
      : `Update what brings ${group} on this cluster`;
  const cover = 'let manifests cover its CustomResourceDefinition, if this change brings it';
  if (fromFile) return `${first}; or ${cover}; or exclude the file, if it is not meant for this cluster.`;
  const [, rest] = DEFINITION_NAME.exec(group) ?? [];
  const isName = api.kind === 'group' && rest !== undefined;
  const other = isName ? ` If ${group} is the name of a CustomResourceDefinition, its group is ${rest}.` : '';
  return `${first}; or ${cover}.${other}`;
}
