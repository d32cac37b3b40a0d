import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { decodeEntry, encodeEntry } from '../../src/cache/entry.ts';
import type { SnapshotStore } from '../../src/cache/snapshot-store.ts';
import { runGate } from '../../src/gate/gate.ts';
import { type Recording, readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { wholeRecording, withGroup } from '../helpers/whole-recording.ts';
import { createWorld, inputsOf, memoryStore, shiftedClock } from '../helpers/world.ts';

const whole = wholeRecording(readRecording('1.37'));
const servers: ReplayServer[] = [];
const MINUTE = 60_000;

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function replay(recording: Recording): Promise<ReplayServer> {
  const server = await startReplayServer({ recording });
  servers.push(server);
  return server;
}

/** Jobs that share a cache and a clock that can be moved on. They know the cluster by name, so that it may be another server after a while. */
function jobs() {
  const saved = new Map<string, Uint8Array>();
  let offset = 0;
  return {
    saved,
    pass: (ms: number) => {
      offset += ms;
    },
    async run(server: ReplayServer, inputs: Readonly<Record<string, string>>) {
      const before = server.requests.length;
      const world = createWorld({ store: memoryStore(saved), clock: shiftedClock(() => offset) });
      const outcome = await runGate(inputsOf({ kubeconfig: server.kubeconfig(), ...inputs }), world);
      const cluster = world.verdicts[0]?.clusters[0];
      const requests = server.requests.slice(before);
      return {
        outcome,
        cache: cluster?.cache,
        cluster,
        error: world.errors[0] ?? cluster?.error,
        requests: requests.length,
        conditional: requests.filter(({ headers }) => headers['if-none-match'] !== undefined).length,
      };
    },
  };
}

describe('cache: auto', () => {
  test('the first run asks, the next one within the TTL asks nothing at all', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({ outcome: 'compatible', cache: 'miss' });
    job.pass(MINUTE);
    const second = await job.run(server, { require: 'apps/v1' });
    expect(second).toMatchObject({ outcome: 'compatible', cache: 'hit', requests: 0 });
    expect(second.cluster?.ageMs).toBeGreaterThanOrEqual(MINUTE);
  });

  test('after the TTL the server is asked whether the snapshot still holds', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'apps/v1' });
    job.pass(10 * MINUTE);
    expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({
      outcome: 'compatible',
      cache: 'revalidated',
      conditional: 2,
    });
    job.pass(MINUTE);
    expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({ cache: 'hit', requests: 0 });
  });

  test('a TTL of 0s asks every time', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'apps/v1', 'cache-ttl': '0s' });
    job.pass(1);
    expect(await job.run(server, { require: 'apps/v1', 'cache-ttl': '0s' })).toMatchObject({
      cache: 'revalidated',
      conditional: 2,
    });
  });

  test('what is missing in the cached snapshot is asked live, and still missing then', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'apps/v1' });
    expect(await job.run(server, { require: 'batch/v1beta1' })).toMatchObject({
      outcome: 'incompatible',
      cache: 'rechecked',
    });
  });

  test('what was installed since the snapshot was taken is found', async () => {
    const recording = structuredClone(whole);
    const server = await replay(recording);
    const job = jobs();
    await job.run(server, { require: 'apps/v1' });
    Object.assign(recording, withGroup(whole, 'new.example.org', 'v1', 'Gadget'));
    expect(await job.run(server, { require: 'new.example.org/v1/Gadget' })).toMatchObject({
      outcome: 'compatible',
      cache: 'rechecked',
    });
  });

  test('what goes into a baseline is asked live as well: it would hide for good what was only not there yet', async () => {
    const recording = structuredClone(whole);
    const server = await replay(recording);
    const job = jobs();
    await job.run(server, { require: 'apps/v1' });
    Object.assign(recording, withGroup(whole, 'new.example.org', 'v1', 'Gadget'));
    const baseline = join(temporaryFolder(), 'baseline.json');
    const inputs = { require: 'new.example.org/v1/Gadget', baseline, 'update-baseline': 'true' };
    expect(await job.run(server, inputs)).toMatchObject({ outcome: 'compatible', cache: 'rechecked' });
    expect(readFileSync(baseline, 'utf8')).toContain('"findings": []');
  });

  test('what must not be served and is, by the cache, is asked live as well', async () => {
    const recording = withGroup(whole, 'new.example.org', 'v1', 'Gadget');
    const server = await replay(recording);
    const job = jobs();
    await job.run(server, { require: 'apps/v1' });
    Object.assign(recording, whole);
    expect(await job.run(server, { require: '!new.example.org/v1' })).toMatchObject({
      outcome: 'compatible',
      cache: 'rechecked',
    });
  });

  test('what fails for being deprecated is asked live: its replacement may have come', async () => {
    const old = withGroup(whole, 'flowcontrol.apiserver.k8s.io', 'v1beta3', 'FlowSchema');
    const server = await replay(old);
    const job = jobs();
    const require = 'flowcontrol.apiserver.k8s.io/v1beta3/FlowSchema';
    await job.run(server, { require: 'apps/v1' });
    const again = await job.run(server, { require, 'fail-on': 'missing, unknown, deprecated' });
    expect(again.cluster?.findings.map(({ met, fails }) => ({ met, fails }))).toEqual([{ met: 'yes', fails: true }]);
    expect(again).toMatchObject({ outcome: 'incompatible', cache: 'rechecked' });
  });
});

