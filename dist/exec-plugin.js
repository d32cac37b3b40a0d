import {
  GateError,
  headerValue,
  isSendable,
  maskPrivateKey,
  maskSecret,
  readClientCertificate,
  readJsonOrYaml,
  toPlain
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/cluster/credentials/exec-command.ts
var { accessSync, constants, statSync } = globalThis.process.getBuiltinModule("node:fs");
function findCommand(command, environment) {
  const windows = environment.platform === "win32";
  const path = windows ? process.getBuiltinModule("node:path").win32 : process.getBuiltinModule("node:path").posix;
  const names = windows ? windowsNames(command, environment) : [command];
  const folders = /[/\\]/.test(command) && (windows || command.includes("/")) ? [""] : searchFolders(environment, path.delimiter).filter(path.isAbsolute);
  let refused;
  for (const folder of folders) {
    for (const name of names) {
      const candidate = folder === "" ? name : path.join(folder, name);
      const state = examine(candidate, windows);
      if (state === "executable")
        return isScript(candidate, windows) ? { kind: "script", path: candidate } : { kind: "found", path: candidate };
      if (state === "not-executable") refused ??= candidate;
    }
  }
  return refused === void 0 ? { kind: "missing" } : { kind: "not-executable", path: refused };
}
function searchFolders(environment, delimiter) {
  const { variables } = environment;
  const key = Object.keys(variables).find(
    (name) => (environment.platform === "win32" ? name.toUpperCase() : name) === "PATH"
  );
  return key === void 0 ? [] : (variables[key] ?? "").split(delimiter);
}
function windowsNames(command, environment) {
  const extensions = (environment.variables["PATHEXT"] || ".COM;.EXE;.BAT;.CMD").split(";").filter((extension) => extension !== "");
  const complete = extensions.some((extension) => command.toUpperCase().endsWith(extension.toUpperCase()));
  return complete ? [command] : extensions.map((extension) => `${command}${extension.toLowerCase()}`);
}
function isScript(path, windows) {
  return windows && /\.(?:bat|cmd)$/i.test(path);
}
function examine(path, windows) {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === void 0) return "absent";
    if (status.isDirectory()) return "not-executable";
    if (!windows) accessSync(path, constants.X_OK);
    return "executable";
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EACCES" ? "not-executable" : "absent";
  }
}

