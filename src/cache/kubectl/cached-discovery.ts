import { writeAtomically } from '../../files/atomic-file.ts';
import type { APIGroupList, APIResourceList } from '../../model/api-objects.ts';
import type { Clock } from '../../model/world.ts';
import { decodeGroupList, decodeResourceList, encodeGroupList, encodeResourceList } from './documents.ts';
import { KUBECTL_MODES, readDocument } from './layout.ts';
import { GROUPS_FILE, resourcesFile } from './paths.ts';

/** What is asked of a cluster, and of a cache before it. */
export interface DiscoveryClient {
  serverGroups(): Promise<APIGroupList>;
  serverResourcesForGroupVersion(groupVersion: string): Promise<APIResourceList>;
}

/**
 * A discovery client that keeps its answers in files, to the contract of client-go's own, and in the same files.
 * @see client-go discovery/cached/disk/cached_discovery.go
 */
export interface CachedDiscoveryClient extends DiscoveryClient {
  /** False once an answer came from a file that this client did not write: then a miss may only mean that the file is old. */
  fresh(): boolean;
  /** From now on only what is asked after this counts. Deletes nothing: other processes may read on. */
  invalidate(): void;
}

export interface CachedDiscoveryOptions {
  readonly delegate: DiscoveryClient;
  /** The folder of one server, as `kubectlServerDirectory` has it. */
  readonly directory: string;
  /** How long after it was written a file is good, in milliseconds. */
  readonly ttlMs?: number;
  readonly clock: Pick<Clock, 'now'>;
}

const DEFAULT_TTL_MS = 10 * 60 * 1000;

/** A cached discovery client; errors are the delegate's, never those of the files. */
export function openCachedDiscovery(options: CachedDiscoveryOptions): CachedDiscoveryClient {
  const { delegate, directory, clock, ttlMs = DEFAULT_TTL_MS } = options;
  const { join } = process.getBuiltinModule('node:path');
  const ours = new Set<string>();
  let fresh = true;
  let invalidations = 0;

  async function read<Document>(file: string, decode: (text: string) => Document): Promise<Document | undefined> {
    const own = ours.has(file);
    if (invalidations > 0 && !own) return undefined;
    try {
      const found = await readDocument(join(directory, file));
      if (found === undefined || clock.now() > found.modifiedAt + ttlMs) return undefined;
      fresh = fresh && own;
      return decode(found.document);
    } catch {
      return undefined;
    }
  }

  async function write(file: string, document: string, asked: number): Promise<void> {
    try {
      await writeAtomically(join(directory, file), document, { ...KUBECTL_MODES, modifiedAt: clock.now() });
      // An answer asked for before an invalidation is not what was asked for after it.
      if (asked === invalidations) ours.add(file);
    } catch {
      // A cache that cannot be written is none.
    }
  }

  return {
    async serverGroups() {
      const cached = await read(GROUPS_FILE, decodeGroupList);
      if (cached !== undefined) return cached;
      const asked = invalidations;
      const groups = await delegate.serverGroups();
      if (groups.groups.length > 0) await write(GROUPS_FILE, encodeGroupList(groups), asked);
      return groups;
    },

    async serverResourcesForGroupVersion(groupVersion) {
      const file = resourcesFile(groupVersion);
      if (file === undefined) return await delegate.serverResourcesForGroupVersion(groupVersion);
      const cached = await read(file, (document) => decodeResourceList(document, groupVersion));
      if (cached !== undefined) return cached;
      const asked = invalidations;
      const resources = await delegate.serverResourcesForGroupVersion(groupVersion);
      if (resources.resources.length > 0) await write(file, encodeResourceList(resources), asked);
      return resources;
    },

    fresh: () => fresh,

    invalidate() {
      ours.clear();
      fresh = true;
      invalidations += 1;
    },
  };
}
