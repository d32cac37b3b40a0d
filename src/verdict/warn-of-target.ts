import { lastRelease } from '../lifecycle/lifecycle.ts';
import { compareReleases, formatRelease, parseRelease, type Release } from '../model/release.ts';
import type { ServerVersion } from '../model/snapshot.ts';
import type { Warning } from '../model/verdict.ts';
import { releaseOf } from './server-release.ts';

/** Says in one remark why looking ahead to `target` tells little: it is newer than what the tables know, or older than the server. */
export function warnOfTarget(
  target: Release | undefined,
  server: ServerVersion | undefined,
  cluster: string,
): readonly Warning[] {
  if (target === undefined) return [];
  const minor = { major: target.major, minor: target.minor };
  const known = parseRelease(lastRelease);
  const place = { kind: 'input', input: 'target-version' } as const;
  if (known !== undefined && compareReleases(minor, known) > 0) {
    const message = `target-version is ${formatRelease(minor)}, and the last version known here is ${lastRelease}: what Kubernetes has planned by then is told, and what it decides later is not.`;
    return [{ message, place }];
  }
  const release = server && releaseOf(server);
  if (release === undefined || compareReleases(minor, { major: release.major, minor: release.minor }) >= 0) return [];
  const message = `target-version is ${formatRelease(minor)}, and ${cluster} is already at ${server?.gitVersion}: there is nothing to look ahead to. The last version known here is ${lastRelease}.`;
  return [{ message, place }];
}
