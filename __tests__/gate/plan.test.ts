import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makePlan, type Plan } from '../../src/gate/plan.ts';
import type { GateError } from '../../src/model/errors.ts';
import { systemClock } from '../../src/system/system.ts';
import { createWorld, inputsOf } from '../helpers/world.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-plan-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const SERVER = { server: 'https://prod.example.com', token: 'some-token' };
const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n';

function plan(inputs: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}): Promise<Plan> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return makePlan(inputsOf({ ...SERVER, ...inputs }), createWorld({ workingDirectory: folder }));
}

const refusal = (
  inputs: Readonly<Record<string, string>>,
  files?: Readonly<Record<string, string>>,
): Promise<GateError> =>
  plan(inputs, files).then(
    () => {
      throw new Error('the plan was accepted');
    },
    (error: GateError) => error,
  );

describe('what is required', () => {
  test('comes from require, server-version and manifests, in that order', async () => {
    const { requirements } = await plan(
      { require: 'batch/v1', 'server-version': '>=1.30', manifests: 'deploy/*.yaml' },
      { 'deploy/web.yaml': DEPLOYMENT },
    );
    expect(requirements.map(({ place }) => (place.kind === 'input' ? place.input : place.file))).toEqual([
      'require',
      'server-version',
      'deploy/web.yaml',
    ]);
  });

  test('the log tells how many files each pattern matches', async () => {
    const files = { 'deploy/web.yaml': DEPLOYMENT, 'deploy/api/a.yaml': DEPLOYMENT, 'deploy/old/b.yaml': DEPLOYMENT };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const world = createWorld({ workingDirectory: folder });
    await makePlan(inputsOf({ ...SERVER, manifests: 'deploy/**/*.yaml\ndeploy/web.yaml\n!deploy/old' }), world);
    expect(world.lines).toEqual(expect.arrayContaining(['deploy/**/*.yaml: 2 files', 'deploy/web.yaml: 1 file']));
  });

  test.each<
    readonly [
      rule: string,
      inputs: Readonly<Record<string, string>>,
      files: Readonly<Record<string, string>>,
      message: string,
    ]
  >([
    ['no requirement at all', {}, {}, 'There is nothing to judge'],
    [
      'manifests without an object that is stored',
      { manifests: 'values.yaml' },
      { 'values.yaml': '# nothing but a comment\n' },
      'There is nothing to judge',
    ],
  ])('%s is invalid input, not success', async (_rule, inputs, files, message) => {
    expect(await refusal(inputs, files)).toMatchObject({
      outcome: 'invalid-input',
      code: 'nothing-to-judge',
      message: expect.stringContaining(message),
    });
  });

  test('a manifest that cannot be read leaves the rest to be judged', async () => {
    const { requirements, manifests } = await plan(
      { manifests: '*.yaml' },
      { 'good.yaml': DEPLOYMENT, 'torn.yaml': 'kind: [\n' },
    );
    expect(requirements).toHaveLength(1);
    expect(manifests.problems).toHaveLength(1);
  });
});

describe('mistakes are reported together', () => {
  test('in inputs and requirements', async () => {
    const { problems } = await refusal({ require: 'apps/v1/', timeout: 'soon', 'fail-on': 'everything' });
    expect(problems.map(({ place }) => place.kind === 'input' && place.input).sort()).toEqual([
      'fail-on',
      'require',
      'timeout',
    ]);
  });

  test('in requirements, kubeconfig and exemptions', async () => {
    const { problems } = await refusal({
      server: '',
      token: '',
      require: 'apps/v1/',
      kubeconfig: 'nowhere.yaml',
      exemptions: 'exemptions.yaml',
    });
    expect(problems.map(({ place }) => place.kind === 'input' && place.input).sort()).toEqual([
      'exemptions',
      'kubeconfig',
      'require',
    ]);
  });

  test('a single mistake keeps its own words', async () => {
    const error = await refusal({ require: 'apps/v1/' });
    expect(error.message).toContain('require:1');
  });
});

describe('who is asked', () => {
  test('a cluster is called by its own name, or the one given', async () => {
    expect((await plan({ require: 'apps/v1' })).subjects.map(({ name }) => name)).toEqual(['prod.example.com']);
    expect((await plan({ require: 'apps/v1', cluster: 'prod' })).subjects.map(({ name }) => name)).toEqual(['prod']);
  });

  const KUBECONFIG = `apiVersion: v1
kind: Config
clusters: [{ name: p, cluster: { server: 'https://prod.example.com' } }, { name: s, cluster: { server: 'https://staging.example.com' } }]
users: [{ name: u, user: {} }]
contexts: [{ name: prod, context: { cluster: p, user: u } }, { name: staging, context: { cluster: s, user: u } }]
current-context: prod
`;
  const only = { server: '', token: '', require: 'apps/v1', cluster: 'prod', cache: 'only' };

  test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['nothing but the name', {}, undefined],
    ['a kubeconfig that is not there, as its secret is not', { kubeconfig: 'nowhere.yaml' }, undefined],
    ['a kubeconfig that is empty, as its secret is', { kubeconfig: 'empty.yaml' }, undefined],
    ['a context, and no kubeconfig on the machine', { context: 'prod' }, undefined],
    ['a kubeconfig', { kubeconfig: 'config.yaml' }, 'https://prod.example.com/'],
    ['a context of it', { kubeconfig: 'config.yaml', context: 'staging' }, 'https://staging.example.com/'],
    ['the kubeconfig itself', { kubeconfig: KUBECONFIG }, 'https://prod.example.com/'],
    ['a server', { server: 'https://prod.example.com' }, 'https://prod.example.com/'],
  ])('cache: only compares the server that the inputs name: %s', async (_rule, inputs, server) => {
    const { subjects } = await plan({ ...only, ...inputs }, { 'config.yaml': KUBECONFIG, 'empty.yaml': '' });
    expect(subjects.map(({ name, identity }) => [name, identity?.server])).toEqual([['prod', server]]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['a context that the kubeconfig does not have', { kubeconfig: 'config.yaml', context: 'other' }],
    ['a kubeconfig that is not YAML', { kubeconfig: 'broken.yaml' }],
  ])('cache: only does not pass over a mistake: %s', async (_rule, inputs) => {
    const planning = plan({ ...only, ...inputs }, { 'config.yaml': KUBECONFIG, 'broken.yaml': 'a: [' });
    await expect(planning).rejects.toMatchObject({ outcome: 'invalid-input' });
  });
});

describe('reading has a deadline', () => {
  const files = Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`d/${index}.yaml`, DEPLOYMENT]));
  test.each([
    ['ten times that of asking', '30s', 300_000, '5m'],
    ['and a minute at least', '1s', 60_000, '1m'],
  ])('%s', async (_, timeout, expectedMs, shown) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const asked: number[] = [];
    const clock = {
      ...systemClock,
      sleep: async (ms: number) => {
        asked.push(ms);
      },
    };
    const making = makePlan(
      inputsOf({ ...SERVER, manifests: 'd', timeout }),
      createWorld({ workingDirectory: folder, clock }),
    );
    await expect(making).rejects.toMatchObject({
      outcome: 'invalid-input',
      code: 'reading-timed-out',
      message: `The files of manifests were not read within ${shown}.`,
    });
    expect(asked).toEqual([expectedMs]);
  });
});
