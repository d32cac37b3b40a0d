import { readJsonOrYaml } from '../../yaml/configuration.ts';
import { toPlain } from '../../yaml/to-plain.ts';
import type { Credential, ExecConfig, ServerAccess } from '../access.ts';
import { readClientCertificate } from './certificate.ts';
import { headerValue, isSendable } from './header.ts';

/** What a plugin printed, read. */
export type ExecAnswer =
  | {
      readonly kind: 'credential';
      readonly credential: Credential;
      /** Milliseconds since the epoch. */
      readonly expiresAt?: number | undefined;
    }
  | { readonly kind: 'bad'; readonly reason: string };

/**
 * The ExecCredential that a plugin is given in KUBERNETES_EXEC_INFO.
 * @see client-go pkg/apis/clientauthentication/v1/types.go, rest/exec.go ConfigToExecCluster
 */
export function execInfo(config: ExecConfig, server: ServerAccess, interactive: boolean): string {
  const cluster = config.provideClusterInfo ? { cluster: execCluster(server) } : {};
  return JSON.stringify({ kind: 'ExecCredential', apiVersion: config.apiVersion, spec: { ...cluster, interactive } });
}

function execCluster(server: ServerAccess): object {
  const { certificateAuthorityText } = server;
  return {
    server: server.server.href.replace(/\/$/, ''),
    ...(server.tlsServerName === undefined ? {} : { 'tls-server-name': server.tlsServerName }),
    ...(server.insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...(certificateAuthorityText === ''
      ? {}
      : { 'certificate-authority-data': Buffer.from(certificateAuthorityText, 'utf8').toString('base64') }),
    ...(server.proxyUrl === undefined ? {} : { 'proxy-url': server.proxyUrl }),
    ...(server.disableCompression ? { 'disable-compression': true } : {}),
    config: server.execConfig,
  };
}

/**
 * Reads what a plugin printed. `mask` is called with every secret in it before anything is judged.
 * Reasons say what is wrong, and nothing of what was printed.
 * @see client-go plugin/pkg/client/auth/exec/exec.go refreshCredsLocked
 */
export function readExecCredential(
  output: string,
  apiVersion: string,
  mask: { readonly token: (token: string) => void; readonly key: (pem: string) => void },
): ExecAnswer {
  const read = readJsonOrYaml(Buffer.from(output));
  const document = read.kind === 'document' && read.root !== undefined ? toPlain(read.root) : undefined;
  if (!isObject(document))
    return bad(output.trim() === '' ? 'printed nothing' : 'did not print an ExecCredential in JSON');
  const status = isObject(document['status']) ? document['status'] : undefined;
  const token = textOf(status?.['token']);
  const cert = textOf(status?.['clientCertificateData']);
  const key = textOf(status?.['clientKeyData']);
  if (typeof token === 'string') mask.token(token);
  if (typeof key === 'string') mask.key(key);

  // client-go knows what it asked for, so the kind may be left out.
  const kind = textOf(document['kind']);
  if (kind !== '' && kind !== 'ExecCredential') return bad('printed something that is not an ExecCredential');
  if (document['apiVersion'] !== apiVersion) {
    return bad(`answered in another apiVersion than it was asked in (${apiVersion})`);
  }
  if (status === undefined) return bad('printed an ExecCredential without a status');
  if (token === undefined || cert === undefined || key === undefined)
    return bad('printed a status with a field that is not a string');
  if (token === '' && cert === '' && key === '') return bad('printed neither a token nor a certificate');
  if ((cert === '') !== (key === ''))
    return bad(`printed a ${cert === '' ? 'key without a certificate' : 'certificate without a key'}`);
  if (!isSendable(token)) return bad('printed a token with a line break or another control character');
  const expiresAt = expiryOf(status['expirationTimestamp']);
  if (expiresAt === 'bad') return bad('printed an expirationTimestamp that is not a time (RFC 3339)');
  const certificate = cert === '' ? undefined : readClientCertificate(cert, key);
  if (certificate?.kind === 'bad')
    return bad(`printed a client certificate that cannot be used: ${certificate.reason}`);
  return {
    kind: 'credential',
    credential: {
      expiresAt,
      ...(token === '' ? {} : { authorization: `Bearer ${headerValue(token)}` }),
      ...(certificate === undefined
        ? {}
        : { certificate: { cert: certificate.value.cert, key: certificate.value.key } }),
    },
    expiresAt,
  };
}

function expiryOf(value: unknown): number | undefined | 'bad' {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(value))
    return 'bad';
  const time = Date.parse(value);
  return Number.isNaN(time) ? 'bad' : time;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(reason: string): ExecAnswer {
  return { kind: 'bad', reason };
}
