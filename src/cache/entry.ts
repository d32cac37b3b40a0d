import {
  type DocumentObject,
  expectFields,
  flag,
  InvalidDocument,
  object,
  objects,
  parseDocument,
  pathOf,
  text,
  texts,
} from '../model/json-document.ts';
import type {
  DiscoveryEndpoint,
  Gap,
  GapReason,
  Resource,
  ServedGroup,
  ServedVersion,
  ServerVersion,
  Snapshot,
} from '../model/snapshot.ts';
import { MAX_ENTRY_BYTES } from './snapshot-store.ts';

const { createHash } = process.getBuiltinModule('node:crypto');

/** What is kept of one snapshot. Holds no credential and no address: anyone who may open a pull request may read it. */
export interface Entry {
  /** The identity as the key names it. */
  readonly identity: string;
  /** Hash of the server it came from. */
  readonly server?: string | undefined;
  /** Its gaps come back without the server's own words, which may name addresses and users. */
  readonly snapshot: Snapshot;
}

export type DecodedEntry =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Raised whenever the shape or the meaning of an entry changes. 2: a snapshot may have gaps. */
const SCHEMA = 2;
const MAGIC = 'kube-api-gate-snapshot';
const HEADER = /^kube-api-gate-snapshot ([0-9]{1,6}) sha256:([0-9a-f]{64})\n/;
const HEADER_BYTES = 128;

/** The bytes that a store keeps: a line with the schema and the digest of what follows, then one JSON document. */
export function encodeEntry(entry: Entry): Uint8Array {
  const { takenAt, validators, version, groups, gaps } = entry.snapshot;
  const body = JSON.stringify({
    identity: entry.identity,
    server: entry.server,
    takenAt,
    validators,
    version,
    groups,
    gaps: gaps.map(withoutWords),
  });
  return Buffer.from(`${MAGIC} ${SCHEMA} sha256:${digestOf(body)}\n${body}`);
}

/**
 * Reads an entry as untrusted input: whatever it holds, the answer is a checked snapshot or the reason why it cannot be used.
 *
 * Only known fields are taken, each at its own place, and none of them is used as a property name or a path.
 */
