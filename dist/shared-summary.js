import {
  OUTCOME_WORD,
  count,
  describeChange,
  describeNeed,
  driftInNumbers,
  driftOutput,
  list,
  momentOf,
  named,
  objectName,
  source,
  where
} from "./shared-phrases.js";
import {
  GateError,
  assertNever,
  cut,
  debug,
  endGroup,
  error,
  formatDuration,
  formatPlace,
  info,
  legible,
  logLine,
  oneLine,
  setOutput,
  startGroup,
  toGateError,
  warning,
  withoutCommands
} from "./shared-scanner.js";

// src/report/marked-place.ts
function isInRepository(file) {
  return file !== "" && !/^[/<]/.test(file) && !file.startsWith("../") && !/^[A-Za-z]:|\\/.test(file);
}
function markedPlace(place2) {
  if (place2?.kind !== "file" || place2.repository !== void 0) return void 0;
  if (place2.template !== void 0) return { file: place2.template, line: 1 };
  if (!isInRepository(place2.file)) return void 0;
  return { file: place2.file, line: place2.line, column: place2.column };
}
function encodePath(path) {
  return path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}

// src/report/remarks.ts
var RULES = [
  "cluster-not-judged",
  "missing-api",
  "forbidden-api",
  "removed-by-target",
  "field-unknown",
  "field-type",
  "field-value",
  "field-required",
  "field-enum",
  "field-limit",
  "drift",
  "unusable-input",
  "unknown-api",
  "deprecated-api",
  "notice"
];
function ruleOf(finding) {
  if (finding.acceptance !== void 0) return void 0;
  const { field } = finding;
  if (field !== void 0 && finding.met !== "yes") return field.rule === "field-unjudged" ? "unknown-api" : field.rule;
  switch (finding.met) {
    case "no":
      return finding.requirement.negated ? "forbidden-api" : "missing-api";
    case "unknown":
      return "unknown-api";
    case "yes":
      if (finding.lifecycle.some(({ kind }) => kind === "removed-by-target")) return "removed-by-target";
      if (finding.lifecycle.length > 0) return "deprecated-api";
      return void 0;
    default:
      return assertNever(finding.met);
  }
}
var FIELD_TITLES = {
  "field-unknown": "Unknown field",
  "field-type": "Wrong type",
  "field-value": "Wrong value",
  "field-required": "Missing field",
  "field-enum": "Value not among the choices",
  "field-limit": "Value out of bounds"
};
function titleOf(rule, finding, clusters) {
  const { text, anyOf } = finding.requirement;
  const on = list(clusters);
  const { field } = finding;
  if (field !== void 0 && finding.met === "yes") return `Removed by the target version: ${field.path}`;
  if (field?.rule === "field-unjudged") return `Fields not judged on ${on}: ${text}`;
  if (field !== void 0) return `${FIELD_TITLES[field.rule]} on ${on}: ${field.path}`;
  switch (rule) {
    case "missing-api":
      return anyOf[0].kind === "server-version" ? `Server version not met on ${on}: ${text}` : `Missing on ${on}: ${text}`;
    case "forbidden-api":
      return `Served on ${on}, but must not be: ${text}`;
    case "unknown-api":
      return `Unknown on ${on}: ${text}`;
    case "removed-by-target":
      return `Removed by the target version: ${text}`;
    case "deprecated-api":
      return `Deprecated: ${text}`;
    default:
      return text;
  }
}
function messageOf(rule, finding) {
  const notes = finding.lifecycle.map(({ message: message2 }) => message2);
  const told = rule === "removed-by-target" || rule === "deprecated-api" ? notes : [finding.explanation, ...notes];
  const message = told.filter((part, index) => part !== "" && told.indexOf(part) === index).join("\n");
  return { message, advice: finding.advice };
}
function remarkOf({ finding, rule, versions }) {
  const told = [...versions.values()];
  const clusters = told.flatMap((version) => version.clusters);
  const [first] = told;
  const advices = new Set(told.map(({ advice }) => advice).filter((advice) => advice !== void 0));
  const { requirement } = finding;
  return {
    rule,
    severity: finding.fails ? "error" : "warning",
    subject: requirement.text,
    title: titleOf(rule, finding, clusters),
    message: told.length === 1 && first !== void 0 ? first.message : told.map((version) => `On ${list(version.clusters)}: ${version.message}`).join("\n"),
    ...advices.size === 0 ? {} : { advice: [...advices].join("\n") },
    clusters,
    place: requirement.place,
    object: requirement.object,
    field: finding.field === void 0 ? void 0 : finding.field.path
  };
}
function remarksOfFindings(findings) {
  const joined = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const rule = ruleOf(finding);
    if (rule === void 0) continue;
    const { text, place: place2, object } = finding.requirement;
    const { path } = finding.field ?? {};
    const key = JSON.stringify([rule, finding.fails, text, path, formatPlace(place2), object?.namespace, object?.name]);
    const told = joined.get(key) ?? { finding, rule, versions: /* @__PURE__ */ new Map() };
    joined.set(key, told);
    const words = messageOf(rule, finding);
    const version = JSON.stringify([words.message, words.advice]);
    const same = told.versions.get(version) ?? { ...words, clusters: [] };
    if (!same.clusters.includes(finding.cluster)) same.clusters.push(finding.cluster);
    told.versions.set(version, same);
  }
  return [...joined.values()].map(remarkOf);
}
function remarkOfProblem(problem) {
  return {
    rule: "unusable-input",
    severity: "error",
    subject: "",
    title: `Cannot be used: ${where(problem.place)}`,
    message: problem.message,
    advice: problem.hint,
    clusters: [],
    place: problem.place
  };
}
function remarksOfError(error2, cluster) {
  if (error2.problems.length > 0) return error2.problems.map(remarkOfProblem);
  return [
    {
      rule: error2.outcome === "invalid-input" && cluster === void 0 ? "unusable-input" : "cluster-not-judged",
      severity: "error",
      subject: "",
      title: cluster === void 0 ? `kube-api-gate: ${error2.outcome}` : `${cluster} was not judged: ${error2.outcome}`,
      message: error2.message,
      advice: error2.hint,
      clusters: cluster === void 0 ? [] : [cluster]
    }
  ];
}
function remarksOfWarnings(told) {
  const joined = /* @__PURE__ */ new Map();
  for (const { warning: warning2, cluster } of told) {
    const key = JSON.stringify([warning2.message, warning2.place, warning2.isQuiet]);
    const same = joined.get(key) ?? { warning: warning2, clusters: [] };
    if (cluster !== void 0 && !same.clusters.includes(cluster)) same.clusters.push(cluster);
    joined.set(key, same);
  }
  return [...joined.values()].map(({ warning: warning2, clusters }) => ({
    rule: "notice",
    severity: "warning",
    subject: "",
    title: clusters.length === 0 ? "Worth knowing" : `Worth knowing about ${list(clusters)}`,
    message: warning2.message,
    clusters,
    place: warning2.place,
    isQuiet: warning2.isQuiet
  }));
}
var CHANGES_NAMED = 20;
function remarkOfDrift(cluster, drift) {
  const [needed] = drift.changes.flatMap(({ neededBy }) => neededBy);
  const named2 = drift.changes.slice(0, CHANGES_NAMED).map((change) => {
    const need = describeNeed(change);
    return need === "" ? describeChange(change) : `${describeChange(change)}, ${need}`;
  });
  const more = drift.changes.length - named2.length;
  return {
    rule: "drift",
    severity: drift.fails ? "error" : "warning",
    subject: "",
    title: `${cluster} changed since ${momentOf(drift.since)}`,
    message: [
      `${cluster} since ${momentOf(drift.since)}: ${driftInNumbers(drift)}.`,
      ...named2,
      ...more === 0 ? [] : [`and ${more} more`]
    ].join("\n"),
    ...drift.fails ? { advice: "If this is as it should be, write the earlier snapshot again with `save-snapshots`." } : {},
    clusters: [cluster],
    place: needed === void 0 ? void 0 : needed.place,
    object: needed?.object === void 0 ? void 0 : needed.object
  };
}
function joinAlike(remarks, saying) {
  const joined = /* @__PURE__ */ new Map();
  for (const remark of remarks) {
    const key = JSON.stringify(saying(remark));
    const same = joined.get(key);
    if (same === void 0) joined.set(key, [remark]);
    else same.push(remark);
  }
  return [...joined.values()];
}
function rank({ severity, rule }) {
  return (severity === "error" ? 0 : RULES.length) + RULES.indexOf(rule);
}
function remarksOf(verdict) {
  const known = KNOWN.get(verdict) ?? allRemarks(verdict);
  KNOWN.set(verdict, known);
  return known;
}
var KNOWN = /* @__PURE__ */ new WeakMap();
function allRemarks(verdict) {
  const { clusters } = verdict;
  const remarks = [
    ...verdict.error === void 0 ? [] : remarksOfError(verdict.error, void 0),
    ...clusters.flatMap(({ cluster, error: error2 }) => error2 === void 0 ? [] : remarksOfError(error2, cluster)),
    ...clusters.flatMap(
      ({ cluster, drift }) => drift === void 0 || drift.changes.length === 0 ? [] : [remarkOfDrift(cluster, drift)]
    ),
    ...remarksOfFindings(clusters.flatMap(({ findings }) => findings)),
    ...verdict.problems.map(remarkOfProblem),
    ...remarksOfWarnings([
      ...verdict.warnings.map((warning2) => ({ warning: warning2 })),
      ...clusters.flatMap(({ cluster, warnings }) => warnings.map((warning2) => ({ warning: warning2, cluster })))
    ])
  ];
  return remarks.sort((left, right) => rank(left) - rank(right));
}

