import {
  contentReader,
  readObject,
  templateAbove
} from "./shared-objects.js";
import {
  documentsOf
} from "./shared-plain.js";
import "./shared-walk.js";
import "./shared-segment.js";
import {
  InvalidSchema,
  leavingBy,
  propertyOf,
  readSchema
} from "./shared-field-findings.js";
import "./shared-fields.generated.js";
import "./shared-server-release.js";
import {
  EVERYTHING,
  assertNever,
  compareReleases,
  decodeFile,
  dereference,
  fieldsOf,
  formatGroupVersion,
  formatPlace,
  lineCounter,
  parseRelease,
  speller,
  textUnder,
  toPlain,
  valueUnder
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/manifests/patch-files.ts
var { existsSync, readFileSync } = globalThis.process.getBuiltinModule("node:fs");
var { dirname, join, resolve } = globalThis.process.getBuiltinModule("node:path");
var KUSTOMIZATIONS = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
function patchFiles(files, repositoryRoot) {
  const patches = /* @__PURE__ */ new Set();
  const seen = /* @__PURE__ */ new Set();
  for (const { path } of files) {
    for (let folder = dirname(path); !seen.has(folder); folder = dirname(folder)) {
      seen.add(folder);
      for (const name of KUSTOMIZATIONS) {
        if (existsSync(join(folder, name))) collectPatches(join(folder, name), patches);
      }
      if (folder === repositoryRoot) break;
    }
  }
  return patches;
}
function collectPatches(kustomization, patches) {
  const folder = dirname(kustomization);
  for (const root of rootsOf(kustomization)) {
    for (const patch of itemsUnder(root, "patches").concat(itemsUnder(root, "patchesJson6902"))) {
      const path = textUnder(patch, "path");
      if (path !== void 0) patches.add(resolve(folder, path));
    }
    for (const patch of itemsUnder(root, "patchesStrategicMerge")) {
      if (patch.kind === "string" && !patch.text.includes("\n")) patches.add(resolve(folder, patch.text));
    }
  }
}
function rootsOf(path) {
  try {
    const { bytes: bytes2 } = decodeFile(readFileSync(path));
    return [...documentsOf(bytes2, EVERYTHING)].flatMap((document) => document.kind === "object" ? document.root : []);
  } catch {
    return [];
  }
}
function itemsUnder(node, name) {
  const value = valueUnder(node, name);
  return value?.kind === "sequence" ? value.items : [];
}

// src/manifests/visit-objects.ts
var BYTES_A_TURN = 4 * 1024 * 1024;
async function visitObjects(files, visit) {
  const cutShort = [];
  const readContent = contentReader();
  let since = 0;
  for (const file of files) {
    if (since > BYTES_A_TURN) {
      since = 0;
      await new Promise((resolve2) => setImmediate(resolve2));
    }
    const content = file.content ?? readContent(file.path);
    if (content instanceof Error) continue;
    since += content.length;
    if (!visitFile(file, content, visit)) cutShort.push({ kind: "file", file: file.file, line: 1 });
  }
  return cutShort;
}
function visitFile(file, content, visit) {
  const { bytes: bytes2 } = decodeFile(content);
  const position = lineCounter(bytes2);
  for (const document of documentsOf(bytes2, EVERYTHING)) {
    if (document.kind === "unreadable" && document.isTooMuch === true) return false;
    if (document.kind !== "object") continue;
    const { root, offset } = document;
    const template = templateAbove(bytes2, document);
    const place = (at) => ({
      kind: "file",
      file: file.file,
      ...position(at + offset),
      template
    });
    readObject(root, {
      need: ({ groupVersion, kinds: [kind], isList, object, node, configuration }) => {
        if (isList || kind === void 0 || configuration !== void 0) return;
        visit({ groupVersion: formatGroupVersion(groupVersion), kind, object, node, file, place });
      },
      placeAt: place,
      define: nothing,
      refuse: nothing,
      warn: nothing,
      unrendered: nothing,
      leaveOut: nothing,
      unnamed: () => void 0,
      isPlugin: false
    });
  }
  return true;
}
function nothing() {
}

// src/schemas/object-meta.ts
var META = "io.k8s.apimachinery.pkg.apis.meta.v1";
var OBJECT_META = `${META}.ObjectMeta`;
var TEXT = { type: "string" };
var TIME = { format: "time" };
var TEXTS = { type: "object", additionalProperties: TEXT };
var OBJECT_META_TYPES = {
  [OBJECT_META]: {
    type: "object",
    properties: {
      annotations: TEXTS,
      creationTimestamp: TIME,
      deletionGracePeriodSeconds: { type: "integer", format: "int64" },
      deletionTimestamp: TIME,
      finalizers: { type: "array", items: TEXT },
      generateName: TEXT,
      generation: { type: "integer", format: "int64" },
      labels: TEXTS,
      managedFields: { type: "array", items: { $ref: `${META}.ManagedFieldsEntry` } },
      name: TEXT,
      namespace: TEXT,
      ownerReferences: { type: "array", items: { $ref: `${META}.OwnerReference` } },
      resourceVersion: TEXT,
      selfLink: TEXT,
      uid: TEXT
    }
  },
  [`${META}.ManagedFieldsEntry`]: {
    type: "object",
    properties: {
      apiVersion: TEXT,
      fieldsType: TEXT,
      fieldsV1: {},
      manager: TEXT,
      operation: TEXT,
      subresource: TEXT,
      time: TIME
    }
  },
  [`${META}.OwnerReference`]: {
    type: "object",
    properties: {
      apiVersion: TEXT,
      blockOwnerDeletion: { type: "boolean" },
      controller: { type: "boolean" },
      kind: TEXT,
      name: TEXT,
      uid: TEXT
    }
  }
};

// src/schemas/definition-schema.ts
function schemasOfDefinition(definition) {
  const spec = valueUnder(definition, "spec");
  const group = textUnder(spec, "group");
  const kind = textUnder(valueUnder(spec, "names"), "kind");
  const versions = valueUnder(spec, "versions");
  if (group === void 0 || kind === void 0 || versions?.kind !== "sequence") return [];
  return versions.items.flatMap((node) => {
    const version = textUnder(node, "name");
    const schema = valueUnder(valueUnder(node, "schema"), "openAPIV3Schema");
    if (version === void 0 || schema === void 0) return [];
    const read = readDefined(schema);
    if (read === void 0) return [];
    const hasStatus = valueUnder(valueUnder(node, "subresources"), "status") !== void 0;
    const document = {
      origin: "custom",
      kinds: { [kind]: hasStatus ? { type: kind, hasStatus } : { type: kind } },
      types: { ...OBJECT_META_TYPES, [kind]: read }
    };
    return [{ group, version, kind, document }];
  });
}
function readDefined(node) {
  try {
    return readSchema(toPlain(node), "openAPIV3Schema");
  } catch (thrown) {
    if (thrown instanceof InvalidSchema) return void 0;
    throw thrown;
  }
}

// src/schemas/patterns.ts
async function loadPatterns() {
  const { RE2JS } = await import("./re2js.js");
  const compiled = /* @__PURE__ */ new Map();
  return (pattern, text) => {
    if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern));
    return compiled.get(pattern)?.find(text);
  };
  function compile(pattern) {
    try {
      const matcher = RE2JS.compile(pattern);
      return { find: (text) => matcher.matcher(text).find() };
    } catch {
      return void 0;
    }
  }
}
function usesPatterns({ types }) {
  return Object.values(types).some(hasPattern);
}
function hasPattern({ pattern, properties, additionalProperties, items }) {
  return pattern !== void 0 || properties !== void 0 && Object.values(properties).some(hasPattern) || typeof additionalProperties === "object" && hasPattern(additionalProperties) || items !== void 0 && hasPattern(items);
}

