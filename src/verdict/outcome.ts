import type { Outcome } from '../model/errors.ts';
import type { Finding } from '../model/verdict.ts';

/** What the findings on one cluster come to. A finding that is only unknown leaves it undetermined; any other that fails decides. */
export function outcomeOf(findings: readonly Finding[]): 'compatible' | 'incompatible' | 'undetermined' {
  const failing = findings.filter(({ fails }) => fails);
  if (failing.length === 0) return 'compatible';
  return failing.some(({ met }) => met !== 'unknown') ? 'incompatible' : 'undetermined';
}

/** From the one that matters most to the one that all have to agree on. */
const SEVERITY: readonly Outcome[] = [
  'internal-error',
  'incompatible',
  'invalid-input',
  'denied',
  'unreachable',
  'undetermined',
  'compatible',
];

/** The one outcome of several; of none at all an internal error, as nothing was judged. */
export function combine(outcomes: readonly Outcome[]): Outcome {
  return SEVERITY.find((outcome) => outcomes.includes(outcome)) ?? 'internal-error';
}