// src/report/annotations.ts
var MOST_OF_A_LEVEL = 10;
var LONGEST_MESSAGE = 4096;
var LONGEST_TITLE = 200;
var PLACES_NAMED = 20;
function origin({ place: place2, object }) {
  if (place2 === void 0) return "";
  const name = objectName(object);
  return name === "" ? where(place2) : `${where(place2)} (${name})`;
}
function originLine(remark, marked) {
  const { place: place2, object } = remark;
  if (place2 === void 0) return [];
  const isMarked = marked !== void 0 && place2.kind === "file" && marked.file === place2.file;
  if (!isMarked) return [`From ${origin(remark)}.`];
  return objectName(object) === "" ? [] : [`Object: ${objectName(object)}.`];
}
function annotation(remark, others) {
  const { severity, subject, title, message, advice, place: place2 } = remark;
  const marked = markedPlace(place2);
  const lines = [
    named(subject, message),
    ...advice === void 0 ? [] : [advice],
    ...originLine(remark, marked),
    ...others.length === 0 ? [] : [
      `The same at ${count(others.length, "other place")}: ${others.slice(0, PLACES_NAMED).map(origin).join(", ")}${others.length > PLACES_NAMED ? ", \u2026" : ""}`
    ]
  ];
  return {
    level: severity,
    title: cut(withoutCommands(oneLine(title)), LONGEST_TITLE),
    message: cut(withoutCommands(lines.join("\n")), LONGEST_MESSAGE),
    ...marked
  };
}
function summedUp(level, rest) {
  const subjects = [...new Set(rest.map(({ subject, title }) => subject === "" ? title : subject))];
  const what = count(rest.length, level === "error" ? "more failure" : "more warning");
  return {
    level,
    title: `And ${what}`,
    message: cut(
      withoutCommands(
        `${what} of kube-api-gate, beyond what annotations can show; the job summary and the log have all of them: ${subjects.join(", ")}`
      ),
      LONGEST_MESSAGE
    )
  };
}
function withinLimits(level, remarks) {
  if (remarks.length <= MOST_OF_A_LEVEL) return remarks.map((remark) => annotation(remark, []));
  const joined = joinAlike(remarks, ({ rule, subject, message, clusters }) => [rule, subject, message, clusters]);
  if (joined.length <= MOST_OF_A_LEVEL) return joined.map(([first, ...others]) => annotation(first, others));
  const shown = joined.slice(0, MOST_OF_A_LEVEL - 1);
  const rest = joined.slice(MOST_OF_A_LEVEL - 1).flat();
  return [...shown.map(([first, ...others]) => annotation(first, others)), summedUp(level, rest)];
}
function withoutEchoes(remarks) {
  const spot = ({ subject, place: place2 }) => JSON.stringify([subject, place2]);
  const failing = new Set(remarks.filter(({ severity }) => severity === "error").map(spot));
  return remarks.filter(
    (remark) => remark.rule !== "deprecated-api" || remark.severity === "error" || !failing.has(spot(remark))
  );
}
function annotationsOf(verdict) {
  const remarks = withoutEchoes(remarksOf(verdict)).filter(({ isQuiet }) => isQuiet !== true);
  return ["error", "warning"].flatMap(
    (level) => withinLimits(
      level,
      remarks.filter(({ severity }) => severity === level)
    )
  );
}

