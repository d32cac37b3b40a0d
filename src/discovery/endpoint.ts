import type { ApiConnection } from '../cluster/cluster.ts';
import { decodeApiVersions, decodeGroupList } from '../model/api-documents.ts';
import type { APIGroup } from '../model/api-objects.ts';
import { type AggregatedGroup, decodeAggregated } from './aggregated.ts';
import { discoveryAccept, discoveryFormat } from './media-type.ts';
import { INVALID_HINT, quote, type Refusal, type Reply, readReply } from './reply.ts';

/** The two endpoints that list groups: `/api` the core group, `/apis` all others. */
export type ListingEndpoint = '/api' | '/apis';

/** The groups of one endpoint, in the form in which its answer came. */
export type Listing =
  | { readonly format: 'aggregated'; readonly groups: readonly AggregatedGroup[]; readonly etag?: string | undefined }
  | { readonly format: 'plain'; readonly groups: readonly APIGroup[] };

/** What one endpoint answered; `not-modified` only where a validator was sent. */
export type EndpointAnswer =
  | { readonly kind: 'listed'; readonly listing: Listing }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Asks one endpoint for its groups. `validator` is the ETag of an aggregated document that the caller still holds.
 *
 * @throws GateError when the connection gave no answer.
 */
export async function askEndpoint(
  connection: ApiConnection,
  endpoint: ListingEndpoint,
  validator?: string,
): Promise<EndpointAnswer> {
  const response = await connection.get({
    path: endpoint,
    accept: discoveryAccept,
    ifNoneMatch: validator,
  });
  if (response.status === 304 && validator !== undefined) return { kind: 'not-modified' };
  const answer: Reply<Listing> = readReply(endpoint, response, (document) => {
    if (discoveryFormat(response.contentType) === 'plain') {
      return { format: 'plain', groups: endpoint === '/api' ? decodeApiVersions(document) : decodeGroupList(document) };
    }
    const groups = decodeAggregated(document);
    return { format: 'aggregated', groups, etag: response.etag };
  });
  return answer.kind === 'refused' ? answer : { kind: 'listed', listing: answer.value };
}

/**
 * Holds an answer to its endpoint: `/api` lists the core group alone, `/apis` named groups alone and at least one, and each version has a name. An answer
 * of the other endpoint, or an empty one, which a proxy can give, would otherwise read as a cluster that does not serve what was never listed.
 */
export function holdToEndpoint(endpoint: ListingEndpoint, answer: EndpointAnswer): EndpointAnswer {
  if (answer.kind !== 'listed') return answer;
  const complaint = complaintAbout(endpoint, answer.listing.groups);
  if (complaint === undefined) return answer;
  return {
    kind: 'refused',
    refusal: { reason: 'invalid', message: `GET ${endpoint} answered with ${quote(complaint)}`, hint: INVALID_HINT },
  };
}

interface NamedGroup {
  readonly name: string;
  readonly versions: readonly { readonly version: string }[];
}

/** Ten times as many as the largest clusters have: a listing without resources has each of them asked for. */
const MOST_GROUP_VERSIONS = 10_000;

function complaintAbout(endpoint: ListingEndpoint, groups: readonly NamedGroup[]): string | undefined {
  const listed = groups.reduce((sum, { versions }) => sum + Math.max(1, versions.length), 0);
  if (listed > MOST_GROUP_VERSIONS) return `${listed} group-versions, and no more than ${MOST_GROUP_VERSIONS} are read`;
  if (endpoint === '/apis' && groups.length === 0) return 'no group at all';
  for (const { name, versions } of groups) {
    if (endpoint === '/api' && name !== '') return `the group ${JSON.stringify(name)}, which does not belong there`;
    if (endpoint === '/apis' && name === '') return 'a group without a name';
    if (versions.some(({ version }) => version === ''))
      return `a version without a name in group ${JSON.stringify(name)}`;
  }
  return undefined;
}
