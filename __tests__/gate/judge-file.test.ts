import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runGate } from '../../src/gate/gate.ts';
import { encodeSnapshot } from '../../src/snapshots/snapshot-file.ts';
import { readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { endpointGap, resource, snapshotOf, versionGap } from '../helpers/snapshots.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createWorld, inputsOf, shiftedClock } from '../helpers/world.ts';

const DAY = 24 * 3_600_000;
const servers: ReplayServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function replay(generation: '1.25' | '1.28' | '1.37'): Promise<ReplayServer> {
  const server = await startReplayServer({ recording: readRecording(generation) });
  servers.push(server);
  return server;
}

/** A run in `folder`; without a kubeconfig, a credential or a cluster but what `inputs` name. */
async function run(folder: string, inputs: Readonly<Record<string, string>>, laterMs = 0) {
  const world = createWorld({ workingDirectory: folder, clock: shiftedClock(() => laterMs) });
  const outcome = await runGate(inputsOf(inputs), world);
  const [verdict] = world.verdicts;
  return { outcome, verdict, clusters: verdict?.clusters ?? [], error: world.errors[0], lines: world.lines };
}

function fileOf(cluster: string, more: Parameters<typeof snapshotOf>[1] & { readonly takenAt?: number } = {}): string {
  const snapshot = snapshotOf({ 'apps/v1': [resource('deployments', 'Deployment')] }, { version: 'v1.33.1', ...more });
  return encodeSnapshot({ cluster, snapshot: { ...snapshot, takenAt: more.takenAt ?? Date.now() } });
}

describe('a snapshot in a file', () => {
  test.each(['1.25', '1.28', '1.37'] as const)('gives the findings of the live cluster: %s', async (generation) => {
    const server = await replay(generation);
    const folder = temporaryFolder();
    const judging = {
      require:
        'apps/v1/Deployment verbs=create\npolicy/v1beta1\npolicy/v1beta1/PodDisruptionBudget\nexample.com/v1\nv1/pods/eviction\napps/v1/Scale\napps/v1/Deploymnt',
      'target-version': '1.38',
      'fail-on': 'missing, unknown, deprecated',
    };
    const live = await run(folder, {
      ...judging,
      kubeconfig: server.kubeconfig(),
      cluster: 'production',
      cache: 'off',
      'save-snapshots': 'snaps',
    });
    const asked = server.requests.length;
    await server.stop();
    expect(readdirSync(join(folder, 'snaps'))).toEqual(['production.json']);

    const offline = await run(folder, { ...judging, snapshots: 'snaps/*.json' }, DAY);

    expect(offline.outcome).toBe(live.outcome);
    expect(offline.clusters.map(({ findings }) => findings)).toEqual(live.clusters.map(({ findings }) => findings));
    expect(offline.clusters[0]).toMatchObject({ cluster: 'production', cache: 'file' });
    expect(offline.clusters[0]?.serverVersion).toEqual(live.clusters[0]?.serverVersion);
    expect(offline.clusters[0]?.capabilities.toSorted()).toEqual(live.clusters[0]?.capabilities.toSorted());
    expect(offline.clusters[0]?.ageMs).toBeGreaterThanOrEqual(DAY);
    expect(server.requests.length).toBe(asked);
  });

  test('is the same whenever it is written, but for the time', async () => {
    const server = await replay('1.37');
    const folder = temporaryFolder();
    const inputs = { require: 'v1', kubeconfig: server.kubeconfig(), cluster: 'production', cache: 'off' };
    await run(folder, { ...inputs, 'save-snapshots': 'one' });
    await run(folder, { ...inputs, 'save-snapshots': 'two' }, DAY);
    const [one = [], two = []] = ['one', 'two'].map((name) =>
      readFileSync(join(folder, name, 'production.json'), 'utf8').split('\n'),
    );
    expect(two.filter((line) => !one.includes(line))).toEqual([expect.stringContaining('"takenAt"')]);
    const text = one.join('\n');
    for (const secret of [server.token, '127.0.0.1', server.server]) expect(text).not.toContain(secret);
  });

  test('live clusters and files are judged in one run', async () => {
    const server = await replay('1.37');
    const folder = temporaryFolder({ 'snaps/eu.json': fileOf('eu') });
    const { outcome, clusters } = await run(folder, {
      require: 'apps/v1',
      kubeconfig: server.kubeconfig(),
      snapshots: 'snaps/eu.json',
      cache: 'off',
    });
    expect(outcome).toBe('compatible');
    expect(clusters.map(({ cache }) => cache)).toEqual(['off', 'file']);
  });

  test('what a gap covers is unknown, by its name, and neither served nor missing', async () => {
    const folder = temporaryFolder({
      'a.json': fileOf('a', { gaps: [versionGap('metrics.k8s.io/v1beta1')] }),
      'b.json': fileOf('b', { gaps: [endpointGap('/apis')] }),
    });
    const { outcome, clusters } = await run(folder, {
      require: 'metrics.k8s.io/v1beta1\napps/v1\n!metrics.k8s.io/v1beta1',
      snapshots: '*.json',
    });
    expect(outcome).toBe('undetermined');
    expect(clusters.map(({ findings }) => findings.map(({ standing }) => standing))).toEqual([
      ['unknown', 'served', 'unknown'],
      ['unknown', 'served', 'unknown'],
    ]);
    expect(clusters[0]?.findings[0]?.explanation).toContain('metrics.k8s.io/v1beta1');
  });
});

describe('the age of a file', () => {
  const judged = async (ageMs: number, inputs: Readonly<Record<string, string>> = {}) => {
    const folder = temporaryFolder({ 'a.json': fileOf('a', { takenAt: Date.now() - ageMs }) });
    const { outcome, clusters } = await run(folder, { require: 'apps/v1', snapshots: 'a.json', ...inputs });
    return {
      outcome,
      warnings: clusters[0]?.warnings.map(({ message }) => message),
      error: clusters[0]?.error?.message,
    };
  };

  test.each([
    ['up to 30 days nothing is said', 29 * DAY, {}, 'compatible', []],
    ['beyond, it is said', 31 * DAY, {}, 'compatible', [expect.stringContaining('is 31 days old')]],
    ['within snapshot-max-age nothing is said', 40 * DAY, { 'snapshot-max-age': '1000h' }, 'compatible', []],
    ['beyond, the cluster is undetermined', 2 * DAY, { 'snapshot-max-age': '24h' }, 'undetermined', []],
    ['a few minutes of the future are another clock', -60_000, { 'snapshot-max-age': '24h' }, 'compatible', []],
    ['more would never grow old', -DAY, { 'snapshot-max-age': '24h' }, 'undetermined', []],
    ['more is said', -DAY, {}, 'compatible', [expect.stringContaining('in the future')]],
  ])('%s', async (_rule, ageMs, inputs, outcome, warnings) => {
    expect(await judged(ageMs, inputs)).toMatchObject({ outcome, warnings });
  });

  test('the message has both ages', async () => {
    expect((await judged(50 * 3_600_000, { 'snapshot-max-age': '24h' })).error).toBe(
      'The snapshot of a in a.json is 50h old, and `snapshot-max-age` allows 24h.',
    );
  });
});

describe('files that cannot be used', () => {
  test.each([
    ['no file at all', {}, 'snapshots: The pattern *.json matches no file.'],
    ['one that is not JSON', { 'a.json': '{\n  "kind"\n' }, 'a.json:3: This snapshot cannot be used: it holds a body'],
    ['an empty one', { 'a.json': '' }, 'a.json:1: This snapshot cannot be used: it holds an empty body.'],
    ['another JSON', { 'a.json': '{}' }, 'a.json:1: This snapshot cannot be used: it is not a snapshot'],
    [
      'one of a newer version',
      { 'a.json': fileOf('a').replace('"version": 1', '"version": 2') },
      'a.json:1: This snapshot cannot be used: it has format version 2, and this kube-api-gate reads 1.',
    ],
    [
      'two of one cluster',
      { 'a.json': fileOf('a'), 'b.json': fileOf('a') },
      'b.json:1: This is a second snapshot of a; a.json is one too.',
    ],
  ])('%s', async (_rule, files: Record<string, string>, message) => {
    const { outcome, error } = await run(temporaryFolder(files), { require: 'v1', snapshots: '*.json' });
    expect(outcome).toBe('invalid-input');
    const [problem] = error?.problems ?? [];
    expect(problem?.hint).toBeTruthy();
    const place = problem?.place.kind === 'file' ? `${problem.place.file}:${problem.place.line}` : problem?.place.input;
    expect(`${place}: ${problem?.message}`).toContain(message);
  });

  test('a cluster that is judged live as well', async () => {
    const server = await replay('1.37');
    const folder = temporaryFolder({ 'a.json': fileOf('production') });
    const { outcome, error } = await run(folder, {
      require: 'v1',
      kubeconfig: server.kubeconfig(),
      cluster: 'production',
      snapshots: 'a.json',
    });
    expect(outcome).toBe('invalid-input');
    expect(error?.problems[0]?.message).toBe(
      'This is a snapshot of production, and the inputs name that cluster as well.',
    );
    expect(server.requests).toEqual([]);
  });
});

describe('save-snapshots', () => {
  test('needs nothing to judge', async () => {
    const server = await replay('1.37');
    const folder = temporaryFolder();
    const { outcome } = await run(folder, {
      kubeconfig: server.kubeconfig(),
      cluster: 'p',
      cache: 'off',
      'save-snapshots': 'deep/snaps',
    });
    expect(outcome).toBe('compatible');
    expect(readdirSync(join(folder, 'deep/snaps'))).toEqual(['p.json']);
  });

  test.each([
    ['the verdict stands, and the log says what was not kept', { require: 'v1' }, 'compatible'],
    ['a run that had nothing else to do fails', {}, 'invalid-input'],
  ])('a folder that cannot be written: %s', async (_rule, inputs, outcome) => {
    const server = await replay('1.37');
    const folder = temporaryFolder({ snaps: 'a file' });
    const run1 = await run(folder, {
      ...inputs,
      kubeconfig: server.kubeconfig(),
      cluster: 'p',
      cache: 'off',
      'save-snapshots': 'snaps',
    });
    expect(run1.outcome).toBe(outcome);
    expect(run1.lines).toContainEqual(expect.stringMatching(/^Snapshot of p: not written, because /));
  });

  test('two jobs that write at once leave one whole file', async () => {
    const server = await replay('1.37');
    const folder = temporaryFolder();
    const inputs = {
      require: 'v1',
      kubeconfig: server.kubeconfig(),
      cluster: 'p',
      cache: 'off',
      'save-snapshots': 's',
    };
    await Promise.all([run(folder, inputs), run(folder, inputs)]);
    expect(readdirSync(join(folder, 's'))).toEqual(['p.json']);
    expect((await run(folder, { require: 'v1', snapshots: 's' })).outcome).toBe('compatible');
  });
});

test('with snapshots alone neither a kubeconfig nor the environment is read', async () => {
  const folder = temporaryFolder({ 'a.json': fileOf('a') });
  const world = createWorld({
    workingDirectory: folder,
    variables: { KUBECONFIG: join(folder, 'broken'), KUBERNETES_SERVICE_HOST: '10.0.0.1' },
  });
  writeFileSync(join(folder, 'broken'), '{');
  expect(await runGate(inputsOf({ require: 'apps/v1', snapshots: 'a.json' }), world)).toBe('compatible');
  expect(world.masked).toEqual([]);
});