// src/cluster/credentials/exec-credential.ts
function execInfo(config, server, interactive) {
  const cluster = config.provideClusterInfo ? { cluster: execCluster(server) } : {};
  return JSON.stringify({ kind: "ExecCredential", apiVersion: config.apiVersion, spec: { ...cluster, interactive } });
}
function execCluster(server) {
  const { certificateAuthorityText } = server;
  return {
    server: server.server.href.replace(/\/$/, ""),
    ...server.tlsServerName === void 0 ? {} : { "tls-server-name": server.tlsServerName },
    ...server.insecureSkipTlsVerify ? { "insecure-skip-tls-verify": true } : {},
    ...certificateAuthorityText === "" ? {} : { "certificate-authority-data": Buffer.from(certificateAuthorityText, "utf8").toString("base64") },
    ...server.proxyUrl === void 0 ? {} : { "proxy-url": server.proxyUrl },
    ...server.disableCompression ? { "disable-compression": true } : {},
    config: server.execConfig
  };
}
function readExecCredential(output, apiVersion, mask) {
  const read = readJsonOrYaml(Buffer.from(output));
  const document = read.kind === "document" && read.root !== void 0 ? toPlain(read.root) : void 0;
  if (!isObject(document))
    return bad(output.trim() === "" ? "printed nothing" : "did not print an ExecCredential in JSON");
  const status = isObject(document["status"]) ? document["status"] : void 0;
  const token = textOf(status?.["token"]);
  const cert = textOf(status?.["clientCertificateData"]);
  const key = textOf(status?.["clientKeyData"]);
  if (typeof token === "string") mask.token(token);
  if (typeof key === "string") mask.key(key);
  const kind = textOf(document["kind"]);
  if (kind !== "" && kind !== "ExecCredential") return bad("printed something that is not an ExecCredential");
  if (document["apiVersion"] !== apiVersion) {
    return bad(`answered in another apiVersion than it was asked in (${apiVersion})`);
  }
  if (status === void 0) return bad("printed an ExecCredential without a status");
  if (token === void 0 || cert === void 0 || key === void 0)
    return bad("printed a status with a field that is not a string");
  if (token === "" && cert === "" && key === "") return bad("printed neither a token nor a certificate");
  if (cert === "" !== (key === ""))
    return bad(`printed a ${cert === "" ? "key without a certificate" : "certificate without a key"}`);
  if (!isSendable(token)) return bad("printed a token with a line break or another control character");
  const expiresAt = expiryOf(status["expirationTimestamp"]);
  if (expiresAt === "bad") return bad("printed an expirationTimestamp that is not a time (RFC 3339)");
  const certificate = cert === "" ? void 0 : readClientCertificate(cert, key);
  if (certificate?.kind === "bad")
    return bad(`printed a client certificate that cannot be used: ${certificate.reason}`);
  return {
    kind: "credential",
    credential: {
      expiresAt,
      ...token === "" ? {} : { authorization: `Bearer ${headerValue(token)}` },
      ...certificate === void 0 ? {} : { certificate: { cert: certificate.value.cert, key: certificate.value.key } }
    },
    expiresAt
  };
}
function expiryOf(value) {
  if (value === void 0 || value === null) return void 0;
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(value))
    return "bad";
  const time = Date.parse(value);
  return Number.isNaN(time) ? "bad" : time;
}
function textOf(value) {
  if (value === void 0 || value === null) return "";
  return typeof value === "string" ? value : void 0;
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function bad(reason) {
  return { kind: "bad", reason };
}

// src/cluster/credentials/process-family.ts
var { readdirSync, readFileSync } = globalThis.process.getBuiltinModule("node:fs");
function familyOf(pid) {
  const all = processes();
  const family = /* @__PURE__ */ new Set([pid]);
  for (let grown = -1; grown !== family.size; ) {
    grown = family.size;
    for (const kin of all) if (family.has(kin.parent) || kin.session === pid) family.add(kin.pid);
  }
  family.delete(pid);
  return [...family];
}
function processes() {
  let names;
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
      return [{ pid: Number(name), parent: Number(fields[1]), session: Number(fields[3]) }];
    } catch {
      return [];
    }
  });
}

