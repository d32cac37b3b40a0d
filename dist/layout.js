import {
  writeAtomically
} from "./shared-atomic-file.js";
import {
  InvalidDocument,
  decodeGroupList,
  decodeResourceList,
  formatGroupVersion,
  parseDocument,
  parseGroupVersion,
  text
} from "./shared-scanner.js";
import "./shared-cluster-inputs.js";
import "./shared-runtime.js";

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

// src/cache/kubectl/paths.ts
var GROUPS_FILE = "servergroups.json";
var RESOURCES_FILE = "serverresources.json";
function kubectlServerDirectory(directory, server) {
  const { join, sep } = process.getBuiltinModule("node:path");
  const schemeless = configuredHost(server).replace("https://", "").replace("http://", "");
  const root = join(directory, "discovery");
  const path = join(root, schemeless.replace(/[^(\w/.)]/gu, "_"));
  const trimmed = path.endsWith(sep) ? path.slice(0, -1) : path;
  return trimmed.startsWith(`${root}${sep}`) ? trimmed : void 0;
}
function resourcesFile(groupVersion) {
  const { join } = process.getBuiltinModule("node:path");
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

// src/cache/kubectl/layout.ts
var KUBECTL_MODES = { fileMode: 432, directoryMode: 488 };
var MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;
async function writeKubectlCache({ directory, server }, snapshot) {
  const { join } = process.getBuiltinModule("node:path");
  const folder = kubectlServerDirectory(directory, server);
  if (folder === void 0) throw new Error(`the server ${server} has no folder in kubectl's cache`);
  const options = { ...KUBECTL_MODES, modifiedAt: snapshot.takenAt };
  const lists = resourceListsOf(snapshot).map((list) => {
    const file = resourcesFile(list.groupVersion);
    if (file === void 0) throw new Error(`the group-version ${JSON.stringify(list.groupVersion)} names no file`);
    return { path: join(folder, file), document: encodeResourceList(list) };
  });
  await Promise.all(lists.map(({ path, document }) => writeAtomically(path, document, options)));
  await writeAtomically(join(folder, GROUPS_FILE), encodeGroupList(groupListOf(snapshot)), options);
  return folder;
}
async function readKubectlCache({ directory, server }) {
  const { join } = process.getBuiltinModule("node:path");
  const folder = kubectlServerDirectory(directory, server);
  const found = folder === void 0 ? void 0 : await readDocument(join(folder, GROUPS_FILE));
  if (folder === void 0 || found === void 0) return void 0;
  const gaps = [];
  let takenAt = found.modifiedAt;
  const groups = [];
  for (const group of decodeGroupList2(found.document).groups) {
    const versions = [];
    for (const { groupVersion, version } of group.versions) {
      const read = await readResources(folder, groupVersion, { group: group.name, version });
      if ("gap" in read) {
        gaps.push(read.gap);
      } else {
        takenAt = Math.min(takenAt, read.modifiedAt);
        versions.push({ version, resources: read.resources });
      }
    }
    const preferred = versions.find(({ version }) => version === group.preferredVersion?.version) ?? versions[0];
    groups.push({ name: group.name, versions, ...preferred ? { preferredVersion: preferred.version } : {} });
  }
  return { takenAt, groups, gaps, validators: {} };
}
async function readResources(folder, groupVersion, own) {
  const { join } = process.getBuiltinModule("node:path");
  const gap = (reason, message) => ({
    gap: { kind: "group-version", groupVersion: formatGroupVersion(own), reason, message }
  });
  const file = formatGroupVersion(own) === groupVersion ? resourcesFile(groupVersion) : void 0;
  if (file === void 0)
    return gap("invalid", `kubectl's cache lists ${JSON.stringify(groupVersion)}, which names no file`);
  try {
    const found = await readDocument(join(folder, file));
    if (found === void 0) return gap("not-found", `kubectl's cache has no ${file}`);
    const { resources } = decodeResourceList2(found.document, groupVersion);
    return { resources: resources.map((resource) => withoutOwn(resource, own)), modifiedAt: found.modifiedAt };
  } catch (thrown) {
    return gap("invalid", `kubectl's cache has a ${file} that cannot be used: ${messageOf(thrown)}`);
  }
}
function withoutOwn(resource, own) {
  const { group, version, ...rest } = resource;
  const kind = { group: group || own.group, version: version || own.version };
  return kind.group === own.group && kind.version === own.version ? rest : { ...rest, ...kind };
}
async function readDocument(path) {
  const { open } = process.getBuiltinModule("node:fs/promises");
  const file = await open(path, "r").catch((thrown) => {
    if (thrown.code === "ENOENT" || thrown.code === "ENOTDIR") return void 0;
    throw thrown;
  });
  if (file === void 0) return void 0;
  try {
    const { mtimeMs, size } = await file.stat();
    if (size > MAX_DOCUMENT_BYTES) throw new Error(`it is ${size} bytes long`);
    return { document: await file.readFile("utf8"), modifiedAt: Math.floor(mtimeMs) };
  } finally {
    await file.close();
  }
}
function groupListOf({ groups }) {
  return {
    groups: groups.map(({ name, versions, preferredVersion }) => ({
      name,
      versions: versions.map(({ version }) => groupVersionOf(name, version)),
      ...preferredVersion === void 0 ? {} : { preferredVersion: groupVersionOf(name, preferredVersion) }
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
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
export {
  KUBECTL_MODES,
  MAX_DOCUMENT_BYTES,
  groupListOf,
  readDocument,
  readKubectlCache,
  resourceListsOf,
  writeKubectlCache
};
