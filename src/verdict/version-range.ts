import satisfies from 'semver/functions/satisfies.js';
import { formatRelease } from '../model/release.ts';
import type { ServerVersion } from '../model/snapshot.ts';
import { releaseOf } from './server-release.ts';

export type RangeAnswer =
  | { readonly kind: 'inside' | 'outside'; readonly release: string }
  | { readonly kind: 'unreadable' };

/** No release of Kubernetes has had so many patches. */
const LAST_PATCH = 9_999;

/**
 * Whether the release of a server lies in a semver range. A vendor's suffix and a pre-release's do not count: `v1.33.1-gke.100` is 1.33.1.
 *
 * Where the server names no patch, every patch of its minor version has to give the same answer.
 */
export function isInRange(version: ServerVersion, range: string): RangeAnswer {
  const release = releaseOf(version);
  if (release === undefined) return { kind: 'unreadable' };
  const patches = release.patch === undefined ? [0, LAST_PATCH] : [release.patch];
  const answers = new Set(patches.map((patch) => satisfies(formatRelease({ ...release, patch }), range)));
  if (answers.size > 1) return { kind: 'unreadable' };
  return { kind: answers.has(true) ? 'inside' : 'outside', release: formatRelease(release) };
}
