import {
  RULES,
  encodePath,
  isInRepository,
  markedPlace,
  remarksOf,
  ruleOf
} from "./shared-summary.js";
import {
  count,
  describeChange,
  driftInNumbers,
  momentOf,
  named,
  objectName,
  where
} from "./shared-phrases.js";
import {
  REPORT_VERSION
} from "./shared-report-version.js";
import "./shared-scanner.js";
import "./shared-runtime.js";

// src/report/json.ts
var MOST_PLACES_OF_MET = 100;
function grouped(items, recordOf, placeOf, most = () => Number.POSITIVE_INFINITY) {
  const groups = /* @__PURE__ */ new Map();
  for (const item of items) {
    const record = recordOf(item);
    const key = JSON.stringify(record);
    const group = groups.get(key) ?? { record, places: [], count: 0 };
    groups.set(key, group);
    group.count += 1;
    const place = group.places.length < most(item) ? placeOf(item) : void 0;
    if (place !== void 0) group.places.push(place);
  }
  return [...groups.values()].map(({ record, count: count2, places }) => ({ ...record, count: count2, places }));
}
function problemRecords(problems) {
  return grouped(
    problems,
    ({ message, hint }) => ({ message, hint }),
    ({ place }) => place
  );
}
function warningRecords(warnings) {
  return grouped(
    warnings,
    ({ message, isQuiet }) => ({ message, isQuiet }),
    ({ place }) => place
  );
}
function errorRecord({ outcome, code, message, hint, problems }) {
  return { outcome, code, message, hint, problems: problemRecords(problems) };
}
function findingRecord(finding) {
  const { requirement, field, standing, met, fails, explanation, advice, lifecycle, acceptance } = finding;
  const { text, negated } = requirement;
  return { requirement: { text, negated }, field, standing, met, fails, explanation, advice, lifecycle, acceptance };
}
function isWell({ met, fails, lifecycle, acceptance }) {
  return met === "yes" && !fails && lifecycle.length === 0 && acceptance === void 0;
}
function clusterRecord(verdict) {
  const { cluster, outcome, error, serverVersion, cache, ageMs, findings, warnings, capabilities, drift } = verdict;
  return {
    cluster,
    outcome,
    error: error === void 0 ? void 0 : errorRecord(error),
    serverVersion,
    cache,
    ageSeconds: ageMs === void 0 ? void 0 : Math.round(ageMs / 1e3),
    findings: grouped(
      findings,
      findingRecord,
      ({ requirement: { place, object } }) => ({ ...place, object }),
      (finding) => isWell(finding) ? MOST_PLACES_OF_MET : Number.POSITIVE_INFINITY
    ),
    warnings: warningRecords(warnings),
    capabilities,
    drift: drift === void 0 ? void 0 : driftRecord(drift)
  };
}
function driftRecord({ since, changes, unknown, fails }) {
  return { since: new Date(since).toISOString(), changes, unknown, fails };
}
function format(value, indent) {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close, parts] = Array.isArray(value) ? ["[", "]", value.map((item) => format(item, inner))] : ["{", "}", fieldsOf(value, inner)];
  return parts.length === 0 ? open + close : `${open}
${inner}${parts.join(`,
${inner}`)}
${indent}${close}`;
}
function fieldsOf(value, indent) {
  return Object.entries(value).filter(([, field]) => field !== void 0).map(([name, field]) => {
    const isPlaces = name === "places" && Array.isArray(field) && field.length > 0;
    const text = isPlaces ? `[
${field.map((place) => `${indent}  ${JSON.stringify(place)}`).join(",\n")}
${indent}]` : format(field, indent);
    return `${JSON.stringify(name)}: ${text}`;
  });
}
function jsonReport(verdict, source = {}) {
  return [...jsonReportParts(verdict, source)].join("");
}
function* jsonReportParts(verdict, { repository, commit } = {}) {
  const { outcome, error, clusters, problems, warnings, notJudged } = verdict;
  const before = {
    version: REPORT_VERSION,
    repository,
    commit,
    outcome,
    error: error === void 0 ? void 0 : errorRecord(error)
  };
  yield `${format(before, "").slice(0, -2)},
  "clusters": [`;
  for (const [index, cluster] of clusters.entries()) {
    yield `${index === 0 ? "" : ","}
    ${format(clusterRecord(cluster), "    ")}`;
  }
  yield `${clusters.length === 0 ? "" : "\n  "}],
`;
  const after = { problems: problemRecords(problems), warnings: warningRecords(warnings), notJudged };
  yield `${format(after, "").slice(2)}
`;
}

