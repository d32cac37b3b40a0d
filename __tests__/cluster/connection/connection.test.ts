import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { ConnectionOptions } from '../../../src/cluster/connection/options.ts';
import { GateError } from '../../../src/model/errors.ts';
import { openRedaction } from '../../../src/system/redaction.ts';
import { createAuthority } from '../../helpers/certificates.ts';
import { connectTo, type TestConnection } from '../../helpers/connection.ts';
import { startFaultServer } from '../../helpers/fault-server.ts';
import { startHttpProxy, startSocksProxy, type TestProxy } from '../../helpers/proxies.ts';

const authority = createAuthority();
const { certificate, key } = authority.server(['127.0.0.1', '::1', 'api.cluster.internal', '10.1.2.3']);
const ca = { certificateAuthority: authority.certificate };

type Seen = {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly servername: string | false | null;
  readonly user: string;
};
type Handler = (request: IncomingMessage, response: ServerResponse, number: number) => void;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fine: Handler = (_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"kind":"APIGroupList"}');
};

/** An API server that keeps what it was asked; over TLS unless `tls` is `'none'`. */
async function serve(handler: Handler = fine, tls: ServerOptions | 'none' = {}, host = '127.0.0.1') {
  const seen: Seen[] = [];
  let sockets = 0;
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const socket = request.socket as TLSSocket;
    seen.push({
      url: request.url ?? '',
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      servername: socket.servername ?? null,
      user: String(socket.getPeerCertificate?.().subject?.CN ?? ''),
    });
    handler(request, response, seen.length);
  };
  const server =
    tls === 'none' ? createHttpServer(onRequest) : createServer({ cert: certificate, key, ...tls }, onRequest);
  server.on(tls === 'none' ? 'connection' : 'secureConnection', () => {
    sockets += 1;
  });
  await new Promise<void>((listening) => server.listen(0, host, listening));
  const { port } = server.address() as AddressInfo;
  cleanups.push(() => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  });
  return { port, seen, sockets: () => sockets, url: `${tls === 'none' ? 'http' : 'https'}://127.0.0.1:${port}` };
}

function open(server: string, options: Partial<ConnectionOptions> = {}): TestConnection {
  const connection = connectTo(server, { ...ca, ...options });
  cleanups.push(() => connection.close());
  return connection;
}

const bearer = (token: string) => ({ current: async () => ({ authorization: `Bearer ${token}` }) });

describe('what is asked', () => {
  test.each([
    { base: '', path: '/apis', asked: '/apis' },
    { base: '/', path: '/apis', asked: '/apis' },
    { base: '/k8s/clusters/c-m-1', path: '/api', asked: '/k8s/clusters/c-m-1/api' },
    { base: '/k8s/clusters/c-a~b(x)/', path: '/apis/apps/v1', asked: '/k8s/clusters/c-a~b(x)/apis/apps/v1' },
    { base: '/path?query=1#fragment', path: '/apis?timeout=32s', asked: '/path/apis?timeout=32s' },
  ])('a server at "$base" is asked for $asked', async ({ base, path, asked }) => {
    const server = await serve();
    await open(server.url + base).ask(path);
    expect(server.seen.map(({ url }) => url)).toEqual([asked]);
  });

  test('an IPv6 address stands in brackets only in the URL', async () => {
    const server = await serve(fine, {}, '::1');
    const response = await open(`https://[::1]:${server.port}`).ask();
    expect(response).toEqual({ status: 200, contentType: 'application/json', body: '{"kind":"APIGroupList"}' });
    expect(server.seen[0]?.headers.host).toBe(`[::1]:${server.port}`);
  });

  test('headers of impersonation go along, each group of its own', async () => {
    const server = await serve();
    await open(server.url, {
      credentials: bearer('t0ken'),
      headers: { 'Impersonate-User': 'jane', 'Impersonate-Group': ['dev', 'ops'] },
    }).get({ path: '/api', accept: 'application/json;as=x,application/json', ifNoneMatch: '"ABC"' });
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer t0ken',
      accept: 'application/json;as=x,application/json',
      'accept-encoding': 'gzip',
      'if-none-match': '"ABC"',
      'impersonate-user': 'jane',
    });
    expect(server.seen[0]?.rawHeaders.filter((text) => ['dev', 'ops'].includes(text))).toEqual(['dev', 'ops']);
  });

  test('nothing is asked, and no credential acquired, before the first get', async () => {
    const server = await serve();
    let acquired = 0;
    const credentials = {
      current: async () => {
        acquired += 1;
        return {};
      },
    };
    await open(server.url, { credentials, proxyUrl: 'nonsense' }).close();
    expect({ acquired, sockets: server.sockets() }).toEqual({ acquired: 0, sockets: 0 });
  });

  test('over http no credential is asked for nor sent; impersonation is', async () => {
    const server = await serve(fine, 'none');
    const credentials = { current: () => Promise.reject(new Error('asked for')) };
    await open(server.url, { credentials, headers: { 'Impersonate-User': 'jane' } }).ask();
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
    expect(server.seen[0]?.headers['impersonate-user']).toBe('jane');
  });
});

