import{a as f}from"./chunk-V4ZJR6CM.js";import{e}from"./chunk-EPXOE4VI.js";var o=e(f());var export_default=o.default;export{export_default as default};
