import {
  writeAtomically
} from "./shared-atomic-file.js";
import {
  InvalidDocument,
  decodeGroupList,
  decodeResourceList,
  formatDuration,
  formatGroupVersion,
  parseDocument,
  parseGroupVersion,
  text
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/cache/kubectl/file.ts
var { closeSync, constants, fstatSync, openSync, readFileSync } = globalThis.process.getBuiltinModule("node:fs");
var MAX_FILE_BYTES = 32 * 1024 * 1024;
var KUBECTL_MODES = { fileMode: 432, directoryMode: 488 };
function readCachedFile(path) {
  let file;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (thrown) {
    const { code } = thrown;
    if (code === "ENOENT" || code === "ENOTDIR") return void 0;
    throw thrown;
  }
  try {
    const found = fstatSync(file);
    if (!found.isFile()) throw new Error(`${path} is not a file`);
    if (found.size > MAX_FILE_BYTES) throw new Error(`${path} is ${found.size} bytes long`);
    return { bytes: readFileSync(file), modifiedAt: Math.floor(found.mtimeMs) };
  } finally {
    closeSync(file);
  }
}

// src/cache/kubectl/paths.ts
var { join, sep } = globalThis.process.getBuiltinModule("node:path");
var GROUPS_FILE = "servergroups.json";
var RESOURCES_FILE = "serverresources.json";
function kubectlServerDirectory(directory, server) {
  const schemeless = configuredHost(server).replace("https://", "").replace("http://", "");
  const root = join(directory, "discovery");
  const path = join(root, schemeless.replace(/[^(\w/.)]/gu, "_"));
  const trimmed = path.endsWith(sep) ? path.slice(0, -1) : path;
  return trimmed.startsWith(`${root}${sep}`) ? trimmed : void 0;
}
function resourcesFile(groupVersion) {
  const parsed = parseGroupVersion(groupVersion);
  if (parsed === void 0 || formatGroupVersion(parsed) !== groupVersion || !isSegment(parsed.version))
    return void 0;
  if (parsed.group !== "" && !isSegment(parsed.group)) return void 0;
  return join(parsed.group, parsed.version, RESOURCES_FILE);
}
function isSegment(name) {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(name);
}
function configuredHost(server) {
  const [, scheme, authority, path] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?]*)(\/[^?]+)(?:\?.*)?$/.exec(server) ?? [];
  if (scheme === void 0 || authority === void 0 || path === void 0) return server;
  const written = path.replace(/[^A-Za-z0-9\-._~!'()*$&+,/:;=@[\]%]/gu, (character) => encodeURIComponent(character));
  return `${scheme.toLowerCase()}://${authority}${written}`;
}
function requestUrl(server, path) {
  return `${configuredHost(server).replace(/\/+$/, "")}${path}?timeout=32s`;
}

// src/cache/kubectl/http-cache.ts
var { join: join2 } = globalThis.process.getBuiltinModule("node:path");
function responseFile(directory, server, path) {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return join2(directory, "http", createHash("sha256").update(requestUrl(server, path)).digest("hex"));
}
var SUM_BYTES = 32;
var HEADER_END = "\r\n\r\n";
function readResponse(file) {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const found = tryToRead(file);
  if (found === void 0) return void 0;
  const stored = found.bytes.subarray(SUM_BYTES);
  if (!createHash("sha256").update(stored).digest().equals(found.bytes.subarray(0, SUM_BYTES))) return void 0;
  const end = stored.indexOf(HEADER_END);
  const [statusLine = "", ...lines] = stored.toString("latin1", 0, Math.max(0, end)).split("\r\n");
  if (!/^HTTP\/[0-9.]+ 200\b/.test(statusLine)) return void 0;
  const headers = new Map(lines.map(headerOf));
  const rest = stored.subarray(end + HEADER_END.length);
  const body = headers.get("transfer-encoding") === "chunked" ? withoutChunks(rest) : rest;
  if (body === void 0) return void 0;
  const response = {
    contentType: headers.get("content-type") ?? "",
    etag: headers.get("etag"),
    accept: headers.get("x-varied-accept"),
    body: body.toString("utf8")
  };
  return { response, modifiedAt: found.modifiedAt };
}
async function writeResponse(file, response, takenAt) {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const body = Buffer.from(response.body, "utf8");
  const headers = [
    // kubectl would take an answer without validators from here as well, were it not marked as one to ask again.
    ["Cache-Control", response.etag === void 0 ? "no-cache, private" : "public"],
    ["Content-Length", String(body.length)],
    ["Content-Type", response.contentType],
    ["Date", new Date(takenAt).toUTCString()],
    ...response.etag === void 0 ? [] : [["Etag", response.etag]],
    ...response.accept === void 0 ? [] : [
      ["Vary", "Accept"],
      ["X-Varied-Accept", response.accept]
    ]
  ];
  const head = headers.map(([name, value]) => `${name}: ${value}\r
`).join("");
  const stored = Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r
${head}\r
`, "latin1"), body]);
  const sum = createHash("sha256").update(stored).digest();
  await writeAtomically(file, Buffer.concat([sum, stored]), { ...KUBECTL_MODES, modifiedAt: takenAt });
}
function isDocumentOf(etag, body) {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const document = body.replace(/^\{"kind":"APIGroupDiscoveryList","apiVersion":"[a-z0-9./]+",/, "{").replace(/\n$/, "");
  return etag === `"${createHash("sha512").update(document).digest("hex").toUpperCase()}"`;
}
function headerOf(line) {
  const colon = line.indexOf(":");
  return [line.slice(0, Math.max(0, colon)).toLowerCase(), line.slice(colon + 1).trim()];
}
function withoutChunks(bytes) {
  const parts = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const size = lineEnd === -1 ? Number.NaN : Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (!Number.isSafeInteger(size) || size < 0 || lineEnd + 2 + size > bytes.length) return void 0;
    if (size === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
function tryToRead(file) {
  try {
    return readCachedFile(file);
  } catch {
    return void 0;
  }
}

// src/cache/kubectl/documents.ts
function encodeGroupList({ groups }) {
  return encode({ kind: "APIGroupList", apiVersion: "v1", groups: groups.map(goGroup) });
}
function encodeResourceList({ groupVersion, resources }) {
  return encode({ kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: resources.map(goResource) });
}
function decodeGroupList2(document) {
  return { groups: decodeGroupList(parseV1(document)) };
}
function decodeResourceList2(document, groupVersion) {
  const found = decodeResourceList(parseV1(document));
  if (found.groupVersion !== groupVersion) {
    throw new InvalidDocument(
      `JSON whose groupVersion is ${JSON.stringify(found.groupVersion)}, not ${JSON.stringify(groupVersion)}`
    );
  }
  return found;
}
function parseV1(document) {
  const found = parseDocument(document);
  const apiVersion = text(found, "apiVersion");
  if (apiVersion !== "v1")
    throw new InvalidDocument(`JSON whose apiVersion is ${JSON.stringify(apiVersion)}, not "v1"`);
  return found;
}
function goGroup({ name, versions, preferredVersion }) {
  return {
    name,
    // Go appends versions to a nil slice, which is null as long as nothing is appended.
    versions: versions.length === 0 ? null : versions.map(({ groupVersion, version }) => ({ groupVersion, version })),
    preferredVersion: {
      groupVersion: preferredVersion?.groupVersion ?? "",
      version: preferredVersion?.version ?? ""
    }
  };
}
function goResource(resource) {
  return {
    name: resource.name,
    singularName: resource.singularName,
    namespaced: resource.namespaced,
    group: resource.group || void 0,
    version: resource.version || void 0,
    kind: resource.kind,
    verbs: resource.verbs,
    shortNames: nonEmpty(resource.shortNames),
    categories: nonEmpty(resource.categories),
    storageVersionHash: resource.storageVersionHash || void 0
  };
}
function nonEmpty(words) {
  return words?.length ? words : void 0;
}
function encode(document) {
  const escaped = JSON.stringify(document).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
  return `${escaped}
`;
}

// src/cache/kubectl/cached-discovery.ts
var { join: join3 } = globalThis.process.getBuiltinModule("node:path");
var DEFAULT_TTL_MS = 10 * 60 * 1e3;
function openCachedDiscovery(options) {
  const { delegate, directory, clock, ttlMs = DEFAULT_TTL_MS, keepEmpty = false, onUnwritten } = options;
  const ours = /* @__PURE__ */ new Set();
  let fresh = true;
  let oldest;
  let invalidations = 0;
  function read(file, decode) {
    const own = ours.has(file);
    if (invalidations > 0 && !own) return void 0;
    try {
      const found = readCachedFile(join3(directory, file));
      if (found === void 0 || clock.now() > found.modifiedAt + ttlMs) return void 0;
      fresh = fresh && own;
      const document = decode(found.bytes.toString("utf8"));
      oldest = Math.min(oldest ?? found.modifiedAt, found.modifiedAt);
      return document;
    } catch {
      return void 0;
    }
  }
  async function write(file, document, asked) {
    try {
      await writeAtomically(join3(directory, file), document, { ...KUBECTL_MODES, modifiedAt: clock.now() });
      if (asked === invalidations) ours.add(file);
    } catch (cause) {
      onUnwritten?.(cause);
    }
  }
  return {
    async serverGroups() {
      const cached = read(GROUPS_FILE, decodeGroupList2);
      if (cached !== void 0) return cached;
      const asked = invalidations;
      const groups = await delegate.serverGroups();
      if (groups.groups.length > 0) await write(GROUPS_FILE, encodeGroupList(groups), asked);
      return groups;
    },
    async serverResourcesForGroupVersion(groupVersion) {
      const file = resourcesFile(groupVersion);
      if (file === void 0) return await delegate.serverResourcesForGroupVersion(groupVersion);
      const cached = read(file, (document) => decodeResourceList2(document, groupVersion));
      if (cached !== void 0) return cached;
      const asked = invalidations;
      const resources = await delegate.serverResourcesForGroupVersion(groupVersion);
      if (keepEmpty || resources.resources.length > 0) await write(file, encodeResourceList(resources), asked);
      return resources;
    },
    fresh: () => fresh,
    oldest: () => oldest,
    invalidate() {
      ours.clear();
      fresh = true;
      invalidations += 1;
    }
  };
}

// src/cache/kubectl/layout.ts
async function writeKubectlCache(location, snapshot) {
  const { directory, server } = location;
  const folder = kubectlServerDirectory(directory, server);
  if (folder === void 0) throw new Error(`the server ${server} has no folder in kubectl's cache`);
  const groupVersions = resourceListsOf(snapshot).map(({ groupVersion }) => groupVersion);
  const unwritable = groupVersions.find((groupVersion) => resourcesFile(groupVersion) === void 0);
  if (unwritable !== void 0) throw new Error(`the group-version ${JSON.stringify(unwritable)} names no file`);
  const failures = [];
  const client = openCachedDiscovery({
    delegate: clientOf(snapshot),
    directory: folder,
    clock: { now: () => snapshot.takenAt },
    keepEmpty: true,
    onUnwritten: (cause) => failures.push(cause)
  });
  client.invalidate();
  await Promise.all(groupVersions.map((groupVersion) => client.serverResourcesForGroupVersion(groupVersion)));
  if (failures.length === 0) await client.serverGroups();
  if (failures.length > 0) throw failures[0];
  return folder;
}
async function readKubectlCache({ directory, server }, { ttlMs, clock }) {
  const folder = kubectlServerDirectory(directory, server);
  if (folder === void 0) return void 0;
  const client = openCachedDiscovery({ delegate: NOBODY, directory: folder, ttlMs, clock });
  const list = await client.serverGroups().catch(nothing);
  if (list === void 0 || list.groups.length === 0) return void 0;
  const gaps = [notRecorded("/api"), notRecorded("/apis"), notRecorded("/version")];
  const groups = await Promise.all(
    list.groups.map(async ({ name, versions, preferredVersion }) => {
      const read = await Promise.all(
        versions.map(async ({ version, groupVersion }) => {
          const own = { group: name, version };
          const resources = formatGroupVersion(own) === groupVersion ? await readResources(client, own) : void 0;
          return resources === void 0 ? groupVersion : { version, resources };
        })
      );
      for (const each of read) if (typeof each === "string") gaps.push(notRecordedVersion(each));
      const served = read.filter((each) => typeof each !== "string");
      const preferred = served.find(({ version }) => version === preferredVersion?.version) ?? served[0];
      return { name, versions: served, preferredVersion: preferred?.version };
    })
  );
  return { takenAt: client.oldest() ?? clock.now(), groups, gaps, validators: {} };
}
var ABSENT = "kubectl's cache does not tell an absent group from one whose backend is down";
function notRecorded(endpoint) {
  const message = endpoint === "/version" ? "kubectl's cache does not hold it" : ABSENT;
  return { kind: "endpoint", endpoint, reason: "not-recorded", message };
}
function notRecordedVersion(groupVersion) {
  const message = "kubectl's cache lists it without its resources";
  return { kind: "group-version", groupVersion, reason: "not-recorded", message };
}
var NOBODY = {
  serverGroups: () => Promise.reject(new Error("not in the cache")),
  serverResourcesForGroupVersion: () => Promise.reject(new Error("not in the cache"))
};
var nothing = () => void 0;
async function readResources(client, own) {
  const list = await client.serverResourcesForGroupVersion(formatGroupVersion(own)).catch(nothing);
  return list?.resources.map((resource) => withoutOwn(resource, own));
}
function withoutOwn(resource, own) {
  const { group, version, ...rest } = resource;
  const kind = { group: group || own.group, version: version || own.version };
  return kind.group === own.group && kind.version === own.version ? rest : { ...rest, ...kind };
}
function clientOf(snapshot) {
  const lists = new Map(resourceListsOf(snapshot).map((list) => [list.groupVersion, list]));
  return {
    serverGroups: async () => groupListOf(snapshot),
    serverResourcesForGroupVersion: async (groupVersion) => lists.get(groupVersion) ?? { groupVersion, resources: [] }
  };
}
function groupListOf({ groups }) {
  return {
    groups: groups.map(({ name, versions, preferredVersion }) => ({
      name,
      versions: versions.map(({ version }) => groupVersionOf(name, version)),
      preferredVersion: preferredVersion === void 0 ? void 0 : groupVersionOf(name, preferredVersion)
    }))
  };
}
function resourceListsOf({ groups }) {
  return groups.flatMap(
    ({ name: group, versions }) => versions.map(({ version, resources }) => ({ groupVersion: formatGroupVersion({ group, version }), resources }))
  );
}
function groupVersionOf(group, version) {
  return { groupVersion: formatGroupVersion({ group, version }), version };
}

// src/cache/kubectl/kubectl-cache.ts
var { join: join4 } = globalThis.process.getBuiltinModule("node:path");
function openKubectlCache(options) {
  const { directory, server, owner, ttlMs, clock, log, name, holdsSecret } = options;
  let confirmed = 0;
  let saidUnwritten = false;
  function say(what) {
    log.line(`kubectl's cache of ${name}: ${what}.`);
  }
  const ownerFile = () => {
    const folder = kubectlServerDirectory(directory, server);
    return folder === void 0 ? void 0 : join4(folder, OWNER_FILE);
  };
  async function look() {
    const file = ownerFile();
    if (file !== void 0 && isOfAnother(file, owner)) {
      return none("it was written for another cluster or user at the same address");
    }
    const snapshot = await readKubectlCache({ directory, server }, { ttlMs, clock }).catch(() => void 0);
    if (snapshot === void 0) return none(`nothing in it is younger than the TTL of ${formatDuration(ttlMs)}`);
    const ageMs = clock.now() - snapshot.takenAt;
    if (ageMs >= ttlMs) return none(`nothing in it is younger than the TTL of ${formatDuration(ttlMs)}`);
    if (ageMs < 0) return none(`it was written ${formatDuration(-ageMs)} in the future by this machine's clock`);
    return { kind: "fresh", snapshot: withVersion(snapshot, readVersion()), ageMs };
  }
  function readVersion() {
    const found = readResponse(responseFile(directory, server, "/version"));
    if (found === void 0 || clock.now() - found.modifiedAt >= ttlMs) return void 0;
    try {
      const document = parseDocument(found.response.body);
      const version = {
        gitVersion: text(document, "gitVersion"),
        major: text(document, "major"),
        minor: text(document, "minor")
      };
      return version.gitVersion === "" ? void 0 : version;
    } catch {
      return void 0;
    }
  }
  return {
    async find() {
      const found = await look();
      say(
        found.kind === "none" ? `miss, because ${found.reason}` : `hit, written ${formatDuration(found.ageMs)} ago, younger than the TTL of ${formatDuration(ttlMs)}`
      );
      return found;
    },
    async keep(snapshot) {
      const refuse = (reason) => {
        say(`left alone, because ${reason}`);
        return { kind: "not-kept", reason };
      };
      const unlisted = snapshot.gaps.find((gap) => gap.kind === "endpoint" && gap.endpoint !== "/version");
      if (unlisted !== void 0) return refuse(unlisted.message);
      try {
        const folder = await writeKubectlCache({ directory, server }, snapshot);
        const file = ownerFile();
        if (file !== void 0) await writeAtomically(file, noteOf(owner), KUBECTL_MODES);
        say(`written to ${folder}`);
        return { kind: "kept" };
      } catch (thrown) {
        const reason = messageOf(thrown);
        say(`not written: ${reason}`);
        return { kind: "not-kept", reason };
      }
    },
    through(connection, revalidating) {
      return {
        close: () => connection.close(),
        async get(request) {
          const { path, accept } = request;
          if (!KEPT_PATHS.includes(path)) return await connection.get(request);
          const found = readResponse(responseFile(directory, server, path));
          const stored = found === void 0 ? void 0 : revalidatable(found.response);
          if (revalidating && stored !== void 0 && request.ifNoneMatch === void 0 && accept !== PLAIN) {
            const response2 = await connection.get({ ...request, ifNoneMatch: stored.etag });
            if (response2.status === 304) {
              confirmed += 1;
              return { status: 200, ...stored };
            }
            await store(request, response2, found?.response);
            return response2;
          }
          const response = await connection.get(request);
          await store(request, response, found?.response);
          return response;
        }
      };
    },
    confirmed: () => confirmed
  };
  async function store({ path, accept }, { status, contentType, etag, body }, there) {
    const keeps = path === "/version" ? etag === void 0 : etag !== void 0 && isDocumentOf(etag, body);
    if (status !== 200 || !keeps || holdsSecret(body)) return;
    const response = {
      contentType,
      etag,
      accept: etag === void 0 ? void 0 : acceptOf(contentType, accept, there),
      body
    };
    try {
      await writeResponse(responseFile(directory, server, path), response, clock.now());
    } catch (thrown) {
      if (!saidUnwritten) say(`its HTTP cache is not written: ${messageOf(thrown)}`);
      saidUnwritten = true;
    }
  }
}
var OWNER_FILE = "kube-api-gate.owner";
function noteOf(owner) {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return `${createHash("sha256").update(JSON.stringify(owner)).digest("hex")}
`;
}
var KEPT_PATHS = ["/api", "/apis", "/version"];
var PLAIN = "application/json";
var KUBECTL_ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
function acceptOf(contentType, asked, there) {
  if (!/;v=v2(?:;|$)/.test(contentType)) return asked;
  return there?.accept === void 0 || there.accept === asked ? KUBECTL_ACCEPT : there.accept;
}
function revalidatable({ contentType, etag, body }) {
  return etag !== void 0 && isDocumentOf(etag, body) ? { contentType, etag, body } : void 0;
}
function isOfAnother(file, owner) {
  try {
    const noted = readCachedFile(file);
    return noted !== void 0 && noted.bytes.toString("utf8") !== noteOf(owner);
  } catch {
    return true;
  }
}
function withVersion(snapshot, version) {
  if (version === void 0) return snapshot;
  const gaps = snapshot.gaps.filter((gap) => gap.kind !== "endpoint" || gap.endpoint !== "/version");
  return { ...snapshot, version, gaps };
}
function none(reason) {
  return { kind: "none", why: "kubectl", reason };
}
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
export {
  openKubectlCache
};
