/**
 * Characters of YAML, told from the bytes of UTF-8. A byte beyond the end reads as 0, which ends whatever is being read: the text itself
 * never holds that byte, for `findForbiddenByte` refuses it.
 */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;

export function byteAt(bytes: Buffer, at: number): number {
  return bytes[at] ?? 0;
}

/** Length of the line break at `at` in bytes, 0 without one. YAML 1.1 also breaks lines at U+0085, U+2028 and U+2029. */
export function breakLength(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === LF) return 1;
  if (byte === CR) return bytes[at + 1] === LF ? 2 : 1;
  if (byte === 0xc2) return bytes[at + 1] === 0x85 ? 2 : 0;
  if (byte === 0xe2) return bytes[at + 1] === 0x80 && (bytes[at + 2] === 0xa8 || bytes[at + 2] === 0xa9) ? 3 : 0;
  return 0;
}

export function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** Whether a line break or the end is at `at`. */
export function isBreakOrEnd(bytes: Buffer, at: number): boolean {
  const byte = bytes[at] ?? 0;
  return byte === 0 || byte === LF || byte === CR || (byte >= 0xc2 && breakLength(bytes, at) > 0);
}

export function isByteOrderMark(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}

/** Whether white space, a line break or the end is at `at`. */
export function isSpaceOrEnd(bytes: Buffer, at: number): boolean {
  return isBlank(bytes[at] ?? 0) || isBreakOrEnd(bytes, at);
}

/** A letter, digit, `_` or `-`: what names of anchors and tag handles are made of. */
export function isWord(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x5f ||
    byte === 0x2d
  );
}

/** Where the first character is that YAML forbids even in comments: control characters, U+FFFE and U+FFFF; -1 without one. */
export function findForbiddenByte(bytes: Buffer): number {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= SPACE && byte < 0x7f) continue;
    if (byte === LF || byte === CR || byte === TAB) continue;
    if (byte < SPACE || byte === 0x7f) return at;
    if (byte === 0xc2) {
      const next = bytes[at + 1] ?? 0;
      if (next < 0xa0 && next !== 0x85) return at;
    } else if (byte === 0xef && bytes[at + 1] === 0xbf && (bytes[at + 2] ?? 0) >= 0xbe) {
      return at;
    }
  }
  return -1;
}

export function decodeSlice(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end);
}

/**
 * Texts that were decoded a moment ago, by a hash of their bytes: the keys of manifests are the same few hundred words, and decoding each again takes longer than
 * to compare it.
 */
const recent: (string | undefined)[] = new Array(8192).fill(undefined);
const LONGEST_RECENT = 40;

/** The ASCII text of some bytes. */
export function decodeWord(bytes: Buffer, start: number, end: number): string {
  const length = end - start;
  if (length > LONGEST_RECENT) return bytes.toString('latin1', start, end);
  let hash = length;
  for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 13)) & 8191;
  const known = recent[slot];
  if (known !== undefined && known.length === length && isSame(known, bytes, start)) return known;
  const text = bytes.toString('latin1', start, end);
  recent[slot] = text;
  return text;
}

function isSame(text: string, bytes: Buffer, start: number): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  }
  return true;
}
