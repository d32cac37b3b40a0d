/**
 * What servers, networks and proxies do wrong, one row each: every one must end as an error with a code, in time, with nothing of a credential in it, and
 * without taking more of an answer than the cap.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { inspect, promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../src/cluster/connection/body.ts';
import type { ConnectionOptions } from '../src/cluster/connection/options.ts';
import { GateError } from '../src/model/errors.ts';
import { createAuthority } from './helpers/certificates.ts';
import { connectTo } from './helpers/connection.ts';
import {
  closedPort,
  deafPort,
  type FaultServer,
  type Script,
  startFaultServer,
  type Wire,
} from './helpers/fault-server.ts';

const TOKEN = 'canary-token-5f1c';
const PASSWORD = 'canary-password-7d20';

/** For faults that show themselves at once, however busy the machine is. */
const AMPLE_MS = 30_000;
/** For faults that only the deadline ends. On a busy machine it may come before the fault is reached: then it is set later and later. */
const BRIEF_MS = 350;
const LATER = [1, 4, 16];
const GRACE_MS = 2000;
const TEST_MS = 60_000;

const authority = createAuthority('cluster CA');
const stranger = createAuthority('another CA');
const hourMs = 3_600_000;
const surroundings = { workingDirectory: '/', homeDirectory: '/', platform: process.platform, interactive: false };
const good = authority.server(['127.0.0.1', 'localhost', 'kubernetes']);
const identity = tlsOf(good);

type Fault = {
  readonly name: string;
  readonly code: string;
  readonly outcome?: string;
  /** What the message has to say besides. */
  readonly says?: string;
  readonly script?: Script;
  /** TLS of the server; `'none'` for a server without. */
  readonly tls?: Parameters<typeof startFaultServer>[1] | 'none';
  /** The server's URL, where it is not https at the server's own port. */
  readonly server?: (authority: string) => string | Promise<string>;
  readonly options?: (server: FaultServer) => Partial<ConnectionOptions> | Promise<Partial<ConnectionOptions>>;
  /** No authority is given: the machine's roots have to do. */
  readonly unknownAuthority?: boolean;
  readonly timeoutMs?: number;
  /** Gets that must succeed before the one that must fail. */
  readonly before?: number;
};

function tlsOf({ certificate, key }: { certificate: string; key: string }) {
  return { cert: certificate, key };
}

const JSON_TYPE = 'content-type: application/json\r\n';
const document = Buffer.from(JSON.stringify({ kind: 'APIGroupList', groups: [], padding: 'x'.repeat(4000) }));
const packed = gzipSync(document);

const withLength = (body: Buffer, more = ''): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${JSON_TYPE}${more}content-length: ${body.length}\r\n\r\n`), body]);
const chunked = (body: Buffer, more = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 200 OK\r\n${JSON_TYPE}${more}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`,
    ),
    body,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
const GZIP = 'content-encoding: gzip\r\n';

/** After each request: these bytes. */
const answers =
  (...parts: readonly (string | Buffer)[]): Script =>
  async (wire) => {
    for (;;) {
      await wire.nextRequest();
      wire.send(...parts);
    }
  };
/** After the first request: whatever `act` does. */
const after =
  (act: (wire: Wire) => unknown): Script =>
  async (wire) => {
    await wire.nextRequest();
    await act(wire);
  };
const silent: Script = () => undefined;

/** One fatal TLS alert in answer to the client's first bytes. */
const alert =
  (code: number): Script =>
  ({ socket, send, end }) =>
    socket.once('data', () => {
      send(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, code]));
      end();
    });

const connecting: readonly Fault[] = [
  {
    name: 'nothing listens at the port',
    code: 'connection-refused',
    server: async () => `https://127.0.0.1:${await closedPort()}`,
  },
  {
    name: 'a name that cannot exist',
    code: 'name-not-found',
    server: () => `https://${'a'.repeat(64)}.invalid`,
  },
  {
    name: 'the connection is reset as soon as it stands',
    code: 'connection-reset',
    tls: 'none',
    script: ({ reset }) => reset(),
  },
  {
    name: 'the connection is ended as soon as it stands',
    code: 'connection-reset',
    tls: 'none',
    script: ({ end }) => end(),
  },
];

