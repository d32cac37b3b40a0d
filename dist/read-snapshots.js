import {
  readSnapshots
} from "./shared-read-snapshots.js";
import "./shared-text-file.js";
import "./shared-snapshot-file.js";
import "./shared-snapshot-document.js";
import "./shared-scanner.js";
import "./shared-runtime.js";
export {
  readSnapshots
};