describe('what comes back', () => {
  test.each([200, 204, 400, 403, 404, 406, 410, 500, 501])('status %i is an answer like others', async (status) => {
    const server = await serve((_request, response) => response.writeHead(status).end());
    await expect(open(server.url).ask()).resolves.toEqual({ status, contentType: '', body: '' });
    expect(server.seen).toHaveLength(1);
  });

  test('a 304 has no body, and its ETag comes along', async () => {
    const server = await serve((_request, response) => response.writeHead(304, { etag: '"ABC"' }).end());
    await expect(open(server.url).ask()).resolves.toEqual({ status: 304, contentType: '', etag: '"ABC"', body: '' });
  });

  test('a secret in it is hidden at once, before anything is cut off or kept of it', async () => {
    const { mask, redact } = openRedaction(() => undefined);
    mask('open-sesame-open');
    mask('secret');
    const server = await serve((_request, response) =>
      response
        .writeHead(200, { etag: '"open-sesame-open"', 'content-type': 'text/open-sesame-open' })
        .end('{"say":"open-sesame-open and secrets"}'),
    );
    const connection = open(server.url, { secrets: { mask, redact, idToken: async () => '' } });
    await expect(connection.ask()).resolves.toEqual({
      status: 200,
      etag: '"***"',
      contentType: 'text/***',
      // A short one may be a part of what is judged.
      body: '{"say":"*** and secrets"}',
    });
  });

  test('gzip is unpacked, in UTF-8', async () => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"kind":"Straße"}')),
    );
    await expect(open(server.url).ask()).resolves.toMatchObject({ body: '{"kind":"Straße"}' });
  });

  test('disable-compression asks for none', async () => {
    const server = await serve();
    await open(server.url, { disableCompression: true }).ask();
    expect(server.seen[0]?.headers['accept-encoding']).toBeUndefined();
  });

  test('early hints before an answer are passed over', async () => {
    const server = await startFaultServer(
      async ({ nextRequest, send }) => {
        await nextRequest();
        send('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      },
      { cert: certificate, key },
    );
    cleanups.push(server.stop);
    await expect(open(`https://${server.authority}`).ask()).resolves.toMatchObject({ status: 200, body: '{}' });
  });

  test('what follows an answer on its connection is never the answer to the next request', async () => {
    const server = await startFaultServer(
      async ({ nextRequest, send, number }) => {
        await nextRequest();
        send(
          `HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n${number}HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nsmuggled`,
        );
      },
      { cert: certificate, key },
    );
    cleanups.push(server.stop);
    const connection = open(`https://${server.authority}`);
    expect([(await connection.ask()).body, (await connection.ask()).body]).toEqual(['1', '2']);
  });
});

