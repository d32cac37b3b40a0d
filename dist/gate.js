import {
  runGate
} from "./shared-connection.js";
import "./shared-cluster-inputs.js";
import "./shared-runtime.js";
export {
  runGate
};
