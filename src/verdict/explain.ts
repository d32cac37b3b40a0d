import { assertNever } from '../model/assert-never.ts';
import { formatPlace } from '../model/place.ts';
import type { Api } from '../model/requirement.ts';
import type { Gap, Resource } from '../model/snapshot.ts';
import type { Source } from './change.ts';
import { explainAbsence } from './explain-absence.ts';
import { adviceOnGap, describeGap } from './explain-gap.ts';
import type { Explaining, Explanation } from './explanation.ts';
import { nameOf } from './naming.ts';
import type { ServedApis } from './served-apis.ts';
import type { ApiStanding } from './standing.ts';

/** Says of one API how it stands on a cluster. */
export function explain(api: Api, standing: ApiStanding, context: Explaining): Explanation {
  switch (standing.kind) {
    case 'served':
      return { found: explainServed(api, standing.resource, context.served) };
    case 'provided':
      return { found: explainProvided(api, standing.by) };
    case 'missing':
      return explainAbsence(api, standing.absence, context);
    case 'unknown':
      return explainUnknown(api, standing.gaps, context.served);
    default:
      return assertNever(standing);
  }
}

function explainProvided(api: Api, { definition: { source }, place }: Source): string {
  if (source === 'provides') return `${nameOf(api)} is brought by something else, as ${formatPlace(place)} says.`;
  const article = /^[AEIO]/.test(source) ? 'an' : 'a';
  return `${nameOf(api)} is brought by this change itself: ${article} ${source} at ${formatPlace(place)}.`;
}

/** Says of an API that is there that it must not be. */
export function explainPresence(
  api: Api,
  standing: Extract<ApiStanding, { kind: 'served' | 'provided' }>,
): Explanation {
  if (standing.kind === 'provided') {
    return {
      found: `${nameOf(api)} must not be served, and this change brings it: ${formatPlace(standing.by.place)}.`,
      advice: 'Take it out of the change, or drop the requirement.',
    };
  }
  return {
    found: `${nameOf(api)} is served, and must not be.`,
    advice: 'Take it out of service on this cluster, or drop the requirement.',
  };
}

function explainServed(api: Api, resource: Resource | undefined, served: ServedApis): string {
  switch (api.kind) {
    case 'server-version':
      return `The server is ${served.version?.gitVersion}, which is in ${api.range}.`;
    case 'group': {
      const versions = served.group(api.group)?.versions ?? [];
      return `${api.group} is served in ${versions.map(({ version }) => version).join(', ')}.`;
    }
    case 'resource':
      return `${nameOf(api)} is served${resource === undefined || resource.name === api.name ? '' : `, as ${resource.name}`}.`;
    default:
      return `${nameOf(api)} is served.`;
  }
}

function explainUnknown(api: Api, gaps: readonly Gap[], { version }: ServedApis): Explanation {
  const asked = api.kind === 'server-version' ? `its version is in ${api.range}` : `${nameOf(api)} is served`;
  const [first] = gaps;
  if (first !== undefined) {
    return {
      found: `The cluster did not tell whether ${asked}: ${gaps.map(describeGap).join('; ')}.`,
      advice: adviceOnGap(first),
    };
  }
  const said = version === undefined ? 'said no version' : `calls itself ${JSON.stringify(version.gitVersion)}`;
  return { found: `The server ${said}, which does not tell whether ${asked}.` };
}
