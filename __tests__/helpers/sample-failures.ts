/** One or more failures of every kind, with values as they occur; docs/troubleshooting.md quotes what becomes of them. */
import type { Failure } from '../../src/cluster/connection/failure.ts';
import type { Asked } from '../../src/cluster/connection/failure-message.ts';

type Samples = { readonly [Kind in Failure['kind']]: readonly Extract<Failure, { readonly kind: Kind }>[] };

const now = Date.UTC(2026, 10, 23, 21, 0, 0);

export const asked: Asked = { url: 'https://k8s.example.com:6443/apis', tries: 1 };
export const askedThroughProxy: Asked = { ...asked, proxy: 'http://proxy.example.com:3128' };

export const samples: Samples = {
  'certificate-expired': [{ kind: 'certificate-expired', notAfter: 'Nov  3 08:00:00 2026 GMT', now }],
  'certificate-not-yet-valid': [{ kind: 'certificate-not-yet-valid', notBefore: 'Nov 24 08:00:00 2026 GMT', now }],
  'certificate-unknown-authority': [
    { kind: 'certificate-unknown-authority', issuer: 'kubernetes', selfSigned: false, authorityGiven: true },
    { kind: 'certificate-unknown-authority', issuer: 'kubernetes', selfSigned: false, authorityGiven: false },
    { kind: 'certificate-unknown-authority', selfSigned: true, authorityGiven: false },
  ],
  'certificate-name-mismatch': [
    {
      kind: 'certificate-name-mismatch',
      name: 'k8s.example.com',
      names: ['kubernetes', 'kubernetes.default', '10.96.0.1'],
    },
  ],
  'certificate-without-names': [{ kind: 'certificate-without-names', commonName: 'k8s.example.com' }],
  'certificate-invalid': [{ kind: 'certificate-invalid', came: 'unsuitable certificate purpose' }],
  'client-certificate-rejected': [
    { kind: 'client-certificate-rejected', came: 'tlsv1 alert unknown ca', sent: true },
    { kind: 'client-certificate-rejected', came: 'tlsv13 alert certificate required', sent: false },
  ],
  'client-certificate-invalid': [{ kind: 'client-certificate-invalid', came: 'key values mismatch' }],
  'tls-failed': [{ kind: 'tls-failed', came: 'tlsv1 alert protocol version' }],
  'not-tls': [{ kind: 'not-tls' }],
  'needs-tls': [{ kind: 'needs-tls' }],
  'http2-only': [{ kind: 'http2-only' }],
  'name-not-found': [{ kind: 'name-not-found', host: 'k8s.example.com', came: 'ENOTFOUND' }],
  'connection-refused': [{ kind: 'connection-refused', address: '203.0.113.7:6443' }],
  'host-unreachable': [{ kind: 'host-unreachable', address: '203.0.113.7:6443', came: 'EHOSTUNREACH' }],
  'connection-reset': [
    { kind: 'connection-reset', phase: 'answer' },
    { kind: 'connection-reset', phase: 'answer', plain: true },
  ],
  'connection-failed': [{ kind: 'connection-failed', phase: 'connect', came: 'connect EMFILE 203.0.113.7:6443' }],
  'timed-out': (
    ['name', 'connect', 'proxy-connect', 'proxy-answer', 'tls', 'credentials', 'turn', 'answer', 'body'] as const
  ).map((phase) => ({ kind: 'timed-out', phase, elapsedMs: 30_000, timeoutMs: 30_000 })),
  cancelled: [{ kind: 'cancelled', phase: 'answer' }],
  'proxy-invalid': [
    { kind: 'proxy-invalid', from: 'HTTPS_PROXY', came: 'it is not a URL' },
    { kind: 'proxy-invalid', from: 'proxy-url', came: 'its scheme is ftp, not http, https or socks5' },
  ],
  'proxy-unreachable': [{ kind: 'proxy-unreachable', came: 'connect ECONNREFUSED 10.0.0.5:3128' }],
  'proxy-not-tls': [{ kind: 'proxy-not-tls' }],
  'proxy-untrusted': [{ kind: 'proxy-untrusted', came: 'unable to get local issuer certificate' }],
  'proxy-authentication': [
    { kind: 'proxy-authentication', sent: false },
    { kind: 'proxy-authentication', sent: true },
  ],
  'proxy-refused': [{ kind: 'proxy-refused', came: 'it answered 403 Forbidden' }],
  'proxy-failed': [{ kind: 'proxy-failed', came: 'socket hang up' }],
  'answer-truncated': [{ kind: 'answer-truncated' }],
  'answer-malformed': [{ kind: 'answer-malformed', came: 'Invalid header token' }],
  'headers-too-large': [{ kind: 'headers-too-large', maxBytes: 256 * 1024 }],
  'body-too-large': [{ kind: 'body-too-large', maxBytes: 24 * 1024 * 1024 }],
  'encoding-invalid': [{ kind: 'encoding-invalid', encoding: 'gzip', came: 'incorrect header check' }],
  redirected: [
    { kind: 'redirected', status: 302, location: 'https://login.example.com/start', sameHost: false },
    { kind: 'redirected', status: 301, location: 'https://k8s.example.com:6443/ui/apis', sameHost: true },
  ],
};

/** What was asked when this came: a failure of a proxy has one. */
export function askedFor({ kind }: Failure): Asked {
  if (kind === 'needs-tls') return { ...asked, url: asked.url.replace('https:', 'http:') };
  return kind.startsWith('proxy-') && kind !== 'proxy-invalid' ? askedThroughProxy : asked;
}
