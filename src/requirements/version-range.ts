import validRange from 'semver/ranges/valid.js';
import type { Problem } from '../model/place.ts';
import { formatRequirement, type Requirement } from '../model/requirement.ts';

const PLACE = { kind: 'input', input: 'server-version' } as const;

/** Reads the input `server-version`: a semver range, for example `>=1.29 <1.38`. `''` requires nothing. */
export function parseServerVersion(text: string): {
  readonly requirements: readonly Requirement[];
  readonly problems: readonly Problem[];
} {
  const range = text.trim().replace(/\s+/g, ' ');
  if (range === '') return { requirements: [], problems: [] };
  if (isRange(range)) return { requirements: [serverVersionRequirement(range)], problems: [] };
  const nearest = nearestRange(range);
  const hint =
    nearest === undefined ? 'Write for example >=1.29, 1.30.x, or >=1.29 <1.38.' : `Did you mean ${nearest}?`;
  return { requirements: [], problems: [{ place: PLACE, message: `"${range}" is no semver range.`, hint }] };
}

/** Semver takes an empty alternative for any version: what a variable leaves behind that is not set would then hold for ever. */
function isRange(range: string): boolean {
  return range.split('||').every((alternative) => alternative.trim() !== '') && validRange(range) !== null;
}

/** The requirement that a valid range makes. */
function serverVersionRequirement(range: string): Requirement {
  const anyOf = [{ kind: 'server-version', range }] as const;
  return { text: formatRequirement({ anyOf, negated: false }), anyOf, negated: false, place: PLACE };
}

/** Ranges as Go's and Ruby's tools write them, and slips of the finger. */
function nearestRange(range: string): string | undefined {
  const candidate = range
    .replace(/["'“”‘’]/g, '')
    .replace(/=>/g, '>=')
    .replace(/=</g, '<=')
    .replace(/≥/g, '>=')
    .replace(/≤/g, '<=')
    .replace(/~>/g, '~')
    .replace(/(?<=\d),(?=\d)/g, '.')
    .replace(/\b(\d+(?:\.\d+)*)\+/g, '>=$1')
    .replace(/\s*(?:,|&&|\band\b)\s*/gi, ' ')
    .replace(/\s+or\s+|\s+\|\s+/gi, ' || ')
    .split('||')
    .map((alternative) => alternative.trim())
    .filter((alternative) => alternative !== '')
    .join(' || ');
  return candidate !== range && isRange(candidate) ? candidate : undefined;
}
