import { readPatternLine } from '../model/pattern-line.ts';

/** Parts of a path that are taken back or left out, a root, and escapes: what is written is then not what a path holds. */
const INDIRECT = /\\|^\/|\/\/|(?:^|\/)\.{1,2}(?:\/|$)/;
/** A class, whose first character may be its bracket; one that holds a bracket takes more to tell. */
const CLASS = /^\[[!^]?[^[][^\][]*\]/;

/** The runs of characters that every path holds which the pattern means; `undefined` where that takes more to tell. */
function literalRuns(pattern: string): readonly string[] | undefined {
  const runs: string[] = [];
  let run = '';
  let depth = 0;
  const end = (): void => {
    runs.push(run);
    run = '';
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    switch (character) {
      case '[': {
        const length = CLASS.exec(pattern.slice(at))?.[0].length;
        if (length === undefined || depth > 0) return undefined;
        at += length - 1;
        end();
        break;
      }
      case '(':
        // What stands before it may be its operator.
        if (depth === 0) run = run.slice(0, -1);
        end();
        depth += 1;
        break;
      case '{':
        if (depth === 0) end();
        depth += 1;
        break;
      case ')':
      case '}':
        depth -= 1;
        if (depth < 0) return undefined;
        break;
      case '*':
      case '?':
        end();
        break;
      default:
        if (depth === 0) run += character;
    }
  }
  end();
  return depth === 0 ? runs : undefined;
}

/** The longest of them; `''` where none is known. A slash beside a wildcard need not be there, where that stands for any number of folders. */
function indispensable(pattern: string): string {
  const bare = pattern.replace(/^\.\//, '');
  const runs = INDIRECT.test(bare) ? undefined : literalRuns(bare);
  const names = (runs ?? []).map((run) => run.trim().replace(/^\/+|\/+$/g, ''));
  return names.reduce((longest, name) => (name.length > longest.length ? name : longest), '');
}

/**
 * `matches`, asked only of paths that hold what one of the patterns cannot do without: thousands of exemptions are then held against thousands of
 * files in the time of a search.
 */
export function withQuickNo(lines: readonly string[], matches: (path: string) => boolean): (path: string) => boolean {
  const choosing = lines.map(readPatternLine).filter(({ excludes }) => !excludes);
  const pieces = choosing.map(({ pattern }) => indispensable(pattern));
  if (pieces.length === 0 || pieces.includes('')) return matches;
  return (path) => pieces.some((piece) => path.includes(piece)) && matches(path);
}
