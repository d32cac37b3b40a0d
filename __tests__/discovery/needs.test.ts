import { describe, expect, test } from 'vitest';
import type { ApiConnection } from '../../src/cluster/cluster.ts';
import { discover } from '../../src/discovery/discover.ts';
import { EVERYTHING, givenUp, type Needs, unneeded } from '../../src/discovery/needs.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Clock } from '../../src/model/world.ts';
import { connectionTo, type Script, version137 } from '../helpers/scripted-api.ts';

/** A clock whose sleeps end at once where they are not of somebody who waits for an answer. */
const quick: Clock = {
  now: () => 0,
  random: () => 0,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      setTimeout(resolve, ms / 100);
    }),
};

const NOTHING: Needs = { version: false, groupVersion: () => false };

/** A connection to the table, on which some paths never answer. */
function hanging(script: Script, ...paths: readonly string[]): ApiConnection {
  const connection = connectionTo(script);
  return {
    ...connection,
    get: (request) => {
      if (!paths.includes(request.path)) return connection.get(request);
      const { promise, reject } = Promise.withResolvers<never>();
      const late = () => reject(new GateError('unreachable', 'timed-out', 'timed out'));
      request.signal?.addEventListener('abort', late, { once: true });
      setTimeout(late, 2_000).unref();
      return promise;
    },
  };
}

const list = (groupVersion: string) => ({
  body: {
    kind: 'APIResourceList',
    groupVersion,
    resources: [{ name: 'things', kind: 'Thing', namespaced: true, verbs: ['get'] }],
  },
});
const plain: Script = {
  '/api': { body: { kind: 'APIVersions', versions: ['v1'] } },
  '/apis': {
    body: {
      kind: 'APIGroupList',
      groups: ['apps', 'metrics.k8s.io'].map((name) => ({
        name,
        versions: [{ groupVersion: `${name}/v1`, version: 'v1' }],
        preferredVersion: { groupVersion: `${name}/v1`, version: 'v1' },
      })),
    },
  },
  '/api/v1': list('v1'),
  '/apis/apps/v1': list('apps/v1'),
  '/apis/metrics.k8s.io/v1': list('metrics.k8s.io/v1'),
  '/version': version137,
};

const log = { line: () => undefined, debug: () => undefined };
const ask = async (needs: Needs | undefined, ...hang: readonly string[]) => {
  const started = Date.now();
  const { snapshot } = await discover(hanging(plain, ...hang), { clock: quick, log, needs });
  return { gaps: snapshot.gaps, took: Date.now() - started, snapshot };
};

describe('what never answers', () => {
  test.each([
    ['/version', { kind: 'endpoint', endpoint: '/version' }],
    ['/apis/metrics.k8s.io/v1', { kind: 'group-version', groupVersion: 'metrics.k8s.io/v1' }],
    ['/apis/apps/v1', { kind: 'group-version', groupVersion: 'apps/v1' }],
    ['/api/v1', { kind: 'group-version', groupVersion: 'v1' }],
  ])('is given up soon where nothing needs it: %s', async (path, gap) => {
    const { gaps, took } = await ask(NOTHING, path);
    expect(gaps).toMatchObject([{ ...gap, reason: 'unavailable', message: givenUp(path, undefined).message }]);
    expect(took).toBeLessThan(1_500);
  });

  test.each([
    ['/version', { version: true, groupVersion: () => false }],
    ['/apis/apps/v1', { version: false, groupVersion: (name: string) => name === 'apps/v1' }],
    ['/version', undefined],
    ['/apis/apps/v1', EVERYTHING],
  ])('is waited for where something needs it: %s, %#', async (path, needs) => {
    const { gaps, took } = await ask(needs, path);
    expect(gaps).toMatchObject([{ message: expect.stringContaining('timed out') }]);
    expect(took).toBeGreaterThan(1_500);
  });

  test('costs no more where it is several', async () => {
    const { gaps, took } = await ask(NOTHING, '/version', '/api/v1', '/apis/metrics.k8s.io/v1');
    expect(gaps).toHaveLength(3);
    expect(took).toBeLessThan(1_500);
  });
});

test('what answers is taken, needed or not', async () => {
  const { snapshot } = await ask(NOTHING);
  expect(snapshot.gaps).toEqual([]);
  expect(snapshot.version?.gitVersion).toBe('v1.37.2');
});

test('the short time begins when it is started, and never for what is needed', async () => {
  const needed = unneeded(true, quick);
  const spare = unneeded(false, quick);
  const idle = unneeded(false, quick);
  const answered = unneeded(false, quick);
  for (const each of [needed, spare, answered]) each.start();
  answered.end();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect([needed, spare, idle, answered].map((each) => each.isOver())).toEqual([false, true, false, false]);
});