// src/cluster/credentials/exec-process.ts
var GRACE_MS = 200;
var LINGER_MS = 1e3;
async function runProcess(options) {
  if (options.signal.aborted) return { kind: "aborted", output: "" };
  const { spawn } = process.getBuiltinModule("node:child_process");
  const ownGroup = !options.windows && !options.interactive;
  let child;
  try {
    child = spawn(options.path, [...options.args], {
      env: options.env,
      cwd: options.workingDirectory,
      stdio: options.interactive ? ["inherit", "pipe", "inherit"] : ["ignore", "pipe", "pipe"],
      detached: ownGroup,
      shell: false,
      windowsHide: true
    });
  } catch (error) {
    return { kind: "not-started", error };
  }
  return await watch(child, ownGroup, options);
}
async function watch(child, ownGroup, options) {
  const { promise, resolve } = Promise.withResolvers();
  const timers = [];
  let stopping = false;
  const family = /* @__PURE__ */ new Set();
  const send = (signal) => {
    if (child.pid !== void 0) for (const pid of familyOf(child.pid)) family.add(pid);
    endGroup(child, ownGroup, options.windows, signal);
    for (const pid of family) endProcess(pid, signal);
  };
  const stop = (end) => {
    stopping = true;
    send("SIGTERM");
    const timer = setTimeout(() => {
      send("SIGKILL");
      resolve(end);
    }, GRACE_MS);
    timers.push(timer);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.once("exit", () => {
      send("SIGKILL");
      resolve(end);
    });
  };
  const output = collect(child.stdout, options.mostBytes, () => stop({ kind: "too-much-output", output: output() }));
  const flushLines = splitLines(child.stderr, options.onErrorLine);
  const onAbort = () => stop({ kind: "aborted", output: output() });
  options.signal.addEventListener("abort", onAbort, { once: true });
  const forget = endWithThisProcess(() => send("SIGKILL"));
  const ended = (code, by) => code === null ? { kind: "killed", by: by ?? "a signal", output: output() } : { kind: "exited", code, output: output() };
  child.once("error", (error) => resolve({ kind: "not-started", error }));
  child.once("close", (code, by) => {
    if (!stopping) resolve(ended(code, by));
  });
  child.once("exit", (code, by) => {
    const timer = setTimeout(() => {
      if (!stopping) resolve(ended(code, by));
    }, LINGER_MS);
    timers.push(timer);
  });
  try {
    return await promise;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    options.signal.removeEventListener("abort", onAbort);
    forget();
    flushLines();
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.unref();
  }
}
function endGroup(child, ownGroup, windows, signal) {
  const { pid } = child;
  if (pid === void 0) return;
  try {
    if (ownGroup) process.kill(-pid, signal);
    else if (!windows || !endTree(pid)) child.kill(signal);
  } catch {
  }
}
function endProcess(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
  }
}
function endTree(pid) {
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  return spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { windowsHide: true }).status === 0;
}
var running = /* @__PURE__ */ new Set();
function endRunning() {
  for (const end of running) end();
}
function onSignal(signal) {
  endRunning();
  if (process.listenerCount(signal) > 1) return;
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
}
function endWithThisProcess(end) {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  if (running.size === 0) {
    for (const signal of signals) process.on(signal, onSignal);
    process.on("exit", endRunning);
  }
  running.add(end);
  return () => {
    running.delete(end);
    if (running.size > 0) return;
    for (const signal of signals) process.removeListener(signal, onSignal);
    process.removeListener("exit", endRunning);
  };
}
function collect(stream, mostBytes, onTooMuch) {
  const chunks = [];
  let bytes = 0;
  stream?.on("data", (chunk) => {
    if (bytes > mostBytes) return;
    chunks.push(chunk.subarray(0, mostBytes - bytes));
    bytes += chunk.length;
    if (bytes > mostBytes) onTooMuch();
  });
  stream?.on("error", () => void 0);
  return () => Buffer.concat(chunks).toString("utf8");
}
var LONGEST_LINE = 8192;
var LEFT_OUT = `(a line of more than ${LONGEST_LINE} characters, left out)`;
function splitLines(stream, onLine) {
  let rest = "";
  let skipping = false;
  const tell = (line) => {
    if (!skipping) onLine(line.length > LONGEST_LINE ? LEFT_OUT : line);
    skipping = false;
  };
  stream?.setEncoding("utf8");
  stream?.on("data", (text) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) tell(line);
    if (skipping || rest.length > LONGEST_LINE) {
      tell(rest);
      skipping = true;
      rest = "";
    }
  });
  stream?.on("error", () => void 0);
  return () => {
    if (rest !== "") tell(rest);
    rest = "";
  };
}

