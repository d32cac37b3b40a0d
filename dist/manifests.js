import {
  readManifests,
  templateAbove
} from "./shared-objects.js";
import "./shared-plain.js";
import "./shared-scanner.js";
import "./shared-runtime.js";
export {
  readManifests,
  templateAbove
};
