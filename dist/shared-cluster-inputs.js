// src/model/lines.ts
var LINE_END = /\r\n|\n|\r/;
var COMMENT = /(?:^|\s)#.*$/;
function significantLines(text) {
  return text.split(LINE_END).map((line, index) => ({ number: index + 1, text: line.replace(COMMENT, "").trim() })).filter((line) => line.text !== "");
}

// src/model/spelling.ts
var MOST_SUGGESTIONS = 3;
function slips(length) {
  if (length <= 3) return 1;
  return length <= 8 ? 2 : 3;
}
function editDistance(left, right, limit) {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforeLast = new Uint16Array(right.length + 1);
  let last = Uint16Array.from({ length: right.length + 1 }, (_, column) => column);
  let current = new Uint16Array(right.length + 1);
  for (let row = 1; row <= left.length; row++) {
    current[0] = row;
    let smallest = row;
    for (let column = 1; column <= right.length; column++) {
      const substituted = at(last, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1);
      let cost = Math.min(substituted, at(last, column) + 1, at(current, column - 1) + 1);
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
      current[column] = cost;
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(at(last, right.length), limit + 1);
}
function at(row, column) {
  return row[column] ?? 0;
}
function fingerprint(word) {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}
function differingBits(left, right) {
  let bits = left ^ right;
  let count = 0;
  while (bits !== 0) {
    bits &= bits - 1;
    count++;
  }
  return count;
}
function speller(words) {
  const known = [...new Set(words)].map((word) => {
    const lower = word.toLowerCase();
    return { word, lower, bits: fingerprint(lower) };
  });
  return (word) => {
    const lower = word.toLowerCase();
    const bits = fingerprint(lower);
    const limit = slips(lower.length);
    return known.filter((entry) => differingBits(entry.bits, bits) <= 2 * limit).map((entry) => ({ word: entry.word, distance: editDistance(lower, entry.lower, limit) })).filter(({ distance }) => distance <= limit).sort((left, right) => left.distance - right.distance).slice(0, MOST_SUGGESTIONS).map((entry) => entry.word);
  };
}

// src/inputs/action-interface.ts
var DEFAULTS = {
  require: "",
  manifests: "",
  "allow-unparsable": "",
  "server-version": "",
  kubeconfig: "",
  context: "",
  server: "",
  "certificate-authority-data": "",
  token: "",
  "oidc-audience": "",
  cluster: "",
  cache: "auto",
  "cache-ttl": "10m",
  "kubectl-cache": "off",
  timeout: "30s",
  wait: "0s",
  "fail-on": "missing, unknown",
  "target-version": "",
  exemptions: "",
  baseline: "",
  "update-baseline": "false",
  "report-directory": "",
  comment: "false",
  "github-token": ""
};
var DESCRIPTIONS = {
  require: "What the cluster must serve, one requirement a line: `apps/v1`, `apps/v1/Deployment verbs=create`, `policy/v1 | policy/v1beta1`, `!extensions/v1beta1`, `gateway.networking.k8s.io/*`. `#` starts a comment.",
  manifests: "Globs of YAML and JSON files, one a line, whose objects the cluster must accept. A glob that starts with `!` excludes.",
  "allow-unparsable": "Globs, one a line, of files that may fail to parse: they are then left out with a warning.",
  "server-version": "A semver range that the server's version must meet, for example `>=1.29 <1.38`. Only numbers are compared: `v1.33.1-gke.100` counts as 1.33.1.",
  kubeconfig: "A path to a kubeconfig, or the YAML itself. Without it: the files of `KUBECONFIG` or, where that is not set, `~/.kube/config`; then the service account of the pod.",
  context: "Contexts of the kubeconfig, one a line: each is a cluster to judge. Without it: the current context.",
  server: "The URL of an API server, for a cluster without a kubeconfig.",
  "certificate-authority-data": "The server's CA certificates, as PEM or as the base64 of it. Only with `server`; without it the runner's own roots are trusted.",
  token: "A bearer token, for example of a service account. Only with `server`.",
  "oidc-audience": "Sign in with the job's own GitHub OIDC token for this audience. The job needs the permission `id-token: write`.",
  cluster: "The cluster's name in reports, instead of the context's, the kubeconfig's or the server's own. It also names the cluster in the cache, so that a job without credentials finds what another one saved.",
  cache: "`auto` uses what is cached and asks when it is too old or something seems missing; `refresh` asks and saves; `only` never contacts the cluster; `off` does without.",
  "cache-ttl": "How long a cached answer counts as current: a Go duration. `0s` has the cluster confirm it every time.",
  "kubectl-cache": "`write` leaves what the cluster answered in the discovery cache of kubectl and helm, for the steps that follow; a run that finds its snapshot in the Actions cache has nothing to leave. `off` leaves it alone.",
  timeout: "How long everything that is asked of one cluster may take: a Go duration.",
  wait: "Keep asking at most this long until everything required is served: a Go duration.",
  "fail-on": "What fails the job, all of it listed: any of `missing`, `unknown`, `deprecated`, `removed-by-target`; or `none`, which only reports. What is left out no longer fails, so add to the default rather than replace it. Errors always fail.",
  "target-version": 'A Kubernetes version to look ahead to, in quotes, for example `"1.38"`: what is required and removed by then is reported.',
  exemptions: "A file of accepted findings, each with its reason and expiry.",
  baseline: "A file of findings that were there before: only new ones fail the job.",
  "update-baseline": "`true` writes the file of `baseline` from what this run finds.",
  "report-directory": "A folder for report.json, junit.xml and report.sarif.",
  comment: "`true` keeps one comment on the pull request while the gate is red, and removes it when it is green. The job needs the permission `pull-requests: write`.",
  "github-token": "The token that writes the comment."
};
var EXPRESSIONS = { "github-token": "${{ github.token }}" };
var INPUTS = inputNames().map((name) => ({
  name,
  default: DEFAULTS[name],
  expression: EXPRESSIONS[name],
  description: DESCRIPTIONS[name]
}));
function inputNames() {
  return Object.keys(DEFAULTS);
}

// src/inputs/input-text.ts
function openInputs(read) {
  const problems = [];
  const given = (name) => read(name).trim() !== "";
  return {
    problems,
    given,
    raw: (name) => given(name) ? read(name) : DEFAULTS[name],
    text: (name) => given(name) ? read(name).trim() : DEFAULTS[name],
    refuse: (name, message, { hint, line } = {}) => {
      problems.push({
        place: { kind: "input", input: name, ...line === void 0 ? {} : { line } },
        message,
        ...hint === void 0 ? {} : { hint }
      });
    }
  };
}
var LONGEST_SHOWN = 60;
function shown(value) {
  const line = value.replace(/\s+/g, " ").replace(new RegExp("\\p{C}", "gu"), "");
  return line.length > LONGEST_SHOWN ? `"${line.slice(0, LONGEST_SHOWN)}\u2026"` : `"${line}"`;
}
function oneOf(inputs, name, choices, meant = {}) {
  const text = inputs.text(name);
  const choice = choices.find((known) => known === text);
  if (choice !== void 0) return choice;
  inputs.refuse(name, `${shown(text)} is not one of ${choices.join(", ")}.`, {
    hint: didYouMean(text, choices, meant)
  });
  return choices[0];
}
function didYouMean(text, choices, meant = {}) {
  const lower = text.toLowerCase();
  const [nearest] = Object.hasOwn(meant, lower) ? [meant[lower]] : speller(choices)(text);
  return nearest === void 0 ? void 0 : `Did you mean ${nearest}?`;
}
function truth(inputs, name) {
  const text = inputs.text(name);
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (!/^(?:false|False|FALSE)$/.test(text)) {
    const meant = {
      yes: "true",
      on: "true",
      "1": "true",
      y: "true",
      no: "false",
      off: "false",
      "0": "false",
      n: "false"
    };
    inputs.refuse(name, `${shown(text)} is neither true nor false.`, {
      hint: didYouMean(text, ["true", "false"], meant)
    });
  }
  return false;
}
function singleLine(inputs, name) {
  if (!inputs.given(name)) return void 0;
  const text = inputs.text(name);
  if (!/[\r\n]/.test(text)) return text;
  inputs.refuse(name, `It has more than one line, and takes one value.`, {
    hint: `Keep one line: ${shown(firstLine(text))}.`
  });
  return firstLine(text);
}
function firstLine(text) {
  return text.split(/[\r\n]/, 1)[0] ?? "";
}
function distinct(lines) {
  return [...new Set(lines.map(({ text }) => text))];
}

// src/inputs/cluster-inputs.ts
function clustersOf(inputs) {
  const audience = singleLine(inputs, "oidc-audience");
  const signIn = audience === void 0 ? {} : { oidcAudience: audience };
  return inputs.given("server") ? [serverOf(inputs, signIn)] : kubeconfigClusters(inputs, signIn);
}
function kubeconfigClusters(inputs, signIn) {
  for (const name of ["token", "certificate-authority-data"]) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, "It is given without server, and a kubeconfig brings its own.", {
      hint: inputs.given("kubeconfig") ? `Leave ${name} out, or put it into the kubeconfig.` : "Give server as well: the URL of the API server, for example https://203.0.113.7:6443."
    });
  }
  const kubeconfig = inputs.given("kubeconfig") ? { kubeconfig: kubeconfigOf(inputs) } : {};
  const [first, ...others] = distinct(significantLines(inputs.raw("context")));
  if (first === void 0) return [{ kind: "kubeconfig", ...kubeconfig, ...signIn }];
  const source = (context) => ({ kind: "kubeconfig", ...kubeconfig, context, ...signIn });
  if (others.length > 0 && inputs.given("cluster")) {
    inputs.refuse("cluster", `It names one cluster, and context names ${others.length + 1}.`, {
      hint: "Leave cluster out, or judge each cluster in a step of its own."
    });
  }
  return [source(first), ...others.map(source)];
}
function kubeconfigOf(inputs) {
  const text = inputs.text("kubeconfig");
  return /[\r\n]/.test(text) ? inputs.raw("kubeconfig") : text;
}
function serverOf(inputs, signIn) {
  for (const name of ["kubeconfig", "context"]) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, `Both server and ${name} are given; each names a cluster of its own.`, {
      hint: `Leave ${name} out to judge the server, or leave server, certificate-authority-data and token out.`
    });
  }
  const server = singleLine(inputs, "server") ?? "";
  const encrypted = checkServer(inputs, server);
  if (!encrypted) refuseWithoutTls(inputs);
  if (inputs.given("token") && inputs.given("oidc-audience")) {
    inputs.refuse("token", "Both token and oidc-audience are given; each signs in on its own.", {
      hint: "Keep one of them."
    });
  }
  const token = tokenOf(inputs);
  const authority = certificateAuthorityOf(inputs);
  return {
    kind: "server",
    server,
    ...authority === void 0 ? {} : { certificateAuthorityData: authority },
    ...token === void 0 ? {} : { token },
    ...signIn
  };
}
function checkServer(inputs, server) {
  const refuse = (message, hint) => {
    inputs.refuse("server", message, { hint });
    return true;
  };
  const example = "Write it as in a kubeconfig, for example https://203.0.113.7:6443.";
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(server) ?? [];
  if (scheme === void 0) {
    const fixed = `https://${server.replace(/^\/+/, "")}`;
    const usable = URL.canParse(fixed) && !/[\s@?#]/.test(server);
    return refuse(usable ? `${shown(server)} has no scheme.` : "It is no URL.", usable ? `Write ${fixed}.` : example);
  }
  if (!/^https?$/i.test(scheme)) return refuse(`The scheme ${scheme} cannot be used; https and http can.`, example);
  const url = URL.canParse(server) ? new URL(server) : void 0;
  if (url === void 0 || /\s/.test(server)) return refuse("It is no URL.", example);
  if (url.username !== "" || url.password !== "") {
    return refuse(
      "It holds a user name or password.",
      "Leave them out of the URL and sign in with token or oidc-audience."
    );
  }
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(server)) {
    return refuse("It has a query or a fragment.", `Write ${url.origin}${url.pathname.replace(/\/$/, "")}.`);
  }
  return url.protocol === "https:";
}
function refuseWithoutTls(inputs) {
  const message = {
    token: "The token would travel unencrypted: server starts with http://.",
    "oidc-audience": "The job's token would travel unencrypted: server starts with http://.",
    "certificate-authority-data": "It has no use: server starts with http://."
  };
  for (const name of ["token", "oidc-audience", "certificate-authority-data"]) {
    if (inputs.given(name)) inputs.refuse(name, message[name] ?? "", { hint: "Let server start with https://." });
  }
}
function tokenOf(inputs) {
  if (!inputs.given("token")) return void 0;
  const token = inputs.text("token");
  if (/^bearer\s/i.test(token)) {
    inputs.refuse("token", "It starts with the word Bearer.", { hint: "Give the token alone." });
  } else if (/[^\x21-\x7e]/.test(token)) {
    inputs.refuse("token", "It holds white space, line ends or characters that no header can carry.", {
      hint: "Give the token alone, on one line. A token read from a Secret of Kubernetes has to be decoded from base64 first."
    });
  }
  return token;
}
function certificateAuthorityOf(inputs) {
  if (!inputs.given("certificate-authority-data")) return void 0;
  const text = inputs.text("certificate-authority-data");
  const isPem = text.includes("-----BEGIN ");
  const base64 = isPem ? Buffer.from(`${text}
`).toString("base64") : text.replace(/\s+/g, "");
  const decoded = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, "base64").toString("latin1") : "";
  if (!decoded.includes("-----BEGIN CERTIFICATE-----")) {
    inputs.refuse("certificate-authority-data", "It is neither a PEM certificate nor the base64 of one.", {
      hint: "Copy certificate-authority-data from a kubeconfig, or give the text of the file that starts with -----BEGIN CERTIFICATE-----, not its path."
    });
  }
  return base64;
}

