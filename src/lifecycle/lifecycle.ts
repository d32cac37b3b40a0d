import { formatGroupVersion, parseGroupVersion } from '../model/group-version.ts';
import { table } from './table.generated.ts';

export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Since and until when a built-in type is served, as Kubernetes itself says; releases as `1.25`. */
export interface Lifecycle {
  readonly introduced: string;
  readonly deprecated?: string | undefined;
  /** The first release without it. An upper bound: a type may go earlier, with the feature that it belonged to. */
  readonly removed?: string | undefined;
  /** What to use instead. It may be removed itself by now: `successorsOf` follows it to the end. */
  readonly replacement?: GroupVersionKind | undefined;
}

/**
 * The lifecycle of a built-in type; `undefined` for a type that is none.
 * @see k8s.io/code-generator/cmd/prerelease-lifecycle-gen
 */
export function lifecycleOf(group: string, version: string, kind: string): Lifecycle | undefined {
  const name = `${formatGroupVersion({ group, version })}/${kind}`;
  const row = Object.hasOwn(table, name) ? table[name] : undefined;
  if (row === undefined) return undefined;
  const [introduced = '', deprecated, removed, replacement] = row
    .split(' ')
    .map((cell) => (cell === '-' ? undefined : cell));
  const successor = replacement === undefined ? undefined : parseName(replacement);
  return {
    introduced,
    deprecated,
    removed,
    replacement: successor,
  };
}

/** All built-in types that a group has had in any release; of one version, where that is given. */
export function builtInTypes(group: string, version?: string): readonly GroupVersionKind[] {
  byGroup ??= Map.groupBy(
    Object.keys(table).flatMap((name) => parseName(name) ?? []),
    (name) => name.group,
  );
  const types = byGroup.get(group) ?? [];
  return version === undefined ? types : types.filter((type) => type.version === version);
}

/** Made at the first use: few runs look ahead. */
let byGroup: ReadonlyMap<string, readonly GroupVersionKind[]> | undefined;

/** What replaces a built-in type, what replaces that, and so on: `extensions/v1beta1` PodSecurityPolicy has `policy/v1beta1`, which has none. */
export function successorsOf(group: string, version: string, kind: string): readonly GroupVersionKind[] {
  const successors: GroupVersionKind[] = [];
  for (
    let next = lifecycleOf(group, version, kind)?.replacement;
    next !== undefined && !successors.some((known) => isSame(known, next));
    next = lifecycleOf(next.group, next.version, next.kind)?.replacement
  ) {
    successors.push(next);
  }
  return successors;
}

function isSame(left: GroupVersionKind, right: GroupVersionKind | undefined): boolean {
  return left.group === right?.group && left.version === right.version && left.kind === right.kind;
}

function parseName(name: string): GroupVersionKind | undefined {
  const slash = name.lastIndexOf('/');
  const groupVersion = parseGroupVersion(name.slice(0, slash));
  return groupVersion && { ...groupVersion, kind: name.slice(slash + 1) };
}
