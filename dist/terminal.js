import {
  print,
  printError
} from "./shared-summary.js";
import "./shared-phrases.js";
import {
  GateError,
  INPUTS,
  endProcess,
  legible,
  logLine,
  openRedaction,
  readSettings,
  runGate,
  speller,
  systemClock,
  systemEnvironment,
  toGateError
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/terminal/arguments.ts
var { parseArgs } = globalThis.process.getBuiltinModule("node:util");
var FORMATS = ["text", "json", "junit", "sarif", "markdown"];
var LISTS = /* @__PURE__ */ new Set([
  "require",
  "manifests",
  "allow-unparsable",
  "context",
  "snapshots",
  "reports",
  "compare",
  "expect-clusters",
  "provides"
]);
var COMMAND_DEFAULTS = { "kubectl-cache": "use" };
var SHORT = { require: "r", manifests: "f", context: "c", kubeconfig: "k" };
function shortOption(name) {
  return Object.hasOwn(SHORT, name) ? SHORT[name] : void 0;
}
var OWN_OPTIONS = {
  output: { type: "string", short: "o", multiple: true },
  debug: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  "help-all": { type: "boolean" },
  version: { type: "boolean", short: "V" }
};
var names = [...INPUTS.map(({ name }) => name), ...Object.keys(OWN_OPTIONS)];
function readArguments(args, kindOf) {
  try {
    return decide(args, kindOf);
  } catch (thrown) {
    const { code, message } = thrown;
    return { kind: "wrong", message: code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && unknownOption(args) || message };
  }
}
function decide(args, kindOf) {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    allowPositionals: true,
    tokens: true,
    options: { ...inputOptions(), ...OWN_OPTIONS }
  });
  if (values["help-all"] === true) return { kind: "help", all: true };
  if (values["help"] === true) return { kind: "help", all: false };
  if (values["version"] === true) return { kind: "version" };
  const expanded = expandedPattern(tokens, kindOf);
  if (expanded !== void 0) return { kind: "wrong", message: expanded };
  const { manifests, requirements, ambiguous } = sort(positionals, kindOf);
  if (ambiguous !== void 0) {
    return {
      kind: "wrong",
      message: `${ambiguous} is a requirement, and also a folder here. Write -r ${ambiguous} or ./${ambiguous}.`
    };
  }
  const format = (values["output"] ?? ["text"]).at(-1);
  const known = FORMATS.find((each) => each === format);
  if (known === void 0) {
    return { kind: "wrong", message: `--output takes ${FORMATS.join(", ")}, not ${JSON.stringify(format)}.` };
  }
  const given = values;
  const files = [...textsOf(given["manifests"]), ...manifests];
  const piped = files.filter((path) => isPiped(path, kindOf));
  const lists = {
    require: [...textsOf(given["require"]), ...requirements],
    manifests: files.filter((path) => !piped.includes(path))
  };
  const read = (name) => {
    const texts = lists[name] ?? textsOf(given[name]);
    return LISTS.has(name) ? texts.join("\n") : texts.at(-1) ?? COMMAND_DEFAULTS[name] ?? "";
  };
  return { kind: "run", read, debug: values["debug"] === true, format: known, piped };
}
function inputOptions() {
  return Object.fromEntries(
    INPUTS.map(({ name }) => {
      const short = shortOption(name);
      return [
        name,
        short === void 0 ? { type: "string", multiple: true } : { type: "string", multiple: true, short }
      ];
    })
  );
}
function textsOf(value) {
  return Array.isArray(value) ? value.map(String) : [];
}
function isPiped(path, kindOf) {
  return path === "-" || kindOf(path) === "pipe";
}
var LIKE_PATH = /^(?:\.{0,2}\/|\.{1,2}$|~)|\/$|\.(?:ya?ml|json)$|^!.*[*?[]|\*\*/i;
function sort(positionals, kindOf) {
  const sorted = { manifests: [], requirements: [] };
  for (const each of positionals) {
    const exists = kindOf(each) !== "nothing";
    if (exists && /^[\w.-]+\/v\d+(?:(?:alpha|beta)\d+)?$|^v\d+$/.test(each)) sorted.ambiguous ??= each;
    if (each === "-" || exists || LIKE_PATH.test(each)) sorted.manifests.push(each);
    else sorted.requirements.push(each);
  }
  return sorted;
}
function expandedPattern(tokens, kindOf) {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "option" || token.name !== "manifests" || typeof token.value !== "string") continue;
    const next = tokens[index + 1];
    if (next?.kind !== "positional" || typeof next.value !== "string") continue;
    if (kindOf(token.value) !== "file" || kindOf(next.value) !== "file") continue;
    return `--manifests takes one value, and ${next.value} follows it: the shell has expanded a pattern. Quote the pattern: --manifests 'deploy/**/*.yaml'.`;
  }
  return void 0;
}
function unknownOption(args) {
  const options = args.slice(0, args.includes("--") ? args.indexOf("--") : args.length).map(optionName);
  const unknown = options.find((name) => name !== void 0 && !names.includes(name));
  if (unknown === void 0) return void 0;
  const [nearest] = speller(names)(unknown);
  return `Unknown option --${unknown}.${nearest === void 0 ? "" : ` Did you mean --${nearest}?`}`;
}
function optionName(argument) {
  return /^--([A-Za-z][\w-]*)(?:=|$)/.exec(argument)?.[1];
}

