import type { Agent, ClientRequest, IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { HttpClient } from '@actions/http-client';
import { type BodySpace, readBody } from './body.ts';
import { failWith } from './failure.ts';
import { endedBy, type Progress } from './progress.ts';
import type { ProxyServer } from './proxy-choice.ts';
import { proxyAuthorization } from './proxy-tunnel.ts';
import type { RequestWithProgress } from './tls-agent.ts';
import { portOf, withoutBrackets } from './url.ts';

/** An answer read to its end. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ExchangeOptions {
  readonly client: HttpClient;
  readonly agent: Agent;
  readonly url: URL;
  readonly headers: OutgoingHttpHeaders;
  readonly proxy?: ProxyServer | undefined;
  readonly progress: Progress;
  readonly space: BodySpace;
  readonly onSent?: (() => void) | undefined;
}

/** Go takes 10 MiB, Node 16 KiB; large cookies of a load balancer fit into this. */
export const MAX_HEADER_BYTES = 256 * 1024;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

type RequestRawInfo = Parameters<HttpClient['requestRaw']>[0];

/**
 * Asks once and reads the whole answer.
 *
 * http-client sends it by `requestRaw`, the call under all its others: `get` would first read the proxies of the process's environment by rules of
 * its own and throw on a malformed one, and its `readBody` never settles when a connection is cut in a body. The request's own events are watched besides,
 * because http-client passes on an error only until an answer has begun, and an aborted request that still waits for a socket tells nobody.
 *
 * @throws FailureError, the socket's or parser's error, or the signal's reason
 */
export async function exchange(options: ExchangeOptions): Promise<HttpResponse> {
  const { client, agent, url, proxy, progress } = options;
  const secure = url.protocol === 'https:';
  const plainByProxy = !secure && (proxy?.kind === 'http' || proxy?.kind === 'https');
  const authorization = plainByProxy ? proxyAuthorization(proxy) : undefined;
  const requestOptions: RequestWithProgress = {
    method: 'GET',
    host: withoutBrackets(url.hostname),
    port: portOf(url),
    path: plainByProxy ? url.href : url.pathname + url.search,
    headers: {
      ...options.headers,
      ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
    },
    agent,
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
    progress,
  };

  let sent: ClientRequest | undefined;
  let ownError: (Error & { code?: unknown }) | undefined;
  const closed = Promise.withResolvers<never>();
  closed.promise.catch(() => undefined);
  const protocol = process.getBuiltinModule(secure ? 'node:https' : 'node:http');
  const watched = {
    request(given: RequestWithProgress, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
      const made = protocol.request(given, onAnswer);
      sent = made;
      // Not before whatever else is asked at this moment is on its way too.
      if (options.onSent !== undefined) setImmediate(options.onSent);
      made.on('socket', () => {
        progress.phase = 'answer';
        progress.reusedSocket = made.reusedSocket;
      });
      made.on('error', (error) => {
        ownError ??= error;
      });
      made.once('close', () =>
        closed.reject(ownError ?? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })),
      );
      return made;
    },
  };

  let complete = false;
  try {
    const info = { options: requestOptions, parsedUrl: url, httpModule: watched } as unknown as RequestRawInfo;
    const answered = Promise.race([client.requestRaw(info, null), closed.promise]);
    const { message } = await endedBy(progress.signal, answered);
    const status = message.statusCode ?? 0;
    if (REDIRECTS.has(status)) throw redirected(status, message.headers.location, url);
    progress.phase = 'body';
    const body = await readBody(message, { signal: progress.signal, space: options.space });
    complete = true;
    return { status, headers: message.headers, body };
  } catch (error) {
    // A body that does not parse reaches its reader as a bare "aborted"; the request knows why.
    throw progress.phase === 'body' && isParserError(ownError) ? ownError : error;
  } finally {
    if (!complete) sent?.destroy();
  }
}

function isParserError(error: { code?: unknown } | undefined): boolean {
  return typeof error?.code === 'string' && error.code.startsWith('HPE_');
}

function redirected(status: number, header: string | undefined, asked: URL) {
  const destination = header !== undefined && URL.canParse(header, asked.href) ? new URL(header, asked) : undefined;
  return failWith({
    kind: 'redirected',
    status,
    // Neither query nor user: login pages carry tokens in them.
    location:
      destination === undefined ? 'nowhere' : `${destination.protocol}//${destination.host}${destination.pathname}`,
    sameHost: destination?.hostname === asked.hostname,
  });
}
