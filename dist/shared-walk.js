import {
  advance,
  orAsWritten,
  parseGlobs,
  pathMatcher,
  pathWord,
  startOf
} from "./shared-segment.js";
import {
  readPatternLine
} from "./shared-scanner.js";

// src/files/walk.ts
var { lstatSync, opendirSync, statSync } = globalThis.process.getBuiltinModule("node:fs");
var { parse, resolve, sep } = globalThis.process.getBuiltinModule("node:path");
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

// src/manifests/pattern-hint.ts
var { readdirSync } = globalThis.process.getBuiltinModule("node:fs");
var QUOTED = /^(!?)\s*(['"`])(.*)\2$/;
function hintForPattern(pattern, workingDirectory) {
  if (QUOTED.test(pattern)) return `Remove the quotes: ${unquoted(pattern)}`;
  if (/^-\s/.test(pattern)) {
    return `The input is plain text, not a YAML list. Write ${unquoted(pattern.slice(2).trim())}`;
  }
  if (/\s\S*[/.*]/.test(pattern)) return "Put each pattern on a line of its own.";
  if (pattern.includes("\\")) return "Write / between folders.";
  if (/^~|\$[\w{]/.test(pattern)) return "Patterns are not expanded by a shell. Write the path itself.";
  if (isEmpty(workingDirectory)) {
    return `${workingDirectory} is empty. Check the repository out before this step, with actions/checkout.`;
  }
  return `Patterns are relative to ${workingDirectory}. Correct the pattern, or remove it.`;
}
function unquoted(pattern) {
  return pattern.replace(QUOTED, "$1$3");
}
function isEmpty(folder) {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}

// src/manifests/find-files.ts
var { lstatSync: lstatSync2 } = globalThis.process.getBuiltinModule("node:fs");
var { isAbsolute, join, relative, resolve: resolve2, sep: sep2 } = globalThis.process.getBuiltinModule("node:path");
var MANIFEST = /\.(?:ya?ml|json)$/;
var isManifest = (name) => MANIFEST.test(name);
async function findFiles(patterns, options) {
  const { workingDirectory, signal } = options;
  const place = { kind: "input", input: options.input ?? "manifests" };
  const nameOf = namer(options);
  const { globs, problems } = readPatterns(patterns, place, workingDirectory);
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
    problems.push(unmatched(glob, words, hidden, { place, workingDirectory }));
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
function unmatched({ pattern, words: all }, words, hidden, { place, workingDirectory }) {
  const ending = words.every((word) => hidden.has(word)) ? "only files that other patterns exclude" : "no file";
  if (words.length === all.length) {
    return {
      place,
      message: `The pattern ${pattern} matches ${ending}.`,
      hint: hintForPattern(slashed(pattern), workingDirectory)
    };
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
function readPatterns(patterns, place, workingDirectory) {
  const problems = [];
  const globs = patterns.flatMap((line) => {
    const { excludes, pattern } = readPatternLine(slashed(line));
    const read = parseGlobs([slashed(line)], place);
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

export {
  findFiles,
  fileMatcher
};
