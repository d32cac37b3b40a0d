import {
  GateError,
  readPatternLine
} from "./shared-scanner.js";

// src/files/brace-expansion.ts
var MOST_ALTERNATIVES = 1e3;
function expandBraces(text) {
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "$" && text[at + 1] === "{") at = closingBrace(text, at + 1, 0) ?? text.length;
    if (char !== "{") continue;
    const close = closingBrace(text, at, 1);
    const chosen = close === void 0 ? "text" : alternativesOf(text.slice(at + 1, close));
    if (close === void 0 || chosen === "text") continue;
    const rest = expandBraces(text.slice(close + 1));
    if (chosen === void 0 || rest === void 0 || chosen.length * rest.length > MOST_ALTERNATIVES) return void 0;
    const before = text.slice(0, at);
    return chosen.flatMap((one) => rest.map((after) => before + one + after));
  }
  return [text];
}
function alternativesOf(content) {
  const parts = splitAtCommas(content);
  if (parts.length === 1) return rangeOf(content);
  const words = [];
  for (const part of parts) {
    const expanded = expandBraces(part);
    if (expanded === void 0) return void 0;
    words.push(...expanded);
    if (words.length > MOST_ALTERNATIVES) return void 0;
  }
  return words;
}
function closingBrace(text, open, least) {
  let depth = 0;
  let separators = 0;
  for (let at = open + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "{") depth += 1;
    else if (char === "}" && depth > 0) depth -= 1;
    else if (char === "}" && separators >= least) return at;
    else if (depth === 0 && (char === "," || text.startsWith("..", at) && text[at + 2] !== "}")) separators += 1;
  }
  return void 0;
}
function splitAtCommas(content) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < content.length; at += 1) {
    const char = content[at];
    if (char === "\\") at += 1;
    else if (char === "{") depth += 1;
    else if (char === "}" && depth > 0) depth -= 1;
    else if (char === "," && depth === 0) {
      parts.push(content.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(content.slice(start));
  return parts;
}
var NUMBERS = /^([-+]?\d{1,15})\.\.([-+]?\d{1,15})(?:\.\.([-+]?\d{1,15}))?$/;
var LETTERS = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.([-+]?\d{1,15}))?$/;
function rangeOf(content) {
  const numbers = NUMBERS.exec(content);
  if (numbers !== null) {
    const [, first2 = "", last2 = "", by2] = numbers;
    const isPadded = [first2, last2].some((text) => /^[-+]?0\d/.test(text));
    const width = isPadded ? Math.max(first2.replace("+", "").length, last2.replace("+", "").length) : 0;
    return sequence(Number(first2), Number(last2), by2)?.map((value) => padded(value, width));
  }
  const letters = LETTERS.exec(content);
  if (letters === null) return "text";
  const [, first = "", last = "", by] = letters;
  return sequence(first.charCodeAt(0), last.charCodeAt(0), by)?.map(
    (code) => String.fromCharCode(code).replace(/[^A-Za-z]/, "\\$&")
  );
}
function sequence(first, last, by) {
  const step = Math.abs(Number(by ?? 1)) || 1;
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  if (count > MOST_ALTERNATIVES) return void 0;
  const direction = last < first ? -step : step;
  return Array.from({ length: count }, (_, index) => first + index * direction);
}
function padded(value, width) {
  const sign = value < 0 ? "-" : "";
  return sign + String(Math.abs(value)).padStart(width - sign.length, "0");
}

// src/files/segment.ts
function parseSegment(text) {
  if (text === "**") return { kind: "folders" };
  const parts = parseParts(Array.from(text), 0);
  const names = parts.map((part) => part.kind === "char" ? part.char : void 0);
  if (names.every((char) => char !== void 0)) return { kind: "name", name: names.join("") };
  const matches = parts.some((part) => part.kind === "group") ? simulation(parts) : scan(parts);
  return { kind: "names", matches, canBeHidden: canBeginWithDot(parts), isStar: text === "*" };
}
function closingParenthesis(text, from) {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "[") {
      const end = bracketEnd(text, at);
      if (end === void 0) return void 0;
      at = end - 1;
    } else if (char === "(") depth += 1;
    else if (char === ")") {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return void 0;
}
function opensGroup(text, at) {
  return text[at + 1] === "(" && "?*+@!".includes(text[at] ?? " ");
}
var DEEPEST = 20;
function parseParts(text, depth) {
  if (depth > DEEPEST) throw refusal(`Its groups nest deeper than ${DEEPEST} levels.`, "Write several patterns.");
  const parts = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (opensGroup(text, at)) {
      const close = closingParenthesis(text, at + 2);
      if (close === void 0) {
        throw refusal(
          `Its ${char}( has no closing parenthesis, or a [ in it has no closing bracket.`,
          `Close it, or write \\${char} where a name has it.`
        );
      }
      const alternatives = splitAtBars(text.slice(at + 2, close)).map((one) => parseParts(one, depth + 1));
      parts.push({ kind: "group", operator: char, alternatives });
      at = close;
    } else if (char === "*") {
      if (parts.at(-1)?.kind !== "star") parts.push({ kind: "star" });
    } else if (char === "?") {
      parts.push({ kind: "one", takes: () => true });
    } else if (char === "[" && bracketEnd(text, at) !== void 0) {
      const end = bracketEnd(text, at) ?? at;
      parts.push({ kind: "one", takes: parseBracket(text.slice(at + 1, end - 1)) });
      at = end - 1;
    } else if (char === "\\" && at + 1 < text.length) {
      at += 1;
      parts.push({ kind: "char", char: text[at] ?? "" });
    } else {
      parts.push({ kind: "char", char });
    }
  }
  return parts;
}
function splitAtBars(text) {
  const alternatives = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === "[") at = (bracketEnd(text, at) ?? at + 1) - 1;
    else if (char === "(") at = closingParenthesis(text, at + 1) ?? at;
    else if (char === "|") {
      alternatives.push(text.slice(start, at));
      start = at + 1;
    }
  }
  alternatives.push(text.slice(start));
  return alternatives;
}
function bracketEnd(text, open) {
  let at = open + 1;
  if (text[at] === "!" || text[at] === "^") at += 1;
  for (let isFirst = true; at < text.length; at += 1, isFirst = false) {
    const char = text[at];
    if (char === "]" && !isFirst) return at + 1;
    if (char === "\\") at += 1;
    else if (char === "[" && ":.=".includes(text[at + 1] ?? " ")) at = namedEnd(text, at) ?? at;
  }
  return void 0;
}
function namedEnd(text, open) {
  const mark = text[open + 1];
  for (let at = open + 2; at + 1 < text.length; at += 1) {
    if (text[at] === mark && text[at + 1] === "]") return at + 1;
    if (text[at] === "]" && mark === ":") return void 0;
  }
  return void 0;
}
var CLASSES = {
  alnum: /[\p{Alphabetic}\p{Nd}]/u,
  alpha: new RegExp("\\p{Alphabetic}", "u"),
  ascii: /[\0-\x7f]/,
  blank: /[ \t]/,
  cntrl: new RegExp("\\p{Cc}", "u"),
  digit: /[0-9]/,
  graph: /[^\p{C}\p{Z}]/u,
  lower: new RegExp("\\p{Lowercase}", "u"),
  print: /[^\p{C}\p{Zl}\p{Zp}]/u,
  punct: /[\p{P}\p{S}]/u,
  space: /\s/,
  upper: new RegExp("\\p{Uppercase}", "u"),
  word: /[\p{Alphabetic}\p{Nd}_]/u,
  xdigit: /[0-9A-Fa-f]/
};
function parseBracket(text) {
  const isNegated = text[0] === "!" || text[0] === "^";
  const tests = [];
  let at = isNegated ? 1 : 0;
  const readChar = () => {
    const char = text[at] ?? "";
    const end = char === "[" && ":.=".includes(text[at + 1] ?? " ") ? namedEnd(text, at) : void 0;
    if (end !== void 0) {
      const [mark, name] = [text[at + 1], text.slice(at + 2, end - 1)];
      at = end + 1;
      if (mark === "." && name.length === 1) return name[0];
      const known = mark === ":" ? CLASSES[name.join("")] : void 0;
      const written = `[${mark}${name.join("")}${mark}]`;
      if (known === void 0) {
        throw refusal(
          `Its ${written} is not a known class of characters.`,
          `Use one of ${Object.keys(CLASSES).join(", ")}, as in [[:digit:]].`
        );
      }
      tests.push((other) => known.test(other));
      return void 0;
    }
    at += char === "\\" ? 2 : 1;
    return char === "\\" ? text[at - 1] ?? "\\" : char;
  };
  while (at < text.length) {
    const first = readChar();
    if (first === void 0) continue;
    if (text[at] !== "-" || at + 1 >= text.length) {
      tests.push((char) => char === first);
      continue;
    }
    at += 1;
    const last = readChar();
    if (last === void 0 || codeOf(first) > codeOf(last)) {
      throw refusal(
        `Its range ${first}-${last ?? "[:"} matches nothing.`,
        `Write the lower end first, or the dash last, as in [${first}-].`
      );
    }
    tests.push((char) => codeOf(char) >= codeOf(first) && codeOf(char) <= codeOf(last));
  }
  return (char) => tests.some((test) => test(char)) !== isNegated;
}
function codeOf(char) {
  return char.codePointAt(0) ?? 0;
}
function refusal(message, hint) {
  return new GateError("invalid-input", "invalid-glob", message, { hint });
}
function canBeginWithDot(parts) {
  const [first, ...rest] = parts;
  if (first?.kind === "char") return first.char === ".";
  if (first?.kind !== "group" || first.operator === "!") return false;
  const mayBeEmpty = first.operator === "?" || first.operator === "*" || first.alternatives.some(canBeEmpty);
  return first.alternatives.some(canBeginWithDot) || mayBeEmpty && canBeginWithDot(rest);
}
function canBeEmpty(parts) {
  return parts.every(
    (part) => part.kind === "star" || part.kind === "group" && (part.operator !== "@" && part.operator !== "+" || part.alternatives.some(canBeEmpty))
  );
}
function scan(parts) {
  const isDotFirst = parts[0]?.kind === "char" && parts[0].char === ".";
  return (name) => {
    if (name.startsWith(".") && !isDotFirst) return false;
    const chars = Array.from(name);
    let [part, at, star, resume] = [0, 0, -1, 0];
    while (at < chars.length) {
      const current = parts[part];
      const char = chars[at] ?? "";
      if (current?.kind === "star") {
        star = part;
        part += 1;
        resume = at;
      } else if (current !== void 0 && takes(current, char)) {
        part += 1;
        at += 1;
      } else if (star >= 0) {
        part = star + 1;
        resume += 1;
        at = resume;
      } else return false;
    }
    while (parts[part]?.kind === "star") part += 1;
    return part === parts.length;
  };
}
function takes(part, char) {
  return part.kind === "char" ? part.char === char : part.kind === "one" && part.takes(char);
}
function simulation(parts) {
  const states = [{ kind: "end" }];
  const start = build(parts, 0, states);
  return (name) => {
    const chars = Array.from(name);
    const known = /* @__PURE__ */ new Map();
    const isHidden = chars[0] === ".";
    const reach = (first, last, from) => {
      const active = [];
      const activate = (state, at) => {
        const there = active[at - from];
        if (there === void 0) active[at - from] = /* @__PURE__ */ new Set([state]);
        else there.add(state);
      };
      const reached = /* @__PURE__ */ new Set();
      activate(first, from);
      for (let at = from; at - from < active.length; at += 1) {
        const mustBeDot = at === 0 && isHidden;
        for (const id of active[at - from] ?? []) {
          const state = states[id];
          if (id === last) reached.add(at);
          else if (state?.kind === "fork") for (const next of state.next) activate(next, at);
          else if (state?.kind === "take") {
            const { part, next } = state;
            if (at < chars.length && takes(part, chars[at] ?? "") && !(mustBeDot && part.kind === "one"))
              activate(next, at + 1);
          } else if (state?.kind === "star" && !mustBeDot) {
            activate(state.next, at);
            if (at < chars.length) activate(id, at + 1);
          } else if (state?.kind === "not" && !mustBeDot) {
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
function build(parts, next, states) {
  return parts.reduceRight((behind, part) => buildPart(part, behind, states), next);
}
function buildPart(part, next, states) {
  const add = (state) => states.push(state) - 1;
  if (part.kind === "star") return add({ kind: "star", next });
  if (part.kind !== "group") return add({ kind: "take", part, next });
  const forkOf = ({ alternatives }, behind) => alternatives.map((one) => build(one, behind, states));
  switch (part.operator) {
    case "@":
      return add({ kind: "fork", next: forkOf(part, next) });
    case "?":
      return add({ kind: "fork", next: [next, ...forkOf(part, next)] });
    case "!": {
      const end = add({ kind: "end" });
      return add({ kind: "not", start: add({ kind: "fork", next: forkOf(part, end) }), end, next });
    }
    default: {
      const again = [next];
      const loop = add({ kind: "fork", next: again });
      const once = forkOf(part, loop);
      again.push(...once);
      return part.operator === "*" ? loop : add({ kind: "fork", next: once });
    }
  }
}

// src/files/glob.ts
var LONGEST = 4096;
function parseGlob(line) {
  const { excludes, pattern } = readPatternLine(line);
  return { pattern: line, excludes, words: wordsOf(pattern) };
}
function parseGlobs(lines, place) {
  const globs = [];
  const problems = [];
  for (const line of lines) {
    try {
      globs.push(parseGlob(line));
    } catch (thrown) {
      if (!(thrown instanceof GateError)) throw thrown;
      const { message, hint } = thrown;
      problems.push({
        place,
        message: `The pattern ${line} cannot be read. ${message}`,
        hint
      });
    }
  }
  return { globs, problems };
}
function orAsWritten(glob) {
  return { ...glob, words: [...glob.words, pathWord(readPatternLine(glob.pattern).pattern)] };
}
function pathWord(text) {
  return wordOf(text, (name) => ({ kind: "name", name }));
}
function wordsOf(pattern) {
  if (pattern.length > LONGEST) {
    throw refusal2(`It has ${pattern.length} characters; at most ${LONGEST} are read.`, "Write several patterns.");
  }
  const texts = expandBraces(pattern);
  if (texts === void 0) {
    throw refusal2(
      `Its braces stand for more than ${MOST_ALTERNATIVES} patterns.`,
      "Use a star, or a class such as [0-9]."
    );
  }
  if (texts.includes("")) {
    throw refusal2(
      "It, or an alternative in its braces, is empty.",
      "Remove the empty alternative; for the working directory write a dot."
    );
  }
  return [...new Set(texts)].map((text) => wordOf(text, parseSegment));
}
function wordOf(text, parse) {
  const segments = [];
  for (const part of parse === parseSegment ? splitAtSlashes(text) : text.split("/")) {
    const segment = parse(part);
    if (segment.kind === "name" && (segment.name === "" || segment.name === ".")) continue;
    const last = segments.at(-1);
    if (isParent(segment) && last !== void 0 && !isParent(last)) {
      if (last.kind !== "name") throw refusal2("It has .. behind a pattern.", "Write .. only at the beginning.");
      segments.pop();
    } else if (segment.kind !== "folders" || last?.kind !== "folders") segments.push(segment);
  }
  const isPath = segments.every(({ kind }) => kind === "name");
  return {
    text,
    isAbsolute: text.startsWith("/"),
    segments,
    isPath,
    // Two stars mean what is in those folders, with a slash or without.
    meansFolders: !isPath && /\/\.?$/.test(text) && segments.at(-1)?.kind !== "folders"
  };
}
function isParent(segment) {
  return segment.kind === "name" && segment.name === "..";
}
function splitAtSlashes(text) {
  const parts = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\\" && text[at + 1] !== "/") at += 1;
    else if (opensGroup(text, at)) {
      const close = closingParenthesis(text, at + 2);
      if (close === void 0) continue;
      if (text.slice(at, close).includes("/")) {
        throw refusal2(
          `Its group ${text.slice(at, close + 1)} has a slash, and a group matches within one name.`,
          "Write the alternatives in braces, for example {a,b/c}."
        );
      }
      at = close;
    } else if (text[at] === "/") {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
function refusal2(message, hint) {
  return new GateError("invalid-input", "invalid-glob", message, { hint });
}
function startOf(segments) {
  return enter(segments, 0, /* @__PURE__ */ new Set());
}
function advance(segments, position, name, next) {
  const segment = segments[position];
  if (segment === void 0) return;
  if (segment.kind === "folders") {
    if (name.startsWith(".")) return;
    enter(segments, position, next);
    if (position === segments.length - 1) next.add(segments.length);
  } else if (segment.kind === "name" ? segment.name === name : segment.matches(name)) {
    enter(segments, position + 1, next);
  }
}
function enter(segments, position, positions) {
  positions.add(position);
  if (segments[position]?.kind === "folders" && position < segments.length - 1) positions.add(position + 1);
  return positions;
}
function pathMatcher(globs) {
  const [excluding, choosing] = [globs.filter(({ excludes }) => excludes), globs.filter(({ excludes }) => !excludes)];
  return (path) => {
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    const isMeant = ({ words }) => words.some((word) => meansFile(word, names, path.startsWith("/")));
    const isChosen = choosing.length > 0 ? choosing.some(isMeant) : excluding.length > 0 && !names.some((name) => name.startsWith("."));
    return isChosen && !excluding.some(isMeant);
  };
}
function meansFile(word, names, isAbsolute) {
  const { segments } = word;
  if (word.isAbsolute !== isAbsolute) return false;
  let positions = startOf(segments);
  for (const name of names) {
    if (positions.has(segments.length) && name !== ".." && (word.isPath || word.meansFolders)) return true;
    const next = /* @__PURE__ */ new Set();
    for (const position of positions) advance(segments, position, name, next);
    if (next.size === 0) return false;
    positions = next;
  }
  return positions.has(segments.length) && !word.meansFolders;
}

export {
  parseGlobs,
  orAsWritten,
  pathWord,
  startOf,
  advance,
  pathMatcher
};
