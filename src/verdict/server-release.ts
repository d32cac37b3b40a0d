import { compareReleases, parseRelease, type Release } from '../model/release.ts';
import type { ServerVersion } from '../model/snapshot.ts';

/** The release that a server is of; `major` and `minor`, for example `1` and `30+`, stand in for a version that cannot be read. */
export function releaseOf({ gitVersion, major, minor }: ServerVersion): Release | undefined {
  return parseRelease(gitVersion) ?? parseRelease(`${major}.${minor}`);
}

/** Whether `release` is `since` or newer; `since` is a minor version such as `1.25`. */
export function hasReached(release: Release, since: string): boolean {
  const from = parseRelease(since);
  return from !== undefined && compareReleases(release, from) >= 0;
}