// src/report/headline.ts
function tally(findings) {
  const open = findings.filter(({ acceptance }) => acceptance === void 0);
  const apis = open.filter((finding) => !isOfField(finding));
  return {
    met: apis.filter(({ met }) => met === "yes").length,
    notMet: apis.filter(({ met }) => met === "no").length,
    unknown: apis.filter(({ met }) => met === "unknown").length,
    accepted: findings.length - open.length,
    fields: open.filter((finding) => isOfField(finding) && finding.met !== "yes").length,
    failing: findings.filter(({ fails }) => fails).length
  };
}
function isOfField({ field }) {
  return field !== void 0 && field.rule !== "field-unjudged";
}
function fields(findings) {
  return new Set(
    findings.filter((finding) => isOfField(finding) && finding.acceptance === void 0).map(
      ({ requirement: { text, place: place2, object }, field }) => JSON.stringify([text, field?.path, formatPlace(place2), object?.namespace, object?.name])
    )
  ).size;
}
function fieldsDoNotFit(number) {
  return number === 1 ? "1 field does not fit" : `${number} fields do not fit`;
}
function requirements(findings) {
  const distinct = new Set(findings.filter(({ field }) => field === void 0).map(({ requirement }) => requirement));
  return new Set(
    [...distinct].map(
      ({ text, place: place2, object }) => JSON.stringify([text, formatPlace(place2), object?.namespace, object?.name])
    )
  ).size;
}
function names(clusters) {
  return list(clusters.map(({ cluster }) => cluster));
}
function of(part, all) {
  return part === all ? count(all, "requirement") : `${part} of ${count(all, "requirement")}`;
}
function be(number) {
  return number === 1 ? "is" : "are";
}
function incompatible(verdict, all) {
  const failing = verdict.clusters.flatMap(({ findings }) => findings.filter(({ fails }) => fails));
  const affected = verdict.clusters.filter(({ findings }) => findings.some(({ fails }) => fails));
  const said = [
    ["not met", requirements(failing.filter(({ met }) => met === "no"))],
    ["unknown", requirements(failing.filter(({ met }) => met === "unknown"))],
    ["deprecated or to be removed", requirements(failing.filter(({ met }) => met === "yes"))]
  ];
  const [first, ...others] = said.filter(([, number]) => number > 0);
  const unfit = fields(failing);
  if (first === void 0) {
    if (unfit === 0) return drifted(verdict) ?? "what was asked for does not hold";
    return `${fieldsDoNotFit(unfit)} on ${names(affected)}`;
  }
  const rest = [
    ...others.map(([word, number]) => `, ${number} ${be(number)} ${word}`),
    ...unfit === 0 ? [] : [`, ${fieldsDoNotFit(unfit)}`]
  ].join("");
  return `${of(first[1], all)} ${be(first[1])} ${first[0]} on ${names(affected)}${rest}`;
}
function drifted({ clusters }) {
  const changed = clusters.filter(({ drift }) => (drift?.changes.length ?? 0) > 0);
  if (changed.length === 0) return void 0;
  return `${names(changed)} changed since ${changed.length === 1 ? "its earlier snapshot" : "their earlier snapshots"}`;
}
function unchanged(verdict) {
  if (verdict.clusters.every(({ drift }) => drift === void 0)) return "";
  return `, and ${drifted(verdict) ?? "nothing changed since the earlier snapshots"}`;
}
function isLetPass({ met, fails, acceptance }) {
  return met !== "yes" && !fails && acceptance === void 0;
}
function isNotEnforced({ outcome, clusters }) {
  return outcome === "compatible" && clusters.some(({ findings }) => findings.some(isLetPass));
}
function compatible(verdict, all) {
  const on = names(verdict.clusters);
  const findings = verdict.clusters.flatMap((cluster) => cluster.findings);
  const accepted = requirements(findings.filter(({ acceptance }) => acceptance !== void 0));
  const notMet = requirements(findings.filter(({ met: met2, acceptance }) => met2 === "no" && acceptance === void 0));
  const open = requirements(findings.filter(isLetPass));
  const letPass = [
    ...notMet === 0 ? [] : [`${notMet} not met`],
    ...open === notMet ? [] : [`${open - notMet} unknown`]
  ];
  const exceptions = [
    ...open === 0 ? [] : [`${letPass.join(" and ")}, which fail-on lets pass`],
    ...accepted === 0 ? [] : [`${accepted} not met, but accepted`]
  ];
  const unfit = fields(findings.filter(({ met: met2 }) => met2 !== "yes"));
  const warned = unfit === 0 ? "" : `; ${fieldsDoNotFit(unfit)}, which fails nothing`;
  if (all === 0) return `nothing was required of ${on}${unchanged(verdict)}`;
  const met = all - open - accepted;
  if (exceptions.length > 0)
    return `${met} of ${count(all, "requirement")} ${be(all === 1 ? 1 : met)} met on ${on}; ${exceptions.join("; ")}${warned}`;
  return all === 1 ? `the one requirement is met on ${on}${warned}` : `all ${all} requirements are met on ${on}${warned}`;
}
function sentence(verdict) {
  const { error: error2, clusters, problems, outcome } = verdict;
  const all = requirements(clusters.flatMap(({ findings }) => findings));
  if (error2 !== void 0) return error2.message;
  const halted2 = clusters.filter((cluster) => cluster.error !== void 0);
  switch (outcome) {
    case "compatible":
      return compatible(verdict, all);
    case "incompatible":
      return incompatible(verdict, all);
    case "undetermined": {
      const unknown = clusters.flatMap(
        ({ findings }) => findings.filter(({ met, fails }) => fails && met === "unknown")
      );
      const number = requirements(unknown);
      const untold = new Set(
        unknown.filter(({ field }) => field !== void 0).map(({ requirement }) => requirement.text)
      );
      if (number === 0 && untold.size > 0) {
        return `the fields of ${list([...untold])} could not be judged on ${list([...new Set(unknown.map(({ cluster }) => cluster))])}`;
      }
      return number === 0 ? "not all that was asked for could be judged" : `${of(number, all)} could not be judged on ${list([...new Set(unknown.map(({ cluster }) => cluster))])}`;
    }
    case "unreachable":
      return halted2.length === 0 ? "no cluster could be asked" : `${names(halted2)} could not be asked`;
    case "denied":
      return halted2.length === 0 ? "discovery was refused" : `${names(halted2)} refused discovery`;
    case "invalid-input":
      if (problems.length > 0) return `${count(problems.length, "place")} in the input cannot be used`;
      return halted2[0]?.error?.message ?? "the input cannot be used";
    case "internal-error":
      return halted2[0]?.error?.message ?? "kube-api-gate itself failed";
    default:
      return assertNever(outcome);
  }
}
function besides({ outcome, clusters, problems }) {
  const halted2 = clusters.filter(({ error: error2 }) => error2 !== void 0);
  return [
    ...outcome === "incompatible" && halted2.length > 0 ? [`${names(halted2)} could not be judged`] : [],
    ...outcome !== "invalid-input" && problems.length > 0 ? [`${count(problems.length, "place")} in the input cannot be used`] : []
  ].map((part) => `; ${part}`).join("");
}
function headline(verdict) {
  const word = isNotEnforced(verdict) ? "Not enforced" : OUTCOME_WORD[verdict.outcome];
  return `${word}: ${sentence(verdict)}${besides(verdict)}`;
}

// src/report/hint.ts
function readHint(text) {
  const [advice = "", ...rest] = text.split("\n\n");
  const example = rest.join("\n\n").trimEnd();
  return { advice, example: example === "" ? [] : example.split("\n") };
}

