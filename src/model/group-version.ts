/** One version of one API group. The core group is `''`, as in client-go. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/**
 * Reads `apps/v1` or, for the core group, `v1`.
 *
 * `''` and `/` are the empty group-version; more than one slash is none at all, for which the answer is `undefined`.
 * @see apimachinery pkg/runtime/schema/group_version.go ParseGroupVersion
 */
export function parseGroupVersion(text: string): GroupVersion | undefined {
  if (text === '' || text === '/') return { group: '', version: '' };
  const parts = text.split('/');
  const [first = '', second] = parts;
  if (parts.length === 1) return { group: '', version: first };
  if (parts.length === 2 && second !== undefined) return { group: first, version: second };
  return undefined;
}

/** `apps/v1`, or `v1` for the core group. */
export function formatGroupVersion({ group, version }: GroupVersion): string {
  return group === '' ? version : `${group}/${version}`;
}

const KUBE_VERSION = /^v([0-9]+)(?:(alpha|beta)([0-9]+))?$/;
const STABILITY = { alpha: 0, beta: 1, ga: 2 } as const;

interface KubeVersion {
  readonly stability: number;
  readonly major: number;
  readonly minor: number;
}

function parseKubeVersion(version: string): KubeVersion | undefined {
  const match = KUBE_VERSION.exec(version);
  if (match === null) return undefined;
  const [, major, level, minor] = match;
  return {
    stability: level === 'alpha' || level === 'beta' ? STABILITY[level] : STABILITY.ga,
    major: Number(major),
    minor: Number(minor ?? 0),
  };
}

/**
 * Orders versions with the most stable and newest first: `v2`, `v1`, `v2beta1`, `v1alpha1`, then all others by name.
 * A comparator for `sort`: negative when `left` stands before `right`.
 * @see apimachinery pkg/version/helpers.go CompareKubeAwareVersionStrings
 */
export function compareKubeAwareVersions(left: string, right: string): number {
  if (left === right) return 0;
  const a = parseKubeVersion(left);
  const b = parseKubeVersion(right);
  if (a === undefined && b === undefined) return left < right ? -1 : 1;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return b.stability - a.stability || b.major - a.major || b.minor - a.minor;
}
