import { isUtf8 } from 'node:buffer';

/** What a file holds as UTF-8, and where it had to be repaired for that. */
export interface FileText {
  readonly bytes: Buffer;
  /** The first byte of `bytes` that replaces what was not valid UTF-8. */
  readonly repairedAt?: number | undefined;
  /** Whether a byte order mark promised UTF-8: then kubectl repairs nothing and refuses what is not valid. */
  readonly promised: boolean;
}

/**
 * The text of a file as kubectl reads it: UTF-16 when its byte order mark says so, else UTF-8, in which what is not valid becomes U+FFFD.
 * @see cli-runtime pkg/resource/visitor.go FileVisitor
 */
export function decodeFile(content: Buffer): FileText {
  if (content[0] === 0xff && content[1] === 0xfe)
    return { bytes: reencode(content.subarray(2), 'utf-16le'), promised: false };
  if (content[0] === 0xfe && content[1] === 0xff)
    return { bytes: reencode(content.subarray(2), 'utf-16be'), promised: false };
  const promised = content[0] === 0xef && content[1] === 0xbb && content[2] === 0xbf;
  const bytes = promised ? content.subarray(3) : content;
  if (isUtf8(bytes)) return { bytes, promised };
  const repaired = reencode(bytes, 'utf-8');
  let same = 0;
  while (repaired[same] === bytes[same]) same += 1;
  return { bytes: repaired, repairedAt: same, promised };
}

function reencode(content: Buffer, encoding: string): Buffer {
  return Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(content), 'utf8');
}
