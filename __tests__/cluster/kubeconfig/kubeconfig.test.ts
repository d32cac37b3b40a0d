import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeKubeconfig, emptyKubeconfig } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { GateError } from '../../../src/model/errors.ts';
import { gateErrorOf, wordsOf } from '../../helpers/gate-error.ts';

const origin = { place: { kind: 'input', input: 'kubeconfig' }, folder: '/work' } as const;
const decode = (document: unknown) => decodeKubeconfig(document, origin, (path) => `/etc/kube/${path}`);

test('every field has its place, and every path is made absolute', () => {
  const { clusters, users, contexts, currentContext } = decode({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'c',
        cluster: {
          server: 'https://a',
          'tls-server-name': 'b',
          'insecure-skip-tls-verify': true,
          'certificate-authority': 'ca',
          'certificate-authority-data': Buffer.from('ca data').toString('base64'),
          'proxy-url': 'http://p',
          'disable-compression': true,
          extensions: [
            { name: 'other', extension: 1 },
            { name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } },
          ],
        },
      },
    ],
    users: [
      {
        name: 'u',
        user: {
          'client-certificate': 'cert',
          'client-certificate-data': Buffer.from('cert data').toString('base64'),
          'client-key': 'key',
          'client-key-data': Buffer.from('key data').toString('base64'),
          token: 't',
          tokenFile: 'tf',
          username: 'n',
          password: 'p',
          as: 'jane',
          'as-uid': '1',
          'as-groups': ['g'],
          'as-user-extra': { k: ['v'] },
          'auth-provider': { name: 'gcp', config: { any: 'thing' } },
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: './plugin',
            args: ['a'],
            env: [{ name: 'N', value: 'V' }],
            installHint: 'get it',
            provideClusterInfo: true,
            interactiveMode: 'Never',
          },
        },
      },
    ],
    contexts: [{ name: 'k', context: { cluster: 'c', user: 'u', namespace: 'n' } }],
    'current-context': 'k',
  });

  expect(clusters.get('c')).toEqual({
    name: 'c',
    origin,
    server: 'https://a',
    tlsServerName: 'b',
    insecureSkipTlsVerify: true,
    certificateAuthority: '/etc/kube/ca',
    certificateAuthorityData: 'ca data',
    proxyUrl: 'http://p',
    disableCompression: true,
    execConfig: { audience: 'x' },
  });
  expect(users.get('u')).toEqual({
    name: 'u',
    origin,
    clientCertificate: '/etc/kube/cert',
    clientCertificateData: 'cert data',
    clientKey: '/etc/kube/key',
    clientKeyData: 'key data',
    token: 't',
    tokenFile: '/etc/kube/tf',
    username: 'n',
    password: 'p',
    impersonate: { user: 'jane', uid: '1', groups: ['g'], extra: { k: ['v'] } },
    authProvider: 'gcp',
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: '/etc/kube/./plugin',
      args: ['a'],
      env: [{ name: 'N', value: 'V' }],
      installHint: 'get it',
      provideClusterInfo: true,
      interactiveMode: 'Never',
    },
  });
  expect(contexts.get('k')).toEqual({ name: 'k', origin, cluster: 'c', user: 'u' });
  expect(currentContext).toBe('k');
});

test.each([
  ['absent', undefined],
  ['null, as a file of comments is', null],
])('a document that is %s is empty', (_, document) => {
  expect(decode(document)).toBe(emptyKubeconfig);
});

test('an entry without fields is empty and not absent', () => {
  const { clusters, users } = decode({ clusters: [{ name: 'c' }], users: [{ name: 'u', user: null }] });
  expect(clusters.get('c')).toMatchObject({ server: '', certificateAuthority: '', execConfig: null });
  expect(users.get('u')).toMatchObject({ token: '', tokenFile: '', impersonate: { user: '', groups: [] } });
  expect(users.get('u')?.exec).toBeUndefined();
});

describe('exec', () => {
  const exec = (fields: object) => decode({ users: [{ name: 'u', user: { exec: fields } }] }).users.get('u')?.exec;
  test.each<[string, object, object]>([
    ['a bare command is left for PATH', { command: 'aws' }, { command: 'aws' }],
    ['a command with a separator is a path', { command: 'bin/aws' }, { command: '/etc/kube/bin/aws' }],
    [
      'v1beta1 has a default for interactiveMode',
      { apiVersion: 'client.authentication.k8s.io/v1beta1' },
      { interactiveMode: 'IfAvailable' },
    ],
    ['v1 has none', { apiVersion: 'client.authentication.k8s.io/v1' }, { interactiveMode: '' }],
    [
      'what is said wins',
      { apiVersion: 'client.authentication.k8s.io/v1beta1', interactiveMode: 'Never' },
      { interactiveMode: 'Never' },
    ],
  ])('%s', (_, given, wanted) => {
    expect(exec(given)).toMatchObject(wanted);
  });
});

describe('it is an error', () => {
  test.each([
    ['to be of another kind', { kind: 'Pod' }, 'kubeconfig-kind'],
    ['to be of another kind, under a name in another case', { KIND: 'Config', Kind: 'Pod' }, 'kubeconfig-kind'],
    ['to be of another version', { apiVersion: 'v2' }, 'kubeconfig-kind'],
    [
      'to have two entries of one name',
      { users: [{ name: 'u', user: { token: 'sesame' } }, { name: 'u' }] },
      'kubeconfig-field',
    ],
    ['to be text', 'sesame', 'kubeconfig-field'],
    ['to be a list', ['sesame'], 'kubeconfig-field'],
    ['to have a user in the wrong shape', { users: [{ name: 'u', user: ['sesame'] }] }, 'kubeconfig-field'],
  ])('%s', async (_, document, code) => {
    const error = await gateErrorOf(() => decode(document));
    expect(error).toMatchObject({ outcome: 'invalid-input', code });
    expect(wordsOf(error)).not.toContain('sesame');
  });
});

test.each([
  [{ kind: 'input', input: 'kubeconfig' } as const, 'The input `kubeconfig`: users must be a list, and is a string'],
  [{ kind: 'file', file: 'ci/config', line: 1 } as const, 'ci/config: users must be a list, and is a string'],
])('an error says where: %j', async (place, message) => {
  const error = await gateErrorOf(() => decodeKubeconfig({ users: 'x' }, { place, folder: '/' }, (path) => path));
  expect(error.message).toBe(message);
});

test('no document throws anything but a GateError that keeps its content', async () => {
  const secret = 'xq7-sesame';
  const value = fc.oneof(
    fc.constant(secret),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constant([secret]),
    fc.constant({ a: secret }),
  );
  const keys = [
    'name',
    'cluster',
    'user',
    'context',
    'server',
    'token',
    'exec',
    'env',
    'args',
    'command',
    'as-groups',
    'as-user-extra',
    'certificate-authority-data',
    'extensions',
    'auth-provider',
    'tokenFile',
  ];
  const object: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      value,
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 4 }),
    ),
  })).node;
  const document = fc.dictionary(
    fc.constantFrom('apiVersion', 'kind', 'clusters', 'users', 'contexts', 'current-context'),
    object,
  );
  await fc.assert(
    fc.asyncProperty(document, async (given) => {
      try {
        decode(given);
      } catch (error) {
        if (!(error instanceof GateError)) throw error;
        expect(wordsOf(error)).not.toContain(secret);
      }
    }),
    { numRuns: 3000 },
  );
});
