import type { FiledSnapshot } from '../snapshots/read-snapshots.ts';
import { type ClusterResult, judgeSnapshot, verdictOf } from './judge-cluster.ts';
import type { Plan, Subject } from './plan.ts';
import { checkAge } from './snapshot-files.ts';
import type { World } from './world.ts';

/**
 * Judges a cluster by the snapshot in a file. Nobody is asked.
 *
 * @throws GateError `undetermined` when the file is too old
 */
export async function judgeFile(
  subject: Subject,
  filed: FiledSnapshot,
  plan: Plan,
  world: World,
): Promise<ClusterResult> {
  const now = world.clock.now();
  const remarks = checkAge(filed, plan.settings.snapshotMaxAgeMs, now);
  const { snapshot } = filed;
  const judged = await judgeSnapshot(snapshot, subject, plan);
  const ageMs = Math.max(0, now - snapshot.takenAt);
  const verdict = await verdictOf(
    subject,
    plan,
    { ...judged, warnings: [...judged.warnings, ...remarks] },
    'file',
    ageMs,
  );
  return { verdict, snapshot, saved: Promise.resolve() };
}
