/** The cache from run to run of real workflows, under act with its own cache service, against a real kube-apiserver that keeps an audit log. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ActProject, type ActResult, createActProject } from '../helpers/act.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { widgetDefinition } from '../helpers/extra-apis.ts';

/** Steps of a job that runs the gate and tells what it said. Each `cluster` is a cache of its own. */
function steps(cluster: string, inputs: Readonly<Record<string, string>>): string {
  const given = Object.entries({ cluster, ...inputs }).map(([name, value]) => `          ${name}: '${value}'`);
  return `    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - id: gate
        uses: ./
        with:
${given.join('\n')}
          kubeconfig: \${{ secrets.KUBECONFIG }}
      - if: always()
        run: echo "told \${{ github.job }} outcome=\${{ steps.gate.outputs.outcome }} cache=\${{ steps.gate.outputs.cache }} age=\${{ steps.gate.outputs.cache-age }} missing=\${{ steps.gate.outputs.missing }}."
      - if: always()
        run: echo "changed=[$(git status --porcelain --ignored)]"
`;
}

const workflowOf = (cluster: string, inputs: Readonly<Record<string, string>>): string =>
  `on: push\njobs:\n  gate:\n${steps(cluster, inputs)}`;

const WORKFLOWS = {
  'window.yaml': workflowOf('window', { require: 'apps/v1' }),
  'expiry.yaml': workflowOf('expiry', { require: 'apps/v1', 'cache-ttl': '2s' }),
  'always.yaml': workflowOf('always', { require: 'apps/v1', 'cache-ttl': '0s' }),
  'refresh.yaml': workflowOf('refresh', { require: 'apps/v1', cache: 'refresh' }),
  'installed.yaml': workflowOf('installed', { require: 'example.com/v1/Widget' }),
  'removed.yaml': workflowOf('removed', { require: '!example.com/v1/Widget' }),
  'jobs.yaml': `on: push
jobs:
  one:
${steps('jobs', { require: 'apps/v1' })}
  two:
${steps('jobs', { require: 'batch/v1' })}
  after:
    needs: [one, two]
${steps('jobs', { require: 'v1/Pod' })}`,
};

let plane: ControlPlane;
let project: ActProject;

beforeAll(async () => {
  plane = await startControlPlane({ generation: '1.37', auditLog: true });
  project = await createActProject(
    Object.fromEntries(Object.entries(WORKFLOWS).map(([name, text]) => [`.github/workflows/${name}`, text])),
  );
});

afterAll(async () => {
  project?.remove();
  await plane?.stop();
});

type Request = { readonly path: string; readonly status: number };

/** What the action has asked of the cluster so far, as the cluster wrote it down. */
function requests(): readonly Request[] {
  type Event = { requestURI: string; userAgent?: string; responseStatus?: { code: number }; stage: string };
  return readFileSync(plane.auditLogPath, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event)
    .filter(({ userAgent, stage }) => stage === 'ResponseComplete' && userAgent?.startsWith('kube-api-gate') === true)
    .map(({ requestURI, responseStatus }) => ({ path: requestURI, status: responseStatus?.code ?? 0 }));
}

let before = 0;
beforeEach(() => {
  before = requests().length;
});

/** What the action asked since it was last asked for. */
function asked(): readonly string[] {
  const since = requests().slice(before);
  before += since.length;
  return since.map(({ path, status }) => `${path} ${status}`).toSorted();
}

async function workflow(name: keyof typeof WORKFLOWS): Promise<ActResult> {
  const secrets = { KUBECONFIG: readFileSync(plane.adminKubeconfig, 'utf8') };
  const result = await project.workflow(`.github/workflows/${name}`, { secrets });
  expect(result.log).not.toContain(plane.tokens['admin'] ?? 'no token');
  // A job works in a copy of the checkout, which is gone with it.
  expect(new Set(result.log.match(/\| changed=.*/g))).toEqual(new Set(['| changed=[]']));
  return result;
}

const EVERYTHING = ['/api 200', '/apis 200', '/version 200'];

