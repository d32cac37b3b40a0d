import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import { GateError, type Outcome } from '../../src/model/errors.ts';
import { readRecording, withDocument } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld, inputsOf } from '../helpers/world.ts';

let server: ReplayServer;

beforeAll(async () => {
  server = await startReplayServer({ recording: readRecording('1.37') });
});

afterAll(async () => {
  await server?.stop();
});

const inputs = (more: Readonly<Record<string, string>>) =>
  inputsOf({ kubeconfig: server.kubeconfig(), cache: 'off', ...more });

describe('the outcome of a run', () => {
  test.each<readonly [rule: string, inputs: Readonly<Record<string, string>>, outcome: Outcome]>([
    ['everything is served', { require: 'apps/v1\nv1/Pod verbs=create' }, 'compatible'],
    ['a group-version is not served', { require: 'apps/v1\nbatch/v1beta1' }, 'incompatible'],
    ['one of two alternatives is served', { require: 'policy/v1 | policy/v1beta1' }, 'compatible'],
    ['what must not be served is served', { require: '!apps/v1' }, 'incompatible'],
    [
      'an APIService without a backend makes only its own group-version unknown',
      { require: 'apps/v1\nmetrics.k8s.io/v1beta1' },
      'undetermined',
    ],
    ['what a dead APIService does not touch is judged', { require: 'apps/v1' }, 'compatible'],
    ['the server has the version asked for', { 'server-version': '>=1.37 <1.38' }, 'compatible'],
    ['the server has not', { 'server-version': '<1.30' }, 'incompatible'],
    ['fail-on leaves unknown out', { require: 'metrics.k8s.io/v1beta1', 'fail-on': 'missing' }, 'compatible'],
    ['fail-on: none only reports', { require: 'batch/v1beta1', 'fail-on': 'none' }, 'compatible'],
    ['nothing is required', { require: '' }, 'invalid-input'],
    ['nothing but comments is required', { require: '# apps/v1\n\r\n' }, 'invalid-input'],
    ['a requirement does not parse', { require: 'apps/v1/Deployment/scale/x' }, 'invalid-input'],
    ['a wrong token is refused', { require: 'apps/v1', kubeconfig: 'WRONG TOKEN' }, 'denied'],
    [
      'a wrong token is refused whatever fail-on says',
      { require: 'apps/v1', kubeconfig: 'WRONG TOKEN', 'fail-on': 'none' },
      'denied',
    ],
    [
      'nothing listens at the server',
      { require: 'apps/v1', kubeconfig: '', server: 'https://127.0.0.1:1', token: 'secret-token' },
      'unreachable',
    ],
  ])('%s: %#', async (_rule, given, outcome) => {
    const kubeconfig = given['kubeconfig'] === 'WRONG TOKEN' ? { kubeconfig: server.kubeconfig('not-the-token') } : {};
    expect(await runGate(inputs({ ...given, ...kubeconfig }), createWorld())).toBe(outcome);
  });
});

describe('objects that most likely no API server stores', () => {
  const KUSTOMIZATION = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
  const POD = 'apiVersion: v1\nkind: Pod\n';
  const run = async (files: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) => {
    const world = createWorld({ workingDirectory: temporaryFolder(files) });
    const outcome = await runGate(inputs({ manifests: '*.yaml', ...more }), world);
    return { outcome, world };
  };

  test('are counted beside what is judged', async () => {
    const { outcome, world } = await run({ 'a.yaml': KUSTOMIZATION, 'b.yaml': KUSTOMIZATION, 'c.yaml': POD });
    expect(outcome).toBe('compatible');
    expect(world.verdicts.map(({ notJudged }) => notJudged)).toEqual([
      { 'kustomize.config.k8s.io/v1beta1 Kustomization': 2 },
    ]);
  });

  test('alone leave nothing to judge, which is no success', async () => {
    const { outcome, world } = await run({ 'a.yaml': KUSTOMIZATION });
    expect(outcome).toBe('invalid-input');
    expect(world.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('only kustomize.config.k8s.io/v1beta1 Kustomization'),
    ]);
  });

  test('leave something to judge beside what cannot be read', async () => {
    expect((await run({ 'a.yaml': KUSTOMIZATION, 'b.yaml': 'a: [' })).outcome).toBe('invalid-input');
  });
});