const tls: readonly Fault[] = [
  {
    name: 'a server that never says a word',
    code: 'timed-out',
    says: 'TLS handshake',
    tls: 'none',
    script: silent,
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'a plain HTTP server under a https URL',
    code: 'not-tls',
    tls: 'none',
    script: ({ socket, send, end }) =>
      socket.once('data', () => {
        send('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
        end();
      }),
  },
  {
    name: 'an SSH server under a https URL',
    code: 'not-tls',
    tls: 'none',
    script: ({ send }) => send('SSH-2.0-OpenSSH_9.9\r\n'),
  },
  {
    name: 'the connection is ended after the client hello',
    code: 'connection-reset',
    says: 'TLS handshake',
    tls: 'none',
    script: ({ socket, end }) => socket.once('data', end),
  },
  {
    name: 'the connection is reset after the client hello',
    code: 'connection-reset',
    tls: 'none',
    script: ({ socket, reset }) => socket.once('data', reset),
  },
  ...[1, 40, 90, 700].map(
    (offset): Fault => ({
      name: `the handshake is cut after ${offset} bytes`,
      code: 'connection-reset',
      says: 'TLS handshake',
      tls: 'none',
      script: (wire) => cutBetween(wire, offset, 'end'),
    }),
  ),
  ...[1, 90, 700].map(
    (offset): Fault => ({
      name: `the handshake stalls after ${offset} bytes`,
      code: 'timed-out',
      says: 'TLS handshake',
      tls: 'none',
      script: (wire) => cutBetween(wire, offset, 'stall'),
      timeoutMs: BRIEF_MS,
    }),
  ),
  {
    name: 'the certificate expired',
    code: 'certificate-expired',
    says: 'expired on',
    tls: tlsOf(
      authority.server(['127.0.0.1'], {
        notBefore: new Date(Date.now() - 48 * hourMs),
        notAfter: new Date(Date.now() - hourMs),
      }),
    ),
  },
  {
    name: 'the certificate is not valid yet',
    code: 'certificate-not-yet-valid',
    says: 'clock says',
    tls: tlsOf(
      authority.server(['127.0.0.1'], {
        notBefore: new Date(Date.now() + 24 * hourMs),
        notAfter: new Date(Date.now() + 48 * hourMs),
      }),
    ),
  },
  {
    name: 'the certificate is signed by another authority than the given one',
    code: 'certificate-unknown-authority',
    says: 'signed by "another CA", which is not covered by the given certificate authority',
    tls: tlsOf(stranger.server(['127.0.0.1'])),
  },
  {
    name: 'an authority of the same name with another key',
    code: 'certificate-unknown-authority',
    tls: tlsOf(createAuthority('cluster CA').server(['127.0.0.1'])),
  },
  {
    name: 'the certificate is signed by an authority that the machine does not know',
    code: 'certificate-unknown-authority',
    says: "which is not among this machine's trusted roots",
    unknownAuthority: true,
  },
  {
    name: 'the certificate is self-signed',
    code: 'certificate-unknown-authority',
    says: 'is self-signed, and not covered by',
    tls: selfSigned(),
  },
  {
    name: 'the certificate is for other names',
    code: 'certificate-name-mismatch',
    says: 'not for 127.0.0.1, but for kubernetes, 10.0.0.1',
    tls: tlsOf(authority.server(['kubernetes', '10.0.0.1'])),
  },
  {
    name: 'tls-server-name is none of the names of the certificate',
    code: 'certificate-name-mismatch',
    says: 'not for api.example',
    options: () => ({ tlsServerName: 'api.example' }),
  },
  {
    name: 'tls-server-name is an address that the certificate does not name',
    code: 'certificate-name-mismatch',
    says: 'not for 10.9.8.7',
    options: () => ({ tlsServerName: '10.9.8.7' }),
  },
  {
    name: 'a client certificate shown as a server certificate',
    code: 'certificate-invalid',
    tls: tlsOf(authority.client('127.0.0.1')),
  },
  {
    name: 'a server that knows only TLS 1.1',
    code: 'tls-failed',
    tls: { ...identity, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' },
  },
  ...[40, 47, 70, 71, 80, 112].map(
    (code): Fault => ({ name: `TLS alert ${code}`, code: 'tls-failed', tls: 'none', script: alert(code) }),
  ),
  ...[42, 44, 45, 46, 48, 49, 116].map(
    (code): Fault => ({
      name: `TLS alert ${code}: about the certificate of the client`,
      code: 'client-certificate-rejected',
      outcome: 'denied',
      tls: 'none',
      script: alert(code),
    }),
  ),
  { name: 'TLS alert 120: no common application protocol', code: 'http2-only', tls: 'none', script: alert(120) },
  { name: 'a server that only takes h2', code: 'http2-only', tls: { ...identity, ALPNProtocols: ['h2'] } },
  {
    name: 'a server that speaks HTTP/2 whatever was agreed on',
    code: 'http2-only',
    script: ({ send }) => send(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100])),
  },
  {
    name: 'a TLS server under a http URL',
    code: 'needs-tls',
    server: (authority) => `http://${authority}`,
    tls: 'none',
    script: ({ socket, send }) =>
      socket.once('data', () => send(Buffer.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x16]))),
  },
  {
    name: "Go's complaint about http on a TLS port",
    code: 'needs-tls',
    server: (authority) => `http://${authority}`,
    tls: 'none',
    script: after(({ send, end }) => {
      send('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n');
      end();
    }),
  },
  {
    name: 'a client certificate that is no PEM',
    code: 'client-certificate-invalid',
    outcome: 'invalid-input',
    options: () => ({ credentials: { current: async () => ({ certificate: { cert: 'no', key: 'no' } }) } }),
  },
  {
    name: 'a client certificate with the key of another',
    code: 'client-certificate-invalid',
    outcome: 'invalid-input',
    options: () => ({
      credentials: {
        current: async () => ({
          certificate: { cert: authority.client('jane').certificate, key: authority.client('jane').key },
        }),
      },
    }),
  },
];

