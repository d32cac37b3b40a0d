import {
  GateError,
  editDistance,
  significantLines,
  speller,
  toGateError
} from "./shared-cluster-inputs.js";

// src/model/json-document.ts
var InvalidDocument = class extends Error {
  name = "InvalidDocument";
};
function parseDocument(body) {
  if (body.trim() === "") throw new InvalidDocument("an empty body");
  let value;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw new InvalidDocument(`a body of ${body.length} characters that is not JSON: ${textOfError(cause)}`, { cause });
  }
  if (!isObject(value)) throw new InvalidDocument(`JSON that is ${describe(value)}, not an object`);
  return { path: "", fields: value };
}
function expectKind(document, expected) {
  const kind = text(document, "kind");
  if (kind === expected) return;
  if (kind === "") throw new InvalidDocument(`JSON without a kind where ${expected} was expected`);
  const message = kind === "Status" ? text(document, "message") : "";
  const said = message === "" ? "" : `: ${message}`;
  throw new InvalidDocument(`kind ${JSON.stringify(kind)} where ${expected} was expected${said}`);
}
function expectFields(object2, fields) {
  for (const field of fields) {
    const value = object2.fields[field];
    if (value === void 0 || value === null) throw new InvalidDocument(`JSON without ${pathOf(object2, field)}`);
  }
}
function text(object2, field) {
  const value = object2.fields[field];
  if (value === void 0 || value === null) return "";
  if (typeof value !== "string") throw wrongType(pathOf(object2, field), value, "a string");
  return value;
}
function flag(object2, field) {
  const value = object2.fields[field];
  if (value === void 0 || value === null) return false;
  if (typeof value !== "boolean") throw wrongType(pathOf(object2, field), value, "true or false");
  return value;
}
function object(parent, field) {
  const value = parent.fields[field];
  if (value === void 0 || value === null) return void 0;
  return checkedObject(value, pathOf(parent, field));
}
function objects(parent, field) {
  return elements(parent, field).map(
    (value, index) => checkedObject(value ?? {}, `${pathOf(parent, field)}[${index}]`)
  );
}
function texts(parent, field) {
  return elements(parent, field).map((value, index) => {
    if (value === null) return "";
    if (typeof value !== "string") throw wrongType(`${pathOf(parent, field)}[${index}]`, value, "a string");
    return value;
  });
}
function elements(parent, field) {
  const value = parent.fields[field];
  if (value === void 0 || value === null) return [];
  if (!Array.isArray(value)) throw wrongType(pathOf(parent, field), value, "a list");
  return value;
}
function checkedObject(value, path) {
  if (!isObject(value)) throw wrongType(path, value, "an object");
  return { path, fields: value };
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function pathOf(parent, field) {
  return parent.path === "" ? field : `${parent.path}.${field}`;
}
function wrongType(path, value, expected) {
  return new InvalidDocument(`JSON whose ${path} is ${describe(value)}, not ${expected}`);
}
function describe(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "a string";
  return `the ${typeof value} ${String(value)}`;
}
function textOfError(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}

// src/model/api-documents.ts
function decodeApiVersions(document) {
  expectKind(document, "APIVersions");
  const versions = texts(document, "versions").map((version) => ({ groupVersion: version, version }));
  const [preferredVersion] = versions;
  return preferredVersion === void 0 ? [] : [{ name: "", versions, preferredVersion }];
}
function decodeGroupList(document) {
  expectKind(document, "APIGroupList");
  return objects(document, "groups").map((group) => {
    const preferred = object(group, "preferredVersion");
    const preferredVersion = preferred === void 0 ? void 0 : decodeVersion(preferred);
    return {
      name: text(group, "name"),
      versions: objects(group, "versions").map(decodeVersion),
      ...preferredVersion === void 0 || preferredVersion.version === "" ? {} : { preferredVersion }
    };
  });
}
function decodeResourceList(document) {
  expectKind(document, "APIResourceList");
  return {
    groupVersion: text(document, "groupVersion"),
    resources: objects(document, "resources").map(decodeResource)
  };
}
function decodeVersion(entry2) {
  return { groupVersion: text(entry2, "groupVersion"), version: text(entry2, "version") };
}
function decodeResource(entry2) {
  const group = text(entry2, "group");
  const version = text(entry2, "version");
  const shortNames = texts(entry2, "shortNames");
  const categories = texts(entry2, "categories");
  const storageVersionHash = text(entry2, "storageVersionHash");
  return {
    name: text(entry2, "name"),
    singularName: text(entry2, "singularName"),
    namespaced: flag(entry2, "namespaced"),
    ...group === "" ? {} : { group },
    ...version === "" ? {} : { version },
    kind: text(entry2, "kind"),
    verbs: texts(entry2, "verbs"),
    ...shortNames.length === 0 ? {} : { shortNames },
    ...categories.length === 0 ? {} : { categories },
    ...storageVersionHash === "" ? {} : { storageVersionHash }
  };
}

// src/model/group-version.ts
function parseGroupVersion(text2) {
  if (text2 === "" || text2 === "/") return { group: "", version: "" };
  const parts = text2.split("/");
  const [first = "", second] = parts;
  if (parts.length === 1) return { group: "", version: first };
  if (parts.length === 2 && second !== void 0) return { group: first, version: second };
  return void 0;
}
function formatGroupVersion({ group, version }) {
  return group === "" ? version : `${group}/${version}`;
}
var KUBE_VERSION = /^v([0-9]+)(?:(alpha|beta)([0-9]+))?$/;
var STABILITY = { alpha: 0, beta: 1, ga: 2 };
function parseKubeVersion(version) {
  const match = KUBE_VERSION.exec(version);
  if (match === null) return void 0;
  const [, major, level, minor] = match;
  return {
    stability: level === "alpha" || level === "beta" ? STABILITY[level] : STABILITY.ga,
    major: Number(major),
    minor: Number(minor ?? 0)
  };
}
function compareKubeAwareVersions(left, right) {
  if (left === right) return 0;
  const a = parseKubeVersion(left);
  const b = parseKubeVersion(right);
  if (a === void 0 && b === void 0) return left < right ? -1 : 1;
  if (a === void 0) return 1;
  if (b === void 0) return -1;
  return b.stability - a.stability || b.major - a.major || b.minor - a.minor;
}

// src/discovery/resource.ts
function toResource(described, list) {
  const { group, version, shortNames, categories, storageVersionHash, ...rest } = described;
  const own = group === list.group && version === list.version;
  return {
    ...rest,
    ...own || version === "" ? {} : { group, version },
    ...shortNames.length === 0 ? {} : { shortNames },
    ...categories.length === 0 ? {} : { categories },
    ...storageVersionHash === "" ? {} : { storageVersionHash }
  };
}
function resourcesOf(list, groupVersion) {
  return list.resources.map(
    (resource) => toResource(
      {
        ...resource,
        group: resource.group || groupVersion.group,
        version: resource.version || groupVersion.version,
        shortNames: resource.shortNames ?? [],
        categories: resource.categories ?? [],
        storageVersionHash: resource.storageVersionHash ?? ""
      },
      groupVersion
    )
  );
}

// src/discovery/aggregated.ts
function decodeAggregated(document) {
  expectKind(document, "APIGroupDiscoveryList");
  return objects(document, "items").map((item) => {
    const metadata = object(item, "metadata");
    const name = metadata === void 0 ? "" : text(metadata, "name");
    return { name, versions: objects(item, "versions").map((version) => decodeVersion2(version, name)) };
  });
}
function decodeVersion2(entry2, group) {
  const version = text(entry2, "version");
  return {
    version,
    stale: text(entry2, "freshness") === "Stale",
    resources: objects(entry2, "resources").flatMap((resource) => decodeResource2(resource, { group, version }))
  };
}
function decodeResource2(entry2, list) {
  const parent = {
    name: text(entry2, "resource"),
    singularName: text(entry2, "singularResource"),
    namespaced: text(entry2, "scope") === "Namespaced",
    verbs: texts(entry2, "verbs"),
    shortNames: texts(entry2, "shortNames"),
    categories: texts(entry2, "categories"),
    storageVersionHash: ""
  };
  const subresources = objects(entry2, "subresources").map((subresource) => ({
    name: `${parent.name}/${text(subresource, "subresource")}`,
    singularName: parent.singularName,
    namespaced: parent.namespaced,
    verbs: texts(subresource, "verbs"),
    shortNames: [],
    categories: [],
    storageVersionHash: "",
    responseKind: decodeResponseKind(subresource)
  }));
  return [{ ...parent, responseKind: decodeResponseKind(entry2) }, ...subresources].flatMap(
    ({ responseKind, ...described }) => responseKind === void 0 ? [] : [toResource({ ...described, ...responseKind }, list)]
  );
}
function decodeResponseKind(entry2) {
  const responseKind = object(entry2, "responseKind");
  if (responseKind === void 0) return void 0;
  const group = text(responseKind, "group");
  const version = text(responseKind, "version");
  const kind = text(responseKind, "kind");
  return group === "" && version === "" && kind === "" ? void 0 : { group, version, kind };
}

// src/discovery/media-type.ts
var discoveryAccept = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json"
].join(",");
var plainAccept = "application/json";
function discoveryFormat(contentType) {
  const mediaType = parseMediaType(contentType);
  if (mediaType === void 0 || mediaType.type !== "application/json") return "plain";
  const { parameters } = mediaType;
  const version = parameters.get("v");
  return parameters.get("g") === "apidiscovery.k8s.io" && (version === "v2" || version === "v2beta1") && parameters.get("as") === "APIGroupDiscoveryList" ? "aggregated" : "plain";
}
function isHtml(contentType) {
  const type = parseMediaType(contentType)?.type;
  return type === "text/html" || type === "application/xhtml+xml";
}
var PARAMETER = /;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*)?/y;
function parseMediaType(text2) {
  const end = text2.indexOf(";");
  const type = (end === -1 ? text2 : text2.slice(0, end)).trim().toLowerCase();
  const parameters = /* @__PURE__ */ new Map();
  if (end !== -1) {
    PARAMETER.lastIndex = end;
    while (PARAMETER.lastIndex < text2.length) {
      const match = PARAMETER.exec(text2);
      if (match === null) return void 0;
      const [, name, quoted2, bare] = match;
      if (name === void 0) continue;
      const key = name.toLowerCase();
      if (parameters.has(key)) return void 0;
      parameters.set(key, quoted2?.replace(/\\(.)/g, "$1") ?? bare ?? "");
    }
  }
  return { type, parameters };
}

