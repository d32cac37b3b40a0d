import { GateError } from '../model/errors.ts';
import type { Place } from '../model/place.ts';

/** One thing wrong with the configuration of a cluster or a user. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/**
 * Throws what is wrong, all of it at once, so that nobody mends one line a run; does nothing when nothing is.
 * @throws GateError `invalid-input` under the first fault's code
 */
export function throwFaults(faults: readonly Fault[], place: Place): void {
  const [first] = faults;
  if (first === undefined) return;
  throw new GateError('invalid-input', first.code, faults.map(({ message }) => message).join('; '), {
    hint: [...new Set(faults.map(({ hint }) => hint))].join(' '),
    problems: faults.map(({ message, hint }) => ({ place, message, hint })),
  });
}
