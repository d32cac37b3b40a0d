const LF = 0x0a;

/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Tells lines and columns of a text's bytes. Fast when asked in ascending order. */
export function lineCounter(bytes: Buffer): (at: number) => Position {
  let line = 1;
  let lineStart = 0;
  return (at) => {
    if (at < lineStart) {
      line = 1;
      lineStart = 0;
    }
    for (let next = bytes.indexOf(LF, lineStart); next >= 0 && next < at; next = bytes.indexOf(LF, lineStart)) {
      line += 1;
      lineStart = next + 1;
    }
    return { line, column: [...bytes.toString('utf8', lineStart, Math.min(at, lineStart + 1_000))].length + 1 };
  };
}
