import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const FIRST_SIZE = 1024 * 1024;

/** Larger than any manifest: what an API server takes at once is 3 MiB, and the largest bundles of definitions have ten times that. In bytes. */
export const LARGEST = 256 * 1024 * 1024;
const TOO_LARGE = 'it is larger than 256 MiB';

/** One for all: a large file would else be held twice when it is read a second time. */
let memory = Buffer.alloc(0);

/**
 * Reads files one after the other into the same memory, which is twice as fast as a buffer for each: what it answers with is valid until any
 * reader is called again, and so not beyond a turn.
 *
 * @returns the content, or why there is none
 */
export function contentReader(): (path: string) => Buffer | Error {
  if (memory.length === 0) memory = Buffer.allocUnsafeSlow(FIRST_SIZE);

  function read(descriptor: number): Buffer {
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, memory, length, memory.length - length, null);
      length += count;
      // A regular file gives all that it has, up to the room there is.
      if (length < memory.length) return memory.subarray(0, length);
      if (length > LARGEST) throw new Error(TOO_LARGE);
      const size = Math.max(memory.length * 2, fstatSync(descriptor).size + 1);
      const larger = Buffer.allocUnsafeSlow(Math.min(size, LARGEST + 2));
      memory.copy(larger);
      memory = larger;
    }
  }

  return (path) => {
    let descriptor: number | undefined;
    try {
      // Not to wait for a writer, if it is a pipe.
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const found = fstatSync(descriptor);
      if (!found.isFile()) return new Error('it is not a regular file');
      if (found.size > LARGEST) return new Error(TOO_LARGE);
      return read(descriptor);
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  };
}
