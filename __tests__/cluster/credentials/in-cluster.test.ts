import { describe, expect, test } from 'vitest';
import { inClusterAccess, SERVICE_ACCOUNT_FOLDER } from '../../../src/cluster/credentials/in-cluster.ts';
import { createAuthority } from '../../helpers/certificates.ts';
import { seenWorld } from '../../helpers/cluster-world.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const { certificate } = createAuthority();
const files = { token: 'sesame', 'ca.crt': certificate, namespace: 'ci\n' };
const variables = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };

function access(
  given: { files?: Readonly<Record<string, string>>; variables?: Readonly<Record<string, string>> } = {},
) {
  const folder = temporaryFolder(given.files ?? files);
  const world = seenWorld({ environment: { variables: given.variables ?? variables } });
  return { folder, world, found: inClusterAccess(world.environment, world.log, folder) };
}

test('a pod’s service account says where and as whom', () => {
  const { folder, found } = access();
  expect(found).toMatchObject({
    server: { server: new URL('https://10.0.0.1'), certificateAuthority: certificate, insecureSkipTlsVerify: false },
    user: { name: 'service account in ci', signIn: { kind: 'token-file', path: `${folder}/token`, fallback: '' } },
  });
});

test.each([
  ['10.0.0.1', '6443', 'https://10.0.0.1:6443/'],
  ['fd00::1', '443', 'https://[fd00::1]/'],
  ['kubernetes.default.svc', '443', 'https://kubernetes.default.svc/'],
])('host %s and port %s are %s', (host, port, url) => {
  const { found } = access({ variables: { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } });
  expect(found?.server.server.href).toBe(url);
});

describe('outside of a cluster are those without', () => {
  test.each<[string, Parameters<typeof access>[0]]>([
    ['a host', { variables: { KUBERNETES_SERVICE_PORT: '443' } }],
    ['a port', { variables: { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '' } }],
    ['a token', { files: { 'ca.crt': certificate } }],
    ['a URL that is one', { variables: { KUBERNETES_SERVICE_HOST: 'a b', KUBERNETES_SERVICE_PORT: '443' } }],
  ])('%s', (_, given) => {
    expect(access(given).found).toBeUndefined();
  });
});

test.each([
  ['missing', { token: 't' }, 'is not there'],
  ['no PEM', { token: 't', 'ca.crt': 'x' }, 'holds no PEM certificate (`-----BEGIN CERTIFICATE-----`)'],
])('a CA file that is %s gives way to the system’s roots, and the log says so', (_, given, reason) => {
  const { world, found, folder } = access({ files: given });
  expect(found?.server).toMatchObject({ certificateAuthorityDigest: 'system' });
  expect(found?.server.certificateAuthority).toBeUndefined();
  expect(world.lines).toEqual([
    `The CA certificate of the service account (${folder}/ca.crt) ${reason}; the machine's own roots are used in its place.`,
  ]);
});

test('Kubernetes puts it where client-go looks', () => {
  expect(SERVICE_ACCOUNT_FOLDER).toBe('/var/run/secrets/kubernetes.io/serviceaccount');
});
