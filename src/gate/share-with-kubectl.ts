import type { Cluster } from '../cluster/cluster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { World } from './world.ts';

/**
 * Leaves what was just discovered where the job's kubectl and helm look before they ask the cluster themselves. Never rejects: it saves them a
 * round trip, and no verdict hangs on it.
 *
 * Only an answer of the cluster itself is shared, not one from the Actions cache, which other jobs can write. As in kubectl's own cache a stale
 * group-version is left out of it; but a whole listing that is missing would hide groups that are there, so then nothing is shared.
 */
export async function shareWithKubectl(cluster: Cluster, snapshot: Snapshot, world: World): Promise<void> {
  const { log, kubectlCacheDirectory: directory } = world;
  const unlisted = snapshot.gaps.find((gap) => gap.kind === 'endpoint' && gap.endpoint !== '/version');
  if (unlisted !== undefined) {
    log.line(`kubectl's cache is left alone: ${unlisted.message}`);
    return;
  }
  try {
    const { writeKubectlCache } = await import('../cache/kubectl/layout.ts');
    await writeKubectlCache({ directory, server: cluster.server }, snapshot);
    world.exportVariable('KUBECACHEDIR', directory);
    log.line(`kubectl's cache: written to ${directory}, for the steps that follow.`);
  } catch (thrown) {
    log.line(
      `kubectl's cache could not be written to ${directory}: ${thrown instanceof Error ? thrown.message : thrown}`,
    );
  }
}
