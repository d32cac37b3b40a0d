import {
  documentsOf
} from "./shared-plain.js";
import {
  fileMatcher,
  findFiles
} from "./shared-walk.js";
import {
  EVERYTHING,
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

// src/manifests/helm.ts
var { existsSync } = globalThis.process.getBuiltinModule("node:fs");
var { dirname, join } = globalThis.process.getBuiltinModule("node:path");
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
    if (existsSync(join(folder, "Chart.yaml"))) return folder;
    if (folder === dirname(folder)) return void 0;
  }
}

// src/manifests/kustomize.ts
var { dirname: dirname2, resolve } = globalThis.process.getBuiltinModule("node:path");
function isKustomization(path) {
  return /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}
function kustomizeRoles() {
  const roles = /* @__PURE__ */ new Map();
  const resources = /* @__PURE__ */ new Set();
  return {
    add: (kustomization, root) => {
      const folder = dirname2(kustomization);
      for (const entry of textsIn(root, ["resources", "bases", "components"])) resources.add(resolve(folder, entry));
      const named = {
        data: dataOf(root),
        plugin: textsIn(root, ["generators", "transformers", "validators"]),
        patch: [
          ...textsIn(root, ["patchesStrategicMerge"]),
          ...under(root, ["patches", "patchesJson6902"]).flatMap((item) => textUnder(item, "path") ?? [])
        ]
      };
      for (const role of ["data", "plugin", "patch"]) {
        for (const entry of named[role]) {
          if (entry !== "" && !entry.includes("\n")) roles.set(resolve(folder, entry), role);
        }
      }
    },
    of: (path) => resources.has(path) ? void 0 : roles.get(path)
  };
}
function dataOf(root) {
  const generators = under(root, ["configMapGenerator", "secretGenerator"]);
  const charts = under(root, ["helmCharts", "helmChartInflationGenerator"]);
  return [
    ...textsIn(root, ["configurations", "crds"]),
    ...generators.flatMap((item) => textsIn(item, ["files", "envs"])).map((entry) => entry.slice(entry.indexOf("=") + 1)),
    ...generators.flatMap((item) => textUnder(item, "env") ?? []),
    ...charts.flatMap((item) => [textUnder(item, "valuesFile") ?? "", textUnder(item, "values") ?? ""]),
    ...charts.flatMap((item) => textsIn(item, ["additionalValuesFiles"])),
    ...under(root, ["replacements"]).flatMap((item) => textUnder(item, "path") ?? []),
    textUnder(valueUnder(root, "openapi"), "path") ?? ""
  ];
}
function under(node, fields) {
  return fields.flatMap((field) => {
    const list = valueUnder(node, field);
    return list?.kind === "sequence" ? list.items.map(dereference) : [];
  });
}
function textsIn(node, fields) {
  return under(node, fields).flatMap((item) => item.kind === "string" ? [item.text] : []);
}
var OPERATIONS = /* @__PURE__ */ new Set(["add", "remove", "replace", "move", "copy", "test"]);
function isJsonPatch(root) {
  const list = dereference(root);
  return list.kind === "sequence" && list.items.length > 0 && list.items.every((item) => OPERATIONS.has(textUnder(item, "op") ?? "") && textUnder(item, "path") !== void 0);
}
var DIRECTIVE = "$patch";
var DIRECTIVES = /* @__PURE__ */ new Set(["delete", "replace", "merge"]);
function hasDirective(node) {
  return DIRECTIVES.has(textUnder(node, DIRECTIVE) ?? "");
}
function hasDirectiveWithin(node) {
  const seen = /* @__PURE__ */ new Set();
  const search = (part) => {
    const value = dereference(part);
    if (seen.has(value)) return false;
    seen.add(value);
    if (value.kind === "sequence") return value.items.some(search);
    if (value.kind !== "mapping") return false;
    return fieldOf(value, DIRECTIVE) !== void 0 && hasDirective(value) || fieldsOf(value).some((field) => search(field.value));
  };
  return search(node);
}

// src/manifests/limited-remarks.ts
var MOST_OF_A_FILE = 100;
var MOST_FAULTS = 1e4;
function limitedRemarks({ file }) {
  const problems = [];
  const warnings = [];
  let [moreProblems, moreWarnings] = [0, 0];
  const isFull = () => moreProblems >= MOST_FAULTS;
  const place = { kind: "file", file, line: 1 };
  return {
    refuse: (problem) => {
      if (problems.length < MOST_OF_A_FILE) problems.push(problem);
      else moreProblems += 1;
    },
    warn: (warning) => {
      if (warnings.length < MOST_OF_A_FILE) warnings.push(warning);
      else moreWarnings += 1;
    },
    isFull,
    problems: () => {
      if (moreProblems === 0) return problems;
      const told = isFull() ? `This file has more than ${MOST_FAULTS} faults, and is not read to its end.` : `This file has ${moreProblems} more ${moreProblems === 1 ? "fault" : "faults"}.`;
      return [...problems, { place, message: told }];
    },
    warnings: () => moreWarnings === 0 ? warnings : [...warnings, { place, message: `There are ${moreWarnings} more remarks on this file.` }]
  };
}