// src/discovery/reply.ts
function readReply(path, response, decode) {
  if (response.status < 200 || response.status > 206) return { kind: "refused", refusal: refusalOf(path, response) };
  try {
    if (looksLikeHtml(response)) throw new InvalidDocument(describeHtml(response.body));
    return { kind: "accepted", value: decode(parseDocument(response.body)) };
  } catch (cause) {
    if (!(cause instanceof InvalidDocument)) throw cause;
    return {
      kind: "refused",
      refusal: {
        reason: "invalid",
        message: `GET ${path} answered ${statusText(response.status)} with ${quote(cause.message)} (${contentTypeText(response)})`,
        hint: looksLikeHtml(response) ? HTML_HINT : INVALID_HINT
      }
    };
  }
}
function refusalOf(path, response) {
  const words = serverWords(response);
  const message = `GET ${path} answered ${statusText(response.status)}${words === "" ? "" : `: ${words}`}`;
  const { status } = response;
  if (looksLikeHtml(response)) return { reason: reasonOf(status), message, hint: HTML_HINT };
  if (status === 403) return forbidden(message, words);
  if (status === 401) return { reason: "unauthorized", message, hint: UNAUTHORIZED_HINT };
  if (status === 404) return { reason: "not-found", message, hint: NOT_FOUND_HINT };
  if (status >= 300 && status < 400 && status !== 304) return { reason: "invalid", message, hint: REDIRECT_HINT };
  const reason = reasonOf(status);
  return { reason, message, hint: reason === "unavailable" ? UNAVAILABLE_HINT : INVALID_HINT };
}
function reasonOf(status) {
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 408:
    case 429:
      return "unavailable";
    default:
      return status >= 500 ? "unavailable" : "invalid";
  }
}
function forbidden(message, words) {
  const user = /\bUser "((?:[^"\\]|\\.)+)" cannot /.exec(words)?.[1];
  if (user === "system:anonymous") return { reason: "forbidden", message, hint: ANONYMOUS_HINT };
  const whom = user === void 0 ? "the user of these credentials" : `user "${user}"`;
  return {
    reason: "forbidden",
    message: `${message}; the ClusterRole system:discovery would let ${whom} ask`,
    hint: `Bind the ClusterRole system:discovery to ${whom}: \`kubectl create clusterrolebinding kube-api-gate-discovery --clusterrole=system:discovery ${subject(user)}\`.`
  };
}
function subject(user) {
  const serviceAccount = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/.exec(user ?? "");
  if (serviceAccount !== null) return `--serviceaccount=${serviceAccount[1]}:${serviceAccount[2]}`;
  return user !== void 0 && /^[\w@.:/+=,-]+$/.test(user) ? `--user=${user}` : "--user=<name>";
}
function serverWords(response) {
  if (looksLikeHtml(response)) return describeHtml(response.body);
  try {
    const document = parseDocument(response.body);
    return quote(text(document, "message") || text(document, "error"));
  } catch (cause) {
    if (!(cause instanceof InvalidDocument)) throw cause;
    return quote(response.body);
  }
}
function looksLikeHtml({ contentType, body }) {
  return isHtml(contentType) || /^\s*<(?:!doctype\s+html|html)\b/i.test(body.slice(0, 500));
}
function describeHtml(body) {
  const title = quote(/<title[^>]*>([^<]*)<\/title>/i.exec(body.slice(0, 2e4))?.[1] ?? "");
  return title === "" ? "an HTML page" : `an HTML page titled ${JSON.stringify(title)}`;
}
function contentTypeText({ contentType }) {
  return contentType === "" ? "no Content-Type" : `Content-Type ${quote(contentType)}`;
}
var LONGEST_QUOTE = 500;
function quote(foreign) {
  const line = foreign.slice(0, 4 * LONGEST_QUOTE).replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}\u2026` : line;
}
var REASON_PHRASES = {
  200: "OK",
  301: "Moved Permanently",
  302: "Found",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  406: "Not Acceptable",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout"
};
function statusText(status) {
  const phrase = REASON_PHRASES[status];
  return phrase === void 0 ? String(status) : `${status} ${phrase}`;
}
var HTML_HINT = "A login page or a proxy answered instead of a Kubernetes API server. Check the server's URL and whether the job must go through a VPN or sign in elsewhere first.";
var REDIRECT_HINT = "Redirects are not followed, since they would carry the credentials elsewhere. A login page or a proxy may have answered: check the server's URL.";
var NOT_FOUND_HINT = "No Kubernetes API was found at this address. Check the server's URL, the path at its end included (some providers serve each cluster below a path).";
var UNAUTHORIZED_HINT = "The cluster does not accept these credentials. Check that they belong to this cluster and have not expired.";
var ANONYMOUS_HINT = "No credential arrived: none is configured for this user, or the URL of the server is http://, over which none is sent. Give credentials; do not grant rights to system:anonymous.";
var UNAVAILABLE_HINT = "The API server is there but cannot answer now. It may be starting or overloaded: run the job again later.";
var INVALID_HINT = "This is not what a Kubernetes API server answers. A proxy may have answered in its place or changed what it said.";

// src/discovery/endpoint.ts
async function askEndpoint(connection, endpoint, validator) {
  const response = await connection.get({
    path: endpoint,
    accept: discoveryAccept,
    ...validator === void 0 ? {} : { ifNoneMatch: validator }
  });
  if (response.status === 304 && validator !== void 0) return { kind: "not-modified" };
  const answer = readReply(endpoint, response, (document) => {
    if (discoveryFormat(response.contentType) === "plain") {
      return { format: "plain", groups: endpoint === "/api" ? decodeApiVersions(document) : decodeGroupList(document) };
    }
    const groups = decodeAggregated(document);
    return { format: "aggregated", groups, ...response.etag === void 0 ? {} : { etag: response.etag } };
  });
  return answer.kind === "refused" ? answer : { kind: "listed", listing: answer.value };
}
function holdToEndpoint(endpoint, answer) {
  if (answer.kind !== "listed") return answer;
  const complaint = complaintAbout(endpoint, answer.listing.groups);
  if (complaint === void 0) return answer;
  return {
    kind: "refused",
    refusal: { reason: "invalid", message: `GET ${endpoint} answered with ${quote(complaint)}`, hint: INVALID_HINT }
  };
}
function complaintAbout(endpoint, groups) {
  if (endpoint === "/apis" && groups.length === 0) return "no group at all";
  for (const { name, versions } of groups) {
    if (endpoint === "/api" && name !== "") return `the group ${JSON.stringify(name)}, which does not belong there`;
    if (endpoint === "/apis" && name === "") return "a group without a name";
    if (versions.some(({ version }) => version === ""))
      return `a version without a name in group ${JSON.stringify(name)}`;
  }
  return void 0;
}

// src/model/assert-never.ts
function assertNever(value) {
  throw new TypeError(`unexpected value: ${JSON.stringify(value)}`);
}

// src/discovery/refusal.ts
function errorOf(refusal) {
  const options = refusal.hint === void 0 ? {} : { hint: refusal.hint };
  const message = `${refusal.message}.`;
  switch (refusal.reason) {
    case "unauthorized":
    case "forbidden":
      return new GateError("denied", refusal.reason, message, options);
    case "not-found":
    case "invalid":
      return new GateError("unreachable", "not-an-api-server", message, options);
    default:
      return new GateError("unreachable", "api-server-unavailable", message, options);
  }
}
var WEIGHT = {
  unauthorized: 5,
  forbidden: 4,
  unavailable: 3,
  stale: 2,
  invalid: 1,
  "not-found": 0
};
function errorOfBoth(api, apis) {
  return errorOf({ ...heavier(api, apis), message: `${api.message}; ${apis.message}` });
}
function errorOfAll(refusals2) {
  const heaviest = refusals2.reduce(heavier);
  const count = refusals2.length === 1 ? "The one group-version" : `None of the ${refusals2.length} group-versions`;
  const found = refusals2.length === 1 ? "that is listed could not be read" : "that are listed could be read";
  return errorOf({ ...heaviest, message: `${count} ${found}: ${heaviest.message}` });
}
function heavier(first, second) {
  return WEIGHT[second.reason] > WEIGHT[first.reason] ? second : first;
}
function endpointGap(endpoint, refusal) {
  return { kind: "endpoint", endpoint, reason: gapReason(refusal), message: refusal.message };
}
function groupVersionGap(groupVersion, refusal) {
  return { kind: "group-version", groupVersion, reason: gapReason(refusal), message: refusal.message };
}
function gapReason({ reason }) {
  return reason === "unauthorized" ? "forbidden" : reason;
}

// src/discovery/groups.ts
function halfOf(endpoint, answer, previous) {
  switch (answer.kind) {
    case "refused":
      return { groups: [], gaps: [endpointGap(endpoint, answer.refusal)] };
    case "not-modified":
      return previousHalf(endpoint, previous);
    case "listed":
      return listedHalf(answer.listing);
    default:
      return assertNever(answer);
  }
}
function validatorOf(endpoint, previous) {
  const validator = endpoint === "/api" ? previous?.validators.api : previous?.validators.apis;
  const refused = previous?.gaps.some((gap) => gap.kind === "endpoint" && gap.endpoint === endpoint);
  return refused !== true && validator !== void 0 && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(validator) ? validator : void 0;
}
function groupVersionsToAsk(api, apis) {
  if (api.format !== "plain" && apis.format !== "plain") return [];
  const asked = /* @__PURE__ */ new Map();
  for (const { name, versions } of [...api.groups, ...apis.groups]) {
    for (const { version } of versions) {
      asked.set(formatGroupVersion({ group: name, version }), { group: name, version });
    }
  }
  return [...asked.values()];
}
function joinHalves(api, apis, asked) {
  const gaps = [...api.gaps, ...apis.gaps];
  for (const [groupVersion, answer] of asked) {
    if (answer.kind === "refused") gaps.push(groupVersionGap(groupVersion, answer.refusal));
  }
  const groups = [...api.groups, ...apis.groups].map((group) => served(group, asked));
  const validators = asked.size > 0 ? {} : {
    ...api.validator === void 0 ? {} : { api: api.validator },
    ...apis.validator === void 0 ? {} : { apis: apis.validator }
  };
  return { groups: mergeNamesakes(groups), gaps, validators };
}
function served({ name, preferredVersion, versions }, asked) {
  const kept = versions.flatMap(({ version, resources }) => {
    const answer = asked.get(formatGroupVersion({ group: name, version }));
    if (answer === void 0) return resources === void 0 ? [] : [{ version, resources }];
    return answer.kind === "accepted" ? [{ version, resources: answer.value }] : [];
  });
  const preferred = kept.some(({ version }) => version === preferredVersion) ? preferredVersion : kept[0]?.version;
  return { name, versions: kept, ...preferred === void 0 ? {} : { preferredVersion: preferred } };
}
function mergeNamesakes(groups) {
  return mergeBy(
    groups,
    ({ name }) => name,
    (first, second) => ({
      ...second,
      ...first,
      versions: [...first.versions, ...second.versions]
    })
  ).map((group) => ({ ...group, versions: mergeVersions(group.versions) }));
}
function mergeVersions(versions) {
  return mergeBy(
    versions,
    ({ version }) => version,
    (first, second) => ({
      ...first,
      resources: mergeBy(
        [...first.resources, ...second.resources],
        ({ name }) => name,
        (resource) => resource
      )
    })
  );
}
function mergeBy(items, key, merge) {
  const merged2 = /* @__PURE__ */ new Map();
  for (const item of items) {
    const first = merged2.get(key(item));
    merged2.set(key(item), first === void 0 ? item : merge(first, item));
  }
  return merged2.size === items.length ? items : [...merged2.values()];
}
function listedHalf(listing2) {
  if (listing2.format === "plain") {
    const groups2 = listing2.groups.map(({ name, versions, preferredVersion }) => ({
      name,
      versions: versions.map(({ version }) => ({ version })),
      ...preferredVersion === void 0 ? {} : { preferredVersion: preferredVersion.version }
    }));
    return { format: "plain", groups: groups2, gaps: [] };
  }
  const gaps = [];
  const groups = listing2.groups.map(({ name, versions }) => ({
    name,
    versions: versions.filter(({ version, stale }) => {
      if (stale) gaps.push(staleGap({ group: name, version }));
      return !stale;
    })
  }));
  return {
    format: "aggregated",
    groups: groups.map(({ name, versions }) => ({
      name,
      versions: versions.map(({ version, resources }) => ({ version, resources }))
    })),
    gaps,
    ...listing2.etag === void 0 ? {} : { validator: listing2.etag }
  };
}
function staleGap(groupVersion) {
  const name = formatGroupVersion(groupVersion);
  return groupVersionGap(name, {
    reason: "stale",
    message: `the server lists ${name} with freshness Stale`
  });
}
function previousHalf(endpoint, previous) {
  const isCore = endpoint === "/api";
  const validator = validatorOf(endpoint, previous);
  return {
    format: "aggregated",
    groups: previous?.groups.filter(({ name }) => name === "" === isCore) ?? [],
    gaps: previous?.gaps.filter(
      (gap) => gap.kind === "group-version" && parseGroupVersion(gap.groupVersion)?.group === "" === isCore
    ) ?? [],
    ...validator === void 0 ? {} : { validator }
  };
}

// src/discovery/resource-lists.ts
var CONCURRENCY = 16;
async function askResources(connection, groupVersions) {
  const answers = [];
  const unanswered = [];
  const waiting = groupVersions.entries();
  const worker = async () => {
    for (const [index, groupVersion] of waiting) {
      answers[index] = [formatGroupVersion(groupVersion), await askResourcesOf(connection, groupVersion, unanswered)];
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groupVersions.length) }, worker));
  const [first] = unanswered;
  if (first !== void 0 && unanswered.length === groupVersions.length) throw first;
  return new Map(answers);
}
async function askResourcesOf(connection, groupVersion, unanswered) {
  const name = formatGroupVersion(groupVersion);
  const answer = await askResourceList(connection, name).catch((cause) => {
    if (!(cause instanceof GateError) || cause.outcome !== "unreachable") throw cause;
    unanswered.push(cause);
    return { kind: "refused", refusal: { reason: "unavailable", message: cause.message } };
  });
  if (answer.kind === "refused") {
    if (answer.refusal.reason === "unauthorized") throw errorOf(answer.refusal);
    return answer;
  }
  const list = answer.value;
  if (list.groupVersion !== "" && list.groupVersion !== name) {
    const message = `GET ${pathOf2(name)} answered with the resources of ${JSON.stringify(list.groupVersion)}`;
    return { kind: "refused", refusal: { reason: "invalid", message, hint: INVALID_HINT } };
  }
  return { kind: "accepted", value: resourcesOf(list, groupVersion) };
}
async function askResourceList(connection, groupVersion) {
  const path = pathOf2(groupVersion);
  return readReply(path, await connection.get({ path, accept: plainAccept }), decodeResourceList);
}
function pathOf2(groupVersion) {
  if (groupVersion === "v1") return "/api/v1";
  return `/apis/${groupVersion.split("/").map((part) => encodeURIComponent(part.toWellFormed())).join("/")}`;
}

// src/discovery/version.ts
async function askVersion(connection) {
  const answer = await ask(connection);
  if (answer.kind === "accepted") return { kind: "known", version: answer.value };
  return { kind: "unknown", gap: endpointGap("/version", answer.refusal) };
}
async function ask(connection) {
  try {
    return readReply("/version", await connection.get({ path: "/version", accept: plainAccept }), decodeVersion3);
  } catch (cause) {
    if (!(cause instanceof GateError)) throw cause;
    const reason = cause.outcome === "denied" ? "forbidden" : "unavailable";
    return { kind: "refused", refusal: { reason, message: cause.message } };
  }
}
function decodeVersion3(document) {
  const gitVersion = text(document, "gitVersion");
  if (gitVersion === "") throw new InvalidDocument("JSON without a gitVersion");
  return { gitVersion, major: text(document, "major"), minor: text(document, "minor") };
}

// src/discovery/discover.ts
async function discover(connection, options) {
  const { clock, log } = options;
  let attempt = await discoverOnce(connection, options);
  if (attempt.refusals.some(({ reason }) => reason === "not-found")) {
    log.debug("a listed group-version was not found: asking for the listing once more");
    await clock.sleep(SECOND_TRY_MS * (1 + clock.random()), new AbortController().signal);
    const first = attempt;
    attempt = await discoverOnce(connection, options).catch((cause) => {
      if (cause instanceof GateError && cause.outcome === "unreachable") return first;
      throw cause;
    });
  }
  const [refusal, ...others] = attempt.refusals;
  if (refusal !== void 0 && attempt.refusals.length === attempt.asked) throw errorOfAll([refusal, ...others]);
  return attempt.discovery;
}
var SECOND_TRY_MS = 150;
async function discoverOnce(connection, options) {
  const { clock, previous, log } = options;
  const takenAt = clock.now();
  const askingVersion = askVersion(connection);
  askingVersion.catch(() => void 0);
  const [apiAnswer, apisAnswer] = await Promise.all([
    askEndpoint(connection, "/api", validatorOf("/api", previous)),
    askEndpoint(connection, "/apis", validatorOf("/apis", previous))
  ]);
  const api = holdToEndpoint("/api", apiAnswer);
  const apis = holdToEndpoint("/apis", apisAnswer);
  throwIfUnusable(api, apis);
  log.debug(`/api: ${describe2(api)}; /apis: ${describe2(apis)}`);
  const apiHalf = halfOf("/api", api, previous);
  const apisHalf = halfOf("/apis", apis, previous);
  const toAsk = groupVersionsToAsk(apiHalf, apisHalf);
  if (toAsk.length > 0) log.debug(`asking ${toAsk.length} group-versions for their resources`);
  const asked = await askResources(connection, toAsk);
  const { groups, gaps, validators } = joinHalves(apiHalf, apisHalf, asked);
  const version = await askingVersion;
  const snapshot = {
    takenAt,
    groups,
    ...version.kind === "known" ? { version: version.version } : {},
    gaps: version.kind === "known" ? gaps : [...gaps, version.gap],
    validators
  };
  return {
    discovery: { snapshot, confirmed: confirmedOf(api, apis) },
    asked: asked.size,
    refusals: [...asked.values()].flatMap((answer) => answer.kind === "refused" ? answer.refusal : [])
  };
}
function confirmedOf(api, apis) {
  if (api.kind === "not-modified") return apis.kind === "not-modified" ? 2 : 1;
  return apis.kind === "not-modified" ? 1 : 0;
}
function throwIfUnusable(api, apis) {
  for (const answer of [api, apis]) {
    if (answer.kind === "refused" && answer.refusal.reason === "unauthorized") throw errorOf(answer.refusal);
  }
  if (api.kind === "refused" && apis.kind === "refused") throw errorOfBoth(api.refusal, apis.refusal);
}
function describe2(answer) {
  switch (answer.kind) {
    case "not-modified":
      return "not modified";
    case "refused":
      return answer.refusal.message;
    case "listed":
      return `${answer.listing.groups.length} groups, ${answer.listing.format}`;
  }
}

// src/model/duration.ts
var UNITS = [
  ["h", 36e5],
  ["m", 6e4],
  ["s", 1e3]
];
function formatDuration(ms) {
  if (ms === 0) return "0s";
  if (ms < 1e3) return `${Math.round(ms)}ms`;
  if (ms < 1e4) return `${Math.round(ms / 100) / 10}s`;
  let left = Math.round(ms / 1e3) * 1e3;
  const parts = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join("");
}

// src/gate/asking.ts
async function ask2(cluster, options, world) {
  const { timeoutMs, previous, meanwhile } = options;
  world.progress?.(`Asking ${cluster.name}`);
  const deadline = new AbortController();
  const answered = new AbortController();
  const timer = world.clock.sleep(timeoutMs, answered.signal).then(
    () => deadline.abort(timedOut(cluster, timeoutMs)),
    () => void 0
  );
  const connection = cluster.open({
    signal: deadline.signal,
    timeoutMs,
    ...meanwhile === void 0 ? {} : { onSent: meanwhile }
  });
  try {
    return await discover(connection, {
      clock: world.clock,
      log: world.log,
      ...previous === void 0 ? {} : { previous }
    });
  } finally {
    answered.abort();
    await timer;
    await connection.close();
  }
}
function timedOut(cluster, timeoutMs) {
  return new GateError(
    "unreachable",
    "timed-out",
    `${cluster.server} did not answer within ${formatDuration(timeoutMs)}.`,
    {
      hint: "Check that the cluster can be reached from this runner; raise `timeout` if it is only slow."
    }
  );
}
var WAIT_STEPS_MS = [1e3, 2e3, 3e3, 5e3];
async function askUntil({ waitMs, attempt, lacking, name }, world) {
  const { clock, log } = world;
  const until = clock.now() + waitMs;
  for (let attempts = 0; ; attempts += 1) {
    const answer = await attempt().then(
      (value) => ({ value, lacks: lacking(value) }),
      (thrown) => {
        if (thrown instanceof GateError && thrown.outcome === "unreachable") return { thrown, lacks: thrown.message };
        throw thrown;
      }
    );
    const step = WAIT_STEPS_MS[Math.min(attempts, WAIT_STEPS_MS.length - 1)] ?? 0;
    const pauseMs = Math.min(step * (1 + clock.random() / 4), until - clock.now());
    if (answer.lacks === void 0 || pauseMs <= 0) {
      if ("thrown" in answer) throw answer.thrown;
      return answer.value;
    }
    const left = formatDuration(until - clock.now());
    log.line(`${name}: not yet: ${answer.lacks.replace(/\.$/, "")}; asking again, for at most ${left} more.`);
    world.progress?.(`Waiting for ${name}`);
    await clock.sleep(pauseMs, NEVER.signal);
  }
}
var NEVER = new AbortController();

// src/model/action-reference.ts
var ACTION_REFERENCE = "kube-api-gate/kube-api-gate@<full commit SHA>";

// src/gate/only-cached.ts
function mayHaveChanged(cluster, ageMs) {
  return {
    message: `Judged by what ${cluster} served ${formatDuration(ageMs)} ago, as \`cache: only\` asks. If the cluster has changed since, run the workflow that seeds the cache, then this job again.`
  };
}
function nothingCached({ name, named }, ttlMs, found) {
  const reason = found?.kind === "stale" ? `the one there is ${formatDuration(found.ageMs)} old` : found?.kind === "none" ? found.reason : "there is none";
  return new GateError(
    "undetermined",
    "nothing-cached",
    `No snapshot of ${name} younger than ${formatDuration(ttlMs)} is in the cache (${reason}), and \`cache: only\` forbids asking the cluster.`,
    {
      hint: `Seed the cache from a job on the default branch that may reach the cluster:

${seedingWorkflow(named ? name : void 0, ttlMs)}`
    }
  );
}
function seedingWorkflow(cluster, ttlMs) {
  const minutes = Math.min(30, Math.max(5, Math.floor(ttlMs / 12e4)));
  return `on:
  schedule:
    - cron: '*/${minutes} * * * *'
jobs:
  seed:
    runs-on: ubuntu-latest
    steps:
      - uses: ${ACTION_REFERENCE}
        with:
          require: v1
${cluster === void 0 ? "" : `          cluster: ${cluster}
`}          cache: refresh
          cache-ttl: ${ttlMs / 1e3}s # the same in both jobs; GitHub may start a schedule late, so leave room
          kubeconfig: \${{ secrets.KUBECONFIG }}
`;
}

// src/gate/share-with-kubectl.ts
async function shareWithKubectl(cluster, snapshot, world) {
  const { log, kubectlCacheDirectory: directory } = world;
  const unlisted = snapshot.gaps.find((gap) => gap.kind === "endpoint" && gap.endpoint !== "/version");
  if (unlisted !== void 0) {
    log.line(`kubectl's cache is left alone: ${unlisted.message}`);
    return;
  }
  try {
    const { writeKubectlCache } = await import("./layout.js");
    await writeKubectlCache({ directory, server: cluster.server }, snapshot);
    world.exportVariable("KUBECACHEDIR", directory);
    log.line(`kubectl's cache: written to ${directory}, for the steps that follow.`);
  } catch (thrown) {
    log.line(
      `kubectl's cache could not be written to ${directory}: ${thrown instanceof Error ? thrown.message : thrown}`
    );
  }
}

// src/gate/judge-cluster.ts
var loadJudging = () => import("./judge.js");
async function judgeCluster(subject2, plan, world) {
  const { mode, ttlMs } = plan.settings.cache;
  if (mode === "off") {
    const { judged: judged2 } = await judgeLive(subject2, plan, void 0, world);
    return { verdict: await verdictOf(subject2, judged2, "off", 0), saved: Promise.resolve() };
  }
  const { openSnapshotCache } = await import("./snapshot-cache.js");
  const cache = openSnapshotCache({ ttlMs, store: world.store, clock: world.clock, log: world.log });
  const identity = {
    ...plan.settings.clusterName === void 0 ? {} : { cluster: plan.settings.clusterName },
    ...subject2.cluster === void 0 ? {} : { server: subject2.cluster.identity }
  };
  const found = mode === "refresh" ? void 0 : await cache.find(identity);
  if (found?.kind === "fresh") {
    const judged2 = await judgeSnapshot(found.snapshot, subject2, plan);
    const final = judged2.findings.every((finding) => isFinalInCachedData(finding, plan));
    if (final || mode === "only") {
      const warned = final ? judged2 : { ...judged2, warnings: [...judged2.warnings, mayHaveChanged(subject2.name, found.ageMs)] };
      return { verdict: await verdictOf(subject2, warned, "hit", found.ageMs), saved: Promise.resolve() };
    }
    world.log.line(
      `${subject2.name}: the cached snapshot leaves something unmet; asking the cluster before that counts.`
    );
  }
  if (mode === "only")
    throw nothingCached({ name: subject2.name, named: plan.settings.clusterName !== void 0 }, ttlMs, found);
  const { judged, use } = await judgeLive(subject2, plan, found?.kind === "stale" ? found.snapshot : void 0, world);
  return {
    verdict: await verdictOf(subject2, judged, found?.kind === "fresh" ? "rechecked" : use, 0),
    saved: cache.keep(identity, judged.snapshot)
  };
}
function isFinalInCachedData({ met, fails, acceptance }, { settings }) {
  if (acceptance !== void 0 && !settings.updateBaseline) return true;
  return met === "yes" && !fails;
}
function isBeingRecorded(acceptance, { settings }) {
  return settings.updateBaseline && acceptance?.kind === "baseline";
}
async function judgeLive(subject2, plan, cached, world) {
  const { cluster, name } = subject2;
  if (cluster === void 0) throw new TypeError(`${name} has no cluster to ask`);
  const { waitMs, kubectlCache } = plan.settings;
  let latest = cached;
  const answer = await askUntil(
    {
      name,
      waitMs,
      attempt: async () => {
        const attempted = await judgeOnce(
          { subject: subject2, cluster, previous: latest, isCached: latest === cached },
          plan,
          world
        );
        if (attempted.judged.snapshot.gaps.length === 0) latest = attempted.judged.snapshot;
        return attempted;
      },
      lacking: ({ judged }) => judged.findings.find(
        ({ fails, met, acceptance }) => met !== "yes" && (fails || isBeingRecorded(acceptance, plan))
      )?.requirement.text
    },
    world
  );
  if (kubectlCache === "write") await shareWithKubectl(cluster, answer.judged.snapshot, world);
  return answer;
}
async function judgeOnce({ subject: subject2, cluster, previous, isCached }, plan, world) {
  const { clock, log } = world;
  const until = clock.now() + plan.settings.timeoutMs;
  const asking = async (from) => {
    const timeoutMs = Math.max(1, until - clock.now());
    const { snapshot, confirmed: confirmed2 } = await ask2(
      cluster,
      { timeoutMs, previous: from, meanwhile: () => loadMeanwhile(world) },
      world
    );
    return { judged: await judgeSnapshot(snapshot, subject2, plan), confirmed: confirmed2 };
  };
  const { judged, confirmed } = await asking(previous);
  if (!isCached || confirmed === 0) return { judged, use: "miss" };
  if (judged.findings.every((finding) => isFinalInCachedData(finding, plan)))
    return { judged, use: confirmed === 2 ? "revalidated" : "miss" };
  log.line(
    `${subject2.name}: what the cluster confirmed leaves something unmet; asking for all of it before that counts.`
  );
  return { judged: (await asking(void 0)).judged, use: "rechecked" };
}
function loadMeanwhile({ publisher }) {
  for (const loading of [loadJudging(), publisher.prepare()]) loading.catch(() => void 0);
}
async function judgeSnapshot(snapshot, { name }, plan) {
  const { judge } = await loadJudging();
  const { failOn, targetVersion } = plan.settings;
  const { findings, warnings } = judge(snapshot, plan.requirements, {
    cluster: name,
    failOn,
    provided: plan.manifests.provided,
    accept: plan.acceptances.accept,
    ...targetVersion === void 0 ? {} : { targetVersion }
  });
  return { snapshot, findings, warnings };
}
async function verdictOf({ name }, judged, cache, ageMs) {
  const { capabilitiesOf, outcomeOf } = await loadJudging();
  const { snapshot, findings, warnings } = judged;
  return {
    cluster: name,
    outcome: outcomeOf(findings),
    findings,
    warnings,
    cache,
    ageMs,
    capabilities: capabilitiesOf(snapshot),
    ...snapshot.version === void 0 ? {} : { serverVersion: snapshot.version }
  };
}

// src/cluster/connection/failure.ts
var FailureError = class extends Error {
  name = "FailureError";
  failure;
  constructor(failure, cause) {
    super(failure.kind, cause === void 0 ? void 0 : { cause });
    this.failure = failure;
  }
};
function failWith(failure, cause) {
  return new FailureError(failure, cause);
}