// src/terminal/help.ts
var EXIT_CODES = {
  compatible: 0,
  incompatible: 1,
  "invalid-input": 2,
  undetermined: 3,
  unreachable: 4,
  denied: 5,
  "internal-error": 70
};
var WIDTH = 100;
var INDENT = 6;
var ESSENTIAL = [
  "require",
  "manifests",
  "server-version",
  "kubeconfig",
  "context",
  "fields",
  "fail-on",
  "target-version",
  "report-directory"
];
var TOPICS = [
  ["What the change needs", ["require", "manifests", "allow-unparsable", "server-version", "provides", "fields"]],
  [
    "Which cluster",
    [
      "kubeconfig",
      "context",
      "server",
      "certificate-authority-data",
      "token",
      "oidc-audience",
      "cluster",
      "expect-server"
    ]
  ],
  ["What fails", ["fail-on", "target-version", "exemptions", "baseline", "update-baseline"]],
  ["Cache and time", ["cache", "cache-ttl", "cache-schemas", "kubectl-cache", "timeout", "wait"]],
  [
    "Snapshots and fleets",
    ["save-snapshots", "snapshots", "snapshot-max-age", "compare", "reports", "expect-clusters"]
  ],
  ["Reports", ["report-directory"]]
];
var USAGE = `Usage: kube-api-gate [options] [file | folder | requirement ...]

Asks a Kubernetes cluster which APIs it serves, and fails when one that is required is missing.

  kube-api-gate deploy/                           every manifest below deploy/
  helm template . | kube-api-gate -               what a chart renders
  kube-api-gate apps/v1 'batch/v1/CronJob verbs=create'
  kube-api-gate deploy/ -r apps/v1 --context prod --output json
  kube-api-gate diff old.json new.json            what changed between two snapshots of a cluster
`;
var START = `kube-api-gate needs to know what to look for: manifests, or requirements.

  kube-api-gate deploy/             every manifest below deploy/, on your current context
  kube-api-gate apps/v1             one group-version
  helm template . | kube-api-gate - what a chart renders

See kube-api-gate --help.`;
function helpText(all) {
  const options = all ? everyTopic() : [...ESSENTIAL.flatMap(optionLines), "", "See --help-all for all options."];
  return [
    USAGE,
    ...all ? [] : ["Options:"],
    ...options,
    "",
    ...all ? ["Output"] : [],
    ...ownOption(`-o, --output ${FORMATS.join("|")}`, "What goes to standard output; the log goes to standard error."),
    ...ownOption("--debug", "Say what is asked and how it is answered."),
    ...ownOption("-h, --help, --help-all", "This text; every option."),
    ...ownOption("-V, --version", "The version of kube-api-gate."),
    "",
    ...wrapped(
      `Exit codes: ${Object.entries(EXIT_CODES).map(([outcome, code]) => `${code} ${outcome}`).join(", ")}.`,
      0
    )
  ].join("\n");
}
function everyTopic() {
  const listed = new Set(TOPICS.flatMap(([, names3]) => names3));
  const others = INPUTS.map(({ name }) => name).filter((name) => !listed.has(name));
  const topics = others.length === 0 ? TOPICS : [...TOPICS, ["Other", others]];
  return topics.flatMap(([title, names3], index) => [
    ...index === 0 ? [] : [""],
    title,
    ...names3.flatMap(optionLines)
  ]);
}
function optionLines(name) {
  const input = INPUTS.find((each) => each.name === name);
  if (input === void 0) return [];
  const short = shortOption(name);
  const ownDefault = COMMAND_DEFAULTS[name] ?? input.default;
  const standard = ownDefault === "" ? "" : ` (default: ${ownDefault})`;
  return ownOption(`${short === void 0 ? "" : `-${short}, `}--${name}${standard}`, input.description);
}
function ownOption(option, description) {
  return [`  ${option}`, ...wrapped(description, INDENT)];
}
function wrapped(text, indent) {
  const lines = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => " ".repeat(indent) + each);
}