test('a miss asks the cluster; a hit leaves no trace in its audit log', async () => {
  const first = await workflow('window.yaml');
  expect(first.log).toContain('told gate outcome=compatible cache=miss age=0');
  expect(first.exitCode).toBe(0);
  expect(asked()).toEqual(EVERYTHING);

  const second = await workflow('window.yaml');
  expect(second.log).toMatch(/told gate outcome=compatible cache=hit age=\d/);
  expect(second.exitCode).toBe(0);
  expect(asked()).toEqual([]);
});

test('an entry older than the TTL is confirmed by the cluster with 304, and counts as young again', async () => {
  await workflow('expiry.yaml');
  asked();
  await sleep(2_100);
  const second = await workflow('expiry.yaml');
  expect(second.log).toContain('told gate outcome=compatible cache=revalidated age=0');
  expect(second.exitCode).toBe(0);
  expect(asked()).toEqual(['/api 304', '/apis 304', '/version 200']);
});

test('with a TTL of zero the cluster is asked each time, and confirms what it said', async () => {
  const first = await workflow('always.yaml');
  expect(first.log).toContain('cache=miss age=0');
  asked();
  const second = await workflow('always.yaml');
  expect(second.log).toContain('told gate outcome=compatible cache=revalidated age=0');
  expect(asked()).toEqual(['/api 304', '/apis 304', '/version 200']);
});

test('`refresh` asks for everything each time', async () => {
  await workflow('refresh.yaml');
  asked();
  const second = await workflow('refresh.yaml');
  expect(second.log).toContain('told gate outcome=compatible cache=miss age=0');
  // By the index of schemas it sees that those it saved still hold.
  expect(asked()).toEqual([...EVERYTHING, '/openapi/v3 200'].sort());
});

test('what is missing in cached data is asked for before it counts: a CRD installed within the window turns the job green', async () => {
  const without = await workflow('installed.yaml');
  expect(without.log).toContain('told gate outcome=incompatible cache=miss age=0 missing=example.com/v1/Widget.');
  expect(without.exitCode).not.toBe(0);

  await install();
  asked();
  const installed = await workflow('installed.yaml');
  expect(installed.log).toContain('told gate outcome=compatible cache=rechecked age=0 missing=.');
  expect(installed.exitCode).toBe(0);
  // In full, though the core group is as it was: what an entry says is believed no further for an ETag that the cluster confirms.
  expect(asked()).toEqual(['/api 200', '/apis 200', '/version 200']);

  const again = await workflow('installed.yaml');
  expect(again.log).toMatch(/told gate outcome=compatible cache=hit/);
  expect(asked()).toEqual([]);
});

test('what must not be served and is in cached data is asked for, too: a CRD removed within the window turns the job green', async () => {
  const present = await workflow('removed.yaml');
  expect(present.log).toContain('told gate outcome=incompatible cache=miss age=0 missing=!example.com/v1/Widget.');
  expect(present.exitCode).not.toBe(0);

  await remove();
  const removed = await workflow('removed.yaml');
  expect(removed.log).toContain('told gate outcome=compatible cache=rechecked age=0 missing=.');
  expect(removed.exitCode).toBe(0);
});

test('jobs of one window may save at once, and the next finds what one of them saved', async () => {
  const { exitCode, log } = await workflow('jobs.yaml');
  expect(log).toMatch(/told one outcome=compatible/);
  expect(log).toMatch(/told two outcome=compatible/);
  expect(log).toMatch(/told after outcome=compatible cache=hit/);
  expect(exitCode).toBe(0);
});

async function install(): Promise<void> {
  await plane.kubectlOk(['create', '--filename=-'], { stdin: JSON.stringify(widgetDefinition) });
  await plane.kubectlOk(['wait', '--for=condition=Established', '--timeout=20s', 'crd/widgets.example.com']);
  await until(async () => (await plane.kubectlOk(['api-versions'])).includes('example.com/v1'));
}

async function remove(): Promise<void> {
  await plane.kubectlOk(['delete', 'crd', 'widgets.example.com', '--wait=true']);
  await until(async () => !(await plane.kubectlOk(['api-versions'])).includes('example.com/v1'));
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('gave up waiting for the cluster');
    await sleep(100);
  }
}
