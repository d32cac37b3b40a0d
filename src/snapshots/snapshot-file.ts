import { type DocumentObject, expectFields, InvalidDocument, parseDocument, text } from '../model/json-document.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { gapRecord, gapsIn, groupsIn, serverVersionIn, word } from '../model/snapshot-document.ts';

/** A snapshot with the name of its cluster: all that is in a file. */
export interface NamedSnapshot {
  readonly cluster: string;
  /** Its gaps come without the server's own words, and it has no validators. */
  readonly snapshot: Snapshot;
}

export type DecodedSnapshot =
  | { readonly kind: 'snapshot'; readonly named: NamedSnapshot }
  | {
      readonly kind: 'invalid';
      /** To stand after "it". */
      readonly reason: string;
      readonly hint: string;
      /** Of the text, where the fault has one. */
      readonly line?: number | undefined;
    };

/** Raised when a field goes or changes its meaning; a new field leaves it. */
export const SNAPSHOT_VERSION = 1;
const KIND = 'kube-api-gate-snapshot';
/** A cluster with 2,000 CRDs makes a file of about 2 MB. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** More than any etcd holds. */
const MAX_RESOURCES = 200_000;
/** Stands in for the server's own words. */
const WHEN_TAKEN = 'when the snapshot was taken';

/**
 * The text of a snapshot's file, as `docs/schemas/snapshot.json` describes it: names of APIs, no address and no credential.
 *
 * Made for `git diff`: the same APIs give the same lines, with one line for each resource. Groups and versions keep the server's order, which ranks them; resources,
 * which servers list in any order, are sorted.
 */
export function encodeSnapshot({ cluster, snapshot }: NamedSnapshot): string {
  const { takenAt, version, gaps, groups } = snapshot;
  const fields: readonly (readonly [string, string])[] = [
    ['kind', JSON.stringify(KIND)],
    ['version', String(SNAPSHOT_VERSION)],
    ['cluster', JSON.stringify(cluster)],
    ['takenAt', JSON.stringify(new Date(takenAt).toISOString())],
    ...(version === undefined ? [] : [['serverVersion', JSON.stringify(version)] as const]),
    ['gaps', list(gaps.map((gap) => JSON.stringify(gapRecord(gap))).sort(), '  ')],
    ['groups', list(groups.map(groupText), '  ')],
  ];
  return `{\n${fields.map(([name, value]) => `  "${name}": ${value}`).join(',\n')}\n}\n`;
}

function groupText({ name, preferredVersion, versions }: Snapshot['groups'][number]): string {
  const served = versions.map(
    ({ version, resources }) =>
      `{ "version": ${JSON.stringify(version)}, "resources": ${list(resources.toSorted(byName).map(resourceText), '      ')} }`,
  );
  const preferred = preferredVersion === undefined ? '' : ` "preferredVersion": ${JSON.stringify(preferredVersion)},`;
  return `{ "name": ${JSON.stringify(name)},${preferred} "versions": ${list(served, '    ')} }`;
}

type Resource = Snapshot['groups'][number]['versions'][number]['resources'][number];

function byName(left: Resource, right: Resource): number {
  return left.name < right.name ? -1 : Number(left.name > right.name);
}

/** Without the hash of the storage version, which says nothing about what is served. */
function resourceText(resource: Resource): string {
  const { name, kind, singularName, namespaced, group, version, verbs, shortNames, categories } = resource;
  return JSON.stringify({ name, kind, group, version, singularName, namespaced, verbs, shortNames, categories });
}

/** A list with one line for each item; `indentation` is that of the line on which it begins. */
function list(items: readonly string[], indentation: string): string {
  if (items.length === 0) return '[]';
  return `[\n${items.map((item) => `${indentation}  ${item}`).join(',\n')}\n${indentation}]`;
}

const HINT = 'Write the file again with `save-snapshots`.';

/** Reads the text of a file as untrusted input: the answer is a checked snapshot, or the reason why it cannot be used. */
export function decodeSnapshot(content: string): DecodedSnapshot {
  try {
    const document = parseDocument(content.replace(/^\uFEFF/, ''));
    if (document.fields['kind'] !== KIND) return notASnapshot(document);
    const { version } = document.fields;
    if (typeof version === 'number' && version > SNAPSHOT_VERSION) {
      return {
        kind: 'invalid',
        reason: `has format version ${version}, and this kube-api-gate reads ${SNAPSHOT_VERSION}`,
        hint: 'Update kube-api-gate here to the version that wrote the file.',
      };
    }
    if (version !== SNAPSHOT_VERSION) throw new InvalidDocument('JSON whose version is not a format version');
    return { kind: 'snapshot', named: namedSnapshotOf(document) };
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const line = /\(line (\d+) column \d+\)/.exec(message)?.[1];
    const isConflict = /^(?:<{7}|>{7}|={7})/m.test(content);
    return {
      kind: 'invalid',
      reason: `holds ${message}`,
      hint: isConflict ? `It has the markers of a merge conflict. ${HINT}` : HINT,
      line: line === undefined ? undefined : Number(line),
    };
  }
}

function notASnapshot(document: DocumentObject): DecodedSnapshot {
  const isReport = Array.isArray(document.fields['clusters']) && document.fields['outcome'] !== undefined;
  return {
    kind: 'invalid',
    reason: isReport ? 'is a report, not a snapshot' : `is not a snapshot: its kind is not "${KIND}"`,
    hint: isReport
      ? 'Reports are merged with `reports`.'
      : 'Point `snapshots` only at files that `save-snapshots` wrote.',
  };
}

function namedSnapshotOf(document: DocumentObject): NamedSnapshot {
  expectFields(document, ['cluster', 'takenAt', 'gaps', 'groups']);
  const cluster = word(document, 'cluster');
  if (cluster.trim() === '') throw new InvalidDocument('JSON whose cluster is empty');
  return {
    cluster,
    snapshot: {
      takenAt: timeOf(document),
      groups: distinctGroups(document),
      version: serverVersionIn(document, 'serverVersion'),
      gaps: gapsIn(document, 'gaps', WHEN_TAKEN),
      validators: {},
    },
  };
}

function timeOf(document: DocumentObject): number {
  const written = text(document, 'takenAt');
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(time) || time < 0) throw new InvalidDocument('JSON whose takenAt is not a time in UTC');
  return time;
}

/** A group or a version that is there twice, as after a careless merge, would hide one of them. */
function distinctGroups(document: DocumentObject): Snapshot['groups'] {
  const groups = groupsIn(document, 'groups');
  refuseRepeated(
    groups.map(({ name }) => name),
    'group',
  );
  for (const { name, versions } of groups) {
    refuseRepeated(
      versions.map(({ version }) => version),
      `version of ${JSON.stringify(name)}`,
    );
  }
  const count = groups.reduce(
    (sum, { versions }) => sum + versions.reduce((all, { resources }) => all + resources.length, 0),
    0,
  );
  if (count > MAX_RESOURCES)
    throw new InvalidDocument(`JSON with ${count} resources; at most ${MAX_RESOURCES} are read`);
  return groups;
}

function refuseRepeated(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new InvalidDocument(`JSON in which the ${what} ${JSON.stringify(name)} is repeated`);
    seen.add(name);
  }
}
