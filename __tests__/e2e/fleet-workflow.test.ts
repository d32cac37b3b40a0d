/** The reusable workflow of this repository under act, with its artifact server: three clusters, of which one is incompatible and one never reports. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ActProject, type ActResult, createActProject } from '../helpers/act.ts';
import { writeStandIns } from '../helpers/artifact-actions.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';

const workflow = readFileSync(resolve(import.meta.dirname, '../../.github/workflows/fleet.yml'), 'utf8');
const pin = (action: string): string =>
  new RegExp(`uses: (actions/${action}@[0-9a-f]{40})`).exec(workflow)?.[1] ?? action;

/** A caller, as docs/fleets.md shows one, of a copy of the workflow in its own repository. */
const caller = (clusters: readonly object[]): string => `
on: push
jobs:
  fleet:
    uses: ./.github/workflows/fleet.yml
    with:
      action-ref: ${'0'.repeat(40)}
      clusters: '${JSON.stringify(clusters)}'
      manifests: deploy/*.yaml
    secrets: inherit
`;

let old: ControlPlane;
let current: ControlPlane;
const projects: ActProject[] = [];

beforeAll(async () => {
  [old, current] = await Promise.all([
    startControlPlane({ generation: '1.25' }),
    startControlPlane({ generation: '1.37' }),
  ]);
});

afterAll(async () => {
  for (const project of projects) project.remove();
  await Promise.all([old?.stop(), current?.stop()]);
});

/** In a repository of its own, as all runs of act in one share their artifacts. */
async function run(clusters: readonly object[]): Promise<ActResult> {
  const project = await createActProject({
    '.github/workflows/fleet.yml': workflow,
    '.github/workflows/caller.yaml': caller(clusters),
    // Served since 1.29.
    'deploy/flow.yaml': 'apiVersion: flowcontrol.apiserver.k8s.io/v1\nkind: FlowSchema\nmetadata:\n  name: web\n',
  });
  projects.push(project);
  const folder = join(project.folder, '..', 'stand-ins');
  return project.workflow('.github/workflows/caller.yaml', {
    secrets: {
      KUBECONFIG_OLD: readFileSync(old.adminKubeconfig, 'utf8'),
      KUBECONFIG_NEW: readFileSync(current.adminKubeconfig, 'utf8'),
    },
    env: { STAND_IN_REPOSITORY: join(project.folder, '..', 'action'), STAND_IN_LOST: 'asia' },
    standIns: writeStandIns(folder, {
      checkout: pin('checkout'),
      upload: pin('upload-artifact'),
      download: pin('download-artifact'),
    }),
    timeoutMs: 180_000,
  });
}

/** The clusters of the merged report.json, as act's artifact server keeps it. */
function clustersInArtifact(project: ActProject | undefined): readonly string[] {
  const artifacts = join(project?.folder ?? '', '..', 'artifacts');
  const file = readdirSync(artifacts, { recursive: true, encoding: 'utf8' }).find((path) =>
    /kube-api-gate-fleet.*report\.json/.test(path),
  );
  const { clusters } = JSON.parse(readFileSync(join(artifacts, file ?? ''), 'utf8'));
  return clusters.map(({ cluster }: { readonly cluster: string }) => cluster);
}

test('one cluster is incompatible and one never reports: red, one verdict on three clusters', async () => {
  const { exitCode, log } = await run([
    { name: 'staging', secret: 'KUBECONFIG_NEW' },
    { name: 'production', secret: 'KUBECONFIG_OLD' },
    { name: 'asia', secret: 'KUBECONFIG_NEW' },
  ]);
  const merge = log
    .split('\n')
    .filter((line) => line.startsWith('[all.yaml/fleet/verdict') || line.includes('verdict'));
  const text = merge.join('\n');
  expect(text).toContain('set-output:: outcome=incompatible');
  expect(text).toContain('flowcontrol.apiserver.k8s.io/v1/FlowSchema');
  expect(text).toContain('✓ staging (v1.37');
  expect(text).toContain('✗ production (v1.25');
  expect(text).toContain('Nothing was reported of asia, which `expect-clusters` lists.');
  // act shows no more of a summary than its first line.
  expect(text).toContain(
    'Summary - ## ❌ Incompatible: 1 requirement is not met on production; asia could not be judged',
  );
  expect(clustersInArtifact(projects.at(-1))).toEqual(['production', 'staging', 'asia']);
  expect(exitCode).not.toBe(0);
});

test('all clusters are compatible: green', async () => {
  const { exitCode, log } = await run([
    { name: 'staging', secret: 'KUBECONFIG_NEW' },
    { name: 'preview', secret: 'KUBECONFIG_NEW' },
  ]);
  expect(log).toContain('Compatible: the one requirement is met on preview and staging');
  expect(exitCode).toBe(0);
});
