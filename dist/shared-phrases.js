import {
  assertNever,
  formatDuration,
  formatPlace
} from "./shared-scanner.js";

// src/report/phrases.ts
function count(number, singular, plural = `${singular}s`) {
  return `${number} ${number === 1 ? singular : plural}`;
}
function list(names, shown = 3, more = "more") {
  if (names.length > shown) return `${names.slice(0, shown).join(", ")} and ${names.length - shown} ${more}`;
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
function source(cache, ageMs) {
  switch (cache) {
    case "hit":
      return ageMs === void 0 ? "from the cache" : `from the cache, ${formatDuration(ageMs)} old`;
    case "revalidated":
      return "from the cache, confirmed by the cluster";
    case "rechecked":
      return "found in the cache, asked again live";
    case "file":
      return ageMs === void 0 ? "from a file" : `from a file, ${formatDuration(ageMs)} old`;
    case "miss":
    case "off":
      return "asked live";
    default:
      return assertNever(cache);
  }
}
function where(place) {
  if (place.kind === "file") return formatPlace(place);
  const where2 = place.line === void 0 ? `input ${place.input}` : `line ${place.line} of ${place.input}`;
  return place.repository === void 0 ? where2 : `${where2} in ${place.repository}`;
}
function objectName(object) {
  if (object === void 0 || object.name === "") return "";
  return object.namespace === void 0 ? object.name : `${object.name} in ${object.namespace}`;
}
function named(subject, message) {
  const spoken = subject.replace(/\/(?=[A-Z])/, " ");
  return message.includes(subject) || message.includes(spoken) ? message : `${subject}: ${message}`;
}
var OUTCOME_WORD = {
  compatible: "Compatible",
  incompatible: "Incompatible",
  undetermined: "Undetermined",
  unreachable: "Unreachable",
  denied: "Denied",
  "invalid-input": "Invalid input",
  "internal-error": "Internal error"
};

// src/report/drift.ts
function describeChange({ kind, what, api, from = "", to = "" }) {
  switch (what) {
    case "server-version":
      return `changed server version from ${from} to ${to}`;
    case "preferred-version":
      return `changed preferred version of ${api} from ${from} to ${to}`;
    case "kind":
    case "scope":
    case "verbs":
      return `changed ${what} of ${api} from ${from === "" ? "none" : from} to ${to === "" ? "none" : to}`;
    default: {
      const kinds = kind === "lost" ? from : to;
      return `${kind} ${api}${kinds === "" ? "" : ` (${kinds})`}`;
    }
  }
}
var PLACES_NAMED = 3;
function describeNeed({ neededBy }) {
  if (neededBy.length === 0) return "";
  const places = neededBy.map(({ place, object }) => {
    const name = objectName(object);
    return name === "" ? where(place) : `${where(place)} (${name})`;
  });
  const texts = list([...new Set(neededBy.map(({ text }) => text))]);
  return `needed by ${texts} at ${list(places, PLACES_NAMED)}`;
}
function driftInNumbers({ changes, unknown }) {
  const of = (kind) => changes.filter((change) => change.kind === kind).length;
  const parts = ["lost", "changed", "gained"].filter((kind) => of(kind) > 0).map((kind) => `${of(kind)} ${kind}`);
  const told = parts.length === 0 ? "nothing changed" : parts.join(", ");
  return unknown.length === 0 ? told : `${told}; ${count(unknown.length, "API")} could not be compared`;
}
function momentOf(time) {
  return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
function driftOutput(clusters) {
  return clusters.flatMap(({ cluster, drift }) => (drift?.changes ?? []).map((change) => `${cluster}: ${describeChange(change)}`)).map((line) => line.replace(/\s*\n\s*/g, " ")).join("\n");
}

export {
  count,
  list,
  source,
  where,
  objectName,
  named,
  OUTCOME_WORD,
  describeChange,
  describeNeed,
  driftInNumbers,
  momentOf,
  driftOutput
};
