import { type DocumentObject, expectFields, InvalidDocument, object, parseDocument } from '../model/json-document.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { gapRecord, gapsIn, groupsIn, optionalWord, serverVersionIn, word } from '../model/snapshot-document.ts';
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
/** Stands in for the server's own words. */
const WHEN_TAKEN = 'when the cached answer was taken';

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
    gaps: gaps.map(gapRecord),
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
  return JSON.stringify([groups, version, validators.api, validators.apis, gaps.map(gapRecord)]);
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
  const validators = object(entry, 'validators');
  return {
    identity: word(entry, 'identity'),
    server: optionalWord(entry, 'server'),
    snapshot: {
      takenAt,
      groups: groupsIn(entry, 'groups'),
      version: serverVersionIn(entry, 'version'),
      gaps: gapsIn(entry, 'gaps', WHEN_TAKEN),
      validators: {
        api: validators === undefined ? undefined : optionalWord(validators, 'api'),
        apis: validators === undefined ? undefined : optionalWord(validators, 'apis'),
      },
    },
  };
}
