/** Finds keys that stand twice in one mapping, without making text of them. */
export interface KeyRecord {
  /** Begins a mapping; what it answers with ends it. */
  readonly open: () => number;
  readonly close: (opened: number) => void;
  /** Records the key of the innermost mapping that stands between two bytes, quotes left out. */
  readonly add: (opened: number, start: number, end: number) => void;
  /** Where each key begins that its mapping had before. */
  readonly repeated: readonly number[];
}

/** In a mapping larger than this nothing more is recorded: each key is compared with all before it. */
const MOST_KEYS = 2_000;

export function recordKeys(bytes: Buffer): KeyRecord {
  const hashes: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const repeated: number[] = [];
  let count = 0;

  function isSame(other: number, start: number, end: number): boolean {
    const from = starts[other] ?? 0;
    if ((ends[other] ?? 0) - from !== end - start) return false;
    for (let offset = 0; offset < end - start; offset += 1) {
      if (bytes[from + offset] !== bytes[start + offset]) return false;
    }
    return true;
  }

  return {
    repeated,
    open: () => count,
    close: (opened) => {
      count = opened;
    },
    add: (opened, start, end) => {
      if (count - opened >= MOST_KEYS) return;
      let hash = end - start;
      for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
      for (let other = opened; other < count; other += 1) {
        if (hashes[other] === hash && isSame(other, start, end)) {
          repeated.push(start);
          break;
        }
      }
      hashes[count] = hash;
      starts[count] = start;
      ends[count] = end;
      count += 1;
    },
  };
}