const headers: readonly Fault[] = [
  {
    name: 'the connection is ended after the request',
    code: 'connection-reset',
    says: 'waiting for the answer',
    script: after(({ end }) => end()),
  },
  {
    name: 'the connection is reset after the request',
    code: 'connection-reset',
    script: after(({ reset }) => reset()),
  },
  {
    name: 'no answer ever comes',
    code: 'timed-out',
    says: 'waiting for the answer',
    script: after(() => undefined),
    timeoutMs: BRIEF_MS,
  },
  ...['HTTP/1.1 20', 'HTTP/1.1 200 OK\r\ncontent-ty', `HTTP/1.1 200 OK\r\n${JSON_TYPE}`].flatMap((part): Fault[] => [
    {
      name: `the answer stalls after ${part.length} bytes`,
      code: 'timed-out',
      says: 'waiting for the answer',
      script: answers(part),
      timeoutMs: BRIEF_MS,
    },
    {
      name: `the connection is ended after ${part.length} bytes of the answer`,
      code: 'connection-reset',
      script: after(({ send, end }) => {
        send(part);
        end();
      }),
    },
  ]),
  { name: 'a status line that is none', code: 'answer-malformed', script: answers('HELO kubernetes\r\n\r\n') },
  { name: 'a status that is no number', code: 'answer-malformed', script: answers('HTTP/1.1 OK fine\r\n\r\n') },
  {
    name: 'a header name with a space',
    code: 'answer-malformed',
    script: answers('HTTP/1.1 200 OK\r\nbad name: 1\r\n\r\n'),
  },
  {
    name: 'a header with a control character',
    code: 'answer-malformed',
    script: answers('HTTP/1.1 200 OK\r\nname: a\u0001b\r\n\r\n'),
  },
  {
    name: 'two lengths that differ',
    code: 'answer-malformed',
    script: answers('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 4\r\n\r\n{}'),
  },
  {
    name: 'a length and chunks',
    code: 'answer-malformed',
    script: answers('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'),
  },
  {
    name: 'a length below zero',
    code: 'answer-malformed',
    script: answers('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'),
  },
  {
    name: 'one header of 300 KiB',
    code: 'headers-too-large',
    script: answers(`HTTP/1.1 200 OK\r\nset-cookie: ${'x'.repeat(300 * 1024)}\r\n\r\n`),
  },
  {
    name: 'headers without end',
    code: 'headers-too-large',
    script: after(async ({ send, sendForEver }) => {
      send('HTTP/1.1 200 OK\r\n');
      await sendForEver(Buffer.from('set-cookie: session=0123456789\r\n'.repeat(64)));
    }),
  },
  {
    name: 'early hints without end',
    code: 'timed-out',
    says: 'waiting for the answer',
    script: after(({ sendForEver }) => sendForEver(Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'))),
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'continue, and nothing more',
    code: 'timed-out',
    says: 'waiting for the answer',
    script: answers('HTTP/1.1 100 Continue\r\n\r\n'),
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'a switch to another protocol that nobody asked for',
    code: 'connection-reset',
    script: answers('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'),
  },
  {
    name: 'a redirect to another host',
    code: 'redirected',
    says: 'https://login.example/start; redirects are not followed',
    script: answers(
      'HTTP/1.1 302 Found\r\nlocation: https://login.example/start?state=s3cret\r\ncontent-length: 0\r\n\r\n',
    ),
  },
  {
    name: 'a redirect to the same host',
    code: 'redirected',
    says: '/elsewhere',
    script: answers('HTTP/1.1 301 Moved Permanently\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n'),
  },
  {
    name: 'a redirect to nowhere',
    code: 'redirected',
    says: 'nowhere',
    script: answers('HTTP/1.1 307 Temporary Redirect\r\n\r\n'),
  },
  {
    name: 'a redirect to plain http, with a body that never ends',
    code: 'redirected',
    says: 'http://127.0.0.1/',
    script: after(async ({ send, sendForEver }) => {
      send('HTTP/1.1 308 Permanent Redirect\r\nlocation: http://127.0.0.1/\r\n\r\n');
      await sendForEver(Buffer.alloc(65_536));
    }),
  },
];

const forms = {
  'with a length': withLength(document),
  'in chunks': chunked(document),
  'packed, with a length': withLength(packed, GZIP),
  'packed, in chunks': chunked(packed, GZIP),
};
const zeros = Buffer.alloc(1024 * 1024);
const bomb = gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1));