// src/manifests/never-stored.ts
var GROUPS = [
  // kustomize, and what it runs as functions and generators.
  /^(?:kustomize\.config\.k8s\.io|config\.kubernetes\.io|(?:fn\.)?kpt\.dev|viaduct\.ai|goabout\.com)$/,
  // Clusters for development and tests, and those who set clusters up.
  /^(?:kind\.x-k8s\.io|k3d\.io|ctlptl\.dev|eksctl\.io|k0sctl\.k0sproject\.io|kubeone\.k8c\.io|kubeadm\.k8s\.io)$/,
  // Components of Kubernetes: kubelet, kubeproxy, kubescheduler, apiserver, controlplane, pod-security.admission, ...
  /(?:^|\.)config\.k8s\.io$/,
  /^(?:audit|client\.authentication|apiserver|imagepolicy|eventratelimit\.admission|credentialprovider\.kubelet)\.k8s\.io$/,
  /^config\.kueue\.x-k8s\.io$/,
  // Tests of manifests, policies and operators.
  /^(?:kuttl\.dev|(?:chainsaw|cli)\.kyverno\.io|test\.gatekeeper\.sh|scorecard\.operatorframework\.io)$/,
  // Building, templating, packaging, cataloguing.
  /^(?:skaffold|tilt\.dev|garden\.io|tanka\.dev|backstage\.io|meta\.pkg\.crossplane\.io|mirror\.openshift\.io)$/,
  /^(?:(?:kapp|kbld|vendir|ytt)\.k14s\.io|imgpkg\.carvel\.dev|krew\.googlecontainertools\.github\.com|descheduler)$/
];
var GROUPS_OF_READERS = {
  "install.istio.io": "istioctl",
  "kops.k8s.io": "kops",
  "k0s.k0sproject.io": "k0s"
};
var KINDS = {
  "": ["Config"],
  "argoproj.io": ["ConfigManagementPlugin"],
  "policy.open-cluster-management.io": ["PolicyGenerator", "PolicyGenTemplate"],
  "ran.openshift.io": ["PolicyGenTemplate", "SiteConfig"],
  "clusterctl.cluster.x-k8s.io": ["Metadata"],
  "kwok.x-k8s.io": ["KwokConfiguration", "KwokctlConfiguration", "KwokctlResource", "KwokctlComponent"]
};
var VERSIONS_WITHOUT_GROUP = [
  { version: "builtin", kind: /^/ },
  { version: "v1alpha1", kind: /Config$/ }
];
function configurationOf(group, version, kind) {
  const readBy = GROUPS_OF_READERS[group];
  if (readBy !== void 0) return { of: "group", readBy };
  if (GROUPS.some((pattern) => pattern.test(group))) return { of: "group" };
  if (group === "" && VERSIONS_WITHOUT_GROUP.some((known) => known.version === version && known.kind.test(kind))) {
    return { of: "kind" };
  }
  return KINDS[group]?.includes(kind) === true ? { of: "kind" } : void 0;
}
var KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;
var KYVERNO_TEST = /^kyverno-test\.ya?ml$/;
var HELM_FILES = [
  { name: /^Chart\.yaml$/, what: "Helm Chart.yaml" },
  { name: /^requirements\.yaml$/, what: "Helm requirements.yaml" },
  { name: /(?:^|[-_.])values(?:[-_.].*)?\.(?:ya?ml|json)$/i, what: "Helm values" }
];
function unnamedConfiguration(file, isInChart) {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (KUSTOMIZATION.test(name)) return "Kustomization";
  if (KYVERNO_TEST.test(name)) return "Kyverno test";
  const helm = HELM_FILES.find((known) => known.name.test(name));
  return helm !== void 0 && isInChart() ? helm.what : void 0;
}

// src/manifests/definition-rules.ts
var LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
var DOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
var HIGHEST_PORT = 65535;
function isWithin(value, highest) {
  const number = value?.kind === "number" ? Number(value.text) : Number.NaN;
  return Number.isInteger(number) && number >= 1 && number <= highest;
}
function isPort(value) {
  return isWithin(value, HIGHEST_PORT);
}
function isTrue(value) {
  return value?.kind === "boolean" && value.value;
}

// src/manifests/api-service-faults.ts
var HIGHEST = { groupPriorityMinimum: 2e4, versionPriority: 1e3 };
function faultOfApiService(node, { group, version }) {
  const spec = valueUnder(node, "spec");
  const service = valueUnder(spec, "service");
  const at = (value) => value?.at ?? node.at;
  const name = valueUnder(valueUnder(node, "metadata"), "name");
  const wanted = `${version}.${group}`;
  if (name?.kind !== "string" || name.text !== wanted) {
    const has = name?.kind === "string" ? `is named ${name.text}` : "has no name";
    return { at: at(name), what: `its name must be ${wanted}, and it ${has}` };
  }
  if (group === "" ? version !== "v1" : !DOMAIN.test(group)) {
    return {
      at: at(valueUnder(spec, "group")),
      what: group === "" ? "it has no spec.group" : `${group} is not a valid name of a group`
    };
  }
  if (!LABEL.test(version))
    return { at: at(valueUnder(spec, "version")), what: `${version} is not a valid name of a version` };
  for (const [field, highest] of Object.entries(HIGHEST)) {
    const value = valueUnder(spec, field);
    if (value?.kind !== "number") return { at: at(value ?? spec), what: `it has no spec.${field}` };
    if (!isWithin(value, highest)) {
      return { at: value.at, what: `its spec.${field} must be from 1 to ${highest}, and is ${value.text}` };
    }
  }
  const lacks = ["namespace", "name"].find((field) => !textUnder(service, field));
  if (lacks !== void 0) return { at: at(service), what: `it has no spec.service.${lacks}` };
  const port = valueUnder(service, "port");
  if (port !== void 0 && !isPort(port)) {
    return { at: port.at, what: "its spec.service.port must be from 1 to 65535" };
  }
  const insecure = valueUnder(spec, "insecureSkipTLSVerify");
  if (isTrue(insecure) && textUnder(spec, "caBundle")) {
    return { at: at(insecure), what: "it has spec.insecureSkipTLSVerify: true beside a spec.caBundle" };
  }
  return void 0;
}

