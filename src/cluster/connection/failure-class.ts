import { MAX_HEADER_BYTES } from './exchange.ts';
import { type Failure, FailureError } from './failure.ts';
import type { Progress } from './progress.ts';
import { NOT_TLS, unreachableProxy } from './proxy-failure.ts';
import { alternativeNames } from './server-name.ts';

/** What is known about a request besides the error that ended it. */
export interface Circumstances {
  readonly progress: Progress;
  readonly url: URL;
  readonly tlsServerName?: string | undefined;
  readonly authorityGiven: boolean;
  readonly clientCertificateSent: boolean;
  readonly now: number;
}

interface SystemError extends Error {
  readonly code?: unknown | undefined;
  readonly address?: unknown | undefined;
  readonly port?: unknown | undefined;
  readonly errors?: readonly SystemError[] | undefined;
  readonly reason?: unknown | undefined;
  readonly rawPacket?: unknown | undefined;
}

/**
 * The class of failure that an error of Node belongs to; the one place that knows Node's and OpenSSL's codes.
 * `undefined` for what is no failure of the network but a defect of ours.
 *
 * @see Node's doc/api/tls.md, "X509 certificate error codes"; OpenSSL's ssl_reason codes appear as `ERR_SSL_<REASON>`
 */
export function classify(thrown: unknown, circumstances: Circumstances): Failure | undefined {
  if (thrown instanceof FailureError) return thrown.failure;
  if (!(thrown instanceof Error)) return undefined;
  const error = thrown as SystemError;
  const code = typeof error.code === 'string' ? error.code : '';
  if (code === '') return undefined;
  const { progress } = circumstances;

  if (progress.phase === 'proxy-connect') {
    return unreachableProxy(error);
  }
  return (
    ofCertificate(code, error, circumstances) ??
    ofTls(code, error, circumstances) ??
    ofAnswer(code, error, circumstances) ??
    ofNetwork(code, error, circumstances) ?? { kind: 'connection-failed', phase: progress.phase, came: wordsOf(error) }
  );
}

function ofCertificate(code: string, error: SystemError, circumstances: Circumstances): Failure | undefined {
  const { progress, url, now } = circumstances;
  const shown = progress.certificate;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return {
        kind: 'certificate-expired',
        now,
        notAfter: shown?.valid_to === undefined ? undefined : shown.valid_to,
      };
    case 'CERT_NOT_YET_VALID':
      return {
        kind: 'certificate-not-yet-valid',
        now,
        notBefore: shown?.valid_from === undefined ? undefined : shown.valid_from,
      };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    // A new authority under an old name: the issuer is found, and its key does not fit.
    case 'CERT_SIGNATURE_FAILURE':
    case 'CERT_UNTRUSTED': {
      const issuer = firstOf(shown?.issuer?.CN) ?? firstOf(shown?.issuer?.O);
      return {
        kind: 'certificate-unknown-authority',
        selfSigned: code === 'DEPTH_ZERO_SELF_SIGNED_CERT',
        authorityGiven: circumstances.authorityGiven,
        issuer,
      };
    }
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH': {
      const commonName = firstOf(shown?.subject?.CN);
      if (shown !== undefined && shown.subjectaltname === undefined) {
        return { kind: 'certificate-without-names', commonName };
      }
      return {
        kind: 'certificate-name-mismatch',
        name: circumstances.tlsServerName ?? url.hostname,
        names: namesOf(shown?.subjectaltname),
      };
    }
    default:
      return CERTIFICATE_CODES.has(code) && progress.phase === 'tls'
        ? { kind: 'certificate-invalid', came: wordsOf(error) }
        : undefined;
  }
}

const CERTIFICATE_CODES: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CRL_SIGNATURE_FAILURE',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'OUT_OF_MEM',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'INVALID_CA',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'CERT_REJECTED',
  'EE_KEY_TOO_SMALL',
  'CA_KEY_TOO_SMALL',
  'CA_MD_TOO_WEAK',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  // Whatever OpenSSL found that Node has no code for: weak keys, names that an authority may not give.
  'UNSPECIFIED',
]);

