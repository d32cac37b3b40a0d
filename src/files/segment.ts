import { GateError } from '../model/errors.ts';

/** Whether a pattern means a name; neither has slashes. */
export type NameTest = (name: string) => boolean;

/** One part of a path's pattern, between two slashes. */
export type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'names';
      readonly matches: NameTest;
      /** Whether names that begin with a dot may match. */
      readonly canBeHidden: boolean;
      /** Whether it is a star and nothing else. */
      readonly isStar: boolean;
    }
  /** `**`: any number of folders, hidden ones left out. */
  | { readonly kind: 'folders' };

type Operator = '?' | '*' | '+' | '@' | '!';
type CharTest = (char: string) => boolean;

type Part =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'one'; readonly takes: CharTest }
  | { readonly kind: 'star' }
  | { readonly kind: 'group'; readonly operator: Operator; readonly alternatives: readonly Parts[] };
type Parts = readonly Part[];
type Group = Part & { readonly kind: 'group' };

/**
 * Reads one part of a pattern by bash's rules with `extglob`: `*`, `?`, `[a-z]`, `[!a]`, `[[:digit:]]`, `@(a|b)` and its kind; a backslash takes the meaning of what follows.
 *
 * A dot at the beginning of a name is matched by a dot that is written there, and by nothing else.
 *
 * @throws GateError `invalid-input` for what bash would silently match with nothing
 * @see https://www.gnu.org/software/bash/manual/html_node/Pattern-Matching.html
 */
export function parseSegment(text: string): Segment {
  if (text === '**') return { kind: 'folders' };
  const parts = parseParts(Array.from(text), 0);
  const names = parts.map((part) => (part.kind === 'char' ? part.char : undefined));
  if (names.every((char) => char !== undefined)) return { kind: 'name', name: names.join('') };
  const matches = parts.some((part) => part.kind === 'group') ? simulation(parts) : scan(parts);
  return { kind: 'names', matches, canBeHidden: canBeginWithDot(parts), isStar: text === '*' };
}

/** Where the `)` stands that belongs to the `(` before `from`; parentheses in brackets count for nothing, and brackets must be closed. */
export function closingParenthesis(text: ArrayLike<string>, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '[') {
      const end = bracketEnd(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (char === '(') depth += 1;
    else if (char === ')') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return undefined;
}

/** Whether a group such as `@(` begins here. */
export function opensGroup(text: ArrayLike<string>, at: number): boolean {
  return text[at + 1] === '(' && '?*+@!'.includes(text[at] ?? ' ');
}

/** How deep groups may nest. */
const DEEPEST = 20;

function parseParts(text: readonly string[], depth: number): Parts {
  if (depth > DEEPEST) throw refusal(`Its groups nest deeper than ${DEEPEST} levels.`, 'Write several patterns.');
  const parts: Part[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (opensGroup(text, at)) {
      const close = closingParenthesis(text, at + 2);
      if (close === undefined) {
        throw refusal(
          `Its ${char}( has no closing parenthesis, or a [ in it has no closing bracket.`,
          `Close it, or write \\${char} where a name has it.`,
        );
      }
      const alternatives = splitAtBars(text.slice(at + 2, close)).map((one) => parseParts(one, depth + 1));
      parts.push({ kind: 'group', operator: char as Operator, alternatives });
      at = close;
    } else if (char === '*') {
      if (parts.at(-1)?.kind !== 'star') parts.push({ kind: 'star' });
    } else if (char === '?') {
      parts.push({ kind: 'one', takes: () => true });
    } else if (char === '[' && bracketEnd(text, at) !== undefined) {
      const end = bracketEnd(text, at) ?? at;
      parts.push({ kind: 'one', takes: parseBracket(text.slice(at + 1, end - 1)) });
      at = end - 1;
    } else if (char === '\\' && at + 1 < text.length) {
      at += 1;
      parts.push({ kind: 'char', char: text[at] ?? '' });
    } else {
      parts.push({ kind: 'char', char });
    }
  }
  return parts;
}

function splitAtBars(text: readonly string[]): readonly (readonly string[])[] {
  const alternatives: string[][] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '[') at = (bracketEnd(text, at) ?? at + 1) - 1;
    else if (char === '(') at = closingParenthesis(text, at + 1) ?? at;
    else if (char === '|') {
      alternatives.push(text.slice(start, at));
      start = at + 1;
    }
  }
  alternatives.push(text.slice(start));
  return alternatives;
}

