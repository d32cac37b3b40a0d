import {
  advance,
  documentsOf,
  orAsWritten,
  parseGlobs,
  pathMatcher,
  pathWord,
  startOf
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
import {
  readPatternLine
} from "./shared-cluster-inputs.js";
import "./shared-runtime.js";

// src/files/walk.ts
var { lstatSync, opendirSync, statSync } = process.getBuiltinModule("node:fs");
var { parse, resolve, sep } = process.getBuiltinModule("node:path");
var NAMES_A_TURN = 2e3;
var MOST_NAMES = 1e3;
async function walk({ folder, words, exclusions, isChosen, onFile, onFailure, signal }) {
  signal?.throwIfAborted();
  const waiting = [];
  let seen = 0;
  const namesOf = /* @__PURE__ */ new Map();
  const isTurnOver = () => {
    seen += 1;
    return seen % NAMES_A_TURN === 0;
  };
  const giveTurn = async () => {
    await new Promise((resume) => setImmediate(resume));
    signal?.throwIfAborted();
  };
  const fail = (path, reason, stands) => {
    const failing = stands.filter(({ track }) => !track.excludes);
    if (failing.length > 0 && !stands.some(excludesFailure)) onFailure({ path, reason }, indexesOf(failing));
  };
  const enter = (path, parent, reached, link) => {
    const stands = link === void 0 ? reached : unlessKnownAbove(parent, link, reached);
    if (!stands.some(isIncluding)) return;
    if (link !== void 0) {
      const names = (namesOf.get(link.identity) ?? 0) + 1;
      namesOf.set(link.identity, names);
      if (names === MOST_NAMES + 1) {
        const reason = `Links lead to this folder under more than ${MOST_NAMES} names.`;
        onFailure({ path, reason }, indexesOf(stands.filter(isIncluding)));
      }
      if (names > MOST_NAMES) return;
    }
    waiting.push({ path, parent, stands, isBelowLink: link !== void 0 });
  };
  const consider = (parent, name, entry) => {
    const reached = afterName(parent.stands, name);
    if (!reached.some(isIncluding)) return;
    const path = parent.path.endsWith(sep) ? parent.path + name : parent.path + sep + name;
    const found = lookAt(path, entry, parent.isBelowLink);
    if (found.kind === "nothing") return;
    if (found.kind === "folder") {
      if (!excludesFolder(reached)) enter(path, parent, inFolder(reached, name, isChosen), found.link);
      return;
    }
    const meant = reached.filter((stand) => meansFile(stand, name, isChosen));
    const including = meant.filter(isIncluding);
    if (including.length > 0 && including.length === meant.length) {
      if (found.kind !== "special" || including.some(({ track }) => track.word.isPath))
        onFile(path, indexesOf(including));
      else fail(path, "It is not a regular file.", including);
    } else if (found.kind === "broken") {
      fail(
        path,
        found.reason,
        reached.filter(({ track, at }) => track.excludes || at < track.segments.length)
      );
    }
  };
  for (const [root, stands] of startsOf(words, exclusions, folder)) {
    waiting.push({ path: root, parent: void 0, stands: inFolder(stands, "", isChosen), isBelowLink: false });
  }
  for (let next = waiting.pop(); next !== void 0; next = waiting.pop()) {
    const { path, stands } = next;
    if (isTurnOver()) await giveTurn();
    const written = new Set(stands.filter(isIncluding).map(nextName));
    if (written.delete(void 0)) {
      const searching = stands.filter((stand) => stand.track.excludes || nextName(stand) === void 0);
      const unreadable = (thrown) => fail(path, `The folder cannot be read: ${reasonOf(thrown)}.`, searching);
      for (const entry of entriesOf(path, unreadable)) {
        if (isTurnOver()) await giveTurn();
        written.delete(entry.name);
        consider(next, entry.name, entry);
      }
    }
    for (const name of written) if (name !== void 0) consider(next, name, void 0);
  }
}
function isIncluding({ track }) {
  return !track.excludes;
}
function startsOf(words, exclusions, folder) {
  const starts = /* @__PURE__ */ new Map();
  const add = (word, index, excludes) => {
    const { root, segments } = fromRoot(word, folder);
    const stands = [];
    const track = { word, index, excludes, segments, stands };
    for (let at = 0; at <= segments.length + 1; at += 1) stands.push({ track, at });
    const together = starts.get(root) ?? [];
    starts.set(root, together);
    for (const at of startOf(segments)) together.push(...stands.slice(at, at + 1));
  };
  for (const [index, word] of words.entries()) add(word, index, false);
  for (const [index, word] of exclusions.entries()) add(word, index, true);
  return starts;
}
function fromRoot({ isAbsolute: isAbsolute2, segments }, folder) {
  const climbing = segments.findIndex((segment) => segment.kind !== "name" || segment.name !== "..");
  const parents = climbing < 0 ? segments.length : climbing;
  const base = resolve(folder, isAbsolute2 ? "/" : "../".repeat(parents));
  const { root } = parse(base);
  const above = base.slice(root.length).split(sep).filter((name) => name !== "");
  return { root, segments: [...above.map((name) => ({ kind: "name", name })), ...segments.slice(parents)] };
}
function nextName({ track, at }) {
  const segment = track.segments[at];
  return segment?.kind === "name" ? segment.name : void 0;
}
function afterName(stands, name) {
  const reached = /* @__PURE__ */ new Set();
  const positions = /* @__PURE__ */ new Set();
  for (const stand of stands) {
    const { track, at } = stand;
    if (at > track.segments.length) {
      if (track.word.isPath || !name.startsWith(".")) reached.add(stand);
      continue;
    }
    positions.clear();
    advance(track.segments, at, name, positions);
    for (const position of positions) {
      const next = track.stands[position];
      if (next !== void 0) reached.add(next);
    }
  }
  return [...reached];
}
function isAtEnd({ track, at }) {
  return at === track.segments.length;
}
function meansFile(stand, name, isChosen) {
  const { track, at } = stand;
  if (isAtEnd(stand)) return !track.word.meansFolders && (track.excludes || !takesAnyName(track) || isChosen(name));
  return at > track.segments.length && isChosen(name);
}
function takesAnyName({ segments }) {
  const last = segments.at(-1);
  return last?.kind === "folders" || last?.kind === "names" && last.isStar;
}
function inFolder(reached, name, isChosen) {
  return reached.flatMap((stand) => {
    const { track } = stand;
    if (!isAtEnd(stand)) return stand;
    if (track.excludes || track.segments.at(-1)?.kind === "folders") return [];
    if (!track.word.meansFolders && takesAnyName(track) && !isChosen(name)) return [];
    return track.stands.slice(-1);
  });
}
function excludesFolder(reached) {
  const excluding = reached.filter(({ track }) => track.excludes);
  if (excluding.some((stand) => isAtEnd(stand) && (stand.track.word.isPath || stand.track.word.meansFolders)))
    return true;
  return excluding.some(isInLastFolders) && !reached.some((stand) => isIncluding(stand) && seesHidden(stand));
}
function isInLastFolders({ track, at }) {
  return at === track.segments.length - 1 && track.segments[at]?.kind === "folders";
}
function seesHidden({ track, at }) {
  if (track.word.isPath) return true;
  return track.segments.slice(at).some(
    (segment) => segment.kind === "name" ? segment.name.startsWith(".") : segment.kind === "names" && segment.canBeHidden
  );
}
function excludesFailure(stand) {
  return stand.track.excludes && (isAtEnd(stand) || isInLastFolders(stand));
}
function indexesOf(stands) {
  return [...new Set(stands.map(({ track }) => track.index))];
}
function unlessKnownAbove(parent, { identity, isLink }, stands) {
  let unknown = stands;
  for (let above = parent; above !== void 0; above = above.parent) {
    above.identity ??= identityOf(statSync(above.path));
    if (above.identity !== identity) continue;
    const known = new Set(isLink ? [...above.stands, ...parent.stands] : above.stands);
    unknown = unknown.filter((stand) => stand.track.excludes || !known.has(stand));
  }
  return unknown;
}
function identityOf({ dev, ino }) {
  return `${dev}:${ino}`;
}
function lookAt(path, entry, isBelowLink) {
  if (entry?.isFile() === true) return { kind: "file" };
  if (entry?.isDirectory() === true && !isBelowLink) return { kind: "folder" };
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) {
      return { kind: "folder", link: entry && { identity: identityOf(stats), isLink: entry.isSymbolicLink() } };
    }
    if (stats !== void 0) return { kind: stats.isFile() ? "file" : "special" };
    if (lstatSync(path, { throwIfNoEntry: false }) !== void 0) {
      return { kind: "broken", reason: "The link leads nowhere." };
    }
    if (entry === void 0) return { kind: "nothing" };
    return { kind: "broken", reason: "Its name is not valid UTF-8, or it is gone." };
  } catch (thrown) {
    return { kind: "broken", reason: `It cannot be looked at: ${reasonOf(thrown)}.` };
  }
}
function* entriesOf(path, onFailure) {
  const attempt = (read) => {
    try {
      return read();
    } catch (thrown) {
      onFailure(thrown);
      return null;
    }
  };
  const opened = attempt(() => opendirSync(path, { bufferSize: 256 }));
  if (opened === null) return;
  try {
    for (let entry = attempt(() => opened.readSync()); entry !== null; entry = attempt(() => opened.readSync()))
      yield entry;
  } finally {
    opened.closeSync();
  }
}
function reasonOf(thrown) {
  if (!(thrown instanceof Error)) return String(thrown);
  if ("code" in thrown && thrown.code === "ENAMETOOLONG") return "its path is longer than the system allows";
  return thrown.message.replace(/, \w+ '.*'$/s, "");
}

