import {
  runGate
} from "./shared-scanner.js";
import "./shared-runtime.js";
export {
  runGate
};
