import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generations } from '../../engines/paths.ts';
import { type ControlPlane, startControlPlane } from '../helpers/control-plane.ts';
import { addExtraApis } from '../helpers/extra-apis.ts';
import { ask, bearer } from '../helpers/https.ts';
import { mediaTypes, type Recording, readRecording } from '../helpers/recording.ts';
import { type ReplayServer, startReplayServer } from '../helpers/replay-server.ts';
import { takeRecording, withoutOwnAddress } from '../helpers/take-recording.ts';

const { v2, v2beta1, plain } = mediaTypes;
const acceptHeaders = [
  '',
  '*/*',
  'application/*',
  'text/html',
  'text/html,*/*;q=0.1',
  plain,
  v2,
  v2beta1,
  `${v2},${v2beta1},${plain}`,
  `${v2beta1},${v2},${plain}`,
  `${v2beta1},${v2}`,
  `${plain},${v2}`,
  `${v2};q=0.5,${plain}`,
  `${v2};q=0.5,${v2beta1}`,
  `${v2};profile=nopeer`,
  'application/*;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
  'application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList,application/json',
  'application/json;as=APIGroupDiscoveryList',
  'application/json;charset=utf-8',
  'nonsense',
];
const paths = [
  '/api',
  '/api/',
  '/apis',
  '/apis?timeout=32s',
  '/version',
  '/api/v1',
  '/api/v2',
  '/apis/apps/v1',
  '/apis/apps/v0',
  '/apis/nowhere.example.com/v1',
  '/apis/example.com/v1',
  '/apis/example.com/v1beta1',
  '/apis/example.com/v1alpha1',
  '/apis/metrics.k8s.io/v1beta1',
  '/nowhere',
];

describe.each(generations)('the recording of %s', (generation) => {
  let real: ControlPlane;
  let replayed: ReplayServer;

  beforeAll(async () => {
    real = await startControlPlane({ generation });
    await addExtraApis(real);
    replayed = await startReplayServer({ recording: readRecording(generation) });
  });

  afterAll(async () => {
    await replayed?.stop();
    await real?.stop();
  });

  /** What a client can see of an answer. */
  async function seen(
    server: { readonly server: string; readonly caPem: string },
    path: string,
    headers: Readonly<Record<string, string>>,
  ) {
    const answer = await ask(`${server.server}${path}`, { caPem: server.caPem, headers });
    const { etag, vary, 'content-type': contentType } = answer.headers;
    // People at a browser get indented JSON; the replay server has no such readers.
    const json = contentType?.startsWith('application/json') === true && answer.body !== '';
    const said = withoutOwnAddress(answer.body);
    return { status: answer.status, contentType, etag, vary, said: json ? withoutBuild(JSON.parse(said)) : said };
  }

  async function expectSame(path: string, headers: (token: string | undefined) => Readonly<Record<string, string>>) {
    expect(await seen(replayed, path, headers(replayed.token)), path).toEqual(
      await seen(real, path, headers(real.tokens['admin'])),
    );
  }

  test('is what the real server says', async () => {
    const taken = await takeRecording(real);
    expect(comparable(taken)).toEqual(comparable(readRecording(generation)));
  });

  test.each(acceptHeaders)('is replayed as the real server answers Accept: %s', async (accept) => {
    for (const path of ['/api', '/apis', '/version', '/apis/apps/v1', '/apis/example.com/v1']) {
      await expectSame(path, (token) => ({ ...bearer(token), ...(accept === '' ? {} : { accept }) }));
    }
  });

  test.each(paths)('is replayed as the real server answers %s', async (path) => {
    await expectSame(path, bearer);
    await expectSame(path, () => ({}));
    await expectSame(path, () => bearer('wrong'));
  });

  test('is validated as the real server validates', async () => {
    for (const accept of [v2, v2beta1, plain]) {
      const { headers } = await ask(`${real.server}/apis`, {
        caPem: real.caPem,
        headers: { accept, ...bearer(real.tokens['admin']) },
      });
      const tag = headers.etag ?? '"none"';
      for (const validator of [tag, `W/${tag}`, `"other", ${tag}`, '*', tag.slice(1, -1)]) {
        await expectSame('/apis', (token) => ({ accept, 'if-none-match': validator, ...bearer(token) }));
      }
    }
  });
});

/** The compiler and the machine that built a server are not part of what it says. */
function withoutBuild(document: unknown): unknown {
  if (typeof document !== 'object' || document === null || !('goVersion' in document)) return document;
  return { ...document, goVersion: '', platform: '' };
}

function comparable({ documents, ...rest }: Recording) {
  return {
    ...rest,
    documents: documents.map(({ path, format, answer }) => ({
      path,
      format,
      answer: path === '/version' ? withoutBuild(JSON.parse(answer.body)) : answer,
    })),
  };
}
