import {
  EVERYTHING,
  GO_SPACES,
  LF,
  SPACE,
  Style,
  TAB,
  TooManyParts,
  Unreadable,
  addField,
  addItem,
  beginsLikeJson,
  decodeWord,
  isByteOrderMark,
  isNotText,
  readJson,
  readYaml,
  recordKeys,
  scalarText,
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
  const scan = {
    bytes,
    size: bytes.length,
    keys: recordKeys(bytes),
    levels: [],
    wantedOfRoot,
    depth: 0,
    root: void 0,
    awaits: false,
    awaitedWanted: void 0,
    awaitedName: "",
    awaitedAt: 0,
    at: 0,
    lineStart: 0,
    continuedTo: 0
  };
  if (bytes[0] === 45 && bytes[1] === 45 && bytes[2] === 45) {
    scan.at = 3;
    if (!endLine(scan)) return void 0;
  }
  while (scan.at < scan.size) if (!readLine(scan)) return void 0;
  giveUpAwaiting(scan);
  return { root: scan.root, repeatedKeys: scan.keys.repeated };
}
function readLine(scan) {
  const { bytes } = scan;
  scan.lineStart = scan.at;
  while (bytes[scan.at] === SPACE) scan.at += 1;
  if (bytes[scan.at] === LF) {
    scan.at += 1;
    return true;
  }
  if (scan.at >= scan.size) return true;
  if (bytes[scan.at] === 35) return skipText(scan);
  for (; ; ) {
    const isEntry = beginsEntry(bytes, scan.at);
    const level = levelAt(scan, scan.at - scan.lineStart, isEntry);
    if (level === void 0) return false;
    if (!isEntry) return field(scan, level);
    scan.awaitedAt = scan.at;
    scan.at += 1;
    while (bytes[scan.at] === SPACE) scan.at += 1;
    scan.awaitedWanted = level.wanted?.items;
    const isNested = scan.at < scan.size && (beginsEntry(bytes, scan.at) || beginsField(bytes, scan.at));
    if (!isNested) return value(scan, scan.awaitedWanted);
    scan.awaits = true;
  }
}
function levelAt(scan, column, isEntry) {
  const top = scan.levels[scan.depth - 1];
  if (scan.depth === 0 || top === void 0) {
    return column === 0 && scan.root === void 0 ? open(scan, 0, isEntry, scan.at) : void 0;
  }
  if (scan.awaits && (column > top.column || isEntry && !top.isSequence && column === top.column)) {
    return scan.depth < DEEPEST ? open(scan, column, isEntry, scan.at) : void 0;
  }
  giveUpAwaiting(scan);
  closeTo(scan, column);
  let innermost = scan.levels[scan.depth - 1];
  if (!isEntry && innermost?.isSequence && innermost.column === column) {
    scan.keys.close();
    scan.depth -= 1;
    innermost = scan.levels[scan.depth - 1];
  }
  return innermost?.column === column && innermost.isSequence === isEntry ? innermost : void 0;
}
function open(scan, column, isSequence, start) {
  const wanted = scan.depth === 0 ? scan.wantedOfRoot : scan.awaitedWanted;
  const node = wanted === void 0 ? void 0 : isSequence ? { kind: "sequence", at: start, items: [] } : { kind: "mapping", at: start, fields: [] };
  if (scan.depth === 0) scan.root = node;
  else if (node !== void 0) attach(scan, node);
  scan.awaits = false;
  let level = scan.levels[scan.depth];
  if (level === void 0) {
    level = { column, isSequence, wanted, node };
    scan.levels.push(level);
  } else {
    level.column = column;
    level.isSequence = isSequence;
    level.wanted = wanted;
    level.node = node;
  }
  scan.keys.open();
  scan.depth += 1;
  return level;
}
function attach(scan, value2) {
  const parent = scan.levels[scan.depth - 1]?.node;
  if (parent?.kind === "mapping")
    addField(parent, { at: scan.awaitedAt, name: scan.awaitedName, merges: false, value: value2 });
  else if (parent?.kind === "sequence") addItem(parent, value2);
}
function giveUpAwaiting(scan) {
  if (scan.awaits && scan.awaitedWanted !== void 0) attach(scan, { kind: "null", at: scan.awaitedAt });
  scan.awaits = false;
}
function closeTo(scan, column) {
  let level = scan.levels[scan.depth - 1];
  while (level !== void 0 && level.column > column) {
    scan.keys.close();
    scan.depth -= 1;
    level = scan.levels[scan.depth - 1];
  }
}
function endLine(scan) {
  while (scan.bytes[scan.at] === SPACE) scan.at += 1;
  if (scan.bytes[scan.at] === 35 && (scan.at === scan.lineStart || scan.bytes[scan.at - 1] === SPACE))
    return skipText(scan);
  if (scan.at >= scan.size) return true;
  if (scan.bytes[scan.at] !== LF) return false;
  scan.at += 1;
  return true;
}
function skipText(scan) {
  for (; ; ) {
    const byte = scan.bytes[scan.at];
    if (byte === void 0) return true;
    const kind = classes[byte];
    scan.at += 1;
    if (kind === Class.lineEnd) return true;
    if (kind === Class.foreign && byte !== TAB) return false;
    if (kind === Class.multiByte && !isLetter(scan.bytes, scan.at - 1)) return false;
  }
}
function isContinued(scan) {
  let next = scan.at;
  for (; ; ) {
    const start = next;
    while (scan.bytes[next] === SPACE) next += 1;
    if (scan.bytes[next] === 35) return false;
    if (scan.bytes[next] !== LF) return next < scan.size && next - start > (scan.levels[scan.depth - 1]?.column ?? 0);
    next += 1;
  }
}
function plainScalar(scan, isWanted) {
  const start = scan.at;
  let end = scan.at;
  for (; ; ) {
    const kind = classes[scan.bytes[scan.at] ?? LF];
    if (kind === Class.ordinary) {
      if (scan.bytes[scan.at] !== SPACE) end = scan.at + 1;
      scan.at += 1;
      continue;
    }
    if (kind === Class.lineEnd) break;
    if (kind === Class.colon) {
      const next = scan.bytes[scan.at + 1];
      if (next === void 0 || next === SPACE || next === LF) return false;
    } else if (kind === Class.hash) {
      if (scan.bytes[scan.at - 1] === SPACE) break;
    } else if (kind === Class.foreign || !isLetter(scan.bytes, scan.at)) {
      return false;
    }
    scan.at += 1;
    end = scan.at;
  }
  const commented = scan.bytes[scan.at] === 35;
  if (!endLine(scan)) return false;
  if (isContinued(scan)) {
    if (commented || !continuePlain(scan)) return false;
    if (!isWanted) return void 0;
    const text2 = composedText(scan, start, scan.continuedTo, Style.plain, 0);
    return isNotText(text2) ? false : { kind: "string", at: start, text: text2 };
  }
  const first = scan.bytes[start];
  const second = scan.bytes[start + 1];
  const mayBeRefused = first === 46 || (first === 43 || first === 45) && second === 46;
  if (mayBeRefused) return end - start <= 5 || isWanted ? false : void 0;
  if (!isWanted) return void 0;
  const text = decodeWord(scan.bytes, start, end);
  return scalarValue(start, isAscii(text) ? text : scan.bytes.toString("utf8", start, end), true, void 0, false);
}
function continuePlain(scan) {
  while (isContinued(scan)) {
    while (scan.bytes[scan.at] === SPACE || scan.bytes[scan.at] === LF) scan.at += 1;
    for (; ; ) {
      const kind = classes[scan.bytes[scan.at] ?? LF];
      if (kind === Class.lineEnd) break;
      if (kind === Class.colon) {
        const next = scan.bytes[scan.at + 1];
        if (next === void 0 || next === SPACE || next === LF) return false;
      } else if (kind === Class.hash) {
        if (scan.bytes[scan.at - 1] === SPACE) return false;
      } else if (kind === Class.foreign || kind === Class.multiByte && !isLetter(scan.bytes, scan.at)) {
        return false;
      }
      scan.at += 1;
      if (scan.bytes[scan.at - 1] !== SPACE) scan.continuedTo = scan.at;
    }
    scan.at += 1;
  }
  return true;
}
function composedText({ bytes }, start, end, style, indent) {
  return scalarText(bytes, { kind: 0, start, end, style, composed: true, indent, opensMapping: false, isKey: false });
}
function quotedScalar(scan, isWanted) {
  const start = scan.at;
  const quote = scan.bytes[scan.at];
  let composed = false;
  let isFolded = false;
  scan.at += 1;
  for (; ; ) {
    const byte = scan.bytes[scan.at];
    if (byte === void 0) return false;
    if (byte === quote) {
      if (quote === 34 || scan.bytes[scan.at + 1] !== quote) break;
      composed = true;
      scan.at += 2;
      continue;
    }
    if (byte === 92 && quote === 34) {
      const letter = scan.bytes[scan.at + 1];
      if (letter !== 92 && letter !== 34 && letter !== 110 && letter !== 116) return false;
      composed = true;
      scan.at += 2;
      continue;
    }
    const kind = classes[byte];
    if (kind === Class.foreign && byte !== TAB) return false;
    if (kind === Class.multiByte && !isLetter(scan.bytes, scan.at)) return false;
    scan.at += 1;
    if (byte !== LF) continue;
    if (scan.bytes[scan.at] === 46 || scan.bytes[scan.at] === 45) return false;
    isFolded = true;
  }
  scan.at += 1;
  const end = scan.at;
  if (!endLine(scan)) return false;
  if (!isWanted) return void 0;
  if (isFolded) {
    const style = quote === 34 ? Style.double : Style.single;
    return { kind: "string", at: start, text: composedText(scan, start, end, style, 0) };
  }
  const text = scan.bytes.toString("utf8", start + 1, end - 1);
  return { kind: "string", at: start, text: composed ? unquoted(text, quote === 34) : text };
}
function blockScalar(scan, isWanted) {
  const header = scan.at;
  const style = scan.bytes[scan.at] === 124 ? Style.literal : Style.folded;
  const keep = (indent) => {
    if (isWanted) {
      attach(scan, { kind: "string", at: header, text: composedText(scan, header, scan.at, style, indent) });
    }
    return true;
  };
  scan.at += 1;
  if (isWanted && scan.bytes[scan.at] === 43) return false;
  if (scan.bytes[scan.at] === 45 || scan.bytes[scan.at] === 43) scan.at += 1;
  if (scan.bytes[scan.at] !== SPACE && scan.bytes[scan.at] !== LF && scan.at < scan.size) return false;
  if (!endLine(scan)) return false;
  const least = (scan.levels[scan.depth - 1]?.column ?? 0) + 1;
  let column = 0;
  for (; ; ) {
    const start = scan.at;
    while (scan.bytes[scan.at] === SPACE) scan.at += 1;
    const width = scan.at - start;
    if (scan.at >= scan.size) return keep(column);
    if (scan.bytes[scan.at] === LF) {
      if (column === 0 && width > 0) return false;
      scan.at += 1;
      continue;
    }
    if (scan.bytes[scan.at] === TAB && (column === 0 || width < column)) return false;
    if (column === 0 ? width < least : width < column) {
      scan.at = start;
      return keep(column);
    }
    if (column === 0) column = width;
    if (!skipText(scan)) return false;
  }
}
function flowCollection(scan, nested, wanted) {
  const isMapping = scan.bytes[scan.at] === 123;
  const { at } = scan;
  const node = wanted === void 0 ? void 0 : isMapping ? { kind: "mapping", at, fields: [] } : { kind: "sequence", at, items: [] };
  const close = isMapping ? 125 : 93;
  if (nested > 20) return false;
  scan.keys.open();
  scan.at += 1;
  for (let first = true; ; first = false) {
    while (scan.bytes[scan.at] === SPACE) scan.at += 1;
    if (scan.bytes[scan.at] === close) break;
    if (!first) {
      if (scan.bytes[scan.at] !== 44) return false;
      scan.at += 1;
      while (scan.bytes[scan.at] === SPACE) scan.at += 1;
      if (scan.bytes[scan.at] === close) break;
    }
    let wantedValue = wanted?.items;
    let name = "";
    const start = scan.at;
    if (isMapping) {
      while (keyBytes[scan.bytes[scan.at] ?? 0] === 1) scan.at += 1;
      if (scan.at === start || wordStarts[scan.bytes[start] ?? 0] !== 1 || scan.bytes[scan.at] !== 58 || scan.bytes[scan.at + 1] !== SPACE)
        return false;
      if (mayMeanMore(scan.bytes, start, scan.at)) return false;
      scan.keys.add(start, scan.at);
      if (wanted !== void 0) {
        name = decodeWord(scan.bytes, start, scan.at);
        if (isNotText(name)) return false;
        wantedValue = wantedField(wanted, name);
      }
      scan.at += 2;
      while (scan.bytes[scan.at] === SPACE) scan.at += 1;
    }
    const value2 = flowValue(scan, nested, wantedValue);
    if (value2 === false) return false;
    if (value2 === void 0 || wantedValue === void 0) continue;
    if (node?.kind === "mapping") addField(node, { at: start, name, merges: false, value: value2 });
    else if (node?.kind === "sequence") addItem(node, value2);
  }
  scan.keys.close();
  scan.at += 1;
  return node;
}
function flowValue(scan, nested, wanted) {
  const start = scan.at;
  const byte = scan.bytes[start];
  if (byte === 123 || byte === 91) return flowCollection(scan, nested + 1, wanted);
  if (byte === 34 || byte === 39) {
    scan.at += 1;
    for (; ; ) {
      const inner = scan.bytes[scan.at] ?? LF;
      if (inner === byte) break;
      const kind = classes[inner];
      if (kind === Class.lineEnd || kind === Class.foreign || inner === 92) return false;
      if (kind === Class.multiByte && !isLetter(scan.bytes, scan.at)) return false;
      scan.at += 1;
    }
    scan.at += 1;
    const next = scan.bytes[scan.at];
    if (next !== SPACE && next !== 44 && next !== 93 && next !== 125) return false;
    if (wanted === void 0) return void 0;
    return { kind: "string", at: start, text: scan.bytes.toString("utf8", start + 1, scan.at - 1) };
  }
  if (wordStarts[byte ?? 0] !== 1 || byte === 46 || byte === 43) return false;
  while (flowBytes[scan.bytes[scan.at] ?? 0] === 1) scan.at += 1;
  if (scan.at === start) return false;
  if (wanted === void 0) return void 0;
  return scalarValue(start, decodeWord(scan.bytes, start, scan.at), true, void 0, false);
}
function value(scan, wanted) {
  while (scan.bytes[scan.at] === SPACE) scan.at += 1;
  const byte = scan.bytes[scan.at] ?? LF;
  scan.awaitedWanted = wanted;
  if (byte === LF || byte === 35) {
    scan.awaits = true;
    return endLine(scan);
  }
  if (byte === 34 || byte === 39) return taken(scan, quotedScalar(scan, wanted !== void 0));
  if (wordStarts[byte] === 1 || byte >= 128) return taken(scan, plainScalar(scan, wanted !== void 0));
  if (byte === 45) {
    const next = scan.bytes[scan.at + 1];
    return next !== void 0 && (wordStarts[next] === 1 || next === 45) && taken(scan, plainScalar(scan, wanted !== void 0));
  }
  if (byte === 124 || byte === 62) return blockScalar(scan, wanted !== void 0);
  if (byte === 91 || byte === 123) {
    const node = flowCollection(scan, 0, wanted);
    return node !== false && endLine(scan) && taken(scan, node);
  }
  return false;
}
function taken(scan, node) {
  if (node === false) return false;
  if (node !== void 0) attach(scan, node);
  return true;
}
function field(scan, level) {
  const start = scan.at;
  if (wordStarts[scan.bytes[scan.at] ?? 0] !== 1) return false;
  while (keyBytes[scan.bytes[scan.at] ?? 0] === 1) scan.at += 1;
  const next = scan.bytes[scan.at + 1];
  if (scan.bytes[scan.at] !== 58 || next !== void 0 && next !== SPACE && next !== LF) return false;
  if (scan.at === start || scan.at - start > LONGEST_KEY || mayMeanMore(scan.bytes, start, scan.at)) return false;
  scan.keys.add(start, scan.at);
  let wanted;
  scan.awaitedAt = start;
  if (level.wanted !== void 0) {
    scan.awaitedName = decodeWord(scan.bytes, start, scan.at);
    if (isNotText(scan.awaitedName)) return false;
    wanted = wantedField(level.wanted, scan.awaitedName);
  }
  scan.at += 1;
  return value(scan, wanted);
}
function beginsEntry(bytes, at) {
  const next = bytes[at + 1];
  return bytes[at] === 45 && (next === SPACE || next === LF || next === void 0);
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
function unquoted(text, isDouble) {
  if (!isDouble) return text.replaceAll("''", "'");
  return text.replace(/\\([\\"nt])/g, (_, letter) => letter === "n" ? "\n" : letter === "t" ? "	" : letter);
}

// src/yaml/documents.ts
var LF2 = 10;
var DASH = 45;
var PEEKED = 4096;
function* documentsOf(bytes, wanted) {
  try {
    yield* everyDocument(bytes, wanted);
  } catch (thrown) {
    if (!(thrown instanceof TooManyParts)) throw thrown;
    yield { kind: "unreadable", at: 0, message: thrown.message, quoting: thrown.message, isTooMuch: true };
  }
}
function* everyDocument(bytes, wanted) {
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
