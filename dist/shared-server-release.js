import {
  compareReleases,
  parseRelease
} from "./shared-scanner.js";

// src/verdict/server-release.ts
function releaseOf({ gitVersion, major, minor }) {
  return parseRelease(gitVersion) ?? parseRelease(`${major}.${minor}`);
}
function hasReached(release, since) {
  const from = parseRelease(since);
  return from !== void 0 && compareReleases(release, from) >= 0;
}

export {
  releaseOf,
  hasReached
};
