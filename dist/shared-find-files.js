import {
  require_picomatch
} from "./shared-picomatch.js";
import {
  __toESM
} from "./shared-runtime.js";

// src/manifests/find-files.ts
var import_picomatch = __toESM(require_picomatch(), 1);
var { lstatSync, readdirSync, realpathSync, statSync } = process.getBuiltinModule("node:fs");
var { isAbsolute, join, resolve, sep } = process.getBuiltinModule("node:path");
var MANIFEST = /\.(?:ya?ml|json)$/;
function findFiles(patterns, surroundings, input = "manifests") {
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
        place: { kind: "input", input },
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

export {
  findFiles,
  fileMatcher
};
