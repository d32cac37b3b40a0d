import {
  differenceBetween
} from "./shared-drift.js";
import "./shared-scanner.js";
import "./shared-runtime.js";
export {
  differenceBetween
};
