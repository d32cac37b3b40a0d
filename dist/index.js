import {
  MAX_ENTRY_BYTES
} from "./shared-snapshot-store.js";
import {
  debug,
  endProcess,
  exportVariable,
  getIDToken,
  getInput,
  info,
  logLine,
  openRedaction,
  readSettings,
  setSecret,
  systemClock,
  systemEnvironment,
  toGateError
} from "./shared-cluster-inputs.js";
import "./shared-runtime.js";

// src/cache/toolkit-call.ts
var ENTRY_FILE = "kube-api-gate-snapshot";

// src/cache/toolkit-output.ts
var COMMAND = /^::([a-z-]+)(?: [^:]*)?::(.*)$/;
var COMPLAINT = /^(?:Failed to (?:restore|save|reserve)|Cache (?:restore|save) skipped)/;
function readToolkitLine(line) {
  const [, command, value] = COMMAND.exec(line) ?? [];
  const text = value === void 0 ? line : commandValue(value);
  if (command === "add-mask") return { kind: "mask", secret: text };
  if (command === "warning" || command === "error" || COMPLAINT.test(text)) return { kind: "complaint", text };
  return { kind: "remark", text };
}
function hide(text, secrets) {
  let hidden = text;
  for (const secret of secrets) if (secret !== "") hidden = hidden.replaceAll(secret, "***");
  return hidden;
}
function commandValue(value) {
  return value.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

// src/cache/toolkit-process.ts
var ENVIRONMENT = new Set(
  [
    "ACTIONS_CACHE_MODE ACTIONS_CACHE_SERVICE_V2 ACTIONS_CACHE_URL ACTIONS_ORCHESTRATION_ID ACTIONS_RESULTS_URL ACTIONS_RUNTIME_TOKEN",
    "GITHUB_REF GITHUB_SERVER_URL RUNNER_DEBUG RUNNER_OS RUNNER_TRACKING_ID",
    "ALL_PROXY HTTPS_PROXY HTTP_PROXY NO_PROXY NODE_EXTRA_CA_CERTS SSL_CERT_DIR SSL_CERT_FILE",
    "COMSPEC HOME LANG LD_LIBRARY_PATH PATH PATHEXT SYSTEMDRIVE SYSTEMROOT TEMP TMP TMPDIR USERPROFILE WINDIR"
  ].join(" ").split(" ")
);
function toolkitEnvironment(variables2) {
  const kept = {};
  for (const [name, value] of Object.entries(variables2)) {
    if (value !== void 0 && ENVIRONMENT.has(name.toUpperCase())) kept[name] = value;
  }
  return kept;
}
function startToolkitProcess(options) {
  const { spawn } = process.getBuiltinModule("node:child_process");
  const { randomUUID } = process.getBuiltinModule("node:crypto");
  const { createInterface } = process.getBuiltinModule("node:readline");
  const grouped = process.platform !== "win32";
  const mark = `${randomUUID()} `;
  const secrets = /* @__PURE__ */ new Set();
  let complaints = [];
  let alive = true;
  let waiting;
  const child = spawn(process.execPath, [options.module, mark], {
    env: toolkitEnvironment(options.variables),
    stdio: "pipe",
    // A process group of its own is what ends tar and zstd together with it.
    detached: grouped,
    windowsHide: true
  });
  const gone = new Promise((resolve2) => {
    const end = (what) => {
      alive = false;
      waiting?.reject(new Error(what));
      waiting = void 0;
      resolve2();
    };
    child.once("error", (error) => end(`the cache toolkit could not be started: ${error.message}`));
    child.once(
      "close",
      (code, signal) => end(complaints.at(-1) ?? `the cache toolkit ended without an answer (${signal ?? `exit code ${code}`})`)
    );
  });
  child.stdin.on("error", () => void 0);
  createInterface({ input: child.stderr }).on("line", (line) => options.debug(hide(line, secrets)));
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith(mark)) {
      waiting?.resolve({ reply: JSON.parse(line.slice(mark.length)), complaints });
      waiting = void 0;
      return;
    }
    const read2 = readToolkitLine(line);
    if (read2.kind === "mask") {
      secrets.add(read2.secret);
      return;
    }
    const text = hide(read2.text, secrets);
    if (read2.kind === "complaint") complaints.push(text);
    if (text !== "") options.debug(text);
  });
  child.unref();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.unref();
  return {
    get alive() {
      return alive;
    },
    call(call) {
      complaints = [];
      return new Promise((resolve2, reject) => {
        if (!alive) {
          reject(new Error("the cache toolkit has ended"));
          return;
        }
        waiting = { resolve: resolve2, reject };
        child.stdin.write(`${JSON.stringify(call)}
`);
      });
    },
    async kill() {
      if (alive && child.pid !== void 0) {
        try {
          process.kill(grouped ? -child.pid : child.pid, "SIGKILL");
        } catch {
          child.kill("SIGKILL");
        }
      }
      await gone;
    }
  };
}

