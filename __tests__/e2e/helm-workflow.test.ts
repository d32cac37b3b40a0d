/** The workflow of docs/helm.md, word for word, under act with real helm against two real kube-apiservers. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enginePath, type Generation } from '../../engines/paths.ts';
import { type ActProject, type ActResult, createActProject } from '../helpers/act.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { filesShown } from '../helpers/fenced.ts';
import { run } from '../helpers/processes.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const WORKFLOW = '.github/workflows/chart.yaml';
const BUDGET = 'charts/shop/templates/budget.yaml';

/** One more step at the end: a job's workspace is gone with the job. */
const KEEPING = `      - if: always()
        run: cp -r rendered "$KEPT"
`;

/** Served since 1.30. */
const POLICY = `{{- if .Capabilities.APIVersions.Has "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy" }}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ .Release.Name }}
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments] }
  validations: [{ expression: 'true' }]
{{- end }}
`;

const VERSION = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  rendered-for: {{ .Capabilities.KubeVersion.Version | quote }}
  old-group-version: {{ .Capabilities.APIVersions.Has "policy/v1beta1" | quote }}
  old-kind: {{ .Capabilities.APIVersions.Has "policy/v1beta1/PodDisruptionBudget" | quote }}
`;

describe('a chart in a workflow', () => {
  let project: ActProject;
  const planes = new Map<Generation, ControlPlane>();
  const rendered = (): string => join(project.folder, 'kept');

  beforeAll(async () => {
    for (const generation of ['1.37', '1.25'] as const) {
      planes.set(generation, await startControlPlane({ generation }));
    }
    const files = filesShown('docs/helm.md');
    expect(Object.keys(files).toSorted()).toEqual([WORKFLOW, BUDGET]);
    project = await createActProject({
      ...files,
      [WORKFLOW]: `${files[WORKFLOW]}${KEEPING}`,
      'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'charts/shop/templates/policy.yaml': POLICY,
      'charts/shop/templates/version.yaml': VERSION,
    });
  });

  afterAll(async () => {
    project?.remove();
    await Promise.all([...planes.values()].map((plane) => plane.stop()));
  });

  function planeOf(generation: Generation): ControlPlane {
    const plane = planes.get(generation);
    if (plane === undefined) throw new Error(`no server ${generation} runs`);
    return plane;
  }

  function workflow(generation: Generation): Promise<ActResult> {
    rmSync(rendered(), { recursive: true, force: true });
    return project.workflow(WORKFLOW, {
      event: 'pull_request',
      secrets: { KUBECONFIG: readFileSync(planeOf(generation).adminKubeconfig, 'utf8') },
      path: [dirname(enginePath('helm'))],
      env: { KEPT: rendered() },
    });
  }

  const renderedFile = (name: string): string => readFileSync(join(rendered(), 'shop', 'templates', name), 'utf8');

  test.each<[generation: Generation, files: readonly string[]]>([
    ['1.37', ['budget.yaml', 'policy.yaml', 'version.yaml']],
    ['1.25', ['budget.yaml', 'version.yaml']],
  ])('renders for %s what that cluster takes', async (generation, files) => {
    const { exitCode, log } = await workflow(generation);
    expect(log).toContain('set-output:: cache=miss');
    expect(log).toContain('set-output:: cache=hit');
    expect(exitCode).toBe(0);
    expect(readdirSync(join(rendered(), 'shop', 'templates')).toSorted()).toEqual(files);
    expect(renderedFile('budget.yaml')).toContain('apiVersion: policy/v1\n');
    expect(renderedFile('version.yaml')).toContain(`rendered-for: "v${generation}.`);
    const taken = await planeOf(generation).kubectl([
      'create',
      '--dry-run=server',
      '--recursive',
      `--filename=${rendered()}`,
    ]);
    expect(taken.stderr).toBe('');
    expect(taken.code).toBe(0);
  });

  test('helm takes a removed group-version for granted, and not its kind', async () => {
    await workflow('1.37');
    expect(renderedFile('version.yaml')).toContain('old-group-version: "true"');
    expect(renderedFile('version.yaml')).toContain('old-kind: "false"');
  });

  test('rendered without what the cluster serves, the chart is stopped at its template', async () => {
    const path = join(project.folder, WORKFLOW);
    const told = readFileSync(path, 'utf8');
    const untold = told.replace(/ *--api-versions .*\n/, '');
    expect(untold).not.toBe(told);
    writeFileSync(path, untold);
    const { exitCode, log } = await workflow('1.37');
    expect(log).toMatch(
      /::error .*file=charts\/shop\/templates\/budget\.yaml.*::policy\/v1beta1\/PodDisruptionBudget is not served/,
    );
    expect(exitCode).not.toBe(0);
  });
});

test.each(['v1.33.1-gke.100', 'v1.29.3-eks-a1b2', 'v1.31.0+k3s1'])(
  'helm takes %s for the release that it is, in a chart that wants >=1.25.0',
  async (version) => {
    const chart = temporaryFolder({
      'Chart.yaml': "apiVersion: v2\nname: shop\nversion: 1.0.0\nkubeVersion: '>=1.25.0'\n",
      'templates/version.yaml': VERSION,
    });
    const { code, stdout } = await run(enginePath('helm'), ['template', 'shop', chart, '--kube-version', version], {
      env: { HOME: chart },
    });
    expect(stdout).toContain(`rendered-for: "${version}"`);
    expect(code).toBe(0);
  },
);