const bodies: readonly Fault[] = [
  ...Object.entries(forms).flatMap(([form, whole]): Fault[] => {
    const start = whole.indexOf('\r\n\r\n') + 4;
    return [start, start + 12, whole.length - 1].flatMap((offset): Fault[] => [
      {
        name: `a body ${form} is cut after ${offset} of ${whole.length} bytes`,
        code: 'answer-truncated',
        script: after(({ send, end }) => {
          send(whole.subarray(0, offset));
          end();
        }),
      },
      {
        name: `a body ${form} stalls after ${offset} of ${whole.length} bytes`,
        code: 'timed-out',
        says: "reading the answer's body",
        script: answers(whole.subarray(0, offset)),
        timeoutMs: BRIEF_MS,
      },
    ]);
  }),
  {
    name: 'a body is reset half-way',
    code: 'answer-truncated',
    script: after(async ({ send, reset }) => {
      send(withLength(document).subarray(0, 1000));
      await new Promise((resolve) => setTimeout(resolve, 30));
      reset();
    }),
  },
  {
    name: 'a body comes in drops',
    code: 'timed-out',
    says: "reading the answer's body",
    script: after(async ({ send, drip }) => {
      send(withLength(document).subarray(0, 100));
      await drip(document, 20);
    }),
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'headers come in drops',
    code: 'timed-out',
    says: 'waiting for the answer',
    script: after(({ drip }) => drip(withLength(document), 20)),
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'a chunk whose size is no number',
    code: 'answer-malformed',
    script: answers('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n'),
  },
  {
    name: 'a chunk longer than its size',
    code: 'answer-malformed',
    script: answers('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{"kind":1}\r\n0\r\n\r\n'),
  },
  {
    name: 'the extension of a chunk without end',
    code: 'answer-malformed',
    script: after(async ({ send, sendForEver }) => {
      send('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;');
      await sendForEver(Buffer.alloc(16_384, 'x'));
    }),
  },
  {
    name: 'trailers without end',
    code: 'headers-too-large',
    script: after(async ({ send, sendForEver }) => {
      send('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n');
      await sendForEver(Buffer.from('set-cookie: session=0123456789\r\n'.repeat(64)));
    }),
  },
  {
    name: 'a body without end, in chunks',
    code: 'body-too-large',
    script: after(async ({ send, sendForEver }) => {
      send('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      await sendForEver(Buffer.concat([Buffer.from(`${zeros.length.toString(16)}\r\n`), zeros, Buffer.from('\r\n')]));
    }),
  },
  {
    name: 'a body without end and without a length',
    code: 'body-too-large',
    script: after(async ({ send, sendForEver }) => {
      send(`HTTP/1.1 200 OK\r\n${JSON_TYPE}\r\n`);
      await sendForEver(zeros);
    }),
  },
  {
    name: 'a body of 100 MB',
    code: 'body-too-large',
    script: after(async ({ send, sendForEver }) => {
      send('HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n');
      await sendForEver(zeros);
    }),
  },
  { name: 'a gzip bomb', code: 'body-too-large', script: answers(withLength(bomb, GZIP)) },
  {
    name: 'a gzip bomb in a gzip bomb is still packed',
    code: 'body-too-large',
    script: answers(withLength(Buffer.concat([bomb, bomb]), GZIP)),
  },
  {
    name: 'gzip that ends too early',
    code: 'encoding-invalid',
    script: answers(withLength(packed.subarray(0, -9), GZIP)),
  },
  {
    name: 'gzip with a wrong checksum',
    code: 'encoding-invalid',
    script: answers(withLength(corrupted(packed, packed.length - 6), GZIP)),
  },
  { name: 'gzip that is none', code: 'encoding-invalid', script: answers(withLength(document, GZIP)) },
  {
    name: 'gzip whose first bytes are off',
    code: 'encoding-invalid',
    script: answers(withLength(corrupted(packed, 2), GZIP)),
  },
  {
    name: 'an encoding that nobody asked for',
    code: 'encoding-invalid',
    script: answers(withLength(packed, 'content-encoding: br\r\n')),
  },
  {
    name: 'two encodings',
    code: 'encoding-invalid',
    script: answers(withLength(packed, 'content-encoding: gzip, gzip\r\n')),
  },
];

const pooled: readonly Fault[] = [
  {
    name: 'each connection answers once and is reset by the second request',
    code: 'connection-reset',
    before: 1,
    script: async ({ nextRequest, send, reset, number }) => {
      if (number > 1) return reset();
      await nextRequest();
      send(withLength(document));
      await nextRequest();
      reset();
    },
  },
  {
    name: 'the second answer on a connection never comes',
    code: 'timed-out',
    says: 'waiting for the answer',
    before: 1,
    script: async ({ nextRequest, send }) => {
      await nextRequest();
      send(withLength(document));
    },
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'the second answer on a connection is cut',
    code: 'answer-truncated',
    before: 1,
    script: async ({ nextRequest, send, end, number }) => {
      await nextRequest();
      if (number === 1) {
        send(withLength(document));
        await nextRequest();
      }
      send(withLength(document).subarray(0, -1));
      end();
    },
  },
];

/** A server for the far side of a proxy, with a certificate for a name that only the proxy knows. */
const FAR = 'https://api.cluster.internal:6443';
const throughHttp = ({ authority: at }: FaultServer): Partial<ConnectionOptions> => ({
  proxyUrl: `http://user:${PASSWORD}@${at}`,
});
const throughSocks = ({ authority: at }: FaultServer): Partial<ConnectionOptions> => ({
  proxyUrl: `socks5://user:${PASSWORD}@${at}`,
});
const OPENED = 'HTTP/1.1 200 Connection established\r\n\r\n';

const proxyFault = (fault: Omit<Fault, 'server' | 'tls'> & { readonly tls?: Fault['tls'] }): Fault => ({
  tls: 'none',
  server: () => FAR,
  options: throughHttp,
  ...fault,
});
/** Answers the greeting of a SOCKS5 client, then what else it says, one piece after the other. */
const socks =
  (...replies: readonly (readonly number[] | 'stall' | 'end' | 'reset')[]): Script =>
  ({ socket, send, end, reset }) => {
    let next = 0;
    socket.on('data', () => {
      const reply = replies[next];
      next += 1;
      if (reply === 'end') end();
      else if (reply === 'reset') reset();
      else if (reply !== 'stall' && reply !== undefined) send(Buffer.from(reply));
    });
  };
const PASSWORD_WANTED = [5, 2];
const PASSWORD_TAKEN = [1, 0];

const proxies: readonly Fault[] = [
  proxyFault({
    name: 'nothing listens where the proxy should be',
    code: 'proxy-unreachable',
    says: 'ECONNREFUSED',
    options: async () => ({ proxyUrl: `http://user:${PASSWORD}@127.0.0.1:${await closedPort()}` }),
  }),
  proxyFault({
    name: 'the name of the proxy cannot exist',
    code: 'proxy-unreachable',
    options: () => ({ proxyUrl: `http://user:${PASSWORD}@${'a'.repeat(64)}.invalid:3128` }),
  }),
  proxyFault({
    name: 'the proxy asks for a password and none was given',
    code: 'proxy-authentication',
    says: 'asks for a user and password',
    options: ({ authority: at }) => ({ proxyUrl: `http://${at}` }),
    script: answers(
      'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n',
    ),
  }),
  proxyFault({
    name: 'the proxy does not accept the password',
    code: 'proxy-authentication',
    says: 'did not accept the user and password',
    script: answers('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n'),
  }),
  ...[400, 403, 404, 405, 500, 502, 503, 504].map((status) =>
    proxyFault({
      name: `the proxy answers ${status}`,
      code: 'proxy-refused',
      says: `it answered ${status}`,
      script: answers(`HTTP/1.1 ${status} Not today\r\ncontent-length: 0\r\n\r\n`),
    }),
  ),
  proxyFault({
    name: 'the proxy redirects',
    code: 'proxy-refused',
    script: answers('HTTP/1.1 302 Found\r\nlocation: http://login.example/\r\n\r\n'),
  }),
  proxyFault({
    name: 'the proxy never answers',
    code: 'timed-out',
    says: 'waiting for the proxy',
    script: silent,
    timeoutMs: BRIEF_MS,
  }),
  proxyFault({ name: 'the proxy ends the connection', code: 'proxy-failed', script: after(({ end }) => end()) }),
  proxyFault({ name: 'the proxy resets the connection', code: 'proxy-failed', script: after(({ reset }) => reset()) }),
  proxyFault({
    name: 'the proxy answers with something else',
    code: 'proxy-failed',
    script: answers('SSH-2.0-OpenSSH_9.9\r\n\r\n'),
  }),
  proxyFault({
    name: 'the proxy sends headers without end',
    code: 'proxy-failed',
    script: after(async ({ send, sendForEver }) => {
      send('HTTP/1.1 200 OK\r\n');
      await sendForEver(Buffer.from('via: proxy\r\n'.repeat(64)));
    }),
  }),
  proxyFault({
    name: 'the proxy opens the way and dies',
    code: 'connection-reset',
    says: 'TLS handshake',
    script: after(({ send, end }) => {
      send(OPENED);
      end();
    }),
  }),
  proxyFault({
    name: 'the proxy opens the way to nothing',
    code: 'timed-out',
    says: 'TLS handshake',
    script: answers(OPENED),
    timeoutMs: BRIEF_MS,
  }),
  proxyFault({
    name: 'the way through the proxy ends at a server without TLS',
    code: 'not-tls',
    script: answers(`${OPENED}HTTP/1.1 400 Bad Request\r\n\r\n`),
  }),
  proxyFault({
    name: 'the proxy leads to a server of another cluster',
    code: 'certificate-unknown-authority',
    script: after((wire) => leadTo(wire, stranger.server(['api.cluster.internal']), withLength(document))),
  }),
  proxyFault({
    name: 'the proxy leads to a server of another name',
    code: 'certificate-name-mismatch',
    script: after((wire) => leadTo(wire, good, withLength(document))),
  }),
  proxyFault({
    name: 'the proxy dies within the answer',
    code: 'answer-truncated',
    script: after((wire) =>
      leadTo(wire, authority.server(['api.cluster.internal']), withLength(document).subarray(0, -1), 'end'),
    ),
  }),
  proxyFault({
    name: 'the proxy stalls within the answer',
    code: 'timed-out',
    says: "reading the answer's body",
    script: after((wire) =>
      leadTo(wire, authority.server(['api.cluster.internal']), withLength(document).subarray(0, -1)),
    ),
    timeoutMs: BRIEF_MS * 2,
  }),
  proxyFault({
    name: 'a https proxy with a certificate that nobody knows',
    code: 'proxy-untrusted',
    tls: tlsOf(stranger.server(['127.0.0.1'])),
    options: ({ authority: at }) => ({ proxyUrl: `https://user:${PASSWORD}@${at}` }),
    script: answers(OPENED),
  }),
  proxyFault({
    name: 'a https proxy with a certificate for another name',
    code: 'proxy-untrusted',
    tls: tlsOf(authority.server(['proxy.example'])),
    options: ({ authority: at }) => ({ proxyUrl: `https://user:${PASSWORD}@${at}` }),
    script: answers(OPENED),
  }),
  proxyFault({
    name: 'a https proxy that does not speak TLS',
    code: 'proxy-not-tls',
    options: ({ authority: at }) => ({ proxyUrl: `https://user:${PASSWORD}@${at}` }),
    script: ({ send }) => send('HTTP/1.1 400 Bad Request\r\n\r\n'),
  }),
  proxyFault({
    name: 'a https proxy that never finishes its handshake',
    code: 'timed-out',
    says: 'connecting to the proxy',
    options: ({ authority: at }) => ({ proxyUrl: `https://user:${PASSWORD}@${at}` }),
    script: silent,
    timeoutMs: BRIEF_MS,
  }),
  {
    ...proxyFault({
      name: 'a proxy for plain HTTP that dies',
      code: 'connection-reset',
      script: after(({ end }) => end()),
    }),
    server: () => 'http://api.cluster.internal:8080',
  },
  ...(['the kubeconfig', 'the environment'] as const).flatMap((from): Fault[] =>
    Object.entries({
      'an unknown scheme': `ftp://user:${PASSWORD}@127.0.0.1:1`,
      'no host': 'http://',
      'a port that is none': `http://user:${PASSWORD}@127.0.0.1:99999`,
      'a stray % in its password': `http://user:${PASSWORD}%zz@127.0.0.1:1`,
    }).map(([what, url]) =>
      proxyFault({
        name: `a proxy of ${from} with ${what}`,
        code: 'proxy-invalid',
        outcome: 'invalid-input',
        options: () =>
          from === 'the kubeconfig'
            ? { proxyUrl: url }
            : { environment: { ...surroundings, variables: { HTTPS_PROXY: url } } },
      }),
    ),
  ),
  proxyFault({
    name: 'nothing listens where the SOCKS proxy should be',
    code: 'proxy-unreachable',
    options: async () => ({ proxyUrl: `socks5://127.0.0.1:${await closedPort()}` }),
  }),
  proxyFault({
    name: 'a SOCKS proxy that accepts no way to sign in',
    code: 'proxy-authentication',
    options: throughSocks,
    script: socks([5, 0xff]),
  }),
  proxyFault({
    name: 'a SOCKS proxy that rejects the password',
    code: 'proxy-authentication',
    options: throughSocks,
    script: socks(PASSWORD_WANTED, [1, 1]),
  }),
  ...[1, 2, 3, 4, 5].map((reply) =>
    proxyFault({
      name: `a SOCKS proxy that refuses with ${reply}`,
      code: 'proxy-refused',
      options: throughSocks,
      script: socks(PASSWORD_WANTED, PASSWORD_TAKEN, [5, reply, 0, 1, 0, 0, 0, 0, 0, 0]),
    }),
  ),
  proxyFault({
    name: 'a SOCKS proxy that never answers',
    code: 'timed-out',
    says: 'waiting for the proxy',
    options: throughSocks,
    script: socks('stall'),
    timeoutMs: BRIEF_MS,
  }),
  proxyFault({
    name: 'a SOCKS proxy that stalls after the password',
    code: 'timed-out',
    says: 'waiting for the proxy',
    options: throughSocks,
    script: socks(PASSWORD_WANTED, PASSWORD_TAKEN, 'stall'),
    timeoutMs: BRIEF_MS,
  }),
  proxyFault({
    name: 'a SOCKS proxy that ends the connection',
    code: 'proxy-failed',
    options: throughSocks,
    script: socks('end'),
  }),
  proxyFault({
    name: 'a SOCKS proxy that resets the connection',
    code: 'proxy-failed',
    options: throughSocks,
    script: socks(PASSWORD_WANTED, 'reset'),
  }),
  proxyFault({
    name: 'an HTTP server in place of a SOCKS proxy',
    code: 'proxy-failed',
    options: throughSocks,
    script: ({ send }) => send('HTTP/1.1 400 Bad Request\r\n\r\n'),
  }),
];

let cancelling = new AbortController();

const credentials: readonly Fault[] = [
  {
    name: 'credentials that never come',
    code: 'timed-out',
    says: 'acquiring credentials',
    options: () => ({ credentials: { current: () => new Promise(() => undefined) } }),
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'new credentials that never come',
    code: 'timed-out',
    says: 'acquiring credentials',
    script: answers('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n'),
    options: () => ({
      credentials: {
        current: async () => ({ authorization: `Bearer ${TOKEN}` }),
        refresh: () => new Promise(() => undefined),
      },
    }),
    timeoutMs: BRIEF_MS,
  },
  {
    name: 'the job is cancelled',
    code: 'cancelled',
    says: 'waiting for the answer',
    script: after(() => setTimeout(() => cancelling.abort(), 50)),
    options: () => {
      cancelling = new AbortController();
      return { signal: cancelling.signal };
    },
  },
];

const faults = [...connecting, ...tls, ...headers, ...bodies, ...pooled, ...proxies, ...credentials];

describe('faults', () => {
  let ended = 0;
  let slowestPastDeadlineMs = 0;
  let most = 0;
  let mostKb = 0;

  for (const fault of faults)
    test.concurrent(`${fault.name} -> ${fault.code}`, { timeout: TEST_MS }, async ({ expect }) => {
      let attempted = await attempt(fault, fault.timeoutMs ?? AMPLE_MS);
      for (const times of fault.timeoutMs === undefined ? [] : LATER.slice(1)) {
        if (isTold(attempted.error, fault)) break;
        attempted = await attempt(fault, (fault.timeoutMs ?? AMPLE_MS) * times);
      }
      const { error, tookMs, timeoutMs, printed, sent } = attempted;

      expect(error).toBeInstanceOf(GateError);
      if (!(error instanceof GateError)) return;
      expect({ code: error.code, outcome: error.outcome }).toEqual({
        code: fault.code,
        outcome: fault.outcome ?? 'unreachable',
      });
      expect(error.message).toContain(fault.says ?? '');
      expect(error.hint).toMatch(/\.$/);
      expect(tookMs).toBeLessThan(timeoutMs + GRACE_MS);
      expect(printed).not.toContain(TOKEN);
      expect(printed).not.toContain(PASSWORD);
      expect(printed).not.toContain(Buffer.from(`user:${PASSWORD}`).toString('base64'));
      expect(sent).toBeLessThan(2 * MAX_BODY_BYTES);
      ended += 1;
      most = Math.max(most, sent);
      if (fault.timeoutMs !== undefined) slowestPastDeadlineMs = Math.max(slowestPastDeadlineMs, tookMs - timeoutMs);
    });

  test('a network that takes no connection -> timed-out while connecting', { timeout: TEST_MS }, async () => {
    const deaf = await deafPort();
    const connection = connectTo(`https://127.0.0.1:${deaf.port}`, { timeoutMs: BRIEF_MS });
    await expect(connection.ask()).rejects.toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('connecting'),
    });
    await connection.close();
    await deaf.stop();
    ended += 1;
  });

  test.each([
    { name: 'bodies without end', path: 'endless' },
    { name: 'gzip bombs', path: 'bomb' },
  ])('three $name at once leave the process below 200 MB', { timeout: TEST_MS }, async ({ path }) => {
    const server = await startFaultServer(async ({ nextRequest, send, sendForEver }) => {
      if ((await nextRequest()).includes('/bomb/')) return send(withLength(bomb, GZIP));
      send(`HTTP/1.1 200 OK\r\n${JSON_TYPE}\r\n`);
      await sendForEver(zeros);
    }, identity);
    const script = `import { connectTo } from '${resolve(import.meta.dirname, 'helpers/connection.ts')}';
      const certificateAuthority = ${JSON.stringify(authority.certificate)};
      const connection = connectTo('https://${server.authority}/${path}', { certificateAuthority });
      const ended = await Promise.allSettled(['/api', '/apis', '/version'].map((each) => connection.ask(each)));
      await connection.close();
      console.log(JSON.stringify([process.resourceUsage().maxRSS, ...ended.map(({ reason }) => reason?.code)]));`;
    const child = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: TEST_MS,
      env: { PATH: process.env['PATH'] },
    });
    await server.stop();
    const [maxRssKb, ...codes] = JSON.parse(child.stdout);
    expect(codes).toContain('body-too-large');
    expect(maxRssKb).toBeLessThan(200_000);
    mostKb = Math.max(mostKb, maxRssKb);
  });

  afterAll(() => {
    console.log(
      `${ended} of ${faults.length + 1} scripted faults ended as they should: ${new Set(faults.map(({ code }) => code)).size} codes, ` +
        `at most ${Math.round(slowestPastDeadlineMs)} ms past the deadline, at most ${(most / 1024 / 1024).toFixed(1)} MiB taken from a server, at most ${Math.round(mostKb / 1000)} MB of memory`,
    );
  });
});

