import {
  documentsOf,
  orAsWritten,
  parseGlobs,
  pathMatcher
} from "./shared-plain.js";
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
  valueUnder
} from "./shared-scanner.js";
import "./shared-runtime.js";

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
    problems.push({ place: document.place(part), message, ...hint === void 0 ? {} : { hint } });
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
var FAILURES = ["deprecated", "removed-by-target", "not-met"];
function failureOf({ met, lifecycle }) {
  if (met !== "yes") return "not-met";
  return lifecycle.some(({ kind }) => kind === "removed-by-target") ? "removed-by-target" : "deprecated";
}
function isCovered(failure, entry) {
  return FAILURES.indexOf(failure) <= FAILURES.indexOf(entry.failure);
}
function objectOf({ requirement: { object } }) {
  if (object === void 0) return void 0;
  if (object.namespace === void 0) return object.name === "" ? void 0 : object.name;
  return `${object.namespace}/${object.name}`;
}
function fromOf({ requirement: { place } }) {
  return place.kind === "file" ? { kind: "file", name: place.file } : { kind: "input", name: place.input };
}
function key(cluster, requirement, from, object) {
  return JSON.stringify([cluster, from.kind, from.name, requirement, object ?? null]);
}
function keyOfFinding(finding) {
  return key(finding.cluster, finding.requirement.text, fromOf(finding), objectOf(finding));
}
function keyOfEntry({ cluster, requirement, from, object }) {
  return key(cluster, requirement, from, object);
}
function entriesOf(findings) {
  const found = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const id = keyOfFinding(finding);
    const same = found.get(id) ?? { finding, failures: [], places: /* @__PURE__ */ new Set() };
    same.failures.push(failureOf(finding));
    same.places.add(formatPlace(finding.requirement.place));
    found.set(id, same);
  }
  return [...found.values()].map(({ finding, failures, places }) => {
    const object = objectOf(finding);
    return {
      cluster: finding.cluster,
      requirement: finding.requirement.text,
      failure: FAILURES.findLast((failure) => failures.includes(failure)) ?? "not-met",
      from: fromOf(finding),
      ...object === void 0 ? {} : { object },
      count: places.size,
      place: finding.requirement.place
    };
  });
}
function formatBaseline(entries) {
  const sorted = entries.map((entry) => ({ entry, id: keyOfEntry(entry) })).sort((a, b) => a.id < b.id ? -1 : Number(a.id > b.id));
  const lines = sorted.map(
    ({ entry: { cluster, from, requirement, object, failure, count } }) => JSON.stringify({
      cluster,
      [from.kind]: from.name,
      requirement,
      ...object === void 0 ? {} : { object },
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
var KEYS = ["cluster", "file", "input", "requirement", "object", "failure", "count"];
function isAcceptedFailure(text) {
  return FAILURES.some((failure) => failure === text);
}
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
    const failure = entry.requiredText("failure");
    if (failure !== "" && !isAcceptedFailure(failure)) {
      problems.push({ place: entry.place("failure"), message: `\`failure\` must be one of ${FAILURES.join(", ")}.` });
    }
    const [fromFile, fromInput, object] = [entry.text("file"), entry.text("input"), entry.text("object")];
    const from = fromFile === void 0 ? fromInput === void 0 ? void 0 : { kind: "input", name: fromInput } : { kind: "file", name: fromFile };
    if (from === void 0 || fromFile !== void 0 && fromInput !== void 0) {
      problems.push({
        place: document.place(item),
        message: "An entry of the baseline names either a `file` or an `input`."
      });
    }
    const read2 = { cluster: entry.requiredText("cluster"), requirement: entry.requiredText("requirement") };
    if (from === void 0 || !isAcceptedFailure(failure)) return [];
    return [
      {
        ...read2,
        failure,
        from,
        ...object === void 0 ? {} : { object },
        count: entry.wholeNumber("count") ?? 1,
        place: document.place(item)
      }
    ];
  });
  return { entries, problems };
}

// src/acceptances/exemptions.ts
var KEYS2 = ["requirement", "files", "cluster", "reason", "owner", "expires"];
function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = /* @__PURE__ */ new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
function filesMatcher(patterns, place, problems) {
  const read2 = parseGlobs(patterns, place);
  problems.push(...read2.problems);
  return pathMatcher(read2.globs.map(orAsWritten));
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
    const clusters = fields.texts("cluster");
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
      ...files === void 0 ? {} : { isInFiles: filesMatcher(files, fields.place("files"), problems) },
      ...clusters === void 0 ? {} : { clusters },
      reason: fields.requiredText("reason"),
      ...owner === void 0 ? {} : { owner },
      ...expires === void 0 ? {} : { expires },
      place: document.place(item)
    });
  }
  return { exemptions, problems };
}
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
function isLikeByPart(pattern, text) {
  const [patterns, texts] = [pattern.split("/"), text.split("/")];
  return patterns.length === texts.length && patterns.every((part, index) => isLike(part, texts[index] ?? ""));
}
function namesCluster({ clusters }, cluster) {
  return clusters === void 0 || clusters.some((name) => isLike(name, cluster));
}
function covers(exemption, finding) {
  const { requirement, isInFiles } = exemption;
  const { text, place } = finding.requirement;
  const asked = text.replace(/\s+/g, " ").trim();
  if (requirement !== asked && !isLikeByPart(requirement, asked)) return false;
  if (!namesCluster(exemption, finding.cluster)) return false;
  if (isInFiles === void 0) return true;
  if (place.kind !== "file") return false;
  return isInFiles(place.file) || place.template !== void 0 && isInFiles(place.template);
}
function isExpired({ expires }, now) {
  return expires !== void 0 && now >= Date.parse(`${expires}T00:00:00Z`) + 24 * 60 * 60 * 1e3;
}

