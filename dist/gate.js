import {
  runGate
} from "./shared-connection.js";
import "./shared-actions-core.js";
import "./shared-runtime.js";
export {
  runGate
};
