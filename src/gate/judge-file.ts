import type { FiledSnapshot } from '../snapshots/read-snapshots.ts';
import { type ClusterResult, type Judged, judgeSnapshot, verdictOf } from './judge-cluster.ts';
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
  const apis = await judgeSnapshot(snapshot, subject, plan);
  const judged = await withFields(apis, subject, plan, world);
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

/** Of fields the files of the change can tell only what its own definitions say. */
async function withFields(judged: Judged, subject: Subject, plan: Plan, world: World): Promise<Judged> {
  if (plan.work === undefined) return judged;
  const { openFieldJudge } = await import('./judge-fields.ts');
  return await openFieldJudge(subject, plan, plan.work, world).cached(judged, undefined);
}
