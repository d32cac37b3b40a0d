import {
  runGate
} from "./shared-scanner.js";
import "./shared-cluster-inputs.js";
import "./shared-runtime.js";
export {
  runGate
};
