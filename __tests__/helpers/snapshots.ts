import { parseGroupVersion } from '../../src/model/group-version.ts';
import type { Gap, Resource, ServedVersion, ServerVersion, Snapshot } from '../../src/model/snapshot.ts';

export const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const;

/** A resource as a server describes it; the singular name is the kind in lower case. */
export function resource(name: string, kind: string, more: Partial<Resource> = {}): Resource {
  return { name, kind, singularName: kind.toLowerCase(), namespaced: true, verbs: ALL_VERBS, ...more };
}

/** A snapshot of group-versions with their resources, in the order given; versions of one group are put together. */
export function snapshotOf(
  served: Readonly<Record<string, readonly Resource[]>>,
  more: { readonly gaps?: readonly Gap[]; readonly version?: string; readonly empty?: readonly string[] } = {},
): Snapshot {
  const groups = new Map<string, ServedVersion[]>((more.empty ?? []).map((name) => [name, []]));
  for (const [name, resources] of Object.entries(served)) {
    const { group, version } = parseGroupVersion(name) ?? { group: '', version: '' };
    groups.set(group, [...(groups.get(group) ?? []), { version, resources }]);
  }
  return {
    takenAt: 0,
    groups: [...groups].map(([name, versions]) => ({ name, versions })),
    gaps: more.gaps ?? [],
    validators: {},
    ...(more.version === undefined ? {} : { version: serverVersion(more.version) }),
  };
}

export function serverVersion(gitVersion: string): ServerVersion {
  const [, major = '', minor = ''] = /^v?(\d+)\.(\d+)/.exec(gitVersion) ?? [];
  return { gitVersion, major, minor };
}

export function endpointGap(endpoint: '/api' | '/apis' | '/version', reason: Gap['reason'] = 'forbidden'): Gap {
  return { kind: 'endpoint', endpoint, reason, message: `no ${endpoint} for you` };
}

export function versionGap(groupVersion: string, reason: Gap['reason'] = 'stale'): Gap {
  return { kind: 'group-version', groupVersion, reason, message: `stale GroupVersion discovery: ${groupVersion}` };
}
