import validRange from 'semver/ranges/valid.js';
import type { Problem } from '../model/place.ts';
import { formatRequirement, type Requirement } from '../model/requirement.ts';

const PLACE = { kind: 'input', input: 'server-version' } as const;

/** Reads the input `server-version`: a semver range, for example `>=1.29 <1.38`. `''` requires nothing. */
export function parseServerVersion(text: string): {
  readonly requirements: readonly Requirement[];
  readonly problems: readonly Problem[];
} {
  const range = withoutZero(text.trim().replace(/\s+/g, ' '));
  if (range === '') return { requirements: [], problems: [] };
  const suffix = suffixIn(range);
  if (suffix !== undefined) return { requirements: [], problems: [suffixProblem(range, suffix)] };
  if (/^\d\.\d$/.test(range)) return { requirements: [], problems: [numberProblem(range)] };
  if (isRange(range)) return { requirements: [serverVersionRequirement(range)], problems: [] };
  const nearest = nearestRange(range);
  const hint =
    nearest === undefined ? 'Write for example >=1.29, 1.30.x, or >=1.29 <1.38.' : `Did you mean ${nearest}?`;
  return { requirements: [], problems: [{ place: PLACE, message: `"${range}" is not a semver range.`, hint }] };
}

/** Nobody runs 1.3: it is what YAML makes of 1.30 without quotes. */
function numberProblem(range: string): Problem {
  return {
    place: PLACE,
    message: `"${range}" is not a plausible Kubernetes version.`,
    hint: `YAML reads ${range}0 without quotes as the number ${range}: put it in quotes, '${range}0', or write '>=${range}0' for that and newer ones.`,
  };
}

/** A version of a range, and what follows its numbers: `-gke.200`, `+k3s1`, `-alpha.2`. */
const WITH_SUFFIX = /(?<![\w.+-])v?\d+(?:\.(?:\d+|[xX*])){0,2}([-+][0-9A-Za-z][^\s|]*)/g;

/** `-0`, which Helm charts write for "pre-releases too", says what holds here without it: a pre-release counts as its release. */
function withoutZero(range: string): string {
  return range.replace(WITH_SUFFIX, (version: string, suffix: string) =>
    suffix === '-0' ? version.slice(0, -suffix.length) : version,
  );
}

/** The first suffix in a range. A server's own is dropped before it is compared, so a range with one would not mean what it says. */
function suffixIn(range: string): string | undefined {
  return [...range.matchAll(WITH_SUFFIX)].map(([, suffix = '']) => suffix)[0];
}

function suffixProblem(range: string, suffix: string): Problem {
  const [, upper] = /^-v?(\d+\.[\d.]+)$/.exec(suffix) ?? [];
  const nearest =
    upper === undefined
      ? range.replace(WITH_SUFFIX, (version: string, own: string) => version.slice(0, -own.length))
      : range.replace(suffix, ` - ${upper}`);
  return {
    place: PLACE,
    message:
      upper === undefined
        ? `"${range}" names the suffix ${suffix}, and only the numbers of versions are compared: v1.33.1-gke.100 counts as 1.33.1.`
        : `"${range}" is not a semver range: a hyphen between two versions needs a space on either side.`,
    hint: isRange(nearest) ? `Write ${nearest}.` : 'Leave suffixes out.',
  };
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
