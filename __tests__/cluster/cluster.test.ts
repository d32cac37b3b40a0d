import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { resolveCluster } from '../../src/cluster/cluster.ts';
import type { ClusterSource } from '../../src/model/cluster.ts';
import { GateError } from '../../src/model/errors.ts';
import { createAuthority } from '../helpers/certificates.ts';
import { type SeenWorldOptions, seenWorld } from '../helpers/cluster-world.ts';
import { gateErrorOf, wordsOf } from '../helpers/gate-error.ts';
import { startRecordingServer } from '../helpers/recording-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const authority = createAuthority();
const pem = authority.certificate;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const kubeconfig = (cluster: object, user: object, more: object = {}) =>
  JSON.stringify({
    clusters: [{ name: 'production', cluster }],
    users: [{ name: 'ci', user }],
    contexts: [{ name: 'k', context: { cluster: 'production', user: 'ci' } }],
    'current-context': 'k',
    ...more,
  });

async function startServer() {
  const server = await startRecordingServer(authority.server(['127.0.0.1']));
  onTestFinished(server.close);
  return { ...server, url: `https://127.0.0.1:${server.port}` };
}

async function ask(source: ClusterSource, options: SeenWorldOptions = {}) {
  const world = seenWorld(options);
  const cluster = await resolveCluster(source, world);
  const connection = cluster.open({ signal: AbortSignal.timeout(10_000), timeoutMs: 10_000 });
  const response = await connection
    .get({ path: '/apis', accept: 'application/json' })
    .finally(() => connection.close());
  return { cluster, response, world };
}

describe('a source that names the server', () => {
  test('tells when a request is on its way, before the answer', async () => {
    const server = await startServer();
    const source = {
      kind: 'server',
      server: server.url,
      certificateAuthorityData: base64(pem),
      token: 'sesame',
    } as const;
    const cluster = await resolveCluster(source, seenWorld());
    const order: string[] = [];
    const connection = cluster.open({
      signal: AbortSignal.timeout(10_000),
      timeoutMs: 10_000,
      onSent: () => order.push('sent'),
    });
    await connection.get({ path: '/apis', accept: 'application/json' }).then(() => order.push('answered'));
    await connection.close();
    expect(order).toEqual(['sent', 'answered']);
  });

  test('reaches it with CA and token', async () => {
    const server = await startServer();
    const { cluster, world } = await ask({
      kind: 'server',
      server: server.url,
      certificateAuthorityData: base64(pem),
      token: 'sesame',
    });
    expect(server.arrivals).toMatchObject([{ path: '/apis', authorization: 'Bearer sesame' }]);
    expect(cluster).toMatchObject({ name: `127.0.0.1:${server.port}`, server: server.url });
    expect(cluster.identity.server).toBe(`${server.url}/`);
    expect(world.masked).toEqual(['sesame']);
  });

  test('may give the CA in PEM', async () => {
    const server = await startServer();
    expect((await ask({ kind: 'server', server: server.url, certificateAuthorityData: pem })).response.status).toBe(
      200,
    );
  });

  test('may sign in with the job’s own token', async () => {
    const server = await startServer();
    const source = {
      kind: 'server',
      server: server.url,
      certificateAuthorityData: base64(pem),
      oidcAudience: 'k8s',
    } as const;
    await ask(source, { idToken: async (audience) => `minted for ${audience}` });
    expect(server.arrivals).toMatchObject([{ authorization: 'Bearer minted for k8s' }]);
  });

  test.each<[string, Omit<Extract<ClusterSource, { kind: 'server' }>, 'kind'>, string, string]>([
    ['has no scheme', { server: 'a:6443' }, 'server-without-scheme', 'server'],
    [
      'has a CA that is not PEM',
      { server: 'https://a', certificateAuthorityData: base64('sesame') },
      'certificate-authority-not-pem',
      'certificate-authority-data',
    ],
    [
      'has a CA that is not even base64',
      { server: 'https://a', certificateAuthorityData: 'se-sa-me' },
      'certificate-authority-not-pem',
      'certificate-authority-data',
    ],
    ['has a token with a line break', { server: 'https://a', token: 'sesame\nx' }, 'token-unsendable', 'token'],
    ['has a token for a server without TLS', { server: 'http://a', token: 'sesame' }, 'token-over-http', 'token'],
    [
      'has an audience for a server without TLS',
      { server: 'http://a', oidcAudience: 'k8s' },
      'token-over-http',
      'oidc-audience',
    ],
  ])('is refused when it %s', async (_, source, code, input) => {
    const error = await gateErrorOf(() => resolveCluster({ kind: 'server', ...source }, seenWorld()));
    expect(error).toMatchObject({ outcome: 'invalid-input', code, problems: [{ place: { kind: 'input', input } }] });
    expect(error.hint).toBeTruthy();
    expect(wordsOf(error)).not.toContain('sesame');
  });
});

