import type { ApiConnection } from '../cluster/cluster.ts';
import type { APIGroup, APIGroupList } from '../model/api-objects.ts';
import { toAPIGroup } from './aggregated.ts';
import { askEndpoint, type EndpointAnswer } from './endpoint.ts';
import { errorOf } from './refusal.ts';

/**
 * The groups that the cluster serves, as client-go's `ServerGroups` returns them: core first, then the server's order; without stale versions; an
 * endpoint that answers 403 or 404 counts as one without groups.
 *
 * That silence is client-go's and not the gate's: `discover` gives the same answers with their gaps.
 *
 * @throws GateError when an endpoint fails in any other way.
 * @see client-go v0.25 discovery/discovery_client.go ServerGroups; later forms tolerate less
 */
export async function serverGroups(connection: ApiConnection): Promise<APIGroupList> {
  const [api, apis] = await Promise.all([askEndpoint(connection, '/api'), askEndpoint(connection, '/apis')]);
  return { groups: [...groupsOf(api), ...groupsOf(apis)] };
}

function groupsOf(answer: EndpointAnswer): readonly APIGroup[] {
  if (answer.kind === 'not-modified') return [];
  if (answer.kind === 'refused') {
    const { reason } = answer.refusal;
    if (reason === 'forbidden' || reason === 'not-found') return [];
    throw errorOf(answer.refusal);
  }
  const { listing } = answer;
  return listing.format === 'aggregated' ? listing.groups.map(toAPIGroup) : listing.groups;
}