// src/cluster/connection/body.ts
var MAX_BODY_BYTES = 24 * 1024 * 1024;
async function readBody(message, options) {
  const { signal, space, maxBytes = MAX_BODY_BYTES } = options;
  const { pipeline } = process.getBuiltinModule("node:stream/promises");
  const encoding = (message.headers["content-encoding"] ?? "").trim().toLowerCase();
  const chunks = [];
  let held = 0;
  async function* capped(parts) {
    let arrived = 0;
    for await (const part of parts) {
      arrived += part.length;
      if (arrived > maxBytes) throw failWith({ kind: "body-too-large", maxBytes });
      yield part;
    }
  }
  async function collect(parts) {
    for await (const part of parts) {
      held += part.length;
      space.heldBytes += part.length;
      if (space.heldBytes > maxBytes) throw failWith({ kind: "body-too-large", maxBytes });
      chunks.push(part);
    }
  }
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) throw failWith({ kind: "body-too-large", maxBytes });
  try {
    switch (encoding) {
      case "":
      case "identity":
        await pipeline(message, capped, collect, { signal });
        break;
      case "gzip":
      case "x-gzip":
        await pipeline(message, capped, process.getBuiltinModule("node:zlib").createGunzip(), collect, { signal });
        break;
      default:
        throw failWith({ kind: "encoding-invalid", encoding, came: "it was not asked for and cannot be read here" });
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch (error2) {
    if (isZlibError(error2)) throw failWith({ kind: "encoding-invalid", encoding, came: error2.message }, error2);
    throw error2;
  } finally {
    space.heldBytes -= held;
  }
}
function isZlibError(error2) {
  return error2 instanceof Error && "code" in error2 && String(error2.code).startsWith("Z_");
}

// src/cluster/connection/progress.ts
async function endedBy(signal, work, graceMs = 0) {
  const ended = Promise.withResolvers();
  let timer;
  const end = () => {
    if (graceMs === 0) ended.reject(signal.reason);
    else timer = setTimeout(() => ended.reject(signal.reason), graceMs);
  };
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

// src/cluster/connection/url.ts
function withoutBrackets(hostname) {
  return hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
}
function portOf(url) {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
function urlBelow(server, path) {
  const url = new URL(server.origin);
  const [pathname = "", ...query] = path.split("?");
  url.pathname = server.pathname.replace(/\/+$/, "") + pathname;
  url.search = query.join("?");
  return url;
}

// src/cluster/connection/proxy-bypass.ts
function goesDirect(server, noProxy) {
  const host = withoutBrackets(server.hostname);
  if (host === "localhost") return true;
  const isAddress = ipVersion(host) !== 0;
  if (isAddress && (inRange(host, "127.0.0.0", 8) || inRange(host, "::1", 128))) return true;
  const port = String(portOf(server));
  return noProxy.split(",").some((entry2) => {
    const rule = parseRule(entry2.trim().toLowerCase());
    if (rule === void 0) return false;
    switch (rule.kind) {
      case "everything":
        return true;
      case "range":
        return isAddress && (rule.port === "" || rule.port === port) && inRange(host, rule.address, rule.bits);
      case "domain":
        return !isAddress && (rule.port === "" || rule.port === port) && inDomain(host, rule);
      default:
        return assertNever(rule);
    }
  });
}
function inDomain(host, { suffix, itself }) {
  return host.endsWith(suffix) || itself && host === suffix.slice(1);
}
function parseRule(text2) {
  if (text2 === "*") return { kind: "everything" };
  const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text2) ?? [];
  if (address !== void 0 && ipVersion(address) !== 0 && Number(bits) <= bitsOf(address)) {
    return { kind: "range", address, bits: Number(bits), port: "" };
  }
  const { host, port } = splitPort(text2);
  if (host === "") return void 0;
  if (ipVersion(host) !== 0) return { kind: "range", address: host, bits: bitsOf(host), port };
  const domain = asciiName(host.startsWith("*.") ? host.slice(1) : host);
  const itself = !domain.startsWith(".");
  return { kind: "domain", suffix: itself ? `.${domain}` : domain, itself, port };
}
function splitPort(text2) {
  const [, bracketed, plain, port = ""] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text2) ?? [];
  return { host: bracketed ?? plain ?? text2, port };
}
function inRange(host, address, bits) {
  const { BlockList } = process.getBuiltinModule("node:net");
  if (isIPv4(host, 128) !== isIPv4(address, bits)) return false;
  const range = new BlockList();
  range.addSubnet(address, bits, ipVersion(address) === 6 ? "ipv6" : "ipv4");
  return range.check(host, ipVersion(host) === 6 ? "ipv6" : "ipv4");
}
function isIPv4(address, bits) {
  if (ipVersion(address) === 4) return true;
  return bits >= 96 && new URL(`http://[${address}]`).hostname.startsWith("[::ffff:");
}
function ipVersion(host) {
  return host.includes("%") ? 0 : process.getBuiltinModule("node:net").isIP(host);
}
function bitsOf(address) {
  return ipVersion(address) === 6 ? 128 : 32;
}
function asciiName(domain) {
  const bare = domain.replace(/^\./, "");
  const dot = domain.slice(0, domain.length - bare.length);
  if (/^[\0-\x7f]*$/.test(bare)) return domain;
  return dot + (process.getBuiltinModule("node:url").domainToASCII(bare) || bare);
}

// src/cluster/connection/proxy-choice.ts
var SOCKS_LONGEST = 255;
var DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 };
function chooseProxy(server, proxyUrl, variables) {
  if (proxyUrl !== void 0 && proxyUrl !== "") return parseProxyUrl(proxyUrl, "proxy-url");
  const names = server.protocol === "https:" ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"];
  const name = names.find((candidate) => (variables[candidate] ?? "") !== "");
  const value = name === void 0 ? void 0 : variables[name];
  if (name === void 0 || value === void 0) return void 0;
  const noProxy = variables["NO_PROXY"] || variables["no_proxy"] || "";
  if (goesDirect(server, noProxy)) return void 0;
  return parseProxyUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`, name);
}
function parseProxyUrl(text2, from) {
  const invalid = (came) => failWith({ kind: "proxy-invalid", from, came });
  let url;
  try {
    url = new URL(text2);
  } catch {
    throw invalid("it is not a URL");
  }
  const kind = proxyKind(url.protocol);
  if (kind === void 0) throw invalid(`its scheme is ${url.protocol.slice(0, -1)}, not http, https or socks5`);
  if (url.hostname === "") throw invalid("it names no host");
  const port = url.port === "" ? DEFAULT_PORTS[kind] : Number(url.port);
  if (port === 0) throw invalid("its port is 0");
  let username;
  let password;
  try {
    username = decodeURIComponent(url.username);
    password = decodeURIComponent(url.password);
  } catch {
    throw invalid("its user or password holds a % that encodes nothing (write it as %25)");
  }
  if (kind === "socks5" && [username, password].some((text3) => Buffer.byteLength(text3) > SOCKS_LONGEST)) {
    throw invalid(`its user or password is longer than ${SOCKS_LONGEST} bytes`);
  }
  return {
    kind,
    host: withoutBrackets(url.hostname),
    port,
    ...username === "" && password === "" ? {} : { username, password },
    shown: `${kind}://${url.hostname}:${port}`
  };
}
function proxyKind(protocol) {
  switch (protocol) {
    case "http:":
      return "http";
    case "https:":
      return "https";
    case "socks5:":
    case "socks5h:":
      return "socks5";
    default:
      return void 0;
  }
}

// src/cluster/connection/tls-roots.ts
function machineRoots() {
  const { getCACertificates } = process.getBuiltinModule("node:tls");
  return [.../* @__PURE__ */ new Set([...getCACertificates("default"), ...getCACertificates("system")])];
}

// src/cluster/connection/proxy-tunnel.ts
function proxyAuthorization(proxy) {
  if (proxy.username === void 0) return void 0;
  return `Basic ${Buffer.from(`${proxy.username}:${proxy.password ?? ""}`).toString("base64")}`;
}
function proxyConnectOptions(proxy, tls) {
  if (proxy.kind !== "https") return { host: proxy.host, port: proxy.port };
  const { isIP } = process.getBuiltinModule("node:net");
  return {
    host: proxy.host,
    port: proxy.port,
    servername: isIP(proxy.host) === 0 ? proxy.host : "",
    minVersion: "TLSv1.2",
    rejectUnauthorized: !tls.insecureSkipTlsVerify,
    // kubectl verifies the proxy with the cluster's authority; a proxy that the machine itself trusts will do here as well.
    ca: [...machineRoots(), ...tls.certificateAuthority === void 0 ? [] : [tls.certificateAuthority]]
  };
}
async function openTunnel(proxy, host, port, tls, progress) {
  progress.phase = "proxy-connect";
  return proxy.kind === "socks5" ? await openSocksTunnel(proxy, host, port, progress) : await openHttpTunnel(proxy, host, port, tls, progress);
}
function openHttpTunnel(proxy, host, port, tls, progress) {
  const client = process.getBuiltinModule(proxy.kind === "https" ? "node:https" : "node:http");
  const authority = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const { promise, resolve, reject } = Promise.withResolvers();
  const request = client.request({
    ...proxyConnectOptions(proxy, tls),
    method: "CONNECT",
    path: authority,
    agent: false,
    headers: {
      host: authority,
      "user-agent": "kube-api-gate",
      ...authorization === void 0 ? {} : { "proxy-authorization": authorization }
    }
  });
  const end = () => {
    request.destroy();
    reject(progress.signal.reason);
  };
  progress.signal.addEventListener("abort", end, { once: true });
  request.on("socket", (socket) => {
    socket.once(proxy.kind === "https" ? "secureConnect" : "connect", () => {
      progress.phase = "proxy-answer";
    });
  });
  request.on("connect", (answer, socket, head) => {
    if (answer.statusCode !== 200) {
      socket.destroy();
      reject(refusedBy(answer, authorization !== void 0));
      return;
    }
    socket.on("error", () => void 0);
    if (head.length > 0) socket.unshift(head);
    resolve(socket);
  });
  request.on("response", (answer) => {
    answer.destroy();
    reject(refusedBy(answer, authorization !== void 0));
  });
  request.on("error", (error2) => reject(brokenProxy(error2, progress)));
  request.on("close", () => reject(brokenProxy(new Error("it closed the connection"), progress)));
  request.end();
  return promise.finally(() => progress.signal.removeEventListener("abort", end));
}
function refusedBy(answer, sent) {
  if (answer.statusCode === 407) return failWith({ kind: "proxy-authentication", sent });
  return failWith({
    kind: "proxy-refused",
    came: `it answered ${answer.statusCode} ${answer.statusMessage ?? ""}`.trim()
  });
}
function brokenProxy(error2, progress) {
  const came = error2.message === "" && "code" in error2 ? String(error2.code) : error2.message;
  return progress.phase === "proxy-connect" ? failWith({ kind: "proxy-unreachable", came }) : failWith({ kind: "proxy-failed", came });
}
async function openSocksTunnel(proxy, host, port, progress) {
  if (host.length > SOCKS_LONGEST) throw failWith({ kind: "name-not-found", host, came: "it is too long" });
  const { SocksClient } = await import("./socks.js");
  const net = process.getBuiltinModule("node:net");
  const socket = net.connect({ host: proxy.host, port: proxy.port });
  const end = () => socket.destroy();
  progress.signal.addEventListener("abort", end, { once: true });
  try {
    await connected(socket, progress);
    progress.phase = "proxy-answer";
    await SocksClient.createConnection({
      command: "connect",
      destination: { host, port },
      existing_socket: socket,
      // The library's own time limit must not come before the deadline, which ends the socket.
      timeout: LONGER_THAN_ANY_DEADLINE_MS,
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: 5,
        ...proxy.username === void 0 ? {} : { userId: proxy.username, password: proxy.password ?? "" }
      }
    });
    return socket;
  } catch (error2) {
    socket.destroy();
    if (progress.signal.aborted) throw progress.signal.reason;
    throw socksFailure(error2 instanceof Error ? error2 : new Error(String(error2)), proxy, progress);
  } finally {
    progress.signal.removeEventListener("abort", end);
  }
}
var LONGER_THAN_ANY_DEADLINE_MS = 2 ** 31 - 1;
function connected(socket, progress) {
  const { promise, resolve, reject } = Promise.withResolvers();
  socket.once("connect", resolve);
  socket.on("error", reject);
  socket.once(
    "close",
    () => reject(progress.signal.aborted ? progress.signal.reason : new Error("it closed the connection"))
  );
  return promise;
}
function socksFailure(error2, proxy, progress) {
  const came = error2.message;
  if (/authentication/i.test(came)) {
    return failWith({ kind: "proxy-authentication", sent: proxy.username !== void 0 });
  }
  if (/rejected connection/i.test(came)) return failWith({ kind: "proxy-refused", came });
  return brokenProxy(error2, progress);
}

// src/cluster/connection/exchange.ts
var MAX_HEADER_BYTES = 256 * 1024;
var REDIRECTS = /* @__PURE__ */ new Set([301, 302, 303, 307, 308]);
async function exchange(options) {
  const { client, agent, url, proxy, progress } = options;
  const secure = url.protocol === "https:";
  const plainByProxy = !secure && (proxy?.kind === "http" || proxy?.kind === "https");
  const authorization = plainByProxy ? proxyAuthorization(proxy) : void 0;
  const requestOptions = {
    method: "GET",
    host: withoutBrackets(url.hostname),
    port: portOf(url),
    path: plainByProxy ? url.href : url.pathname + url.search,
    headers: {
      ...options.headers,
      ...authorization === void 0 ? {} : { "proxy-authorization": authorization }
    },
    agent,
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
    progress
  };
  let sent;
  let ownError;
  const closed = Promise.withResolvers();
  closed.promise.catch(() => void 0);
  const protocol = process.getBuiltinModule(secure ? "node:https" : "node:http");
  const watched = {
    request(given, onAnswer) {
      const made = protocol.request(given, onAnswer);
      sent = made;
      if (options.onSent !== void 0) setImmediate(options.onSent);
      made.on("socket", () => {
        progress.phase = "answer";
        progress.reusedSocket = made.reusedSocket;
      });
      made.on("error", (error2) => {
        ownError ??= error2;
      });
      made.once(
        "close",
        () => closed.reject(ownError ?? Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }))
      );
      return made;
    }
  };
  let complete = false;
  try {
    const info = { options: requestOptions, parsedUrl: url, httpModule: watched };
    const answered = Promise.race([client.requestRaw(info, null), closed.promise]);
    const { message } = await endedBy(progress.signal, answered);
    const status = message.statusCode ?? 0;
    if (REDIRECTS.has(status)) throw redirected(status, message.headers.location, url);
    progress.phase = "body";
    const body = await readBody(message, { signal: progress.signal, space: options.space });
    complete = true;
    return { status, headers: message.headers, body };
  } catch (error2) {
    throw progress.phase === "body" && isParserError(ownError) ? ownError : error2;
  } finally {
    if (!complete) sent?.destroy();
  }
}
function isParserError(error2) {
  return typeof error2?.code === "string" && error2.code.startsWith("HPE_");
}
function redirected(status, header, asked) {
  const destination = header !== void 0 && URL.canParse(header, asked.href) ? new URL(header, asked) : void 0;
  return failWith({
    kind: "redirected",
    status,
    // Neither query nor user: login pages carry tokens in them.
    location: destination === void 0 ? "nowhere" : `${destination.protocol}//${destination.host}${destination.pathname}`,
    sameHost: destination?.hostname === asked.hostname
  });
}

// src/cluster/connection/retry-after.ts
var MAX_SECONDS = 1e9;
var HTTP_DATE = /^(?:(?:mon|tue|wed|thu|fri|sat|sun), \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt|(?:mon|tues|wednes|thurs|fri|satur|sun)day, \d{2}-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} gmt)$/i;
var ASCTIME = /^(?:mon|tue|wed|thu|fri|sat|sun) [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/i;
function parseRetryAfter(header, now) {
  const text2 = header?.trim() ?? "";
  if (/^\d+$/.test(text2)) return Math.min(Number(text2), MAX_SECONDS) * 1e3;
  const date = HTTP_DATE.test(text2) ? Date.parse(text2) : ASCTIME.test(text2) ? Date.parse(`${text2} GMT`) : Number.NaN;
  if (Number.isNaN(date)) return void 0;
  return Math.min(Math.max(0, date - now), MAX_SECONDS * 1e3);
}

// src/cluster/connection/retry-policy.ts
var MAX_RETRIES = 10;
var MAX_UNTOLD_RETRIES = 2;
var FIRST_PAUSE_MS = 200;
var LONGEST_PAUSE_MS = 5e3;
var MOST_ADDED_MS = 1e3;
function pauseAfterAnswer(answer, retries, clock) {
  if (retries >= MAX_RETRIES) return void 0;
  if (answer.status !== 429 && answer.status < 500) return void 0;
  const asked = parseRetryAfter(answer.headers["retry-after"], clock.now()) ?? retryAfterSeconds(answer.body);
  if (asked !== void 0) return asked + clock.random() * Math.min(asked / 5, MOST_ADDED_MS);
  if (retries >= MAX_UNTOLD_RETRIES || ![429, 502, 503, 504].includes(answer.status)) return void 0;
  if (answer.status === 503 && answer.body.trim() === "service unavailable") return void 0;
  return backOff(retries, clock);
}
function pauseAfterFailure(failure, reusedSocket, retries, clock) {
  if (retries >= MAX_RETRIES) return void 0;
  switch (failure.kind) {
    case "connection-reset":
      return reusedSocket ? 0 : backOff(retries, clock);
    case "answer-truncated":
    case "proxy-failed":
      return backOff(retries, clock);
    default:
      return void 0;
  }
}
function backOff(retries, clock) {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** retries, LONGEST_PAUSE_MS);
  return longest / 2 + clock.random() * (longest / 2);
}
function retryAfterSeconds(body) {
  if (!body.includes('"retryAfterSeconds"')) return void 0;
  try {
    const status = JSON.parse(body);
    const details = typeof status === "object" && status !== null && "details" in status ? status.details : void 0;
    const seconds = typeof details === "object" && details !== null && "retryAfterSeconds" in details ? details.retryAfterSeconds : void 0;
    return typeof seconds === "number" && seconds > 0 ? parseRetryAfter(String(Math.ceil(seconds)), 0) : void 0;
  } catch {
    return void 0;
  }
}

// src/cluster/connection/tls-agent.ts
var ADDRESS_ATTEMPT_MS = 1e3;
function openAgent(options) {
  const pool = {
    keepAlive: true,
    maxSockets: options.maxSockets,
    maxFreeSockets: options.maxSockets,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS
  };
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  const agent = options.secure ? new https.Agent({ ...pool, ...tlsOptions(options) }) : new http.Agent(pool);
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (given, handed) => {
    const args = given;
    establish(args).then(
      (socket) => handed?.(null, socket),
      // Node's types want a socket even with an error.
      (error2) => handed?.(error2, void 0)
    );
    return void 0;
  };
  return agent;
  async function establish(args) {
    const { progress } = args;
    const { proxy } = options;
    const viaTunnel = proxy !== void 0 && (options.secure || proxy.kind === "socks5");
    if (viaTunnel) {
      const tunnel = await openTunnel(proxy, String(args.host), Number(args.port), options, progress);
      if (!options.secure) return tunnel;
      progress.phase = "tls";
      return await ready(connect({ ...args, socket: tunnel }), "secureConnect", progress);
    }
    if (proxy !== void 0) {
      progress.phase = "proxy-connect";
      const { net, tls } = { net: process.getBuiltinModule("node:net"), tls: process.getBuiltinModule("node:tls") };
      const to = proxyConnectOptions(proxy, options);
      return proxy.kind === "https" ? await ready(tls.connect(to), "secureConnect", progress) : await ready(net.connect(to), "connect", progress);
    }
    progress.phase = process.getBuiltinModule("node:net").isIP(String(args.host)) === 0 ? "name" : "connect";
    return await ready(connect(args), options.secure ? "secureConnect" : "connect", progress);
  }
}
function tlsOptions(options) {
  return {
    // Made once: read from PEM again for each connection, the system's roots alone would cost 24 ms.
    secureContext: secureContext(options),
    ALPNProtocols: ["http/1.1"],
    // Said even when it is the default: NODE_TLS_REJECT_UNAUTHORIZED in a job's environment would turn it off.
    rejectUnauthorized: !options.insecureSkipTlsVerify,
    ...serverName(options.tlsServerName)
  };
}
function secureContext(options) {
  const { createSecureContext } = process.getBuiltinModule("node:tls");
  const ca = options.certificateAuthority ?? (options.systemRoots ? machineRoots() : void 0);
  const trusted = { minVersion: "TLSv1.2", ...ca === void 0 ? {} : { ca } };
  if (options.certificate === void 0) return createSecureContext(trusted);
  try {
    return createSecureContext({ ...trusted, ...options.certificate });
  } catch (error2) {
    throw failWith({ kind: "client-certificate-invalid", came: reasonOf2(error2) });
  }
}
function serverName(name) {
  const { isIP } = process.getBuiltinModule("node:net");
  const { checkServerIdentity } = process.getBuiltinModule("node:tls");
  if (name === void 0 || name === "") return {};
  if (isIP(name) === 0) return { servername: name };
  return { servername: "", checkServerIdentity: (_host, shown2) => checkServerIdentity(name, shown2) };
}
function reasonOf2(error2) {
  const message = error2 instanceof Error ? error2.message : String(error2);
  return /^error:[0-9A-F]+:.*:([^:]+)$/i.exec(message)?.[1] ?? message;
}
function ready(socket, event, progress) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const end = () => {
    socket.destroy();
    reject(progress.signal.reason);
  };
  if (progress.signal.aborted) end();
  progress.signal.addEventListener("abort", end, { once: true });
  socket.once("lookup", (error2) => {
    if (error2 === null && progress.phase === "name") progress.phase = "connect";
  });
  socket.once("connect", () => {
    if (event === "secureConnect" && progress.phase !== "proxy-connect") progress.phase = "tls";
  });
  if (event === "secureConnect") {
    socket.prependOnceListener("secure", () => {
      progress.certificate = socket.getPeerCertificate();
    });
  }
  socket.once(event, () => resolve(socket));
  socket.on("error", reject);
  socket.once("close", () => reject(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })));
  return promise.finally(() => progress.signal.removeEventListener("abort", end));
}