// src/cluster/credentials/plugin-words.ts
var KNOWN = /^(?:ExecCredential|client\.authentication\.k8s\.io\/v\w+|clientCertificateData|clientKeyData|expirationTimestamp|accessToken|apiVersion|interactive)$/;
var SHORTEST = 8;
function secretsIn(output) {
  const words = output.split(/[\s"'`{}[\](),;]+/).flatMap((word) => [word, ...word.split(/[:=]/)]);
  return [...new Set(words)].filter(
    (word) => word.length >= SHORTEST && !KNOWN.test(word) && !/^[A-Za-z]{1,19}[:.!?]?$/.test(word)
  );
}
function withoutTokens(line) {
  return line.replace(/[^\s"'`{}[\](),;<>|]{16,}/g, (word) => {
    const [, before = "", rest = word] = /^(.*[=:])?(.*)$/s.exec(word) ?? [];
    if (/:\/\/|^[~.]?\/|^--?\w|\\/.test(word)) return word;
    const core = rest.length >= 16 ? rest : word;
    if (!/\d/.test(core) || !/[A-Za-z]/.test(core) || isHost(core)) return word;
    return core === word ? "***" : `${before}***`;
  });
}
function isHost(word) {
  return /^(?:[\w-]+\.){2,}[a-z]{2,}\.?(?::\d+)?$/.test(word) && !word.startsWith("eyJ");
}

// src/cluster/credentials/exec-plugin.ts
var MOST_OUTPUT = 1024 * 1024;
var MOST_ERROR_CHARACTERS = 64 * 1024;
function execCredentials(config, server, world) {
  let acquired;
  let acquiring;
  const acquire = async (signal) => {
    acquiring ??= runPlugin(config, server, world, signal).finally(() => {
      acquiring = void 0;
    });
    acquired = await acquiring;
    return acquired.credential;
  };
  return {
    current: async (signal) => {
      const valid = acquired !== void 0 && (acquired.expiresAt === void 0 || world.clock.now() <= acquired.expiresAt);
      return valid && acquired !== void 0 ? acquired.credential : await acquire(signal);
    },
    refresh: async (signal) => {
      const before = acquired?.credential;
      const after = await acquire(signal);
      return before !== void 0 && sameCredential(before, after) ? void 0 : after;
    }
  };
}
function sameCredential(left, right) {
  return left.authorization === right.authorization && left.certificate?.cert === right.certificate?.cert && left.certificate?.key === right.certificate?.key;
}
async function runPlugin(config, server, world, signal) {
  const { environment, secrets } = world;
  const interactive = decideInteractive(config, environment.interactive);
  const path = locate(config, world);
  const errorLines = errorLog(config.command, world);
  const end = await runProcess({
    path,
    args: config.args,
    env: pluginEnvironment(config, server, world, interactive),
    interactive,
    windows: environment.platform === "win32",
    workingDirectory: environment.workingDirectory,
    mostBytes: MOST_OUTPUT,
    onErrorLine: errorLines.add,
    signal
  });
  const name = `The exec plugin \`${config.command}\``;
  const answer = "output" in end ? readExecCredential(end.output, config.apiVersion, {
    token: (token) => maskSecret(token, secrets),
    key: (pem) => maskPrivateKey(pem, secrets)
  }) : void 0;
  const said = errorLines.print("output" in end ? end.output : "", answer?.kind === "credential");
  switch (end.kind) {
    case "exited":
      break;
    case "aborted":
      throw new GateError("unreachable", "exec-timeout", `${name} did not print credentials in time, and was ended`, {
        hint: "It may be waiting for an answer from a person or from a service. Try it by hand without a terminal, or raise `timeout`.",
        cause: signal.reason
      });
    case "too-much-output":
      throw unusable(name, `printed more than ${MOST_OUTPUT} bytes, and was ended`);
    case "killed":
      throw new GateError("invalid-input", "exec-failed", `${name} was ended by ${end.by}`, { hint: failedHint(said) });
    case "not-started":
      throw new GateError(
        "invalid-input",
        "exec-not-started",
        `${name} could not be started: ${startError(end.error)}`,
        {
          hint: "Check that the file is a program for this runner, and that the interpreter in its first line exists."
        }
      );
  }
  if (end.code !== 0) {
    throw new GateError("invalid-input", "exec-failed", `${name} failed with exit code ${end.code}`, {
      hint: failedHint(said)
    });
  }
  if (answer === void 0 || answer.kind === "bad") throw unusable(name, answer?.reason ?? "printed nothing");
  return answer;
}
function failedHint(said) {
  const why = said ? "What it wrote to standard error stands above." : "It wrote nothing to standard error.";
  return `${why} A step that signs in to the provider (for example aws-actions/configure-aws-credentials, google-github-actions/auth or azure/login) must come before this one.`;
}
function unusable(name, reason) {
  return new GateError("invalid-input", "exec-output", `${name} ${reason}`, {
    hint: "The apiVersion in the kubeconfig and the version of the plugin must fit together; updating the plugin and writing the kubeconfig again usually fixes it."
  });
}
function decideInteractive(config, terminal) {
  switch (config.interactiveMode) {
    case "Never":
      return false;
    case "Always":
      if (terminal) return true;
      throw new GateError(
        "invalid-input",
        "exec-interactive",
        `The exec plugin \`${config.command}\` wants to ask a person (interactiveMode: Always), and there is no terminal`,
        {
          hint: "Use a way to sign in that needs nobody: a service account, workload identity, or the input `oidc-audience`."
        }
      );
    default:
      return terminal;
  }
}
function locate(config, { environment }) {
  const found = findCommand(config.command, environment);
  const name = `The exec plugin \`${config.command}\``;
  switch (found.kind) {
    case "found":
      return found.path;
    case "missing": {
      const asked = printable(config.installHint).replace(/\s+/g, " ").trim();
      const told = asked === "" ? "" : ` The kubeconfig says: ${asked}`;
      const bare = config.command.split(/[/\\]/).at(-1) ?? "";
      const isPath = bare !== config.command;
      throw new GateError(
        "invalid-input",
        "exec-not-found",
        `${name} ${isPath ? "does not exist on this runner" : "was not found in PATH"}`,
        {
          hint: isPath ? `The kubeconfig names the plugin by a path of the machine that wrote it. Install it in an earlier step and write \`command: ${bare}\`, which is looked up in PATH, or write the kubeconfig on the runner.${told}` : `Install it in an earlier step, so that it is in PATH.${told}`
        }
      );
    }
    case "not-executable":
      throw new GateError("invalid-input", "exec-not-executable", `${name} is not executable (${found.path})`, {
        hint: "Make the file executable with `chmod +x`, or name the program itself."
      });
    case "script":
      throw new GateError(
        "invalid-input",
        "exec-script",
        `${name} is a Windows script (${found.path}), which only a shell can run`,
        {
          hint: "Name an .exe: scripts are not run, because a shell would read the arguments as commands."
        }
      );
  }
}
function pluginEnvironment(config, server, { environment }, interactive) {
  const added = Object.fromEntries(config.env.map(({ name, value }) => [name, value]));
  const inherited = Object.entries(environment.variables).filter(
    ([name]) => !/^(?:INPUT_.*|ACTIONS_RUNTIME_TOKEN)$/i.test(name)
  );
  return { ...Object.fromEntries(inherited), ...added, KUBERNETES_EXEC_INFO: execInfo(config, server, interactive) };
}
function errorLog(command, { log, secrets }) {
  const name = process.getBuiltinModule("node:path").basename(command);
  const held = [];
  let characters = 0;
  let dropped = 0;
  const print = (line) => log.line(`${name}: ${printable(line).trimEnd()}`);
  return {
    add: (line) => {
      characters += line.length + 1;
      if (characters > MOST_ERROR_CHARACTERS) dropped += 1;
      else held.push(line);
    },
    /**
     * Prints it without what `output` holds; where that could not be read, without whatever looks like a token either.
     *
     * @returns whether there was anything to print
     */
    print: (output, isRead) => {
      const hidden = secretsIn(output).toSorted((left, right) => right.length - left.length);
      for (const line of held) {
        const clean = hidden.reduce((text, secret) => text.replaceAll(secret, "***"), secrets.redact(line));
        print(isRead ? clean : withoutTokens(clean));
      }
      if (dropped > 0) log.line(`${name}: (${dropped} more lines left out)`);
      return held.length + dropped > 0;
    }
  };
}
function printable(text) {
  return text.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, (character) => {
    if (/\s/.test(character)) return character;
    return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}
function startError(error) {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}
export {
  execCredentials
};
