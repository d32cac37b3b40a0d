import { assertNever } from '../model/assert-never.ts';
import { formatDuration } from '../model/duration.ts';
import type { Outcome } from '../model/errors.ts';
import { formatPlace, type Place } from '../model/place.ts';
import type { ManifestObject } from '../model/requirement.ts';
import type { CacheUse } from '../model/verdict.ts';

/** `1 file`, `3 files`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}

/** `a`, `a and b`, `a, b and 3 more`: at most `shown` names, and `more` for the others. */
export function list(names: readonly string[], shown = 3, more = 'more'): string {
  if (names.length > shown) return `${names.slice(0, shown).join(', ')} and ${names.length - shown} ${more}`;
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** How the answers were obtained, with their age where they were not asked just now. */
export function source(cache: CacheUse, ageMs: number | undefined): string {
  switch (cache) {
    case 'hit':
      return ageMs === undefined ? 'from the cache' : `from the cache, ${formatDuration(ageMs)} old`;
    case 'revalidated':
      return 'from the cache, confirmed by the cluster';
    case 'rechecked':
      return 'found in the cache, asked again live';
    case 'file':
      return ageMs === undefined ? 'from a file' : `from a file, ${formatDuration(ageMs)} old`;
    case 'miss':
    case 'off':
      return 'asked live';
    default:
      return assertNever(cache);
  }
}

/** `line 3 of require`, or `deploy/web.yaml:12:5`. */
export function where(place: Place): string {
  if (place.kind === 'file') return formatPlace(place);
  const where = place.line === undefined ? `input ${place.input}` : `line ${place.line} of ${place.input}`;
  return place.repository === undefined ? where : `${where} in ${place.repository}`;
}

/** `web in shop`; empty where there is no object, or where it has no name. */
export function objectName(object: ManifestObject | undefined): string {
  if (object === undefined || object.name === '') return '';
  return object.namespace === undefined ? object.name : `${object.name} in ${object.namespace}`;
}

/** `message` led by what it is about, unless it says so itself: as `apps/v1/Deployment`, or as `apps/v1 Deployment`. */
export function named(subject: string, message: string): string {
  const spoken = subject.replace(/\/(?=[A-Z])/, ' ');
  return message.includes(subject) || message.includes(spoken) ? message : `${subject}: ${message}`;
}

export const OUTCOME_WORD: Readonly<Record<Outcome, string>> = {
  compatible: 'Compatible',
  incompatible: 'Incompatible',
  undetermined: 'Undetermined',
  unreachable: 'Unreachable',
  denied: 'Denied',
  'invalid-input': 'Invalid input',
  'internal-error': 'Internal error',
};
