import type { Resource, ServedGroup, ServedVersion, ServerVersion, Snapshot, Validators } from '../model/snapshot.ts';
import { fields, list, optional, optionalText, optionalWords, text, unlike, word } from './fields.ts';
import { MAX_ENTRY_BYTES } from './snapshot-store.ts';

const { createHash } = process.getBuiltinModule('node:crypto');

/** What is kept of one whole snapshot. Holds no credential and no address: anyone who may open a pull request may read it. */
export interface Entry {
  /** The identity as the key names it. */
  readonly identity: string;
  /** Hash of the server it came from. */
  readonly server?: string;
  /** Without gaps. */
  readonly snapshot: Snapshot;
}

export type DecodedEntry =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Raised whenever the shape or the meaning of an entry changes. */
const SCHEMA = 1;
const MAGIC = 'kube-api-gate-snapshot';
const HEADER = /^kube-api-gate-snapshot ([0-9]{1,6}) sha256:([0-9a-f]{64})\n/;
const HEADER_BYTES = 128;

/**
 * The bytes that a store keeps: a line with the schema and the digest of what follows, then one JSON document.
 *
 * @throws TypeError for a snapshot with gaps, which nobody may mistake for a whole one later.
 */
export function encodeEntry(entry: Entry): Uint8Array {
  if (entry.snapshot.gaps.length > 0) throw new TypeError('a snapshot with gaps is not kept');
  const { takenAt, validators, version, groups } = entry.snapshot;
  const body = JSON.stringify({ identity: entry.identity, server: entry.server, takenAt, validators, version, groups });
  return Buffer.from(`${MAGIC} ${SCHEMA} sha256:${digestOf(body)}\n${body}`);
}

/**
 * Reads an entry as untrusted input: whatever it holds, the answer is a checked snapshot or the reason why there is none.
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
    return { kind: 'entry', entry: entryOf(JSON.parse(body.toString('utf8'))) };
  } catch (thrown) {
    return invalid(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** Whether two snapshots say the same of the cluster, whenever they were taken. */
export function sameAnswers(left: Snapshot, right: Snapshot): boolean {
  return answersOf(left) === answersOf(right);
}

function answersOf({ groups, version, validators }: Snapshot): string {
  return JSON.stringify([groups, version, validators.api, validators.apis]);
}

function digestOf(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

function invalid(reason: string): DecodedEntry {
  return { kind: 'invalid', reason };
}

function entryOf(value: unknown): Entry {
  const entry = fields(value, 'entry');
  const { takenAt } = entry;
  if (typeof takenAt !== 'number' || !Number.isSafeInteger(takenAt) || takenAt < 0) throw unlike('takenAt', 'a time');
  return {
    identity: text(entry, 'identity', 'entry'),
    ...optional('server', optionalText(entry, 'server', 'entry')),
    snapshot: {
      takenAt,
      groups: list(entry, 'groups', 'entry', groupOf),
      ...optional('version', entry['version'] === undefined ? undefined : serverVersionOf(entry['version'])),
      gaps: [],
      validators: validatorsOf(entry['validators']),
    },
  };
}

function groupOf(value: unknown, path: string): ServedGroup {
  const group = fields(value, path);
  return {
    name: text(group, 'name', path),
    versions: list(group, 'versions', path, servedVersionOf),
    ...optional('preferredVersion', optionalText(group, 'preferredVersion', path)),
  };
}

function servedVersionOf(value: unknown, path: string): ServedVersion {
  const version = fields(value, path);
  return { version: text(version, 'version', path), resources: list(version, 'resources', path, resourceOf) };
}

function resourceOf(value: unknown, path: string): Resource {
  const resource = fields(value, path);
  const { namespaced } = resource;
  if (typeof namespaced !== 'boolean') throw unlike(`${path}.namespaced`, 'true or false');
  return {
    name: text(resource, 'name', path),
    singularName: text(resource, 'singularName', path),
    namespaced,
    kind: text(resource, 'kind', path),
    ...optional('group', optionalText(resource, 'group', path)),
    ...optional('version', optionalText(resource, 'version', path)),
    verbs: list(resource, 'verbs', path, word),
    ...optional('shortNames', optionalWords(resource, 'shortNames', path)),
    ...optional('categories', optionalWords(resource, 'categories', path)),
    ...optional('storageVersionHash', optionalText(resource, 'storageVersionHash', path)),
  };
}

function serverVersionOf(value: unknown): ServerVersion {
  const version = fields(value, 'version');
  return {
    gitVersion: text(version, 'gitVersion', 'version'),
    major: text(version, 'major', 'version'),
    minor: text(version, 'minor', 'version'),
  };
}

function validatorsOf(value: unknown): Validators {
  const validators = fields(value, 'validators');
  return {
    ...optional('api', optionalText(validators, 'api', 'validators')),
    ...optional('apis', optionalText(validators, 'apis', 'validators')),
  };
}
