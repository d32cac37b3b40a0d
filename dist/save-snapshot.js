import {
  decodeSnapshot,
  encodeSnapshot
} from "./shared-snapshot-file.js";
import {
  writeAtomically
} from "./shared-atomic-file.js";
import "./shared-snapshot-document.js";
import "./shared-scanner.js";
import "./shared-runtime.js";

// src/snapshots/file-name.ts
var { createHash } = process.getBuiltinModule("node:crypto");
var PLAIN = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;
var RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/;
function snapshotFileName(cluster) {
  if (PLAIN.test(cluster) && !RESERVED.test(cluster) && !cluster.includes("..")) return `${cluster}.json`;
  const readable = cluster.toLowerCase().replace(/[^a-z0-9-]+/g, "_").slice(0, 60).replace(/^[_-]+|[_-]+$/g, "");
  const hash = createHash("sha256").update(cluster).digest("hex").slice(0, 16);
  return `${readable === "" ? "cluster" : readable}~${hash}.json`;
}

// src/snapshots/save-snapshot.ts
var { join } = globalThis.process.getBuiltinModule("node:path");
async function saveSnapshot(directory, named) {
  const path = join(directory, snapshotFileName(named.cluster));
  const written = encodeSnapshot(named);
  const decoded = decodeSnapshot(written);
  if (decoded.kind === "invalid") return { kind: "not-written", reason: `what would be written ${decoded.reason}` };
  try {
    await writeAtomically(path, written);
    return { kind: "written", path };
  } catch (thrown) {
    return { kind: "not-written", reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
export {
  saveSnapshot
};