describe('TLS', () => {
  test('a client certificate says who asks', async () => {
    const user = authority.client('jane');
    const server = await serve(fine, { ca: authority.certificate, requestCert: true, rejectUnauthorized: true });
    const certificateOf = { cert: user.certificate, key: user.key };
    await open(server.url, { credentials: { current: async () => ({ certificate: certificateOf }) } }).ask();
    expect(server.seen[0]?.user).toBe('jane');
  });

  test.each([
    { given: 'no tls-server-name and an address', options: {}, servername: false },
    {
      given: 'a tls-server-name',
      options: { tlsServerName: 'api.cluster.internal' },
      servername: 'api.cluster.internal',
    },
    { given: 'an address as tls-server-name', options: { tlsServerName: '10.1.2.3' }, servername: false },
  ])('$given: SNI is $servername', async ({ options, servername }) => {
    const server = await serve();
    await open(server.url, options).ask();
    expect(server.seen[0]?.servername).toBe(servername);
  });

  test('insecure-skip-tls-verify takes any certificate', async () => {
    const server = await serve();
    const { certificate: other } = createAuthority();
    await expect(
      open(server.url, { certificateAuthority: other, insecureSkipTlsVerify: true }).ask(),
    ).resolves.toMatchObject({ status: 200 });
  });

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment changes nothing', async () => {
    const server = await serve();
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const { certificate: other } = createAuthority();
      await expect(open(server.url, { certificateAuthority: other }).ask()).rejects.toMatchObject({
        code: 'certificate-unknown-authority',
      });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(server.seen).toHaveLength(0);
  });

  test('without an authority, what the machine trusts will do', async () => {
    const server = await serve();
    const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-roots-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const roots = join(folder, 'roots.pem');
    writeFileSync(roots, authority.certificate);
    const script = `import { connectTo } from '${resolve(import.meta.dirname, '../../helpers/connection.ts')}';
      const connection = connectTo('${server.url}');
      const [one, two] = await Promise.all([connection.ask('/api'), connection.ask('/apis')]);
      console.log(one.status, two.status);
      await connection.close();`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'] ?? '', SSL_CERT_FILE: roots, SSL_CERT_DIR: folder },
      timeout: 10_000,
    });
    expect((await run).stdout).toBe('200 200\n');
  });
});

