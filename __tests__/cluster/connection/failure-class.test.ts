import { describe, expect, test } from 'vitest';
import { failWith } from '../../../src/cluster/connection/failure.ts';
import { type Circumstances, classify } from '../../../src/cluster/connection/failure-class.ts';
import type { Phase } from '../../../src/cluster/connection/progress.ts';

const now = 1_795_467_600_000;

function circumstances(
  phase: Phase = 'connect',
  more: Partial<Circumstances> & { certificate?: object } = {},
): Circumstances {
  const { certificate, ...rest } = more;
  return {
    progress: {
      phase,
      signal: new AbortController().signal,
      ...(certificate === undefined
        ? {}
        : { certificate: certificate as NonNullable<Circumstances['progress']['certificate']> }),
    },
    url: new URL('https://k8s.example.com:6443/apis'),
    authorityGiven: true,
    clientCertificateSent: false,
    now,
    ...rest,
  };
}

const error = (code: string, more: object = {}) => Object.assign(new Error(`${code} happened`), { code, ...more });

describe('certificates', () => {
  const certificate = {
    valid_from: 'Nov 24 08:00:00 2026 GMT',
    valid_to: 'Nov  3 08:00:00 2026 GMT',
    issuer: { CN: 'kubernetes', O: 'org' },
    subject: { CN: 'apiserver' },
    subjectaltname: 'DNS:kubernetes, DNS:*.k8s.example, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1',
  };

  test.each([
    { code: 'CERT_HAS_EXPIRED', failure: { kind: 'certificate-expired', now, notAfter: certificate.valid_to } },
    {
      code: 'CERT_NOT_YET_VALID',
      failure: { kind: 'certificate-not-yet-valid', now, notBefore: certificate.valid_from },
    },
    {
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      failure: { kind: 'certificate-unknown-authority', selfSigned: true, authorityGiven: true, issuer: 'kubernetes' },
    },
    ...[
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_SIGNATURE_FAILURE',
    ].map((code) => ({
      code,
      failure: { kind: 'certificate-unknown-authority', selfSigned: false, authorityGiven: true, issuer: 'kubernetes' },
    })),
    {
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
      failure: {
        kind: 'certificate-name-mismatch',
        name: 'k8s.example.com',
        names: ['kubernetes', '*.k8s.example', '10.0.0.1', 'FD00:0:0:0:0:0:0:1'],
      },
    },
    { code: 'CERT_REVOKED', failure: { kind: 'certificate-invalid', came: 'CERT_REVOKED happened' } },
  ])('$code', ({ code, failure }) => {
    expect(classify(error(code), circumstances('tls', { certificate }))).toEqual(failure);
  });

  test('without the certificate the message makes do', () => {
    expect(classify(error('CERT_HAS_EXPIRED'), circumstances('tls'))).toEqual({ kind: 'certificate-expired', now });
    expect(classify(error('ERR_TLS_CERT_ALTNAME_INVALID'), circumstances('tls'))).toMatchObject({ names: [] });
  });

  test('a certificate without alternative names is one of its own, whatever its subject', () => {
    const bare = { subject: { CN: 'apiserver' } };
    expect(classify(error('ERR_TLS_CERT_ALTNAME_INVALID'), circumstances('tls', { certificate: bare }))).toMatchObject({
      kind: 'certificate-without-names',
      commonName: 'apiserver',
    });
  });

  test('an address among the DNS names is told as what it is', () => {
    const certificate = { subjectaltname: 'DNS:127.0.0.1, DNS:kubernetes, IP Address:10.96.0.1' };
    expect(classify(error('ERR_TLS_CERT_ALTNAME_INVALID'), circumstances('tls', { certificate }))).toMatchObject({
      names: ['127.0.0.1 (as a DNS name)', 'kubernetes', '10.96.0.1'],
    });
  });

  test('an issuer of several names, or without a common one', () => {
    const issuers = [{ issuer: { CN: ['first', 'second'] } }, { issuer: { O: 'org' } }, { issuer: {} }];
    expect(
      issuers.map((certificate) => classify(error('CERT_UNTRUSTED'), circumstances('tls', { certificate }))),
    ).toMatchObject([{ issuer: 'first' }, { issuer: 'org' }, { kind: 'certificate-unknown-authority' }]);
  });

  test('the name is that of tls-server-name, if there is one', () => {
    expect(classify(error('HOSTNAME_MISMATCH'), circumstances('tls', { tlsServerName: 'other' }))).toMatchObject({
      name: 'other',
    });
  });
});