describe('a cluster with a dead APIService', () => {
  const withDead = readRecording('1.37');
  const DEAD = 'metrics.k8s.io/v1beta1';

  test('its healthy groups are hits', async () => {
    const [job, server] = [jobs(), await replay(withDead)];
    expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({ outcome: 'compatible', cache: 'miss' });
    const second = await job.run(server, { require: 'apps/v1\n!apps/v1beta1\nbatch/v1/CronJob' });
    expect(second).toMatchObject({ outcome: 'compatible', cache: 'hit', requests: 0 });
    expect(second.cluster?.warnings.map(({ message }) => message).join()).toContain(DEAD);
  });

  test.each([
    ['the dead group-version', DEAD],
    ['its group', 'metrics.k8s.io/*'],
    ['a kind of it', `${DEAD}/PodMetrics`],
    ['that it must not be served', `!${DEAD}`],
    ['it or something that is missing', `${DEAD} | nothing.example.org/v1`],
  ])('what its gap covers is asked live, and unknown there as well: %s', async (_rule, require) => {
    const [job, server] = [jobs(), await replay(withDead)];
    await job.run(server, { require: 'apps/v1' });
    const run = await job.run(server, { require });
    expect(run).toMatchObject({ outcome: 'undetermined', cache: 'rechecked', requests: 3 });
    expect(run.cluster?.findings[0]).toMatchObject({ met: 'unknown', explanation: expect.stringContaining(DEAD) });
  });

  test('a backend that came back is found, and the next run has a hit', async () => {
    const recording = structuredClone(withDead);
    const [job, server] = [jobs(), await replay(recording)];
    await job.run(server, { require: 'apps/v1' });
    Object.assign(recording, withGroup(whole, 'metrics.k8s.io', 'v1beta1', 'PodMetrics'));
    job.pass(1_000);
    expect(await job.run(server, { require: DEAD })).toMatchObject({ outcome: 'compatible', cache: 'rechecked' });
    job.pass(1_000);
    expect(await job.run(server, { require: DEAD })).toMatchObject({ outcome: 'compatible', cache: 'hit' });
  });

  test('a backend that died since is not served from what was known of it, once it was asked', async () => {
    const recording = structuredClone(withGroup(whole, 'metrics.k8s.io', 'v1beta1', 'PodMetrics'));
    const [job, server] = [jobs(), await replay(recording)];
    await job.run(server, { require: DEAD, cluster: 'prod', cache: 'refresh' });
    Object.assign(recording, withDead);
    job.pass(1_000);
    await job.run(server, { require: 'apps/v1', cluster: 'prod', cache: 'refresh' });
    job.pass(1_000);
    const fork = { kubeconfig: '', cluster: 'prod', cache: 'only' } as const;
    expect(await job.run(server, { ...fork, require: DEAD })).toMatchObject({ outcome: 'undetermined', requests: 0 });
    expect(await job.run(server, { ...fork, require: 'apps/v1' })).toMatchObject({ outcome: 'compatible' });
  });

  test('the answer is confirmed after its TTL, and its gap stays one', async () => {
    const [job, server] = [jobs(), await replay(withDead)];
    await job.run(server, { require: 'apps/v1' });
    job.pass(10 * MINUTE);
    const again = await job.run(server, { require: 'apps/v1' });
    expect(again).toMatchObject({ outcome: 'compatible', cache: 'revalidated', conditional: 2 });
    expect(again.cluster?.warnings.map(({ message }) => message).join()).toContain('with freshness Stale');
    expect(await job.run(server, { require: `!${DEAD}` })).toMatchObject({ outcome: 'undetermined' });
  });

  test.each([
    ['a healthy group', 'apps/v1', 'compatible', 'yes'],
    ['a group that is missing', 'nothing.example.org/v1', 'incompatible', 'no'],
    ['the dead group-version', DEAD, 'undetermined', 'unknown'],
    ['another version of the dead group', 'metrics.k8s.io/v1', 'incompatible', 'no'],
    ['that the dead one must not be served', `!${DEAD}`, 'undetermined', 'unknown'],
  ])('cache: only judges by the rest, and names what is unknown: %s', async (_rule, require, outcome, met) => {
    const [job, server] = [jobs(), await replay(withDead)];
    await job.run(server, { require: 'apps/v1', cluster: 'prod' });
    const run = await job.run(server, { kubeconfig: '', cluster: 'prod', cache: 'only', require });
    expect(run).toMatchObject({ outcome, cache: 'hit', requests: 0 });
    expect(run.cluster?.findings[0]?.met).toBe(met);
    if (met === 'unknown') expect(run.cluster?.findings[0]?.explanation).toContain(DEAD);
  });
});

