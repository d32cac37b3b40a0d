import {
  print,
  printError
} from "./shared-summary.js";
import {
  writeAtomically
} from "./shared-atomic-file.js";
import {
  MAX_ENTRY_BYTES
} from "./shared-snapshot-store.js";
import {
  runGate
} from "./shared-connection.js";
import {
  INPUTS,
  endProcess,
  logLine,
  openRedaction,
  readSettings,
  speller,
  systemClock,
  systemEnvironment
} from "./shared-cluster-inputs.js";
import "./shared-runtime.js";

// src/cache/directory-store.ts
var KEPT_MS = 7 * 24 * 60 * 60 * 1e3;
var ENTRY_NAME = /^kube-api-gate-[A-Za-z0-9._-]{1,200}$/;
function openDirectoryStore(options) {
  const { directory } = options;
  return {
    name: "cache directory",
    async restore(keys) {
      try {
        const key = await bestMatch(directory, keys);
        if (key === void 0) return none(`${directory} has no entry that begins with ${keys.at(-1)}`);
        return await readEntry(directory, key);
      } catch (thrown) {
        return none(`${directory} cannot be read: ${messageOf(thrown)}`);
      }
    },
    async save(key, bytes) {
      const { join } = process.getBuiltinModule("node:path");
      if (!ENTRY_NAME.test(key)) return { kind: "failed", reason: `${JSON.stringify(key)} is no name for an entry` };
      try {
        await writeAtomically(join(directory, key), bytes, { fileMode: 384, directoryMode: 448 });
      } catch (thrown) {
        return { kind: "failed", reason: `${directory} cannot be written: ${messageOf(thrown)}` };
      }
      await removeOld(directory, key).catch(() => void 0);
      return { kind: "saved" };
    }
  };
}
async function bestMatch(directory, keys) {
  const { readdir } = process.getBuiltinModule("node:fs/promises");
  const names = await readdir(directory).catch((thrown) => {
    if (thrown.code === "ENOENT") return [];
    throw thrown;
  });
  const entries = names.filter((name) => ENTRY_NAME.test(name) && name.endsWith("-"));
  for (const key of keys) {
    const matching = entries.includes(key) ? [key] : entries.filter((name) => name.startsWith(key));
    if (matching.length > 0) return await newest(directory, matching);
  }
  return void 0;
}
async function newest(directory, names) {
  const { stat } = process.getBuiltinModule("node:fs/promises");
  const { join } = process.getBuiltinModule("node:path");
  const times = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(directory, name)).catch(() => void 0);
      return { name, time: found?.mtimeMs ?? 0 };
    })
  );
  return times.sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1))[0]?.name;
}
async function readEntry(directory, key) {
  const { lstat, readFile } = process.getBuiltinModule("node:fs/promises");
  const { join } = process.getBuiltinModule("node:path");
  const file = join(directory, key);
  const found = await lstat(file);
  if (!found.isFile()) return none(`${file} is not a file`);
  if (found.size > MAX_ENTRY_BYTES) return none(`${file} is ${found.size} bytes long`);
  return { kind: "found", key, bytes: await readFile(file) };
}
async function removeOld(directory, written) {
  const { readdir, rm, stat } = process.getBuiltinModule("node:fs/promises");
  const { join } = process.getBuiltinModule("node:path");
  const { mtimeMs: now } = await stat(join(directory, written));
  for (const name of await readdir(directory)) {
    if (!ENTRY_NAME.test(name)) continue;
    const file = join(directory, name);
    const { mtimeMs } = await stat(file);
    if (mtimeMs < now - KEPT_MS) await rm(file, { force: true });
  }
}
function none(reason) {
  return { kind: "none", reason };
}
function messageOf(thrown) {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

// src/terminal/terminal.ts
var { parseArgs } = globalThis.process.getBuiltinModule("node:util");
var EXIT_CODES = {
  compatible: 0,
  incompatible: 1,
  "invalid-input": 2,
  undetermined: 3,
  unreachable: 4,
  denied: 5,
  "internal-error": 70
};
var usage = () => `Usage: kube-api-gate [options] [requirement...]

Asks a Kubernetes cluster which APIs it serves, and fails when one that is required is missing.

  kube-api-gate apps/v1 'batch/v1/CronJob verbs=create'
  kube-api-gate --manifests 'deploy/**/*.yaml' --context prod

Options (each may be given more than once; each time adds a line):
${INPUTS.map(({ name, description, default: value }) => `  --${name}${value ? ` (default: ${value})` : ""}
      ${description}`).join("\n")}
  --debug
      Say what is asked and how it is answered.
  --help
      This text.

Exit codes: ${Object.entries(EXIT_CODES).map(([outcome, code]) => `${code} ${outcome}`).join(", ")}.`;
function argumentsOf(args) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(INPUTS.map(({ name }) => [name, { type: "string", multiple: true }])),
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" }
      }
    });
    if (values["help"] === true) return { kind: "help" };
    const given = values;
    const lines = (name) => [given[name] ?? []].flat().map(String);
    const defaults = new Map(INPUTS.map(({ name, default: value }) => [name, value]));
    const read = (name) => {
      const all = name === "require" ? [...lines(name), ...positionals] : lines(name);
      return all.length === 0 ? defaults.get(name) ?? "" : all.join("\n");
    };
    return { kind: "run", read, debug: values["debug"] === true };
  } catch (thrown) {
    const { code, message } = thrown;
    return { kind: "wrong", message: code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && unknownOption(args) || message };
  }
}
function unknownOption(args) {
  const names = [...INPUTS.map(({ name }) => name), "debug", "help"];
  const options = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length).map(optionName);
  const unknown = options.find((name) => name !== void 0 && !names.includes(name));
  if (unknown === void 0) return void 0;
  const [nearest] = speller(names)(unknown);
  return `There is no option --${unknown}.${nearest === void 0 ? "" : ` Did you mean --${nearest}?`}`;
}
function optionName(argument) {
  return /^--([A-Za-z][\w-]*)(?:=|$)/.exec(argument)?.[1];
}
async function runTerminal() {
  const { argv, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on("error", () => void 0);
  const given = argumentsOf(argv.slice(2));
  if (given.kind === "help") {
    stdout.write(`${usage()}
`);
    await endProcess(0);
  } else if (given.kind === "wrong") {
    stderr.write(`${given.message}
See kube-api-gate --help.
`);
    await endProcess(EXIT_CODES["invalid-input"]);
  } else {
    const environment = systemEnvironment();
    const { variables, workingDirectory, homeDirectory } = environment;
    const { join } = process.getBuiltinModule("node:path");
    const { mask, redact } = openRedaction(() => void 0);
    const line = (text) => void stdout.write(`${redact(text)}
`);
    const note = (text) => void stderr.write(`${logLine(redact(text))}
`);
    const reading = readSettings(given.read);
    const printing = { workingDirectory, redact, line, reportDirectory: reading.settings.reportDirectory };
    const world = {
      environment,
      clock: systemClock,
      log: { line: note, debug: given.debug ? note : () => void 0 },
      secrets: {
        mask,
        redact,
        idToken: () => Promise.reject(new Error("a GitHub OIDC token can only be had inside a GitHub Actions job"))
      },
      store: openDirectoryStore({
        directory: join(variables["XDG_CACHE_HOME"] || join(homeDirectory, ".cache"), "kube-api-gate", "snapshots")
      }),
      repositoryRoot: workingDirectory,
      kubectlCacheDirectory: variables["KUBECACHEDIR"] || join(homeDirectory, ".kube", "cache"),
      exportVariable: () => void 0,
      publisher: {
        prepare: async () => void 0,
        verdict: (verdict) => print(verdict, printing),
        error: (error) => printError(error, printing)
      }
    };
    const outcome = await runGate(reading, world);
    await endProcess(EXIT_CODES[outcome]);
  }
}
export {
  runTerminal
};
