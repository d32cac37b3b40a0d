import { resolveCluster } from '../../src/cluster/cluster.ts';
import { discover } from '../../src/discovery/discover.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { systemClock } from '../../src/system/system.ts';
import type { ControlPlane } from './control-plane.ts';

/** What a real API server says that it serves, to its administrator. */
export async function snapshotOfPlane(plane: ControlPlane): Promise<Snapshot> {
  const quiet = { debug: () => {}, line: () => {} };
  const target = await resolveCluster(
    { kind: 'kubeconfig', kubeconfig: plane.adminKubeconfig },
    {
      environment: {
        variables: {},
        workingDirectory: plane.folder,
        homeDirectory: plane.folder,
        platform: process.platform,
        interactive: false,
      },
      secrets: { mask: () => {}, redact: (text) => text, idToken: () => Promise.reject(new Error('no token here')) },
      log: quiet,
      clock: systemClock,
    },
  );
  const connection = target.open({ signal: AbortSignal.timeout(30_000), timeoutMs: 30_000 });
  try {
    return (await discover(connection, { clock: systemClock, log: quiet })).snapshot;
  } finally {
    await connection.close();
  }
}
