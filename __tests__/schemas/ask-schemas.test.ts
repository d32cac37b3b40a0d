import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ApiConnection, ApiResponse } from '../../src/cluster/cluster.ts';
import { GateError } from '../../src/model/errors.ts';
import { askIndex, askSchemas, INDEX_PATH } from '../../src/schemas/ask-schemas.ts';

const DOCUMENT = JSON.stringify({ info: { title: 'Kubernetes' }, paths: {}, components: { schemas: {} } });
const HASH = createHash('sha512').update(DOCUMENT).digest('hex').toUpperCase();
const json = (body: string, status = 200): ApiResponse => ({ status, contentType: 'application/json', body });
const index = (hash = HASH) =>
  json(JSON.stringify({ paths: { 'api/v1': { serverRelativeURL: `/openapi/v3/api/v1?hash=${hash}` } } }));
const failure = (code: string) => new GateError('unreachable', code, `GET x: ${code}.`);

/** Answers each path by what stands for it, the last answer for ever. */
function connectionTo(answers: Readonly<Record<string, readonly (ApiResponse | Error)[]>>) {
  const asked: string[] = [];
  const connection: ApiConnection = {
    get: ({ path }) => {
      const [bare = ''] = path.split('?');
      const all = answers[bare] ?? [json('{}', 404)];
      const nth = asked.filter((before) => before.startsWith(bare)).length;
      asked.push(path);
      const answer = all[Math.min(nth, all.length - 1)] ?? json('{}', 404);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    close: () => Promise.resolve(),
  };
  return { connection, asked };
}

test.each<[string, ApiResponse | Error, RegExp]>([
  ['403', json('{"message":"forbidden: no"}', 403), /answered 403 Forbidden: forbidden: no/],
  ['404', json('404 page not found', 404), /answered 404 Not Found/],
  [
    'a page',
    { status: 200, contentType: 'text/html', body: '<html><title>Sign in</title>' },
    /an HTML page titled "Sign in"/,
  ],
  ['an empty object', json('{}'), /paths is not an object/],
  ['half an answer', json('{"paths":'), /not JSON/],
  ['more than fits', failure('body-too-large'), /body-too-large/],
  ['nobody there', failure('connection-refused'), /connection-refused/],
])('an index that is %s is told, and nothing else is asked', async (_rule, answer, message) => {
  const { connection, asked } = connectionTo({ [INDEX_PATH]: [answer] });
  const given = await askIndex(connection);
  const { answers } = await askSchemas(connection, ['v1'], { index: given, known: new Map() });
  expect(answers.get('v1')).toMatchObject({ kind: 'unknown', refusal: { message: expect.stringMatching(message) } });
  expect(asked).toEqual([INDEX_PATH]);
});

async function asking(documents: readonly (ApiResponse | Error)[], indexes = [index()], groupVersion = 'v1') {
  const { connection, asked } = connectionTo({ [INDEX_PATH]: indexes, '/openapi/v3/api/v1': documents });
  const given = await askIndex(connection);
  const { answers } = await askSchemas(connection, [groupVersion], { index: given, known: new Map() });
  return { answer: answers.get(groupVersion), asked };
}

test('a document is verified and trimmed', async () => {
  const { answer } = await asking([json(DOCUMENT)]);
  expect(answer).toMatchObject({ kind: 'known', schema: { hash: HASH, text: expect.stringContaining('built-in') } });
});

test.each<[string, ApiResponse | Error, RegExp]>([
  ['another document', json('{"info":{}}'), /whose SHA-512 is not the one in its address/],
  ['an empty object', json('{}'), /SHA-512/],
  ['a page', { status: 200, contentType: 'text/html', body: '<html>' }, /HTML/],
  ['half a document', json(DOCUMENT.slice(0, 20)), /not JSON/],
  ['an error', json('{"message":"down"}', 503), /503 Service Unavailable: down/],
  ['a connection that breaks', failure('connection-reset'), /connection-reset/],
  ['more than fits', failure('body-too-large'), /body-too-large/],
])('a document that is %s is unknown', async (_rule, document, message) => {
  const { answer } = await asking([document]);
  expect(answer).toMatchObject({ kind: 'unknown', refusal: { message: expect.stringMatching(message) } });
});

test('a group-version that the index does not list is unknown, and not asked for', async () => {
  const { answer, asked } = await asking([json(DOCUMENT)], [index()], 'apps/v1');
  expect(answer).toMatchObject({ kind: 'unknown', refusal: { message: `GET ${INDEX_PATH} does not list apps/v1` } });
  expect(asked).toEqual([INDEX_PATH]);
});

test('a redirect reads the index again, once', async () => {
  const { answer, asked } = await asking([failure('redirected'), json(DOCUMENT)], [index('OLD'), index()]);
  expect(answer).toMatchObject({ kind: 'known', schema: { hash: HASH } });
  expect(asked.map((path) => path.slice(-8))).toEqual(['enapi/v3', 'hash=OLD', 'enapi/v3', HASH.slice(-8)]);
});

test('a redirect that comes again is unknown', async () => {
  const { answer, asked } = await asking([failure('redirected')]);
  expect(answer).toMatchObject({ kind: 'unknown', refusal: { message: expect.stringMatching(/no longer has/) } });
  expect(asked).toHaveLength(4);
});

test('what is too large beside others is asked for alone', async () => {
  const { answer, asked } = await asking([failure('body-too-large'), json(DOCUMENT)]);
  expect([answer?.kind, asked.length]).toEqual(['known', 3]);
});

test('what was known by the same hash is not asked for', async () => {
  const { connection, asked } = connectionTo({ [INDEX_PATH]: [index()] });
  const known = new Map([['v1', { hash: HASH, text: 'x' }]]);
  const { answers } = await askSchemas(connection, ['v1'], { index: await askIndex(connection), known });
  expect([answers.get('v1'), asked]).toEqual([{ kind: 'known', schema: { hash: HASH, text: 'x' } }, [INDEX_PATH]]);
});

test('at most four documents are asked for at once', async () => {
  const names = Array.from({ length: 12 }, (_, number) => `g/v${number}`);
  const paths = Object.fromEntries(names.map((name) => [`apis/${name}`, { serverRelativeURL: `/x/${name}` }]));
  let open = 0;
  let most = 0;
  const connection: ApiConnection = {
    get: async ({ path }) => {
      if (path === INDEX_PATH) return json(JSON.stringify({ paths }));
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return json(DOCUMENT);
    },
    close: () => Promise.resolve(),
  };
  const { answers } = await askSchemas(connection, names, { index: await askIndex(connection), known: new Map() });
  expect([answers.size, most]).toEqual([12, 4]);
});
