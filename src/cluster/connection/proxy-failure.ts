import type { Failure } from './failure.ts';

/** What a peer that speaks no TLS makes of a handshake. */
export const NOT_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_INVALID_RECORD_TYPE',
  'ERR_SSL_BAD_RECORD_TYPE',
]);

const NOT_TLS_IN_WORDS =
  /:SSL routines:.*(?:wrong version number|http request|packet length too long|(?:invalid|bad) record type)/;

/** Node's codes for a certificate that is not believed. @see Node's doc/api/tls.md, "X509 certificate error codes" */
const OF_CERTIFICATE =
  /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT_|UNSPECIFIED$|(?:EE|CA)_(?:KEY|MD)_)/;

/** Why a proxy itself could not be reached. */
export function unreachableProxy(error: Error): Failure {
  const code = 'code' in error ? String(error.code) : '';
  const came = 'reason' in error && error.reason !== '' ? String(error.reason) : error.message || code;
  // A handshake that fails while it is being written has a code without a reason.
  if (NOT_TLS.has(code) || NOT_TLS_IN_WORDS.test(came)) return { kind: 'proxy-not-tls' };
  return OF_CERTIFICATE.test(code) ? { kind: 'proxy-untrusted', came } : { kind: 'proxy-unreachable', came };
}