// src/inputs/fail-on.ts
var ALL = ["missing", "unknown", "deprecated", "removed-by-target"];
function failOnOf(inputs) {
  const words = significantLines(inputs.raw("fail-on")).flatMap(
    ({ number, text }) => text.split(/[\s,]+/).filter((word) => word !== "").map((word) => ({ word, line: number }))
  );
  const chosen = /* @__PURE__ */ new Set();
  for (const { word, line } of words) {
    const known = ALL.find((choice) => choice === word);
    if (known !== void 0) chosen.add(known);
    else if (word !== "none") {
      inputs.refuse("fail-on", `${shown(word)} is not one of ${ALL.join(", ")}, none.`, {
        line,
        hint: didYouMean(word, [...ALL, "none"], {
          removed: "removed-by-target",
          false: "none",
          no: "none",
          off: "none"
        })
      });
    }
  }
  const none = words.find(({ word }) => word === "none");
  if (none !== void 0 && words.length > 1) {
    inputs.refuse("fail-on", "none stands alone: nothing can be added to it.", { line: none.line });
  } else if (words.length === 0) {
    inputs.refuse("fail-on", "It names nothing.", { hint: "Write none to only report." });
  }
  return [...chosen];
}

// src/model/release.ts
var RELEASE = /^v?(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:\.(0|[1-9]\d{0,5}))?(?:[-+].*)?$/;
function parseRelease(text) {
  const match = RELEASE.exec(text.trim());
  if (match === null) return void 0;
  const [, major, minor, patch] = match;
  return { major: Number(major), minor: Number(minor), ...patch === void 0 ? {} : { patch: Number(patch) } };
}
function formatRelease({ major, minor, patch }) {
  return patch === void 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}