/** Takes a group out of every entry and leaves the server's own ETags beside what is left, as only somebody can who writes into the cache. */
function forgeWithout(group: string, saved: Map<string, Uint8Array>): void {
  for (const [key, bytes] of saved) {
    const decoded = decodeEntry(bytes);
    if (decoded.kind === 'invalid') throw new Error(decoded.reason);
    const { entry } = decoded;
    const groups = entry.snapshot.groups.filter(({ name }) => name !== group);
    saved.set(key, encodeEntry({ ...entry, snapshot: { ...entry.snapshot, groups } }));
  }
}

describe('an entry that lacks what the cluster serves, with ETags that the cluster confirms', () => {
  test.each([
    ['young', MINUTE, '0s'],
    ['older than the TTL', 10 * MINUTE, '0s'],
    ['older than the TTL, while the job would wait', 10 * MINUTE, '1m'],
  ])('turns no job red, and is replaced: %s', async (_rule, age, wait) => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'batch/v1' });
    forgeWithout('apps', job.saved);
    job.pass(age);
    expect(await job.run(server, { require: 'apps/v1', wait })).toMatchObject({
      outcome: 'compatible',
      cache: 'rechecked',
    });
    job.pass(1_000);
    expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({ outcome: 'compatible', cache: 'hit' });
  });

  test('a young one is asked about without its ETags, an old one with them first', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'batch/v1' });
    expect(await job.run(server, { require: 'missing.example.org/v1' })).toMatchObject({
      outcome: 'incompatible',
      cache: 'rechecked',
      requests: 3,
      conditional: 0,
    });
    job.pass(10 * MINUTE);
    expect(await job.run(server, { require: 'missing.example.org/v1' })).toMatchObject({
      outcome: 'incompatible',
      cache: 'rechecked',
      requests: 6,
      conditional: 2,
    });
  });
});

describe('cache: refresh and off', () => {
  test('refresh asks although the snapshot is young, and saves', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'apps/v1' });
    const again = await job.run(server, { require: 'apps/v1', cache: 'refresh' });
    expect(again.cache).toBe('miss');
    expect(again.requests).toBeGreaterThan(0);
  });

  test('off neither looks nor saves', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    expect(await job.run(server, { require: 'apps/v1', cache: 'off' })).toMatchObject({ cache: 'off' });
    expect(job.saved.size).toBe(0);
  });
});

