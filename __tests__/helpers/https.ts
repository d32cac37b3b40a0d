/** The plainest HTTPS client: what came over the wire, and nothing done to it. */
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import type { Credential } from './certificates.ts';

export type Exchange = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The bytes as UTF-8. */
  readonly body: string;
};

/** Sends one request over a connection of its own. */
export async function ask(
  url: string,
  options: {
    readonly caPem: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly method?: string;
    readonly clientCertificate?: Credential;
    readonly timeoutMs?: number;
  },
): Promise<Exchange> {
  const { caPem, headers = {}, method = 'GET', clientCertificate, timeoutMs = 5000 } = options;
  const { promise, resolve, reject } = Promise.withResolvers<Exchange>();
  const own = clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key };
  const signal = AbortSignal.timeout(timeoutMs);
  const call = request(url, { ca: caPem, ...own, headers, method, agent: false, signal }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('error', reject);
    response.once('end', () => {
      const bytes = Buffer.concat(chunks);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, body: bytes.toString('utf8') });
    });
  });
  call.once('error', reject).end();
  return await promise;
}

/** The header that a bearer token travels in. */
export function bearer(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
