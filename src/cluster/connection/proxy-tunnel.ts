import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { failWith } from './failure.ts';
import type { Progress } from './progress.ts';
import { type ProxyServer, SOCKS_LONGEST } from './proxy-choice.ts';
import { unreachableProxy } from './proxy-failure.ts';
import { checkServerName } from './server-name.ts';
import { machineRoots } from './tls-roots.ts';

/** What a proxy that speaks TLS is verified with. */
export interface ProxyTls {
  /** PEM, trusted besides the machine's own roots. */
  readonly certificateAuthority?: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
}

/** `Basic ...` for a proxy that has a user, else `undefined`. */
export function proxyAuthorization(proxy: ProxyServer): string | undefined {
  if (proxy.username === undefined) return undefined;
  return `Basic ${Buffer.from(`${proxy.username}:${proxy.password ?? ''}`).toString('base64')}`;
}

/** How to connect to a http or https proxy itself. The client certificate is the cluster's business, and is not shown to the proxy. */
export function proxyConnectOptions(proxy: ProxyServer, tls: ProxyTls) {
  if (proxy.kind !== 'https') return { host: proxy.host, port: proxy.port };
  const { isIP } = process.getBuiltinModule('node:net');
  return {
    host: proxy.host,
    port: proxy.port,
    servername: isIP(proxy.host) === 0 ? proxy.host : '',
    minVersion: 'TLSv1.2' as const,
    rejectUnauthorized: !tls.insecureSkipTlsVerify,
    // kubectl verifies the proxy with the cluster's authority; a proxy that the machine itself trusts will do here as well.
    allowPartialTrustChain: true,
    checkServerIdentity: checkServerName,
    ca: [...machineRoots(), ...(tls.certificateAuthority === undefined ? [] : [tls.certificateAuthority])],
  };
}

/**
 * A connection to `host:port` by way of the proxy, ready for TLS or HTTP. The name is looked up by the proxy, not here.
 *
 * @throws FailureError `proxy-unreachable`, `proxy-authentication`, `proxy-refused` or `proxy-failed`; the signal's reason when it aborts
 */
export async function openTunnel(
  proxy: ProxyServer,
  host: string,
  port: number,
  tls: ProxyTls,
  progress: Progress,
): Promise<Socket> {
  progress.phase = 'proxy-connect';
  return proxy.kind === 'socks5'
    ? await openSocksTunnel(proxy, host, port, progress)
    : await openHttpTunnel(proxy, host, port, tls, progress);
}

/** @see RFC 9110, 9.3.6 CONNECT */
function openHttpTunnel(
  proxy: ProxyServer,
  host: string,
  port: number,
  tls: ProxyTls,
  progress: Progress,
): Promise<Socket> {
  const client = process.getBuiltinModule(proxy.kind === 'https' ? 'node:https' : 'node:http');
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const request = client.request({
    ...proxyConnectOptions(proxy, tls),
    method: 'CONNECT',
    path: authority,
    agent: false,
    headers: {
      host: authority,
      'user-agent': 'kube-api-gate',
      ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
    },
  });
  const end = () => {
    request.destroy();
    reject(progress.signal.reason);
  };
  progress.signal.addEventListener('abort', end, { once: true });
  request.on('socket', (socket) => {
    socket.once(proxy.kind === 'https' ? 'secureConnect' : 'connect', () => {
      progress.phase = 'proxy-answer';
    });
  });
  request.on('connect', (answer: IncomingMessage, socket: Socket, head: Buffer) => {
    if (answer.statusCode !== 200) {
      socket.destroy();
      reject(refusedBy(answer, authorization !== undefined));
      return;
    }
    // An error between here and the socket's next user would otherwise end the process.
    socket.on('error', () => undefined);
    if (head.length > 0) socket.unshift(head);
    resolve(socket);
  });
  // An answer to CONNECT comes by the event above; this one would be a proxy that does not know the method as Node does.
  request.on('response', (answer) => {
    answer.destroy();
    reject(refusedBy(answer, authorization !== undefined));
  });
  request.on('error', (error) => reject(brokenProxy(error, progress)));
  request.on('close', () => reject(brokenProxy(new Error('it closed the connection'), progress)));
  request.end();
  return promise.finally(() => progress.signal.removeEventListener('abort', end));
}

function refusedBy(answer: IncomingMessage, sent: boolean) {
  if (answer.statusCode === 407) return failWith({ kind: 'proxy-authentication', sent });
  return failWith({
    kind: 'proxy-refused',
    came: `it answered ${answer.statusCode} ${answer.statusMessage ?? ''}`.trim(),
  });
}

// The errors of the socks library hold its options, and with them the password: only their text goes on.
function brokenProxy(error: Error, progress: Progress) {
  if (progress.phase === 'proxy-connect') return failWith(unreachableProxy(error));
  const came = error.message === '' && 'code' in error ? String(error.code) : error.message;
  return failWith({ kind: 'proxy-failed', came });
}

/** @see RFC 1928 (SOCKS5), RFC 1929 (user and password) */
async function openSocksTunnel(proxy: ProxyServer, host: string, port: number, progress: Progress): Promise<Socket> {
  // The library would throw where nobody can catch it.
  if (host.length > SOCKS_LONGEST) throw failWith({ kind: 'name-not-found', host, came: 'it is too long' });
  const { SocksClient } = await import('socks');
  const net = process.getBuiltinModule('node:net');
  const socket = net.connect({ host: proxy.host, port: proxy.port });
  const end = () => socket.destroy();
  progress.signal.addEventListener('abort', end, { once: true });
  try {
    await connected(socket, progress);
    progress.phase = 'proxy-answer';
    await SocksClient.createConnection({
      command: 'connect',
      destination: { host, port },
      existing_socket: socket,
      // The library's own time limit must not come before the deadline, which ends the socket.
      timeout: LONGER_THAN_ANY_DEADLINE_MS,
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: 5,
        // The library tells an absent name from an empty one.
        ...(proxy.username === undefined ? undefined : { userId: proxy.username, password: proxy.password ?? '' }),
      },
    });
    return socket;
  } catch (error) {
    socket.destroy();
    if (progress.signal.aborted) throw progress.signal.reason;
    throw socksFailure(error instanceof Error ? error : new Error(String(error)), proxy, progress);
  } finally {
    progress.signal.removeEventListener('abort', end);
  }
}

const LONGER_THAN_ANY_DEADLINE_MS = 2 ** 31 - 1;

function connected(socket: Socket, progress: Progress): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('connect', resolve);
  // Stays: a socket whose error nobody listens to ends the process.
  socket.on('error', reject);
  socket.once('close', () =>
    reject(progress.signal.aborted ? progress.signal.reason : new Error('it closed the connection')),
  );
  return promise;
}

function socksFailure(error: Error, proxy: ProxyServer, progress: Progress) {
  const came = error.message;
  if (/authentication/i.test(came)) {
    return failWith({ kind: 'proxy-authentication', sent: proxy.username !== undefined });
  }
  if (/rejected connection/i.test(came)) return failWith({ kind: 'proxy-refused', came });
  return brokenProxy(error, progress);
}