describe('kubectl-cache: use', () => {
  const withDead = readRecording('1.37');

  /** Runs on a machine that keeps kubectl's cache, and has no other. */
  function machine() {
    const home = temporaryFolder();
    let offset = 0;
    return {
      home,
      pass: (ms: number) => {
        offset += ms;
      },
      async run(server: ReplayServer, inputs: Readonly<Record<string, string>>) {
        const before = server.requests.length;
        const world = {
          ...createWorld({ clock: shiftedClock(() => offset), workingDirectory: home }),
          store: undefined,
        };
        const given = { kubeconfig: server.kubeconfig(), 'kubectl-cache': 'use', ...inputs };
        const outcome = await runGate(inputsOf(given), world);
        const cluster = world.verdicts[0]?.clusters[0];
        const requests = server.requests.slice(before);
        return {
          outcome,
          cache: cluster?.cache,
          cluster,
          lines: world.lines,
          error: world.errors[0] ?? cluster?.error,
          requests: requests.length,
          conditional: requests.filter(({ headers }) => headers['if-none-match'] !== undefined).length,
        };
      },
    };
  }

  test('the second run asks nothing, and knows the version', async () => {
    const [job, server] = [machine(), await replay(whole)];
    expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({ cache: 'miss', requests: 3 });
    const second = await job.run(server, { require: 'apps/v1', 'server-version': '>=1.37' });
    expect(second).toMatchObject({ outcome: 'compatible', cache: 'hit', requests: 0 });
    expect(second.cluster?.warnings).toEqual([]);
  });

  test('after the TTL the server confirms both listings', async () => {
    const [job, server] = [machine(), await replay(withDead)];
    await job.run(server, { require: 'apps/v1' });
    job.pass(10 * MINUTE + 1);
    const again = await job.run(server, { require: 'apps/v1' });
    expect(again).toMatchObject({ outcome: 'compatible', cache: 'revalidated', conditional: 2 });
    expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({ cache: 'hit', requests: 0 });
  });

  test.each([
    ['missing', 'batch/v1beta1', 'incompatible'],
    ['forbidden, and absent from the files: its backend may be down', '!metrics.k8s.io/v1beta1', 'undetermined'],
    ['on a dead backend', 'metrics.k8s.io/v1beta1', 'undetermined'],
    ['forbidden and served', '!apps/v1', 'incompatible'],
  ])('what is %s is asked live', async (_rule, require, outcome) => {
    const [job, server] = [machine(), await replay(withDead)];
    await job.run(server, { require: 'apps/v1' });
    const run = await job.run(server, { require });
    expect(run).toMatchObject({ outcome, cache: 'rechecked' });
    expect(run.requests).toBeGreaterThanOrEqual(3);
  });

  test('a group that was installed since is found', async () => {
    const recording = structuredClone(whole);
    const [job, server] = [machine(), await replay(recording)];
    await job.run(server, { require: 'apps/v1' });
    Object.assign(recording, withGroup(whole, 'new.example.org', 'v1', 'Gadget'));
    expect(await job.run(server, { require: 'new.example.org/v1' })).toMatchObject({
      outcome: 'compatible',
      cache: 'rechecked',
    });
  });

  test.each([
    ['refresh', 'miss', 4],
    ['off', 'off', 3],
  ])(
    'cache: %s takes nothing from it, not even to be confirmed, and leaves the answer',
    async (cache, use, requests) => {
      const [job, server] = [machine(), await replay(withDead)];
      await job.run(server, { require: 'apps/v1' });
      expect(await job.run(server, { require: 'apps/v1', cache })).toMatchObject({
        cache: use,
        // A refresh saves the schemas as well, and asks for their index.
        requests,
        conditional: 0,
      });
      expect(await job.run(server, { require: 'apps/v1' })).toMatchObject({ cache: 'hit' });
    },
  );

  test.each([
    ['what is there', 'apps/v1', 'compatible'],
    ['what is absent is unknown, as nobody may ask', 'nothing.example.org/v1', 'undetermined'],
    ['so is that it must not be served', '!nothing.example.org/v1', 'undetermined'],
  ])('cache: only judges by it alone: %s', async (_rule, require, outcome) => {
    const [job, server] = [machine(), await replay(whole)];
    await job.run(server, { require: 'apps/v1' });
    expect(await job.run(server, { require, cache: 'only' })).toMatchObject({ outcome, cache: 'hit', requests: 0 });
  });

  test('where nothing is kept at all the cache counts as off', async () => {
    const [job, server] = [machine(), await replay(whole)];
    const inputs = { require: 'apps/v1', 'kubectl-cache': 'off' };
    for (const cache of ['auto', 'off']) {
      expect(await job.run(server, { ...inputs, cache })).toMatchObject({ cache: 'off', requests: 3 });
    }
  });

  test('cache: only with nothing there is undetermined', async () => {
    const [job, server] = [machine(), await replay(whole)];
    const run = await job.run(server, { require: 'apps/v1', cache: 'only' });
    expect(run).toMatchObject({ outcome: 'undetermined', requests: 0 });
  });

  test('a machine that cannot keep anything has its verdict all the same', async () => {
    const [job, server] = [machine(), await replay(whole)];
    writeFileSync(join(job.home, 'own-kube-cache'), 'in the way');
    const run = await job.run(server, { require: 'apps/v1' });
    expect(run).toMatchObject({ outcome: 'compatible', cache: 'miss' });
    expect(run.lines.join('\n')).toMatch(/kubectl's cache of .*: not written/);
  });

  test('it comes before the other cache, and both are kept', async () => {
    const saved = new Map<string, Uint8Array>();
    const server = await replay(whole);
    const home = temporaryFolder();
    const run = async (kubectlCache: string) => {
      const world = createWorld({ store: memoryStore(saved), workingDirectory: home });
      const inputs = { kubeconfig: server.kubeconfig(), require: 'apps/v1', 'kubectl-cache': kubectlCache };
      await runGate(inputsOf(inputs), world);
      const caches = world.lines.filter((line) => !line.startsWith('Judging '));
      return [world.verdicts[0]?.clusters[0]?.cache, caches.map((line) => line.split(':')[0]?.split(' of ')[0])];
    };
    expect(await run('use')).toEqual(['miss', expect.arrayContaining(["kubectl's cache", 'Cache'])]);
    expect(await run('use')).toEqual(['hit', ["kubectl's cache"]]);
    expect(await run('off')).toEqual(['hit', ['Cache']]);
  });
});

describe('a refresh that saves nothing says so in the report', () => {
  const failing = (reason: string): SnapshotStore => ({
    ...memoryStore(new Map()),
    save: async () => ({ kind: 'failed', reason }),
  });

  test.each([
    ['the token may only read', {}, 1],
    ['the cache service is in trouble: 503', {}, 1],
    ['the token may only read', { cache: 'auto' }, 0],
  ])('%s, %j', async (reason, inputs, told) => {
    const server = await replay(whole);
    const world = createWorld({ store: failing(reason) });
    const given = { kubeconfig: server.kubeconfig(), require: 'apps/v1', cluster: 'prod', cache: 'refresh', ...inputs };
    expect(await runGate(inputsOf(given), world)).toBe('compatible');
    const warnings = world.verdicts[0]?.clusters[0]?.warnings.map(({ message }) => message) ?? [];
    expect(warnings.filter((message) => message.includes(`not saved, because ${reason}`))).toHaveLength(told);
  });
});

describe('cache: only', () => {
  const fork = { kubeconfig: '', cluster: 'prod', cache: 'only' } as const;

  test('a job without credentials is judged by what another job saved', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'apps/v1', cluster: 'prod' });
    job.pass(MINUTE);
    expect(await job.run(server, { ...fork, require: 'apps/v1' })).toMatchObject({
      outcome: 'compatible',
      cache: 'hit',
      requests: 0,
    });
  });

  test.each([
    ['a kubeconfig of another server', (other: ReplayServer) => ({ kubeconfig: other.kubeconfig() })],
    ['a server', (other: ReplayServer) => ({ server: other.server })],
  ])('an answer of another server under the same name is refused: %s', async (_rule, inputs) => {
    const [job, server, other] = [jobs(), await replay(whole), await replay(whole)];
    await job.run(server, { require: 'apps/v1', cluster: 'prod' });
    const run = await job.run(server, { ...fork, ...inputs(other), require: 'apps/v1' });
    expect(run).toMatchObject({ outcome: 'undetermined', requests: 0 });
    expect(run.error?.message).toContain('another server');
    expect(other.requests).toEqual([]);
    const own = await job.run(server, { ...fork, kubeconfig: server.kubeconfig(), require: 'apps/v1' });
    expect(own).toMatchObject({ outcome: 'compatible', cache: 'hit', requests: 0 });
  });

  test('what is missing stays missing, with the snapshot’s age and the way to refresh it', async () => {
    const [job, server] = [jobs(), await replay(whole)];
    await job.run(server, { require: 'apps/v1', cluster: 'prod' });
    job.pass(MINUTE);
    const run = await job.run(server, { ...fork, require: 'batch/v1beta1' });
    expect(run).toMatchObject({ outcome: 'incompatible', cache: 'hit', requests: 0 });
    expect(run.cluster?.warnings.map(({ message }) => message).join()).toMatch(/prod served 1m.* ago/);
  });

  test.each([
    ['nothing is cached', 0],
    ['what is cached is older than the TTL', 11 * MINUTE],
  ])('%s: undetermined, with the workflow that seeds it', async (_rule, age) => {
    const [job, server] = [jobs(), await replay(whole)];
    if (age > 0) await job.run(server, { require: 'apps/v1', cluster: 'prod' });
    job.pass(age);
    const run = await job.run(server, { ...fork, require: 'apps/v1' });
    expect(run).toMatchObject({ outcome: 'undetermined', requests: 0 });
    expect(run.error?.hint).toContain('cluster: prod');
    expect(run.error?.hint).toContain('cache: refresh');
  });
});
