import{a as f}from"./chunk-4RQKYZED.js";import{b as e}from"./chunk-SQE76S5B.js";var o=e(f());var export_default=o.default;export{export_default as default};
