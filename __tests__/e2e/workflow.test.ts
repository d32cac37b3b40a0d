/** The built action inside real workflows, run by act against a real kube-apiserver. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActProject, createActProject } from '../helpers/act.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';

const checkout = 'uses: actions/checkout@v4';

const COMPATIBLE = `
on: push
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - ${checkout}
      - id: gate
        uses: ./
        with:
          require: |
            apps/v1
            v1/Pod verbs=create
          kubeconfig: \${{ secrets.KUBECONFIG }}
      - run: echo "told outcome=\${{ steps.gate.outputs.outcome }} cache=\${{ steps.gate.outputs.cache }} version=\${{ steps.gate.outputs.kube-version }}"
`;

const INCOMPATIBLE = `
on: push
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - ${checkout}
      - id: gate
        uses: ./
        with:
          require: |
            apps/v1
            batch/v1beta1
          manifests: deploy/*.yaml
          kubeconfig: \${{ secrets.KUBECONFIG }}
          cache: 'off'
      - if: always()
        run: echo "told outcome=\${{ steps.gate.outputs.outcome }} missing=\${{ steps.gate.outputs.missing }}"
`;

describe('a workflow under act', () => {
  let plane: ControlPlane;
  let project: ActProject;
  let secrets: Readonly<Record<string, string>>;

  beforeAll(async () => {
    plane = await startControlPlane({ generation: '1.37', auditLog: true });
    project = await createActProject({
      '.github/workflows/compatible.yaml': COMPATIBLE,
      '.github/workflows/incompatible.yaml': INCOMPATIBLE,
      'deploy/web.yaml': 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\n',
    });
    secrets = { KUBECONFIG: readFileSync(plane.adminKubeconfig, 'utf8') };
  });

  afterAll(async () => {
    project?.remove();
    await plane?.stop();
  });

  /** How often the cluster was asked for a listing by something other than kubectl. */
  const listings = (): number =>
    readFileSync(plane.auditLogPath, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { requestURI: string; userAgent?: string; stage: string })
      .filter(
        ({ requestURI, userAgent, stage }) =>
          stage === 'ResponseComplete' && /^\/apis?(\?|$)/.test(requestURI) && /kube-api-gate/.test(userAgent ?? ''),
      ).length;

  test('what is served makes a green job whose outputs a later step can use, and the next run is a cache hit that leaves no trace on the cluster', async () => {
    const first = await project.workflow('.github/workflows/compatible.yaml', { secrets });
    expect(first.log).toContain('told outcome=compatible cache=miss version=v1.37');
    expect(first.exitCode).toBe(0);
    const asked = listings();
    expect(asked).toBeGreaterThan(0);

    const second = await project.workflow('.github/workflows/compatible.yaml', { secrets });
    expect(second.log).toContain('told outcome=compatible cache=hit version=v1.37');
    expect(second.exitCode).toBe(0);
    expect(listings()).toBe(asked);
  });

  test('what is not served makes a red job, with annotations at their lines and outputs for a later step', async () => {
    const { exitCode, log } = await project.workflow('.github/workflows/incompatible.yaml', { secrets });
    expect(log).toMatch(/told outcome=incompatible missing=batch\/v1beta1\n.*policy\/v1beta1\/PodDisruptionBudget/);
    expect(log).toMatch(/::error .*batch\/v1beta1/);
    expect(log).toMatch(/Summary - ## ❌ Incompatible: 2 of 3 requirements are not met/);
    expect(log).toMatch(/::error .*file=deploy\/web\.yaml,line=1,col=1::policy\/v1beta1\/PodDisruptionBudget/);
    expect(exitCode).not.toBe(0);
  });

  test('the credential is in no log', async () => {
    const { log } = await project.workflow('.github/workflows/compatible.yaml', { secrets });
    expect(log).not.toContain(plane.tokens['admin'] ?? 'no token');
  });
});