// src/manifests/find-files.ts
var { lstatSync: lstatSync2 } = process.getBuiltinModule("node:fs");
var { isAbsolute, join, relative, resolve: resolve2, sep: sep2 } = process.getBuiltinModule("node:path");
var MANIFESTS = { kind: "input", input: "manifests" };
var MANIFEST = /\.(?:ya?ml|json)$/;
var isManifest = (name) => MANIFEST.test(name);
async function findFiles(patterns, surroundings) {
  const { workingDirectory, signal } = surroundings;
  const nameOf = namer(surroundings);
  const { globs, problems } = readPatterns(patterns, workingDirectory);
  const chosen = globs.filter(({ excludes }) => !excludes);
  const exclusions = globs.filter(({ excludes }) => excludes).flatMap(({ words }) => words);
  const all = chosen.flatMap((glob) => glob.words.map((word) => ({ glob, word })));
  const counts = new Map(chosen.map((glob) => [glob, 0]));
  const alive = /* @__PURE__ */ new Set();
  const files = [];
  const failures = [];
  const globsOf = (indexes) => {
    const found = /* @__PURE__ */ new Set();
    for (const index of indexes) {
      const one = all[index];
      if (one === void 0) continue;
      found.add(one.glob);
      alive.add(one.word);
    }
    return found;
  };
  await walk({
    folder: workingDirectory,
    words: all.map(({ word }) => word),
    exclusions,
    isChosen: isManifest,
    signal,
    onFile: (path, indexes) => {
      for (const glob of globsOf(indexes)) counts.set(glob, (counts.get(glob) ?? 0) + 1);
      files.push({ path, file: nameOf(path) });
    },
    onFailure: ({ path, reason }, indexes) => {
      globsOf(indexes);
      failures.push({
        place: { kind: "file", file: nameOf(path), line: 1 },
        message: reason,
        hint: `Correct it, or exclude it with \`!${localName(path, workingDirectory)}\`.`
      });
    }
  });
  const dead = chosen.flatMap((glob) => deadWords(glob, alive).map((word) => ({ glob, word })));
  const hidden = exclusions.length === 0 ? /* @__PURE__ */ new Set() : await matchingWords(
    dead.map(({ word }) => word),
    workingDirectory,
    signal
  );
  for (const glob of new Set(dead.map((each) => each.glob))) {
    const words = dead.filter((each) => each.glob === glob).map(({ word }) => word);
    problems.push(unmatched(glob, words, hidden, surroundings));
  }
  return {
    files: files.sort((a, b) => compare(a.file, b.file)),
    problems: [...problems, ...failures.sort((a, b) => compare(fileOf(a), fileOf(b)))],
    counts: chosen.map((glob) => ({ pattern: glob.pattern, files: counts.get(glob) ?? 0 }))
  };
}
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
function fileOf({ place }) {
  return place.kind === "file" ? place.file : "";
}
function deadWords({ words }, alive) {
  const stem = ({ text }) => text.replace(MANIFEST, ".");
  const living = new Set(words.filter((word) => alive.has(word)).map(stem));
  return words.filter((word) => !living.has(stem(word)));
}
async function matchingWords(words, folder, signal) {
  const matching = /* @__PURE__ */ new Set();
  const onFile = (_path, indexes) => {
    for (const word of indexes.flatMap((index) => words[index] ?? [])) matching.add(word);
  };
  if (words.length > 0) {
    await walk({ folder, words, exclusions: [], isChosen: isManifest, onFile, onFailure: () => void 0, signal });
  }
  return matching;
}
var MOST_NAMED = 5;
function unmatched({ pattern, words: all }, words, hidden, surroundings) {
  const place = MANIFESTS;
  const ending = words.every((word) => hidden.has(word)) ? "only files that other patterns exclude" : "no file";
  if (words.length === all.length) {
    return { place, message: `The pattern ${pattern} matches ${ending}.`, hint: hintFor(pattern, surroundings) };
  }
  const named = words.slice(0, MOST_NAMED).map(({ text }) => text);
  const others = words.length - named.length;
  const list = others > 0 ? `${named.join(", ")} and ${others} more` : named.join(", ");
  return {
    place,
    message: `Of the pattern ${pattern}, ${list} ${words.length === 1 ? "matches" : "match"} ${ending}.`,
    hint: "Correct the alternative, or remove it. Where one may be missing, write @(a|b) instead of {a,b}."
  };
}
function hintFor(pattern, { workingDirectory }) {
  const quoted = /^(['"`])(.*)\1$/.exec(pattern)?.[2];
  if (quoted !== void 0) return `Remove the quotes: ${quoted}`;
  if (/^- /.test(pattern)) return `The input is plain text, not a YAML list. Write ${pattern.slice(2).trim()}`;
  if (/\s\S*[/.*]/.test(pattern)) return "Put each pattern on a line of its own.";
  if (slashed(pattern).includes("\\")) return "Write / between folders.";
  if (/^~|\$[\w{]/.test(pattern)) return "Patterns are not expanded by a shell. Write the path itself.";
  return `Patterns are relative to ${workingDirectory}. Correct the pattern, or remove it.`;
}
function readPatterns(patterns, workingDirectory) {
  const problems = [];
  const globs = patterns.flatMap((line) => {
    const { excludes, pattern } = readPatternLine(slashed(line));
    const read = parseGlobs([slashed(line)], MANIFESTS);
    const [glob] = read.globs;
    if (glob?.words.every(({ isPath }) => isPath) === true && glob.words.length === 1) return glob;
    const path = pathOf(pattern, workingDirectory);
    if (path !== void 0 && !(glob?.words.some((word) => matchesItself(word, pattern)) === true)) {
      return { pattern: line, excludes, words: [path] };
    }
    problems.push(...read.problems);
    return glob === void 0 ? [] : { ...glob, words: glob.words.map((word) => existing(word, workingDirectory)) };
  });
  return { globs, problems };
}
function existing(word, workingDirectory) {
  return word.isPath || matchesItself(word, word.text) ? word : pathOf(word.text, workingDirectory) ?? word;
}
function matchesItself(word, text) {
  return pathMatcher([{ pattern: text, excludes: false, words: [word] }])(text);
}
function pathOf(text, workingDirectory) {
  try {
    const path = resolve2(workingDirectory, text);
    return lstatSync2(path, { throwIfNoEntry: false }) === void 0 ? void 0 : pathWord(text);
  } catch {
    return void 0;
  }
}
function fileMatcher(patterns, input, { workingDirectory }) {
  const { globs, problems } = parseGlobs(patterns.map(slashed), { kind: "input", input });
  const matches = pathMatcher(globs.map(orAsWritten));
  const isMeant = ({ path, file }) => [file, relative(workingDirectory, path).replaceAll(sep2, "/"), path.replaceAll(sep2, "/")].some(matches);
  return { isMeant, problems };
}
function slashed(pattern) {
  return sep2 === "\\" ? pattern.replaceAll("\\", "/") : pattern;
}
function localName(path, folder) {
  const prefix = folder.endsWith(sep2) ? folder : folder + sep2;
  return (path.startsWith(prefix) ? path.slice(prefix.length) : path).replaceAll(sep2, "/");
}
function namer({ repositoryRoot, workingDirectory }) {
  const root = isAbsolute(repositoryRoot) ? resolve2(repositoryRoot) : join(workingDirectory, repositoryRoot);
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
var { relative: relative2, sep: sep3 } = process.getBuiltinModule("node:path");
var MANY_PATTERNS = 50;
var FILES_A_TURN = 500;
async function readManifests(options) {
  const found = await findFiles(options.patterns, options);
  for (const { pattern, files } of found.counts) {
    if (files !== 1 || found.counts.length <= MANY_PATTERNS) options.onMatched?.(pattern, files);
  }
  const unparsable = fileMatcher(options.allowUnparsable, "allow-unparsable", options);
  const readContent = contentReader();
  const requirements = [];
  const provided = [];
  const problems = [...found.problems, ...unparsable.problems];
  const warnings = [];
  const notJudged = {};
  let read = 0;
  const piped = (options.piped ?? []).map(({ name, content }) => ({ file: { path: name, file: name }, content }));
  for (const { file, content } of [...found.files.map((each) => ({ file: each, content: void 0 })), ...piped]) {
    read += 1;
    if (read % FILES_A_TURN === 0) await new Promise((resolve3) => setImmediate(resolve3));
    options.signal?.throwIfAborted();
    const excused = unparsable.isMeant(file);
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
  const chart = folder === void 0 ? "<chart>" : relative2(workingDirectory, folder).replaceAll(sep3, "/") || ".";
  return `Render it, for example with \`helm template ${chart} > rendered.yaml\`, and give the result to manifests; exclude the templates with \`!${chart}/templates/**\`.`;
}
function renderWithVariables(file, { workingDirectory }) {
  const path = relative2(workingDirectory, file.path).replaceAll(sep3, "/");
  return `Render it, for example with \`envsubst < ${path} > rendered.yaml\`, and give the result to manifests; exclude the template with \`!${path}\`.`;
}
export {
  readManifests
};
