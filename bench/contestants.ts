/** What more than one measurement runs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlPlane } from '../__tests__/helpers/control-plane.ts';
import { run } from '../__tests__/helpers/processes.ts';
import { runAction } from '../__tests__/helpers/runner.ts';
import { enginePath } from '../engines/paths.ts';
import type { Contestant } from './measure.ts';

/** Our whole process; throws unless it ends green and uses the cache as `cache` says. */
export function gate(
  inputs: Readonly<Record<string, string>>,
  { env = {}, cache = 'off' }: { readonly env?: Readonly<Record<string, string>>; readonly cache?: string } = {},
): Contestant {
  return async () => {
    const { exitCode, log, outputs } = await runAction({ inputs, env });
    if (exitCode !== 0) throw new Error(`the gate exited ${exitCode}: ${log}`);
    if (outputs['cache'] !== cache)
      throw new Error(`a ${cache} was to be measured, and came ${outputs['cache']}: ${log}`);
  };
}

/** `kubectl api-resources`, which asks the server for everything, with a cache folder of its own each time. */
export function apiResources(plane: ControlPlane): Contestant {
  return async () => {
    const home = mkdtempSync(join(tmpdir(), 'kube-api-gate-bench-'));
    try {
      const { code, stderr } = await run(
        enginePath('kubectl'),
        ['api-resources', `--kubeconfig=${plane.adminKubeconfig}`],
        { env: { HOME: home, PATH: process.env['PATH'] }, timeoutMs: 120_000 },
      );
      if (code !== 0) throw new Error(`kubectl exited ${code}: ${stderr}`);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };
}

export const bareNode: Contestant = async () => {
  await run(process.execPath, ['-e', '0']);
};

/** The same questions, asked by a script that does nothing else. */
export function threeQuestions({ server, caPem, tokens }: ControlPlane): Contestant {
  const env = { SERVER: server, TOKEN: tokens['admin'], CA: caPem };
  return async () => {
    const { code, stderr } = await run(process.execPath, [join(import.meta.dirname, 'three-questions.mjs')], { env });
    if (code !== 0) throw new Error(`the script exited ${code}: ${stderr}`);
  };
}
