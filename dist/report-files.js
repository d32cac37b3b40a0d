import "./shared-summary.js";
import "./shared-phrases.js";
import {
  writeAtomically
} from "./shared-atomic-file.js";
import {
  GateError
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/report/report-files.ts
var { join } = globalThis.process.getBuiltinModule("node:path");
function reason(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
async function writeReportFiles(directory, files) {
  try {
    for (const { name, text } of files) await writeAtomically(join(directory, name), text);
  } catch (thrown) {
    throw new GateError(
      "invalid-input",
      "report-directory-unwritable",
      `The reports could not be written into report-directory ${directory}: ${reason(thrown)}`,
      { hint: "Name a directory that the job may write, for example one below the workspace.", cause: thrown }
    );
  }
}
export {
  writeReportFiles
};
