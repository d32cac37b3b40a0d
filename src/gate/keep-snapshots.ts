import { GateError } from '../model/errors.ts';
import type { ClusterResult } from './judge-cluster.ts';
import type { Plan } from './plan.ts';
import type { World } from './world.ts';

/**
 * Writes the snapshot of each cluster that was judged into the folder of `save-snapshots`. What cannot be written is said in the log, and changes no verdict.
 *
 * @throws GateError `invalid-input` when something was not written and the run had nothing else to do
 */
export async function keepSnapshots(results: readonly ClusterResult[], plan: Plan, world: World): Promise<void> {
  const { saveSnapshots, compare } = plan.settings;
  if (saveSnapshots === undefined) return;
  const { saveSnapshot } = await import('../snapshots/save-snapshot.ts');
  const { resolve } = process.getBuiltinModule('node:path');
  const directory = resolve(world.environment.workingDirectory, saveSnapshots);
  const failures: string[] = [];
  for (const { verdict, snapshot } of results) {
    const { cluster } = verdict;
    if (snapshot === undefined) {
      world.log.line(`Snapshot of ${cluster}: not written, because the cluster was not judged.`);
      continue;
    }
    const saved = await saveSnapshot(directory, { cluster, snapshot }, world.secrets.redact);
    if (saved.kind === 'written') world.log.line(`Snapshot of ${cluster}: written to ${saved.path}.`);
    else {
      const line = `Snapshot of ${cluster}: not written to ${saved.path}, because ${saved.reason}.`;
      failures.push(line);
      world.log.line(line);
    }
  }
  const [first] = failures;
  if (first !== undefined && plan.requirements.length === 0 && compare.length === 0) {
    throw new GateError('invalid-input', 'snapshots-unwritable', first, {
      hint: 'Name a folder in `save-snapshots` that the job may write, for example one below the workspace.',
    });
  }
}