// src/report/console.ts
var PLACES_NAMED2 = 3;
function sign(finding) {
  if (finding.acceptance !== void 0) return "~";
  if (finding.met === "no") return finding.fails || finding.field === void 0 ? "\u2717" : "!";
  if (finding.met === "unknown") return "?";
  if (finding.lifecycle.length > 0) return finding.fails ? "\u2717" : "!";
  return finding.standing === "provided" ? "+" : "\u2713";
}
function hintLines(hint) {
  const { advice, example } = readHint(hint);
  return [`    \u2192 ${logLine(advice)}`, ...example.map((line2) => withoutCommands(`      ${legible(line2)}`))];
}
function place({ requirement }) {
  const name = objectName(requirement.object);
  const { place: at } = requirement;
  const template = at.kind === "file" && at.template !== void 0 ? `${at.template}, rendered at ` : "";
  return `${template}${where(at)}${name === "" ? "" : ` (${name})`}`;
}
function fieldLines([first, ...others]) {
  const { requirement, explanation, advice, acceptance } = first;
  const told = [
    explanation,
    ...first.lifecycle.map(({ message }) => message),
    ...advice === void 0 ? [] : [advice]
  ].join(" ");
  const name = objectName(requirement.object);
  const more = others.slice(0, PLACES_NAMED2 - 1).map(place).concat(others.length >= PLACES_NAMED2 ? [`${count(others.length + 1 - PLACES_NAMED2, "more place")}`] : []);
  return [
    `${sign(first)} ${logLine(`${where(requirement.place)} ${told}`)}`,
    `    in ${logLine(`${requirement.text}${name === "" ? "" : ` ${name}`}`)}`,
    ...more.length === 0 ? [] : [`    also at ${logLine(list(more, PLACES_NAMED2))}`],
    ...acceptance === void 0 ? [] : [`    accepted: ${logLine(`${acceptance.reason} (${where(acceptance.place)})`)}`]
  ];
}
function findingLines([first, ...others]) {
  const places = [first, ...others].slice(0, PLACES_NAMED2).map(place).join(", ");
  const more = others.length + 1 > PLACES_NAMED2 ? ` and ${count(others.length + 1 - PLACES_NAMED2, "more place")}` : "";
  const said = [first.explanation, ...first.lifecycle.map(({ message }) => message)].filter((part) => part !== "");
  return [
    `${sign(first)} ${logLine(named(first.requirement.text, said.join(" ")))}`,
    `    at ${logLine(`${places}${more}`)}`,
    ...first.acceptance === void 0 ? [] : [`    accepted: ${logLine(`${first.acceptance.reason} (${where(first.acceptance.place)})`)}`],
    ...first.advice === void 0 || first.acceptance !== void 0 ? [] : [`    \u2192 ${logLine(first.advice)}`]
  ];
}
function entries(findings) {
  const joined = /* @__PURE__ */ new Map();
  for (const finding of findings) {
    const { requirement, explanation, advice, lifecycle, acceptance } = finding;
    const key = JSON.stringify([sign(finding), requirement.text, explanation, advice, lifecycle, acceptance]);
    const same = joined.get(key);
    if (same === void 0) joined.set(key, [finding]);
    else same.push(finding);
  }
  return [...joined.values()].flatMap((same) => isOfField(same[0]) ? fieldLines(same) : findingLines(same));
}
function clusterTitle({ cluster, serverVersion, cache, ageMs, error: error2 }) {
  if (error2 !== void 0) return cluster;
  return `${cluster} (${[serverVersion?.gitVersion, source(cache, ageMs)].filter((part) => part !== void 0).join(", ")})`;
}
function clusterSections(verdict) {
  const { findings, error: error2, cluster, outcome } = verdict;
  const told = findings.filter((finding) => finding.fails || ruleOf(finding) !== void 0);
  const loud = new Set(told);
  const quiet = findings.filter((finding) => !loud.has(finding));
  const { met, accepted } = tally(quiet);
  const title = clusterTitle(verdict);
  const sections = [];
  if (quiet.length > 0) {
    const counted = [`${met} met`, ...accepted === 0 ? [] : [`${accepted} accepted`]].join(", ");
    sections.push({ title: logLine(`${title}: ${counted}`), quiet: true, lines: entries(quiet) });
  }
  if (told.length > 0) {
    sections.push({ title: logLine(`${title}: ${count(told.length, "finding")}`), quiet: false, lines: entries(told) });
  }
  if (error2 !== void 0) {
    sections.push({
      title: logLine(`${cluster} was not judged: ${outcome}`),
      quiet: false,
      lines: [`\u2717 ${logLine(error2.message)}`, ...error2.hint === void 0 ? [] : hintLines(error2.hint)]
    });
  }
  return sections;
}
function driftSections({ cluster, drift }) {
  if (drift === void 0) return [];
  return [
    {
      title: logLine(`${cluster} since ${momentOf(drift.since)}: ${driftInNumbers(drift)}`),
      quiet: drift.changes.length === 0,
      lines: [
        ...drift.changes.flatMap((change) => {
          const need = describeNeed(change);
          return [
            `${drift.fails ? "\u2717" : "!"} ${logLine(describeChange(change))}`,
            ...need === "" ? [] : [`    ${logLine(need)}`]
          ];
        }),
        ...drift.unknown.map(
          (api) => `? ${logLine(`${api} could not be compared: one of the snapshots has a gap there`)}`
        )
      ]
    }
  ];
}
function remarkLines([first, ...others], mark) {
  const { message, advice } = first;
  const places = [first, ...others].flatMap((remark) => remark.place === void 0 ? [] : [where(remark.place)]);
  const told = others.length === 0 ? [`${mark} ${logLine([...places, message].join(": "))}`] : [`${mark} ${logLine(message)}`, `    at ${logLine(list(places, PLACES_NAMED2, "more places"))}`];
  return [...told, ...advice === void 0 ? [] : [`    \u2192 ${logLine(advice)}`]];
}
function remarkSection(remarks, title, mark, quiet = false) {
  if (remarks.length === 0) return [];
  const joined = joinAlike(remarks, ({ message, advice, place: place2 }) => [message, advice, place2 === void 0]);
  return [{ title: `${title} (${remarks.length})`, quiet, lines: joined.flatMap((alike) => remarkLines(alike, mark)) }];
}
function mergedSections(verdict) {
  const { clusters } = verdict;
  const numbers = clusters.map((cluster) => {
    const { met, notMet, unknown, accepted } = tally(cluster.findings);
    const counted = Object.entries({ met, "not met": notMet, unknown, accepted }).filter(([word, number]) => number > 0 || word === "met").map(([word, number]) => `${number} ${word}`).join(", ");
    return logLine(`${cluster.outcome === "compatible" ? "\u2713" : "\u2717"} ${clusterTitle(cluster)}: ${counted}`);
  });
  const told = remarksOf(verdict).filter(
    ({ rule }) => !["notice", "drift", "unusable-input", "cluster-not-judged"].includes(rule)
  );
  const lines = told.flatMap((remark) => [
    `${remark.severity === "error" ? "\u2717" : "!"} ${logLine(named(remark.subject, remark.message))}`,
    `    on ${logLine(list(remark.clusters, 5))}${remark.place === void 0 ? "" : logLine(` at ${where(remark.place)}`)}`,
    ...remark.advice === void 0 ? [] : [`    \u2192 ${logLine(remark.advice)}`]
  ]);
  return [
    { title: `Clusters (${clusters.length})`, quiet: false, lines: numbers },
    ...told.length === 0 ? [] : [{ title: `Findings (${told.length})`, quiet: false, lines }],
    ...clusters.filter(({ error: error2 }) => error2 !== void 0).flatMap((each) => clusterSections({ ...each, findings: [] }))
  ];
}
function consoleSections(verdict) {
  const notJudged2 = Object.entries(verdict.notJudged);
  const remarks = remarksOf(verdict);
  const notices = remarks.filter(({ rule }) => rule === "notice");
  return [
    ...verdict.merged === true ? mergedSections(verdict) : verdict.clusters.flatMap(clusterSections),
    ...verdict.clusters.flatMap(driftSections),
    ...notJudged2.length === 0 ? [] : [
      {
        title: "Objects that no API server stores, not judged",
        quiet: true,
        lines: notJudged2.map(([type, number]) => `- ${logLine(`${type}: ${number}`)}`)
      }
    ],
    ...remarkSection(
      notices.filter(({ isQuiet }) => isQuiet === true),
      "Notes",
      "-",
      true
    ),
    ...remarkSection(
      remarks.filter(
        ({ severity, rule, place: place2 }) => severity === "error" && rule === "unusable-input" && place2 !== void 0
      ),
      "Input that cannot be used",
      "\u2717"
    ),
    ...remarkSection(
      notices.filter(({ isQuiet }) => isQuiet !== true),
      "Worth knowing",
      "!"
    )
  ];
}
function closingLine(verdict) {
  const hint = verdict.error?.hint;
  const mark = verdict.outcome !== "compatible" ? "\u2717" : isNotEnforced(verdict) ? "!" : "\u2713";
  const line2 = `${mark} ${logLine(headline(verdict))}`;
  return hint === void 0 || (verdict.error?.problems.length ?? 0) > 0 ? line2 : `${line2}
    \u2192 ${logLine(hint)}`;
}

// src/report/map-verdict.ts
function optional(key, text, map) {
  return text === void 0 ? {} : { [key]: map(text) };
}
function mapPlace(place2, map) {
  const at = optional("repository", place2.repository, map.text);
  if (place2.kind === "input") return map.place({ ...place2, input: map.text(place2.input), ...at });
  return map.place({ ...place2, file: map.text(place2.file), ...optional("template", place2.template, map.text), ...at });
}
function mapProblem({ place: place2, message, hint }, map) {
  return { place: mapPlace(place2, map), message: map.text(message), ...optional("hint", hint, map.hint) };
}
function mapWarning({ message, place: place2, isQuiet }, map) {
  return { message: map.text(message), isQuiet, place: place2 === void 0 ? void 0 : mapPlace(place2, map) };
}
function mapError(error2, map) {
  return new GateError(error2.outcome, error2.code, map.text(error2.message), {
    ...optional("hint", error2.hint, map.hint),
    problems: error2.problems.map((problem) => mapProblem(problem, map)),
    cause: error2.cause
  });
}
function mapRequirement(requirement, map) {
  const known = map.requirements.get(requirement);
  if (known !== void 0) return known;
  const { text, place: place2, object } = requirement;
  const mapped = {
    ...requirement,
    text: map.text(text),
    place: mapPlace(place2, map),
    object: object === void 0 ? void 0 : mapObject(object, map)
  };
  const kept = JSON.stringify(mapped) === JSON.stringify(requirement) ? requirement : mapped;
  map.requirements.set(requirement, kept);
  return kept;
}
function mapFinding(finding, map) {
  const { field, cluster, explanation, advice, lifecycle, acceptance } = finding;
  const requirement = mapRequirement(finding.requirement, map);
  const name = map.text(cluster);
  const found = map.text(explanation);
  const toDo = optional("advice", advice, map.hint);
  const isSame = requirement === finding.requirement && name === cluster && found === explanation && toDo.advice === advice;
  if (isSame && field === void 0 && lifecycle.length === 0 && acceptance === void 0) return finding;
  return {
    ...finding,
    requirement,
    field: field === void 0 ? void 0 : { ...field, path: map.text(field.path) },
    cluster: name,
    explanation: found,
    ...toDo,
    lifecycle: lifecycle.map((note) => ({
      ...note,
      message: map.text(note.message),
      ...optional("replacement", note.replacement, map.text)
    })),
    ...acceptance === void 0 ? {} : { acceptance: { ...acceptance, reason: map.text(acceptance.reason), place: mapPlace(acceptance.place, map) } }
  };
}
function mapDrift(drift, map) {
  return {
    ...drift,
    changes: drift.changes.map((change) => ({
      ...change,
      api: map.text(change.api),
      ...optional("from", change.from, map.text),
      ...optional("to", change.to, map.text),
      neededBy: change.neededBy.map(({ text, place: place2, object }) => ({
        text: map.text(text),
        place: mapPlace(place2, map),
        object: object === void 0 ? void 0 : mapObject(object, map)
      }))
    })),
    unknown: drift.unknown.map(map.text)
  };
}
function mapObject({ name, namespace }, map) {
  return { name: map.text(name), ...optional("namespace", namespace, map.text) };
}
function mapCluster(verdict, map) {
  const { cluster, findings, warnings, notJudged: notJudged2, serverVersion, capabilities, drift, error: error2 } = verdict;
  return {
    ...verdict,
    cluster: map.text(cluster),
    findings: findings.map((finding) => mapFinding(finding, map)),
    warnings: warnings.map((warning2) => mapWarning(warning2, map)),
    notJudged: notJudged2 === void 0 ? void 0 : mapCounts(notJudged2, map),
    capabilities: capabilities.map(map.text),
    drift: drift === void 0 ? void 0 : mapDrift(drift, map),
    ...serverVersion === void 0 ? {} : {
      serverVersion: {
        gitVersion: map.text(serverVersion.gitVersion),
        major: map.text(serverVersion.major),
        minor: map.text(serverVersion.minor)
      }
    },
    error: error2 === void 0 ? void 0 : mapError(error2, map)
  };
}
function mapCounts(counts, { text }) {
  return Object.fromEntries(Object.entries(counts).map(([type, number]) => [text(type), number]));
}
function mapVerdict(verdict, text, { place: place2 = (same) => same, hint = text } = {}) {
  const map = { text, place: place2, hint, requirements: /* @__PURE__ */ new Map() };
  const { clusters, problems, warnings, notJudged: notJudged2, error: error2 } = verdict;
  return {
    ...verdict,
    clusters: clusters.map((cluster) => mapCluster(cluster, map)),
    problems: problems.map((problem) => mapProblem(problem, map)),
    warnings: warnings.map((warning2) => mapWarning(warning2, map)),
    notJudged: mapCounts(notJudged2, map),
    error: error2 === void 0 ? void 0 : mapError(error2, map)
  };
}

