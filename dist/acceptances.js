import {
  documentsOf
} from "./shared-plain.js";
import {
  orAsWritten,
  parseGlobs,
  pathMatcher
} from "./shared-segment.js";
import {
  writeAtomically
} from "./shared-atomic-file.js";
import {
  EVERYTHING,
  GateError,
  decodeFile,
  dereference,
  fieldOf,
  fieldsOf,
  formatPlace,
  lineCounter,
  readPatternLine,
  valueUnder
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/acceptances/failures.ts
var DEGREES = ["deprecated", "removed-by-target", "missing"];
var FAILURES = [...DEGREES, "unknown"];
function failuresOf({ met, lifecycle }, failOn) {
  const unmet = { no: ["missing"], unknown: ["unknown"], yes: [] };
  const all = [...unmet[met], ...lifecycle.map(({ kind }) => kind)];
  const asked = all.filter((failure) => failOn.includes(failure));
  return asked.length === 0 ? all : asked;
}
function gravest(failures) {
  return FAILURES.findLast((failure) => failures.includes(failure));
}
function isAccepted(failure, accepted) {
  if (accepted.includes(failure)) return true;
  const degree = DEGREES.indexOf(failure);
  return degree >= 0 && accepted.some((own) => DEGREES.indexOf(own) > degree);
}
function takenToAccept(failOn) {
  return FAILURES.filter((failure) => failOn.includes(failure)).slice(0, 1);
}

// src/acceptances/fields.ts
function nearest(key2, known) {
  const lower = key2.toLowerCase();
  return known.find((name) => name.startsWith(lower.slice(0, 3)) || lower.startsWith(name.slice(0, 3)));
}
function readFields(node, document, what, known, problems) {
  const nodePlace = () => document.place(node ?? { at: 0 });
  if (node?.kind !== "mapping") {
    problems.push({ place: nodePlace(), message: `${what} must be a mapping with the keys ${known.join(", ")}.` });
    return void 0;
  }
  for (const field of fieldsOf(node)) {
    if (known.includes(field.name)) continue;
    const near = nearest(field.name, known);
    problems.push({
      place: document.place(field),
      message: `${what} has no key \`${field.name}\`.`,
      hint: near === void 0 ? `Known keys: ${known.join(", ")}.` : `Write \`${near}\`.`
    });
  }
  const find = (name) => {
    const field = fieldOf(node, name);
    return field === void 0 ? void 0 : dereference(field.value);
  };
  const fault = (part, message, hint) => {
    problems.push({ place: document.place(part), message, hint });
  };
  const asText = (value, name) => {
    if (value.kind === "string" && value.tag?.startsWith("!") === true) {
      return fault(value, `\`${name}\` begins with \`!\`, which is a tag in YAML.`, "Put the text in quotes.");
    }
    if (value.kind === "string" && value.text.trim() !== "") return value.text.trim();
    const hint = value.kind === "boolean" || value.kind === "number" ? "Put the text in quotes." : void 0;
    return fault(value, `\`${name}\` must be a text that is not empty.`, hint);
  };
  const text = (name) => {
    const value = find(name);
    return value === void 0 ? void 0 : asText(value, name);
  };
  return {
    text,
    requiredText: (name) => {
      if (find(name) === void 0) fault(node, `${what} lacks \`${name}\`.`);
      return text(name) ?? "";
    },
    texts: (name) => {
      const value = find(name);
      if (value === void 0) return void 0;
      if (value.kind !== "sequence") return [asText(value, name)].filter((item) => item !== void 0);
      if (value.items.length === 0) fault(value, `\`${name}\` is an empty list.`, "Leave it out to mean all.");
      return value.items.map((item) => asText(item, name)).filter((item) => item !== void 0);
    },
    wholeNumber: (name) => {
      const value = find(name);
      if (value === void 0) return void 0;
      const number = value.kind === "number" ? Number(value.text) : 0;
      if (Number.isSafeInteger(number) && number > 0) return number;
      return fault(value, `\`${name}\` must be a whole number above 0.`);
    },
    place: (name) => document.place(find(name) ?? node)
  };
}

// src/acceptances/located.ts
function parseLocated(text, file) {
  const { bytes } = decodeFile(Buffer.from(text));
  const position = lineCounter(bytes);
  const place = ({ at }) => ({ kind: "file", file, ...position(at) });
  const problems = [];
  let read2;
  for (const document of documentsOf(bytes, EVERYTHING)) {
    if (document.kind === "unreadable") {
      problems.push({ place: place(document), message: `This is not YAML: ${document.quoting}.` });
      continue;
    }
    if (document.kind === "dropped" || read2 !== void 0) {
      const at = document.kind === "dropped" ? document.at : document.start;
      problems.push({ place: place({ at }), message: "The file must hold one document; another begins here." });
      continue;
    }
    const { root, offset: offset2, repeatedKeys } = document;
    read2 = { root, offset: offset2 };
    for (const at of repeatedKeys) {
      const hint = "Remove one of the two, because only one of them can count.";
      problems.push({ place: place({ at: at + offset2 }), message: "Duplicate key.", hint });
    }
    for (const { at } of aliasesIn(root)) {
      problems.push({
        place: place({ at: at + offset2 }),
        message: "An alias (`*name`) cannot be used here; write the value out."
      });
    }
  }
  if (problems.length > 0) return { kind: "problems", problems };
  const offset = read2?.offset ?? 0;
  return { kind: "document", document: { root: read2?.root, place: ({ at }) => place({ at: at + offset }) } };
}
function aliasesIn(node) {
  switch (node.kind) {
    case "alias":
      return [node];
    case "sequence":
      return node.items.flatMap(aliasesIn);
    case "mapping":
      return node.fields.flatMap(({ key: key2, value }) => [
        ...key2 === void 0 ? [] : aliasesIn(key2),
        ...aliasesIn(value)
      ]);
    default:
      return [];
  }
}

// src/acceptances/baseline.ts
function objectOf({ requirement: { object } }) {
  if (object === void 0) return void 0;
  if (object.namespace === void 0) return object.name === "" ? void 0 : object.name;
  return `${object.namespace}/${object.name}`;
}
function fromOf({ requirement: { place } }) {
  return place.kind === "file" ? { kind: "file", name: place.file } : { kind: "input", name: place.input };
}
function fieldOf2({ field }) {
  return field === void 0 || field.path === "" ? void 0 : field.path;
}
function key({ cluster, requirement, from, object, field }) {
  const parts = [cluster, from.kind, from.name, requirement, object ?? null];
  return JSON.stringify(field === void 0 ? parts : [...parts, field]);
}
function keyOfFinding(finding) {
  const { cluster, requirement } = finding;
  const [object, field] = [objectOf(finding), fieldOf2(finding)];
  return key({ cluster, requirement: requirement.text, from: fromOf(finding), object, field });
}
function keyOfEntry({ cluster, requirement, from, object, field }) {
  return key({ cluster, requirement, from, object, field });
}
function entriesOf(findings, failOn) {
  const found = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const id = keyOfFinding(finding);
    const same = found.get(id) ?? { finding, failures: [], places: /* @__PURE__ */ new Set() };
    same.failures.push(...failuresOf(finding, failOn));
    same.places.add(formatPlace(finding.requirement.place));
    found.set(id, same);
  }
  return [...found.values()].map(({ finding, failures, places }) => {
    const object = objectOf(finding);
    const field = fieldOf2(finding);
    return {
      cluster: finding.cluster,
      requirement: finding.requirement.text,
      field,
      failure: gravest(failures) ?? "missing",
      from: fromOf(finding),
      object,
      count: places.size,
      place: finding.requirement.place
    };
  });
}
function formatBaseline(entries) {
  const sorted = entries.map((entry) => ({ entry, id: keyOfEntry(entry) })).sort((a, b) => a.id < b.id ? -1 : Number(a.id > b.id));
  const lines = sorted.map(
    ({ entry: { cluster, from, requirement, field, object, failure, count } }) => JSON.stringify({
      cluster,
      [from.kind]: from.name,
      requirement,
      field,
      object,
      failure,
      ...count === 1 ? {} : { count }
    })
  );
  const findings = lines.length === 0 ? "[]" : `[
${lines.map((line) => `    ${line}`).join(",\n")}
  ]`;
  return `{
  "version": 1,
  "findings": ${findings}
}
`;
}
var KEYS = ["cluster", "file", "input", "requirement", "field", "object", "failure", "count"];
var RECORDED = {
  deprecated: "deprecated",
  "removed-by-target": "removed-by-target",
  missing: "missing",
  "not-met": "missing"
};
function parseBaseline(text, file) {
  const parsed = parseLocated(text, file);
  if (parsed.kind === "problems") return { entries: [], problems: parsed.problems };
  const { document } = parsed;
  const problems = [];
  const fields = readFields(document.root, document, "A baseline file", ["version", "findings", "$schema"], problems);
  if (fields === void 0) return { entries: [], problems };
  if (fields.wholeNumber("version") !== 1) {
    problems.push({
      place: fields.place("version"),
      message: 'A baseline file says `"version": 1`; this one does not.',
      hint: "Write it again with `update-baseline: true`."
    });
    return { entries: [], problems };
  }
  const findings = valueUnder(document.root, "findings");
  if (findings?.kind !== "sequence") {
    problems.push({ place: fields.place("findings"), message: "`findings` of a baseline file must be a list." });
    return { entries: [], problems };
  }
  const entries = findings.items.flatMap((item) => {
    const entry = readFields(item, document, "An entry of the baseline", KEYS, problems);
    if (entry === void 0) return [];
    const recorded = entry.requiredText("failure");
    const failure = Object.hasOwn(RECORDED, recorded) ? RECORDED[recorded] : void 0;
    if (recorded !== "" && failure === void 0) {
      problems.push({
        place: entry.place("failure"),
        message: "`failure` must be one of deprecated, removed-by-target, missing."
      });
    }
    const [fromFile, fromInput, object] = [entry.text("file"), entry.text("input"), entry.text("object")];
    const field = entry.text("field");
    const from = fromFile === void 0 ? fromInput === void 0 ? void 0 : { kind: "input", name: fromInput } : { kind: "file", name: fromFile };
    if (from === void 0 || fromFile !== void 0 && fromInput !== void 0) {
      problems.push({
        place: document.place(item),
        message: "An entry of the baseline names either a `file` or an `input`."
      });
    }
    const read2 = { cluster: entry.requiredText("cluster"), requirement: entry.requiredText("requirement") };
    if (from === void 0 || failure === void 0) return [];
    return [
      {
        ...read2,
        field,
        failure,
        from,
        object,
        count: entry.wholeNumber("count") ?? 1,
        place: document.place(item),
        isOld: recorded === "not-met" || void 0
      }
    ];
  });
  return { entries, problems };
}