export function decodeEntry(bytes: Uint8Array): DecodedEntry {
  if (bytes.byteLength > MAX_ENTRY_BYTES) return invalid(`it is ${bytes.byteLength} bytes long`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = HEADER.exec(buffer.toString('latin1', 0, HEADER_BYTES));
  if (header === null) return invalid('it is not a snapshot of kube-api-gate');
  const [line, schema, digest] = header;
  if (Number(schema) !== SCHEMA) return invalid(`it has schema ${schema}, and this version reads ${SCHEMA}`);
  const body = buffer.subarray(line.length);
  if (digestOf(body) !== digest) return invalid('its digest does not match what it holds');
  try {
    return { kind: 'entry', entry: entryOf(parseDocument(body.toString('utf8'))) };
  } catch (thrown) {
    return invalid(`it holds ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

/** Whether two snapshots say the same of the cluster, whenever they were taken. */
export function sameAnswers(left: Snapshot, right: Snapshot): boolean {
  return answersOf(left) === answersOf(right);
}

function answersOf({ groups, version, validators, gaps }: Snapshot): string {
  return JSON.stringify([groups, version, validators.api, validators.apis, gaps.map(withoutWords)]);
}

function withoutWords(gap: Gap): unknown {
  return gap.kind === 'endpoint'
    ? { endpoint: gap.endpoint, reason: gap.reason }
    : { groupVersion: gap.groupVersion, reason: gap.reason };
}

function digestOf(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

function invalid(reason: string): DecodedEntry {
  return { kind: 'invalid', reason };
}

function entryOf(entry: DocumentObject): Entry {
  expectFields(entry, ['identity', 'groups', 'gaps', 'validators']);
  const { takenAt } = entry.fields;
  if (typeof takenAt !== 'number' || !Number.isSafeInteger(takenAt) || takenAt < 0) {
    throw new InvalidDocument('JSON whose takenAt is not a time');
  }
  const version = object(entry, 'version');
  const validators = object(entry, 'validators');
  return {
    identity: word(entry, 'identity'),
    server: optionalWord(entry, 'server'),
    snapshot: {
      takenAt,
      groups: objects(entry, 'groups').map(groupOf),
      version: version === undefined ? undefined : serverVersionOf(version),
      gaps: objects(entry, 'gaps').map(gapOf),
      validators: {
        api: validators === undefined ? undefined : optionalWord(validators, 'api'),
        apis: validators === undefined ? undefined : optionalWord(validators, 'apis'),
      },
    },
  };
}

function groupOf(group: DocumentObject): ServedGroup {
  expectFields(group, ['name', 'versions']);
  return {
    name: word(group, 'name'),
    versions: objects(group, 'versions').map(servedVersionOf),
    preferredVersion: optionalWord(group, 'preferredVersion'),
  };
}

function servedVersionOf(version: DocumentObject): ServedVersion {
  expectFields(version, ['version', 'resources']);
  return { version: word(version, 'version'), resources: objects(version, 'resources').map(resourceOf) };
}

function resourceOf(resource: DocumentObject): Resource {
  expectFields(resource, ['name', 'singularName', 'namespaced', 'kind', 'verbs']);
  return {
    name: word(resource, 'name'),
    singularName: word(resource, 'singularName'),
    namespaced: flag(resource, 'namespaced'),
    kind: word(resource, 'kind'),
    group: optionalWord(resource, 'group'),
    version: optionalWord(resource, 'version'),
    verbs: words(resource, 'verbs'),
    shortNames: optionalWords(resource, 'shortNames'),
    categories: optionalWords(resource, 'categories'),
    storageVersionHash: optionalWord(resource, 'storageVersionHash'),
  };
}

function serverVersionOf(version: DocumentObject): ServerVersion {
  expectFields(version, ['gitVersion', 'major', 'minor']);
  return { gitVersion: word(version, 'gitVersion'), major: word(version, 'major'), minor: word(version, 'minor') };
}

const REASONS: readonly string[] = ['stale', 'forbidden', 'not-found', 'unavailable', 'invalid'] satisfies GapReason[];
const ENDPOINTS: readonly string[] = ['/api', '/apis', '/version'] satisfies DiscoveryEndpoint[];
/** Stands in for the server's own words. */
const WHEN_TAKEN = 'when the cached answer was taken';

/** A gap of an unknown kind would cover nothing, and what it covered would count as missing: it makes the entry invalid. */
function gapOf(gap: DocumentObject): Gap {
  const reason = oneOf(gap, 'reason', REASONS) as GapReason;
  if (gap.fields['endpoint'] === undefined) {
    expectFields(gap, ['groupVersion']);
    return { kind: 'group-version', groupVersion: word(gap, 'groupVersion'), reason, message: WHEN_TAKEN };
  }
  const endpoint = oneOf(gap, 'endpoint', ENDPOINTS) as DiscoveryEndpoint;
  return { kind: 'endpoint', endpoint, reason, message: WHEN_TAKEN };
}

function oneOf(owner: DocumentObject, field: string, known: readonly string[]): string {
  const value = text(owner, field);
  if (!known.includes(value))
    throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not one of ${known.join(', ')}`);
  return value;
}

/** Longest name or word in a discovery document that is believed. */
const MAX_LENGTH = 1024;
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** A short string without control characters: a log and a report can show it as it is. */
function word(owner: DocumentObject, field: string): string {
  return checked(text(owner, field), owner, field);
}

function optionalWord(owner: DocumentObject, field: string): string | undefined {
  return owner.fields[field] === undefined ? undefined : word(owner, field);
}

function words(owner: DocumentObject, field: string): readonly string[] {
  return texts(owner, field).map((each) => checked(each, owner, field));
}

function optionalWords(owner: DocumentObject, field: string): readonly string[] | undefined {
  return owner.fields[field] === undefined ? undefined : words(owner, field);
}

function checked(value: string, owner: DocumentObject, field: string): string {
  if (value.length <= MAX_LENGTH && !CONTROL_CHARACTERS.test(value)) return value;
  throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not a word`);
}