/** Where the brackets end that open at `open`, behind the `]`; undefined: they are not closed, so that `[` is text. */
function bracketEnd(text: ArrayLike<string>, open: number): number | undefined {
  let at = open + 1;
  if (text[at] === '!' || text[at] === '^') at += 1;
  for (let isFirst = true; at < text.length; at += 1, isFirst = false) {
    const char = text[at];
    if (char === ']' && !isFirst) return at + 1;
    if (char === '\\') at += 1;
    else if (char === '[' && ':.='.includes(text[at + 1] ?? ' ')) at = namedEnd(text, at) ?? at;
  }
  return undefined;
}

/** Where `[:digit:]` ends, which stands in brackets itself: at its `]`. */
function namedEnd(text: ArrayLike<string>, open: number): number | undefined {
  const mark = text[open + 1];
  for (let at = open + 2; at + 1 < text.length; at += 1) {
    if (text[at] === mark && text[at + 1] === ']') return at + 1;
    if (text[at] === ']' && mark === ':') return undefined;
  }
  return undefined;
}

/** Classes of characters; beyond ASCII as Unicode has them. */
const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{Alphabetic}\p{Nd}]/u,
  alpha: /\p{Alphabetic}/u,
  ascii: /[\0-\x7f]/,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /[0-9]/,
  graph: /[^\p{C}\p{Z}]/u,
  lower: /\p{Lowercase}/u,
  print: /[^\p{C}\p{Zl}\p{Zp}]/u,
  punct: /[\p{P}\p{S}]/u,
  space: /\s/,
  upper: /\p{Uppercase}/u,
  word: /[\p{Alphabetic}\p{Nd}_]/u,
  xdigit: /[0-9A-Fa-f]/,
};

/** @param text what stands between the brackets */
function parseBracket(text: readonly string[]): CharTest {
  const isNegated = text[0] === '!' || text[0] === '^';
  const tests: CharTest[] = [];
  let at = isNegated ? 1 : 0;
  /** One character, however it is written; undefined at a class. */
  const readChar = (): string | undefined => {
    const char = text[at] ?? '';
    const end = char === '[' && ':.='.includes(text[at + 1] ?? ' ') ? namedEnd(text, at) : undefined;
    if (end !== undefined) {
      const [mark, name] = [text[at + 1], text.slice(at + 2, end - 1)];
      at = end + 1;
      if (mark === '.' && name.length === 1) return name[0];
      const known = mark === ':' ? CLASSES[name.join('')] : undefined;
      const written = `[${mark}${name.join('')}${mark}]`;
      if (known === undefined) {
        throw refusal(
          `Its ${written} is not a known class of characters.`,
          `Use one of ${Object.keys(CLASSES).join(', ')}, as in [[:digit:]].`,
        );
      }
      tests.push((other) => known.test(other));
      return undefined;
    }
    at += char === '\\' ? 2 : 1;
    return char === '\\' ? (text[at - 1] ?? '\\') : char;
  };
  while (at < text.length) {
    const first = readChar();
    if (first === undefined) continue;
    if (text[at] !== '-' || at + 1 >= text.length) {
      tests.push((char) => char === first);
      continue;
    }
    at += 1;
    const last = readChar();
    if (last === undefined || codeOf(first) > codeOf(last)) {
      throw refusal(
        `Its range ${first}-${last ?? '[:'} matches nothing.`,
        `Write the lower end first, or the dash last, as in [${first}-].`,
      );
    }
    tests.push((char) => codeOf(char) >= codeOf(first) && codeOf(char) <= codeOf(last));
  }
  return (char) => tests.some((test) => test(char)) !== isNegated;
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}

function refusal(message: string, hint: string): GateError {
  return new GateError('invalid-input', 'invalid-glob', message, { hint });
}

/** Whether a name may match that begins with a dot. */
function canBeginWithDot(parts: Parts): boolean {
  const [first, ...rest] = parts;
  if (first?.kind === 'char') return first.char === '.';
  if (first?.kind !== 'group' || first.operator === '!') return false;
  const mayBeEmpty = first.operator === '?' || first.operator === '*' || first.alternatives.some(canBeEmpty);
  return first.alternatives.some(canBeginWithDot) || (mayBeEmpty && canBeginWithDot(rest));
}

function canBeEmpty(parts: Parts): boolean {
  return parts.every(
    (part) =>
      part.kind === 'star' ||
      (part.kind === 'group' &&
        ((part.operator !== '@' && part.operator !== '+') || part.alternatives.some(canBeEmpty))),
  );
}