// src/cluster/connection/turns.ts
function takeTurns(places) {
  let free = places;
  const waiting = /* @__PURE__ */ new Set();
  function leave() {
    const [next] = waiting;
    if (next === void 0) free += 1;
    else next();
  }
  async function enter(signal) {
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers();
    const end = () => {
      waiting.delete(called);
      reject(signal.reason);
    };
    const called = () => {
      waiting.delete(called);
      signal.removeEventListener("abort", end);
      resolve();
    };
    waiting.add(called);
    signal.addEventListener("abort", end, { once: true });
    await promise;
  }
  return {
    async take(signal, work) {
      signal.throwIfAborted();
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    }
  };
}

// src/cluster/connection/connection.ts
var MAX_SOCKETS = 16;
var UNMISTAKABLE = 16;
var loadWords = () => import("./failure-message.js");
function openConnection(options) {
  const { server, clock, log } = options;
  const openedAt = clock.now();
  const secure = server.protocol === "https:";
  const turns = takeTurns(MAX_SOCKETS);
  const space = { heldBytes: 0 };
  const agents = /* @__PURE__ */ new Map();
  let refreshing;
  let replacement;
  let systemRoots = false;
  let client;
  let proxy;
  return { get, close };
  async function get(request) {
    const url = urlBelow(server, request.path);
    const limit = limitTo(options.timeoutMs, options.signal);
    const progress = { phase: "turn", signal: limit.signal };
    try {
      const answer = await turns.take(limit.signal, () => getInTurn(request, url, progress, limit.leftMs));
      return withoutSecrets(answer);
    } catch (thrown) {
      if (thrown instanceof GateError && !isTimeout(thrown)) throw thrown;
      const failure = await failureOf(thrown, url, progress, void 0);
      if (failure === void 0) throw thrown;
      throw await errorOf2(failure, url, 0, thrown);
    } finally {
      limit.end();
    }
  }
  async function getInTurn(request, url, progress, leftMs) {
    for (let retries = 0; ; retries += 1) {
      let ending = await tryOnce(request, url, progress);
      if (mayBeOfTheSystem(ending)) ending = await tryOnce(request, url, progress);
      if (ending.kind === "answer" && ending.answer.status === 401 && await refresh(ending.credential, progress)) {
        log.debug(`GET ${url.href}: 401, asked again with new credentials`);
        ending = await tryOnce(request, url, progress);
      }
      const pauseMs = ending.kind === "answer" ? pauseAfterAnswer(ending.answer, retries, clock) : pauseAfterFailure(ending.failure, ending.reusedSocket, retries, clock);
      if (pauseMs === void 0 || pauseMs >= leftMs()) return await settle(ending, url, retries + 1);
      const why = ending.kind === "answer" ? `the server answered ${ending.answer.status}` : (await loadWords()).failureInShort(ending.failure);
      log.line(`GET ${url.href}: ${why}; asking again in ${formatDuration(pauseMs)} (retry ${retries + 1})`);
      try {
        await clock.sleep(pauseMs, progress.signal);
      } catch (error2) {
        if (!progress.signal.aborted) throw error2;
        return await settle(ending, url, retries + 1);
      }
    }
  }
  function mayBeOfTheSystem(ending) {
    if (ending.kind !== "failure" || ending.failure.kind !== "certificate-unknown-authority") return false;
    if (options.certificateAuthority !== void 0 || ending.systemRoots) return false;
    if (!systemRoots) agents.clear();
    systemRoots = true;
    return true;
  }
  async function settle(ending, url, tries) {
    if (ending.kind === "answer") return ending.answer;
    throw await errorOf2(ending.failure, url, tries, ending.cause);
  }
  async function tryOnce(request, url, progress) {
    let credential = {};
    const withSystemRoots = systemRoots;
    delete progress.certificate;
    delete progress.reusedSocket;
    try {
      client ??= newClient();
      client.catch(() => void 0);
      progress.phase = "credentials";
      if (secure) credential = await endedBy(progress.signal, currentCredential(), OWN_WORDS_MS);
      const chosen = proxyOnce();
      const answer = await exchange({
        client: await endedBy(progress.signal, client),
        agent: agentFor(credential, chosen),
        url,
        headers: headersOf(request, credential),
        ...chosen === void 0 ? {} : { proxy: chosen },
        progress,
        space,
        ...options.onSent === void 0 ? {} : { onSent: options.onSent }
      });
      if (!secure && isComplaintOfTlsServer(answer)) {
        throw failWith({ kind: "needs-tls" });
      }
      return { kind: "answer", answer, credential };
    } catch (thrown) {
      if (thrown instanceof GateError && !isTimeout(thrown)) throw thrown;
      const failure = await failureOf(thrown, url, progress, credential);
      if (failure === void 0) throw thrown;
      const reusedSocket = progress.reusedSocket === true;
      return { kind: "failure", failure, cause: thrown, reusedSocket, systemRoots: withSystemRoots };
    }
  }
  async function failureOf(thrown, url, progress, credential) {
    const { phase, signal } = progress;
    if (signal.aborted) {
      return isTimeout(signal.reason) ? { kind: "timed-out", phase, elapsedMs: clock.now() - openedAt, timeoutMs: options.timeoutMs } : { kind: "cancelled", phase };
    }
    const now = clock.now();
    const { classify } = await import("./failure-class.js");
    return classify(thrown, {
      progress,
      url,
      ...options.tlsServerName === void 0 ? {} : { tlsServerName: options.tlsServerName },
      authorityGiven: options.certificateAuthority !== void 0,
      clientCertificateSent: credential?.certificate !== void 0,
      now
    });
  }
  async function currentCredential() {
    return replacement ?? await options.credentials.current(options.signal);
  }
  async function refresh(refused, progress) {
    const { credentials } = options;
    if (!secure || credentials.refresh === void 0 || refused === replacement) return false;
    progress.phase = "credentials";
    refreshing ??= credentials.refresh(options.signal);
    replacement = await endedBy(progress.signal, refreshing, OWN_WORDS_MS);
    return replacement !== void 0;
  }
  function headersOf(request, credential) {
    const headers = {
      accept: request.accept,
      "user-agent": "kube-api-gate"
    };
    if (!options.disableCompression) headers["accept-encoding"] = "gzip";
    if (request.ifNoneMatch !== void 0) headers["if-none-match"] = request.ifNoneMatch;
    for (const [name, value] of Object.entries(options.headers)) {
      headers[name] = typeof value === "string" ? value : [...value];
    }
    if (credential.authorization !== void 0) headers["authorization"] = credential.authorization;
    return headers;
  }
  function agentFor({ certificate }, chosen) {
    const key = certificate === void 0 ? "" : certificate.cert + certificate.key;
    let agent = agents.get(key);
    if (agent === void 0) {
      agent = openAgent({
        secure,
        insecureSkipTlsVerify: options.insecureSkipTlsVerify,
        systemRoots,
        maxSockets: MAX_SOCKETS,
        ...options.certificateAuthority === void 0 ? {} : { certificateAuthority: options.certificateAuthority },
        ...options.tlsServerName === void 0 ? {} : { tlsServerName: options.tlsServerName },
        ...certificate === void 0 ? {} : { certificate },
        ...chosen === void 0 ? {} : { proxy: chosen }
      });
      agents.set(key, agent);
    }
    return agent;
  }
  function proxyOnce() {
    if (proxy === void 0) {
      const chosen = chooseProxy(server, options.proxyUrl, options.environment.variables);
      for (const secret of chosen === void 0 ? [] : secretsOf(chosen)) options.secrets.mask(secret);
      proxy = { chosen };
      if (chosen !== void 0) log.debug(`${server.host} is reached through the proxy ${chosen.shown}`);
    }
    return proxy.chosen;
  }
  async function newClient() {
    const { HttpClient } = await import("./actions-http-client.js");
    return new HttpClient("kube-api-gate", void 0, {
      allowRedirects: false,
      allowRetries: false,
      // Its own limit must not come before the deadline, which knows what to say.
      socketTimeout: Math.min(options.timeoutMs + 6e4, LONGEST_TIMER_MS)
    });
  }
  function withoutSecrets({ status, headers, body }) {
    const { redact } = options.secrets;
    const { etag } = headers;
    const isJudged = status >= 200 && status < 300;
    return {
      status,
      contentType: redact(headers["content-type"] ?? ""),
      ...etag === void 0 ? {} : { etag: redact(etag) },
      body: status === 304 ? "" : redact(body, isJudged ? UNMISTAKABLE : void 0)
    };
  }
  function withoutSecret(failure) {
    return { ...failure, location: options.secrets.redact(failure.location) };
  }
  async function errorOf2(failure, url, tries, cause) {
    const chosen = proxy?.chosen;
    const asked = { url: url.href, tries, ...chosen === void 0 ? {} : { proxy: chosen.shown } };
    const { failureError } = await loadWords();
    return failureError(failure.kind === "redirected" ? withoutSecret(failure) : failure, asked, cause);
  }
  async function close() {
    for (const agent of agents.values()) agent.destroy();
    agents.clear();
  }
}
var OWN_WORDS_MS = 250;
var LONGEST_TIMER_MS = 2 ** 31 - 1;
function limitTo(timeoutMs, signal) {
  const own = new AbortController();
  const startedAt = process.uptime();
  const timer = setTimeout(
    () => own.abort(new DOMException("the timeout is over", "TimeoutError")),
    Math.min(timeoutMs, LONGEST_TIMER_MS)
  );
  return {
    signal: AbortSignal.any([signal, own.signal]),
    leftMs: () => timeoutMs - (process.uptime() - startedAt) * 1e3,
    end: () => clearTimeout(timer)
  };
}
function isTimeout(reason) {
  if (reason instanceof GateError) return reason.code === "timed-out";
  return reason instanceof Error && reason.name === "TimeoutError";
}
function secretsOf(proxy) {
  const { username, password } = proxy;
  if (password === void 0 || password === "") return [];
  const authorization = proxyAuthorization(proxy)?.slice("Basic ".length) ?? "";
  return [.../* @__PURE__ */ new Set([password, encodeURIComponent(password), authorization])].filter((text2) => text2 !== username);
}
function isComplaintOfTlsServer({ status, body }) {
  return status === 400 && /client sent an http request to an https server|plain http request was sent to https port/i.test(body);
}

// src/cluster/credentials/certificate.ts
function readAuthority(pem) {
  const { createHash, X509Certificate } = process.getBuiltinModule("node:crypto");
  const blocks = certificateBlocks(pem);
  const certificates = blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
  if (certificates.length === 0) return { kind: "bad", reason: nothingIn(pem, blocks.length) };
  const fingerprints = certificates.map(({ fingerprint256 }) => fingerprint256).sort();
  return {
    kind: "good",
    value: {
      pem: certificates.map((certificate) => certificate.toString()).join(""),
      digest: createHash("sha256").update(fingerprints.join("\n")).digest("hex")
    }
  };
}
function readClientCertificate(certPem, keyPem) {
  const { createPrivateKey, X509Certificate } = process.getBuiltinModule("node:crypto");
  const blocks = certificateBlocks(certPem);
  const [leafBlock] = blocks;
  if (leafBlock === void 0) return { kind: "bad", reason: `the certificate ${nothingIn(certPem, 0)}` };
  let leaf;
  try {
    leaf = new X509Certificate(leafBlock);
  } catch {
    return { kind: "bad", reason: "the certificate does not parse" };
  }
  const keyBlock = /-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z0-9]+ )?PRIVATE KEY-----/.exec(
    keyPem
  )?.[0];
  if (keyBlock === void 0) return { kind: "bad", reason: `the key ${noKeyIn(keyPem)}` };
  if (/ENCRYPTED/.test(keyBlock)) return { kind: "bad", reason: "the key is encrypted" };
  try {
    const key = createPrivateKey(keyBlock);
    if (!leaf.checkPrivateKey(key)) return { kind: "bad", reason: "the key does not belong to the certificate" };
  } catch {
    return { kind: "bad", reason: "the key does not parse" };
  }
  return {
    kind: "good",
    value: { cert: `${blocks.join("\n")}
`, key: `${keyBlock}
`, subject: leaf.subject.split("\n").join(", ") }
  };
}
function certificateBlocks(pem) {
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}
function nothingIn(pem, blocks) {
  if (pem.trim() === "") return "is empty";
  if (blocks > 0) return "holds no certificate that parses";
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem)) return "holds a private key and no certificate";
  return "holds no PEM certificate (`-----BEGIN CERTIFICATE-----`)";
}
function noKeyIn(pem) {
  if (pem.trim() === "") return "is empty";
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----/.test(pem)) return "is encrypted";
  return "holds no PEM private key";
}