// src/acceptances/name-pattern.ts
function isLike(pattern, text) {
  const pieces = pattern.split(/\*+/);
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === void 0) return pattern === text;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
var SEPARATOR = /(^!|\/|[ |]+)/;
function partsOf(requirement) {
  const normal = requirement.trim().replace(/\s+/g, " ").replace(/^! /, "!").replace(/ ?\| ?/g, " | ");
  return normal.split(SEPARATOR);
}
function isLikeByPart(patterns, texts) {
  return patterns.length === texts.length && patterns.every((pattern, index) => {
    const text = texts[index] ?? "";
    return pattern === text || index % 2 === 0 && isLike(pattern, text);
  });
}

// src/acceptances/quick-no.ts
var INDIRECT = /\\|^\/|\/\/|(?:^|\/)\.{1,2}(?:\/|$)/;
var CLASS = /^\[[!^]?[^[][^\][]*\]/;
function literalRuns(pattern) {
  const runs = [];
  let run = "";
  let depth = 0;
  const end = () => {
    runs.push(run);
    run = "";
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    switch (character) {
      case "[": {
        const length = CLASS.exec(pattern.slice(at))?.[0].length;
        if (length === void 0 || depth > 0) return void 0;
        at += length - 1;
        end();
        break;
      }
      case "(":
        if (depth === 0) run = run.slice(0, -1);
        end();
        depth += 1;
        break;
      case "{":
        if (depth === 0) end();
        depth += 1;
        break;
      case ")":
      case "}":
        depth -= 1;
        if (depth < 0) return void 0;
        break;
      case "*":
      case "?":
        end();
        break;
      default:
        if (depth === 0) run += character;
    }
  }
  end();
  return depth === 0 ? runs : void 0;
}
function indispensable(pattern) {
  const bare = pattern.replace(/^\.\//, "");
  const runs = INDIRECT.test(bare) ? void 0 : literalRuns(bare);
  const names = (runs ?? []).map((run) => run.trim().replace(/^\/+|\/+$/g, ""));
  return names.reduce((longest, name) => name.length > longest.length ? name : longest, "");
}
function withQuickNo(lines, matches) {
  const choosing = lines.map(readPatternLine).filter(({ excludes }) => !excludes);
  const pieces = choosing.map(({ pattern }) => indispensable(pattern));
  if (pieces.length === 0 || pieces.includes("")) return matches;
  return (path) => pieces.some((piece) => path.includes(piece)) && matches(path);
}

// src/acceptances/exemptions.ts
var KEYS2 = ["requirement", "field", "accepts", "files", "template", "cluster", "reason", "owner", "expires"];
function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = /* @__PURE__ */ new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
function filesMatcher(patterns, place, problems) {
  const read2 = parseGlobs(patterns, place);
  problems.push(...read2.problems);
  return withQuickNo(patterns, pathMatcher(read2.globs.map(orAsWritten)));
}
async function parseExemptions(text, file) {
  const parsed = parseLocated(text, file);
  if (parsed.kind === "problems") return { exemptions: [], problems: parsed.problems };
  const { document } = parsed;
  const { root } = document;
  if (root === void 0) return { exemptions: [], problems: [] };
  if (root.kind !== "sequence") {
    const problem = {
      place: document.place(root),
      message: "An exemptions file is a list.",
      hint: "Begin each exemption with `- requirement:`."
    };
    return { exemptions: [], problems: [problem] };
  }
  const problems = [];
  const exemptions = [];
  for (const item of root.items) {
    const fields = readFields(item, document, "An exemption", KEYS2, problems);
    if (fields === void 0) continue;
    const files = fields.texts("files");
    const templates = fields.texts("template");
    const accepts = fields.texts("accepts");
    const strange = accepts?.find((word) => !FAILURES.some((failure) => failure === word));
    if (strange !== void 0) {
      problems.push({
        place: fields.place("accepts"),
        message: `\`accepts\` has \`${strange}\`, which is not one of ${FAILURES.join(", ")}.`,
        hint: "The words are those of `fail-on`."
      });
    }
    const clusters = fields.texts("cluster");
    const field = fields.text("field");
    const owner = fields.text("owner");
    const expires = fields.text("expires");
    if (expires !== void 0 && !isDay(expires)) {
      problems.push({
        place: fields.place("expires"),
        message: `\`expires\` must be a day, but \`${expires}\` is none.`,
        hint: "Write it as 2026-12-31: the last day on which the exemption holds."
      });
    }
    exemptions.push({
      requirement: fields.requiredText("requirement").replace(/\s+/g, " "),
      field,
      isInFiles: files && filesMatcher(files, fields.place("files"), problems),
      isInTemplates: templates && filesMatcher(templates, fields.place("template"), problems),
      accepts: accepts && FAILURES.filter((failure) => accepts.includes(failure)),
      clusters,
      reason: fields.requiredText("reason"),
      owner,
      expires,
      place: document.place(item)
    });
  }
  return { exemptions, problems };
}
function namesCluster({ clusters }, cluster) {
  return clusters === void 0 || clusters.some((name) => isLike(name, cluster));
}
function namesField({ field }, path) {
  return field === void 0 ? path === "" : path !== "" && isLike(field, path);
}
function namesPlace({ isInFiles, isInTemplates }, place) {
  if (isInFiles === void 0 && isInTemplates === void 0) return true;
  if (place.kind !== "file") return false;
  if (isInFiles?.(place.file) === false) return false;
  return isInTemplates === void 0 || place.template !== void 0 && isInTemplates(place.template);
}
function meansTemplate({ isInFiles }, place) {
  if (isInFiles === void 0 || place.kind !== "file" || place.template === void 0) return false;
  return !isInFiles(place.file) && isInFiles(place.template);
}
function isExpired({ expires }, now) {
  return expires !== void 0 && now >= Date.parse(`${expires}T00:00:00Z`) + 24 * 60 * 60 * 1e3;
}

// src/acceptances/exemption-index.ts
function indexExemptions(exemptions) {
  const patterns = exemptions.map((exemption) => ({ exemption, parts: partsOf(exemption.requirement) }));
  const byRequirement = remembering((text) => {
    const asked = partsOf(text);
    const named2 = patterns.filter(({ parts }) => isLikeByPart(parts, asked)).map(({ exemption }) => exemption);
    return remembering((cluster) => {
      const there = named2.filter((own) => namesCluster(own, cluster));
      return remembering((path) => there.filter((own) => namesField(own, path)));
    });
  });
  const named = ({ requirement: { text }, cluster, field }) => byRequirement(text)(cluster)(field?.path ?? "");
  return { about: byPlace(named, namesPlace), byTemplate: byPlace(named, meansTemplate) };
}
function byPlace(candidates, isMeant) {
  const known = /* @__PURE__ */ new Map();
  return (finding) => {
    const all = candidates(finding);
    if (all.length === 0) return all;
    const { place } = finding.requirement;
    const byOrigin = known.get(all) ?? /* @__PURE__ */ new Map();
    known.set(all, byOrigin);
    const origin = originOf(place);
    const found = byOrigin.get(origin) ?? all.filter((own) => isMeant(own, place));
    byOrigin.set(origin, found);
    return found;
  };
}
function originOf(place) {
  return place.kind === "file" ? JSON.stringify([place.file, place.template]) : formatPlace(place);
}
function remembering(compute) {
  const known = /* @__PURE__ */ new Map();
  return (key2) => {
    const found = known.get(key2) ?? compute(key2);
    known.set(key2, found);
    return found;
  };
}

// src/acceptances/nearly-accepted.ts
function nearlyAccepted(finding, candidates) {
  const { failOn, exemptions, byTemplate, entries } = candidates;
  const failures = failuresOf(finding, failOn);
  const lackingIn = (accepted) => gravest(failures.filter((failure) => !isAccepted(failure, accepted)));
  const [exemption] = exemptions;
  if (exemption !== void 0) {
    const { field, accepts = field === void 0 ? takenToAccept(failOn) : ["missing"], place } = exemption;
    const lacking2 = lackingIn(accepts);
    if (lacking2 === void 0) return void 0;
    const only = exemption.accepts === void 0 ? `is taken to accept only ${accepts[0]}` : `accepts ${accepts.join(", ")}`;
    return `The exemption at ${formatPlace(place)} ${only}, and this is ${lacking2}. If it is meant as well, write \`accepts: ${asYaml([...accepts, lacking2])}\` there.`;
  }
  const [other] = byTemplate;
  if (other !== void 0 && finding.requirement.place.kind === "file") {
    const { template } = finding.requirement.place;
    return `The exemption at ${formatPlace(other.place)} has \`files\` that mean ${template}, a template that only a comment in this file names. Write \`template\` in place of \`files\` to trust such comments.`;
  }
  const [entry] = entries;
  if (entry === void 0) return void 0;
  const at = `The baseline at ${formatPlace(entry.place)}`;
  const lacking = lackingIn(entries.map(({ failure }) => failure));
  switch (lacking) {
    case void 0:
      return `${at} has this at ${entry.count === 1 ? "one place" : `${entry.count} places`} only.`;
    case "unknown":
      return `${at} has this as ${entry.failure}, and it is unknown now. A baseline holds nothing unknown: an exemption with \`accepts: unknown\` does.`;
    default:
      return `${at} has this as ${entry.failure}, and it is ${lacking} now. If that is accepted too, write it again with \`update-baseline: true\`.`;
  }
}
function asYaml(failures) {
  const needed = FAILURES.filter(
    (failure) => failures.includes(failure) && !isAccepted(
      failure,
      failures.filter((other) => other !== failure)
    )
  );
  return needed.length === 1 ? String(needed[0]) : `[${needed.join(", ")}]`;
}

// src/acceptances/acceptances.ts
var { readFile, stat } = globalThis.process.getBuiltinModule("node:fs/promises");
var { isAbsolute, relative, resolve, sep } = globalThis.process.getBuiltinModule("node:path");
var LARGEST_FILE = 20 * 1024 * 1024;
function describe(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
function reportedPath(path, root) {
  const inside = relative(root, path);
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
}
async function read(input, path, options) {
  const full = resolve(options.workingDirectory, path);
  const place = { kind: "input", input };
  try {
    const found = await stat(full);
    if (!found.isFile() && !found.isDirectory()) {
      return { kind: "problem", problem: { place, message: `${path} is not a file.` } };
    }
    const { size } = found;
    if (size > LARGEST_FILE) {
      return {
        kind: "problem",
        problem: { place, message: `${path} is larger than 20 MiB, which no file of accepted findings is.` }
      };
    }
    return { kind: "text", text: await readFile(full, "utf8"), file: reportedPath(full, options.repositoryRoot) };
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return { kind: "absent" };
    return { kind: "problem", problem: { place, message: `${path} cannot be read: ${describe(thrown)}` } };
  }
}
async function readExemptions(options) {
  if (options.exemptions === void 0) return { items: [], problems: [] };
  const found = await read("exemptions", options.exemptions, options);
  if (found.kind === "problem") return { items: [], problems: [found.problem] };
  if (found.kind === "absent") {
    const place = { kind: "input", input: "exemptions" };
    const hint = "Its path is relative to the working directory, and a step that checks the files out must come before this one.";
    return { items: [], problems: [{ place, message: `The file ${options.exemptions} does not exist.`, hint }] };
  }
  const { exemptions, problems } = await parseExemptions(found.text, found.file);
  return { items: exemptions, problems };
}
async function readBaseline(options) {
  const place = { kind: "input", input: "baseline" };
  if (options.baseline === void 0) {
    if (!options.updateBaseline) return { items: [], problems: [] };
    const problem = {
      place,
      message: "`update-baseline` needs to know which file to write.",
      hint: "Name it in `baseline`."
    };
    return { items: [], problems: [problem] };
  }
  const found = await read("baseline", options.baseline, options);
  if (found.kind === "problem") return { items: [], problems: [found.problem] };
  if (found.kind === "absent") {
    if (options.updateBaseline) return { items: [], problems: [] };
    const hint = "Write it with `update-baseline: true`, and commit it.";
    return { items: [], problems: [{ place, message: `The file ${options.baseline} does not exist.`, hint }] };
  }
  const { entries, problems } = parseBaseline(found.text, found.file);
  return { items: entries, problems };
}
function exemptionAcceptance({ reason, owner, expires, place }) {
  const details = [owner, expires === void 0 ? void 0 : `until ${expires}`].filter((part) => part !== void 0);
  return { kind: "exemption", reason: details.length === 0 ? reason : `${reason} (${details.join(", ")})`, place };
}
function joined(entries) {
  const found = /* @__PURE__ */ new Map();
  for (const entry of entries) {
    const id = `${entry.failure} ${keyOfEntry(entry)}`;
    const same = found.get(id);
    found.set(id, same === void 0 ? entry : { ...same, count: same.count + entry.count });
  }
  return [...found.values()];
}
function baselineGate(byKey, failOn) {
  const passed = /* @__PURE__ */ new Map();
  return (finding) => {
    const failures = failuresOf(finding, failOn);
    const place = formatPlace(finding.requirement.place);
    for (const entry of byKey.get(keyOfFinding(finding)) ?? []) {
      const places = passed.get(entry) ?? /* @__PURE__ */ new Set();
      if (!failures.every((failure) => isAccepted(failure, [entry.failure]))) continue;
      if (!places.has(place) && places.size >= entry.count) continue;
      passed.set(entry, places.add(place));
      return { kind: "baseline", reason: "it failed before, and is in the baseline", place: entry.place };
    }
    return void 0;
  };
}
function accepting(failOn) {
  const taken = takenToAccept(failOn);
  return ({ field, accepts = field === void 0 ? taken : ["missing"] }, finding) => failuresOf(finding, failOn).every((failure) => isAccepted(failure, accepts));
}
function judgedFindings(clusters) {
  return clusters.flatMap(({ findings }) => findings);
}
function expiredProblems(index, findings, isMeant) {
  const leaning = /* @__PURE__ */ new Map();
  for (const finding of findings.filter(({ fails }) => fails)) {
    for (const exemption of index.about(finding)) {
      if (!isMeant(exemption, finding)) continue;
      const own = leaning.get(exemption);
      if (own === void 0) leaning.set(exemption, [finding]);
      else own.push(finding);
    }
  }
  return [...leaning].map(([exemption, own]) => {
    const [first] = own;
    const example = first && ` \`${first.requirement.text}\` at ${formatPlace(first.requirement.place)} on ${first.cluster}`;
    const owner = exemption.owner === void 0 ? "" : ` ${exemption.owner} answers for it.`;
    return {
      place: exemption.place,
      message: `This exemption ended on ${exemption.expires}, and ${own.length} ${own.length === 1 ? "finding" : "findings"} it covered still ${own.length === 1 ? "fails" : "fail"}:${example}.`,
      hint: `Fix what it excused, or agree on a later day.${owner}`
    };
  });
}
function isOpen({ met, lifecycle }) {
  return met !== "yes" || lifecycle.length > 0;
}
function unusedExemptions(exemptions, index, clusters) {
  const open = judgedFindings(clusters).filter(isOpen);
  const used = new Set(open.flatMap((finding) => [...index.about(finding), ...index.byTemplate(finding)]));
  return exemptions.filter(
    (exemption) => clusters.some(({ cluster, error }) => error === void 0 && namesCluster(exemption, cluster))
  ).filter((exemption) => !used.has(exemption)).map(({ requirement, place }) => ({
    place,
    message: `Nothing needs the exemption for \`${requirement}\` any more; remove it.`
  }));
}
function unusedEntries(entries, clusters) {
  const judged = new Set(clusters.filter(({ error }) => error === void 0).map(({ cluster }) => cluster));
  const needed = new Set(judgedFindings(clusters).filter(isOpen).map(keyOfFinding));
  const unused = entries.filter((entry) => judged.has(entry.cluster) && !needed.has(keyOfEntry(entry)));
  const [first] = unused;
  if (first === void 0) return [];
  const number = unused.length === 1 ? "1 entry" : `${unused.length} entries`;
  return [
    {
      place: first.place,
      message: `Nothing needs ${number} of the baseline any more, the first for \`${first.requirement}\`; write it again with \`update-baseline: true\`.`
    }
  ];
}
function oldEntries(entries) {
  const old = entries.filter(({ isOld }) => isOld === true);
  const [first] = old;
  if (first === void 0) return [];
  const number = old.length === 1 ? "1 entry says" : `${old.length} entries say`;
  return [
    {
      place: first.place,
      message: `${number} \`not-met\`, which is read as \`missing\`; write the baseline again with \`update-baseline: true\`.`,
      isQuiet: true
    }
  ];
}
async function saveBaseline(path, previous, clusters, options) {
  const judged = new Set(clusters.filter(({ error }) => error === void 0).map(({ cluster }) => cluster));
  const recorded = judgedFindings(clusters).filter(({ acceptance }) => acceptance?.kind === "baseline");
  const untold = new Set(
    judgedFindings(clusters).filter(({ met }) => met === "unknown").map(keyOfFinding)
  );
  const kept = previous.filter((entry) => !judged.has(entry.cluster) || untold.has(keyOfEntry(entry)));
  try {
    await writeAtomically(
      resolve(options.workingDirectory, path),
      formatBaseline([...entriesOf(recorded, options.failOn), ...kept])
    );
  } catch (thrown) {
    throw new GateError(
      "invalid-input",
      "baseline-unwritable",
      `The baseline ${path} could not be written: ${describe(thrown)}`,
      {
        hint: "Name a file that the job may write, for example one below the workspace.",
        cause: thrown
      }
    );
  }
  return recorded.length;
}
async function readAcceptances(options) {
  const [exemptions, baseline] = await Promise.all([readExemptions(options), readBaseline(options)]);
  const problems = [...exemptions.problems, ...baseline.problems];
  if (problems.length > 0) {
    throw new GateError(
      "invalid-input",
      "acceptances-invalid",
      "The exemptions or the baseline cannot be used; nothing was asked.",
      { problems }
    );
  }
  const { now, updateBaseline, failOn, judgesFields = true } = options;
  const isJudged = ({ field }) => field === void 0 || judgesFields;
  const index = indexExemptions(exemptions.items);
  const isMeant = accepting(failOn);
  const byKey = Map.groupBy(joined(baseline.items), keyOfEntry);
  const passes = baselineGate(byKey, failOn);
  const newBaseline = { kind: "input", input: "baseline" };
  return {
    accept: (finding) => {
      const exemption = index.about(finding).find((own) => !isExpired(own, now) && isMeant(own, finding));
      if (exemption !== void 0) return exemptionAcceptance(exemption);
      if (!updateBaseline) return passes(finding);
      if (finding.met === "unknown") return void 0;
      return { kind: "baseline", reason: "it fails today, and goes into the baseline", place: newBaseline };
    },
    nearly: (finding) => nearlyAccepted(finding, {
      failOn,
      exemptions: index.about(finding).filter((own) => !isExpired(own, now)),
      byTemplate: index.byTemplate(finding).filter((own) => !isExpired(own, now)),
      entries: byKey.get(keyOfFinding(finding)) ?? []
    }),
    review: (clusters) => ({
      problems: expiredProblems(
        index,
        judgedFindings(clusters),
        (own, finding) => isExpired(own, now) && isMeant(own, finding)
      ),
      warnings: [
        ...unusedExemptions(exemptions.items.filter(isJudged), index, clusters),
        ...updateBaseline ? [] : unusedEntries(baseline.items.filter(isJudged), clusters),
        ...updateBaseline ? [] : oldEntries(baseline.items)
      ]
    }),
    writeBaseline: async (clusters) => updateBaseline && options.baseline !== void 0 ? saveBaseline(options.baseline, baseline.items, clusters, options) : 0
  };
}
export {
  readAcceptances
};
