import {
  require_range
} from "./shared-semver.js";
import {
  formatRequirement
} from "./shared-connection.js";
import "./shared-cluster-inputs.js";
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
  const range = text.trim().replace(/\s+/g, " ");
  if (range === "") return { requirements: [], problems: [] };
  if (isRange(range)) return { requirements: [serverVersionRequirement(range)], problems: [] };
  const nearest = nearestRange(range);
  const hint = nearest === void 0 ? "Write for example >=1.29, 1.30.x, or >=1.29 <1.38." : `Did you mean ${nearest}?`;
  return { requirements: [], problems: [{ place: PLACE, message: `"${range}" is no semver range.`, hint }] };
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
