/**
 * An API server that writes down who asked and how, and the proxies on the way to it: for holding two clients against each other.
 *
 * Each listens on a port of its own of 127.0.0.1. It knows the two documents that a client needs in order to be content.
 */
import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from 'node:net';
import { DEFAULT_CIPHERS, type TLSSocket } from 'node:tls';
import type { Credential } from './certificates.ts';

/** What is worth comparing of one request. */
export type Arrival = {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly scheme: 'http' | 'https';
  /** The name in the TLS handshake, `''` without one. */
  readonly serverName: string;
  /** Common name of the client certificate, `''` without one. */
  readonly clientName: string;
  readonly authorization: string;
  readonly acceptEncoding: string;
  /** `name: value`, lower-case names, sorted. */
  readonly impersonation: readonly string[];
  /** Which of the proxies it came by; `''` for none. */
  readonly proxy: string;
};

export type RecordingServer = {
  readonly port: number;
  readonly arrivals: Arrival[];
  /** Answers the next requests that bear one of these values of `Authorization` with 401. */
  readonly refused: Set<string>;
  close(): Promise<void>;
};

export type RecordingProxy = {
  readonly port: number;
  /** `user:password` of each request that brought them. */
  readonly credentials: string[];
  close(): Promise<void>;
};

// A tunnel's far end is a port of this machine: by it the server knows through which proxy a connection came.
const tunnels = new Map<number, string>();

/** Starts a server; with a credential it speaks TLS and asks clients for a certificate that it does not verify. */
export async function startRecordingServer(credential?: Credential): Promise<RecordingServer> {
  const arrivals: Arrival[] = [];
  const refused = new Set<string>();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const arrival = arrivalOf(request);
    arrivals.push(arrival);
    if (refused.has(arrival.authorization)) {
      respond(response, 401, {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        code: 401,
        reason: 'Unauthorized',
        message: 'Unauthorized',
      });
    } else if (arrival.path.endsWith('/api')) {
      respond(response, 200, { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] });
    } else if (arrival.path.endsWith('/apis')) {
      respond(response, 200, { kind: 'APIGroupList', apiVersion: 'v1', groups: [] });
    } else {
      respond(response, 404, {
        kind: 'Status',
        apiVersion: 'v1',
        status: 'Failure',
        code: 404,
        reason: 'NotFound',
        message: 'not found',
      });
    }
  };
  const server =
    credential === undefined
      ? createPlainServer(answer)
      : createSecureServer(
          {
            cert: credential.certificate,
            key: credential.key,
            requestCert: true,
            rejectUnauthorized: false,
            // Whatever key it has: what is tested is who takes it.
            ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
          },
          answer,
        );
  return { port: await listen(server), arrivals, refused, close: () => close(server) };
}

/** Starts a proxy that tunnels by CONNECT, and passes plain requests on. */
export async function startRecordingProxy(name: string): Promise<RecordingProxy> {
  const credentials: string[] = [];
  const note = (request: IncomingMessage) => {
    const given = request.headers['proxy-authorization'];
    if (given !== undefined) credentials.push(Buffer.from(given.replace(/^Basic /, ''), 'base64').toString());
  };
  const server = createPlainServer((request, response) => {
    note(request);
    response.writeHead(502).end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    note(request);
    tunnel(name, Number(request.url?.split(':').at(-1)), socket, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) socket.unshift(head);
    });
  });
  return { port: await listen(server), credentials, close: () => close(server) };
}

/** Starts a SOCKS5 proxy without authentication. */
export async function startRecordingSocks(name: string): Promise<RecordingProxy> {
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request: Buffer) => {
        tunnel(name, request.readUInt16BE(request.length - 2), socket, () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
        });
      });
    });
  });
  return { port: await listen(server), credentials: [], close: () => close(server) };
}

/** Whatever host was asked for, the tunnel leads to this machine. */
function tunnel(name: string, port: number, socket: Socket, opened: () => void): void {
  const upstream = connect(port, '127.0.0.1', () => {
    const { localPort = 0 } = upstream;
    tunnels.set(localPort, name);
    opened();
    upstream.pipe(socket).pipe(upstream);
  });
  for (const each of [upstream, socket]) each.on('error', () => each.destroy());
  socket.once('close', () => upstream.destroy());
  upstream.once('close', () => socket.destroy());
}

function arrivalOf(request: IncomingMessage): Arrival {
  const socket = request.socket as Socket | TLSSocket;
  const secure = 'encrypted' in socket;
  const { headers, rawHeaders } = request;
  const impersonation = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && /^impersonate-/i.test(name)
      ? [`${name.toLowerCase()}: ${Buffer.from(rawHeaders[index + 1] ?? '', 'latin1').toString('utf8')}`]
      : [],
  );
  const servername = secure ? socket.servername : undefined;
  const commonName = secure ? socket.getPeerCertificate().subject?.CN : undefined;
  return {
    method: request.method ?? '',
    path: request.url?.split('?')[0] ?? '',
    scheme: secure ? 'https' : 'http',
    serverName: typeof servername === 'string' ? servername : '',
    clientName: typeof commonName === 'string' ? commonName : '',
    authorization: Buffer.from(headers.authorization ?? '', 'latin1').toString('utf8'),
    acceptEncoding: String(headers['accept-encoding'] ?? ''),
    impersonation: impersonation.sort(),
    proxy: tunnels.get(socket.remotePort ?? 0) ?? '',
  };
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function listen(server: Server | SocketServer): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  return (server.address() as AddressInfo).port;
}

async function close(server: Server | SocketServer): Promise<void> {
  if ('closeAllConnections' in server) server.closeAllConnections();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  // A tunnel that a client keeps open would hold the server for ever.
  await Promise.race([promise, new Promise((done) => setTimeout(done, 500).unref())]);
}