// src/terminal/pipes.ts
var { closeSync, openSync, readSync, statSync } = globalThis.process.getBuiltinModule("node:fs");
var MOST_BYTES = 512 * 1024 * 1024;
var CHUNK_BYTES = 64 * 1024;
var STANDARD_INPUT = 0;
var kindOfPath = (path) => {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return "folder";
    return stats.isFile() ? "file" : "pipe";
  } catch {
    return "nothing";
  }
};
function readPipes(paths) {
  return [...new Set(paths)].map((path) => {
    const isStandardInput = path === "-" || path === "/dev/stdin";
    const named = isStandardInput ? "Standard input" : path;
    const content = readPipe(path, named);
    if (content.toString("latin1").trim() !== "") return { name: isStandardInput ? "<stdin>" : path, content };
    throw new GateError("invalid-input", "pipe-empty", `${named} is empty, so it has nothing to judge.`, {
      hint: "Check the command before the pipe: it printed nothing, or failed. In a script, `set -o pipefail` makes such a failure count."
    });
  });
}
function readPipe(path, name) {
  const chunks = [];
  let length = 0;
  let descriptor;
  try {
    descriptor = path === "-" ? STANDARD_INPUT : openSync(path, "r");
    for (; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readChunk(descriptor, chunk);
      if (count === 0) return Buffer.concat(chunks);
      length += count;
      if (length > MOST_BYTES) throw new Error(`it holds more than ${MOST_BYTES / 1024 / 1024} MiB`);
      chunks.push(chunk.subarray(0, count));
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GateError("invalid-input", "pipe-unreadable", `${name} could not be read: ${reason}`, {
      hint: "Name a file instead, or pipe the manifests in: `helm template . | kube-api-gate -`.",
      cause
    });
  } finally {
    if (descriptor !== void 0 && descriptor !== STANDARD_INPUT) closeSync(descriptor);
  }
}
function readChunk(descriptor, chunk) {
  for (; ; ) {
    try {
      return readSync(descriptor, chunk, 0, chunk.length, null);
    } catch (thrown) {
      const { code } = thrown;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

// src/terminal/progress.ts
var PATIENCE_MS = 1e3;
var STEP_MS = 200;
var FRAMES = ["\u280B", "\u2819", "\u2839", "\u2838", "\u283C", "\u2834", "\u2826", "\u2827", "\u2807", "\u280F"];
var LONGEST = 78;
function openProgress(write, clock) {
  if (write === void 0) return { now: () => void 0, clear: () => void 0, end: () => void 0 };
  let doing = "";
  let began = clock.now();
  let frame = 0;
  let shown = false;
  const clear = () => {
    if (shown) write("\r\x1B[2K");
    shown = false;
  };
  const timer = setInterval(() => {
    const elapsed = clock.now() - began;
    if (doing === "" || elapsed < PATIENCE_MS) return;
    frame = (frame + 1) % FRAMES.length;
    write(`\r\x1B[2K${FRAMES[frame]} ${`${doing} (${Math.floor(elapsed / 1e3)} s)`.slice(0, LONGEST)}`);
    shown = true;
  }, STEP_MS);
  timer.unref();
  return {
    now: (what) => {
      doing = what;
      began = clock.now();
    },
    clear,
    end: () => {
      clearInterval(timer);
      clear();
    }
  };
}

// src/terminal/style.ts
var { styleText } = globalThis.process.getBuiltinModule("node:util");
function wantsColour(variables, isTerminal) {
  const force = variables["FORCE_COLOR"];
  if (force !== void 0 && force !== "") return force !== "0" && force !== "false";
  if (variables["NO_COLOR"] !== void 0 && variables["NO_COLOR"] !== "") return false;
  return isTerminal && variables["TERM"] !== "dumb";
}
var COLOUR_OF_SIGN = {
  "\u2713": "green",
  "+": "green",
  "\u2717": "red",
  "?": "yellow",
  "!": "yellow",
  "~": "gray",
  "\u2192": "cyan"
};
function painter(colour) {
  if (!colour) return (line) => line;
  return (line) => {
    const [, indent = "", sign = "", rest = ""] = /^( *)([✓+✗?!~→])( .*)$/s.exec(line) ?? [];
    if (sign !== "") {
      const painted = styleText(COLOUR_OF_SIGN[sign], sign, { validateStream: false });
      return `${indent}${painted}${rest}`;
    }
    return line === "" || line.startsWith(" ") ? line : styleText("bold", line, { validateStream: false });
  };
}

// src/terminal/wording.ts
var names2 = INPUTS.map(({ name }) => name).sort((left, right) => right.length - left.length);
var NAME = names2.map((name) => name.replaceAll("-", "\\-")).join("|");
var SETTING = new RegExp(`\`(${NAME}): ([^\`\\n]+)\``, "g");
var OF_INPUT = new RegExp(`\\b([Tt]he) input(?= \`(?:${NAME})\`)`, "g");
var QUOTED = new RegExp(`\`(${NAME})\``, "g");
function inOptions(text) {
  return text.replace(SETTING, (_, name, value) => `\`--${name} ${value}\``).replace(OF_INPUT, "$1 option").replace(QUOTED, "`--$1`").replace(/\bthe workspace\b/g, "the working directory").replace(/\bthis runner\b/g, "this machine");
}
var OF_JOBS = /\b(?:A step that\b|secrets?\b|workflows?|pull requests?|forks?|permissions?:|id-token|actions\/checkout)/i;
function hintInOptions(hint) {
  const [advice = "", ...example] = hint.split("\n\n");
  const sentences = advice.split(/(?<=[.!?]) (?=[A-Z`])/);
  const useful = sentences.filter((sentence) => !OF_JOBS.test(sentence));
  const kept = useful.length === 0 ? sentences : useful;
  const isWorkflow = example.some((block) => /^\s*(?:on|jobs|steps):/m.test(block));
  return inOptions([kept.join(" "), ...isWorkflow ? [] : example].join("\n\n"));
}
function optionOf(input) {
  return names2.includes(input) ? `--${input}` : input;
}
var OPTION_WORDS = { text: inOptions, hint: hintInOptions, input: optionOf };

// src/terminal/terminal.ts
var { readFile } = globalThis.process.getBuiltinModule("node:fs/promises");
var { join } = globalThis.process.getBuiltinModule("node:path");
async function runTerminal() {
  const { argv, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on("error", () => void 0);
  const args = argv.slice(2);
  if (args[0] === "diff") return endProcess(await diff(args.slice(1)));
  const given = readArguments(args, kindOfPath);
  if (args.length === 0) {
    stderr.write(`${START}
`);
    await endProcess(EXIT_CODES["invalid-input"]);
  }
  switch (given.kind) {
    case "help":
      stdout.write(`${helpText(given.all)}
`);
      return endProcess(0);
    case "version":
      stdout.write(`${await ownVersion()}
`);
      return endProcess(0);
    case "wrong":
      stderr.write(`${given.message}
See kube-api-gate --help.
`);
      return endProcess(EXIT_CODES["invalid-input"]);
    default:
      return endProcess(await run(given));
  }
}
async function diff(args) {
  const { runDiff } = await import("./diff.js");
  return runDiff(args, {
    workingDirectory: process.cwd(),
    line: (text) => void process.stdout.write(`${text}
`),
    note: (text) => void process.stderr.write(`${legible(text)}
`)
  });
}
async function run(given) {
  const { stdout, stderr } = process;
  const environment = systemEnvironment();
  const { variables, workingDirectory, homeDirectory } = environment;
  const { mask, redact } = openRedaction(() => void 0);
  const progress = openProgress(stderr.isTTY ? (text) => void stderr.write(text) : void 0, systemClock);
  const paint = painter(given.format === "text" && wantsColour(variables, stdout.isTTY === true));
  const line = (text) => {
    progress.clear();
    stdout.write(`${paint(redact(text))}
`);
  };
  const note = (text) => {
    progress.clear();
    stderr.write(`${logLine(redact(text))}
`);
  };
  const kubectlCacheDirectory = variables["KUBECACHEDIR"] || join(homeDirectory, ".kube", "cache");
  const reading = readSettings(given.read);
  const printing = {
    workingDirectory,
    redact,
    line,
    format: given.format,
    reportDirectory: reading.settings.reportDirectory,
    words: OPTION_WORDS
  };
  try {
    const world = {
      environment,
      clock: systemClock,
      log: { line: note, debug: given.debug ? note : () => void 0 },
      secrets: {
        mask,
        redact,
        idToken: () => Promise.reject(new Error("a GitHub OIDC token can only be had inside a GitHub Actions job"))
      },
      repositoryRoot: workingDirectory,
      kubectlCacheDirectory,
      kubectlOwnCacheDirectory: kubectlCacheDirectory,
      exportVariable: () => void 0,
      piped: readPipes(given.piped),
      progress: progress.now,
      publisher: {
        prepare: async () => void 0,
        verdict: (verdict) => print(verdict, printing),
        error: (error) => printError(error, printing)
      }
    };
    return EXIT_CODES[await runGate(reading, world)];
  } catch (thrown) {
    const error = toGateError(thrown);
    await printError(error, printing);
    return EXIT_CODES[error.outcome];
  } finally {
    progress.end();
  }
}
async function ownVersion() {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text);
  return typeof version === "string" ? version : "unknown";
}
export {
  runTerminal
};
