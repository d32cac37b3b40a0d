// src/cache/snapshot-store.ts
var MAX_ENTRY_BYTES = 32 * 1024 * 1024;

export {
  MAX_ENTRY_BYTES
};
