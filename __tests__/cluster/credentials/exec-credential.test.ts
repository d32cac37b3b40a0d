import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ServerAccess } from '../../../src/cluster/access.ts';
import { execInfo, readExecCredential } from '../../../src/cluster/credentials/exec-credential.ts';
import { createAuthority } from '../../helpers/certificates.ts';

const V1 = 'client.authentication.k8s.io/v1';
const client = createAuthority().client('jane');
const config = {
  apiVersion: V1,
  command: 'aws',
  args: [],
  env: [],
  installHint: '',
  provideClusterInfo: false,
  interactiveMode: 'Never',
};
const server: ServerAccess = {
  server: new URL('https://a'),
  configuredServer: 'https://a',
  certificateAuthorityText: '',
  certificateAuthorityDigest: 'system',
  insecureSkipTlsVerify: false,
  disableCompression: false,
  execConfig: null,
};

describe('what a plugin is told', () => {
  test('is no more than whether somebody can answer it', () => {
    expect(JSON.parse(execInfo(config, server, false))).toEqual({
      kind: 'ExecCredential',
      apiVersion: V1,
      spec: { interactive: false },
    });
  });

  test.each<[string, Partial<ServerAccess>, object]>([
    ['where the server is', {}, { server: 'https://a', config: null }],
    ['with its path', { server: new URL('https://a/k8s/c-1') }, { server: 'https://a/k8s/c-1', config: null }],
    [
      'all that the kubeconfig says of the cluster',
      {
        tlsServerName: 'b',
        insecureSkipTlsVerify: true,
        certificateAuthorityText: 'pem',
        proxyUrl: 'http://p',
        disableCompression: true,
        execConfig: { x: 1 },
      },
      {
        server: 'https://a',
        'tls-server-name': 'b',
        'insecure-skip-tls-verify': true,
        'certificate-authority-data': 'cGVt',
        'proxy-url': 'http://p',
        'disable-compression': true,
        config: { x: 1 },
      },
    ],
  ])('is, if it asks for it, %s', (_, more, cluster) => {
    const info = execInfo({ ...config, provideClusterInfo: true }, { ...server, ...more }, true);
    expect(JSON.parse(info).spec).toEqual({ cluster, interactive: true });
  });
});

function read(output: unknown) {
  const masked: string[] = [];
  const mask = { token: (token: string) => masked.push(token), key: (pem: string) => masked.push(pem) };
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return { masked, answer: readExecCredential(text, V1, mask) };
}
const credential = (status: object | undefined, more: object = {}) => ({
  kind: 'ExecCredential',
  apiVersion: V1,
  status,
  ...more,
});
const pair = { clientCertificateData: client.certificate, clientKeyData: client.key };

describe('what a plugin prints is', () => {
  test.each<[string, unknown, object]>([
    ['a token', credential({ token: 't' }), { credential: { authorization: 'Bearer t' } }],
    ['a token in UTF-8', credential({ token: 'ö' }), { credential: { authorization: 'Bearer Ã¶' } }],
    ['a certificate', credential(pair), { credential: { certificate: { cert: client.certificate, key: client.key } } }],
    [
      'both',
      credential({ token: 't', ...pair }),
      { credential: { authorization: 'Bearer t', certificate: { cert: client.certificate, key: client.key } } },
    ],
    [
      'a token until some time',
      credential({ token: 't', expirationTimestamp: '2026-01-01T00:00:00Z' }),
      { expiresAt: Date.parse('2026-01-01T00:00:00Z') },
    ],
    [
      'a token until some time elsewhere',
      credential({ token: 't', expirationTimestamp: '2026-01-01T02:00:00.5+02:00' }),
      { expiresAt: Date.parse('2026-01-01T00:00:00.5Z') },
    ],
    [
      'a token with no end',
      credential({ token: 't', expirationTimestamp: null }),
      { credential: { authorization: 'Bearer t' } },
    ],
    [
      'YAML',
      `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: t}`,
      { credential: { authorization: 'Bearer t' } },
    ],
    [
      'JSON with blanks around it',
      `\n ${JSON.stringify(credential({ token: 't' }))}\n`,
      { credential: { authorization: 'Bearer t' } },
    ],
  ])('%s', async (_, output, wanted) => {
    expect(await read(output).answer).toMatchObject({ kind: 'credential', ...wanted });
  });

  test.each<[string, unknown, string]>([
    ['nothing', ' \n', 'printed nothing'],
    ['something else', 'sesame', 'did not print an ExecCredential in JSON'],
    ['a list', '["sesame"]', 'did not print an ExecCredential in JSON'],
    ['neither JSON nor YAML', '{"sesame', 'did not print an ExecCredential in JSON'],
    [
      'another kind',
      credential({ token: 'sesame' }, { kind: 'Status' }),
      'printed something that is not an ExecCredential',
    ],
    [
      'another version',
      credential({ token: 'sesame' }, { apiVersion: `${V1}beta1` }),
      `answered in another apiVersion than it was asked in (${V1})`,
    ],
    ['no status', credential(undefined), 'printed an ExecCredential without a status'],
    ['an empty status', credential({}), 'printed neither a token nor a certificate'],
    ['a certificate alone', credential({ clientCertificateData: 'sesame' }), 'printed a certificate without a key'],
    ['a key alone', credential({ clientKeyData: 'sesame' }), 'printed a key without a certificate'],
    ['a token that is a number', credential({ token: 4711 }), 'printed a status with a field that is not a string'],
    [
      'a token with a line break',
      credential({ token: 'sesame\n' }),
      'printed a token with a line break or another control character',
    ],
    [
      'a key that is none',
      credential({ clientCertificateData: client.certificate, clientKeyData: 'sesame' }),
      'printed a client certificate that cannot be used: the key holds no PEM private key',
    ],
    [
      'an expiry that is no time',
      credential({ token: 't', expirationTimestamp: 'sesame' }),
      'printed an expirationTimestamp that is not a time (RFC 3339)',
    ],
    [
      'an expiry that cannot be',
      credential({ token: 't', expirationTimestamp: '2026-13-01T00:00:00Z' }),
      'printed an expirationTimestamp that is not a time (RFC 3339)',
    ],
    [
      'an expiry in seconds',
      credential({ token: 't', expirationTimestamp: 4711 }),
      'printed an expirationTimestamp that is not a time (RFC 3339)',
    ],
  ])('no credential when it is %s, and the reason says nothing of it', async (_, output, reason) => {
    expect(await read(output).answer).toEqual({ kind: 'bad', reason });
    expect(reason).not.toMatch(/sesame|4711/);
  });
});

test('secrets are masked even where the rest is wrong', async () => {
  const { masked, answer } = read(credential({ token: 'sesame', clientKeyData: 'key' }, { kind: 'Other' }));
  await answer;
  expect(masked).toEqual(['sesame', 'key']);
});

test('no output throws', async () => {
  const output = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        kind: fc.constant('ExecCredential'),
        apiVersion: fc.constant(V1),
        status: fc.dictionary(
          fc.constantFrom('token', 'clientKeyData', 'clientCertificateData', 'expirationTimestamp'),
          fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
        ),
      })
      .map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(output, async (text) => {
      expect(['credential', 'bad']).toContain((await read(text).answer).kind);
    }),
    { numRuns: 1000 },
  );
});
