import {
  require_picomatch
} from "./shared-picomatch.js";
import {
  documentsOf
} from "./shared-plain.js";
import {
  TEXT,
  decodeFile,
  dereference,
  fieldOf,
  fieldsOf,
  formatGroupVersion,
  lineCounter,
  parseGroupVersion,
  textUnder,
  valueUnder
} from "./shared-scanner.js";
import "./shared-cluster-inputs.js";
import {
  __toESM
} from "./shared-runtime.js";

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
    const entries = attempt(found, folder, () => {
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
function attempt(found, path, read) {
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
  const piped = (options.piped ?? []).map(({ name, content }) => ({ file: { path: name, file: name }, content }));
  for (const { file, content } of [...found.files.map((each) => ({ file: each, content: void 0 })), ...piped]) {
    read += 1;
    if (read % FILES_A_TURN === 0) await new Promise((resolve2) => setImmediate(resolve2));
    options.signal?.throwIfAborted();
    const excused = mayBeUnreadable(file);
    readFile(file, content ?? readContent(file.path), {
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
    files: found.files.length + piped.length,
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
      message: "kubectl cannot read this: not valid UTF-8, although its byte order mark says so."
    });
  } else if (mendedAt !== void 0) {
    results.warn({ message: "Not valid UTF-8. kubectl replaces these bytes with U+FFFD.", place: place(mendedAt) });
  }
  let isTemplate;
  for (const document of documentsOf(bytes, OBJECT)) {
    if (document.kind === "unreadable") {
      isTemplate ??= refuseTemplate(file, bytes, place, results);
      if (!isTemplate)
        results.refuse({ place: place(document.at), message: `kubectl cannot read this: ${document.quoting}.` });
      continue;
    }
    if (document.kind === "dropped") {
      results.refuse({
        place: place(document.at),
        message: "kubectl silently ignores everything from here to the next document, because the document before it has ended.",
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
        message: "Duplicate key; kubectl uses the last value.",
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
