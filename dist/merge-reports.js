import {
  REPORT_VERSION
} from "./shared-report-version.js";
import {
  readTextFile
} from "./shared-text-file.js";
import {
  GateError,
  InvalidDocument,
  expectFields,
  flag,
  object,
  objects,
  parseDocument,
  pathOf,
  text,
  texts
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/merge/pool.ts
function openPool() {
  const texts2 = /* @__PURE__ */ new Map();
  const values = /* @__PURE__ */ new Map();
  return {
    text: (text2) => {
      const known = texts2.get(text2);
      if (known !== void 0) return known;
      texts2.set(text2, text2);
      return text2;
    },
    shared: (kind, json, make) => {
      const key = `${kind} ${JSON.stringify(json)}`;
      const known = values.get(key);
      if (known !== void 0) return known;
      const made = make();
      values.set(key, made);
      return made;
    }
  };
}

// src/merge/report-document.ts
var MOST_FINDINGS = 1e6;
var AGAIN = "Run the job that wrote it again.";
var SAME_VERSION = "Use the same version of kube-api-gate in the jobs that write reports and in the one that merges them.";
function decodeReport(content, pool) {
  try {
    const document = parseDocument(content.replace(/^\uFEFF/, ""));
    const { version } = document.fields;
    if (typeof version !== "number" || !Array.isArray(document.fields["clusters"])) {
      return {
        kind: "invalid",
        reason: "is not a report.json of kube-api-gate",
        hint: "Correct the patterns of `reports`."
      };
    }
    if (version !== REPORT_VERSION) {
      const reason = `has format version ${version}, and this kube-api-gate merges ${REPORT_VERSION}`;
      return { kind: "invalid", reason, hint: SAME_VERSION };
    }
    return { kind: "report", report: reportOf(document, pool) };
  } catch (thrown) {
    if (thrown instanceof UnknownField) return { kind: "invalid", reason: thrown.message, hint: SAME_VERSION };
    return {
      kind: "invalid",
      reason: `holds ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      hint: AGAIN
    };
  }
}
var UnknownField = class extends Error {
  name = "UnknownField";
};
function expectOnly(owner, required, optional = []) {
  expectFields(owner, required);
  for (const field of Object.keys(owner.fields)) {
    if (required.includes(field) || optional.includes(field)) continue;
    throw new UnknownField(`has the field ${pathOf(owner, field).slice(0, 200)}, which this version does not know`);
  }
}
var OUTCOMES = [
  "compatible",
  "incompatible",
  "undetermined",
  "unreachable",
  "denied",
  "invalid-input",
  "internal-error"
];
function oneOf(owner, field, choices) {
  const value = text(owner, field);
  const choice = choices.find((each) => each === value);
  if (choice === void 0)
    throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not one of ${choices.join(", ")}`);
  return choice;
}
function optionalText(owner, field, pool) {
  return owner.fields[field] === void 0 ? void 0 : pool.text(text(owner, field));
}
function count(owner, field, least) {
  const value = owner.fields[field];
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) {
    throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not a whole number of at least ${least}`);
  }
  return value;
}
function reportOf(document, pool) {
  expectOnly(
    document,
    ["version", "outcome", "clusters", "problems", "warnings", "notJudged"],
    ["error", "repository", "commit"]
  );
  const outcome = oneOf(document, "outcome", OUTCOMES);
  const clusters = objects(document, "clusters").map((cluster) => clusterOf(cluster, pool));
  const problems = problemsIn(document, pool);
  const error = errorIn(document, pool);
  const isFailing = error !== void 0 || problems.length > 0 || clusters.some((each) => each.outcome !== "compatible");
  if (outcome !== "compatible" !== isFailing) {
    throw new InvalidDocument(`JSON whose outcome is ${outcome}, which is not what it says of its clusters`);
  }
  return {
    repository: optionalText(document, "repository", pool),
    commit: optionalText(document, "commit", pool),
    verdict: {
      outcome,
      clusters,
      problems,
      warnings: warningsIn(document, pool),
      notJudged: countsIn(document, "notJudged"),
      error
    }
  };
}
function countsIn(document, field) {
  const counts = object(document, field);
  if (counts === void 0) return {};
  return Object.fromEntries(Object.keys(counts.fields).map((name) => [name, count(counts, name, 0)]));
}
var CACHE_USES = ["hit", "revalidated", "rechecked", "miss", "off", "file"];
function clusterOf(cluster, pool) {
  expectOnly(
    cluster,
    ["cluster", "outcome", "cache", "findings", "warnings", "capabilities"],
    ["error", "serverVersion", "ageSeconds", "drift"]
  );
  const name = pool.text(text(cluster, "cluster"));
  const outcome = oneOf(cluster, "outcome", OUTCOMES);
  const findings = findingsIn(cluster, name, pool);
  const error = errorIn(cluster, pool);
  const drift = driftIn(cluster, pool);
  const isFailing = error !== void 0 || drift?.fails === true || findings.some(({ fails }) => fails);
  if (outcome !== "compatible" !== isFailing) {
    throw new InvalidDocument(
      `JSON whose ${pathOf(cluster, "outcome")} is ${outcome}, which is not what its findings say`
    );
  }
  const version = object(cluster, "serverVersion");
  if (version !== void 0) expectOnly(version, ["gitVersion", "major", "minor"]);
  return {
    cluster: name,
    outcome,
    findings,
    warnings: warningsIn(cluster, pool),
    cache: oneOf(cluster, "cache", CACHE_USES),
    ageMs: cluster.fields["ageSeconds"] === void 0 ? void 0 : count(cluster, "ageSeconds", 0) * 1e3,
    ...version === void 0 ? {} : {
      serverVersion: {
        gitVersion: text(version, "gitVersion"),
        major: text(version, "major"),
        minor: text(version, "minor")
      }
    },
    capabilities: texts(cluster, "capabilities").map(pool.text),
    drift,
    error
  };
}
var STANDINGS = ["served", "missing", "unknown", "provided", "exempt"];
var MET = ["yes", "no", "unknown"];
var FIELD_RULES = [
  "field-unknown",
  "field-type",
  "field-value",
  "field-required",
  "field-enum",
  "field-limit",
  "field-unjudged"
];
function fieldIn(finding, pool) {
  const field = object(finding, "field");
  if (field === void 0) return {};
  expectOnly(field, ["rule", "path"]);
  return { field: { rule: oneOf(field, "rule", FIELD_RULES), path: pool.text(text(field, "path")) } };
}
function findingsIn(cluster, name, pool) {
  const records = objects(cluster, "findings");
  const total = records.reduce((sum, record) => sum + count(record, "count", 1), 0);
  if (total > MOST_FINDINGS)
    throw new InvalidDocument(`JSON with ${total} findings; at most ${MOST_FINDINGS} are read`);
  return records.flatMap((record) => {
    const found = objects(record, "places").map((place) => findingOf(record, place, name, pool));
    const last = found.at(-1);
    if (last === void 0) throw new InvalidDocument(`JSON without a place in ${pathOf(record, "places")}`);
    while (found.length < count(record, "count", 1)) found.push(last);
    return found;
  });
}
function findingOf(finding, at, cluster, pool) {
  expectOnly(
    finding,
    ["requirement", "standing", "met", "fails", "explanation", "lifecycle", "count", "places"],
    ["advice", "acceptance", "field"]
  );
  return {
    requirement: pool.shared(
      "requirement",
      [finding.fields["requirement"], at.fields],
      () => requirementIn(finding, at, pool)
    ),
    ...fieldIn(finding, pool),
    cluster,
    standing: oneOf(finding, "standing", STANDINGS),
    met: oneOf(finding, "met", MET),
    fails: flag(finding, "fails"),
    explanation: pool.text(text(finding, "explanation")),
    advice: optionalText(finding, "advice", pool),
    lifecycle: pool.shared("lifecycle", finding.fields["lifecycle"], () => objects(finding, "lifecycle").map(noteOf)),
    acceptance: acceptanceIn(finding, pool)
  };
}
function requirementIn(finding, at, pool) {
  const requirement = object(finding, "requirement") ?? finding;
  expectOnly(requirement, ["text", "negated"]);
  const name = pool.text(text(requirement, "text"));
  const range = /^server-version (.*)$/s.exec(name)?.[1];
  return {
    text: name,
    anyOf: [range === void 0 ? { kind: "group", group: name } : { kind: "server-version", range }],
    negated: flag(requirement, "negated"),
    place: placeOf(at, pool),
    object: objectIn(at, pool)
  };
}
function objectIn(owner, pool) {
  const named = object(owner, "object");
  if (named === void 0) return void 0;
  expectOnly(named, ["name"], ["namespace"]);
  const namespace = optionalText(named, "namespace", pool);
  return { name: pool.text(text(named, "name")), namespace };
}
function noteOf(note) {
  expectOnly(note, ["kind", "message"], ["replacement"]);
  return {
    kind: oneOf(note, "kind", ["deprecated", "removed-by-target"]),
    message: text(note, "message"),
    replacement: note.fields["replacement"] === void 0 ? void 0 : text(note, "replacement")
  };
}
function acceptanceIn(finding, pool) {
  const acceptance = object(finding, "acceptance");
  if (acceptance === void 0) return void 0;
  expectOnly(acceptance, ["kind", "reason", "place"]);
  return {
    kind: oneOf(acceptance, "kind", ["exemption", "baseline"]),
    reason: pool.text(text(acceptance, "reason")),
    place: placeIn(acceptance, pool)
  };
}
function placeIn(owner, pool) {
  const place = object(owner, "place");
  if (place === void 0) throw new InvalidDocument(`JSON without ${pathOf(owner, "place")}`);
  return placeOf(place, pool);
}
function placeOf(place, pool) {
  const line = place.fields["line"] === void 0 ? void 0 : count(place, "line", 1);
  const repository = optionalText(place, "repository", pool);
  if (oneOf(place, "kind", ["input", "file"]) === "input") {
    expectOnly(place, ["kind", "input"], ["line", "repository", "object"]);
    return { kind: "input", input: pool.text(text(place, "input")), line, repository };
  }
  expectOnly(place, ["kind", "file", "line"], ["column", "template", "repository", "object"]);
  return {
    kind: "file",
    file: pool.text(text(place, "file")),
    line: count(place, "line", 1),
    column: place.fields["column"] === void 0 ? void 0 : count(place, "column", 1),
    template: optionalText(place, "template", pool),
    repository
  };
}
function problemsIn(owner, pool) {
  return objects(owner, "problems").flatMap((problem) => {
    expectOnly(problem, ["message", "count", "places"], ["hint"]);
    const [message, hint] = [pool.text(text(problem, "message")), optionalText(problem, "hint", pool)];
    const places = objects(problem, "places").map((place) => placeOf(place, pool));
    if (places.length === 0) throw new InvalidDocument(`JSON without a place in ${pathOf(problem, "places")}`);
    return places.map((place) => ({ place, message, hint }));
  });
}
function warningsIn(owner, pool) {
  return objects(owner, "warnings").flatMap((warning) => {
    expectOnly(warning, ["message", "count", "places"], ["isQuiet"]);
    const message = pool.text(text(warning, "message"));
    const isQuiet = warning.fields["isQuiet"] === void 0 ? void 0 : flag(warning, "isQuiet");
    const places = objects(warning, "places").map((place) => placeOf(place, pool));
    return places.length === 0 ? [{ message, isQuiet }] : places.map((place) => ({ message, place, isQuiet }));
  });
}
function errorIn(owner, pool) {
  const error = object(owner, "error");
  if (error === void 0) return void 0;
  expectOnly(error, ["outcome", "code", "message", "problems"], ["hint"]);
  const outcome = oneOf(
    error,
    "outcome",
    OUTCOMES.filter((each) => each !== "compatible" && each !== "incompatible")
  );
  const hint = optionalText(error, "hint", pool);
  return new GateError(outcome, text(error, "code"), text(error, "message"), {
    hint,
    problems: problemsIn(error, pool)
  });
}
var CHANGES = ["lost", "changed", "gained"];
var CHANGED = [
  "group-version",
  "resource",
  "kind",
  "scope",
  "verbs",
  "preferred-version",
  "server-version"
];
function driftIn(cluster, pool) {
  const drift = object(cluster, "drift");
  if (drift === void 0) return void 0;
  expectOnly(drift, ["since", "changes", "unknown", "fails"]);
  const since = Date.parse(text(drift, "since"));
  if (Number.isNaN(since)) throw new InvalidDocument(`JSON whose ${pathOf(drift, "since")} is not a time`);
  return {
    since,
    changes: objects(drift, "changes").map((change) => {
      expectOnly(change, ["kind", "what", "api", "neededBy"], ["from", "to"]);
      return {
        kind: oneOf(change, "kind", CHANGES),
        what: oneOf(change, "what", CHANGED),
        api: text(change, "api"),
        from: optionalText(change, "from", pool),
        to: optionalText(change, "to", pool),
        neededBy: objects(change, "neededBy").map((needed) => {
          expectOnly(needed, ["text", "place"], ["object"]);
          return { text: text(needed, "text"), place: placeIn(needed, pool), object: objectIn(needed, pool) };
        })
      };
    }),
    unknown: texts(drift, "unknown"),
    fails: flag(drift, "fails")
  };
}

// src/merge/merge-reports.ts
var MOST_FILES = 2e3;
var MOST_BYTES_OF_A_FILE = 32 * 1024 * 1024;
var MOST_FINDINGS2 = 2e6;
function mergeReports(files, own) {
  if (files.length > MOST_FILES) {
    const message = `It names ${files.length} files; at most ${MOST_FILES} are merged.`;
    return merged([], [{ place: { kind: "input", input: "reports" }, message }]);
  }
  const pool = openPool();
  const reports = [];
  const problems = [];
  let findings = 0;
  for (const { path, file } of files) {
    const place = { kind: "file", file, line: 1 };
    const read = readTextFile(path, MOST_BYTES_OF_A_FILE);
    if (read.kind === "unreadable") {
      problems.push({ place, message: `This report cannot be read: it ${read.reason}.` });
      continue;
    }
    const decoded = decodeReport(read.text, pool);
    if (decoded.kind === "invalid") {
      problems.push({ place, message: `This report cannot be used: it ${decoded.reason}.`, hint: decoded.hint });
      continue;
    }
    findings += decoded.report.verdict.clusters.reduce((sum, cluster) => sum + cluster.findings.length, 0);
    if (findings > MOST_FINDINGS2) {
      problems.push({ place, message: `The reports up to this one have more than ${MOST_FINDINGS2} findings.` });
      break;
    }
    reports.push({ ...decoded.report, file });
  }
  const repositories = new Set(
    [own, ...reports.map(({ repository }) => repository)].filter((each) => each !== void 0)
  );
  return merged(
    reports.map(({ verdict, ...report }) => {
      const { repository } = report;
      const isForeign = repository !== void 0 && repository !== own && repositories.size > 1;
      return { ...report, verdict: isForeign ? inRepository(verdict, repository, pool) : verdict };
    }),
    problems
  );
}
function merged(all, faults) {
  const problems = [...faults];
  const seen = /* @__PURE__ */ new Map();
  const reports = all.filter(({ repository, verdict, file }) => {
    const place = { kind: "file", file, line: 1 };
    if (verdict.error !== void 0) {
      const { message, outcome, hint } = verdict.error;
      problems.push({
        place,
        message: `The job ended before it judged a cluster (${outcome}): ${message}`,
        hint
      });
    }
    const repeated = verdict.clusters.find(({ cluster }) => seen.has(JSON.stringify([repository, cluster])));
    if (repeated !== void 0) {
      const other = seen.get(JSON.stringify([repository, repeated.cluster]));
      problems.push({
        place,
        message: `This is a second report on ${repeated.cluster}; ${other} is one too.`,
        hint: "Give each job that judges a cluster a name of its own for it with `cluster`, or leave one report out with a pattern that begins with !."
      });
      return false;
    }
    for (const { cluster } of verdict.clusters) seen.set(JSON.stringify([repository, cluster]), file);
    return true;
  });
  return {
    clusters: mergedClusters(reports),
    problems: distinct([...problems, ...reports.flatMap(({ verdict }) => verdict.problems)]),
    warnings: distinct(reports.flatMap(({ verdict }) => verdict.warnings)),
    notJudged: mergedCounts(reports),
    outcomes: all.map(({ verdict }) => verdict.outcome)
  };
}
function distinct(items) {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
function mergedCounts(reports) {
  const sums = /* @__PURE__ */ new Map();
  for (const ofOne of Map.groupBy(reports, ({ repository }) => repository).values()) {
    const most = /* @__PURE__ */ new Map();
    for (const [type, number] of ofOne.flatMap(({ verdict }) => Object.entries(verdict.notJudged))) {
      most.set(type, Math.max(most.get(type) ?? 0, number));
    }
    for (const [type, number] of most) sums.set(type, (sums.get(type) ?? 0) + number);
  }
  return Object.fromEntries(sums);
}
function mergedClusters(reports) {
  const byName = Map.groupBy(
    reports.flatMap(({ repository, verdict }) => verdict.clusters.map((cluster) => ({ repository, cluster }))),
    ({ cluster }) => cluster.cluster
  );
  const clusters = [...byName.values()].flatMap((parts) => {
    const judged = parts.map(({ cluster }) => cluster).filter(({ error }) => error === void 0);
    const [first] = judged;
    return [
      ...first === void 0 ? [] : [judged.length === 1 ? first : joined(first, judged)],
      ...parts.filter(({ cluster }) => cluster.error !== void 0).map(
        ({ repository, cluster }) => parts.length === 1 ? cluster : { ...cluster, cluster: `${cluster.cluster} (${repository ?? "no repository"})` }
      )
    ];
  });
  return clusters.sort((left, right) => left.cluster < right.cluster ? -1 : Number(left.cluster > right.cluster));
}
function joined(first, parts) {
  const capabilities = parts.slice(1).map((part) => new Set(part.capabilities));
  const failing = parts.filter(({ outcome }) => outcome !== "compatible").map(({ outcome }) => outcome);
  const drifts = parts.map(({ drift }) => drift).filter((drift) => drift !== void 0);
  return {
    ...first,
    outcome: failing.includes("incompatible") ? "incompatible" : failing[0] ?? "compatible",
    findings: parts.flatMap(({ findings }) => findings),
    warnings: distinct(parts.flatMap(({ warnings }) => warnings)),
    ageMs: Math.max(...parts.map(({ ageMs = 0 }) => ageMs)),
    capabilities: first.capabilities.filter((name) => capabilities.every((served) => served.has(name))),
    drift: joinedDrift(drifts)
  };
}
function joinedDrift(drifts) {
  const [first] = drifts;
  if (first === void 0 || drifts.length === 1) return first;
  const changes = Map.groupBy(
    drifts.flatMap((drift) => drift.changes),
    ({ neededBy: _, ...change }) => JSON.stringify(change)
  );
  return {
    since: Math.min(...drifts.map(({ since }) => since)),
    changes: [...changes.values()].flatMap(
      ([change, ...others]) => change === void 0 ? [] : [{ ...change, neededBy: [change, ...others].flatMap(({ neededBy }) => neededBy) }]
    ),
    unknown: [...new Set(drifts.flatMap(({ unknown }) => unknown))],
    fails: drifts.some(({ fails }) => fails)
  };
}
function inRepository(verdict, repository, pool) {
  const at = (place) => place.repository === void 0 ? { ...place, repository } : place;
  const finding = (found) => ({
    ...found,
    requirement: pool.shared(repository, found.requirement, () => ({
      ...found.requirement,
      place: at(found.requirement.place)
    })),
    ...found.acceptance === void 0 ? {} : { acceptance: { ...found.acceptance, place: at(found.acceptance.place) } }
  });
  const warning = (each) => each.place === void 0 ? each : { ...each, place: at(each.place) };
  return {
    ...verdict,
    clusters: verdict.clusters.map((cluster) => ({
      ...cluster,
      findings: cluster.findings.map(finding),
      warnings: cluster.warnings.map(warning),
      drift: cluster.drift === void 0 ? void 0 : {
        ...cluster.drift,
        changes: cluster.drift.changes.map((change) => ({
          ...change,
          neededBy: change.neededBy.map((needed) => ({ ...needed, place: at(needed.place) }))
        }))
      }
    })),
    problems: verdict.problems.map((problem) => ({ ...problem, place: at(problem.place) })),
    warnings: verdict.warnings.map(warning)
  };
}
export {
  mergeReports
};
