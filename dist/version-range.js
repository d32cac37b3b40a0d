import {
  require_range
} from "./shared-semver.js";
import {
  formatRequirement
} from "./shared-scanner.js";
import {
  __commonJS,
  __toESM
} from "./shared-runtime.js";

// node_modules/semver/ranges/valid.js
var require_valid = __commonJS({
  "node_modules/semver/ranges/valid.js"(exports, module) {
    "use strict";
    var Range = require_range();
    var validRange2 = (range, options) => {
      try {
        return new Range(range, options).range || "*";
      } catch (er) {
        return null;
      }
    };
    module.exports = validRange2;
  }
});

// src/requirements/version-range.ts
var import_valid = __toESM(require_valid(), 1);
var PLACE = { kind: "input", input: "server-version" };
function parseServerVersion(text) {
  const range = withoutZero(text.trim().replace(/\s+/g, " "));
  if (range === "") return { requirements: [], problems: [] };
  const suffix = suffixIn(range);
  if (suffix !== void 0) return { requirements: [], problems: [suffixProblem(range, suffix)] };
  if (/^\d\.\d$/.test(range)) return { requirements: [], problems: [numberProblem(range)] };
  if (isRange(range)) return { requirements: [serverVersionRequirement(range)], problems: [] };
  const nearest = nearestRange(range);
  const hint = nearest === void 0 ? "Write for example >=1.29, 1.30.x, or >=1.29 <1.38." : `Did you mean ${nearest}?`;
  return { requirements: [], problems: [{ place: PLACE, message: `"${range}" is not a semver range.`, hint }] };
}
function numberProblem(range) {
  return {
    place: PLACE,
    message: `"${range}" is not a plausible Kubernetes version.`,
    hint: `YAML reads ${range}0 without quotes as the number ${range}: put it in quotes, '${range}0', or write '>=${range}0' for that and newer ones.`
  };
}
var WITH_SUFFIX = /(?<![\w.+-])v?\d+(?:\.(?:\d+|[xX*])){0,2}([-+][0-9A-Za-z][^\s|]*)/g;
function withoutZero(range) {
  return range.replace(
    WITH_SUFFIX,
    (version, suffix) => suffix === "-0" ? version.slice(0, -suffix.length) : version
  );
}
function suffixIn(range) {
  return [...range.matchAll(WITH_SUFFIX)].map(([, suffix = ""]) => suffix)[0];
}
function suffixProblem(range, suffix) {
  const [, upper] = /^-v?(\d+\.[\d.]+)$/.exec(suffix) ?? [];
  const nearest = upper === void 0 ? range.replace(WITH_SUFFIX, (version, own) => version.slice(0, -own.length)) : range.replace(suffix, ` - ${upper}`);
  return {
    place: PLACE,
    message: upper === void 0 ? `"${range}" names the suffix ${suffix}, and only the numbers of versions are compared: v1.33.1-gke.100 counts as 1.33.1.` : `"${range}" is not a semver range: a hyphen between two versions needs a space on either side.`,
    hint: isRange(nearest) ? `Write ${nearest}.` : "Leave suffixes out."
  };
}
function isRange(range) {
  return range.split("||").every((alternative) => alternative.trim() !== "") && (0, import_valid.default)(range) !== null;
}
function serverVersionRequirement(range) {
  const anyOf = [{ kind: "server-version", range }];
  return { text: formatRequirement({ anyOf, negated: false }), anyOf, negated: false, place: PLACE };
}
function nearestRange(range) {
  const candidate = range.replace(/["'“”‘’]/g, "").replace(/=>/g, ">=").replace(/=</g, "<=").replace(/≥/g, ">=").replace(/≤/g, "<=").replace(/~>/g, "~").replace(/(?<=\d),(?=\d)/g, ".").replace(/\b(\d+(?:\.\d+)*)\+/g, ">=$1").replace(/\s*(?:,|&&|\band\b)\s*/gi, " ").replace(/\s+or\s+|\s+\|\s+/gi, " || ").split("||").map((alternative) => alternative.trim()).filter((alternative) => alternative !== "").join(" || ");
  return candidate !== range && isRange(candidate) ? candidate : void 0;
}
export {
  parseServerVersion
};
