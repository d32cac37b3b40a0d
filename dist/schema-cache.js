import {
  serverHash,
  snapshotKeys
} from "./shared-key.js";
import {
  MAX_ENTRY_BYTES
} from "./shared-snapshot-store.js";
import {
  InvalidDocument,
  formatDuration,
  objects,
  parseDocument,
  text
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/cache/schema-entry.ts
var { createHash } = process.getBuiltinModule("node:crypto");
var SCHEMA = 1;
var MAGIC = "kube-api-gate-schemas";
var HEADER = /^kube-api-gate-schemas ([0-9]{1,6}) sha256:([0-9a-f]{64})\n/;
var HEADER_BYTES = 128;
var LARGEST = 256 * 1024 * 1024;
var QUALITY = 5;
function encodeSchemas({ identity, server, takenAt, records }) {
  const { brotliCompressSync, constants } = process.getBuiltinModule("node:zlib");
  const sorted = [...records].sort((a, b) => a.groupVersion < b.groupVersion ? -1 : 1);
  const document = JSON.stringify({ identity, server, takenAt, records: sorted });
  const body = brotliCompressSync(document, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
  return Buffer.concat([Buffer.from(`${MAGIC} ${SCHEMA} sha256:${digestOf(body)}
`), body]);
}
function decodeSchemas(bytes) {
  if (bytes.byteLength > MAX_ENTRY_BYTES) return invalid(`it is ${bytes.byteLength} bytes long`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = HEADER.exec(buffer.toString("latin1", 0, HEADER_BYTES));
  if (header === null) return invalid("it does not hold schemas of kube-api-gate");
  const [line, schema, digest] = header;
  if (Number(schema) !== SCHEMA) return invalid(`it has schema ${schema}, and this version reads ${SCHEMA}`);
  const body = buffer.subarray(line.length);
  if (digestOf(body) !== digest) return invalid("its digest does not match what it holds");
  try {
    const { brotliDecompressSync } = process.getBuiltinModule("node:zlib");
    return { kind: "entry", entry: entryOf(brotliDecompressSync(body, { maxOutputLength: LARGEST }).toString("utf8")) };
  } catch (thrown) {
    return invalid(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
function entryOf(body) {
  const entry = parseDocument(body);
  const { takenAt } = entry.fields;
  if (typeof takenAt !== "number" || !Number.isSafeInteger(takenAt) || takenAt < 0) {
    throw new InvalidDocument("takenAt is not a time");
  }
  const server = text(entry, "server");
  return {
    identity: text(entry, "identity"),
    server: server === "" ? void 0 : server,
    takenAt,
    records: objects(entry, "records").map((record) => ({
      groupVersion: text(record, "groupVersion"),
      hash: text(record, "hash"),
      text: text(record, "text")
    }))
  };
}
function digestOf(body) {
  return createHash("sha256").update(body).digest("hex");
}
function invalid(reason) {
  return { kind: "invalid", reason };
}

// src/cache/schema-cache.ts
var DEADLINE_MS = 1e4;
var SNAPSHOT_PREFIX = /^kube-api-gate-v1-/;
var SCHEMA_PREFIX = "kube-api-gate-schemas-v1-";
function openSchemaCache({ identity, ttlMs, store, clock, log, holdsSecret }) {
  let met;
  const name = snapshotKeys(identity, ttlMs, clock.now()).identity;
  const keyOf = (snapshotKey) => snapshotKey.replace(SNAPSHOT_PREFIX, SCHEMA_PREFIX);
  const say = (what) => log.line(`Schemas of ${identity.cluster ?? hostOf(identity)} in the cache: ${what}.`);
  async function bounded(call) {
    const late = new AbortController();
    const done = new AbortController();
    const answer = call(late.signal).catch(
      (thrown) => thrown instanceof Error ? thrown : new Error(String(thrown))
    );
    const deadline = clock.sleep(DEADLINE_MS, done.signal).then(
      () => new Error(`the ${store.name} did not answer within ${formatDuration(DEADLINE_MS)}`),
      () => answer
    );
    const first = await Promise.race([answer, deadline]);
    late.abort();
    done.abort();
    return first;
  }
  async function look() {
    const { lookup } = snapshotKeys(identity, ttlMs, clock.now());
    const [first, ...others] = lookup;
    const restored = await bounded((signal) => store.restore([keyOf(first), ...others.map(keyOf)], signal));
    if (restored instanceof Error) return { kind: "none", reason: restored.message };
    if (restored.kind === "none") return { kind: "none", reason: restored.reason };
    const found = foundIn(restored.key, restored.bytes);
    met = { key: restored.key, found };
    return found;
  }
  function foundIn(key, bytes) {
    const prefix = keyOf(snapshotKeys(identity, ttlMs, clock.now()).lookup[2] ?? "");
    if (!key.startsWith(prefix) || !/^[0-9]{10}-(?:r[0-9]+-)?$/.test(key.slice(prefix.length))) {
      return { kind: "none", reason: `what came was saved under another key, ${key}` };
    }
    const decoded = decodeSchemas(bytes);
    if (decoded.kind === "invalid") return { kind: "none", reason: `the entry cannot be used: ${decoded.reason}` };
    const { entry } = decoded;
    if (entry.identity !== name) return { kind: "none", reason: "the entry is of another cluster" };
    if (identity.server !== void 0 && entry.server !== serverHash(identity.server)) {
      return { kind: "none", reason: "the entry is of another server than this job's" };
    }
    const ageMs = clock.now() - entry.takenAt;
    if (ageMs < 0) return { kind: "none", reason: `the entry was taken ${formatDuration(-ageMs)} in the future` };
    return { kind: "found", isFresh: ageMs < ttlMs, ageMs, records: entry.records };
  }
  return {
    async find() {
      const found = await look();
      say(
        found.kind === "none" ? `none, because ${found.reason}` : `${count(found.records)}, taken ${formatDuration(found.ageMs)} ago`
      );
      return found;
    },
    async keep(takenAt, records) {
      const keys = snapshotKeys(identity, ttlMs, takenAt);
      const window = keyOf(keys.window);
      const isTaken = met?.key.startsWith(window) ?? false;
      if (isTaken && met?.found.kind === "found" && sameRecords(met.found.records, records)) {
        say("not saved again, because it holds the same from this window");
        return;
      }
      if (records.some(({ text: text2 }) => holdsSecret(text2))) {
        say("not saved, because they hold a secret of this job");
        return;
      }
      const server = identity.server === void 0 ? void 0 : serverHash(identity.server);
      const bytes = encodeSchemas({ identity: name, server, takenAt, records });
      const saved = await bounded(async (signal) => {
        if (isTaken) return store.save(keyOf(keys.renewed), bytes, signal);
        const first = await store.save(window, bytes, signal);
        return first.kind === "exists" ? store.save(keyOf(keys.renewed), bytes, signal) : first;
      });
      if (saved instanceof Error) say(`not saved, because ${saved.message}`);
      else if (saved.kind === "failed") say(`not saved, because ${saved.reason}`);
      else if (saved.kind === "exists") say("not saved, because another job was first");
      else say(`saved, ${count(records)}, ${Math.ceil(bytes.byteLength / 1024)} KB`);
    }
  };
}
function sameRecords(left, right) {
  const hashes = new Map(left.map(({ groupVersion, hash }) => [groupVersion, hash]));
  return left.length === right.length && right.every(({ groupVersion, hash }) => hashes.get(groupVersion) === hash);
}
function count(records) {
  return records.length === 1 ? "1 group-version" : `${records.length} group-versions`;
}
function hostOf({ server }) {
  return URL.parse(server?.server ?? "")?.host ?? "the cluster";
}
export {
  openSchemaCache
};
