/** The action: fills in the world and sets the exit code. */
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import { openActionsStore } from './cache/actions-store.ts';
import type { World } from './gate/world.ts';
import { readSettings } from './inputs/settings.ts';
import { toGateError } from './model/errors.ts';
import { logLine } from './model/legible.ts';
import type { Log } from './model/world.ts';
import type { PublishOptions } from './report/publish.ts';
import { openRedaction } from './system/redaction.ts';
import { endProcess, systemClock, systemEnvironment } from './system/system.ts';

const loadPublishing = () => import('./report/publish.ts');

/** Runs the action once, and ends the process. */
export async function run(): Promise<never> {
  const environment = systemEnvironment();
  const { variables, workingDirectory } = environment;
  const { mask, redact } = openRedaction(core.setSecret);
  const repositoryRoot = variables['GITHUB_WORKSPACE'] || workingDirectory;
  const temporaryDirectory = variables['RUNNER_TEMP'] || process.getBuiltinModule('node:os').tmpdir();
  const read = (name: string): string => core.getInput(name, { trimWhitespace: false });
  const given = Object.keys(variables).flatMap((name) => /^INPUT_(.+)$/i.exec(name)?.[1] ?? []);
  const reading = readSettings(read, given);
  const { reportDirectory, commentToken, cache } = reading.settings;
  if (commentToken !== undefined) mask(commentToken);
  // Exec plugins inherit the environment, and have no use for this token.
  delete process.env['INPUT_GITHUB-TOKEN'];
  const publication: PublishOptions = { workingDirectory, redact, variables, reportDirectory, commentToken };

  const log: Log = {
    // A server's or a plugin's words may be among them: they must not become commands to the runner.
    line: (message) => core.info(logLine(redact(message))),
    debug: (message) => core.debug(redact(message)),
  };

  const store = openActionsStore({ environment, log });
  // Its client takes longer to load than all else that happens before it is asked, so its process starts before anything else is loaded.
  if (cache.mode !== 'off' && reading.problems.length === 0) store.prepare?.();
  const loadingGate = import('./gate/gate.ts');

  const world: World = {
    environment,
    clock: systemClock,
    log,
    secrets: { mask, redact, idToken: (audience) => core.getIDToken(audience) },
    store,
    repositoryRoot,
    kubectlOwnCacheDirectory: variables['KUBECACHEDIR'] || join(environment.homeDirectory, '.kube', 'cache'),
    kubectlCacheDirectory: resolve(variables['KUBECACHEDIR'] || join(temporaryDirectory, 'kube-api-gate-kube-cache')),
    exportVariable: core.exportVariable,
    publisher: {
      prepare: loadPublishing,
      verdict: async (verdict) => {
        const { publish } = await loadPublishing();
        await publish(verdict, publication);
      },
      error: async (error) => {
        const { publishError } = await loadPublishing();
        await publishError(error, publication);
      },
    },
  };

  process.once('uncaughtException', (thrown) => {
    // Whatever escaped is a defect: red, in words, and at once.
    void world.publisher.error(toGateError(thrown)).finally(() => process.exit(1));
  });

  const { runGate } = await loadingGate;
  const outcome = await runGate(reading, world);
  return await endProcess(outcome === 'compatible' ? 0 : 1);
}
