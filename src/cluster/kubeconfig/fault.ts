import { GateError } from '../../model/errors.ts';
import type { Place } from '../../model/place.ts';

/** One thing wrong with the configuration of a cluster or a user. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What an entry gives access to, or all that is wrong with it. */
export type ReadEntry<Access> = { readonly access: Access } | { readonly faults: readonly Fault[] };

/**
 * What an entry gives access to.
 * @throws GateError `invalid-input` that tells of all its faults
 */
export function accessOf<Access>(read: ReadEntry<Access>, place: Place): Access {
  if ('access' in read) return read.access;
  throw faultsError(read.faults, place);
}

/** All that is wrong, told at once so that nobody fixes one line per run, under the first fault's code. */
export function faultsError(faults: readonly Fault[], place: Place): GateError {
  const code = faults[0]?.code ?? 'kubeconfig';
  return new GateError('invalid-input', code, faults.map(({ message }) => message).join('; '), {
    hint: [...new Set(faults.map(({ hint }) => hint))].join(' '),
    problems: faults.map(({ message, hint }) => ({ place, message, hint })),
  });
}
