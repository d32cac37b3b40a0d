import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { resolveCluster, resolveServer } from '../../src/cluster/cluster.ts';
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

  test.each([
    ['KUBECONFIG names /dev/null, which is how one says none', { KUBECONFIG: '/dev/null' }, {}],
    ['the server that is expected is that of the pod', {}, { clusterName: 'production', expectServer: '127.0.0.1' }],
  ])('a pod asks its own cluster where %s', async (_rule, variables, more) => {
    const server = await startServer();
    const { cluster } = await ask(
      { kind: 'kubeconfig', ...more },
      { environment: { variables: { ...pod(server.port), ...variables } }, serviceAccountFolder: account() },
    );
    expect(server.arrivals).toHaveLength(1);
    expect(cluster).toMatchObject({ ambient: false, origin: expect.stringContaining('the cluster of this pod') });
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
      'No cluster is configured: no kubeconfig was found at /nonexistent/home/.kube/config (home folder), which does not exist',
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
      'No cluster is configured: no kubeconfig was found at /x, /y (environment variable KUBECONFIG), which do not exist',
    ],
    [
      'KUBECONFIG names nothing at all',
      { kind: 'kubeconfig' },
      () => ({ variables: { KUBECONFIG: ':' } }),
      'cluster-not-configured',
      'no kubeconfig was found at the environment variable KUBECONFIG, which names no file',
    ],
    ...(
      [
        ['KUBECONFIG names a file that is not there', { KUBECONFIG: '/x' }, {}],
        ['KUBECONFIG names several files that are not there', { KUBECONFIG: '/x:/y' }, {}],
        ['KUBECONFIG names no file', { KUBECONFIG: ':' }, {}],
        ['KUBECONFIG is in quotes', { KUBECONFIG: '"/x"' }, {}],
        ['`cluster` is given', {}, { clusterName: 'production' }],
        [
          '`cluster` is given, and KUBECONFIG names /dev/null',
          { KUBECONFIG: '/dev/null' },
          { clusterName: 'production' },
        ],
        ['`cluster` is given, and the input is empty', {}, { clusterName: 'production', kubeconfig: '' }],
      ] as const
    ).map(([rule, variables, more]): [string, ClusterSource, () => SeenWorldOptions['environment'], string, string] => [
      `in a pod ${rule}`,
      { kind: 'kubeconfig', ...more },
      () => ({ variables: { ...pod(1), ...variables } }),
      'pod-not-meant',
      'the cluster of this pod is not judged in its place',
    ]),
    [
      'in a pod KUBECONFIG names an empty file',
      { kind: 'kubeconfig' },
      (folder) => ({ variables: { ...pod(1), KUBECONFIG: join(folder, 'empty') } }),
      'pod-not-meant',
      'the cluster of this pod is not judged in its place',
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

describe('what is judged and why', () => {
  const config = kubeconfig({ server: 'https://k8s.example.com:6443/k8s' }, { token: 'sesame-sesame' });
  const server = { kind: 'server', server: 'https://k8s.example.com:6443', token: 'sesame-sesame' } as const;
  test.each<[string, ClusterSource, Record<string, string>, string, boolean]>([
    [
      'the input itself',
      { kind: 'kubeconfig', kubeconfig: config },
      {},
      'context `k` (its current-context) of the kubeconfig in the input `kubeconfig`',
      false,
    ],
    [
      'a file that the input names',
      { kind: 'kubeconfig', kubeconfig: 'other' },
      {},
      'context `k` (its current-context) of the kubeconfig in FOLDER/other',
      false,
    ],
    [
      'KUBECONFIG',
      { kind: 'kubeconfig' },
      { KUBECONFIG: 'other' },
      'context `k` (its current-context) of the kubeconfig in FOLDER/other (environment variable KUBECONFIG)',
      true,
    ],
    [
      'the home folder',
      { kind: 'kubeconfig' },
      {},
      'context `k` (its current-context) of the kubeconfig in FOLDER/.kube/config (home folder)',
      true,
    ],
    [
      'a context of the home folder',
      { kind: 'kubeconfig', context: 'k' },
      {},
      'context `k` of the kubeconfig in FOLDER/.kube/config (home folder)',
      false,
    ],
    [
      'the home folder, pinned',
      { kind: 'kubeconfig', expectServer: 'k8s.example.com' },
      {},
      'context `k` (its current-context) of the kubeconfig in FOLDER/.kube/config (home folder)',
      false,
    ],
    ['the input `server`', server, {}, 'from the input `server`', false],
    [
      'a proxy on the way',
      server,
      { HTTPS_PROXY: 'http://user:sesame-sesame@p:3128' },
      'from the input `server`, through the proxy http://p:3128',
      false,
    ],
  ])('%s', async (_rule, source, variables, origin, ambient) => {
    const folder = temporaryFolder({ '.kube/config': config, other: config });
    const environment = { variables, homeDirectory: folder, workingDirectory: folder };
    const cluster = await resolveCluster(source, seenWorld({ environment }));
    expect(cluster).toMatchObject({
      origin: `https://k8s.example.com:6443, ${origin.replace('FOLDER', folder)}`,
      ambient,
    });
  });
});

describe('what a hint says', () => {
  const inPod = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
  const relative = kubeconfig({ server: 'https://a', 'certificate-authority': 'pki/ca.pem' }, {});
  const relativeKey = kubeconfig({ server: 'https://a' }, { 'client-certificate': 'c.pem', 'client-key': 'k.pem' });
  test.each<[string, ClusterSource, Record<string, string>, RegExp, RegExp]>([
    ['of secrets', { kind: 'kubeconfig' }, {}, /secret/, /pod/],
    [
      'of a pod without a token',
      { kind: 'kubeconfig' },
      inPod,
      /\/nonexistent\/serviceaccount\/token .*automountServiceAccountToken/,
      /quotes/,
    ],
    [
      'nothing of pods where a context is asked for',
      { kind: 'kubeconfig', context: 'k' },
      inPod,
      /Set the input/,
      /pod/,
    ],
    ['of quotes in KUBECONFIG', { kind: 'kubeconfig' }, { KUBECONFIG: '"/x"' }, /quotes/, /pod/],
    ['of semicolons in KUBECONFIG', { kind: 'kubeconfig' }, { KUBECONFIG: '/x;/y' }, /colon/, /pod/],
    [
      'of --flatten, for a CA file of a kubeconfig that is text',
      { kind: 'kubeconfig', kubeconfig: relative },
      {},
      /--flatten --minify/,
      /folder of that/,
    ],
    [
      'of --flatten, for a client certificate',
      { kind: 'kubeconfig', kubeconfig: relativeKey },
      {},
      /--flatten --minify/,
      /folder of that/,
    ],
    [
      'of the folder, for a CA file of a kubeconfig in a file',
      { kind: 'kubeconfig', kubeconfig: 'there' },
      {},
      /folder of that kubeconfig/,
      /--flatten/,
    ],
    [
      'of the value of a secret, for its name',
      { kind: 'kubeconfig', kubeconfig: 'KUBE_CONFIG' },
      {},
      /secrets\.KUBE_CONFIG/,
      /relative/,
    ],
    [
      'of --raw, for a CA that was left out',
      {
        kind: 'kubeconfig',
        kubeconfig: kubeconfig({ server: 'https://a', 'certificate-authority-data': 'DATA+OMITTED' }, {}),
      },
      {},
      /view --raw/,
      /base64/,
    ],
    [
      'of --raw, for a token that was left out',
      { kind: 'kubeconfig', kubeconfig: kubeconfig({ server: 'https://a' }, { token: 'REDACTED' }) },
      {},
      /view --raw/,
      /base64/,
    ],
    [
      'of --raw, for a key that was left out',
      { kind: 'kubeconfig', kubeconfig: kubeconfig({ server: 'https://a' }, { 'client-key-data': 'DATA+OMITTED' }) },
      {},
      /view --raw/,
      /base64/,
    ],
    ...[
      `\${K8S_SERVER}`,
      `https://\${HOST}:6443`,
      '$K8S_SERVER',
      'https://$HOST',
      '{{ server }}',
      '"https://a"',
      "'https://a'",
      '<server>',
      '%SERVER%',
    ].map((server): [string, ClusterSource, Record<string, string>, RegExp, RegExp] => [
      `of variables and quotes, for the server ${server}`,
      { kind: 'kubeconfig', kubeconfig: kubeconfig({ server }, {}) },
      {},
      /Nothing replaces variables/,
      /https:\/\/ before it/,
    ]),
  ])('%s', async (_rule, source, variables, said, unsaid) => {
    const folder = temporaryFolder({ there: relative });
    const world = seenWorld({ environment: { variables, workingDirectory: folder } });
    const { hint } = await gateErrorOf(() => resolveCluster(source, world));
    expect(hint).toMatch(said);
    expect(hint).not.toMatch(unsaid);
  });
});

describe('the server that is expected', () => {
  const at = (server: string, expectServer: string): ClusterSource => ({
    kind: 'kubeconfig',
    kubeconfig: kubeconfig({ server }, { token: 't' }),
    expectServer,
  });
  test.each([
    ['https://k8s.example.com:6443', 'https://k8s.example.com:6443', true],
    ['https://k8s.example.com:6443', 'https://k8s.example.com:6443/', true],
    ['https://k8s.example.com:6443/', 'HTTPS://K8S.example.com:6443', true],
    ['https://k8s.example.com', 'https://k8s.example.com:443', true],
    ['https://k8s.example.com:6443', 'k8s.example.com', true],
    ['https://k8s.example.com:6443', 'K8S.EXAMPLE.COM', true],
    ['https://k8s.example.com:6443', 'k8s.example.com:6443', true],
    ['https://k8s.example.com', 'k8s.example.com:443', true],
    ['https://k8s.example.com/k8s/c-1', 'https://k8s.example.com/k8s/c-1', true],
    ['https://k8s.example.com/k8s/c-1', 'k8s.example.com', true],
    ['https://[2001:db8::1]:6443', '[2001:db8::1]:6443', true],
    ['https://[2001:db8::1]:6443', '[2001:DB8:0::1]', true],
    ['http://k8s.example.com', 'k8s.example.com:80', true],
    ['https://k8s.example.com:6443', 'https://k8s.example.com', false],
    ['https://k8s.example.com:6443', 'https://other.example.com:6443', false],
    ['https://k8s.example.com:6443', 'http://k8s.example.com:6443', false],
    ['https://k8s.example.com:6443', 'k8s.example.com:443', false],
    ['https://k8s.example.com', 'k8s.example.com:6443', false],
    ['https://k8s.example.com:6443', 'example.com', false],
    ['https://k8s.example.com:6443', 'k8s.example.com.evil.org', false],
    ['https://k8s.example.com/k8s/c-1', 'https://k8s.example.com/k8s/c-2', false],
    ['https://k8s.example.com/k8s/c-1', 'https://k8s.example.com', false],
    ['https://evil.org:6443/k8s.example.com', 'k8s.example.com', false],
  ])('%s is %s: %s', async (server, expected, isIt) => {
    const resolving = resolveCluster(at(server, expected), seenWorld());
    if (isIt) await expect(resolving).resolves.toMatchObject({ ambient: false });
    else {
      await expect(resolving).rejects.toMatchObject({
        outcome: 'invalid-input',
        code: 'server-unexpected',
        problems: [{ place: { kind: 'input', input: 'expect-server' } }],
      });
    }
  });

  test('is looked at before a credential is', async () => {
    const { kubeconfig: config } = at('https://a', 'b') as { kubeconfig: string };
    const folder = temporaryFolder({});
    const broken = config.replace('"token":"t"', `"tokenFile":"${folder}/not-there"`);
    const source: ClusterSource = { kind: 'kubeconfig', kubeconfig: broken, expectServer: 'b' };
    expect(await gateErrorOf(() => resolveCluster(source, seenWorld()))).toMatchObject({ code: 'server-unexpected' });
  });

  test.each<[string, ClusterSource]>([
    ['the input `server`', { kind: 'server', server: 'https://a', token: 't' }],
    ['the job’s own token', { kind: 'server', server: 'https://a', oidcAudience: 'k8s' }],
  ])('holds for %s', async (_rule, source) => {
    const idToken = () => Promise.reject(new Error('minted'));
    const resolving = resolveCluster({ ...source, expectServer: 'b' }, seenWorld({ idToken }));
    await expect(resolving).rejects.toMatchObject({ code: 'server-unexpected' });
  });
});

describe('a server without its credentials', () => {
  const config = (server: string) => kubeconfig({ server }, { tokenFile: '/nonexistent/token' });
  test.each<[string, ClusterSource, string | undefined]>([
    ['of the input', { kind: 'kubeconfig', kubeconfig: config('https://a') }, 'https://a/'],
    ['of a file', { kind: 'kubeconfig', kubeconfig: 'there' }, 'https://there/'],
    ['of a context', { kind: 'kubeconfig', context: 'k' }, 'https://home/'],
    ['of the input `server`', { kind: 'server', server: 'https://b', token: 't' }, 'https://b/'],
    ['of a file that does not exist in this job', { kind: 'kubeconfig', kubeconfig: 'not-there' }, undefined],
    ['of a kubeconfig that no input names', { kind: 'kubeconfig' }, undefined],
  ])('%s', async (_rule, source, server) => {
    const folder = temporaryFolder({ there: config('https://there'), '.kube/config': config('https://home') });
    const environment = { homeDirectory: folder, workingDirectory: folder };
    expect((await resolveServer(source, seenWorld({ environment })))?.server).toBe(server);
  });

  test('of a context, where there is no kubeconfig', async () => {
    expect(await resolveServer({ kind: 'kubeconfig', context: 'k' }, seenWorld())).toBeUndefined();
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
    ['no proxy', {}, {}, { proxy: '' }],
    ['the proxy, without its user', { 'proxy-url': 'http://u:sesame@p:3128' }, {}, { proxy: 'http://p:3128' }],
    ['whom to impersonate', {}, { as: 'jane' }, { impersonation: expect.stringContaining('jane') }],
    ['the user', {}, { token: 'sesame' }, { credentials: 'token of ci' }],
  ])('holds %s', async (_, cluster, user, wanted) => {
    const found = await identity(cluster, user);
    expect(found).toMatchObject(wanted);
    expect(JSON.stringify(found)).not.toContain('sesame');
  });

  test.each([
    ['proxy-url', { 'proxy-url': 'http://p:1' }, {}, 'http://p:1'],
    [
      'proxy-url, whatever the environment says',
      { 'proxy-url': 'socks5://p' },
      { HTTPS_PROXY: 'http://q:2' },
      'socks5://p:1080',
    ],
    ['HTTPS_PROXY', {}, { HTTPS_PROXY: 'http://q:2' }, 'http://q:2'],
    ['HTTPS_PROXY, except for NO_PROXY', {}, { HTTPS_PROXY: 'http://q:2', NO_PROXY: 'a' }, ''],
    ['HTTPS_PROXY that is malformed, which fails later', {}, { HTTPS_PROXY: 'ftp://q' }, ''],
  ])('tells clusters behind different proxies apart: %s', async (_rule, cluster, variables, proxy) => {
    const source = { kind: 'kubeconfig', kubeconfig: kubeconfig({ server: 'https://a', ...cluster }, {}) } as const;
    const world = seenWorld({ environment: { variables } });
    expect((await resolveCluster(source, world)).identity.proxy).toBe(proxy);
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