describe('the network', () => {
  test.each([
    { code: 'ENOTFOUND', failure: { kind: 'name-not-found', host: 'k8s.example.com', came: 'ENOTFOUND' } },
    { code: 'EAI_AGAIN', failure: { kind: 'name-not-found', host: 'k8s.example.com', came: 'EAI_AGAIN' } },
    ...['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EACCES'].map((code) => ({
      code,
      failure: { kind: 'host-unreachable', address: 'k8s.example.com:6443', came: code },
    })),
    ...['ECONNRESET', 'EPIPE', 'ECONNABORTED'].map((code) => ({
      code,
      failure: { kind: 'connection-reset', phase: 'connect' },
    })),
    { code: 'EMFILE', failure: { kind: 'connection-failed', phase: 'connect', came: 'EMFILE happened' } },
  ])('$code', ({ code, failure }) => {
    expect(classify(error(code), circumstances())).toEqual(failure);
  });

  test.each([
    { error: error('ECONNREFUSED', { address: '10.0.0.1', port: 6443 }), address: '10.0.0.1:6443' },
    { error: error('ECONNREFUSED', { address: '::1', port: 6443 }), address: '[::1]:6443' },
    { error: error('ECONNREFUSED'), address: 'k8s.example.com:6443' },
    {
      error: Object.assign(
        new AggregateError([
          error('ECONNREFUSED', { address: '::1', port: 1 }),
          error('ECONNREFUSED', { address: '127.0.0.1', port: 1 }),
        ]),
        {
          code: 'ECONNREFUSED',
        },
      ),
      address: '[::1]:1 and 127.0.0.1:1',
    },
  ])('refused by $address', ({ error: given, address }) => {
    expect(classify(given, circumstances())).toEqual({ kind: 'connection-refused', address });
  });

  test.each([
    ['ENOTFOUND', { kind: 'proxy-unreachable', came: 'ENOTFOUND happened' }],
    ['ECONNREFUSED', { kind: 'proxy-unreachable', came: 'ECONNREFUSED happened' }],
    ['ECONNRESET', { kind: 'proxy-unreachable', came: 'ECONNRESET happened' }],
    ['CERT_HAS_EXPIRED', { kind: 'proxy-untrusted', came: 'CERT_HAS_EXPIRED happened' }],
    ['SELF_SIGNED_CERT_IN_CHAIN', { kind: 'proxy-untrusted', came: 'SELF_SIGNED_CERT_IN_CHAIN happened' }],
    ['ERR_SSL_WRONG_VERSION_NUMBER', { kind: 'proxy-not-tls' }],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', { kind: 'proxy-not-tls' }],
  ])('%s on the way to the proxy is about the proxy', (code, failure) => {
    expect(classify(error(code), circumstances('proxy-connect'))).toEqual(failure);
  });
});

describe('TLS', () => {
  test.each([
    { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', kind: 'client-certificate-rejected' },
    { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', kind: 'client-certificate-rejected' },
    { code: 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', kind: 'client-certificate-rejected' },
    { code: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', kind: 'client-certificate-rejected' },
    { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', kind: 'tls-failed' },
    { code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', kind: 'tls-failed' },
    { code: 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', kind: 'tls-failed' },
    { code: 'EPROTO', kind: 'tls-failed' },
    { code: 'ERR_SSL_WRONG_VERSION_NUMBER', kind: 'not-tls' },
    { code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', kind: 'http2-only' },
  ])('$code is $kind', ({ code, kind }) => {
    expect(classify(error(code, { reason: 'why' }), circumstances('tls'))).toMatchObject({ kind });
  });

  test('bytes that are no TLS, long after the handshake, are no plain server', () => {
    expect(classify(error('ERR_SSL_WRONG_VERSION_NUMBER'), circumstances('body'))).toMatchObject({
      kind: 'tls-failed',
    });
  });
});

describe('answers', () => {
  const http = new URL('http://k8s.example.com/apis');

  test.each([
    { name: 'an alert', url: http, packet: [0x15, 3, 3, 0, 2, 2, 80], kind: 'needs-tls' },
    { name: 'a handshake', url: http, packet: [0x16, 3, 1, 0], kind: 'needs-tls' },
    {
      name: 'an alert where TLS was agreed on',
      url: new URL('https://h'),
      packet: [0x15, 3, 3, 0, 2, 2, 80],
      kind: 'answer-malformed',
    },
    { name: 'settings of HTTP/2', url: http, packet: [0, 0, 0, 4, 0, 0, 0, 0, 0], kind: 'http2-only' },
    { name: 'too little', url: http, packet: [0x15], kind: 'answer-malformed' },
    { name: 'text', url: http, packet: [...Buffer.from('220 ftp ready')], kind: 'answer-malformed' },
  ])('$name in place of HTTP is $kind', ({ url, packet, kind }) => {
    const given = error('HPE_INVALID_CONSTANT', { rawPacket: Buffer.from(packet), reason: 'Expected HTTP/' });
    expect(classify(given, circumstances('answer', { url }))).toMatchObject({ kind });
  });

  test.each([
    { code: 'ECONNRESET', phase: 'body', kind: 'answer-truncated' },
    { code: 'ERR_STREAM_PREMATURE_CLOSE', phase: 'body', kind: 'answer-truncated' },
    { code: 'HPE_INVALID_EOF_STATE', phase: 'body', kind: 'answer-truncated' },
    { code: 'ECONNRESET', phase: 'answer', kind: 'connection-reset' },
    { code: 'HPE_HEADER_OVERFLOW', phase: 'answer', kind: 'headers-too-large' },
  ] as const)('$code in the phase $phase is $kind', ({ code, phase, kind }) => {
    expect(classify(error(code), circumstances(phase))).toMatchObject({ kind });
  });
});

test('a failure stays what it is', () => {
  expect(classify(failWith({ kind: 'not-tls' }), circumstances())).toEqual({ kind: 'not-tls' });
});

test.each([{ thrown: new TypeError('x is not a function') }, { thrown: 'text' }, { thrown: undefined }])(
  'what has no code is no failure of the network: $thrown',
  ({ thrown }) => {
    expect(classify(thrown, circumstances())).toBeUndefined();
  },
);
