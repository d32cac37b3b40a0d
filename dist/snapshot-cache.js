import {
  gapRecord,
  gapsIn,
  groupsIn,
  optionalWord,
  serverVersionIn,
  word
} from "./shared-snapshot-document.js";
import {
  isKeyOf,
  serverHash,
  snapshotKeys
} from "./shared-key.js";
import {
  MAX_ENTRY_BYTES
} from "./shared-snapshot-store.js";
import {
  InvalidDocument,
  expectFields,
  formatDuration,
  object,
  parseDocument
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/cache/entry.ts
var { createHash } = process.getBuiltinModule("node:crypto");
var SCHEMA = 2;
var MAGIC = "kube-api-gate-snapshot";
var HEADER = /^kube-api-gate-snapshot ([0-9]{1,6}) sha256:([0-9a-f]{64})\n/;
var HEADER_BYTES = 128;
var WHEN_TAKEN = "when the cached answer was taken";
function encodeEntry(entry) {
  const { takenAt, validators, version, groups, gaps } = entry.snapshot;
  const body = JSON.stringify({
    identity: entry.identity,
    server: entry.server,
    takenAt,
    validators,
    version,
    groups,
    gaps: gaps.map(gapRecord)
  });
  return Buffer.from(`${MAGIC} ${SCHEMA} sha256:${digestOf(body)}
${body}`);
}
function decodeEntry(bytes) {
  if (bytes.byteLength > MAX_ENTRY_BYTES) return invalid(`it is ${bytes.byteLength} bytes long`);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = HEADER.exec(buffer.toString("latin1", 0, HEADER_BYTES));
  if (header === null) return invalid("it is not a snapshot of kube-api-gate");
  const [line, schema, digest] = header;
  if (Number(schema) !== SCHEMA) return invalid(`it has schema ${schema}, and this version reads ${SCHEMA}`);
  const body = buffer.subarray(line.length);
  if (digestOf(body) !== digest) return invalid("its digest does not match what it holds");
  try {
    return { kind: "entry", entry: entryOf(parseDocument(body.toString("utf8"))) };
  } catch (thrown) {
    return invalid(`it holds ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}
function sameAnswers(left, right) {
  return answersOf(left) === answersOf(right);
}
function answersOf({ groups, version, validators, gaps }) {
  return JSON.stringify([groups, version, validators.api, validators.apis, gaps.map(gapRecord)]);
}
function digestOf(body) {
  return createHash("sha256").update(body).digest("hex");
}
function invalid(reason) {
  return { kind: "invalid", reason };
}
function entryOf(entry) {
  expectFields(entry, ["identity", "groups", "gaps", "validators"]);
  const { takenAt } = entry.fields;
  if (typeof takenAt !== "number" || !Number.isSafeInteger(takenAt) || takenAt < 0) {
    throw new InvalidDocument("JSON whose takenAt is not a time");
  }
  const validators = object(entry, "validators");
  return {
    identity: word(entry, "identity"),
    server: optionalWord(entry, "server"),
    snapshot: {
      takenAt,
      groups: groupsIn(entry, "groups"),
      version: serverVersionIn(entry, "version"),
      gaps: gapsIn(entry, "gaps", WHEN_TAKEN),
      validators: {
        api: validators === void 0 ? void 0 : optionalWord(validators, "api"),
        apis: validators === void 0 ? void 0 : optionalWord(validators, "apis")
      }
    }
  };
}

// src/cache/snapshot-cache.ts
var DEFAULT_DEADLINE_MS = 1e4;
var CLEANUP_MS = 500;
function openSnapshotCache(options) {
  const { ttlMs, store, clock, log } = options;
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const met = /* @__PURE__ */ new Map();
  let spentMs = 0;
  store.prepare?.();
  function say(identity, what) {
    log.line(`Cache of ${nameOf(identity)}: ${what}.`);
  }
  async function bounded(call, trouble) {
    const leftMs = deadlineMs - spentMs;
    if (leftMs <= 0) {
      trouble(`the ${store.name} has used up the ${formatDuration(deadlineMs)} that it may take`);
      return void 0;
    }
    const started = clock.now();
    const late = new AbortController();
    const done = new AbortController();
    const answer = Promise.resolve().then(() => call(late.signal)).then(
      (value) => ({ kind: "answer", value }),
      (thrown) => ({ kind: "trouble", reason: messageOf(thrown) })
    );
    const deadline = clock.sleep(leftMs, done.signal).then(
      () => ({
        kind: "trouble",
        reason: `the ${store.name} did not answer within ${formatDuration(deadlineMs)}`
      }),
      () => new Promise(() => void 0)
    );
    const first = await Promise.race([answer, deadline]);
    spentMs += Math.max(0, clock.now() - started);
    done.abort();
    if (first.kind === "answer") return first.value;
    late.abort();
    const cleaned = new AbortController();
    await Promise.race([answer, clock.sleep(CLEANUP_MS, cleaned.signal).catch(() => void 0)]);
    cleaned.abort();
    trouble(first.reason);
    return void 0;
  }
  function judge(identity, restored) {
    if (restored.kind === "none") return restored;
    if (!isKeyOf(restored.key, identity, ttlMs)) {
      return unusable(`what came was saved under another key, ${restored.key}`);
    }
    const decoded = decodeEntry(restored.bytes);
    if (decoded.kind === "invalid") return unusable(`the entry cannot be used: ${decoded.reason}`);
    const { entry } = decoded;
    const keys = snapshotKeys(identity, ttlMs, clock.now());
    if (entry.identity !== keys.identity) return unusable("the entry is of another cluster");
    if (identity.server !== void 0 && entry.server !== serverHash(identity.server)) {
      const under = identity.cluster === void 0 ? "" : `, under the same cluster name ${identity.cluster}`;
      return { kind: "none", why: "other-server", reason: `the entry is of another server than this job's${under}` };
    }
    const ageMs = clock.now() - entry.snapshot.takenAt;
    if (ageMs < 0) {
      return unusable(`the entry was taken ${formatDuration(-ageMs)} in the future by this machine's clock`);
    }
    return { kind: ageMs < ttlMs ? "fresh" : "stale", snapshot: entry.snapshot, ageMs };
  }
  async function look(identity) {
    const { lookup, identity: name } = snapshotKeys(identity, ttlMs, clock.now());
    let trouble = "";
    const restored = await bounded(
      (signal) => store.restore(lookup, signal),
      (reason) => {
        trouble = reason;
      }
    );
    const found = restored === void 0 ? { kind: "none", why: "trouble", reason: trouble } : judge(identity, restored);
    met.set(name, {
      key: restored?.kind === "found" ? restored.key : void 0,
      snapshot: found.kind === "none" ? void 0 : found.snapshot,
      hidden: found.kind === "none" && found.why === "trouble"
    });
    return found;
  }
  async function knownBetter(identity, { gaps }) {
    const lacking = listingGaps(gaps);
    if (lacking.length === 0) return void 0;
    const name = snapshotKeys(identity, ttlMs, clock.now()).identity;
    if (!met.has(name)) await look(identity);
    const known = met.get(name)?.snapshot;
    if (known === void 0 || clock.now() - known.takenAt >= ttlMs) return void 0;
    const also = listingGaps(known.gaps);
    return lacking.find((endpoint) => !also.includes(endpoint));
  }
  async function save(identity, snapshot) {
    const keys = snapshotKeys(identity, ttlMs, snapshot.takenAt);
    const before = met.get(keys.identity);
    const taken = before?.key?.startsWith(keys.window) ?? false;
    if (taken && before?.snapshot !== void 0 && sameAnswers(before.snapshot, snapshot)) return "same";
    const server = identity.server === void 0 ? void 0 : serverHash(identity.server);
    const bytes = encodeEntry({ identity: keys.identity, server, snapshot });
    const saving = async (signal) => {
      if (taken) return await store.save(keys.renewed, bytes, signal);
      const saved2 = await store.save(keys.window, bytes, signal);
      const beside = saved2.kind === "exists" && (before === void 0 || before.hidden);
      return beside ? await store.save(keys.renewed, bytes, signal) : saved2;
    };
    let trouble = "";
    const saved = await bounded(saving, (reason) => {
      trouble = reason;
    });
    return saved ?? { kind: "failed", reason: trouble };
  }
  return {
    async find(identity) {
      const found = await look(identity);
      say(identity, sayFound(found, ttlMs));
      return found;
    },
    async keep(identity, snapshot) {
      const kept = (reason) => reason === void 0 ? { kind: "kept" } : { kind: "not-kept", reason };
      const lacking = await knownBetter(identity, snapshot);
      if (lacking !== void 0) {
        const reason = `the answer lacks all of ${lacking}, and the entry that is there has it and is still good`;
        say(identity, `not saved, because ${reason}`);
        return kept(reason);
      }
      const saved = await save(identity, snapshot);
      say(identity, saySaved(saved, snapshot, store.name, ttlMs));
      return kept(saved !== "same" && saved.kind === "failed" ? saved.reason : void 0);
    }
  };
}
function listingGaps(gaps) {
  return gaps.flatMap((gap) => gap.kind === "endpoint" && gap.endpoint !== "/version" ? [gap.endpoint] : []);
}
function nameOf({ cluster, server }) {
  return cluster ?? URL.parse(server?.server ?? "")?.host ?? "the cluster";
}
function unusable(reason) {
  return { kind: "none", why: "unusable", reason };
}
function sayFound(found, ttlMs) {
  switch (found.kind) {
    case "fresh":
      return `hit, taken ${formatDuration(found.ageMs)} ago, younger than the TTL of ${formatDuration(ttlMs)}`;
    case "stale":
      return `taken ${formatDuration(found.ageMs)} ago, not younger than the TTL of ${formatDuration(ttlMs)}: good only for asking whether it still holds`;
    case "none":
      return `miss, because ${found.reason}`;
  }
}
function saySaved(saved, { gaps }, store, ttlMs) {
  if (saved === "same") return "not saved again, because it holds the same answer from this window";
  switch (saved.kind) {
    case "saved": {
      const besides = gaps.length === 0 ? "" : `, ${gaps.length === 1 ? "a gap" : `${gaps.length} gaps`} included`;
      return `saved in the ${store}${besides}, ${ttlMs === 0 ? "for the cluster to confirm" : `good for ${formatDuration(ttlMs)}`}`;
    }
    case "exists":
      return "not saved, because another job was first";
    case "failed":
      return `not saved, because ${saved.reason}`;
  }
}
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
export {
  openSnapshotCache
};
