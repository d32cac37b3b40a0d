import {
  print,
  printError,
  publish,
  publishError
} from "./shared-summary.js";
import "./shared-phrases.js";
import "./shared-scanner.js";
import "./shared-runtime.js";
export {
  print,
  printError,
  publish,
  publishError
};
