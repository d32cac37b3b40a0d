import {
  EVERYTHING,
  GO_SPACES,
  LF,
  SPACE,
  TAB,
  Unreadable,
  beginsLikeJson,
  isByteOrderMark,
  isNotText,
  readJson,
  readYaml,
  recordKeys,
  scalarValue,
  wantedField
} from "./shared-scanner.js";

// src/yaml/plain.ts
var Class = { ordinary: 0, lineEnd: 1, colon: 2, hash: 3, multiByte: 4, foreign: 5 };
var classes = new Uint8Array(256);
classes.fill(Class.foreign, 0, SPACE);
classes[LF] = Class.lineEnd;
classes[58] = Class.colon;
classes[35] = Class.hash;
classes[127] = Class.foreign;
for (const byte of [194, 226, 239]) classes[byte] = Class.multiByte;
var wordStarts = bytesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.$(^~=<+;");
var keyBytes = bytesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.-");
var flowBytes = bytesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.-=+@$()^~<>;*&%!|");
var LONGEST_KEY = 500;
var DEEPEST = 200;
function readPlainYaml(bytes, wantedOfRoot) {
  const size = bytes.length;
  const keys = recordKeys(bytes);
  const levels = [];
  let depth = 0;
  let root;
  let awaits = false;
  let awaitedWanted;
  let awaitedName = "";
  let awaitedAt = 0;
  let at = 0;
  let lineStart = 0;
  function open(column, isSequence, start) {
    const wanted = depth === 0 ? wantedOfRoot : awaitedWanted;
    const node = wanted === void 0 ? void 0 : isSequence ? { kind: "sequence", at: start, items: [] } : { kind: "mapping", at: start, fields: [] };
    if (depth === 0) root = node;
    else if (node !== void 0) attach(node);
    awaits = false;
    let level = levels[depth];
    if (level === void 0) {
      level = { column, isSequence, wanted, node, keys: 0 };
      levels.push(level);
    } else {
      level.column = column;
      level.isSequence = isSequence;
      level.wanted = wanted;
      level.node = node;
    }
    level.keys = keys.open();
    depth += 1;
    return level;
  }
  function attach(value2) {
    const parent = levels[depth - 1]?.node;
    if (parent?.kind === "mapping") parent.fields.push({ at: awaitedAt, name: awaitedName, merges: false, value: value2 });
    else if (parent?.kind === "sequence") parent.items.push(value2);
  }
  function giveUpAwaiting() {
    if (awaits && awaitedWanted !== void 0) attach({ kind: "null", at: awaitedAt });
    awaits = false;
  }
  function closeTo(column) {
    let level = levels[depth - 1];
    while (level !== void 0 && level.column > column) {
      keys.close(level.keys);
      depth -= 1;
      level = levels[depth - 1];
    }
  }
  function endLine() {
    while (bytes[at] === SPACE) at += 1;
    if (bytes[at] === 35 && (at === lineStart || bytes[at - 1] === SPACE)) return skipText();
    if (at >= size) return true;
    if (bytes[at] !== LF) return false;
    at += 1;
    return true;
  }
  function skipText() {
    for (; ; ) {
      const byte = bytes[at];
      if (byte === void 0) return true;
      const kind = classes[byte];
      at += 1;
      if (kind === Class.lineEnd) return true;
      if (kind === Class.foreign && byte !== TAB) return false;
      if (kind === Class.multiByte && !isLetter(bytes, at - 1)) return false;
    }
  }
  function isContinued() {
    let next = at;
    for (; ; ) {
      const start = next;
      while (bytes[next] === SPACE) next += 1;
      if (bytes[next] === 35) return false;
      if (bytes[next] !== LF) return next < size && next - start > (levels[depth - 1]?.column ?? 0);
      next += 1;
    }
  }
  function plainScalar(isWanted) {
    const start = at;
    let end = at;
    for (; ; ) {
      const kind = classes[bytes[at] ?? LF];
      if (kind === Class.ordinary) {
        if (bytes[at] !== SPACE) end = at + 1;
        at += 1;
        continue;
      }
      if (kind === Class.lineEnd) break;
      if (kind === Class.colon) {
        const next = bytes[at + 1];
        if (next === void 0 || next === SPACE || next === LF) return false;
      } else if (kind === Class.hash) {
        if (bytes[at - 1] === SPACE) break;
      } else if (kind === Class.foreign || !isLetter(bytes, at)) {
        return false;
      }
      at += 1;
      end = at;
    }
    const commented = bytes[at] === 35;
    if (!endLine()) return false;
    if (isContinued()) {
      if (isWanted || commented) return false;
      return continuePlain() ? void 0 : false;
    }
    const first = bytes[start];
    const second = bytes[start + 1];
    if (!isWanted && first !== 46 && !((first === 43 || first === 45) && second === 46)) return void 0;
    const text = bytes.toString("latin1", start, end);
    if (isWanted)
      return scalarValue(start, isAscii(text) ? text : bytes.toString("utf8", start, end), true, void 0, false);
    return end - start <= 5 ? false : void 0;
  }
  function continuePlain() {
    while (isContinued()) {
      while (bytes[at] === SPACE || bytes[at] === LF) at += 1;
      for (; ; ) {
        const kind = classes[bytes[at] ?? LF];
        if (kind === Class.lineEnd) break;
        if (kind === Class.colon) {
          const next = bytes[at + 1];
          if (next === void 0 || next === SPACE || next === LF) return false;
        } else if (kind === Class.hash) {
          if (bytes[at - 1] === SPACE) return false;
        } else if (kind === Class.foreign || kind === Class.multiByte && !isLetter(bytes, at)) {
          return false;
        }
        at += 1;
      }
      at += 1;
    }
    return true;
  }
  function quotedScalar(isWanted) {
    const start = at;
    const quote = bytes[at];
    at += 1;
    for (; ; ) {
      const byte = bytes[at];
      if (byte === void 0) return false;
      if (byte === quote) {
        if (quote === 34 || bytes[at + 1] !== quote) break;
        if (isWanted) return false;
        at += 2;
        continue;
      }
      if (byte === 92 && quote === 34) {
        const letter = bytes[at + 1];
        if (isWanted || letter !== 92 && letter !== 34 && letter !== 110 && letter !== 116) return false;
        at += 2;
        continue;
      }
      const kind = classes[byte];
      if (kind === Class.foreign && byte !== TAB) return false;
      if (kind === Class.multiByte && !isLetter(bytes, at)) return false;
      at += 1;
      if (byte === LF && (isWanted || bytes[at] === 46 || bytes[at] === 45)) return false;
    }
    at += 1;
    const end = at;
    if (!endLine()) return false;
    return isWanted ? { kind: "string", at: start, text: bytes.toString("utf8", start + 1, end - 1) } : void 0;
  }
  function blockScalar() {
    at += 1;
    if (bytes[at] === 45 || bytes[at] === 43) at += 1;
    if (bytes[at] !== SPACE && bytes[at] !== LF && at < size) return false;
    if (!endLine()) return false;
    const least = (levels[depth - 1]?.column ?? 0) + 1;
    let column = 0;
    for (; ; ) {
      const start = at;
      while (bytes[at] === SPACE) at += 1;
      const width = at - start;
      if (at >= size) return true;
      if (bytes[at] === LF) {
        if (column === 0 && width > 0) return false;
        at += 1;
        continue;
      }
      if (bytes[at] === TAB && (column === 0 || width < column)) return false;
      if (column === 0 ? width < least : width < column) {
        at = start;
        return true;
      }
      if (column === 0) column = width;
      if (!skipText()) return false;
    }
  }
  function flowCollection(nested) {
    const isMapping = bytes[at] === 123;
    const close = isMapping ? 125 : 93;
    if (nested > 20) return false;
    const opened = keys.open();
    at += 1;
    for (let first = true; ; first = false) {
      while (bytes[at] === SPACE) at += 1;
      if (bytes[at] === close) break;
      if (!first) {
        if (bytes[at] !== 44) return false;
        at += 1;
        while (bytes[at] === SPACE) at += 1;
        if (bytes[at] === close) break;
      }
      if (isMapping) {
        const start = at;
        while (keyBytes[bytes[at] ?? 0] === 1) at += 1;
        if (at === start || wordStarts[bytes[start] ?? 0] !== 1 || bytes[at] !== 58 || bytes[at + 1] !== SPACE)
          return false;
        if (mayMeanMore(bytes, start, at)) return false;
        keys.add(opened, start, at);
        at += 2;
        while (bytes[at] === SPACE) at += 1;
      }
      if (!flowValue(nested)) return false;
    }
    keys.close(opened);
    at += 1;
    return true;
  }
  function flowValue(nested) {
    const byte = bytes[at];
    if (byte === 123 || byte === 91) return flowCollection(nested + 1);
    if (byte === 34 || byte === 39) {
      at += 1;
      for (; ; ) {
        const inner = bytes[at] ?? LF;
        if (inner === byte) break;
        const kind = classes[inner];
        if (kind === Class.lineEnd || kind === Class.foreign || inner === 92) return false;
        if (kind === Class.multiByte && !isLetter(bytes, at)) return false;
        at += 1;
      }
      at += 1;
      return bytes[at] === SPACE || bytes[at] === 44 || bytes[at] === 93 || bytes[at] === 125;
    }
    const start = at;
    if (wordStarts[byte ?? 0] !== 1 || byte === 46 || byte === 43) return false;
    while (flowBytes[bytes[at] ?? 0] === 1) at += 1;
    return at > start;
  }
  function value(wanted) {
    while (bytes[at] === SPACE) at += 1;
    const byte = bytes[at] ?? LF;
    awaitedWanted = wanted;
    if (byte === LF || byte === 35) {
      awaits = true;
      return endLine();
    }
    if (byte === 34 || byte === 39) return taken(quotedScalar(wanted !== void 0));
    if (wordStarts[byte] === 1 || byte >= 128) return taken(plainScalar(wanted !== void 0));
    if (byte === 45) {
      const next = bytes[at + 1];
      return next !== void 0 && (wordStarts[next] === 1 || next === 45) && taken(plainScalar(wanted !== void 0));
    }
    if (wanted !== void 0) return false;
    if (byte === 124 || byte === 62) return blockScalar();
    if (byte === 91 || byte === 123) return flowCollection(0) && endLine();
    return false;
  }
  function taken(scalar) {
    if (scalar === false) return false;
    if (scalar !== void 0) attach(scalar);
    return true;
  }
  function field(level) {
    const start = at;
    if (wordStarts[bytes[at] ?? 0] !== 1) return false;
    while (keyBytes[bytes[at] ?? 0] === 1) at += 1;
    const next = bytes[at + 1];
    if (bytes[at] !== 58 || next !== void 0 && next !== SPACE && next !== LF) return false;
    if (at === start || at - start > LONGEST_KEY || mayMeanMore(bytes, start, at)) return false;
    keys.add(level.keys, start, at);
    let wanted;
    awaitedAt = start;
    if (level.wanted !== void 0) {
      awaitedName = bytes.toString("latin1", start, at);
      if (isNotText(awaitedName)) return false;
      wanted = wantedField(level.wanted, awaitedName);
    }
    at += 1;
    return value(wanted);
  }
  if (bytes[0] === 45 && bytes[1] === 45 && bytes[2] === 45) {
    at = 3;
    if (!endLine()) return void 0;
  }
  while (at < size) {
    lineStart = at;
    while (bytes[at] === SPACE) at += 1;
    if (bytes[at] === LF) {
      at += 1;
      continue;
    }
    if (at >= size) break;
    if (bytes[at] === 35) {
      if (!skipText()) return void 0;
      continue;
    }
    for (; ; ) {
      const column = at - lineStart;
      const isEntry = bytes[at] === 45 && (bytes[at + 1] === SPACE || bytes[at + 1] === LF || at + 1 >= size);
      const top = levels[depth - 1];
      let level;
      if (depth === 0) {
        if (column !== 0 || root !== void 0) return void 0;
        level = open(0, isEntry, at);
      } else if (awaits && top !== void 0 && (column > top.column || isEntry && !top.isSequence && column === top.column)) {
        if (depth >= DEEPEST) return void 0;
        level = open(column, isEntry, at);
      } else {
        giveUpAwaiting();
        closeTo(column);
        let innermost = levels[depth - 1];
        if (!isEntry && innermost?.isSequence && innermost.column === column) {
          depth -= 1;
          innermost = levels[depth - 1];
        }
        if (innermost === void 0 || innermost.column !== column || innermost.isSequence !== isEntry)
          return void 0;
        level = innermost;
      }
      if (!isEntry) {
        if (!field(level)) return void 0;
        break;
      }
      awaitedAt = at;
      at += 1;
      while (bytes[at] === SPACE) at += 1;
      awaitedWanted = level.wanted?.items;
      const nestsEntry = bytes[at] === 45 && (bytes[at + 1] === SPACE || bytes[at + 1] === LF);
      if (nestsEntry || beginsField(bytes, at)) {
        awaits = true;
        continue;
      }
      if (!value(awaitedWanted)) return void 0;
      break;
    }
  }
  giveUpAwaiting();
  return { root, repeatedKeys: keys.repeated };
}
function beginsField(bytes, from) {
  let at = from;
  while (keyBytes[bytes[at] ?? 0] === 1) at += 1;
  if (at === from || bytes[at] !== 58) return false;
  const next = bytes[at + 1];
  return next === void 0 || next === SPACE || next === LF;
}
function mayMeanMore(bytes, start, end) {
  if (end - start >= 18) return (bytes[start] ?? 0) >= 48 && (bytes[start] ?? 0) <= 57;
  return end - start === 4 && ((bytes[start] ?? 0) | 32) === 110 && ((bytes[end - 1] ?? 0) | 32) === 108;
}
function isLetter(bytes, at) {
  const next = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  switch (bytes[at]) {
    case 194:
      return next >= 160;
    case 226:
      return !(next === 128 && (third === 168 || third === 169));
    case 239:
      return !(next === 191 && third >= 190) && !(next === 187 && third === 191);
    default:
      return true;
  }
}
function isAscii(text) {
  return /^[\x20-\x7e]*$/.test(text);
}
function bytesOf(characters) {
  const members = new Uint8Array(256);
  for (const character of characters) members[character.charCodeAt(0)] = 1;
  return members;
}

// src/yaml/documents.ts
var LF2 = 10;
var DASH = 45;
var PEEKED = 4096;
function* documentsOf(bytes, wanted) {
  let from = 0;
  if (beginsLikeJson(bytes.subarray(0, PEEKED))) {
    let count = 0;
    for (; ; ) {
      const outcome = attempt(() => readJson(bytes, from, wanted));
      if (outcome instanceof Unreadable) {
        const next = count > 1 ? -1 : afterLineBreak(bytes, from);
        if (next < 0) {
          yield unreadable(outcome);
          return;
        }
        from = next;
        break;
      }
      if (outcome === void 0) return;
      count += 1;
      from = outcome.end;
      if (outcome.root.kind !== "null") {
        yield {
          kind: "object",
          root: outcome.root,
          start: outcome.root.at,
          offset: 0,
          repeatedKeys: outcome.repeatedKeys,
          tree: jsonTree(bytes, outcome.root)
        };
      }
    }
  }
  yield* yamlDocuments(bytes, from, wanted);
}
function* yamlDocuments(bytes, from, wanted) {
  let start = from;
  let line = from;
  for (; ; ) {
    const mark = nextMark(bytes, line);
    const end = mark < 0 ? bytes.length : mark;
    if (end > start) yield* yamlDocument(bytes, start, end, wanted);
    if (mark < 0) return;
    const lineEnd = bytes.indexOf(LF2, mark);
    line = lineEnd < 0 ? bytes.length : lineEnd + 1;
    const trailing = bytes.toString("utf8", mark + 3, line).trim();
    if (trailing !== "" && !trailing.startsWith("#")) {
      const message = "only a comment may follow '---' on its line for kubectl";
      yield unreadable(new Unreadable(mark, message, `${message}, not ${JSON.stringify(trailing)}`));
    }
    start = end > start ? line : mark;
    if (line >= bytes.length) return;
  }
}
function* yamlDocument(bytes, start, end, wanted) {
  const offset = isByteOrderMark(bytes, start) ? start + 3 : start;
  const text = endedLines(bytes.subarray(offset, end));
  const outcome = attempt(() => readPlainYaml(text, wanted) ?? readYaml(text, wanted));
  if (outcome instanceof Unreadable) {
    yield unreadable(outcome, offset, end);
    return;
  }
  if (outcome.root !== void 0 && outcome.root.kind !== "null") {
    const { root, repeatedKeys } = outcome;
    yield { kind: "object", root, start: offset, offset, repeatedKeys, tree: yamlTree(text, root) };
  }
  if (outcome.rest === void 0) return;
  const dropped = findContent(text, outcome.rest);
  if (dropped >= 0) yield { kind: "dropped", at: offset + dropped };
}
function jsonTree(bytes, root) {
  return () => readJson(bytes, root.at, EVERYTHING)?.root ?? root;
}
function yamlTree(text, root) {
  return () => readYaml(text, EVERYTHING).root ?? root;
}
var NO_CONTENT = /[ \t\r\n\u0085\u2028\u2029\ufeff]+|(?:---|\.\.\.)(?![^ \t\r\n\u0085\u2028\u2029])|[%#][^\r\n\u0085\u2028\u2029]*/y;
function findContent(bytes, from) {
  const text = bytes.toString("utf8", from);
  let at = 0;
  for (NO_CONTENT.lastIndex = 0; NO_CONTENT.test(text); at = NO_CONTENT.lastIndex) ;
  return at === text.length ? -1 : from + Buffer.byteLength(text.slice(0, at));
}
function endedLines(text) {
  return text.at(-1) === LF2 ? text : Buffer.concat([text, Buffer.of(LF2)]);
}
function unreadable({ at, message, quoting }, offset = 0, end = Number.POSITIVE_INFINITY) {
  return { kind: "unreadable", at: Math.min(offset + at, end), message, quoting };
}
function attempt(read) {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof Unreadable) return thrown;
    throw thrown;
  }
}
function nextMark(bytes, from) {
  if (bytes[from] === DASH && bytes[from + 1] === DASH && bytes[from + 2] === DASH) return from;
  const found = bytes.indexOf("\n---", from, "latin1");
  return found < 0 ? -1 : found + 1;
}
function afterLineBreak(bytes, from) {
  let at = from;
  for (; ; ) {
    if (bytes.length - at < 4) return -1;
    const [character = ""] = bytes.toString("utf8", at, at + 4);
    if (!GO_SPACES.test(character)) return at;
    at += Buffer.byteLength(character);
    if (character === "\n") return at;
  }
}

export {
  documentsOf
};
