/** The release of Kubernetes that a version names. `patch` is absent where only `1.30` or `1.30+` is known. */
export interface Release {
  readonly major: number;
  readonly minor: number;
  readonly patch?: number | undefined;
}

const RELEASE = /^v?(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:\.(0|[1-9]\d{0,5}))?(?:[-+].*)?$/;

/**
 * Reads a version as servers and people write it: `1.36`, `v1.33.1-gke.100`, `v1.29.3-eks-a1b2`, `v1.31.4+k3s1`, `1.30+`.
 *
 * What follows the numbers is a vendor's build, not less than the release, so it does not count. The same holds for `v1.37.0-alpha.1`,
 * which is read as 1.37.0: nothing in the text tells the project's own pre-releases from a vendor's suffix for sure.
 */
export function parseRelease(text: string): Release | undefined {
  const match = RELEASE.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch] = match;
  return { major: Number(major), minor: Number(minor), patch: patch === undefined ? undefined : Number(patch) };
}

/** `1.33.1`, or `1.30` where no patch is known. */
export function formatRelease({ major, minor, patch }: Release): string {
  return patch === undefined ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/** A comparator for `sort`, oldest first; an unknown patch counts as 0. */
export function compareReleases(left: Release, right: Release): number {
  return left.major - right.major || left.minor - right.minor || (left.patch ?? 0) - (right.patch ?? 0);
}
