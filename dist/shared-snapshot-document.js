import {
  InvalidDocument,
  expectFields,
  flag,
  object,
  objects,
  pathOf,
  text,
  texts
} from "./shared-scanner.js";

// src/model/snapshot-document.ts
function groupsIn(parent, field) {
  return objects(parent, field).map(groupOf);
}
function serverVersionIn(parent, field) {
  const version = object(parent, field);
  return version === void 0 ? void 0 : serverVersionOf(version);
}
function gapsIn(parent, field, words2) {
  return objects(parent, field).map((gap) => gapOf(gap, words2));
}
function gapRecord(gap) {
  return gap.kind === "endpoint" ? { endpoint: gap.endpoint, reason: gap.reason } : { groupVersion: gap.groupVersion, reason: gap.reason };
}
function groupOf(group) {
  expectFields(group, ["name", "versions"]);
  return {
    name: word(group, "name"),
    versions: objects(group, "versions").map(servedVersionOf),
    preferredVersion: optionalWord(group, "preferredVersion")
  };
}
function servedVersionOf(version) {
  expectFields(version, ["version", "resources"]);
  return { version: word(version, "version"), resources: objects(version, "resources").map(resourceOf) };
}
function resourceOf(resource) {
  expectFields(resource, ["name", "singularName", "namespaced", "kind", "verbs"]);
  return {
    name: word(resource, "name"),
    singularName: word(resource, "singularName"),
    namespaced: flag(resource, "namespaced"),
    kind: word(resource, "kind"),
    group: optionalWord(resource, "group"),
    version: optionalWord(resource, "version"),
    verbs: words(resource, "verbs"),
    shortNames: optionalWords(resource, "shortNames"),
    categories: optionalWords(resource, "categories"),
    storageVersionHash: optionalWord(resource, "storageVersionHash")
  };
}
function serverVersionOf(version) {
  expectFields(version, ["gitVersion", "major", "minor"]);
  return { gitVersion: word(version, "gitVersion"), major: word(version, "major"), minor: word(version, "minor") };
}
var REASONS = ["stale", "forbidden", "not-found", "unavailable", "invalid"];
var ENDPOINTS = ["/api", "/apis", "/version"];
function gapOf(gap, words2) {
  const reason = oneOf(gap, "reason", REASONS);
  if (gap.fields["endpoint"] === void 0) {
    expectFields(gap, ["groupVersion"]);
    return { kind: "group-version", groupVersion: word(gap, "groupVersion"), reason, message: words2 };
  }
  const endpoint = oneOf(gap, "endpoint", ENDPOINTS);
  return { kind: "endpoint", endpoint, reason, message: words2 };
}
function oneOf(owner, field, known) {
  const value = text(owner, field);
  if (!known.includes(value))
    throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not one of ${known.join(", ")}`);
  return value;
}
var MAX_LENGTH = 1024;
var CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
function word(owner, field) {
  return checked(text(owner, field), owner, field);
}
function optionalWord(owner, field) {
  return owner.fields[field] === void 0 ? void 0 : word(owner, field);
}
function words(owner, field) {
  return texts(owner, field).map((each) => checked(each, owner, field));
}
function optionalWords(owner, field) {
  return owner.fields[field] === void 0 ? void 0 : words(owner, field);
}
function checked(value, owner, field) {
  if (value.length <= MAX_LENGTH && !CONTROL_CHARACTERS.test(value)) return value;
  throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not a word`);
}

export {
  groupsIn,
  serverVersionIn,
  gapsIn,
  gapRecord,
  word,
  optionalWord
};