// src/report/junit.ts
var MOST_PASSED = 5e3;
var NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
var ENTITIES = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "	": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;"
};
function xml(text) {
  return text.replace(NOT_XML, "\uFFFD").replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? character);
}
function resultOf(finding) {
  const { acceptance, explanation, advice, lifecycle, fails } = finding;
  if (acceptance !== void 0) return { kind: "skipped", message: `accepted: ${acceptance.reason}` };
  const rule = ruleOf(finding);
  if (rule === void 0) return { kind: "passed" };
  const message = [explanation, ...lifecycle.map((note) => note.message)].filter((part) => part !== "").join("\n");
  if (!fails)
    return finding.met === "yes" ? { kind: "passed" } : { kind: "skipped", message: `does not fail the job: ${message}` };
  return {
    kind: rule === "unknown-api" ? "error" : "failure",
    type: rule,
    message,
    advice
  };
}
function caseOfFinding(finding) {
  const { text: kind, place, object } = finding.requirement;
  const path = finding.field?.path ?? "";
  const text = path === "" ? kind : `${kind} ${path}`;
  const name = objectName(object);
  return {
    suite: place.kind === "file" ? place.file : place.input,
    name: name === "" ? text : `${text} (${name})`,
    ...place.kind === "file" ? { file: place.file, line: place.line } : {},
    result: resultOf(finding)
  };
}
function withinLimit(cases) {
  let passed = 0;
  const kept = cases.filter(({ result }) => {
    if (result.kind === "passed") passed += 1;
    return result.kind !== "passed" || passed <= MOST_PASSED;
  });
  const left = cases.length - kept.length;
  return left === 0 ? cases : [
    ...kept,
    { suite: "kube-api-gate", name: `and ${count(left, "requirement")} more, met`, result: { kind: "passed" } }
  ];
}
function casesOfCluster({ error, outcome, findings, drift }) {
  const judged = withinLimit(findings.map(caseOfFinding));
  const cases = [...judged, ...drift === void 0 ? [] : [caseOfDrift(drift)]];
  if (error === void 0) return cases;
  const advice = error.hint === void 0 ? {} : { advice: error.hint };
  return [
    ...cases,
    {
      suite: "discovery",
      name: "the cluster is asked",
      result: { kind: "error", type: outcome, message: error.message, ...advice }
    }
  ];
}
function caseOfDrift(drift) {
  const message = [driftInNumbers(drift), ...drift.changes.map(describeChange)].join("\n");
  return {
    suite: "drift",
    name: `nothing changed since ${momentOf(drift.since)}`,
    result: drift.fails ? { kind: "failure", type: "drift", message } : drift.changes.length === 0 ? { kind: "passed" } : { kind: "skipped", message: `does not fail the job: ${message}` }
  };
}
function caseOfProblem({ place, message, hint }) {
  return {
    suite: place.kind === "file" ? place.file : place.input,
    name: where(place),
    ...place.kind === "file" ? { file: place.file, line: place.line } : {},
    result: { kind: "error", type: "unusable-input", message, advice: hint }
  };
}
function attributes(values) {
  return Object.entries(values).filter(([, value]) => value !== void 0).map(([name, value]) => ` ${name}="${xml(String(value))}"`).join("");
}
function counts(cases) {
  const of = (kind) => cases.filter(({ result }) => result.kind === kind).length;
  return { tests: cases.length, failures: of("failure"), errors: of("error"), skipped: of("skipped") };
}
function caseElement({ suite, name, file, line, result }) {
  const open = `    <testcase${attributes({ classname: suite, name, file, line })}`;
  if (result.kind === "passed") return `${open}/>
`;
  if (result.kind === "skipped")
    return `${open}>
      <skipped${attributes({ message: result.message })}/>
    </testcase>
`;
  const { kind, type, message, advice } = result;
  const text = xml([message, ...advice === void 0 ? [] : [advice]].join("\n"));
  return `${open}>
      <${kind}${attributes({ type, message })}>${text}</${kind}>
    </testcase>
`;
}
function junitReport(verdict) {
  return [...junitReportParts(verdict)].join("");
}
function* junitReportParts(verdict) {
  const { clusters, problems, error } = verdict;
  const unusable = [
    ...problems.map(caseOfProblem),
    ...error?.problems.map(caseOfProblem) ?? [],
    ...error === void 0 || error.problems.length > 0 ? [] : [
      {
        suite: "kube-api-gate",
        name: error.outcome,
        result: {
          kind: "error",
          type: error.code,
          message: error.message,
          advice: error.hint
        }
      }
    ]
  ];
  const suites = [
    ...clusters.map((cluster) => ({ name: cluster.cluster, cases: () => casesOfCluster(cluster) })),
    ...unusable.length === 0 ? [] : [{ name: "input", cases: () => unusable }]
  ];
  const sums = counts([]);
  for (const { cases } of suites) {
    for (const [name, number] of Object.entries(counts(cases()))) sums[name] = (sums[name] ?? 0) + number;
  }
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: "kube-api-gate", ...sums })}>
`;
  for (const { name, cases } of suites) {
    const all = cases();
    yield `  <testsuite${attributes({ name, ...counts(all) })}>
