import { join } from 'node:path';
import { writeAtomically } from '../../files/atomic-file.ts';
import type { APIGroupList, APIResourceList } from '../../model/api-objects.ts';
import type { Clock } from '../../model/world.ts';
import { decodeGroupList, decodeResourceList, encodeGroupList, encodeResourceList } from './documents.ts';
import { KUBECTL_MODES, readCachedFile } from './file.ts';
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
  /** When the oldest file was written that an answer came from, in milliseconds since the epoch. */
  oldest(): number | undefined;
}

export interface CachedDiscoveryOptions {
  readonly delegate: DiscoveryClient;
  /** The folder of one server, as `kubectlServerDirectory` has it. */
  readonly directory: string;
  /** How long after it was written a file is good, in milliseconds. */
  readonly ttlMs?: number | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** Also writes a group-version without resources, which client-go does not: where its file is missing, kubectl asks for everything again. */
  readonly keepEmpty?: boolean | undefined;
  /** Told of a file that could not be written; the answer is returned all the same. */
  readonly onUnwritten?: ((cause: unknown) => void) | undefined;
}

const DEFAULT_TTL_MS = 10 * 60 * 1000;

/** A cached discovery client; errors are the delegate's, never those of the files. */
export function openCachedDiscovery(options: CachedDiscoveryOptions): CachedDiscoveryClient {
  const { delegate, directory, clock, ttlMs = DEFAULT_TTL_MS, keepEmpty = false, onUnwritten } = options;
  const ours = new Set<string>();
  let fresh = true;
  let oldest: number | undefined;
  let invalidations = 0;

  function read<Document>(file: string, decode: (text: string) => Document): Document | undefined {
    const own = ours.has(file);
    if (invalidations > 0 && !own) return undefined;
    try {
      const found = readCachedFile(join(directory, file));
      if (found === undefined || clock.now() > found.modifiedAt + ttlMs) return undefined;
      fresh = fresh && own;
      const document = decode(found.bytes.toString('utf8'));
      oldest = Math.min(oldest ?? found.modifiedAt, found.modifiedAt);
      return document;
    } catch {
      return undefined;
    }
  }

  async function write(file: string, document: string, asked: number): Promise<void> {
    try {
      await writeAtomically(join(directory, file), document, { ...KUBECTL_MODES, modifiedAt: clock.now() });
      // An answer asked for before an invalidation is not what was asked for after it.
      if (asked === invalidations) ours.add(file);
    } catch (cause) {
      onUnwritten?.(cause);
    }
  }

  return {
    async serverGroups() {
      const cached = read(GROUPS_FILE, decodeGroupList);
      if (cached !== undefined) return cached;
      const asked = invalidations;
      const groups = await delegate.serverGroups();
      if (groups.groups.length > 0) await write(GROUPS_FILE, encodeGroupList(groups), asked);
      return groups;
    },

    async serverResourcesForGroupVersion(groupVersion) {
      const file = resourcesFile(groupVersion);
      if (file === undefined) return await delegate.serverResourcesForGroupVersion(groupVersion);
      const cached = read(file, (document) => decodeResourceList(document, groupVersion));
      if (cached !== undefined) return cached;
      const asked = invalidations;
      const resources = await delegate.serverResourcesForGroupVersion(groupVersion);
      if (keepEmpty || resources.resources.length > 0) await write(file, encodeResourceList(resources), asked);
      return resources;
    },

    fresh: () => fresh,
    oldest: () => oldest,

    invalidate() {
      ours.clear();
      fresh = true;
      invalidations += 1;
    },
  };
}
