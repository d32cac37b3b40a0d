import { join } from 'node:path';
import { writeAtomically } from '../../files/atomic-file.ts';
import { type CachedFile, KUBECTL_MODES, readCachedFile } from './file.ts';
import { requestUrl } from './paths.ts';

/** A response as the HTTP cache of kubectl and helm keeps it. */
export interface StoredResponse {
  readonly contentType: string;
  readonly etag?: string | undefined;
  /** The `Accept` that it answered: another one is not answered with it. */
  readonly accept?: string | undefined;
  readonly body: string;
}

/**
 * Where kubectl keeps the response to a GET of `path`: a file named by the SHA-256 of the URL.
 * @see client-go discovery/cached/disk/round_tripper.go sanitize
 * @see client-go third_party/forked/httpcache cacheKey
 */
export function responseFile(directory: string, server: string, path: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return join(directory, 'http', createHash('sha256').update(requestUrl(server, path)).digest('hex'));
}

const SUM_BYTES = 32;
const HEADER_END = '\r\n\r\n';

/**
 * Reads a stored response: 32 bytes of SHA-256, then the response as it goes over the wire. Anything that is not a whole 200 is nothing.
 * @see client-go discovery/cached/disk/round_tripper.go sumDiskCache
 */
export function readResponse(
  file: string,
): { readonly response: StoredResponse; readonly modifiedAt: number } | undefined {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const found = tryToRead(file);
  if (found === undefined) return undefined;
  const stored = found.bytes.subarray(SUM_BYTES);
  if (!createHash('sha256').update(stored).digest().equals(found.bytes.subarray(0, SUM_BYTES))) return undefined;
  const end = stored.indexOf(HEADER_END);
  const [statusLine = '', ...lines] = stored.toString('latin1', 0, Math.max(0, end)).split('\r\n');
  if (!/^HTTP\/[0-9.]+ 200\b/.test(statusLine)) return undefined;
  const headers = new Map(lines.map(headerOf));
  const rest = stored.subarray(end + HEADER_END.length);
  const body = headers.get('transfer-encoding') === 'chunked' ? withoutChunks(rest) : rest;
  if (body === undefined) return undefined;
  const response = {
    contentType: headers.get('content-type') ?? '',
    etag: headers.get('etag'),
    accept: headers.get('x-varied-accept'),
    body: body.toString('utf8'),
  };
  return { response, modifiedAt: found.modifiedAt };
}

/**
 * Writes a response so that kubectl finds it: it sends the ETag with a request of the same `Accept`, and takes a 304 for the body that is here.
 *
 * @param takenAt - in milliseconds since the epoch
 * @throws the system's error
 */
export async function writeResponse(file: string, response: StoredResponse, takenAt: number): Promise<void> {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const body = Buffer.from(response.body, 'utf8');
  const headers = [
    // kubectl would take an answer without validators from here as well, were it not marked as one to ask again.
    ['Cache-Control', response.etag === undefined ? 'no-cache, private' : 'public'],
    ['Content-Length', String(body.length)],
    ['Content-Type', response.contentType],
    ['Date', new Date(takenAt).toUTCString()],
    ...(response.etag === undefined ? [] : [['Etag', response.etag]]),
    ...(response.accept === undefined
      ? []
      : [
          ['Vary', 'Accept'],
          ['X-Varied-Accept', response.accept],
        ]),
  ];
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const stored = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${head}\r\n`, 'latin1'), body]);
  const sum = createHash('sha256').update(stored).digest();
  await writeAtomically(file, Buffer.concat([sum, stored]), { ...KUBECTL_MODES, modifiedAt: takenAt });
}

/**
 * Whether a body is the very document that an API server's ETag stands for: the SHA-512 of the document without the kind and version that its form adds.
 *
 * A 304 vouches for the ETag alone; with this it vouches for the body beside it too, whoever wrote that.
 * @see apiserver pkg/endpoints/discovery/aggregated/etag.go calculateETag
 */
export function isDocumentOf(etag: string, body: string): boolean {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const document = body
    .replace(/^\{"kind":"APIGroupDiscoveryList","apiVersion":"[a-z0-9./]+",/, '{')
    .replace(/\n$/, '');
  return etag === `"${createHash('sha512').update(document).digest('hex').toUpperCase()}"`;
}

function headerOf(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, Math.max(0, colon)).toLowerCase(), line.slice(colon + 1).trim()];
}

/** Go writes a body of unknown length in chunks. */
function withoutChunks(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (!Number.isSafeInteger(size) || size < 0 || lineEnd + 2 + size > bytes.length) return undefined;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

function tryToRead(file: string): CachedFile | undefined {
  try {
    return readCachedFile(file);
  } catch {
    return undefined;
  }
}
