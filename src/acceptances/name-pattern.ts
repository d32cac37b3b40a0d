/** Whether `text` is `pattern`, in which `*` stands for any run of characters. Each piece is looked for once, so that no pattern is slow. */
export function isLike(pattern: string, text: string): boolean {
  const pieces = pattern.split(/\*+/);
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** What a star in a requirement never stands for: the `!` before it, and what separates its parts, its alternatives, and its verbs. */
const SEPARATOR = /(^!|\/|[ |]+)/;

/** A requirement's names, with what separates them at the odd places. */
export function partsOf(requirement: string): readonly string[] {
  const normal = requirement
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^! /, '!')
    .replace(/ ?\| ?/g, ' | ');
  return normal.split(SEPARATOR);
}

/** Whether a requirement is what a pattern means, in which `*` stands for any run of characters within one name; both as `partsOf` has them. */
export function isLikeByPart(patterns: readonly string[], texts: readonly string[]): boolean {
  return (
    patterns.length === texts.length &&
    patterns.every((pattern, index) => {
      const text = texts[index] ?? '';
      return pattern === text || (index % 2 === 0 && isLike(pattern, text));
    })
  );
}