describe('a source that is a kubeconfig', () => {
  const clusterAt = (url: string) => ({ server: url, 'certificate-authority-data': base64(pem) });

  test('reaches its server as its user', async () => {
    const server = await startServer();
    const { cluster } = await ask({
      kind: 'kubeconfig',
      kubeconfig: kubeconfig(clusterAt(server.url), { token: 't', as: 'jane' }),
    });
    expect(server.arrivals).toMatchObject([{ authorization: 'Bearer t', impersonation: ['impersonate-user: jane'] }]);
    expect(cluster.name).toBe('production');
  });

  test('asks with the credentials that are left when some were refused', async () => {
    const server = await startServer();
    const folder = temporaryFolder({
      plugin: `#!/bin/sh\necho x >> "$0.runs"\nprintf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t%s"}}' $(wc -l < "$0.runs")\n`,
    });
    server.refused.add('Bearer t1');
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: join(folder, 'plugin'),
      interactiveMode: 'Never',
    };
    const { response } = await ask(
      { kind: 'kubeconfig', kubeconfig: kubeconfig(clusterAt(server.url), { exec }) },
      { environment: { workingDirectory: folder } },
    );
    expect(response.status).toBe(200);
    expect(server.arrivals.map(({ authorization }) => authorization)).toEqual(['Bearer t1', 'Bearer t2']);
  });

  test('signs in with the job’s own token in place of its user’s credentials, and keeps whom to impersonate', async () => {
    const server = await startServer();
    const client = authority.client('x');
    const user = {
      'client-certificate-data': base64(client.certificate),
      'client-key-data': base64(client.key),
      exec: { command: 'x' },
      as: 'jane',
    };
    const source = {
      kind: 'kubeconfig',
      kubeconfig: kubeconfig(clusterAt(server.url), user),
      oidcAudience: 'k8s',
    } as const;
    await ask(source, { idToken: async () => 'minted' });
    expect(server.arrivals).toMatchObject([
      { authorization: 'Bearer minted', clientName: '', impersonation: ['impersonate-user: jane'] },
    ]);
  });

  test('is refused with groups of nobody also where the job’s own token signs in', async () => {
    const given = kubeconfig({ server: 'https://a' }, { token: 't', 'as-groups': ['dev'] });
    const source = { kind: 'kubeconfig', kubeconfig: given, oidcAudience: 'k8s' } as const;
    expect(await gateErrorOf(() => resolveCluster(source, seenWorld()))).toMatchObject({
      code: 'impersonation-without-user',
    });
  });

  test('is named by its context where that was asked for, since two may lead to one cluster', async () => {
    const given = { kind: 'kubeconfig', kubeconfig: kubeconfig({ server: 'https://a' }, {}) } as const;
    expect(await resolveCluster(given, seenWorld())).toMatchObject({ name: 'production' });
    expect(await resolveCluster({ ...given, context: 'k' }, seenWorld())).toMatchObject({ name: 'k' });
  });

  test('tells all faults of its user at once', async () => {
    const user = { token: 't', username: 'n', 'as-uid': '1' };
    const error = await gateErrorOf(() =>
      resolveCluster({ kind: 'kubeconfig', kubeconfig: kubeconfig({ server: 'https://a' }, user) }, seenWorld()),
    );
    expect(error.problems).toHaveLength(2);
  });

  test('runs nothing and asks nothing while it is resolved', async () => {
    const folder = temporaryFolder({ plugin: '#!/bin/sh\ntouch "$0.ran"\n' });
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: join(folder, 'plugin'),
      interactiveMode: 'Never',
    };
    await resolveCluster(
      { kind: 'kubeconfig', kubeconfig: kubeconfig({ server: 'https://127.0.0.1:1' }, { exec }) },
      seenWorld(),
    );
    expect(join(folder, 'plugin.ran')).not.toSatisfy((path: string) =>
      process.getBuiltinModule('node:fs').existsSync(path),
    );
  });
});

