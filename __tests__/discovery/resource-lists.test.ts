import { expect, test } from 'vitest';
import type { ApiConnection } from '../../src/cluster/cluster.ts';
import { EVERYTHING } from '../../src/discovery/needs.ts';
import { askResources, serverResourcesForGroupVersion } from '../../src/discovery/resource-lists.ts';
import { GateError } from '../../src/model/errors.ts';
import { systemClock } from '../../src/system/system.ts';
import { connectionTo, forbidden, type Reply, resourceList, status } from '../helpers/scripted-api.ts';

const EVERYTHING_NOW = { clock: systemClock, needs: EVERYTHING };

const unreachable = new GateError('unreachable', 'reset', 'the connection was reset');
const apps = { group: 'apps', version: 'v1' };
const metrics = { group: 'metrics.k8s.io', version: 'v1beta1' };

test.each([
  ['v1', '/api/v1'],
  ['v2', '/apis/v2'],
  ['apps/v1', '/apis/apps/v1'],
  ['a b/v1?x', '/apis/a%20b/v1%3Fx'],
  ['\ud800/v1', '/apis/%EF%BF%BD/v1'],
])('the resources of %j are at %s, in the one form there is', async (groupVersion, path) => {
  const connection = connectionTo({ [path]: resourceList(groupVersion, ['pods', 'Pod']) });
  const list = await serverResourcesForGroupVersion(connection, groupVersion);
  expect(list).toMatchObject({ groupVersion, resources: [{ name: 'pods' }] });
  expect(connection.requests).toEqual([{ path, accept: 'application/json' }]);
});

test.each([
  ['an absent v1 has no resources', 'v1', { status: 404 }, { groupVersion: 'v1', resources: [] }],
  [
    'a list without resources is empty',
    'apps/v1',
    { body: { kind: 'APIResourceList' } },
    { groupVersion: 'apps/v1', resources: [] },
  ],
  [
    'null resources are none',
    'apps/v1',
    { body: { kind: 'APIResourceList', groupVersion: 'apps/v1', resources: null } },
    { groupVersion: 'apps/v1', resources: [] },
  ],
])('as for client-go, %s', async (_, groupVersion, reply, list) => {
  const path = groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`;
  expect(await serverResourcesForGroupVersion(connectionTo({ [path]: reply }), groupVersion)).toEqual(list);
});

test.each([
  ['an empty group-version', '', {}, 'invalid-input'],
  ['any other that is absent', 'apps/v1', { status: 404 }, 'unreachable'],
  ['a forbidden v1', 'v1', forbidden('/api/v1'), 'denied'],
  ['an empty body', 'apps/v1', { body: '' }, 'unreachable'],
  ['a Status with success', 'apps/v1', { body: { kind: 'Status', status: 'Failure' } }, 'unreachable'],
])('an error: %s', async (_, groupVersion, reply, outcome) => {
  const path = groupVersion === 'v1' ? '/api/v1' : `/apis/${groupVersion}`;
  const asking = serverResourcesForGroupVersion(connectionTo({ [path]: reply }), groupVersion);
  await expect(asking).rejects.toMatchObject({ name: 'GateError', outcome });
});

test.each([
  ['not found', { status: 404 }, 'not-found'],
  ['forbidden', forbidden('/apis/metrics.k8s.io/v1beta1'), 'forbidden'],
  ['a backend that is away', { status: 503, contentType: 'text/plain', body: 'service unavailable' }, 'unavailable'],
  ['a page', { contentType: 'text/html', body: '<html>' }, 'invalid'],
  ['the resources of another', resourceList('apps/v1', ['deployments', 'Deployment']), 'invalid'],
  ['no answer', unreachable, 'unavailable'],
])('one that fails is refused, and the others are read: %s', async (_, reply: Reply | GateError, reason) => {
  const connection = connectionTo({
    '/apis/apps/v1': resourceList('apps/v1', ['deployments', 'Deployment']),
    '/apis/metrics.k8s.io/v1beta1': reply,
  });
  const answers = await askResources(connection, [metrics, apps], EVERYTHING_NOW);
  expect(answers.get('metrics.k8s.io/v1beta1')).toMatchObject({ kind: 'refused', refusal: { reason } });
  expect(answers.get('apps/v1')).toMatchObject({ kind: 'accepted', value: [{ name: 'deployments' }] });
});

test.each([
  ['an answer that says so', status(401, 'Unauthorized', 'Unauthorized')],
  ['a connection that says so', new GateError('denied', 'unauthorized', 'not accepted')],
])('credentials that are not accepted end it all: %s', async (_, reply) => {
  const connection = connectionTo({ '/apis/apps/v1': resourceList('apps/v1'), '/apis/metrics.k8s.io/v1beta1': reply });
  await expect(askResources(connection, [apps, metrics], EVERYTHING_NOW)).rejects.toMatchObject({ outcome: 'denied' });
});

test('a server that answers nothing at all is gone', async () => {
  const connection = connectionTo({ '/apis/apps/v1': unreachable, '/apis/metrics.k8s.io/v1beta1': unreachable });
  await expect(askResources(connection, [apps, metrics], EVERYTHING_NOW)).rejects.toBe(unreachable);
});

test('many are asked at the same time, but not all', async () => {
  const many = Array.from({ length: 100 }, (_, index) => ({ group: `g${index}`, version: 'v1' }));
  const connection = connectionTo(
    Object.fromEntries(many.map(({ group }) => [`/apis/${group}/v1`, resourceList(`${group}/v1`)])),
  );
  const answers = await askResources(connection, many, EVERYTHING_NOW);
  expect(answers.size).toBe(100);
  expect(connection.requests).toHaveLength(100);
  expect(connection.busiest()).toBe(16);
});

test('the order is that of the list, whoever answers first', async () => {
  const answersLate = new Set(['/apis/apps/v1']);
  const scripted = connectionTo({
    '/apis/apps/v1': resourceList('apps/v1'),
    '/apis/metrics.k8s.io/v1beta1': resourceList('metrics.k8s.io/v1beta1'),
  });
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const connection: ApiConnection = {
    ...scripted,
    async get(request) {
      if (answersLate.has(request.path)) await released;
      const answer = await scripted.get(request);
      release();
      return answer;
    },
  };
  expect([...(await askResources(connection, [apps, metrics], EVERYTHING_NOW)).keys()]).toEqual([
    'apps/v1',
    'metrics.k8s.io/v1beta1',
  ]);
});

test('nothing is asked when there is nothing to ask', async () => {
  const connection = connectionTo({});
  expect(await askResources(connection, [], EVERYTHING_NOW)).toEqual(new Map());
  expect(connection.requests).toEqual([]);
});

test('all answers together have a limit, and what is beyond it is a gap', async () => {
  const many = Array.from({ length: 90_000 }, (_, index) => [`r${index}`, `R${index}`] as const);
  const versions = ['v1', 'v2', 'v3', 'v4'].map((version) => ({ group: 'apps', version }));
  const script = Object.fromEntries(
    versions.map(({ version }) => [`/apis/apps/${version}`, resourceList(`apps/${version}`, ...many)]),
  );
  const answers = [...(await askResources(connectionTo(script), versions, EVERYTHING_NOW)).values()];
  expect(answers.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'refused', 'refused']);
  expect(answers[2]).toMatchObject({
    refusal: {
      reason: 'invalid',
      message: 'GET /apis/apps/v3 answered with resources that make more than 200000 of all group-versions',
    },
  });
});
