import {
  EVERYTHING,
  GO_SPACES,
  GateError,
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
  readPatternLine,
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
  const scan2 = {
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
    scan2.at = 3;
    if (!endLine(scan2)) return void 0;
  }
  while (scan2.at < scan2.size) if (!readLine(scan2)) return void 0;
  giveUpAwaiting(scan2);
  return { root: scan2.root, repeatedKeys: scan2.keys.repeated };
}
function readLine(scan2) {
  const { bytes } = scan2;
  scan2.lineStart = scan2.at;
  while (bytes[scan2.at] === SPACE) scan2.at += 1;
  if (bytes[scan2.at] === LF) {
    scan2.at += 1;
    return true;
  }
  if (scan2.at >= scan2.size) return true;
  if (bytes[scan2.at] === 35) return skipText(scan2);
  for (; ; ) {
    const isEntry = beginsEntry(bytes, scan2.at);
    const level = levelAt(scan2, scan2.at - scan2.lineStart, isEntry);
    if (level === void 0) return false;
    if (!isEntry) return field(scan2, level);
    scan2.awaitedAt = scan2.at;
    scan2.at += 1;
    while (bytes[scan2.at] === SPACE) scan2.at += 1;
    scan2.awaitedWanted = level.wanted?.items;
    const isNested = scan2.at < scan2.size && (beginsEntry(bytes, scan2.at) || beginsField(bytes, scan2.at));
    if (!isNested) return value(scan2, scan2.awaitedWanted);
    scan2.awaits = true;
  }
}
function levelAt(scan2, column, isEntry) {
  const top = scan2.levels[scan2.depth - 1];
  if (scan2.depth === 0 || top === void 0) {
    return column === 0 && scan2.root === void 0 ? open(scan2, 0, isEntry, scan2.at) : void 0;
  }
  if (scan2.awaits && (column > top.column || isEntry && !top.isSequence && column === top.column)) {
    return scan2.depth < DEEPEST ? open(scan2, column, isEntry, scan2.at) : void 0;
  }
  giveUpAwaiting(scan2);
  closeTo(scan2, column);
  let innermost = scan2.levels[scan2.depth - 1];
  if (!isEntry && innermost?.isSequence && innermost.column === column) {
    scan2.keys.close();
    scan2.depth -= 1;
    innermost = scan2.levels[scan2.depth - 1];
  }
  return innermost?.column === column && innermost.isSequence === isEntry ? innermost : void 0;
}
function open(scan2, column, isSequence, start) {
  const wanted = scan2.depth === 0 ? scan2.wantedOfRoot : scan2.awaitedWanted;
  const node = wanted === void 0 ? void 0 : isSequence ? { kind: "sequence", at: start, items: [] } : { kind: "mapping", at: start, fields: [] };
  if (scan2.depth === 0) scan2.root = node;
  else if (node !== void 0) attach(scan2, node);
  scan2.awaits = false;
  let level = scan2.levels[scan2.depth];
  if (level === void 0) {
    level = { column, isSequence, wanted, node };
    scan2.levels.push(level);
  } else {
    level.column = column;
    level.isSequence = isSequence;
    level.wanted = wanted;
    level.node = node;
  }
  scan2.keys.open();
  scan2.depth += 1;
  return level;
}
function attach(scan2, value2) {
  const parent = scan2.levels[scan2.depth - 1]?.node;
  if (parent?.kind === "mapping")
    addField(parent, { at: scan2.awaitedAt, name: scan2.awaitedName, merges: false, value: value2 });
  else if (parent?.kind === "sequence") addItem(parent, value2);
}
function giveUpAwaiting(scan2) {
  if (scan2.awaits && scan2.awaitedWanted !== void 0) attach(scan2, { kind: "null", at: scan2.awaitedAt });
  scan2.awaits = false;
}
function closeTo(scan2, column) {
  let level = scan2.levels[scan2.depth - 1];
  while (level !== void 0 && level.column > column) {
    scan2.keys.close();
    scan2.depth -= 1;
    level = scan2.levels[scan2.depth - 1];
  }
}
function endLine(scan2) {
  while (scan2.bytes[scan2.at] === SPACE) scan2.at += 1;
  if (scan2.bytes[scan2.at] === 35 && (scan2.at === scan2.lineStart || scan2.bytes[scan2.at - 1] === SPACE))
    return skipText(scan2);
  if (scan2.at >= scan2.size) return true;
  if (scan2.bytes[scan2.at] !== LF) return false;
  scan2.at += 1;
  return true;
}
function skipText(scan2) {
  for (; ; ) {
    const byte = scan2.bytes[scan2.at];
    if (byte === void 0) return true;
    const kind = classes[byte];
    scan2.at += 1;
    if (kind === Class.lineEnd) return true;
    if (kind === Class.foreign && byte !== TAB) return false;
    if (kind === Class.multiByte && !isLetter(scan2.bytes, scan2.at - 1)) return false;
  }
}
function isContinued(scan2) {
  let next = scan2.at;
  for (; ; ) {
    const start = next;
    while (scan2.bytes[next] === SPACE) next += 1;
    if (scan2.bytes[next] === 35) return false;
    if (scan2.bytes[next] !== LF) return next < scan2.size && next - start > (scan2.levels[scan2.depth - 1]?.column ?? 0);
    next += 1;
  }
}
function plainScalar(scan2, isWanted) {
  const start = scan2.at;
  let end = scan2.at;
  for (; ; ) {
    const kind = classes[scan2.bytes[scan2.at] ?? LF];
    if (kind === Class.ordinary) {
      if (scan2.bytes[scan2.at] !== SPACE) end = scan2.at + 1;
      scan2.at += 1;
      continue;
    }
    if (kind === Class.lineEnd) break;
    if (kind === Class.colon) {
      const next = scan2.bytes[scan2.at + 1];
      if (next === void 0 || next === SPACE || next === LF) return false;
    } else if (kind === Class.hash) {
      if (scan2.bytes[scan2.at - 1] === SPACE) break;
    } else if (kind === Class.foreign || !isLetter(scan2.bytes, scan2.at)) {
      return false;
    }
    scan2.at += 1;
    end = scan2.at;
  }
  const commented = scan2.bytes[scan2.at] === 35;
  if (!endLine(scan2)) return false;
  if (isContinued(scan2)) {
    if (commented || !continuePlain(scan2)) return false;
    if (!isWanted) return void 0;
    const text2 = composedText(scan2, start, scan2.continuedTo, Style.plain, 0);
    return isNotText(text2) ? false : { kind: "string", at: start, text: text2 };
  }
  const first = scan2.bytes[start];
  const second = scan2.bytes[start + 1];
  const mayBeRefused = first === 46 || (first === 43 || first === 45) && second === 46;
  if (mayBeRefused) return end - start <= 5 || isWanted ? false : void 0;
  if (!isWanted) return void 0;
  const text = decodeWord(scan2.bytes, start, end);
  return scalarValue(start, isAscii(text) ? text : scan2.bytes.toString("utf8", start, end), true, void 0, false);
}
function continuePlain(scan2) {
  while (isContinued(scan2)) {
    while (scan2.bytes[scan2.at] === SPACE || scan2.bytes[scan2.at] === LF) scan2.at += 1;
    for (; ; ) {
      const kind = classes[scan2.bytes[scan2.at] ?? LF];
      if (kind === Class.lineEnd) break;
      if (kind === Class.colon) {
        const next = scan2.bytes[scan2.at + 1];
        if (next === void 0 || next === SPACE || next === LF) return false;
      } else if (kind === Class.hash) {
        if (scan2.bytes[scan2.at - 1] === SPACE) return false;
      } else if (kind === Class.foreign || kind === Class.multiByte && !isLetter(scan2.bytes, scan2.at)) {
        return false;
      }
      scan2.at += 1;
      if (scan2.bytes[scan2.at - 1] !== SPACE) scan2.continuedTo = scan2.at;
    }
    scan2.at += 1;
  }
  return true;
}
function composedText({ bytes }, start, end, style, indent) {
  return scalarText(bytes, { kind: 0, start, end, style, composed: true, indent, opensMapping: false, isKey: false });
}
function quotedScalar(scan2, isWanted) {
  const start = scan2.at;
  const quote = scan2.bytes[scan2.at];
  let composed = false;
  let isFolded = false;
  scan2.at += 1;
  for (; ; ) {
    const byte = scan2.bytes[scan2.at];
    if (byte === void 0) return false;
    if (byte === quote) {
      if (quote === 34 || scan2.bytes[scan2.at + 1] !== quote) break;
      composed = true;
      scan2.at += 2;
      continue;
    }
    if (byte === 92 && quote === 34) {
      const letter = scan2.bytes[scan2.at + 1];
      if (letter !== 92 && letter !== 34 && letter !== 110 && letter !== 116) return false;
      composed = true;
      scan2.at += 2;
      continue;
    }
    const kind = classes[byte];
    if (kind === Class.foreign && byte !== TAB) return false;
    if (kind === Class.multiByte && !isLetter(scan2.bytes, scan2.at)) return false;
    scan2.at += 1;
    if (byte !== LF) continue;
    if (scan2.bytes[scan2.at] === 46 || scan2.bytes[scan2.at] === 45) return false;
    isFolded = true;
  }
  scan2.at += 1;
  const end = scan2.at;
  if (!endLine(scan2)) return false;
  if (!isWanted) return void 0;
  if (isFolded) {
    const style = quote === 34 ? Style.double : Style.single;
    return { kind: "string", at: start, text: composedText(scan2, start, end, style, 0) };
  }
  const text = scan2.bytes.toString("utf8", start + 1, end - 1);
  return { kind: "string", at: start, text: composed ? unquoted(text, quote === 34) : text };
}
function blockScalar(scan2, isWanted) {
  const header = scan2.at;
  const style = scan2.bytes[scan2.at] === 124 ? Style.literal : Style.folded;
  const keep = (indent) => {
    if (isWanted) {
      attach(scan2, { kind: "string", at: header, text: composedText(scan2, header, scan2.at, style, indent) });
    }
    return true;
  };
  scan2.at += 1;
  if (isWanted && scan2.bytes[scan2.at] === 43) return false;
  if (scan2.bytes[scan2.at] === 45 || scan2.bytes[scan2.at] === 43) scan2.at += 1;
  if (scan2.bytes[scan2.at] !== SPACE && scan2.bytes[scan2.at] !== LF && scan2.at < scan2.size) return false;
  if (!endLine(scan2)) return false;
  const least = (scan2.levels[scan2.depth - 1]?.column ?? 0) + 1;
  let column = 0;
  for (; ; ) {
    const start = scan2.at;
    while (scan2.bytes[scan2.at] === SPACE) scan2.at += 1;
    const width = scan2.at - start;
    if (scan2.at >= scan2.size) return keep(column);
    if (scan2.bytes[scan2.at] === LF) {
      if (column === 0 && width > 0) return false;
      scan2.at += 1;
      continue;
    }
    if (scan2.bytes[scan2.at] === TAB && (column === 0 || width < column)) return false;
    if (column === 0 ? width < least : width < column) {
      scan2.at = start;
      return keep(column);
    }
    if (column === 0) column = width;
    if (!skipText(scan2)) return false;
  }
}
function flowCollection(scan2, nested, wanted) {
  const isMapping = scan2.bytes[scan2.at] === 123;
  const { at } = scan2;
  const node = wanted === void 0 ? void 0 : isMapping ? { kind: "mapping", at, fields: [] } : { kind: "sequence", at, items: [] };
  const close = isMapping ? 125 : 93;
  if (nested > 20) return false;
  scan2.keys.open();
  scan2.at += 1;
  for (let first = true; ; first = false) {
    while (scan2.bytes[scan2.at] === SPACE) scan2.at += 1;
    if (scan2.bytes[scan2.at] === close) break;
    if (!first) {
      if (scan2.bytes[scan2.at] !== 44) return false;
      scan2.at += 1;
      while (scan2.bytes[scan2.at] === SPACE) scan2.at += 1;
      if (scan2.bytes[scan2.at] === close) break;
    }
    let wantedValue = wanted?.items;
    let name = "";
    const start = scan2.at;
    if (isMapping) {
      while (keyBytes[scan2.bytes[scan2.at] ?? 0] === 1) scan2.at += 1;
      if (scan2.at === start || wordStarts[scan2.bytes[start] ?? 0] !== 1 || scan2.bytes[scan2.at] !== 58 || scan2.bytes[scan2.at + 1] !== SPACE)
        return false;
      if (mayMeanMore(scan2.bytes, start, scan2.at)) return false;
      scan2.keys.add(start, scan2.at);
      if (wanted !== void 0) {
        name = decodeWord(scan2.bytes, start, scan2.at);
        if (isNotText(name)) return false;
        wantedValue = wantedField(wanted, name);
      }
      scan2.at += 2;
      while (scan2.bytes[scan2.at] === SPACE) scan2.at += 1;
    }
    const value2 = flowValue(scan2, nested, wantedValue);
    if (value2 === false) return false;
    if (value2 === void 0 || wantedValue === void 0) continue;
    if (node?.kind === "mapping") addField(node, { at: start, name, merges: false, value: value2 });
    else if (node?.kind === "sequence") addItem(node, value2);
  }
  scan2.keys.close();
  scan2.at += 1;
  return node;
}
function flowValue(scan2, nested, wanted) {
  const start = scan2.at;
  const byte = scan2.bytes[start];
  if (byte === 123 || byte === 91) return flowCollection(scan2, nested + 1, wanted);
  if (byte === 34 || byte === 39) {
    scan2.at += 1;
    for (; ; ) {
      const inner = scan2.bytes[scan2.at] ?? LF;
      if (inner === byte) break;
      const kind = classes[inner];
      if (kind === Class.lineEnd || kind === Class.foreign || inner === 92) return false;
      if (kind === Class.multiByte && !isLetter(scan2.bytes, scan2.at)) return false;
      scan2.at += 1;
    }
    scan2.at += 1;
    const next = scan2.bytes[scan2.at];
    if (next !== SPACE && next !== 44 && next !== 93 && next !== 125) return false;
    if (wanted === void 0) return void 0;
    return { kind: "string", at: start, text: scan2.bytes.toString("utf8", start + 1, scan2.at - 1) };
  }
  if (wordStarts[byte ?? 0] !== 1 || byte === 46 || byte === 43) return false;
  while (flowBytes[scan2.bytes[scan2.at] ?? 0] === 1) scan2.at += 1;
  if (scan2.at === start) return false;
  if (wanted === void 0) return void 0;
  return scalarValue(start, decodeWord(scan2.bytes, start, scan2.at), true, void 0, false);
}
function value(scan2, wanted) {
  while (scan2.bytes[scan2.at] === SPACE) scan2.at += 1;
  const byte = scan2.bytes[scan2.at] ?? LF;
  scan2.awaitedWanted = wanted;
  if (byte === LF || byte === 35) {
    scan2.awaits = true;
    return endLine(scan2);
  }
  if (byte === 34 || byte === 39) return taken(scan2, quotedScalar(scan2, wanted !== void 0));
  if (wordStarts[byte] === 1 || byte >= 128) return taken(scan2, plainScalar(scan2, wanted !== void 0));
  if (byte === 45) {
    const next = scan2.bytes[scan2.at + 1];
    return next !== void 0 && (wordStarts[next] === 1 || next === 45) && taken(scan2, plainScalar(scan2, wanted !== void 0));
  }
  if (byte === 124 || byte === 62) return blockScalar(scan2, wanted !== void 0);
  if (byte === 91 || byte === 123) {
    const node = flowCollection(scan2, 0, wanted);
    return node !== false && endLine(scan2) && taken(scan2, node);
  }
  return false;
}
function taken(scan2, node) {
  if (node === false) return false;
  if (node !== void 0) attach(scan2, node);
  return true;
}
function field(scan2, level) {
  const start = scan2.at;
  if (wordStarts[scan2.bytes[scan2.at] ?? 0] !== 1) return false;
  while (keyBytes[scan2.bytes[scan2.at] ?? 0] === 1) scan2.at += 1;
  const next = scan2.bytes[scan2.at + 1];
  if (scan2.bytes[scan2.at] !== 58 || next !== void 0 && next !== SPACE && next !== LF) return false;
  if (scan2.at === start || scan2.at - start > LONGEST_KEY || mayMeanMore(scan2.bytes, start, scan2.at)) return false;
  scan2.keys.add(start, scan2.at);
  let wanted;
  scan2.awaitedAt = start;
  if (level.wanted !== void 0) {
    scan2.awaitedName = decodeWord(scan2.bytes, start, scan2.at);
    if (isNotText(scan2.awaitedName)) return false;
    wanted = wantedField(level.wanted, scan2.awaitedName);
  }
  scan2.at += 1;
  return value(scan2, wanted);
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
function closingBrace(text, open2, least) {
  let depth = 0;
  let separators = 0;
  for (let at = open2 + 1; at < text.length; at += 1) {
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
    return sequence(Number(first2), Number(last2), by2)?.map((value2) => padded(value2, width));
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
function padded(value2, width) {
  const sign = value2 < 0 ? "-" : "";
  return sign + String(Math.abs(value2)).padStart(width - sign.length, "0");
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
var DEEPEST2 = 20;
function parseParts(text, depth) {
  if (depth > DEEPEST2) throw refusal(`Its groups nest deeper than ${DEEPEST2} levels.`, "Write several patterns.");
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
function bracketEnd(text, open2) {
  let at = open2 + 1;
  if (text[at] === "!" || text[at] === "^") at += 1;
  for (let isFirst = true; at < text.length; at += 1, isFirst = false) {
    const char = text[at];
    if (char === "]" && !isFirst) return at + 1;
    if (char === "\\") at += 1;
    else if (char === "[" && ":.=".includes(text[at + 1] ?? " ")) at = namedEnd(text, at) ?? at;
  }
  return void 0;
}
function namedEnd(text, open2) {
  const mark = text[open2 + 1];
  for (let at = open2 + 2; at + 1 < text.length; at += 1) {
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
  documentsOf,
  parseGlobs,
  orAsWritten,
  pathWord,
  startOf,
  advance,
  pathMatcher
};
