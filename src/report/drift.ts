import type { ClusterVerdict, Drift, DriftChange } from '../model/verdict.ts';
import { count, list, objectName, where } from './phrases.ts';

/** A change in words: `lost policy/v1beta1 (PodDisruptionBudget)`. */
export function describeChange({ kind, what, api, from = '', to = '' }: DriftChange): string {
  switch (what) {
    case 'server-version':
      return `changed server version from ${from} to ${to}`;
    case 'preferred-version':
      return `changed preferred version of ${api} from ${from} to ${to}`;
    case 'kind':
    case 'scope':
    case 'verbs':
      return `changed ${what} of ${api} from ${from === '' ? 'none' : from} to ${to === '' ? 'none' : to}`;
    default: {
      const kinds = kind === 'lost' ? from : to;
      return `${kind} ${api}${kinds === '' ? '' : ` (${kinds})`}`;
    }
  }
}

const PLACES_NAMED = 3;

/** What of this change depends on it: `needed by policy/v1beta1/PodDisruptionBudget at deploy/web.yaml:1`; empty for nothing. */
export function describeNeed({ neededBy }: DriftChange): string {
  if (neededBy.length === 0) return '';
  const places = neededBy.map(({ place, object }) => {
    const name = objectName(object);
    return name === '' ? where(place) : `${where(place)} (${name})`;
  });
  const texts = list([...new Set(neededBy.map(({ text }) => text))]);
  return `needed by ${texts} at ${list(places, PLACES_NAMED)}`;
}

/** `2 lost, 1 changed, 3 gained`; or that nothing is different. */
export function driftInNumbers({ changes, unknown }: Drift): string {
  const of = (kind: DriftChange['kind']) => changes.filter((change) => change.kind === kind).length;
  const parts = (['lost', 'changed', 'gained'] as const)
    .filter((kind) => of(kind) > 0)
    .map((kind) => `${of(kind)} ${kind}`);
  const told = parts.length === 0 ? 'nothing changed' : parts.join(', ');
  return unknown.length === 0 ? told : `${told}; ${count(unknown.length, 'API')} could not be compared`;
}

/** `2026-01-01 00:00 UTC` */
export function momentOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The output `drift`: one change per line, led by its cluster. */
export function driftOutput(clusters: readonly ClusterVerdict[]): string {
  return clusters
    .flatMap(({ cluster, drift }) => (drift?.changes ?? []).map((change) => `${cluster}: ${describeChange(change)}`))
    .map((line) => line.replace(/\s*\n\s*/g, ' '))
    .join('\n');
}