// src/cache/actions-store.ts
var NO_SERVICE = "there is no Actions cache service here";
var ALREADY_THERE = /already exists|\(409\)/i;
function openActionsStore(options) {
  const { variables: variables2 } = options.environment;
  const available = Boolean(variables2["ACTIONS_CACHE_URL"] || variables2["ACTIONS_RESULTS_URL"]);
  const idle = [];
  async function start() {
    const { fileURLToPath } = process.getBuiltinModule("node:url");
    const { location } = await import("./actions-store-process.js");
    const debug2 = (message) => options.log.debug(`Actions cache: ${message}`);
    return startToolkitProcess({ module: fileURLToPath(location), variables: variables2, debug: debug2 });
  }
  async function inFolder(signal, use) {
    const { mkdtemp, rm } = process.getBuiltinModule("node:fs/promises");
    const { tmpdir } = process.getBuiltinModule("node:os");
    const { join: join2 } = process.getBuiltinModule("node:path");
    const waiting = await idle.pop();
    const toolkit = waiting?.alive ? waiting : await start();
    const end = () => void toolkit.kill();
    signal.addEventListener("abort", end);
    let folder;
    try {
      folder = await mkdtemp(join2(variables2["RUNNER_TEMP"] || tmpdir(), "kube-api-gate-"));
      signal.throwIfAborted();
      const answer = await use(folder, (call) => toolkit.call(call));
      if (toolkit.alive) idle.push(Promise.resolve(toolkit));
      return answer;
    } catch (thrown) {
      await toolkit.kill();
      throw thrown;
    } finally {
      signal.removeEventListener("abort", end);
      if (folder !== void 0) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
  return {
    name: "Actions cache",
    prepare() {
      if (!available || idle.length > 0) return;
      const started = start();
      started.catch(() => void 0);
      idle.push(started);
    },
    async restore(keys, signal) {
      if (!available) return none(NO_SERVICE);
      return await inFolder(signal, async (folder, call) => {
        const { reply, complaints } = await call({ call: "restore", folder, keys });
        switch (reply.kind) {
          case "restored":
            return await readEntry(folder, reply.key);
          case "unavailable":
            return none(NO_SERVICE);
          case "threw":
            return none(reply.message);
          default:
            return none(complaints[0] ?? `the Actions cache has no entry that begins with ${keys.at(-1)}`);
        }
      }).catch((thrown) => none(messageOf(thrown)));
    },
    async save(key, bytes, signal) {
      if (!available) return failed(NO_SERVICE);
      return await inFolder(signal, async (folder, call) => {
        const { writeFile } = process.getBuiltinModule("node:fs/promises");
        const { join: join2 } = process.getBuiltinModule("node:path");
        await writeFile(join2(folder, ENTRY_FILE), bytes);
        const { reply, complaints } = await call({ call: "save", folder, key });
        switch (reply.kind) {
          case "saved":
            return complaints[0] === void 0 ? { kind: "saved" } : failed(complaints[0]);
          case "unavailable":
            return failed(NO_SERVICE);
          case "threw":
            return failed(reply.message);
          default:
            if (complaints.some((complaint) => ALREADY_THERE.test(complaint))) return { kind: "exists" };
            return failed(complaints[0] ?? "the Actions cache did not take it");
        }
      }).catch((thrown) => failed(messageOf(thrown)));
    }
  };
}
async function readEntry(folder, key) {
  const { lstat, readFile } = process.getBuiltinModule("node:fs/promises");
  const { join: join2 } = process.getBuiltinModule("node:path");
  const file = join2(folder, ENTRY_FILE);
  const found = await lstat(file).catch(() => void 0);
  if (found === void 0) return none(`the archive that came for ${key} does not hold an entry`);
  if (!found.isFile()) return none(`the archive that came for ${key} holds something else than a file`);
  if (found.size > MAX_ENTRY_BYTES) return none(`the entry that came for ${key} is ${found.size} bytes long`);
  return { kind: "found", key, bytes: await readFile(file) };
}
function none(reason) {
  return { kind: "none", reason };
}
function failed(reason) {
  return { kind: "failed", reason };
}
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

// src/index.ts
process.exitCode = 1;
var environment = systemEnvironment();
var { variables, workingDirectory } = environment;
var { mask, redact } = openRedaction(setSecret);
var repositoryRoot = variables["GITHUB_WORKSPACE"] || workingDirectory;
var temporaryDirectory = variables["RUNNER_TEMP"] || process.getBuiltinModule("node:os").tmpdir();
var { join, resolve } = process.getBuiltinModule("node:path");
var read = (name) => getInput(name, { trimWhitespace: false });
var given = Object.keys(variables).flatMap((name) => /^INPUT_(.+)$/i.exec(name)?.[1] ?? []);
var reading = readSettings(read, given);
var { reportDirectory, commentToken, cache } = reading.settings;
if (commentToken !== void 0) mask(commentToken);
delete process.env["INPUT_GITHUB-TOKEN"];
var publication = { workingDirectory, redact, variables, reportDirectory, commentToken };
var log = {
  // A server's or a plugin's words may be among them: they must not become commands to the runner.
  line: (message) => info(logLine(redact(message))),
  debug: (message) => debug(redact(message))
};
var store = openActionsStore({ environment, log });
if (cache.mode !== "off" && reading.problems.length === 0) store.prepare?.();
var loadingGate = import("./gate.js");
var loadPublishing = () => import("./publish.js");
var world = {
  environment,
  clock: systemClock,
  log,
  secrets: { mask, redact, idToken: (audience) => getIDToken(audience) },
  store,
  repositoryRoot,
  kubectlCacheDirectory: resolve(variables["KUBECACHEDIR"] || join(temporaryDirectory, "kube-api-gate-kube-cache")),
  exportVariable,
  publisher: {
    prepare: loadPublishing,
    verdict: async (verdict) => {
      const { publish } = await loadPublishing();
      await publish(verdict, publication);
    },
    error: async (error) => {
      const { publishError } = await loadPublishing();
      await publishError(error, publication);
    }
  }
};
process.once("uncaughtException", (thrown) => {
  void world.publisher.error(toGateError(thrown)).finally(() => process.exit(1));
});
var { runGate } = await loadingGate;
var outcome = await runGate(reading, world);
await endProcess(outcome === "compatible" ? 0 : 1);
