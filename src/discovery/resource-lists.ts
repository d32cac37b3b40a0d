import type { ApiConnection } from '../cluster/cluster.ts';
import { decodeResourceList } from '../model/api-documents.ts';
import type { APIResourceList } from '../model/api-objects.ts';
import { GateError } from '../model/errors.ts';
import { formatGroupVersion, type GroupVersion } from '../model/group-version.ts';
import type { Resource } from '../model/snapshot.ts';
import type { Clock } from '../model/world.ts';
import { plainAccept } from './media-type.ts';
import { givenUp, type Needs, type Unneeded, unneeded } from './needs.ts';
import { errorOf } from './refusal.ts';
import { INVALID_HINT, type Reply, readReply } from './reply.ts';
import { resourcesOf } from './resource.ts';

/** Group-versions asked at the same time: enough to hide the way to the server and back, few enough for its priority and fairness queues. */
const CONCURRENCY = 16;

/** In all the answers together, each of which has a limit of its own. The largest clusters have some 10,000. */
const MOST_RESOURCES = 200_000;

/**
 * The resources of one group-version, as client-go returns them: an absent `v1` has none.
 *
 * @throws GateError when the answer cannot be used; an empty `groupVersion` is `invalid-input`.
 * @see client-go discovery/discovery_client.go ServerResourcesForGroupVersion
 */
export async function serverResourcesForGroupVersion(
  connection: ApiConnection,
  groupVersion: string,
): Promise<APIResourceList> {
  if (groupVersion === '') {
    throw new GateError(
      'invalid-input',
      'empty-group-version',
      'The resources of an empty group-version were asked for.',
    );
  }
  const answer = await askResourceList(connection, groupVersion);
  if (answer.kind === 'accepted') return { ...answer.value, groupVersion: answer.value.groupVersion || groupVersion };
  if (groupVersion === 'v1' && answer.refusal.reason === 'not-found') return { groupVersion, resources: [] };
  throw errorOf(answer.refusal);
}

/** The resources of group-versions, or why there are none, each by its group-version as text, in the order in which they were listed. */
export type ResourceAnswers = ReadonlyMap<string, Reply<readonly Resource[]>>;

/**
 * Asks for the resources of each group-version, some at the same time.
 *
 * One that gives no answer at all is refused like one that answers with an error: behind its path may be a backend of its own, which hangs while the
 * cluster is well.
 *
 * @throws GateError when the credentials are not accepted, or when not one request was answered.
 * @see client-go discovery/discovery_client.go fetchGroupVersionResources
 */
export async function askResources(
  connection: ApiConnection,
  groupVersions: readonly GroupVersion[],
  options: { readonly clock: Clock; readonly needs: Needs },
): Promise<ResourceAnswers> {
  const answers: (readonly [groupVersion: string, Reply<readonly Resource[]>])[] = [];
  const unanswered: GateError[] = [];
  const waiting = groupVersions.entries();
  let resources = 0;
  const worker = async (): Promise<void> => {
    for (const [index, groupVersion] of waiting) {
      // By index, since the order of the answers says nothing.
      const name = formatGroupVersion(groupVersion);
      const patience = unneeded(options.needs.groupVersion(name), options.clock);
      const answer = await askResourcesOf(connection, groupVersion, patience, unanswered);
      if (answer.kind === 'accepted') resources += answer.value.length;
      answers[index] = [name, resources > MOST_RESOURCES ? tooMany(name) : answer];
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groupVersions.length) }, worker));
  const [first] = unanswered;
  if (first !== undefined && unanswered.length === groupVersions.length) throw first;
  return new Map(answers);
}

function tooMany(groupVersion: string): Reply<readonly Resource[]> {
  const message = `GET ${pathOf(groupVersion)} answered with resources that make more than ${MOST_RESOURCES} of all group-versions`;
  return { kind: 'refused', refusal: { reason: 'invalid', message, hint: INVALID_HINT } };
}

async function askResourcesOf(
  connection: ApiConnection,
  groupVersion: GroupVersion,
  patience: Unneeded,
  unanswered: GateError[],
): Promise<Reply<readonly Resource[]>> {
  const name = formatGroupVersion(groupVersion);
  patience.start();
  const answer = await askResourceList(connection, name, patience.signal)
    .catch((cause: unknown): Reply<APIResourceList> => {
      if (!(cause instanceof GateError) || cause.outcome !== 'unreachable') throw cause;
      const refused = patience.isOver() ? givenUp(pathOf(name), cause) : cause;
      unanswered.push(refused);
      return { kind: 'refused', refusal: { reason: 'unavailable', message: refused.message } };
    })
    .finally(patience.end);
  if (answer.kind === 'refused') {
    if (answer.refusal.reason === 'unauthorized') throw errorOf(answer.refusal);
    return answer;
  }
  const list = answer.value;
  if (list.groupVersion !== '' && list.groupVersion !== name) {
    const message = `GET ${pathOf(name)} answered with the resources of ${JSON.stringify(list.groupVersion)}`;
    return { kind: 'refused', refusal: { reason: 'invalid', message, hint: INVALID_HINT } };
  }
  return { kind: 'accepted', value: resourcesOf(list, groupVersion) };
}

async function askResourceList(
  connection: ApiConnection,
  groupVersion: string,
  signal?: AbortSignal,
): Promise<Reply<APIResourceList>> {
  const path = pathOf(groupVersion);
  return readReply(path, await connection.get({ path, accept: plainAccept, signal }), decodeResourceList);
}

/** Only `v1` itself stands below `/api`. */
function pathOf(groupVersion: string): string {
  if (groupVersion === 'v1') return '/api/v1';
  return `/apis/${groupVersion
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/')}`;
}
