import {
  gapRecord,
  gapsIn,
  groupsIn,
  serverVersionIn,
  word
} from "./shared-snapshot-document.js";
import {
  InvalidDocument,
  expectFields,
  parseDocument,
  text
} from "./shared-scanner.js";

// src/snapshots/snapshot-file.ts
var SNAPSHOT_VERSION = 1;
var KIND = "kube-api-gate-snapshot";
var MAX_FILE_BYTES = 32 * 1024 * 1024;
var MAX_RESOURCES = 2e5;
var WHEN_TAKEN = "when the snapshot was taken";
function encodeSnapshot({ cluster, snapshot }) {
  const { takenAt, version, gaps, groups } = snapshot;
  const fields = [
    ["kind", JSON.stringify(KIND)],
    ["version", String(SNAPSHOT_VERSION)],
    ["cluster", JSON.stringify(cluster)],
    ["takenAt", JSON.stringify(new Date(takenAt).toISOString())],
    ...version === void 0 ? [] : [["serverVersion", JSON.stringify(version)]],
    ["gaps", list(gaps.map((gap) => JSON.stringify(gapRecord(gap))).sort(), "  ")],
    ["groups", list(groups.map(groupText), "  ")]
  ];
  return `{
${fields.map(([name, value]) => `  "${name}": ${value}`).join(",\n")}
}
`;
}
function groupText({ name, preferredVersion, versions }) {
  const served = versions.map(
    ({ version, resources }) => `{ "version": ${JSON.stringify(version)}, "resources": ${list(resources.toSorted(byName).map(resourceText), "      ")} }`
  );
  const preferred = preferredVersion === void 0 ? "" : ` "preferredVersion": ${JSON.stringify(preferredVersion)},`;
  return `{ "name": ${JSON.stringify(name)},${preferred} "versions": ${list(served, "    ")} }`;
}
function byName(left, right) {
  return left.name < right.name ? -1 : Number(left.name > right.name);
}
function resourceText(resource) {
  const { name, kind, singularName, namespaced, group, version, verbs, shortNames, categories } = resource;
  return JSON.stringify({ name, kind, group, version, singularName, namespaced, verbs, shortNames, categories });
}
function list(items, indentation) {
  if (items.length === 0) return "[]";
  return `[
${items.map((item) => `${indentation}  ${item}`).join(",\n")}
${indentation}]`;
}
var HINT = "Write the file again with `save-snapshots`.";
function decodeSnapshot(content) {
  try {
    const document = parseDocument(content.replace(/^\uFEFF/, ""));
    if (document.fields["kind"] !== KIND) return notASnapshot(document);
    const { version } = document.fields;
    if (typeof version === "number" && version > SNAPSHOT_VERSION) {
      return {
        kind: "invalid",
        reason: `has format version ${version}, and this kube-api-gate reads ${SNAPSHOT_VERSION}`,
        hint: "Update kube-api-gate here to the version that wrote the file."
      };
    }
    if (version !== SNAPSHOT_VERSION) throw new InvalidDocument("JSON whose version is not a format version");
    return { kind: "snapshot", named: namedSnapshotOf(document) };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const line = /\(line (\d+) column \d+\)/.exec(message)?.[1];
    const isConflict = /^(?:<{7}|>{7}|={7})/m.test(content);
    return {
      kind: "invalid",
      reason: `holds ${message}`,
      hint: isConflict ? `It has the markers of a merge conflict. ${HINT}` : HINT,
      line: line === void 0 ? void 0 : Number(line)
    };
  }
}
function notASnapshot(document) {
  const isReport = Array.isArray(document.fields["clusters"]) && document.fields["outcome"] !== void 0;
  return {
    kind: "invalid",
    reason: isReport ? "is a report, not a snapshot" : `is not a snapshot: its kind is not "${KIND}"`,
    hint: isReport ? "Reports are merged with `reports`." : "Point `snapshots` only at files that `save-snapshots` wrote."
  };
}
function namedSnapshotOf(document) {
  expectFields(document, ["cluster", "takenAt", "gaps", "groups"]);
  const cluster = word(document, "cluster");
  if (cluster.trim() === "") throw new InvalidDocument("JSON whose cluster is empty");
  return {
    cluster,
    snapshot: {
      takenAt: timeOf(document),
      groups: distinctGroups(document),
      version: serverVersionIn(document, "serverVersion"),
      gaps: gapsIn(document, "gaps", WHEN_TAKEN),
      validators: {}
    }
  };
}
function timeOf(document) {
  const written = text(document, "takenAt");
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(time) || time < 0) throw new InvalidDocument("JSON whose takenAt is not a time in UTC");
  return time;
}
function distinctGroups(document) {
  const groups = groupsIn(document, "groups");
  refuseRepeated(
    groups.map(({ name }) => name),
    "group"
  );
  for (const { name, versions } of groups) {
    refuseRepeated(
      versions.map(({ version }) => version),
      `version of ${JSON.stringify(name)}`
    );
  }
  const count = groups.reduce(
    (sum, { versions }) => sum + versions.reduce((all, { resources }) => all + resources.length, 0),
    0
  );
  if (count > MAX_RESOURCES)
    throw new InvalidDocument(`JSON with ${count} resources; at most ${MAX_RESOURCES} are read`);
  return groups;
}
function refuseRepeated(names, what) {
  const seen = /* @__PURE__ */ new Set();
  for (const name of names) {
    if (seen.has(name)) throw new InvalidDocument(`JSON in which the ${what} ${JSON.stringify(name)} is repeated`);
    seen.add(name);
  }
}

export {
  MAX_FILE_BYTES,
  encodeSnapshot,
  decodeSnapshot
};
