import {
  readTextFile
} from "./shared-text-file.js";
import {
  MAX_FILE_BYTES,
  decodeSnapshot
} from "./shared-snapshot-file.js";

// src/snapshots/read-snapshots.ts
var MOST_FILES = 1e3;
var MOST_BYTES = 256 * 1024 * 1024;
function readSnapshots(files, input) {
  if (files.length > MOST_FILES) {
    const message = `It names ${files.length} files; at most ${MOST_FILES} are read.`;
    return { snapshots: [], problems: [{ place: { kind: "input", input }, message }] };
  }
  const snapshots = [];
  const problems = [];
  let bytes = 0;
  for (const { path, file } of files) {
    const place = { kind: "file", file, line: 1 };
    const read = readTextFile(path, MAX_FILE_BYTES);
    if (read.kind === "unreadable") {
      problems.push({ place, message: `This file cannot be read: it ${read.reason}.` });
      continue;
    }
    bytes += read.bytes;
    if (bytes > MOST_BYTES) {
      problems.push({
        place,
        message: `The files up to this one have more than ${MOST_BYTES / 2 ** 20} MiB together.`
      });
      break;
    }
    const decoded = decodeSnapshot(read.text);
    if (decoded.kind === "snapshot") snapshots.push({ ...decoded.named, file });
    else {
      const { reason, hint, line = 1 } = decoded;
      problems.push({ place: { ...place, line }, message: `This snapshot cannot be used: it ${reason}.`, hint });
    }
  }
  return { snapshots, problems: [...problems, ...repeated(snapshots)] };
}
function repeated(snapshots) {
  return [...Map.groupBy(snapshots, ({ cluster }) => cluster).values()].flatMap(
    ([first, ...others]) => others.map(({ cluster, file }) => ({
      place: { kind: "file", file, line: 1 },
      message: `This is a second snapshot of ${cluster}; ${first?.file} is one too.`,
      hint: "Keep one of them, or leave the other out with a pattern that begins with !."
    }))
  );
}

export {
  readSnapshots
};
