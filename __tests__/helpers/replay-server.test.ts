import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { ask, bearer } from './https.ts';
import { type Format, mediaTypes, readRecording, withDocument } from './recording.ts';
import { type ReplayOptions, type ReplayServer, startReplayServer } from './replay-server.ts';

const recording = readRecording('1.37');
const running: ReplayServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function started(options: Partial<ReplayOptions> = {}): Promise<ReplayServer> {
  const server = await startReplayServer({ recording, ...options });
  running.push(server);
  return server;
}

async function get(server: ReplayServer, path: string, headers: Readonly<Record<string, string>> = {}) {
  return await ask(`${server.server}${path}`, {
    caPem: server.caPem,
    headers: { ...bearer(server.token), ...headers },
  });
}

test('each recorded document comes back byte for byte', async () => {
  const server = await started();
  for (const { path, format, answer } of recording.documents) {
    const given = await get(server, path, { accept: mediaTypes[format] });
    expect({ path, status: given.status, body: given.body }).toEqual({
      path,
      status: answer.status,
      body: answer.body,
    });
    expect(given.headers['content-type']).toBe(answer.headers['content-type']);
  }
});

test.each<{ rule: string; generation: '1.37' | '1.28' | '1.25'; accept: string; format: Format | undefined }>([
  { rule: 'no Accept is plain', generation: '1.37', accept: '', format: 'plain' },
  { rule: 'anything is plain', generation: '1.37', accept: '*/*', format: 'plain' },
  { rule: 'v2 before plain is v2', generation: '1.37', accept: `${mediaTypes.v2},${mediaTypes.plain}`, format: 'v2' },
  {
    rule: 'v2 wins over plain of more weight',
    generation: '1.37',
    accept: `${mediaTypes.v2};q=0.5,${mediaTypes.plain}`,
    format: 'v2',
  },
  {
    rule: 'v2beta1 alone is refused by a server that dropped it',
    generation: '1.37',
    accept: mediaTypes.v2beta1,
    format: undefined,
  },
  {
    rule: 'v2 alone is refused by a server that does not know it',
    generation: '1.28',
    accept: mediaTypes.v2,
    format: undefined,
  },
  {
    rule: 'all three get v2beta1 where that is known',
    generation: '1.28',
    accept: `${mediaTypes.v2},${mediaTypes.v2beta1},${mediaTypes.plain}`,
    format: 'v2beta1',
  },
  {
    rule: 'all three get plain where nothing else is known',
    generation: '1.25',
    accept: `${mediaTypes.v2},${mediaTypes.v2beta1},${mediaTypes.plain}`,
    format: 'plain',
  },
  { rule: 'HTML is refused', generation: '1.37', accept: 'text/html', format: undefined },
])('content negotiation: $rule', async ({ generation, accept, format }) => {
  const server = await started({ recording: readRecording(generation) });
  const { status, headers } = await get(server, '/apis', accept === '' ? {} : { accept });
  expect(status).toBe(format === undefined ? 406 : 200);
  if (format !== undefined) expect(headers['content-type']).toBe(mediaTypes[format]);
});

test('an aggregated document is not modified for its own tag, and for no other', async () => {
  const server = await started();
  const { etag = '' } = (await get(server, '/apis', { accept: mediaTypes.v2 })).headers;
  const ask304 = async (tag: string, accept = mediaTypes.v2) =>
    (await get(server, '/apis', { accept, 'if-none-match': tag })).status;
  expect(etag).toMatch(/^"[0-9A-F]{128}"$/);
  expect(await ask304(etag)).toBe(304);
  expect(await ask304(`W/${etag}`)).toBe(200);
  expect(await ask304(`${etag}, "other"`)).toBe(200);
  expect(await ask304('*')).toBe(200);
  expect(await ask304(etag, mediaTypes.plain)).toBe(200);
});

test('who may ask: a wrong token is unauthorized, none is forbidden, the version is for everybody', async () => {
  const server = await started();
  const asked = async (path: string, token?: string) =>
    await ask(`${server.server}${path}`, { caPem: server.caPem, headers: bearer(token) });
  const wrong = await asked('/apis', 'wrong');
  expect([wrong.status, JSON.parse(wrong.body)]).toEqual([
    401,
    expect.objectContaining({ kind: 'Status', message: 'Unauthorized' }),
  ]);
  const nobody = await asked('/apis/apps/v1');
  expect(nobody.status).toBe(403);
  expect(JSON.parse(nobody.body).message).toBe('forbidden: User "system:anonymous" cannot get path "/apis/apps/v1"');
  expect((await asked('/version')).status).toBe(200);
});

test.each([
  {
    rule: 'a version that is not served of a built-in group is a Status',
    path: '/apis/apps/v0',
    type: 'application/json',
  },
  { rule: 'a core version that is not served is a Status', path: '/api/v2', type: 'application/json' },
  { rule: 'an unknown group is text', path: '/apis/nowhere.example.com/v1', type: 'text/plain; charset=utf-8' },
  {
    rule: 'a version that is not served of a custom resource is text',
    path: '/apis/example.com/v1alpha1',
    type: 'text/plain; charset=utf-8',
  },
])('not found: $rule', async ({ path, type }) => {
  const server = await started();
  const { status, headers } = await get(server, path);
  expect([status, headers['content-type']]).toEqual([404, type]);
});

test('a body of 128 KiB is compressed for those who accept it, a smaller one never', async () => {
  const items = Array.from({ length: 4000 }, (_, index) => ({
    metadata: { name: `group-${index}.example.com` },
    versions: [],
  }));
  const large = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
  const server = await started({ recording: withDocument(recording, '/apis', 'v2', large) });
  const compressed = await get(server, '/apis', { accept: mediaTypes.v2, 'accept-encoding': 'gzip' });
  expect(compressed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept, Accept-Encoding' });
  expect(JSON.parse(gunzipSync(compressed.bytes).toString())).toEqual(large);
  const identity = await get(server, '/apis', { accept: mediaTypes.v2 });
  expect(JSON.parse(identity.body)).toEqual(large);
  const small = await get(server, '/api', { accept: mediaTypes.v2, 'accept-encoding': 'gzip' });
  expect(small.headers['content-encoding']).toBeUndefined();
});

test('requests are kept in their order, and one can be answered otherwise', async () => {
  const server = await started({
    intercept: (request, response) => {
      if (request.url !== '/apis') return false;
      response.writeHead(503).end();
      return true;
    },
  });
  expect((await get(server, '/apis')).status).toBe(503);
  expect((await get(server, '/api?timeout=32s')).status).toBe(200);
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /apis', 'GET /api?timeout=32s']);
});
