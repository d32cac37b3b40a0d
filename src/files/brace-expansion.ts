/** A text that means more alternatives than anybody writes on purpose. */
export const MOST_ALTERNATIVES = 1_000;

/**
 * The words that a text with braces stands for, as bash expands them: `{a,b}`, `{1..10}`, `{01..10..3}`, `{a..e}`, nested and side by side.
 *
 * Backslashes stay: they still take the meaning of what follows them. Braces that hold neither a comma nor a range are text, and so is `${...}`.
 *
 * @returns undefined when there are more than `MOST_ALTERNATIVES`
 * @see https://www.gnu.org/software/bash/manual/html_node/Brace-Expansion.html
 */
export function expandBraces(text: string): readonly string[] | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '$' && text[at + 1] === '{') at = closingBrace(text, at + 1, 0) ?? text.length;
    if (char !== '{') continue;
    const close = closingBrace(text, at, 1);
    const chosen = close === undefined ? 'text' : alternativesOf(text.slice(at + 1, close));
    if (close === undefined || chosen === 'text') continue;
    const rest = expandBraces(text.slice(close + 1));
    if (chosen === undefined || rest === undefined || chosen.length * rest.length > MOST_ALTERNATIVES) return undefined;
    const before = text.slice(0, at);
    return chosen.flatMap((one) => rest.map((after) => before + one + after));
  }
  return [text];
}

/** What stands between two braces that belong together; undefined when it is too much. */
function alternativesOf(content: string): readonly string[] | 'text' | undefined {
  const parts = splitAtCommas(content);
  if (parts.length === 1) return rangeOf(content);
  const words: string[] = [];
  for (const part of parts) {
    const expanded = expandBraces(part);
    if (expanded === undefined) return undefined;
    words.push(...expanded);
    if (words.length > MOST_ALTERNATIVES) return undefined;
  }
  return words;
}

/**
 * Where the brace that opens at `open` is closed: behind as many commas or ranges as it must have, inner braces left out. So `{a},b}` means `a}` and `b`.
 *
 * @see bash's `brace_gobbler` in `braces.c`
 */
function closingBrace(text: string, open: number, least: number): number | undefined {
  let depth = 0;
  let separators = 0;
  for (let at = open + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '{') depth += 1;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (char === '}' && separators >= least) return at;
    else if (depth === 0 && (char === ',' || (text.startsWith('..', at) && text[at + 2] !== '}'))) separators += 1;
  }
  return undefined;
}

function splitAtCommas(content: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < content.length; at += 1) {
    const char = content[at];
    if (char === '\\') at += 1;
    else if (char === '{') depth += 1;
    else if (char === '}' && depth > 0) depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(content.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(content.slice(start));
  return parts;
}

const NUMBERS = /^([-+]?\d{1,15})\.\.([-+]?\d{1,15})(?:\.\.([-+]?\d{1,15}))?$/;
const LETTERS = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([-+]?\d{1,15}))?$/;

/** The words of `1..10`, `a..e` or `01..10..2`. */
function rangeOf(content: string): readonly string[] | 'text' | undefined {
  const numbers = NUMBERS.exec(content);
  if (numbers !== null) {
    const [, first = '', last = '', by] = numbers;
    const isPadded = [first, last].some((text) => /^[-+]?0\d/.test(text));
    const width = isPadded ? Math.max(first.replace('+', '').length, last.replace('+', '').length) : 0;
    return sequence(Number(first), Number(last), by)?.map((value) => padded(value, width));
  }
  const letters = LETTERS.exec(content);
  if (letters === null) return 'text';
  const [, first = '', last = '', by] = letters;
  // Between Z and a stand characters that mean something.
  return sequence(first.charCodeAt(0), last.charCodeAt(0), by)?.map((code) =>
    String.fromCharCode(code).replace(/[^A-Za-z]/, '\\$&'),
  );
}

function sequence(first: number, last: number, by: string | undefined): readonly number[] | undefined {
  const step = Math.abs(Number(by ?? 1)) || 1;
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  if (count > MOST_ALTERNATIVES) return undefined;
  const direction = last < first ? -step : step;
  return Array.from({ length: count }, (_, index) => first + index * direction);
}

/** `width` counts the sign. */
function padded(value: number, width: number): string {
  const sign = value < 0 ? '-' : '';
  return sign + String(Math.abs(value)).padStart(width - sign.length, '0');
}