function compareReleases(left, right) {
  return left.major - right.major || left.minor - right.minor || (left.patch ?? 0) - (right.patch ?? 0);
}

// src/inputs/target-version.ts
var OLDEST_MINOR = 10;
function targetVersionOf(inputs) {
  const text = singleLine(inputs, "target-version");
  if (text === void 0) return void 0;
  const release = parseRelease(text);
  if (release !== void 0 && release.patch === void 0 && release.minor < OLDEST_MINOR) {
    inputs.refuse("target-version", `${shown(text)} is the version of no release that anybody deploys to.`, {
      hint: `YAML reads ${text}0 without quotes as the number ${text}: put it in quotes, '${text}0'.`
    });
    return void 0;
  }
  if (release !== void 0) return formatRelease({ ...release, patch: release.patch ?? 0 });
  const [nearest] = /\d+\.\d+(?:\.\d+)?/.exec(text) ?? (/^\d{2}$/.test(text) ? [`1.${text}`] : []);
  inputs.refuse("target-version", `${shown(text)} is not the version of a release.`, {
    hint: nearest === void 0 ? "Write for example 1.38." : `Did you mean ${nearest}?`
  });
  return void 0;
}

// src/inputs/duration.ts
var UNITS = {
  ns: 1n,
  us: 1000n,
  \u00B5s: 1000n,
  // U+00B5, the micro sign
  \u03BCs: 1000n,
  // U+03BC, the Greek letter
  ms: 1000000n,
  s: 1000000000n,
  m: 60000000000n,
  h: 3600000000000n
};
var LIMIT = 1n << 63n;
var PART = /^([0-9]*)(\.[0-9]*)?([^0-9.]*)/;
var ABOVE_LIMIT = "it is longer than the 292 years that a duration can be";
function parseDuration(text) {
  const negative = text.startsWith("-");
  let rest = negative || text.startsWith("+") ? text.slice(1) : text;
  if (rest === "0") return { kind: "duration", ms: 0 };
  if (rest === "") return invalid(text, "it is empty");
  let nanoseconds = 0n;
  while (rest !== "") {
    const [part = "", whole = "", fraction = "", name = ""] = PART.exec(rest) ?? [];
    if (whole === "" && fraction.length <= 1) return invalid(text, "a number is expected before the unit");
    if (name === "") return invalid(text, `the unit is missing after ${whole}${fraction}`);
    const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : void 0;
    if (unit === void 0) return invalid(text, `"${name}" is no unit; the units are h, m, s, ms, us and ns`);
    const wholeUnits = BigInt(whole === "" ? "0" : whole);
    if (wholeUnits > LIMIT / unit) return invalid(text, ABOVE_LIMIT);
    nanoseconds += wholeUnits * unit + fractionOf(fraction.slice(1), unit);
    if (nanoseconds > LIMIT) return invalid(text, ABOVE_LIMIT);
    rest = rest.slice(part.length);
  }
  if (!negative && nanoseconds === LIMIT) return invalid(text, ABOVE_LIMIT);
  return { kind: "duration", ms: (negative ? -1 : 1) * (Number(nanoseconds) / 1e6) };
}
function fractionOf(digits, unit) {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    if (value > (LIMIT - 1n) / 10n) break;
    const next = value * 10n + BigInt(digit);
    if (next > LIMIT) break;
    value = next;
    scale *= 10;
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}
function invalid(text, reason) {
  const nearest = nearestDuration(text);
  return { kind: "invalid", reason, ...nearest === void 0 ? {} : { nearest } };
}
var DAY = /([0-9]+)d(?:ays?)?/g;
function nearestDuration(text) {
  const compact = text.toLowerCase().replace(/[\s,_"']/g, "");
  const withUnit = /^[0-9]+(?:\.[0-9]+)?$/.test(compact) ? `${compact}s` : compact;
  const candidate = withUnit.replace(DAY, (_, days) => `${Number(days) * 24}h`).replace(/(?<=[0-9])h(?:ours?|rs?)/g, "h").replace(/(?<=[0-9])m(?:inutes?|ins?)/g, "m").replace(/(?<=[0-9])s(?:econds?|ecs?)/g, "s").replace(/(?<=[0-9])(?:milliseconds?|msecs?|millis?)/g, "ms");
  return candidate !== text && isDuration(candidate) ? candidate : void 0;
}
function isDuration(text) {
  return /^(?:[0-9]+(?:\.[0-9]+)?(?:h|m|s|ms|us|ns))+$/.test(text);
}

// src/inputs/time-inputs.ts
var LONGEST_WAIT_MS = 24 * 36e5;
var TIMEOUT_LIMITS = { atLeastMs: 1, atLeast: "1ms", atMostMs: LONGEST_WAIT_MS };
var WAIT_LIMITS = { atLeastMs: 0, atLeast: "0s", atMostMs: LONGEST_WAIT_MS };
var TTL_LIMITS = { atLeastMs: 0, atLeast: "0s" };
function durationOf(inputs, name, limits) {
  const text = singleLine(inputs, name) ?? inputs.text(name);
  const reading = parseDuration(text);
  if (reading.kind === "invalid") {
    inputs.refuse(name, `${shown(text)} is no duration: ${reading.reason}.`, {
      hint: reading.nearest === void 0 ? "Write for example 30s, 10m or 1h30m." : `Did you mean ${reading.nearest}?`
    });
    return 0;
  }
  const { atLeastMs, atLeast, atMostMs } = limits;
  if (reading.ms < atLeastMs) {
    inputs.refuse(name, `${shown(text)} is too short: at least ${atLeast}.`);
  } else if (atMostMs !== void 0 && reading.ms > atMostMs) {
    inputs.refuse(name, `${shown(text)} is too long: at most ${atMostMs / 36e5}h.`);
  }
  return reading.ms;
}

// src/inputs/unknown-inputs.ts
var plain = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "");
function unknownInputs(names) {
  const known = Object.keys(DEFAULTS);
  return names.map((name) => name.toLowerCase()).filter((name) => !known.includes(name)).map((name) => {
    const nearest = known.find((each) => plain(each) === plain(name)) ?? speller(known)(name)[0];
    return {
      place: { kind: "input", input: name },
      message: `kube-api-gate has no input \`${name}\`.`,
      hint: nearest === void 0 ? `The inputs are ${known.join(", ")}.` : `Did you mean \`${nearest}\`?`
    };
  });
}

// src/inputs/settings.ts
function readSettings(read, names = []) {
  const inputs = openInputs(read);
  const unknown = unknownInputs(names);
  const targetVersion = targetVersionOf(inputs);
  const clusterName = singleLine(inputs, "cluster");
  const exemptions = singleLine(inputs, "exemptions");
  const baseline = singleLine(inputs, "baseline");
  const reportDirectory = folderOf(inputs, "report-directory");
  const settings = {
    require: inputs.raw("require"),
    manifests: distinct(significantLines(inputs.raw("manifests"))),
    allowUnparsable: distinct(significantLines(inputs.raw("allow-unparsable"))),
    serverVersion: inputs.text("server-version"),
    ...targetVersion === void 0 ? {} : { targetVersion },
    clusters: clustersOf(inputs),
    ...clusterName === void 0 ? {} : { clusterName },
    cache: cacheOf(inputs),
    kubectlCache: oneOf(inputs, "kubectl-cache", ["off", "write"], {
      true: "write",
      on: "write",
      false: "off",
      no: "off"
    }),
    timeoutMs: durationOf(inputs, "timeout", TIMEOUT_LIMITS),
    waitMs: durationOf(inputs, "wait", WAIT_LIMITS),
    failOn: failOnOf(inputs),
    ...exemptions === void 0 ? {} : { exemptions },
    ...baseline === void 0 ? {} : { baseline },
    updateBaseline: truth(inputs, "update-baseline"),
    ...reportDirectory === void 0 ? {} : { reportDirectory },
    commentToken: commentTokenOf(inputs)
  };
  checkTogether(inputs, settings);
  return { settings, problems: [...unknown, ...inputs.problems] };
}
function folderOf(inputs, name) {
  const known = inputs.problems.length;
  const folder = singleLine(inputs, name);
  return inputs.problems.length === known ? folder : void 0;
}
function commentTokenOf(inputs) {
  const token = inputs.text("github-token");
  if (!truth(inputs, "comment")) return void 0;
  if (token !== "") return token;
  inputs.refuse("github-token", "comment needs a token, and this one is empty.", {
    hint: "Leave github-token out: the default is the token of the job."
  });
  return void 0;
}
function cacheOf(inputs) {
  const meant = { true: "auto", on: "auto", false: "off", no: "off", none: "off" };
  return {
    mode: oneOf(inputs, "cache", ["auto", "refresh", "only", "off"], meant),
    ttlMs: durationOf(inputs, "cache-ttl", TTL_LIMITS)
  };
}
function checkTogether(inputs, settings) {
  const { manifests, allowUnparsable, cache, waitMs, failOn, updateBaseline, baseline } = settings;
  if (manifests.length > 0 && manifests.every((pattern) => pattern.startsWith("!"))) {
    inputs.refuse("manifests", "It only excludes, so no file would be read.", {
      hint: "Say first what to read, for example deploy/**/*.yaml."
    });
  }
  const namesCluster = ["cluster", "kubeconfig", "context", "server"].some(inputs.given);
  if (cache.mode === "only" && !namesCluster) {
    inputs.refuse("cache", "only reads what another job saved, and nothing says of which cluster.", {
      hint: "Give cluster, with the same name as in the job that saves; or kubeconfig or server."
    });
  }
  const exclusion = allowUnparsable.find((pattern) => pattern.startsWith("!"));
  if (exclusion !== void 0) {
    inputs.refuse("allow-unparsable", `${shown(exclusion)} begins with !, and no pattern excludes here.`, {
      hint: "Name the files that may fail to parse, and no others."
    });
  }
  const ttlRefused = inputs.problems.some(({ place }) => place.kind === "input" && place.input === "cache-ttl");
  if (cache.mode === "only" && cache.ttlMs === 0 && !ttlRefused) {
    inputs.refuse("cache-ttl", "No answer is younger than 0s, and cache: only never asks for one.", {
      hint: "Give the cache-ttl of the job that saves, for example 6h."
    });
  }
  if (cache.mode === "only" && waitMs > 0) {
    inputs.refuse("wait", "It asks the cluster again, and cache: only never contacts it.", {
      hint: "Leave wait out, or set cache to auto."
    });
  }
  if (failOn.includes("removed-by-target") && !inputs.given("target-version")) {
    inputs.refuse("fail-on", "removed-by-target needs a target-version, and none is given.", {
      hint: "Give target-version, for example 1.38."
    });
  }
  if (updateBaseline && baseline === void 0) {
    inputs.refuse("update-baseline", "There is no baseline to write.", {
      hint: "Give baseline, the path of its file."
    });
  }
}

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
  let shown2 = text.slice(0, LONGEST_LOOK);
  for (const { shape, shown: replacement } of CREDENTIALS) shown2 = shown2.replace(shape, replacement);
  return cut(shown2.replaceAll("\r\n", "\n").replace(INVISIBLE, shownEscaped).trimEnd(), limit);
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
  significantLines,
  editDistance,
  speller,
  INPUTS,
  parseRelease,
  formatRelease,
  compareReleases,
  readSettings,
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