// src/manifests/crd-faults.ts
var KEEPING = "x-kubernetes-preserve-unknown-fields";
function faultOfNames(node, at) {
  const spec = valueUnder(node, "spec");
  const names = valueUnder(spec, "names");
  const [group, kind, plural] = [textUnder(spec, "group"), textUnder(names, "kind"), textUnder(names, "plural")];
  if (!group) return { at: fieldOf(spec, "group")?.at ?? at, what: "it has no spec.group" };
  if (!kind || !plural) {
    return { at: fieldOf(spec, "names")?.at ?? at, what: `it has no spec.names.${kind ? "plural" : "kind"}` };
  }
  const metadata = valueUnder(node, "metadata");
  const name = textUnder(metadata, "name");
  if (name === `${plural}.${group}`) return void 0;
  const has = name === void 0 ? "has no name" : `is named ${name}`;
  return { at: fieldOf(metadata, "name")?.at ?? at, what: `its name must be ${plural}.${group}, and it ${has}` };
}
var COMMUNITY_GROUP = /(?:^|\.)(?:k8s|kubernetes)\.io$/;
function faultOfDefinition(node, at) {
  const spec = valueUnder(node, "spec");
  const under2 = (name, what) => ({ at: fieldOf(spec, name)?.at ?? at, what });
  const group = textUnder(spec, "group") ?? "";
  if (!DOMAIN.test(group) || !group.includes(".")) {
    return under2("group", `${group} is not a domain name with a dot, as a group must be`);
  }
  const scope = textUnder(spec, "scope");
  if (scope !== "Namespaced" && scope !== "Cluster") {
    return under2(
      "scope",
      `its spec.scope must be Namespaced or Cluster${scope === void 0 ? "" : `, and is ${scope}`}`
    );
  }
  if (isTrue(valueUnder(spec, "preserveUnknownFields"))) {
    return under2("preserveUnknownFields", "v1 has no spec.preserveUnknownFields: true");
  }
  return faultAmongNames(valueUnder(spec, "names")) ?? faultOfVersions(valueUnder(spec, "versions"), under2("versions", "it has no spec.versions")) ?? faultOfConversion(valueUnder(spec, "conversion")) ?? (COMMUNITY_GROUP.test(group) && !isApproved(valueUnder(node, "metadata")) ? under2("group", `a group of the Kubernetes project needs the annotation ${APPROVAL}`) : void 0);
}
function faultAmongNames(names) {
  const at = names?.at ?? 0;
  const kind = textUnder(names, "kind") ?? "";
  for (const field of ["plural", "singular", "kind", "listKind"]) {
    const value = valueUnder(names, field);
    if (value !== void 0 && value.kind !== "string")
      return { at: value.at, what: `its spec.names.${field} must be text` };
    const given = value?.text;
    const text = given || (field === "listKind" ? `${kind}List` : kind);
    const name = field === "kind" || field === "listKind" || !given ? text.toLowerCase() : text;
    if (!LABEL.test(name)) return { at: value?.at ?? at, what: `${name} cannot be the name of a kind or resource` };
    if (field === "listKind" && text === kind)
      return { at: value?.at ?? at, what: "its spec.names.listKind is its kind" };
  }
  for (const field of ["shortNames", "categories"]) {
    const list = valueUnder(names, field);
    if (list === void 0) continue;
    if (list.kind !== "sequence") return { at: list.at, what: `its spec.names.${field} must be a list` };
    for (const item of list.items.map(dereference)) {
      const text = item.kind === "string" ? item.text : "";
      if (LABEL.test(text)) continue;
      const what = field === "shortNames" ? "short name" : "category";
      return { at: item.at, what: `${text === "" ? "an empty text" : text} cannot be a ${what}` };
    }
  }
  return void 0;
}
var BOOLEANS = ["served", "storage", "deprecated"];
function faultOfVersions(list, none) {
  const versions = list?.kind === "sequence" ? list.items.map(dereference) : [];
  if (versions.length === 0) return none;
  const names = /* @__PURE__ */ new Set();
  for (const version of versions) {
    const nameAt = fieldOf(version, "name")?.at ?? version.at;
    const name = textUnder(version, "name");
    if (name === void 0 || !LABEL.test(name)) {
      return {
        at: nameAt,
        what: name === void 0 ? "one of its versions has no name" : `${name} cannot be the name of a version`
      };
    }
    if (names.has(name)) return { at: nameAt, what: `it has two versions ${name}` };
    names.add(name);
    const fault = faultOfVersion(version, name);
    if (fault !== void 0) return fault;
  }
  const stored = versions.filter((version) => isTrue(valueUnder(version, "storage"))).length;
  return stored === 1 ? void 0 : {
    ...none,
    what: `one of its versions must have storage: true, and ${stored === 0 ? "none has" : `${stored} have`}`
  };
}
function faultOfVersion(version, name) {
  for (const field of BOOLEANS) {
    const value = valueUnder(version, field);
    if (value !== void 0 && value.kind !== "boolean") {
      return { at: value.at, what: `${field} of its version ${name} must be true or false` };
    }
  }
  const schema = valueUnder(valueUnder(version, "schema"), "openAPIV3Schema");
  if (schema === void 0) return { at: version.at, what: `its version ${name} has no schema.openAPIV3Schema` };
  const type = textUnder(schema, "type") || (isTrue(valueUnder(schema, KEEPING)) ? "object" : "");
  if (type !== "object") return { at: version.at, what: `the schema of its version ${name} must be of type: object` };
  return faultOfWarning(version, name) ?? faultOfScale(valueUnder(valueUnder(version, "subresources"), "scale"), name) ?? faultOfColumns(valueUnder(version, "additionalPrinterColumns"), name);
}
var LONGEST_WARNING = 256;
var UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;
function faultOfWarning(version, name) {
  const warning = valueUnder(version, "deprecationWarning");
  if (warning === void 0) return void 0;
  const fault = (what) => ({
    at: warning.at,
    what: `the deprecationWarning of its version ${name} ${what}`
  });
  if (warning.kind !== "string") return fault("must be text");
  if (!isTrue(valueUnder(version, "deprecated"))) return fault("needs deprecated: true beside it");
  if (warning.text === "") return fault("is empty");
  if (Buffer.byteLength(warning.text) > LONGEST_WARNING) return fault(`is longer than ${LONGEST_WARNING} bytes`);
  return UNPRINTABLE.test(warning.text) ? fault("holds a character that cannot be printed") : void 0;
}
function faultOfScale(scale, name) {
  if (scale === void 0) return void 0;
  const paths = {
    specReplicasPath: [".spec."],
    statusReplicasPath: [".status."],
    labelSelectorPath: [".spec.", ".status."]
  };
  for (const [field, beginnings] of Object.entries(paths)) {
    const path = textUnder(scale, field) ?? "";
    if (path === "" && field === "labelSelectorPath") continue;
    if (beginnings.some((beginning) => path.startsWith(beginning))) continue;
    return {
      at: valueUnder(scale, field)?.at ?? scale.at,
      what: `${field} of the scale of its version ${name} must begin with ${beginnings.join(" or ")}`
    };
  }
  return void 0;
}
var COLUMN_TYPES = ["integer", "number", "string", "boolean", "date"];
var COLUMN_FORMATS = ["int32", "int64", "float", "double", "byte", "date", "date-time", "password"];
function faultOfColumns(columns, version) {
  if (columns?.kind !== "sequence") return void 0;
  for (const column of columns.items.map(dereference)) {
    const fault = (what) => ({
      at: column.at,
      what: `a printer column of its version ${version} ${what}`
    });
    if (!textUnder(column, "name")) return fault("has no name");
    if (!COLUMN_TYPES.includes(textUnder(column, "type") ?? ""))
      return fault(`needs a type: ${COLUMN_TYPES.join(", ")}`);
    const format = textUnder(column, "format");
    if (format && !COLUMN_FORMATS.includes(format)) return fault(`has the format ${format}`);
    if (!textUnder(column, "jsonPath")?.startsWith(".")) return fault("needs a jsonPath that begins with a dot");
  }
  return void 0;
}
function faultOfConversion(conversion) {
  if (conversion === void 0) return void 0;
  const strategy = textUnder(conversion, "strategy");
  const webhook = valueUnder(conversion, "webhook");
  const client = valueUnder(webhook, "clientConfig");
  const versions = valueUnder(webhook, "conversionReviewVersions");
  const fault = (what, at = conversion.at) => ({ at, what });
  if (strategy === "None") {
    const extra = client ?? (versions?.kind === "sequence" && versions.items.length > 0 ? versions : void 0);
    return extra && fault("its spec.conversion has a webhook, which the strategy None does not use", extra.at);
  }
  if (strategy !== "Webhook") return fault("its spec.conversion.strategy must be None or Webhook");
  if (client === void 0) return fault("it has no spec.conversion.webhook.clientConfig");
  const [url, service] = [valueUnder(client, "url"), valueUnder(client, "service")];
  if (url === void 0 === (service === void 0)) {
    return fault("its spec.conversion.webhook.clientConfig needs either a url or a service", client.at);
  }
  if (url !== void 0 && !isWebhookUrl(textUnder(client, "url") ?? "")) {
    return fault(
      "the url of its conversion webhook must be https://host/path, without user, query and fragment",
      url.at
    );
  }
  const lacks = service && ["name", "namespace"].find((field) => !textUnder(service, field));
  if (lacks !== void 0) return fault(`the service of its conversion webhook has no ${lacks}`, service?.at);
  const port = valueUnder(service, "port");
  if (port !== void 0 && !isPort(port)) {
    return fault("the port of its conversion webhook must be from 1 to 65535", port.at);
  }
  const names = versions?.kind === "sequence" ? versions.items.map(dereference) : [];
  const texts = names.map((item) => item.kind === "string" ? item.text : "");
  if (!texts.some((text) => text === "v1" || text === "v1beta1")) {
    return fault("its conversionReviewVersions must include v1 or v1beta1", versions?.at);
  }
  if (new Set(texts).size < texts.length || !texts.every((text) => LABEL.test(text))) {
    return fault("its conversionReviewVersions must be different names of versions", versions?.at);
  }
  return void 0;
}
function isWebhookUrl(text) {
  const url = URL.parse(text);
  return url !== null && url.protocol === "https:" && url.host !== "" && url.username === "" && !/[?#]./.test(text);
}
var APPROVAL = "api-approved.kubernetes.io";
function isApproved(metadata) {
  const approval = textUnder(valueUnder(metadata, "annotations"), APPROVAL) ?? "";
  return approval.startsWith("unapproved") || Boolean(URL.parse(approval)?.host);
}

// src/manifests/definitions.ts
var KEEPING2 = "x-kubernetes-preserve-unknown-fields";
var NAMES = {
  fields: {
    kind: TEXT,
    plural: TEXT,
    singular: TEXT,
    listKind: TEXT,
    shortNames: { items: TEXT },
    categories: { items: TEXT }
  }
};
var SUBRESOURCES = {
  fields: {
    status: TEXT,
    scale: { fields: { specReplicasPath: TEXT, statusReplicasPath: TEXT, labelSelectorPath: TEXT } }
  }
};
var COLUMNS = { items: { fields: { name: TEXT, type: TEXT, format: TEXT, jsonPath: TEXT } } };
var DEFINITION_SPEC = {
  group: TEXT,
  version: TEXT,
  scope: TEXT,
  preserveUnknownFields: TEXT,
  names: NAMES,
  subresources: SUBRESOURCES,
  conversion: {
    fields: {
      strategy: TEXT,
      webhook: {
        fields: {
          conversionReviewVersions: { items: TEXT },
          clientConfig: {
            fields: { url: TEXT, service: { fields: { name: TEXT, namespace: TEXT, path: TEXT, port: TEXT } } }
          }
        }
      }
    }
  },
  versions: {
    items: {
      fields: {
        name: TEXT,
        served: TEXT,
        storage: TEXT,
        deprecated: TEXT,
        deprecationWarning: TEXT,
        subresources: SUBRESOURCES,
        additionalPrinterColumns: COLUMNS,
        schema: { fields: { openAPIV3Schema: { fields: { type: TEXT, [KEEPING2]: TEXT } } } }
      }
    }
  }
};
var API_SERVICE_SPEC = {
  group: TEXT,
  version: TEXT,
  groupPriorityMinimum: TEXT,
  versionPriority: TEXT,
  insecureSkipTLSVerify: TEXT,
  caBundle: TEXT,
  service: { fields: { name: TEXT, namespace: TEXT, port: TEXT } }
};
function readApiService({ node, at, groupVersion }, reading) {
  const spec = valueUnder(node, "spec");
  const version = textUnder(spec, "version");
  if (version === void 0 || valueUnder(spec, "service") === void 0) return;
  const group = textUnder(spec, "group") ?? "";
  const fault = faultOfApiService(node, { group, version });
  if (fault !== void 0) {
    reading.warn(fault.at, `The API server refuses this APIService, so it provides nothing: ${fault.what}.`);
  }
  reading.define({
    kind: "group-version",
    source: "APIService",
    groupVersion,
    brings: { group, version },
    place: reading.placeAt(at),
    fault: placed(fault, reading)
  });
}
function readDefinition({ node, at, groupVersion, kind }, reading) {
  const isOld = groupVersion.version !== "v1";
  const fault = faultOfNames(node, at) ?? (isOld ? void 0 : faultOfDefinition(node, at));
  if (fault !== void 0) {
    reading.warn(fault.at, `The API server refuses this ${kind}, so it provides nothing: ${fault.what}.`);
  }
  const spec = valueUnder(node, "spec");
  const scope = textUnder(spec, "scope");
  reading.define({
    kind: "kind",
    source: kind,
    groupVersion,
    group: textUnder(spec, "group") ?? "",
    names: namesUnder(spec, "names"),
    namespaced: scope === void 0 && !isOld ? void 0 : scope !== "Cluster",
    versions: definedVersions(spec, at, reading),
    isWhole: true,
    place: reading.placeAt(at),
    fault: placed(fault, reading)
  });
}
function placed(fault, { placeAt }) {
  return fault && { place: placeAt(fault.at), what: fault.what };
}
function namesUnder(spec, field) {
  const names = valueUnder(spec, field);
  const kind = textUnder(names, "kind") ?? "";
  return {
    kind,
    plural: textUnder(names, "plural") ?? "",
    singular: textUnder(names, "singular") || kind.toLowerCase(),
    listKind: textUnder(names, "listKind") || `${kind}List`,
    shortNames: textsUnder(names, "shortNames"),
    categories: textsUnder(names, "categories")
  };
}
function textsUnder(node, field) {
  return itemsUnder(node, field).flatMap((item) => item.kind === "string" ? [item.text] : []);
}
function itemsUnder(node, field) {
  const list = valueUnder(node, field);
  return list?.kind === "sequence" ? list.items.map(dereference) : [];
}
function definedVersions(spec, at, { placeAt }) {
  const shared = subresourcesUnder(spec);
  const listed = itemsUnder(spec, "versions").flatMap((node) => {
    const name = textUnder(node, "name");
    if (name === void 0) return [];
    const own = subresourcesUnder(node);
    return [
      {
        name,
        served: isTrue(valueUnder(node, "served")),
        deprecated: isTrue(valueUnder(node, "deprecated")),
        deprecationWarning: textUnder(node, "deprecationWarning"),
        subresources: own.length > 0 ? own : shared,
        place: placeAt(fieldOf(node, "name")?.at ?? node.at)
      }
    ];
  });
  const only = textUnder(spec, "version");
  if (listed.length > 0 || only === void 0) return listed;
  const place = placeAt(fieldOf(spec, "version")?.at ?? at);
  return [{ name: only, served: true, deprecated: false, subresources: shared, place }];
}
function subresourcesUnder(node) {
  const subresources = valueUnder(node, "subresources");
  return ["status", "scale"].filter((name) => valueUnder(subresources, name) !== void 0);
}

// src/manifests/operator-definitions.ts
var OPERATOR_SPEC = {
  claimNames: NAMES,
  crd: { fields: { spec: { fields: { names: NAMES } } } },
  schema: { fields: { apiVersion: TEXT, kind: TEXT, group: TEXT } },
  api: {
    fields: {
      metadata: { fields: { name: TEXT, annotations: { everyField: TEXT } } },
      spec: { fields: DEFINITION_SPEC }
    }
  }
};
var READERS = {
  "templates.gatekeeper.sh/ConstraintTemplate": readConstraintTemplate,
  "apiextensions.crossplane.io/CompositeResourceDefinition": readCompositeResourceDefinition,
  "kro.run/ResourceGraphDefinition": readResourceGraphDefinition,
  "platform.kratix.io/Promise": readPromise
};
function readOperatorDefinition(definition, reading) {
  READERS[`${definition.groupVersion.group}/${definition.kind}`]?.(definition, reading);
}
function partial({ kind, groupVersion, at }, { placeAt }) {
  return { kind: "kind", source: kind, groupVersion, isWhole: false, place: placeAt(at) };
}
var CONSTRAINT_VERSIONS = ["v1beta1", "v1alpha1"];
function readConstraintTemplate(definition, reading) {
  const spec = valueUnder(valueUnder(valueUnder(definition.node, "spec"), "crd"), "spec");
  const names = namesUnder(spec, "names");
  if (names.kind === "") return;
  const plural = names.kind.toLowerCase();
  const place = reading.placeAt(definition.at);
  reading.define({
    ...partial(definition, reading),
    group: "constraints.gatekeeper.sh",
    names: { ...names, plural, singular: plural },
    namespaced: false,
    versions: CONSTRAINT_VERSIONS.map((name) => ({ ...served(name, place), subresources: ["status"] }))
  });
}
function readCompositeResourceDefinition(definition, reading) {
  const spec = valueUnder(definition.node, "spec");
  const versions = definedVersions(spec, definition.at, reading).map(
    (version) => ({ ...version, subresources: ["status"] })
  );
  const scope = textUnder(spec, "scope");
  for (const field of ["names", "claimNames"]) {
    const names = namesUnder(spec, field);
    if (names.kind === "" || names.plural === "") continue;
    const namespaced = field === "claimNames" || (scope === void 0 ? void 0 : scope === "Namespaced");
    reading.define({
      ...partial(definition, reading),
      group: textUnder(spec, "group") ?? "",
      names,
      namespaced,
      versions
    });
  }
}
function readResourceGraphDefinition(definition, reading) {
  const schema = valueUnder(valueUnder(definition.node, "spec"), "schema");
  const [kind, version] = [textUnder(schema, "kind"), textUnder(schema, "apiVersion")];
  if (!kind || !version) return;
  const place = reading.placeAt(fieldOf(schema, "apiVersion")?.at ?? definition.at);
  const names = {
    kind,
    plural: "",
    singular: kind.toLowerCase(),
    listKind: `${kind}List`,
    shortNames: textsUnder(schema, "shortNames"),
    categories: []
  };
  reading.define({
    ...partial(definition, reading),
    group: textUnder(schema, "group") || "kro.run",
    names,
    namespaced: void 0,
    versions: [{ ...served(version, place), subresources: ["status"] }]
  });
}
function readPromise(definition, reading) {
  const api = valueUnder(valueUnder(definition.node, "spec"), "api");
  if (api === void 0) return;
  readDefinition(
    { ...definition, node: api },
    { ...reading, define: (own) => reading.define({ ...own, isWhole: false }) }
  );
}
function served(name, place) {
  return { name, served: true, deprecated: false, subresources: [], place };
}

// src/manifests/own-files.ts
var OUTCOMES = /* @__PURE__ */ new Set([
  "compatible",
  "incompatible",
  "undetermined",
  "unreachable",
  "denied",
  "invalid-input",
  "internal-error"
]);
var FAILURES = /* @__PURE__ */ new Set(["deprecated", "removed-by-target", "missing", "not-met"]);
var OWN_FIELDS = {
  version: TEXT,
  outcome: TEXT,
  clusters: TEXT,
  problems: TEXT,
  findings: { items: { fields: { cluster: TEXT, requirement: TEXT, failure: TEXT } } },
  runs: { items: { fields: { tool: { fields: { driver: { fields: { name: TEXT } } } } } } }
};
var OWN_ITEMS = {
  requirement: TEXT,
  reason: TEXT,
  apiVersion: TEXT,
  kind: TEXT
};
var NAME = "kube-api-gate";
function ownDocument(root) {
  const node = dereference(root);
  if (node.kind === "sequence") {
    const items = node.items.map(dereference);
    return items.length > 0 && items.every(isExemption) ? `${NAME} exemptions` : void 0;
  }
  if (isSnapshot(node)) return `${NAME} snapshot`;
  if (node.kind !== "mapping" || isNamed(node)) return void 0;
  if (isReport(node)) return `${NAME} report.json`;
  if (isBaseline(node)) return `${NAME} baseline`;
  return isSarif(node) ? `${NAME} report.sarif` : void 0;
}
function ownBytes(bytes) {
  const start = bytes.toString("latin1", 0, 200);
  if (/^kube-api-gate-snapshot [0-9]{1,6} sha256:/.test(start)) return `${NAME} snapshot`;
  return /^<\?xml [^>]*>\s*<testsuites name="kube-api-gate"/.test(start) ? `${NAME} junit.xml` : void 0;
}
function isSnapshot(node) {
  return textUnder(node, "kind") === `${NAME}-snapshot` && valueUnder(node, "apiVersion") === void 0;
}
function isNamed(node) {
  return valueUnder(node, "apiVersion") !== void 0 || valueUnder(node, "kind") !== void 0;
}
function isExemption(node) {
  const isWritten = (name) => textUnder(node, name) !== void 0;
  return node.kind === "mapping" && !isNamed(node) && isWritten("requirement") && isWritten("reason");
}
function isReport(node) {
  return valueUnder(node, "version")?.kind === "number" && OUTCOMES.has(textUnder(node, "outcome") ?? "") && valueUnder(node, "clusters")?.kind === "sequence" && valueUnder(node, "problems")?.kind === "sequence";
}
function isBaseline(node) {
  const findings = valueUnder(node, "findings");
  if (valueUnder(node, "version")?.kind !== "number" || findings?.kind !== "sequence") return false;
  return findings.items.every(
    (item) => textUnder(item, "cluster") !== void 0 && textUnder(item, "requirement") !== void 0 && FAILURES.has(textUnder(item, "failure") ?? "")
  );
}
function isSarif(node) {
  const runs = valueUnder(node, "runs");
  if (runs?.kind !== "sequence" || runs.items.length === 0) return false;
  return runs.items.every((run) => textUnder(valueUnder(valueUnder(run, "tool"), "driver"), "name") === NAME);
}

// src/manifests/objects.ts
var METADATA_TEXTS = ["name", "generateName", "namespace", "uid", "resourceVersion", "selfLink"];
var METADATA_NUMBERS = ["generation", "deletionGracePeriodSeconds"];
var METADATA_TIMES = ["creationTimestamp", "deletionTimestamp"];
var TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})$/;
var SLIPS = {
  Kind: "kind",
  KIND: "kind",
  ApiVersion: "apiVersion",
  Apiversion: "apiVersion",
  APIVersion: "apiVersion",
  APIVERSION: "apiVersion",
  apiversion: "apiVersion",
  apiVerion: "apiVersion",
  apiVesion: "apiVersion",
  api_version: "apiVersion",
  "api-version": "apiVersion"
};
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
  spec: { fields: { ...DEFINITION_SPEC, ...API_SERVICE_SPEC, ...OPERATOR_SPEC } },
  [DIRECTIVE]: TEXT,
  ...Object.fromEntries(Object.keys(SLIPS).map((name) => [name, TEXT])),
  ...OWN_FIELDS
};
var OBJECT = {
  fields: objectFields,
  items: { fields: { ...OWN_ITEMS, op: TEXT, path: TEXT } }
};
objectFields["items"] = { items: OBJECT };
objectFields["objects"] = { items: OBJECT };
var LIST = "List";
function readObject(root, reading) {
  const node = dereference(root);
  if (node.kind !== "mapping") {
    readOther(node, reading);
    return;
  }
  const unnamed = valueUnder(node, "kind") === void 0 ? reading.unnamed() : void 0;
  if (unnamed !== void 0) {
    reading.leaveOut(unnamed);
    return;
  }
  if (hasDirective(node)) {
    reading.leaveOut(KUSTOMIZE_PATCH);
    return;
  }
  const named = readName(node, reading);
  if (named === void 0) return;
  if (isBuiltInGroup(named.groupVersion.group) && hasDirectiveWithin(node)) {
    reading.leaveOut(KUSTOMIZE_PATCH);
    return;
  }
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
var KUSTOMIZE_PATCH = "kustomize patch";
function isBuiltInGroup(group) {
  return !group.includes(".") || group.endsWith(".k8s.io");
}
function readOther(node, reading) {
  if (isJsonPatch(node)) {
    reading.leaveOut(KUSTOMIZE_PATCH);
    return;
  }
  const unnamed = reading.unnamed();
  if (unnamed !== void 0) {
    reading.leaveOut(unnamed);
    return;
  }
  const isListOfObjects = node.kind === "sequence" && node.items.some((item) => textUnder(item, "apiVersion") ?? textUnder(item, "kind"));
  reading.refuse(
    node.at,
    `A manifest must be an object with apiVersion and kind; this is ${article(node.kind)}.`,
    isListOfObjects ? "Put each object into a document of its own, after a line '---', or all of them under items of an object with apiVersion: v1 and kind: List." : NOT_A_MANIFEST
  );
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
      if (!hasReadableItemMetadata(object, reading)) continue;
      readSingle(object, { at: object.at, groupVersion: list.groupVersion, kind: itemKind }, reading);
      needed = true;
    } else {
      reading.refuse(object.at, `An item of a list must be an object; this is ${article(object.kind)}.`);
    }
  }
  if (needed) return;
  const kinds = itemKind === "" ? [] : itemKind === list.kind ? [itemKind] : [itemKind, list.kind];
  reading.need({ ...list, kinds, isList: true, object: objectOf(node), node });
}
function readItem(item, reading) {
  const node = dereference(item);
  if (node.kind !== "mapping") {
    reading.refuse(node.at, `An item of a list must be an object; this is ${article(node.kind)}.`);
    return;
  }
  const items = fieldOf(node, "items");
  if (items !== void 0 && dereference(items.value).kind === "sequence") {
    reading.refuse(
      items.at,
      "kubectl cannot read a list within a list.",
      "Put the inner items into the outer list, or the inner list into a document of its own."
    );
    return;
  }
  const named = readName(node, reading);
  if (named !== void 0 && hasReadableItemMetadata(node, reading)) readSingle(node, named, reading);
}
function readSingle(node, { at, groupVersion, kind }, reading) {
  const { group, version } = groupVersion;
  const configuration = configurationOf(group, version, kind) ?? (reading.isPlugin ? { of: "kind" } : void 0);
  reading.need({ at, groupVersion, kinds: [kind], isList: false, object: objectOf(node), node, configuration });
  if (configuration !== void 0) return;
  const definition = { node, at, groupVersion, kind };
  if (group === "apiextensions.k8s.io" && kind === "CustomResourceDefinition") readDefinition(definition, reading);
  else if (group === "apiregistration.k8s.io" && kind === "APIService") readApiService(definition, reading);
  else readOperatorDefinition(definition, reading);
  if (kind === "Template" && (group === "template.openshift.io" || group === "" && version === "v1")) {
    readTemplate(node, reading);
  }
}
function readTemplate(node, reading) {
  const objects = valueUnder(node, "objects");
  for (const item of objects?.kind === "sequence" ? objects.items.map(dereference) : []) {
    const isParameter = ["apiVersion", "kind"].some((field) => textUnder(item, field)?.includes("${") === true);
    if (isParameter) reading.leaveOut("object of a Template, named by a parameter");
    else if (item.kind === "mapping" && valueUnder(item, "items") === void 0) {
      const named = readName(item, reading);
      if (named !== void 0) readSingle(item, named, reading);
    }
  }
}
function readName(node, reading) {
  const apiVersion = fieldOf(node, "apiVersion");
  const kind = fieldOf(node, "kind");
  const missing = ["apiVersion", "kind"].filter((name) => isEmpty(node, name));
  if (missing.length > 0) {
    const slip = Object.entries(SLIPS).find(
      ([key, name]) => missing.includes(name) && fieldOf(node, key) !== void 0
    );
    const at2 = (apiVersion ?? kind)?.at ?? node.at;
    const hint = slip === void 0 ? NOT_A_MANIFEST : `Write ${slip[1]} where it says ${slip[0]}.`;
    reading.refuse(at2, `This document has no ${missing.join(" and no ")}, so it is not a manifest.`, hint);
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
    const valueAt = field === void 0 ? node.at : dereference(field.value).at;
    if (ENCRYPTED.test(text)) {
      reading.refuse(
        valueAt,
        `This document is encrypted with SOPS, its ${name} included, so it cannot be judged.`,
        ENCRYPT_LESS
      );
      return void 0;
    }
    if (text !== text.trim()) {
      reading.refuse(
        valueAt,
        `${name} is ${JSON.stringify(text)}, with ${text.trim() === text.replace(/[\r\n]+$/, "") ? "a line break at its end" : "white space around it"}.`,
        `Write ${name}: ${text.trim()} on one line.`
      );
      return void 0;
    }
    if (!PLACEHOLDER.test(text)) continue;
    reading.unrendered(valueAt, name, text);
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
var ENCRYPTED = /^ENC\[AES256_GCM,/;
var ENCRYPT_LESS = "Encrypt only what is secret, with encrypted_regex: '^(data|stringData)$' in .sops.yaml; or decrypt the file in an earlier step; or exclude it with a pattern that begins with !.";
var NOT_A_MANIFEST = "Exclude the file with a pattern that begins with !, or list it in allow-unparsable, if it is not meant for Kubernetes.";
function hasReadableMetadata(node, reading) {
  return isReadableMetadata(node, reading, () => true);
}
function hasReadableItemMetadata(node, reading) {
  return isReadableMetadata(node, reading, (name) => name !== "namespace" && name !== "annotations");
}
function isReadableMetadata(node, reading, counts) {
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
    if (!counts(name)) continue;
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
    if (!counts(name)) continue;
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
var { closeSync, constants, fstatSync, openSync, readSync } = globalThis.process.getBuiltinModule("node:fs");
var FIRST_SIZE = 1024 * 1024;
var LARGEST = 256 * 1024 * 1024;
var TOO_LARGE = "it is larger than 256 MiB";
var memory = Buffer.alloc(0);
function contentReader() {
  if (memory.length === 0) memory = Buffer.allocUnsafeSlow(FIRST_SIZE);
  function read(descriptor) {
    let length = 0;
    for (; ; ) {
      const count = readSync(descriptor, memory, length, memory.length - length, null);
      length += count;
      if (length < memory.length) return memory.subarray(0, length);
      if (length > LARGEST) throw new Error(TOO_LARGE);
      const size = Math.max(memory.length * 2, fstatSync(descriptor).size + 1);
      const larger = Buffer.allocUnsafeSlow(Math.min(size, LARGEST + 2));
      memory.copy(larger);
      memory = larger;
    }
  }
  return (path) => {
    let descriptor;
    try {
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const found = fstatSync(descriptor);
      if (!found.isFile()) return new Error("it is not a regular file");
      if (found.size > LARGEST) return new Error(TOO_LARGE);
      return read(descriptor);
    } catch (thrown) {
      return thrown instanceof Error ? thrown : new Error(String(thrown));
    } finally {
      if (descriptor !== void 0) closeSync(descriptor);
    }
  };
}

// src/manifests/manifests.ts
var { relative, sep } = globalThis.process.getBuiltinModule("node:path");
var MOST_KEPT_BYTES = 16 * 1024 * 1024;
var MANY_PATTERNS = 50;
var FILES_A_TURN = 500;
var BYTES_A_TURN = 4 * 1024 * 1024;
var MOST_OBJECTS = 5e5;
async function readManifests(options) {
  const found = await findFiles(options.patterns, options);
  for (const { pattern, files: files2 } of found.counts) {
    if (files2 !== 1 || found.counts.length <= MANY_PATTERNS) options.onMatched?.(pattern, files2);
  }
  const unparsable = fileMatcher(options.allowUnparsable, "allow-unparsable", options);
  const readContent = contentReader();
  const { mostObjects = MOST_OBJECTS } = options;
  const requirements = [];
  const definitions = [];
  const problems = [...found.problems, ...unparsable.problems];
  const warnings = [];
  const notJudged = {};
  const sources = [];
  let roomBytes = options.willVisit === true ? MOST_KEPT_BYTES : 0;
  const roleOf = rolesAmong(found.files, readContent);
  let files = 0;
  let bytes = 0;
  const piped = (options.piped ?? []).map(({ name, content }) => ({ file: { path: name, file: name }, content }));
  for (const { file, content: given } of [
    ...found.files.map((each) => ({ file: each, content: void 0 })),
    ...piped
  ]) {
    if (requirements.length > mostObjects) {
      problems.push(tooManyObjects(file, mostObjects));
      break;
    }
    if (files === FILES_A_TURN || bytes >= BYTES_A_TURN) {
      await new Promise((resolve2) => setImmediate(resolve2));
      [files, bytes] = [0, 0];
    }
    options.signal?.throwIfAborted();
    const content = given ?? readContent(file.path);
    files += 1;
    bytes += content instanceof Error ? 0 : content.byteLength;
    const excused = unparsable.isMeant(file);
    const role = roleOf(file.path);
    if (role === "patch") {
      notJudged[KUSTOMIZE_PATCH] = (notJudged[KUSTOMIZE_PATCH] ?? 0) + 1;
      continue;
    }
    const isKept = given === void 0 && !(content instanceof Error) && content.length < roomBytes;
    if (isKept) roomBytes -= content.length;
    if (role !== "data" && role !== "plugin") sources.push({ ...file, content: isKept ? Buffer.from(content) : given });
    const said = limitedRemarks(file);
    readFile(file, content, {
      role,
      require: (requirement) => requirements.push(requirement),
      define: (definition) => definitions.push(definition),
      refuse: (problem) => {
        if (excused) said.warn({ message: problem.message, place: problem.place });
        else said.refuse(problem);
      },
      warn: said.warn,
      leaveOut: (name) => {
        notJudged[name] = (notJudged[name] ?? 0) + 1;
      },
      isFull: () => requirements.length > mostObjects || said.isFull(),
      workingDirectory: options.workingDirectory
    });
    problems.push(...said.problems());
    warnings.push(...said.warnings());
  }
  const leftToKustomize = [KUSTOMIZE_PATCH, KUSTOMIZE_DATA].reduce((sum, name) => sum + (notJudged[name] ?? 0), 0);
  if (leftToKustomize > 0) warnings.push({ message: leftOutForKustomize(leftToKustomize) });
  return {
    requirements,
    definitions,
    problems,
    warnings,
    notJudged,
    files: found.files.length + piped.length,
    sources,
    objects: requirements.length
  };
}
function tooManyObjects({ file }, most) {
  return {
    place: { kind: "file", file, line: 1 },
    message: `The manifests hold more than ${most} objects; from this file on they are not read.`,
    hint: "Narrow the patterns of manifests, or judge the change in several jobs."
  };
}
var KUSTOMIZE_DATA = "kustomize data";
function leftOutForKustomize(count) {
  return `${count} ${count === 1 ? "document is a patch or data" : "documents are patches or data"} of kustomize and not judged. To judge what kustomize makes of them, give the output of \`kustomize build\` to manifests.`;
}
function rolesAmong(files, readContent) {
  const roles = kustomizeRoles();
  for (const { path } of files) {
    if (!isKustomization(path)) continue;
    const content = readContent(path);
    if (content instanceof Error) continue;
    for (const document of documentsOf(decodeFile(content).bytes, EVERYTHING)) {
      if (document.kind === "object") roles.add(path, document.root);
    }
  }
  return roles.of;
}
function readFile(file, content, results) {
  const placeAt = (line, column, template) => ({
    kind: "file",
    file: file.file,
    line,
    column,
    template
  });
  if (content instanceof Error) {
    results.refuse({ place: placeAt(1), message: `The file cannot be read: ${content.message}.` });
    return;
  }
  const { bytes, repairedAt, promised } = decodeFile(content);
  const ownFile = ownBytes(bytes);
  if (ownFile !== void 0) {
    results.leaveOut(ownFile);
    return;
  }
  const position = lineCounter(bytes);
  const place = (at, template) => {
    const { line, column } = position(at);
    return placeAt(line, column, template);
  };
  if (repairedAt !== void 0 && promised) {
    results.refuse({
      place: place(repairedAt),
      message: "kubectl cannot read this: not valid UTF-8, although its byte order mark says so."
    });
  } else if (repairedAt !== void 0) {
    results.warn({ message: "Not valid UTF-8. kubectl replaces these bytes with U+FFFD.", place: place(repairedAt) });
  }
  let isTemplate;
  const mayPatch = bytes.includes(DIRECTIVE);
  for (const document of documentsOf(bytes, OBJECT)) {
    if (results.isFull()) return;
    if (document.kind === "unreadable" && document.isTooMuch === true) {
      results.refuse({ place: place(document.at), message: `This file is not read to its end: ${document.message}.` });
      continue;
    }
    if (document.kind === "unreadable") {
      if (results.role === "data") {
        results.leaveOut(KUSTOMIZE_DATA);
        continue;
      }
      isTemplate ??= refuseTemplate(file, bytes, place, results);
      if (!isTemplate) {
        const hint = hintForUnreadable(bytes);
        results.refuse({
          place: place(document.at),
          message: `kubectl cannot read this: ${document.quoting}.`,
          hint
        });
      }
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
    const own = ownDocument(root);
    if (own !== void 0) {
      results.leaveOut(own);
      continue;
    }
    const template = templateAbove(bytes, document);
    const placeAt2 = (at) => place(at + offset, template);
    readObject(mayPatch ? document.tree() : root, {
      need: (need) => results.require(requirementOf(need, placeAt2(need.at))),
      placeAt: placeAt2,
      define: results.define,
      refuse: (at, message, hint) => results.refuse({ place: placeAt2(at), message, hint }),
      warn: (at, message) => results.warn({ message, place: placeAt2(at) }),
      unrendered: (at, field, text) => results.refuse({
        place: placeAt2(at),
        message: `This is a template that was not rendered: its ${field} is ${text}.`,
        hint: text.includes("{{") ? renderTemplate(file, results) : renderWithVariables(file, results)
      }),
      leaveOut: results.leaveOut,
      unnamed: () => results.role === "data" ? KUSTOMIZE_DATA : unnamedConfiguration(file.file, () => chartFolderOf(file.path) !== void 0),
      isPlugin: results.role === "plugin"
    });
    for (const at of repeatedKeys) {
      results.warn({
        message: "Duplicate key; kubectl uses the last value.",
        place: place(at + offset)
      });
    }
  }
}
function requirementOf({ groupVersion, kinds, object, configuration }, place) {
  const [first, ...others] = kinds.map((name) => ({ kind: "kind", groupVersion, name, verbs: [] }));
  const anyOf = first === void 0 ? [{ kind: "group-version", groupVersion }] : [first, ...others];
  const text = [formatGroupVersion(groupVersion), ...kinds.slice(0, 1)].join("/");
  return { text, anyOf, negated: false, place, object, configuration };
}
function hintForUnreadable(bytes) {
  const [directive] = /^%[A-Z]+[ \t].*$/m.exec(bytes.toString("latin1")) ?? [];
  return directive && `Take out the line ${directive.trim()}: kubectl reads YAML 1.1, and no document that begins with a directive.`;
}
function templateAbove(bytes, { start, root, offset }) {
  const objectAt = root.at + offset;
  return objectAt === start ? void 0 : templateOf(bytes.toString("utf8", start, objectAt));
}
function refuseTemplate(file, bytes, place, results) {
  const text = bytes.toString("utf8");
  const action = findTemplateAction(text);
  if (action < 0) return false;
  const what = chartFolderOf(file.path) === void 0 ? "Go" : "Helm";
  results.refuse({
    place: place(Buffer.byteLength(text.slice(0, action))),
    message: `This is a ${what} template that was not rendered, so it cannot be judged.`,
    hint: renderTemplate(file, results)
  });
  return true;
}
function renderTemplate(file, { workingDirectory }) {
  const folder = chartFolderOf(file.path);
  if (folder === void 0) {
    const path = relative(workingDirectory, file.path).replaceAll(sep, "/");
    return `Render it with the tool that it is written for, and give the result to manifests; exclude the template with \`!${path}\`.`;
  }
  const chart = relative(workingDirectory, folder).replaceAll(sep, "/") || ".";
  return `Render it, for example with \`helm template ${chart} > rendered.yaml\`, and give the result to manifests; exclude the templates with \`!${chart}/templates/**\`.`;
}
function renderWithVariables(file, { workingDirectory }) {
  const path = relative(workingDirectory, file.path).replaceAll(sep, "/");
  return `Render it, for example with \`envsubst < ${path} > rendered.yaml\`, and give the result to manifests; exclude the template with \`!${path}\`.`;
}

export {
  readObject,
  contentReader,
  readManifests,
  templateAbove
};
