import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';

/** One member of a forged archive. */
export interface Member {
  /** As it stands in the header, tricks included. */
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** A symbolic or a hard link to this. */
  readonly link?: { readonly type: 'symbolic' | 'hard'; readonly target: string };
  readonly directory?: boolean;
}

/** An archive as the toolkit on this machine would read it: zstd where that is installed, else gzip. */
export function archiveOf(members: readonly Member[]): Buffer {
  const tar = Buffer.concat([...members.flatMap(recordsOf), Buffer.alloc(1024)]);
  return hasZstd() ? zstdCompressSync(tar) : gzipSync(tar);
}

/** Whether the toolkit will find zstd. */
export function hasZstd(): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'zstd')));
}

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, ustar interchange format */
function recordsOf({ name, content = '', link, directory = false }: Member): readonly Buffer[] {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0, 100);
  header.write(octal(directory ? 0o755 : 0o644, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(bytes.length, 11), 124);
  header.write(octal(0, 11), 136);
  header.write(' '.repeat(8), 148);
  header.write(directory ? '5' : link === undefined ? '0' : link.type === 'hard' ? '1' : '2', 156);
  header.write(link?.target ?? '', 157, 100);
  header.write('ustar\u000000', 257);
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    ),
    148,
  );
  return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
}
