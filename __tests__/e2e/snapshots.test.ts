/** Snapshots of real servers: judged from the file as live, and compared after the cluster has changed. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generations } from '../../engines/paths.ts';
import { runGate } from '../../src/gate/gate.ts';
import { table } from '../../src/lifecycle/table.generated.ts';
import type { ClusterVerdict } from '../../src/model/verdict.ts';
import { outputsOf } from '../../src/report/outputs.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { addExtraApis } from '../helpers/extra-apis.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld, inputsOf } from '../helpers/world.ts';

/** A manifest of every type that any release has, and of some that none has. */
const corpus = [...Object.keys(table), 'example.com/v1/Widget', 'apps/v1/Deploymnt', 'apps/v7/Deployment']
  .map((name) => ({ apiVersion: name.slice(0, name.lastIndexOf('/')), kind: name.slice(name.lastIndexOf('/') + 1) }))
  .map(({ apiVersion, kind }) => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\n`)
  .join('---\n');

const required = [
  'metrics.k8s.io/v1beta1',
  'metrics.k8s.io/v1beta1/NodeMetrics',
  'apps/v1/deployments/scale verbs=get,update',
  'v1/pods/exec verbs=create,delete',
  '!policy/v1beta1',
  'autoscaling/*',
].join('\n');

async function run(folder: string, inputs: Readonly<Record<string, string>>) {
  const world = createWorld({ workingDirectory: folder });
  const outcome = await runGate(inputsOf(inputs), world);
  const [verdict] = world.verdicts;
  if (verdict === undefined) throw world.errors[0] ?? new Error('no verdict');
  return { outcome, verdict, cluster: verdict.clusters[0] as ClusterVerdict };
}

/** Without the server's own words on a gap, which no file keeps. */
const withoutWords = (text: string): string => text.replaceAll(/ \([^()]*(?:\([^()]*\)[^()]*)*\)/g, '');

describe.each(generations)('a snapshot of a real server %s', (generation) => {
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await startControlPlane({ generation });
    await addExtraApis(plane);
  });
  afterAll(async () => {
    await plane?.stop();
  });

  test('gives the same findings from its file as live', async () => {
    const folder = temporaryFolder({ 'all.yaml': corpus });
    const judging = { manifests: 'all.yaml', require: required, 'server-version': '>=1.30', 'target-version': '1.38' };
    const live = await run(folder, {
      ...judging,
      kubeconfig: plane.adminKubeconfig,
      cluster: 'production',
      cache: 'off',
      'save-snapshots': 'snapshots',
    });
    const offline = await run(folder, { ...judging, snapshots: 'snapshots/production.json' });

    expect(offline.outcome).toBe(live.outcome);
    const told = ({ findings }: ClusterVerdict) =>
      findings.map((finding) => ({ ...finding, explanation: withoutWords(finding.explanation) }));
    expect(live.cluster.findings.length).toBeGreaterThan(200);
    expect(new Set(live.cluster.findings.map(({ standing }) => standing))).toEqual(
      new Set(['served', 'missing', 'unknown']),
    );
    expect(told(offline.cluster)).toEqual(told(live.cluster));
    expect(outputsOf(offline.verdict)).toEqual({
      ...outputsOf(live.verdict),
      'api-versions': expect.anything(),
      cache: 'file',
      'cache-age': expect.anything(),
    });
    const capabilities = (text = '') => text.split(',').toSorted();
    expect(capabilities(outputsOf(offline.verdict)['api-versions'])).toEqual(
      capabilities(outputsOf(live.verdict)['api-versions']),
    );
  });
});

describe('drift', () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane({ generation: '1.37' });
  });
  afterAll(async () => {
    await plane?.stop();
  });

  const definition = (served: boolean): string =>
    JSON.stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } },
          { name: 'v1beta1', served, storage: false, schema: { openAPIV3Schema: { type: 'object' } } },
        ],
      },
    });

  test('tells a CRD that was installed, and a version that was withdrawn', async () => {
    const folder = temporaryFolder();
    const inputs = { kubeconfig: plane.adminKubeconfig, cluster: 'production', cache: 'off' };
    const drift = async (more: Readonly<Record<string, string>>) => {
      const { outcome, verdict } = await run(folder, { ...inputs, compare: 'old/*.json', 'fail-on': 'drift', ...more });
      return { outcome, drift: outputsOf(verdict)['drift'] };
    };
    await run(folder, { ...inputs, 'save-snapshots': 'old' });
    expect(await drift({})).toEqual({ outcome: 'compatible', drift: '' });

    await plane.kubectlOk(['apply', '-f', '-'], { stdin: definition(true) });
    await plane.kubectlOk(['wait', '--for=condition=Established', 'crd/widgets.example.com']);
    await run(folder, { ...inputs, require: 'example.com/v1\nexample.com/v1beta1', wait: '30s' });
    expect(await drift({ 'save-snapshots': 'new' })).toEqual({
      outcome: 'incompatible',
      drift: 'production: gained example.com/v1 (Widget)\nproduction: gained example.com/v1beta1 (Widget)',
    });

    await plane.kubectlOk(['apply', '-f', '-'], { stdin: definition(false) });
    await run(folder, { ...inputs, require: '!example.com/v1beta1', wait: '30s' });
    rmSync(`${folder}/old`, { recursive: true });
    expect(await drift({ compare: 'new/*.json', require: 'example.com/v1beta1 | example.com/v1' })).toEqual({
      outcome: 'incompatible',
      drift: 'production: lost example.com/v1beta1 (Widget)',
    });
  });

  test('tells an upgrade by the APIs that came with it', async () => {
    const older = await startControlPlane({ generation: '1.37', extraArgs: ['--emulated-version=kube=1.36'] });
    try {
      const folder = temporaryFolder();
      const inputs = { cluster: 'production', cache: 'off' };
      await run(folder, { ...inputs, kubeconfig: older.adminKubeconfig, 'save-snapshots': 'old' });
      const { verdict } = await run(folder, { ...inputs, kubeconfig: plane.adminKubeconfig, compare: 'old/*.json' });
      expect(outputsOf(verdict)['drift']).toContain(
        'production: gained storagemigration.k8s.io/v1 (StorageVersionMigration)',
      );
    } finally {
      await older.stop();
    }
  });
});
