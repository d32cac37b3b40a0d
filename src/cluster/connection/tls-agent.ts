import type { Agent, ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext, TLSSocket, ConnectionOptions as TlsConnectOptions } from 'node:tls';
import { failWith } from './failure.ts';
import type { Progress } from './progress.ts';
import type { ProxyServer } from './proxy-choice.ts';
import { openTunnel, proxyConnectOptions } from './proxy-tunnel.ts';
import { checkServerName } from './server-name.ts';
import type { Trust } from './trust.ts';

export interface AgentOptions {
  readonly secure: boolean;
  /** Whom to believe that the server is who it says. */
  readonly trust: Trust;
  /** For a proxy that speaks TLS: PEM, trusted besides the machine's own roots. */
  readonly certificateAuthority?: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
  readonly tlsServerName?: string | undefined;
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
  readonly proxy?: ProxyServer | undefined;
  readonly maxSockets: number;
}

/** What a request hands to the agent besides Node's own options: where to write down how far it has come. */
export interface RequestWithProgress extends ClientRequestArgs {
  readonly progress: Progress;
}

type Handed = (error: Error | null, socket: Duplex) => void;

/** How long one of several addresses of a name is given before the next is tried. Node's 250 ms is short for another continent. */
const ADDRESS_ATTEMPT_MS = 1000;

/**
 * The pool of kept connections to one server, each opened by way of the proxy if there is one, and verified before anything is written to it.
 *
 * The connections are made here and not by http-client, which ignores `ca`, `cert` and `key`, and not by Node's `proxyEnv`, which goes direct when
 * it does not understand a proxy's URL.
 *
 * @throws FailureError `client-certificate-invalid`
 */
export function openAgent(options: AgentOptions): Agent {
  const pool = {
    keepAlive: true,
    maxSockets: options.maxSockets,
    maxFreeSockets: options.maxSockets,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
  };
  const http = process.getBuiltinModule('node:http');
  const https = process.getBuiltinModule('node:https');
  const agent = options.secure ? new https.Agent({ ...pool, ...tlsOptions(options) }) : new http.Agent(pool);
  const connect = agent.createConnection.bind(agent) as (args: ClientRequestArgs) => Socket;

  agent.createConnection = (given: ClientRequestArgs, handed?: Handed) => {
    const args = given as RequestWithProgress;
    establish(args).then(
      (socket) => handed?.(null, socket),
      // Node's types want a socket even with an error.
      (error: Error) => handed?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  };
  return agent;

  async function establish(args: RequestWithProgress): Promise<Socket> {
    const { progress } = args;
    const { proxy } = options;
    const viaTunnel = proxy !== undefined && (options.secure || proxy.kind === 'socks5');
    if (viaTunnel) {
      const tunnel = await openTunnel(proxy, String(args.host), Number(args.port), options, progress);
      if (!options.secure) return tunnel;
      progress.phase = 'tls';
      return await ready(connect({ ...args, socket: tunnel } as ClientRequestArgs), 'secureConnect', progress);
    }
    if (proxy !== undefined) {
      // Plain HTTP goes to the proxy itself, which reads the whole URL from the request line.
      progress.phase = 'proxy-connect';
      const { net, tls } = { net: process.getBuiltinModule('node:net'), tls: process.getBuiltinModule('node:tls') };
      const to = proxyConnectOptions(proxy, options);
      return proxy.kind === 'https'
        ? await ready(tls.connect(to), 'secureConnect', progress)
        : await ready(net.connect(to), 'connect', progress);
    }
    progress.phase = process.getBuiltinModule('node:net').isIP(String(args.host)) === 0 ? 'name' : 'connect';
    return await ready(connect(args), options.secure ? 'secureConnect' : 'connect', progress);
  }
}

function tlsOptions(options: AgentOptions): TlsConnectOptions {
  return {
    // Made once: read from PEM again for each connection, the system's roots alone would cost 24 ms.
    secureContext: secureContext(options),
    ALPNProtocols: ['http/1.1'],
    // Said even when it is the default: NODE_TLS_REJECT_UNAUTHORIZED in a job's environment would turn it off.
    rejectUnauthorized: !options.insecureSkipTlsVerify,
    ...serverName(options.tlsServerName),
  };
}

function secureContext(options: AgentOptions): SecureContext {
  const { createSecureContext, DEFAULT_CIPHERS } = process.getBuiltinModule('node:tls');
  const ca = options.trust.authorities();
  const trusted = {
    minVersion: 'TLSv1.2' as const,
    // As in Go, a certificate that was given is believed, whoever issued it.
    allowPartialTrustChain: true,
    // RSA keys of 1024 bits, as in Go: OpenSSL's own level would refuse them.
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=1`,
    ca: ca === undefined ? undefined : [...ca],
  };
  if (options.certificate === undefined) return createSecureContext(trusted);
  try {
    return createSecureContext({ ...trusted, ...options.certificate });
  } catch (error) {
    throw failWith({ kind: 'client-certificate-invalid', came: reasonOf(error) });
  }
}

function serverName(name: string | undefined): TlsConnectOptions {
  const { isIP } = process.getBuiltinModule('node:net');
  if (name === undefined || name === '') return { checkServerIdentity: checkServerName };
  const checkServerIdentity: typeof checkServerName = (_host, shown) => checkServerName(name, shown);
  // An address cannot stand in SNI (RFC 6066), nor can a dot at the end; both can still be what the certificate has to name.
  return { servername: isIP(name) === 0 ? name.replace(/\.$/, '') : '', checkServerIdentity };
}

/** OpenSSL's words without its numbers: `key values mismatch` from `error:05800074:x509 certificate routines::key values mismatch`. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^error:[0-9A-F]+:.*:([^:]+)$/i.exec(message)?.[1] ?? message;
}

/** The socket once it is connected, for TLS once the server is verified. Rejects with the socket's error, or with the signal's reason. */
function ready(socket: Socket, event: 'connect' | 'secureConnect', progress: Progress): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const end = () => {
    socket.destroy();
    reject(progress.signal.reason);
  };
  if (progress.signal.aborted) end();
  progress.signal.addEventListener('abort', end, { once: true });
  socket.once('lookup', (error: Error | null) => {
    if (error === null && progress.phase === 'name') progress.phase = 'connect';
  });
  socket.once('connect', () => {
    if (event === 'secureConnect' && progress.phase !== 'proxy-connect') progress.phase = 'tls';
  });
  if (event === 'secureConnect') {
    // Node's own check runs next and, when it fails, the certificate is gone with the socket before anybody hears of it.
    socket.prependOnceListener('secure', () => {
      progress.certificate = (socket as TLSSocket).getPeerCertificate();
    });
  }
  socket.once(event, () => resolve(socket));
  // Stays: a socket whose error nobody listens to ends the process.
  socket.on('error', reject);
  socket.once('close', () => reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })));
  return promise.finally(() => progress.signal.removeEventListener('abort', end));
}
