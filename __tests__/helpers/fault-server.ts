/**
 * A server on 127.0.0.1 that a test scripts byte by byte: what no HTTP server would send, and how no proxy should behave.
 *
 * Each connection is handed to the script, as it comes or after the TLS handshake; what it sends is counted.
 */
import { spawn } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export type FaultServer = {
  readonly port: number;
  /** `127.0.0.1:port` */
  readonly authority: string;
  /** The heads of all requests that arrived whole, in their order; what the script did not read by {@link nextRequest} is not among them. */
  readonly requests: readonly string[];
  readonly connections: () => number;
  /** Connections that are still open on the server's side. */
  readonly open: () => number;
  /** Bytes handed to the sockets so far. */
  readonly sent: () => number;
  readonly stop: () => Promise<void>;
};

/** One connection: its socket, and what a script does with it. */
export type Wire = {
  readonly socket: Socket;
  /** Counts connections from 1. */
  readonly number: number;
  /** The head of the next request, once it arrived whole. Never settles when the connection ends before. */
  nextRequest(): Promise<string>;
  send(...parts: readonly (string | Buffer)[]): void;
  /** Sends `part` again and again, as fast as it is taken, until the connection ends. */
  sendForEver(part: Buffer): Promise<void>;
  /** Sends one byte at a time. */
  drip(bytes: Buffer, everyMs: number): Promise<void>;
  /** Ends the connection with FIN. */
  end(): void;
  /** Ends the connection with RST. */
  reset(): void;
  /** A connection to elsewhere, joined to this one in both directions; what came already and was not read goes first, or `instead`. */
  joinTo(port: number, instead?: string): Socket;
};

export type Script = (wire: Wire) => unknown;

export async function startFaultServer(script: Script, tls?: TlsOptions): Promise<FaultServer> {
  const requests: string[] = [];
  const open = new Set<Socket>();
  const finished = new Set<Socket>();
  let connections = 0;
  const onConnection = (socket: Socket) => {
    connections += 1;
    // A fault is meant to break the connection: that it does is no error of the test.
    socket.on('error', () => undefined);
    void Promise.resolve(script(wireOf(socket, connections, requests))).catch(() => socket.destroy());
  };
  const server: Server = tls === undefined ? createServer(onConnection) : createTlsServer(tls, onConnection);
  server.on('tlsClientError', () => undefined);
  // The plain sockets, below TLS where there is any.
  server.prependListener('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      open.delete(socket);
      finished.add(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    authority: `127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    open: () => open.size,
    sent: () => [...open, ...finished].reduce((bytes, socket) => bytes + socket.bytesWritten, 0),
    stop: async () => {
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await stopped;
    },
  };
}

function wireOf(socket: Socket, number: number, requests: string[]): Wire {
  let received = '';
  let waiting: (() => void) | undefined;
  socket.on('data', (bytes: Buffer) => {
    received += bytes.toString('latin1');
    waiting?.();
  });
  return {
    socket,
    number,
    async nextRequest() {
      for (;;) {
        const end = received.indexOf('\r\n\r\n');
        if (end >= 0) {
          const head = received.slice(0, end);
          received = received.slice(end + 4);
          requests.push(head);
          return head;
        }
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
    },
    send(...parts) {
      for (const part of parts) socket.write(part);
    },
    async sendForEver(part) {
      while (!socket.destroyed) {
        if (socket.write(part)) await new Promise((resolve) => setImmediate(resolve));
        else await drained(socket);
      }
    },
    async drip(bytes, everyMs) {
      for (const byte of bytes) {
        if (socket.destroyed) return;
        socket.write(Buffer.from([byte]));
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    },
    end: () => void socket.end(),
    reset: () => void socket.resetAndDestroy(),
    joinTo(port, instead) {
      const other = connect(port, '127.0.0.1');
      other.on('error', () => socket.destroy());
      socket.removeAllListeners('data');
      // What came before there was somewhere to send it to.
      other.write(Buffer.from(instead ?? received, 'latin1'));
      socket.pipe(other).pipe(socket);
      socket.once('close', () => other.destroy());
      return other;
    },
  };
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}

/** A port of 127.0.0.1 at which nothing listens: it was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = await startFaultServer(() => undefined);
  await server.stop();
  return server.port;
}

/**
 * A port that takes no connections: the queue of its listener, a process that never looks at it, is full. As with a firewall that drops packets, connecting never ends.
 */
export async function deafPort(): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const script = `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);
  });`;
  const listener = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  const port = await new Promise<number>((resolve, reject) => {
    listener.stdout.once('data', (bytes: Buffer) => resolve(Number(bytes.toString())));
    listener.once('error', reject);
    listener.once('exit', () => reject(new Error('the listener ended')));
  });
  const filling = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    port,
    stop: async () => {
      for (const socket of filling) socket.destroy();
      const ended = new Promise((resolve) => listener.once('exit', resolve));
      listener.kill('SIGKILL');
      await ended;
    },
  };
}
