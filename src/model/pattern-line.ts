/** A line of a list of patterns: what it says, and whether it takes files out instead of naming them. */
export interface PatternLine {
  readonly excludes: boolean;
  readonly pattern: string;
}

/**
 * Tells an exclusion, `!deploy/old`, from a pattern.
 *
 * `!(dev)/*.yaml` is a pattern, as bash reads it: every folder but `dev`. To exclude a name that begins with a parenthesis, set the mark apart: `! (dev)/*.yaml`.
 */
export function readPatternLine(line: string): PatternLine {
  if (!line.startsWith('!') || line.startsWith('!(')) return { excludes: false, pattern: line };
  return { excludes: true, pattern: line.slice(1).trim() };
}