describe('connections', () => {
  test('one is kept for requests that follow one another', async () => {
    const server = await serve();
    const connection = open(server.url);
    for (let asked = 0; asked < 5; asked += 1) await connection.ask();
    expect({ sockets: server.sockets(), requests: server.seen.length }).toEqual({ sockets: 1, requests: 5 });
  });

  test('there are at most 16 at a time, however much is asked at once', async () => {
    let busy = 0;
    let busiest = 0;
    const server = await serve((_request, response) => {
      busy += 1;
      busiest = Math.max(busiest, busy);
      setTimeout(() => {
        busy -= 1;
        response.end('{}');
      }, 10);
    });
    const connection = open(server.url);
    const responses = await Promise.all(Array.from({ length: 50 }, (_, index) => connection.ask(`/apis/g${index}/v1`)));
    expect(responses.every(({ status }) => status === 200)).toBe(true);
    expect(busiest).toBeLessThanOrEqual(16);
    expect(server.sockets()).toBeLessThanOrEqual(16);
  });

  test('one that the server closed meanwhile is replaced at once', async () => {
    const server = await startFaultServer(
      async ({ nextRequest, send, reset }) => {
        await nextRequest();
        send('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
        await nextRequest();
        reset();
      },
      { cert: certificate, key },
    );
    cleanups.push(server.stop);
    const connection = open(`https://${server.authority}`);
    await connection.ask();
    await expect(connection.ask()).resolves.toMatchObject({ status: 200 });
    expect(connection.slept).toEqual([0]);
    expect(server.connections()).toBe(2);
  });

  test('the deadline is the end, and names itself', async () => {
    const server = await serve(() => undefined);
    const connection = open(server.url, { signal: AbortSignal.timeout(100), timeoutMs: 30_000 });
    await expect(connection.ask()).rejects.toMatchObject({
      code: 'timed-out',
      message: expect.stringMatching(/timed out while waiting for the answer, after \d+ms \(timeout: 30s\)/),
    });
  });
});

describe("the gate's own deadline", () => {
  const deadline = (code: string) => new GateError('unreachable', code, 'the cluster did not answer');

  test.each([
    { reason: deadline('timed-out'), code: 'timed-out', says: 'timed out while waiting for the answer' },
    {
      reason: new DOMException('over', 'TimeoutError'),
      code: 'timed-out',
      says: 'timed out while waiting for the answer',
    },
    {
      reason: new DOMException('over', 'AbortError'),
      code: 'cancelled',
      says: 'cancelled while waiting for the answer',
    },
    { reason: deadline('other'), code: 'other', says: 'the cluster did not answer' },
  ])('that aborts with $reason.name $reason.code is told as $code', async ({ reason, code, says }) => {
    const controller = new AbortController();
    const server = await serve(() => setTimeout(() => controller.abort(reason), 10));
    const asking = open(server.url, { signal: controller.signal }).ask();
    await expect(asking).rejects.toMatchObject({ code, message: expect.stringContaining(says) });
  });
});

describe('tries', () => {
  const unavailable =
    (headers: Record<string, string>, times: number, status = 503, body = ''): Handler =>
    (request, response, number) =>
      number <= times ? void response.writeHead(status, headers).end(body) : fine(request, response, number);

  test.each([
    { name: 'seconds', status: 503, headers: { 'retry-after': '2' }, slept: [2000] },
    { name: 'seconds after a 429', status: 429, headers: { 'retry-after': '1' }, slept: [1000] },
    {
      name: 'a date that is past',
      status: 500,
      headers: { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' },
      slept: [0],
    },
    { name: 'nothing, after a 502', status: 502, headers: {}, slept: [100] },
    { name: 'nothing, after a 504', status: 504, headers: {}, slept: [100] },
  ])('Retry-After of $name is slept and logged', async ({ status, headers, slept }) => {
    const server = await serve(unavailable(headers, 1, status));
    const connection = open(server.url);
    await expect(connection.ask()).resolves.toMatchObject({ status: 200 });
    expect(connection.slept).toEqual(slept);
    expect(connection.lines).toEqual([
      expect.stringMatching(
        `^GET ${server.url}/apis: the server answered ${status}; asking again in .* \\(retry 1\\)$`,
      ),
    ]);
  });

  test('a server that is starting says in its Status how long', async () => {
    const status = { kind: 'Status', status: 'Failure', details: { retryAfterSeconds: 1 }, code: 503 };
    const server = await serve(unavailable({ 'content-type': 'application/json' }, 2, 503, JSON.stringify(status)));
    const connection = open(server.url);
    await expect(connection.ask()).resolves.toMatchObject({ status: 200 });
    expect(connection.slept).toEqual([1000, 1000]);
  });

  test('there are ten after the first, then the answer stands', async () => {
    const server = await serve(unavailable({ 'retry-after': '0' }, 99, 429));
    await expect(open(server.url).ask()).resolves.toMatchObject({ status: 429 });
    expect(server.seen).toHaveLength(11);
  });

  test('none that would come after the deadline: the answer stands now', async () => {
    const server = await serve(unavailable({ 'retry-after': '3600' }, 1));
    const connection = open(server.url);
    await expect(connection.ask()).resolves.toMatchObject({ status: 503 });
    expect(connection.slept).toEqual([]);
  });

  test('the deadline in a pause lets the last answer stand', async () => {
    const server = await serve(unavailable({ 'retry-after': '1' }, 1));
    const deadline = new AbortController();
    const connection = open(server.url, {
      signal: deadline.signal,
      clock: {
        now: Date.now,
        random: () => 0,
        sleep: async () => {
          deadline.abort();
          throw deadline.signal.reason;
        },
      },
    });
    await expect(connection.ask()).resolves.toMatchObject({ status: 503 });
  });

  test("an API whose own server is away stays away: the aggregator's word is taken at once", async () => {
    const server = await serve(unavailable({ 'content-type': 'text/plain' }, 1, 503, 'service unavailable\n'));
    await expect(open(server.url).ask('/apis/metrics.k8s.io/v1beta1')).resolves.toMatchObject({ status: 503 });
    expect(server.seen).toHaveLength(1);
  });

  test('a connection cut within the answer is tried again, after a pause that grows', async () => {
    const server = await startFaultServer(
      async ({ nextRequest, send, end, number }) => {
        await nextRequest();
        send(`HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n${number < 4 ? '{' : '{}'}`);
        if (number < 4) end();
      },
      { cert: certificate, key },
    );
    cleanups.push(server.stop);
    const connection = open(`https://${server.authority}`);
    await expect(connection.ask()).resolves.toMatchObject({ body: '{}' });
    expect(connection.slept).toEqual([100, 200, 400]);
    expect(connection.lines).toHaveLength(3);
  });
});

describe('a 401', () => {
  const wants =
    (token: string): Handler =>
    (request, response, number) =>
      request.headers.authorization === `Bearer ${token}`
        ? fine(request, response, number)
        : void response.writeHead(401).end();
  const renewing = (tokens: readonly (string | undefined)[]) => {
    let refreshed = 0;
    return {
      refreshed: () => refreshed,
      current: async () => ({ authorization: 'Bearer old' }),
      refresh: async () => {
        const token = tokens[refreshed];
        refreshed += 1;
        return token === undefined ? undefined : { authorization: `Bearer ${token}` };
      },
    };
  };

  test('fetches new credentials once, for all that was refused', async () => {
    const server = await serve(wants('new'));
    const credentials = renewing(['new', 'newer']);
    const connection = open(server.url, { credentials });
    const responses = await Promise.all(['/api', '/apis', '/version'].map((path) => connection.ask(path)));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await connection.ask()).status).toBe(200);
    expect(credentials.refreshed()).toBe(1);
  });

  test.each([
    { name: 'new credentials are refused too', credentials: renewing(['wrong', 'new']), requests: 2 },
    { name: 'there are no new ones', credentials: renewing([undefined]), requests: 1 },
    { name: 'there never are new ones', credentials: bearer('old'), requests: 1 },
  ])('stands when $name', async ({ credentials, requests }) => {
    const server = await serve(wants('new'));
    const connection = open(server.url, { credentials });
    await expect(connection.ask()).resolves.toMatchObject({ status: 401 });
    expect(server.seen).toHaveLength(requests);
  });

  test('a new client certificate takes a new connection', async () => {
    const users = { old: authority.client('old'), new: authority.client('new') };
    const pairOf = (user: 'old' | 'new') => ({ certificate: { cert: users[user].certificate, key: users[user].key } });
    const server = await serve(
      (request, response, number) => {
        const { CN } = (request.socket as TLSSocket).getPeerCertificate().subject;
        return CN === 'new' ? fine(request, response, number) : void response.writeHead(401).end();
      },
      { ca: authority.certificate, requestCert: true, rejectUnauthorized: true },
    );
    const credentials = { current: async () => pairOf('old'), refresh: async () => pairOf('new') };
    await expect(open(server.url, { credentials }).ask()).resolves.toMatchObject({ status: 200 });
  });
});

