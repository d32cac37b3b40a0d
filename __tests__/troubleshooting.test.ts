/** The messages that docs/troubleshooting.md quotes from elsewhere than the connection, made by the code that makes them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { resolveCluster } from '../src/cluster/cluster.ts';
import { discover } from '../src/discovery/discover.ts';
import { nothingCached } from '../src/gate/only-cached.ts';
import { gateErrorOf } from './helpers/gate-error.ts';
import { connectionTo, type Script } from './helpers/scripted-api.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';
import { createWorld } from './helpers/world.ts';

const page = readFileSync(resolve(import.meta.dirname, '../docs/troubleshooting.md'), 'utf8');
const worldWith = (PATH: string) => createWorld({ variables: { PATH } });
const world = worldWith('/nonexistent');

const status = (code: number, message: string) => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message },
});
const forbidden = (path: string) =>
  status(403, `forbidden: User "system:serviceaccount:ci:gate" cannot get path "${path}"`);
const page403 = { '/api': forbidden('/api'), '/apis': forbidden('/apis') };
const signIn = { contentType: 'text/html', body: '<html><title>Sign in</title></html>' };
const away = { status: 503, contentType: 'text/plain', body: 'upstream connect error' };
const unauthorized = status(401, 'Unauthorized');
const expired = {
  ...unauthorized,
  refused: { invalid: true, message: 'the token expired on 2026-01-01T00:00:00Z' },
};
const policy = status(403, 'access denied by policy');
const gateway = {
  status: 502,
  contentType: 'text/html',
  body: '<html><title>502 Bad Gateway</title></html>',
};

const server = 'https://k8s.example.com:6443';
const ask = async (script: Script) => await discover(connectionTo(script), { clock: world.clock, log: world.log });
const signInWith = async (user: object, { path = '/nonexistent', timeoutMs = 5000 } = {}) => {
  const kubeconfig = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
  await getFrom(await resolveCluster({ kind: 'kubeconfig', kubeconfig }, worldWith(path)), timeoutMs);
};
const getFrom = async (cluster: Awaited<ReturnType<typeof resolveCluster>>, timeoutMs = 5000) =>
  await cluster.open({ signal: AbortSignal.timeout(timeoutMs), timeoutMs }).get({ path: '/api', accept: '*/*' });

const GKE_PLUGIN = 'gke-gcloud-auth-plugin';
const gkeUser = {
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: GKE_PLUGIN,
    interactiveMode: 'Never',
    installHint: `Install ${GKE_PLUGIN} with gcloud.`,
  },
};

test.each([
  {
    code: 'unauthorized',
    action: () => ask({ '/api': unauthorized, '/apis': unauthorized, '/version': unauthorized }),
  },
  {
    code: 'unauthorized',
    action: () => ask({ '/api': expired, '/apis': expired, '/version': expired }),
  },
  { code: 'forbidden', action: () => ask(page403) },
  { code: 'forbidden', action: () => ask({ '/api': policy, '/apis': policy }) },
  { code: 'api-server-unavailable', action: () => ask({ '/api': gateway, '/apis': gateway }) },
  { code: 'not-an-api-server', action: () => ask({}) },
  { code: 'not-an-api-server', action: () => ask({ '/api': signIn, '/apis': signIn }) },
  { code: 'not-an-api-server', action: () => ask({ '/api': { body: {} }, '/apis': { body: {} } }) },
  { code: 'api-server-unavailable', action: () => ask({ '/api': away, '/apis': away }) },
  {
    code: 'exec-not-found',
    action: () => signInWith(gkeUser),
  },
  ...(process.platform === 'win32'
    ? []
    : [
        {
          code: 'exec-timeout',
          action: () =>
            signInWith(gkeUser, {
              path: temporaryFolder({ [GKE_PLUGIN]: '#!/bin/sh\nexec /bin/sleep 60\n' }),
              timeoutMs: 200,
            }),
        },
      ]),
  { code: 'auth-provider', action: () => signInWith({ 'auth-provider': { name: 'gcp' } }) },
  {
    code: 'oidc-not-permitted',
    action: async () =>
      await getFrom(await resolveCluster({ kind: 'server', server, oidcAudience: 'https://k8s.example.com' }, world)),
  },
  ...(
    [
      ['no-service', 'no Actions cache service is available here'],
      ['trouble', 'the cache service is in trouble: Failed request: (503) Service Unavailable'],
      ['other-server', "the entry is of another server than this job's, under the same cluster name production"],
      ['kubectl', 'nothing in it is younger than the TTL of 6h'],
    ] as const
  ).map(([why, reason]) => ({
    code: 'nothing-cached',
    action: () => {
      throw nothingCached({ name: 'production', named: true }, 6 * 3_600_000, { kind: 'none', why, reason });
    },
  })),
])('$code is quoted as it is', async ({ code, action }) => {
  const error = await gateErrorOf(action);
  const section = page.split(/^#{2,3} /m).find((part) => part.startsWith(`${code}\n`)) ?? '';
  expect(error.code).toBe(code);
  expect(section).toContain(`> ${error.message}\n`);
  expect(section).toContain(`**What to do.** ${error.hint}\n`);
});