// src/report/legible-verdict.ts
function legibleVerdict(verdict, redact = (text) => text) {
  const seen = /* @__PURE__ */ new Map();
  return mapVerdict(verdict, (text) => {
    const known = seen.get(text);
    if (known !== void 0) return known;
    const shown = legible(redact(text));
    seen.set(text, shown);
    return shown;
  });
}

// src/report/outputs.ts
var MOST_ASKED = ["miss", "rechecked", "revalidated", "hit", "off", "file"];
function texts(verdict, met) {
  const findings = verdict.clusters.flatMap((cluster) => cluster.findings);
  const open = findings.filter(
    (finding) => finding.met === met && finding.acceptance === void 0 && (finding.field === void 0 || met === "unknown")
  );
  return [...new Set(open.map(({ requirement }) => requirement.text.replace(/\s*\n\s*/g, " ")))].join("\n");
}
function fieldTexts(verdict) {
  const findings = verdict.clusters.flatMap((cluster) => cluster.findings);
  const texts2 = findings.flatMap(
    ({ requirement, field, met, acceptance }) => field === void 0 || field.rule === "field-unjudged" || met === "yes" || acceptance !== void 0 ? [] : [`${requirement.text} ${field.path}`.replace(/\s*\n\s*/g, " ")]
  );
  return [...new Set(texts2)].join("\n");
}
var CAPABILITY = /^[\w./:-]+$/;
function commonCapabilities([first, ...others]) {
  const sets = others.map(({ capabilities }) => new Set(capabilities));
  return (first?.capabilities ?? []).filter((name) => CAPABILITY.test(name) && sets.every((served) => served.has(name))).join(",");
}
function release(gitVersion) {
  return (/^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(gitVersion) ?? []).slice(1).map((part) => Number(part ?? 0));
}
function compareReleases(left, right) {
  const [a, b] = [release(left), release(right)];
  for (let part = 0; part < 3; part += 1) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
var VERSION = /^v?\d{1,6}\.\d{1,6}(?:\.\d{1,6})?[-+.0-9A-Za-z]{0,100}$/;
function oldestVersion(clusters) {
  const versions = clusters.map(({ serverVersion }) => serverVersion?.gitVersion).filter((version) => version !== void 0).filter((version) => VERSION.test(version));
  return versions.sort(compareReleases)[0] ?? "";
}
function outputsOf(verdict) {
  const judged = verdict.clusters.filter(({ error: error2 }) => error2 === void 0);
  const ages = judged.map(({ ageMs }) => ageMs ?? 0);
  return {
    outcome: verdict.outcome,
    missing: texts(verdict, "no"),
    fields: fieldTexts(verdict),
    unknown: texts(verdict, "unknown"),
    "api-versions": commonCapabilities(judged),
    "kube-version": oldestVersion(judged),
    cache: MOST_ASKED.find((use) => judged.some(({ cache }) => cache === use)) ?? "",
    "cache-age": judged.length === 0 ? "" : String(Math.round(Math.max(...ages) / 1e3)),
    drift: driftOutput(judged)
  };
}

// src/report/markdown.ts
var SPECIAL = /[&<>|\\`*_~[\]$@]/g;
function entity(character) {
  return `&#${character.codePointAt(0)};`;
}
function line(text) {
  return oneLine(text).replace(/\s+/g, " ");
}
function plain(text) {
  return line(text).replace(SPECIAL, entity).replaceAll("://", "&#58;//").replace(/\bwww\./gi, (www) => www.replace(".", "&#46;")).replace(/^[-+=#]|^\d+(?=[.)])/, (start) => `${entity(start)}${start.slice(1)}`);
}
var SAFE_IN_CODE = /^[\w !"#$%'()*+,./:;=?[\]{}^@-]+$/;
function code(text) {
  const shown = line(text);
  if (shown === "") return "";
  return SAFE_IN_CODE.test(shown) ? `\`${shown}\`` : `<code>${shown.replace(/[^A-Za-z0-9 /-]/gu, entity)}</code>`;
}
function requirementCode(text) {
  return text.split(" | ").map(code).join(" or ");
}
function prose(text) {
  return text.split("\n").map(
    (part) => part.split(/`([^`]+)`/).map((piece, index) => index % 2 === 1 ? code(piece) : spaced(piece)).join("")
  ).filter((part) => part.trim() !== "").join("<br>");
}
function spaced(piece) {
  const inner = plain(piece);
  if (inner === "") return piece === "" ? "" : " ";
  return `${/^\s/.test(piece) ? " " : ""}${inner}${/\s$/.test(piece) ? " " : ""}`;
}
function link(markdown, address) {
  return address !== void 0 && /^https?:\/\/[\w.:/%#?=&~+,;-]+$/.test(address) ? `[${markdown}](${address})` : markdown;
}

// src/report/fleet.ts
var MOST_COLUMNS = 25;
var PLACES_NAMED3 = 10;
var CELLS = ["\u274C missing", "\u274C served", "\u274C to be removed", "\u2753 unknown", "\u26A0\uFE0F", "~ accepted", "\u2705"];
function cellOf(finding) {
  if (finding.acceptance !== void 0) return "~ accepted";
  const rule = ruleOf(finding);
  if (rule === void 0) return "\u2705";
  if (!finding.fails) return finding.met === "unknown" ? "\u2753 unknown" : "\u26A0\uFE0F";
  switch (rule) {
    case "missing-api":
      return "\u274C missing";
    case "forbidden-api":
      return "\u274C served";
    case "unknown-api":
      return "\u2753 unknown";
    default:
      return "\u274C to be removed";
  }
}
function fleetTable(clusters) {
  const causes = /* @__PURE__ */ new Map();
  for (const { cluster, findings } of clusters) {
    for (const finding of findings) {
      const { text } = finding.requirement;
      const cells = causes.get(text) ?? /* @__PURE__ */ new Map();
      causes.set(text, cells);
      const [known, cell] = [cells.get(cluster), cellOf(finding)];
      if (known === void 0 || CELLS.indexOf(cell) < CELLS.indexOf(known)) cells.set(cluster, cell);
    }
  }
  const told = [...causes].filter(([, cells]) => [...cells.values()].some((cell) => cell !== "\u2705"));
  if (told.length === 0 || clusters.length < 2) return [];
  const shown = clusters.slice(0, clusters.length > MOST_COLUMNS ? 0 : MOST_COLUMNS);
  const weight = ({ cluster, error: error2 }) => told.filter(([, cells]) => cells.get(cluster)?.startsWith("\u274C")).length + (error2 === void 0 ? 0 : 0.5);
  const columns = shown.length > 0 ? shown : clusters.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST_COLUMNS);
  const rest = clusters.length - columns.length;
  const mark = ({ cluster, error: error2 }, cells) => cells.get(cluster) ?? (error2 === void 0 ? "" : "\u2013 not judged");
  return [
    {
      kind: "table",
      heading: "By cluster",
      columns: ["What", ...columns.map(({ cluster }) => plain(cluster)), ...rest === 0 ? [] : [`${rest} more`]],
      rows: told.map(([text, cells]) => [
        requirementCode(text),
        ...columns.map((cluster) => mark(cluster, cells)),
        ...rest === 0 ? [] : [restCell(clusters, columns, cells)]
      ])
    }
  ];
}
function restCell(clusters, columns, cells) {
  const failing = clusters.filter((each) => !columns.includes(each) && cells.get(each.cluster)?.startsWith("\u274C"));
  return failing.length === 0 ? "" : `\u274C ${failing.length}`;
}
function replacementTable(clusters) {
  const byReplacement = /* @__PURE__ */ new Map();
  for (const { requirement, lifecycle, acceptance } of clusters.flatMap(({ findings }) => findings)) {
    if (acceptance !== void 0) continue;
    for (const { replacement } of lifecycle) {
      if (replacement === void 0) continue;
      const texts2 = byReplacement.get(replacement) ?? /* @__PURE__ */ new Map();
      byReplacement.set(replacement, texts2);
      texts2.set(requirement.text, (texts2.get(requirement.text) ?? /* @__PURE__ */ new Set()).add(formatPlace(requirement.place)));
    }
  }
  if (byReplacement.size === 0) return [];
  return [
    {
      kind: "table",
      heading: "Lines to change",
      columns: ["Use", "In place of", "At"],
      rows: [...byReplacement].flatMap(
        ([replacement, texts2]) => [...texts2].map(([text, places]) => {
          const shown = [...places].slice(0, PLACES_NAMED3).map(code);
          const more = places.size > PLACES_NAMED3 ? [`and ${places.size - PLACES_NAMED3} more`] : [];
          return [code(replacement), requirementCode(text), [...shown, ...more].join("<br>")];
        })
      )
    }
  ];
}

// src/report/summary.ts
var LONGEST_SUMMARY = 960 * 1024;
var LONGEST_TABLE = 500;
var PLACES_IN_A_ROW = 10;
function outcomeSign(outcome) {
  switch (outcome) {
    case "compatible":
      return "\u2705";
    case "undetermined":
      return "\u2753";
    case "incompatible":
    case "unreachable":
    case "denied":
    case "invalid-input":
    case "internal-error":
      return "\u274C";
    default:
      return assertNever(outcome);
  }
}
function placeCell(place2, options) {
  if (place2 === void 0) return "";
  if (place2.kind === "input") return plain(where(place2));
  const address = options.blobAddress === void 0 || place2.repository !== void 0 || !isInRepository(place2.file) ? void 0 : `${options.blobAddress}/${encodePath(place2.file)}#L${place2.line}`;
  const repository = place2.repository === void 0 ? "" : `${plain(place2.repository)}<br>`;
  const file = `${repository}${link(code(`${place2.file}:${place2.line}`), address)}`;
  return place2.template === void 0 ? file : `${code(place2.template)}<br>rendered as ${file}`;
}
function clusterCells(cluster, withFields) {
  const { met, notMet, unknown, accepted, fields: fields2 } = tally(cluster.findings);
  const judged = cluster.error === void 0;
  return [
    plain(cluster.cluster),
    `${outcomeSign(cluster.outcome)} ${cluster.outcome}`,
    judged ? code(cluster.serverVersion?.gitVersion ?? "") : "",
    ...[met, notMet, unknown, accepted, ...withFields ? [fields2] : []].map(
      (number) => judged ? String(number) : ""
    ),
    judged ? plain(source(cluster.cache, cluster.ageMs)) : ""
  ];
}
function clusterTable(clusters) {
  if (clusters.length === 0) return [];
  const withFields = clusters.some(({ findings }) => findings.some(isOfField));
  return [
    {
      kind: "table",
      heading: "",
      columns: [
        "Cluster",
        "Outcome",
        "Version",
        "Met",
        "Not met",
        "Unknown",
        "Accepted",
        ...withFields ? ["Fields that do not fit"] : [],
        "Answers"
      ],
      rows: clusters.map((cluster) => clusterCells(cluster, withFields))
    }
  ];
}
function driftTable(clusters) {
  return clusters.flatMap(({ cluster, drift }) => {
    if (drift === void 0) return [];
    const told = `${plain(cluster)} since ${momentOf(drift.since)}: ${driftInNumbers(drift)}`;
    if (drift.changes.length === 0) return [{ kind: "text", text: `Drift of ${told}.` }];
    return [
      {
        kind: "table",
        heading: `Drift of ${told}`,
        columns: ["What changed", "What of this change depends on it"],
        rows: drift.changes.map((change) => [plain(describeChange(change)), plain(describeNeed(change))])
      }
    ];
  });
}
var KIND_OF_RULE = {
  "cluster-not-judged": "\u274C not judged",
  "missing-api": "\u274C missing",
  "forbidden-api": "\u274C served",
  "removed-by-target": "\u274C to be removed",
  "field-unknown": "\u274C unknown field",
  "field-type": "\u274C wrong type",
  "field-value": "\u274C wrong value",
  "field-required": "\u274C missing field",
  "field-enum": "\u274C not among the choices",
  "field-limit": "\u274C out of bounds",
  drift: "\u274C drift",
  "unusable-input": "\u274C unusable",
  "unknown-api": "\u2753 unknown",
  "deprecated-api": "\u26A0\uFE0F deprecated",
  notice: "\u26A0\uFE0F"
};
function remarkSign({ rule, severity }) {
  const shown = KIND_OF_RULE[rule];
  return severity === "error" ? shown : shown.replace("\u274C", "\u26A0\uFE0F");
}
function toldCell({ message, advice }) {
  return [prose(message), ...advice === void 0 ? [] : [`\u279C ${prose(advice)}`]].filter((part) => part !== "").join("<br>");
}
function byPlace(left, right) {
  const [a, b] = [left.place, right.place];
  if (a?.kind !== "file" || b?.kind !== "file") return Number(a?.kind === "file") - Number(b?.kind === "file");
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
function joinProblems(remarks) {
  return joinAlike(
    remarks,
    ({ rule, message, advice, place: place2, subject, object, clusters }) => rule === "unusable-input" || rule === "notice" ? [rule, message, advice, clusters] : [rule, message, advice, clusters, place2, subject, object]
  );
}
function placesCell(remarks, options) {
  const more = remarks.length - PLACES_IN_A_ROW;
  return [
    ...remarks.slice(0, PLACES_IN_A_ROW).map(({ place: place2, object }) => {
      const name = objectName(object);
      const at = placeCell(place2, options);
      return name === "" ? at : `${at}<br>${plain(name)}`;
    }),
    ...more > 0 ? [`and ${count(more, "more place")}`] : []
  ].join("<br>");
}
function remarkTable(heading, remarks, many, options, folded) {
  if (remarks.length === 0) return [];
  const placed = remarks.some(({ place: place2 }) => place2 !== void 0);
  return [
    {
      kind: "table",
      heading,
      folded,
      columns: [...placed ? ["Where"] : [], "What", ...many ? ["Cluster"] : [], "Found, and what to do"],
      rows: joinProblems([...remarks].sort(byPlace)).map(([remark, ...others]) => {
        return [
          ...placed ? [placesCell([remark, ...others], options)] : [],
          [remarkSign(remark), ...remark.subject === "" ? [] : [requirementCode(remark.subject)]].join("<br>"),
          ...many ? [plain(list(remark.clusters, 5))] : [],
          toldCell(remark)
        ];
      })
    }
  ];
}
function clusterErrors(clusters) {
  return clusters.flatMap(({ cluster, outcome, error: error2 }) => {
    if (error2 === void 0 || error2.problems.length > 0) return [];
    const { advice, example } = readHint(error2.hint ?? "");
    const told = `**${plain(cluster)} was not judged (${outcome}).** ${prose(error2.message)}`;
    return [
      { kind: "text", text: advice === "" ? told : `${told}<br>\u279C ${prose(advice)}` },
      // An indented block: no line of it can end it.
      ...example.length === 0 ? [] : [{ kind: "text", text: example.map((line2) => `    ${line2}`).join("\n") }]
    ];
  });
}
function acceptedTable(findings, options) {
  const accepted = findings.flatMap(
    (finding) => finding.acceptance === void 0 ? [] : [{ finding, acceptance: finding.acceptance }]
  );
  if (accepted.length === 0) return [];
  return [
    {
      kind: "table",
      heading: "",
      folded: `Accepted: ${accepted.length}`,
      columns: ["Where", "What", "Cluster", "Accepted by", "Reason"],
      rows: accepted.map(({ finding, acceptance }) => [
        placeCell(finding.requirement.place, options),
        [requirementCode(finding.requirement.text), ...finding.field?.path ? [code(finding.field.path)] : []].join(
          "<br>"
        ),
        plain(finding.cluster),
        `${acceptance.kind} ${placeCell(acceptance.place, options)}`,
        prose(acceptance.reason)
      ])
    }
  ];
}
function metTable(clusters) {
  const rows = /* @__PURE__ */ new Map();
  for (const { requirement, cluster, standing, met, acceptance } of clusters.flatMap(({ findings }) => findings)) {
    if (met !== "yes" || acceptance !== void 0) continue;
    const row2 = rows.get(requirement.text) ?? {
      text: requirement.text,
      clusters: /* @__PURE__ */ new Set(),
      standings: /* @__PURE__ */ new Set(),
      number: 0
    };
    row2.clusters.add(cluster);
    row2.standings.add(requirement.negated ? "not served, as asked" : standing);
    row2.number += 1;
    rows.set(requirement.text, row2);
  }
  if (rows.size === 0) return [];
  const all = [...rows.values()];
  return [
    {
      kind: "table",
      heading: "",
      folded: `Met: ${all.reduce((sum, { number }) => sum + number, 0)}`,
      columns: ["Requirement", "Standing", "Clusters", "Times"],
      rows: all.map((row2) => [
        requirementCode(row2.text),
        plain([...row2.standings].join(", ")),
        plain(list([...row2.clusters], 5)),
        String(row2.number)
      ])
    }
  ];
}
function notJudged(objects) {
  const types = Object.entries(objects);
  if (types.length === 0) return [];
  const named2 = types.map(([type, number]) => `${code(type)} (${number})`).join(", ");
  return [{ kind: "text", text: `Not judged, since no API server stores them: ${named2}.` }];
}
function age(clusters) {
  const cached = clusters.filter(({ cache, error: error2 }) => cache === "hit" && error2 === void 0);
  const ages = cached.map(({ ageMs }) => ageMs ?? 0);
  if (cached.length === 0) return [];
  return [
    {
      kind: "text",
      text: `What was judged comes from the cache and is up to ${formatDuration(Math.max(...ages))} old. \`cache: refresh\` asks again.`
    }
  ];
}
function blocks(verdict, options) {
  const { clusters, error: error2 } = verdict;
  const many = clusters.length > 1;
  const remarks = remarksOf(verdict).filter(({ rule }) => rule !== "cluster-not-judged" && rule !== "drift");
  const quiet = remarks.filter(({ isQuiet }) => isQuiet === true);
  const findings = clusters.flatMap((cluster) => cluster.findings);
  return [
    {
      kind: "text",
      text: `## ${isNotEnforced(verdict) ? "\u26A0\uFE0F" : outcomeSign(verdict.outcome)} ${plain(headline(verdict))}`
    },
    ...error2?.hint === void 0 || error2.problems.length > 0 ? [] : [{ kind: "text", text: `\u279C ${prose(error2.hint)}` }],
    ...clusterTable(clusters),
    ...clusterErrors(clusters),
    ...verdict.merged === true ? [...fleetTable(clusters), ...replacementTable(clusters)] : [],
    ...driftTable(clusters),
    ...remarkTable(
      "What fails",
      remarks.filter(({ severity, place: place2 }) => severity === "error" && (error2 === void 0 || place2 !== void 0)),
      many,
      options
    ),
    ...remarkTable(
      "Worth knowing",
      remarks.filter(({ severity, isQuiet }) => severity === "warning" && isQuiet !== true),
      many,
      options
    ),
    ...remarkTable("", quiet, many, options, `Notes: ${quiet.length}`),
    ...acceptedTable(findings, options),
    ...metTable(clusters),
    ...notJudged(verdict.notJudged),
    ...age(clusters)
  ];
}
var bytes = (text) => Buffer.byteLength(text, "utf8");
function row(cells) {
  return `| ${cells.join(" | ")} |
`;
}
var CUT_NOTE = "This page was cut to what GitHub takes; the log and `report-directory` have everything.\n";
function page(all, limit) {
  let room = limit - bytes(CUT_NOTE) - 1;
  const parts = [];
  for (const block of all) {
    const [shown, whole] = block.kind === "text" ? [`${block.text}

`, true] : table(block, room);
    if (bytes(shown) > room) return `${parts.join("")}${CUT_NOTE}`;
    parts.push(shown);
    room -= bytes(shown);
    if (!whole) return `${parts.join("")}${CUT_NOTE}`;
  }
  return parts.join("");
}
function table(block, room) {
  const before = [
    ...block.folded === void 0 ? [] : [`<details><summary>${block.folded}</summary>

`],
    ...block.heading === "" ? [] : [`### ${block.heading}

`],
    row(block.columns),
    row(block.columns.map(() => "---"))
  ].join("");
  const after = block.folded === void 0 ? "\n" : "\n</details>\n\n";
  const more = (left2) => left2 === 0 ? "" : `
\u2026 and ${count(left2, "more row")}.
`;
  let left = room - bytes(before) - bytes(after) - bytes(more(block.rows.length));
  const rows = [];
  for (const cells of block.rows.slice(0, LONGEST_TABLE)) {
    const shown = row(cells);
    left -= bytes(shown);
    if (left < 0) break;
    rows.push(shown);
  }
  const whole = rows.length >= Math.min(block.rows.length, LONGEST_TABLE);
  return [`${before}${rows.join("")}${more(block.rows.length - rows.length)}${after}`, whole];
}
function summaryOf(verdict, options = {}) {
  return page(blocks(verdict, options), options.limit ?? LONGEST_SUMMARY);
}

// src/report/template-files.ts
var { access, readdir, readFile } = globalThis.process.getBuiltinModule("node:fs/promises");
var { basename, join } = globalThis.process.getBuiltinModule("node:path");
var MOST_FOLDERS = 5e3;
var DEEPEST = 6;
var NO_CHARTS_IN = /* @__PURE__ */ new Set(["node_modules", "vendor"]);
function chartName(text, folder) {
  return /^name:[ \t]*["']?([\w.-]+)/m.exec(text)?.[1] ?? folder;
}
async function findCharts(root) {
  const charts = [];
  let level = [""];
  let left = MOST_FOLDERS;
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    const next = [];
    for (const folder of level.slice(0, left)) {
      const entries2 = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
      if (entries2.some((entry) => entry.isFile() && entry.name === "Chart.yaml")) {
        const text = await readFile(join(root, folder, "Chart.yaml"), "utf8").catch(() => "");
        charts.push({ folder, name: chartName(text, basename(folder)) });
      }
      for (const entry of entries2) {
        if (!entry.isDirectory() || entry.name.startsWith(".") || NO_CHARTS_IN.has(entry.name)) continue;
        next.push(folder === "" ? entry.name : `${folder}/${entry.name}`);
      }
    }
    left -= level.length;
    if (left <= 0) break;
    level = next;
  }
  return charts;
}
function templatesOf({ clusters, problems }) {
  const places = [
    ...[...new Set(clusters.flatMap(({ findings }) => findings.map(({ requirement }) => requirement)))].map(
      ({ place: place2 }) => place2
    ),
    ...problems.map(({ place: place2 }) => place2)
  ];
  return [...new Set(places.flatMap((place2) => place2.kind === "file" ? place2.template ?? [] : []))];
}
async function fileOf(template, charts, root) {
  const [name, ...rest] = template.split("/");
  if (rest.includes("..")) return void 0;
  const candidates = (charts.get(name ?? "") ?? []).map(
    ({ folder }) => [folder, ...rest].filter((part) => part !== "").join("/")
  );
  const there = await Promise.all(
    candidates.map(
      (file) => access(join(root, file)).then(
        () => [file],
        () => []
      )
    )
  );
  const [only, ...others] = there.flat();
  return others.length === 0 ? only : void 0;
}
async function withTemplateFiles(verdict, repositoryRoot) {
  const templates = templatesOf(verdict);
  if (templates.length === 0) return verdict;
  const charts = Map.groupBy(await findCharts(repositoryRoot), (chart) => chart.name);
  const files = new Map(
    await Promise.all(
      templates.map(async (template) => [template, await fileOf(template, charts, repositoryRoot)])
    )
  );
  return mapVerdict(verdict, (text) => text, {
    place: (place2) => {
      if (place2.kind !== "file" || place2.template === void 0) return place2;
      const file = files.get(place2.template);
      if (file !== void 0) return { ...place2, template: file };
      if (!isInRepository(place2.file)) return place2;
      const { template: _, ...rendered } = place2;
      return rendered;
    }
  });
}

// src/report/publish.ts
var { resolve } = globalThis.process.getBuiltinModule("node:path");
function blobAddress({ variables = {} }) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: sha } = variables;
  return server && repository && sha ? { blobAddress: `${server}/${repository}/blob/${sha}` } : {};
}
function workflowFile({ variables = {} }) {
  const file = /^[^/]+\/[^/]+\/([^@]+)@/.exec(variables["GITHUB_WORKFLOW_REF"] ?? "")?.[1];
  return file === void 0 ? {} : { workflowFile: file };
}
function sourceOf({ variables = {} }) {
  return { repository: variables["GITHUB_REPOSITORY"] || void 0, commit: variables["GITHUB_SHA"] || void 0 };
}
async function shownVerdict(verdict, options) {
  const {
    variables = {},
    workingDirectory,
    repositoryRoot = variables["GITHUB_WORKSPACE"] || workingDirectory
  } = options;
  return withTemplateFiles(legibleVerdict(verdict, options.redact), repositoryRoot);
}
async function writeReports(verdict, options) {
  if (options.reportDirectory === void 0) return "";
  const directory = resolve(options.workingDirectory, options.reportDirectory);
  const { reportFiles } = await import("./reports.js");
  const { writeReportFiles } = await import("./report-files.js");
  await writeReportFiles(directory, reportFiles(verdict, { ...workflowFile(options), ...sourceOf(options) }));
  return resolve(directory, "report.json");
}
function reasonOf(thrown) {
  return toGateError(thrown).message.replace(/^kube-api-gate itself failed: /, "");
}
function writeSummary(text) {
  try {
    const file = process.env["GITHUB_STEP_SUMMARY"];
    if (file) process.getBuiltinModule("node:fs").appendFileSync(file, `${text}
`);
    else debug("no job summary: GITHUB_STEP_SUMMARY is not set");
  } catch (thrown) {
    info(logLine(`The job summary was not written to the file of GITHUB_STEP_SUMMARY: ${reasonOf(thrown)}`));
  }
}
var COMMENT_TIMEOUT_MS = 1e4;
async function comment(verdict, options) {
  const { commentToken: token, variables = {} } = options;
  if (token === void 0) return;
  const { pullRequestOf } = await import("./pull-request.js");
  const pullRequest = pullRequestOf(variables);
  if (pullRequest === void 0) {
    info("No comment: this job does not run for a pull request.");
    return;
  }
  try {
    const { keepComment } = await import("./comment.js");
    const body = verdict.outcome === "compatible" ? void 0 : summaryOf(verdict, blobAddress(options));
    const result = await keepComment({ pullRequest, token, body, timeoutMs: COMMENT_TIMEOUT_MS });
    if (result !== "none") info(`The comment on pull request ${pullRequest.number}: ${result}.`);
  } catch (thrown) {
    const reason = reasonOf(thrown);
    const way = /answered 40[134]/.test(reason) ? " The job needs `permissions: pull-requests: write`; a pull request from a fork never has it." : "";
    info(logLine((options.redact ?? String)(`The comment on the pull request was not written: ${reason}.${way}`)));
  }
}
var OUTPUTS_UNWRITABLE = "outputs-unwritable";
function setOutputs(outputs) {
  if (!process.env["GITHUB_OUTPUT"]) return;
  try {
    for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  } catch (cause) {
    throw new GateError(
      "internal-error",
      OUTPUTS_UNWRITABLE,
      `The outputs were not written to the file of GITHUB_OUTPUT: ${reasonOf(cause)}`,
      { hint: "The runner provides that file. Check its disk, and steps that change GITHUB_OUTPUT.", cause }
    );
  }
}
function writeLog(verdict) {
  for (const { title, quiet, lines } of consoleSections(verdict)) {
    if (quiet) startGroup(title);
    else info(title);
    for (const line2 of lines) info(line2);
    if (quiet) endGroup();
  }
}
function annotate(verdict) {
  for (const { level, title, message, file, line: line2, column } of annotationsOf(verdict)) {
    const properties = {
      title,
      ...file === void 0 ? {} : { file },
      ...line2 === void 0 ? {} : { startLine: line2 },
      ...column === void 0 ? {} : { startColumn: column }
    };
    if (level === "error") error(message, properties);
    else warning(message, properties);
  }
}
async function publish(verdict, options) {
  const shown = await shownVerdict(verdict, options);
  writeLog(shown);
  annotate(shown);
  writeSummary(summaryOf(shown, blobAddress(options)));
  await comment(shown, options);
  let report = "";
  try {
    report = await writeReports(shown, options);
  } finally {
    if (shown.error?.code !== OUTPUTS_UNWRITABLE) setOutputs({ ...outputsOf(shown), report });
  }
  info(closingLine(shown));
}
function halted(error2) {
  return { outcome: error2.outcome, clusters: [], problems: [], warnings: [], notJudged: {}, error: error2 };
}
function chain(error2) {
  if (!(error2 instanceof Error)) return String(error2);
  const cause = error2.cause === void 0 ? "" : `
caused by: ${chain(error2.cause)}`;
  return `${error2.stack ?? error2.message}${cause}`;
}
function optionsFor(error2, options) {
  if (error2.code !== "report-directory-unwritable") return options;
  const { reportDirectory: _, ...others } = options;
  return others;
}
async function publishError(thrown, options) {
  const error2 = toGateError(thrown);
  const { redact = (text) => text } = options;
  debug(redact(chain(error2)));
  await publish(halted(error2), optionsFor(error2, options)).catch((unpublished) => {
    const { message } = toGateError(unpublished);
    error(logLine(redact(message)));
  });
}
async function print(verdict, options) {
  const shown = await shownVerdict(verdict, options);
  const { format = "text", line: line2 } = options;
  if (format === "text") {
    const worded = inWords(shown, options.words);
    for (const section of consoleSections(worded)) {
      line2(section.title);
      for (const each of section.lines) line2(`  ${each}`);
    }
    await writeReports(shown, options);
    line2(closingLine(worded));
    return;
  }
  if (format === "markdown") {
    line2(summaryOf(inWords(shown, options.words), blobAddress(options)).trimEnd());
  } else {
    const { reportIn } = await import("./reports.js");
    line2(reportIn(format, shown, workflowFile(options)).trimEnd());
  }
  await writeReports(shown, options);
}
function inWords(verdict, words) {
  if (words === void 0) return verdict;
  const place2 = (same) => same.kind === "input" ? { ...same, input: words.input(same.input) } : same;
  return mapVerdict(verdict, words.text, { place: place2, hint: words.hint });
}
async function printError(thrown, options) {
  const error2 = toGateError(thrown);
  const { redact = (text) => text, line: line2 } = options;
  await print(halted(error2), optionsFor(error2, options)).catch((unprinted) => {
    line2(legible(redact(toGateError(unprinted).message)));
  });
}

export {
  isInRepository,
  markedPlace,
  encodePath,
  RULES,
  ruleOf,
  remarksOf,
  publish,
  publishError,
  print,
  printError
};