${all.map(caseElement).join("")}  </testsuite>
`;
  }
  yield "</testsuites>\n";
}

// src/report/sarif.ts
var MOST_RESULTS = 5e3;
var SOMEWHERE = ".github/workflows";
var HELP = {
  "cluster-not-judged": {
    short: "A cluster could not be judged",
    help: "The cluster did not answer, or refused to. Check its address, the way to it, and the credentials."
  },
  "missing-api": {
    short: "An API is not served",
    help: 'The change needs an API that the cluster does not serve: applying it would fail with "no matches for kind". Use a version that the cluster serves, or bring the API to the cluster first.'
  },
  "forbidden-api": {
    short: "An API is served that must not be",
    help: "The requirement is negated: the API must not be there, and the cluster serves it. Take it out of service, or drop the requirement."
  },
  "removed-by-target": {
    short: "An API is gone in the target version",
    help: "The cluster serves the API today; the Kubernetes version named in target-version does not. Move to the replacement before the upgrade."
  },
  "field-unknown": {
    short: "A field is unknown to the cluster",
    help: "The cluster, or the CustomResourceDefinition of the change, has no such field: applying the object drops the field, or is refused. Correct the name, or deploy to a version that has the field."
  },
  "field-type": {
    short: "A field has a value of the wrong type",
    help: "The cluster refuses the object. A number or a boolean where text is meant goes into quotes."
  },
  "field-value": {
    short: "A field has a value that the cluster does not take",
    help: "The type is right, but the value is not: a quantity, a time, base64, a whole number that does not fit, a pattern, a repeated item. The cluster refuses the object."
  },
  "field-required": {
    short: "A required field is missing",
    help: "The CustomResourceDefinition requires the field, and it has no default. The cluster refuses the object."
  },
  "field-enum": {
    short: "A field has a value that is not among the choices",
    help: "The schema lists the values that the field may have. For custom resources the cluster refuses any other; for built-in ones it may take one, as the list is not what it validates by."
  },
  "field-limit": {
    short: "A field is out of bounds",
    help: "The CustomResourceDefinition bounds a number, a length, or how many items or fields there are. The cluster refuses the object."
  },
  drift: {
    short: "A cluster changed since an earlier snapshot",
    help: "The cluster serves other APIs than it did. Find out who changed it; if it is as it should be, write the earlier snapshot again."
  },
  "unusable-input": {
    short: "An input or a manifest cannot be used",
    help: "What cannot be read cannot be judged, and so fails the job. Mend it, exclude the file from manifests, or name it in allow-unparsable."
  },
  "unknown-api": {
    short: "A cluster left a question about an API unanswered",
    help: "Part of discovery failed, so that nobody can tell whether the API is served. Often the backend of an APIService is down, or a role lacks discovery."
  },
  "deprecated-api": {
    short: "An API is deprecated",
    help: "The API is served, but a later Kubernetes version will remove it. Move to the replacement."
  },
  notice: {
    short: "Something is worth knowing",
    help: "It fails nothing, and may mean that something was overlooked."
  }
};
function ruleRecord(id) {
  const { short, help } = HELP[id];
  return {
    id,
    name: id.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase()),
    shortDescription: { text: short },
    fullDescription: { text: help },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: id === "deprecated-api" || id === "notice" ? "warning" : "error" },
    properties: { tags: ["kubernetes"] }
  };
}
function artifact(file) {
  return { uri: encodePath(file), uriBaseId: "%SRCROOT%" };
}
function physicalLocation({ file, line, column }) {
  const region = { startLine: line, startColumn: column };
  return { physicalLocation: { artifactLocation: artifact(file), region } };
}
function location(place, { workflowFile = SOMEWHERE }) {
  return physicalLocation(markedPlace(place) ?? { file: workflowFile, line: 1 });
}
function relatedLocations(place) {
  if (place?.kind !== "file" || place.template === void 0 || !isInRepository(place.file)) return {};
  const { template: _, ...rendered } = place;
  return {
    relatedLocations: [{ ...physicalLocation(rendered), message: { text: "The manifest that was rendered from it." } }]
  };
}
function messageText(text) {
  return text.includes("](") ? text.replace(/[[\]\\]/g, "\\$&") : text;
}
function messageOf(remark) {
  const { subject, message, advice, place, object } = remark;
  const name = objectName(object);
  return [
    named(subject, message),
    ...advice === void 0 ? [] : [advice],
    ...remark.clusters.length === 0 ? [] : [`Clusters: ${remark.clusters.join(", ")}.`],
    ...place === void 0 ? [] : [`From ${where(place)}${name === "" ? "" : ` (${name})`}.`]
  ].join("\n");
}
function fingerprints() {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const seen = /* @__PURE__ */ new Map();
  return ({ rule, subject, place, object, message, field }) => {
    const from = place?.kind === "file" ? place.template ?? place.file : place?.input ?? "";
    const parts = [rule, subject === "" ? message : subject, from, object?.namespace, object?.name];
    const id = JSON.stringify(field === void 0 ? parts : [...parts, field]);
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    return createHash("sha256").update(`${id}:${nth}`).digest("hex").slice(0, 32);
  };
}
function sarifReport(verdict, options = {}) {
  const remarks = remarksOf(verdict);
  const fingerprint = fingerprints();
  const halted = remarks.filter(({ rule }) => rule === "cluster-not-judged");
  const told = remarks.filter(
    ({ rule, place }) => rule === "notice" ? place?.kind === "file" : rule !== "cluster-not-judged"
  );
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "kube-api-gate", rules: RULES.map(ruleRecord) } },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: halted.length === 0,
            toolExecutionNotifications: halted.map((remark) => ({
              level: "error",
              message: { text: messageText(messageOf(remark)) },
              descriptor: { id: remark.rule }
            }))
          }
        ],
        results: told.slice(0, MOST_RESULTS).map((remark) => ({
          ruleId: remark.rule,
          ruleIndex: RULES.indexOf(remark.rule),
          level: remark.severity,
          message: { text: messageText(messageOf(remark)) },
          locations: [location(remark.place, options)],
          ...relatedLocations(remark.place),
          partialFingerprints: { "kubeApiGate/v1": fingerprint(remark) }
        }))
      }
    ]
  };
  return `${JSON.stringify(log, void 0, 2)}
`;
}

// src/report/reports.ts
function reportIn(format2, verdict, options = {}) {
  switch (format2) {
    case "json":
      return jsonReport(verdict, options);
    case "junit":
      return junitReport(verdict);
    case "sarif":
      return sarifReport(verdict, options);
  }
}
function reportFiles(verdict, options = {}) {
  return [
    { name: "report.json", text: jsonReportParts(verdict, options) },
    { name: "junit.xml", text: junitReportParts(verdict) },
    { name: "report.sarif", text: reportIn("sarif", verdict, options) }
  ];
}
export {
  reportFiles,
  reportIn
};
