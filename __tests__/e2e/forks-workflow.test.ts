/** The two workflows of docs/pull-requests-from-forks.md, word for word, under act against a real kube-apiserver. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ActProject, type ActResult, createActProject } from '../helpers/act.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { filesShown } from '../helpers/fenced.ts';

const SEED = '.github/workflows/kube-api-seed.yaml';
const CHECK = '.github/workflows/kube-api-check.yaml';
const SNIPPET = '.github/workflows/snippet.yaml';

describe('the check of a pull request from a fork', () => {
  let plane: ControlPlane;
  let project: ActProject;

  beforeAll(async () => {
    plane = await startControlPlane({ generation: '1.37', auditLog: true });
  });

  afterAll(async () => {
    await plane?.stop();
  });

  /** Each has caches of its own. */
  async function inRepository(test: () => Promise<void>): Promise<void> {
    const files = filesShown('docs/pull-requests-from-forks.md');
    expect(Object.keys(files).toSorted()).toEqual([CHECK, SEED]);
    project = await createActProject({ ...files, 'deploy/web.yaml': deployment });
    try {
      await test();
    } finally {
      project.remove();
    }
  }

  const seed = (workflow = SEED): Promise<ActResult> =>
    project.workflow(workflow, {
      event: 'schedule',
      secrets: { KUBECONFIG: readFileSync(plane.adminKubeconfig, 'utf8') },
    });

  /** Without any secret; the cluster must not hear of it. */
  async function check(): Promise<ActResult> {
    const before = requests();
    const result = await project.workflow(CHECK, { event: 'pull_request' });
    expect(requests()).toBe(before);
    return result;
  }

  const requests = (): number => readFileSync(plane.auditLogPath, 'utf8').match(/kube-api-gate/g)?.length ?? 0;

  test('passes when the seed has run, without a request to the cluster, and fails on what the cluster does not serve', () =>
    inRepository(async () => {
      const seeded = await seed();
      expect(seeded.exitCode).toBe(0);
      expect(seeded.log).not.toContain(plane.tokens['admin'] ?? 'no token');
      expect(requests()).toBeGreaterThan(0);

      const passed = await check();
      expect(passed.log).toContain('set-output:: outcome=compatible');
      expect(passed.log).toContain('set-output:: cache=hit');
      expect(passed.exitCode).toBe(0);

      writeFileSync(join(project.folder, 'deploy', 'old.yaml'), oldBudget);
      const failed = await check();
      expect(failed.log).toContain('set-output:: outcome=incompatible');
      expect(failed.log).toMatch(/::error .*file=deploy\/old\.yaml,line=1,col=1::policy\/v1beta1\/PodDisruptionBudget/);
      expect(failed.log).toMatch(/Judged by what production served .* ago/);
      expect(failed.exitCode).not.toBe(0);
      rmSync(join(project.folder, 'deploy', 'old.yaml'));
    }));

  test('is undetermined without the seed, and shows the workflow that seeds it: run as it stands, the check passes', () =>
    inRepository(async () => {
      const unseeded = await check();
      expect(unseeded.log).toContain('set-output:: outcome=undetermined');
      expect(unseeded.log).toContain('No snapshot of production younger than 6h is in the cache');
      expect(unseeded.exitCode).not.toBe(0);

      writeFileSync(join(project.folder, SNIPPET), seedingSnippet(unseeded.log));
      const seeded = await seed(SNIPPET);
      expect(seeded.exitCode).toBe(0);

      const passed = await check();
      expect(passed.log).toContain('set-output:: outcome=compatible');
      expect(passed.exitCode).toBe(0);
    }));
});

/** The workflow in the log of a step, as a person would copy it. */
function seedingSnippet(log: string): string {
  const lines = log.split('\n').map((line) => line.replace(/^\[[^\]]*\] {3}\| /, ''));
  const first = lines.findIndex((line) => line.trim() === 'on:');
  const indentation = lines[first]?.indexOf('on:') ?? 0;
  const length = lines
    .slice(first)
    .findIndex((line) => line.trim() !== '' && !line.startsWith(' '.repeat(indentation)));
  return lines
    .slice(first, first + length)
    .map((line) => line.slice(indentation))
    .join('\n');
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: example.com/web:1 }] }
`;

const oldBudget = `apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  selector: { matchLabels: { app: web } }
`;
