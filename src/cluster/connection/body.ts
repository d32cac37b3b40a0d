import type { IncomingMessage } from 'node:http';
import { failWith } from './failure.ts';

/**
 * The most that the answers which are read at one time may hold together, unpacked, and the most that may arrive for one of them: 24 MiB. Discovery of
 * a cluster with 2,000 CRDs is some 5 MiB; what is larger than this is no discovery document, and a runner's memory is not to be had by a server that
 * never stops sending: with this cap the whole process stays below 200 MB.
 */
export const MAX_BODY_BYTES = 24 * 1024 * 1024;

/** What the bodies that are being read hold together; one for each connection to a server. */
export interface BodySpace {
  heldBytes: number;
}

export interface ReadBodyOptions {
  readonly signal: AbortSignal;
  readonly space: BodySpace;
  readonly maxBytes?: number | undefined;
}

/**
 * Reads an answer's body to its end as UTF-8, unpacked when it is gzip.
 *
 * @throws the signal's reason, the socket's error, or a failure: `body-too-large`, `encoding-invalid`
 */
export async function readBody(message: IncomingMessage, options: ReadBodyOptions): Promise<string> {
  const { signal, space, maxBytes = MAX_BODY_BYTES } = options;
  const { pipeline } = process.getBuiltinModule('node:stream/promises');
  const encoding = (message.headers['content-encoding'] ?? '').trim().toLowerCase();
  const chunks: Buffer[] = [];

  let held = 0;

  // What arrives is counted as well as what comes out: empty gzip members can follow one another for ever and unpack to nothing.
  async function* capped(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let arrived = 0;
    for await (const part of parts) {
      arrived += part.length;
      if (arrived > maxBytes) throw failWith({ kind: 'body-too-large', maxBytes });
      yield part;
    }
  }
  async function collect(parts: AsyncIterable<Buffer>): Promise<void> {
    for await (const part of parts) {
      held += part.length;
      space.heldBytes += part.length;
      if (space.heldBytes > maxBytes) throw failWith({ kind: 'body-too-large', maxBytes });
      chunks.push(part);
    }
  }

  if (Number(message.headers['content-length'] ?? 0) > maxBytes) throw failWith({ kind: 'body-too-large', maxBytes });
  try {
    switch (encoding) {
      case '':
      case 'identity':
        await pipeline(message, capped, collect, { signal });
        break;
      case 'gzip':
      case 'x-gzip':
        await pipeline(message, capped, process.getBuiltinModule('node:zlib').createGunzip(), collect, { signal });
        break;
      default:
        throw failWith({ kind: 'encoding-invalid', encoding, came: 'it was not asked for and cannot be read here' });
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (isZlibError(error)) throw failWith({ kind: 'encoding-invalid', encoding, came: error.message }, error);
    throw error;
  } finally {
    space.heldBytes -= held;
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
