import {
  require_picomatch
} from "./shared-picomatch.js";
import {
  formatGroupVersion,
  parseGroupVersion
} from "./shared-connection.js";
import "./shared-cluster-inputs.js";
import {
  __toESM
} from "./shared-runtime.js";

// src/yaml/bytes.ts
var TAB = 9;
var LF = 10;
var CR = 13;
var SPACE = 32;
function byteAt(bytes, at) {
  return bytes[at] ?? 0;
}
function breakLength(bytes, at) {
  const byte = bytes[at] ?? 0;
  if (byte === LF) return 1;
  if (byte === CR) return bytes[at + 1] === LF ? 2 : 1;
  if (byte === 194) return bytes[at + 1] === 133 ? 2 : 0;
  if (byte === 226) return bytes[at + 1] === 128 && (bytes[at + 2] === 168 || bytes[at + 2] === 169) ? 3 : 0;
  return 0;
}
function isBlank(byte) {
  return byte === SPACE || byte === TAB;
}
function isBreakOrEnd(bytes, at) {
  const byte = bytes[at] ?? 0;
  return byte === 0 || byte === LF || byte === CR || byte >= 194 && breakLength(bytes, at) > 0;
}
function isSpaceOrEnd(bytes, at) {
  return isBlank(bytes[at] ?? 0) || isBreakOrEnd(bytes, at);
}
function isWord(byte) {
  return byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57 || byte === 95 || byte === 45;
}
function findForbiddenByte(bytes) {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= SPACE && byte < 127) continue;
    if (byte === LF || byte === CR || byte === TAB) continue;
    if (byte < SPACE || byte === 127) return at;
    if (byte === 194) {
      const next = bytes[at + 1] ?? 0;
      if (next < 160 && next !== 133) return at;
    } else if (byte === 239 && bytes[at + 1] === 191 && (bytes[at + 2] ?? 0) >= 190) {
      return at;
    }
  }
  return -1;
}
function decodeSlice(bytes, start, end) {
  return bytes.toString("utf8", start, end);
}

// src/yaml/duplicate-keys.ts
var MOST_KEYS = 2e3;
function recordKeys(bytes) {
  const hashes = [];
  const starts = [];
  const ends = [];
  const repeated = [];
  let count = 0;
  function isSame(other, start, end) {
    const from = starts[other] ?? 0;
    if ((ends[other] ?? 0) - from !== end - start) return false;
    for (let offset = 0; offset < end - start; offset += 1) {
      if (bytes[from + offset] !== bytes[start + offset]) return false;
    }
    return true;
  }
  return {
    repeated,
    open: () => count,
    close: (opened) => {
      count = opened;
    },
    add: (opened, start, end) => {
      if (count - opened >= MOST_KEYS) return;
      let hash = end - start;
      for (let at = start; at < end; at += 1) hash = hash * 31 + (bytes[at] ?? 0) | 0;
      for (let other = opened; other < count; other += 1) {
        if (hashes[other] === hash && isSame(other, start, end)) {
          repeated.push(start);
          break;
        }
      }
      hashes[count] = hash;
      starts[count] = start;
      ends[count] = end;
      count += 1;
    }
  };
}

// src/yaml/node.ts
var TEXT = {};
var EVERYTHING = {
  get everyField() {
    return EVERYTHING;
  },
  get items() {
    return EVERYTHING;
  }
};
function wantedField(wanted, name) {
  return wanted.fields !== void 0 && Object.hasOwn(wanted.fields, name) ? wanted.fields[name] : wanted.everyField;
}
function dereference(node) {
  let target = node;
  while (target.kind === "alias") target = target.target;
  return target;
}
function fieldOf(node, name) {
  const mapping = node === void 0 ? void 0 : dereference(node);
  if (mapping?.kind !== "mapping") return void 0;
  let found;
  for (const field of mapping.fields) {
    if (field.merges) found = mergedField(field.value, name) ?? found;
    else if (field.name === name) found = field;
  }
  return found;
}
function mergedField(value, name) {
  const source = dereference(value);
  if (source.kind !== "sequence") return fieldOf(source, name);
  for (const item of source.items) {
    const found = fieldOf(item, name);
    if (found !== void 0) return found;
  }
  return void 0;
}
function fieldsOf(node) {
  const mapping = dereference(node);
  if (mapping.kind !== "mapping") return [];
  const names = /* @__PURE__ */ new Set();
  const collect = (from) => {
    const source = dereference(from);
    if (source.kind === "sequence") source.items.forEach(collect);
    if (source.kind !== "mapping") return;
    for (const field of source.fields) {
      if (field.merges) collect(field.value);
      else names.add(field.name);
    }
  };
  collect(mapping);
  return [...names].flatMap((name) => fieldOf(mapping, name) ?? []);
}
function valueUnder(node, name) {
  const field = fieldOf(node, name);
  const value = field === void 0 ? void 0 : dereference(field.value);
  return value?.kind === "null" ? void 0 : value;
}
function textUnder(node, name) {
  const value = valueUnder(node, name);
  return value?.kind === "string" ? value.text : void 0;
}

// src/yaml/number.ts
var WHOLE = /^[-+]?(?:0|[1-9][0-9]*|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)$/;
var FRACTION = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
var OCTAL = /^0[0-7]+$/;
var SMALLEST = -(2n ** 63n);
var LARGEST_SIGNED = 2n ** 63n - 1n;
var LARGEST = 2n ** 64n - 1n;
function yamlNumber(text) {
  if (!/^[-+.0-9]/.test(text)) return void 0;
  const digits = text.startsWith(".") ? text : text.replaceAll("_", "");
  if (WHOLE.test(digits)) {
    const value2 = wholeNumber(digits);
    if (value2 !== void 0) return { kind: "integer", value: value2 };
  }
  if (!FRACTION.test(digits)) return void 0;
  const value = Number(digits);
  return Number.isFinite(value) ? { kind: "float", value } : void 0;
}
function wholeNumber(digits) {
  const negative = digits.startsWith("-");
  const bare = digits.replace(/^[-+]/, "").toLowerCase();
  const literal = OCTAL.test(bare) ? `0o${bare.slice(1)}` : bare;
  if (literal.length <= 13) return negative ? -Number(literal) || 0 : Number(literal);
  const value = negative ? -BigInt(literal) : BigInt(literal);
  return value >= SMALLEST && value <= (digits.startsWith("+") ? LARGEST_SIGNED : LARGEST) ? value : void 0;
}
function isUnsigned({ kind, value }) {
  return kind === "integer" && value > LARGEST_SIGNED;
}
function sentNumber({ kind, value }) {
  if (kind === "integer" && value <= LARGEST_SIGNED) return String(value);
  return String(Number(value) || 0);
}
function sentJsonNumber(text) {
  if (/^-?[0-9]+$/.test(text)) {
    if (text.length <= 15) return String(Number(text) || 0);
    const value2 = BigInt(text);
    if (value2 >= SMALLEST && value2 <= LARGEST_SIGNED) return String(value2);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) return void 0;
  return Object.is(value, -0) ? "-0" : String(value);
}
function keyNumber({ kind, value }) {
  return kind === "integer" ? String(value) : singlePrecision(value);
}
function singlePrecision(value) {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (single === 0) return Object.is(single, -0) ? "-0" : "0";
  let shortest = "";
  for (let digits2 = 1; digits2 <= 9; digits2 += 1) {
    shortest = single.toExponential(digits2 - 1);
    if (Math.fround(Number(shortest)) === single) break;
  }
  const exponent = Number(shortest.slice(shortest.indexOf("e") + 1));
  const digits = shortest.slice(0, shortest.indexOf("e")).replace(/[-.]/g, "").length;
  if (exponent < -4 || exponent >= 6) return shortest.replace(/e([-+])(\d)$/, "e$10$2");
  return Number(shortest).toFixed(Math.max(0, digits - 1 - exponent));
}

// src/yaml/unreadable.ts
var Unreadable = class extends Error {
  name = "Unreadable";
  /** The byte at which the text goes wrong. */
  at;
  constructor(at, message) {
    super(message);
    this.at = at;
  }
};

// src/yaml/json.ts
var NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/;
var NUMBER_BYTES = new Set(Buffer.from("+-.0123456789eE"));
var DEEPEST = 1e3;
function readJson(bytes, from, wantedOfRoot) {
  const keys = recordKeys(bytes);
  let at = from;
  let depth = 0;
  function skipSpace() {
    for (; ; ) {
      const byte = bytes[at] ?? 0;
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte;
      at += 1;
    }
  }
  function value(wanted) {
    const byte = skipSpace();
    const start = at;
    switch (byte) {
      case 123:
        return object(wanted);
      case 91:
        return array(wanted);
      case 34:
        return { kind: "string", at: start, text: string(wanted !== void 0) };
      case 116:
        word("true");
        return { kind: "boolean", at: start, value: true };
      case 102:
        word("false");
        return { kind: "boolean", at: start, value: false };
      case 110:
        word("null");
        return { kind: "null", at: start };
      default:
        return { kind: "number", at: start, text: number() };
    }
  }
  function word(text) {
    if (decodeSlice(bytes, at, at + text.length) !== text) throw unexpected();
    at += text.length;
  }
  function number() {
    const start = at;
    while (NUMBER_BYTES.has(bytes[at] ?? 0)) at += 1;
    const match = NUMBER.exec(bytes.toString("latin1", start, at));
    at = start;
    if (match === null) throw unexpected();
    const text = sentJsonNumber(match[0]);
    if (text === void 0) throw new Unreadable(start, "this number is too large for JSON, and so for Kubernetes");
    at += match[0].length;
    return text;
  }
  function string(wanted) {
    const start = at;
    let escaped = false;
    at += 1;
    for (; ; ) {
      const byte = bytes[at] ?? 0;
      if (byte === 34) break;
      if (byte < 32)
        throw at >= bytes.length ? unexpected() : new Unreadable(at, "a control character stands in a string");
      if (byte === 92) {
        escaped = true;
        const letter = bytes[at + 1] ?? 0;
        if (letter === 117) {
          if (!/^[0-9a-fA-F]{4}$/.test(bytes.toString("latin1", at + 2, at + 6))) throw unexpected();
          at += 6;
        } else {
          if (!'"\\/bfnrt'.includes(String.fromCharCode(letter))) throw new Unreadable(at, "JSON knows no such escape");
          at += 2;
        }
      } else {
        at += 1;
      }
    }
    at += 1;
    if (!wanted) return "";
    return escaped ? JSON.parse(decodeSlice(bytes, start, at)) : decodeSlice(bytes, start + 1, at - 1);
  }
  function object(wanted) {
    const mapping = { kind: "mapping", at, fields: [] };
    const opened = keys.open();
    enter();
    if (skipSpace() === 125) return leave(mapping, opened);
    for (; ; ) {
      if (skipSpace() !== 34) throw expected("a key in double quotes");
      const keyAt = at;
      const name = string(wanted !== void 0);
      keys.add(opened, keyAt + 1, at - 1);
      if (skipSpace() !== 58) throw expected("':'");
      at += 1;
      const wantedValue = wanted === void 0 ? void 0 : wantedField(wanted, name);
      const fieldValue = value(wantedValue);
      if (wantedValue !== void 0) mapping.fields.push({ at: keyAt, name, merges: false, value: fieldValue });
      const next = skipSpace();
      if (next === 125) return leave(mapping, opened);
      if (next !== 44) throw expected("',' or '}'");
      at += 1;
    }
  }
  function array(wanted) {
    const sequence = { kind: "sequence", at, items: [] };
    enter();
    if (skipSpace() === 93) return leave(sequence);
    for (; ; ) {
      const item = value(wanted?.items);
      if (wanted?.items !== void 0) sequence.items.push(item);
      const next = skipSpace();
      if (next === 93) return leave(sequence);
      if (next !== 44) throw expected("',' or ']'");
      at += 1;
    }
  }
  function enter() {
    depth += 1;
    if (depth > DEEPEST) throw new Unreadable(at, `is nested more than ${DEEPEST} levels deep`);
    at += 1;
  }
  function leave(node, opened) {
    if (opened !== void 0) keys.close(opened);
    depth -= 1;
    at += 1;
    return node;
  }
  function expected(what) {
    return new Unreadable(at, `${what} is expected here`);
  }
  function unexpected() {
    return new Unreadable(at, at >= bytes.length ? "ends too early" : "is no JSON");
  }
  skipSpace();
  if (at >= bytes.length) return void 0;
  return { root: value(wantedOfRoot), repeatedKeys: keys.repeated, end: at };
}

