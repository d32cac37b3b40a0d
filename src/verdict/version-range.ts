import satisfies from 'semver/functions/satisfies.js';
import minVersion from 'semver/ranges/min-version.js';
import outside from 'semver/ranges/outside.js';
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

/** What to do about a server whose release, for example `1.37.2`, lies outside of a range. */
export function adviceOnRange(release: string, range: string): string {
  const version = /^\d+\.\d+$/.test(release) ? `${release}.0` : release;
  if (outside(version, range, '<')) return 'Upgrade the cluster or choose another, or change server-version.';
  if (!outside(version, range, '>')) return 'Choose another cluster, or change server-version.';
  const least = minVersion(range)?.version.replace(/\.0$/, '');
  const open = least === undefined || least === '0.0' ? undefined : `>=${least}`;
  return open === undefined
    ? 'The server is newer than that. Choose an older cluster, or change server-version.'
    : `The server is newer than that. Write ${open} if newer ones will do, or choose an older cluster.`;
}