describe('what something else brings', () => {
  test.each<[string, string, Outcome]>([
    ['a kind', 'cert-manager.io/v1/Certificate', 'compatible'],
    ['its group-version', 'cert-manager.io/v1', 'compatible'],
    ['its resource only', 'cert-manager.io/v1/certificates', 'incompatible'],
    ['another version', 'cert-manager.io/v1beta1', 'incompatible'],
    ['nothing', '', 'incompatible'],
    ['a whole group', 'cert-manager.io/*', 'invalid-input'],
    ['what must not be there', '!cert-manager.io/v1', 'invalid-input'],
    ['one of two', 'cert-manager.io/v1 | cert-manager.io/v2', 'invalid-input'],
    ['verbs', 'cert-manager.io/v1/Certificate verbs=get', 'invalid-input'],
    ['a subresource', 'cert-manager.io/v1/certificates/status', 'invalid-input'],
    ['what does not parse', 'cert-manager', 'invalid-input'],
  ])('%s, by provides: %s', async (_rule, provides, outcome) => {
    const given = { require: 'cert-manager.io/v1/Certificate', provides };
    expect(await runGate(inputs(given), createWorld())).toBe(outcome);
  });
});

describe('what is published', () => {
  test.each([
    ['1.99', ['target-version 1.99 is beyond 1.37']],
    ['1.20', ['target-version 1.20 is older than the server']],
    ['1.37', []],
  ])('how far anybody can look ahead to %s', async (target, expected) => {
    const world = createWorld();
    await runGate(inputs({ require: 'apps/v1', 'target-version': target }), world);
    expect(world.verdicts[0]?.warnings.map(({ message }) => message.split(/[,:] /)[0])).toEqual(expected);
  });

  test('a verdict, once, when a cluster was judged', async () => {
    const world = createWorld();
    await runGate(inputs({ require: 'apps/v1\nbatch/v1beta1' }), world);
    expect(world.errors).toEqual([]);
    expect(world.verdicts).toHaveLength(1);
    expect(
      world.verdicts[0]?.clusters[0]?.findings.map(({ requirement, standing }) => [requirement.text, standing]),
    ).toEqual([
      ['apps/v1', 'served'],
      ['batch/v1beta1', 'missing'],
    ]);
  });

  test('all that is wrong with the inputs, together, and nothing is asked', async () => {
    const world = createWorld();
    const asked = server.requests.length;
    const read = inputs({ require: 'apps/v1/\nbatch/v1', timeout: '30', kubeconfig: '/nonexistent/kubeconfig' });
    expect(await runGate(read, world)).toBe('invalid-input');
    expect(world.errors).toHaveLength(1);
    expect(world.errors[0]?.problems.map(({ place }) => place.kind === 'input' && place.input).sort()).toEqual([
      'require',
      'timeout',
    ]);
    expect(server.requests.length).toBe(asked);
  });

  test('a kubeconfig at fault is reported with the other mistakes', async () => {
    const world = createWorld();
    await runGate(inputs({ require: 'apps/v1/', kubeconfig: '/nonexistent/kubeconfig' }), world);
    expect(world.errors[0]?.problems.map(({ place }) => place.kind === 'input' && place.input).sort()).toEqual([
      'kubeconfig',
      'require',
    ]);
  });

  test('an error, when the verdict itself cannot be published', async () => {
    const world = createWorld();
    const unwritable = new GateError('invalid-input', 'report-unwritable', 'The report cannot be written.');
    const publisher = { ...world.publisher, verdict: () => Promise.reject(unwritable) };
    expect(await runGate(inputs({ require: 'apps/v1' }), { ...world, publisher })).toBe('invalid-input');
    expect(world.errors).toEqual([unwritable]);
  });

  test('a cluster that cannot be judged leaves the others their verdict', async () => {
    const world = createWorld();
    const kubeconfig = twoContexts(server);
    const outcome = await runGate(inputs({ require: 'apps/v1', kubeconfig, context: 'good\nbad' }), world);
    expect(outcome).toBe('denied');
    expect(world.verdicts[0]?.clusters.map(({ outcome: each }) => each)).toEqual(['compatible', 'denied']);
  });
});

test('a server that says something else than discovery is unreachable, not empty', async () => {
  const recording = withDocument(readRecording('1.37'), '/apis', 'v2', { kind: 'Status', status: 'Success' });
  const odd = await startReplayServer({ recording: withDocument(recording, '/api', 'v2', {}) });
  try {
    const world = createWorld();
    expect(await runGate(inputsOf({ kubeconfig: odd.kubeconfig(), require: '!apps/v1', cache: 'off' }), world)).toBe(
      'unreachable',
    );
  } finally {
    await odd.stop();
  }
});

/** A kubeconfig with a context that is let in and one that is not. */
function twoContexts(of: ReplayServer): string {
  const config = JSON.parse(of.kubeconfig()) as {
    clusters: { name: string }[];
    users: { name: string; user: Record<string, unknown> }[];
  } & Record<string, unknown>;
  const [cluster, user] = [config.clusters[0]?.name, config.users[0]?.name];
  return JSON.stringify({
    ...config,
    users: [...config.users, { name: 'stranger', user: { token: 'not-the-token' } }],
    contexts: [
      { name: 'good', context: { cluster, user } },
      { name: 'bad', context: { cluster, user: 'stranger' } },
    ],
  });
}
