import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { GateError } from '../model/errors.ts';
import type { PipedFile } from '../model/world.ts';
import type { KindOfPath } from './arguments.ts';

/** More than this is not a manifest. In bytes. */
const MOST_BYTES = 512 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const STANDARD_INPUT = 0;

/** What a path leads to. Anything that is read only once is a pipe: a FIFO, a socket, a terminal. */
export const kindOfPath: KindOfPath = (path) => {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'pipe';
  } catch {
    return 'nothing';
  }
};

/**
 * Reads pipes to their end, in order.
 *
 * @param paths `-` is standard input
 * @throws GateError `invalid-input` for a pipe that cannot be read, or holds nothing
 */
export function readPipes(paths: readonly string[]): readonly PipedFile[] {
  return [...new Set(paths)].map((path) => {
    const isStandardInput = path === '-' || path === '/dev/stdin';
    const named = isStandardInput ? 'Standard input' : path;
    const content = readPipe(path, named);
    if (content.toString('latin1').trim() !== '') return { name: isStandardInput ? '<stdin>' : path, content };
    throw new GateError('invalid-input', 'pipe-empty', `${named} is empty, so it has nothing to judge.`, {
      hint: 'Check the command before the pipe: it printed nothing, or failed. In a script, `set -o pipefail` makes such a failure count.',
    });
  });
}

function readPipe(path: string, name: string): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  let descriptor: number | undefined;
  try {
    descriptor = path === '-' ? STANDARD_INPUT : openSync(path, 'r');
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readChunk(descriptor, chunk);
      if (count === 0) return Buffer.concat(chunks);
      length += count;
      if (length > MOST_BYTES) throw new Error(`it holds more than ${MOST_BYTES / 1024 / 1024} MiB`);
      chunks.push(chunk.subarray(0, count));
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GateError('invalid-input', 'pipe-unreadable', `${name} could not be read: ${reason}`, {
      hint: 'Name a file instead, or pipe the manifests in: `helm template . | kube-api-gate -`.',
      cause,
    });
  } finally {
    if (descriptor !== undefined && descriptor !== STANDARD_INPUT) closeSync(descriptor);
  }
}

/** A pipe that is not ready yet, as standard input may be when another process shares it, is asked again. */
function readChunk(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk, 0, chunk.length, null);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