describe('without a kubeconfig', () => {
  const pod = (port: number) => ({ KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(port) });
  const account = () => temporaryFolder({ token: 'pod-token', 'ca.crt': pem, namespace: 'ci' });

  test('a pod asks its own cluster', async () => {
    const server = await startServer();
    const { cluster } = await ask(
      { kind: 'kubeconfig' },
      { environment: { variables: pod(server.port) }, serviceAccountFolder: account() },
    );
    expect(server.arrivals).toMatchObject([{ authorization: 'Bearer pod-token' }]);
    expect(cluster.identity.credentials).toBe('token of service account in ci');
  });

  test('a pod asks its own cluster also where a kubeconfig chooses no context, as kubectl does', async () => {
    const server = await startServer();
    const folder = temporaryFolder({
      '.kube/config': kubeconfig({ server: 'https://a' }, {}, { 'current-context': '' }),
    });
    const environment = { variables: pod(server.port), homeDirectory: folder };
    await ask({ kind: 'kubeconfig' }, { environment, serviceAccountFolder: account() });
    expect(server.arrivals).toHaveLength(1);
  });

  test.each<[string, ClusterSource, (folder: string) => SeenWorldOptions['environment'], string, string]>([
    [
      'nothing is configured',
      { kind: 'kubeconfig' },
      () => ({}),
      'cluster-not-configured',
      'No cluster is configured: no kubeconfig was found at /nonexistent/home/.kube/config (not there)',
    ],
    [
      'the input is empty',
      { kind: 'kubeconfig', kubeconfig: '' },
      () => ({}),
      'cluster-not-configured',
      'No cluster is configured',
    ],
    [
      'KUBECONFIG names files that are not there',
      { kind: 'kubeconfig' },
      () => ({ variables: { KUBECONFIG: '/x:/y' } }),
      'cluster-not-configured',
      'No cluster is configured: no kubeconfig was found at /x, /y (not there)',
    ],
    [
      'KUBECONFIG names an empty file',
      { kind: 'kubeconfig' },
      (folder) => ({ variables: { KUBECONFIG: join(folder, 'empty') } }),
      'kubeconfig-empty',
      'The kubeconfig has no contexts',
    ],
    [
      'the input names an empty file',
      { kind: 'kubeconfig', kubeconfig: 'empty' },
      (folder) => ({ workingDirectory: folder, variables: pod(1) }),
      'kubeconfig-empty',
      'The kubeconfig has no contexts',
    ],
    [
      'a context is asked for',
      { kind: 'kubeconfig', context: 'k' },
      () => ({ variables: pod(1) }),
      'cluster-not-configured',
      'No cluster is configured',
    ],
  ])('it is an error that %s', async (_, source, environment, code, message) => {
    const folder = temporaryFolder({ empty: '' });
    const world = seenWorld({ environment: environment(folder) ?? {}, serviceAccountFolder: account() });
    const error = await gateErrorOf(() => resolveCluster(source, world));
    expect(error).toMatchObject({ outcome: 'invalid-input', code, message: expect.stringContaining(message) });
    expect(error.hint).toBeTruthy();
  });
});