// src/yaml/tag.ts
var URI = String.raw`(?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[0-9a-fA-F]{2})`;
var VERBATIM = new RegExp(`^!<(${URI}+)>$`);
var WITH_HANDLE = new RegExp(`^(![\\w-]*!)(${URI}+)$`);
var LOCAL = new RegExp(`^!(?![\\w-]*!$)(${URI}*)$`);
var TAG_DIRECTIVE = new RegExp(`^%TAG[ \\t]+(!|![\\w-]*!)[ \\t]+(${URI}+)[ \\t]*(?:#.*)?$`);
var YAML_DIRECTIVE = /^%YAML[ \t]+([0-9]{1,2})\.([0-9]{1,2})[ \t]*(?:#.*)?$/;
var DEFAULT_HANDLES = /* @__PURE__ */ new Map([
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"]
]);
function checkTag(at, source) {
  if (source !== "!" && !VERBATIM.test(source) && !WITH_HANDLE.test(source) && !LOCAL.test(source)) {
    throw new Unreadable(at, `${source} is no tag`);
  }
}
function fullTag(at, source, handles) {
  const verbatim = VERBATIM.exec(source)?.[1];
  if (verbatim !== void 0) return verbatim;
  if (source === "!") return "!";
  const withHandle = WITH_HANDLE.exec(source);
  const local = withHandle === null ? LOCAL.exec(source) : null;
  const handle = withHandle?.[1] ?? "!";
  const suffix = withHandle?.[2] ?? local?.[1];
  if (suffix === void 0) throw new Unreadable(at, `${source} is no tag`);
  const prefix = handles.get(handle);
  if (prefix === void 0)
    throw new Unreadable(at, `no %TAG directive says what the handle ${handle} of ${source} stands for`);
  return prefix + suffix;
}
function checkDirective(at, source) {
  if (!YAML_DIRECTIVE.test(source) && !TAG_DIRECTIVE.test(source)) throw notADirective(at);
}
function notADirective(at) {
  return new Unreadable(at, "a line that begins with '%' must be a %YAML or %TAG directive");
}
function readDirectives(directives) {
  const handles = /* @__PURE__ */ new Map();
  let versions = 0;
  for (const { at, source } of directives) {
    const version = YAML_DIRECTIVE.exec(source);
    const tag = TAG_DIRECTIVE.exec(source);
    if (version !== null) {
      versions += 1;
      if (versions > 1) throw new Unreadable(at, "there may be one %YAML directive only");
      if (Number(version[1]) !== 1 || Number(version[2]) !== 1)
        throw new Unreadable(at, "kubectl reads YAML 1.1; leave out the %YAML directive");
    } else if (tag?.[1] !== void 0 && tag[2] !== void 0) {
      if (handles.has(tag[1])) throw new Unreadable(at, `the handle ${tag[1]} is given twice`);
      handles.set(tag[1], tag[2]);
    } else {
      throw notADirective(at);
    }
  }
  return new Map([...DEFAULT_HANDLES, ...handles]);
}

// src/yaml/scanner.ts
var Kind = {
  end: 0,
  directive: 1,
  documentStart: 2,
  documentEnd: 3,
  mappingStart: 4,
  sequenceStart: 5,
  blockEnd: 6,
  flowSequenceStart: 7,
  flowSequenceEnd: 8,
  flowMappingStart: 9,
  flowMappingEnd: 10,
  flowEntry: 11,
  entry: 12,
  key: 13,
  value: 14,
  alias: 15,
  anchor: 16,
  tag: 17,
  scalar: 18
};
var Style = { plain: 0, single: 1, double: 2, literal: 3, folded: 4 };
var LONGEST_KEY = 1024;
var DEEPEST2 = 1e4;
function scanYaml(bytes) {
  let at = 0;
  let line = 0;
  let lineStart = 0;
  let indent = -1;
  const indents = [];
  let keyAllowed = true;
  let ended = false;
  const keys = [noKey()];
  let flowLevel = 0;
  const queue = [];
  let head = 0;
  let tail = 0;
  let skipped = 0;
  const currentKey = () => keys[flowLevel] ?? noKey();
  function append(kind, start, end) {
    let token2 = queue[tail];
    if (token2 === void 0) {
      token2 = { kind, start, end, style: 0, composed: false, indent: 0, opensMapping: false, isKey: false };
      queue.push(token2);
    } else {
      token2.kind = kind;
      token2.start = start;
      token2.end = end;
      token2.style = 0;
      token2.composed = false;
      token2.opensMapping = false;
      token2.isKey = false;
    }
    tail += 1;
    return token2;
  }
  function newLine(length) {
    at += length;
    line += 1;
    lineStart = at;
  }
  function isStillPossible(key) {
    if (!key.possible) return false;
    if (key.line === line && at - key.at <= LONGEST_KEY) return true;
    if (key.line === line && codePoints(bytes, key.at, at) <= LONGEST_KEY) return true;
    dropKey(key);
    return false;
  }
  function dropKey(key) {
    if (key.possible && key.required) throw new Unreadable(key.at, "could not find the ':' that a mapping's key needs");
    key.possible = false;
  }
  function rememberKey() {
    if (!keyAllowed) return;
    const key = currentKey();
    dropKey(key);
    key.possible = true;
    key.required = flowLevel === 0 && indent === at - lineStart;
    key.token = skipped + tail - head;
    key.at = at;
    key.line = line;
    key.column = at - lineStart;
  }
  function indentTo(column) {
    if (flowLevel > 0 || indent >= column) return false;
    indents.push(indent);
    indent = column;
    if (indents.length > DEEPEST2) throw new Unreadable(at, `is nested more than ${DEEPEST2} levels deep`);
    return true;
  }
  function unindentTo(column) {
    if (flowLevel > 0) return;
    while (indent > column) {
      append(Kind.blockEnd, at, at);
      indent = indents.pop() ?? -1;
    }
  }
  function skipToToken() {
    for (; ; ) {
      let byte = byteAt(bytes, at);
      while (byte === SPACE || byte === TAB && (flowLevel > 0 || !keyAllowed)) {
        at += 1;
        byte = byteAt(bytes, at);
      }
      if (byte === 35) at = endOfLine(bytes, at);
      const length = breakLength(bytes, at);
      if (length === 0) return;
      newLine(length);
      if (flowLevel === 0) keyAllowed = true;
    }
  }
  function fetch() {
    skipToToken();
    const column = at - lineStart;
    unindentTo(column);
    const byte = byteAt(bytes, at);
    if (byte === 0) {
      fetchEnd();
      return;
    }
    if (column === 0) {
      if (byte === 37) {
        fetchDirective();
        return;
      }
      if (isDocumentMark(bytes, at)) {
        fetchDocumentMark(byte === 45 ? Kind.documentStart : Kind.documentEnd);
        return;
      }
    }
    switch (byte) {
      case 91:
        fetchFlowStart(Kind.flowSequenceStart);
        return;
      case 123:
        fetchFlowStart(Kind.flowMappingStart);
        return;
      case 93:
        fetchFlowEnd(Kind.flowSequenceEnd);
        return;
      case 125:
        fetchFlowEnd(Kind.flowMappingEnd);
        return;
      case 44:
        fetchFlowEntry();
        return;
      case 45:
        if (isSpaceOrEnd(bytes, at + 1)) {
          fetchEntry();
          return;
        }
        fetchPlain();
        return;
      case 63:
        if (flowLevel > 0 || isSpaceOrEnd(bytes, at + 1)) {
          fetchKey();
          return;
        }
        fetchPlain();
        return;
      case 58:
        if (flowLevel > 0 || isSpaceOrEnd(bytes, at + 1)) {
          fetchValue();
          return;
        }
        fetchPlain();
        return;
      case 42:
        fetchName(Kind.alias);
        return;
      case 38:
        fetchName(Kind.anchor);
        return;
      case 33:
        fetchTag();
        return;
      case 124:
      // |
      case 62:
        if (flowLevel === 0) {
          fetchBlockScalar(byte === 124 ? Style.literal : Style.folded);
          return;
        }
        break;
      case 39:
        fetchQuoted(Style.single);
        return;
      case 34:
        fetchQuoted(Style.double);
        return;
      case TAB:
        throw new Unreadable(at, "a tab stands where indentation is expected; YAML indents with spaces only");
      case 37:
      // %
      case 64:
      // @
      case 96:
        break;
      default:
        fetchPlain();
        return;
    }
    throw new Unreadable(at, `${JSON.stringify(String.fromCharCode(byte))} cannot begin a value; put it in quotes`);
  }
  function fetchEnd() {
    unindentTo(-1);
    dropKey(currentKey());
    keyAllowed = false;
    ended = true;
    append(Kind.end, at, at);
  }
  function fetchDirective() {
    unindentTo(-1);
    dropKey(currentKey());
    keyAllowed = false;
    const start = at;
    at = endOfLine(bytes, at);
    checkDirective(start, decodeSlice(bytes, start, at));
    append(Kind.directive, start, at);
  }
  function fetchDocumentMark(kind) {
    unindentTo(-1);
    dropKey(currentKey());
    keyAllowed = false;
    at += 3;
    append(kind, at - 3, at);
  }
  function fetchFlowStart(kind) {
    rememberKey();
    flowLevel += 1;
    if (flowLevel > DEEPEST2) throw new Unreadable(at, `is nested more than ${DEEPEST2} levels deep`);
    if (keys.length === flowLevel) keys.push(noKey());
    else currentKey().possible = false;
    keyAllowed = true;
    at += 1;
    append(kind, at - 1, at);
  }
  function fetchFlowEnd(kind) {
    dropKey(currentKey());
    if (flowLevel > 0) flowLevel -= 1;
    keyAllowed = false;
    at += 1;
    append(kind, at - 1, at);
  }
  function fetchFlowEntry() {
    dropKey(currentKey());
    keyAllowed = true;
    at += 1;
    append(Kind.flowEntry, at - 1, at);
  }
  function fetchEntry() {
    if (flowLevel === 0) {
      if (!keyAllowed) throw new Unreadable(at, "a list's '-' cannot stand here");
      if (indentTo(at - lineStart)) append(Kind.sequenceStart, at, at);
    }
    dropKey(currentKey());
    keyAllowed = true;
    at += 1;
    append(Kind.entry, at - 1, at);
  }
  function fetchKey() {
    if (flowLevel === 0) {
      if (!keyAllowed) throw new Unreadable(at, "a mapping's key cannot stand here");
      if (indentTo(at - lineStart)) append(Kind.mappingStart, at, at);
    }
    dropKey(currentKey());
    keyAllowed = flowLevel === 0;
    at += 1;
    append(Kind.key, at - 1, at);
  }
  function fetchValue() {
    const key = currentKey();
    if (isStillPossible(key)) {
      const token2 = queue[head + key.token - skipped];
      if (token2 !== void 0) {
        token2.isKey = true;
        token2.opensMapping = indentTo(key.column);
      }
      key.possible = false;
      keyAllowed = false;
    } else {
      if (flowLevel === 0) {
        if (!keyAllowed) throw new Unreadable(at, "a mapping's ':' cannot stand here");
        if (indentTo(at - lineStart)) append(Kind.mappingStart, at, at);
      }
      keyAllowed = flowLevel === 0;
    }
    at += 1;
    append(Kind.value, at - 1, at);
  }
  function fetchName(kind) {
    rememberKey();
    keyAllowed = false;
    const start = at;
    at += 1;
    while (isWord(byteAt(bytes, at))) at += 1;
    if (at === start + 1 || !(isSpaceOrEnd(bytes, at) || "?:,]}%@`".includes(String.fromCharCode(byteAt(bytes, at))))) {
      throw new Unreadable(
        at,
        `the name after '${kind === Kind.alias ? "*" : "&"}' may hold letters, digits, '_' and '-' only`
      );
    }
    append(kind, start, at);
  }
  function fetchTag() {
    rememberKey();
    keyAllowed = false;
    const start = at;
    while (!isSpaceOrEnd(bytes, at)) at += 1;
    checkTag(start, decodeSlice(bytes, start, at));
    append(Kind.tag, start, at);
  }
  function fetchBlockScalar(style) {
    dropKey(currentKey());
    keyAllowed = true;
    const start = at;
    at += 1;
    let increment = 0;
    let chomped = false;
    for (let indicators = 0; indicators < 2; indicators += 1) {
      const byte = byteAt(bytes, at);
      if ((byte === 43 || byte === 45) && !chomped) chomped = true;
      else if (byte >= 48 && byte <= 57 && increment === 0) increment = byte - 48;
      else break;
      if (byte === 48) throw new Unreadable(at, "a block of text cannot be indented by 0");
      at += 1;
    }
    while (isBlank(byteAt(bytes, at))) at += 1;
    if (byteAt(bytes, at) === 35) at = endOfLine(bytes, at);
    if (!isBreakOrEnd(bytes, at))
      throw new Unreadable(at, `nothing but a comment may follow '${style === Style.literal ? "|" : ">"}' on its line`);
    const length = breakLength(bytes, at);
    if (length > 0) newLine(length);
    const textIndent = skipEmptyLines(increment > 0 ? Math.max(indent, 0) + increment : 0);
    while (at - lineStart === textIndent && byteAt(bytes, at) !== 0) {
      at = endOfLine(bytes, at);
      const lineBreak = breakLength(bytes, at);
      if (lineBreak > 0) newLine(lineBreak);
      skipEmptyLines(textIndent);
    }
    const token2 = append(Kind.scalar, start, at);
    token2.style = style;
    token2.composed = true;
    token2.indent = textIndent;
  }
  function skipEmptyLines(textIndent) {
    let widest = 0;
    for (; ; ) {
      while ((textIndent === 0 || at - lineStart < textIndent) && byteAt(bytes, at) === SPACE) at += 1;
      const column = at - lineStart;
      widest = Math.max(widest, column);
      if ((textIndent === 0 || column < textIndent) && byteAt(bytes, at) === TAB) {
        throw new Unreadable(at, "a tab stands where the indentation of a block of text is expected");
      }
      const length = breakLength(bytes, at);
      if (length === 0) break;
      newLine(length);
    }
    return textIndent === 0 ? Math.max(widest, indent + 1, 1) : textIndent;
  }
  function fetchQuoted(style) {
    rememberKey();
    keyAllowed = false;
    const start = at;
    const quote = byteAt(bytes, at);
    let composed = false;
    at += 1;
    for (; ; ) {
      const byte = byteAt(bytes, at);
      if (byte === quote) {
        if (style === Style.double || byteAt(bytes, at + 1) !== quote) break;
        composed = true;
        at += 2;
      } else if (byte === 92 && style === Style.double) {
        composed = true;
        at += 1;
        if (breakLength(bytes, at) === 0) at += escapeLength(bytes, at);
      } else if (byte === 0) {
        throw new Unreadable(start, "the closing quote is missing");
      } else {
        const length = byte < SPACE || byte >= 194 ? breakLength(bytes, at) : 0;
        if (length === 0) {
          at += 1;
          continue;
        }
        composed = true;
        newLine(length);
        if (isDocumentMark(bytes, at))
          throw new Unreadable(start, "the closing quote is missing before the document ends");
      }
    }
    at += 1;
    const token2 = append(Kind.scalar, start, at);
    token2.style = style;
    token2.composed = composed;
  }
  function fetchPlain() {
    rememberKey();
    keyAllowed = false;
    const start = at;
    let end = at;
    let composed = false;
    let brokeLine = false;
    const leastColumn = indent + 1;
    for (; ; ) {
      if (at === lineStart && isDocumentMark(bytes, at)) break;
      if (byteAt(bytes, at) === 35) break;
      const wordStart = at;
      at = endOfPlainWord(bytes, at, flowLevel > 0);
      if (at > wordStart) {
        end = at;
        composed ||= brokeLine;
        brokeLine = false;
      }
      if (!isBlank(byteAt(bytes, at)) && breakLength(bytes, at) === 0) break;
      for (; ; ) {
        const byte = byteAt(bytes, at);
        if (isBlank(byte)) {
          if (byte === TAB && brokeLine && at - lineStart < leastColumn) {
            throw new Unreadable(at, "a tab stands where indentation is expected; YAML indents with spaces only");
          }
          at += 1;
          continue;
        }
        const length = breakLength(bytes, at);
        if (length === 0) break;
        newLine(length);
        brokeLine = true;
      }
      if (flowLevel === 0 && at - lineStart < leastColumn) break;
    }
    const token2 = append(Kind.scalar, start, end);
    token2.style = Style.plain;
    token2.composed = composed;
    if (brokeLine) keyAllowed = true;
  }
  function headMayBeKey() {
    for (let level = 0; level <= flowLevel; level += 1) {
      const key = keys[level];
      if (key?.possible && key.token === skipped) return isStillPossible(key);
    }
    return false;
  }
  function token() {
    while (!ended && (head === tail || headMayBeKey())) fetch();
    const next = queue[head];
    if (next === void 0 || head === tail) throw new Unreadable(at, "ends too early");
    return next;
  }
  return {
    token,
    peek: () => {
      const next = token();
      return next.opensMapping ? Kind.mappingStart : next.isKey ? Kind.key : next.kind;
    },
    skip: () => {
      const next = token();
      if (next.opensMapping) next.opensMapping = false;
      else if (next.isKey) next.isKey = false;
      else {
        head += 1;
        skipped += 1;
        if (head === tail) head = tail = 0;
      }
    }
  };
}
function noKey() {
  return { possible: false, required: false, token: -1, at: 0, line: 0, column: 0 };
}
function endOfLine(bytes, from) {
  let at = from;
  for (; ; ) {
    const byte = bytes[at] ?? 0;
    if (byte === LF || byte === 0) return at;
    if ((byte < SPACE || byte >= 194) && breakLength(bytes, at) > 0) return at;
    at += 1;
  }
}
function endOfPlainWord(bytes, from, inFlow) {
  let at = from;
  for (; ; ) {
    const byte = bytes[at] ?? 0;
    if (byte <= SPACE) {
      if (byte === SPACE || byte === LF || byte === TAB || byte === 0 || byte === 13) return at;
    } else if (byte === 58) {
      if (isSpaceOrEnd(bytes, at + 1)) return at;
    } else if (inFlow) {
      if (byte === 44 || byte === 63 || byte === 91 || byte === 93 || byte === 123 || byte === 125) return at;
      if (byte >= 194 && breakLength(bytes, at) > 0) return at;
    } else if (byte >= 194 && breakLength(bytes, at) > 0) {
      return at;
    }
    at += 1;
  }
}
function isDocumentMark(bytes, at) {
  const byte = bytes[at];
  return (byte === 45 || byte === 46) && bytes[at + 1] === byte && bytes[at + 2] === byte && isSpaceOrEnd(bytes, at + 3);
}
function escapeLength(bytes, at) {
  const letter = String.fromCharCode(byteAt(bytes, at));
  if (`0abt	nvfre "'\\N_LP`.includes(letter)) return 1;
  const digits = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
  if (digits === 0)
    throw new Unreadable(at - 1, `'\\${letter}' is no escape that YAML knows; write '\\\\' for a backslash`);
  const code = decodeAscii(bytes, at + 1, at + 1 + digits);
  if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) {
    throw new Unreadable(at - 1, `'\\${letter}' must be followed by ${digits} hexadecimal digits`);
  }
  const point = Number.parseInt(code, 16);
  if (point >= 55296 && point <= 57343 || point > 1114111) {
    throw new Unreadable(at - 1, `'\\${letter}${code}' is no Unicode character`);
  }
  return 1 + digits;
}
function decodeAscii(bytes, start, end) {
  return String.fromCharCode(...bytes.subarray(start, end));
}
function codePoints(bytes, start, end) {
  let count = 0;
  for (let at = start; at < end; at += 1) if (((bytes[at] ?? 0) & 192) !== 128) count += 1;
  return count;
}

