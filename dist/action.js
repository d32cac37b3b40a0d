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
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/cache/toolkit-call.ts
var ENTRY_FILE = "kube-api-gate-snapshot";
var MAX_FOLDER_BYTES = 96 * 1024 * 1024;

// src/cache/toolkit-output.ts
var COMMAND = /^::([a-z-]+)(?: [^:]*)?::(.*)$/;
var COMPLAINT = /^(?:Failed to (?:restore|save|reserve)|Cache (?:restore|save) skipped)/;
var RETRY = /^(?:[\w ():,]+ - )?Attempt \d+ of \d+ failed with error: (.*?)(?:\. Retrying request in \d+ ms\.\.\.)?$/s;
var NOT_RETRIED = /^Cache service responded with (?!50[234]$)/;
var NO_DETAILS = / More details: (?:undefined|null)?$/;
function readToolkitLine(line) {
  const [, command, value] = COMMAND.exec(line) ?? [];
  const text = (value === void 0 ? line : commandValue(value)).replace(NO_DETAILS, "");
  if (command === "add-mask") return { kind: "mask", secret: text };
  if (command === "warning" || command === "error" || COMPLAINT.test(text)) return { kind: "complaint", text };
  const failure = RETRY.exec(text)?.[1];
  if (failure !== void 0 && !NOT_RETRIED.test(failure)) return { kind: "retry", text: failure };
  return { kind: "remark", text };
}
var AZURE_STATUS = /^azure:\S+ RetryPolicy: Will retry for status code (\d+)\.$/;
var AZURE_ERROR = /^azure:\S+ RetryPolicy: Network error (\S+) found, will retry\.$/;
var AZURE_PAUSE = /^azure:\S+ RetryPolicy: Delay for (\d+)ms$/;
function openAzureReader() {
  let cause = "the upload failed";
  return (line) => {
    const status = AZURE_STATUS.exec(line)?.[1];
    const error = AZURE_ERROR.exec(line)?.[1];
    if (status !== void 0) cause = `the upload was answered with ${status}`;
    if (error !== void 0) cause = `the upload failed: ${error}`;
    const pauseMs = AZURE_PAUSE.exec(line)?.[1];
    return pauseMs !== void 0 && Number(pauseMs) > 0 ? cause : void 0;
  };
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
function toolkitEnvironment(variables) {
  const kept = {};
  for (const [name, value] of Object.entries(variables)) {
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
    // At this level its upload library says when it is going to try again.
    env: { ...toolkitEnvironment(options.variables), AZURE_LOG_LEVEL: "info" },
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
  const giveUp = (cause) => {
    waiting?.reject(new Error(`the cache service is in trouble: ${cause}`));
    waiting = void 0;
  };
  const readAzure = openAzureReader();
  createInterface({ input: child.stderr }).on("line", (line) => {
    const text = hide(line, secrets);
    options.debug(text);
    const cause = readAzure(text);
    if (cause !== void 0) giveUp(cause);
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith(mark)) {
      waiting?.resolve({ reply: JSON.parse(line.slice(mark.length)), complaints });
      waiting = void 0;
      return;
    }
    const read = readToolkitLine(line);
    if (read.kind === "mask") {
      secrets.add(read.secret);
      return;
    }
    const text = hide(read.text, secrets);
    if (read.kind === "complaint") complaints.push(text);
    if (read.kind === "retry") giveUp(text);
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
var { lstat, mkdtemp, readFile, rm, writeFile } = globalThis.process.getBuiltinModule("node:fs/promises");
var { tmpdir } = globalThis.process.getBuiltinModule("node:os");
var { join } = globalThis.process.getBuiltinModule("node:path");
var { fileURLToPath } = globalThis.process.getBuiltinModule("node:url");
var NO_SERVICE = "no Actions cache service is available here";
var TOO_LARGE = `what came is larger than ${MAX_ENTRY_BYTES} bytes, which no entry is`;
var ALREADY_THERE = /already exists|\(409\)/i;
function openActionsStore(options) {
  const { variables } = options.environment;
  const available = Boolean(variables["ACTIONS_CACHE_URL"] || variables["ACTIONS_RESULTS_URL"]);
  const idle = [];
  async function start() {
    const { location } = await import("./actions-store-process.js");
    const debug2 = (message) => options.log.debug(`Actions cache: ${message}`);
    return startToolkitProcess({ module: fileURLToPath(location), variables, debug: debug2 });
  }
  async function inFolder(signal, use) {
    const waiting = await idle.pop();
    const toolkit = waiting?.alive ? waiting : await start();
    const end = () => void toolkit.kill();
    signal.addEventListener("abort", end);
    let folder;
    try {
      folder = await mkdtemp(join(variables["RUNNER_TEMP"] || tmpdir(), "kube-api-gate-"));
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
      if (!available) return noService();
      return await inFolder(signal, async (folder, call) => {
        const { reply, complaints } = await call({ call: "restore", folder, keys });
        switch (reply.kind) {
          case "restored":
            return await readEntry(folder, reply.key);
          case "unavailable":
            return noService();
          case "threw":
            return trouble(reply.message);
          case "too-large":
            throw new Error(TOO_LARGE);
          default:
            if (complaints[0] !== void 0) return trouble(complaints[0]);
            return { kind: "none", reason: `the Actions cache has no entry that begins with ${keys.at(-1)}` };
        }
      }).catch((thrown) => trouble(messageOf(thrown)));
    },
    async save(key, bytes, signal) {
      if (!available) return failed(NO_SERVICE);
      return await inFolder(signal, async (folder, call) => {
        await writeFile(join(folder, ENTRY_FILE), bytes);
        const { reply, complaints } = await call({ call: "save", folder, key });
        switch (reply.kind) {
          case "saved":
            return complaints[0] === void 0 ? { kind: "saved" } : failed(complaints[0]);
          case "unavailable":
            return failed(NO_SERVICE);
          case "threw":
            return failed(reply.message);
          case "too-large":
            throw new Error("the snapshot is larger than the Actions cache is given");
          default:
            if (complaints.some((complaint) => ALREADY_THERE.test(complaint))) return { kind: "exists" };
            return failed(complaints[0] ?? "the Actions cache did not take it");
        }
      }).catch((thrown) => failed(messageOf(thrown)));
    }
  };
}
async function readEntry(folder, key) {
  const file = join(folder, ENTRY_FILE);
  const found = await lstat(file).catch(() => void 0);
  if (found === void 0) return trouble(`the archive that came for ${key} does not hold an entry`);
  if (!found.isFile()) return trouble(`the archive that came for ${key} holds something else than a file`);
  if (found.size > MAX_ENTRY_BYTES) return trouble(TOO_LARGE);
  return { kind: "found", key, bytes: await readFile(file) };
}
function noService() {
  return { kind: "none", why: "no-service", reason: NO_SERVICE };
}
function trouble(reason) {
  return { kind: "none", why: "trouble", reason: firstLine(reason) };
}
function failed(reason) {
  return { kind: "failed", reason: firstLine(reason) };
}
function firstLine(text) {
  return (text.split("\n", 1)[0] ?? "").replace(/\.$/, "");
}
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

// src/action.ts
var { join: join2, resolve } = globalThis.process.getBuiltinModule("node:path");
var loadPublishing = () => import("./publish.js");
async function run() {
  const environment = systemEnvironment();
  const { variables, workingDirectory } = environment;
  const { mask, redact } = openRedaction(setSecret);
  const repositoryRoot = variables["GITHUB_WORKSPACE"] || workingDirectory;
  const temporaryDirectory = variables["RUNNER_TEMP"] || process.getBuiltinModule("node:os").tmpdir();
  const read = (name) => getInput(name, { trimWhitespace: false });
  const given = Object.keys(variables).flatMap((name) => /^INPUT_(.+)$/i.exec(name)?.[1] ?? []);
  const reading = readSettings(read, given);
  const { reportDirectory, commentToken, cache } = reading.settings;
  if (commentToken !== void 0) mask(commentToken);
  delete process.env["INPUT_GITHUB-TOKEN"];
  const publication = { workingDirectory, redact, variables, reportDirectory, commentToken };
  const log = {
    // A server's or a plugin's words may be among them: they must not become commands to the runner.
    line: (message) => info(logLine(redact(message))),
    debug: (message) => debug(redact(message))
  };
  const store = openActionsStore({ environment, log });
  if (cache.mode !== "off" && reading.problems.length === 0) store.prepare?.();
  const loadingGate = import("./gate.js");
  const world = {
    environment,
    clock: systemClock,
    log,
    secrets: { mask, redact, idToken: (audience) => getIDToken(audience) },
    store,
    repositoryRoot,
    kubectlOwnCacheDirectory: variables["KUBECACHEDIR"] || join2(environment.homeDirectory, ".kube", "cache"),
    kubectlCacheDirectory: resolve(variables["KUBECACHEDIR"] || join2(temporaryDirectory, "kube-api-gate-kube-cache")),
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
  const { runGate } = await loadingGate;
  const outcome = await runGate(reading, world);
  return await endProcess(outcome === "compatible" ? 0 : 1);
}
export {
  run
};