// src/cluster/named-file.ts
var MOST_BYTES = 16 * 1024 * 1024;
function readTextFile(path, what) {
  return readSmallFile(path, what)?.toString("utf8");
}
function readSmallFile(path, what) {
  const { closeSync, fstatSync, openSync, readFileSync, constants } = process.getBuiltinModule("node:fs");
  let descriptor;
  try {
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error2) {
    const code = errorCode(error2);
    if (code === "ENOENT" || code === "ENAMETOOLONG") return void 0;
    throw unreadable(path, what, refusals[code ?? ""] ?? "it cannot be opened");
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw unreadable(path, what, "it is a folder");
    if (status.isCharacterDevice() && path === "/dev/null") return Buffer.alloc(0);
    if (!status.isFile()) throw unreadable(path, what, "it is not a regular file");
    if (status.size > MOST_BYTES) throw unreadable(path, what, `it has ${status.size} bytes, which no ${what} has`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
var refusals = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "a part of the path is not a folder",
  ELOOP: "its symbolic links run in a circle",
  ENXIO: "it is not a regular file"
};
function requireTextFile(path, what) {
  const text2 = readTextFile(path, what);
  if (text2 === void 0) throw unreadable(path, what, "there is no such file");
  return text2;
}
function unreadable(path, what, reason) {
  return new GateError("invalid-input", "file-unreadable", `Cannot read the ${what} ${path}: ${reason}`, {
    hint: "Check the path, and that an earlier step wrote the file on this runner. Relative paths in a kubeconfig start from the folder of that kubeconfig."
  });
}
function errorCode(error2) {
  return error2 instanceof Error && "code" in error2 && typeof error2.code === "string" ? error2.code : void 0;
}

// src/cluster/credentials/secret-name.ts
function isSecretName(name) {
  return /secret|token|passw|credential|private[_-]?key|api[_-]?key|access[_-]?key/i.test(name) && !/(?:^|[_-])(?:file|path|dir|url|uri|endpoint|id|name|type|cache|duration|ttl)$/i.test(name);
}
function secretArguments(args) {
  return args.flatMap((arg, index) => {
    const [, flag2, value] = /^--?([\w-]+)=(.+)$/s.exec(arg) ?? [];
    if (flag2 !== void 0 && value !== void 0) return isSecretName(flag2) ? [value] : [];
    const [, before] = /^--?([\w-]+)$/.exec(args[index - 1] ?? "") ?? [];
    return before !== void 0 && isSecretName(before) && !arg.startsWith("-") ? [arg] : [];
  });
}

// src/cluster/credentials/exec-identity.ts
function execIdentity({ command, args, env }) {
  const { basename } = process.getBuiltinModule("node:path");
  const { createHash } = process.getBuiltinModule("node:crypto");
  const stable = env.map(({ name, value }) => isSecretName(name) ? name : `${name}=${value}`);
  const digest = createHash("sha256").update(JSON.stringify([command, args, stable])).digest("hex");
  return `exec ${basename(command)} ${digest}`;
}

// src/cluster/credentials/header.ts
function isSendable(text2) {
  return !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text2);
}
function headerValue(text2) {
  return Buffer.from(text2, "utf8").toString("latin1");
}

// src/cluster/credentials/mask.ts
var SHORTEST_LINE = 8;
function maskSecret(secret, secrets) {
  const text2 = secret.trim();
  if (text2 === "") return;
  if (!/[\r\n]/.test(text2)) {
    secrets.mask(text2);
    return;
  }
  for (const line of text2.split(/[\r\n]+/)) {
    const part = line.trim();
    if (part.length >= SHORTEST_LINE && !part.startsWith("-----")) secrets.mask(part);
  }
}
function maskPrivateKey(pem, secrets) {
  maskSecret(pem, secrets);
  if (pem.trim() !== "") secrets.mask(Buffer.from(pem, "utf8").toString("base64"));
}

// src/cluster/credentials/credentials.ts
function credentialSource(user, server, world) {
  const { certificate } = user;
  const pair = certificate === void 0 ? {} : { certificate: { cert: certificate.cert, key: certificate.key } };
  const { signIn } = user;
  switch (signIn.kind) {
    case "anonymous":
      return constant(pair);
    case "token":
      return constant({ ...pair, authorization: `Bearer ${headerValue(signIn.token)}` });
    case "basic": {
      const encoded = Buffer.from(`${signIn.username}:${signIn.password}`, "utf8").toString("base64");
      maskSecret(encoded, world.secrets);
      return constant({ ...pair, authorization: `Basic ${encoded}` });
    }
    case "token-file":
      return tokenFile(signIn.path, signIn.fallback, pair, world);
    case "exec":
      return onDemand(async () => (await import("./exec-plugin.js")).execCredentials(signIn.config, server, world));
    case "oidc":
      return onDemand(async () => (await import("./oidc.js")).oidcCredentials(signIn.audience, world));
    default:
      return assertNever(signIn);
  }
}
function credentialIdentity({ name, signIn, certificate }) {
  const parts = [
    ...certificate === void 0 ? [] : [`certificate ${certificate.subject}`],
    ...signInIdentity(signIn, name)
  ];
  return parts.length === 0 ? "anonymous" : parts.join("; ");
}
function signInIdentity(signIn, name) {
  switch (signIn.kind) {
    case "anonymous":
      return [];
    case "token":
    case "token-file":
      return [name === "" ? "token" : `token of ${name}`];
    case "basic":
      return [`user name ${signIn.username}`];
    case "exec":
      return [execIdentity(signIn.config)];
    case "oidc":
      return [`oidc ${signIn.audience}`];
    default:
      return assertNever(signIn);
  }
}
function constant(credential) {
  return { current: async () => credential };
}
function onDemand(load) {
  let source;
  const loaded = () => {
    source ??= load();
    return source;
  };
  return {
    current: async (signal) => (await loaded()).current(signal),
    refresh: async (signal) => (await loaded()).refresh?.(signal)
  };
}
var TOKEN_FILE_MS = 5e4;
function tokenFile(path, fallback, pair, { clock, secrets }) {
  const credentialOf = (token) => ({ ...pair, authorization: `Bearer ${headerValue(token)}` });
  let credential = fallback === "" ? void 0 : credentialOf(fallback);
  let readAt = Number.NEGATIVE_INFINITY;
  const read2 = () => {
    readAt = clock.now();
    const answer = readToken(path, secrets);
    if (answer.kind === "token") {
      const fresh = credentialOf(answer.token);
      if (credential?.authorization !== fresh.authorization) credential = fresh;
    }
    if (credential !== void 0) return credential;
    throw answer.kind === "error" ? answer.error : new TypeError("a token was read and not kept");
  };
  return {
    current: async () => credential !== void 0 && clock.now() - readAt < TOKEN_FILE_MS ? credential : read2(),
    refresh: async () => {
      const before = credential;
      const after = read2();
      return after === before ? void 0 : after;
    }
  };
}
function readToken(path, secrets) {
  try {
    const token = requireTextFile(path, "token file").trim();
    maskSecret(token, secrets);
    if (token !== "" && isSendable(token)) return { kind: "token", token };
  } catch (error3) {
    if (error3 instanceof GateError) return { kind: "error", error: error3 };
    throw error3;
  }
  const error2 = new GateError("invalid-input", "token-file-empty", `The token file ${path} holds no token`, {
    hint: "Check the step that writes it."
  });
  return { kind: "error", error: error2 };
}

// src/cluster/credentials/impersonation.ts
var nobody = { user: "", uid: "", groups: [], extra: {} };
function impersonationHeaders({
  user,
  uid,
  groups,
  extra
}) {
  if (user === "") return {};
  const extras = Object.entries(extra).filter(([, values]) => values.length > 0);
  return {
    "Impersonate-User": headerValue(user),
    ...uid === "" ? {} : { "Impersonate-Uid": headerValue(uid) },
    ...groups.length === 0 ? {} : { "Impersonate-Group": groups.map(headerValue) },
    ...Object.fromEntries(
      extras.map(([key, values]) => [`Impersonate-Extra-${escapeKey(key)}`, values.map(headerValue)])
    )
  };
}
function escapeKey(key) {
  return [...Buffer.from(key, "utf8")].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
function impersonationIdentity({ user, uid, groups, extra }) {
  if (user === "") return "";
  const extras = Object.entries(extra).sort(([left], [right]) => left < right ? -1 : 1);
  return JSON.stringify({ user, uid, groups: [...groups].sort(), extra: extras });
}

// src/cluster/credentials/in-cluster.ts
var SERVICE_ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
function inClusterAccess(environment, log, folder = SERVICE_ACCOUNT_FOLDER) {
  const host = environment.variables["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = environment.variables["KUBERNETES_SERVICE_PORT"] ?? "";
  if (host === "" || port === "" || readTextFile(`${folder}/token`, "service account token") === void 0)
    return void 0;
  const configuredServer = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const server = URL.parse(configuredServer);
  if (server === null) return void 0;
  const authority = serviceAuthority(`${folder}/ca.crt`, log);
  const namespace = readTextFile(`${folder}/namespace`, "service account namespace")?.trim() ?? "";
  return {
    server: {
      server,
      configuredServer,
      ...authority === void 0 ? {} : { certificateAuthority: authority.pem },
      certificateAuthorityText: authority?.pem ?? "",
      certificateAuthorityDigest: authority?.digest ?? "system",
      insecureSkipTlsVerify: false,
      disableCompression: false,
      execConfig: null
    },
    user: {
      name: `service account in ${namespace || "this cluster"}`,
      signIn: { kind: "token-file", path: `${folder}/token`, fallback: "" },
      impersonate: nobody
    }
  };
}
function serviceAuthority(path, log) {
  const pem = readTextFile(path, "CA certificate of the service account");
  const checked = pem === void 0 ? { kind: "bad", reason: "is not there" } : readAuthority(pem);
  if (checked.kind === "good") return checked.value;
  log.line(
    `The CA certificate of the service account (${path}) ${checked.reason}; the machine's own roots are used in its place.`
  );
  return void 0;
}

// src/cluster/kubeconfig/cluster-entry.ts
function readCluster(entry2, secrets) {
  const name = `cluster \`${entry2.name}\``;
  maskProxyPassword(entry2.proxyUrl, secrets);
  const server = readServerUrl(entry2.server, `The ${name}`);
  const proxyFault = checkProxyUrl(entry2.proxyUrl, name);
  const authority = readClusterAuthority(entry2, name, server.kind === "good" && server.url.protocol === "https:");
  const faults = [
    ...server.kind === "bad" ? [server.fault] : [],
    ...proxyFault === void 0 ? [] : [proxyFault],
    ...authority.faults
  ];
  if (faults.length > 0 || server.kind === "bad") return { faults };
  return {
    access: {
      server: server.url,
      configuredServer: entry2.server,
      ...authority.pem === void 0 ? {} : { certificateAuthority: authority.pem },
      certificateAuthorityText: authority.text,
      certificateAuthorityDigest: authority.digest,
      insecureSkipTlsVerify: entry2.insecureSkipTlsVerify,
      ...entry2.tlsServerName === "" ? {} : { tlsServerName: entry2.tlsServerName },
      ...entry2.proxyUrl === "" ? {} : { proxyUrl: entry2.proxyUrl },
      disableCompression: entry2.disableCompression,
      execConfig: entry2.execConfig
    }
  };
}
function readServerUrl(text2, what) {
  const bad = (code, message, hint) => ({ kind: "bad", fault: { code, message, hint } });
  if (text2 === "") {
    return bad(
      "server-missing",
      `${what} has no server`,
      "Give the URL of the API server, for example https://k8s.example.com:6443."
    );
  }
  const shown2 = text2.includes("@") ? "" : ` \`${text2}\``;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text2)) {
    return bad(
      "server-without-scheme",
      `${what} has a server without a scheme${shown2 === "" ? "" : `:${shown2}`}`,
      `Write https:// before it.`
    );
  }
  const url = URL.parse(text2);
  if (url === null || url.hostname === "") {
    return bad(
      "server-not-a-url",
      `${what} has a server that is not a URL${shown2 === "" ? "" : `:${shown2}`}`,
      "It should look like https://k8s.example.com:6443."
    );
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return bad(
      "server-scheme",
      `${what} has a server with the scheme ${url.protocol.slice(0, -1)}`,
      "An API server is reached by https (or, without credentials, by http)."
    );
  }
  if (url.username !== "" || url.password !== "") {
    return bad(
      "server-with-password",
      `${what} has a server with a user name or a password in its URL`,
      "Put them into `username` and `password` of the user: URLs end up in logs."
    );
  }
  url.search = "";
  url.hash = "";
  return { kind: "good", url };
}
function checkProxyUrl(text2, name) {
  if (text2 === "") return void 0;
  const url = URL.parse(text2);
  const hint = "A proxy-url looks like http://proxy.example.com:3128; http, https and socks5 are known.";
  if (url === null) return { code: "proxy-url", message: `The proxy-url of the ${name} is not a URL`, hint };
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== "http" && scheme !== "https" && scheme !== "socks5") {
    return { code: "proxy-url", message: `The proxy-url of the ${name} has the scheme ${scheme}`, hint };
  }
  return url.hostname === "" ? { code: "proxy-url", message: `The proxy-url of the ${name} names no host`, hint } : void 0;
}
function maskProxyPassword(proxyUrl, secrets) {
  const password = URL.parse(proxyUrl)?.password ?? "";
  maskSecret(password, secrets);
  maskSecret(decoded(password), secrets);
}
function decoded(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}
function readClusterAuthority(entry2, name, tls) {
  const { certificateAuthority: file, certificateAuthorityData } = entry2;
  const nothing = { text: "", digest: entry2.insecureSkipTlsVerify ? "none" : "system", faults: [] };
  if (file !== "" && certificateAuthorityData !== "") {
    const fault2 = {
      code: "certificate-authority-twice",
      message: `The ${name} has both certificate-authority and certificate-authority-data`,
      hint: "Keep one of the two."
    };
    return { ...nothing, faults: [fault2] };
  }
  if (file === "" && certificateAuthorityData === "") return nothing;
  const pem = file === "" ? certificateAuthorityData : requireTextFile(file, `CA certificate of the ${name}`);
  if (!tls) return nothing;
  if (entry2.insecureSkipTlsVerify) {
    const fault2 = {
      code: "certificate-authority-and-insecure",
      message: `The ${name} has a CA and insecure-skip-tls-verify`,
      hint: "Remove insecure-skip-tls-verify: with the CA there is no need for it."
    };
    return { ...nothing, faults: [fault2] };
  }
  const checked = readAuthority(pem);
  if (checked.kind === "good") return { pem: checked.value.pem, text: pem, digest: checked.value.digest, faults: [] };
  const what = file === "" ? "certificate-authority-data" : `certificate-authority file ${file}`;
  const fault = {
    code: "certificate-authority-not-pem",
    message: `The ${what} of the ${name} ${checked.reason}`,
    hint: "The CA is one or more PEM certificates (in certificate-authority-data: in base64)."
  };
  return { ...nothing, faults: [fault] };
}

// src/cluster/kubeconfig/context.ts
function chooseContext(kubeconfig, wanted, source) {
  const name = wanted || kubeconfig.currentContext;
  const names = [...kubeconfig.contexts.keys()];
  if (name === "") {
    throw new GateError(
      "invalid-input",
      "context-not-chosen",
      `No context is chosen: ${source} has no current-context`,
      {
        hint: `Name one with the input \`context\`. ${listing("contexts", names)}`
      }
    );
  }
  const context = kubeconfig.contexts.get(name);
  if (context === void 0) {
    const origin = wanted ? "the input `context`" : "current-context";
    const message = `${source} has no context ${quoted(name)}, which ${origin} names`;
    const hint = listing("contexts", nearestFirst(name, names));
    throw new GateError("invalid-input", "context-unknown", message, {
      hint,
      ...wanted ? { problems: [{ place: { kind: "input", input: "context" }, message, hint }] } : {}
    });
  }
  const cluster = entry("cluster", context, context.cluster, kubeconfig.clusters);
  if (cluster === void 0) {
    throw new GateError("invalid-input", "context-without-cluster", `The context ${quoted(name)} names no cluster`, {
      hint: `Set it with \`kubectl config set-context ${name} --cluster=...\`. ${listing("clusters", [...kubeconfig.clusters.keys()])}`
    });
  }
  const user = entry("user", context, context.user, kubeconfig.users);
  return user === void 0 ? { context, cluster } : { context, cluster, user };
}
function entry(what, context, name, entries) {
  if (name === "") return void 0;
  const found = entries.get(name);
  if (found !== void 0) return found;
  const message = `The context ${quoted(context.name)} names the ${what} ${quoted(name)}, and there is none of that name`;
  const hint = listing(`${what}s`, nearestFirst(name, [...entries.keys()]));
  throw new GateError("invalid-input", `${what}-unknown`, message, {
    hint,
    problems: [{ place: context.origin.place, message, hint }]
  });
}
var MOST_LISTED = 10;
function listing(what, names) {
  if (names.length === 0) return `There are no ${what} in it.`;
  const more = names.length - MOST_LISTED;
  const shown2 = names.slice(0, MOST_LISTED).map(quoted).join(", ");
  return `The ${what} in it: ${shown2}${more > 0 ? ` and ${more} more` : ""}.`;
}
function quoted(name) {
  return `\`${name}\``;
}
function nearestFirst(name, names) {
  const distances = new Map(
    names.map((candidate) => [candidate, distance(name.toLowerCase(), candidate.toLowerCase())])
  );
  return [...names].sort((left, right) => (distances.get(left) ?? 0) - (distances.get(right) ?? 0));
}
function distance(left, right) {
  return editDistance(left, right, Math.max(left.length, right.length));
}

// src/cluster/kubeconfig/fault.ts
function accessOf(read2, place) {
  if ("access" in read2) return read2.access;
  throw faultsError(read2.faults, place);
}
function faultsError(faults, place) {
  const code = faults[0]?.code ?? "kubeconfig";
  return new GateError("invalid-input", code, faults.map(({ message }) => message).join("; "), {
    hint: [...new Set(faults.map(({ hint }) => hint))].join(" "),
    problems: faults.map(({ message, hint }) => ({ place, message, hint }))
  });
}

