// src/files/atomic-file.ts
var { chmod, mkdir, rename, rm, stat, utimes, writeFile } = globalThis.process.getBuiltinModule("node:fs/promises");
var { dirname } = globalThis.process.getBuiltinModule("node:path");
async function writeAtomically(path, content, options = {}) {
  const { randomUUID } = process.getBuiltinModule("node:crypto");
  const { fileMode, directoryMode = 511, modifiedAt } = options;
  const temporary = `${path}.${randomUUID()}`;
  await makeFolder(dirname(path), directoryMode);
  try {
    await writeFile(temporary, content, { flag: "wx", mode: fileMode });
    if (fileMode !== void 0) await chmod(temporary, fileMode);
    if (modifiedAt !== void 0) {
      const time = modifiedAt / 1e3;
      await utimes(temporary, time, time);
    }
    await rename(temporary, path);
  } catch (thrown) {
    await rm(temporary, { force: true }).catch(() => void 0);
    throw thrown;
  }
}
async function makeFolder(path, mode) {
  const make = () => mkdir(path, { mode }).catch(async (thrown) => {
    const found = await stat(path).catch(() => void 0);
    if (found?.isDirectory() !== true) throw thrown;
  });
  await make().catch(async (thrown) => {
    if (thrown.code !== "ENOENT" || dirname(path) === path) throw thrown;
    await makeFolder(dirname(path), mode);
    await make();
  });
}

export {
  writeAtomically
};
