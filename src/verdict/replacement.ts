import { type GroupVersionKind, lifecycleOf, successorsOf } from '../lifecycle/lifecycle.ts';
import { compareKubeAwareVersions, formatGroupVersion } from '../model/group-version.ts';
import type { Release } from '../model/release.ts';
import type { ServedApis } from './served-apis.ts';
import { hasReached } from './server-release.ts';

/** What to use in place of a built-in type that is going or gone. */
export interface Replacement {
  readonly name: GroupVersionKind;
  readonly served: boolean;
}

/**
 * The best replacement: what Kubernetes names, or a more stable version of the same kind, served here before not served; and never one that
 * is gone itself at `target`.
 */
export function replacementOf(
  type: GroupVersionKind,
  served: ServedApis,
  target: Release | undefined,
): Replacement | undefined {
  const named = successorsOf(type.group, type.version, type.kind);
  const newer = served
    .groupVersionsOfKind(type.kind)
    .filter(({ group, version }) => group === type.group && compareKubeAwareVersions(version, type.version) < 0)
    .map((groupVersion) => ({ ...groupVersion, kind: type.kind }));
  const lasting = [...named, ...newer].filter((name) => target === undefined || !isRemovedBy(name, target));
  const usable = lasting.find((name) => served.resources(name)?.byKind.has(name.kind));
  if (usable !== undefined) return { name: usable, served: true };
  const last = lasting.at(-1);
  return last && { name: last, served: false };
}

/** `policy/v1 PodDisruptionBudget, which this cluster serves` */
export function describeReplacement({ name, served }: Replacement): string {
  return `${formatType(name)}, which this cluster ${served ? 'serves' : 'does not serve'}`;
}

/** `batch/v1 CronJob` */
export function formatType(name: GroupVersionKind): string {
  return `${formatGroupVersion(name)} ${name.kind}`;
}

/** Whether Kubernetes no longer has a type at `target`. */
export function isRemovedBy({ group, version, kind }: GroupVersionKind, target: Release): boolean {
  const removed = lifecycleOf(group, version, kind)?.removed;
  return removed !== undefined && hasReached(target, removed);
}
