// src/files/text-file.ts
var { closeSync, constants, fstatSync, openSync, readFileSync } = globalThis.process.getBuiltinModule("node:fs");
function readTextFile(path, mostBytes) {
  try {
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = fstatSync(file);
      if (!found.isFile()) return { kind: "unreadable", reason: "is not a regular file" };
      if (found.size > mostBytes) return { kind: "unreadable", reason: `is larger than ${mostBytes / 2 ** 20} MiB` };
      const bytes = readFileSync(file);
      if (bytes.length > mostBytes) return { kind: "unreadable", reason: "grows while it is read" };
      return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), bytes: bytes.length };
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    if (thrown instanceof TypeError) return { kind: "unreadable", reason: "is not valid UTF-8" };
    return { kind: "unreadable", reason: `fails with ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}

export {
  readTextFile
};