/** Without groups a star can take as little as lets the rest match up to the next star, so only the last star is tried again: pattern times name at worst. */
function scan(parts: Parts): NameTest {
  const isDotFirst = parts[0]?.kind === 'char' && parts[0].char === '.';
  return (name) => {
    if (name.startsWith('.') && !isDotFirst) return false;
    const chars = Array.from(name);
    let [part, at, star, resume] = [0, 0, -1, 0];
    while (at < chars.length) {
      const current = parts[part];
      const char = chars[at] ?? '';
      if (current?.kind === 'star') {
        star = part;
        part += 1;
        resume = at;
      } else if (current !== undefined && takes(current, char)) {
        part += 1;
        at += 1;
      } else if (star >= 0) {
        part = star + 1;
        resume += 1;
        at = resume;
      } else return false;
    }
    while (parts[part]?.kind === 'star') part += 1;
    return part === parts.length;
  };
}

function takes(part: Part, char: string): boolean {
  return part.kind === 'char' ? part.char === char : part.kind === 'one' && part.takes(char);
}

/** A state of the automaton that a pattern with groups becomes; `next` are states. */
type State =
  | { readonly kind: 'take'; readonly part: Part; readonly next: number }
  | { readonly kind: 'star'; readonly next: number }
  | { readonly kind: 'fork'; readonly next: number[] }
  /** All that leads not from `start` to `end`. */
  | { readonly kind: 'not'; readonly start: number; readonly end: number; readonly next: number }
  | { readonly kind: 'end' };

/** All states are followed at once, so that no pattern is slow: states times characters, and for `!(...)` times characters again. */
function simulation(parts: Parts): NameTest {
  const states: State[] = [{ kind: 'end' }];
  const start = build(parts, 0, states);
  return (name) => {
    const chars = Array.from(name);
    const known = new Map<number, ReadonlySet<number>>();
    const isHidden = chars[0] === '.';
    /** Up to where what begins at `from` may reach. */
    const reach = (first: number, last: number, from: number): ReadonlySet<number> => {
      const active: (Set<number> | undefined)[] = [];
      const activate = (state: number, at: number): void => {
        const there = active[at - from];
        if (there === undefined) active[at - from] = new Set([state]);
        else there.add(state);
      };
      const reached = new Set<number>();
      activate(first, from);
      for (let at = from; at - from < active.length; at += 1) {
        const mustBeDot = at === 0 && isHidden;
        // What is added on the way is visited as well.
        for (const id of active[at - from] ?? []) {
          const state = states[id];
          if (id === last) reached.add(at);
          else if (state?.kind === 'fork') for (const next of state.next) activate(next, at);
          else if (state?.kind === 'take') {
            const { part, next } = state;
            if (at < chars.length && takes(part, chars[at] ?? '') && !(mustBeDot && part.kind === 'one'))
              activate(next, at + 1);
          } else if (state?.kind === 'star' && !mustBeDot) {
            activate(state.next, at);
            if (at < chars.length) activate(id, at + 1);
          } else if (state?.kind === 'not' && !mustBeDot) {
            const key = id * (chars.length + 1) + at;
            const excluded = known.get(key) ?? reach(state.start, state.end, at);
            known.set(key, excluded);
            for (let end = at; end <= chars.length; end += 1) if (!excluded.has(end)) activate(state.next, end);
          }
        }
      }
      return reached;
    };
    return reach(start, 0, 0).has(chars.length);
  };
}

/** Adds the states of `parts`, with `next` behind them. @returns where they begin */
function build(parts: Parts, next: number, states: State[]): number {
  return parts.reduceRight((behind, part) => buildPart(part, behind, states), next);
}

function buildPart(part: Part, next: number, states: State[]): number {
  const add = (state: State): number => states.push(state) - 1;
  if (part.kind === 'star') return add({ kind: 'star', next });
  if (part.kind !== 'group') return add({ kind: 'take', part, next });
  const forkOf = ({ alternatives }: Group, behind: number): number[] =>
    alternatives.map((one) => build(one, behind, states));
  switch (part.operator) {
    case '@':
      return add({ kind: 'fork', next: forkOf(part, next) });
    case '?':
      return add({ kind: 'fork', next: [next, ...forkOf(part, next)] });
    case '!': {
      const end = add({ kind: 'end' });
      return add({ kind: 'not', start: add({ kind: 'fork', next: forkOf(part, end) }), end, next });
    }
    default: {
      const again: number[] = [next];
      const loop = add({ kind: 'fork', next: again });
      const once = forkOf(part, loop);
      again.push(...once);
      return part.operator === '*' ? loop : add({ kind: 'fork', next: once });
    }
  }
}
