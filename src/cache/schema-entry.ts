import { InvalidDocument, objects, parseDocument, text } from '../model/json-document.ts';
import { MAX_ENTRY_BYTES } from './snapshot-store.ts';

const { createHash } = process.getBuiltinModule('node:crypto');

/** What is known of one group-version's schemas. */
export interface SchemaRecord {
  /** As `apps/v1`. */
  readonly groupVersion: string;
  /** SHA-512 of the document that it was trimmed from, as the server's index names it. */
  readonly hash: string;
  /** The trimmed schemas, opaque here. */
  readonly text: string;
}

/** What is kept of a cluster's schemas. Holds no credential and no address: anyone who may open a pull request may read it. */
export interface SchemaEntry {
  /** The identity as the key names it. */
  readonly identity: string;
  /** Hash of the server it came from. */
  readonly server?: string | undefined;
  /** When the server last said that these are its schemas, in milliseconds since the epoch. */
  readonly takenAt: number;
  readonly records: readonly SchemaRecord[];
}

export type DecodedSchemas =
  | { readonly kind: 'entry'; readonly entry: SchemaEntry }
  | { readonly kind: 'invalid'; readonly reason: string };

/** Raised whenever the shape or the meaning of an entry changes, that of the trimmed schemas included. */
const SCHEMA = 1;
const MAGIC = 'kube-api-gate-schemas';
const HEADER = /^kube-api-gate-schemas ([0-9]{1,6}) sha256:([0-9a-f]{64})\n/;
const HEADER_BYTES = 128;
/** Unpacked; far more than the schemas of thousands of kinds. */
const LARGEST = 256 * 1024 * 1024;
/** Packs the schemas of a whole cluster in some 40 ms, to a twentieth. */
const QUALITY = 5;

/** The bytes that a store keeps: a line with the schema and the digest of what follows, then one JSON document, packed. */
export function encodeSchemas({ identity, server, takenAt, records }: SchemaEntry): Uint8Array {
  const { brotliCompressSync, constants } = process.getBuiltinModule('node:zlib');
  const sorted = [...records].sort((a, b) => (a.groupVersion < b.groupVersion ? -1 : 1));
  const document = JSON.stringify({ identity, server, takenAt, records: sorted });
  const body = brotliCompressSync(document, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  return Buffer.concat([Buffer.from(`${MAGIC} ${SCHEMA} sha256:${digestOf(body)}\n`), body]);
}

/** Reads an entry as untrusted input: whatever it holds, the result is a checked entry, or the reason for a miss. */
export function decodeSchemas(bytes: Uint8Array): DecodedSchemas {
  if (bytes.byteLength > MAX_ENTRY_BYTES) return invalid(`it is ${bytes.byteLength} bytes long`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = HEADER.exec(buffer.toString('latin1', 0, HEADER_BYTES));
  if (header === null) return invalid('it does not hold schemas of kube-api-gate');
  const [line, schema, digest] = header;
  if (Number(schema) !== SCHEMA) return invalid(`it has schema ${schema}, and this version reads ${SCHEMA}`);
  const body = buffer.subarray(line.length);
  if (digestOf(body) !== digest) return invalid('its digest does not match what it holds');
  try {
    const { brotliDecompressSync } = process.getBuiltinModule('node:zlib');
    return { kind: 'entry', entry: entryOf(brotliDecompressSync(body, { maxOutputLength: LARGEST }).toString('utf8')) };
  } catch (thrown) {
    return invalid(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function entryOf(body: string): SchemaEntry {
  const entry = parseDocument(body);
  const { takenAt } = entry.fields;
  if (typeof takenAt !== 'number' || !Number.isSafeInteger(takenAt) || takenAt < 0) {
    throw new InvalidDocument('takenAt is not a time');
  }
  const server = text(entry, 'server');
  return {
    identity: text(entry, 'identity'),
    server: server === '' ? undefined : server,
    takenAt,
    records: objects(entry, 'records').map((record) => ({
      groupVersion: text(record, 'groupVersion'),
      hash: text(record, 'hash'),
      text: text(record, 'text'),
    })),
  };
}

function digestOf(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

function invalid(reason: string): DecodedSchemas {
  return { kind: 'invalid', reason };
}