// src/yaml/scalar.ts
function scalarText(bytes, token) {
  const { start, end, style } = token;
  if (style === Style.plain) {
    const source2 = decodeSlice(bytes, start, end);
    return token.composed ? foldLines(source2) : source2;
  }
  if (style === Style.literal || style === Style.folded) return blockText(decodeSlice(bytes, start, end), token.indent);
  const source = decodeSlice(bytes, start + 1, end - 1);
  if (!token.composed) return source;
  return style === Style.single ? foldLines(source).replaceAll("''", "'") : resolveEscapes(source);
}
var LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/;
function foldLines(source) {
  const lines = source.split(LINE_BREAK);
  let text = "";
  let breaks = 0;
  lines.forEach((line, index) => {
    const last = index === lines.length - 1;
    const kept = (index === 0 ? line : line.replace(/^[ \t]+/, "")).replace(last ? /$/ : /[ \t]+$/, "");
    if (index > 0) breaks += 1;
    if (kept === "" && !last && index > 0) return;
    if (breaks > 0) text += breaks === 1 ? " " : "\n".repeat(breaks - 1);
    breaks = 0;
    text += kept;
  });
  return text;
}
var ESCAPES = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "	",
  "	": "	",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1B",
  N: "\x85",
  _: "\xA0",
  L: "\u2028",
  P: "\u2029"
};
function resolveEscapes(source) {
  const joined = source.replace(/((?:^|[^\\])(?:\\\\)*)\\(?:\r\n|[\r\n\u0085\u2028\u2029])[ \t]*/g, "$1");
  return foldLines(joined).replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (_, x, u, long, letter) => {
      const code = x ?? u ?? long;
      if (code !== void 0) return String.fromCodePoint(Number.parseInt(code, 16));
      return ESCAPES[letter ?? ""] ?? letter ?? "";
    }
  );
}
function blockText(source, indent) {
  const [header = "", ...lines] = source.split(LINE_BREAK);
  const folded = header.startsWith(">");
  const indicators = header.slice(0, 3);
  const body = lines.map((line) => line.slice(Math.min(indent, line.length)));
  while (body.at(-1) === "") body.pop();
  const trailing = lines.length - body.length;
  let text = "";
  body.forEach((line, index) => {
    const previous = body[index - 1];
    if (index > 0) text += folded && isText(previous) && isText(line) ? " " : "\n";
    text += line;
  });
  if (folded) text = text.replace(/(?<=[^\n \t]) ?\n(\n+)(?=[^\n \t])/g, "$1");
  if (indicators.includes("-") || body.length === 0) return indicators.includes("+") ? "\n".repeat(trailing) : text;
  return text + (indicators.includes("+") ? "\n".repeat(Math.max(trailing, 1)) : "\n");
}
function isText(line) {
  return line !== void 0 && line !== "" && !line.startsWith(" ") && !line.startsWith("	");
}
var BOOLEANS = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON|([nN]|no|No|NO|false|False|FALSE|off|Off|OFF))$/;
var NULLS = /^(?:~|null|Null|NULL)?$/;
var NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
function plainType(text) {
  if (NULLS.test(text)) return "null";
  const first = text.charAt(0);
  if (/[a-zA-Z]/.test(first)) return BOOLEANS.test(text) ? "boolean" : "string";
  if (NOT_FINITE.test(text)) return "not-finite";
  return yamlNumber(text) ?? "string";
}
function isNotText(text) {
  return plainType(text) !== "string";
}
var CORE_TAG = "tag:yaml.org,2002:";
var TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]| )[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?$/;
var BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
function scalarValue(at, text, plain, tag, isKey) {
  const type = tag === void 0 ? plain ? plainType(text) : "string" : taggedType(at, text, tag);
  switch (type) {
    case "null":
      return { kind: "null", at };
    case "boolean":
      return { kind: "boolean", at, value: BOOLEANS.exec(text)?.[1] === void 0 };
    case "not-finite":
      if (!isKey)
        throw new Unreadable(at, `${text} is not a number that JSON, and so Kubernetes, can hold; put it in quotes`);
      return { kind: "number", at, text: text.replace(/^\+/, "").toLowerCase() };
    case "string":
      return { kind: "string", at, text };
  }
  if (!isKey) return { kind: "number", at, text: sentNumber(type) };
  if (isUnsigned(type)) throw new Unreadable(at, "a key must not be a whole number this large; put it in quotes");
  return { kind: "number", at, text: keyNumber(type) };
}
function taggedType(at, text, tag) {
  const name = tag.startsWith(CORE_TAG) ? tag.slice(CORE_TAG.length) : void 0;
  if (name === "binary") {
    if (!BASE64.test(text.replace(/[\r\n]/g, ""))) throw new Unreadable(at, "!!binary must be followed by base64");
    return "string";
  }
  if (name === void 0 || !["bool", "int", "float", "null", "timestamp"].includes(name)) return "string";
  if (name === "timestamp" && TIMESTAMP.test(text)) return "string";
  const type = plainType(text);
  if (name === "null" && type === "null") return "null";
  if (name === "bool" && type === "boolean") return "boolean";
  if (typeof type !== "string") {
    if (name === "int" && type.kind === "integer") return type;
    if (name === "float" && !isUnsigned(type)) return { kind: "float", value: Number(type.value) };
  }
  if (name === "float" && type === "not-finite") return type;
  throw new Unreadable(at, `${JSON.stringify(text)} is not a valid !!${name}`);
}

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
var LONGEST_KEY2 = 500;
var DEEPEST3 = 200;
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
    if (at === start || at - start > LONGEST_KEY2 || mayMeanMore(bytes, start, at)) return false;
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
        if (depth >= DEEPEST3) return void 0;
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

// src/yaml/aliases.ts
var FEW = 4e5;
var MANY = 4e6;
function allowedShare(read) {
  if (read <= FEW) return 0.99;
  if (read >= MANY) return 0.1;
  return 0.99 - 0.89 * ((read - FEW) / (MANY - FEW));
}
function refuseExcessiveAliases(root) {
  let read = 1;
  let readThroughAliases = 0;
  let depth = 0;
  const open = /* @__PURE__ */ new Set();
  let outermost = root;
  const visit = (node) => {
    read += 1;
    if (depth > 0) readThroughAliases += 1;
    if (readThroughAliases > 100 && read > 1e3 && readThroughAliases / read > allowedShare(read)) {
      throw new Unreadable(outermost.at, "aliases blow this document up out of all proportion");
    }
    switch (node.kind) {
      case "alias":
        if (open.has(node)) throw new Unreadable(node.at, "an anchor holds an alias of itself");
        open.add(node);
        if (depth === 0) outermost = node;
        depth += 1;
        visit(node.target);
        depth -= 1;
        open.delete(node);
        break;
      case "mapping":
        for (const field of node.fields) {
          if (field.merges) {
            if (field.value.kind === "sequence") field.value.items.toReversed().forEach(visit);
            else visit(field.value);
          } else {
            visit(field.key ?? field.value);
            visit(field.value);
          }
        }
        break;
      case "sequence":
        node.items.forEach(visit);
        break;
    }
  };
  visit(root);
}
function isMergeable(node) {
  if (node.kind === "sequence")
    return node.items.every((item) => item.kind !== "sequence" && dereference(item).kind === "mapping");
  return dereference(node).kind === "mapping";
}

// src/yaml/reader.ts
var ALIAS_FOUND = /* @__PURE__ */ Symbol("alias found");
var DEEPEST4 = 1e3;
var ITSELF = {};
function readYaml(bytes, wanted) {
  const forbidden = findForbiddenByte(bytes);
  if (forbidden >= 0) throw new Unreadable(forbidden, "a control character stands here, which YAML forbids");
  try {
    return parse(bytes, wanted, false);
  } catch (thrown) {
    if (thrown !== ALIAS_FOUND) throw thrown;
  }
  const document = parse(bytes, EVERYTHING, true);
  if (document.root !== void 0) refuseExcessiveAliases(document.root);
  return document;
}
function parse(bytes, wantedOfRoot, followsAliases) {
  const scanner = scanYaml(bytes);
  const anchors = /* @__PURE__ */ new Map();
  const keys = recordKeys(bytes);
  const handles = readHandles();
  let depth = 0;
  let textStart = 0;
  let textEnd = 0;
  let merges = false;
  function readHandles() {
    const directives = [];
    while (scanner.peek() === Kind.directive) {
      const { start, end } = scanner.token();
      directives.push({ at: start, source: decodeSlice(bytes, start, end) });
      scanner.skip();
    }
    if (directives.length > 0 && scanner.peek() !== Kind.documentStart) {
      throw new Unreadable(scanner.token().start, "'---' must follow the directives");
    }
    return readDirectives(directives);
  }
  function readRoot() {
    if (scanner.peek() === Kind.documentStart) {
      scanner.skip();
      if (isLeftOut(Kind.directive, Kind.documentStart, Kind.documentEnd)) return void 0;
    }
    if (scanner.peek() === Kind.end) return void 0;
    const root = readNode(true, false, wantedOfRoot, false);
    scanner.peek();
    return root;
  }
  function readDocument() {
    const root = readRoot();
    const ended = scanner.peek() === Kind.end;
    return { root, repeatedKeys: keys.repeated, ...!ended && { rest: scanner.token().start } };
  }
  function readNode(block, indentless, wanted, isKey) {
    let kind = scanner.peek();
    const at = scanner.token().start;
    if (kind === Kind.alias) return readAlias();
    let anchor;
    let tag;
    while (kind === Kind.anchor && anchor === void 0 || kind === Kind.tag && tag === void 0) {
      const { start, end } = scanner.token();
      if (kind === Kind.anchor) anchor = decodeSlice(bytes, start + 1, end);
      else tag = fullTag(start, decodeSlice(bytes, start, end), handles);
      scanner.skip();
      kind = scanner.peek();
    }
    switch (kind) {
      case Kind.scalar:
        return readScalar(at, anchor, tag, wanted, isKey);
      case Kind.flowSequenceStart:
        return readFlowSequence(at, anchor, wanted);
      case Kind.flowMappingStart:
        return readFlowMapping(at, anchor, wanted);
      case Kind.entry:
        if (indentless) return readBlockSequence(at, anchor, wanted, true);
        break;
      case Kind.sequenceStart:
        if (block) return readBlockSequence(at, anchor, wanted, false);
        break;
      case Kind.mappingStart:
        if (block) return readBlockMapping(at, anchor, wanted);
        break;
    }
    if (anchor === void 0 && tag === void 0)
      throw new Unreadable(scanner.token().start, "a value is expected here");
    textStart = textEnd = at;
    merges = false;
    return keep(anchor, scalarValue(at, "", tag === void 0, tag, isKey));
  }
  function keep(anchor, node) {
    if (anchor !== void 0) anchors.set(anchor, node);
    return node;
  }
  function readAlias() {
    if (!followsAliases) throw ALIAS_FOUND;
    const { start, end } = scanner.token();
    const name = decodeSlice(bytes, start + 1, end);
    const target = anchors.get(name);
    if (target === void 0) throw new Unreadable(start, `the alias *${name} has no anchor &${name} before it`);
    merges = false;
    scanner.skip();
    return { kind: "alias", at: start, target };
  }
  function readScalar(at, anchor, tag, wanted, isKey) {
    const token = scanner.token();
    const plain = token.style === Style.plain;
    textStart = plain ? token.start : token.start + 1;
    textEnd = plain ? token.end : token.end - 1;
    merges = false;
    if (wanted === void 0 && tag === void 0 && !(plain && needsLook(bytes, token.start, token.end, isKey))) {
      scanner.skip();
      return void 0;
    }
    const text = scalarText(bytes, token);
    scanner.skip();
    merges = text === "<<" && (tag === void 0 ? plain : tag === "!" || tag === "tag:yaml.org,2002:merge");
    return keep(anchor, scalarValue(at, text, plain, tag, isKey));
  }
  function enter(at) {
    depth += 1;
    if (depth > DEEPEST4) throw new Unreadable(at, `is nested more than ${DEEPEST4} levels deep`);
  }
  function isLeftOut(...followers) {
    return followers.includes(scanner.peek());
  }
  function readBlockMapping(at, anchor, wanted) {
    enter(at);
    const mapping = keep(anchor, { kind: "mapping", at, fields: [] });
    const opened = keys.open();
    scanner.skip();
    for (; ; ) {
      const kind = scanner.peek();
      if (kind === Kind.blockEnd) break;
      if (kind !== Kind.key)
        throw new Unreadable(scanner.token().start, "a key is expected here; mind the indentation");
      const keyAt = scanner.token().start;
      scanner.skip();
      const keyLeftOut = isLeftOut(Kind.key, Kind.value, Kind.blockEnd);
      const key = keyLeftOut ? nullAt(keyAt) : readNode(true, true, wanted && ITSELF, true);
      addField(mapping, opened, keyAt, key, wanted, (wantedValue) => {
        if (scanner.peek() !== Kind.value) return nullAt(keyAt);
        scanner.skip();
        if (isLeftOut(Kind.key, Kind.value, Kind.blockEnd)) return nullAt(keyAt);
        return readNode(true, true, wantedValue, false);
      });
    }
    scanner.skip();
    keys.close(opened);
    depth -= 1;
    return mapping;
  }
  function readFlowMapping(at, anchor, wanted) {
    enter(at);
    const mapping = keep(anchor, { kind: "mapping", at, fields: [] });
    const opened = keys.open();
    scanner.skip();
    for (let first = true; scanner.peek() !== Kind.flowMappingEnd; first = false) {
      if (!first) {
        if (scanner.peek() !== Kind.flowEntry)
          throw new Unreadable(scanner.token().start, "',' or '}' is expected here");
        scanner.skip();
        if (scanner.peek() === Kind.flowMappingEnd) break;
      }
      const keyAt = scanner.token().start;
      const hasKey = scanner.peek() === Kind.key;
      if (hasKey) scanner.skip();
      readFlowField(mapping, opened, keyAt, wanted, hasKey, Kind.flowMappingEnd);
    }
    scanner.skip();
    keys.close(opened);
    depth -= 1;
    return mapping;
  }
  function readFlowField(mapping, opened, keyAt, wanted, hasKey, end) {
    const keyLeftOut = hasKey && isLeftOut(Kind.value, Kind.flowEntry, end);
    const key = keyLeftOut ? nullAt(keyAt) : readNode(false, false, wanted && ITSELF, true);
    addField(mapping, opened, keyAt, key, wanted, (wantedValue) => {
      if (!hasKey || scanner.peek() !== Kind.value) return nullAt(keyAt);
      scanner.skip();
      return isLeftOut(Kind.flowEntry, end) ? nullAt(keyAt) : readNode(false, false, wantedValue, false);
    });
  }
  function addField(mapping, opened, at, key, wanted, readValue) {
    const keyValue = key === void 0 ? void 0 : dereference(key);
    if (keyValue?.kind === "mapping" || keyValue?.kind === "sequence" || keyValue?.kind === "null") {
      const what = keyValue.kind === "null" ? "null" : `a ${keyValue.kind}`;
      throw new Unreadable(at, `a key must be text, not ${what}; put it in quotes`);
    }
    if (merges) {
      const value2 = readValue(wanted === void 0 ? EVERYTHING : { ...wanted, items: wanted });
      if (value2 === void 0 || !isMergeable(value2)) throw new Unreadable(at, "only mappings can be merged with '<<'");
      if (wanted !== void 0) mapping.fields.push({ at, name: "<<", merges: true, value: value2 });
      return;
    }
    if (key?.kind !== "alias") keys.add(opened, textStart, textEnd);
    const name = keyValue === void 0 ? "" : keyText(keyValue);
    const wantedValue = wanted === void 0 ? void 0 : wantedField(wanted, name);
    const value = readValue(wantedValue);
    if (wantedValue === void 0 || value === void 0) return;
    mapping.fields.push({
      at,
      name,
      merges: false,
      value,
      ...followsAliases && key !== void 0 && { key }
    });
  }
  function readBlockSequence(at, anchor, wanted, indentless) {
    enter(at);
    const sequence = keep(anchor, { kind: "sequence", at, items: [] });
    if (!indentless) scanner.skip();
    while (scanner.peek() === Kind.entry) {
      const itemAt = scanner.token().start;
      scanner.skip();
      const empty = indentless ? isLeftOut(Kind.entry, Kind.key, Kind.value, Kind.blockEnd) : isLeftOut(Kind.entry, Kind.blockEnd);
      addItem(sequence, wanted, empty ? nullAt(itemAt) : readNode(true, false, wanted?.items, false));
    }
    if (!indentless) {
      if (scanner.peek() !== Kind.blockEnd)
        throw new Unreadable(scanner.token().start, "'-' is expected here; mind the indentation");
      scanner.skip();
    }
    depth -= 1;
    return sequence;
  }
  function readFlowSequence(at, anchor, wanted) {
    enter(at);
    const sequence = keep(anchor, { kind: "sequence", at, items: [] });
    scanner.skip();
    for (let first = true; scanner.peek() !== Kind.flowSequenceEnd; first = false) {
      if (!first) {
        if (scanner.peek() !== Kind.flowEntry)
          throw new Unreadable(scanner.token().start, "',' or ']' is expected here");
        scanner.skip();
        if (scanner.peek() === Kind.flowSequenceEnd) break;
      }
      if (scanner.peek() === Kind.key) {
        const itemAt = scanner.token().start;
        const mapping = { kind: "mapping", at: itemAt, fields: [] };
        scanner.skip();
        readFlowField(mapping, keys.open(), itemAt, wanted?.items, true, Kind.flowSequenceEnd);
        addItem(sequence, wanted, mapping);
      } else {
        addItem(sequence, wanted, readNode(false, false, wanted?.items, false));
      }
    }
    scanner.skip();
    depth -= 1;
    return sequence;
  }
  function addItem(sequence, wanted, item) {
    if (wanted?.items !== void 0 && item !== void 0) sequence.items.push(item);
  }
  return readDocument();
}
function keyText(key) {
  switch (key.kind) {
    case "string":
    case "number":
      return key.text;
    case "boolean":
      return String(key.value);
    case "null":
      return "";
  }
}
function nullAt(at) {
  return { kind: "null", at };
}
function needsLook(bytes, start, end, isKey) {
  const first = byteAt(bytes, start);
  const length = end - start;
  if (!isKey)
    return length <= 5 && (first === 46 || (first === 43 || first === 45) && byteAt(bytes, start + 1) === 46);
  if (length === 1) return first === 126;
  if (length === 2) return first === 60;
  if (length >= 18) return first >= 48 && first <= 57;
  return length === 4 && (first === 110 || first === 78);
}

// src/yaml/documents.ts
var LF2 = 10;
var DASH = 45;
var SPACES = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
function* documentsOf(bytes, wanted) {
  let from = 0;
  if (looksLikeJson(bytes)) {
    let count = 0;
    for (; ; ) {
      const outcome = attempt(() => readJson(bytes, from, wanted));
      if (outcome instanceof Unreadable) {
        const next = count > 1 ? -1 : afterLineBreak(bytes, from);
        if (next < 0) {
          yield { kind: "unreadable", at: outcome.at, message: outcome.message };
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
      yield {
        kind: "unreadable",
        at: mark,
        message: `only a comment may follow '---' on its line for kubectl, and ${JSON.stringify(trailing)} does`
      };
    }
    start = end > start ? line : mark;
    if (line >= bytes.length) return;
  }
}
function* yamlDocument(bytes, start, end, wanted) {
  const marked = bytes[start] === 239 && bytes[start + 1] === 187 && bytes[start + 2] === 191;
  const offset = marked ? start + 3 : start;
  const text = bytes.subarray(offset, end);
  const outcome = attempt(() => readPlainYaml(text, wanted) ?? readYaml(text, wanted));
  if (outcome instanceof Unreadable) {
    yield { kind: "unreadable", at: offset + outcome.at, message: outcome.message };
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
function looksLikeJson(bytes) {
  return bytes.toString("utf8", 0, 4096).replace(SPACES, "").startsWith("{");
}
function afterLineBreak(bytes, from) {
  let at = from;
  for (; ; ) {
    if (bytes.length - at < 4) return -1;
    const [character = ""] = bytes.toString("utf8", at, at + 4);
    if (!SPACES.test(character)) return at;
    at += Buffer.byteLength(character);
    if (character === "\n") return at;
  }
}

// src/yaml/file-text.ts
function decodeFile(content) {
  if (content[0] === 255 && content[1] === 254)
    return { bytes: reencode(content.subarray(2), "utf-16le"), promised: false };
  if (content[0] === 254 && content[1] === 255)
    return { bytes: reencode(content.subarray(2), "utf-16be"), promised: false };
  const promised = content[0] === 239 && content[1] === 187 && content[2] === 191;
  const bytes = promised ? content.subarray(3) : content;
  if (isUtf8(bytes)) return { bytes, promised };
  const mended = reencode(bytes, "utf-8");
  let same = 0;
  while (mended[same] === bytes[same]) same += 1;
  return { bytes: mended, mendedAt: same, promised };
}
var { isUtf8 } = process.getBuiltinModule("node:buffer");
function reencode(content, encoding) {
  return Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(content), "utf8");
}

// src/yaml/line-counter.ts
var LF3 = 10;
function lineCounter(bytes) {
  let line = 1;
  let lineStart = 0;
  return (at) => {
    if (at < lineStart) {
      line = 1;
      lineStart = 0;
    }
    for (let next = bytes.indexOf(LF3, lineStart); next >= 0 && next < at; next = bytes.indexOf(LF3, lineStart)) {
      line += 1;
      lineStart = next + 1;
    }
    return { line, column: [...bytes.toString("utf8", lineStart, Math.min(at, lineStart + 1e3))].length + 1 };
  };
}

// src/manifests/find-files.ts
var import_picomatch = __toESM(require_picomatch(), 1);
var { lstatSync, readdirSync, realpathSync, statSync } = process.getBuiltinModule("node:fs");
var { isAbsolute, join, resolve, sep } = process.getBuiltinModule("node:path");
var MANIFEST = /\.(?:ya?ml|json)$/;
function findFiles(patterns, surroundings) {
  const nameOf = namer(surroundings);
  const problems = [];
  const paths = /* @__PURE__ */ new Set();
  const excludes = patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => matcherOf(slashed(pattern.slice(1).trim())));
  const isExcluded = (path) => {
    const name = localName(path, surroundings.workingDirectory);
    return excludes.some((matches) => matches(name));
  };
  for (const pattern of patterns) {
    if (pattern.startsWith("!")) continue;
    const found = expand(slashed(pattern), surroundings.workingDirectory);
    for (const { path, reason } of found.failures) {
      if (!isExcluded(path)) problems.push({ place: { kind: "file", file: nameOf(path), line: 1 }, message: reason });
    }
    const kept = found.paths.filter((path) => !isExcluded(path));
    for (const path of kept) paths.add(path);
    if (kept.length === 0 && found.failures.length === 0) {
      problems.push({
        place: { kind: "input", input: "manifests" },
        message: found.paths.length === 0 ? `The pattern ${pattern} matches no file.` : `The pattern ${pattern} matches only files that other patterns exclude.`,
        hint: hintFor(pattern, surroundings)
      });
    }
  }
  const files = [...paths].map((path) => ({ path, file: nameOf(path) }));
  return { files: files.sort((a, b) => a.file < b.file ? -1 : a.file > b.file ? 1 : 0), problems };
}
function hintFor(pattern, { workingDirectory }) {
  if (/\s\S*[/.*]/.test(pattern)) return "Put each pattern on a line of its own.";
  if (slashed(pattern).includes("\\")) return "Write / between folders.";
  return `Patterns are relative to ${workingDirectory}. Correct the pattern, or remove it.`;
}
function fileMatcher(patterns, surroundings) {
  const matchers = patterns.map((pattern) => matcherOf(slashed(pattern)));
  return ({ path, file }) => {
    const name = localName(path, surroundings.workingDirectory);
    return matchers.some((matches) => matches(name) || matches(file));
  };
}
function expand(pattern, workingDirectory) {
  const found = { paths: [], failures: [] };
  const literal = resolve(workingDirectory, pattern);
  const kind = kindOf(literal);
  if (kind === "folder") {
    walk(literal, {
      found,
      matches: (name) => MANIFEST.test(name),
      enters: () => true,
      depth: Number.POSITIVE_INFINITY
    });
  } else if (kind === "file") {
    found.paths.push(literal);
  } else {
    const { base, glob, isGlob } = import_picomatch.default.scan(pattern);
    if (isGlob) walkGlob(resolve(workingDirectory, base), glob, found);
    else if (kind === "broken") found.paths.push(literal);
  }
  return found;
}
function walkGlob(base, glob, found) {
  if (kindOf(base) !== "folder") return;
  const hidden = /(?:^|[/{,(])\\?\./.test(glob);
  const test = (0, import_picomatch.default)(glob);
  const anyFile = /(?:^|\/)\*{1,2}$/.test(glob);
  walk(base, {
    found,
    matches: (name) => test(name) && (!anyFile || MANIFEST.test(name)),
    enters: (name) => hidden || !name.startsWith("."),
    depth: /\*\*|[{(]/.test(glob) ? Number.POSITIVE_INFINITY : glob.split("/").length
  });
}
function kindOf(path) {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== void 0) return stats.isDirectory() ? "folder" : "file";
    return lstatSync(path, { throwIfNoEntry: false }) === void 0 ? "nothing" : "broken";
  } catch {
    return "broken";
  }
}
function walk(start, { found, matches, enters, depth }) {
  const visited = /* @__PURE__ */ new Set();
  const visit = (folder, name, levels) => {
    const entries = attempt2(found, folder, () => {
      const real = realpathSync(folder);
      if (visited.has(real)) return [];
      visited.add(real);
      return readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1);
    });
    for (const entry of entries ?? []) {
      const path = folder + sep + entry.name;
      const below = name === "" ? entry.name : `${name}/${entry.name}`;
      const isFolder = entry.isDirectory() || entry.isSymbolicLink() && kindOf(path) === "folder";
      if (!isFolder) {
        if (matches(below)) found.paths.push(path);
        continue;
      }
      if (MANIFEST.test(entry.name) && matches(below)) {
        found.failures.push({ path, reason: `${entry.name} is a folder, not a file.` });
      }
      if (levels > 1 && enters(entry.name)) visit(path, below, levels - 1);
    }
  };
  visit(start, "", depth);
}
function attempt2(found, path, read) {
  try {
    return read();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    found.failures.push({ path, reason: `The folder cannot be read: ${reason}.` });
    return void 0;
  }
}
function matcherOf(pattern) {
  const { glob, isGlob, input } = import_picomatch.default.scan(pattern);
  const bare = input.replace(/^\.\//, "").replace(/\/$/, "");
  if (!isGlob || glob === "") return (name) => name === bare || name.startsWith(`${bare}/`);
  return (0, import_picomatch.default)(bare, { dot: true });
}
function slashed(pattern) {
  return sep === "\\" ? pattern.replaceAll("\\", "/") : pattern;
}
function localName(path, folder) {
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  return (path.startsWith(prefix) ? path.slice(prefix.length) : path).replaceAll(sep, "/");
}
function namer({ repositoryRoot, workingDirectory }) {
  const root = isAbsolute(repositoryRoot) ? resolve(repositoryRoot) : join(workingDirectory, repositoryRoot);
  return (path) => localName(path, root);
}

// src/manifests/helm.ts
var { existsSync } = process.getBuiltinModule("node:fs");
var { dirname, join: join2 } = process.getBuiltinModule("node:path");
var SOURCE = /^(?:---[^\n]*\n)?(?:[ \t\r]*\n)*# Source: ([^\r\n]+)/;
function templateOf(textBeforeObject) {
  return SOURCE.exec(textBeforeObject)?.[1]?.trim();
}
var ACTION = /(?:^|\n)[ \t]*(?:- )?(?:[\w."/-]+:[ \t]+)?(\{\{)/;
function findTemplateAction(text) {
  const match = ACTION.exec(text);
  return match === null ? -1 : match.index + match[0].length - 2;
}
function chartFolderOf(path) {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join2(folder, "Chart.yaml"))) return folder;
    if (folder === dirname(folder)) return void 0;
  }
}

// src/manifests/never-stored.ts
var GROUPS = [
  /^kustomize\.config\.k8s\.io$/,
  /^kind\.x-k8s\.io$/,
  /^(?:kubeadm|audit|client\.authentication|apiserver|imagepolicy)\.k8s\.io$/,
  // Of the components: kubelet, kubeproxy, kubescheduler, apiserver, controlplane, pod-security.admission, ...
  /(?:^|\.)config\.k8s\.io$/,
  /^(?:kubelet|kubeproxy|kubescheduler|kubecontrollermanager|cloudcontrollermanager)\.config\.k8s\.io$/,
  /^eventratelimit\.admission\.k8s\.io$/,
  /^credentialprovider\.kubelet\.k8s\.io$/,
  /^skaffold$/,
  /^k3d\.io$/,
  /^eksctl\.io$/,
  /^builtin$/
];
var KINDS = /* @__PURE__ */ new Set(["v1/Config", "install.istio.io/IstioOperator"]);
function isNeverStored(group, version, kind) {
  return GROUPS.some((pattern) => pattern.test(group === "" ? version : group)) || KINDS.has(`${group === "" ? version : group}/${kind}`);
}
var KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
var HELM_FILES = [
  { name: /^Chart\.yaml$/, what: "Helm Chart.yaml" },
  { name: /^requirements\.yaml$/, what: "Helm requirements.yaml" },
  { name: /(?:^|[-_.])values(?:[-_.].*)?\.(?:ya?ml|json)$/i, what: "Helm values" }
];
function unnamedConfiguration(file, isInChart) {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (KUSTOMIZATION.test(name)) return "Kustomization";
  const helm = HELM_FILES.find((known) => known.name.test(name));
  return helm !== void 0 && isInChart() ? helm.what : void 0;
}

// src/manifests/definitions.ts
var KEEPING = "x-kubernetes-preserve-unknown-fields";
var DEFINITION_SPEC = {
  group: TEXT,
  version: TEXT,
  scope: TEXT,
  preserveUnknownFields: TEXT,
  names: { fields: { kind: TEXT, plural: TEXT } },
  versions: {
    items: {
      fields: {
        name: TEXT,
        served: TEXT,
        storage: TEXT,
        schema: { fields: { openAPIV3Schema: { fields: { type: TEXT, [KEEPING]: TEXT } } } }
      }
    }
  }
};
var API_SERVICE_SPEC = {
  group: TEXT,
  version: TEXT,
  groupPriorityMinimum: TEXT,
  versionPriority: TEXT,
  service: { fields: { name: TEXT, namespace: TEXT } }
};
function readApiService(node, at, { provide, warn }) {
  const spec = valueUnder(node, "spec");
  const version = textUnder(spec, "version");
  const service = valueUnder(spec, "service");
  if (version === void 0 || service === void 0) return;
  const group = textUnder(spec, "group") ?? "";
  const fault = faultOfApiService(node, spec, service, `${version}.${group}`);
  if (fault !== void 0) warn(at, `The API server refuses this APIService, so it provides nothing: ${fault}.`);
  else provide({ at, groupVersion: { group, version }, served: true });
}
function faultOfApiService(node, spec, service, wanted) {
  const name = textUnder(valueUnder(node, "metadata"), "name");
  if (name !== wanted)
    return `its name must be ${wanted}, and it ${name === void 0 ? "has no name" : `is named ${name}`}`;
  const lacks = ["name", "namespace"].find((field) => !textUnder(service, field));
  if (lacks !== void 0) return `it has no spec.service.${lacks}`;
  const missing = ["groupPriorityMinimum", "versionPriority"].find(
    (field) => valueUnder(spec, field)?.kind !== "number"
  );
  return missing === void 0 ? void 0 : `it has no spec.${missing}`;
}
function readDefinition(node, { at, isOld }, { provide, warn }) {
  const parts = partsOf(node, at);
  const fault = faultOfNames(parts) ?? (isOld ? void 0 : faultOf(parts));
  if (fault !== void 0) {
    warn(fault.at, `The API server refuses this CustomResourceDefinition, so it provides nothing: ${fault.what}.`);
    return;
  }
  const { group = "", kind = "", plural = "", spec, versions } = parts;
  const provideVersion = (version, served, where) => provide({ at: where, groupVersion: { group, version }, kind, resource: plural, served });
  for (const { name, served, nameAt } of versions) if (name !== void 0) provideVersion(name, served, nameAt);
  const only = textUnder(spec, "version");
  if (versions.length === 0 && only !== void 0) provideVersion(only, true, fieldOf(spec, "version")?.at ?? at);
}
function partsOf(node, at) {
  const spec = valueUnder(node, "spec");
  const names = valueUnder(spec, "names");
  const versions = valueUnder(spec, "versions");
  return {
    at,
    metadata: valueUnder(node, "metadata"),
    spec,
    group: textUnder(spec, "group"),
    kind: textUnder(names, "kind"),
    plural: textUnder(names, "plural"),
    versions: versions?.kind === "sequence" ? versions.items.map(versionOf) : []
  };
}
function versionOf(node) {
  const schema = valueUnder(valueUnder(node, "schema"), "openAPIV3Schema");
  return {
    at: node.at,
    name: textUnder(node, "name"),
    nameAt: fieldOf(node, "name")?.at ?? node.at,
    served: isTrue(node, "served"),
    stored: isTrue(node, "storage"),
    schemaType: schema === void 0 ? void 0 : textUnder(schema, "type") || (isTrue(schema, KEEPING) ? "object" : "")
  };
}
function isTrue(node, name) {
  const value = valueUnder(node, name);
  return value?.kind === "boolean" && value.value;
}
function faultOfNames({ at, metadata, spec, group, kind, plural }) {
  if (group === void 0) return { at: fieldOf(spec, "group")?.at ?? at, what: "it has no spec.group" };
  if (kind === void 0 || plural === void 0) {
    return {
      at: fieldOf(spec, "names")?.at ?? at,
      what: `it has no spec.names.${kind === void 0 ? "kind" : "plural"}`
    };
  }
  const name = textUnder(metadata, "name");
  if (name === `${plural}.${group}`) return void 0;
  const has = name === void 0 ? "has no name" : `is named ${name}`;
  return { at: fieldOf(metadata, "name")?.at ?? at, what: `its name must be ${plural}.${group}, and it ${has}` };
}
var LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
var DOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/;
var COMMUNITY_GROUP = /(?:^|\.)(?:k8s|kubernetes)\.io$/;
function faultOf({ at, metadata, spec, group = "", kind = "", plural = "", versions }) {
  const under = (name, what) => ({ at: fieldOf(spec, name)?.at ?? at, what });
  if (!DOMAIN.test(group)) return under("group", `${group} is no domain name with a dot in it, as a group must be`);
  for (const name of [plural, kind.toLowerCase()]) {
    if (!LABEL.test(name)) return under("names", `${name} cannot be the name of a kind or resource`);
  }
  const scope = textUnder(spec, "scope");
  if (scope !== "Namespaced" && scope !== "Cluster") {
    return under(
      "scope",
      `its spec.scope must be Namespaced or Cluster${scope === void 0 ? "" : `, and is ${scope}`}`
    );
  }
  if (isTrue(spec, "preserveUnknownFields")) {
    return under("preserveUnknownFields", "v1 has no spec.preserveUnknownFields: true");
  }
  return faultOfVersions(versions, under("versions", "it has no spec.versions")) ?? (COMMUNITY_GROUP.test(group) && !isApproved(metadata) ? under("group", `a group of the Kubernetes project needs the annotation ${APPROVAL}`) : void 0);
}
function faultOfVersions(versions, none) {
  if (versions.length === 0) return none;
  const names = /* @__PURE__ */ new Set();
  for (const { at, nameAt, name, schemaType } of versions) {
    if (name === void 0 || !LABEL.test(name)) {
      return {
        at: nameAt,
        what: name === void 0 ? "one of its versions has no name" : `${name} cannot be the name of a version`
      };
    }
    if (names.has(name)) return { at: nameAt, what: `it has two versions ${name}` };
    names.add(name);
    if (schemaType === void 0) return { at, what: `its version ${name} has no schema.openAPIV3Schema` };
    if (schemaType !== "object") return { at, what: `the schema of its version ${name} must be of type: object` };
  }
  const stored = versions.filter((version) => version.stored).length;
  return stored === 1 ? void 0 : {
    ...none,
    what: `one of its versions must have storage: true, and ${stored === 0 ? "none has" : `${stored} have`}`
  };
}
var APPROVAL = "api-approved.kubernetes.io";
function isApproved(metadata) {
  const approval = textUnder(valueUnder(metadata, "annotations"), APPROVAL) ?? "";
  return approval.startsWith("unapproved") || Boolean(URL.parse(approval)?.host);
}

// src/manifests/objects.ts
var METADATA_TEXTS = ["name", "generateName", "namespace", "uid", "resourceVersion", "selfLink"];
var METADATA_NUMBERS = ["generation", "deletionGracePeriodSeconds"];
var METADATA_TIMES = ["creationTimestamp", "deletionTimestamp"];
var TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})$/;
var TEXTS = { everyField: TEXT };
var objectFields = {
  apiVersion: TEXT,
  kind: TEXT,
  metadata: {
    fields: {
      ...Object.fromEntries([...METADATA_TEXTS, ...METADATA_NUMBERS, ...METADATA_TIMES].map((name) => [name, TEXT])),
      labels: TEXTS,
      annotations: TEXTS,
      finalizers: { items: TEXT }
    }
  },
  spec: { fields: { ...DEFINITION_SPEC, ...API_SERVICE_SPEC } }
};
var OBJECT = { fields: objectFields };
objectFields["items"] = { items: OBJECT };
var LIST = "List";
function readObject(root, reading) {
  const node = dereference(root);
  if (node.kind !== "mapping") {
    reading.refuse(node.at, `A manifest must be an object with apiVersion and kind; this is ${article(node.kind)}.`);
    return;
  }
  const unnamed = valueUnder(node, "kind") === void 0 ? reading.unnamed() : void 0;
  if (unnamed !== void 0) {
    reading.leaveOut(unnamed);
    return;
  }
  const named = readName(node, reading);
  if (named === void 0) return;
  if (!hasReadableMetadata(node, reading)) return;
  const items = fieldOf(node, "items");
  if (items === void 0) {
    readSingle(node, named, reading);
    return;
  }
  const list = dereference(items.value);
  if (list.kind !== "sequence" && list.kind !== "null") {
    reading.refuse(items.at, `The field items of a list must be a list itself; this is ${article(list.kind)}.`);
    return;
  }
  readList(node, named, list.kind === "sequence" ? list.items : [], reading);
}
function readList(node, list, items, reading) {
  const itemKind = list.kind.endsWith(LIST) ? list.kind.slice(0, -LIST.length) : list.kind;
  let needed = list.kind === LIST && formatGroupVersion(list.groupVersion) === "v1";
  for (const item of items) {
    const object = dereference(item);
    const inherits = object.kind === "null" || isEmpty(object, "apiVersion") && isEmpty(object, "kind");
    if (!inherits || itemKind === "") {
      readItem(item, reading);
    } else if (object.kind === "mapping" || object.kind === "null") {
      readSingle(object, { at: object.at, groupVersion: list.groupVersion, kind: itemKind }, reading);
      needed = true;
    } else {
      reading.refuse(object.at, `An item of a list must be an object; this is ${article(object.kind)}.`);
    }
  }
  if (needed) return;
  if (itemKind === "") reading.need({ ...list, kinds: [LIST], isList: true, object: objectOf(node) });
  else
    reading.need({
      ...list,
      kinds: itemKind === list.kind ? [itemKind] : [itemKind, list.kind],
      isList: true,
      object: objectOf(node)
    });
}
function readItem(item, reading) {
  const node = dereference(item);
  if (node.kind !== "mapping") {
    reading.refuse(node.at, `An item of a list must be an object; this is ${article(node.kind)}.`);
    return;
  }
  const items = valueUnder(node, "items");
  if (items?.kind === "sequence") {
    for (const inner of items.items) readItem(inner, reading);
    return;
  }
  const named = readName(node, reading);
  if (named !== void 0) readSingle(node, named, reading);
}
function readSingle(node, { at, groupVersion, kind }, reading) {
  const { group, version } = groupVersion;
  if (isNeverStored(group, version, kind)) {
    reading.leaveOut(`${formatGroupVersion(groupVersion)} ${kind}`);
    return;
  }
  reading.need({ at, groupVersion, kinds: [kind], isList: false, object: objectOf(node) });
  if (group === "apiextensions.k8s.io" && kind === "CustomResourceDefinition") {
    readDefinition(node, { at, isOld: version !== "v1" }, reading);
  }
  if (group === "apiregistration.k8s.io" && kind === "APIService") readApiService(node, at, reading);
}
function readName(node, reading) {
  const apiVersion = fieldOf(node, "apiVersion");
  const kind = fieldOf(node, "kind");
  const missing = ["apiVersion", "kind"].filter((name) => isEmpty(node, name));
  if (missing.length > 0) {
    const at2 = (apiVersion ?? kind)?.at ?? node.at;
    reading.refuse(at2, `This document has no ${missing.join(" and no ")}, so it is no manifest.`, NOT_A_MANIFEST);
    return void 0;
  }
  const [apiVersionText, kindText] = [textUnder(node, "apiVersion"), textUnder(node, "kind")];
  if (apiVersionText === void 0 || kindText === void 0) {
    const wrong = apiVersionText === void 0 ? apiVersion : kind;
    const value = wrong === void 0 ? node : dereference(wrong.value);
    reading.refuse(value.at, `${wrong?.name ?? "kind"} must be text; this is ${article(value.kind)}.`);
    return void 0;
  }
  for (const [name, field, text] of [
    ["apiVersion", apiVersion, apiVersionText],
    ["kind", kind, kindText]
  ]) {
    if (!PLACEHOLDER.test(text)) continue;
    reading.unrendered(field === void 0 ? node.at : dereference(field.value).at, name, text);
    return void 0;
  }
  const at = apiVersion?.at ?? node.at;
  const groupVersion = parseGroupVersion(apiVersionText);
  if (groupVersion === void 0 || groupVersion.version === "") {
    reading.refuse(
      at,
      `apiVersion must be a group and a version, like apps/v1, or v1 alone; this is ${apiVersionText}.`
    );
    return void 0;
  }
  return { at, groupVersion, kind: kindText };
}
var PLACEHOLDER = /\{\{|\$[{(\w]|<%/;
var NOT_A_MANIFEST = "Exclude the file with a pattern that begins with !, or list it in allow-unparsable, if it is not meant for Kubernetes.";
function hasReadableMetadata(node, reading) {
  const metadata = valueUnder(node, "metadata");
  if (metadata === void 0) return true;
  const wrong = (value, name, wanted) => {
    reading.refuse(
      value.at,
      `${name} must be ${wanted}; this is ${article(dereference(value).kind)}.`,
      "Put a value that is meant as text in quotes."
    );
    return false;
  };
  if (metadata.kind !== "mapping") return wrong(metadata, "metadata", "a mapping");
  for (const name of METADATA_TEXTS) {
    const value = valueUnder(metadata, name);
    if (value !== void 0 && value.kind !== "string") return wrong(value, `metadata.${name}`, "text");
  }
  for (const name of METADATA_NUMBERS) {
    const value = valueUnder(metadata, name);
    if (value !== void 0 && value.kind !== "number") return wrong(value, `metadata.${name}`, "a number");
  }
  for (const name of METADATA_TIMES) {
    const value = valueUnder(metadata, name);
    if (value !== void 0 && !(value.kind === "string" && TIME.test(value.text))) {
      return wrong(value, `metadata.${name}`, "a time like 2026-01-31T12:00:00Z");
    }
  }
  for (const name of ["labels", "annotations"]) {
    const values = valueUnder(metadata, name);
    if (values === void 0) continue;
    if (values.kind !== "mapping") return wrong(values, `metadata.${name}`, "a mapping");
    for (const field of fieldsOf(values)) {
      const value = dereference(field.value);
      if (value.kind !== "string" && value.kind !== "null")
        return wrong(value, `metadata.${name}.${field.name}`, "text");
    }
  }
  const finalizers = valueUnder(metadata, "finalizers");
  if (finalizers === void 0) return true;
  if (finalizers.kind !== "sequence") return wrong(finalizers, "metadata.finalizers", "a list");
  for (const item of finalizers.items.map(dereference)) {
    if (item.kind !== "string" && item.kind !== "null") return wrong(item, "An item of metadata.finalizers", "text");
  }
  return true;
}
function objectOf(node) {
  const metadata = valueUnder(node, "metadata");
  const name = textUnder(metadata, "name") ?? textUnder(metadata, "generateName") ?? "";
  const namespace = textUnder(metadata, "namespace");
  return { name, ...namespace !== void 0 && namespace !== "" && { namespace } };
}
function isEmpty(node, name) {
  const value = valueUnder(node, name);
  return value === void 0 || value.kind === "string" && value.text === "";
}
function article(kind) {
  switch (kind) {
    case "string":
      return "text";
    case "sequence":
      return "a list";
    case "null":
      return "null";
    default:
      return `a ${kind}`;
  }
}

// src/manifests/read-content.ts
var { closeSync, constants, fstatSync, openSync, readSync } = process.getBuiltinModule("node:fs");
var FIRST_SIZE = 1024 * 1024;
var MOST = 2 ** 30;
function contentReader() {
  let memory = Buffer.allocUnsafeSlow(FIRST_SIZE);
  function read(descriptor) {
    let length = 0;
    for (; ; ) {
      const count = readSync(descriptor, memory, length, memory.length - length, null);
      length += count;
      if (length < memory.length) return memory.subarray(0, length);
      if (length >= MOST) throw new Error(`it is larger than ${MOST} bytes`);
      const larger = Buffer.allocUnsafeSlow(
        Math.max(memory.length * 2, Math.min(fstatSync(descriptor).size + 1, MOST))
      );
      memory.copy(larger);
      memory = larger;
    }
  }
  return (path) => {
    let descriptor;
    try {
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      if (!fstatSync(descriptor).isFile()) return new Error("it is no regular file");
      return read(descriptor);
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    } finally {
      if (descriptor !== void 0) closeSync(descriptor);
    }
  };
}

// src/manifests/manifests.ts
var { relative, sep: sep2 } = process.getBuiltinModule("node:path");
var FILES_A_TURN = 500;
async function readManifests(options) {
  const found = findFiles(options.patterns, options);
  const mayBeUnreadable = fileMatcher(options.allowUnparsable, options);
  const readContent = contentReader();
  const requirements = [];
  const provided = [];
  const problems = [...found.problems];
  const warnings = [];
  const notJudged = {};
  let read = 0;
  for (const file of found.files) {
    read += 1;
    if (read % FILES_A_TURN === 0) await new Promise((resolve2) => setImmediate(resolve2));
    options.signal?.throwIfAborted();
    const excused = mayBeUnreadable(file);
    readFile(file, readContent(file.path), {
      require: (requirement) => requirements.push(requirement),
      provide: (api) => provided.push(api),
      refuse: (problem) => {
        if (excused) warnings.push({ message: problem.message, place: problem.place });
        else problems.push(problem);
      },
      warn: (warning) => warnings.push(warning),
      leaveOut: (name) => {
        notJudged[name] = (notJudged[name] ?? 0) + 1;
      },
      workingDirectory: options.workingDirectory
    });
  }
  return {
    requirements,
    provided,
    problems,
    warnings,
    notJudged,
    files: found.files.length,
    objects: requirements.length
  };
}
function readFile(file, content, results) {
  const placeAt = (line, column, template) => ({
    kind: "file",
    file: file.file,
    line,
    ...column !== void 0 && { column },
    ...template !== void 0 && { template }
  });
  if (content instanceof Error) {
    results.refuse({ place: placeAt(1), message: `The file cannot be read: ${content.message}.` });
    return;
  }
  const { bytes, mendedAt, promised } = decodeFile(content);
  const position = lineCounter(bytes);
  const place = (at, template) => {
    const { line, column } = position(at);
    return placeAt(line, column, template);
  };
  if (mendedAt !== void 0 && promised) {
    results.refuse({
      place: place(mendedAt),
      message: "kubectl cannot read this: it is no UTF-8, as the byte order mark says."
    });
  } else if (mendedAt !== void 0) {
    results.warn({ message: "This is no UTF-8. kubectl puts U+FFFD in its place.", place: place(mendedAt) });
  }
  let isTemplate;
  for (const document of documentsOf(bytes, OBJECT)) {
    if (document.kind === "unreadable") {
      isTemplate ??= refuseTemplate(file, bytes, place, results);
      if (!isTemplate)
        results.refuse({ place: place(document.at), message: `kubectl cannot read this: ${document.message}.` });
      continue;
    }
    if (document.kind === "dropped") {
      results.refuse({
        place: place(document.at),
        message: "kubectl drops this and all up to the next document without a word: the document before it has ended.",
        hint: "Begin each document with a line '---'. kubectl looks for one at line feeds only, not after a carriage return alone."
      });
      continue;
    }
    const { root, offset, repeatedKeys } = document;
    const template = templateAbove(bytes, document);
    readObject(root, {
      need: (need) => results.require(requirementOf(need, place(need.at + offset, template))),
      provide: ({ at, ...api }) => results.provide({ ...api, place: place(at + offset, template) }),
      refuse: (at, message, hint) => results.refuse({ place: place(at + offset, template), message, ...hint !== void 0 && { hint } }),
      warn: (at, message) => results.warn({ message, place: place(at + offset, template) }),
      unrendered: (at, field, text) => results.refuse({
        place: place(at + offset, template),
        message: `This is a template that was not rendered: its ${field} is ${text}.`,
        hint: text.includes("{{") ? renderWithHelm(file, results) : renderWithVariables(file, results)
      }),
      leaveOut: results.leaveOut,
      unnamed: () => unnamedConfiguration(file.file, () => chartFolderOf(file.path) !== void 0)
    });
    for (const at of repeatedKeys) {
      results.warn({
        message: "This key stands twice in its mapping; kubectl takes the last.",
        place: place(at + offset)
      });
    }
  }
}
function requirementOf({ groupVersion, kinds, object }, place) {
  const [first, ...others] = kinds.map((name) => ({ kind: "kind", groupVersion, name, verbs: [] }));
  const text = `${formatGroupVersion(groupVersion)}/${kinds[0]}`;
  if (first === void 0) throw new TypeError("a need without a kind");
  return { text, anyOf: [first, ...others], negated: false, place, object };
}
function templateAbove(bytes, { start, root, offset }) {
  const objectAt = root.at + offset;
  return objectAt === start ? void 0 : templateOf(bytes.toString("utf8", start, objectAt));
}
function refuseTemplate(file, bytes, place, results) {
  const text = bytes.toString("utf8");
  const action = findTemplateAction(text);
  if (action < 0) return false;
  results.refuse({
    place: place(Buffer.byteLength(text.slice(0, action))),
    message: "This is a Helm template that was not rendered, so it cannot be judged.",
    hint: renderWithHelm(file, results)
  });
  return true;
}
function renderWithHelm(file, { workingDirectory }) {
  const folder = chartFolderOf(file.path);
  const chart = folder === void 0 ? "<chart>" : relative(workingDirectory, folder).replaceAll(sep2, "/") || ".";
  return `Render it, for example with \`helm template ${chart} > rendered.yaml\`, and give the result to manifests; exclude the templates with \`!${chart}/templates/**\`.`;
}
function renderWithVariables(file, { workingDirectory }) {
  const path = relative(workingDirectory, file.path).replaceAll(sep2, "/");
  return `Render it, for example with \`envsubst < ${path} > rendered.yaml\`, and give the result to manifests; exclude the template with \`!${path}\`.`;
}
export {
  readManifests
};
