import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { type Authority, type Credential, createAuthority } from './certificates.ts';
import { ask } from './https.ts';

const hour = 3_600_000;

/** Status of one request to a server with this credential, as a client that trusts `caPem` sees it. */
async function handshake(credential: Credential, caPem: string): Promise<number> {
  const server = createServer({ cert: credential.certificate, key: credential.key }, (_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return (await ask(`https://127.0.0.1:${address.port}/`, { caPem })).status;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a client that trusts the authority trusts its servers', async () => {
  const authority = createAuthority();
  expect(await handshake(authority.server(['127.0.0.1']), authority.certificate)).toBe(200);
});

test.each<{ rule: string; credential: (authority: Authority) => Credential; code: string }>([
  {
    rule: 'another authority of the same name',
    credential: () => createAuthority().server(['127.0.0.1']),
    code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  },
  {
    rule: 'another host',
    credential: (authority) => authority.server(['localhost', '127.0.0.2']),
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  },
  {
    rule: 'one that is over',
    credential: (authority) =>
      authority.server(['127.0.0.1'], {
        notBefore: new Date(Date.now() - 2 * hour),
        notAfter: new Date(Date.now() - hour),
      }),
    code: 'CERT_HAS_EXPIRED',
  },
  {
    rule: 'one that is yet to come',
    credential: (authority) =>
      authority.server(['127.0.0.1'], {
        notBefore: new Date(Date.now() + hour),
        notAfter: new Date(Date.now() + 2 * hour),
      }),
    code: 'CERT_NOT_YET_VALID',
  },
  { rule: 'one of a client', credential: (authority) => authority.client('jane'), code: 'INVALID_PURPOSE' },
])('a certificate is refused: $rule', async ({ credential, code }) => {
  const authority = createAuthority();
  await expect(handshake(credential(authority), authority.certificate)).rejects.toMatchObject({ code });
});

test('names and addresses of all kinds are written so that they read back', () => {
  const { certificate } = createAuthority().server([
    'kubernetes.default.svc',
    '10.0.0.1',
    '::1',
    'fe80::1:2',
    '2001:db8:1:2:3:4:5:6',
  ]);
  const names = new X509Certificate(certificate).subjectAltName?.split(', ');
  expect(names).toEqual([
    'DNS:kubernetes.default.svc',
    'IP Address:10.0.0.1',
    'IP Address:0:0:0:0:0:0:0:1',
    'IP Address:FE80:0:0:0:0:0:1:2',
    'IP Address:2001:DB8:1:2:3:4:5:6',
  ]);
});

test('a client is known by its name and groups', async () => {
  const authority = createAuthority();
  const own = authority.server(['127.0.0.1']);
  const client = authority.client('jane', ['developers', 'système']);
  const server = createServer(
    { cert: own.certificate, key: own.key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true },
    (request, response) => response.end(JSON.stringify((request.socket as TLSSocket).getPeerCertificate().subject)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const answer = await ask(`https://127.0.0.1:${address.port}/`, {
    caPem: authority.certificate,
    clientCertificate: client,
  }).finally(() => server.close());
  expect(JSON.parse(answer.body)).toEqual({ CN: 'jane', O: ['developers', 'système'] });
});

test('dates on both sides of 2050, where their form changes, read back', () => {
  const validity = { notBefore: new Date('2049-12-31T23:59:59Z'), notAfter: new Date('2050-01-01T00:00:00Z') };
  const { validFromDate, validToDate } = new X509Certificate(createAuthority().server(['h'], validity).certificate);
  expect([validFromDate, validToDate]).toEqual([validity.notBefore, validity.notAfter]);
});
