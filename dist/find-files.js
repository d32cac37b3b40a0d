import {
  fileMatcher,
  findFiles
} from "./shared-find-files.js";
import "./shared-picomatch.js";
import "./shared-scanner.js";
import "./shared-cluster-inputs.js";
import "./shared-runtime.js";
export {
  fileMatcher,
  findFiles
};
