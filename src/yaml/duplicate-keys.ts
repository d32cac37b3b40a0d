/** Finds keys that are twice in one mapping, mostly without making text of them. */
export interface KeyRecord {
  /** Begins a mapping; `close` ends the one begun last. */
  readonly open: () => void;
  readonly close: () => void;
  /** Records the key of the innermost mapping that is between two bytes, quotes left out. */
  readonly add: (start: number, end: number) => void;
  /** Records a key whose name is another text than its bytes. */
  readonly addName: (at: number, name: string) => void;
  /** Where each key begins that its mapping had before. */
  readonly repeated: readonly number[];
}

/** Each key of a mapping up to this size is compared with all before it, which is faster than to make text of them. */
const FEW_KEYS = 16;

export function recordKeys(bytes: Buffer): KeyRecord {
  const hashes: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const repeated: number[] = [];
  /** Of each open mapping: its first key among the recorded, and the names of all once they are many. */
  const firsts: number[] = [];
  const names: (Set<string> | undefined)[] = [];
  let depth = 0;
  let count = 0;

  function isSame(other: number, start: number, end: number): boolean {
    const from = starts[other] ?? 0;
    if ((ends[other] ?? 0) - from !== end - start) return false;
    for (let offset = 0; offset < end - start; offset += 1) {
      if (bytes[from + offset] !== bytes[start + offset]) return false;
    }
    return true;
  }

  function nameOf(index: number): string {
    return bytes.toString('utf8', starts[index], ends[index]);
  }

  function addToSet(set: Set<string>, at: number, name: string): void {
    if (set.has(name)) repeated.push(at);
    else set.add(name);
  }

  /** From now on the names of the innermost mapping are looked up in a set. */
  function useSet(): Set<string> {
    const set = new Set<string>();
    for (let index = firsts[depth - 1] ?? 0; index < count; index += 1) set.add(nameOf(index));
    names[depth - 1] = set;
    return set;
  }

  return {
    repeated,
    open: () => {
      firsts[depth] = count;
      names[depth] = undefined;
      depth += 1;
    },
    close: () => {
      depth -= 1;
      count = firsts[depth] ?? 0;
    },
    add: (start, end) => {
      const first = firsts[depth - 1] ?? 0;
      const set = names[depth - 1] ?? (count - first >= FEW_KEYS ? useSet() : undefined);
      if (set !== undefined) {
        addToSet(set, start, bytes.toString('utf8', start, end));
        return;
      }
      let hash = end - start;
      for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] ?? 0)) | 0;
      for (let other = first; other < count; other += 1) {
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
    addName: (at, name) => addToSet(names[depth - 1] ?? useSet(), at, name),
  };
}
