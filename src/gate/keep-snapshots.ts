import { resolve } from 'node:path';
import { GateError } from '../model/errors.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ClusterResult } from './judge-cluster.ts';
import { whyNotKept } from './keeping.ts';
import type { Plan, Subject } from './plan.ts';
import type { World } from './world.ts';

/**
 * Writes the snapshot of each cluster that was judged, and that may be kept, into the folder of `save-snapshots`. What cannot be written is said in the log, and changes no verdict.
 *
 * @throws GateError `invalid-input` when something was not written and the run had nothing else to do
 */
export async function keepSnapshots(results: readonly ClusterResult[], plan: Plan, world: World): Promise<void> {
  const { saveSnapshots, compare } = plan.settings;
  if (saveSnapshots === undefined) return;
  const { saveSnapshot } = await import('../snapshots/save-snapshot.ts');
  const directory = resolve(world.environment.workingDirectory, saveSnapshots);
  const failures: string[] = [];
  for (const [index, { snapshot }] of results.entries()) {
    const subject = plan.subjects[index];
    if (subject === undefined) continue;
    const cluster = subject.name;
    const reason =
      snapshot === undefined ? 'the cluster was not judged' : whyNotWritten(subject, snapshot, plan, world);
    const saved =
      snapshot === undefined || reason !== undefined
        ? { kind: 'not-written' as const, reason }
        : await saveSnapshot(directory, { cluster, snapshot });
    if (saved.kind === 'written') {
      world.log.line(`Snapshot of ${cluster}: written to ${saved.path}.`);
      continue;
    }
    const line = `Snapshot of ${cluster}: not written, because ${saved.reason}.`;
    world.log.line(line);
    if (snapshot !== undefined) failures.push(line);
  }
  const [first] = failures;
  if (first !== undefined && plan.requirements.length === 0 && compare.length === 0) {
    throw new GateError('invalid-input', 'snapshots-unwritable', first, {
      hint: 'Name a folder in `save-snapshots` that the job may write, for example one below the workspace.',
    });
  }
}

function whyNotWritten(subject: Subject, snapshot: Snapshot, plan: Plan, world: World): string | undefined {
  const { name, cluster } = subject;
  if (cluster !== undefined && URL.parse(cluster.server)?.host === name) {
    return 'the cluster has no name but its address, which no snapshot holds; give `cluster`';
  }
  return whyNotKept(subject, snapshot, plan, world);
}
