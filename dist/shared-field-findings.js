import {
  fieldLifecycle
} from "./shared-fields.generated.js";
import {
  hasReached,
  releaseOf
} from "./shared-server-release.js";
import {
  formatPlace,
  formatRelease
} from "./shared-scanner.js";

// src/schemas/schema.ts
var InvalidSchema = class extends Error {
  name = "InvalidSchema";
};
var TYPES = /* @__PURE__ */ new Set(["object", "array", "string", "integer", "number", "boolean"]);
var DEEPEST = 200;
var TEXTS = ["format", "pattern", "x-kubernetes-list-type"];
var NUMBERS = ["minimum", "maximum", "multipleOf"];
var COUNTS = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
var FLAGS = [
  "nullable",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "uniqueItems",
  "x-kubernetes-int-or-string",
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-embedded-resource"
];
var NAMES = ["required", "x-kubernetes-list-map-keys"];
var REFERENCE = "#/components/schemas/";
function readSchema(value, path, depth = 0) {
  const from = record(value, path);
  if (depth > DEEPEST) throw new InvalidSchema(`${path} is nested more than ${DEEPEST} levels deep`);
  const reference = from["$ref"] ?? soleReference(from["allOf"]);
  if (reference !== void 0) {
    if (typeof reference !== "string") throw new InvalidSchema(`${path}.$ref is not text`);
    const name = reference.startsWith(REFERENCE) ? reference.slice(REFERENCE.length) : reference;
    return from["default"] === void 0 ? { $ref: name } : { $ref: name, default: from["default"] };
  }
  const schema = {};
  const type = from["type"];
  if (type !== void 0 && type !== "") {
    if (!TYPES.has(type)) throw new InvalidSchema(`${path}.type is not a type`);
    schema["type"] = type;
  }
  const keep = (names, what, fits) => {
    for (const name of names) {
      const keyword = from[name];
      if (keyword === void 0 || keyword === null || keyword === false || keyword === "") continue;
      if (!fits(keyword)) throw new InvalidSchema(`${path}.${name} is not ${what}`);
      schema[name] = keyword;
    }
  };
  keep(TEXTS, "text", (keyword) => typeof keyword === "string");
  keep(NUMBERS, "a number", (keyword) => typeof keyword === "number");
  keep(COUNTS, "a count", Number.isInteger);
  keep(FLAGS, "true or false", (keyword) => keyword === true);
  keep(NAMES, "a list of names", isNames);
  keep(["enum"], "a list", Array.isArray);
  if (from["default"] !== void 0) schema["default"] = isScalar(from["default"]) ? from["default"] : {};
  if (from["properties"] !== void 0 && from["properties"] !== null) {
    schema["properties"] = readSchemas(from["properties"], `${path}.properties`, depth);
  }
  const additional = from["additionalProperties"];
  if (typeof additional === "boolean") schema["additionalProperties"] = additional;
  else if (additional !== void 0 && additional !== null) {
    schema["additionalProperties"] = readSchema(additional, `${path}.additionalProperties`, depth + 1);
  }
  if (from["items"] !== void 0 && from["items"] !== null) {
    schema["items"] = readSchema(from["items"], `${path}.items`, depth + 1);
  }
  return schema;
}
function readSchemas(value, path, depth = 0) {
  const from = record(value, path);
  const schemas = dictionary();
  for (const name of Object.keys(from).sort()) schemas[name] = readSchema(from[name], `${path}.${name}`, depth + 1);
  return schemas;
}
function dictionary() {
  return /* @__PURE__ */ Object.create(null);
}
function record(value, path) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InvalidSchema(`${path} is not an object`);
  }
  return value;
}
function propertyOf({ properties }, name) {
  return properties !== void 0 && Object.hasOwn(properties, name) ? properties[name] : void 0;
}
function soleReference(allOf) {
  if (!Array.isArray(allOf) || allOf.length !== 1) return void 0;
  const [only] = allOf;
  return typeof only === "object" && only !== null ? only.$ref : void 0;
}
function isNames(value) {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
function isScalar(value) {
  return value === null || typeof value !== "object";
}

// src/verdict/field-findings.ts
function fieldFindings(faults, judging) {
  const { cluster, fails, failOn, accept } = judging;
  return faults.map(({ fault, requirement, definedAt }) => {
    const dated = datedOf(fault, judging);
    const advice = dated === void 0 ? adviceOn(fault) : void 0;
    const finding = {
      requirement,
      field: { rule: fault.rule, path: fault.path },
      cluster,
      standing: "missing",
      met: "no",
      fails: fails && failOn.length > 0 && !fault.isDoubtful,
      explanation: [explanationOf(fault, definedAt, judging), ...dated === void 0 ? [] : [dated]].join(" "),
      advice,
      lifecycle: []
    };
    const acceptance = finding.fails ? accept?.(finding) : void 0;
    return acceptance === void 0 ? finding : { ...finding, standing: "exempt", fails: false, acceptance };
  });
}
function untoldFinding(untold, judging) {
  const { cluster, failOn, accept } = judging;
  const finding = {
    requirement: untold.requirement,
    field: { rule: "field-unjudged", path: "" },
    cluster,
    standing: "unknown",
    met: "unknown",
    fails: failOn.includes("unknown"),
    explanation: untoldMessage(untold, cluster),
    advice: untold.hint,
    lifecycle: []
  };
  const acceptance = finding.fails ? accept?.(finding) : void 0;
  return acceptance === void 0 ? finding : { ...finding, standing: "exempt", fails: false, acceptance };
}
function untoldMessage({ groupVersion, message }, cluster) {
  return `The fields of ${groupVersion} were not judged on ${cluster}: ${message}.`;
}
function nameOf({ cluster, serverVersion }) {
  if (serverVersion === void 0) return cluster;
  const release = releaseOf(serverVersion);
  return `${cluster} (${release === void 0 ? serverVersion.gitVersion : formatRelease(release)})`;
}
function explanationOf({ rule, path, says }, definedAt, judging) {
  if (rule !== "field-unknown") return `${path} ${says}.`;
  if (definedAt !== void 0) {
    return `${path} is unknown to the CustomResourceDefinition that this change brings, at ${formatPlace(definedAt)}.`;
  }
  return `${path} is unknown to ${nameOf(judging)}.`;
}
function datedOf({ lacking }, { serverVersion }) {
  if (lacking === void 0 || lacking.component === "") return void 0;
  const lifecycle = fieldLifecycle(lacking, lacking.parent);
  const release = serverVersion === void 0 ? void 0 : releaseOf(serverVersion);
  if (lifecycle === void 0 || release === void 0) return void 0;
  const { since, removed } = lifecycle;
  if (removed !== void 0 && hasReached(release, removed)) return `Kubernetes removed it in ${removed}.`;
  return since !== void 0 && !hasReached(release, since) ? `Kubernetes has it since ${since}.` : void 0;
}
function leavingBy(target) {
  return (field) => {
    const lifecycle = fieldLifecycle(field, field.parent);
    return lifecycle === void 0 ? void 0 : leaving(lifecycle, target);
  };
}
function leaving({ since, removed }, target) {
  if (removed !== void 0 && hasReached(target, removed)) return `removed in ${removed}`;
  return since !== void 0 && !hasReached(target, since) ? `not there before ${since}` : void 0;
}
function leavingFindings(fields, judging) {
  const { cluster, failOn, fails, accept } = judging;
  return fields.map(({ path, requirement, what }) => {
    const finding = {
      requirement,
      field: { rule: "field-unknown", path },
      cluster,
      standing: "served",
      met: "yes",
      fails: fails && failOn.includes("removed-by-target"),
      explanation: `${path} is known to ${nameOf(judging)}.`,
      lifecycle: [{ kind: "removed-by-target", message: `The target version does not have it: ${what}.` }]
    };
    const acceptance = finding.fails ? accept?.(finding) : void 0;
    return acceptance === void 0 ? finding : { ...finding, standing: "exempt", fails: false, acceptance };
  });
}
function adviceOn({ near, isDoubtful }) {
  if (near.length > 0) return `Did you mean ${near.join(" or ")}?`;
  return isDoubtful ? "The server may still take it: what it published is not what it validates by." : void 0;
}

export {
  InvalidSchema,
  readSchema,
  readSchemas,
  dictionary,
  record,
  propertyOf,
  fieldFindings,
  untoldFinding,
  untoldMessage,
  leavingBy,
  leavingFindings
};
