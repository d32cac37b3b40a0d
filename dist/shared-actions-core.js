// src/model/legible.ts
var LONGEST_TEXT = 2e3;
var LONGEST_LOOK = 65536;
var CREDENTIALS = [
  { shape: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}-----)?/g, shown: "***" },
  { shape: /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, shown: "$1 ***" },
  { shape: /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, shown: "***" },
  { shape: /\b(?:k8s-aws-v1|ya29)\.[\w.-]{8,}/g, shown: "***" },
  { shape: /\b(?:gh[opsur]_|github_pat_)\w{16,}/g, shown: "***" },
  { shape: /:\/\/[^\s/?#@]{1,512}@/g, shown: "://***@" }
];
var HINT_OF_CREDENTIAL = /PRIVATE KEY|bearer|basic|eyJ|k8s-aws-v1|ya29|gh[opsur]_|github_pat_|:\/\//i;
var PRINTABLE = /^[\x20-\x7e]*$/;
var INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
function shownEscaped(character) {
  if (character === "\n") return character;
  if (character === "	") return " ";
  const code = character.codePointAt(0) ?? 0;
  if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 65536 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}
function cut(text, limit) {
  if (text.length <= limit) return text;
  const kept = text.slice(0, Math.max(0, limit - 1));
  const last = kept.charCodeAt(kept.length - 1);
  return `${last >= 55296 && last <= 56319 ? kept.slice(0, -1) : kept}\u2026`;
}
function legible(text, limit = LONGEST_TEXT) {
  if (text.length <= limit && PRINTABLE.test(text) && !HINT_OF_CREDENTIAL.test(text)) return text.trimEnd();
  let shown = text.slice(0, LONGEST_LOOK);
  for (const { shape, shown: replacement } of CREDENTIALS) shown = shown.replace(shape, replacement);
  return cut(shown.replaceAll("\r\n", "\n").replace(INVISIBLE, shownEscaped).trimEnd(), limit);
}
function oneLine(text) {
  return text.replace(/\s*\n\s*/g, " ").trim();
}
function withoutCommands(text) {
  return text.replaceAll("##[", "##\\[").replace(/^([^\S\n]*)::/gm, "$1\\::");
}
function logLine(text) {
  return withoutCommands(oneLine(legible(text)));
}

// src/system/redaction.ts
var SHORTEST_SECRET = 4;
function spellingsOf(secret) {
  const sound = secret.toWellFormed();
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(sound), encodeURI(sound)];
}
function openRedaction(announce) {
  const secrets = /* @__PURE__ */ new Set();
  return {
    mask: (secret) => {
      if (secret.trim() === "" || secrets.has(secret)) return;
      for (const spelling of spellingsOf(secret)) secrets.add(spelling);
      announce(secret);
    },
    redact: (text, shortest = SHORTEST_SECRET) => {
      const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
      return longestFirst.reduce(
        (clean, secret) => secret.length < shortest ? clean : clean.replaceAll(secret, "***"),
        text
      );
    }
  };
}

// src/system/system.ts
var systemClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve();
    }, ms);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  })
};
function systemEnvironment() {
  return {
    variables: process.env,
    workingDirectory: process.cwd(),
    homeDirectory: process.getBuiltinModule("node:os").homedir(),
    platform: process.platform,
    // Few ask, and asking loads a module.
    get interactive() {
      return process.getBuiltinModule("node:tty").isatty(0);
    }
  };
}
async function endProcess(exitCode) {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.writable) continue;
    await new Promise((resolve) => {
      stream.write("", () => resolve());
    });
  }
  process.exit(exitCode);
}

// src/model/errors.ts
var GateError = class extends Error {
  name = "GateError";
  outcome;
  code;
  hint;
  problems;
  constructor(outcome, code, message, options = {}) {
    super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
    this.outcome = outcome;
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
  }
};
function toGateError(thrown) {
  if (thrown instanceof GateError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new GateError("internal-error", "unexpected", `kube-api-gate itself failed: ${message}`, {
    hint: "This is a defect of kube-api-gate, not of the change. Please report it with the log of a run that has debug logging enabled.",
    cause: thrown
  });
}

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
var os = globalThis.process.getBuiltinModule("node:os");
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
function issue(name, message = "") {
  issueCommand(name, {}, message);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// on-demand:crypto
var randomUUID = () => process.getBuiltinModule("node:crypto").randomUUID();

// node_modules/@actions/core/lib/file-command.js
var fs = globalThis.process.getBuiltinModule("node:fs");
var os2 = globalThis.process.getBuiltinModule("node:os");
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// on-demand:./oidc-utils.js
var OidcClient = class {
  static async getIDToken(audience) {
    const { OidcClient: OidcClient2 } = await import("./actions-core.js");
    return OidcClient2.getIDToken(audience);
  }
};

// node_modules/@actions/core/lib/path-utils.js
var path = globalThis.process.getBuiltinModule("node:path");

// node_modules/@actions/core/lib/core.js
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
      resolve(value);
    });
  }
  return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var os3 = globalThis.process.getBuiltinModule("node:os");
var path2 = globalThis.process.getBuiltinModule("node:path");
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function exportVariable(name, val) {
  const convertedVal = toCommandValue(val);
  process.env[name] = convertedVal;
  const filePath = process.env["GITHUB_ENV"] || "";
  if (filePath) {
    return issueFileCommand("ENV", prepareKeyValueMessage(name, val));
  }
  issueCommand("set-env", { name }, convertedVal);
}
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os3.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function debug(message) {
  issueCommand("debug", {}, message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os3.EOL);
}
function startGroup(name) {
  issue("group", name);
}
function endGroup() {
  issue("endgroup");
}
function getIDToken(aud) {
  return __awaiter(this, void 0, void 0, function* () {
    return yield OidcClient.getIDToken(aud);
  });
}

export {
  cut,
  legible,
  oneLine,
  withoutCommands,
  logLine,
  openRedaction,
  systemClock,
  systemEnvironment,
  endProcess,
  GateError,
  toGateError,
  exportVariable,
  setSecret,
  getInput,
  setOutput,
  debug,
  error,
  warning,
  info,
  startGroup,
  endGroup,
  getIDToken
};
