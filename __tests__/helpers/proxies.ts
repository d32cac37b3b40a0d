/** Proxies that work, on 127.0.0.1: each leads to one server, whatever it is asked for, and keeps what it was asked. */
import { request } from 'node:http';
import type { TlsOptions } from 'node:tls';
import { type FaultServer, startFaultServer } from './fault-server.ts';

export type TestProxy = FaultServer & {
  /** `host:port` of each connection, or, for plain HTTP, the URL of each request. */
  readonly asked: readonly string[];
};

/** An HTTP proxy: CONNECT, and whole URLs for plain HTTP. Over TLS when `tls` is given. */
export async function startHttpProxy(port: number, tls?: TlsOptions): Promise<TestProxy> {
  const asked: string[] = [];
  const server = await startFaultServer(async (wire) => {
    const head = await wire.nextRequest();
    const [method, target = ''] = head.split(' ');
    asked.push(target);
    if (method === 'CONNECT') {
      wire.joinTo(port);
      wire.send('HTTP/1.1 200 Connection established\r\n\r\n');
      return;
    }
    const { pathname, host } = new URL(target);
    request({ host: '127.0.0.1', port, path: pathname, headers: { host, ...headersOf(head) } }, (answer) => {
      wire.send(`HTTP/1.1 ${answer.statusCode} OK\r\nconnection: close\r\n\r\n`);
      answer.pipe(wire.socket);
    }).end();
  }, tls);
  return { ...server, asked };
}

/** A SOCKS5 proxy that wants a user and a password, any. @see RFC 1928, RFC 1929 */
export async function startSocksProxy(port: number): Promise<TestProxy> {
  const asked: string[] = [];
  const server = await startFaultServer(({ socket, send, joinTo }) => {
    let step = 0;
    socket.on('data', (bytes: Buffer) => {
      step += 1;
      if (step === 1) send(Buffer.from([5, 2]));
      else if (step === 2) send(Buffer.from([1, 0]));
      else if (step === 3) {
        // Version, command, a byte that is reserved, then 1 for an IPv4 address or 3 for a name with its length.
        const named = bytes[3] === 3;
        const end = named ? 5 + (bytes[4] ?? 0) : 8;
        const host = named ? bytes.subarray(5, end).toString() : bytes.subarray(4, end).join('.');
        asked.push(`${host}:${bytes.readUInt16BE(end)}`);
        joinTo(port, '');
        send(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      }
    });
  });
  return { ...server, asked };
}

function headersOf(head: string): Readonly<Record<string, string>> {
  const lines = head.split('\r\n').slice(1);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
}
