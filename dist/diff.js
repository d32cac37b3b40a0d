import {
  describeChange,
  driftInNumbers,
  momentOf
} from "./shared-phrases.js";
import {
  readSnapshots
} from "./shared-read-snapshots.js";
import "./shared-text-file.js";
import "./shared-snapshot-file.js";
import "./shared-snapshot-document.js";
import {
  differenceBetween
} from "./shared-drift.js";
import {
  formatPlace,
  logLine
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/terminal/diff.ts
var { resolve } = globalThis.process.getBuiltinModule("node:path");
var USAGE = `Usage: kube-api-gate diff OLD NEW

Says what NEW lost, changed and gained since OLD. Both are files that --save-snapshots wrote.

Exit codes: 0 nothing changed, 1 something changed, 2 a file cannot be used.`;
function runDiff(args, output) {
  const { line, note } = output;
  if (args.includes("--help") || args.includes("-h")) {
    line(USAGE);
    return 0;
  }
  const [oldPath, newPath, ...others] = args;
  if (oldPath === void 0 || newPath === void 0 || others.length > 0 || args.some((arg) => arg.startsWith("--"))) {
    note(`diff takes two files, the older one first.
See kube-api-gate diff --help.`);
    return 2;
  }
  const [earlier, later] = [readOne(oldPath, output), readOne(newPath, output)];
  if (earlier === void 0 || later === void 0) return 2;
  if (earlier.cluster !== later.cluster) {
    note(`These are two clusters: ${logLine(earlier.cluster)} and ${logLine(later.cluster)}.`);
  }
  const difference = differenceBetween(earlier.snapshot, later.snapshot);
  const { takenAt } = earlier.snapshot;
  line(
    logLine(
      `${later.cluster} since ${momentOf(takenAt)}: ${driftInNumbers({ ...difference, since: takenAt, fails: false })}`
    )
  );
  const signs = { lost: "-", changed: "~", gained: "+" };
  for (const change of difference.changes) line(`${signs[change.kind]} ${logLine(describeChange(change))}`);
  for (const api of difference.unknown)
    line(`? ${logLine(`${api} could not be compared: one of the files has a gap there`)}`);
  return difference.changes.length === 0 ? 0 : 1;
}
function readOne(path, { workingDirectory, note }) {
  const { snapshots, problems } = readSnapshots([{ path: resolve(workingDirectory, path), file: path }], "diff");
  for (const { place, message, hint } of problems) {
    note(`${formatPlace(place)}: ${message}${hint === void 0 ? "" : `
  \u2192 ${hint}`}`);
  }
  return snapshots[0];
}
export {
  runDiff
};
