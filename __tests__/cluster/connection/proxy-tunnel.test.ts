import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { FailureError } from '../../../src/cluster/connection/failure.ts';
import type { Progress } from '../../../src/cluster/connection/progress.ts';
import { parseProxyUrl } from '../../../src/cluster/connection/proxy-choice.ts';
import { openTunnel, proxyAuthorization, proxyConnectOptions } from '../../../src/cluster/connection/proxy-tunnel.ts';
import { type FaultServer, type Script, startFaultServer } from '../../helpers/fault-server.ts';

const servers: FaultServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const tls = { insecureSkipTlsVerify: false };

async function start(script: Script): Promise<FaultServer> {
  const server = await startFaultServer(script);
  servers.push(server);
  return server;
}

function progress(timeoutMs = 2000): Progress {
  return { phase: 'proxy-connect', signal: AbortSignal.timeout(timeoutMs) };
}

/** What a proxy is told for `host`, until it has been told as much as `steps` of its answers. */
async function toldThrough(url: string, host: string, answers: readonly Buffer[]) {
  const told: string[] = [];
  const proxy = await start(({ socket, send }) => {
    let next = 0;
    socket.on('data', (bytes: Buffer) => {
      told.push(bytes.toString('latin1'));
      const answer = answers[next];
      next += 1;
      if (answer !== undefined) send(answer);
    });
  });
  const socket = await openTunnel(
    parseProxyUrl(url.replace('PROXY', proxy.authority), 'x'),
    host,
    6443,
    tls,
    progress(),
  );
  socket.destroy();
  return told;
}

describe('what an HTTP proxy is told', () => {
  const opened = [Buffer.from('HTTP/1.1 200 OK\r\n\r\n')];

  test.each([
    { host: 'api.example', target: 'api.example:6443' },
    { host: '10.0.0.1', target: '10.0.0.1:6443' },
    { host: '2001:db8::1', target: '[2001:db8::1]:6443' },
  ])('$target', async ({ host, target }) => {
    const [head = ''] = await toldThrough('http://PROXY', host, opened);
    expect(head.split('\r\n').slice(0, 3)).toEqual([
      `CONNECT ${target} HTTP/1.1`,
      `host: ${target}`,
      'user-agent: kube-api-gate',
    ]);
    expect(head).not.toContain('proxy-authorization');
  });

  test('user and password, if there are any', async () => {
    const [head] = await toldThrough('http://us%40er:p%3A@PROXY', 'h', opened);
    expect(head).toContain(`proxy-authorization: Basic ${Buffer.from('us@er:p:').toString('base64')}`);
  });
});

describe('what a SOCKS proxy is told', () => {
  const done = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

  test('a name is left to the proxy to look up', async () => {
    const told = await toldThrough('socks5://PROXY', 'api.example', [Buffer.from([5, 0]), done]);
    expect(told[1]).toBe('\x05\x01\x00\x03\x0bapi.example\x19\x2b');
  });

  test('an address goes as an address', async () => {
    const told = await toldThrough('socks5://PROXY', '10.0.0.1', [Buffer.from([5, 0]), done]);
    expect(told[1]).toBe('\x05\x01\x00\x01\x0a\x00\x00\x01\x19\x2b');
  });

  test('user and password, if there are any', async () => {
    const told = await toldThrough('socks5://user:pass@PROXY', '10.0.0.1', [
      Buffer.from([5, 2]),
      Buffer.from([1, 0]),
      done,
    ]);
    expect(told[1]).toBe('\x01\x04user\x04pass');
  });

  test('a name that is too long for it is not asked for', async () => {
    const proxy = await start(() => undefined);
    const url = parseProxyUrl(`socks5://${proxy.authority}`, 'x');
    await expect(openTunnel(url, 'a'.repeat(256), 6443, tls, progress())).rejects.toMatchObject({
      failure: { kind: 'name-not-found' },
    });
  });
});

test.each(['http', 'socks5'])(
  'whatever a %s proxy answers, there is a connection, a failure, or the end of the time',
  async (kind) => {
    let answers: readonly Uint8Array[] = [];
    const proxy = await start(({ socket, send, end }) => {
      let next = 0;
      socket.on('data', () => {
        const answer = answers[next];
        next += 1;
        if (answer === undefined) end();
        else send(Buffer.from(answer));
      });
    });
    const url = parseProxyUrl(`${kind}://user:pass@${proxy.authority}`, 'x');
    // Mostly right at first, so that the later steps are reached too.
    const greeting = fc.oneof(
      { weight: 4, arbitrary: fc.constant(Uint8Array.from([5, 2])) },
      fc.uint8Array({ maxLength: 8 }),
    );
    const signedIn = fc.oneof(
      { weight: 4, arbitrary: fc.constant(Uint8Array.from([1, 0])) },
      fc.uint8Array({ maxLength: 8 }),
    );
    const connected = fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.from([5, 0, 0, ...bytes]));
    await fc.assert(
      fc.asyncProperty(fc.tuple(greeting, signedIn, connected), async (given) => {
        answers = given;
        const at = progress(100);
        const ended = await openTunnel(url, 'api.example', 6443, tls, at).then(
          (socket) => socket.destroy() && 'connected',
          (error: unknown) => (error instanceof FailureError || at.signal.aborted ? 'failed' : error),
        );
        expect(['connected', 'failed']).toContain(ended);
      }),
      { numRuns: 60 },
    );
  },
);

test('the password of a proxy is in no failure', async () => {
  const proxy = await start(({ end }) => end());
  const url = parseProxyUrl(`socks5://user:s3cret@${proxy.authority}`, 'x');
  const error: unknown = await openTunnel(url, 'h', 1, tls, progress()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FailureError);
  expect((error as FailureError).cause).toBeUndefined();
});

describe('TLS to a proxy', () => {
  test('is for https proxies only', () => {
    expect(proxyConnectOptions(parseProxyUrl('http://p:1', 'x'), tls)).toEqual({ host: 'p', port: 1 });
  });

  test('trusts the machine and the cluster, and shows no client certificate', () => {
    const options = proxyConnectOptions(parseProxyUrl('https://p:1', 'x'), { ...tls, certificateAuthority: 'CLUSTER' });
    expect(options).toMatchObject({
      host: 'p',
      port: 1,
      servername: 'p',
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
    });
    expect('ca' in options && options.ca?.at(-1)).toBe('CLUSTER');
    expect('ca' in options && (options.ca?.length ?? 0) > 100).toBe(true);
    expect(Object.keys(options)).not.toContain('cert');
  });

  test('an address is not sent as SNI', () => {
    expect(proxyConnectOptions(parseProxyUrl('https://127.0.0.1', 'x'), tls)).toMatchObject({ servername: '' });
  });
});

test.each([
  { url: 'http://p', authorization: undefined },
  { url: 'http://user@p', authorization: 'Basic dXNlcjo=' },
  { url: 'http://user:p%C3%A4ss@p', authorization: `Basic ${Buffer.from('user:päss').toString('base64')}` },
])('the header for $url', ({ url, authorization }) => {
  expect(proxyAuthorization(parseProxyUrl(url, 'x'))).toBe(authorization);
});
