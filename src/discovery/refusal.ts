import { GateError } from '../model/errors.ts';
import type { DiscoveryEndpoint, Gap } from '../model/snapshot.ts';
import type { Refusal } from './reply.ts';

/** A refusal that leaves nothing to judge with, as the error that ends the cluster's run. */
export function errorOf(refusal: Refusal): GateError {
  const options = { hint: refusal.hint };
  const message = `${refusal.message}.`;
  switch (refusal.reason) {
    case 'unauthorized':
    case 'forbidden':
      return new GateError('denied', refusal.reason, message, options);
    case 'not-found':
    case 'invalid':
      return new GateError('unreachable', 'not-an-api-server', message, options);
    default:
      return new GateError('unreachable', 'api-server-unavailable', message, options);
  }
}

/** What weighs more of different reasons: the one that a person can fix. */
const WEIGHT: Readonly<Record<Refusal['reason'], number>> = {
  unauthorized: 5,
  forbidden: 4,
  unavailable: 3,
  stale: 2,
  invalid: 1,
  'not-found': 0,
};

/** The error of a cluster that refused both endpoints; it tells of both. */
export function errorOfBoth(api: Refusal, apis: Refusal): GateError {
  return errorOf({ ...heavier(api, apis), message: `${api.message}; ${apis.message}` });
}

/** The error of a cluster that lists group-versions and gives the resources of none; it tells of one. */
export function errorOfAll(refusals: readonly [Refusal, ...Refusal[]]): GateError {
  const heaviest = refusals.reduce(heavier);
  const count = refusals.length === 1 ? 'The one group-version' : `None of the ${refusals.length} group-versions`;
  const found = refusals.length === 1 ? 'that is listed could not be read' : 'that are listed could be read';
  return errorOf({ ...heaviest, message: `${count} ${found}: ${heaviest.message}` });
}

function heavier(first: Refusal, second: Refusal): Refusal {
  return WEIGHT[second.reason] > WEIGHT[first.reason] ? second : first;
}

/** A refusal of one endpoint, when the others answered. */
export function endpointGap(endpoint: DiscoveryEndpoint, refusal: Refusal): Gap {
  return { kind: 'endpoint', endpoint, reason: gapReason(refusal), message: refusal.message };
}

/** A refusal of one group-version. */
export function groupVersionGap(groupVersion: string, refusal: Refusal): Gap {
  return { kind: 'group-version', groupVersion, reason: gapReason(refusal), message: refusal.message };
}

function gapReason({ reason }: Refusal): Gap['reason'] {
  return reason === 'unauthorized' ? 'forbidden' : reason;
}