describe('proxies', () => {
  const FAR = 'https://api.cluster.internal:6443';
  const started = <T extends TestProxy>(proxy: T): T => {
    cleanups.push(proxy.stop);
    return proxy;
  };
  const variables = (given: Record<string, string>): Pick<ConnectionOptions, 'environment'> => ({
    environment: { variables: given, workingDirectory: '/', homeDirectory: '/', platform: 'linux', interactive: false },
  });

  test('proxy-url leads through a http proxy, which sees the password for it and no credential of the cluster', async () => {
    const server = await serve();
    const proxy = started(await startHttpProxy(server.port));
    const connection = open(FAR, {
      proxyUrl: `http://us%40er:p%3Assw0rd@${proxy.authority}`,
      credentials: bearer('t0ken'),
      headers: { 'Impersonate-User': 'jane' },
    });
    await expect(connection.ask()).resolves.toMatchObject({ status: 200 });
    await connection.ask();
    expect(proxy.asked).toEqual(['api.cluster.internal:6443']);
    const basic = Buffer.from('us@er:p:ssw0rd').toString('base64');
    expect(proxy.requests[0]).toContain(`proxy-authorization: Basic ${basic}`);
    expect(proxy.requests[0]).not.toMatch(/t0ken|jane/);
    expect(server.seen[0]?.headers['proxy-authorization']).toBeUndefined();
    expect(connection.masked).toEqual(['p:ssw0rd', 'p%3Assw0rd', basic]);
    expect(connection.debugLines.join()).not.toContain('ssw0rd');
  });

  test.each([
    { variable: 'HTTPS_PROXY', noProxy: '', through: true },
    { variable: 'https_proxy', noProxy: 'example.com', through: true },
    { variable: 'HTTPS_PROXY', noProxy: '.cluster.internal', through: false },
    { variable: 'HTTP_PROXY', noProxy: '', through: false },
  ])('$variable with NO_PROXY "$noProxy": through the proxy is $through', async ({ variable, noProxy, through }) => {
    const server = await serve();
    const proxy = started(await startHttpProxy(server.port));
    // A label too long for DNS: without the proxy, the look-up ends before it leaves this machine.
    const far = through ? FAR : `https://${'a'.repeat(64)}.cluster.internal:6443`;
    const connection = open(far, variables({ [variable]: proxy.authority, NO_PROXY: noProxy }));
    if (through) await expect(connection.ask()).resolves.toMatchObject({ status: 200 });
    else await expect(connection.ask()).rejects.toMatchObject({ code: 'name-not-found' });
    expect(proxy.asked).toHaveLength(through ? 1 : 0);
  });

  test('proxy-url wins over the environment, loopback servers and NO_PROXY included', async () => {
    const server = await serve();
    const proxy = started(await startHttpProxy(server.port));
    const environment = variables({ HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '*' });
    await open(server.url, { ...environment, proxyUrl: `http://${proxy.authority}` }).ask();
    expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
  });

  test("a https proxy is verified by the cluster's authority", async () => {
    const server = await serve();
    const proxy = started(await startHttpProxy(server.port, { cert: certificate, key }));
    await expect(open(FAR, { proxyUrl: `https://${proxy.authority}` }).ask()).resolves.toMatchObject({ status: 200 });
    expect(proxy.asked).toEqual(['api.cluster.internal:6443']);
  });

  test('an IPv6 address is asked for in brackets', async () => {
    const server = await serve();
    const proxy = started(await startHttpProxy(server.port));
    await open('https://[::1]:6443', { proxyUrl: `http://${proxy.authority}` }).ask();
    expect(proxy.asked).toEqual(['[::1]:6443']);
  });

  test.each(['http', 'https'] as const)('plain HTTP goes to a %s proxy as a whole URL', async (scheme) => {
    const server = await serve(fine, 'none');
    const proxy = started(
      await startHttpProxy(server.port, scheme === 'https' ? { cert: certificate, key } : undefined),
    );
    const connection = open('http://api.cluster.internal:8080', {
      proxyUrl: `${scheme}://user:pass@${proxy.authority}`,
    });
    await expect(connection.ask()).resolves.toMatchObject({ status: 200 });
    expect(proxy.asked).toEqual(['http://api.cluster.internal:8080/apis']);
    expect(proxy.requests[0]).toContain(`proxy-authorization: Basic ${Buffer.from('user:pass').toString('base64')}`);
    expect(server.seen[0]?.headers.host).toBe('api.cluster.internal:8080');
  });

  test.each(['https', 'http'] as const)(
    'a SOCKS5 proxy leads to a %s server and looks up its name itself',
    async (scheme) => {
      const server = await serve(fine, scheme === 'http' ? 'none' : {});
      const proxy = started(await startSocksProxy(server.port));
      const connection = open(`${scheme}://api.cluster.internal:6443`, {
        proxyUrl: `socks5://user:p4ss@${proxy.authority}`,
      });
      await expect(connection.ask()).resolves.toMatchObject({ status: 200 });
      await connection.ask();
      expect(proxy.asked).toEqual(['api.cluster.internal:6443']);
      expect(connection.masked).toContain('p4ss');
    },
  );
});
