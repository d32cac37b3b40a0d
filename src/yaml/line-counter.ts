const LF = 0x0a;

/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Characters are counted from the last of these marks, so that a place in a line of many megabytes takes no longer than one in a short line. In bytes. */
const MARK_EVERY = 512;

/** Tells lines and columns of a text's bytes, in any order; columns count characters. */
export function lineCounter(bytes: Buffer): (at: number) => Position {
  /** Where each line begins, as far as the text was searched, and the line break after that. */
  const starts = [0];
  let nextBreak = bytes.indexOf(LF);
  /** How many characters begin before each mark, as far as they were counted. */
  const marks = [0];

  function search(until: number): void {
    while (nextBreak >= 0 && nextBreak < until) {
      starts.push(nextBreak + 1);
      nextBreak = bytes.indexOf(LF, nextBreak + 1);
    }
  }

  function charactersBefore(at: number): number {
    const mark = Math.floor(at / MARK_EVERY);
    for (let next = marks.length; next <= mark; next += 1) {
      marks.push((marks[next - 1] ?? 0) + countCharacters(bytes, (next - 1) * MARK_EVERY, next * MARK_EVERY));
    }
    return (marks[mark] ?? 0) + countCharacters(bytes, mark * MARK_EVERY, at);
  }

  return (at) => {
    search(at);
    const line = lastNotAfter(starts, at);
    const lineStart = starts[line] ?? 0;
    const length =
      at - lineStart <= MARK_EVERY
        ? countCharacters(bytes, lineStart, at)
        : charactersBefore(at) - charactersBefore(lineStart);
    return { line: line + 1, column: length + 1 };
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
