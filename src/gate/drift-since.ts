import type { Snapshot } from '../model/snapshot.ts';
import type { Drift, Warning } from '../model/verdict.ts';
import type { Plan } from './plan.ts';

export interface DriftSince {
  /** Absent where there is nothing to compare with. */
  readonly drift: Drift | undefined;
  readonly warnings: readonly Warning[];
}

/** What changed on a cluster since the snapshot of it among the files of `compare`. */
export async function driftSince(cluster: string, snapshot: Snapshot, plan: Plan): Promise<DriftSince> {
  const { compare, failOn } = plan.settings;
  if (compare.length === 0) return { drift: undefined, warnings: [] };
  const earlier = plan.earlier.get(cluster);
  if (earlier === undefined) {
    const message = `${cluster} has no earlier snapshot among the files of \`compare\`, so nothing is known of its drift.`;
    return { drift: undefined, warnings: [{ message }] };
  }
  const { differenceBetween } = await import('../snapshots/drift.ts');
  const { takenAt } = earlier.snapshot;
  const { changes, unknown } = differenceBetween(earlier.snapshot, snapshot, plan.requirements);
  const isLater = takenAt > snapshot.takenAt;
  return {
    drift: { since: takenAt, changes, unknown, fails: failOn.includes('drift') && changes.length > 0 },
    warnings: isLater
      ? [
          {
            message: `${cluster}: the snapshot in ${earlier.file}, to compare with, was taken after the one that is judged.`,
          },
        ]
      : [],
  };
}
