/** The whole process, from start to verdict, against kubectl with an empty cache on the same server. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { run } from '../__tests__/helpers/processes.ts';
import { runAction } from '../__tests__/helpers/runner.ts';
import { enginePath } from '../engines/paths.ts';
import { type Contestant, type Measured, milliseconds, race, ratio } from './measure.ts';

/** Our whole process with the cache off. */
function gate(plane: ControlPlane, require: string): Contestant {
  return async () => {
    const { exitCode, log } = await runAction({ inputs: { require, kubeconfig: plane.adminKubeconfig, cache: 'off' } });
    if (exitCode !== 0) throw new Error(`the gate exited ${exitCode}: ${log}`);
  };
}

/** kubectl api-resources, which asks the server for everything, with a cache folder of its own each time. */
function apiResources(plane: ControlPlane): Contestant {
  return async () => {
    const home = mkdtempSync(join(tmpdir(), 'kube-api-gate-bench-'));
    try {
      const { code, stderr } = await run(enginePath('kubectl'), ['api-resources', `--kubeconfig=${plane.adminKubeconfig}`], {
        env: { HOME: home, PATH: process.env['PATH'] },
      });
      if (code !== 0) throw new Error(`kubectl exited ${code}: ${stderr}`);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  };
}

const bareNode: Contestant = async () => {
  await run(process.execPath, ['-e', '0']);
};

/** Nothing to judge: what it takes to start, read the inputs, and say so. */
const startUp: Contestant = async () => {
  const { exitCode } = await runAction({ inputs: {} });
  if (exitCode !== 1) throw new Error(`the gate exited ${exitCode} with nothing to judge`);
};

export async function measureLive(): Promise<readonly Measured[]> {
  const newest = await startControlPlane({ generation: '1.37' });
  let first: Measured[];
  try {
    const times = await race({ gate: gate(newest, 'apps/v1'), kubectl: apiResources(newest), startUp, bareNode });
    first = [
      {
        what: 'verdict from a live cluster, 1.37, whole process',
        ours: milliseconds(times.gate),
        against: `\`kubectl api-resources\`, empty cache: ${milliseconds(times.kubectl)}`,
        result: ratio(times.gate, times.kubectl),
        aim: 'at most 1.0',
      },
      {
        what: 'start-up: inputs read, nothing to judge',
        ours: milliseconds(times.startUp),
        against: `\`node -e 0\`: ${milliseconds(times.bareNode)}`,
        result: `+${milliseconds(times.startUp - times.bareNode)}`,
        aim: 'at most +30 ms',
      },
    ];
  } finally {
    await newest.stop();
  }

  const oldest = await startControlPlane({ generation: '1.25' });
  try {
    await installGroups(oldest, 500);
    const times = await race({ gate: gate(oldest, 'apps/v1'), kubectl: apiResources(oldest) }, 10);
    return [
      ...first,
      {
        what: 'the same on 1.25, no aggregated discovery, 500 CRD groups',
        ours: milliseconds(times.gate),
        against: `\`kubectl api-resources\`, empty cache: ${milliseconds(times.kubectl)}`,
        result: ratio(times.gate, times.kubectl),
        aim: 'at most 0.7',
      },
    ];
  } finally {
    await oldest.stop();
  }
}

/** Installs `count` CRDs, each in a group of its own, and waits until all are discovered. */
async function installGroups(plane: ControlPlane, count: number): Promise<void> {
  const documents = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `widgets.group${index}.example.com` },
      spec: {
        group: `group${index}.example.com`,
        scope: 'Namespaced',
        names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
        ],
      },
    }),
  );
  await plane.kubectlOk(['create', '--validate=false', '-f', '-'], {
    stdin: documents.join('\n---\n'),
    timeoutMs: 300_000,
  });
  for (let attempt = 0; attempt < 120; attempt += 1) {
    const groups = await plane.kubectlOk(['get', '--raw', '/apis']);
    if (groups.split('.example.com"').length > count) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${count} CRD groups were not discovered within a minute`);
}
