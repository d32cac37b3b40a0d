import {
  fileMatcher,
  findFiles
} from "./shared-walk.js";
import "./shared-segment.js";
import "./shared-scanner.js";
import "./shared-runtime.js";
export {
  fileMatcher,
  findFiles
};
