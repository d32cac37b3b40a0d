import type { Definition } from '../model/definition.ts';
import { significantLines } from '../model/lines.ts';
import type { Place, Problem } from '../model/place.ts';
import { type Api, formatRequirement, type Requirement } from '../model/requirement.ts';
import { readLine } from './grammar.ts';
import { nearestForm, severalOn } from './grammar-repair.ts';

/**
 * Reads the input `provides`: group-versions, kinds and resources that something else brings, one per line, each as a requirement names it.
 *
 * @param text as it stands in the workflow, not trimmed: its lines are counted
 */
export function parseProvides(text: string): {
  readonly definitions: readonly Definition[];
  readonly problems: readonly Problem[];
} {
  const { requirements, problems } = parseRequirements(text, 'provides');
  const refused: Problem[] = [...problems];
  const definitions = requirements.flatMap(({ anyOf, negated, place, text: line }): readonly Definition[] => {
    const [api] = anyOf;
    const isSimple = anyOf.length === 1 && !negated && !('verbs' in api && api.verbs.length > 0);
    const definition = isSimple ? definitionOf(api, place) : undefined;
    if (definition !== undefined) return [definition];
    refused.push({
      place,
      message: `${shown(line)} does not name one group-version, kind or resource.`,
      hint: 'Write for example cert-manager.io/v1 or cert-manager.io/v1/Certificate, each on a line of its own.',
    });
    return [];
  });
  return { definitions, problems: refused };
}

function definitionOf(api: Api, place: Place): Definition | undefined {
  if (api.kind === 'group-version') return { kind: 'group-version', source: PROVIDES, brings: api.groupVersion, place };
  if (api.kind !== 'kind' && api.kind !== 'resource') return undefined;
  const { group, version } = api.groupVersion;
  const [plural = '', subresource] = api.kind === 'resource' ? api.name.split('/') : [];
  if (subresource !== undefined) return undefined;
  const kind = api.kind === 'kind' ? api.name : '';
  return {
    kind: 'kind',
    source: PROVIDES,
    group,
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List`, shortNames: [], categories: [] },
    namespaced: undefined,
    versions: [{ name: version, served: true, deprecated: false, subresources: [], place }],
    isWhole: false,
    place,
  };
}

const PROVIDES = 'provides';

const LONGEST_SHOWN = 80;

/**
 * Reads requirements, one per line. A line that says what an earlier one said is left out, so that each is judged and reported once,
 * with the place where it stands first.
 *
 * @param text as it stands in the workflow, not trimmed: its lines are counted
 * @param input the name of the input, for the places of requirements and problems
 */
export function parseRequirements(
  text: string,
  input = 'require',
): { readonly requirements: readonly Requirement[]; readonly problems: readonly Problem[] } {
  const requirements = new Map<string, Requirement>();
  const problems: Problem[] = [];
  for (const { number, text: line } of significantLines(text)) {
    const place = { kind: 'input', input, line: number } as const;
    const reading = readLine(line);
    if (reading.kind === 'error') {
      const hint = hintFor(line);
      problems.push({
        place,
        message: `${shown(line)} is not a valid requirement: ${reading.reason}.`,
        hint,
      });
      continue;
    }
    const { anyOf, negated } = reading;
    const name = formatRequirement(reading);
    if (!requirements.has(name)) requirements.set(name, { text: name, anyOf, negated, place });
  }
  return { requirements: [...requirements.values()], problems };
}

/** The name of a CustomResourceDefinition, which reads as a group. */
const DEFINITION_NAME = /^!?([a-z0-9-]+s)\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;

function hintFor(line: string): string | undefined {
  const [, plural, rest] = DEFINITION_NAME.exec(line) ?? [];
  if (plural !== undefined && rest !== undefined) {
    const not = line.startsWith('!') ? '!' : '';
    return `For the resource ${plural} of the group ${rest}, write ${not}${rest}/VERSION/${plural}; for any version of the group ${plural}.${rest}, write ${not}${plural}.${rest}/*.`;
  }
  const several = severalOn(line);
  if (several !== undefined) return `Put each on a line of its own: ${several.join(' and ')}.`;
  const nearest = nearestForm(line);
  return nearest === undefined
    ? 'Write for example apps/v1, apps/v1/Deployment, v1/pods/exec, apps/v1/Deployment verbs=create or gateway.networking.k8s.io/*.'
    : `Did you mean ${formatRequirement(nearest)}?`;
}

/** A line in quotes, without control characters, cut when long. */
function shown(line: string): string {
  const visible = line.replace(/[\p{C}\s]+/gu, ' ');
  return visible.length > LONGEST_SHOWN ? `"${visible.slice(0, LONGEST_SHOWN)}…"` : `"${visible}"`;
}
