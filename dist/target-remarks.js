import {
  lastRelease
} from "./shared-fields.generated.js";
import {
  releaseOf
} from "./shared-server-release.js";
import {
  parseRelease
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/verdict/target-remarks.ts
var PLACE = { kind: "input", input: "target-version" };
function remarksOnTarget(targetVersion, clusters) {
  const target = parseRelease(targetVersion);
  const last = parseRelease(lastRelease);
  if (target === void 0 || last === void 0) return [];
  const name = `target-version ${target.major}.${target.minor}`;
  const behind = clusters.filter(({ serverVersion }) => {
    const release = serverVersion && releaseOf(serverVersion);
    return release !== void 0 && isAfter(release, target);
  });
  return [
    ...isAfter(target, last) ? [
      {
        place: PLACE,
        message: `${name} is beyond ${lastRelease}, the last version of Kubernetes that this version of kube-api-gate knows: of what later versions remove, it knows only what was announced by then.`
      }
    ] : [],
    ...behind.length > 0 ? [
      {
        place: PLACE,
        message: `${name} is older than the server: ${named(behind)}. Nothing is looked ahead to; give a newer version.`
      }
    ] : []
  ];
}
var MOST_NAMED = 3;
function named(clusters) {
  const names = clusters.slice(0, MOST_NAMED).map(({ cluster, serverVersion }) => `${cluster} is ${serverVersion?.gitVersion}`).join(", ");
  return clusters.length > MOST_NAMED ? `${names}, and ${clusters.length - MOST_NAMED} more clusters` : names;
}
function isAfter(left, right) {
  return left.major > right.major || left.major === right.major && left.minor > right.minor;
}
export {
  remarksOnTarget
};
