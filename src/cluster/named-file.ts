import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { GateError } from '../model/errors.ts';

/** A kubeconfig, a certificate or a token of more bytes than this is none. */
const MOST_BYTES = 16 * 1024 * 1024;

/** `readSmallFile`, as text. */
export function readTextFile(path: string, what: string): string | undefined {
  return readSmallFile(path, what)?.toString('utf8');
}

/**
 * Reads a small file that the configuration names; `undefined` when it does not exist.
 *
 * `what` says in errors what the file was to be.
 * @throws GateError `invalid-input` for a folder, a pipe, an endless device, or a file that may not be read
 */
export function readSmallFile(path: string, what: string): Buffer | undefined {
  let descriptor: number;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENAMETOOLONG') return undefined;
    throw unreadable(path, what, refusals[code ?? ''] ?? 'it cannot be opened');
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw unreadable(path, what, 'it is a folder');
    // KUBECONFIG=/dev/null is how one says "none".
    if (status.isCharacterDevice() && path === '/dev/null') return Buffer.alloc(0);
    if (!status.isFile()) throw unreadable(path, what, 'it is not a regular file');
    if (status.size > MOST_BYTES) throw unreadable(path, what, `it has ${status.size} bytes, which no ${what} has`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const refusals: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'its symbolic links run in a circle',
  ENXIO: 'it is not a regular file',
};

/**
 * Reads a file that must be there.
 * @throws GateError `invalid-input`
 */
export function requireTextFile(path: string, what: string): string {
  const text = readTextFile(path, what);
  if (text === undefined) throw unreadable(path, what, 'the file does not exist');
  return text;
}

function unreadable(path: string, what: string, reason: string): GateError {
  return new GateError('invalid-input', 'file-unreadable', `Cannot read the ${what} ${path}: ${reason}`, {
    hint: 'Check the path, and that an earlier step wrote the file on this runner. Relative paths in a kubeconfig start from the folder of that kubeconfig.',
  });
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