describe('the identity', () => {
  const identity = async (cluster: object, user: object = { token: 'sesame' }, more: Partial<ClusterSource> = {}) =>
    (
      await resolveCluster(
        {
          kind: 'kubeconfig',
          kubeconfig: kubeconfig({ server: 'https://a', ...cluster }, user),
          ...more,
        } as ClusterSource,
        seenWorld(),
      )
    ).identity;

  test.each<[string, object, object, object]>([
    ['the server', { server: 'https://A:443/' }, {}, { server: 'https://a/' }],
    ['the server’s path', { server: 'https://a/k8s/c-1?x' }, {}, { server: 'https://a/k8s/c-1' }],
    ['the system’s roots', {}, {}, { certificateAuthority: 'system' }],
    [
      'the CA',
      { 'certificate-authority-data': base64(pem) },
      {},
      { certificateAuthority: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ],
    ['no verification', { 'insecure-skip-tls-verify': true }, {}, { certificateAuthority: 'none' }],
    ['no TLS', { server: 'http://a' }, {}, { certificateAuthority: 'none' }],
    ['the name of the server', { 'tls-server-name': 'b' }, {}, { tlsServerName: 'b' }],
    ['whom to impersonate', {}, { as: 'jane' }, { impersonation: expect.stringContaining('jane') }],
    ['the user', {}, { token: 'sesame' }, { credentials: 'token of ci' }],
  ])('holds %s', async (_, cluster, user, wanted) => {
    const found = await identity(cluster, user);
    expect(found).toMatchObject(wanted);
    expect(JSON.stringify(found)).not.toContain('sesame');
  });

  test('is the same for another token, and another for another audience', async () => {
    expect(await identity({}, { token: 'one' })).toEqual(await identity({}, { token: 'two' }));
    expect(await identity({}, {}, { oidcAudience: 'one' })).not.toEqual(
      await identity({}, {}, { oidcAudience: 'two' }),
    );
  });
});

test('no kubeconfig throws anything but a GateError, and none tells a secret', async () => {
  const secret = 'xq7-sesame-9k';
  const hidden = fc.constantFrom(
    '',
    '',
    '',
    secret,
    `${secret}\n`,
    base64(secret),
    base64(pem),
    base64(authority.client('x').key),
  );
  const open = fc.constantFrom(
    '',
    '',
    '',
    'k',
    'ö',
    'a\nb',
    base64('x'),
    '/nope',
    'client.authentication.k8s.io/v1',
    'Never',
  );
  const server = fc.constantFrom(
    'https://a',
    'http://a',
    'a:6443',
    '//a',
    `https://ann:${secret}@a`,
    `ann:${secret}@a`,
  );
  const proxy = fc.constantFrom(
    '',
    'http://p',
    'p',
    `http://ann:${secret}@p`,
    `ann:${secret}@p`,
    `ftp://ann:${secret}@p`,
  );
  const some = <Value>(values: fc.Arbitrary<Value>, ...names: readonly string[]) =>
    fc.oneof(fc.constant({}), fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 2 }));
  const document = fc
    .record({
      server: server.map((url) => ({ server: url })),
      proxy: some(proxy, 'proxy-url'),
      cluster: some(open, 'certificate-authority-data', 'certificate-authority', 'tls-server-name'),
      secrets: some(hidden, 'token', 'password', 'client-certificate-data', 'client-key-data'),
      user: some(open, 'username', 'tokenFile', 'as', 'as-uid', 'client-certificate', 'client-key'),
      exec: fc.option(some(open, 'apiVersion', 'command', 'interactiveMode', 'installHint'), { freq: 1 }),
      current: fc.constantFrom('k', 'k', 'k', 'c', ''),
    })
    .map(({ exec, current, ...parts }) =>
      kubeconfig(
        { ...parts.server, ...parts.proxy, ...parts.cluster },
        { ...parts.secrets, ...parts.user, ...(exec === null ? {} : { exec }) },
        { 'current-context': current },
      ),
    );
  const seen = { targets: 0, errors: 0 };
  await fc.assert(
    fc.asyncProperty(document, async (given) => {
      const world = seenWorld();
      let told: string;
      try {
        const { identity, name, server: url } = await resolveCluster({ kind: 'kubeconfig', kubeconfig: given }, world);
        told = JSON.stringify({ identity, name, url });
        seen.targets += 1;
      } catch (error) {
        if (!(error instanceof GateError)) throw error;
        told = wordsOf(error);
        seen.errors += 1;
      }
      expect(`${told}${world.lines.join()}`).not.toContain(secret);
    }),
    { numRuns: 1500 },
  );
  expect(seen.targets).toBeGreaterThan(20);
  expect(seen.errors).toBeGreaterThan(20);
});
