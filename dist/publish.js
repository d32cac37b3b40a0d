import {
  print,
  printError,
  publish,
  publishError
} from "./shared-summary.js";
import "./shared-connection.js";
import "./shared-actions-core.js";
import "./shared-runtime.js";
export {
  print,
  printError,
  publish,
  publishError
};
