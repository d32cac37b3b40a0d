import type { KubectlCache } from '../cache/kubectl/kubectl-cache.ts';
import type { Found, Kept } from '../cache/snapshot-cache.ts';
import type { ApiConnection, Cluster } from '../cluster/cluster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { holdsSecret, whyNotKept } from './keeping.ts';
import type { Plan, Subject } from './plan.ts';
import type { World } from './world.ts';

/** The caches in front of one cluster, as the inputs have them. Nothing here rejects. */
export interface Caches {
  /** Where a young answer may be, nearest first: kubectl's cache is on this machine. */
  readonly readable: readonly (() => Promise<Found>)[];
  /** A connection that lets the server confirm what kubectl's HTTP cache holds. */
  readonly through: (connection: ApiConnection) => ApiConnection;
  /** How many answers were confirmed so, as yet. */
  readonly confirmed: () => number;
  /** Keeps an answer of the cluster itself wherever it belongs; says whether later runs will find it in the store, where there is one. */
  readonly keep: (snapshot: Snapshot) => Promise<Kept>;
}

export async function openCaches(subject: Subject, plan: Plan, world: World): Promise<Caches> {
  const { mode } = plan.settings.cache;
  const { kubectlCache } = plan.settings;
  const [kubectl, store] = await Promise.all([openKubectl(subject, plan, world), openStore(subject, plan, world)]);
  const reads = mode === 'auto' || mode === 'only';
  const kubectlReads = reads && kubectlCache === 'use';
  return {
    readable: [
      ...(kubectl !== undefined && kubectlReads ? [kubectl.find] : []),
      ...(store !== undefined && reads ? [store.find] : []),
    ],
    through: (connection) =>
      kubectl === undefined || kubectlCache !== 'use' ? connection : kubectl.through(connection, kubectlReads),
    confirmed: () => kubectl?.confirmed() ?? 0,
    keep: async (snapshot) => {
      const [shared, kept] = await Promise.all([shareWith(kubectl, snapshot), keepIn(store, snapshot)]);
      if (shared?.kind === 'kept' && kubectlCache === 'write') {
        world.exportVariable('KUBECACHEDIR', world.kubectlCacheDirectory);
      }
      return kept ?? { kind: 'kept' };
    },
  };

  async function shareWith(cache: KubectlCache | undefined, snapshot: Snapshot): Promise<Kept | undefined> {
    if (cache === undefined || !holdsSecret(snapshot, world.secrets)) return await cache?.keep(snapshot);
    world.log.line(`kubectl's cache of ${subject.name}: left alone, because ${SECRET}.`);
    return { kind: 'not-kept', reason: SECRET };
  }

  async function keepIn(cache: Store | undefined, snapshot: Snapshot): Promise<Kept | undefined> {
    const reason = cache === undefined ? undefined : whyNotKept(subject, snapshot, plan, world);
    if (reason === undefined) return await cache?.keep(snapshot);
    world.log.line(`Cache of ${subject.name}: not saved, because ${reason}.`);
    return { kind: 'not-kept', reason };
  }
}

const SECRET = 'the answer holds a text that is also a secret of this job';

async function openKubectl({ name, cluster }: Subject, plan: Plan, world: World): Promise<KubectlCache | undefined> {
  const { kubectlCache, cache } = plan.settings;
  if (kubectlCache === 'off' || cluster === undefined) return undefined;
  const { openKubectlCache } = await import('../cache/kubectl/kubectl-cache.ts');
  return openKubectlCache({
    directory: kubectlCache === 'use' ? world.kubectlOwnCacheDirectory : world.kubectlCacheDirectory,
    server: cluster.server,
    owner: ownerOf(cluster),
    ttlMs: cache.ttlMs,
    clock: world.clock,
    log: world.log,
    name,
    holdsSecret: (text) => world.secrets.redact(text) !== text,
  });
}

function ownerOf({ origin, identity }: Cluster): readonly string[] {
  const { server, certificateAuthority, tlsServerName, proxy, impersonation, credentials } = identity;
  return [origin, server, certificateAuthority, tlsServerName, proxy, impersonation, credentials];
}

/** A cache of snapshots, looked into for one cluster. */
interface Store {
  readonly find: () => Promise<Found>;
  readonly keep: (snapshot: Snapshot) => Promise<Kept>;
}

async function openStore(subject: Subject, plan: Plan, world: World): Promise<Store | undefined> {
  const { cache, clusterName } = plan.settings;
  if (cache.mode === 'off' || world.store === undefined) return undefined;
  const { openSnapshotCache } = await import('../cache/snapshot-cache.ts');
  const opened = openSnapshotCache({
    ttlMs: cache.ttlMs,
    store: world.store,
    clock: world.clock,
    log: world.log,
  });
  // Without a cluster to ask, the name is what an input gives it.
  const identity = { cluster: subject.cluster === undefined ? subject.name : clusterName, server: subject.identity };
  return { find: () => opened.find(identity), keep: (snapshot: Snapshot) => opened.keep(identity, snapshot) };
}
