import { lastRelease } from '../lifecycle/field-lifecycle.ts';
import type { Place } from '../model/place.ts';
import { parseRelease, type Release } from '../model/release.ts';
import type { ClusterVerdict, Warning } from '../model/verdict.ts';
import { releaseOf } from './server-release.ts';

const PLACE: Place = { kind: 'input', input: 'target-version' };

/** Says of a version to look ahead to that nobody can see that far, or that it is not ahead. */
export function remarksOnTarget(
  targetVersion: string,
  clusters: readonly Pick<ClusterVerdict, 'cluster' | 'serverVersion'>[],
): readonly Warning[] {
  const target = parseRelease(targetVersion);
  const last = parseRelease(lastRelease);
  if (target === undefined || last === undefined) return [];
  const name = `target-version ${target.major}.${target.minor}`;
  const behind = clusters.filter(({ serverVersion }) => {
    const release = serverVersion && releaseOf(serverVersion);
    return release !== undefined && isAfter(release, target);
  });
  return [
    ...(isAfter(target, last)
      ? [
          {
            place: PLACE,
            message: `${name} is beyond ${lastRelease}, the last version of Kubernetes that this version of kube-api-gate knows: of what later versions remove, it knows only what was announced by then.`,
          },
        ]
      : []),
    ...(behind.length > 0
      ? [
          {
            place: PLACE,
            message: `${name} is older than the server: ${named(behind)}. Nothing is looked ahead to; give a newer version.`,
          },
        ]
      : []),
  ];
}

const MOST_NAMED = 3;

function named(clusters: readonly Pick<ClusterVerdict, 'cluster' | 'serverVersion'>[]): string {
  const names = clusters
    .slice(0, MOST_NAMED)
    .map(({ cluster, serverVersion }) => `${cluster} is ${serverVersion?.gitVersion}`)
    .join(', ');
  return clusters.length > MOST_NAMED ? `${names}, and ${clusters.length - MOST_NAMED} more clusters` : names;
}

/** Patches do not count: nothing comes or goes with one. */
function isAfter(left: Release, right: Release): boolean {
  return left.major > right.major || (left.major === right.major && left.minor > right.minor);
}