// src/schemas/go-time.ts
var TIME2 = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})([.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))$/;
var DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
function isTime(text) {
  return fitsTime(TIME2.exec(text));
}
function isMicroTime(text) {
  const match = TIME2.exec(text);
  return match?.[7]?.length === 7 && fitsTime(match);
}
function isDate(text) {
  const match = DATE.exec(text);
  return match !== null && isDay(match);
}
function fitsTime(match) {
  if (match === null || !isDay(match)) return false;
  const [hour, minute, second, zoneHour, zoneMinute] = [4, 5, 6, 8, 9].map((part) => Number(match[part] ?? 0));
  return within(hour, 23) && within(minute, 59) && within(second, 59) && within(zoneHour, 24) && within(zoneMinute, 59);
}
function isDay([, year, month, day]) {
  const days = new Date(Date.UTC(2e3, Number(month), 0));
  days.setUTCFullYear(Number(year), Number(month), 0);
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days.getUTCDate();
}
function within(part, most) {
  return part !== void 0 && part <= most;
}
var DURATION = /^[-+]?(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
function isGoDuration(text) {
  return DURATION.test(text);
}

// src/schemas/formats.ts
var { isIPv6 } = process.getBuiltinModule("node:net");
var SHADE = "\\s*(?:0|[1-9][0-9]?|1[0-9][0-9]?|2[0-4][0-9]|25[0-5])\\s*";
var RGB_COLOR = new RegExp(`^rgb\\(${SHADE},${SHADE},${SHADE}\\)$`);
var FORMATS = {
  bsonobjectid: matches(/^[0-9a-fA-F]{24}$/),
  uri: (text) => !/[\0-\x1f\x7f]/.test(text) && (text === "*" || /^(?:\/|[A-Za-z][A-Za-z0-9+.-]*:)/.test(text)),
  email: (text) => text.includes("@"),
  hostname: isHostname,
  ipv4: (text) => isIPv4(text) || text.includes(".") && isPlainIPv6(text),
  ipv6: isPlainIPv6,
  cidr: isCidr,
  mac: matches(
    /^(?:[0-9a-fA-F]{2}([:-])(?:[0-9a-fA-F]{2}\1){4}(?:[0-9a-fA-F]{2}\1[0-9a-fA-F]{2}\1)?(?:(?:[0-9a-fA-F]{2}\1){12})?[0-9a-fA-F]{2}|(?:[0-9a-fA-F]{4}\.){2}(?:[0-9a-fA-F]{4}\.)?(?:(?:[0-9a-fA-F]{4}\.){7})?[0-9a-fA-F]{4})$/
  ),
  uuid: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  uuid3: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i),
  uuid4: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
  uuid5: matches(/^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i),
  isbn: anything,
  isbn10: anything,
  isbn13: anything,
  creditcard: anything,
  ssn: (text) => text.length === 11 && /^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$/.test(text),
  hexcolor: matches(/^#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/),
  rgbcolor: matches(RGB_COLOR),
  byte: (text) => text !== "" && isBase64(text),
  password: anything,
  date: isDate,
  duration: isDuration,
  datetime: isDateTime
};
var LATER = {
  k8sshortname: { since: "1.34", check: (text) => text.length <= 63 && SHORT_NAME.test(text) },
  k8slongname: { since: "1.34", check: (text) => text.length <= 253 && LONG_NAME.test(text) }
};
var SHORT_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
var LONG_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
function formatCheck(format, release) {
  const name = format.replaceAll("-", "");
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name];
  const later = Object.hasOwn(LATER, name) ? LATER[name] : void 0;
  return later !== void 0 && hasReached(release, later.since) ? later.check : void 0;
}
function hasReached(release, since) {
  const from = parseRelease(since);
  return release !== void 0 && from !== void 0 && compareReleases(release, from) >= 0;
}
function isBase64(text) {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
function matches(pattern) {
  return (text) => pattern.test(text);
}
function anything() {
  return true;
}
function isHostname(text) {
  if (Buffer.byteLength(text) > 255) return false;
  if (/^[a-zA-Z0-9\p{S}\p{L}]-?[a-zA-Z0-9\p{S}\p{L}]{0,62}$/u.test(text)) {
    return Buffer.byteLength(text) <= 63;
  }
  const labels = text.split(".");
  const last = labels.pop() ?? "";
  return labels.length > 0 && /^[a-zA-Z\p{L}]{2,63}$/u.test(last) && labels.every(
    (label) => /^[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?$/u.test(label)
  ) && [...labels, last].every((label) => Buffer.byteLength(label) <= 63);
}
function isIPv4(text) {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^[0-9]+$/.test(part) && Number(part) <= 255);
}
function isPlainIPv6(text) {
  return !text.includes("%") && isIPv6(text);
}
function isCidr(text) {
  const slash = text.indexOf("/");
  if (slash < 0) return false;
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)];
  if (!/^[0-9]+$/.test(bits)) return false;
  if (isIPv4(address)) return Number(bits) <= 32;
  return isPlainIPv6(address) && Number(bits) <= 128;
}
var UNITS = ["ns", "us", "\xB5s", "ms", "s", "m", "h", "hr", "d", "w", "wk"];
var LONG_UNITS = ["micro", "nano", "milli", "sec", "min", "hour", "day", "week"];
function isDuration(text) {
  if (isGoDuration(text)) return true;
  return [...text.matchAll(/[0-9]+\s*([A-Za-zµ]+)/g)].some(([, unit = ""]) => {
    const lower = unit.toLowerCase();
    return UNITS.includes(lower) || LONG_UNITS.some((long) => lower.startsWith(long));
  });
}
function isDateTime(text) {
  const [day = "", time] = text.toLowerCase().split("t");
  if (time === void 0 || !isDate(day)) return false;
  const match = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:.[0-9]+)?(?:z|[+-][0-9]{2}:[0-9]{2})$/.exec(time);
  if (match === null) return false;
  const [, hour = "", minute = "", second = ""] = match;
  return hour <= "23" && minute <= "59" && second <= "59";
}

