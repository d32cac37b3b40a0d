import type { APIGroupList, APIResourceList } from '../../model/api-objects.ts';
import { formatGroupVersion, type GroupVersion } from '../../model/group-version.ts';
import type { Gap, Resource, ServedGroup, ServedVersion, Snapshot } from '../../model/snapshot.ts';
import type { Clock } from '../../model/world.ts';
import { type CachedDiscoveryClient, type DiscoveryClient, openCachedDiscovery } from './cached-discovery.ts';
import { kubectlServerDirectory, resourcesFile } from './paths.ts';

/** Whose cache it is. */
export interface KubectlCacheLocation {
  /** What `KUBECACHEDIR` names, or `~/.kube/cache`. */
  readonly directory: string;
  /** The server as the kubeconfig has it: its very spelling names the folder. */
  readonly server: string;
}

/**
 * Writes what kubectl and helm read before they ask the cluster: after it `kubectl get` makes no discovery request at all.
 *
 * The files are as old as the snapshot.
 *
 * @returns the folder, for the log.
 * @throws Error when a name in the snapshot is no path, or the system's when a file cannot be written.
 */
export async function writeKubectlCache(location: KubectlCacheLocation, snapshot: Snapshot): Promise<string> {
  const { directory, server } = location;
  const folder = kubectlServerDirectory(directory, server);
  if (folder === undefined) throw new Error(`the server ${server} has no folder in kubectl's cache`);
  const groupVersions = resourceListsOf(snapshot).map(({ groupVersion }) => groupVersion);
  const unwritable = groupVersions.find((groupVersion) => resourcesFile(groupVersion) === undefined);
  if (unwritable !== undefined) throw new Error(`the group-version ${JSON.stringify(unwritable)} names no file`);
  const failures: unknown[] = [];
  const client = openCachedDiscovery({
    delegate: clientOf(snapshot),
    directory: folder,
    clock: { now: () => snapshot.takenAt },
    keepEmpty: true,
    onUnwritten: (cause) => failures.push(cause),
  });
  client.invalidate();
  await Promise.all(groupVersions.map((groupVersion) => client.serverResourcesForGroupVersion(groupVersion)));
  // The list of groups last: kubectl reads it first and then expects the others.
  if (failures.length === 0) await client.serverGroups();
  if (failures.length > 0) throw failures[0];
  return folder;
}

/**
 * Reads what kubectl or helm left that is not older than `ttlMs`, or `undefined` when no such list of groups is there.
 *
 * What these files do not tell is a gap. client-go drops a group-version whose backend is down, and keeps no empty list: so whatever is absent from them
 * may be served, missing or unknown, and so may a group-version that is listed and has no file.
 */
export async function readKubectlCache(
  { directory, server }: KubectlCacheLocation,
  { ttlMs, clock }: { readonly ttlMs: number; readonly clock: Pick<Clock, 'now'> },
): Promise<Snapshot | undefined> {
  const folder = kubectlServerDirectory(directory, server);
  if (folder === undefined) return undefined;
  const client = openCachedDiscovery({ delegate: NOBODY, directory: folder, ttlMs, clock });
  const list = await client.serverGroups().catch(nothing);
  if (list === undefined || list.groups.length === 0) return undefined;
  const gaps: Gap[] = [notRecorded('/api'), notRecorded('/apis'), notRecorded('/version')];
  const groups: ServedGroup[] = await Promise.all(
    list.groups.map(async ({ name, versions, preferredVersion }) => {
      const read = await Promise.all(
        versions.map(async ({ version, groupVersion }): Promise<ServedVersion | string> => {
          const own = { group: name, version };
          const resources = formatGroupVersion(own) === groupVersion ? await readResources(client, own) : undefined;
          return resources === undefined ? groupVersion : { version, resources };
        }),
      );
      for (const each of read) if (typeof each === 'string') gaps.push(notRecordedVersion(each));
      const served = read.filter((each) => typeof each !== 'string');
      const preferred = served.find(({ version }) => version === preferredVersion?.version) ?? served[0];
      return { name, versions: served, preferredVersion: preferred?.version };
    }),
  );
  return { takenAt: client.oldest() ?? clock.now(), groups, gaps, validators: {} };
}

const ABSENT = "kubectl's cache does not tell an absent group from one whose backend is down";

function notRecorded(endpoint: '/api' | '/apis' | '/version'): Gap {
  const message = endpoint === '/version' ? "kubectl's cache does not hold it" : ABSENT;
  return { kind: 'endpoint', endpoint, reason: 'not-recorded', message };
}

function notRecordedVersion(groupVersion: string): Gap {
  const message = "kubectl's cache lists it without its resources";
  return { kind: 'group-version', groupVersion, reason: 'not-recorded', message };
}

/** In place of a cluster that is not to be asked. */
const NOBODY: DiscoveryClient = {
  serverGroups: () => Promise.reject(new Error('not in the cache')),
  serverResourcesForGroupVersion: () => Promise.reject(new Error('not in the cache')),
};

const nothing = (): undefined => undefined;

async function readResources(
  client: CachedDiscoveryClient,
  own: GroupVersion,
): Promise<readonly Resource[] | undefined> {
  const list = await client.serverResourcesForGroupVersion(formatGroupVersion(own)).catch(nothing);
  return list?.resources.map((resource) => withoutOwn(resource, own));
}

/** A group or version that is the list's own goes without saying in a snapshot. */
function withoutOwn(resource: APIResourceList['resources'][number], own: GroupVersion): Resource {
  const { group, version, ...rest } = resource;
  const kind = { group: group || own.group, version: version || own.version };
  return kind.group === own.group && kind.version === own.version ? rest : { ...rest, ...kind };
}

/** A client whose cluster is a snapshot. */
function clientOf(snapshot: Snapshot): DiscoveryClient {
  const lists = new Map(resourceListsOf(snapshot).map((list) => [list.groupVersion, list]));
  return {
    serverGroups: async () => groupListOf(snapshot),
    serverResourcesForGroupVersion: async (groupVersion) => lists.get(groupVersion) ?? { groupVersion, resources: [] },
  };
}

/** The list of groups as client-go would hand it out. */
export function groupListOf({ groups }: Snapshot): APIGroupList {
  return {
    groups: groups.map(({ name, versions, preferredVersion }) => ({
      name,
      versions: versions.map(({ version }) => groupVersionOf(name, version)),
      preferredVersion: preferredVersion === undefined ? undefined : groupVersionOf(name, preferredVersion),
    })),
  };
}

/** The resources of every group-version, likewise: a kind's group and version stand there only where they are not the list's own. */
export function resourceListsOf({ groups }: Snapshot): readonly APIResourceList[] {
  return groups.flatMap(({ name: group, versions }) =>
    versions.map(({ version, resources }) => ({ groupVersion: formatGroupVersion({ group, version }), resources })),
  );
}

function groupVersionOf(group: string, version: string) {
  return { groupVersion: formatGroupVersion({ group, version }), version };
}
