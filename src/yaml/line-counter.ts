const LF = 0x0a;

/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Tells lines and columns of a text's bytes; columns count characters. */
export function lineCounter(bytes: Buffer): (at: number) => Position {
  /** Where each line begins, as far as the text was searched, and the line break after that. */
  const starts = [0];
  let nextBreak = bytes.indexOf(LF);
  // The place asked for last: what is on the same line after it is counted from there.
  let last = { at: 0, column: 1, lineStart: 0 };

  function search(until: number): void {
    while (nextBreak >= 0 && nextBreak < until) {
      starts.push(nextBreak + 1);
      nextBreak = bytes.indexOf(LF, nextBreak + 1);
    }
  }

  return (at) => {
    search(at);
    const line = lastNotAfter(starts, at);
    const lineStart = starts[line] ?? 0;
    const from = last.lineStart === lineStart && last.at <= at ? last : { at: lineStart, column: 1 };
    last = { at, column: from.column + countCharacters(bytes, from.at, at), lineStart };
    return { line: line + 1, column: last.column };
  };
}

/** Index of the last of ascending numbers that is not above `limit`. */
function lastNotAfter(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

function countCharacters(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) count += 1;
  return count;
}
