import {
  InvalidSchema,
  dictionary,
  fieldFindings,
  leavingFindings,
  readSchema,
  readSchemas,
  record,
  untoldFinding,
  untoldMessage
} from "./shared-field-findings.js";
import "./shared-fields.generated.js";
import {
  releaseOf
} from "./shared-server-release.js";
import {
  GateError,
  InvalidDocument,
  formatDuration,
  formatGroupVersion,
  readReply
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/schemas/openapi-document.ts
function trimDocument(value) {
  const document = record(value, "the document");
  const components = record(document["components"] ?? {}, "components");
  const raw = record(components["schemas"] ?? {}, "components.schemas");
  const origin = originOf(record(document["info"] ?? {}, "info")["title"]);
  const kinds = creatableKinds(record(document["paths"] ?? {}, "paths"));
  const types = dictionary();
  const waiting = Object.values(kinds).map(({ type }) => type);
  for (let name = waiting.pop(); name !== void 0; name = waiting.pop()) {
    if (name in types) continue;
    if (!Object.hasOwn(raw, name)) throw new InvalidSchema(`components.schemas.${name} is missing`);
    const schema = specialType(name) ?? adapted(name, readSchema(raw[name], `components.schemas.${name}`), origin);
    types[name] = schema;
    collectReferences(schema, waiting);
  }
  return { origin, kinds: sorted(kinds), types: sorted(types) };
}
function documentText({ origin, kinds, types }) {
  return JSON.stringify({ origin, kinds, types });
}
function readDocumentText(text) {
  const document = record(parseJson(text), "the schema");
  const { origin } = document;
  if (origin !== "built-in" && origin !== "custom" && origin !== "aggregated") {
    throw new InvalidSchema("origin is not known");
  }
  const types = readSchemas(document["types"], "types");
  const kinds = dictionary();
  for (const [name, value] of Object.entries(record(document["kinds"], "kinds"))) {
    const { type, hasStatus } = record(value, `kinds.${name}`);
    if (typeof type !== "string" || !(type in types)) throw new InvalidSchema(`kinds.${name}.type is not a type`);
    kinds[name] = hasStatus === true ? { type, hasStatus } : { type };
  }
  const references = [];
  for (const schema of Object.values(types)) collectReferences(schema, references);
  const dangling = references.find((name) => !(name in types));
  if (dangling !== void 0) throw new InvalidSchema(`types.${dangling} is missing`);
  return { origin, kinds, types };
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidSchema("it is not JSON", { cause });
  }
}
function originOf(title) {
  if (title === "Kubernetes CRD Swagger") return "custom";
  return title === "Kubernetes" ? "built-in" : "aggregated";
}
function creatableKinds(paths) {
  const kinds = dictionary();
  const withStatus = /* @__PURE__ */ new Set();
  for (const [path, value] of Object.entries(paths)) {
    const item = record(value, `paths.${path}`);
    if (path.endsWith("/{name}/status")) {
      const put = item["put"] ?? item["get"] ?? item["patch"];
      if (put !== void 0) withStatus.add(kindOf(record(put, path)));
    }
    if (item["post"] === void 0 || path.includes("/{name}")) continue;
    const post = record(item["post"], `paths.${path}.post`);
    const kind = kindOf(post);
    const type = bodyType(post);
    if (kind !== void 0 && type !== void 0) kinds[kind] = { type };
  }
  for (const [kind, schema] of Object.entries(kinds)) {
    if (withStatus.has(kind)) kinds[kind] = { ...schema, hasStatus: true };
  }
  return kinds;
}
function kindOf(operation) {
  const name = operation["x-kubernetes-group-version-kind"];
  const kind = typeof name === "object" && name !== null && "kind" in name ? name.kind : void 0;
  return typeof kind === "string" ? kind : void 0;
}
function bodyType(operation) {
  const body = record(operation["requestBody"] ?? {}, "requestBody");
  for (const media of Object.values(record(body["content"] ?? {}, "requestBody.content"))) {
    const schema = readSchema(record(media, "requestBody.content")["schema"] ?? {}, "requestBody.content.schema");
    if (schema.$ref !== void 0) return schema.$ref;
  }
  return void 0;
}
var META = "io.k8s.apimachinery.pkg.apis.meta.v1";
var DEFINITIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions";
var SPECIAL = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { format: "quantity" },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { format: "int-or-string" },
  [`${META}.Time`]: { format: "time" },
  [`${META}.MicroTime`]: { format: "micro-time" },
  [`${META}.Duration`]: { format: "go-duration" },
  [`${META}.FieldsV1`]: {},
  [`${META}.Patch`]: {},
  "io.k8s.apimachinery.pkg.runtime.RawExtension": {}
};
function specialType(name) {
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name];
  if (!name.startsWith(DEFINITIONS)) return void 0;
  const props = `${name.slice(0, name.lastIndexOf("."))}.JSONSchemaProps`;
  switch (name.slice(name.lastIndexOf(".") + 1)) {
    case "JSON":
      return {};
    case "JSONSchemaPropsOrBool":
      return { format: "schema-or-bool", items: { $ref: props } };
    case "JSONSchemaPropsOrArray":
      return { format: "schema-or-array", items: { $ref: props } };
    case "JSONSchemaPropsOrStringArray":
      return { format: "schema-or-texts", items: { $ref: props } };
    default:
      return void 0;
  }
}
var EMPTY_STRUCTS = /^io\.k8s\.api\.|\.CustomResourceSubresourceStatus$/;
function adapted(name, schema, origin) {
  if (origin === "custom" && !name.startsWith(META)) return schema;
  const bare = decodedPart(schema);
  const isUntold = bare.type === "object" && bare.properties === void 0 && bare.additionalProperties === void 0;
  if (!isUntold) return bare;
  return EMPTY_STRUCTS.test(name) ? { type: "object", properties: {} } : {};
}
function decodedPart(schema) {
  const { $ref, type, format, properties, additionalProperties, items, required, enum: values } = schema;
  const part = {};
  if ($ref !== void 0) return { $ref };
  if (type !== void 0) part["type"] = type;
  if (format !== void 0) part["format"] = format;
  if (required !== void 0) part["required"] = required;
  if (values !== void 0) part["enum"] = values;
  if (properties !== void 0) {
    const decoded = dictionary();
    for (const [name, property] of Object.entries(properties)) decoded[name] = decodedPart(property);
    part["properties"] = decoded;
  }
  if (additionalProperties !== void 0) {
    part["additionalProperties"] = typeof additionalProperties === "boolean" ? additionalProperties : decodedPart(additionalProperties);
  }
  if (items !== void 0) part["items"] = decodedPart(items);
  return part;
}
function collectReferences(schema, names) {
  if (schema.$ref !== void 0) names.push(schema.$ref);
  if (schema.properties !== void 0) {
    for (const property of Object.values(schema.properties)) collectReferences(property, names);
  }
  if (typeof schema.additionalProperties === "object") collectReferences(schema.additionalProperties, names);
  if (schema.items !== void 0) collectReferences(schema.items, names);
}
function sorted(values) {
  const result = dictionary();
  for (const name of Object.keys(values).sort()) {
    const value = values[name];
    if (value !== void 0) result[name] = value;
  }
  return result;
}

