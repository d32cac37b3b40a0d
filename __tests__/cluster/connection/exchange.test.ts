import { Agent } from 'node:http';
import { HttpClient } from '@actions/http-client';
import { afterEach, describe, expect, test } from 'vitest';
import { exchange, MAX_HEADER_BYTES } from '../../../src/cluster/connection/exchange.ts';
import type { Progress } from '../../../src/cluster/connection/progress.ts';
import { type FaultServer, type Script, startFaultServer } from '../../helpers/fault-server.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function start(script: Script): Promise<FaultServer> {
  const server = await startFaultServer(script);
  cleanups.push(server.stop);
  return server;
}

function ask(server: FaultServer, options: { path?: string; agent?: Agent; signal?: AbortSignal } = {}) {
  const agent = options.agent ?? new Agent({ keepAlive: true });
  cleanups.push(() => agent.destroy());
  const progress: Progress = { phase: 'turn', signal: options.signal ?? new AbortController().signal };
  const url = new URL(`http://${server.authority}${options.path ?? '/apis'}`);
  const answer = exchange({
    client: new HttpClient(),
    agent,
    url,
    headers: { accept: '*/*' },
    progress,
    space: { heldBytes: 0 },
  });
  return { answer, progress };
}

const answers =
  (text: string): Script =>
  async ({ nextRequest, send }) => {
    await nextRequest();
    send(text);
  };

test('the answer comes with its status, headers and whole body', async () => {
  const server = await start(answers('HTTP/1.1 418 Teapot\r\nETag: "A"\r\ncontent-length: 2\r\n\r\n{}'));
  const { answer, progress } = ask(server, { path: '/k8s/apis?x=1' });
  await expect(answer).resolves.toMatchObject({ status: 418, headers: { etag: '"A"' }, body: '{}' });
  expect(progress.phase).toBe('body');
  expect(server.requests[0]?.split('\r\n')[0]).toBe('GET /k8s/apis?x=1 HTTP/1.1');
});

test("what http-client reads from the process's own environment has no say", async () => {
  const before = process.env['HTTP_PROXY'];
  process.env['HTTP_PROXY'] = 'http://[malformed';
  try {
    const server = await start(answers('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
    await expect(ask(server).answer).resolves.toMatchObject({ status: 200 });
  } finally {
    if (before === undefined) delete process.env['HTTP_PROXY'];
    else process.env['HTTP_PROXY'] = before;
  }
});

describe('redirects', () => {
  test.each([
    {
      status: 301,
      location: 'https://login.example/a/b?state=s3cret#token',
      shown: 'https://login.example/a/b',
      sameHost: false,
    },
    { status: 302, location: 'https://user:s3cret@login.example/', shown: 'https://login.example/', sameHost: false },
    { status: 303, location: '//login.example:8443/x', shown: 'http://login.example:8443/x', sameHost: false },
    { status: 308, location: 'http://[', shown: 'nowhere', sameHost: false },
  ])('$status to $location is not followed, and shown as $shown', async ({ status, location, shown, sameHost }) => {
    const server = await start(
      answers(`HTTP/1.1 ${status} Moved\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`),
    );
    await expect(ask(server).answer).rejects.toMatchObject({
      failure: { kind: 'redirected', status, location: shown, sameHost },
    });
    expect(server.requests).toHaveLength(1);
  });

  test('a body that goes with one is not waited for: the connection ends', async () => {
    const server = await start(answers('HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 100\r\n\r\n'));
    await expect(ask(server).answer).rejects.toMatchObject({ failure: { kind: 'redirected' } });
    await expect.poll(() => server.open()).toBe(0);
  });

  test('304 and 300 are answers', async () => {
    const server = await start(answers('HTTP/1.1 300 Multiple Choices\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n'));
    await expect(ask(server).answer).resolves.toMatchObject({ status: 300 });
  });
});

test.each([
  { size: MAX_HEADER_BYTES - 200, fits: true },
  { size: MAX_HEADER_BYTES + 1, fits: false },
])('headers of $size bytes fit: $fits', async ({ size, fits }) => {
  const server = await start(answers(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(size)}\r\ncontent-length: 0\r\n\r\n`));
  const { answer } = ask(server);
  if (fits) await expect(answer).resolves.toMatchObject({ status: 200 });
  else await expect(answer).rejects.toMatchObject({ code: 'HPE_HEADER_OVERFLOW' });
});

test('a body that does not parse says why, not that it was aborted', async () => {
  const server = await start(answers('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'));
  await expect(ask(server).answer).rejects.toMatchObject({ code: 'HPE_INVALID_CHUNK_SIZE' });
});

test('the signal ends a request that is still waiting for a socket', async () => {
  const server = await start(() => undefined);
  const agent = new Agent({ maxSockets: 1 });
  const first = ask(server, { agent, signal: AbortSignal.timeout(60) });
  const second = ask(server, { agent, signal: AbortSignal.timeout(20) });
  await expect(second.answer).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(first.answer).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('the signal ends the connection with the request', async () => {
  const server = await start(answers('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{'));
  await expect(ask(server, { signal: AbortSignal.timeout(50) }).answer).rejects.toThrow();
  await expect.poll(() => server.open()).toBe(0);
});