type Attempt = {
  readonly error: unknown;
  readonly timeoutMs: number;
  readonly tookMs: number;
  /** All that a person could get to see, and the error with everything that hangs on it. */
  readonly printed: string;
  /** Bytes taken from the server. */
  readonly sent: number;
};

/** Meets the fault once, and makes sure that no connection is left behind. */
async function attempt(fault: Fault, timeoutMs: number): Promise<Attempt> {
  const { before = 0, script = answers(withLength(document)) } = fault;
  const server = await startFaultServer(script, fault.tls === 'none' ? undefined : (fault.tls ?? identity));
  const given = (await fault.options?.(server)) ?? {};
  const connection = connectTo((await fault.server?.(server.authority)) ?? `https://${server.authority}`, {
    ...(fault.unknownAuthority === true ? {} : { certificateAuthority: authority.certificate }),
    headers: { 'impersonate-user': 'jane' },
    credentials: { current: async () => ({ authorization: `Bearer ${TOKEN}` }) },
    timeoutMs,
    ...given,
  });
  let succeeded = 0;
  let began = performance.now();
  let error: unknown = new Error('nothing was asked');
  let tookMs = 0;
  try {
    for (; succeeded <= before; succeeded += 1) {
      began = performance.now();
      const response = await connection.ask();
      error = new Error(`resolved: ${inspect(response)}`);
    }
  } catch (thrown) {
    tookMs = performance.now() - began;
    error = succeeded < before ? new Error('ended too early', { cause: thrown }) : thrown;
  }
  await connection.close();
  const leftOpenUntil = performance.now() + 10_000;
  while (server.open() > 0 && performance.now() < leftOpenUntil) await new Promise((resolve) => setTimeout(resolve, 5));
  if (server.open() > 0) error = new Error(`${server.open()} connections were left open`, { cause: error });
  const sent = server.sent();
  await server.stop();
  const printed = [inspect(error, { depth: 12, showHidden: true }), ...connection.lines, ...connection.debugLines].join(
    '\n',
  );
  return { error, timeoutMs, tookMs, printed, sent };
}