// src/schemas/openapi-index.ts
function readIndex(value) {
  const paths = record(record(value, "the index")["paths"], "paths");
  const index = /* @__PURE__ */ new Map();
  for (const [name, item] of Object.entries(paths)) {
    const groupVersion = groupVersionOf(name);
    if (groupVersion === void 0) continue;
    const url = record(item, `paths.${name}`)["serverRelativeURL"];
    if (typeof url !== "string" || !url.startsWith("/") || url.startsWith("//")) {
      throw new InvalidSchema(`paths.${name}.serverRelativeURL is not a path`);
    }
    index.set(groupVersion, { path: url, hash: new URLSearchParams(url.split("?")[1] ?? "").get("hash") ?? "" });
  }
  return index;
}
function groupVersionOf(name) {
  const parts = name.split("/");
  if (parts[0] === "api" && parts.length === 2) return parts[1];
  return parts[0] === "apis" && parts.length === 3 ? `${parts[1]}/${parts[2]}` : void 0;
}

// src/schemas/ask-schemas.ts
var { createHash } = process.getBuiltinModule("node:crypto");
var INDEX_PATH = "/openapi/v3";
var JSON_ONLY = "application/json";
var CONCURRENCY = 4;
async function askIndex(connection) {
  return ask(connection, INDEX_PATH, readIndex);
}
async function askSchemas(connection, groupVersions, options) {
  const answers = /* @__PURE__ */ new Map();
  let { index } = options;
  let waiting = await askRound(connection, groupVersions, { ...options, index }, answers);
  if (waiting.moved.length > 0) {
    index = await askIndex(connection);
    waiting = await askRound(connection, waiting.moved, { ...options, index }, answers);
    for (const groupVersion of waiting.moved) {
      const message = `GET ${INDEX_PATH} names a document of ${groupVersion} that the server no longer has`;
      answers.set(groupVersion, { kind: "unknown", refusal: { reason: "unavailable", message } });
    }
  }
  return { answers, index };
}
async function askRound(connection, groupVersions, { index, known }, answers) {
  const moved = [];
  const tooLarge = [];
  const askOne = async (groupVersion, alone) => {
    if (index.kind === "refused") {
      answers.set(groupVersion, { kind: "unknown", refusal: index.refusal });
      return;
    }
    const entry = index.value.get(groupVersion);
    if (entry === void 0) {
      const message = `GET ${INDEX_PATH} does not list ${groupVersion}`;
      answers.set(groupVersion, { kind: "unknown", refusal: { reason: "not-found", message } });
      return;
    }
    const earlier = known.get(groupVersion);
    if (earlier !== void 0 && entry.hash !== "" && earlier.hash === entry.hash) {
      answers.set(groupVersion, { kind: "known", schema: earlier });
      return;
    }
    const answer = await ask(connection, entry.path, (value, body) => verified(value, body, entry.hash));
    if (answer.kind === "accepted") {
      answers.set(groupVersion, { kind: "known", ...answer.value });
    } else if (answer.code === "redirected") {
      moved.push(groupVersion);
    } else if (answer.code === "body-too-large" && !alone) {
      tooLarge.push(groupVersion);
    } else {
      answers.set(groupVersion, { kind: "unknown", refusal: answer.refusal });
    }
  };
  const waiting = groupVersions.values();
  const worker = async () => {
    for (const groupVersion of waiting) await askOne(groupVersion, false);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groupVersions.length) }, worker));
  for (const groupVersion of tooLarge) await askOne(groupVersion, true);
  return { moved };
}
function verified(value, body, hash) {
  const found = createHash("sha512").update(body).digest("hex").toUpperCase();
  if (hash !== "" && found !== hash.toUpperCase()) {
    throw new InvalidDocument(`a document of ${body.length} characters whose SHA-512 is not the one in its address`);
  }
  const document = trimDocument(value);
  return { schema: { hash: hash || found, text: documentText(document) }, document };
}
async function ask(connection, path, read) {
  const [shown = path] = path.split("?");
  try {
    const response = await connection.get({ path, accept: JSON_ONLY });
    return readReply(shown, response, ({ fields }) => {
      try {
        return read(fields, response.body);
      } catch (thrown) {
        if (thrown instanceof InvalidSchema) throw new InvalidDocument(`JSON in which ${thrown.message}`);
        throw thrown;
      }
    });
  } catch (thrown) {
    if (!(thrown instanceof GateError) || thrown.outcome === "internal-error") throw thrown;
    const refusal = {
      reason: "unavailable",
      message: thrown.message.replace(/\.$/, ""),
      hint: thrown.hint
    };
    return { kind: "refused", refusal, code: thrown.code };
  }
}