// src/acceptances/acceptances.ts
var LARGEST_FILE = 20 * 1024 * 1024;
function describe(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
function reportedPath(path, root) {
  const { isAbsolute, relative, sep } = process.getBuiltinModule("node:path");
  const inside = relative(root, path);
  return inside.startsWith("..") || isAbsolute(inside) ? path : inside.split(sep).join("/");
}
async function read(input, path, options) {
  const { readFile, stat } = process.getBuiltinModule("node:fs/promises");
  const { resolve } = process.getBuiltinModule("node:path");
  const full = resolve(options.workingDirectory, path);
  const place = { kind: "input", input };
  try {
    const found = await stat(full);
    if (!found.isFile() && !found.isDirectory()) {
      return { kind: "problem", problem: { place, message: `${path} is no file.` } };
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
    return { items: [], problems: [{ place, message: `There is no file ${options.exemptions}.`, hint }] };
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
    return { items: [], problems: [{ place, message: `There is no file ${options.baseline}.`, hint }] };
  }
  const { entries, problems } = parseBaseline(found.text, found.file);
  return { items: entries, problems };
}
function exemptionAcceptance({ reason, owner, expires, place }) {
  const details = [owner, expires === void 0 ? void 0 : `until ${expires}`].filter((part) => part !== void 0);
  return { kind: "exemption", reason: details.length === 0 ? reason : `${reason} (${details.join(", ")})`, place };
}
function baselineGate(entries) {
  const byKey = Map.groupBy(entries, keyOfEntry);
  const passed = /* @__PURE__ */ new Map();
  return (finding) => {
    const failure = failureOf(finding);
    const place = formatPlace(finding.requirement.place);
    for (const entry of byKey.get(keyOfFinding(finding)) ?? []) {
      const places = passed.get(entry) ?? /* @__PURE__ */ new Set();
      if (!isCovered(failure, entry) || !places.has(place) && places.size >= entry.count) continue;
      passed.set(entry, places.add(place));
      return { kind: "baseline", reason: "it failed before, and is in the baseline", place: entry.place };
    }
    return void 0;
  };
}
function judgedFindings(clusters) {
  return clusters.flatMap(({ findings }) => findings);
}
function expiredProblems(exemptions, findings, now) {
  return exemptions.filter((exemption) => isExpired(exemption, now)).flatMap((exemption) => {
    const leaning = findings.filter((finding) => finding.fails && covers(exemption, finding));
    const [first] = leaning;
    if (first === void 0) return [];
    const owner = exemption.owner === void 0 ? "" : ` ${exemption.owner} answers for it.`;
    return [
      {
        place: exemption.place,
        message: `This exemption ended on ${exemption.expires}, and ${leaning.length} ${leaning.length === 1 ? "finding" : "findings"} it covered still ${leaning.length === 1 ? "fails" : "fail"}: \`${first.requirement.text}\` at ${formatPlace(
          first.requirement.place
        )} on ${first.cluster}.`,
        hint: `Mend what it excused, or agree on a later day.${owner}`
      }
    ];
  });
}
function isOpen({ met, lifecycle }) {
  return met !== "yes" || lifecycle.length > 0;
}
function unusedExemptions(exemptions, clusters) {
  const open = judgedFindings(clusters).filter(isOpen);
  return exemptions.filter(
    (exemption) => clusters.some(({ cluster, error }) => error === void 0 && namesCluster(exemption, cluster))
  ).filter((exemption) => !open.some((finding) => covers(exemption, finding))).map(({ requirement, place }) => ({
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
      message: `Nothing needs ${number} of the baseline any more, the first for \`${first.requirement}\`; write it anew with \`update-baseline: true\`.`
    }
  ];
}
async function saveBaseline(path, previous, clusters, options) {
  const { resolve } = process.getBuiltinModule("node:path");
  const judged = new Set(clusters.filter(({ error }) => error === void 0).map(({ cluster }) => cluster));
  const recorded = judgedFindings(clusters).filter(({ acceptance }) => acceptance?.kind === "baseline");
  const untold = new Set(
    judgedFindings(clusters).filter(({ met }) => met === "unknown").map(keyOfFinding)
  );
  const kept = previous.filter((entry) => !judged.has(entry.cluster) || untold.has(keyOfEntry(entry)));
  try {
    await writeAtomically(resolve(options.workingDirectory, path), formatBaseline([...entriesOf(recorded), ...kept]));
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
  const { now, updateBaseline } = options;
  const inTime = exemptions.items.filter((exemption) => !isExpired(exemption, now));
  const passes = baselineGate(baseline.items);
  const newBaseline = { kind: "input", input: "baseline" };
  return {
    accept: (finding) => {
      const exemption = inTime.find((candidate) => covers(candidate, finding));
      if (exemption !== void 0) return exemptionAcceptance(exemption);
      if (!updateBaseline) return passes(finding);
      if (finding.met === "unknown") return void 0;
      return { kind: "baseline", reason: "it fails today, and goes into the baseline", place: newBaseline };
    },
    review: (clusters) => ({
      problems: expiredProblems(exemptions.items, judgedFindings(clusters), now),
      warnings: [
        ...unusedExemptions(exemptions.items, clusters),
        ...updateBaseline ? [] : unusedEntries(baseline.items, clusters)
      ]
    }),
    writeBaseline: async (clusters) => updateBaseline && options.baseline !== void 0 ? saveBaseline(options.baseline, baseline.items, clusters, options) : 0
  };
}
export {
  readAcceptances
};
