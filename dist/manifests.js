import {
  readManifests,
  templateAbove
} from "./shared-objects.js";
import "./shared-plain.js";
import "./shared-walk.js";
import "./shared-segment.js";
import "./shared-scanner.js";
import "./shared-runtime.js";
export {
  readManifests,
  templateAbove
};
