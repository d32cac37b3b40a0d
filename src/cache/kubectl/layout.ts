import { writeAtomically } from '../../files/atomic-file.ts';
import type { APIGroupList, APIResourceList } from '../../model/api-objects.ts';
import { formatGroupVersion, type GroupVersion } from '../../model/group-version.ts';
import type { Gap, Resource, ServedGroup, ServedVersion, Snapshot } from '../../model/snapshot.ts';
import { decodeGroupList, decodeResourceList, encodeGroupList, encodeResourceList } from './documents.ts';
import { GROUPS_FILE, kubectlServerDirectory, resourcesFile } from './paths.ts';

/** Modes and sizes as in client-go discovery/cached/disk/cached_discovery.go. */
export const KUBECTL_MODES = { fileMode: 0o660, directoryMode: 0o750 } as const;
/** A document beyond this is not read. */
export const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;

/** Whose cache it is. */
export interface KubectlCache {
  /** What `KUBECACHEDIR` names, or `~/.kube/cache`. */
  readonly directory: string;
  /** The server as the kubeconfig has it: its very spelling names the folder. */
  readonly server: string;
}

/**
 * Writes what kubectl and helm read before they ask the cluster: after it `kubectl get` makes no discovery request at all.
 *
 * Empty group-versions get their file too, since one missing file makes kubectl ask for everything. The files are as old as the snapshot.
 *
 * @returns the folder, for the log.
 * @throws Error when a name in the snapshot is no path, or the system's when a file cannot be written.
 */
export async function writeKubectlCache({ directory, server }: KubectlCache, snapshot: Snapshot): Promise<string> {
  const { join } = process.getBuiltinModule('node:path');
  const folder = kubectlServerDirectory(directory, server);
  if (folder === undefined) throw new Error(`the server ${server} has no folder in kubectl's cache`);
  const options = { ...KUBECTL_MODES, modifiedAt: snapshot.takenAt };
  const lists = resourceListsOf(snapshot).map((list) => {
    const file = resourcesFile(list.groupVersion);
    if (file === undefined) throw new Error(`the group-version ${JSON.stringify(list.groupVersion)} names no file`);
    return { path: join(folder, file), document: encodeResourceList(list) };
  });
  await Promise.all(lists.map(({ path, document }) => writeAtomically(path, document, options)));
  // The list of groups last: kubectl reads it first and then expects the others.
  await writeAtomically(join(folder, GROUPS_FILE), encodeGroupList(groupListOf(snapshot)), options);
  return folder;
}

/**
 * Reads what kubectl or helm left, or `undefined` when there is no list of groups.
 *
 * kubectl keeps no empty lists, so a group-version without a file may be empty or may have failed: it becomes a gap.
 *
 * @throws Error when the list of groups is not one.
 */
export async function readKubectlCache({ directory, server }: KubectlCache): Promise<Snapshot | undefined> {
  const { join } = process.getBuiltinModule('node:path');
  const folder = kubectlServerDirectory(directory, server);
  const found = folder === undefined ? undefined : await readDocument(join(folder, GROUPS_FILE));
  if (folder === undefined || found === undefined) return undefined;
  const gaps: Gap[] = [];
  let takenAt = found.modifiedAt;
  const groups: ServedGroup[] = [];
  for (const group of decodeGroupList(found.document).groups) {
    const versions: ServedVersion[] = [];
    for (const { groupVersion, version } of group.versions) {
      const read = await readResources(folder, groupVersion, { group: group.name, version });
      if ('gap' in read) {
        gaps.push(read.gap);
      } else {
        takenAt = Math.min(takenAt, read.modifiedAt);
        versions.push({ version, resources: read.resources });
      }
    }
    const preferred = versions.find(({ version }) => version === group.preferredVersion?.version) ?? versions[0];
    groups.push({ name: group.name, versions, ...(preferred ? { preferredVersion: preferred.version } : {}) });
  }
  return { takenAt, groups, gaps, validators: {} };
}

async function readResources(
  folder: string,
  groupVersion: string,
  own: GroupVersion,
): Promise<{ readonly resources: readonly Resource[]; readonly modifiedAt: number } | { readonly gap: Gap }> {
  const { join } = process.getBuiltinModule('node:path');
  const gap = (reason: Gap['reason'], message: string) => ({
    gap: { kind: 'group-version' as const, groupVersion: formatGroupVersion(own), reason, message },
  });
  const file = formatGroupVersion(own) === groupVersion ? resourcesFile(groupVersion) : undefined;
  if (file === undefined)
    return gap('invalid', `kubectl's cache lists ${JSON.stringify(groupVersion)}, which names no file`);
  try {
    const found = await readDocument(join(folder, file));
    if (found === undefined) return gap('not-found', `kubectl's cache has no ${file}`);
    const { resources } = decodeResourceList(found.document, groupVersion);
    return { resources: resources.map((resource) => withoutOwn(resource, own)), modifiedAt: found.modifiedAt };
  } catch (thrown) {
    return gap('invalid', `kubectl's cache has a ${file} that cannot be used: ${messageOf(thrown)}`);
  }
}

/** A group or version that is the list's own goes without saying in a snapshot. */
function withoutOwn(resource: APIResourceList['resources'][number], own: GroupVersion): Resource {
  const { group, version, ...rest } = resource;
  const kind = { group: group || own.group, version: version || own.version };
  return kind.group === own.group && kind.version === own.version ? rest : { ...rest, ...kind };
}

/** A document and when it was written, or `undefined` when there is none. */
export async function readDocument(
  path: string,
): Promise<{ readonly document: string; readonly modifiedAt: number } | undefined> {
  const { open } = process.getBuiltinModule('node:fs/promises');
  const file = await open(path, 'r').catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') return undefined;
    throw thrown;
  });
  if (file === undefined) return undefined;
  try {
    const { mtimeMs, size } = await file.stat();
    if (size > MAX_DOCUMENT_BYTES) throw new Error(`it is ${size} bytes long`);
    return { document: await file.readFile('utf8'), modifiedAt: Math.floor(mtimeMs) };
  } finally {
    await file.close();
  }
}

/** The list of groups as client-go would hand it out. */
export function groupListOf({ groups }: Snapshot): APIGroupList {
  return {
    groups: groups.map(({ name, versions, preferredVersion }) => ({
      name,
      versions: versions.map(({ version }) => groupVersionOf(name, version)),
      ...(preferredVersion === undefined ? {} : { preferredVersion: groupVersionOf(name, preferredVersion) }),
    })),
  };
}

/** The resources of every group-version, likewise: a kind's group and version stand there only where they are not the list's own. */
export function resourceListsOf({ groups }: Snapshot): readonly APIResourceList[] {
  return groups.flatMap(({ name: group, versions }) =>
    versions.map(({ version, resources }) => ({ groupVersion: formatGroupVersion({ group, version }), resources })),
  );
}

function groupVersionOf(group: string, version: string) {
  return { groupVersion: formatGroupVersion({ group, version }), version };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