// src/gate/judge-fields.ts
function openFieldJudge(subject, plan, work, world) {
  const { settings } = plan;
  const { log, clock } = world;
  const cluster = subject.name;
  const documents = /* @__PURE__ */ new Map();
  let found = { reason: "no cache is used" };
  let keeping;
  let looking;
  let learned;
  const judging = ({ snapshot }) => ({
    cluster,
    serverVersion: snapshot.version,
    fails: settings.fields === "fail",
    failOn: settings.failOn,
    accept: plan.acceptances.accept
  });
  async function prepare(identity) {
    looking ??= look(identity);
    await looking;
  }
  async function look(identity) {
    const { store } = world;
    if (store === void 0 || settings.cache.mode === "off") return;
    const { openSchemaCache } = await import("./schema-cache.js");
    const cache = openSchemaCache({
      identity,
      ttlMs: settings.cache.ttlMs,
      store,
      clock,
      log,
      holdsSecret: (text) => world.secrets.redact(text) !== text
    });
    keeping = (takenAt, schemas) => cache.keep(
      takenAt,
      [...schemas].map(([groupVersion, schema]) => ({ groupVersion, ...schema }))
    );
    const entry = await cache.find();
    found = entry.kind === "none" ? { reason: entry.reason } : {
      cached: {
        ageMs: entry.ageMs,
        isFresh: entry.isFresh && settings.cache.mode !== "refresh",
        schemas: new Map(entry.records.map(({ groupVersion, hash, text }) => [groupVersion, { hash, text }]))
      }
    };
  }
  const known = () => learned?.schemas ?? ("cached" in found ? found.cached.schemas : /* @__PURE__ */ new Map());
  async function orWarn(judged, judge) {
    if (settings.fields === "fail") return await judge();
    try {
      return await judge();
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      const message = `The fields were not judged on ${cluster}, as kube-api-gate itself failed: ${why}. Please report it.`;
      return { ...judged, warnings: [...judged.warnings, { message }] };
    }
  }
  async function live(connection, apis) {
    const asking = askIndex(connection);
    asking.catch(() => void 0);
    const judged = await apis;
    return await orWarn(judged, () => addLive(connection, judged, asking));
  }
  async function addLive(connection, judged, asking) {
    const index = await asking;
    await looking;
    const needed = await groupVersionsOf(judged);
    const all = settings.cache.mode === "refresh" && index.kind === "accepted" ? [...index.value.keys()] : [];
    const takenAt = clock.now();
    const asked = await askSchemas(connection, [.../* @__PURE__ */ new Set([...needed, ...all])], { index, known: known() });
    const answers = new Map(asked.answers);
    if (asked.index.kind === "accepted") {
      const current = asked.index.value;
      const schemas = new Map([...known()].filter(([name, { hash }]) => current.get(name)?.hash === hash));
      for (const [name, answer] of answers) if (answer.kind === "known") schemas.set(name, answer.schema);
      learned = { takenAt, schemas };
    }
    for (const [name, answer] of answers) {
      if (answer.kind === "known") {
        if (answer.document !== void 0) documents.set(answer.schema.hash, answer.document);
        continue;
      }
      const young = "cached" in found && found.cached.isFresh ? found.cached.schemas.get(name) : void 0;
      if (young !== void 0) answers.set(name, { kind: "known", schema: young });
    }
    return await withFields(judged, answers);
  }
  async function addCached(judged, reopen) {
    await looking;
    const needed = await groupVersionsOf(judged);
    const answers = new Map(needed.map((name) => [name, cachedAnswer(name)]));
    if ([...answers.values()].every(({ kind }) => kind === "known") || reopen === void 0) {
      const told = await withFields(judged, answers);
      const isFinal = told.findings.every((finding) => finding.field === void 0 || isFinalInCache(finding));
      if (isFinal || reopen === void 0) return told;
      log.line(
        `${cluster}: by the cached schemas some fields do not fit; asking for the cluster's own before that counts.`
      );
    }
    return await reopen((connection) => live(connection, Promise.resolve(judged)));
  }
  function isFinalInCache({ fails, acceptance }) {
    return !fails && !(settings.updateBaseline && acceptance?.kind === "baseline");
  }
  function cachedAnswer(groupVersion) {
    if (subject.filed !== void 0) return { kind: "unknown", refusal: NOT_IN_FILES };
    const untold = (why) => ({
      kind: "unknown",
      refusal: {
        reason: "unavailable",
        message: `${why}, and \`cache: only\` forbids asking the cluster`,
        hint: "Run the workflow that seeds the cache with `cache: refresh`: it saves the schemas of all group-versions."
      }
    });
    if (!("cached" in found)) return untold(`the cache holds no schemas (${found.reason})`);
    if (!found.cached.isFresh) return untold(`the cached schemas are ${formatDuration(found.cached.ageMs)} old`);
    const schema = found.cached.schemas.get(groupVersion);
    return schema === void 0 ? untold(`the cache holds no schemas of ${groupVersion}`) : { kind: "known", schema };
  }
  async function groupVersionsOf({ findings }) {
    const defined = await work.defined();
    const names = /* @__PURE__ */ new Set();
    for (const requirement of judgedKinds(findings)) {
      if (!defined.has(requirement.text)) names.add(groupVersionOf2(requirement));
    }
    return [...names];
  }
  async function withFields(judged, answers) {
    const defined = await work.defined();
    const kinds = /* @__PURE__ */ new Map();
    const untold = /* @__PURE__ */ new Map();
    for (const requirement of judgedKinds(judged.findings)) {
      const { text } = requirement;
      if (kinds.has(text)) continue;
      const own = defined.get(text);
      if (own !== void 0) {
        kinds.set(text, own);
        continue;
      }
      const groupVersion = groupVersionOf2(requirement);
      const answer = answers.get(groupVersion);
      if (answer === void 0) continue;
      const read = schemaOf(answer, text.slice(text.lastIndexOf("/") + 1));
      if ("document" in read) kinds.set(text, read);
      else if (!untold.has(groupVersion)) untold.set(groupVersion, { groupVersion, requirement, ...read });
    }
    const options = judging(judged);
    const release = judged.snapshot.version === void 0 ? void 0 : releaseOf(judged.snapshot.version);
    const walked = kinds.size === 0 ? { faults: [], leaving: [], warnings: [] } : await work.walk(kinds, release);
    const fails = settings.fields === "fail";
    return {
      ...judged,
      findings: [
        ...judged.findings,
        ...fieldFindings(walked.faults, options),
        ...leavingFindings(walked.leaving, options),
        ...fails ? [...untold.values()].map((each) => untoldFinding(each, options)) : []
      ],
      warnings: [...judged.warnings, ...walked.warnings, ...fails ? [] : untoldWarnings([...untold.values()])]
    };
  }
  function untoldWarnings(untold) {
    if (subject.filed === void 0) return untold.map((each) => ({ message: untoldMessage(each, cluster) }));
    if (untold.length === 0) return [];
    return [
      { message: `${cluster}: the fields of objects are not judged, because ${NOT_IN_FILES.message}.`, isQuiet: true }
    ];
  }
  function schemaOf(answer, kind) {
    if (answer.kind === "unknown") {
      const { message, hint } = answer.refusal;
      return hint === void 0 ? { message } : { message, hint };
    }
    const { hash, text } = answer.schema;
    try {
      const document = documents.get(hash) ?? readDocumentText(text);
      documents.set(hash, document);
      if (Object.hasOwn(document.kinds, kind)) return { document, name: hash };
      return { message: `its schemas do not describe how a ${kind} is created` };
    } catch (thrown) {
      if (!(thrown instanceof InvalidSchema)) throw thrown;
      return { message: `the cached schemas cannot be used: ${thrown.message}` };
    }
  }
  return {
    prepare,
    live,
    cached: (judged, reopen) => orWarn(judged, () => addCached(judged, reopen)),
    keep: async () => {
      if (learned !== void 0 && learned.schemas.size > 0) await keeping?.(learned.takenAt, learned.schemas);
    }
  };
}
var NOT_IN_FILES = {
  reason: "unavailable",
  message: "a snapshot file holds no schemas",
  hint: "Judge fields in a job that may ask the cluster, or set `fields: off`."
};
function judgedKinds(findings) {
  return findings.filter(({ requirement, met, field }) => field === void 0 && requirement.object !== void 0 && met === "yes").map(({ requirement }) => requirement);
}
function groupVersionOf2({ anyOf: [api] }) {
  return api.kind === "kind" ? formatGroupVersion(api.groupVersion) : "";
}
export {
  openFieldJudge
};