// src/cluster/kubeconfig/fields.ts
function fieldsOf(value, source, path) {
  if (value === null || value === void 0) return fieldsOf({}, source, path);
  if (!isObject2(value)) throw path === "" ? notKubeconfig(source, value) : wrongType2(source, path, "an object", value);
  const at = (key) => path === "" ? key : `${path}.${key}`;
  const read2 = (key) => Object.hasOwn(value, key) ? value[key] ?? void 0 : void 0;
  const list = (key) => asList(read2(key), source, at(key));
  return {
    text: (key) => asText(read2(key), source, at(key)),
    texts: (key) => list(key).map((item, index) => asText(item, source, `${at(key)}[${index}]`)),
    textLists: (key) => {
      const entry2 = read2(key) ?? {};
      if (!isObject2(entry2)) throw wrongType2(source, at(key), "an object", entry2);
      return Object.fromEntries(
        Object.entries(entry2).map(([name, items]) => {
          const where = `${at(key)}[${JSON.stringify(name)}]`;
          return [
            name,
            asList(items ?? [], source, where).map((item, index) => asText(item, source, `${where}[${index}]`))
          ];
        })
      );
    },
    flag: (key) => asFlag(read2(key), source, at(key)),
    base64: (key) => asBase64(asText(read2(key), source, at(key)), source, at(key)),
    child: (key) => fieldsOf(read2(key), source, at(key)),
    optionalChild: (key) => read2(key) === void 0 ? void 0 : fieldsOf(read2(key), source, at(key)),
    children: (key) => list(key).map((item, index) => fieldsOf(item, source, `${at(key)}[${index}]`)),
    unknown: read2,
    invalid: (key, problem) => invalidField(source, at(key), problem)
  };
}
function isObject2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function asText(value, source, path) {
  if (value === void 0 || value === null) return "";
  if (typeof value !== "string") throw wrongType2(source, path, "a string", value);
  return value;
}
function asList(value, source, path) {
  if (value === void 0) return [];
  if (!Array.isArray(value)) throw wrongType2(source, path, "a list", value);
  return value;
}
function asFlag(value, source, path) {
  if (value === void 0) return false;
  if (typeof value === "boolean") return value;
  throw wrongType2(source, path, "true or false", value);
}
function asBase64(value, source, path) {
  const text2 = value.replace(/[\r\n]/g, "");
  const whole = text2.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text2);
  if (whole) return Buffer.from(text2, "base64").toString("utf8");
  throw invalidField(source, path, "must be base64", value.includes("-----BEGIN") ? pemHint(path) : void 0);
}
function pemHint(path) {
  return `It holds PEM text as it is. Encode it with \`base64 -w0\`, or put it into a file and name that in \`${path.replace(/-data$/, "")}\`.`;
}
function wrongType2(source, path, wanted, value) {
  const hint = wanted === "a string" && (typeof value === "number" || typeof value === "boolean") ? "Put the value into quotes." : void 0;
  return invalidField(source, path, `must be ${wanted}, and is ${typeName(value)}`, hint);
}
function notKubeconfig(source, value) {
  const message = `${source} is no kubeconfig: it must be a YAML mapping, and is ${typeName(value)}`;
  return new GateError("invalid-input", "kubeconfig-field", message, {
    hint: "Check the step or the secret that it comes from; `kubectl config view --raw` prints a whole one."
  });
}
function typeName(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
function invalidField(source, path, problem, hint) {
  const message = path === "" ? `${source} ${problem}` : `${source}: ${path} ${problem}`;
  return new GateError("invalid-input", "kubeconfig-field", message, hint === void 0 ? {} : { hint });
}

// src/cluster/kubeconfig/kubeconfig.ts
var emptyKubeconfig = {
  clusters: /* @__PURE__ */ new Map(),
  users: /* @__PURE__ */ new Map(),
  contexts: /* @__PURE__ */ new Map(),
  currentContext: ""
};
function decodeKubeconfig(document, origin, resolve) {
  if (document === void 0 || document === null) return emptyKubeconfig;
  const fields = fieldsOf(document, sourceName(origin.place), "");
  requireConfig(Object.keys(document), fields, origin);
  return {
    clusters: byName(fields, "clusters", (name, entry2) => decodeCluster(name, entry2.child("cluster"), origin, resolve)),
    users: byName(fields, "users", (name, entry2) => decodeUser(name, entry2.child("user"), origin, resolve)),
    contexts: byName(fields, "contexts", (name, entry2) => decodeContext(name, entry2.child("context"), origin)),
    currentContext: fields.text("current-context")
  };
}
function sourceName(place) {
  return place.kind === "file" ? place.file : `The input \`${place.input}\``;
}
function requireConfig(keys, fields, origin) {
  const kind = textInAnyCase("kind", keys, fields);
  const apiVersion = textInAnyCase("apiVersion", keys, fields);
  if ((kind === "" || kind === "Config") && (apiVersion === "" || apiVersion === "v1")) return;
  const message = `${sourceName(origin.place)} is not a kubeconfig: it says it is something else than a \`v1\` \`Config\``;
  const hint = "A kubeconfig begins with `apiVersion: v1` and `kind: Config`; `kubectl config view --raw` prints one.";
  throw new GateError("invalid-input", "kubeconfig-kind", message, {
    hint,
    problems: [{ place: origin.place, message, hint }]
  });
}
function textInAnyCase(name, keys, fields) {
  const written = keys.filter((key) => key.toLowerCase() === name.toLowerCase() && fields.unknown(key) !== void 0);
  return written.sort().map((key) => fields.text(key)).at(-1) ?? "";
}
function byName(fields, list, decode) {
  const entries = /* @__PURE__ */ new Map();
  for (const item of fields.children(list)) {
    const name = item.text("name");
    if (entries.has(name)) throw item.invalid("name", "is the name of an earlier entry of the same list");
    entries.set(name, decode(name, item));
  }
  return entries;
}
function decodeCluster(name, cluster, origin, resolve) {
  const extension = cluster.children("extensions").find((item) => item.text("name") === EXEC_EXTENSION);
  return {
    name,
    origin,
    server: cluster.text("server"),
    tlsServerName: cluster.text("tls-server-name"),
    insecureSkipTlsVerify: cluster.flag("insecure-skip-tls-verify"),
    certificateAuthority: absolute(cluster.text("certificate-authority"), resolve),
    certificateAuthorityData: cluster.base64("certificate-authority-data"),
    proxyUrl: cluster.text("proxy-url"),
    disableCompression: cluster.flag("disable-compression"),
    execConfig: extension?.unknown("extension") ?? null
  };
}
var EXEC_EXTENSION = "client.authentication.k8s.io/exec";
function decodeUser(name, user, origin, resolve) {
  const authProvider = user.optionalChild("auth-provider");
  const exec = user.optionalChild("exec");
  return {
    name,
    origin,
    clientCertificate: absolute(user.text("client-certificate"), resolve),
    clientCertificateData: user.base64("client-certificate-data"),
    clientKey: absolute(user.text("client-key"), resolve),
    clientKeyData: user.base64("client-key-data"),
    token: user.text("token"),
    tokenFile: absolute(user.text("tokenFile"), resolve),
    username: user.text("username"),
    password: user.text("password"),
    impersonate: {
      user: user.text("as"),
      uid: user.text("as-uid"),
      groups: user.texts("as-groups"),
      extra: user.textLists("as-user-extra")
    },
    ...authProvider === void 0 ? {} : { authProvider: authProvider.text("name") },
    ...exec === void 0 ? {} : { exec: decodeExec(exec, resolve) }
  };
}
function decodeExec(exec, resolve) {
  const apiVersion = exec.text("apiVersion");
  const command = exec.text("command");
  return {
    apiVersion,
    // A bare name is looked up in PATH, so only what holds a separator is a path.
    command: /[/\\]/.test(command) ? absolute(command, resolve) : command,
    args: exec.texts("args"),
    env: exec.children("env").map((item) => ({ name: item.text("name"), value: item.text("value") })),
    installHint: exec.text("installHint"),
    provideClusterInfo: exec.flag("provideClusterInfo"),
    interactiveMode: exec.text("interactiveMode") || defaultInteractiveMode(apiVersion)
  };
}
function defaultInteractiveMode(apiVersion) {
  return apiVersion === "client.authentication.k8s.io/v1beta1" ? "IfAvailable" : "";
}
function decodeContext(name, context, origin) {
  return { name, origin, cluster: context.text("cluster"), user: context.text("user") };
}
function absolute(path, resolve) {
  return path === "" ? "" : resolve(path);
}

// src/model/place.ts
function formatPlace(place) {
  const parts = place.kind === "input" ? [place.input, place.line] : [place.file, place.line, place.column];
  return parts.filter((part) => part !== void 0).join(":");
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
function isByteOrderMark(bytes, at) {
  return bytes[at] === 239 && bytes[at + 1] === 187 && bytes[at + 2] === 191;
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
function fieldsOf2(node) {
  const mapping = dereference(node);
  if (mapping.kind !== "mapping") return [];
  const found = /* @__PURE__ */ new Map();
  collectFields(mapping, found);
  return [...found.values()];
}
function collectFields(node, found) {
  const source = dereference(node);
  if (source.kind === "sequence") for (const item of source.items.toReversed()) collectFields(item, found);
  if (source.kind !== "mapping") return;
  for (const field of source.fields) {
    if (field.merges) collectFields(field.value, found);
    else found.set(field.name, field);
  }
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
function yamlNumber(text2) {
  if (!/^[-+.0-9]/.test(text2)) return void 0;
  const digits = text2.startsWith(".") ? text2 : text2.replaceAll("_", "");
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
function sentJsonNumber(text2) {
  if (/^-?[0-9]+$/.test(text2)) {
    if (text2.length <= 15) return String(Number(text2) || 0);
    const value2 = BigInt(text2);
    if (value2 >= SMALLEST && value2 <= LARGEST_SIGNED) return String(value2);
  }
  const value = Number(text2);
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
  /** The same reason with the piece of text that is wrong. The message never holds one, because the text may be a secret. */
  quoting;
  constructor(at, message, quoting = message) {
    super(message);
    this.at = at;
    this.quoting = quoting;
  }
};

// src/yaml/json.ts
var NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/;
var NUMBER_BYTES = new Set(Buffer.from("+-.0123456789eE"));
var DEEPEST = 1e3;
var GO_SPACES = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
function beginsLikeJson(bytes) {
  return bytes.toString("utf8").replace(GO_SPACES, "").startsWith("{");
}
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
        return object2(wanted);
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
  function word(text2) {
    if (decodeSlice(bytes, at, at + text2.length) !== text2) throw unexpected();
    at += text2.length;
  }
  function number() {
    const start = at;
    while (NUMBER_BYTES.has(bytes[at] ?? 0)) at += 1;
    const match = NUMBER.exec(bytes.toString("latin1", start, at));
    at = start;
    if (match === null) throw unexpected();
    const text2 = sentJsonNumber(match[0]);
    if (text2 === void 0) throw new Unreadable(start, "this number is too large for JSON, and so for Kubernetes");
    at += match[0].length;
    return text2;
  }
  function string(wanted) {
    const start = at;
    let escaped = false;
    at += 1;
    for (; ; ) {
      const byte = bytes[at] ?? 0;
      if (byte === 34) break;
      if (byte < 32)
        throw at >= bytes.length ? unexpected() : new Unreadable(at, "a control character must be escaped in a string");
      if (byte === 92) {
        escaped = true;
        const letter = bytes[at + 1] ?? 0;
        if (letter === 117) {
          if (!/^[0-9a-fA-F]{4}$/.test(bytes.toString("latin1", at + 2, at + 6))) throw unexpected();
          at += 6;
        } else {
          if (!'"\\/bfnrt'.includes(String.fromCharCode(letter)))
            throw new Unreadable(at, "JSON does not know this escape");
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
  function object2(wanted) {
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
    if (depth > DEEPEST) throw new Unreadable(at, `the text is nested more than ${DEEPEST} levels deep`);
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
    return new Unreadable(at, at >= bytes.length ? "the text ends too early" : "this is not valid JSON");
  }
  skipSpace();
  if (at >= bytes.length) return void 0;
  return { root: value(wantedOfRoot), repeatedKeys: keys.repeated, end: at };
}

// src/yaml/line-counter.ts
var LF2 = 10;
function lineCounter(bytes) {
  const starts = [0];
  let searched = 0;
  let last = { at: 0, column: 1, lineStart: 0 };
  function search(until) {
    while (searched < until) {
      const found = bytes.indexOf(LF2, searched);
      searched = found < 0 || found >= until ? until : found + 1;
      if (found >= 0 && found < until) starts.push(searched);
    }
  }
  return (at) => {
    search(at);
    const line = lastNotAfter(starts, at);
    const lineStart = starts[line] ?? 0;
    const from = last.lineStart === lineStart && last.at <= at ? last : { at: lineStart, column: 1 };
    last = { at, column: from.column + countCharacters(bytes, from.at, at), lineStart };
    return { line: line + 1, column: last.column };
  };
}
function lastNotAfter(ascending, limit) {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
function countCharacters(bytes, start, end) {
  let count = 0;
  for (let at = start; at < end; at += 1) if (((bytes[at] ?? 0) & 192) !== 128) count += 1;
  return count;
}

// src/yaml/aliases.ts
var FEW = 4e5;
var MANY = 4e6;
function allowedShare(read2) {
  if (read2 <= FEW) return 0.99;
  if (read2 >= MANY) return 0.1;
  return 0.99 - 0.89 * ((read2 - FEW) / (MANY - FEW));
}
function refuseExcessiveAliases(root) {
  let read2 = 1;
  let readThroughAliases = 0;
  let depth = 0;
  const open = /* @__PURE__ */ new Set();
  let outermost = root;
  const visit = (node) => {
    read2 += 1;
    if (depth > 0) readThroughAliases += 1;
    if (readThroughAliases > 100 && read2 > 1e3 && readThroughAliases / read2 > allowedShare(read2)) {
      throw new Unreadable(outermost.at, "aliases expand this document out of proportion");
    }
    switch (node.kind) {
      case "alias":
        if (open.has(node)) throw new Unreadable(node.at, "the value of an anchor contains an alias of itself");
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
    throw notATag(at, source);
  }
}
function notATag(at, source) {
  return new Unreadable(at, "this is not a valid tag, which is what '!' begins", `${source} is not a valid tag`);
}
function fullTag(at, source, handles) {
  const verbatim = VERBATIM.exec(source)?.[1];
  if (verbatim !== void 0) return verbatim;
  if (source === "!") return "!";
  const withHandle = WITH_HANDLE.exec(source);
  const local = withHandle === null ? LOCAL.exec(source) : null;
  const handle = withHandle?.[1] ?? "!";
  const suffix = withHandle?.[2] ?? local?.[1];
  if (suffix === void 0) throw notATag(at, source);
  const prefix = handles.get(handle);
  if (prefix === void 0) {
    const message = "no %TAG directive defines the handle of this tag";
    throw new Unreadable(at, message, `no %TAG directive defines the handle ${handle} of ${source}`);
  }
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
      if (versions > 1) throw new Unreadable(at, "a document may have one %YAML directive only");
      if (Number(version[1]) !== 1 || Number(version[2]) !== 1)
        throw new Unreadable(at, "kubectl reads YAML 1.1; leave out the %YAML directive");
    } else if (tag?.[1] !== void 0 && tag[2] !== void 0) {
      if (handles.has(tag[1])) throw new Unreadable(at, "two %TAG directives define this handle");
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
    if (indents.length > DEEPEST2) throw new Unreadable(at, `the text is nested more than ${DEEPEST2} levels deep`);
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
        throw new Unreadable(at, "a tab is used as indentation; YAML indents with spaces only");
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
    if (flowLevel > DEEPEST2) throw new Unreadable(at, `the text is nested more than ${DEEPEST2} levels deep`);
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
        throw new Unreadable(at, "a tab is used as the indentation of a block of text");
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
    const quote2 = byteAt(bytes, at);
    let composed = false;
    at += 1;
    for (; ; ) {
      const byte = byteAt(bytes, at);
      if (byte === quote2) {
        if (style === Style.double || byteAt(bytes, at + 1) !== quote2) break;
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
            throw new Unreadable(at, "a tab is used as indentation; YAML indents with spaces only");
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
    if (next === void 0 || head === tail) throw new Unreadable(at, "the text ends too early");
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
    throw new Unreadable(
      at - 1,
      "YAML 1.1 does not know this escape; write '\\\\' for a backslash",
      `YAML 1.1 does not know the escape '\\${letter}'; write '\\\\' for a backslash`
    );
  const code = decodeAscii(bytes, at + 1, at + 1 + digits);
  if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) {
    throw new Unreadable(at - 1, `'\\${letter}' must be followed by ${digits} hexadecimal digits`);
  }
  const point = Number.parseInt(code, 16);
  if (point >= 55296 && point <= 57343 || point > 1114111) {
    throw new Unreadable(at - 1, "this escape is not a Unicode character");
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
  if (style === Style.literal || style === Style.folded) return blockText(decodeSlice(bytes, start, end), token.indent);
  const source = style === Style.plain ? decodeSlice(bytes, start, end) : decodeSlice(bytes, start + 1, end - 1);
  if (!token.composed) return source;
  if (style === Style.double) return doubleQuotedText(source);
  const text2 = foldedText(source);
  return style === Style.single ? text2.replaceAll("''", "'") : text2;
}
var GAP = /[ \t\r\n\u0085\u2028\u2029]/g;
var GAP_OR_ESCAPE = /[ \t\r\n\u0085\u2028\u2029\\]/g;
var LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
function nextMatch(pattern, source, from) {
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? source.length;
}
function foldedText(source) {
  let text2 = "";
  for (let at = 0; ; ) {
    const gap = nextMatch(GAP, source, at);
    text2 += source.slice(at, gap);
    if (gap === source.length) return text2;
    const folded = foldGap(source, gap, void 0);
    text2 += folded.text;
    at = folded.end;
  }
}
function doubleQuotedText(source) {
  let text2 = "";
  for (let at = 0; ; ) {
    const found = nextMatch(GAP_OR_ESCAPE, source, at);
    text2 += source.slice(at, found);
    if (found === source.length) return text2;
    if (source[found] !== "\\") {
      const folded = foldGap(source, found, void 0);
      text2 += folded.text;
      at = folded.end;
      continue;
    }
    const lineBreak = breakAt(source, found + 1);
    const part = lineBreak === 0 ? resolveEscape(source, found) : foldGap(source, found + 1 + lineBreak, "");
    text2 += part.text;
    at = part.end;
  }
}
function foldGap(source, from, leading) {
  let first = leading;
  let others = "";
  let at = from;
  for (; ; ) {
    while (source[at] === " " || source[at] === "	") at += 1;
    const length = breakAt(source, at);
    if (length === 0) break;
    const lineBreak = breakText(source, at);
    if (first === void 0) first = lineBreak;
    else others += lineBreak;
    at += length;
  }
  if (first === void 0) return { text: source.slice(from, at), end: at };
  return { text: first === "\n" ? others || " " : first + others, end: at };
}
function breakAt(source, at) {
  switch (source[at]) {
    case "\r":
      return source[at + 1] === "\n" ? 2 : 1;
    case "\n":
    case "\x85":
    case "\u2028":
    case "\u2029":
      return 1;
    default:
      return 0;
  }
}
function breakText(source, at) {
  const first = source[at] ?? "";
  return first === "\u2028" || first === "\u2029" ? first : "\n";
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
var HEXADECIMAL_DIGITS = { x: 2, u: 4, U: 8 };
function resolveEscape(source, at) {
  const letter = source[at + 1] ?? "";
  const digits = HEXADECIMAL_DIGITS[letter];
  if (digits === void 0) return { text: ESCAPES[letter] ?? letter, end: at + 2 };
  const end = at + 2 + digits;
  return { text: String.fromCodePoint(Number.parseInt(source.slice(at + 2, end), 16)), end };
}
function blockText(source, indent) {
  const headerEnd = nextMatch(LINE_BREAK, source, 0);
  const folds = source.startsWith(">");
  const indicators = source.slice(0, Math.min(3, headerEnd));
  let text2 = "";
  let lineBreak = "";
  let emptyLines = "";
  let wasIndented = false;
  for (let at = headerEnd; at < source.length; ) {
    const start = skipIndentation(source, at + breakAt(source, at), indent);
    const end = nextMatch(LINE_BREAK, source, start);
    if (end === start && start < source.length) {
      emptyLines += breakText(source, start);
    } else if (start < source.length) {
      const isIndented = source[start] === " " || source[start] === "	";
      if (folds && !wasIndented && !isIndented && lineBreak === "\n") text2 += emptyLines === "" ? " " : "";
      else text2 += lineBreak;
      text2 += emptyLines + source.slice(start, end);
      lineBreak = end < source.length ? breakText(source, end) : "";
      emptyLines = "";
      wasIndented = isIndented;
    }
    at = end;
  }
  if (indicators.includes("-")) return text2;
  return indicators.includes("+") ? text2 + lineBreak + emptyLines : text2 + lineBreak;
}
function skipIndentation(source, from, indent) {
  let at = from;
  while (at - from < indent && source[at] === " ") at += 1;
  return at;
}
var BOOLEANS = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON|([nN]|no|No|NO|false|False|FALSE|off|Off|OFF))$/;
var NULLS = /^(?:~|null|Null|NULL)?$/;
var NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
function plainType(text2) {
  if (NULLS.test(text2)) return "null";
  const first = text2.charAt(0);
  if (/[a-zA-Z]/.test(first)) return BOOLEANS.test(text2) ? "boolean" : "string";
  if (NOT_FINITE.test(text2)) return "not-finite";
  return yamlNumber(text2) ?? "string";
}
function isNotText(text2) {
  return plainType(text2) !== "string";
}
var CORE_TAG = "tag:yaml.org,2002:";
var BINARY = `${CORE_TAG}binary`;
var TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]| )[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?$/;
var BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
function scalarValue(at, text2, plain, tag, isKey) {
  if (tag === void 0) return plain ? typedNode(at, text2, plainType(text2), isKey) : { kind: "string", at, text: text2 };
  if (tag === BINARY) return { kind: "string", at, text: decodeBinary(at, text2), tag };
  return { ...typedNode(at, text2, taggedType(at, text2, tag), isKey), tag };
}
function typedNode(at, text2, type, isKey) {
  switch (type) {
    case "null":
      return { kind: "null", at };
    case "boolean":
      return { kind: "boolean", at, value: BOOLEANS.exec(text2)?.[1] === void 0 };
    case "not-finite":
      if (!isKey)
        throw new Unreadable(at, "JSON, and so Kubernetes, has no infinity and no NaN; put the value in quotes");
      return { kind: "number", at, text: text2.replace(/^\+/, "").toLowerCase() };
    case "string":
      return { kind: "string", at, text: text2 };
  }
  if (!isKey) return { kind: "number", at, text: sentNumber(type) };
  if (isUnsigned(type)) throw new Unreadable(at, "a key must not be a whole number this large; put it in quotes");
  return { kind: "number", at, text: keyNumber(type) };
}
function decodeBinary(at, text2) {
  const base64 = text2.replace(/[\r\n]/g, "");
  if (!BASE64.test(base64)) throw new Unreadable(at, "!!binary must be followed by base64");
  return Buffer.from(base64, "base64").toString("utf8");
}
var TYPE_TAGS = new Set(
  ["bool", "int", "float", "null", "timestamp"].map((name) => CORE_TAG + name)
);
function taggedType(at, text2, tag) {
  if (!TYPE_TAGS.has(tag)) return "string";
  const name = tag.slice(CORE_TAG.length);
  if (name === "timestamp" && TIMESTAMP.test(text2)) return "string";
  const type = plainType(text2);
  if (name === "null" && type === "null") return "null";
  if (name === "bool" && type === "boolean") return "boolean";
  if (typeof type !== "string") {
    if (name === "int" && type.kind === "integer") return type;
    if (name === "float" && !isUnsigned(type)) return { kind: "float", value: Number(type.value) };
  }
  if (name === "float" && type === "not-finite") return type;
  throw new Unreadable(at, `the value is not a valid !!${name}`, `${JSON.stringify(text2)} is not a valid !!${name}`);
}

// src/yaml/reader.ts
var ALIAS_FOUND = /* @__PURE__ */ Symbol("alias found");
var DEEPEST3 = 1e3;
var ITSELF = {};
function readYaml(bytes, wanted) {
  const forbidden2 = findForbiddenByte(bytes);
  if (forbidden2 >= 0) throw new Unreadable(forbidden2, "YAML forbids this control character");
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
    if (target === void 0) {
      const message = "an alias refers to an anchor that no value before it has";
      throw new Unreadable(start, message, `the alias *${name} has no anchor &${name} before it`);
    }
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
    const text2 = scalarText(bytes, token);
    scanner.skip();
    merges = text2 === "<<" && (tag === void 0 ? plain : tag === "!" || tag === "tag:yaml.org,2002:merge");
    return keep(anchor, scalarValue(at, text2, plain, tag, isKey));
  }
  function enter(at) {
    depth += 1;
    if (depth > DEEPEST3) throw new Unreadable(at, `the text is nested more than ${DEEPEST3} levels deep`);
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

// src/yaml/configuration.ts
function readConfiguration(content) {
  return read(content, wholeYaml);
}
function readJsonOrYaml(content) {
  return read(content, beginsLikeJson(content) ? wholeJson : wholeYaml);
}
function read(content, reader) {
  const text2 = decodeFile(content);
  const position = lineCounter(text2.bytes);
  try {
    const { root, repeatedKeys, rest } = reader(text2);
    return { kind: "document", root, repeatedKeys, rest, position };
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    return { kind: "unreadable", position: position(thrown.at), message: thrown.message, quoting: thrown.quoting };
  }
}
function wholeYaml({ bytes, mendedAt }) {
  if (mendedAt !== void 0) throw new Unreadable(mendedAt, "the text is not valid UTF-8");
  return readYaml(bytes, EVERYTHING);
}
function wholeJson({ bytes }) {
  const document = readJson(bytes, 0, EVERYTHING);
  if (document === void 0) return { root: void 0, repeatedKeys: [] };
  const more = readJson(bytes, document.end, {});
  if (more !== void 0) throw new Unreadable(document.end, "more text follows the JSON");
  return document;
}

// src/yaml/to-plain.ts
function toPlain(root) {
  const known = /* @__PURE__ */ new Map();
  const convert = (from) => {
    const node = dereference(from);
    switch (node.kind) {
      case "null":
        return null;
      case "boolean":
        return node.value;
      case "string":
        return node.text;
      case "number":
        return Number(node.text);
    }
    const before = known.get(node);
    if (before !== void 0) return before;
    const value = node.kind === "sequence" ? node.items.map(convert) : plainObject(node, convert);
    known.set(node, value);
    return value;
  };
  return convert(root);
}
function plainObject(node, convert) {
  const value = /* @__PURE__ */ Object.create(null);
  for (const field of fieldsOf2(node)) value[field.name] = convert(field.value);
  return value;
}

// src/cluster/kubeconfig/text.ts
function recogniseInput(text2) {
  if (isEncodedKubeconfig(text2)) {
    const place = { kind: "input", input: "kubeconfig" };
    const message = "The input `kubeconfig` is a kubeconfig in base64; a path or the YAML itself is needed";
    const hint = 'Store the kubeconfig in the secret as it is, or decode it in an earlier step (`base64 -d > "$RUNNER_TEMP/kubeconfig"`) and give that path.';
    throw new GateError("invalid-input", "kubeconfig-base64", message, { hint, problems: [{ place, message, hint }] });
  }
  return looksLikeContent(text2) ? { kind: "content", content: text2 } : { kind: "path", path: text2.trim() };
}
function looksLikeContent(text2) {
  const trimmed = text2.trim();
  return /[\r\n]/.test(trimmed) || /^(?:[{#]|---|%YAML)/.test(trimmed) || /^['"]?(?:apiVersion|kind|clusters|contexts|users|current-context|preferences)['"]?\s*:/.test(trimmed);
}
function isEncodedKubeconfig(text2) {
  const packed = text2.replace(/\s/g, "");
  if (packed.length < 40 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return false;
  return /\b(?:apiVersion|clusters|contexts|current-context)\b/.test(Buffer.from(packed, "base64").toString("utf8"));
}
function parseKubeconfig(content, place) {
  const read2 = readConfiguration(content);
  if (read2.kind === "unreadable") throw notYaml({ ...place, line: read2.position.line }, read2.message);
  return read2.root === void 0 ? void 0 : toPlain(read2.root);
}
function notYaml(place, reason) {
  const message = `${formatPlace(place)} is not YAML: ${reason}`;
  const hint = "Check that line breaks and indentation arrived as they were: `kubectl config view --raw` prints a whole kubeconfig.";
  return new GateError("invalid-input", "kubeconfig-yaml", message, { hint, problems: [{ place, message, hint }] });
}

// src/cluster/kubeconfig/load.ts
async function loadKubeconfig(input, environment) {
  if (input !== void 0 && input.trim() !== "") return await loadInput(input, environment);
  return await loadList(defaultFiles(environment), environment);
}
async function loadInput(input, environment) {
  const place = { kind: "input", input: "kubeconfig" };
  const recognised = recogniseInput(input);
  if (recognised.kind === "content") {
    const origin = { place, folder: environment.workingDirectory };
    const document = parseKubeconfig(Buffer.from(recognised.content), place);
    const kubeconfig2 = decodeKubeconfig(document, origin, pathResolver(origin.folder, environment));
    return { kubeconfig: kubeconfig2, explicit: true, sources: ["the input `kubeconfig`"], absent: [] };
  }
  const path = absolutePath(recognised.path, environment);
  const kubeconfig = await loadFile(path, environment);
  if (kubeconfig === void 0) throw missingInput(recognised.path, place);
  return { kubeconfig, explicit: true, sources: [path], absent: [] };
}
async function loadList(paths, environment) {
  const loaded = [];
  for (const path of paths) loaded.push({ path, kubeconfig: await loadFile(path, environment) });
  return {
    kubeconfig: loaded.reduceRight(
      (later, { kubeconfig }) => merged(kubeconfig ?? emptyKubeconfig, later),
      emptyKubeconfig
    ),
    explicit: false,
    sources: loaded.filter(({ kubeconfig }) => kubeconfig !== void 0).map(({ path }) => path),
    absent: loaded.filter(({ kubeconfig }) => kubeconfig === void 0).map(({ path }) => path)
  };
}
function merged(first, later) {
  return {
    clusters: new Map([...later.clusters, ...first.clusters]),
    users: new Map([...later.users, ...first.users]),
    contexts: new Map([...later.contexts, ...first.contexts]),
    currentContext: first.currentContext || later.currentContext
  };
}
function defaultFiles(environment) {
  const list = environment.variables["KUBECONFIG"] ?? "";
  if (list === "") return [join(environment, environment.homeDirectory, ".kube", "config")];
  if (looksLikeContent(list) || isEncodedKubeconfig(list)) throw contentInVariable();
  const separator = environment.platform === "win32" ? ";" : ":";
  const names = new Set(list.split(separator).filter((name) => name !== ""));
  return [...names].map((name) => absolutePath(name, environment));
}
async function loadFile(path, environment) {
  const place = filePlace(path, environment);
  const content = readSmallFile(path, "kubeconfig");
  if (content === void 0) return void 0;
  const folder = pathsOf(environment).dirname(path);
  return decodeKubeconfig(parseKubeconfig(content, place), { place, folder }, pathResolver(folder, environment));
}
function filePlace(path, environment) {
  const { relative, isAbsolute, sep } = pathsOf(environment);
  const inside = relative(environment.variables["GITHUB_WORKSPACE"] || environment.workingDirectory, path);
  const file = inside.startsWith("..") || isAbsolute(inside) ? path : inside;
  return { kind: "file", file: file.split(sep).join("/"), line: 1 };
}
function pathResolver(folder, environment) {
  const { isAbsolute } = pathsOf(environment);
  return (path) => isAbsolute(path) ? path : join(environment, folder, path);
}
function absolutePath(path, environment) {
  const { isAbsolute } = pathsOf(environment);
  if (/^~[/\\]/.test(path)) return join(environment, environment.homeDirectory, path.slice(2));
  return isAbsolute(path) ? path : join(environment, environment.workingDirectory, path);
}
function join(environment, ...parts) {
  return pathsOf(environment).join(...parts);
}
function pathsOf(environment) {
  const path = process.getBuiltinModule("node:path");
  return environment.platform === "win32" ? path.win32 : path.posix;
}
function missingInput(path, place) {
  const shown2 = path.length <= 200 && /[/\\.]/.test(path) && !path.startsWith("ey") ? `\`${path}\`` : "its value";
  const message = `The input \`kubeconfig\` names no file: ${shown2} does not exist`;
  const hint = "Give the path of a kubeconfig (relative to the workspace), or the YAML itself. A step that writes the file must come before this one.";
  return new GateError("invalid-input", "kubeconfig-missing", message, { hint, problems: [{ place, message, hint }] });
}
function contentInVariable() {
  return new GateError(
    "invalid-input",
    "kubeconfig-variable-content",
    "The environment variable KUBECONFIG holds a kubeconfig; it must name one or more files",
    { hint: "Give the content to the input `kubeconfig` instead." }
  );
}
function describeSources({ sources, absent }) {
  if (sources.length > 0) return sources.join(", ");
  return absent.length > 0 ? `${absent.join(", ")} (not there)` : "no file at all";
}

// src/cluster/kubeconfig/user-entry.ts
function readUser(entry2, options) {
  maskUser(entry2, options.secrets);
  const name = `user \`${entry2.name}\``;
  const conflicts = [
    ...methodFaults(entry2, name),
    ...certificateFaults(entry2, name),
    ...impersonationFaults(entry2, name)
  ];
  const exec = entry2.exec === void 0 ? [] : execFaults(entry2.exec, name, entry2.authProvider !== void 0);
  const pair = readPair(entry2, options.secrets);
  if (!options.tls) {
    const faults2 = [...conflicts, ...exec];
    if (faults2.length > 0) return { faults: faults2 };
    warnUnsent(entry2, name, options.log);
    return { access: { name: entry2.name, signIn: { kind: "anonymous" }, impersonate: entry2.impersonate } };
  }
  const certificate = pair === void 0 ? void 0 : checkPair(pair, name);
  const signIn = chooseSignIn(entry2, certificate !== void 0);
  const faults = [
    ...conflicts,
    ...exec,
    ...providerFaults(entry2, name),
    ...certificate?.kind === "bad" ? [certificate.fault] : [],
    ...signInFaults(entry2, signIn, name, options.secrets)
  ];
  if (faults.length > 0 || certificate?.kind === "bad") return { faults };
  return {
    access: {
      name: entry2.name,
      signIn,
      impersonate: entry2.impersonate,
      ...certificate === void 0 ? {} : { certificate: certificate.value }
    }
  };
}
function withoutCredentials(entry2) {
  if (entry2 === void 0) return void 0;
  const { authProvider: _authProvider, exec: _exec, ...rest } = entry2;
  return {
    ...rest,
    clientCertificate: "",
    clientCertificateData: "",
    clientKey: "",
    clientKeyData: "",
    token: "",
    tokenFile: "",
    username: "",
    password: ""
  };
}
function maskUser(entry2, secrets) {
  maskSecret(entry2.token, secrets);
  maskSecret(entry2.password, secrets);
  maskPrivateKey(entry2.clientKeyData, secrets);
  for (const { name, value } of entry2.exec?.env ?? []) {
    if (isSecretName(name)) maskSecret(value, secrets);
  }
  for (const value of secretArguments(entry2.exec?.args ?? [])) maskSecret(value, secrets);
}
function methodFaults(entry2, name) {
  const basic = entry2.username !== "" || entry2.password !== "";
  if (!basic) return [];
  if (entry2.token !== "" || entry2.tokenFile !== "") {
    return [
      {
        code: "credentials-conflict",
        message: `The ${name} has both a token and a user name with password`,
        hint: "Keep one of the two."
      }
    ];
  }
  if (entry2.username !== "") return [];
  return [
    { code: "username-missing", message: `The ${name} has a password and no username`, hint: "Add the username." }
  ];
}
function certificateFaults(entry2, name) {
  if (entry2.clientCertificate === "" && entry2.clientCertificateData === "") return [];
  const both = (what) => ({
    code: `${what}-twice`,
    message: `The ${name} has both ${what} and ${what}-data`,
    hint: "Keep one of the two."
  });
  const noKey2 = {
    code: "client-key-missing",
    message: `The ${name} has a client certificate and no key`,
    hint: "Add client-key or client-key-data."
  };
  return [
    ...entry2.clientCertificate !== "" && entry2.clientCertificateData !== "" ? [both("client-certificate")] : [],
    ...entry2.clientKey !== "" && entry2.clientKeyData !== "" ? [both("client-key")] : [],
    ...entry2.clientKey === "" && entry2.clientKeyData === "" ? [noKey2] : []
  ];
}
function impersonationFaults(entry2, name) {
  const { user, uid, groups, extra } = entry2.impersonate;
  const values = [user, uid, ...groups, ...Object.values(extra).flat()];
  if (!values.every(isSendable)) {
    return [
      {
        code: "impersonation-unsendable",
        message: `The ${name} impersonates someone whose name, group or extra field holds a control character`,
        hint: "These are sent as HTTP headers, which cannot hold line breaks."
      }
    ];
  }
  if (user !== "" || uid === "" && groups.length === 0 && Object.keys(extra).length === 0) return [];
  return [
    {
      code: "impersonation-without-user",
      message: `The ${name} has as-uid, as-groups or as-user-extra, and no \`as\``,
      hint: "Add `as` with the name of the user to impersonate."
    }
  ];
}
var EXEC_VERSIONS = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];
function execFaults(exec, name, withProvider) {
  const fault = (code, message, hint) => ({
    code,
    message: `The exec plugin of the ${name} ${message}`,
    hint
  });
  const { apiVersion, command, env, interactiveMode } = exec;
  return [
    ...withProvider ? [fault("credentials-conflict", "stands beside an auth-provider", "Remove the auth-provider.")] : [],
    ...command === "" ? [fault("exec-command-missing", "has no command", "Name the program that prints the credentials.")] : [],
    ...EXEC_VERSIONS.includes(apiVersion) ? [] : [
      fault(
        "exec-api-version",
        apiVersion === "" ? "has no apiVersion" : `has the apiVersion \`${apiVersion}\``,
        `It must be ${EXEC_VERSIONS.join(" or ")}; updating the plugin and writing the kubeconfig again usually brings it.`
      )
    ],
    ...env.some(({ name: variable }) => variable === "") ? [
      fault(
        "exec-env",
        "has an environment variable without a name",
        "Each item of `env` needs a name and a value."
      )
    ] : [],
    ...["Never", "IfAvailable", "Always"].includes(interactiveMode) ? [] : [
      fault(
        "exec-interactive-mode",
        interactiveMode === "" ? "has no interactiveMode" : `has the interactiveMode \`${interactiveMode}\``,
        "Set interactiveMode to Never, IfAvailable or Always; v1 of the plugin API wants it said."
      )
    ]
  ];
}
function providerFaults(entry2, name) {
  if (entry2.authProvider === void 0 || entry2.exec !== void 0) return [];
  return [
    {
      code: "auth-provider",
      message: `The ${name} signs in by the auth-provider \`${entry2.authProvider}\`, which Kubernetes has replaced by exec plugins`,
      hint: providerHints[entry2.authProvider] ?? "Use an exec plugin, a token, or the input `oidc-audience`."
    }
  ];
}
var providerHints = {
  gcp: "Install gke-gcloud-auth-plugin and write the kubeconfig again with `gcloud container clusters get-credentials`.",
  azure: "Install kubelogin and run `kubelogin convert-kubeconfig`.",
  oidc: "Use an exec plugin such as kubelogin (`kubectl oidc-login`), or, in GitHub Actions, the input `oidc-audience`."
};
function readPair(entry2, secrets) {
  if (entry2.clientCertificate === "" && entry2.clientCertificateData === "") return void 0;
  const what = (part) => `${part} of the user \`${entry2.name}\``;
  const key = entry2.clientKeyData || (entry2.clientKey === "" ? "" : requireTextFile(entry2.clientKey, what("client key")));
  maskPrivateKey(key, secrets);
  const cert = entry2.clientCertificateData || requireTextFile(entry2.clientCertificate, what("client certificate"));
  return key === "" ? void 0 : { cert, key };
}
function checkPair({ cert, key }, name) {
  const checked = readClientCertificate(cert, key);
  if (checked.kind === "good") return checked;
  const fault = {
    code: "client-certificate-unusable",
    message: `The client certificate of the ${name} cannot be used: ${checked.reason}`,
    hint: "A certificate and its own unencrypted key are needed, both PEM (in the -data fields: in base64)."
  };
  return { kind: "bad", fault };
}
function chooseSignIn(entry2, hasCertificate) {
  if (entry2.tokenFile !== "") return { kind: "token-file", path: entry2.tokenFile, fallback: entry2.token };
  if (entry2.token !== "") return { kind: "token", token: entry2.token };
  if (entry2.username !== "") return { kind: "basic", username: entry2.username, password: entry2.password };
  if (entry2.exec !== void 0 && !hasCertificate) return { kind: "exec", config: entry2.exec };
  return { kind: "anonymous" };
}
function signInFaults(entry2, signIn, name, secrets) {
  const unsendable = {
    code: "token-unsendable",
    message: `The token of the ${name} holds a line break or another control character`,
    hint: "A line break often comes from an editor, or from `echo` without -n."
  };
  if (signIn.kind === "token") return isSendable(signIn.token) ? [] : [unsendable];
  if (signIn.kind !== "token-file") return [];
  if (signIn.fallback !== "") return isSendable(signIn.fallback) ? [] : [unsendable];
  const token = requireTextFile(signIn.path, `token of the ${name}`).trim();
  maskSecret(token, secrets);
  if (token === "") {
    return [
      {
        code: "token-file-empty",
        message: `The token file ${entry2.tokenFile} of the ${name} is empty`,
        hint: "Check the step that writes it."
      }
    ];
  }
  return isSendable(token) ? [] : [unsendable];
}
function warnUnsent(entry2, name, log) {
  const has = entry2.token !== "" || entry2.tokenFile !== "" || entry2.username !== "" || entry2.exec !== void 0 || entry2.authProvider !== void 0 || entry2.clientCertificate !== "" || entry2.clientCertificateData !== "";
  if (has)
    log.line(
      `The credentials of the ${name} are not sent: the server is reached by http, and they go only over https.`
    );
}

// src/cluster/cluster.ts
async function resolveCluster(source, world) {
  process.getBuiltinModule("node:tls");
  const { name, server, user } = source.kind === "server" ? serverAccess(source, world) : await kubeconfigAccess(source, world);
  const credentials = credentialSource(user, server, world);
  return {
    name,
    server: server.configuredServer,
    identity: identityOf(server, user),
    open: (opening) => openConnection({
      server: server.server,
      ...server.certificateAuthority === void 0 ? {} : { certificateAuthority: server.certificateAuthority },
      insecureSkipTlsVerify: server.insecureSkipTlsVerify,
      ...server.tlsServerName === void 0 ? {} : { tlsServerName: server.tlsServerName },
      ...server.proxyUrl === void 0 ? {} : { proxyUrl: server.proxyUrl },
      disableCompression: server.disableCompression,
      headers: impersonationHeaders(user.impersonate),
      credentials,
      environment: world.environment,
      secrets: world.secrets,
      clock: world.clock,
      log: world.log,
      ...opening
    })
  };
}
function identityOf(server, user) {
  return {
    server: server.server.href,
    certificateAuthority: server.server.protocol === "https:" ? server.certificateAuthorityDigest : "none",
    tlsServerName: server.tlsServerName ?? "",
    impersonation: impersonationIdentity(user.impersonate),
    credentials: credentialIdentity(user)
  };
}
async function kubeconfigAccess(source, world) {
  const loaded = await loadKubeconfig(source.kubeconfig, world.environment);
  if (!loaded.explicit && !source.context && loaded.kubeconfig.currentContext === "") {
    const pod = inClusterAccess(world.environment, world.log, world.serviceAccountFolder);
    if (pod !== void 0) {
      return {
        name: pod.server.server.host,
        server: pod.server,
        user: withOidc(pod.user, pod.server, source.oidcAudience)
      };
    }
  }
  if (loaded.kubeconfig.contexts.size === 0) throw nothingConfigured(loaded);
  const chosen = chooseContext(loaded.kubeconfig, source.context, describeSources(loaded));
  const server = accessOf(readCluster(chosen.cluster, world.secrets), chosen.cluster.origin.place);
  const entry2 = source.oidcAudience ? withoutCredentials(chosen.user) : chosen.user;
  const user = entry2 === void 0 ? anonymous : userAccess(entry2, server, world);
  return {
    // Contexts that were listed are told apart by what they were listed as: two of them may lead to one cluster.
    name: source.context || chosen.cluster.name,
    server,
    user: withOidc(user, server, source.oidcAudience)
  };
}
var anonymous = { name: "", signIn: { kind: "anonymous" }, impersonate: nobody };
function userAccess(entry2, { server }, { secrets, log }) {
  return accessOf(readUser(entry2, { tls: server.protocol === "https:", secrets, log }), entry2.origin.place);
}
function withOidc(user, { server }, audience) {
  if (!audience) return user;
  if (server.protocol !== "https:") throw overHttp("oidc-audience");
  return { name: "", signIn: { kind: "oidc", audience }, impersonate: user.impersonate };
}
function serverAccess(source, { secrets }) {
  maskSecret(source.token ?? "", secrets);
  const input = (name) => ({ kind: "input", input: name });
  const server = readServerUrl(source.server.trim(), "The input `server`");
  if (server.kind === "bad") throw faultsError([server.fault], input("server"));
  const authority = authorityInput(source.certificateAuthorityData);
  const access = {
    server: server.url,
    configuredServer: source.server.trim(),
    ...authority === void 0 ? {} : { certificateAuthority: authority.pem },
    certificateAuthorityText: authority?.pem ?? "",
    certificateAuthorityDigest: authority?.digest ?? "system",
    insecureSkipTlsVerify: false,
    disableCompression: false,
    execConfig: null
  };
  const user = { name: "", signIn: signInOf(source.token, server.url), impersonate: nobody };
  return { name: server.url.host, server: access, user: withOidc(user, access, source.oidcAudience) };
}
function signInOf(token, server) {
  if (!token) return { kind: "anonymous" };
  if (server.protocol !== "https:") throw overHttp("token");
  if (!isSendable(token)) {
    const fault = {
      code: "token-unsendable",
      message: "The input `token` holds a line break or another control character",
      hint: "Store the token in the secret without a line break after it."
    };
    throw faultsError([fault], { kind: "input", input: "token" });
  }
  return { kind: "token", token };
}
function authorityInput(text2) {
  const given = text2?.trim() ?? "";
  if (given === "") return void 0;
  const pem = given.includes("-----BEGIN") ? given : Buffer.from(given, "base64").toString("utf8");
  const checked = readAuthority(pem);
  if (checked.kind === "good") return checked.value;
  const fault = {
    code: "certificate-authority-not-pem",
    message: `The input \`certificate-authority-data\` ${checked.reason}`,
    hint: "Give what the kubeconfig has under certificate-authority-data: PEM certificates in base64."
  };
  throw faultsError([fault], { kind: "input", input: "certificate-authority-data" });
}
function overHttp(input) {
  const message = `The input \`${input}\` is set and the server is reached by http: a token is sent only over https`;
  const hint = "Use the https URL of the API server; its CA goes into `certificate-authority-data` or the kubeconfig.";
  return new GateError("invalid-input", "token-over-http", message, {
    hint,
    problems: [{ place: { kind: "input", input }, message, hint }]
  });
}
function nothingConfigured(loaded) {
  if (loaded.explicit || loaded.sources.length > 0) {
    return new GateError(
      "invalid-input",
      "kubeconfig-empty",
      `The kubeconfig has no contexts: ${describeSources(loaded)}`,
      {
        hint: "Check the step or the secret that it comes from; `kubectl config view --raw` prints a whole one."
      }
    );
  }
  return new GateError(
    "invalid-input",
    "cluster-not-configured",
    `No cluster is configured: no kubeconfig was found at ${describeSources(loaded)}`,
    {
      hint: "Set the input `kubeconfig` or `server`. An input that comes from a secret is empty where the workflow cannot read the secret, as in pull requests from forks."
    }
  );
}

// src/model/requirement.ts
function formatApi(api) {
  switch (api.kind) {
    case "group":
      return `${api.group}/*`;
    case "group-version":
      return formatGroupVersion(api.groupVersion);
    case "kind":
    case "resource": {
      const verbs = api.verbs.length === 0 ? "" : ` verbs=${api.verbs.join(",")}`;
      return `${formatGroupVersion(api.groupVersion)}/${api.name}${verbs}`;
    }
    case "server-version":
      return `server-version ${api.range}`;
    default:
      return assertNever(api);
  }
}
function formatRequirement(requirement) {
  return `${requirement.negated ? "!" : ""}${requirement.anyOf.map(formatApi).join(" | ")}`;
}

// src/requirements/grammar.ts
var VERBS = [
  "create",
  "delete",
  "deletecollection",
  "get",
  "list",
  "patch",
  "update",
  "watch"
];
var SHORT_GROUPS = ["apps", "autoscaling", "batch", "extensions", "policy"];
var LONGEST_LINE = 1e3;
var LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
var SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
var KIND = /^[A-Z](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
var VERSION_LIKE = /^v\d[-a-z0-9]*$/;
var ALLOWED = /^[\x20-\x7e\s]*$/;
var NOT_ALLOWED = /[^\x20-\x7e\s]/u;
function error(reason) {
  return { kind: "error", reason };
}
function readLine(line) {
  if (line.length > LONGEST_LINE) return error(`it has more than ${LONGEST_LINE} characters`);
  if (!ALLOWED.test(line)) return error(`it holds ${nameCharacter(NOT_ALLOWED.exec(line)?.[0] ?? "")}`);
  if (/["'`]/.test(line)) return error("quotes have no place in it");
  const negated = line.startsWith("!");
  const alternatives = line.slice(negated ? 1 : 0).split("|");
  if (negated && alternatives.length > 1) return error("what must not be served stands alone on its line");
  const apis = [];
  for (const alternative of alternatives) {
    const reading = readAlternative(alternative.trim());
    if (reading.kind === "error") return reading;
    apis.push(reading.api);
  }
  const [first, ...others] = apis;
  if (first === void 0) return error("it is empty");
  return negated && whyNotNegated(first) || { kind: "requirement", anyOf: [first, ...others], negated };
}
function whyNotNegated(api) {
  if ((api.kind === "kind" || api.kind === "resource") && api.verbs.length > 1) {
    return error("with several verbs it does not say whether one of them is too many or only all of them");
  }
  if ("groupVersion" in api && !VERSION_LIKE.test(api.groupVersion.version)) {
    return error(`${api.groupVersion.version} does not look like a version`);
  }
  const group = "groupVersion" in api ? api.groupVersion.group : api.kind === "group" ? api.group : "";
  if (group !== "" && !group.includes(".") && !SHORT_GROUPS.includes(group)) {
    return error(`${group} is no group of Kubernetes`);
  }
  return void 0;
}
function readAlternative(text2) {
  const [name = "", ...options] = text2.split(/\s+/);
  if (name === "") return error("an alternative is empty");
  const api = readApi(name);
  if (api.kind === "error" || options.length === 0) return api;
  const [option = "", stray] = options;
  const [, key, list] = /^([^=]*)=(.*)$/.exec(option) ?? [];
  if (key === void 0 || list === void 0) return error(`${option} is more than a requirement has`);
  if (key !== "verbs") return error(`${key}= is not known, verbs= is`);
  if (stray !== void 0) return error(`${stray} is more than a requirement has`);
  return withVerbs(api.api, list.split(","));
}
function withVerbs(api, verbs) {
  if (api.kind !== "kind" && api.kind !== "resource") return error("verbs belong to a kind or a resource");
  const wrong = verbs.find((verb) => !VERBS.includes(verb));
  if (wrong !== void 0) {
    return error(`${wrong === "" ? "an empty word" : wrong} is no verb; the verbs are ${VERBS.join(", ")}`);
  }
  return { kind: "api", api: { ...api, verbs: [...new Set(verbs)] } };
}
function readApi(name) {
  const parts = name.split("/");
  if (parts.includes("")) return error("a part between two slashes is empty");
  const [first = "", second, ...rest] = parts;
  if (VERSION_LIKE.test(first)) {
    if (second !== void 0 && (SHORT_GROUPS.includes(second) || second.includes("."))) {
      return error("the group stands before its version");
    }
    return readMember({ group: "", version: first }, parts.slice(1));
  }
  if (first === "core") return error("the core group has no name");
  if (!SUBDOMAIN.test(first)) return error(whyNoGroup(first, second));
  if (second === void 0) return error(`${first} is a group without a version`);
  if (second === "*") {
    if (rest.length > 0) return error("* stands for any version of a whole group only");
    return { kind: "api", api: { kind: "group", group: first } };
  }
  return readMember({ group: first, version: second }, rest);
}
function whyNoGroup(first, second) {
  if (second === void 0 && KIND.test(first)) return "a kind needs its group and version";
  if (/[A-Z]/.test(first)) return "the name of a group is all lower case";
  return `${first} cannot be the name of a group`;
}
function readMember(groupVersion, names) {
  const { group, version } = groupVersion;
  if (KIND.test(version) && !/^V\d/.test(version))
    return error(`the version is missing between ${group} and ${version}`);
  if (/[A-Z]/.test(version)) return error("versions are all lower case");
  const plausible = LABEL.test(version) && (VERSION_LIKE.test(version) || group.includes("."));
  if (!plausible) return error(`${version} does not look like a version`);
  const [first, second, tooMany] = names;
  if (first === void 0) return { kind: "api", api: { kind: "group-version", groupVersion } };
  if (tooMany !== void 0) return error("it has more parts than group, version, resource and subresource");
  if (KIND.test(first)) {
    if (second !== void 0) return error("a subresource belongs to a resource, which is lower case and plural");
    return { kind: "api", api: { kind: "kind", groupVersion, name: first, verbs: [] } };
  }
  const wrong = [first, second].find((name) => name !== void 0 && !LABEL.test(name));
  if (wrong !== void 0) return error(whyNoResource(wrong));
  return { kind: "api", api: { kind: "resource", groupVersion, name: names.join("/"), verbs: [] } };
}
function whyNoResource(name) {
  if (name === "*") return "* stands for any version of a whole group only";
  return /[A-Z]/.test(name) ? "a kind starts in upper case, and a resource is all lower case" : `${name} cannot be the name of a kind or a resource`;
}
function nameCharacter(character) {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return new RegExp("\\p{L}|\\p{N}|\\p{P}|\\p{S}", "u").test(character) ? `the character ${character} (${code})` : `an invisible character (${code})`;
}

// src/requirements/grammar-repair.ts
var HOMES = {
  v1: [
    "ConfigMap",
    "Endpoints",
    "Event",
    "LimitRange",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Pod",
    "ResourceQuota",
    "Secret",
    "Service",
    "ServiceAccount"
  ],
  "apps/v1": ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["Ingress", "IngressClass", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "storage.k8s.io/v1": ["StorageClass"],
  "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
  "gateway.networking.k8s.io/v1": ["Gateway", "HTTPRoute"]
};
var NEWEST = {
  apps: "apps/v1",
  autoscaling: "autoscaling/v2",
  batch: "batch/v1",
  policy: "policy/v1"
};
function pluralOf(kind) {
  const singular = kind.toLowerCase();
  if (/(?:s|x|ch)$/.test(singular)) return `${singular}es`;
  return singular.replace(/(?<=[^aeiou])y$/, "ie").concat("s");
}
function homeOf(kind) {
  const lower = kind.toLowerCase();
  for (const [groupVersion, kinds] of Object.entries(HOMES)) {
    const known = kinds.find((name) => name.toLowerCase() === lower || pluralOf(name) === lower);
    if (known !== void 0) return `${groupVersion}/${known}`;
  }
  return void 0;
}
var SHORT_GROUP = SHORT_GROUPS.join("|");
var VERSION = "v[0-9]+(?:(?:alpha|beta)[0-9]+)?";
function replacing(pattern, replacement) {
  return (line) => typeof replacement === "string" ? line.replace(pattern, replacement) : line.replace(pattern, (_, ...groups) => replacement(...groups));
}
var REPAIRS = [
  // Characters that nobody sees, quotes of any kind, the dash of a YAML list, what ends a sentence.
  replacing(/[^\x20-\x7e\s\p{L}\p{N}\p{P}\p{S}]/gu, ""),
  replacing(/["'`“”„‘’«»]/g, ""),
  replacing(/^\s*(?:[-*+•–—]\s*)+(?=\S)/, ""),
  replacing(/(?<!\/\*)[\s,;.:/]+$/, ""),
  // Signs that look alike or mean the same.
  replacing(/[⁄∕\\]/g, "/"),
  replacing(/[‐‑‒–—]/g, "-"),
  replacing(/^!+\s*|^(?:not|no)\s+/i, "!"),
  replacing(/\s*\|\|\s*|\s+or\s+/gi, " | "),
  replacing(/^\s*\|\s*|\s*\|\s*$/g, ""),
  // What was copied from a manifest or a URL, and the core group by its nickname.
  replacing(/^(!?)(?:apiVersion|groupVersion|require|kind)\s*:\s*/i, "$1"),
  replacing(/^(!?)\/?apis?\/(?=[^/\s])/i, "$1"),
  replacing(/^(!?)\/+/, "$1"),
  replacing(/\/{2,}/g, "/"),
  replacing(/^(!?)core\/(?=v\d)/i, "$1"),
  replacing(/^(!?)core(?=\/|$)/i, "$1v1"),
  // Verbs.
  replacing(/\bverbs?\s*[=:]\s*\[?([^\]|]*)\]?/gi, verbsOf),
  replacing(
    new RegExp(`\\s((?:${VERBS.join("|")})(?:[\\s,]+(?:${VERBS.join("|")}))*)$`),
    (verbs = "") => ` ${verbsOf(verbs)}`
  ),
  // Parts that are in another order, or parted by other signs; upper and lower case.
  replacing(/^(!?)([A-Za-z][\w-]*)\.(v\d\w*)\.([a-z0-9.-]+)$/, "$1$4/$3/$2"),
  replacing(/^(!?)([A-Z]\w*)(?:\s*[.@,:]\s*|\s+)([a-z0-9.-]+\/v\d\w*)$/, "$1$3/$2"),
  replacing(/^(!?)([A-Za-z0-9.-]+\/[Vv]\d\w*)/, (not = "", groupVersion = "") => `${not}${groupVersion.toLowerCase()}`),
  replacing(/^(!?)V(?=\d+(?:\/|$))/, "$1v"),
  replacing(new RegExp(`^(!?)(${VERSION})/(${SHORT_GROUP}|[a-z0-9-]+(?:\\.[a-z0-9-]+)+)(?=/|\\s|$)`), "$1$3/$2"),
  replacing(/^(!?)([a-z0-9.-]+\/v\d\w*|v\d\w*)(?:\s*[,:;#.]\s*|\s+)(?:[Kk]ind\s*[=:]\s*)?([A-Z]\w*)/, "$1$2/$3"),
  replacing(/^(!?)([a-z0-9.-]+)\/(\d+(?:(?:alpha|beta)\d+)?)(?=\/|$)/, "$1$2/v$3"),
  replacing(/^(!?)([a-z0-9.-]+\/v\d+)\.\d+(?:\.\d+)?(?=\/|$)/, "$1$2"),
  // A kind where a resource has to stand, a version or a group that is not there, a star that says nothing.
  replacing(/\/([A-Z]\w*)\/([a-zA-Z]+)(?=\s|$)/, (kind = "", sub = "") => `/${pluralOf(kind)}/${sub.toLowerCase()}`),
  replacing(/\/([a-z]+[A-Z]\w*)$/, (name = "") => `/${name.charAt(0).toUpperCase()}${name.slice(1)}`),
  replacing(/^(!?)([A-Za-z]\w*)$/, (not = "", word = "") => `${not}${homeOf(word) ?? NEWEST[word] ?? word}`),
  replacing(
    /^(!?)([a-z0-9.-]+)\/([A-Za-z]\w*)$/,
    (not = "", group = "", kind = "") => `${not}${homeIn(group, kind) ?? `${group}/${kind}`}`
  ),
  replacing(
    new RegExp(`^(!?)([a-z]+)\\.(${SHORT_GROUP})$`),
    (not = "", kind = "", group = "") => `${not}${homeIn(group, kind) ?? group}`
  ),
  replacing(/^(!?)([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/, "$1$2/*"),
  replacing(/^(!?)([a-z0-9.-]+\/\*)\/.*$/, "$1$2"),
  replacing(/^(!?)([a-z0-9.-]+\/v\d\w*|v\d\w*)\/\*$/, "$1$2")
];
function homeIn(group, kind) {
  const home = homeOf(kind);
  return home?.startsWith(`${group}/`) === true ? home : void 0;
}
function verbsOf(list = "") {
  const suggest = speller(VERBS);
  const words = list.split(/[\s,;]+/).filter((word) => word !== "");
  const verbs = words.flatMap((word) => word === "*" ? VERBS : [suggest(word)[0] ?? word]);
  return `verbs=${verbs.join(",")}`;
}
var LONGEST_MENDED = 300;
function nearestForm(line) {
  if (line.length > LONGEST_MENDED) return void 0;
  let mended = line;
  for (const repair of REPAIRS) {
    const next = repair(mended);
    if (next === mended) continue;
    mended = next;
    const reading = readLine(mended);
    if (reading.kind === "requirement") return reading;
  }
  return void 0;
}
function severalOn(line) {
  const parts = partsOf(line);
  return parts.length > 1 && parts.every((part) => readLine(part).kind === "requirement") ? parts : void 0;
}
function partsOf(line) {
  const [, against] = /^!\s*(.*\|.*)$/.exec(line) ?? [];
  if (against !== void 0) return against.split("|").map((part) => `!${part.trim()}`);
  const [, subject2, verbs] = /^(!\S+) verbs=(\S+)$/.exec(line) ?? [];
  if (subject2 !== void 0 && verbs !== void 0) return verbs.split(",").map((verb) => `${subject2} verbs=${verb}`);
  return line.split(/[\s,;]+/).filter((part) => part !== "");
}

// src/requirements/requirements.ts
var LONGEST_SHOWN = 80;
function parseRequirements(text2, input = "require") {
  const requirements = /* @__PURE__ */ new Map();
  const problems = [];
  for (const { number, text: line } of significantLines(text2)) {
    const place = { kind: "input", input, line: number };
    const reading = readLine(line);
    if (reading.kind === "error") {
      const hint = hintFor(line);
      problems.push({
        place,
        message: `${shown(line)} is no requirement: ${reading.reason}.`,
        ...hint === void 0 ? {} : { hint }
      });
      continue;
    }
    const { anyOf, negated } = reading;
    const name = formatRequirement(reading);
    if (!requirements.has(name)) requirements.set(name, { text: name, anyOf, negated, place });
  }
  return { requirements: [...requirements.values()], problems };
}
function hintFor(line) {
  const several = severalOn(line);
  if (several !== void 0) return `Put each on a line of its own: ${several.join(" and ")}.`;
  const nearest = nearestForm(line);
  return nearest === void 0 ? "Write for example apps/v1, apps/v1/Deployment, v1/pods/exec, apps/v1/Deployment verbs=create or gateway.networking.k8s.io/*." : `Did you mean ${formatRequirement(nearest)}?`;
}
function shown(line) {
  const visible = line.replace(/[\p{C}\s]+/gu, " ");
  return visible.length > LONGEST_SHOWN ? `"${visible.slice(0, LONGEST_SHOWN)}\u2026"` : `"${visible}"`;
}

// src/gate/plan.ts
var NO_MANIFESTS = {
  requirements: [],
  provided: [],
  problems: [],
  warnings: [],
  notJudged: {},
  files: 0,
  objects: 0
};
var NO_ACCEPTANCES = {
  accept: () => void 0,
  review: () => ({ problems: [], warnings: [] }),
  writeBaseline: async () => 0
};
async function makePlan({ settings, problems }, world) {
  const required = await requiredBy(settings);
  if (problems.length > 0) throw invalidInput([...problems, ...required.problems]);
  const faults = required.problems.length > 0 ? [invalidInput(required.problems)] : [];
  const orFault = async (part, fallback) => part.catch((thrown) => {
    faults.push(toGateError(thrown));
    return fallback;
  });
  const [subjects, manifests, acceptances] = await Promise.all([
    orFault(Promise.all(settings.clusters.map((source) => subjectOf(source, settings, world))), []),
    orFault(manifestsOf(settings, world), NO_MANIFESTS),
    orFault(acceptancesOf(settings, world), NO_ACCEPTANCES)
  ]);
  throwTogether(faults);
  const requirements = [...required.requirements, ...manifests.requirements];
  if (requirements.length === 0 && manifests.problems.length === 0) throw nothingToJudge(settings, manifests);
  return { settings, requirements, manifests, acceptances, subjects };
}
async function requiredBy(settings) {
  const named = parseRequirements(settings.require);
  if (settings.serverVersion === "") return named;
  const { parseServerVersion } = await import("./version-range.js");
  const version = parseServerVersion(settings.serverVersion);
  return {
    requirements: [...named.requirements, ...version.requirements],
    problems: [...named.problems, ...version.problems]
  };
}
async function subjectOf(source, settings, world) {
  if (settings.cache.mode === "only" && settings.clusterName !== void 0) return { name: settings.clusterName };
  const cluster = await resolveCluster(source, world);
  return { name: settings.clusterName ?? cluster.name, cluster };
}
async function manifestsOf(settings, world) {
  const { piped = [] } = world;
  if (settings.manifests.length === 0 && piped.length === 0) return NO_MANIFESTS;
  world.progress?.("Reading manifests");
  const { readManifests } = await import("./manifests.js");
  return readManifests({
    patterns: settings.manifests,
    piped,
    allowUnparsable: settings.allowUnparsable,
    workingDirectory: world.environment.workingDirectory,
    repositoryRoot: world.repositoryRoot
  });
}
async function acceptancesOf(settings, world) {
  const { exemptions, baseline, updateBaseline } = settings;
  if (exemptions === void 0 && baseline === void 0) return NO_ACCEPTANCES;
  const { readAcceptances } = await import("./acceptances.js");
  return readAcceptances({
    ...exemptions === void 0 ? {} : { exemptions },
    ...baseline === void 0 ? {} : { baseline },
    updateBaseline,
    workingDirectory: world.environment.workingDirectory,
    repositoryRoot: world.repositoryRoot,
    now: world.clock.now()
  });
}
function nothingToJudge(settings, { files, notJudged: notJudged2 }) {
  const [message, hint] = settings.manifests.length === 0 ? [
    "There is nothing to judge: `require` holds no requirement, and neither `manifests` nor `server-version` is given.",
    "Name what the change needs, one a line, for example `require: apps/v1`, or point `manifests` at the files that will be deployed."
  ] : [
    `There is nothing to judge: ${files} file(s) match \`manifests\`, and none holds an object that an API server stores${listed(notJudged2)}.`,
    "Check the patterns of `manifests`; for a Helm chart or a kustomization, render it first and point `manifests` at the result."
  ];
  return new GateError("invalid-input", "nothing-to-judge", message, { hint });
}
function listed(counts) {
  const names = Object.keys(counts);
  return names.length === 0 ? "" : ` (only ${names.join(", ")})`;
}
function throwTogether(faults) {
  const [first] = faults;
  if (first === void 0) return;
  const defect = faults.find(({ outcome }) => outcome !== "invalid-input");
  throw defect ?? (faults.length === 1 ? first : invalidInput(faults.flatMap(problemsOf)));
}
function problemsOf(error2) {
  if (error2.problems.length > 0) return error2.problems;
  return [
    {
      place: { kind: "input", input: "kubeconfig" },
      message: error2.message,
      ...error2.hint === void 0 ? {} : { hint: error2.hint }
    }
  ];
}
function invalidInput(problems) {
  const [first] = problems;
  const message = problems.length === 1 && first !== void 0 ? `${formatPlace(first.place)}: ${first.message}` : `${problems.length} things in the inputs cannot be used as they stand.`;
  return new GateError("invalid-input", "invalid-input", message, {
    problems,
    ...problems.length === 1 && first?.hint !== void 0 ? { hint: first.hint } : {}
  });
}

// src/gate/gate.ts
async function runGate(reading, world) {
  try {
    const { verdict, saved } = await judgeAll(reading, world);
    await world.publisher.verdict(verdict);
    await saved;
    return verdict.outcome;
  } catch (thrown) {
    const error2 = toGateError(thrown);
    await world.publisher.error(error2);
    return error2.outcome;
  }
}
async function judgeAll(reading, world) {
  const plan = await makePlan(reading, world);
  const results = await Promise.all(
    plan.subjects.map(
      (subject2) => judgeCluster(subject2, plan, world).catch((thrown) => notJudged(subject2, toGateError(thrown)))
    )
  );
  const clusters = results.map(({ verdict }) => verdict);
  const recorded = await plan.acceptances.writeBaseline(clusters);
  if (plan.settings.updateBaseline) {
    world.log.line(`The baseline ${plan.settings.baseline} now holds what fails today: ${recorded} finding(s).`);
  }
  return { verdict: await verdictOf2(plan, clusters), saved: Promise.all(results.map(({ saved }) => saved)) };
}
function notJudged({ name }, error2) {
  const verdict = {
    cluster: name,
    outcome: error2.outcome,
    findings: [],
    warnings: [],
    cache: "off",
    capabilities: [],
    error: error2
  };
  return { verdict, saved: Promise.resolve() };
}
async function verdictOf2({ manifests, acceptances }, clusters) {
  const { combine } = await import("./judge.js");
  const review = acceptances.review(clusters);
  const problems = [...manifests.problems, ...review.problems];
  return {
    outcome: combine([
      ...clusters.map(({ outcome }) => outcome),
      ...problems.length === 0 ? [] : ["invalid-input"]
    ]),
    clusters,
    problems,
    warnings: [...manifests.warnings, ...review.warnings],
    notJudged: manifests.notJudged
  };
}

export {
  InvalidDocument,
  parseDocument,
  expectFields,
  text,
  flag,
  object,
  objects,
  texts,
  pathOf,
  decodeGroupList,
  decodeResourceList,
  parseGroupVersion,
  formatGroupVersion,
  compareKubeAwareVersions,
  assertNever,
  formatDuration,
  formatApi,
  formatRequirement,
  formatPlace,
  FailureError,
  MAX_HEADER_BYTES,
  readClientCertificate,
  isSendable,
  headerValue,
  maskSecret,
  maskPrivateKey,
  decodeFile,
  TAB,
  LF,
  SPACE,
  isByteOrderMark,
  recordKeys,
  TEXT,
  EVERYTHING,
  wantedField,
  dereference,
  fieldOf,
  fieldsOf2 as fieldsOf,
  valueUnder,
  textUnder,
  Unreadable,
  GO_SPACES,
  beginsLikeJson,
  readJson,
  lineCounter,
  isNotText,
  scalarValue,
  readYaml,
  readJsonOrYaml,
  toPlain,
  runGate
};
