import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES, readBody } from '../../../src/cluster/connection/body.ts';

const options = () => ({ signal: new AbortController().signal, space: { heldBytes: 0 } });

function message(
  parts: Iterable<Buffer> | AsyncIterable<Buffer>,
  headers: Record<string, string> = {},
): IncomingMessage {
  return Object.assign(Readable.from(parts), { headers }) as unknown as IncomingMessage;
}

function inParts(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

test('the cap is 24 MiB', () => {
  expect(MAX_BODY_BYTES).toBe(25_165_824);
});

test('any text comes out as it went in, packed or not, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 7 }), async (text, size) => {
      const bytes = Buffer.from(text, 'utf8');
      expect(await readBody(message(inParts(bytes, size)), options())).toBe(text);
      const packed = inParts(gzipSync(bytes), size);
      expect(await readBody(message(packed, { 'content-encoding': 'gzip' }), options())).toBe(text);
    }),
    { numRuns: 50 },
  );
});

test.each(['gzip', 'x-gzip', ' GZIP '])('an encoding of "%s" is gzip', async (encoding) => {
  expect(await readBody(message([gzipSync('{}')], { 'content-encoding': encoding }), options())).toBe('{}');
});

describe('with a cap of 10 bytes', () => {
  const maxBytes = 10;

  test('10 are read', async () => {
    expect(await readBody(message([Buffer.alloc(10, 'x')]), { ...options(), maxBytes })).toBe('xxxxxxxxxx');
  });

  test.each([
    { name: '11 in one part', parts: [Buffer.alloc(11)], headers: {} },
    { name: '11 in eleven parts', parts: inParts(Buffer.alloc(11), 1), headers: {} },
    { name: '11 that are announced, before any is read', parts: [], headers: { 'content-length': '11' } },
    { name: '11 when unpacked', parts: [gzipSync(Buffer.alloc(11))], headers: { 'content-encoding': 'gzip' } },
  ])('$name are too many', async ({ parts, headers }) => {
    await expect(readBody(message(parts, headers), { ...options(), maxBytes })).rejects.toMatchObject({
      failure: { kind: 'body-too-large', maxBytes: 10 },
    });
  });

  test('bodies that are read at one time share it, and give back what they held', async () => {
    const together = { ...options(), maxBytes };
    const six = () => message([Buffer.alloc(6)]);
    const ended = await Promise.allSettled([readBody(six(), together), readBody(six(), together)]);
    expect(ended.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { failure: { kind: 'body-too-large' } } },
    ]);
    expect(together.space.heldBytes).toBe(0);
    await expect(readBody(six(), together)).resolves.toHaveLength(6);
  });

  test('empty gzip members without end, which unpack to nothing, are too many', async () => {
    const empty = gzipSync('');
    let given = 0;
    const endless = (async function* () {
      for (;;) {
        given += empty.length;
        yield empty;
      }
    })();
    await expect(
      readBody(message(endless, { 'content-encoding': 'gzip' }), { ...options(), maxBytes: 10_000 }),
    ).rejects.toMatchObject({ failure: { kind: 'body-too-large' } });
    expect(given).toBeLessThan(100_000);
  });
});

test.each([
  { encoding: 'gzip', came: 'incorrect header check' },
  { encoding: 'br', came: 'it was not asked for and cannot be read here' },
  { encoding: 'gzip, gzip', came: 'it was not asked for and cannot be read here' },
])('a body that only claims to be $encoding', async ({ encoding, came }) => {
  await expect(
    readBody(message([Buffer.from('{"kind":1}')], { 'content-encoding': encoding }), options()),
  ).rejects.toMatchObject({
    failure: { kind: 'encoding-invalid', encoding, came },
  });
});

test('a body that never ends, ends with the signal', async () => {
  const stalled = Object.assign(new Readable({ read: () => undefined }), { headers: {} }) as unknown as IncomingMessage;
  const deadline = AbortSignal.timeout(20);
  await expect(readBody(stalled, { ...options(), signal: deadline })).rejects.toMatchObject({ name: 'AbortError' });
  expect(stalled.destroyed).toBe(true);
});