function isTold(error: unknown, { code, says = '' }: Fault): boolean {
  return error instanceof GateError && error.code === code && error.message.includes(says);
}

/** Lets a real TLS server answer the handshake, up to `offset` bytes. */
async function cutBetween(wire: Wire, offset: number, then: 'end' | 'stall'): Promise<void> {
  const real = await startFaultServer(silent, identity);
  let left = offset;
  const other = wire.joinTo(real.port);
  other.unpipe(wire.socket);
  other.on('data', (bytes: Buffer) => {
    if (left > 0) wire.send(bytes.subarray(0, left));
    left -= bytes.length;
    if (left <= 0 && then === 'end') wire.end();
  });
  other.resume();
  wire.socket.once('close', () => void real.stop());
}

/** Opens the way through a proxy to a TLS server that answers each request with these bytes. */
async function leadTo(
  wire: Wire,
  credential: { certificate: string; key: string },
  bytes: Buffer,
  then?: 'end',
): Promise<void> {
  const real = await startFaultServer(
    after(({ send, end }) => {
      send(bytes);
      if (then === 'end') end();
    }),
    tlsOf(credential),
  );
  wire.joinTo(real.port);
  wire.send(OPENED);
  wire.socket.once('close', () => void real.stop());
}

function corrupted(bytes: Buffer, offset: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[offset] = (copy[offset] ?? 0) ^ 0xff;
  return copy;
}

