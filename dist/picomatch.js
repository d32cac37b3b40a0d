import {
  require_picomatch
} from "./shared-picomatch.js";
import {
  __toESM
} from "./shared-runtime.js";

// named:picomatch
var import_picomatch = __toESM(require_picomatch());
var export_default = import_picomatch.default;
export {
  export_default as default
};
