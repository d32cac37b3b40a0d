import { significantLines } from '../model/lines.ts';
import type { Problem } from '../model/place.ts';
import { formatRequirement, type Requirement } from '../model/requirement.ts';
import { readLine } from './grammar.ts';
import { nearestForm, severalOn } from './grammar-repair.ts';

const LONGEST_SHOWN = 80;

/**
 * Reads requirements, one a line. A line that says what an earlier one said is left out, so that each is judged and reported once,
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
        message: `${shown(line)} is no requirement: ${reading.reason}.`,
        ...(hint === undefined ? {} : { hint }),
      });
      continue;
    }
    const { anyOf, negated } = reading;
    const name = formatRequirement(reading);
    if (!requirements.has(name)) requirements.set(name, { text: name, anyOf, negated, place });
  }
  return { requirements: [...requirements.values()], problems };
}

function hintFor(line: string): string | undefined {
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