/** Valid for a hundred years, signed by nobody but itself: made for this test, and used nowhere else. */
function selfSigned() {
  return {
    cert: [
      '-----BEGIN CERTIFICATE-----',
      'MIIBnTCCAUSgAwIBAgIUFCtqdX7McCkIBPFrRV3SuYEh3oQwCgYIKoZIzj0EAwIw',
      'GzEZMBcGA1UEAwwQc2VsZi1zaWduZWQudGVzdDAgFw0yNjExMjMyMTQ3NDRaGA8y',
      'MTI2MTAzMDIxNDc0NFowGzEZMBcGA1UEAwwQc2VsZi1zaWduZWQudGVzdDBZMBMG',
      'ByqGSM49AgEGCCqGSM49AwEHA0IABC7dke+OPDCooXPUkvTOaP3ELlldSnNR5oL8',
      'pgUuAVBAZ4kOs4anbad9u7+BKPkzVQN0aKmjqGh/CkFN99zAZE6jZDBiMB0GA1Ud',
      'DgQWBBQyp6Kgxv7ltSiMCx/v7o5wGZbUqDAfBgNVHSMEGDAWgBQyp6Kgxv7ltSiM',
      'Cx/v7o5wGZbUqDAPBgNVHRMBAf8EBTADAQH/MA8GA1UdEQQIMAaHBH8AAAEwCgYI',
      'KoZIzj0EAwIDRwAwRAIgSZnQMBg4KjLt32W+g5xTpmasgmlZV06pvrkqhmpjpCEC',
      'IHbcouR67nEEpt2ZLu0X4Zd1ldL3Fvjmvx3Oo5QxpBzn',
      '-----END CERTIFICATE-----',
    ].join('\n'),
    key: [
      '-----BEGIN PRIVATE KEY-----',
      'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEu7qQzMzFFUjTUwj',
      'p2R52+UUALJtZw+uuEN1W2w3MqqhRANCAAQu3ZHvjjwwqKFz1JL0zmj9xC5ZXUpz',
      'UeaC/KYFLgFQQGeJDrOGp22nfbu/gSj5M1UDdGipo6hofwpBTffcwGRO',
      '-----END PRIVATE KEY-----',
    ].join('\n'),
  };
}