// src/schemas/quantity.ts
var SUFFIXES = /* @__PURE__ */ new Set([
  ...["", "n", "u", "m", "k", "M", "G", "T", "P", "E"],
  ...["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
]);
var SHAPE = /^[-+]?[0-9]*(?:\.[0-9]*)?([eEinumkKMGTP]*[-+]?[0-9]*)$/;
var EXPONENT = /^[eE][-+]?[0-9]+$/;
var SMALLEST = -(2n ** 63n);
var LARGEST = 2n ** 63n - 1n;
function isQuantity(text) {
  const trimmed = text.trim();
  if (trimmed === "") return false;
  const suffix = SHAPE.exec(trimmed)?.[1];
  if (suffix === void 0) return false;
  if (SUFFIXES.has(suffix)) return true;
  if (!EXPONENT.test(suffix)) return false;
  const exponent = BigInt(suffix.slice(1).replace("+", ""));
  return exponent >= SMALLEST && exponent <= LARGEST;
}

// src/schemas/walking.ts
function pathText(path) {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? part : `.${part}`;
  }
  return text;
}
function pathTo(walking, field) {
  return pathText([...walking.path, field]);
}
function typeField({ leads }, component, property) {
  const [leading, field] = leads.slice(-2);
  if (leading === void 0 || field === void 0) return { component, property };
  return { component, property, parent: { component: leading, property: field } };
}
function countingFields(mapping) {
  const { fields } = mapping;
  if (fields.length > FEW)
    return new Set(fields.map(({ name }) => name)).size === fields.length && !fields.some(({ merges }) => merges) ? fields : fieldsOf(mapping);
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index];
    if (field?.merges === true) return fieldsOf(mapping);
    for (let before = 0; before < index; before += 1) {
      if (fields[before]?.name === field?.name) return fieldsOf(mapping);
    }
  }
  return fields;
}
var FEW = 12;
var PLACEHOLDER = /\$\{|\{\{|<%/;
function hasPlaceholder(text) {
  return PLACEHOLDER.test(text);
}
function withoutReport(walking) {
  return {
    ...walking,
    report: () => {
      walking.counts.placeholders += 1;
    }
  };
}
function described(node) {
  const value = dereference(node);
  switch (value.kind) {
    case "string":
      return "text";
    case "sequence":
      return "a list";
    case "null":
      return "null";
    case "boolean":
      return "true or false";
    default:
      return `a ${value.kind}`;
  }
}
function resolved(schema, walking) {
  if (schema.$ref === void 0) return { schema };
  return { schema: walking.types[schema.$ref] ?? {}, type: schema.$ref };
}

// src/schemas/wording.ts
var LONGEST_VALUE = 60;
var MOST_VALUES = 10;
function quoted(text, hides) {
  if (hides) return void 0;
  const [...characters] = text;
  return JSON.stringify(characters.length > LONGEST_VALUE ? `${characters.slice(0, LONGEST_VALUE).join("")}\u2026` : text);
}
function choices(values) {
  const shown = values.slice(0, MOST_VALUES).map((value) => typeof value === "string" ? value || '""' : JSON.stringify(value));
  return values.length > MOST_VALUES ? `${shown.join(", ")} and ${values.length - MOST_VALUES} more` : shown.join(", ");
}
function mustBe(what, value) {
  return value === void 0 ? `must be ${what}` : `must be ${what}; this is ${value}`;
}

// src/schemas/built-in-rules.ts
function builtInValue(node, reference, walking, type = "", isLenient = false) {
  const { schema, type: named = type } = resolved(reference, walking);
  const value = dereference(node);
  if (value.kind === "null") return;
  if (value.kind === "string" && hasPlaceholder(value.text))
    goValue(value, schema, named, isLenient, withoutReport(walking));
  else goValue(value, schema, named, isLenient, walking);
}
function goValue(value, schema, named, isLenient, walking) {
  if (schema.type === void 0) {
    if (schema.format !== void 0) selfDecoding(value, schema, walking);
    return;
  }
  switch (schema.type) {
    case "object":
      if (value.kind === "mapping") {
        builtInObject(value, schema, named, isLenient, walking);
        return;
      }
      break;
    case "array":
      if (value.kind === "sequence") {
        builtInList(value, schema, named, isLenient, walking);
        return;
      }
      break;
    case "string":
      if (schema.format === "byte") {
        bytes(value, walking);
        return;
      }
      if (value.kind === "string") {
        builtInEnum(value.text, value.at, schema, walking);
        return;
      }
      break;
    case "boolean":
      if (value.kind === "boolean") return;
      break;
    case "number":
      if (value.kind === "number") return;
      break;
    case "integer":
      if (value.kind === "number") {
        wholeNumber(value.text, value.at, schema.format, walking);
        return;
      }
      break;
  }
  walking.report({
    rule: "field-type",
    at: value.at,
    says: `must be ${TYPE_WORDS[schema.type]}; this is ${described(value)}`
  });
}
var TYPE_WORDS = {
  object: "a mapping",
  array: "a list",
  string: "text",
  boolean: "true or false",
  number: "a number",
  integer: "a whole number"
};
function builtInObject(mapping, schema, type, isLenient, walking) {
  const { properties, additionalProperties } = schema;
  const isMap = properties === void 0 && additionalProperties !== void 0;
  for (const field of countingFields(mapping)) {
    const property = isMap ? typeof additionalProperties === "object" ? additionalProperties : {} : propertyOf(schema, field.name);
    if (property === void 0) {
      if (!isLenient && properties !== void 0) unknownField(field, { type, schema, mapping }, walking);
      continue;
    }
    if (!isMap && walking.onField !== void 0) {
      walking.onField(typeField(walking, type, field.name), field.at, () => pathTo(walking, field.name));
    }
    walking.path.push(field.name);
    if (!isMap) walking.leads.push(type, field.name);
    builtInValue(field.value, property, walking, type, isLenient);
    if (!isMap) walking.leads.length -= 2;
    walking.path.pop();
  }
}
function nearMisses(name, { schema, mapping }) {
  const given = new Set(mapping.fields.map((field) => field.name));
  return speller(Object.keys(schema.properties ?? {}).filter((known) => !given.has(known)))(name);
}
function unknownField({ name, at }, owner, walking) {
  const reporting = hasPlaceholder(name) ? withoutReport(walking) : walking;
  reporting.report({
    rule: "field-unknown",
    at,
    path: pathTo(walking, name),
    says: "",
    lacking: typeField(walking, owner.type, name),
    near: nearMisses(name, owner)
  });
}
function builtInList(sequence, { items = {} }, type, isLenient, walking) {
  sequence.items.forEach((item, index) => {
    walking.path.push(index);
    builtInValue(item, items, walking, type, isLenient);
    walking.path.pop();
  });
}
function builtInEnum(text, at, { enum: values }, walking) {
  if (values === void 0 || text === "" || values.includes(text)) return;
  walking.report({
    rule: "field-enum",
    at,
    says: mustBe(`one of ${choices(values)}`, quoted(text, walking.hidesValues)),
    isDoubtful: true
  });
}
var WHOLE = /^-?[0-9]+$/;
function wholeNumber(text, at, format, walking) {
  if (!WHOLE.test(text)) {
    walking.report({ rule: "field-type", at, says: `must be a whole number; this is ${numberShown(text, walking)}` });
  } else if (!fits(text, format === "int32" ? 32n : 64n)) {
    const bits = format === "int32" ? 32 : 64;
    walking.report({
      rule: "field-value",
      at,
      says: mustBe(`a whole number of at most ${bits} bits`, numberShown(text, walking))
    });
  }
}
function fits(text, bits) {
  if (text.length <= 9) return true;
  const value = BigInt(text);
  return value >= -(1n << bits - 1n) && value < 1n << bits - 1n;
}
function numberShown(text, { hidesValues }) {
  return hidesValues ? "a number" : text;
}
function bytes(value, walking) {
  if (value.kind === "string") {
    if (!isBase64(value.text.replace(/[\r\n]/g, ""))) {
      walking.report({ rule: "field-value", at: value.at, says: "must be base64" });
    }
    return;
  }
  if (value.kind === "sequence" && value.items.every(isByte)) return;
  walking.report({ rule: "field-type", at: value.at, says: `must be text in base64; this is ${described(value)}` });
}
function isByte(node) {
  const value = dereference(node);
  if (value.kind === "null") return true;
  return value.kind === "number" && WHOLE.test(value.text) && Number(value.text) >= 0 && Number(value.text) <= 255;
}
function selfDecoding(value, schema, walking) {
  switch (schema.format) {
    case "quantity":
      quantity(value, walking);
      return;
    case "int-or-string":
      intOrString(value, walking);
      return;
    case "time":
      textOf(value, isTime, "a time such as 2026-01-31T12:00:00Z", walking);
      return;
    case "micro-time":
      textOf(value, isMicroTime, "a time such as 2026-01-31T12:00:00.000000Z", walking);
      return;
    case "go-duration":
      textOf(value, isGoDuration, "a duration such as 1h30m", walking);
      return;
    case "schema-or-bool":
    case "schema-or-array":
    case "schema-or-texts":
      jsonSchema(value, schema, walking);
      return;
  }
}
function quantity(value, walking) {
  const what = "a quantity such as 500m or 1.5Gi";
  if (value.kind !== "string" && value.kind !== "number") {
    walking.report({ rule: "field-type", at: value.at, says: `must be ${what}; this is ${described(value)}` });
  } else if (!isQuantity(value.text)) {
    walking.report({ rule: "field-value", at: value.at, says: mustBe(what, quoted(value.text, walking.hidesValues)) });
  }
}
function intOrString(value, walking) {
  if (value.kind === "string") return;
  if (value.kind === "number") {
    wholeNumber(value.text, value.at, "int32", walking);
    return;
  }
  walking.report({
    rule: "field-type",
    at: value.at,
    says: `must be a whole number or text; this is ${described(value)}`
  });
}
function textOf(value, isOne, what, walking) {
  if (value.kind !== "string") {
    walking.report({ rule: "field-type", at: value.at, says: `must be ${what}; this is ${described(value)}` });
  } else if (!isOne(value.text)) {
    walking.report({ rule: "field-value", at: value.at, says: mustBe(what, quoted(value.text, walking.hidesValues)) });
  }
}
function jsonSchema(value, { format, items = {} }, walking) {
  if (value.kind === "mapping") {
    builtInValue(value, items, walking, "", true);
    return;
  }
  if (value.kind === "sequence" && format !== "schema-or-bool") {
    const item = format === "schema-or-texts" ? { type: "string" } : items;
    builtInList(value, { items: item }, "", true, walking);
    return;
  }
  if (format === "schema-or-bool" && value.kind !== "boolean") {
    walking.report({
      rule: "field-type",
      at: value.at,
      says: `must be a schema, true or false; this is ${described(value)}`
    });
  }
}

// src/schemas/list-rules.ts
function duplicatesIn(sequence, schema) {
  const isSet = schema["x-kubernetes-list-type"] === "set";
  const isMap = schema["x-kubernetes-list-type"] === "map";
  if (!isSet && !isMap || sequence.items.length < 2) return [];
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const seen = /* @__PURE__ */ new Map();
  const repeated = [];
  sequence.items.forEach((item, index) => {
    const identity = isSet ? canonical(item) : mapKey(item, keys, schema.items ?? {});
    if (identity === void 0) return;
    const times = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, times);
    if (times !== 2) return;
    const says = isSet ? "repeats an item of a list that is a set" : `repeats the ${keys.join(", ")} of an earlier item, which must be unique`;
    repeated.push({ index, at: dereference(item).at, says });
  });
  return repeated;
}
function mapKey(item, keys, schema) {
  const value = dereference(item);
  if (value.kind !== "mapping") return void 0;
  const fields = new Map(countingFields(value).map((field) => [field.name, field.value]));
  return JSON.stringify(
    keys.map((key) => {
      const property = propertyOf(schema, key);
      const given = fields.get(key);
      const isAbsent = given === void 0 || dereference(given).kind === "null" && property?.nullable !== true;
      if (!isAbsent) return canonical(given);
      return property?.default === void 0 ? null : JSON.stringify(property.default);
    })
  );
}
function canonical(node) {
  const value = dereference(node);
  switch (value.kind) {
    case "null":
      return "null";
    case "string":
      return JSON.stringify(value.text);
    case "number":
      return value.text;
    case "boolean":
      return String(value.value);
    case "sequence":
      return `[${value.items.map(canonical).join(",")}]`;
    case "mapping": {
      const fields = countingFields(value).map(
        ({ name, value: inner }) => `${JSON.stringify(name)}:${canonical(inner)}`
      );
      return `{${fields.sort().join(",")}}`;
    }
  }
}

// src/schemas/custom-rules.ts
var META_FIELDS = /* @__PURE__ */ new Set(["apiVersion", "kind", "metadata"]);
function customObject(root, schema, hasStatus, walking) {
  const value = dereference(root);
  if (value.kind === "mapping")
    objectFields(value, { ...schema, type: "object" }, { isRoot: true, hasStatus }, walking);
}
function customValue(node, schema, walking) {
  const value = dereference(node);
  if (schema.$ref !== void 0) {
    builtInValue(node, schema, walking);
    return;
  }
  if (value.kind === "string" && hasPlaceholder(value.text)) structuralValue(value, schema, withoutReport(walking));
  else structuralValue(value, schema, walking);
}
function structuralValue(value, schema, walking) {
  if (value.kind === "null") {
    nullValue(value, schema, walking);
    return;
  }
  if (!hasType(value, schema, walking)) {
    if (walking.tellsPruned === true) prunedValue(value, walking);
    walking.report({
      rule: "field-type",
      at: value.at,
      says: `must be ${typeWords(schema)}; this is ${described(value)}`
    });
    return;
  }
  switch (value.kind) {
    case "mapping":
      objectFields(value, schema, {}, walking);
      return;
    case "sequence":
      listItems(value, schema, walking);
      return;
    case "string":
      checkText(value.text, value.at, schema, walking);
      checkEnum(value.text, value.at, schema, walking);
      return;
    case "number":
      checkNumber(value.text, value.at, schema, walking);
      checkEnum(Number(value.text), value.at, schema, walking);
      return;
    case "boolean":
      checkEnum(value.value, value.at, schema, walking);
      return;
  }
}
function nullValue(value, schema, walking) {
  const isTyped = schema.type !== void 0 || schema["x-kubernetes-int-or-string"] === true;
  if (isTyped && schema.nullable !== true) {
    walking.report({ rule: "field-type", at: value.at, says: `must be ${typeWords(schema)}; this is null` });
  } else if (schema.enum !== void 0) {
    walking.report({ rule: "field-enum", at: value.at, says: `must be one of ${choices(schema.enum)}; this is null` });
  }
}
function isDroppedNull(node, schema) {
  return dereference(node).kind === "null" && schema.nullable !== true;
}
function typeWords(schema) {
  if (schema["x-kubernetes-int-or-string"] === true) return "a whole number or text";
  return schema.type === void 0 ? "of another type" : TYPE_WORDS[schema.type];
}
function hasType(value, schema, walking) {
  if (schema["x-kubernetes-int-or-string"] === true) {
    return value.kind === "string" || value.kind === "number" && isWhole(value.text);
  }
  const { type } = schema;
  switch (type) {
    case void 0:
      return true;
    case "object":
      return value.kind === "mapping";
    case "array":
      return value.kind === "sequence";
    case "string":
      return value.kind === "string" || value.kind === "sequence" && schema.format !== void 0 && formatCheck(schema.format, walking.release) !== void 0;
    case "boolean":
      return value.kind === "boolean";
    case "number":
      return value.kind === "number";
    case "integer":
      return value.kind === "number" && isWhole(value.text);
    default:
      return assertNever(type);
  }
}
function isWhole(text) {
  return isInt64(text) || !/^-?[0-9]+$/.test(text) && Number.isSafeInteger(Number(text));
}
function objectFields(mapping, schema, options, walking) {
  const { isRoot = false, hasStatus = false } = options;
  const isResource = isRoot || schema["x-kubernetes-embedded-resource"] === true;
  const fields = countingFields(mapping);
  const present = /* @__PURE__ */ new Set();
  let unset = 0;
  for (const field of fields) {
    const { name } = field;
    if (isResource && META_FIELDS.has(name)) {
      present.add(name);
      walking.path.push(name);
      if (!isRoot || name === "metadata") metaField(field, isRoot, walking);
      walking.path.pop();
      continue;
    }
    const property = fieldSchema(schema, name);
    if (property === void 0) {
      if (schema["x-kubernetes-preserve-unknown-fields"] !== true) {
        unknownField(field, { type: "", schema, mapping }, walking);
        unset += 1;
      }
      continue;
    }
    if (property !== true && isDroppedNull(field.value, property)) {
      if (property.default === void 0) unset += 1;
      else present.add(name);
      continue;
    }
    present.add(name);
    walking.path.push(name);
    if (property === true) prunedValue(field.value, walking);
    else if (hasStatus && name === "status") onlyUnknown(field.value, property, walking);
    else customValue(field.value, property, walking);
    walking.path.pop();
  }
  requiredFields(mapping, schema, present, isResource && !isRoot, walking);
  checkSize(mapping, schema, fields.length - unset + defaulted(schema, present), walking);
}
function fieldSchema(schema, name) {
  const property = propertyOf(schema, name);
  if (property !== void 0) return property;
  const { additionalProperties } = schema;
  return additionalProperties === false ? void 0 : additionalProperties;
}
function prunedValue(node, walking) {
  const value = dereference(node);
  if (value.kind === "mapping") {
    for (const field of countingFields(value)) unknownField(field, { type: "", schema: {}, mapping: value }, walking);
  } else if (value.kind === "sequence") {
    value.items.forEach((item, index) => {
      walking.path.push(index);
      prunedValue(item, walking);
      walking.path.pop();
    });
  }
}
function onlyUnknown(node, schema, walking) {
  customValue(node, schema, {
    ...walking,
    tellsPruned: true,
    report: (fault) => {
      if (fault.rule === "field-unknown") walking.report(fault);
    }
  });
}
function metaField({ name, value: node }, isRoot, walking) {
  if (name === "metadata") {
    const type = Object.hasOwn(walking.types, OBJECT_META) ? OBJECT_META : void 0;
    if (type !== void 0) builtInValue(node, { $ref: type }, walking);
    return;
  }
  const value = dereference(node);
  if (isRoot) return;
  const { report } = value.kind === "string" && hasPlaceholder(value.text) ? withoutReport(walking) : walking;
  if (value.kind !== "string") {
    report({ rule: "field-type", at: value.at, says: `must be text; this is ${described(value)}` });
  } else if (value.text === "") {
    report({ rule: "field-value", at: value.at, says: "must not be empty" });
  } else if (name === "apiVersion" ? value.text.split("/").length > 2 : !isKind(value.text)) {
    report({
      rule: "field-value",
      at: value.at,
      says: mustBe(
        name === "kind" ? "the name of a kind" : "a group and a version",
        quoted(value.text, walking.hidesValues)
      )
    });
  }
}
function isKind(text) {
  return text.length <= 63 && /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(text.toLowerCase());
}
function requiredFields(mapping, schema, present, isEmbedded, walking) {
  const required = isEmbedded ? /* @__PURE__ */ new Set(["apiVersion", "kind", ...schema.required ?? []]) : schema.required ?? [];
  for (const name of required) {
    if (present.has(name) || propertyOf(schema, name)?.default !== void 0) continue;
    walking.report({
      rule: "field-required",
      at: mapping.at,
      path: pathTo(walking, name),
      says: "is required, and missing"
    });
  }
}
function defaulted({ properties = {} }, present) {
  return Object.entries(properties).filter(([name, { default: value }]) => value !== void 0 && !present.has(name)).length;
}
function checkSize(mapping, schema, size, walking) {
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema;
  if (size >= minProperties && size <= maxProperties) return;
  const limit = size < minProperties ? `at least ${counted(minProperties, "field")}` : `at most ${counted(maxProperties, "field")}`;
  walking.report({ rule: "field-limit", at: mapping.at, says: `must have ${limit}; this has ${size}` });
}
function listItems(sequence, schema, walking) {
  const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  const size = sequence.items.length;
  if (size < minItems || size > maxItems) {
    const limit = size < minItems ? `at least ${counted(minItems, "item")}` : `at most ${counted(maxItems, "item")}`;
    walking.report({ rule: "field-limit", at: sequence.at, says: `must have ${limit}; this has ${size}` });
  }
  sequence.items.forEach((item, index) => {
    walking.path.push(index);
    customValue(item, items, walking);
    walking.path.pop();
  });
  for (const { index, at, says } of duplicatesIn(sequence, schema)) {
    walking.path.push(index);
    walking.report({ rule: "field-value", at, says });
    walking.path.pop();
  }
}
function checkText(text, at, schema, walking) {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  const isPlain = schema["x-kubernetes-int-or-string"] !== true;
  if (minLength > 0 || text.length > maxLength) {
    const length = [...text].length;
    if (length < minLength || length > maxLength) {
      const limit = length < minLength ? `at least ${minLength}` : `at most ${maxLength}`;
      const characters = (length < minLength ? minLength : maxLength) === 1 ? "character" : "characters";
      walking.report({ rule: "field-limit", at, says: `must have ${limit} ${characters}; this has ${length}` });
    }
  }
  if (pattern !== void 0 && walking.patternMatch !== void 0) {
    const matches2 = walking.patternMatch(pattern, text);
    if (matches2 === void 0) walking.badPatterns.add(pattern);
    else if (!matches2) walking.report({ rule: "field-value", at, says: `must match the pattern ${pattern}` });
  }
  if (format !== void 0 && isPlain && formatCheck(format, walking.release)?.(text) === false) {
    walking.report({ rule: "field-value", at, says: `must be in the format ${format}` });
  }
}
var INT32_SINCE = "1.36";
function checkNumber(text, at, schema, walking) {
  const { minimum, maximum, exclusiveMinimum = false, exclusiveMaximum = false, multipleOf, format, type } = schema;
  const value = Number(text);
  const shown = numberShown(text, walking);
  const limit = (says) => walking.report({ rule: "field-limit", at, says: `${says}; this is ${shown}` });
  const isInteger = type !== "integer" && isInt64(text);
  const least = isInteger && minimum !== void 0 ? Math.trunc(minimum) : minimum;
  const most = isInteger && maximum !== void 0 ? Math.trunc(maximum) : maximum;
  if (least !== void 0 && (exclusiveMinimum ? value <= least : value < least)) {
    limit(exclusiveMinimum ? `must be more than ${minimum}` : `must be at least ${minimum}`);
  }
  if (most !== void 0 && (exclusiveMaximum ? value >= most : value > most)) {
    limit(exclusiveMaximum ? `must be less than ${maximum}` : `must be at most ${maximum}`);
  }
  if (multipleOf !== void 0 && !isMultiple(text, multipleOf, type === "integer")) {
    limit(`must be a multiple of ${multipleOf}`);
  }
  if (type === "integer" && format === "int32" && hasReached(walking.release, INT32_SINCE) && !fits(text, 32n)) {
    walking.report({ rule: "field-value", at, says: mustBe("a whole number of at most 32 bits", shown) });
  }
}
function isMultiple(text, factor, isIntegerType) {
  if (isInt64(text) && (!isIntegerType || Number.isInteger(factor))) {
    const whole = BigInt(Math.trunc(factor));
    return whole > 0n && BigInt(text) % whole === 0n;
  }
  const value = Number(text);
  const quotient = factor < 1 ? 1 / factor * value : value / factor;
  const nearest = Math.round(quotient);
  return Number.isSafeInteger(nearest) && Math.abs(quotient - nearest) <= 1e-9 * Math.max(1, Math.abs(quotient));
}
function isInt64(text) {
  return /^-?[0-9]+$/.test(text) && fits(text, 64n);
}
function checkEnum(value, at, { enum: values }, walking) {
  if (values === void 0 || values.includes(value)) return;
  walking.report({
    rule: "field-enum",
    at,
    says: mustBe(`one of ${choices(values)}`, quoted(String(value), walking.hidesValues))
  });
}
function counted(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

// src/schemas/walk.ts
var MOST_FAULTS = 50;
var PATCH_KEY = /^\$(?:patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/;
function walkObject(root, options) {
  const certain = [];
  const doubtful = [];
  let more = 0;
  let isPatch = false;
  const { document, kind, most = MOST_FAULTS } = options;
  const walking = {
    ...options,
    types: document.types,
    path: [],
    leads: [],
    badPatterns: /* @__PURE__ */ new Set(),
    counts: { placeholders: 0 },
    report(fault) {
      if (fault.lacking !== void 0 && PATCH_KEY.test(fault.lacking.property)) isPatch = true;
      const kept = fault.isDoubtful === true ? doubtful : certain;
      if (kept.length >= most) more += 1;
      else kept.push({ near: [], isDoubtful: false, path: pathText(walking.path), ...fault });
    }
  };
  const known = Object.hasOwn(document.kinds, kind) ? document.kinds[kind] : void 0;
  const schema = known === void 0 ? void 0 : document.types[known.type];
  if (known !== void 0 && schema !== void 0) {
    if (document.origin === "custom") customObject(root, schema, known.hasStatus === true, walking);
    else builtInValue(root, { $ref: known.type }, walking);
  }
  const faults = [...certain, ...doubtful].slice(0, most);
  more += certain.length + doubtful.length - faults.length;
  const { counts, badPatterns } = walking;
  return { faults, more, placeholders: counts.placeholders, isPatch, badPatterns };
}

// src/gate/walk-objects.ts
var MOST_FAULTS2 = 5e3;
async function definedKinds({ definitions, requirements, sources }) {
  const used = new Set(requirements.map(({ text }) => text));
  const places = new Map(
    definitions.flatMap((definition) => {
      if (definition.kind !== "kind" || definition.fault !== void 0) return [];
      const { group, names, versions } = definition;
      return versions.filter(({ served, place }) => served && place.kind === "file").map(({ name, place }) => ({ text: `${formatGroupVersion({ group, version: name })}/${names.kind}`, place })).filter(({ text }) => used.has(text)).map(({ text, place }) => [`${placeFile(place)} ${text}`, place]);
    })
  );
  const files = new Set([...places.values()].map(placeFile));
  const kinds = /* @__PURE__ */ new Map();
  await visitObjects(
    sources.filter(({ file }) => files.has(file)),
    ({ groupVersion, kind, node, file }) => {
      if (groupVersion !== "apiextensions.k8s.io/v1" || kind !== "CustomResourceDefinition") return;
      for (const defined of schemasOfDefinition(node)) {
        const name = `${formatGroupVersion({ group: defined.group, version: defined.version })}/${defined.kind}`;
        const place = places.get(`${file.file} ${name}`);
        if (place === void 0) continue;
        kinds.set(name, { document: defined.document, name: formatPlace(place), definedAt: place });
      }
    }
  );
  return kinds;
}
function placeFile(place) {
  return place.kind === "file" ? place.file : "";
}
async function walkObjects({ sources, requirements }, walks) {
  const { kinds, release, target, repositoryRoot } = walks;
  const used = requirements.filter(({ text }) => kinds.has(text));
  const files = new Set(used.map(({ place }) => placeFile(place)));
  const chosen = sources.filter(({ file }) => files.has(file));
  const patches = patchFiles(chosen, repositoryRoot);
  const patternMatch = await patternsFor(kinds);
  const faults = [];
  const leaving = [];
  const leaves = target === void 0 ? void 0 : leavingBy(target);
  const remarks = openRemarks();
  let beyond = 0;
  const cutShort = await visitObjects(chosen, (visited) => {
    const text = `${visited.groupVersion}/${visited.kind}`;
    const held = kinds.get(text);
    if (held === void 0) return;
    if (patches.has(visited.file.path)) {
      remarks.patch(visited);
      return;
    }
    const leavingHere = [];
    const walk = walkObject(visited.node, {
      document: held.document,
      kind: visited.kind,
      release,
      patternMatch,
      hidesValues: visited.kind === "Secret",
      onField: leaves === void 0 || held.definedAt !== void 0 ? void 0 : (field, at, path) => {
        const what = leaves(field);
        if (what === void 0) return;
        leavingHere.push({ path: path(), requirement: requirementAt(visited, text, visited.place(at)), what });
      }
    });
    if (walk.isPatch) {
      remarks.patch(visited);
      return;
    }
    remarks.walked(visited, walk);
    leaving.push(...leavingHere.slice(0, MOST_FAULTS2 - leaving.length));
    for (const { at, ...fault } of [...walk.faults].sort((a, b) => a.at - b.at)) {
      if (faults.length >= MOST_FAULTS2) {
        beyond += 1;
        continue;
      }
      faults.push({ fault, requirement: requirementAt(visited, text, visited.place(at)), definedAt: held.definedAt });
    }
  });
  const unfinished = cutShort.map(
    (place) => ({
      message: "The fields of this file were not judged to its end: one of its lists or mappings is too long.",
      place
    })
  );
  return { faults, leaving, warnings: [...unfinished, ...remarks.warnings(beyond)] };
}
function requirementAt({ groupVersion, kind, object }, text, place) {
  const slash = groupVersion.lastIndexOf("/");
  return {
    text,
    anyOf: [
      {
        kind: "kind",
        groupVersion: { group: groupVersion.slice(0, Math.max(0, slash)), version: groupVersion.slice(slash + 1) },
        name: kind,
        verbs: []
      }
    ],
    negated: false,
    place,
    object
  };
}
async function patternsFor(kinds) {
  const documents = new Set([...kinds.values()].map(({ document }) => document));
  return [...documents].some(usesPatterns) ? loadPatterns() : void 0;
}
function openRemarks() {
  let patch;
  let placeholder;
  const badPatterns = /* @__PURE__ */ new Set();
  const cutShort = [];
  const placeOf = ({ node, place }) => place(node.at);
  return {
    patch(visited) {
      patch ??= { place: placeOf(visited), count: 0 };
      patch.count += 1;
    },
    walked(visited, walk) {
      for (const pattern of walk.badPatterns) badPatterns.add(pattern);
      if (walk.placeholders > 0) {
        placeholder ??= { place: placeOf(visited), count: 0 };
        placeholder.count += walk.placeholders;
      }
      if (walk.more > 0) {
        const message = `${walk.more} more fields of this object do not fit; ${walk.faults.length} are listed.`;
        cutShort.push({ message, place: placeOf(visited) });
      }
    },
    warnings(beyond) {
      const warnings = [...cutShort];
      if (beyond > 0) warnings.push({ message: `${beyond} more fields of other objects do not fit.` });
      if (patch !== void 0) {
        const what = patch.count === 1 ? "This is a patch" : `This and ${patch.count - 1} more are patches`;
        warnings.push({ message: `${what}, not a whole object: the fields were not judged.`, place: patch.place });
      }
      if (placeholder !== void 0) {
        const what = placeholder.count === 1 ? "A value is" : `${placeholder.count} values are`;
        warnings.push({
          message: `${what} filled in by a later step, as \${NAME} or {{ name }}, so not judged: render the manifests first.`,
          place: placeholder.place
        });
      }
      const [pattern] = badPatterns;
      if (pattern !== void 0) {
        const what = badPatterns.size === 1 ? "A pattern" : `${badPatterns.size} patterns`;
        warnings.push({
          message: `${what} of the schemas could not be compiled, and nothing was held to it: ${pattern}`
        });
      }
      return warnings;
    }
  };
}

// src/gate/field-work.ts
function openFieldWork(manifests, { target, repositoryRoot }) {
  let defining;
  const walks = /* @__PURE__ */ new Map();
  return {
    defined: () => {
      defining ??= definedKinds(manifests);
      return defining;
    },
    walk: (kinds, release) => {
      const names = [...kinds].map(([kind, { name }]) => [kind, name]).sort(([a = ""], [b = ""]) => a < b ? -1 : 1);
      const key = JSON.stringify([release?.major, release?.minor, names]);
      const walking = walks.get(key) ?? walkObjects(manifests, { kinds, release, target, repositoryRoot });
      walks.set(key, walking);
      return walking;
    }
  };
}
export {
  openFieldWork
};
