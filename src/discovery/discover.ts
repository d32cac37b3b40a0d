/**
 * What a cluster serves, asked of its discovery endpoints: as a snapshot with gaps for the gate, and as client-go would give it for comparison.
 */

import type { ApiConnection } from '../cluster/cluster.ts';
import { GateError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Clock, Log } from '../model/world.ts';
import { askEndpoint, type EndpointAnswer, holdToEndpoint } from './endpoint.ts';
import { groupVersionsToAsk, halfOf, joinHalves, validatorOf } from './groups.ts';
import { EVERYTHING, type Needs, unneeded } from './needs.ts';
import { errorOf, errorOfAll, errorOfBoth } from './refusal.ts';
import type { Refusal } from './reply.ts';
import { askResources } from './resource-lists.ts';
import { askVersion } from './version.ts';

export type { Needs } from './needs.ts';
export { serverResourcesForGroupVersion } from './resource-lists.ts';
export { serverGroups } from './server-groups.ts';

export interface DiscoverOptions {
  readonly clock: Clock;
  /** An earlier snapshot of the same cluster: a half of it that the server says is unchanged is taken over. */
  readonly previous?: Snapshot | undefined;
  readonly log: Log;
  /** What the caller is waiting for; everything, where it does not say. */
  readonly needs?: Needs | undefined;
}

export interface Discovery {
  readonly snapshot: Snapshot;
  /** How many of the two listings are those of `previous`, as the server confirmed. */
  readonly confirmed: 0 | 1 | 2;
}

/**
 * Asks the cluster what it serves.
 *
 * What one endpoint or one group-version fails to answer is a gap. With no listing at all, or no resources of anything listed, there is nothing to judge
 * with, and that is an error, as are credentials that are not accepted and a connection that fails on a listing.
 *
 * @throws GateError `denied` or `unreachable`.
 */
export async function discover(connection: ApiConnection, options: DiscoverOptions): Promise<Discovery> {
  const { clock, log } = options;
  let attempt = await discoverOnce(connection, options);
  if (attempt.refusals.some(({ reason }) => reason === 'not-found')) {
    // A group-version that is listed and then not found was taken away in between, or has not quite come: the second listing tells.
    log.debug('a listed group-version was not found: asking for the listing once more');
    await clock.sleep(SECOND_TRY_MS * (1 + clock.random()), new AbortController().signal);
    const first = attempt;
    attempt = await discoverOnce(connection, options).catch((cause: unknown) => {
      // The time may be over by now; what the first try found still stands, with its gaps.
      if (cause instanceof GateError && cause.outcome === 'unreachable') return first;
      throw cause;
    });
  }
  const [refusal, ...others] = attempt.refusals;
  if (refusal !== undefined && attempt.refusals.length === attempt.asked) throw errorOfAll([refusal, ...others]);
  return attempt.discovery;
}

/** Between the two tries: this long at least, and twice as long at most, in milliseconds. */
const SECOND_TRY_MS = 150;

interface Attempt {
  readonly discovery: Discovery;
  /** How many group-versions were asked for their resources. */
  readonly asked: number;
  /** Of those, the ones that gave none. */
  readonly refusals: readonly Refusal[];
}

async function discoverOnce(connection: ApiConnection, options: DiscoverOptions): Promise<Attempt> {
  const { clock, previous, log, needs = EVERYTHING } = options;
  const takenAt = clock.now();
  const patience = unneeded(needs.version, clock);
  const askingVersion = askVersion(connection, patience);
  // Avoid an unhandled rejection where the listings fail first.
  askingVersion.catch(() => undefined);
  const [apiAnswer, apisAnswer] = await Promise.all([
    askEndpoint(connection, '/api', validatorOf('/api', previous)),
    askEndpoint(connection, '/apis', validatorOf('/apis', previous)),
  ]);
  const api = holdToEndpoint('/api', apiAnswer);
  const apis = holdToEndpoint('/apis', apisAnswer);
  throwIfUnusable(api, apis);
  log.debug(`/api: ${describe(api)}; /apis: ${describe(apis)}`);

  const apiHalf = halfOf('/api', api, previous);
  const apisHalf = halfOf('/apis', apis, previous);
  const toAsk = groupVersionsToAsk(apiHalf, apisHalf);
  if (toAsk.length > 0) log.debug(`asking ${toAsk.length} group-versions for their resources`);
  // Counted from here: before it there are credentials to acquire, and connections to open.
  patience.start();
  const asked = await askResources(connection, toAsk, { clock, needs });
  const { groups, gaps, validators } = joinHalves(apiHalf, apisHalf, asked);

  const version = await askingVersion;
  const snapshot: Snapshot = {
    takenAt,
    groups,
    ...(version.kind === 'known' ? { version: version.version } : {}),
    gaps: version.kind === 'known' ? gaps : [...gaps, version.gap],
    validators,
  };
  return {
    discovery: { snapshot, confirmed: confirmedOf(api, apis) },
    asked: asked.size,
    refusals: [...asked.values()].flatMap((answer) => (answer.kind === 'refused' ? answer.refusal : [])),
  };
}

function confirmedOf(api: EndpointAnswer, apis: EndpointAnswer): Discovery['confirmed'] {
  if (api.kind === 'not-modified') return apis.kind === 'not-modified' ? 2 : 1;
  return apis.kind === 'not-modified' ? 1 : 0;
}

function throwIfUnusable(api: EndpointAnswer, apis: EndpointAnswer): void {
  for (const answer of [api, apis]) {
    if (answer.kind === 'refused' && answer.refusal.reason === 'unauthorized') throw errorOf(answer.refusal);
  }
  if (api.kind === 'refused' && apis.kind === 'refused') throw errorOfBoth(api.refusal, apis.refusal);
}

function describe(answer: EndpointAnswer): string {
  switch (answer.kind) {
    case 'not-modified':
      return 'not modified';
    case 'refused':
      return answer.refusal.message;
    case 'listed':
      return `${answer.listing.groups.length} groups, ${answer.listing.format}`;
  }
}