function ofTls(code: string, error: SystemError, circumstances: Circumstances): Failure | undefined {
  if (CLIENT_CERTIFICATE_ALERT.test(code)) {
    return { kind: 'client-certificate-rejected', came: wordsOf(error), sent: circumstances.clientCertificateSent };
  }
  if (NOT_TLS.has(code)) {
    return circumstances.progress.phase === 'tls' ? { kind: 'not-tls' } : { kind: 'tls-failed', came: wordsOf(error) };
  }
  switch (code) {
    case 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL':
    case 'ERR_SSL_TLSV13_ALERT_NO_APPLICATION_PROTOCOL':
      return { kind: 'http2-only' };
    default:
      return code.startsWith('ERR_SSL_') || code === 'EPROTO'
        ? { kind: 'tls-failed', came: wordsOf(error) }
        : undefined;
  }
}

/** The alerts by which a server refuses a client's certificate, or the lack of one. @see RFC 8446, 6.2 */
const CLIENT_CERTIFICATE_ALERT =
  /^ERR_SSL_.*ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|ACCESS_DENIED)$/;

function ofAnswer(code: string, error: SystemError, { url, progress }: Circumstances): Failure | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return { kind: 'headers-too-large', maxBytes: MAX_HEADER_BYTES };
  if (code === 'HPE_INVALID_EOF_STATE') return { kind: 'answer-truncated' };
  if (code.startsWith('HPE_')) {
    const packet = Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.alloc(0);
    if (url.protocol === 'http:' && isTlsRecord(packet)) return { kind: 'needs-tls' };
    if (isHttp2Settings(packet)) return { kind: 'http2-only' };
    return {
      kind: 'answer-malformed',
      came: typeof error.reason === 'string' && error.reason !== '' ? error.reason : wordsOf(error),
    };
  }
  if (progress.phase === 'body' && CUT.has(code)) return { kind: 'answer-truncated' };
  return undefined;
}

/** An alert or a handshake record of TLS. */
function isTlsRecord(packet: Buffer): boolean {
  return packet.length >= 3 && (packet[0] === 0x15 || packet[0] === 0x16) && packet[1] === 0x03;
}

/** The frame that begins whatever a HTTP/2 server says. @see RFC 9113, 3.4 and 4.1 */
function isHttp2Settings(packet: Buffer): boolean {
  return packet.length >= 9 && packet[3] === 0x04 && packet.readUInt32BE(5) === 0;
}

const CUT: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE']);

function ofNetwork(code: string, error: SystemError, { url, progress }: Circumstances): Failure | undefined {
  const address = addressOf(error) ?? url.host;
  if (CUT.has(code)) {
    return { kind: 'connection-reset', phase: progress.phase, ...(url.protocol === 'http:' ? { plain: true } : {}) };
  }
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return { kind: 'name-not-found', host: url.hostname, came: code };
    case 'ECONNREFUSED':
      return { kind: 'connection-refused', address };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'ETIMEDOUT':
    case 'EACCES':
    case 'EPERM':
      return { kind: 'host-unreachable', address, came: code };
    default:
      return undefined;
  }
}

/** `127.0.0.1:6443`, or several where a name has several addresses; all of them were tried. */
function addressOf(error: SystemError): string | undefined {
  const each = error.errors ?? [error];
  const addresses = each.flatMap(({ address, port }) =>
    typeof address === 'string' ? [`${address.includes(':') ? `[${address}]` : address}:${String(port)}`] : [],
  );
  return addresses.length === 0 ? undefined : addresses.join(' and ');
}

/** OpenSSL's reason where there is one, else Node's message. */
function wordsOf(error: SystemError): string {
  if (typeof error.reason === 'string' && error.reason !== '') return error.reason;
  return error.message === '' ? String(error.code) : error.message.trim();
}

function firstOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

/** The names that a server could be asked by. */
function namesOf(text: string | undefined): readonly string[] {
  return alternativeNames(text ?? '').flatMap(({ kind, value }) => {
    if (kind === 'DNS')
      return [process.getBuiltinModule('node:net').isIP(value) === 0 ? value : `${value} (as a DNS name)`];
    return kind === 'IP Address' ? [value] : [];
  });
}
