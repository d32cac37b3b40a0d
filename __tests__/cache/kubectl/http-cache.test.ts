import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isDocumentOf, readResponse, responseFile, writeResponse } from '../../../src/cache/kubectl/http-cache.ts';
import { readRecording } from '../../helpers/recording.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubectl-http-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A file as client-go writes it: the sum, then what goes over the wire. */
function stored(text: string): string {
  const file = join(folder, 'stored');
  writeFileSync(file, Buffer.concat([createHash('sha256').update(text).digest(), Buffer.from(text)]));
  return file;
}

test('a response is found by the URL that kubectl asks', () => {
  const key = createHash('sha256').update('https://h:6443/apis?timeout=32s').digest('hex');
  expect(responseFile('/cache', 'https://h:6443', '/apis')).toBe(`/cache/http/${key}`);
});

test('what kubectl wrote is read: HTTP/2, headers of any case, Connection: close', async () => {
  const text =
    'HTTP/2.0 200 OK\r\nConnection: close\r\nCache-Control: public\r\nContent-Type: application/json;g=x\r\nETAG: "AB"\r\nVary: Accept\r\nX-Varied-Accept: application/json\r\n\r\n{"a":"\\u00e4ö"}\n';
  expect(readResponse(stored(text))?.response).toEqual({
    contentType: 'application/json;g=x',
    etag: '"AB"',
    accept: 'application/json',
    body: '{"a":"\\u00e4ö"}\n',
  });
});

test('a body in chunks is put together', async () => {
  const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;ext=1\r\n!\r\n0\r\n\r\n';
  expect(readResponse(stored(text))?.response.body).toBe('hello!');
});

test.each([
  ['nothing', ''],
  ['no header', 'HTTP/1.1 200 OK'],
  ['another status', 'HTTP/1.1 404 Not Found\r\n\r\n'],
  ['no HTTP', '{"kind":"APIGroupDiscoveryList"}\r\n\r\n'],
  ['chunks that end too soon', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel'],
  ['a chunk without a length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello'],
])('%s is no response', async (_rule, text) => {
  expect(readResponse(stored(text))).toBeUndefined();
});

test('a file that does not match its sum, or is shorter than one, is no response', async () => {
  const file = join(folder, 'damaged');
  writeFileSync(file, `${'x'.repeat(32)}HTTP/1.1 200 OK\r\n\r\nbody`);
  expect(readResponse(file)).toBeUndefined();
  writeFileSync(file, 'short');
  expect(readResponse(file)).toBeUndefined();
  expect(readResponse(join(folder, 'none'))).toBeUndefined();
});

test('what is written reads back, in a file as kubectl makes them', async () => {
  const file = join(folder, 'http', 'key');
  const response = { contentType: 'application/json;v=v2', etag: '"AB"', accept: 'application/json', body: '{"ä":1}' };
  await writeResponse(file, response, 1_700_000_000_000);
  expect(readResponse(file)).toEqual({ response, modifiedAt: 1_700_000_000_000 });
  expect(statSync(file).mode & 0o777).toBe(0o660);
  expect(statSync(join(folder, 'http')).mode & 0o777).toBe(0o750 & ~process.umask());
});

test('property: no bytes make reading throw', async () => {
  const file = join(folder, 'any');
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      const bytes = Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n${text}`);
      writeFileSync(file, Buffer.concat([createHash('sha256').update(bytes).digest(), bytes]));
      readResponse(file);
    }),
    { numRuns: 50 },
  );
});

describe('isDocumentOf', () => {
  const documents = (['1.37', '1.28'] as const).flatMap((generation) =>
    readRecording(generation)
      .documents.filter(({ answer }) => answer.headers['etag'] !== undefined)
      .map(({ path, format, answer }) => ({ name: `${generation} ${path} ${format}`, answer })),
  );

  test('there are documents of both forms', () => {
    expect(documents.map(({ name }) => name)).toEqual([
      '1.37 /api v2',
      '1.37 /apis v2',
      '1.28 /api v2beta1',
      '1.28 /apis v2beta1',
    ]);
  });

  test.each(documents)('a real server’s ETag stands for its document: $name', ({ answer }) => {
    const etag = answer.headers['etag'] ?? '';
    expect(isDocumentOf(etag, answer.body)).toBe(true);
    for (const changed of [
      answer.body.replace('"Namespaced"', '"Cluster"'),
      answer.body.replace('{"kind"', '{"x":1,"kind"'),
      `${answer.body} `,
      '',
    ]) {
      expect(isDocumentOf(etag, changed)).toBe(false);
    }
    expect(isDocumentOf(`W/${etag}`, answer.body)).toBe(false);
  });
});
