/** What a cluster says that has thousands of custom resources: a recording of a real one, with theirs added as that server describes its own. */
import type { Generation } from '../../engines/paths.ts';
import { type Format, type Recording, readRecording, withDocument } from './recording.ts';
import { wholeRecording } from './whole-recording.ts';

/** Group-version and kind of one of them, for a requirement. */
export const manyCrdsKind = (index: number): string => `${groupOf(index)}/v1/${kindOf(index)}`;

const groupOf = (index: number): string => `group${Math.floor(index / 4)}.example.com`;
const kindOf = (index: number): string => `CustomWidget${index}`;
const pluralOf = (index: number): string => `customwidgets${index}`;
const verbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];

/** A recording with `count` custom resources added, four to a group, each in two versions with a status. */
export function manyCrds(generation: Generation, count: number): Recording {
  const recording = wholeRecording(readRecording(generation));
  const byGroup = Map.groupBy(
    Array.from({ length: count }, (_, index) => index),
    groupOf,
  );
  const formats = recording.documents.filter(({ path }) => path === '/apis').map(({ format }) => format);
  const withLists = formats.reduce((so, format) => withList(so, format, byGroup), recording);
  const lists = [...byGroup].flatMap(([group, indexes]) =>
    ['v1', 'v1beta1'].map((version) => ({
      path: `/apis/${group}/${version}`,
      body: {
        kind: 'APIResourceList',
        apiVersion: 'v1',
        groupVersion: `${group}/${version}`,
        resources: indexes.flatMap((index) => [plain(index), plainStatus(index)]),
      },
    })),
  );
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-cache, private' };
  return {
    ...withLists,
    documents: [
      ...withLists.documents,
      ...lists.map(({ path, body }) => ({
        path,
        format: 'plain' as const,
        answer: { status: 200, headers, body: `${JSON.stringify(body)}\n` },
      })),
    ],
  };
}

function withList(recording: Recording, format: Format, byGroup: ReadonlyMap<string, readonly number[]>): Recording {
  const document = recording.documents.find((candidate) => candidate.path === '/apis' && candidate.format === format);
  const list = JSON.parse(document?.answer.body ?? '{}') as { groups?: unknown[]; items?: unknown[] };
  const groups = [...byGroup.keys()].map((name) => {
    const [first, second] = ['v1', 'v1beta1'].map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions: [first, second], preferredVersion: first };
  });
  const items = [...byGroup].map(([name, indexes]) => ({
    metadata: { name },
    versions: ['v1', 'v1beta1'].map((version) => ({
      version,
      resources: indexes.map((index) => aggregated(name, version, index)),
      freshness: 'Current',
    })),
  }));
  return withDocument(recording, '/apis', format, {
    ...list,
    ...(format === 'plain'
      ? { groups: [...(list.groups ?? []), ...groups] }
      : { items: [...(list.items ?? []), ...items] }),
  });
}

function aggregated(group: string, version: string, index: number): unknown {
  return {
    resource: pluralOf(index),
    responseKind: { group, version, kind: kindOf(index) },
    scope: 'Namespaced',
    singularResource: kindOf(index).toLowerCase(),
    verbs,
    shortNames: [`cw${index}`],
    categories: ['all', 'widgets'],
    subresources: [
      {
        subresource: 'status',
        responseKind: { group, version, kind: kindOf(index) },
        verbs: ['get', 'patch', 'update'],
      },
    ],
  };
}

function plain(index: number): unknown {
  return {
    name: pluralOf(index),
    singularName: kindOf(index).toLowerCase(),
    namespaced: true,
    kind: kindOf(index),
    verbs,
    shortNames: [`cw${index}`],
    categories: ['all', 'widgets'],
    storageVersionHash: 'AAAAAAAAAAA=',
  };
}

function plainStatus(index: number): unknown {
  return {
    name: `${pluralOf(index)}/status`,
    singularName: '',
    namespaced: true,
    kind: kindOf(index),
    verbs: ['get', 'patch', 'update'],
  };
}
