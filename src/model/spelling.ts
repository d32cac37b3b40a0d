/** Finds the known words that a mistyped one was probably meant to be, nearest first. */
export type Speller = (word: string) => readonly string[];

const MOST_SUGGESTIONS = 3;

/** More words than any group of a cluster has; with ten times as many, looking for a slip would take longer than asking. */
const MOST_WORDS = 5_000;

/** How many slips of the finger a word of this length is forgiven. */
function slips(length: number): number {
  if (length <= 3) return 1;
  return length <= 8 ? 2 : 3;
}

/**
 * Edits between two words, a swap of neighbours counting as one; anything above `limit` comes back as `limit + 1`.
 * @see https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance, the optimal string alignment form
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  // Three rows of the table of distances between beginnings of both words.
  let beforeLast = new Uint16Array(right.length + 1);
  let last = Uint16Array.from({ length: right.length + 1 }, (_, column) => column);
  let current = new Uint16Array(right.length + 1);
  for (let row = 1; row <= left.length; row++) {
    current[0] = row;
    let smallest = row;
    for (let column = 1; column <= right.length; column++) {
      const substituted = at(last, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1);
      let cost = Math.min(substituted, at(last, column) + 1, at(current, column - 1) + 1);
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current[column] = cost;
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(at(last, right.length), limit + 1);
}

function at(row: Uint16Array, column: number): number {
  return row[column] ?? 0;
}

/** Which characters a word holds, one bit each (with collisions): an edit changes at most two of them. */
function fingerprint(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}

function differingBits(left: number, right: number): number {
  let bits = left ^ right;
  let count = 0;
  while (bits !== 0) {
    bits &= bits - 1;
    count++;
  }
  return count;
}

/**
 * A speller over `words`; upper and lower case count as equal. Comparing fingerprints first keeps thousands of lookups among
 * thousands of words within milliseconds.
 */
export function speller(words: Iterable<string>): Speller {
  const known = [...new Set(words)].slice(0, MOST_WORDS).map((word) => {
    const lower = word.toLowerCase();
    return { word, lower, bits: fingerprint(lower) };
  });
  return (word) => {
    const lower = word.toLowerCase();
    const bits = fingerprint(lower);
    const limit = slips(lower.length);
    return known
      .filter((entry) => differingBits(entry.bits, bits) <= 2 * limit)
      .map((entry) => ({ word: entry.word, distance: editDistance(lower, entry.lower, limit) }))
      .filter(({ distance }) => distance <= limit)
      .sort((left, right) => left.distance - right.distance)
      .slice(0, MOST_SUGGESTIONS)
      .map((entry) => entry.word);
  };
}
