// src/model/lines.ts
var LINE_END = /\r\n|\n|\r/;
var COMMENT = /(?:^|\s)#.*$/;
function significantLines(text2) {
  return text2.split(LINE_END).map((line, index) => ({ number: index + 1, text: line.replace(COMMENT, "").trim() })).filter((line) => line.text !== "");
}

// src/model/pattern-line.ts
function readPatternLine(line) {
  if (!line.startsWith("!") || line.startsWith("!(")) return { excludes: false, pattern: line };
  return { excludes: true, pattern: line.slice(1).trim() };
}

// src/model/spelling.ts
var MOST_SUGGESTIONS = 3;
var MOST_WORDS = 5e3;
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
  const known = [...new Set(words)].slice(0, MOST_WORDS).map((word) => {
    const lower = word.toLowerCase();
    return { word, lower, bits: fingerprint(lower) };
  });
  return (word) => {
    const lower = word.toLowerCase();
    const bits = fingerprint(lower);
    const limit = slips(lower.length);
    return known.filter((entry2) => differingBits(entry2.bits, bits) <= 2 * limit).map((entry2) => ({ word: entry2.word, distance: editDistance(lower, entry2.lower, limit) })).filter(({ distance: distance2 }) => distance2 <= limit).sort((left, right) => left.distance - right.distance).slice(0, MOST_SUGGESTIONS).map((entry2) => entry2.word);
  };
}

// src/inputs/action-interface.ts
var DEFAULTS = {
  require: "",
  manifests: "",
  provides: "",
  "allow-unparsable": "",
  "server-version": "",
  fields: "warn",
  kubeconfig: "",
  context: "",
  server: "",
  "expect-server": "",
  "certificate-authority-data": "",
  token: "",
  "oidc-audience": "",
  cluster: "",
  snapshots: "",
  "snapshot-max-age": "",
  "save-snapshots": "",
  compare: "",
  reports: "",
  "expect-clusters": "",
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
  manifests: "Globs of YAML and JSON files, one per line, whose objects the cluster must accept. A glob that starts with `!` excludes.",
  provides: "Group-versions and kinds that something else than these manifests brings before they are applied, one per line: `cert-manager.io/v1`, `example.com/v1/Widget`. They count as provided.",
  "allow-unparsable": "Globs, one per line, of files that may fail to parse: they are then left out with a warning.",
  "server-version": "A semver range that the server's version must meet, for example `>=1.29 <1.38`. Only numbers are compared: `v1.33.1-gke.100` counts as 1.33.1.",
  fields: "Whether the cluster knows every field of `manifests` and takes its value, by the cluster's own schemas: `warn` reports what it does not, `fail` also fails the job, `off` does not ask.",
  kubeconfig: "A path to a kubeconfig, or the YAML itself. Without it: the files of `KUBECONFIG` or, where that is not set, `~/.kube/config`; then the service account of the pod.",
  context: "Contexts of the kubeconfig, one per line: each is a cluster to judge. Without it: the current context.",
  server: "The URL of an API server, for a cluster without a kubeconfig.",
  "expect-server": "The only server that may be asked: its URL, or its host with or without a port. Where the inputs lead to another one, the job fails before any credential is sent.",
  "certificate-authority-data": "The server's CA certificates, as PEM or as the base64 of it. Only with `server`; without it the runner's own roots are trusted.",
  token: "A bearer token, for example of a service account. Only with `server`.",
  "oidc-audience": "Sign in with the job's own GitHub OIDC token for this audience. The job needs the permission `id-token: write`.",
  cluster: "The cluster's name in reports, instead of the context's, the kubeconfig's or the server's own. It also names the cluster in the cache, so that a job without credentials finds what another one saved. With `cache: only` several, one per line: each is judged.",
  snapshots: "Globs of snapshot files, one per line, to judge in place of clusters: no cluster is asked, and no kubeconfig or credential is read. Together with `kubeconfig`, `context` or `server`, both are judged.",
  "snapshot-max-age": "A file of `snapshots` that is older leaves its cluster `undetermined`: a Go duration. Without it there is a remark on files that are older than 30 days.",
  "save-snapshots": "A folder into which the snapshot of each cluster is written, one file per cluster, for `snapshots` and `compare` of later runs.",
  compare: "Globs of earlier snapshot files, one per line: what each cluster gained, lost and changed since is reported, with what this change needs of it.",
  reports: "Globs of report.json files of other jobs, one per line, to merge into one verdict. Nothing else is judged then.",
  "expect-clusters": "The clusters that must be judged, one per line or as a JSON list of names or of objects with `name`: one that is not leaves the verdict `undetermined`.",
  cache: "`auto` uses what is cached and asks when it is too old or something seems missing; `refresh` asks and saves; `only` never contacts the cluster; `off` does without.",
  "cache-ttl": "How long a cached answer counts as current: a Go duration. `0s` has the cluster confirm it every time.",
  "kubectl-cache": "`use` takes what kubectl and helm have left in their own discovery cache (`KUBECACHEDIR`, else `~/.kube/cache`) and is younger than `cache-ttl`, asks for the rest, and leaves the answer there. `write` leaves it in a folder of its own, for the steps that follow. `off` leaves kubectl's cache alone.",
  timeout: "How long everything that is asked of one cluster may take: a Go duration. Reading the manifests may take ten times as long, and a minute at least.",
  wait: "Keep asking at most this long until everything required is served: a Go duration.",
  "fail-on": "What fails the job, all of it listed: any of `missing`, `unknown`, `deprecated`, `removed-by-target`, `drift`; or `none`, which only reports. What is left out no longer fails, so add to the default rather than replace it. Errors always fail.",
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
function openInputs(read2) {
  const problems = [];
  const given = (name) => read2(name).trim() !== "";
  return {
    problems,
    given,
    raw: (name) => given(name) ? read2(name) : DEFAULTS[name],
    text: (name) => given(name) ? read2(name).trim() : DEFAULTS[name],
    refuse: (name, message, { hint, line } = {}) => {
      problems.push({
        place: { kind: "input", input: name, line },
        message,
        hint
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
  const text2 = inputs.text(name);
  const choice = choices.find((known) => known === text2);
  if (choice !== void 0) return choice;
  inputs.refuse(name, `${shown(text2)} is not one of ${choices.join(", ")}.`, {
    hint: didYouMean(text2, choices, meant)
  });
  return choices[0];
}
function didYouMean(text2, choices, meant = {}) {
  const lower = text2.toLowerCase();
  const [nearest] = Object.hasOwn(meant, lower) ? [meant[lower]] : speller(choices)(text2);
  return nearest === void 0 ? void 0 : `Did you mean ${nearest}?`;
}
function truth(inputs, name) {
  const text2 = inputs.text(name);
  if (/^(?:true|True|TRUE)$/.test(text2)) return true;
  if (!/^(?:false|False|FALSE)$/.test(text2)) {
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
    inputs.refuse(name, `${shown(text2)} is neither true nor false.`, {
      hint: didYouMean(text2, ["true", "false"], meant)
    });
  }
  return false;
}
function singleLine(inputs, name) {
  if (!inputs.given(name)) return void 0;
  const text2 = inputs.text(name);
  if (!/[\r\n]/.test(text2)) return text2;
  inputs.refuse(name, `It has more than one line, and takes one value.`, {
    hint: `Keep one line: ${shown(firstLine(text2))}.`
  });
  return firstLine(text2);
}
function firstLine(text2) {
  return text2.split(/[\r\n]/, 1)[0] ?? "";
}
function distinct(lines) {
  return [...new Set(lines.map(({ text: text2 }) => text2))];
}

// src/inputs/cluster-inputs.ts
function clustersOf(inputs) {
  const common = { oidcAudience: singleLine(inputs, "oidc-audience"), expectServer: expectServerOf(inputs) };
  return inputs.given("server") ? [serverOf(inputs, common)] : kubeconfigClusters(inputs, common);
}
function clusterNamesOf(inputs) {
  const names = inputs.text("cache") === "only" ? distinct(significantLines(inputs.raw("cluster"))) : [];
  if (names.length < 2) return [singleLine(inputs, "cluster") ?? []].flat();
  for (const name of ["kubeconfig", "context", "server", "expect-server"]) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, `It names a cluster, and cluster names ${names.length} in the cache.`, {
      hint: `Leave ${name} out: with several names, the cache alone is judged.`
    });
  }
  return names;
}
function expectServerOf(inputs) {
  const text2 = singleLine(inputs, "expect-server");
  if (text2 === void 0) return void 0;
  const url = URL.parse(text2.includes("://") ? text2 : `https://${text2}`);
  const hint = "Write it as https://k8s.example.com:6443, or k8s.example.com with or without a port.";
  if (url === null || !/^https?:$/.test(url.protocol) || /[\s@?#]/.test(text2)) {
    inputs.refuse("expect-server", "It is neither the URL nor the host of a server.", { hint });
  } else if (!text2.includes("://") && url.pathname !== "/") {
    inputs.refuse("expect-server", `${shown(text2)} has a path and no scheme.`, { hint: `Write https://${text2}.` });
  }
  return text2;
}
function kubeconfigClusters(inputs, common) {
  for (const name of ["token", "certificate-authority-data"]) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, "It is given without server, and a kubeconfig brings its own.", {
      hint: inputs.given("kubeconfig") ? `Leave ${name} out, or put it into the kubeconfig.` : "Give server as well: the URL of the API server, for example https://203.0.113.7:6443."
    });
  }
  const kubeconfig = inputs.given("kubeconfig") ? { kubeconfig: kubeconfigOf(inputs) } : {};
  const [first, ...others] = distinct(significantLines(inputs.raw("context")));
  const clusterName = inputs.given("cluster") ? inputs.text("cluster") : void 0;
  if (first === void 0) return [{ kind: "kubeconfig", ...kubeconfig, ...common, clusterName }];
  const source = (context) => ({
    kind: "kubeconfig",
    ...kubeconfig,
    context,
    ...common,
    clusterName
  });
  if (others.length > 0 && inputs.given("expect-server")) {
    inputs.refuse("expect-server", `It names one server, and context names ${others.length + 1} clusters.`, {
      hint: "Leave expect-server out, or judge each cluster in a step of its own."
    });
  }
  if (others.length > 0 && inputs.given("cluster")) {
    inputs.refuse("cluster", `It names one cluster, and context names ${others.length + 1}.`, {
      hint: "Leave cluster out, or judge each cluster in a step of its own."
    });
  }
  return [source(first), ...others.map(source)];
}
function kubeconfigOf(inputs) {
  const text2 = inputs.text("kubeconfig");
  return /[\r\n]/.test(text2) ? inputs.raw("kubeconfig") : text2;
}
function serverOf(inputs, common) {
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
  const token2 = tokenOf(inputs);
  const authority = certificateAuthorityOf(inputs);
  return {
    kind: "server",
    server,
    certificateAuthorityData: authority,
    token: token2,
    ...common
  };
}
function checkServer(inputs, server) {
  const refuse = (message, hint) => {
    inputs.refuse("server", message, { hint });
    return true;
  };
  const example = "Write it as in a kubeconfig, for example https://203.0.113.7:6443.";
  if (/\$\{|\$\(|\{\{|\}\}|^\$|:\/\/\$|%[A-Z_]+%|<[\w -]+>|^["'`]|["'`]$/.test(server)) {
    const [before] = server.split("@");
    return refuse(
      `A variable or quotes are left in it${before === server ? `: ${shown(server)}` : ""}.`,
      `A workflow replaces only \${{ }}, as in \${{ vars.K8S_SERVER }}. Leave quotes out of the value.`
    );
  }
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
  const token2 = inputs.text("token");
  if (/^bearer\s/i.test(token2)) {
    inputs.refuse("token", "It starts with the word Bearer.", { hint: "Give the token alone." });
  } else if (/[^\x21-\x7e]/.test(token2)) {
    inputs.refuse("token", "It holds white space, line ends or characters that no header can carry.", {
      hint: "Give the token alone, on one line. A token read from a Secret of Kubernetes has to be decoded from base64 first."
    });
  }
  return token2;
}
function certificateAuthorityOf(inputs) {
  if (!inputs.given("certificate-authority-data")) return void 0;
  const text2 = inputs.text("certificate-authority-data");
  const isPem = text2.includes("-----BEGIN ");
  const base64 = isPem ? Buffer.from(`${text2}
`).toString("base64") : text2.replace(/\s+/g, "");
  const decoded2 = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? Buffer.from(base64, "base64").toString("latin1") : "";
  if (!decoded2.includes("-----BEGIN CERTIFICATE-----")) {
    inputs.refuse("certificate-authority-data", "It is neither a PEM certificate nor the base64 of one.", {
      hint: "Copy certificate-authority-data from a kubeconfig, or give the text of the file that starts with -----BEGIN CERTIFICATE-----, not its path."
    });
  }
  return base64;
}

// src/inputs/fail-on.ts
var ALL = ["missing", "unknown", "deprecated", "removed-by-target", "drift"];
function failOnOf(inputs) {
  const words = significantLines(inputs.raw("fail-on")).flatMap(
    ({ number, text: text2 }) => text2.split(/[\s,]+/).filter((word) => word !== "").map((word) => ({ word, line: number }))
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
function parseDuration(text2) {
  const negative = text2.startsWith("-");
  let rest = negative || text2.startsWith("+") ? text2.slice(1) : text2;
  if (rest === "0") return { kind: "duration", ms: 0 };
  if (rest === "") return invalid(text2, "it is empty");
  let nanoseconds = 0n;
  while (rest !== "") {
    const [part = "", whole = "", fraction = "", name = ""] = PART.exec(rest) ?? [];
    if (whole === "" && fraction.length <= 1) return invalid(text2, "a number is expected before the unit");
    if (name === "") return invalid(text2, `the unit is missing after ${whole}${fraction}`);
    const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : void 0;
    if (unit === void 0) return invalid(text2, `"${name}" is not a unit; the units are h, m, s, ms, us and ns`);
    const wholeUnits = BigInt(whole === "" ? "0" : whole);
    if (wholeUnits > LIMIT / unit) return invalid(text2, ABOVE_LIMIT);
    nanoseconds += wholeUnits * unit + fractionOf(fraction.slice(1), unit);
    if (nanoseconds > LIMIT) return invalid(text2, ABOVE_LIMIT);
    rest = rest.slice(part.length);
  }
  if (!negative && nanoseconds === LIMIT) return invalid(text2, ABOVE_LIMIT);
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
function invalid(text2, reason) {
  const nearest = nearestDuration(text2);
  return { kind: "invalid", reason, nearest };
}
var DAY = /([0-9]+)d(?:ays?)?/g;
function nearestDuration(text2) {
  const compact = text2.toLowerCase().replace(/[\s,_"']/g, "");
  const withUnit = /^[0-9]+(?:\.[0-9]+)?$/.test(compact) ? `${compact}s` : compact;
  const candidate = withUnit.replace(DAY, (_, days) => `${Number(days) * 24}h`).replace(/(?<=[0-9])h(?:ours?|rs?)/g, "h").replace(/(?<=[0-9])m(?:inutes?|ins?)/g, "m").replace(/(?<=[0-9])s(?:econds?|ecs?)/g, "s").replace(/(?<=[0-9])(?:milliseconds?|msecs?|millis?)/g, "ms");
  return candidate !== text2 && isDuration(candidate) ? candidate : void 0;
}
function isDuration(text2) {
  return /^(?:[0-9]+(?:\.[0-9]+)?(?:h|m|s|ms|us|ns))+$/.test(text2);
}

// src/inputs/time-inputs.ts
var LONGEST_WAIT_MS = 24 * 36e5;
var TIMEOUT_LIMITS = { unit: "s", atLeastMs: 1, atLeast: "1ms", atMostMs: LONGEST_WAIT_MS };
var WAIT_LIMITS = { unit: "m", atLeastMs: 0, atLeast: "0s", atMostMs: LONGEST_WAIT_MS };
var TTL_LIMITS = { unit: "m", atLeastMs: 0, atLeast: "0s" };
function durationOf(inputs, name, limits) {
  const text2 = singleLine(inputs, name) ?? inputs.text(name);
  const reading = parseDuration(text2);
  if (reading.kind === "invalid") {
    inputs.refuse(name, `${shown(text2)} is not a valid duration: ${reading.reason}.`, {
      hint: hintFor(text2, reading.nearest, limits.unit)
    });
    return 0;
  }
  const { atLeastMs, atLeast, atMostMs } = limits;
  if (reading.ms < atLeastMs) {
    inputs.refuse(name, `${shown(text2)} is too short: at least ${atLeast}.`);
  } else if (atMostMs !== void 0 && reading.ms > atMostMs) {
    inputs.refuse(name, `${shown(text2)} is too long: at most ${atMostMs / 36e5}h.`);
  }
  return reading.ms;
}
function hintFor(text2, nearest, unit) {
  const number = /^\s*([0-9]+(?:\.[0-9]+)?)\s*$/.exec(text2)?.[1];
  if (number !== void 0) {
    const [likely, other] = unit === "s" ? ["seconds", "minutes"] : ["minutes", "seconds"];
    return `Write ${number}${likely[0]} for ${likely}, or ${number}${other[0]} for ${other}.`;
  }
  return nearest === void 0 ? "Write for example 30s, 10m or 1h30m." : `Did you mean ${nearest}?`;
}

// src/inputs/snapshot-inputs.ts
var NAMING_A_LIVE_CLUSTER = [
  "kubeconfig",
  "context",
  "server",
  "certificate-authority-data",
  "token",
  "oidc-audience",
  "expect-server"
];
var JUDGING = [
  ...NAMING_A_LIVE_CLUSTER,
  "cluster",
  "require",
  "manifests",
  "provides",
  "allow-unparsable",
  "server-version",
  "snapshots",
  "snapshot-max-age",
  "save-snapshots",
  "compare",
  "target-version",
  "exemptions",
  "baseline"
];
function isLive(inputs) {
  if (inputs.given("reports")) return false;
  if (!inputs.given("snapshots")) return true;
  return NAMING_A_LIVE_CLUSTER.some(inputs.given) || inputs.given("cluster") && inputs.text("cache") === "only";
}
function fileSettingsOf(inputs) {
  const snapshots = globsOf(inputs, "snapshots");
  const maxAge = inputs.given("snapshot-max-age") ? durationOf(inputs, "snapshot-max-age", { unit: "m", atLeastMs: 1, atLeast: "1ms" }) : void 0;
  if (maxAge !== void 0 && snapshots.length === 0 && !inputs.given("reports")) {
    inputs.refuse("snapshot-max-age", "It limits the age of files, and `snapshots` names none.", {
      hint: "Give snapshots; or cache-ttl for the age of what is cached."
    });
  }
  if (inputs.given("reports")) refuseJudging(inputs);
  else if (!isLive(inputs)) refuseLiveOnly(inputs);
  if (inputs.given("save-snapshots") && inputs.given("server") && !inputs.given("cluster")) {
    inputs.refuse("save-snapshots", "The cluster has no name but its address, which no snapshot holds.", {
      hint: "Give cluster, for example production."
    });
  }
  return {
    snapshots,
    snapshotMaxAgeMs: maxAge,
    saveSnapshots: folderOf(inputs, "save-snapshots"),
    compare: globsOf(inputs, "compare"),
    reports: globsOf(inputs, "reports"),
    expectClusters: expectClustersOf(inputs)
  };
}
function folderOf(inputs, name) {
  const known = inputs.problems.length;
  const folder = singleLine(inputs, name);
  return inputs.problems.length === known ? folder : void 0;
}
function globsOf(inputs, name) {
  const globs = distinct(significantLines(inputs.raw(name)));
  if (globs.length > 0 && globs.every((line) => readPatternLine(line).excludes)) {
    inputs.refuse(name, "It only excludes, so no file would be read.", {
      hint: "Say first what to read, for example snapshots/*.json."
    });
  }
  if (globs.length === 0 && inputs.given(name)) inputs.refuse(name, "It has only comments, so no file would be read.");
  return globs;
}
function refuseJudging(inputs) {
  for (const name of JUDGING) {
    if (!inputs.given(name)) continue;
    inputs.refuse(name, "Both reports and this are given; a run that merges reports judges nothing itself.", {
      hint: `Give ${name} to the jobs that write the reports.`
    });
  }
  if (inputs.text("fail-on") !== DEFAULTS["fail-on"]) {
    inputs.refuse(
      "fail-on",
      "Both reports and this are given; what fails was decided by the jobs that wrote the reports.",
      {
        hint: "Give fail-on to those jobs."
      }
    );
  }
}
function refuseLiveOnly(inputs) {
  if (inputs.given("cluster")) {
    inputs.refuse("cluster", "It names a cluster to ask, and only snapshots are judged.", {
      hint: "Leave cluster out: each file has the name of its cluster. To judge a cluster as well, give kubeconfig, context or server."
    });
  }
}
function expectClustersOf(inputs) {
  const name = "expect-clusters";
  if (!inputs.given(name)) return [];
  const text2 = inputs.text(name);
  if (!text2.startsWith("[")) return distinct(significantLines(text2));
  const example = 'Write ["staging", "production"], [{"name": "staging"}], or one name per line.';
  let value;
  try {
    value = JSON.parse(text2);
  } catch {
    inputs.refuse(name, "It begins with [ and is not valid JSON.", { hint: example });
    return [];
  }
  const names = (Array.isArray(value) ? value : []).map(nameOf);
  const wrong = names.indexOf(void 0);
  if (names.length === 0 || wrong >= 0) {
    const what = names.length === 0 ? "The list is empty." : `Item ${wrong + 1} of the list has no name.`;
    inputs.refuse(name, what, { hint: example });
  }
  const known = names.filter((each) => each !== void 0);
  const repeated = known.find((each, index) => known.indexOf(each) !== index);
  if (repeated !== void 0) {
    inputs.refuse(name, `It lists ${shown(repeated)} twice.`, { hint: "Give each cluster a name of its own." });
  }
  return known;
}
function nameOf(item) {
  const name = typeof item === "object" && item !== null && "name" in item ? item.name : item;
  return typeof name === "string" && name.trim() !== "" ? name : void 0;
}

// src/model/release.ts
var RELEASE = /^v?(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})(?:\.(0|[1-9]\d{0,5}))?(?:[-+].*)?$/;
function parseRelease(text2) {
  const match = RELEASE.exec(text2.trim());
  if (match === null) return void 0;
  const [, major, minor, patch] = match;
  return { major: Number(major), minor: Number(minor), patch: patch === void 0 ? void 0 : Number(patch) };
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
  const text2 = singleLine(inputs, "target-version");
  if (text2 === void 0) return void 0;
  const release = parseRelease(text2);
  if (release !== void 0 && release.patch === void 0 && release.minor < OLDEST_MINOR) {
    inputs.refuse("target-version", `${shown(text2)} is not a plausible Kubernetes version.`, {
      hint: `YAML reads ${text2}0 without quotes as the number ${text2}: put it in quotes, '${text2}0'.`
    });
    return void 0;
  }
  if (release !== void 0) return formatRelease({ ...release, patch: release.patch ?? 0 });
  const [nearest] = /\d+\.\d+(?:\.\d+)?/.exec(text2) ?? (/^\d{2}$/.test(text2) ? [`1.${text2}`] : []);
  inputs.refuse("target-version", `${shown(text2)} is not the version of a release.`, {
    hint: nearest === void 0 ? "Write for example 1.38." : `Did you mean ${nearest}?`
  });
  return void 0;
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
function readSettings(read2, names = []) {
  const inputs = openInputs(read2);
  const unknown = unknownInputs(names);
  const targetVersion = targetVersionOf(inputs);
  const live = isLive(inputs);
  const clusterNames = live ? clusterNamesOf(inputs) : [];
  const exemptions = singleLine(inputs, "exemptions");
  const baseline = singleLine(inputs, "baseline");
  const reportDirectory = folderOf(inputs, "report-directory");
  const settings = {
    require: inputs.raw("require"),
    provides: inputs.raw("provides"),
    manifests: distinct(significantLines(inputs.raw("manifests"))),
    allowUnparsable: distinct(significantLines(inputs.raw("allow-unparsable"))),
    serverVersion: inputs.text("server-version"),
    fields: oneOf(inputs, "fields", ["off", "warn", "fail"], {
      true: "fail",
      on: "fail",
      false: "off",
      no: "off",
      none: "off"
    }),
    targetVersion,
    clusters: live ? clustersOf(inputs) : [],
    clusterName: clusterNames.length > 1 ? void 0 : clusterNames[0],
    cachedClusters: clusterNames.length > 1 ? clusterNames : [],
    ...fileSettingsOf(inputs),
    cache: cacheOf(inputs),
    kubectlCache: oneOf(inputs, "kubectl-cache", ["off", "use", "write"], {
      true: "write",
      on: "write",
      false: "off",
      no: "off"
    }),
    timeoutMs: durationOf(inputs, "timeout", TIMEOUT_LIMITS),
    waitMs: durationOf(inputs, "wait", WAIT_LIMITS),
    failOn: failOnOf(inputs),
    exemptions,
    baseline,
    updateBaseline: truth(inputs, "update-baseline"),
    reportDirectory,
    commentToken: commentTokenOf(inputs)
  };
  checkTogether(inputs, settings);
  return { settings, problems: [...unknown, ...inputs.problems] };
}
function commentTokenOf(inputs) {
  const token2 = inputs.text("github-token");
  if (!truth(inputs, "comment")) return void 0;
  if (token2 !== "") return token2;
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
  const { manifests, allowUnparsable, clusters, cache, waitMs, failOn, updateBaseline, baseline } = settings;
  if (manifests.length > 0 && manifests.every((line) => readPatternLine(line).excludes)) {
    inputs.refuse("manifests", "It only excludes, so no file would be read.", {
      hint: "Say first what to read, for example deploy/**/*.yaml."
    });
  }
  const namesCluster = ["cluster", "kubeconfig", "context", "server"].some(inputs.given);
  if (cache.mode === "only" && !namesCluster && settings.kubectlCache !== "use" && clusters.length > 0) {
    inputs.refuse("cache", "only reads what another job saved, and nothing says of which cluster.", {
      hint: "Give cluster, with the same name as in the job that saves; or kubeconfig or server."
    });
  }
  const exclusion = allowUnparsable.find((line) => readPatternLine(line).excludes);
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
  if (cache.mode === "only" && updateBaseline) {
    inputs.refuse(
      "update-baseline",
      "What fails is asked of the cluster before it is recorded, and cache: only never contacts it.",
      {
        hint: "Set cache to auto or refresh in the job that writes the baseline."
      }
    );
  }
  if (clusters.length === 0 && waitMs > 0) {
    inputs.refuse("wait", "It asks a cluster again, and no cluster is asked.", { hint: "Leave wait out." });
  }
  if (failOn.includes("drift") && settings.compare.length === 0 && settings.reports.length === 0) {
    inputs.refuse("fail-on", "drift needs earlier snapshots to compare with, and none are given.", {
      hint: "Give compare, for example snapshots/*.json."
    });
  }
  if (failOn.includes("removed-by-target") && !inputs.given("target-version") && settings.reports.length === 0) {
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
function cut(text2, limit) {
  if (text2.length <= limit) return text2;
  const kept = text2.slice(0, Math.max(0, limit - 1));
  const last = kept.charCodeAt(kept.length - 1);
  return `${last >= 55296 && last <= 56319 ? kept.slice(0, -1) : kept}\u2026`;
}
function legible(text2, limit = LONGEST_TEXT) {
  if (text2.length <= limit && PRINTABLE.test(text2) && !HINT_OF_CREDENTIAL.test(text2)) return text2.trimEnd();
  let shown3 = text2.slice(0, LONGEST_LOOK);
  for (const { shape, shown: replacement } of CREDENTIALS) shown3 = shown3.replace(shape, replacement);
  return cut(shown3.replaceAll("\r\n", "\n").replace(INVISIBLE, shownEscaped).trimEnd(), limit);
}
function oneLine(text2) {
  return text2.replace(/\s*\n\s*/g, " ").trim();
}
function withoutCommands(text2) {
  return text2.replaceAll("##[", "##\\[").replace(/^([^\S\n]*)::/gm, "$1\\::");
}
function logLine(text2) {
  return withoutCommands(oneLine(legible(text2)));
}

// src/system/escapes.ts
var ESCAPE = /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\(["'\\/bfnrt])|((?:%[0-9a-f]{2})+)|&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi;
var SIGNS = { b: "\b", f: "\f", n: "\n", r: "\r", t: "	" };
var ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
function viewOf(text2) {
  return { plain: text2, toSource: (range) => range };
}
function withoutEscapes(view) {
  if (!/[\\%&]/.test(view.plain)) return void 0;
  const { plain: plain2, stretches } = decode(view.plain);
  if (plain2 === view.plain) return void 0;
  return {
    plain: plain2,
    toSource: ([from, to]) => view.toSource([sourceOf(stretches, from, "start"), sourceOf(stretches, to - 1, "end")])
  };
}
function decode(text2) {
  const stretches = [];
  const parts = [];
  let at2 = 0;
  let sourceAt = 0;
  const add = (part, sourceLength) => {
    if (sourceLength === 0) return;
    parts.push(part);
    stretches.push({ at: at2, sourceAt, length: part.length, sourceLength });
    at2 += part.length;
    sourceAt += sourceLength;
  };
  for (const match of text2.matchAll(ESCAPE)) {
    add(text2.slice(sourceAt, match.index), match.index - sourceAt);
    add(decodedOf(match), match[0].length);
  }
  add(text2.slice(sourceAt), text2.length - sourceAt);
  return { plain: parts.join(""), stretches };
}
function decodedOf([whole, unicode, byte, sign, url, hex, decimal, entity]) {
  const code = unicode ?? byte;
  if (code !== void 0) return String.fromCharCode(Number.parseInt(code, 16));
  if (sign !== void 0) return SIGNS[sign.toLowerCase()] ?? sign;
  if (url !== void 0) return Buffer.from(url.replaceAll("%", ""), "hex").toString("utf8");
  if (entity !== void 0) return ENTITIES[entity.toLowerCase()] ?? whole;
  const point = hex === void 0 ? Number(decimal) : Number.parseInt(hex, 16);
  return point <= 1114111 ? String.fromCodePoint(point) : whole;
}
function sourceOf(stretches, index, edge) {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if ((stretches[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const { at: at2, sourceAt, length, sourceLength } = stretches[low] ?? { at: 0, sourceAt: 0, length: 0, sourceLength: 0 };
  if (length === sourceLength) return sourceAt + (index - at2) + (edge === "end" ? 1 : 0);
  return edge === "end" ? sourceAt + sourceLength : sourceAt;
}

// src/system/redaction.ts
var SHORTEST_SECRET = 4;
var LONG_SECRET = 16;
var SHORTEST_PART = 12;
var MOST_LAYERS = 3;
function openRedaction(announce) {
  const secrets = /* @__PURE__ */ new Set();
  let spellings = [];
  function find(text2, shortest) {
    const whole = spellings.flatMap((spelling) => spelling.length < shortest ? [] : placesOf(spelling, text2));
    if (shortest >= LONG_SECRET) return whole;
    return [...whole, ...[...secrets].flatMap((secret) => partsOf(secret, text2))];
  }
  return {
    mask: (secret) => {
      if (secret.trim() === "" || secrets.has(secret)) return;
      secrets.add(secret);
      spellings = [.../* @__PURE__ */ new Set([...spellings, ...spellingsOf(secret)])];
      announce(secret);
    },
    redact: (text2, shortest = SHORTEST_SECRET) => {
      if (secrets.size === 0) return text2;
      const found = [...find(text2, shortest)];
      let view = viewOf(text2);
      for (let layer = 0; layer < MOST_LAYERS; layer += 1) {
        const decoded2 = withoutEscapes(view);
        if (decoded2 === void 0) break;
        view = decoded2;
        found.push(...find(decoded2.plain, shortest).map(decoded2.toSource));
      }
      return without(text2, found);
    }
  };
}
function spellingsOf(secret) {
  const sound = secret.toWellFormed();
  const bytes = Buffer.from(secret, "utf8");
  const hex = bytes.toString("hex");
  const written = [JSON.stringify(secret).slice(1, -1), encodeURIComponent(sound), encodeURI(sound)];
  const packed = [...base64SpellingsOf(bytes), hex, hex.toUpperCase()];
  return [secret, ...written, ...packed.filter((text2) => text2.length >= 2 * SHORTEST_SECRET)];
}
function base64SpellingsOf(bytes) {
  const whole = bytes.toString("base64");
  const inner = [0, 1, 2].map((before) => {
    const text2 = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const first = Math.ceil(before * 8 / 6);
    const last = Math.floor((before + bytes.length) * 8 / 6);
    return text2.slice(first, last);
  });
  const standard = [whole, whole.replace(/=+$/, ""), ...inner];
  return [...standard, ...standard.map((text2) => text2.replaceAll("+", "-").replaceAll("/", "_"))];
}
function placesOf(secret, text2) {
  const places = [];
  for (let at2 = text2.indexOf(secret); at2 >= 0; at2 = text2.indexOf(secret, at2 + secret.length)) {
    places.push([at2, at2 + secret.length]);
  }
  return places;
}
function partsOf(secret, text2) {
  if (secret.length < LONG_SECRET) return [];
  const beginnings = placesOf(secret.slice(0, SHORTEST_PART), text2).map(([from, end]) => {
    let to = end;
    while (to - from < secret.length && text2[to] === secret[to - from]) to += 1;
    return [from, to];
  });
  const ends = placesOf(secret.slice(-SHORTEST_PART), text2).map(([start, to]) => {
    let from = start;
    while (from > 0 && to - from < secret.length && text2[from - 1] === secret[secret.length - (to - from) - 1])
      from -= 1;
    return [from, to];
  });
  return [...beginnings, ...ends];
}
function without(text2, ranges) {
  let result = "";
  let done = 0;
  let hiddenTo = -1;
  for (const [from, to] of [...ranges].sort(([left], [right]) => left - right)) {
    if (from < hiddenTo) {
      hiddenTo = Math.max(hiddenTo, to);
    } else {
      if (hiddenTo >= 0) result += "***";
      result += text2.slice(done, from);
      hiddenTo = to;
    }
    done = hiddenTo;
  }
  return hiddenTo < 0 ? text2 : `${result}***${text2.slice(done)}`;
}

// src/system/system.ts
var systemClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => new Promise((resolve2, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", abort);
      resolve2();
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
    await new Promise((resolve2) => {
      stream.write("", () => resolve2());
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

// src/gate/expected-clusters.ts
function expectedClusters(expected, judged) {
  if (expected.length === 0) return { absent: [], warnings: [] };
  const known = new Set(judged.map(({ cluster }) => cluster));
  const surplus = [...known].filter((cluster) => !expected.includes(cluster));
  return {
    absent: expected.filter((cluster) => !known.has(cluster)).map(absentVerdict),
    warnings: surplus.map((cluster) => ({
      message: `${cluster} was judged, and \`expect-clusters\` does not list it.`
    }))
  };
}
function absentVerdict(cluster) {
  const error3 = new GateError(
    "undetermined",
    "cluster-not-reported",
    `Nothing was reported of ${cluster}, which \`expect-clusters\` lists.`,
    {
      hint: "Look at the log of the job that judges it: it may have failed before it wrote its report, been cancelled, or never started. The names in both places must be the same."
    }
  );
  return {
    cluster,
    outcome: error3.outcome,
    findings: [],
    warnings: [],
    cache: "off",
    capabilities: [],
    error: error3
  };
}

// src/model/json-document.ts
var InvalidDocument = class extends Error {
  name = "InvalidDocument";
};
var MOST_PARTS = 6e5;
var SHORTEST_TOO_MANY = 2 * MOST_PARTS;
var QUOTE = 34;
var BACKSLASH = 92;
var OPENING_BRACKET = 91;
var OPENING_BRACE = 123;
function hasTooManyParts(body) {
  if (body.length <= SHORTEST_TOO_MANY) return false;
  let parts = 0;
  for (let at2 = 0; at2 < body.length && parts <= MOST_PARTS; at2 += 1) {
    const code = body.charCodeAt(at2);
    if (code === OPENING_BRACE || code === OPENING_BRACKET) parts += 1;
    if (code !== QUOTE) continue;
    for (at2 += 1; at2 < body.length && body.charCodeAt(at2) !== QUOTE; at2 += 1) {
      if (body.charCodeAt(at2) === BACKSLASH) at2 += 1;
    }
  }
  return parts > MOST_PARTS;
}
function parseDocument(body) {
  if (body.trim() === "") throw new InvalidDocument("an empty body");
  if (hasTooManyParts(body)) throw new InvalidDocument(`JSON of more than ${MOST_PARTS} objects and lists`);
  let value;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw new InvalidDocument(`a body of ${body.length} characters that is not JSON: ${textOfError(cause)}`, { cause });
  }
  if (!isObject(value)) throw new InvalidDocument(`JSON that is ${describe(value)}, not an object`);
  return { path: "", fields: value };
}
function expectKind(document, expected) {
  const kind = text(document, "kind");
  if (kind === expected) return;
  if (kind === "") throw new InvalidDocument(`JSON without a kind where ${expected} was expected`);
  const message = kind === "Status" ? text(document, "message") : "";
  const said = message === "" ? "" : `: ${message}`;
  throw new InvalidDocument(`kind ${JSON.stringify(kind)} where ${expected} was expected${said}`);
}
function expectFields(object2, fields) {
  for (const field of fields) {
    const value = object2.fields[field];
    if (value === void 0 || value === null) throw new InvalidDocument(`JSON without ${pathOf(object2, field)}`);
  }
}
function text(object2, field) {
  const value = object2.fields[field];
  if (value === void 0 || value === null) return "";
  if (typeof value !== "string") throw wrongType(pathOf(object2, field), value, "a string");
  return value;
}
function flag(object2, field) {
  const value = object2.fields[field];
  if (value === void 0 || value === null) return false;
  if (typeof value !== "boolean") throw wrongType(pathOf(object2, field), value, "true or false");
  return value;
}
function object(parent, field) {
  const value = parent.fields[field];
  if (value === void 0 || value === null) return void 0;
  return checkedObject(value, pathOf(parent, field));
}
function objects(parent, field) {
  return elements(parent, field).map(
    (value, index) => checkedObject(value ?? {}, `${pathOf(parent, field)}[${index}]`)
  );
}
function texts(parent, field) {
  return elements(parent, field).map((value, index) => {
    if (value === null) return "";
    if (typeof value !== "string") throw wrongType(`${pathOf(parent, field)}[${index}]`, value, "a string");
    return value;
  });
}
function elements(parent, field) {
  const value = parent.fields[field];
  if (value === void 0 || value === null) return [];
  if (!Array.isArray(value)) throw wrongType(pathOf(parent, field), value, "a list");
  return value;
}
function checkedObject(value, path3) {
  if (!isObject(value)) throw wrongType(path3, value, "an object");
  return { path: path3, fields: value };
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function pathOf(parent, field) {
  return parent.path === "" ? field : `${parent.path}.${field}`;
}
function wrongType(path3, value, expected) {
  return new InvalidDocument(`JSON whose ${path3} is ${describe(value)}, not ${expected}`);
}
function describe(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "a string";
  return `the ${typeof value} ${String(value)}`;
}
function textOfError(cause) {
  return cause instanceof Error ? cause.message : String(cause);
}

// src/model/api-documents.ts
function decodeApiVersions(document) {
  expectKind(document, "APIVersions");
  const versions = texts(document, "versions").map((version) => ({ groupVersion: version, version }));
  const [preferredVersion] = versions;
  return preferredVersion === void 0 ? [] : [{ name: "", versions, preferredVersion }];
}
function decodeGroupList(document) {
  expectKind(document, "APIGroupList");
  return objects(document, "groups").map((group) => {
    const preferred = object(group, "preferredVersion");
    const preferredVersion = preferred === void 0 ? void 0 : decodeVersion(preferred);
    return {
      name: text(group, "name"),
      versions: objects(group, "versions").map(decodeVersion),
      ...preferredVersion === void 0 || preferredVersion.version === "" ? {} : { preferredVersion }
    };
  });
}
function decodeResourceList(document) {
  expectKind(document, "APIResourceList");
  return {
    groupVersion: text(document, "groupVersion"),
    resources: objects(document, "resources").map(decodeResource)
  };
}
function decodeVersion(entry2) {
  return { groupVersion: text(entry2, "groupVersion"), version: text(entry2, "version") };
}
function decodeResource(entry2) {
  const group = text(entry2, "group");
  const version = text(entry2, "version");
  const shortNames = texts(entry2, "shortNames");
  const categories = texts(entry2, "categories");
  const storageVersionHash = text(entry2, "storageVersionHash");
  return {
    name: text(entry2, "name"),
    singularName: text(entry2, "singularName"),
    namespaced: flag(entry2, "namespaced"),
    ...group === "" ? {} : { group },
    ...version === "" ? {} : { version },
    kind: text(entry2, "kind"),
    verbs: texts(entry2, "verbs"),
    ...shortNames.length === 0 ? {} : { shortNames },
    ...categories.length === 0 ? {} : { categories },
    ...storageVersionHash === "" ? {} : { storageVersionHash }
  };
}

// src/model/group-version.ts
function parseGroupVersion(text2) {
  if (text2 === "" || text2 === "/") return { group: "", version: "" };
  const parts = text2.split("/");
  const [first = "", second] = parts;
  if (parts.length === 1) return { group: "", version: first };
  if (parts.length === 2 && second !== void 0) return { group: first, version: second };
  return void 0;
}
function formatGroupVersion({ group, version }) {
  return group === "" ? version : `${group}/${version}`;
}
var KUBE_VERSION = /^v([0-9]+)(?:(alpha|beta)([0-9]+))?$/;
var STABILITY = { alpha: 0, beta: 1, ga: 2 };
function parseKubeVersion(version) {
  const match = KUBE_VERSION.exec(version);
  if (match === null) return void 0;
  const [, major, level, minor] = match;
  return {
    stability: level === "alpha" || level === "beta" ? STABILITY[level] : STABILITY.ga,
    major: Number(major),
    minor: Number(minor ?? 0)
  };
}
function compareKubeAwareVersions(left, right) {
  if (left === right) return 0;
  const a = parseKubeVersion(left);
  const b = parseKubeVersion(right);
  if (a === void 0 && b === void 0) return left < right ? -1 : 1;
  if (a === void 0) return 1;
  if (b === void 0) return -1;
  return b.stability - a.stability || b.major - a.major || b.minor - a.minor;
}

// src/discovery/resource.ts
function toResource(described, list) {
  const { group, version, shortNames, categories, storageVersionHash, ...rest } = described;
  const own = group === list.group && version === list.version;
  return {
    ...rest,
    ...own || version === "" ? {} : { group, version },
    ...shortNames.length === 0 ? {} : { shortNames },
    ...categories.length === 0 ? {} : { categories },
    ...storageVersionHash === "" ? {} : { storageVersionHash }
  };
}
function resourcesOf(list, groupVersion) {
  return list.resources.map(
    (resource) => toResource(
      {
        ...resource,
        group: resource.group || groupVersion.group,
        version: resource.version || groupVersion.version,
        shortNames: resource.shortNames ?? [],
        categories: resource.categories ?? [],
        storageVersionHash: resource.storageVersionHash ?? ""
      },
      groupVersion
    )
  );
}

// src/discovery/aggregated.ts
function decodeAggregated(document) {
  expectKind(document, "APIGroupDiscoveryList");
  return objects(document, "items").map((item) => {
    const metadata = object(item, "metadata");
    const name = metadata === void 0 ? "" : text(metadata, "name");
    return { name, versions: objects(item, "versions").map((version) => decodeVersion2(version, name)) };
  });
}
function decodeVersion2(entry2, group) {
  const version = text(entry2, "version");
  return {
    version,
    stale: text(entry2, "freshness") === "Stale",
    resources: objects(entry2, "resources").flatMap((resource) => decodeResource2(resource, { group, version }))
  };
}
function decodeResource2(entry2, list) {
  const parent = {
    name: text(entry2, "resource"),
    singularName: text(entry2, "singularResource"),
    namespaced: text(entry2, "scope") === "Namespaced",
    verbs: texts(entry2, "verbs"),
    shortNames: texts(entry2, "shortNames"),
    categories: texts(entry2, "categories"),
    storageVersionHash: ""
  };
  const subresources = objects(entry2, "subresources").map((subresource) => ({
    name: `${parent.name}/${text(subresource, "subresource")}`,
    singularName: parent.singularName,
    namespaced: parent.namespaced,
    verbs: texts(subresource, "verbs"),
    shortNames: [],
    categories: [],
    storageVersionHash: "",
    responseKind: decodeResponseKind(subresource)
  }));
  return [{ ...parent, responseKind: decodeResponseKind(entry2) }, ...subresources].flatMap(
    ({ responseKind, ...described }) => responseKind === void 0 ? [] : [toResource({ ...described, ...responseKind }, list)]
  );
}
function decodeResponseKind(entry2) {
  const responseKind = object(entry2, "responseKind");
  if (responseKind === void 0) return void 0;
  const group = text(responseKind, "group");
  const version = text(responseKind, "version");
  const kind = text(responseKind, "kind");
  return group === "" && version === "" && kind === "" ? void 0 : { group, version, kind };
}

// src/discovery/media-type.ts
var discoveryAccept = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json"
].join(",");
var plainAccept = "application/json";
function discoveryFormat(contentType) {
  const mediaType = parseMediaType(contentType);
  if (mediaType === void 0 || mediaType.type !== "application/json") return "plain";
  const { parameters } = mediaType;
  const version = parameters.get("v");
  return parameters.get("g") === "apidiscovery.k8s.io" && (version === "v2" || version === "v2beta1") && parameters.get("as") === "APIGroupDiscoveryList" ? "aggregated" : "plain";
}
function isHtml(contentType) {
  const type = parseMediaType(contentType)?.type;
  return type === "text/html" || type === "application/xhtml+xml";
}
var PARAMETER = /;\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))\s*)?/y;
function parseMediaType(text2) {
  const end = text2.indexOf(";");
  const type = (end === -1 ? text2 : text2.slice(0, end)).trim().toLowerCase();
  const parameters = /* @__PURE__ */ new Map();
  if (end !== -1) {
    PARAMETER.lastIndex = end;
    while (PARAMETER.lastIndex < text2.length) {
      const match = PARAMETER.exec(text2);
      if (match === null) return void 0;
      const [, name, quoted2, bare] = match;
      if (name === void 0) continue;
      const key = name.toLowerCase();
      if (parameters.has(key)) return void 0;
      parameters.set(key, quoted2?.replace(/\\(.)/g, "$1") ?? bare ?? "");
    }
  }
  return { type, parameters };
}

// src/discovery/reply.ts
function readReply(path3, response, decode2) {
  if (response.status < 200 || response.status > 206) return { kind: "refused", refusal: refusalOf(path3, response) };
  try {
    if (looksLikeHtml(response)) throw new InvalidDocument(describeHtml(response.body));
    return { kind: "accepted", value: decode2(parseDocument(response.body)) };
  } catch (cause) {
    if (!(cause instanceof InvalidDocument)) throw cause;
    return {
      kind: "refused",
      refusal: {
        reason: "invalid",
        message: `GET ${path3} answered ${statusText(response.status)} with ${quote(cause.message)} (${contentTypeText(response)})`,
        hint: looksLikeHtml(response) ? HTML_HINT : INVALID_HINT
      }
    };
  }
}
function refusalOf(path3, response) {
  const words = serverWords(response);
  const message = `GET ${path3} answered ${statusText(response.status)}${words === "" ? "" : `: ${words}`}`;
  const { status } = response;
  if (looksLikeHtml(response)) return { reason: reasonOf(status), message, hint: htmlHint(status) };
  if (status === 403) return forbidden(message, words);
  if (status === 401) return unauthorized(message, response);
  if (status === 404) return { reason: "not-found", message, hint: NOT_FOUND_HINT };
  if (status >= 300 && status < 400 && status !== 304) return { reason: "invalid", message, hint: REDIRECT_HINT };
  const reason = reasonOf(status);
  return { reason, message, hint: reason === "unavailable" ? UNAVAILABLE_HINT : INVALID_HINT };
}
function reasonOf(status) {
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not-found";
    case 408:
    case 429:
      return "unavailable";
    default:
      return status >= 500 ? "unavailable" : "invalid";
  }
}
var OF_GATEWAY = /* @__PURE__ */ new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530]);
function htmlHint(status) {
  if (OF_GATEWAY.has(status)) return GATEWAY_HINT;
  return status === 403 ? FRONT_HINT : HTML_HINT;
}
function unauthorized(message, { refused }) {
  if (refused === void 0) return { reason: "unauthorized", message, hint: UNAUTHORIZED_HINT };
  const hint = refused.invalid ? EXPIRED_HINT : UNAUTHORIZED_HINT;
  return { reason: "unauthorized", message: `${message}; ${quote(refused.message)}`, hint };
}
function forbidden(message, words) {
  if (!/\bcannot get path "\/[^"]*"/.test(words)) return { reason: "forbidden", message, hint: FRONT_HINT };
  const user = /\bUser "((?:[^"\\]|\\.)+)" cannot get path /.exec(words)?.[1];
  if (user === "system:anonymous") return { reason: "forbidden", message, hint: ANONYMOUS_HINT };
  const whom = user === void 0 ? "the user of these credentials" : `user "${user}"`;
  return {
    reason: "forbidden",
    message: `${message}; the ClusterRole system:discovery would let ${whom} ask`,
    hint: `Bind the ClusterRole system:discovery to ${whom}: \`kubectl create clusterrolebinding kube-api-gate-discovery --clusterrole=system:discovery ${subject(user)}\`.`
  };
}
function subject(user) {
  const serviceAccount = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/.exec(user ?? "");
  if (serviceAccount !== null) return `--serviceaccount=${serviceAccount[1]}:${serviceAccount[2]}`;
  return user !== void 0 && /^[\w@.:/+=,-]+$/.test(user) ? `--user=${user}` : "--user=<name>";
}
function serverWords(response) {
  if (looksLikeHtml(response)) return describeHtml(response.body);
  try {
    const document = parseDocument(response.body);
    return quote(text(document, "message") || text(document, "error"));
  } catch (cause) {
    if (!(cause instanceof InvalidDocument)) throw cause;
    return quote(response.body);
  }
}
function looksLikeHtml({ contentType, body }) {
  return isHtml(contentType) || /^\s*<(?:!doctype\s+html|html)\b/i.test(body.slice(0, 500));
}
function describeHtml(body) {
  const title = quote(/<title[^>]*>([^<]*)<\/title>/i.exec(body.slice(0, 2e4))?.[1] ?? "");
  return title === "" ? "an HTML page" : `an HTML page titled ${JSON.stringify(title)}`;
}
function contentTypeText({ contentType }) {
  return contentType === "" ? "no Content-Type" : `Content-Type ${quote(contentType)}`;
}
var LONGEST_QUOTE = 500;
function quote(foreign) {
  const line = foreign.slice(0, 4 * LONGEST_QUOTE).replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}\u2026` : line;
}
var REASON_PHRASES = {
  200: "OK",
  301: "Moved Permanently",
  302: "Found",
  304: "Not Modified",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  406: "Not Acceptable",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout"
};
function statusText(status) {
  const phrase = REASON_PHRASES[status];
  return phrase === void 0 ? String(status) : `${status} ${phrase}`;
}
var HTML_HINT = "A login page or a proxy answered instead of a Kubernetes API server. Check the server's URL and whether the job must go through a VPN or sign in elsewhere first.";
var GATEWAY_HINT = "A gateway answered that has no API server behind it, or none that answers: the server, or the tunnel to it, is down or not registered there. Check the cluster and the URL, and run the job again.";
var FRONT_HINT = "Something in front of the API server refused the request: a Rancher, Teleport or Cloudflare front door, a company proxy or a firewall. These are its words; roles in the cluster do not change them. Check what it asks of a client, and that the job may pass it.";
var EXPIRED_HINT = "Store a new kubeconfig or token in the secret, or let the job sign in by itself with an exec plugin or `oidc-audience`. If the date is not past, set the clock of the runner.";
var REDIRECT_HINT = "Redirects are not followed, since they would carry the credentials elsewhere. A login page or a proxy may have answered: check the server's URL.";
var NOT_FOUND_HINT = "No Kubernetes API was found at this address. Check the server's URL, the path at its end included (some providers serve each cluster below a path).";
var UNAUTHORIZED_HINT = "The cluster does not accept these credentials. Check that they belong to this cluster and have not expired.";
var ANONYMOUS_HINT = "No credential arrived: none is configured for this user, or the URL of the server is http://, over which none is sent. Give credentials; do not grant rights to system:anonymous.";
var UNAVAILABLE_HINT = "The API server is there but cannot answer now. It may be starting or overloaded: run the job again later.";
var INVALID_HINT = "This is not what a Kubernetes API server answers. A proxy may have answered in its place or changed what it said.";

// src/discovery/endpoint.ts
async function askEndpoint(connection, endpoint, validator) {
  const response = await connection.get({
    path: endpoint,
    accept: discoveryAccept,
    ifNoneMatch: validator
  });
  if (response.status === 304 && validator !== void 0) return { kind: "not-modified" };
  const answer = readReply(endpoint, response, (document) => {
    if (discoveryFormat(response.contentType) === "plain") {
      return { format: "plain", groups: endpoint === "/api" ? decodeApiVersions(document) : decodeGroupList(document) };
    }
    const groups = decodeAggregated(document);
    return { format: "aggregated", groups, etag: response.etag };
  });
  return answer.kind === "refused" ? answer : { kind: "listed", listing: answer.value };
}
function holdToEndpoint(endpoint, answer) {
  if (answer.kind !== "listed") return answer;
  const complaint = complaintAbout(endpoint, answer.listing.groups);
  if (complaint === void 0) return answer;
  return {
    kind: "refused",
    refusal: { reason: "invalid", message: `GET ${endpoint} answered with ${quote(complaint)}`, hint: INVALID_HINT }
  };
}
var MOST_GROUP_VERSIONS = 1e4;
function complaintAbout(endpoint, groups) {
  const listed2 = groups.reduce((sum, { versions }) => sum + Math.max(1, versions.length), 0);
  if (listed2 > MOST_GROUP_VERSIONS) return `${listed2} group-versions, and no more than ${MOST_GROUP_VERSIONS} are read`;
  if (endpoint === "/apis" && groups.length === 0) return "no group at all";
  for (const { name, versions } of groups) {
    if (endpoint === "/api" && name !== "") return `the group ${JSON.stringify(name)}, which does not belong there`;
    if (endpoint === "/apis" && name === "") return "a group without a name";
    if (versions.some(({ version }) => version === ""))
      return `a version without a name in group ${JSON.stringify(name)}`;
  }
  return void 0;
}

// src/model/assert-never.ts
function assertNever(value) {
  throw new TypeError(`unexpected value: ${JSON.stringify(value)}`);
}

// src/discovery/refusal.ts
function errorOf(refusal) {
  const options = { hint: refusal.hint };
  const message = `${refusal.message}.`;
  switch (refusal.reason) {
    case "unauthorized":
    case "forbidden":
      return new GateError("denied", refusal.reason, message, options);
    case "not-found":
    case "invalid":
      return new GateError("unreachable", "not-an-api-server", message, options);
    default:
      return new GateError("unreachable", "api-server-unavailable", message, options);
  }
}
var WEIGHT = {
  unauthorized: 5,
  forbidden: 4,
  unavailable: 3,
  stale: 2,
  invalid: 1,
  "not-found": 0
};
function errorOfBoth(api, apis) {
  return errorOf({ ...heavier(api, apis), message: `${api.message}; ${apis.message}` });
}
function errorOfAll(refusals2) {
  const heaviest = refusals2.reduce(heavier);
  const count = refusals2.length === 1 ? "The one group-version" : `None of the ${refusals2.length} group-versions`;
  const found = refusals2.length === 1 ? "that is listed could not be read" : "that are listed could be read";
  return errorOf({ ...heaviest, message: `${count} ${found}: ${heaviest.message}` });
}
function heavier(first, second) {
  return WEIGHT[second.reason] > WEIGHT[first.reason] ? second : first;
}
function endpointGap(endpoint, refusal) {
  return { kind: "endpoint", endpoint, reason: gapReason(refusal), message: refusal.message };
}
function groupVersionGap(groupVersion, refusal) {
  return { kind: "group-version", groupVersion, reason: gapReason(refusal), message: refusal.message };
}
function gapReason({ reason }) {
  return reason === "unauthorized" ? "forbidden" : reason;
}

// src/discovery/groups.ts
function halfOf(endpoint, answer, previous) {
  switch (answer.kind) {
    case "refused":
      return { groups: [], gaps: [endpointGap(endpoint, answer.refusal)] };
    case "not-modified":
      return previousHalf(endpoint, previous);
    case "listed":
      return listedHalf(answer.listing);
    default:
      return assertNever(answer);
  }
}
function validatorOf(endpoint, previous) {
  const validator = endpoint === "/api" ? previous?.validators.api : previous?.validators.apis;
  const refused = previous?.gaps.some((gap) => gap.kind === "endpoint" && gap.endpoint === endpoint);
  return refused !== true && validator !== void 0 && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(validator) ? validator : void 0;
}
function groupVersionsToAsk(api, apis) {
  if (api.format !== "plain" && apis.format !== "plain") return [];
  const asked = /* @__PURE__ */ new Map();
  for (const { name, versions } of [...api.groups, ...apis.groups]) {
    for (const { version } of versions) {
      asked.set(formatGroupVersion({ group: name, version }), { group: name, version });
    }
  }
  return [...asked.values()];
}
function joinHalves(api, apis, asked) {
  const gaps = [...api.gaps, ...apis.gaps];
  for (const [groupVersion, answer] of asked) {
    if (answer.kind === "refused") gaps.push(groupVersionGap(groupVersion, answer.refusal));
  }
  const groups = [...api.groups, ...apis.groups].map((group) => served(group, asked));
  const validators = asked.size > 0 ? {} : {
    api: api.validator,
    apis: apis.validator
  };
  return { groups: mergeNamesakes(groups), gaps, validators };
}
function served({ name, preferredVersion, versions }, asked) {
  const kept = versions.flatMap(({ version, resources }) => {
    const answer = asked.get(formatGroupVersion({ group: name, version }));
    if (answer === void 0) return resources === void 0 ? [] : [{ version, resources }];
    return answer.kind === "accepted" ? [{ version, resources: answer.value }] : [];
  });
  const preferred = kept.some(({ version }) => version === preferredVersion) ? preferredVersion : kept[0]?.version;
  return { name, versions: kept, preferredVersion: preferred };
}
function mergeNamesakes(groups) {
  return mergeBy(
    groups,
    ({ name }) => name,
    (namesakes) => ({
      name: namesakes[0].name,
      // What the first does not say, the next may.
      preferredVersion: namesakes.find(({ preferredVersion }) => preferredVersion !== void 0)?.preferredVersion,
      versions: namesakes.flatMap(({ versions }) => versions)
    })
  ).map((group) => ({ ...group, versions: mergeVersions(group.versions) }));
}
function mergeVersions(versions) {
  return mergeBy(
    versions,
    ({ version }) => version,
    ([first, ...others]) => ({
      ...first,
      resources: mergeBy(
        [first, ...others].flatMap(({ resources }) => resources),
        ({ name }) => name,
        ([resource]) => resource
      )
    })
  );
}
function mergeBy(items, key, merge) {
  const byKey = /* @__PURE__ */ new Map();
  for (const item of items) {
    const namesakes = byKey.get(key(item));
    if (namesakes === void 0) byKey.set(key(item), [item]);
    else namesakes.push(item);
  }
  if (byKey.size === items.length) return items;
  return [...byKey.values()].map((namesakes) => namesakes.length === 1 ? namesakes[0] : merge(namesakes));
}
function listedHalf(listing2) {
  if (listing2.format === "plain") {
    const groups2 = listing2.groups.map(({ name, versions, preferredVersion }) => ({
      name,
      versions: versions.map(({ version }) => ({ version })),
      preferredVersion: preferredVersion === void 0 ? void 0 : preferredVersion.version
    }));
    return { format: "plain", groups: groups2, gaps: [] };
  }
  const gaps = [];
  const groups = listing2.groups.map(({ name, versions }) => ({
    name,
    versions: versions.filter(({ version, stale }) => {
      if (stale) gaps.push(staleGap({ group: name, version }));
      return !stale;
    })
  }));
  return {
    format: "aggregated",
    groups: groups.map(({ name, versions }) => ({
      name,
      versions: versions.map(({ version, resources }) => ({ version, resources }))
    })),
    gaps,
    validator: listing2.etag
  };
}
function staleGap(groupVersion) {
  const name = formatGroupVersion(groupVersion);
  return groupVersionGap(name, {
    reason: "stale",
    message: `the server lists ${name} with freshness Stale`
  });
}
function previousHalf(endpoint, previous) {
  const isCore = endpoint === "/api";
  const validator = validatorOf(endpoint, previous);
  return {
    format: "aggregated",
    groups: previous?.groups.filter(({ name }) => name === "" === isCore) ?? [],
    gaps: previous?.gaps.flatMap((gap) => gap.kind === "group-version" ? confirmedGap(gap, isCore) : []) ?? [],
    validator
  };
}
function confirmedGap(gap, isCore) {
  const groupVersion = parseGroupVersion(gap.groupVersion);
  if (groupVersion === void 0 || groupVersion.group === "" !== isCore) return [];
  return [gap.reason === "stale" ? staleGap(groupVersion) : gap];
}

// src/model/duration.ts
var UNITS2 = [
  ["h", 36e5],
  ["m", 6e4],
  ["s", 1e3]
];
function formatDuration(ms) {
  if (ms === 0) return "0s";
  if (ms < 1e3) return `${Math.round(ms)}ms`;
  if (ms < 1e4) return `${Math.round(ms / 100) / 10}s`;
  let left = Math.round(ms / 1e3) * 1e3;
  const parts = [];
  for (const [unit, size] of UNITS2) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join("");
}

// src/discovery/needs.ts
var EVERYTHING = { version: true, groupVersion: () => true };
var UNNEEDED_MS = 5e3;
function unneeded(needed, clock) {
  const over = new AbortController();
  const ended = new AbortController();
  return {
    signal: over.signal,
    start: () => {
      if (needed) return;
      clock.sleep(UNNEEDED_MS, ended.signal).then(
        () => over.abort(new DOMException("the answer took too long", "TimeoutError")),
        () => void 0
      );
    },
    end: () => ended.abort(),
    isOver: () => over.signal.aborted
  };
}
function givenUp(path3, cause) {
  const message = `GET ${path3} did not answer within ${formatDuration(UNNEEDED_MS)}, and nothing that is required depends on it`;
  return new GateError("unreachable", "given-up", message, { cause });
}

// src/discovery/resource-lists.ts
var CONCURRENCY = 16;
var MOST_RESOURCES = 2e5;
async function askResources(connection, groupVersions, options) {
  const answers = [];
  const unanswered = [];
  const waiting = groupVersions.entries();
  let resources = 0;
  const worker = async () => {
    for (const [index, groupVersion] of waiting) {
      const name = formatGroupVersion(groupVersion);
      const patience = unneeded(options.needs.groupVersion(name), options.clock);
      const answer = await askResourcesOf(connection, groupVersion, patience, unanswered);
      if (answer.kind === "accepted") resources += answer.value.length;
      answers[index] = [name, resources > MOST_RESOURCES ? tooMany(name) : answer];
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, groupVersions.length) }, worker));
  const [first] = unanswered;
  if (first !== void 0 && unanswered.length === groupVersions.length) throw first;
  return new Map(answers);
}
function tooMany(groupVersion) {
  const message = `GET ${pathOf2(groupVersion)} answered with resources that make more than ${MOST_RESOURCES} of all group-versions`;
  return { kind: "refused", refusal: { reason: "invalid", message, hint: INVALID_HINT } };
}
async function askResourcesOf(connection, groupVersion, patience, unanswered) {
  const name = formatGroupVersion(groupVersion);
  patience.start();
  const answer = await askResourceList(connection, name, patience.signal).catch((cause) => {
    if (!(cause instanceof GateError) || cause.outcome !== "unreachable") throw cause;
    const refused = patience.isOver() ? givenUp(pathOf2(name), cause) : cause;
    unanswered.push(refused);
    return { kind: "refused", refusal: { reason: "unavailable", message: refused.message } };
  }).finally(patience.end);
  if (answer.kind === "refused") {
    if (answer.refusal.reason === "unauthorized") throw errorOf(answer.refusal);
    return answer;
  }
  const list = answer.value;
  if (list.groupVersion !== "" && list.groupVersion !== name) {
    const message = `GET ${pathOf2(name)} answered with the resources of ${JSON.stringify(list.groupVersion)}`;
    return { kind: "refused", refusal: { reason: "invalid", message, hint: INVALID_HINT } };
  }
  return { kind: "accepted", value: resourcesOf(list, groupVersion) };
}
async function askResourceList(connection, groupVersion, signal) {
  const path3 = pathOf2(groupVersion);
  return readReply(path3, await connection.get({ path: path3, accept: plainAccept, signal }), decodeResourceList);
}
function pathOf2(groupVersion) {
  if (groupVersion === "v1") return "/api/v1";
  return `/apis/${groupVersion.split("/").map((part) => encodeURIComponent(part.toWellFormed())).join("/")}`;
}

// src/discovery/version.ts
async function askVersion(connection, patience) {
  const answer = await ask(connection, patience).finally(patience.end);
  if (answer.kind === "accepted") return { kind: "known", version: answer.value };
  return { kind: "unknown", gap: endpointGap("/version", answer.refusal) };
}
async function ask(connection, { signal, isOver }) {
  try {
    return readReply(
      "/version",
      await connection.get({ path: "/version", accept: plainAccept, signal }),
      decodeVersion3
    );
  } catch (cause) {
    if (!(cause instanceof GateError)) throw cause;
    const refused = isOver() ? givenUp("/version", cause) : cause;
    const reason = cause.outcome === "denied" ? "forbidden" : "unavailable";
    return { kind: "refused", refusal: { reason, message: refused.message } };
  }
}
function decodeVersion3(document) {
  const gitVersion = text(document, "gitVersion");
  if (gitVersion === "") throw new InvalidDocument("JSON without a gitVersion");
  return { gitVersion, major: text(document, "major"), minor: text(document, "minor") };
}

// src/discovery/discover.ts
async function discover(connection, options) {
  const { clock, log } = options;
  let attempt = await discoverOnce(connection, options);
  if (attempt.refusals.some(({ reason }) => reason === "not-found")) {
    log.debug("a listed group-version was not found: asking for the listing once more");
    await clock.sleep(SECOND_TRY_MS * (1 + clock.random()), new AbortController().signal);
    const first = attempt;
    attempt = await discoverOnce(connection, options).catch((cause) => {
      if (cause instanceof GateError && cause.outcome === "unreachable") return first;
      throw cause;
    });
  }
  const [refusal, ...others] = attempt.refusals;
  if (refusal !== void 0 && attempt.refusals.length === attempt.asked) throw errorOfAll([refusal, ...others]);
  return attempt.discovery;
}
var SECOND_TRY_MS = 150;
async function discoverOnce(connection, options) {
  const { clock, previous, log, needs = EVERYTHING } = options;
  const takenAt = clock.now();
  const patience = unneeded(needs.version, clock);
  const askingVersion = askVersion(connection, patience);
  askingVersion.catch(() => void 0);
  const [apiAnswer, apisAnswer] = await Promise.all([
    askEndpoint(connection, "/api", validatorOf("/api", previous)),
    askEndpoint(connection, "/apis", validatorOf("/apis", previous))
  ]);
  const api = holdToEndpoint("/api", apiAnswer);
  const apis = holdToEndpoint("/apis", apisAnswer);
  throwIfUnusable(api, apis);
  log.debug(`/api: ${describe2(api)}; /apis: ${describe2(apis)}`);
  const apiHalf = halfOf("/api", api, previous);
  const apisHalf = halfOf("/apis", apis, previous);
  const toAsk = groupVersionsToAsk(apiHalf, apisHalf);
  if (toAsk.length > 0) log.debug(`asking ${toAsk.length} group-versions for their resources`);
  patience.start();
  const asked = await askResources(connection, toAsk, { clock, needs });
  const { groups, gaps, validators } = joinHalves(apiHalf, apisHalf, asked);
  const version = await askingVersion;
  const snapshot = {
    takenAt,
    groups,
    ...version.kind === "known" ? { version: version.version } : {},
    gaps: version.kind === "known" ? gaps : [...gaps, version.gap],
    validators
  };
  return {
    discovery: { snapshot, confirmed: confirmedOf(api, apis) },
    asked: asked.size,
    refusals: [...asked.values()].flatMap((answer) => answer.kind === "refused" ? answer.refusal : [])
  };
}
function confirmedOf(api, apis) {
  if (api.kind === "not-modified") return apis.kind === "not-modified" ? 2 : 1;
  return apis.kind === "not-modified" ? 1 : 0;
}
function throwIfUnusable(api, apis) {
  for (const answer of [api, apis]) {
    if (answer.kind === "refused" && answer.refusal.reason === "unauthorized") throw errorOf(answer.refusal);
  }
  if (api.kind === "refused" && apis.kind === "refused") throw errorOfBoth(api.refusal, apis.refusal);
}
function describe2(answer) {
  switch (answer.kind) {
    case "not-modified":
      return "not modified";
    case "refused":
      return answer.refusal.message;
    case "listed":
      return `${answer.listing.groups.length} groups, ${answer.listing.format}`;
  }
}

// src/gate/asking.ts
async function askAlong(cluster, options, world, along) {
  const { previous, needs, through: through2 = (connection) => connection } = options;
  return await withConnection(cluster, options, world, (connection) => {
    const discovering = discover(through2(connection), { clock: world.clock, log: world.log, needs, previous });
    return along(connection, discovering);
  });
}
async function withConnection(cluster, { timeoutMs, meanwhile }, world, use) {
  world.progress?.(`Asking ${cluster.name}`);
  const deadline = new AbortController();
  const answered = new AbortController();
  const timer = world.clock.sleep(timeoutMs, answered.signal).then(
    () => deadline.abort(timedOut(cluster, timeoutMs)),
    () => void 0
  );
  const connection = cluster.open({
    signal: deadline.signal,
    timeoutMs,
    onSent: meanwhile
  });
  try {
    return await use(connection);
  } finally {
    answered.abort();
    await timer;
    await connection.close();
  }
}
function timedOut(cluster, timeoutMs) {
  return new GateError(
    "unreachable",
    "timed-out",
    `${cluster.server} did not answer within ${formatDuration(timeoutMs)}.`,
    {
      hint: "Check that the cluster can be reached from this runner; raise `timeout` if it is only slow."
    }
  );
}
var WAIT_STEPS_MS = [1e3, 2e3, 3e3, 5e3];
async function askUntil({ waitMs, attempt, lacking, name }, world) {
  const { clock, log } = world;
  const until = clock.now() + waitMs;
  for (let attempts = 0; ; attempts += 1) {
    const answer = await attempt().then(
      (value) => ({ value, lacks: lacking(value) }),
      (thrown) => {
        if (thrown instanceof GateError && thrown.outcome === "unreachable") return { thrown, lacks: thrown.message };
        throw thrown;
      }
    );
    const step = WAIT_STEPS_MS[Math.min(attempts, WAIT_STEPS_MS.length - 1)] ?? 0;
    const pauseMs = Math.min(step * (1 + clock.random() / 4), until - clock.now());
    if (answer.lacks === void 0 || pauseMs <= 0) {
      if ("thrown" in answer) throw answer.thrown;
      return answer.value;
    }
    const left = formatDuration(until - clock.now());
    log.line(`${name}: not yet: ${answer.lacks.replace(/\.$/, "")}; asking again, for at most ${left} more.`);
    world.progress?.(`Waiting for ${name}`);
    await clock.sleep(pauseMs, NEVER.signal);
  }
}
var NEVER = new AbortController();

// src/gate/keeping.ts
function whyNotKept(subject2, snapshot, plan, { secrets }) {
  if (isUnmeant(subject2, plan)) return "no input says which cluster is meant";
  return holdsSecret(snapshot, secrets) ? "the answer holds a text that is also a secret of this job" : void 0;
}
function holdsSecret(snapshot, secrets) {
  const texts2 = [...new Set(textsOf(snapshot))].join("\n");
  return secrets.redact(texts2) !== texts2;
}
function unmeantRemarks(subject2, plan) {
  if (!isUnmeant(subject2, plan)) return [];
  const saved = plan.settings.cache.mode === "off" ? "" : " The answer is not saved in the cache.";
  return [
    {
      message: `\`cluster\` calls this cluster ${subject2.name}, and no input says which cluster is meant: it is ${subject2.cluster?.origin}.${saved} Give \`kubeconfig\` and \`context\`, or \`expect-server\`. An input that comes from a secret is empty where the workflow cannot read the secret.`
    }
  ];
}
function isUnmeant({ cluster }, { settings }) {
  return settings.clusterName !== void 0 && cluster?.ambient === true;
}
function textsOf(value) {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

// src/gate/caches.ts
async function openCaches(subject2, plan, world) {
  const { mode } = plan.settings.cache;
  const { kubectlCache } = plan.settings;
  const [kubectl, store] = await Promise.all([openKubectl(subject2, plan, world), openStore(subject2, plan, world)]);
  const reads = mode === "auto" || mode === "only";
  const kubectlReads = reads && kubectlCache === "use";
  return {
    readable: [
      ...kubectl !== void 0 && kubectlReads ? [kubectl.find] : [],
      ...store !== void 0 && reads ? [store.find] : []
    ],
    through: (connection) => kubectl === void 0 || kubectlCache !== "use" ? connection : kubectl.through(connection, kubectlReads),
    confirmed: () => kubectl?.confirmed() ?? 0,
    keep: async (snapshot) => {
      const [shared, kept] = await Promise.all([shareWith(kubectl, snapshot), keepIn(store, snapshot)]);
      if (shared?.kind === "kept" && kubectlCache === "write") {
        world.exportVariable("KUBECACHEDIR", world.kubectlCacheDirectory);
      }
      return kept ?? { kind: "kept" };
    }
  };
  async function shareWith(cache, snapshot) {
    if (cache === void 0 || !holdsSecret(snapshot, world.secrets)) return await cache?.keep(snapshot);
    world.log.line(`kubectl's cache of ${subject2.name}: left alone, because ${SECRET}.`);
    return { kind: "not-kept", reason: SECRET };
  }
  async function keepIn(cache, snapshot) {
    const reason = cache === void 0 ? void 0 : whyNotKept(subject2, snapshot, plan, world);
    if (reason === void 0) return await cache?.keep(snapshot);
    world.log.line(`Cache of ${subject2.name}: not saved, because ${reason}.`);
    return { kind: "not-kept", reason };
  }
}
var SECRET = "the answer holds a text that is also a secret of this job";
async function openKubectl({ name, cluster }, plan, world) {
  const { kubectlCache, cache } = plan.settings;
  if (kubectlCache === "off" || cluster === void 0) return void 0;
  const { openKubectlCache } = await import("./kubectl-cache.js");
  return openKubectlCache({
    directory: kubectlCache === "use" ? world.kubectlOwnCacheDirectory : world.kubectlCacheDirectory,
    server: cluster.server,
    owner: ownerOf(cluster),
    ttlMs: cache.ttlMs,
    clock: world.clock,
    log: world.log,
    name,
    holdsSecret: (text2) => world.secrets.redact(text2) !== text2
  });
}
function ownerOf({ origin, identity }) {
  const { server, certificateAuthority, tlsServerName, proxy, impersonation, credentials } = identity;
  return [origin, server, certificateAuthority, tlsServerName, proxy, impersonation, credentials];
}
async function openStore(subject2, plan, world) {
  const { cache, clusterName } = plan.settings;
  if (cache.mode === "off" || world.store === void 0) return void 0;
  const { openSnapshotCache } = await import("./snapshot-cache.js");
  const opened = openSnapshotCache({
    ttlMs: cache.ttlMs,
    store: world.store,
    clock: world.clock,
    log: world.log
  });
  const identity = { cluster: subject2.cluster === void 0 ? subject2.name : clusterName, server: subject2.identity };
  return { find: () => opened.find(identity), keep: (snapshot) => opened.keep(identity, snapshot) };
}

// src/gate/drift-since.ts
async function driftSince(cluster, snapshot, plan) {
  const { compare, failOn } = plan.settings;
  if (compare.length === 0) return { drift: void 0, warnings: [] };
  const earlier = plan.earlier.get(cluster);
  if (earlier === void 0) {
    const message = `${cluster} has no earlier snapshot among the files of \`compare\`, so nothing is known of its drift.`;
    return { drift: void 0, warnings: [{ message }] };
  }
  const { differenceBetween } = await import("./drift.js");
  const { takenAt } = earlier.snapshot;
  const { changes, unknown } = differenceBetween(earlier.snapshot, snapshot, plan.requirements);
  const isLater = takenAt > snapshot.takenAt;
  return {
    drift: { since: takenAt, changes, unknown, fails: failOn.includes("drift") && changes.length > 0 },
    warnings: isLater ? [
      {
        message: `${cluster}: the snapshot in ${earlier.file}, to compare with, was taken after the one that is judged.`
      }
    ] : []
  };
}

// src/gate/needs.ts
function needsOf(requirements) {
  const apis = requirements.flatMap(({ anyOf }) => anyOf);
  const named = new Set(apis.flatMap((api) => "groupVersion" in api ? [formatGroupVersion(api.groupVersion)] : []));
  const groups = new Set(apis.flatMap((api) => api.kind === "group" ? [api.group] : []));
  return {
    version: apis.some(({ kind }) => kind === "server-version"),
    groupVersion: (text2) => named.has(text2) || groups.has(parseGroupVersion(text2)?.group ?? text2)
  };
}

// src/model/action-reference.ts
var ACTION_REFERENCE = "kube-api-gate/kube-api-gate@<full commit SHA>";

// src/gate/only-cached.ts
function mayHaveChanged(cluster, ageMs) {
  return {
    message: `Judged by what ${cluster} served ${formatDuration(ageMs)} ago, as \`cache: only\` asks. If the cluster has changed since, run the workflow that seeds the cache, then this job again.`
  };
}
function nothingSaved(cluster, reason) {
  return {
    message: `What ${cluster} serves was not saved, because ${reason}. Jobs with \`cache: only\` go on with an older answer, and end undetermined when it is too old.`
  };
}
function nothingCached(sought, ttlMs, found) {
  const { name } = sought;
  const reason = found.kind === "stale" ? `the one there is ${formatDuration(found.ageMs)} old` : found.reason;
  return new GateError(
    "undetermined",
    "nothing-cached",
    `No snapshot of ${name} younger than ${formatDuration(ttlMs)} is in the cache (${reason}), and \`cache: only\` forbids asking the cluster.`,
    { hint: adviceOn(sought, ttlMs, found) }
  );
}
function adviceOn({ name, named }, ttlMs, found) {
  const seed = `seed the cache from a job on the default branch that may reach the cluster:

${seedingWorkflow(named ? name : void 0, ttlMs)}`;
  const perhaps = "If a job that seeds the cache is there, it did not run, or it ran and saved nothing: its log and its summary say so. If not,";
  if (found.kind === "stale") {
    return `Since then the job that seeds the cache has not run, or it ran and saved nothing: its log and its summary say so. Run it again. If there is no such job, ${seed}`;
  }
  switch (found.why) {
    case "no-service":
      return "No job that runs where this one does can save or find anything. Give this job a cache service (act: `--cache-server-path`; GitHub Enterprise Server: an administrator enables it), or let it ask the cluster with `cache: auto` and credentials.";
    case "kubectl":
      return "Fill kubectl's cache, for example by `kubectl api-resources` with the same context, or let this run ask the cluster, without `cache: only`.";
    case "trouble":
      return "Whether it was saved is not known, as the cache could not be read. Run the job again.";
    case "other-server":
      return `Each cluster needs a name of its own: give this one another \`cluster\` than the job that saved the entry, or check that \`kubeconfig\`, \`context\` or \`server\` names the cluster that is meant.`;
    case "unusable":
      return `Something else than a usable snapshot was saved under the name. To replace it, ${seed}`;
    case void 0:
      return `${perhaps} ${seed}`;
  }
}
function seedingWorkflow(cluster, ttlMs) {
  const minutes = Math.min(30, Math.max(5, Math.floor(ttlMs / 12e4)));
  return `on:
  schedule:
    - cron: '*/${minutes} * * * *'
jobs:
  seed:
    runs-on: ubuntu-latest
    steps:
      - uses: ${ACTION_REFERENCE}
        with:
          require: v1
${cluster === void 0 ? "" : `          cluster: ${cluster}
`}          cache: refresh
          cache-ttl: ${ttlMs / 1e3}s # the same in both jobs; GitHub may start a schedule late, so leave room
          kubeconfig: \${{ secrets.KUBECONFIG }}
${cluster === void 0 ? "" : `          context: ${cluster} # the context of this cluster in the kubeconfig
`}`;
}

// src/gate/judge-cluster.ts
var loadJudging = () => import("./judge.js");
async function judgeCluster(subject2, plan, world) {
  const { mode, ttlMs } = plan.settings.cache;
  const [caches, fields] = await Promise.all([openCaches(subject2, plan, world), openFields(subject2, plan, world)]);
  const preparing = fields?.prepare({ cluster: plan.settings.clusterName, server: subject2.identity });
  const looked = await lookIn(caches, subject2, plan);
  await preparing;
  if (looked.judged !== void 0 && (looked.final || mode === "only")) {
    const { judged: judged2, ageMs } = looked;
    const told = await fields?.cached(judged2, mode === "only" ? void 0 : reopening(subject2, plan, world)) ?? judged2;
    const standsByItself = looked.final && told.findings.every(({ field, fails }) => field === void 0 || !fails);
    const warnings2 = standsByItself || mode !== "only" ? [] : [mayHaveChanged(subject2.name, ageMs)];
    return {
      verdict: await verdictOf(subject2, plan, warnedOf(told, warnings2), "hit", ageMs),
      snapshot: told.snapshot,
      saved: fields?.keep() ?? Promise.resolve()
    };
  }
  if (mode === "only") {
    const named = plan.settings.clusterName !== void 0 || plan.settings.cachedClusters.length > 0;
    throw nothingCached({ name: subject2.name, named }, ttlMs, looked.absent);
  }
  if (looked.judged !== void 0) {
    world.log.line(
      `${subject2.name}: some requirements are not met by the cached snapshot; asking the cluster before that counts.`
    );
  }
  const { judged, use } = await judgeLive({ subject: subject2, fields }, plan, caches, looked.stale, world);
  const keeping = caches.keep(judged.snapshot);
  const kept = mode === "refresh" ? await keeping : void 0;
  const warnings = kept?.kind === "not-kept" ? [nothingSaved(subject2.name, kept.reason)] : [];
  const unused = mode === "off" || mode === "auto" && caches.readable.length === 0;
  const found = looked.judged === void 0 ? use : "rechecked";
  return {
    verdict: await verdictOf(subject2, plan, warnedOf(judged, warnings), unused ? "off" : found, 0),
    snapshot: judged.snapshot,
    saved: Promise.all([keeping, fields?.keep()])
  };
}
async function openFields(subject2, plan, world) {
  if (plan.work === void 0) return void 0;
  const { openFieldJudge } = await import("./judge-fields.js");
  return openFieldJudge(subject2, plan, plan.work, world);
}
function reopening({ cluster, name }, plan, world) {
  if (cluster === void 0) throw new TypeError(`${name} has no cluster to ask`);
  return (use) => withConnection(cluster, { timeoutMs: plan.settings.timeoutMs }, world, use);
}
function warnedOf(judged, warnings) {
  return { ...judged, warnings: [...judged.warnings, ...warnings] };
}
async function lookIn({ readable }, subject2, plan) {
  let looked = {
    ageMs: 0,
    final: false,
    absent: { kind: "none", why: "no-service", reason: "no cache is in use" }
  };
  for (const find of readable) {
    const found = await find();
    if (found.kind === "fresh") {
      const judged = await judgeSnapshot(found.snapshot, subject2, plan);
      const final = isFinal(judged, plan);
      looked = { ...looked, judged, ageMs: found.ageMs, final };
      if (final) break;
    } else {
      looked = { ...looked, absent: found, stale: found.kind === "stale" ? found.snapshot : looked.stale };
    }
  }
  return looked;
}
function isFinal({ snapshot, findings, drift }, plan) {
  if (drift?.fails === true || isAboutAll(plan) && snapshot.gaps.length > 0) return false;
  return findings.every((finding) => finding.field !== void 0 || isFinalInCachedData(finding, plan));
}
function isAboutAll({ settings }) {
  return settings.saveSnapshots !== void 0 || settings.compare.length > 0;
}
function isFinalInCachedData({ met, fails, acceptance }, { settings }) {
  if (acceptance !== void 0 && !settings.updateBaseline) return true;
  return met === "yes" && !fails;
}
function isBeingRecorded(acceptance, { settings }) {
  return settings.updateBaseline && acceptance?.kind === "baseline";
}
async function judgeLive({ subject: subject2, fields }, plan, caches, cached, world) {
  const { cluster, name } = subject2;
  if (cluster === void 0) throw new TypeError(`${name} has no cluster to ask`);
  const { waitMs } = plan.settings;
  let latest = cached;
  return await askUntil(
    {
      name,
      waitMs,
      attempt: async () => {
        const attempted = await plan.turns.take(
          new AbortController().signal,
          () => judgeOnce({ subject: subject2, fields, cluster, caches, previous: latest, isCached: latest === cached }, plan, world)
        );
        if (attempted.judged.snapshot.gaps.length === 0) latest = attempted.judged.snapshot;
        return attempted;
      },
      lacking: ({ judged }) => judged.findings.find(
        ({ fails, met, acceptance }) => met !== "yes" && (fails || isBeingRecorded(acceptance, plan))
      )?.requirement.text
    },
    world
  );
}
async function judgeOnce({ subject: subject2, fields, cluster, caches, previous, isCached }, plan, world) {
  const { clock, log } = world;
  const until = clock.now() + plan.settings.timeoutMs;
  const asking = async (from) => {
    const timeoutMs = Math.max(1, until - clock.now());
    const options = {
      timeoutMs,
      previous: from,
      needs: isAboutAll(plan) ? void 0 : needsOf(plan.requirements),
      through: caches.through,
      meanwhile: () => loadMeanwhile(world)
    };
    return await askAlong(cluster, options, world, async (connection, discovering) => {
      const judging = discovering.then(({ snapshot }) => judgeSnapshot(snapshot, subject2, plan));
      const judged2 = await (fields?.live(connection, judging) ?? judging);
      return { judged: judged2, confirmed: (await discovering).confirmed };
    });
  };
  const confirmedBefore = caches.confirmed();
  const { judged, confirmed } = await asking(previous);
  if (!isCached || confirmed === 0) {
    return { judged, use: caches.confirmed() - confirmedBefore === 2 ? "revalidated" : "miss" };
  }
  if (isFinal(judged, plan)) return { judged, use: confirmed === 2 ? "revalidated" : "miss" };
  log.line(
    `${subject2.name}: some requirements are not met by what the cluster confirmed; asking for everything before that counts.`
  );
  return { judged: (await asking(void 0)).judged, use: "rechecked" };
}
function loadMeanwhile({ publisher }) {
  for (const loading of [loadJudging(), publisher.prepare()]) loading.catch(() => void 0);
}
async function judgeSnapshot(snapshot, { name }, plan) {
  const { judge } = await loadJudging();
  const { failOn, targetVersion } = plan.settings;
  const { findings, warnings, notJudged: notJudged2 } = judge(snapshot, plan.requirements, {
    cluster: name,
    failOn,
    definitions: plan.definitions,
    accept: plan.acceptances.accept,
    nearly: plan.acceptances.nearly,
    targetVersion
  });
  const since = await driftSince(name, snapshot, plan);
  return { snapshot, findings, warnings: [...warnings, ...since.warnings], notJudged: notJudged2, drift: since.drift };
}
async function verdictOf(subject2, plan, judged, cache, ageMs) {
  const { capabilitiesOf, outcomeOf } = await loadJudging();
  const { snapshot, findings, warnings, notJudged: notJudged2, drift } = judged;
  return {
    cluster: subject2.name,
    outcome: drift?.fails === true ? "incompatible" : outcomeOf(findings),
    findings,
    warnings: [...unmeantRemarks(subject2, plan), ...warnings],
    notJudged: notJudged2,
    cache,
    ageMs,
    capabilities: capabilitiesOf(snapshot),
    drift,
    serverVersion: snapshot.version
  };
}

// src/gate/snapshot-files.ts
var NO_SNAPSHOT_FILES = { judged: [], earlier: /* @__PURE__ */ new Map() };
async function readSnapshotFiles({ snapshots, compare }, world) {
  if (snapshots.length === 0 && compare.length === 0) return NO_SNAPSHOT_FILES;
  const [{ findFiles }, { readSnapshots }] = await Promise.all([
    import("./find-files.js"),
    import("./read-snapshots.js")
  ]);
  const read2 = async (patterns, input) => {
    const surroundings = {
      workingDirectory: world.environment.workingDirectory,
      repositoryRoot: world.repositoryRoot
    };
    const found = await findFiles(patterns, { ...surroundings, input });
    const reading = readSnapshots(found.files, input);
    return { snapshots: reading.snapshots, problems: [...found.problems, ...reading.problems] };
  };
  const [judged, earlier] = [await read2(snapshots, "snapshots"), await read2(compare, "compare")];
  const problems = distinctProblems([...judged.problems, ...earlier.problems]);
  if (problems.length > 0) {
    throw new GateError("invalid-input", "snapshots-invalid", "The snapshot files cannot be used.", { problems });
  }
  return {
    judged: judged.snapshots,
    earlier: new Map(earlier.snapshots.map((snapshot) => [snapshot.cluster, snapshot]))
  };
}
function distinctProblems(problems) {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
var CLOCK_SKEW_MS = 5 * 6e4;
var OLD_MS = 30 * 24 * 36e5;
function checkAge({ cluster, file, snapshot }, maxAgeMs, now) {
  const ageMs = now - snapshot.takenAt;
  const taken = new Date(snapshot.takenAt).toISOString();
  if (ageMs < -CLOCK_SKEW_MS) {
    const message = `The snapshot of ${cluster} in ${file} was taken at ${taken}, which is in the future by this machine's clock.`;
    const hint = "Check the clocks of this machine and of the one that wrote the file.";
    if (maxAgeMs !== void 0) throw new GateError("undetermined", "snapshot-from-the-future", message, { hint });
    return [{ message: `${message} ${hint}`, place: { kind: "file", file, line: 1 } }];
  }
  if (maxAgeMs !== void 0 && ageMs > maxAgeMs) {
    throw new GateError(
      "undetermined",
      "snapshot-too-old",
      `The snapshot of ${cluster} in ${file} is ${formatDuration(ageMs)} old, and \`snapshot-max-age\` allows ${formatDuration(maxAgeMs)}.`,
      { hint: "Write it again with `save-snapshots`, in a job that may ask the cluster." }
    );
  }
  if (maxAgeMs !== void 0 || ageMs <= OLD_MS) return [];
  const days = Math.floor(ageMs / (24 * 36e5));
  return [
    {
      message: `The snapshot of ${cluster} in ${file} is ${days} days old. The cluster may have changed since; write it again with \`save-snapshots\`, or set \`snapshot-max-age\`.`,
      place: { kind: "file", file, line: 1 }
    }
  ];
}

// src/gate/judge-file.ts
async function judgeFile(subject2, filed, plan, world) {
  const now = world.clock.now();
  const remarks = checkAge(filed, plan.settings.snapshotMaxAgeMs, now);
  const { snapshot } = filed;
  const apis = await judgeSnapshot(snapshot, subject2, plan);
  const judged = await withFields(apis, subject2, plan, world);
  const ageMs = Math.max(0, now - snapshot.takenAt);
  const verdict = await verdictOf(
    subject2,
    plan,
    { ...judged, warnings: [...judged.warnings, ...remarks] },
    "file",
    ageMs
  );
  return { verdict, snapshot, saved: Promise.resolve() };
}
async function withFields(judged, subject2, plan, world) {
  if (plan.work === void 0) return judged;
  const { openFieldJudge } = await import("./judge-fields.js");
  return await openFieldJudge(subject2, plan, plan.work, world).cached(judged, void 0);
}

// src/gate/keep-snapshots.ts
var { resolve } = globalThis.process.getBuiltinModule("node:path");
async function keepSnapshots(results, plan, world) {
  const { saveSnapshots, compare } = plan.settings;
  if (saveSnapshots === void 0) return;
  const { saveSnapshot } = await import("./save-snapshot.js");
  const directory = resolve(world.environment.workingDirectory, saveSnapshots);
  const failures = [];
  for (const [index, { snapshot }] of results.entries()) {
    const subject2 = plan.subjects[index];
    if (subject2 === void 0) continue;
    const cluster = subject2.name;
    const reason = snapshot === void 0 ? "the cluster was not judged" : whyNotWritten(subject2, snapshot, plan, world);
    const saved = snapshot === void 0 || reason !== void 0 ? { kind: "not-written", reason } : await saveSnapshot(directory, { cluster, snapshot });
    if (saved.kind === "written") {
      world.log.line(`Snapshot of ${cluster}: written to ${saved.path}.`);
      continue;
    }
    const line = `Snapshot of ${cluster}: not written, because ${saved.reason}.`;
    world.log.line(line);
    if (snapshot !== void 0) failures.push(line);
  }
  const [first] = failures;
  if (first !== void 0 && plan.requirements.length === 0 && compare.length === 0) {
    throw new GateError("invalid-input", "snapshots-unwritable", first, {
      hint: "Name a folder in `save-snapshots` that the job may write, for example one below the workspace."
    });
  }
}
function whyNotWritten(subject2, snapshot, plan, world) {
  const { name, cluster } = subject2;
  if (cluster !== void 0 && URL.parse(cluster.server)?.host === name) {
    return "the cluster has no name but its address, which no snapshot holds; give `cluster`";
  }
  return whyNotKept(subject2, snapshot, plan, world);
}

// src/model/turns.ts
function takeTurns(places) {
  let free = places;
  const waiting = /* @__PURE__ */ new Set();
  function leave() {
    const [next] = waiting;
    if (next === void 0) free += 1;
    else next();
  }
  async function enter2(signal) {
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve: resolve2, reject } = Promise.withResolvers();
    const end = () => {
      waiting.delete(called);
      reject(signal.reason);
    };
    const called = () => {
      waiting.delete(called);
      signal.removeEventListener("abort", end);
      resolve2();
    };
    waiting.add(called);
    signal.addEventListener("abort", end, { once: true });
    await promise;
  }
  return {
    async take(signal, work) {
      signal.throwIfAborted();
      await enter2(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    }
  };
}

// src/cluster/connection/failure.ts
var FailureError = class extends Error {
  name = "FailureError";
  failure;
  constructor(failure, cause) {
    super(failure.kind, cause === void 0 ? void 0 : { cause });
    this.failure = failure;
  }
};
function failWith(failure, cause) {
  return new FailureError(failure, cause);
}

// src/cluster/connection/body.ts
var MAX_BODY_BYTES = 24 * 1024 * 1024;
async function readBody(message, options) {
  const { signal, space, maxBytes = MAX_BODY_BYTES } = options;
  const { pipeline } = process.getBuiltinModule("node:stream/promises");
  const encoding = (message.headers["content-encoding"] ?? "").trim().toLowerCase();
  const chunks = [];
  let held = 0;
  async function* capped(parts) {
    let arrived = 0;
    for await (const part of parts) {
      arrived += part.length;
      if (arrived > maxBytes) throw failWith({ kind: "body-too-large", maxBytes });
      yield part;
    }
  }
  async function collect(parts) {
    for await (const part of parts) {
      held += part.length;
      space.heldBytes += part.length;
      if (space.heldBytes > maxBytes) throw failWith({ kind: "body-too-large", maxBytes });
      chunks.push(part);
    }
  }
  if (Number(message.headers["content-length"] ?? 0) > maxBytes) throw failWith({ kind: "body-too-large", maxBytes });
  try {
    switch (encoding) {
      case "":
      case "identity":
        await pipeline(message, capped, collect, { signal });
        break;
      case "gzip":
      case "x-gzip":
        await pipeline(message, capped, process.getBuiltinModule("node:zlib").createGunzip(), collect, { signal });
        break;
      default:
        throw failWith({ kind: "encoding-invalid", encoding, came: "it was not asked for and cannot be read here" });
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch (error3) {
    if (isZlibError(error3)) throw failWith({ kind: "encoding-invalid", encoding, came: error3.message }, error3);
    throw error3;
  } finally {
    space.heldBytes -= held;
  }
}
function isZlibError(error3) {
  return error3 instanceof Error && "code" in error3 && String(error3.code).startsWith("Z_");
}

// src/cluster/connection/progress.ts
async function endedBy(signal, work, graceMs = 0) {
  const ended = Promise.withResolvers();
  let timer;
  const end = () => {
    if (graceMs === 0) ended.reject(signal.reason);
    else timer = setTimeout(() => ended.reject(signal.reason), graceMs);
  };
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

// src/cluster/proxy-url.ts
function isUserinfoCut(text2) {
  return /^[^/?#\\]*\/\/[^/?#\\]*[/?#\\].*@/s.test(text2);
}
function passwordsIn(text2) {
  const [, userinfo = ""] = /^(?:[^/?#@:]*:\/\/)?(.*)@[^@]*$/s.exec(text2) ?? [];
  const colon = userinfo.indexOf(":");
  if (colon < 0) return [];
  const password = userinfo.slice(colon + 1);
  return [.../* @__PURE__ */ new Set([password, decoded(password)])].filter((each) => each !== "");
}
function decoded(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}

// src/cluster/connection/url.ts
function withoutBrackets(hostname) {
  return hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
}
function portOf(url) {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}
function urlBelow(server, path3) {
  const url = new URL(server.origin);
  const [pathname = "", ...query] = path3.split("?");
  url.pathname = server.pathname.replace(/\/+$/, "") + pathname;
  url.search = query.join("?");
  return url;
}

// src/cluster/connection/proxy-bypass.ts
function goesDirect(server, noProxy) {
  const host = withoutBrackets(server.hostname);
  if (host === "localhost") return true;
  const isAddress = ipVersion(host) !== 0;
  if (isAddress && (inRange(host, "127.0.0.0", 8) || inRange(host, "::1", 128))) return true;
  const port = String(portOf(server));
  return noProxy.split(",").some((entry2) => {
    const rule = parseRule(entry2.trim().toLowerCase());
    if (rule === void 0) return false;
    switch (rule.kind) {
      case "everything":
        return true;
      case "range":
        return isAddress && (rule.port === "" || rule.port === port) && inRange(host, rule.address, rule.bits);
      case "domain":
        return !isAddress && (rule.port === "" || rule.port === port) && inDomain(host, rule);
      default:
        return assertNever(rule);
    }
  });
}
function inDomain(host, { suffix, itself }) {
  return host.endsWith(suffix) || itself && host === suffix.slice(1);
}
function parseRule(text2) {
  if (text2 === "*") return { kind: "everything" };
  const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text2) ?? [];
  if (address !== void 0 && ipVersion(address) !== 0 && Number(bits) <= bitsOf(address)) {
    return { kind: "range", address, bits: Number(bits), port: "" };
  }
  const { host, port } = splitPort(text2);
  if (host === "") return void 0;
  if (ipVersion(host) !== 0) return { kind: "range", address: host, bits: bitsOf(host), port };
  const domain = asciiName(host.startsWith("*.") ? host.slice(1) : host);
  const itself = !domain.startsWith(".");
  return { kind: "domain", suffix: itself ? `.${domain}` : domain, itself, port };
}
function splitPort(text2) {
  const [, bracketed, plain2, port = ""] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text2) ?? [];
  return { host: bracketed ?? plain2 ?? text2, port };
}
function inRange(host, address, bits) {
  const { BlockList } = process.getBuiltinModule("node:net");
  if (isIPv4(host, 128) !== isIPv4(address, bits)) return false;
  const range = new BlockList();
  range.addSubnet(address, bits, ipVersion(address) === 6 ? "ipv6" : "ipv4");
  return range.check(host, ipVersion(host) === 6 ? "ipv6" : "ipv4");
}
function isIPv4(address, bits) {
  if (ipVersion(address) === 4) return true;
  return bits >= 96 && new URL(`http://[${address}]`).hostname.startsWith("[::ffff:");
}
function ipVersion(host) {
  return host.includes("%") ? 0 : process.getBuiltinModule("node:net").isIP(host);
}
function bitsOf(address) {
  return ipVersion(address) === 6 ? 128 : 32;
}
function asciiName(domain) {
  const bare = domain.replace(/^\./, "");
  const dot = domain.slice(0, domain.length - bare.length);
  if (/^[\0-\x7f]*$/.test(bare)) return domain;
  return dot + (process.getBuiltinModule("node:url").domainToASCII(bare) || bare);
}

// src/cluster/connection/proxy-choice.ts
var SOCKS_LONGEST = 255;
var DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 };
function chooseProxy(server, proxyUrl, variables) {
  if (proxyUrl !== void 0 && proxyUrl !== "") return parseProxyUrl(proxyUrl, "proxy-url");
  const names = server.protocol === "https:" ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"];
  const name = names.find((candidate) => (variables[candidate] ?? "") !== "");
  const value = name === void 0 ? void 0 : variables[name];
  if (name === void 0 || value === void 0) return void 0;
  const noProxy = variables["NO_PROXY"] || variables["no_proxy"] || "";
  if (goesDirect(server, noProxy)) return void 0;
  return parseProxyUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`, name);
}
function parseProxyUrl(text2, from) {
  const invalid2 = (came) => failWith({ kind: "proxy-invalid", from, came });
  if (isUserinfoCut(text2))
    throw invalid2("its user or password holds a #, /, ? or \\ (write them as %23, %2F, %3F, %5C)");
  let url;
  try {
    url = new URL(text2);
  } catch {
    throw invalid2("it is not a URL");
  }
  const kind = proxyKind(url.protocol);
  if (kind === void 0) throw invalid2(`its scheme is ${url.protocol.slice(0, -1)}, not http, https or socks5`);
  if (url.hostname === "") throw invalid2("it names no host");
  const port = url.port === "" ? DEFAULT_PORTS[kind] : Number(url.port);
  if (port === 0) throw invalid2("its port is 0");
  let username;
  let password;
  try {
    username = decodeURIComponent(url.username);
    password = decodeURIComponent(url.password);
  } catch {
    throw invalid2("its user or password holds a % that encodes nothing (write it as %25)");
  }
  if (kind === "socks5" && [username, password].some((text3) => Buffer.byteLength(text3) > SOCKS_LONGEST)) {
    throw invalid2(`its user or password is longer than ${SOCKS_LONGEST} bytes`);
  }
  return {
    kind,
    host: withoutBrackets(url.hostname),
    port,
    ...username === "" && password === "" ? {} : { username, password },
    shown: `${kind}://${url.hostname}:${port}`
  };
}
function proxyKind(protocol) {
  switch (protocol) {
    case "http:":
      return "http";
    case "https:":
      return "https";
    case "socks5:":
    case "socks5h:":
      return "socks5";
    default:
      return void 0;
  }
}

// src/cluster/connection/proxy-failure.ts
var NOT_TLS = /* @__PURE__ */ new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_HTTP_REQUEST",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_INVALID_RECORD_TYPE",
  "ERR_SSL_BAD_RECORD_TYPE"
]);
var NOT_TLS_IN_WORDS = /:SSL routines:.*(?:wrong version number|http request|packet length too long|(?:invalid|bad) record type)/;
var OF_CERTIFICATE = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_|HOSTNAME_MISMATCH|ERR_TLS_CERT_|UNSPECIFIED$|(?:EE|CA)_(?:KEY|MD)_)/;
function unreachableProxy(error3) {
  const code = "code" in error3 ? String(error3.code) : "";
  const came = "reason" in error3 && error3.reason !== "" ? String(error3.reason) : error3.message || code;
  if (NOT_TLS.has(code) || NOT_TLS_IN_WORDS.test(came)) return { kind: "proxy-not-tls" };
  return OF_CERTIFICATE.test(code) ? { kind: "proxy-untrusted", came } : { kind: "proxy-unreachable", came };
}

// src/cluster/connection/server-name.ts
function checkServerName(name, { subjectaltname = "" }) {
  const names = alternativeNames(subjectaltname);
  const address = canonicalAddress(withoutBrackets(name));
  const matches = address === void 0 ? names.some((entry2) => entry2.kind === "DNS" && matchesName(entry2.value, name)) : names.some((entry2) => entry2.kind === "IP Address" && canonicalAddress(entry2.value) === address);
  if (matches) return void 0;
  return Object.assign(new Error(`the certificate is not for ${name}`), { code: "ERR_TLS_CERT_ALTNAME_INVALID" });
}
function alternativeNames(text2) {
  return [...text2.matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?=,|$)/g)].flatMap(
    ([, kind = "", value = ""]) => value.startsWith('"') ? [] : [{ kind, value }]
  );
}
function matchesName(pattern, name) {
  const asked = name.toLowerCase();
  const shown3 = pattern.toLowerCase();
  if (!isHostName(asked.replace(/\.$/, ""), false) || !isHostName(shown3, true))
    return asked === shown3 && !/^\.?$/.test(asked);
  const labels = asked.replace(/\.$/, "").split(".");
  const patterns = shown3.split(".");
  if (patterns.length !== labels.length) return false;
  return patterns.every((part, index) => index === 0 && part === "*" || part === labels[index]);
}
function isHostName(host, isPattern) {
  if (host === "" || isPattern && host === "*") return false;
  return host.split(".").every((label, index) => isPattern && index === 0 && label === "*" || /^[a-z0-9_][a-z0-9_-]*$/i.test(label));
}
function canonicalAddress(text2) {
  const { isIP } = process.getBuiltinModule("node:net");
  const [bare = ""] = text2.split("%");
  const version = isIP(bare);
  if (version === 0) return void 0;
  if (version === 4) return bare;
  const written = new URL(`http://[${bare}]`).hostname;
  const [, high, low] = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(written) ?? [];
  if (high === void 0 || low === void 0) return written;
  return [high, low].flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 255]).join(".");
}

// src/cluster/connection/tls-roots.ts
function machineRoots() {
  const { getCACertificates } = process.getBuiltinModule("node:tls");
  return [.../* @__PURE__ */ new Set([...getCACertificates("default"), ...getCACertificates("system")])];
}

// src/cluster/connection/proxy-tunnel.ts
function proxyAuthorization(proxy) {
  if (proxy.username === void 0) return void 0;
  return `Basic ${Buffer.from(`${proxy.username}:${proxy.password ?? ""}`).toString("base64")}`;
}
function proxyConnectOptions(proxy, tls) {
  if (proxy.kind !== "https") return { host: proxy.host, port: proxy.port };
  const { isIP } = process.getBuiltinModule("node:net");
  return {
    host: proxy.host,
    port: proxy.port,
    servername: isIP(proxy.host) === 0 ? proxy.host : "",
    minVersion: "TLSv1.2",
    rejectUnauthorized: !tls.insecureSkipTlsVerify,
    // kubectl verifies the proxy with the cluster's authority; a proxy that the machine itself trusts will do here as well.
    allowPartialTrustChain: true,
    checkServerIdentity: checkServerName,
    ca: [...machineRoots(), ...tls.certificateAuthority === void 0 ? [] : [tls.certificateAuthority]]
  };
}
async function openTunnel(proxy, host, port, tls, progress) {
  progress.phase = "proxy-connect";
  return proxy.kind === "socks5" ? await openSocksTunnel(proxy, host, port, progress) : await openHttpTunnel(proxy, host, port, tls, progress);
}
function openHttpTunnel(proxy, host, port, tls, progress) {
  const client = process.getBuiltinModule(proxy.kind === "https" ? "node:https" : "node:http");
  const authority = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const { promise, resolve: resolve2, reject } = Promise.withResolvers();
  const request = client.request({
    ...proxyConnectOptions(proxy, tls),
    method: "CONNECT",
    path: authority,
    agent: false,
    headers: {
      host: authority,
      "user-agent": "kube-api-gate",
      ...authorization === void 0 ? {} : { "proxy-authorization": authorization }
    }
  });
  const end = () => {
    request.destroy();
    reject(progress.signal.reason);
  };
  progress.signal.addEventListener("abort", end, { once: true });
  request.on("socket", (socket) => {
    socket.once(proxy.kind === "https" ? "secureConnect" : "connect", () => {
      progress.phase = "proxy-answer";
    });
  });
  request.on("connect", (answer, socket, head) => {
    if (answer.statusCode !== 200) {
      socket.destroy();
      reject(refusedBy(answer, authorization !== void 0));
      return;
    }
    socket.on("error", () => void 0);
    if (head.length > 0) socket.unshift(head);
    resolve2(socket);
  });
  request.on("response", (answer) => {
    answer.destroy();
    reject(refusedBy(answer, authorization !== void 0));
  });
  request.on("error", (error3) => reject(brokenProxy(error3, progress)));
  request.on("close", () => reject(brokenProxy(new Error("it closed the connection"), progress)));
  request.end();
  return promise.finally(() => progress.signal.removeEventListener("abort", end));
}
function refusedBy(answer, sent) {
  if (answer.statusCode === 407) return failWith({ kind: "proxy-authentication", sent });
  return failWith({
    kind: "proxy-refused",
    came: `it answered ${answer.statusCode} ${answer.statusMessage ?? ""}`.trim()
  });
}
function brokenProxy(error3, progress) {
  if (progress.phase === "proxy-connect") return failWith(unreachableProxy(error3));
  const came = error3.message === "" && "code" in error3 ? String(error3.code) : error3.message;
  return failWith({ kind: "proxy-failed", came });
}
async function openSocksTunnel(proxy, host, port, progress) {
  if (host.length > SOCKS_LONGEST) throw failWith({ kind: "name-not-found", host, came: "it is too long" });
  const { SocksClient } = await import("./socks.js");
  const net = process.getBuiltinModule("node:net");
  const socket = net.connect({ host: proxy.host, port: proxy.port });
  const end = () => socket.destroy();
  progress.signal.addEventListener("abort", end, { once: true });
  try {
    await connected(socket, progress);
    progress.phase = "proxy-answer";
    await SocksClient.createConnection({
      command: "connect",
      destination: { host, port },
      existing_socket: socket,
      // The library's own time limit must not come before the deadline, which ends the socket.
      timeout: LONGER_THAN_ANY_DEADLINE_MS,
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: 5,
        // The library tells an absent name from an empty one.
        ...proxy.username === void 0 ? void 0 : { userId: proxy.username, password: proxy.password ?? "" }
      }
    });
    return socket;
  } catch (error3) {
    socket.destroy();
    if (progress.signal.aborted) throw progress.signal.reason;
    throw socksFailure(error3 instanceof Error ? error3 : new Error(String(error3)), proxy, progress);
  } finally {
    progress.signal.removeEventListener("abort", end);
  }
}
var LONGER_THAN_ANY_DEADLINE_MS = 2 ** 31 - 1;
function connected(socket, progress) {
  const { promise, resolve: resolve2, reject } = Promise.withResolvers();
  socket.once("connect", resolve2);
  socket.on("error", reject);
  socket.once(
    "close",
    () => reject(progress.signal.aborted ? progress.signal.reason : new Error("it closed the connection"))
  );
  return promise;
}
function socksFailure(error3, proxy, progress) {
  const came = error3.message;
  if (/authentication/i.test(came)) {
    return failWith({ kind: "proxy-authentication", sent: proxy.username !== void 0 });
  }
  if (/rejected connection/i.test(came)) return failWith({ kind: "proxy-refused", came });
  return brokenProxy(error3, progress);
}

// src/cluster/connection/exchange.ts
var MAX_HEADER_BYTES = 256 * 1024;
var REDIRECTS = /* @__PURE__ */ new Set([301, 302, 303, 307, 308]);
async function exchange(options) {
  const { client, agent, url, proxy, progress } = options;
  const secure = url.protocol === "https:";
  const plainByProxy = !secure && (proxy?.kind === "http" || proxy?.kind === "https");
  const authorization = plainByProxy ? proxyAuthorization(proxy) : void 0;
  const requestOptions = {
    method: "GET",
    host: withoutBrackets(url.hostname),
    port: portOf(url),
    path: plainByProxy ? url.href : url.pathname + url.search,
    headers: {
      ...options.headers,
      ...authorization === void 0 ? {} : { "proxy-authorization": authorization }
    },
    agent,
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
    progress
  };
  let sent;
  let ownError;
  const closed = Promise.withResolvers();
  closed.promise.catch(() => void 0);
  const protocol = process.getBuiltinModule(secure ? "node:https" : "node:http");
  const watched = {
    request(given, onAnswer) {
      const made = protocol.request(given, onAnswer);
      sent = made;
      if (options.onSent !== void 0) setImmediate(options.onSent);
      made.on("socket", () => {
        progress.phase = "answer";
        progress.reusedSocket = made.reusedSocket;
      });
      made.on("error", (error3) => {
        ownError ??= error3;
      });
      made.once(
        "close",
        () => closed.reject(ownError ?? Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }))
      );
      return made;
    }
  };
  let complete = false;
  try {
    const info2 = { options: requestOptions, parsedUrl: url, httpModule: watched };
    const answered = Promise.race([client.requestRaw(info2, null), closed.promise]);
    const { message } = await endedBy(progress.signal, answered);
    const status = message.statusCode ?? 0;
    if (REDIRECTS.has(status)) throw redirected(status, message.headers.location, url);
    progress.phase = "body";
    const body = await readBody(message, { signal: progress.signal, space: options.space });
    complete = true;
    return { status, headers: message.headers, body };
  } catch (error3) {
    throw progress.phase === "body" && isParserError(ownError) ? ownError : error3;
  } finally {
    if (!complete) sent?.destroy();
  }
}
function isParserError(error3) {
  return typeof error3?.code === "string" && error3.code.startsWith("HPE_");
}
function redirected(status, header, asked) {
  const destination = header !== void 0 && URL.canParse(header, asked.href) ? new URL(header, asked) : void 0;
  return failWith({
    kind: "redirected",
    status,
    // Neither query nor user: login pages carry tokens in them.
    location: destination === void 0 ? "nowhere" : `${destination.protocol}//${destination.host}${destination.pathname}`,
    sameHost: destination?.hostname === asked.hostname
  });
}

// src/cluster/connection/retry-after.ts
var MAX_SECONDS = 1e9;
var HTTP_DATE = /^(?:(?:mon|tue|wed|thu|fri|sat|sun), \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt|(?:mon|tues|wednes|thurs|fri|satur|sun)day, \d{2}-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} gmt)$/i;
var ASCTIME = /^(?:mon|tue|wed|thu|fri|sat|sun) [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/i;
function parseRetryAfter(header, now) {
  const text2 = header?.trim() ?? "";
  if (/^\d+$/.test(text2)) return Math.min(Number(text2), MAX_SECONDS) * 1e3;
  const date = HTTP_DATE.test(text2) ? Date.parse(text2) : ASCTIME.test(text2) ? Date.parse(`${text2} GMT`) : Number.NaN;
  if (Number.isNaN(date)) return void 0;
  return Math.min(Math.max(0, date - now), MAX_SECONDS * 1e3);
}

// src/cluster/connection/retry-policy.ts
var MAX_RETRIES = 10;
var MAX_UNTOLD_RETRIES = 2;
var FIRST_PAUSE_MS = 200;
var LONGEST_PAUSE_MS = 5e3;
var MOST_ADDED_MS = 1e3;
function pauseAfterAnswer(answer, retries, clock) {
  if (retries >= MAX_RETRIES) return void 0;
  if (answer.status !== 429 && answer.status < 500) return void 0;
  const asked = parseRetryAfter(answer.headers["retry-after"], clock.now()) ?? retryAfterSeconds(answer.body);
  if (asked !== void 0) return asked + clock.random() * Math.min(asked / 5, MOST_ADDED_MS);
  if (retries >= MAX_UNTOLD_RETRIES || ![429, 502, 503, 504].includes(answer.status)) return void 0;
  if (answer.status === 503 && answer.body.trim() === "service unavailable") return void 0;
  return backOff(retries, clock);
}
function pauseAfterFailure(failure, reusedSocket, retries, clock) {
  if (retries >= MAX_RETRIES) return void 0;
  switch (failure.kind) {
    case "connection-reset":
      if (failure.plain === true && !reusedSocket && retries >= MAX_UNTOLD_RETRIES) return void 0;
      return reusedSocket ? 0 : backOff(retries, clock);
    case "answer-truncated":
    case "proxy-failed":
      return backOff(retries, clock);
    default:
      return void 0;
  }
}
function backOff(retries, clock) {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** retries, LONGEST_PAUSE_MS);
  return longest / 2 + clock.random() * (longest / 2);
}
function retryAfterSeconds(body) {
  if (!body.includes('"retryAfterSeconds"')) return void 0;
  try {
    const status = JSON.parse(body);
    const details = typeof status === "object" && status !== null && "details" in status ? status.details : void 0;
    const seconds = typeof details === "object" && details !== null && "retryAfterSeconds" in details ? details.retryAfterSeconds : void 0;
    return typeof seconds === "number" && seconds > 0 ? parseRetryAfter(String(Math.ceil(seconds)), 0) : void 0;
  } catch {
    return void 0;
  }
}

// src/cluster/connection/tls-agent.ts
var ADDRESS_ATTEMPT_MS = 1e3;
function openAgent(options) {
  const pool = {
    keepAlive: true,
    maxSockets: options.maxSockets,
    maxFreeSockets: options.maxSockets,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS
  };
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  const agent = options.secure ? new https.Agent({ ...pool, ...tlsOptions(options) }) : new http.Agent(pool);
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (given, handed) => {
    const args = given;
    establish(args).then(
      (socket) => handed?.(null, socket),
      // Node's types want a socket even with an error.
      (error3) => handed?.(error3, void 0)
    );
    return void 0;
  };
  return agent;
  async function establish(args) {
    const { progress } = args;
    const { proxy } = options;
    const viaTunnel = proxy !== void 0 && (options.secure || proxy.kind === "socks5");
    if (viaTunnel) {
      const tunnel = await openTunnel(proxy, String(args.host), Number(args.port), options, progress);
      if (!options.secure) return tunnel;
      progress.phase = "tls";
      return await ready(connect({ ...args, socket: tunnel }), "secureConnect", progress);
    }
    if (proxy !== void 0) {
      progress.phase = "proxy-connect";
      const { net, tls } = { net: process.getBuiltinModule("node:net"), tls: process.getBuiltinModule("node:tls") };
      const to = proxyConnectOptions(proxy, options);
      return proxy.kind === "https" ? await ready(tls.connect(to), "secureConnect", progress) : await ready(net.connect(to), "connect", progress);
    }
    progress.phase = process.getBuiltinModule("node:net").isIP(String(args.host)) === 0 ? "name" : "connect";
    return await ready(connect(args), options.secure ? "secureConnect" : "connect", progress);
  }
}
function tlsOptions(options) {
  return {
    // Made once: read from PEM again for each connection, the system's roots alone would cost 24 ms.
    secureContext: secureContext(options),
    ALPNProtocols: ["http/1.1"],
    // Said even when it is the default: NODE_TLS_REJECT_UNAUTHORIZED in a job's environment would turn it off.
    rejectUnauthorized: !options.insecureSkipTlsVerify,
    ...serverName(options.tlsServerName)
  };
}
function secureContext(options) {
  const { createSecureContext, DEFAULT_CIPHERS } = process.getBuiltinModule("node:tls");
  const ca = options.trust.authorities();
  const trusted = {
    minVersion: "TLSv1.2",
    // As in Go, a certificate that was given is believed, whoever issued it.
    allowPartialTrustChain: true,
    // RSA keys of 1024 bits, as in Go: OpenSSL's own level would refuse them.
    ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=1`,
    ca: ca === void 0 ? void 0 : [...ca]
  };
  if (options.certificate === void 0) return createSecureContext(trusted);
  try {
    return createSecureContext({ ...trusted, ...options.certificate });
  } catch (error3) {
    throw failWith({ kind: "client-certificate-invalid", came: reasonOf2(error3) });
  }
}
function serverName(name) {
  const { isIP } = process.getBuiltinModule("node:net");
  if (name === void 0 || name === "") return { checkServerIdentity: checkServerName };
  const checkServerIdentity = (_host, shown3) => checkServerName(name, shown3);
  return { servername: isIP(name) === 0 ? name.replace(/\.$/, "") : "", checkServerIdentity };
}
function reasonOf2(error3) {
  const message = error3 instanceof Error ? error3.message : String(error3);
  return /^error:[0-9A-F]+:.*:([^:]+)$/i.exec(message)?.[1] ?? message;
}
function ready(socket, event, progress) {
  const { promise, resolve: resolve2, reject } = Promise.withResolvers();
  const end = () => {
    socket.destroy();
    reject(progress.signal.reason);
  };
  if (progress.signal.aborted) end();
  progress.signal.addEventListener("abort", end, { once: true });
  socket.once("lookup", (error3) => {
    if (error3 === null && progress.phase === "name") progress.phase = "connect";
  });
  socket.once("connect", () => {
    if (event === "secureConnect" && progress.phase !== "proxy-connect") progress.phase = "tls";
  });
  if (event === "secureConnect") {
    socket.prependOnceListener("secure", () => {
      progress.certificate = socket.getPeerCertificate();
    });
  }
  socket.once(event, () => resolve2(socket));
  socket.on("error", reject);
  socket.once("close", () => reject(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })));
  return promise.finally(() => progress.signal.removeEventListener("abort", end));
}

// src/cluster/connection/trust.ts
var MOST_TRIED = 8;
function waysToTrust(authority) {
  if (authority === void 0) return [{ authorities: () => void 0 }, { authorities: machineRoots }];
  const whole = { authorities: () => [authority] };
  return [whole, ...single(authority).map((each) => ({ authorities: () => [each] }))];
}
function single(authority) {
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  const blocks = authority.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length <= 1) return [];
  if (blocks.length <= MOST_TRIED) return blocks;
  const subjects = blocks.map((block) => new X509Certificate(block).subject);
  return blocks.filter((_, index) => subjects.filter((subject2) => subject2 === subjects[index]).length > 1);
}

// src/cluster/connection/connection.ts
var MAX_SOCKETS = 16;
var UNMISTAKABLE = 16;
var DOUBTS_OF_AUTHORITY = /* @__PURE__ */ new Set([
  "certificate-unknown-authority",
  "certificate-expired",
  "certificate-not-yet-valid",
  "certificate-invalid"
]);
var loadWords = () => import("./failure-message.js");
function openConnection(options) {
  const { server, clock, log } = options;
  const openedAt = clock.now();
  const secure = server.protocol === "https:";
  const turns = takeTurns(MAX_SOCKETS);
  const space = { heldBytes: 0 };
  const agents = /* @__PURE__ */ new Map();
  let refreshing;
  let replacement;
  let waysOnce;
  let trust = 0;
  let client;
  let proxy;
  return { get, close };
  async function get(request) {
    const url = urlBelow(server, request.path);
    const limit = limitTo(options.timeoutMs, [
      options.signal,
      ...request.signal === void 0 ? [] : [request.signal]
    ]);
    const progress = { phase: "turn", signal: limit.signal };
    try {
      const answer = await turns.take(limit.signal, () => getInTurn(request, url, progress, limit.leftMs));
      return withoutSecrets(answer, progress.refused);
    } catch (thrown) {
      if (thrown instanceof GateError && !isTimeout(thrown)) throw thrown;
      const failure = await failureOf(thrown, url, progress, void 0);
      if (failure === void 0) throw thrown;
      throw await errorOf2(failure, url, 0, thrown);
    } finally {
      limit.end();
    }
  }
  async function getInTurn(request, url, progress, leftMs) {
    for (let retries = 0; ; retries += 1) {
      let ending = await tryOnce(request, url, progress);
      const refused = ending;
      while (mayBeTrustedOtherwise(ending)) ending = await tryOnce(request, url, progress);
      if (ending.kind === "failure" && ending.failure.kind.startsWith("certificate-")) ending = refused;
      if (ending.kind === "answer" && ending.answer.status === 401 && await refresh(ending.credential, progress)) {
        log.debug(`GET ${url.href}: 401, asked again with new credentials`);
        ending = await tryOnce(request, url, progress);
      }
      const pauseMs = ending.kind === "answer" ? pauseAfterAnswer(ending.answer, retries, clock) : pauseAfterFailure(ending.failure, ending.reusedSocket, retries, clock);
      if (ending.kind === "answer" && ending.answer.status === 401) {
        const { stateOf } = await import("./refused-credential.js");
        progress.refused = stateOf(ending.credential, clock.now());
      }
      if (pauseMs === void 0 || pauseMs >= leftMs()) return await settle(ending, url, retries + 1);
      const why = ending.kind === "answer" ? `the server answered ${ending.answer.status}` : (await loadWords()).failureInShort(clean(ending.failure));
      log.line(`GET ${url.href}: ${why}; asking again in ${formatDuration(pauseMs)} (retry ${retries + 1})`);
      try {
        await clock.sleep(pauseMs, progress.signal);
      } catch (error3) {
        if (!progress.signal.aborted) throw error3;
        return await settle(ending, url, retries + 1);
      }
    }
  }
  function ways() {
    waysOnce ??= waysToTrust(options.certificateAuthority);
    return waysOnce;
  }
  function mayBeTrustedOtherwise(ending) {
    if (ending.kind !== "failure" || !DOUBTS_OF_AUTHORITY.has(ending.failure.kind)) return false;
    if (ending.trust < trust) return true;
    if (trust + 1 >= ways().length) return false;
    trust += 1;
    agents.clear();
    return true;
  }
  async function settle(ending, url, tries) {
    if (ending.kind === "answer") return ending.answer;
    throw await errorOf2(ending.failure, url, tries, ending.cause);
  }
  async function tryOnce(request, url, progress) {
    let credential = {};
    const way = trust;
    delete progress.certificate;
    delete progress.reusedSocket;
    try {
      client ??= newClient();
      client.catch(() => void 0);
      progress.phase = "credentials";
      if (secure) credential = await endedBy(progress.signal, currentCredential(), OWN_WORDS_MS);
      const chosen = proxyOnce();
      const answer = await exchange({
        client: await endedBy(progress.signal, client),
        agent: agentFor(credential, chosen),
        url,
        headers: headersOf(request, credential),
        proxy: chosen,
        progress,
        space,
        onSent: options.onSent
      });
      if (!secure && isComplaintOfTlsServer(answer)) {
        throw failWith({ kind: "needs-tls" });
      }
      return { kind: "answer", answer, credential };
    } catch (thrown) {
      if (thrown instanceof GateError && !isTimeout(thrown)) throw thrown;
      const failure = await failureOf(thrown, url, progress, credential);
      if (failure === void 0) throw thrown;
      const reusedSocket = progress.reusedSocket === true;
      return { kind: "failure", failure, cause: thrown, reusedSocket, trust: way };
    }
  }
  async function failureOf(thrown, url, progress, credential) {
    const { phase, signal } = progress;
    if (signal.aborted) {
      return isTimeout(signal.reason) ? { kind: "timed-out", phase, elapsedMs: clock.now() - openedAt, timeoutMs: options.timeoutMs } : { kind: "cancelled", phase };
    }
    const now = clock.now();
    const { classify } = await import("./failure-class.js");
    return classify(thrown, {
      progress,
      url,
      tlsServerName: options.tlsServerName,
      authorityGiven: options.certificateAuthority !== void 0,
      clientCertificateSent: credential?.certificate !== void 0,
      now
    });
  }
  async function currentCredential() {
    return replacement ?? await options.credentials.current(options.signal);
  }
  async function refresh(refused, progress) {
    const { credentials } = options;
    if (!secure || credentials.refresh === void 0 || refused === replacement) return false;
    progress.phase = "credentials";
    refreshing ??= credentials.refresh(options.signal);
    replacement = await endedBy(progress.signal, refreshing, OWN_WORDS_MS);
    return replacement !== void 0;
  }
  function headersOf(request, credential) {
    const headers = {
      accept: request.accept,
      "user-agent": "kube-api-gate"
    };
    if (!options.disableCompression) headers["accept-encoding"] = "gzip";
    if (request.ifNoneMatch !== void 0) headers["if-none-match"] = request.ifNoneMatch;
    for (const [name, value] of Object.entries(options.headers)) {
      headers[name] = typeof value === "string" ? value : [...value];
    }
    if (credential.authorization !== void 0) headers["authorization"] = credential.authorization;
    return headers;
  }
  function agentFor({ certificate }, chosen) {
    const key = certificate === void 0 ? "" : certificate.cert + certificate.key;
    let agent = agents.get(key);
    if (agent === void 0) {
      agent = openAgent({
        secure,
        insecureSkipTlsVerify: options.insecureSkipTlsVerify,
        trust: ways()[trust],
        maxSockets: MAX_SOCKETS,
        certificateAuthority: options.certificateAuthority,
        tlsServerName: options.tlsServerName,
        certificate,
        proxy: chosen
      });
      agents.set(key, agent);
    }
    return agent;
  }
  function proxyOnce() {
    if (proxy === void 0) {
      const chosen = chooseProxy(server, options.proxyUrl, options.environment.variables);
      for (const secret of chosen === void 0 ? [] : secretsOf(chosen)) options.secrets.mask(secret);
      proxy = { chosen };
      if (chosen !== void 0) log.debug(`${server.host} is reached through the proxy ${chosen.shown}`);
    }
    return proxy.chosen;
  }
  async function newClient() {
    const { HttpClient } = await import("./actions-http-client.js");
    return new HttpClient("kube-api-gate", void 0, {
      allowRedirects: false,
      allowRetries: false,
      // Its own limit must not come before the deadline, which knows what to say.
      socketTimeout: Math.min(options.timeoutMs + 6e4, LONGEST_TIMER_MS)
    });
  }
  function withoutSecrets({ status, headers, body }, refused) {
    const { redact } = options.secrets;
    const { etag } = headers;
    const isJudged = status >= 200 && status < 300 && /^\s*\{/.test(body);
    return {
      status,
      contentType: redact(headers["content-type"] ?? ""),
      etag: etag === void 0 ? void 0 : redact(etag),
      refused: refused === void 0 ? void 0 : { ...refused, message: redact(refused.message) },
      body: status === 304 ? "" : redact(body, isJudged ? UNMISTAKABLE : void 0)
    };
  }
  function clean(failure) {
    const { redact } = options.secrets;
    const cleaned = (value) => typeof value === "string" ? redact(value) : Array.isArray(value) ? value.map(cleaned) : value;
    const fields = Object.entries(failure).map(([key, value]) => [
      key,
      key === "kind" || key === "phase" ? value : cleaned(value)
    ]);
    return Object.fromEntries(fields);
  }
  async function errorOf2(failure, url, tries, cause) {
    const chosen = proxy?.chosen;
    const asked = { url: url.href, tries, proxy: chosen === void 0 ? void 0 : chosen.shown };
    const { failureError } = await loadWords();
    return failureError(clean(failure), asked, cause);
  }
  async function close() {
    for (const agent of agents.values()) agent.destroy();
    agents.clear();
  }
}
var OWN_WORDS_MS = 250;
var LONGEST_TIMER_MS = 2 ** 31 - 1;
function limitTo(timeoutMs, signals) {
  const own = new AbortController();
  const startedAt = process.uptime();
  const timer = setTimeout(
    () => own.abort(new DOMException("the timeout is over", "TimeoutError")),
    Math.min(timeoutMs, LONGEST_TIMER_MS)
  );
  return {
    signal: AbortSignal.any([...signals, own.signal]),
    leftMs: () => timeoutMs - (process.uptime() - startedAt) * 1e3,
    end: () => clearTimeout(timer)
  };
}
function isTimeout(reason) {
  if (reason instanceof GateError) return reason.code === "timed-out";
  return reason instanceof Error && reason.name === "TimeoutError";
}
function secretsOf(proxy) {
  const { username, password } = proxy;
  if (password === void 0 || password === "") return [];
  const authorization = proxyAuthorization(proxy)?.slice("Basic ".length) ?? "";
  return [.../* @__PURE__ */ new Set([password, encodeURIComponent(password), authorization])].filter((text2) => text2 !== username);
}
function isComplaintOfTlsServer({ status, body }) {
  return status === 400 && /client sent an http request to an https server|plain http request was sent to https port/i.test(body);
}

// src/cluster/credentials/certificate.ts
function readAuthority(pem) {
  const { createHash, X509Certificate } = process.getBuiltinModule("node:crypto");
  const blocks = certificateBlocks(pem);
  const certificates = blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
  if (certificates.length === 0) return { kind: "bad", reason: nothingIn(pem, blocks.length) };
  const fingerprints = certificates.map(({ fingerprint256 }) => fingerprint256).sort();
  return {
    kind: "good",
    value: {
      pem: certificates.map((certificate) => certificate.toString()).join(""),
      digest: createHash("sha256").update(fingerprints.join("\n")).digest("hex")
    }
  };
}
function readClientCertificate(certPem, keyPem) {
  const { createPrivateKey, X509Certificate } = process.getBuiltinModule("node:crypto");
  const blocks = certificateBlocks(certPem);
  const [leafBlock] = blocks;
  if (leafBlock === void 0) return { kind: "bad", reason: `the certificate ${nothingIn(certPem, 0)}` };
  let leaf;
  try {
    leaf = new X509Certificate(leafBlock);
  } catch {
    return { kind: "bad", reason: "the certificate does not parse" };
  }
  const keyBlock = /-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z0-9]+ )?PRIVATE KEY-----/.exec(
    keyPem
  )?.[0];
  if (keyBlock === void 0) return { kind: "bad", reason: `the key ${noKeyIn(keyPem)}` };
  if (/ENCRYPTED/.test(keyBlock)) return { kind: "bad", reason: "the key is encrypted" };
  try {
    const key = createPrivateKey(keyBlock);
    if (!leaf.checkPrivateKey(key)) return { kind: "bad", reason: "the key does not belong to the certificate" };
  } catch {
    return { kind: "bad", reason: "the key does not parse" };
  }
  return {
    kind: "good",
    value: { cert: `${blocks.join("\n")}
`, key: `${keyBlock}
`, subject: leaf.subject.split("\n").join(", ") }
  };
}
function certificateBlocks(pem) {
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}
function nothingIn(pem, blocks) {
  if (pem.trim() === "") return "is empty";
  if (blocks > 0) return "holds no certificate that parses";
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem)) return "holds a private key and no certificate";
  return "holds no PEM certificate (`-----BEGIN CERTIFICATE-----`)";
}
function noKeyIn(pem) {
  if (pem.trim() === "") return "is empty";
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----/.test(pem)) return "is encrypted";
  return "holds no PEM private key";
}

// src/cluster/named-file.ts
var { closeSync, constants, fstatSync, openSync, readFileSync } = globalThis.process.getBuiltinModule("node:fs");
var MOST_BYTES = 16 * 1024 * 1024;
function readTextFile(path3, what) {
  return readSmallFile(path3, what)?.toString("utf8");
}
function readSmallFile(path3, what) {
  let descriptor;
  try {
    descriptor = openSync(path3, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error3) {
    const code = errorCode(error3);
    if (code === "ENOENT" || code === "ENAMETOOLONG") return void 0;
    throw unreadable(path3, what, refusals[code ?? ""] ?? "it cannot be opened");
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory()) throw unreadable(path3, what, "it is a folder");
    if (status.isCharacterDevice() && path3 === "/dev/null") return Buffer.alloc(0);
    if (!status.isFile()) throw unreadable(path3, what, "it is not a regular file");
    if (status.size > MOST_BYTES) throw unreadable(path3, what, `it has ${status.size} bytes, which no ${what} has`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
var refusals = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOTDIR: "a part of the path is not a folder",
  ELOOP: "its symbolic links run in a circle",
  ENXIO: "it is not a regular file"
};
function requireTextFile(path3, what) {
  const text2 = readTextFile(path3, what);
  if (text2 === void 0) throw unreadable(path3, what, "the file does not exist");
  return text2;
}
function unreadable(path3, what, reason) {
  return new GateError("invalid-input", "file-unreadable", `Cannot read the ${what} ${path3}: ${reason}`, {
    hint: "Check the path, and that an earlier step wrote the file on this runner. Relative paths in a kubeconfig start from the folder of that kubeconfig."
  });
}
function errorCode(error3) {
  return error3 instanceof Error && "code" in error3 && typeof error3.code === "string" ? error3.code : void 0;
}

// src/cluster/credentials/secret-name.ts
function isSecretName(name) {
  return /secret|token|passw|credential|private[_-]?key|api[_-]?key|access[_-]?key/i.test(name) && !/(?:^|[_-])(?:file|path|dir|url|uri|endpoint|id|name|type|cache|duration|ttl)$/i.test(name);
}
function secretArguments(args) {
  return args.flatMap((arg, index) => {
    const [, flag2, value] = /^--?([\w-]+)=(.+)$/s.exec(arg) ?? [];
    if (flag2 !== void 0 && value !== void 0) return isSecretName(flag2) ? [value] : [];
    const [, before] = /^--?([\w-]+)$/.exec(args[index - 1] ?? "") ?? [];
    return before !== void 0 && isSecretName(before) && !arg.startsWith("-") ? [arg] : [];
  });
}

// src/cluster/credentials/exec-identity.ts
var { basename } = globalThis.process.getBuiltinModule("node:path");
function execIdentity({ command, args, env }) {
  const { createHash } = process.getBuiltinModule("node:crypto");
  const stable = env.map(({ name, value }) => isSecretName(name) ? name : `${name}=${value}`);
  const digest = createHash("sha256").update(JSON.stringify([command, args, stable])).digest("hex");
  return `exec ${basename(command)} ${digest}`;
}

// src/cluster/credentials/header.ts
function isSendable(text2) {
  return !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text2);
}
function headerValue(text2) {
  return Buffer.from(text2, "utf8").toString("latin1");
}

// src/cluster/credentials/mask.ts
var SHORTEST_LINE = 8;
function maskSecret(secret, secrets) {
  const text2 = secret.trim();
  if (text2 === "") return;
  if (!/[\r\n]/.test(text2)) {
    secrets.mask(text2);
    return;
  }
  for (const line of text2.split(/[\r\n]+/)) {
    const part = line.trim();
    if (part.length >= SHORTEST_LINE && !part.startsWith("-----")) secrets.mask(part);
  }
}
function maskPrivateKey(pem, secrets) {
  maskSecret(pem, secrets);
  if (pem.trim() !== "") secrets.mask(Buffer.from(pem, "utf8").toString("base64"));
}

// src/cluster/credentials/credentials.ts
function credentialSource(user, server, world) {
  const { certificate } = user;
  const pair = certificate === void 0 ? {} : { certificate: { cert: certificate.cert, key: certificate.key } };
  const { signIn } = user;
  switch (signIn.kind) {
    case "anonymous":
      return constant(pair);
    case "token":
      return constant({ ...pair, authorization: `Bearer ${headerValue(signIn.token)}` });
    case "basic": {
      const encoded = Buffer.from(`${signIn.username}:${signIn.password}`, "utf8").toString("base64");
      maskSecret(encoded, world.secrets);
      return constant({ ...pair, authorization: `Basic ${encoded}` });
    }
    case "token-file":
      return tokenFile(signIn.path, signIn.fallback, pair, world);
    case "exec":
      return onDemand(async () => (await import("./exec-plugin.js")).execCredentials(signIn.config, server, world));
    case "oidc":
      return onDemand(async () => (await import("./oidc.js")).oidcCredentials(signIn.audience, world));
    default:
      return assertNever(signIn);
  }
}
function credentialIdentity({ name, signIn, certificate }) {
  const parts = [
    ...certificate === void 0 ? [] : [`certificate ${certificate.subject}`],
    ...signInIdentity(signIn, name)
  ];
  return parts.length === 0 ? "anonymous" : parts.join("; ");
}
function signInIdentity(signIn, name) {
  switch (signIn.kind) {
    case "anonymous":
      return [];
    case "token":
    case "token-file":
      return [name === "" ? "token" : `token of ${name}`];
    case "basic":
      return [`user name ${signIn.username}`];
    case "exec":
      return [execIdentity(signIn.config)];
    case "oidc":
      return [`oidc ${signIn.audience}`];
    default:
      return assertNever(signIn);
  }
}
function constant(credential) {
  return { current: async () => credential };
}
function onDemand(load2) {
  let source;
  const loaded = () => {
    source ??= load2();
    return source;
  };
  return {
    current: async (signal) => (await loaded()).current(signal),
    refresh: async (signal) => (await loaded()).refresh?.(signal)
  };
}
var TOKEN_FILE_MS = 5e4;
function tokenFile(path3, fallback, pair, { clock, secrets }) {
  const credentialOf = (token2) => ({ ...pair, authorization: `Bearer ${headerValue(token2)}` });
  let credential = fallback === "" ? void 0 : credentialOf(fallback);
  let readAt = Number.NEGATIVE_INFINITY;
  const read2 = () => {
    readAt = clock.now();
    const answer = readToken(path3, secrets);
    if (answer.kind === "token") {
      const fresh = credentialOf(answer.token);
      if (credential?.authorization !== fresh.authorization) credential = fresh;
    }
    if (credential !== void 0) return credential;
    throw answer.kind === "error" ? answer.error : new TypeError("a token was read and not kept");
  };
  return {
    current: async () => credential !== void 0 && clock.now() - readAt < TOKEN_FILE_MS ? credential : read2(),
    refresh: async () => {
      const before = credential;
      const after = read2();
      return after === before ? void 0 : after;
    }
  };
}
function readToken(path3, secrets) {
  try {
    const token2 = requireTextFile(path3, "token file").trim();
    maskSecret(token2, secrets);
    if (token2 !== "" && isSendable(token2)) return { kind: "token", token: token2 };
  } catch (error4) {
    if (error4 instanceof GateError) return { kind: "error", error: error4 };
    throw error4;
  }
  const error3 = new GateError("invalid-input", "token-file-empty", `The token file ${path3} holds no token`, {
    hint: "Check the step that writes it."
  });
  return { kind: "error", error: error3 };
}

// src/cluster/credentials/impersonation.ts
var nobody = { user: "", uid: "", groups: [], extra: {} };
function impersonationHeaders({
  user,
  uid,
  groups,
  extra
}) {
  if (user === "") return {};
  const extras = Object.entries(extra).filter(([, values]) => values.length > 0);
  return {
    "Impersonate-User": headerValue(user),
    ...uid === "" ? {} : { "Impersonate-Uid": headerValue(uid) },
    ...groups.length === 0 ? {} : { "Impersonate-Group": groups.map(headerValue) },
    ...Object.fromEntries(
      extras.map(([key, values]) => [`Impersonate-Extra-${escapeKey(key)}`, values.map(headerValue)])
    )
  };
}
function escapeKey(key) {
  return [...Buffer.from(key, "utf8")].map((byte) => {
    const character = String.fromCharCode(byte);
    return /[!#$&'*+\-.^_`|~0-9A-Za-z]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
function impersonationIdentity({ user, uid, groups, extra }) {
  if (user === "") return "";
  const extras = Object.entries(extra).sort(([left], [right]) => left < right ? -1 : 1);
  return JSON.stringify({ user, uid, groups: [...groups].sort(), extra: extras });
}

// src/cluster/credentials/in-cluster.ts
var SERVICE_ACCOUNT_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
function inClusterAccess(environment, log, folder = SERVICE_ACCOUNT_FOLDER) {
  const host = environment.variables["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = environment.variables["KUBERNETES_SERVICE_PORT"] ?? "";
  if (host === "" || port === "" || readTextFile(`${folder}/token`, "service account token") === void 0)
    return void 0;
  const configuredServer = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const server = URL.parse(configuredServer);
  if (server === null) return void 0;
  const authority = serviceAuthority(`${folder}/ca.crt`, log);
  const namespace = readTextFile(`${folder}/namespace`, "service account namespace")?.trim() ?? "";
  return {
    server: {
      server,
      configuredServer,
      certificateAuthority: authority === void 0 ? void 0 : authority.pem,
      certificateAuthorityText: authority?.pem ?? "",
      certificateAuthorityDigest: authority?.digest ?? "system",
      insecureSkipTlsVerify: false,
      disableCompression: false,
      execConfig: null
    },
    user: {
      name: `service account in ${namespace || "this cluster"}`,
      signIn: { kind: "token-file", path: `${folder}/token`, fallback: "" },
      impersonate: nobody
    }
  };
}
function serviceAuthority(path3, log) {
  const pem = readTextFile(path3, "CA certificate of the service account");
  const checked = pem === void 0 ? { kind: "bad", reason: "is not there" } : readAuthority(pem);
  if (checked.kind === "good") return checked.value;
  log.line(
    `The CA certificate of the service account (${path3}) ${checked.reason}; the machine's own roots are used in its place.`
  );
  return void 0;
}

// src/cluster/kubeconfig/cluster-entry.ts
function readCluster(entry2, secrets) {
  const name = `cluster \`${entry2.name}\``;
  for (const password of passwordsIn(entry2.proxyUrl)) maskSecret(password, secrets);
  const server = readServerUrl(entry2.server, `The ${name}`);
  const proxyFault = checkProxyUrl(entry2.proxyUrl, name);
  const authority = readClusterAuthority(entry2, name, server.kind === "good" && server.url.protocol === "https:");
  const faults = [
    ...server.kind === "bad" ? [server.fault] : [],
    ...proxyFault === void 0 ? [] : [proxyFault],
    ...authority.faults
  ];
  if (faults.length > 0 || server.kind === "bad") return { faults };
  return {
    access: {
      server: server.url,
      configuredServer: entry2.server,
      certificateAuthority: authority.pem,
      certificateAuthorityText: authority.text,
      certificateAuthorityDigest: authority.digest,
      insecureSkipTlsVerify: entry2.insecureSkipTlsVerify,
      ...entry2.tlsServerName === "" ? {} : { tlsServerName: entry2.tlsServerName },
      ...entry2.proxyUrl === "" ? {} : { proxyUrl: entry2.proxyUrl },
      disableCompression: entry2.disableCompression,
      execConfig: entry2.execConfig
    }
  };
}
function readServerUrl(text2, what) {
  const bad = (code, message, hint) => ({ kind: "bad", fault: { code, message, hint } });
  if (text2 === "") {
    return bad(
      "server-missing",
      `${what} has no server`,
      "Give the URL of the API server, for example https://k8s.example.com:6443."
    );
  }
  const shown3 = text2.includes("@") ? "" : ` \`${text2}\``;
  if (isPlaceholder(text2)) {
    return bad(
      "server-placeholder",
      `${what} has a server in which a variable or quotes are left${shown3 === "" ? "" : `:${shown3}`}`,
      "Nothing replaces variables in a kubeconfig or an input: fill in the URL, for example with `envsubst` in an earlier step, and leave quotes out of the value."
    );
  }
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text2)) {
    return bad(
      "server-without-scheme",
      `${what} has a server without a scheme${shown3 === "" ? "" : `:${shown3}`}`,
      `Write https:// before it.`
    );
  }
  const url = URL.parse(text2);
  if (url === null || url.hostname === "") {
    return bad(
      "server-not-a-url",
      `${what} has a server that is not a URL${shown3 === "" ? "" : `:${shown3}`}`,
      "It should look like https://k8s.example.com:6443."
    );
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return bad(
      "server-scheme",
      `${what} has a server with the scheme ${url.protocol.slice(0, -1)}`,
      "An API server is reached by https (or, without credentials, by http)."
    );
  }
  if (url.username !== "" || url.password !== "") {
    return bad(
      "server-with-password",
      `${what} has a server with a user name or a password in its URL`,
      "Put them into `username` and `password` of the user: URLs end up in logs."
    );
  }
  url.search = "";
  url.hash = "";
  return { kind: "good", url };
}
function isPlaceholder(server) {
  return /\$\{|\$\(|\{\{|\}\}|^\$|:\/\/\$|%[A-Z_]+%|<[\w -]+>|^["'`]|["'`]$/.test(server.trim());
}
function checkProxyUrl(text2, name) {
  if (text2 === "") return void 0;
  const url = URL.parse(text2);
  const hint = "A proxy-url looks like http://proxy.example.com:3128; http, https and socks5 are known.";
  if (isUserinfoCut(text2)) {
    const message = `The user or password in the proxy-url of the ${name} holds a #, /, ? or \\`;
    return { code: "proxy-url", message, hint: "Write these characters as %23, %2F, %3F and %5C." };
  }
  if (url === null) return { code: "proxy-url", message: `The proxy-url of the ${name} is not a URL`, hint };
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== "http" && scheme !== "https" && scheme !== "socks5") {
    return { code: "proxy-url", message: `The proxy-url of the ${name} has the scheme ${scheme}`, hint };
  }
  return url.hostname === "" ? { code: "proxy-url", message: `The proxy-url of the ${name} names no host`, hint } : void 0;
}
function readClusterAuthority(entry2, name, tls) {
  const { certificateAuthority: file, certificateAuthorityData } = entry2;
  const nothing = { text: "", digest: entry2.insecureSkipTlsVerify ? "none" : "system", faults: [] };
  if (file !== "" && certificateAuthorityData !== "") {
    const fault2 = {
      code: "certificate-authority-twice",
      message: `The ${name} has both certificate-authority and certificate-authority-data`,
      hint: "Keep one of the two."
    };
    return { ...nothing, faults: [fault2] };
  }
  if (file === "" && certificateAuthorityData === "") return nothing;
  const pem = file === "" ? certificateAuthorityData : requireTextFile(file, `CA certificate of the ${name}`);
  if (!tls) return nothing;
  if (entry2.insecureSkipTlsVerify) {
    const fault2 = {
      code: "certificate-authority-and-insecure",
      message: `The ${name} has a CA and insecure-skip-tls-verify`,
      hint: "Remove insecure-skip-tls-verify: with the CA there is no need for it."
    };
    return { ...nothing, faults: [fault2] };
  }
  const checked = readAuthority(pem);
  if (checked.kind === "good") return { pem: checked.value.pem, text: pem, digest: checked.value.digest, faults: [] };
  const what = file === "" ? "certificate-authority-data" : `certificate-authority file ${file}`;
  const fault = {
    code: "certificate-authority-not-pem",
    message: `The ${what} of the ${name} ${checked.reason}`,
    hint: "The CA is one or more PEM certificates (in certificate-authority-data: in base64)."
  };
  return { ...nothing, faults: [fault] };
}

// src/cluster/kubeconfig/context.ts
function chooseContext(kubeconfig, wanted, source) {
  const name = wanted || kubeconfig.currentContext;
  const names = [...kubeconfig.contexts.keys()];
  if (name === "") {
    throw new GateError(
      "invalid-input",
      "context-not-chosen",
      `No context is chosen: ${source} has no current-context`,
      {
        hint: `Name one with the input \`context\`. ${listing("contexts", names)}`
      }
    );
  }
  const context = kubeconfig.contexts.get(name);
  if (context === void 0) {
    const origin = wanted ? "the input `context`" : "current-context";
    const message = `${source} has no context ${quoted(name)}, which ${origin} names`;
    const hint = listing("contexts", nearestFirst(name, names));
    throw new GateError("invalid-input", "context-unknown", message, {
      hint,
      ...wanted ? { problems: [{ place: { kind: "input", input: "context" }, message, hint }] } : {}
    });
  }
  const cluster = entry("cluster", context, context.cluster, kubeconfig.clusters);
  if (cluster === void 0) {
    throw new GateError("invalid-input", "context-without-cluster", `The context ${quoted(name)} names no cluster`, {
      hint: `Set it with \`kubectl config set-context ${name} --cluster=...\`. ${listing("clusters", [...kubeconfig.clusters.keys()])}`
    });
  }
  const user = entry("user", context, context.user, kubeconfig.users);
  return user === void 0 ? { context, cluster } : { context, cluster, user };
}
function entry(what, context, name, entries) {
  if (name === "") return void 0;
  const found = entries.get(name);
  if (found !== void 0) return found;
  const message = `The context ${quoted(context.name)} names the ${what} ${quoted(name)}, which is not defined`;
  const hint = listing(`${what}s`, nearestFirst(name, [...entries.keys()]));
  throw new GateError("invalid-input", `${what}-unknown`, message, {
    hint,
    problems: [{ place: context.origin.place, message, hint }]
  });
}
var MOST_LISTED = 10;
function listing(what, names) {
  if (names.length === 0) return `There are no ${what} in it.`;
  const more = names.length - MOST_LISTED;
  const shown3 = names.slice(0, MOST_LISTED).map(quoted).join(", ");
  return `The ${what} in it: ${shown3}${more > 0 ? ` and ${more} more` : ""}.`;
}
function quoted(name) {
  return `\`${name}\``;
}
function nearestFirst(name, names) {
  const distances = new Map(
    names.map((candidate) => [candidate, distance(name.toLowerCase(), candidate.toLowerCase())])
  );
  return [...names].sort((left, right) => (distances.get(left) ?? 0) - (distances.get(right) ?? 0));
}
function distance(left, right) {
  return editDistance(left, right, Math.max(left.length, right.length));
}

// src/cluster/kubeconfig/fault.ts
function accessOf(read2, place) {
  if ("access" in read2) return read2.access;
  throw faultsError(read2.faults, place);
}
function faultsError(faults, place) {
  const code = faults[0]?.code ?? "kubeconfig";
  return new GateError("invalid-input", code, faults.map(({ message }) => message).join("; "), {
    hint: [...new Set(faults.map(({ hint }) => hint))].join(" "),
    problems: faults.map(({ message, hint }) => ({ place, message, hint }))
  });
}

// src/cluster/kubeconfig/fields.ts
function fieldsOf(value, source, path3) {
  if (value === null || value === void 0) return fieldsOf({}, source, path3);
  if (!isObject2(value)) throw path3 === "" ? notKubeconfig(source, value) : wrongType2(source, path3, "an object", value);
  const at2 = (key) => path3 === "" ? key : `${path3}.${key}`;
  const read2 = (key) => Object.hasOwn(value, key) ? value[key] ?? void 0 : void 0;
  const list = (key) => asList(read2(key), source, at2(key));
  return {
    text: (key) => asText(read2(key), source, at2(key)),
    texts: (key) => list(key).map((item, index) => asText(item, source, `${at2(key)}[${index}]`)),
    textLists: (key) => {
      const entry2 = read2(key) ?? {};
      if (!isObject2(entry2)) throw wrongType2(source, at2(key), "an object", entry2);
      return Object.fromEntries(
        Object.entries(entry2).map(([name, items]) => {
          const where = `${at2(key)}[${JSON.stringify(name)}]`;
          return [
            name,
            asList(items ?? [], source, where).map((item, index) => asText(item, source, `${where}[${index}]`))
          ];
        })
      );
    },
    flag: (key) => asFlag(read2(key), source, at2(key)),
    base64: (key) => asBase64(asText(read2(key), source, at2(key)), source, at2(key)),
    child: (key) => fieldsOf(read2(key), source, at2(key)),
    optionalChild: (key) => read2(key) === void 0 ? void 0 : fieldsOf(read2(key), source, at2(key)),
    children: (key) => list(key).map((item, index) => fieldsOf(item, source, `${at2(key)}[${index}]`)),
    unknown: read2,
    invalid: (key, problem) => invalidField(source, at2(key), problem)
  };
}
function isObject2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function asText(value, source, path3) {
  if (value === void 0 || value === null) return "";
  if (typeof value !== "string") throw wrongType2(source, path3, "a string", value);
  return value;
}
function asList(value, source, path3) {
  if (value === void 0) return [];
  if (!Array.isArray(value)) throw wrongType2(source, path3, "a list", value);
  return value;
}
function asFlag(value, source, path3) {
  if (value === void 0) return false;
  if (typeof value === "boolean") return value;
  throw wrongType2(source, path3, "true or false", value);
}
function asBase64(value, source, path3) {
  if (value === OMITTED) throw invalidField(source, path3, "was left out by `kubectl config view`", RAW_HINT);
  const text2 = value.replace(/[\r\n]/g, "");
  const whole = text2.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text2);
  if (whole) return Buffer.from(text2, "base64").toString("utf8");
  throw invalidField(source, path3, "must be base64", value.includes("-----BEGIN") ? pemHint(path3) : void 0);
}
var OMITTED = "DATA+OMITTED";
var RAW_HINT = "Print the kubeconfig with `kubectl config view --raw`, which leaves nothing out.";
function pemHint(path3) {
  return `It holds PEM text as it is. Encode it with \`base64 -w0\`, or put it into a file and name that in \`${path3.replace(/-data$/, "")}\`.`;
}
function wrongType2(source, path3, wanted, value) {
  const hint = wanted === "a string" && (typeof value === "number" || typeof value === "boolean") ? "Put the value into quotes." : void 0;
  return invalidField(source, path3, `must be ${wanted}, and is ${typeName(value)}`, hint);
}
function notKubeconfig(source, value) {
  const message = `${source} is not a kubeconfig: it must be a YAML mapping, and is ${typeName(value)}`;
  return new GateError("invalid-input", "kubeconfig-field", message, {
    hint: "Check the step or the secret that it comes from; `kubectl config view --raw` prints a whole one."
  });
}
function typeName(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
function invalidField(source, path3, problem, hint) {
  const message = path3 === "" ? `${source} ${problem}` : `${source}: ${path3} ${problem}`;
  return new GateError("invalid-input", "kubeconfig-field", message, { hint });
}

// src/cluster/kubeconfig/kubeconfig.ts
var emptyKubeconfig = {
  clusters: /* @__PURE__ */ new Map(),
  users: /* @__PURE__ */ new Map(),
  contexts: /* @__PURE__ */ new Map(),
  currentContext: ""
};
function decodeKubeconfig(document, origin, resolve2) {
  if (document === void 0 || document === null) return emptyKubeconfig;
  const fields = fieldsOf(document, sourceName(origin.place), "");
  requireConfig(Object.keys(document), fields, origin);
  return {
    clusters: byName(fields, "clusters", (name, entry2) => decodeCluster(name, entry2.child("cluster"), origin, resolve2)),
    users: byName(fields, "users", (name, entry2) => decodeUser(name, entry2.child("user"), origin, resolve2)),
    contexts: byName(fields, "contexts", (name, entry2) => decodeContext(name, entry2.child("context"), origin)),
    currentContext: fields.text("current-context")
  };
}
function sourceName(place) {
  return place.kind === "file" ? place.file : `The input \`${place.input}\``;
}
function requireConfig(keys, fields, origin) {
  const kind = textInAnyCase("kind", keys, fields);
  const apiVersion = textInAnyCase("apiVersion", keys, fields);
  if ((kind === "" || kind === "Config") && (apiVersion === "" || apiVersion === "v1")) return;
  const message = `${sourceName(origin.place)} is not a kubeconfig: it says it is something else than a \`v1\` \`Config\``;
  const hint = "A kubeconfig begins with `apiVersion: v1` and `kind: Config`; `kubectl config view --raw` prints one.";
  throw new GateError("invalid-input", "kubeconfig-kind", message, {
    hint,
    problems: [{ place: origin.place, message, hint }]
  });
}
function textInAnyCase(name, keys, fields) {
  const written = keys.filter((key) => key.toLowerCase() === name.toLowerCase() && fields.unknown(key) !== void 0);
  return written.sort().map((key) => fields.text(key)).at(-1) ?? "";
}
function byName(fields, list, decode2) {
  const entries = /* @__PURE__ */ new Map();
  for (const item of fields.children(list)) {
    const name = item.text("name");
    if (entries.has(name)) throw item.invalid("name", "is the name of an earlier entry of the same list");
    entries.set(name, decode2(name, item));
  }
  return entries;
}
function decodeCluster(name, cluster, origin, resolve2) {
  const extension = cluster.children("extensions").find((item) => item.text("name") === EXEC_EXTENSION);
  return {
    name,
    origin,
    server: cluster.text("server"),
    tlsServerName: cluster.text("tls-server-name"),
    insecureSkipTlsVerify: cluster.flag("insecure-skip-tls-verify"),
    certificateAuthority: absolute(cluster.text("certificate-authority"), resolve2),
    certificateAuthorityData: cluster.base64("certificate-authority-data"),
    proxyUrl: cluster.text("proxy-url"),
    disableCompression: cluster.flag("disable-compression"),
    execConfig: extension?.unknown("extension") ?? null
  };
}
var EXEC_EXTENSION = "client.authentication.k8s.io/exec";
function decodeUser(name, user, origin, resolve2) {
  const authProvider = user.optionalChild("auth-provider");
  const exec = user.optionalChild("exec");
  return {
    name,
    origin,
    clientCertificate: absolute(user.text("client-certificate"), resolve2),
    clientCertificateData: user.base64("client-certificate-data"),
    clientKey: absolute(user.text("client-key"), resolve2),
    clientKeyData: user.base64("client-key-data"),
    token: user.text("token"),
    tokenFile: absolute(user.text("tokenFile"), resolve2),
    username: user.text("username"),
    password: user.text("password"),
    impersonate: {
      user: user.text("as"),
      uid: user.text("as-uid"),
      groups: user.texts("as-groups"),
      extra: user.textLists("as-user-extra")
    },
    authProvider: authProvider === void 0 ? void 0 : authProvider.text("name"),
    exec: exec === void 0 ? void 0 : decodeExec(exec, resolve2)
  };
}
function decodeExec(exec, resolve2) {
  const apiVersion = exec.text("apiVersion");
  const command = exec.text("command");
  return {
    apiVersion,
    // A bare name is looked up in PATH, so only what holds a separator is a path.
    command: /[/\\]/.test(command) ? absolute(command, resolve2) : command,
    args: exec.texts("args"),
    env: exec.children("env").map((item) => ({ name: item.text("name"), value: item.text("value") })),
    installHint: exec.text("installHint"),
    provideClusterInfo: exec.flag("provideClusterInfo"),
    interactiveMode: exec.text("interactiveMode") || defaultInteractiveMode(apiVersion)
  };
}
function defaultInteractiveMode(apiVersion) {
  return apiVersion === "client.authentication.k8s.io/v1beta1" ? "IfAvailable" : "";
}
function decodeContext(name, context, origin) {
  return { name, origin, cluster: context.text("cluster"), user: context.text("user") };
}
function absolute(path3, resolve2) {
  return path3 === "" ? "" : resolve2(path3);
}

// src/model/place.ts
function formatPlace(place) {
  const parts = place.kind === "input" ? [place.input, place.line] : [place.file, place.line, place.column];
  return [place.repository, ...parts].filter((part) => part !== void 0).join(":");
}

// src/yaml/file-text.ts
var { isUtf8 } = globalThis.process.getBuiltinModule("node:buffer");
function decodeFile(content) {
  if (content[0] === 255 && content[1] === 254)
    return { bytes: reencode(content.subarray(2), "utf-16le"), promised: false };
  if (content[0] === 254 && content[1] === 255)
    return { bytes: reencode(content.subarray(2), "utf-16be"), promised: false };
  const promised = content[0] === 239 && content[1] === 187 && content[2] === 191;
  const bytes = promised ? content.subarray(3) : content;
  if (isUtf8(bytes)) return { bytes, promised };
  const repaired = reencode(bytes, "utf-8");
  let same = 0;
  while (repaired[same] === bytes[same]) same += 1;
  return { bytes: repaired, repairedAt: same, promised };
}
function reencode(content, encoding) {
  return Buffer.from(new TextDecoder(encoding, { ignoreBOM: true }).decode(content), "utf8");
}

// src/yaml/bytes.ts
var TAB = 9;
var LF = 10;
var CR = 13;
var SPACE = 32;
function byteAt(bytes, at2) {
  return bytes[at2] ?? 0;
}
function breakLength(bytes, at2) {
  const byte = bytes[at2] ?? 0;
  if (byte === LF) return 1;
  if (byte === CR) return bytes[at2 + 1] === LF ? 2 : 1;
  if (byte === 194) return bytes[at2 + 1] === 133 ? 2 : 0;
  if (byte === 226) return bytes[at2 + 1] === 128 && (bytes[at2 + 2] === 168 || bytes[at2 + 2] === 169) ? 3 : 0;
  return 0;
}
function isBlank(byte) {
  return byte === SPACE || byte === TAB;
}
function isBreakOrEnd(bytes, at2) {
  const byte = bytes[at2] ?? 0;
  return byte === 0 || byte === LF || byte === CR || byte >= 194 && breakLength(bytes, at2) > 0;
}
function isByteOrderMark(bytes, at2) {
  return bytes[at2] === 239 && bytes[at2 + 1] === 187 && bytes[at2 + 2] === 191;
}
function isSpaceOrEnd(bytes, at2) {
  return isBlank(bytes[at2] ?? 0) || isBreakOrEnd(bytes, at2);
}
function isWord(byte) {
  return byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57 || byte === 95 || byte === 45;
}
function findForbiddenByte(bytes) {
  for (let at2 = 0; at2 < bytes.length; at2 += 1) {
    const byte = bytes[at2] ?? 0;
    if (byte >= SPACE && byte < 127) continue;
    if (byte === LF || byte === CR || byte === TAB) continue;
    if (byte < SPACE || byte === 127) return at2;
    if (byte === 194) {
      const next = bytes[at2 + 1] ?? 0;
      if (next < 160 && next !== 133) return at2;
    } else if (byte === 239 && bytes[at2 + 1] === 191 && (bytes[at2 + 2] ?? 0) >= 190) {
      return at2;
    }
  }
  return -1;
}
function decodeSlice(bytes, start, end) {
  return bytes.toString("utf8", start, end);
}
var recent = new Array(8192).fill(void 0);
var LONGEST_RECENT = 40;
function decodeWord(bytes, start, end) {
  const length = end - start;
  if (length > LONGEST_RECENT) return bytes.toString("latin1", start, end);
  let hash = length;
  for (let at2 = start; at2 < end; at2 += 1) hash = hash * 31 + (bytes[at2] ?? 0) | 0;
  const slot = (hash ^ hash >>> 13) & 8191;
  const known = recent[slot];
  if (known !== void 0 && known.length === length && isSame(known, bytes, start)) return known;
  const text2 = bytes.toString("latin1", start, end);
  recent[slot] = text2;
  return text2;
}
function isSame(text2, bytes, start) {
  for (let index = 0; index < text2.length; index += 1) {
    if (text2.charCodeAt(index) !== bytes[start + index]) return false;
  }
  return true;
}

// src/yaml/duplicate-keys.ts
var FEW_KEYS = 16;
function recordKeys(bytes) {
  const hashes = [];
  const starts = [];
  const ends = [];
  const repeated = [];
  const firsts = [];
  const names = [];
  let depth = 0;
  let count = 0;
  function isSame2(other, start, end) {
    const from = starts[other] ?? 0;
    if ((ends[other] ?? 0) - from !== end - start) return false;
    for (let offset = 0; offset < end - start; offset += 1) {
      if (bytes[from + offset] !== bytes[start + offset]) return false;
    }
    return true;
  }
  function nameOf2(index) {
    return bytes.toString("utf8", starts[index], ends[index]);
  }
  function addToSet(set, at2, name) {
    if (set.has(name)) repeated.push(at2);
    else set.add(name);
  }
  function useSet() {
    const set = /* @__PURE__ */ new Set();
    for (let index = firsts[depth - 1] ?? 0; index < count; index += 1) set.add(nameOf2(index));
    names[depth - 1] = set;
    return set;
  }
  return {
    repeated,
    open: () => {
      firsts[depth] = count;
      names[depth] = void 0;
      depth += 1;
    },
    close: () => {
      depth -= 1;
      count = firsts[depth] ?? 0;
    },
    add: (start, end) => {
      const first = firsts[depth - 1] ?? 0;
      const set = names[depth - 1] ?? (count - first >= FEW_KEYS ? useSet() : void 0);
      if (set !== void 0) {
        addToSet(set, start, bytes.toString("utf8", start, end));
        return;
      }
      let hash = end - start;
      for (let at2 = start; at2 < end; at2 += 1) hash = hash * 31 + (bytes[at2] ?? 0) | 0;
      for (let other = first; other < count; other += 1) {
        if (hashes[other] === hash && isSame2(other, start, end)) {
          repeated.push(start);
          break;
        }
      }
      hashes[count] = hash;
      starts[count] = start;
      ends[count] = end;
      count += 1;
    },
    addName: (at2, name) => addToSet(names[depth - 1] ?? useSet(), at2, name)
  };
}

// src/yaml/unreadable.ts
var Unreadable = class extends Error {
  name = "Unreadable";
  /** The byte at which the text goes wrong. */
  at;
  /** The same reason with the piece of text that is wrong. The message never holds one, because the text may be a secret. */
  quoting;
  constructor(at2, message, quoting = message) {
    super(message);
    this.at = at2;
    this.quoting = quoting;
  }
};
var TooManyParts = class extends Error {
  name = "TooManyParts";
};

// src/yaml/node.ts
var MOST_PARTS2 = 5e5;
function addItem({ items }, item) {
  if (items.length >= MOST_PARTS2) throw new TooManyParts(`a list has more than ${MOST_PARTS2} items`);
  items.push(item);
}
function addField({ fields }, field) {
  if (fields.length >= MOST_PARTS2) throw new TooManyParts(`a mapping has more than ${MOST_PARTS2} fields`);
  fields.push(field);
}
var TEXT = {};
var EVERYTHING2 = {
  get everyField() {
    return EVERYTHING2;
  },
  get items() {
    return EVERYTHING2;
  }
};
function wantedField(wanted, name) {
  return wanted.fields !== void 0 && Object.hasOwn(wanted.fields, name) ? wanted.fields[name] : wanted.everyField;
}
function dereference(node) {
  let target = node;
  while (target.kind === "alias") target = target.target;
  return target;
}
function fieldOf(node, name) {
  const mapping = node === void 0 ? void 0 : dereference(node);
  if (mapping?.kind !== "mapping") return void 0;
  let found;
  for (const field of mapping.fields) {
    if (field.merges) found = mergedField(field.value, name) ?? found;
    else if (field.name === name) found = field;
  }
  return found;
}
function mergedField(value, name) {
  const source = dereference(value);
  if (source.kind !== "sequence") return fieldOf(source, name);
  for (const item of source.items) {
    const found = fieldOf(item, name);
    if (found !== void 0) return found;
  }
  return void 0;
}
function fieldsOf2(node) {
  const mapping = dereference(node);
  if (mapping.kind !== "mapping") return [];
  const found = /* @__PURE__ */ new Map();
  collectFields(mapping, found);
  return [...found.values()];
}
function collectFields(node, found) {
  const source = dereference(node);
  if (source.kind === "sequence") for (const item of source.items.toReversed()) collectFields(item, found);
  if (source.kind !== "mapping") return;
  for (const field of source.fields) {
    if (field.merges) collectFields(field.value, found);
    else found.set(field.name, field);
  }
}
function valueUnder(node, name) {
  const field = fieldOf(node, name);
  const value = field === void 0 ? void 0 : dereference(field.value);
  return value?.kind === "null" ? void 0 : value;
}
function textUnder(node, name) {
  const value = valueUnder(node, name);
  return value?.kind === "string" ? value.text : void 0;
}

// src/yaml/number.ts
var WHOLE = /^[-+]?(?:0|[1-9][0-9]*|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)$/;
var FRACTION = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
var OCTAL = /^0[0-7]+$/;
var SMALLEST = -(2n ** 63n);
var LARGEST_SIGNED = 2n ** 63n - 1n;
var LARGEST = 2n ** 64n - 1n;
function yamlNumber(text2) {
  if (!/^[-+.0-9]/.test(text2)) return void 0;
  const digits = text2.startsWith(".") ? text2 : text2.replaceAll("_", "");
  if (WHOLE.test(digits)) {
    const value2 = wholeNumber(digits);
    if (value2 !== void 0) return { kind: "integer", value: value2 };
  }
  if (!FRACTION.test(digits)) return void 0;
  const value = Number(digits);
  return Number.isFinite(value) ? { kind: "float", value } : void 0;
}
function wholeNumber(digits) {
  const negative = digits.startsWith("-");
  const bare = digits.replace(/^[-+]/, "").toLowerCase();
  const literal = (OCTAL.test(bare) ? `0o${bare.slice(1)}` : bare).replace(/^(0[box])0+(?=.)/, "$1");
  if (literal.length > 66) return void 0;
  if (literal.length <= 13) return negative ? -Number(literal) || 0 : Number(literal);
  const value = negative ? -BigInt(literal) : BigInt(literal);
  return value >= SMALLEST && value <= (digits.startsWith("+") ? LARGEST_SIGNED : LARGEST) ? value : void 0;
}
function isUnsigned({ kind, value }) {
  return kind === "integer" && value > LARGEST_SIGNED;
}
function sentNumber({ kind, value }) {
  if (kind === "integer" && value <= LARGEST_SIGNED) return String(value);
  return String(Number(value) || 0);
}
function sentJsonNumber(text2) {
  if (/^-?[0-9]+$/.test(text2)) {
    if (text2.length <= 15) return String(Number(text2) || 0);
    const value2 = text2.length <= 20 ? BigInt(text2) : LARGEST;
    if (value2 >= SMALLEST && value2 <= LARGEST_SIGNED) return String(value2);
  }
  const value = Number(text2);
  if (!Number.isFinite(value)) return void 0;
  return Object.is(value, -0) ? "-0" : String(value);
}
function keyNumber({ kind, value }) {
  return kind === "integer" ? String(value) : singlePrecision(value);
}
function singlePrecision(value) {
  const single2 = Math.fround(value);
  if (Number.isNaN(single2)) return ".nan";
  if (!Number.isFinite(single2)) return single2 > 0 ? ".inf" : "-.inf";
  if (single2 === 0) return Object.is(single2, -0) ? "-0" : "0";
  let shortest = "";
  for (let digits2 = 1; digits2 <= 9; digits2 += 1) {
    shortest = single2.toExponential(digits2 - 1);
    if (Math.fround(Number(shortest)) === single2) break;
  }
  const exponent = Number(shortest.slice(shortest.indexOf("e") + 1));
  const digits = shortest.slice(0, shortest.indexOf("e")).replace(/[-.]/g, "").length;
  if (exponent < -4 || exponent >= 6) return shortest.replace(/e([-+])(\d)$/, "e$10$2");
  return Number(shortest).toFixed(Math.max(0, digits - 1 - exponent));
}

// src/yaml/json.ts
var NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/;
var NUMBER_BYTES = new Set(Buffer.from("+-.0123456789eE"));
var DEEPEST = 1e3;
var GO_SPACES = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
function beginsLikeJson(bytes) {
  return bytes.toString("utf8").replace(GO_SPACES, "").startsWith("{");
}
function readJson(bytes, from, wantedOfRoot) {
  const keys = recordKeys(bytes);
  let at2 = from;
  let depth = 0;
  let escaped = false;
  function skipSpace() {
    for (; ; ) {
      const byte = bytes[at2] ?? 0;
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte;
      at2 += 1;
    }
  }
  function value(wanted) {
    const byte = skipSpace();
    const start = at2;
    switch (byte) {
      case 123:
        return object2(wanted);
      case 91:
        return array(wanted);
      case 34:
        return { kind: "string", at: start, text: string(wanted !== void 0) };
      case 116:
        word("true");
        return { kind: "boolean", at: start, value: true };
      case 102:
        word("false");
        return { kind: "boolean", at: start, value: false };
      case 110:
        word("null");
        return { kind: "null", at: start };
      default:
        return { kind: "number", at: start, text: number() };
    }
  }
  function word(text2) {
    if (decodeSlice(bytes, at2, at2 + text2.length) !== text2) throw unexpected();
    at2 += text2.length;
  }
  function number() {
    const start = at2;
    while (NUMBER_BYTES.has(bytes[at2] ?? 0)) at2 += 1;
    const match = NUMBER.exec(bytes.toString("latin1", start, at2));
    at2 = start;
    if (match === null) throw unexpected();
    const text2 = sentJsonNumber(match[0]);
    if (text2 === void 0) throw new Unreadable(start, "this number is too large for JSON, and so for Kubernetes");
    at2 += match[0].length;
    return text2;
  }
  function string(wanted, isKey = false) {
    const start = at2;
    escaped = false;
    at2 += 1;
    for (; ; ) {
      const byte = bytes[at2] ?? 0;
      if (byte === 34) break;
      if (byte < 32)
        throw at2 >= bytes.length ? unexpected() : new Unreadable(at2, "a control character must be escaped in a string");
      if (byte === 92) {
        escaped = true;
        const letter = bytes[at2 + 1] ?? 0;
        if (letter === 117) {
          if (!/^[0-9a-fA-F]{4}$/.test(bytes.toString("latin1", at2 + 2, at2 + 6))) throw unexpected();
          at2 += 6;
        } else {
          if (!'"\\/bfnrt'.includes(String.fromCharCode(letter)))
            throw new Unreadable(at2, "JSON does not know this escape");
          at2 += 2;
        }
      } else {
        at2 += 1;
      }
    }
    at2 += 1;
    if (!wanted && !(isKey && escaped)) return "";
    return escaped ? JSON.parse(decodeSlice(bytes, start, at2)) : decodeSlice(bytes, start + 1, at2 - 1);
  }
  function object2(wanted) {
    const mapping = { kind: "mapping", at: at2, fields: [] };
    keys.open();
    enter2();
    if (skipSpace() === 125) return leave(mapping, true);
    for (; ; ) {
      if (skipSpace() !== 34) throw expected("a key in double quotes");
      const keyAt = at2;
      const name = string(wanted !== void 0, true);
      if (escaped) keys.addName(keyAt + 1, name);
      else keys.add(keyAt + 1, at2 - 1);
      if (skipSpace() !== 58) throw expected("':'");
      at2 += 1;
      const wantedValue = wanted === void 0 ? void 0 : wantedField(wanted, name);
      const fieldValue = value(wantedValue);
      if (wantedValue !== void 0) addField(mapping, { at: keyAt, name, merges: false, value: fieldValue });
      const next = skipSpace();
      if (next === 125) return leave(mapping, true);
      if (next !== 44) throw expected("',' or '}'");
      at2 += 1;
    }
  }
  function array(wanted) {
    const sequence = { kind: "sequence", at: at2, items: [] };
    enter2();
    if (skipSpace() === 93) return leave(sequence, false);
    for (; ; ) {
      const item = value(wanted?.items);
      if (wanted?.items !== void 0) addItem(sequence, item);
      const next = skipSpace();
      if (next === 93) return leave(sequence, false);
      if (next !== 44) throw expected("',' or ']'");
      at2 += 1;
    }
  }
  function enter2() {
    depth += 1;
    if (depth > DEEPEST) throw new Unreadable(at2, `the text is nested more than ${DEEPEST} levels deep`);
    at2 += 1;
  }
  function leave(node, isMapping) {
    if (isMapping) keys.close();
    depth -= 1;
    at2 += 1;
    return node;
  }
  function expected(what) {
    return new Unreadable(at2, `${what} is expected here`);
  }
  function unexpected() {
    return new Unreadable(at2, at2 >= bytes.length ? "the text ends too early" : "this is not valid JSON");
  }
  skipSpace();
  if (at2 >= bytes.length) return void 0;
  return { root: value(wantedOfRoot), repeatedKeys: keys.repeated, end: at2 };
}

// src/yaml/line-counter.ts
var LF2 = 10;
var MARK_EVERY = 512;
function lineCounter(bytes) {
  const starts = [0];
  let nextBreak = bytes.indexOf(LF2);
  const marks = [0];
  function search(until) {
    while (nextBreak >= 0 && nextBreak < until) {
      starts.push(nextBreak + 1);
      nextBreak = bytes.indexOf(LF2, nextBreak + 1);
    }
  }
  function charactersBefore(at2) {
    const mark = Math.floor(at2 / MARK_EVERY);
    for (let next = marks.length; next <= mark; next += 1) {
      marks.push((marks[next - 1] ?? 0) + countCharacters(bytes, (next - 1) * MARK_EVERY, next * MARK_EVERY));
    }
    return (marks[mark] ?? 0) + countCharacters(bytes, mark * MARK_EVERY, at2);
  }
  return (at2) => {
    search(at2);
    const line = lastNotAfter(starts, at2);
    const lineStart = starts[line] ?? 0;
    const length = at2 - lineStart <= MARK_EVERY ? countCharacters(bytes, lineStart, at2) : charactersBefore(at2) - charactersBefore(lineStart);
    return { line: line + 1, column: length + 1 };
  };
}
function lastNotAfter(ascending, limit) {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((ascending[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
function countCharacters(bytes, start, end) {
  let count = 0;
  for (let at2 = start; at2 < end; at2 += 1) if (((bytes[at2] ?? 0) & 192) !== 128) count += 1;
  return count;
}

// src/yaml/aliases.ts
var FEW = 4e5;
var MANY = 4e6;
var DEEPEST2 = 2e3;
function allowedShare(read2) {
  if (read2 <= FEW) return 0.99;
  if (read2 >= MANY) return 0.1;
  return 0.99 - 0.89 * ((read2 - FEW) / (MANY - FEW));
}
function refuseExcessiveAliases(root) {
  let read2 = 1;
  let readThroughAliases = 0;
  let depth = 0;
  let level = 0;
  const open = /* @__PURE__ */ new Set();
  let outermost = root;
  const visit = (node) => {
    read2 += 1;
    level += 1;
    if (level > DEEPEST2) throw new Unreadable(outermost.at, `the text is nested more than ${DEEPEST2} levels deep`);
    if (depth > 0) readThroughAliases += 1;
    if (readThroughAliases > 100 && read2 > 1e3 && readThroughAliases / read2 > allowedShare(read2)) {
      throw new Unreadable(outermost.at, "aliases expand this document out of proportion");
    }
    switch (node.kind) {
      case "alias":
        if (open.has(node)) throw new Unreadable(node.at, "the value of an anchor contains an alias of itself");
        open.add(node);
        if (depth === 0) outermost = node;
        depth += 1;
        visit(node.target);
        depth -= 1;
        open.delete(node);
        break;
      case "mapping":
        for (const field of node.fields) {
          if (field.merges) {
            if (field.value.kind === "sequence") field.value.items.toReversed().forEach(visit);
            else visit(field.value);
          } else {
            visit(field.key ?? field.value);
            visit(field.value);
          }
        }
        break;
      case "sequence":
        node.items.forEach(visit);
        break;
    }
    level -= 1;
  };
  visit(root);
}
function isMergeable(node) {
  if (node.kind === "sequence")
    return node.items.every((item) => item.kind !== "sequence" && dereference(item).kind === "mapping");
  return dereference(node).kind === "mapping";
}

// src/yaml/tag.ts
var URI = String.raw`(?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[0-9a-fA-F]{2})`;
var VERBATIM = new RegExp(`^!<(${URI}+)>$`);
var WITH_HANDLE = new RegExp(`^(![\\w-]*!)(${URI}+)$`);
var LOCAL = new RegExp(`^!(?![\\w-]*!$)(${URI}*)$`);
var TAG_DIRECTIVE = new RegExp(`^%TAG[ \\t]+(!|![\\w-]*!)[ \\t]+(${URI}+)[ \\t]*(?:#.*)?$`);
var YAML_DIRECTIVE = /^%YAML[ \t]+([0-9]{1,2})\.([0-9]{1,2})[ \t]*(?:#.*)?$/;
var LONGEST = 1e4;
var DEFAULT_HANDLES = /* @__PURE__ */ new Map([
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"]
]);
function checkTag(at2, source) {
  if (source.length > LONGEST) throw new Unreadable(at2, "this tag is too long");
  if (source !== "!" && !VERBATIM.test(source) && !WITH_HANDLE.test(source) && !LOCAL.test(source)) {
    throw notATag(at2, source);
  }
}
function notATag(at2, source) {
  return new Unreadable(at2, "this is not a valid tag, which is what '!' begins", `${source} is not a valid tag`);
}
function fullTag(at2, source, handles) {
  const verbatim = VERBATIM.exec(source)?.[1];
  if (verbatim !== void 0) return verbatim;
  if (source === "!") return "!";
  const withHandle = WITH_HANDLE.exec(source);
  const local = withHandle === null ? LOCAL.exec(source) : null;
  const handle = withHandle?.[1] ?? "!";
  const suffix = withHandle?.[2] ?? local?.[1];
  if (suffix === void 0) throw notATag(at2, source);
  const prefix = handles.get(handle);
  if (prefix === void 0) {
    const message = "no %TAG directive defines the handle of this tag";
    throw new Unreadable(at2, message, `no %TAG directive defines the handle ${handle} of ${source}`);
  }
  return prefix + suffix;
}
function checkDirective(at2, source) {
  if (source.length > LONGEST) throw new Unreadable(at2, "this directive is too long");
  if (!YAML_DIRECTIVE.test(source) && !TAG_DIRECTIVE.test(source)) throw notADirective(at2);
}
function notADirective(at2) {
  return new Unreadable(at2, "a line that begins with '%' must be a %YAML or %TAG directive");
}
function readDirectives(directives) {
  const handles = /* @__PURE__ */ new Map();
  let versions = 0;
  for (const { at: at2, source } of directives) {
    const version = YAML_DIRECTIVE.exec(source);
    const tag = TAG_DIRECTIVE.exec(source);
    if (version !== null) {
      versions += 1;
      if (versions > 1) throw new Unreadable(at2, "a document may have one %YAML directive only");
      if (Number(version[1]) !== 1 || Number(version[2]) !== 1)
        throw new Unreadable(at2, "kubectl reads YAML 1.1; leave out the %YAML directive");
    } else if (tag?.[1] !== void 0 && tag[2] !== void 0) {
      if (handles.has(tag[1])) throw new Unreadable(at2, "two %TAG directives define this handle");
      handles.set(tag[1], tag[2]);
    } else {
      throw notADirective(at2);
    }
  }
  return new Map([...DEFAULT_HANDLES, ...handles]);
}

// src/yaml/scanner.ts
var Kind = {
  end: 0,
  directive: 1,
  documentStart: 2,
  documentEnd: 3,
  mappingStart: 4,
  sequenceStart: 5,
  blockEnd: 6,
  flowSequenceStart: 7,
  flowSequenceEnd: 8,
  flowMappingStart: 9,
  flowMappingEnd: 10,
  flowEntry: 11,
  entry: 12,
  key: 13,
  value: 14,
  alias: 15,
  anchor: 16,
  tag: 17,
  scalar: 18
};
var Style = { plain: 0, single: 1, double: 2, literal: 3, folded: 4 };
var LONGEST_KEY = 1024;
var simpleKeyBytes = new Uint8Array(256);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.-$") {
  simpleKeyBytes[character.charCodeAt(0)] = 1;
}
var DEEPEST3 = 1e4;
function scanYaml(bytes) {
  return {
    bytes,
    at: 0,
    line: 0,
    lineStart: 0,
    indent: -1,
    indents: [],
    keyAllowed: true,
    ended: false,
    keys: [noKey()],
    flowLevel: 0,
    outermost: 0,
    queue: [],
    head: 0,
    tail: 0,
    skipped: 0
  };
}
function peek(scan) {
  const next = token(scan);
  return next.opensMapping ? Kind.mappingStart : next.isKey ? Kind.key : next.kind;
}
function skip(scan) {
  const next = token(scan);
  if (next.opensMapping) next.opensMapping = false;
  else if (next.isKey) next.isKey = false;
  else {
    scan.head += 1;
    scan.skipped += 1;
    if (scan.head === scan.tail) scan.head = scan.tail = 0;
  }
}
function currentKey(scan) {
  return scan.keys[scan.flowLevel] ?? noKey();
}
function append(scan, kind, start, end) {
  let token2 = scan.queue[scan.tail];
  if (token2 === void 0) {
    token2 = { kind, start, end, style: 0, composed: false, indent: 0, opensMapping: false, isKey: false };
    scan.queue.push(token2);
  } else {
    token2.kind = kind;
    token2.start = start;
    token2.end = end;
    token2.style = 0;
    token2.composed = false;
    token2.opensMapping = false;
    token2.isKey = false;
  }
  scan.tail += 1;
  return token2;
}
function newLine(scan, length) {
  scan.at += length;
  scan.line += 1;
  scan.lineStart = scan.at;
}
function isStillPossible(scan, key) {
  if (!key.possible) return false;
  if (key.line === scan.line && scan.at - key.at <= LONGEST_KEY) return true;
  if (key.line === scan.line && codePoints(scan.bytes, key.at, scan.at) <= LONGEST_KEY) return true;
  dropKey(key);
  return false;
}
function dropKey(key) {
  if (key.possible && key.required) throw new Unreadable(key.at, "could not find the ':' that a mapping's key needs");
  key.possible = false;
}
function rememberKey(scan) {
  if (!scan.keyAllowed) return;
  const key = currentKey(scan);
  dropKey(key);
  key.possible = true;
  key.required = scan.flowLevel === 0 && scan.indent === scan.at - scan.lineStart;
  key.token = scan.skipped + scan.tail - scan.head;
  key.at = scan.at;
  key.line = scan.line;
  key.column = scan.at - scan.lineStart;
}
function indentTo(scan, column) {
  if (scan.flowLevel > 0 || scan.indent >= column) return false;
  scan.indents.push(scan.indent);
  scan.indent = column;
  if (scan.indents.length > DEEPEST3)
    throw new Unreadable(scan.at, `the text is nested more than ${DEEPEST3} levels deep`);
  return true;
}
function unindentTo(scan, column) {
  if (scan.flowLevel > 0) return;
  while (scan.indent > column) {
    append(scan, Kind.blockEnd, scan.at, scan.at);
    scan.indent = scan.indents.pop() ?? -1;
  }
}
function skipToToken(scan) {
  for (; ; ) {
    let byte = byteAt(scan.bytes, scan.at);
    while (byte === SPACE || byte === TAB && (scan.flowLevel > 0 || !scan.keyAllowed)) {
      scan.at += 1;
      byte = byteAt(scan.bytes, scan.at);
    }
    if (byte === 35) scan.at = endOfLine(scan.bytes, scan.at);
    const length = breakLength(scan.bytes, scan.at);
    if (length === 0) return;
    newLine(scan, length);
    if (scan.flowLevel === 0) scan.keyAllowed = true;
  }
}
function fetch(scan) {
  skipToToken(scan);
  const column = scan.at - scan.lineStart;
  unindentTo(scan, column);
  const byte = byteAt(scan.bytes, scan.at);
  if (byte === 0) {
    fetchEnd(scan);
    return;
  }
  if (scan.keyAllowed && scan.flowLevel === 0 && fetchSimpleKey(scan, column)) return;
  if (column === 0) {
    if (byte === 37) {
      fetchDirective(scan);
      return;
    }
    if (isDocumentMark(scan.bytes, scan.at)) {
      fetchDocumentMark(scan, byte === 45 ? Kind.documentStart : Kind.documentEnd);
      return;
    }
  }
  switch (byte) {
    case 91:
      fetchFlowStart(scan, Kind.flowSequenceStart);
      return;
    case 123:
      fetchFlowStart(scan, Kind.flowMappingStart);
      return;
    case 93:
      fetchFlowEnd(scan, Kind.flowSequenceEnd);
      return;
    case 125:
      fetchFlowEnd(scan, Kind.flowMappingEnd);
      return;
    case 44:
      fetchFlowEntry(scan);
      return;
    case 45:
      if (isSpaceOrEnd(scan.bytes, scan.at + 1)) {
        fetchEntry(scan);
        return;
      }
      fetchPlain(scan);
      return;
    case 63:
      if (scan.flowLevel > 0 || isSpaceOrEnd(scan.bytes, scan.at + 1)) {
        fetchKey(scan);
        return;
      }
      fetchPlain(scan);
      return;
    case 58:
      if (scan.flowLevel > 0 || isSpaceOrEnd(scan.bytes, scan.at + 1)) {
        fetchValue(scan);
        return;
      }
      fetchPlain(scan);
      return;
    case 42:
      fetchName(scan, Kind.alias);
      return;
    case 38:
      fetchName(scan, Kind.anchor);
      return;
    case 33:
      fetchTag(scan);
      return;
    case 124:
    // |
    case 62:
      if (scan.flowLevel === 0) {
        fetchBlockScalar(scan, byte === 124 ? Style.literal : Style.folded);
        return;
      }
      break;
    case 39:
      fetchQuoted(scan, Style.single);
      return;
    case 34:
      fetchQuoted(scan, Style.double);
      return;
    case TAB:
      throw new Unreadable(scan.at, "a tab is used as indentation; YAML indents with spaces only");
    case 37:
    // %
    case 64:
    // @
    case 96:
      break;
    default:
      fetchPlain(scan);
      return;
  }
  throw new Unreadable(scan.at, `${JSON.stringify(String.fromCharCode(byte))} cannot begin a value; put it in quotes`);
}
function fetchSimpleKey(scan, column) {
  const start = scan.at;
  const end = endOfPlainKey(scan.bytes, start);
  if (end < 0) return false;
  dropKey(currentKey(scan));
  const token2 = append(scan, Kind.scalar, start, end);
  token2.isKey = true;
  token2.opensMapping = indentTo(scan, column);
  append(scan, Kind.value, end, end + 1);
  scan.at = end + 1;
  scan.keyAllowed = false;
  return true;
}
function fetchEnd(scan) {
  unindentTo(scan, -1);
  dropKey(currentKey(scan));
  scan.keyAllowed = false;
  scan.ended = true;
  append(scan, Kind.end, scan.at, scan.at);
}
function fetchDirective(scan) {
  unindentTo(scan, -1);
  dropKey(currentKey(scan));
  scan.keyAllowed = false;
  const start = scan.at;
  scan.at = endOfLine(scan.bytes, scan.at);
  checkDirective(start, decodeSlice(scan.bytes, start, scan.at));
  append(scan, Kind.directive, start, scan.at);
}
function fetchDocumentMark(scan, kind) {
  unindentTo(scan, -1);
  dropKey(currentKey(scan));
  scan.keyAllowed = false;
  scan.at += 3;
  append(scan, kind, scan.at - 3, scan.at);
}
function fetchFlowStart(scan, kind) {
  rememberKey(scan);
  scan.flowLevel += 1;
  if (scan.flowLevel > DEEPEST3) throw new Unreadable(scan.at, `the text is nested more than ${DEEPEST3} levels deep`);
  if (scan.keys.length === scan.flowLevel) scan.keys.push(noKey());
  else currentKey(scan).possible = false;
  scan.keyAllowed = true;
  scan.at += 1;
  append(scan, kind, scan.at - 1, scan.at);
}
function fetchFlowEnd(scan, kind) {
  dropKey(currentKey(scan));
  if (scan.flowLevel > 0) scan.flowLevel -= 1;
  if (scan.outermost > scan.flowLevel) scan.outermost = scan.flowLevel;
  scan.keyAllowed = false;
  scan.at += 1;
  append(scan, kind, scan.at - 1, scan.at);
}
function fetchFlowEntry(scan) {
  dropKey(currentKey(scan));
  scan.keyAllowed = true;
  scan.at += 1;
  append(scan, Kind.flowEntry, scan.at - 1, scan.at);
}
function fetchEntry(scan) {
  if (scan.flowLevel === 0) {
    if (!scan.keyAllowed) throw new Unreadable(scan.at, "a list's '-' cannot stand here");
    if (indentTo(scan, scan.at - scan.lineStart)) append(scan, Kind.sequenceStart, scan.at, scan.at);
  }
  dropKey(currentKey(scan));
  scan.keyAllowed = true;
  scan.at += 1;
  append(scan, Kind.entry, scan.at - 1, scan.at);
}
function fetchKey(scan) {
  if (scan.flowLevel === 0) {
    if (!scan.keyAllowed) throw new Unreadable(scan.at, "a mapping's key cannot stand here");
    if (indentTo(scan, scan.at - scan.lineStart)) append(scan, Kind.mappingStart, scan.at, scan.at);
  }
  dropKey(currentKey(scan));
  scan.keyAllowed = scan.flowLevel === 0;
  scan.at += 1;
  append(scan, Kind.key, scan.at - 1, scan.at);
}
function fetchValue(scan) {
  const key = currentKey(scan);
  if (isStillPossible(scan, key)) {
    const token2 = scan.queue[scan.head + key.token - scan.skipped];
    if (token2 !== void 0) {
      token2.isKey = true;
      token2.opensMapping = indentTo(scan, key.column);
    }
    key.possible = false;
    scan.keyAllowed = false;
  } else {
    if (scan.flowLevel === 0) {
      if (!scan.keyAllowed) throw new Unreadable(scan.at, "a mapping's ':' cannot stand here");
      if (indentTo(scan, scan.at - scan.lineStart)) append(scan, Kind.mappingStart, scan.at, scan.at);
    }
    scan.keyAllowed = scan.flowLevel === 0;
  }
  scan.at += 1;
  append(scan, Kind.value, scan.at - 1, scan.at);
}
function fetchName(scan, kind) {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  scan.at += 1;
  while (isWord(byteAt(scan.bytes, scan.at))) scan.at += 1;
  if (scan.at === start + 1 || !(isSpaceOrEnd(scan.bytes, scan.at) || "?:,]}%@`".includes(String.fromCharCode(byteAt(scan.bytes, scan.at))))) {
    throw new Unreadable(
      scan.at,
      `the name after '${kind === Kind.alias ? "*" : "&"}' may hold letters, digits, '_' and '-' only`
    );
  }
  append(scan, kind, start, scan.at);
}
function fetchTag(scan) {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  while (!isSpaceOrEnd(scan.bytes, scan.at)) scan.at += 1;
  checkTag(start, decodeSlice(scan.bytes, start, scan.at));
  append(scan, Kind.tag, start, scan.at);
}
function fetchBlockScalar(scan, style) {
  dropKey(currentKey(scan));
  scan.keyAllowed = true;
  const start = scan.at;
  scan.at += 1;
  let increment = 0;
  let chomped = false;
  for (let indicators = 0; indicators < 2; indicators += 1) {
    const byte = byteAt(scan.bytes, scan.at);
    if ((byte === 43 || byte === 45) && !chomped) chomped = true;
    else if (byte >= 48 && byte <= 57 && increment === 0) increment = byte - 48;
    else break;
    if (byte === 48) throw new Unreadable(scan.at, "a block of text cannot be indented by 0");
    scan.at += 1;
  }
  while (isBlank(byteAt(scan.bytes, scan.at))) scan.at += 1;
  if (byteAt(scan.bytes, scan.at) === 35) scan.at = endOfLine(scan.bytes, scan.at);
  if (!isBreakOrEnd(scan.bytes, scan.at))
    throw new Unreadable(
      scan.at,
      `nothing but a comment may follow '${style === Style.literal ? "|" : ">"}' on its scan.line`
    );
  const length = breakLength(scan.bytes, scan.at);
  if (length > 0) newLine(scan, length);
  const textIndent = skipEmptyLines(scan, increment > 0 ? Math.max(scan.indent, 0) + increment : 0);
  while (scan.at - scan.lineStart === textIndent && byteAt(scan.bytes, scan.at) !== 0) {
    scan.at = endOfLine(scan.bytes, scan.at);
    const lineBreak = breakLength(scan.bytes, scan.at);
    if (lineBreak > 0) newLine(scan, lineBreak);
    skipEmptyLines(scan, textIndent);
  }
  const token2 = append(scan, Kind.scalar, start, scan.at);
  token2.style = style;
  token2.composed = true;
  token2.indent = textIndent;
}
function skipEmptyLines(scan, textIndent) {
  let widest = 0;
  for (; ; ) {
    while ((textIndent === 0 || scan.at - scan.lineStart < textIndent) && byteAt(scan.bytes, scan.at) === SPACE)
      scan.at += 1;
    const column = scan.at - scan.lineStart;
    widest = Math.max(widest, column);
    if ((textIndent === 0 || column < textIndent) && byteAt(scan.bytes, scan.at) === TAB) {
      throw new Unreadable(scan.at, "a tab is used as the indentation of a block of text");
    }
    const length = breakLength(scan.bytes, scan.at);
    if (length === 0) break;
    newLine(scan, length);
  }
  return textIndent === 0 ? Math.max(widest, scan.indent + 1, 1) : textIndent;
}
function fetchQuoted(scan, style) {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  const quote2 = byteAt(scan.bytes, scan.at);
  let composed = false;
  scan.at += 1;
  for (; ; ) {
    const byte = byteAt(scan.bytes, scan.at);
    if (byte === quote2) {
      if (style === Style.double || byteAt(scan.bytes, scan.at + 1) !== quote2) break;
      composed = true;
      scan.at += 2;
    } else if (byte === 92 && style === Style.double) {
      composed = true;
      scan.at += 1;
      if (breakLength(scan.bytes, scan.at) === 0) scan.at += escapeLength(scan.bytes, scan.at);
    } else if (byte === 0) {
      throw new Unreadable(start, "the closing quote is missing");
    } else {
      const length = byte < SPACE || byte >= 194 ? breakLength(scan.bytes, scan.at) : 0;
      if (length === 0) {
        scan.at += 1;
        continue;
      }
      composed = true;
      newLine(scan, length);
      if (isDocumentMark(scan.bytes, scan.at))
        throw new Unreadable(start, "the closing quote is missing before the document ends");
    }
  }
  scan.at += 1;
  const token2 = append(scan, Kind.scalar, start, scan.at);
  token2.style = style;
  token2.composed = composed;
}
function fetchPlain(scan) {
  rememberKey(scan);
  scan.keyAllowed = false;
  const start = scan.at;
  let end = scan.at;
  let composed = false;
  let brokeLine = false;
  const leastColumn = scan.indent + 1;
  for (; ; ) {
    if (scan.at === scan.lineStart && isDocumentMark(scan.bytes, scan.at)) break;
    if (byteAt(scan.bytes, scan.at) === 35) break;
    const wordStart = scan.at;
    scan.at = endOfPlainWord(scan.bytes, scan.at, scan.flowLevel > 0);
    if (scan.at > wordStart) {
      end = scan.at;
      composed ||= brokeLine;
      brokeLine = false;
    }
    if (!isBlank(byteAt(scan.bytes, scan.at)) && breakLength(scan.bytes, scan.at) === 0) break;
    for (; ; ) {
      const byte = byteAt(scan.bytes, scan.at);
      if (isBlank(byte)) {
        if (byte === TAB && brokeLine && scan.at - scan.lineStart < leastColumn) {
          throw new Unreadable(scan.at, "a tab is used as indentation; YAML indents with spaces only");
        }
        scan.at += 1;
        continue;
      }
      const length = breakLength(scan.bytes, scan.at);
      if (length === 0) break;
      newLine(scan, length);
      brokeLine = true;
    }
    if (scan.flowLevel === 0 && scan.at - scan.lineStart < leastColumn) break;
  }
  const token2 = append(scan, Kind.scalar, start, end);
  token2.style = Style.plain;
  token2.composed = composed;
  if (brokeLine) scan.keyAllowed = true;
}
function headMayBeKey(scan) {
  if (scan.outermost > scan.flowLevel) scan.outermost = scan.flowLevel;
  let key = scan.keys[scan.outermost];
  while (scan.outermost < scan.flowLevel && !(key?.possible && key.token >= scan.skipped)) {
    scan.outermost += 1;
    key = scan.keys[scan.outermost];
  }
  return key?.possible === true && key.token === scan.skipped && isStillPossible(scan, key);
}
function token(scan) {
  while (!scan.ended && (scan.head === scan.tail || headMayBeKey(scan))) fetch(scan);
  const next = scan.queue[scan.head];
  if (next === void 0 || scan.head === scan.tail) throw new Unreadable(scan.at, "the text ends too early");
  return next;
}
function noKey() {
  return { possible: false, required: false, token: -1, at: 0, line: 0, column: 0 };
}
function endOfPlainKey(bytes, start) {
  let end = start;
  while (simpleKeyBytes[bytes[end] ?? 0] === 1) end += 1;
  const first = bytes[start];
  if (end === start || end - start > LONGEST_KEY || first === 45 || first === 46) return -1;
  return bytes[end] === 58 && isSpaceOrEnd(bytes, end + 1) ? end : -1;
}
function endOfLine(bytes, from) {
  let at2 = from;
  for (; ; ) {
    const byte = bytes[at2] ?? 0;
    if (byte === LF || byte === 0) return at2;
    if ((byte < SPACE || byte >= 194) && breakLength(bytes, at2) > 0) return at2;
    at2 += 1;
  }
}
function endOfPlainWord(bytes, from, inFlow) {
  let at2 = from;
  for (; ; ) {
    const byte = bytes[at2] ?? 0;
    if (byte <= SPACE) {
      if (byte === SPACE || byte === LF || byte === TAB || byte === 0 || byte === 13) return at2;
    } else if (byte === 58) {
      if (isSpaceOrEnd(bytes, at2 + 1)) return at2;
    } else if (inFlow) {
      if (byte === 44 || byte === 63 || byte === 91 || byte === 93 || byte === 123 || byte === 125) return at2;
      if (byte >= 194 && breakLength(bytes, at2) > 0) return at2;
    } else if (byte >= 194 && breakLength(bytes, at2) > 0) {
      return at2;
    }
    at2 += 1;
  }
}
function isDocumentMark(bytes, at2) {
  const byte = bytes[at2];
  return (byte === 45 || byte === 46) && bytes[at2 + 1] === byte && bytes[at2 + 2] === byte && isSpaceOrEnd(bytes, at2 + 3);
}
function escapeLength(bytes, at2) {
  const letter = String.fromCharCode(byteAt(bytes, at2));
  if (`0abt	nvfre "'\\N_LP`.includes(letter)) return 1;
  const digits = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
  if (digits === 0)
    throw new Unreadable(
      at2 - 1,
      "YAML 1.1 does not know this escape; write '\\\\' for a backslash",
      `YAML 1.1 does not know the escape '\\${letter}'; write '\\\\' for a backslash`
    );
  const code = decodeAscii(bytes, at2 + 1, at2 + 1 + digits);
  if (code.length !== digits || !/^[0-9a-fA-F]+$/.test(code)) {
    throw new Unreadable(at2 - 1, `'\\${letter}' must be followed by ${digits} hexadecimal digits`);
  }
  const point = Number.parseInt(code, 16);
  if (point >= 55296 && point <= 57343 || point > 1114111) {
    throw new Unreadable(at2 - 1, "this escape is not a Unicode character");
  }
  return 1 + digits;
}
function decodeAscii(bytes, start, end) {
  return String.fromCharCode(...bytes.subarray(start, end));
}
function codePoints(bytes, start, end) {
  let count = 0;
  for (let at2 = start; at2 < end; at2 += 1) if (((bytes[at2] ?? 0) & 192) !== 128) count += 1;
  return count;
}

// src/yaml/scalar.ts
function scalarText(bytes, token2) {
  const { start, end, style } = token2;
  if (style === Style.literal || style === Style.folded) return blockText(decodeSlice(bytes, start, end), token2.indent);
  const source = style === Style.plain ? decodeSlice(bytes, start, end) : decodeSlice(bytes, start + 1, end - 1);
  if (!token2.composed) return source;
  if (style === Style.double) return doubleQuotedText(source);
  const text2 = foldedText(source);
  return style === Style.single ? text2.replaceAll("''", "'") : text2;
}
var GAP = /[ \t\r\n\u0085\u2028\u2029]/g;
var GAP_OR_ESCAPE = /[ \t\r\n\u0085\u2028\u2029\\]/g;
var LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
function nextMatch(pattern, source, from) {
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? source.length;
}
function foldedText(source) {
  let text2 = "";
  for (let at2 = 0; ; ) {
    const gap = nextMatch(GAP, source, at2);
    text2 += source.slice(at2, gap);
    if (gap === source.length) return text2;
    const folded = foldGap(source, gap, void 0);
    text2 += folded.text;
    at2 = folded.end;
  }
}
function doubleQuotedText(source) {
  let text2 = "";
  for (let at2 = 0; ; ) {
    const found = nextMatch(GAP_OR_ESCAPE, source, at2);
    text2 += source.slice(at2, found);
    if (found === source.length) return text2;
    if (source[found] !== "\\") {
      const folded = foldGap(source, found, void 0);
      text2 += folded.text;
      at2 = folded.end;
      continue;
    }
    const lineBreak = breakAt(source, found + 1);
    const part = lineBreak === 0 ? resolveEscape(source, found) : foldGap(source, found + 1 + lineBreak, "");
    text2 += part.text;
    at2 = part.end;
  }
}
function foldGap(source, from, leading) {
  let first = leading;
  let others = "";
  let at2 = from;
  for (; ; ) {
    while (source[at2] === " " || source[at2] === "	") at2 += 1;
    const length = breakAt(source, at2);
    if (length === 0) break;
    const lineBreak = breakText(source, at2);
    if (first === void 0) first = lineBreak;
    else others += lineBreak;
    at2 += length;
  }
  if (first === void 0) return { text: source.slice(from, at2), end: at2 };
  return { text: first === "\n" ? others || " " : first + others, end: at2 };
}
function breakAt(source, at2) {
  switch (source[at2]) {
    case "\r":
      return source[at2 + 1] === "\n" ? 2 : 1;
    case "\n":
    case "\x85":
    case "\u2028":
    case "\u2029":
      return 1;
    default:
      return 0;
  }
}
function breakText(source, at2) {
  const first = source[at2] ?? "";
  return first === "\u2028" || first === "\u2029" ? first : "\n";
}
var ESCAPES = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "	",
  "	": "	",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1B",
  N: "\x85",
  _: "\xA0",
  L: "\u2028",
  P: "\u2029"
};
var HEXADECIMAL_DIGITS = { x: 2, u: 4, U: 8 };
function resolveEscape(source, at2) {
  const letter = source[at2 + 1] ?? "";
  const digits = HEXADECIMAL_DIGITS[letter];
  if (digits === void 0) return { text: ESCAPES[letter] ?? letter, end: at2 + 2 };
  const end = at2 + 2 + digits;
  return { text: String.fromCodePoint(Number.parseInt(source.slice(at2 + 2, end), 16)), end };
}
function blockText(source, indent) {
  const headerEnd = nextMatch(LINE_BREAK, source, 0);
  const folds = source.startsWith(">");
  const indicators = source.slice(0, Math.min(3, headerEnd));
  let text2 = "";
  let lineBreak = "";
  let emptyLines = "";
  let wasIndented = false;
  for (let at2 = headerEnd; at2 < source.length; ) {
    const start = skipIndentation(source, at2 + breakAt(source, at2), indent);
    const end = nextMatch(LINE_BREAK, source, start);
    if (end === start && start < source.length) {
      emptyLines += breakText(source, start);
    } else if (start < source.length) {
      const isIndented = source[start] === " " || source[start] === "	";
      if (folds && !wasIndented && !isIndented && lineBreak === "\n") text2 += emptyLines === "" ? " " : "";
      else text2 += lineBreak;
      text2 += emptyLines + source.slice(start, end);
      lineBreak = end < source.length ? breakText(source, end) : "";
      emptyLines = "";
      wasIndented = isIndented;
    }
    at2 = end;
  }
  if (indicators.includes("-")) return text2;
  return indicators.includes("+") ? text2 + lineBreak + emptyLines : text2 + lineBreak;
}
function skipIndentation(source, from, indent) {
  let at2 = from;
  while (at2 - from < indent && source[at2] === " ") at2 += 1;
  return at2;
}
var BOOLEANS = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON|([nN]|no|No|NO|false|False|FALSE|off|Off|OFF))$/;
var NULLS = /^(?:~|null|Null|NULL)?$/;
var NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
function plainType(text2) {
  const code = text2.charCodeAt(0) | 32;
  if (text2.length > 5 && code >= 97 && code <= 122) return "string";
  if (NULLS.test(text2)) return "null";
  const first = text2.charAt(0);
  if (/[a-zA-Z]/.test(first)) return BOOLEANS.test(text2) ? "boolean" : "string";
  if (NOT_FINITE.test(text2)) return "not-finite";
  return yamlNumber(text2) ?? "string";
}
function isNotText(text2) {
  return plainType(text2) !== "string";
}
var CORE_TAG = "tag:yaml.org,2002:";
var BINARY = `${CORE_TAG}binary`;
var TIMESTAMP = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+](\d{2}):(\d{2})))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?))?$/;
var BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
function scalarValue(at2, text2, plain2, tag, isKey) {
  if (tag === void 0) return plain2 ? typedNode(at2, text2, plainType(text2), isKey) : { kind: "string", at: at2, text: text2 };
  if (tag === BINARY) return { kind: "string", at: at2, text: decodeBinary(at2, text2), tag };
  return { ...typedNode(at2, text2, taggedType(at2, text2, tag), isKey), tag };
}
function typedNode(at2, text2, type, isKey) {
  switch (type) {
    case "null":
      return { kind: "null", at: at2 };
    case "boolean":
      return { kind: "boolean", at: at2, value: BOOLEANS.exec(text2)?.[1] === void 0 };
    case "not-finite":
      if (!isKey)
        throw new Unreadable(at2, "JSON, and so Kubernetes, has no infinity and no NaN; put the value in quotes");
      return { kind: "number", at: at2, text: text2.replace(/^\+/, "").toLowerCase() };
    case "string":
      return { kind: "string", at: at2, text: text2 };
  }
  if (!isKey) return { kind: "number", at: at2, text: sentNumber(type) };
  if (isUnsigned(type)) throw new Unreadable(at2, "a key must not be a whole number this large; put it in quotes");
  return { kind: "number", at: at2, text: keyNumber(type) };
}
function isTimestamp(text2) {
  const match = TIMESTAMP.exec(text2);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, ...clock] = match.slice(1).map((digits) => Number(digits ?? 0));
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0, ...spaced] = clock;
  const [spacedHour = 0, spacedMinute = 0, spacedSecond = 0] = spaced;
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2e3 + year % 400, month, 0)).getUTCDate() && Math.max(hour, spacedHour) <= 23 && Math.max(minute, second, zoneMinute, spacedMinute, spacedSecond) <= 59 && zoneHour <= 24;
}
function decodeBinary(at2, text2) {
  const base64 = text2.replace(/[\r\n]/g, "");
  if (!BASE64.test(base64)) throw new Unreadable(at2, "!!binary must be followed by base64");
  return Buffer.from(base64, "base64").toString("utf8");
}
var TYPE_TAGS = new Set(
  ["bool", "int", "float", "null", "timestamp"].map((name) => CORE_TAG + name)
);
function taggedType(at2, text2, tag) {
  if (!TYPE_TAGS.has(tag)) return "string";
  const name = tag.slice(CORE_TAG.length);
  if (name === "timestamp" && isTimestamp(text2)) return "string";
  const type = plainType(text2);
  if (name === "null" && type === "null") return "null";
  if (name === "bool" && type === "boolean") return "boolean";
  if (typeof type !== "string") {
    if (name === "int" && type.kind === "integer") return type;
    if (name === "float" && !isUnsigned(type)) return { kind: "float", value: Number(type.value) };
  }
  if (name === "float" && type === "not-finite") return type;
  throw new Unreadable(at2, `the value is not a valid !!${name}`, `${JSON.stringify(text2)} is not a valid !!${name}`);
}

// src/yaml/reader.ts
var ALIAS_FOUND = /* @__PURE__ */ Symbol("alias found");
var DEEPEST4 = 1e3;
var ITSELF = {};
function readYaml(bytes, wanted) {
  const forbidden2 = findForbiddenByte(bytes);
  if (forbidden2 >= 0) throw new Unreadable(forbidden2, "YAML forbids this control character");
  try {
    return parse(bytes, wanted, false);
  } catch (thrown) {
    if (thrown !== ALIAS_FOUND) throw thrown;
  }
  const document = parse(bytes, EVERYTHING2, true);
  if (document.root !== void 0) refuseExcessiveAliases(document.root);
  return document;
}
function parse(bytes, wanted, followsAliases) {
  const reading = {
    bytes,
    scanner: scanYaml(bytes),
    followsAliases,
    anchors: /* @__PURE__ */ new Map(),
    keys: recordKeys(bytes),
    handles: DEFAULT_HANDLES,
    depth: 0,
    textStart: 0,
    textEnd: 0,
    merges: false,
    isAsWritten: true
  };
  reading.handles = readHandles(reading);
  const root = readRoot(reading, wanted);
  const ended = peek(reading.scanner) === Kind.end;
  return { root, repeatedKeys: reading.keys.repeated, ...!ended && { rest: token(reading.scanner).start } };
}
function readHandles(reading) {
  const directives = [];
  while (peek(reading.scanner) === Kind.directive) {
    const { start, end } = token(reading.scanner);
    directives.push({ at: start, source: decodeSlice(reading.bytes, start, end) });
    skip(reading.scanner);
  }
  if (directives.length > 0 && peek(reading.scanner) !== Kind.documentStart) {
    throw new Unreadable(token(reading.scanner).start, "'---' must follow the directives");
  }
  return directives.length === 0 ? DEFAULT_HANDLES : readDirectives(directives);
}
function readRoot(reading, wanted) {
  if (peek(reading.scanner) === Kind.documentStart) {
    skip(reading.scanner);
    const next = peek(reading.scanner);
    if (next === Kind.directive || next === Kind.documentStart || next === Kind.documentEnd) return void 0;
  }
  if (peek(reading.scanner) === Kind.end) return void 0;
  const root = readNode(reading, true, false, wanted, false);
  peek(reading.scanner);
  return root;
}
function readNode(reading, block, indentless, wanted, isKey) {
  let kind = peek(reading.scanner);
  const at2 = token(reading.scanner).start;
  if (kind === Kind.alias) return readAlias(reading);
  let anchor;
  let tag;
  while (kind === Kind.anchor && anchor === void 0 || kind === Kind.tag && tag === void 0) {
    const { start, end } = token(reading.scanner);
    if (kind === Kind.anchor) anchor = decodeSlice(reading.bytes, start + 1, end);
    else tag = fullTag(start, decodeSlice(reading.bytes, start, end), reading.handles);
    skip(reading.scanner);
    kind = peek(reading.scanner);
  }
  if (kind === Kind.scalar) return readScalar(reading, at2, anchor, tag, wanted, isKey);
  if (isKey && (isCollection(kind) || indentless && kind === Kind.entry))
    throw badKey(at2, kind === Kind.mappingStart || kind === Kind.flowMappingStart ? "mapping" : "sequence");
  switch (kind) {
    case Kind.flowSequenceStart:
      return readFlowSequence(reading, at2, anchor, wanted);
    case Kind.flowMappingStart:
      return readFlowMapping(reading, at2, anchor, wanted);
    case Kind.entry:
      if (indentless) return readBlockSequence(reading, at2, anchor, wanted, true);
      break;
    case Kind.sequenceStart:
      if (block) return readBlockSequence(reading, at2, anchor, wanted, false);
      break;
    case Kind.mappingStart:
      if (block) return readBlockMapping(reading, at2, anchor, wanted);
      break;
  }
  if (anchor === void 0 && tag === void 0)
    throw new Unreadable(token(reading.scanner).start, "a value is expected here");
  reading.textStart = reading.textEnd = at2;
  reading.merges = false;
  reading.isAsWritten = tag === void 0;
  return keep(reading, anchor, scalarValue(at2, "", tag === void 0, tag, isKey));
}
function keep(reading, anchor, node) {
  if (anchor !== void 0) reading.anchors.set(anchor, node);
  return node;
}
function readAlias(reading) {
  if (!reading.followsAliases) throw ALIAS_FOUND;
  const { start, end } = token(reading.scanner);
  const name = decodeSlice(reading.bytes, start + 1, end);
  const target = reading.anchors.get(name);
  if (target === void 0) {
    const message = "an alias refers to an anchor that no value before it has";
    throw new Unreadable(start, message, `the alias *${name} has no anchor &${name} before it`);
  }
  reading.merges = false;
  reading.isAsWritten = false;
  skip(reading.scanner);
  return { kind: "alias", at: start, target };
}
function readScalar(reading, at2, anchor, tag, wanted, isKey) {
  const scalar = token(reading.scanner);
  const plain2 = scalar.style === Style.plain;
  reading.textStart = plain2 ? scalar.start : scalar.start + 1;
  reading.textEnd = plain2 ? scalar.end : scalar.end - 1;
  reading.merges = false;
  reading.isAsWritten = tag === void 0 && !scalar.composed;
  const mayBeSkipped = isKey ? reading.isAsWritten : tag === void 0;
  if (wanted === void 0 && mayBeSkipped && !(plain2 && needsLook(reading.bytes, scalar.start, scalar.end, isKey))) {
    skip(reading.scanner);
    return void 0;
  }
  const text2 = scalarText(reading.bytes, scalar);
  skip(reading.scanner);
  reading.merges = text2 === "<<" && (tag === void 0 ? plain2 : tag === "!" || tag === "tag:yaml.org,2002:merge");
  return keep(reading, anchor, scalarValue(at2, text2, plain2, tag, isKey));
}
function enter(reading, at2) {
  reading.depth += 1;
  if (reading.depth > DEEPEST4) throw new Unreadable(at2, `the text is nested more than ${DEEPEST4} levels deep`);
}
function readBlockMapping(reading, at2, anchor, wanted) {
  enter(reading, at2);
  const mapping = newMapping(reading, at2, anchor, wanted);
  reading.keys.open();
  skip(reading.scanner);
  for (; ; ) {
    const kind = peek(reading.scanner);
    if (kind === Kind.blockEnd) break;
    if (kind !== Kind.key)
      throw new Unreadable(token(reading.scanner).start, "a key is expected here; mind the indentation");
    const keyAt = token(reading.scanner).start;
    skip(reading.scanner);
    const key = endsBlockField(peek(reading.scanner)) ? nullAt(keyAt) : readNode(reading, true, true, wanted && ITSELF, true);
    const name = nameOfKey(reading, keyAt, key);
    const isMerge = reading.merges;
    const wantedValue = wantedUnder(reading, name, wanted);
    let value;
    if (peek(reading.scanner) !== Kind.value) value = nullAt(keyAt);
    else {
      skip(reading.scanner);
      value = endsBlockField(peek(reading.scanner)) ? nullAt(keyAt) : readNode(reading, true, true, wantedValue, false);
    }
    keepField(reading, mapping, keyAt, key, name, isMerge, wantedValue, value);
  }
  skip(reading.scanner);
  reading.keys.close();
  reading.depth -= 1;
  return mapping;
}
function newMapping(reading, at2, anchor, wanted) {
  if (wanted === void 0 && anchor === void 0) return void 0;
  return keep(reading, anchor, { kind: "mapping", at: at2, fields: [] });
}
function newSequence(reading, at2, anchor, wanted) {
  if (wanted === void 0 && anchor === void 0) return void 0;
  return keep(reading, anchor, { kind: "sequence", at: at2, items: [] });
}
function readFlowMapping(reading, at2, anchor, wanted) {
  enter(reading, at2);
  const mapping = newMapping(reading, at2, anchor, wanted);
  reading.keys.open();
  skip(reading.scanner);
  for (let first = true; peek(reading.scanner) !== Kind.flowMappingEnd; first = false) {
    if (!first) {
      if (peek(reading.scanner) !== Kind.flowEntry)
        throw new Unreadable(token(reading.scanner).start, "',' or '}' is expected here");
      skip(reading.scanner);
      if (peek(reading.scanner) === Kind.flowMappingEnd) break;
    }
    const keyAt = token(reading.scanner).start;
    const hasKey = peek(reading.scanner) === Kind.key;
    if (hasKey) skip(reading.scanner);
    readFlowField(reading, mapping, keyAt, wanted, hasKey, Kind.flowMappingEnd);
  }
  skip(reading.scanner);
  reading.keys.close();
  reading.depth -= 1;
  return mapping;
}
function readFlowField(reading, mapping, keyAt, wanted, hasKey, end) {
  const next = peek(reading.scanner);
  const keyLeftOut = hasKey && (next === Kind.value || next === Kind.flowEntry || next === end);
  const key = keyLeftOut ? nullAt(keyAt) : readNode(reading, false, false, wanted && ITSELF, true);
  const name = nameOfKey(reading, keyAt, key);
  const isMerge = reading.merges;
  const wantedValue = wantedUnder(reading, name, wanted);
  let value;
  if (!hasKey || peek(reading.scanner) !== Kind.value) value = nullAt(keyAt);
  else {
    skip(reading.scanner);
    const after = peek(reading.scanner);
    value = after === Kind.flowEntry || after === end ? nullAt(keyAt) : readNode(reading, false, false, wantedValue, false);
  }
  keepField(reading, mapping, keyAt, key, name, isMerge, wantedValue, value);
}
function nameOfKey(reading, at2, key) {
  if (reading.merges) return "<<";
  if (key === void 0) {
    reading.keys.add(reading.textStart, reading.textEnd);
    return "";
  }
  const value = dereference(key);
  if (value.kind === "mapping" || value.kind === "sequence" || value.kind === "null") throw badKey(at2, value.kind);
  const name = keyText(value);
  if (value.kind === "string" && reading.isAsWritten) reading.keys.add(reading.textStart, reading.textEnd);
  else reading.keys.addName(at2, name);
  return name;
}
function wantedUnder(reading, name, wanted) {
  if (reading.merges) return wanted === void 0 ? EVERYTHING2 : { ...wanted, items: wanted };
  return wanted === void 0 ? void 0 : wantedField(wanted, name);
}
function keepField(reading, mapping, at2, key, name, isMerge, wantedValue, value) {
  if (isMerge && (value === void 0 || !isMergeable(value)))
    throw new Unreadable(at2, "only mappings can be merged with '<<'");
  if (mapping === void 0 || wantedValue === void 0 || value === void 0) return;
  if (reading.followsAliases && key !== void 0 && !isMerge)
    addField(mapping, { at: at2, name, merges: false, value, key });
  else addField(mapping, { at: at2, name, merges: isMerge, value });
}
function readBlockSequence(reading, at2, anchor, wanted, indentless) {
  enter(reading, at2);
  const sequence = newSequence(reading, at2, anchor, wanted);
  const wantedItem = wanted?.items;
  if (!indentless) skip(reading.scanner);
  while (peek(reading.scanner) === Kind.entry) {
    const itemAt = token(reading.scanner).start;
    skip(reading.scanner);
    const next = peek(reading.scanner);
    const isEmpty = next === Kind.entry || next === Kind.blockEnd || indentless && (next === Kind.key || next === Kind.value);
    keepItem(sequence, wantedItem, isEmpty ? nullAt(itemAt) : readNode(reading, true, false, wantedItem, false));
  }
  if (!indentless) {
    if (peek(reading.scanner) !== Kind.blockEnd)
      throw new Unreadable(token(reading.scanner).start, "'-' is expected here; mind the indentation");
    skip(reading.scanner);
  }
  reading.depth -= 1;
  return sequence;
}
function readFlowSequence(reading, at2, anchor, wanted) {
  enter(reading, at2);
  const sequence = newSequence(reading, at2, anchor, wanted);
  const wantedItem = wanted?.items;
  skip(reading.scanner);
  for (let first = true; peek(reading.scanner) !== Kind.flowSequenceEnd; first = false) {
    if (!first) {
      if (peek(reading.scanner) !== Kind.flowEntry)
        throw new Unreadable(token(reading.scanner).start, "',' or ']' is expected here");
      skip(reading.scanner);
      if (peek(reading.scanner) === Kind.flowSequenceEnd) break;
    }
    if (peek(reading.scanner) !== Kind.key) {
      keepItem(sequence, wantedItem, readNode(reading, false, false, wantedItem, false));
      continue;
    }
    const itemAt = token(reading.scanner).start;
    const mapping = newMapping(reading, itemAt, void 0, wantedItem);
    skip(reading.scanner);
    reading.keys.open();
    readFlowField(reading, mapping, itemAt, wantedItem, true, Kind.flowSequenceEnd);
    reading.keys.close();
    keepItem(sequence, wantedItem, mapping);
  }
  skip(reading.scanner);
  reading.depth -= 1;
  return sequence;
}
function keepItem(sequence, wanted, item) {
  if (sequence !== void 0 && wanted !== void 0 && item !== void 0) addItem(sequence, item);
}
function endsBlockField(kind) {
  return kind === Kind.key || kind === Kind.value || kind === Kind.blockEnd;
}
function isCollection(kind) {
  return kind === Kind.mappingStart || kind === Kind.flowMappingStart || kind === Kind.sequenceStart || kind === Kind.flowSequenceStart;
}
function badKey(at2, kind) {
  return new Unreadable(at2, `a key must be text, not ${kind === "null" ? "null" : `a ${kind}`}; put it in quotes`);
}
function keyText(key) {
  switch (key.kind) {
    case "string":
    case "number":
      return key.text;
    case "boolean":
      return String(key.value);
    case "null":
      return "";
  }
}
function nullAt(at2) {
  return { kind: "null", at: at2 };
}
function needsLook(bytes, start, end, isKey) {
  const first = byteAt(bytes, start);
  const length = end - start;
  if (!isKey)
    return length <= 5 && (first === 46 || (first === 43 || first === 45) && byteAt(bytes, start + 1) === 46);
  if (length === 1) return first === 126;
  if (length === 2) return first === 60;
  if (length >= 18) return first >= 48 && first <= 57;
  return length === 4 && (first === 110 || first === 78);
}

// src/yaml/configuration.ts
function readConfiguration(content) {
  return read(content, wholeYaml);
}
function readJsonOrYaml(content) {
  return read(content, beginsLikeJson(content) ? wholeJson : wholeYaml);
}
function read(content, reader) {
  const text2 = decodeFile(content);
  const position = lineCounter(text2.bytes);
  try {
    const { root, repeatedKeys, rest } = reader(text2);
    return { kind: "document", root, repeatedKeys, rest, position };
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    return { kind: "unreadable", position: position(thrown.at), message: thrown.message, quoting: thrown.quoting };
  }
}
function wholeYaml({ bytes, repairedAt }) {
  if (repairedAt !== void 0) throw new Unreadable(repairedAt, "the text is not valid UTF-8");
  return readYaml(bytes, EVERYTHING2);
}
function wholeJson({ bytes }) {
  const document = readJson(bytes, 0, EVERYTHING2);
  if (document === void 0) return { root: void 0, repeatedKeys: [] };
  const more = readJson(bytes, document.end, {});
  if (more !== void 0) throw new Unreadable(document.end, "more text follows the JSON");
  return document;
}

// src/yaml/to-plain.ts
function toPlain(root) {
  const known = /* @__PURE__ */ new Map();
  const convert = (from) => {
    const node = dereference(from);
    switch (node.kind) {
      case "null":
        return null;
      case "boolean":
        return node.value;
      case "string":
        return node.text;
      case "number":
        return Number(node.text);
    }
    const before = known.get(node);
    if (before !== void 0) return before;
    const value = node.kind === "sequence" ? node.items.map(convert) : plainObject(node, convert);
    known.set(node, value);
    return value;
  };
  return convert(root);
}
function plainObject(node, convert) {
  const value = /* @__PURE__ */ Object.create(null);
  for (const field of fieldsOf2(node)) value[field.name] = convert(field.value);
  return value;
}

// src/cluster/kubeconfig/text.ts
function recogniseInput(text2) {
  return looksLikeContent(text2) ? { kind: "content", content: text2 } : { kind: "path", path: text2.trim() };
}
function looksLikeContent(text2) {
  const trimmed = text2.trim();
  return /[\r\n]/.test(trimmed) || /^(?:[{#]|---|%YAML)/.test(trimmed) || /^['"]?(?:apiVersion|kind|clusters|contexts|users|current-context|preferences)['"]?\s*:/.test(trimmed);
}
function parseKubeconfig(content, place) {
  const read2 = readConfiguration(content);
  if (read2.kind === "unreadable") throw notYaml({ ...place, line: read2.position.line }, read2.message);
  return read2.root === void 0 ? void 0 : toPlain(read2.root);
}
function notYaml(place, reason) {
  const message = `${formatPlace(place)} is not YAML: ${reason}`;
  const hint = "Check that line breaks and indentation arrived as they were: `kubectl config view --raw` prints a whole kubeconfig.";
  return new GateError("invalid-input", "kubeconfig-yaml", message, { hint, problems: [{ place, message, hint }] });
}

// src/cluster/kubeconfig/unwrap.ts
var MOST_WRAPPINGS = 4;
function unwrapKubeconfig(text2) {
  const wrappings = [];
  let inner = text2;
  while (wrappings.length < MOST_WRAPPINGS) {
    const next = withoutQuotes(inner) ?? withoutBase64(inner);
    if (next === void 0) break;
    wrappings.push(next.wrapping);
    inner = next.text;
  }
  return wrappings.length > 0 && isContent(inner) ? { text: inner, wrappings } : { text: text2, wrappings: [] };
}
function isContent(text2) {
  return /(?:^|[\s{,"'])(?:apiVersion|clusters|contexts|current-context)["']?\s*:/.test(text2);
}
function withoutQuotes(text2) {
  const trimmed = text2.replace(/^\uFEFF/, "").trim();
  const [, quote2, inner = ""] = /^(["'])(.*)\1$/s.exec(trimmed) ?? [];
  if (quote2 === void 0 || inner.trim() === "" || /^[\w-]+["']\s*:/.test(inner)) return void 0;
  return { text: quote2 === '"' ? jsonText(trimmed) ?? inner : inner, wrapping: "quotes" };
}
function jsonText(text2) {
  try {
    const value = JSON.parse(text2);
    return typeof value === "string" ? value : void 0;
  } catch {
    return void 0;
  }
}
function withoutBase64(text2) {
  const packed = text2.replace(/^\uFEFF/, "").replace(/\s/g, "");
  if (packed.length < 40 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(packed)) return void 0;
  const decoded2 = Buffer.from(packed, "base64").toString("utf8");
  return /[\uFFFD\0]/.test(decoded2) ? void 0 : { text: decoded2, wrapping: "base64" };
}
function describeWrappings(wrappings) {
  const times = wrappings.filter((each) => each === "base64").length;
  const often = times === 1 ? "" : times === 2 ? ", twice over" : `, ${times} times over`;
  const parts = [...wrappings.includes("quotes") ? ["in quotes"] : [], ...times > 0 ? [`in base64${often}`] : []];
  return parts.join(" and ");
}

// src/cluster/kubeconfig/load.ts
var LOADED = /* @__PURE__ */ new WeakMap();
function loadKubeconfig(input, environment) {
  const known = LOADED.get(environment) ?? /* @__PURE__ */ new Map();
  LOADED.set(environment, known);
  const loaded = known.get(input) ?? load(input, environment);
  known.set(input, loaded);
  return loaded;
}
async function load(input, environment) {
  if (input !== void 0 && input.trim() !== "") return await loadInput(input, environment);
  const list = environment.variables["KUBECONFIG"] ?? "";
  if (list === "")
    return await loadList([join(environment, environment.homeDirectory, ".kube", "config")], "home", environment);
  return await loadList(filesOf(list, environment), "KUBECONFIG", environment);
}
async function loadInput(input, environment) {
  const place = { kind: "input", input: "kubeconfig" };
  const { text: text2, wrappings } = unwrapKubeconfig(input);
  const unwrapped = wrappings.length === 0 ? [] : [`The kubeconfig in the input \`kubeconfig\` is ${describeWrappings(wrappings)}.`];
  const recognised = recogniseInput(text2);
  if (recognised.kind === "content") {
    const origin = { place, folder: environment.workingDirectory };
    const document = parseKubeconfig(Buffer.from(recognised.content), place);
    const kubeconfig = decodeKubeconfig(document, origin, pathResolver(origin.folder, environment));
    return { kubeconfig, from: "input", sources: ["the input `kubeconfig`"], absent: [], unwrapped, isText: true };
  }
  const path3 = absolutePath(recognised.path, environment);
  const file = await loadFile(path3, environment);
  if (file === void 0) throw missingInput(recognised.path, place);
  return { from: "input", sources: [path3], absent: [], ...file };
}
async function loadList(paths, from, environment) {
  const loaded = [];
  for (const path3 of paths) loaded.push({ path: path3, file: await loadFile(path3, environment) });
  return {
    kubeconfig: loaded.reduceRight(
      (later, { file }) => merged(file?.kubeconfig ?? emptyKubeconfig, later),
      emptyKubeconfig
    ),
    from,
    sources: loaded.filter(({ file }) => file !== void 0).map(({ path: path3 }) => path3),
    absent: loaded.filter(({ file }) => file === void 0).map(({ path: path3 }) => path3),
    unwrapped: loaded.flatMap(({ file }) => file?.unwrapped ?? [])
  };
}
function merged(first, later) {
  return {
    clusters: new Map([...later.clusters, ...first.clusters]),
    users: new Map([...later.users, ...first.users]),
    contexts: new Map([...later.contexts, ...first.contexts]),
    currentContext: first.currentContext || later.currentContext
  };
}
function filesOf(list, environment) {
  if (looksLikeContent(list) || unwrapKubeconfig(list).wrappings.length > 0) throw contentInVariable();
  const separator = environment.platform === "win32" ? ";" : ":";
  const names = new Set(list.split(separator).filter((name) => name !== ""));
  return [...names].map((name) => absolutePath(name, environment));
}
async function loadFile(path3, environment) {
  const place = filePlace(path3, environment);
  const content = readSmallFile(path3, "kubeconfig");
  if (content === void 0) return void 0;
  const { text: text2, wrappings } = unwrapKubeconfig(content.toString("utf8"));
  const folder = pathsOf(environment).dirname(path3);
  const document = parseKubeconfig(wrappings.length === 0 ? content : Buffer.from(text2), place);
  return {
    kubeconfig: decodeKubeconfig(document, { place, folder }, pathResolver(folder, environment)),
    unwrapped: wrappings.length === 0 ? [] : [`The kubeconfig ${path3} is ${describeWrappings(wrappings)}.`]
  };
}
function filePlace(path3, environment) {
  const { relative, isAbsolute, sep } = pathsOf(environment);
  const inside = relative(environment.variables["GITHUB_WORKSPACE"] || environment.workingDirectory, path3);
  const file = inside.startsWith("..") || isAbsolute(inside) ? path3 : inside;
  return { kind: "file", file: file.split(sep).join("/"), line: 1 };
}
function pathResolver(folder, environment) {
  const { isAbsolute } = pathsOf(environment);
  return (path3) => isAbsolute(path3) ? path3 : join(environment, folder, path3);
}
function absolutePath(path3, environment) {
  const { isAbsolute } = pathsOf(environment);
  if (/^~[/\\]/.test(path3)) return join(environment, environment.homeDirectory, path3.slice(2));
  return isAbsolute(path3) ? path3 : join(environment, environment.workingDirectory, path3);
}
function join(environment, ...parts) {
  return pathsOf(environment).join(...parts);
}
function pathsOf(environment) {
  const path3 = process.getBuiltinModule("node:path");
  return environment.platform === "win32" ? path3.win32 : path3.posix;
}
function missingInput(path3, place) {
  const shown3 = path3.length <= 200 && /[/\\.]/.test(path3) && !path3.startsWith("ey") ? `\`${path3}\`` : "its value";
  const message = `The input \`kubeconfig\` names no file: ${shown3} does not exist`;
  const hint = /^[A-Z][A-Z0-9_]*$/.test(path3) ? `If this is the name of a secret, give its value: \`kubeconfig: \${{ secrets.${path3} }}\`.` : "Give the path of a kubeconfig (relative to the workspace), or the YAML itself. A step that writes the file must come before this one.";
  return new GateError("invalid-input", "kubeconfig-missing", message, { hint, problems: [{ place, message, hint }] });
}
function contentInVariable() {
  return new GateError(
    "invalid-input",
    "kubeconfig-variable-content",
    "The environment variable KUBECONFIG holds a kubeconfig; it must name one or more files",
    { hint: "Give the content to the input `kubeconfig` instead." }
  );
}
function describeSources({ from, sources, absent }) {
  const [files, state] = sources.length > 0 ? [sources, ""] : [absent, absent.length > 1 ? ", which do not exist" : ", which does not exist"];
  const named = files.join(", ");
  if (from === "input") return named;
  if (from === "KUBECONFIG")
    return named === "" ? "the environment variable KUBECONFIG, which names no file" : `${named} (environment variable KUBECONFIG)${state}`;
  return `${named} (home folder)${state}`;
}
function slipInVariable(list, platform) {
  if (/^\s*["']|["']\s*$/.test(list))
    return "The value is in quotes, which are a part of the file name here: leave them out.";
  if (platform !== "win32" && list.includes(";"))
    return "Separate several files with a colon; a semicolon does so only on Windows.";
  if (/^~/.test(list)) return "Write $HOME for ~: only a shell replaces it.";
  return void 0;
}

// src/cluster/kubeconfig/user-entry.ts
function readUser(entry2, options) {
  maskUser(entry2, options.secrets);
  const name = `user \`${entry2.name}\``;
  const conflicts = [
    ...omissionFaults(entry2, name),
    ...methodFaults(entry2, name),
    ...certificateFaults(entry2, name),
    ...impersonationFaults(entry2, name)
  ];
  const exec = entry2.exec === void 0 ? [] : execFaults(entry2.exec, name, entry2.authProvider !== void 0);
  const pair = readPair(entry2, options.secrets);
  if (!options.tls) {
    const faults2 = [...conflicts, ...exec];
    if (faults2.length > 0) return { faults: faults2 };
    warnUnsent(entry2, name, options.log);
    return { access: { name: entry2.name, signIn: { kind: "anonymous" }, impersonate: entry2.impersonate } };
  }
  const certificate = pair === void 0 ? void 0 : checkPair(pair, name);
  const signIn = chooseSignIn(entry2, certificate !== void 0);
  const faults = [
    ...conflicts,
    ...exec,
    ...providerFaults(entry2, name),
    ...certificate?.kind === "bad" ? [certificate.fault] : [],
    ...signInFaults(entry2, signIn, name, options.secrets)
  ];
  if (faults.length > 0 || certificate?.kind === "bad") return { faults };
  return {
    access: {
      name: entry2.name,
      signIn,
      impersonate: entry2.impersonate,
      certificate: certificate === void 0 ? void 0 : certificate.value
    }
  };
}
function withoutCredentials(entry2) {
  if (entry2 === void 0) return void 0;
  const { authProvider: _authProvider, exec: _exec, ...rest } = entry2;
  return {
    ...rest,
    clientCertificate: "",
    clientCertificateData: "",
    clientKey: "",
    clientKeyData: "",
    token: "",
    tokenFile: "",
    username: "",
    password: ""
  };
}
function maskUser(entry2, secrets) {
  maskSecret(entry2.token, secrets);
  maskSecret(entry2.password, secrets);
  maskPrivateKey(entry2.clientKeyData, secrets);
  for (const { name, value } of entry2.exec?.env ?? []) {
    if (isSecretName(name)) maskSecret(value, secrets);
  }
  for (const value of secretArguments(entry2.exec?.args ?? [])) maskSecret(value, secrets);
}
function omissionFaults(entry2, name) {
  const fields = ["token", "password"].filter((field) => entry2[field] === "REDACTED");
  if (fields.length === 0) return [];
  return [
    {
      code: "credentials-redacted",
      message: `The ${fields.join(" and ")} of the ${name} was left out by \`kubectl config view\`: it is the word REDACTED`,
      hint: "Print the kubeconfig with `kubectl config view --raw`, which leaves nothing out."
    }
  ];
}
function methodFaults(entry2, name) {
  const basic = entry2.username !== "" || entry2.password !== "";
  if (!basic) return [];
  if (entry2.token !== "" || entry2.tokenFile !== "") {
    return [
      {
        code: "credentials-conflict",
        message: `The ${name} has both a token and a user name with password`,
        hint: "Keep one of the two."
      }
    ];
  }
  if (entry2.username !== "") return [];
  return [
    { code: "username-missing", message: `The ${name} has a password and no username`, hint: "Add the username." }
  ];
}
function certificateFaults(entry2, name) {
  if (entry2.clientCertificate === "" && entry2.clientCertificateData === "") return [];
  const both = (what) => ({
    code: `${what}-twice`,
    message: `The ${name} has both ${what} and ${what}-data`,
    hint: "Keep one of the two."
  });
  const noKey2 = {
    code: "client-key-missing",
    message: `The ${name} has a client certificate and no key`,
    hint: "Add client-key or client-key-data."
  };
  return [
    ...entry2.clientCertificate !== "" && entry2.clientCertificateData !== "" ? [both("client-certificate")] : [],
    ...entry2.clientKey !== "" && entry2.clientKeyData !== "" ? [both("client-key")] : [],
    ...entry2.clientKey === "" && entry2.clientKeyData === "" ? [noKey2] : []
  ];
}
function impersonationFaults(entry2, name) {
  const { user, uid, groups, extra } = entry2.impersonate;
  const values = [user, uid, ...groups, ...Object.values(extra).flat()];
  if (!values.every(isSendable)) {
    return [
      {
        code: "impersonation-unsendable",
        message: `The ${name} impersonates someone whose name, group or extra field holds a control character`,
        hint: "These are sent as HTTP headers, which cannot hold line breaks."
      }
    ];
  }
  if (user !== "" || uid === "" && groups.length === 0 && Object.keys(extra).length === 0) return [];
  return [
    {
      code: "impersonation-without-user",
      message: `The ${name} has as-uid, as-groups or as-user-extra, and no \`as\``,
      hint: "Add `as` with the name of the user to impersonate."
    }
  ];
}
var EXEC_VERSIONS = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];
function execFaults(exec, name, withProvider) {
  const fault = (code, message, hint) => ({
    code,
    message: `The exec plugin of the ${name} ${message}`,
    hint
  });
  const { apiVersion, command, env, interactiveMode } = exec;
  return [
    ...withProvider ? [fault("credentials-conflict", "stands beside an auth-provider", "Remove the auth-provider.")] : [],
    ...command === "" ? [fault("exec-command-missing", "has no command", "Name the program that prints the credentials.")] : [],
    ...EXEC_VERSIONS.includes(apiVersion) ? [] : [
      fault(
        "exec-api-version",
        apiVersion === "" ? "has no apiVersion" : `has the apiVersion \`${apiVersion}\``,
        `It must be ${EXEC_VERSIONS.join(" or ")}; updating the plugin and writing the kubeconfig again usually brings it.`
      )
    ],
    ...env.some(({ name: variable }) => variable === "") ? [
      fault(
        "exec-env",
        "has an environment variable without a name",
        "Each item of `env` needs a name and a value."
      )
    ] : [],
    // Of a version that is not known nobody can say what it has to say.
    ...["Never", "IfAvailable", "Always"].includes(interactiveMode) || interactiveMode === "" && !EXEC_VERSIONS.includes(apiVersion) ? [] : [
      fault(
        "exec-interactive-mode",
        interactiveMode === "" ? "has no interactiveMode" : `has the interactiveMode \`${interactiveMode}\``,
        "Set interactiveMode to Never, IfAvailable or Always; v1 of the plugin API wants it said."
      )
    ]
  ];
}
function providerFaults(entry2, name) {
  if (entry2.authProvider === void 0 || entry2.exec !== void 0) return [];
  return [
    {
      code: "auth-provider",
      message: `The ${name} signs in by the auth-provider \`${entry2.authProvider}\`, which Kubernetes has replaced by exec plugins`,
      hint: providerHints[entry2.authProvider] ?? "Use an exec plugin, a token, or the input `oidc-audience`."
    }
  ];
}
var providerHints = {
  gcp: "Install gke-gcloud-auth-plugin and write the kubeconfig again with `gcloud container clusters get-credentials`.",
  azure: "Install kubelogin and run `kubelogin convert-kubeconfig`.",
  oidc: "Use an exec plugin such as kubelogin (`kubectl oidc-login`), or, in GitHub Actions, the input `oidc-audience`."
};
function readPair(entry2, secrets) {
  if (entry2.clientCertificate === "" && entry2.clientCertificateData === "") return void 0;
  const what = (part) => `${part} of the user \`${entry2.name}\``;
  const key = entry2.clientKeyData || (entry2.clientKey === "" ? "" : requireTextFile(entry2.clientKey, what("client key")));
  maskPrivateKey(key, secrets);
  const cert = entry2.clientCertificateData || requireTextFile(entry2.clientCertificate, what("client certificate"));
  return key === "" ? void 0 : { cert, key };
}
function checkPair({ cert, key }, name) {
  const checked = readClientCertificate(cert, key);
  if (checked.kind === "good") return checked;
  const fault = {
    code: "client-certificate-unusable",
    message: `The client certificate of the ${name} cannot be used: ${checked.reason}`,
    hint: "A certificate and its own unencrypted key are needed, both PEM (in the -data fields: in base64)."
  };
  return { kind: "bad", fault };
}
function chooseSignIn(entry2, hasCertificate) {
  if (entry2.tokenFile !== "") return { kind: "token-file", path: entry2.tokenFile, fallback: entry2.token };
  if (entry2.token !== "") return { kind: "token", token: entry2.token };
  if (entry2.username !== "") return { kind: "basic", username: entry2.username, password: entry2.password };
  if (entry2.exec !== void 0 && !hasCertificate) return { kind: "exec", config: entry2.exec };
  return { kind: "anonymous" };
}
function signInFaults(entry2, signIn, name, secrets) {
  const unsendable = {
    code: "token-unsendable",
    message: `The token of the ${name} holds a line break or another control character`,
    hint: "A line break often comes from an editor, or from `echo` without -n."
  };
  if (signIn.kind === "token") return isSendable(signIn.token) ? [] : [unsendable];
  if (signIn.kind !== "token-file") return [];
  if (signIn.fallback !== "") return isSendable(signIn.fallback) ? [] : [unsendable];
  const token2 = requireTextFile(signIn.path, `token of the ${name}`).trim();
  maskSecret(token2, secrets);
  if (token2 === "") {
    return [
      {
        code: "token-file-empty",
        message: `The token file ${entry2.tokenFile} of the ${name} is empty`,
        hint: "Check the step that writes it."
      }
    ];
  }
  return isSendable(token2) ? [] : [unsendable];
}
function warnUnsent(entry2, name, log) {
  const has = entry2.token !== "" || entry2.tokenFile !== "" || entry2.username !== "" || entry2.exec !== void 0 || entry2.authProvider !== void 0 || entry2.clientCertificate !== "" || entry2.clientCertificateData !== "";
  if (has)
    log.line(
      `The credentials of the ${name} are not sent: the server is reached by http, and they go only over https.`
    );
}

// src/cluster/cluster.ts
async function resolveCluster(source, world) {
  process.getBuiltinModule("node:tls");
  const { name, server, origin, ambient, user: readUserAccess } = await reach(source, world);
  const user = readUserAccess();
  const credentials = credentialSource(user, server, world);
  return {
    name,
    server: server.configuredServer,
    identity: identityOf(server, user, world.environment),
    origin,
    ambient,
    open: (opening) => openConnection({
      server: server.server,
      certificateAuthority: server.certificateAuthority,
      insecureSkipTlsVerify: server.insecureSkipTlsVerify,
      tlsServerName: server.tlsServerName,
      proxyUrl: server.proxyUrl,
      disableCompression: server.disableCompression,
      headers: impersonationHeaders(user.impersonate),
      credentials,
      environment: world.environment,
      secrets: world.secrets,
      clock: world.clock,
      log: world.log,
      ...opening
    })
  };
}
async function resolveServer(source, world) {
  if (source.kind === "kubeconfig") {
    if (!source.kubeconfig && !source.context) return void 0;
    const { kubeconfig, sources } = await loadKubeconfig(source.kubeconfig, world.environment).catch(nothingThere);
    if (sources.length === 0 || kubeconfig.contexts.size === 0) return void 0;
  }
  const { server } = await reach(source, world);
  return identityOf(server, anonymous, world.environment);
}
function nothingThere(thrown) {
  if (thrown instanceof GateError && thrown.code === "kubeconfig-missing")
    return { kubeconfig: emptyKubeconfig, sources: [] };
  throw thrown;
}
async function reach(source, world) {
  const reached = source.kind === "server" ? serverAccess(source, world) : await kubeconfigAccess(source, world);
  if (source.expectServer) requireServer(source.expectServer, reached);
  return reached;
}
function identityOf(server, user, environment) {
  return {
    server: server.server.href,
    certificateAuthority: server.server.protocol === "https:" ? server.certificateAuthorityDigest : "none",
    tlsServerName: server.tlsServerName ?? "",
    proxy: proxyOf(server, environment)?.shown ?? "",
    impersonation: impersonationIdentity(user.impersonate),
    credentials: credentialIdentity(user)
  };
}
function proxyOf({ server, proxyUrl }, { variables }) {
  try {
    return chooseProxy(server, proxyUrl, variables);
  } catch (thrown) {
    if (thrown instanceof FailureError) return void 0;
    throw thrown;
  }
}
async function kubeconfigAccess(source, world) {
  const loaded = await loadKubeconfig(source.kubeconfig, world.environment);
  for (const line of loaded.unwrapped) world.log.line(line);
  if (loaded.unwrapped.length > 0) for (const user of loaded.kubeconfig.users.values()) maskUser(user, world.secrets);
  if (loaded.from !== "input" && !source.context && loaded.kubeconfig.currentContext === "") {
    const reached = podAccess(source, loaded, world);
    if (reached !== void 0) return reached;
  }
  if (loaded.kubeconfig.contexts.size === 0) throw nothingConfigured(loaded, source.context, world);
  const where = describeSources(loaded);
  const chosen = chooseContext(loaded.kubeconfig, source.context, where);
  const files = filesOf2(loaded);
  const server = files(() => accessOf(readCluster(chosen.cluster, world.secrets), chosen.cluster.origin.place));
  const entry2 = source.oidcAudience ? withoutCredentials(chosen.user) : chosen.user;
  const context = `context \`${chosen.context.name}\`${source.context ? "" : " (its current-context)"}`;
  return {
    // Contexts that were listed are told apart by what they were listed as: two of them may lead to one cluster.
    name: source.context || chosen.cluster.name,
    server,
    origin: `${server.server.origin}, ${context} of the kubeconfig in ${where}${through(server, world)}`,
    ambient: loaded.from !== "input" && !source.context && !source.expectServer,
    user: () => {
      const user = entry2 === void 0 ? anonymous : files(() => userAccess(entry2, server, world));
      return withOidc(user, server, source.oidcAudience);
    }
  };
}
function filesOf2(loaded) {
  return (read2) => {
    try {
      return read2();
    } catch (thrown) {
      if (!(thrown instanceof GateError) || thrown.code !== "file-unreadable" || !loaded.isText) throw thrown;
      throw new GateError(thrown.outcome, thrown.code, thrown.message, {
        hint: "The kubeconfig is given as text, and the file that it names is not on this runner. Make it whole where it works, with `kubectl config view --raw --flatten --minify`, and store that.",
        cause: thrown
      });
    }
  };
}
function podAccess(source, loaded, world) {
  const pod = inClusterAccess(world.environment, world.log, world.serviceAccountFolder);
  if (pod === void 0) return void 0;
  if (!source.expectServer) {
    const meant = KUBECONFIG_OF_NOBODY.has(world.environment.variables["KUBECONFIG"] ?? "") ? source.clusterName && "`cluster` is given" : `the kubeconfig comes from ${describeSources(loaded)}`;
    if (meant) throw podNotMeant(meant, pod.server.configuredServer);
  }
  return {
    name: pod.server.server.host,
    server: pod.server,
    origin: `${pod.server.server.origin}, the cluster of this pod, by its service account${through(pod.server, world)}`,
    ambient: false,
    user: () => withOidc(pod.user, pod.server, source.oidcAudience)
  };
}
var KUBECONFIG_OF_NOBODY = /* @__PURE__ */ new Set(["", "/dev/null"]);
function through(server, { environment }) {
  const proxy = proxyOf(server, environment);
  return proxy === void 0 ? "" : `, through the proxy ${proxy.shown}`;
}
function requireServer(expected, { server: { server }, origin }) {
  if (isServer(expected, server)) return;
  const message = `The cluster to judge is ${origin}, and the input \`expect-server\` names ${expected}`;
  const hint = "Give the kubeconfig and the context of the cluster that is meant. If the server has moved, change `expect-server`.";
  throw new GateError("invalid-input", "server-unexpected", message, {
    hint,
    problems: [{ place: { kind: "input", input: "expect-server" }, message, hint }]
  });
}
function isServer(expected, server) {
  if (expected.includes("://")) {
    const url2 = URL.parse(expected);
    const bare = ({ origin, pathname }) => `${origin}${pathname.replace(/\/+$/, "")}`;
    return url2 !== null && bare(url2) === bare(server);
  }
  const url = URL.parse(`${server.protocol}//${expected}`);
  if (url === null || url.hostname !== server.hostname) return false;
  return !/:\d+$/.test(expected) || url.port === server.port;
}
var anonymous = { name: "", signIn: { kind: "anonymous" }, impersonate: nobody };
function userAccess(entry2, { server }, { secrets, log }) {
  return accessOf(readUser(entry2, { tls: server.protocol === "https:", secrets, log }), entry2.origin.place);
}
function withOidc(user, { server }, audience) {
  if (!audience) return user;
  if (server.protocol !== "https:") throw overHttp("oidc-audience");
  return { name: "", signIn: { kind: "oidc", audience }, impersonate: user.impersonate };
}
function serverAccess(source, world) {
  maskSecret(source.token ?? "", world.secrets);
  const input = (name) => ({ kind: "input", input: name });
  const server = readServerUrl(source.server.trim(), "The input `server`");
  if (server.kind === "bad") throw faultsError([server.fault], input("server"));
  const authority = authorityInput(source.certificateAuthorityData);
  const access = {
    server: server.url,
    configuredServer: source.server.trim(),
    certificateAuthority: authority?.pem,
    certificateAuthorityText: authority?.pem ?? "",
    certificateAuthorityDigest: authority?.digest ?? "system",
    insecureSkipTlsVerify: false,
    disableCompression: false,
    execConfig: null
  };
  return {
    name: server.url.host,
    server: access,
    origin: `${server.url.origin}, from the input \`server\`${through(access, world)}`,
    ambient: false,
    user: () => {
      const user = { name: "", signIn: signInOf(source.token, server.url), impersonate: nobody };
      return withOidc(user, access, source.oidcAudience);
    }
  };
}
function signInOf(token2, server) {
  if (!token2) return { kind: "anonymous" };
  if (server.protocol !== "https:") throw overHttp("token");
  if (!isSendable(token2)) {
    const fault = {
      code: "token-unsendable",
      message: "The input `token` holds a line break or another control character",
      hint: "Store the token in the secret without a line break after it."
    };
    throw faultsError([fault], { kind: "input", input: "token" });
  }
  return { kind: "token", token: token2 };
}
function authorityInput(text2) {
  const given = text2?.trim() ?? "";
  if (given === "") return void 0;
  const pem = given.includes("-----BEGIN") ? given : Buffer.from(given, "base64").toString("utf8");
  const checked = readAuthority(pem);
  if (checked.kind === "good") return checked.value;
  const fault = {
    code: "certificate-authority-not-pem",
    message: `The input \`certificate-authority-data\` ${checked.reason}`,
    hint: "Give what the kubeconfig has under certificate-authority-data: PEM certificates in base64."
  };
  throw faultsError([fault], { kind: "input", input: "certificate-authority-data" });
}
function overHttp(input) {
  const message = `The input \`${input}\` is set and the server is reached by http: a token is sent only over https`;
  const hint = "Use the https URL of the API server; its CA goes into `certificate-authority-data` or the kubeconfig.";
  return new GateError("invalid-input", "token-over-http", message, {
    hint,
    problems: [{ place: { kind: "input", input }, message, hint }]
  });
}
var NOT_CONFIGURED_HINT = "Set the input `kubeconfig` or `server`. An input that comes from a secret is empty where the workflow cannot read the secret, as in pull requests from forks.";
function podHint({
  environment: { variables },
  serviceAccountFolder = SERVICE_ACCOUNT_FOLDER
}) {
  if (!variables["KUBERNETES_SERVICE_HOST"] || !variables["KUBERNETES_SERVICE_PORT"]) return void 0;
  return `This is a pod without a service account token: ${serviceAccountFolder}/token does not exist. To judge its own cluster, do not set automountServiceAccountToken to false in the pod or its service account.`;
}
function podNotMeant(meant, server) {
  return new GateError(
    "invalid-input",
    "pod-not-meant",
    `No kubeconfig was found, and the cluster of this pod is not judged in its place: ${meant}`,
    {
      hint: `Give \`kubeconfig\` and \`context\`. An input that comes from a secret is empty where the workflow cannot read the secret. If the cluster of this pod is meant, give \`expect-server: ${server}\`.`
    }
  );
}
function nothingConfigured(loaded, context, world) {
  const { variables, platform } = world.environment;
  const where = describeSources(loaded);
  if (loaded.sources.length > 0) {
    return new GateError("invalid-input", "kubeconfig-empty", `The kubeconfig has no contexts: ${where}`, {
      hint: "Check the step or the secret that it comes from; `kubectl config view --raw` prints a whole one."
    });
  }
  const slip = slipInVariable(variables["KUBECONFIG"] ?? "", platform);
  return new GateError(
    "invalid-input",
    "cluster-not-configured",
    `No cluster is configured: no kubeconfig was found at ${where}`,
    {
      hint: [slip, context ? void 0 : podHint(world), NOT_CONFIGURED_HINT].filter((part) => part !== void 0).join(" ")
    }
  );
}

// src/model/requirement.ts
function formatApi(api) {
  switch (api.kind) {
    case "group":
      return `${api.group}/*`;
    case "group-version":
      return formatGroupVersion(api.groupVersion);
    case "kind":
    case "resource": {
      const verbs = api.verbs.length === 0 ? "" : ` verbs=${api.verbs.join(",")}`;
      return `${formatGroupVersion(api.groupVersion)}/${api.name}${verbs}`;
    }
    case "server-version":
      return `server-version ${api.range}`;
    default:
      return assertNever(api);
  }
}
function formatRequirement(requirement) {
  return `${requirement.negated ? "!" : ""}${requirement.anyOf.map(formatApi).join(" | ")}`;
}

// src/requirements/grammar.ts
var VERBS = [
  "create",
  "delete",
  "deletecollection",
  "get",
  "list",
  "patch",
  "update",
  "watch"
];
var SHORT_GROUPS = ["apps", "autoscaling", "batch", "extensions", "policy"];
var LONGEST_LINE = 1e3;
var LABEL = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
var SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
var KIND = /^[A-Z](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
var VERSION_LIKE = /^v\d[-a-z0-9]*$/;
var ALLOWED = /^[\x20-\x7e\s]*$/;
var NOT_ALLOWED = /[^\x20-\x7e\s]/u;
function error(reason) {
  return { kind: "error", reason };
}
function readLine(line) {
  if (line.length > LONGEST_LINE) return error(`it has more than ${LONGEST_LINE} characters`);
  if (!ALLOWED.test(line)) return error(`it holds ${nameCharacter(NOT_ALLOWED.exec(line)?.[0] ?? "")}`);
  if (/["'`]/.test(line)) return error("quotes have no place in it");
  const negated = line.startsWith("!");
  const alternatives = line.slice(negated ? 1 : 0).split("|");
  if (negated && alternatives.length > 1) return error("what must not be served stands alone on its line");
  const apis = [];
  for (const alternative of alternatives) {
    const reading = readAlternative(alternative.trim());
    if (reading.kind === "error") return reading;
    apis.push(reading.api);
  }
  const [first, ...others] = apis;
  if (first === void 0) return error("it is empty");
  return negated && whyNotNegated(first) || { kind: "requirement", anyOf: [first, ...others], negated };
}
function whyNotNegated(api) {
  if ((api.kind === "kind" || api.kind === "resource") && api.verbs.length > 1) {
    return error("with several verbs it does not say whether one of them is too many or only all of them");
  }
  if ("groupVersion" in api && !VERSION_LIKE.test(api.groupVersion.version)) {
    return error(`${api.groupVersion.version} does not look like a version`);
  }
  const group = "groupVersion" in api ? api.groupVersion.group : api.kind === "group" ? api.group : "";
  if (group !== "" && !group.includes(".") && !SHORT_GROUPS.includes(group)) {
    return error(`${group} is not a Kubernetes group`);
  }
  return void 0;
}
function readAlternative(text2) {
  const [name = "", ...options] = text2.split(/\s+/);
  if (name === "") return error("an alternative is empty");
  const api = readApi(name);
  if (api.kind === "error" || options.length === 0) return api;
  const [option = "", stray] = options;
  const [, key, list] = /^([^=]*)=(.*)$/.exec(option) ?? [];
  if (key === void 0 || list === void 0) return error(`${option} is more than a requirement has`);
  if (key !== "verbs") return error(`${key}= is not known, verbs= is`);
  if (stray !== void 0) return error(`${stray} is more than a requirement has`);
  return withVerbs(api.api, list.split(","));
}
function withVerbs(api, verbs) {
  if (api.kind !== "kind" && api.kind !== "resource") return error("verbs belong to a kind or a resource");
  const wrong = verbs.find((verb) => !VERBS.includes(verb));
  if (wrong !== void 0) {
    return error(`${wrong === "" ? "an empty word" : wrong} is not a verb; the verbs are ${VERBS.join(", ")}`);
  }
  return { kind: "api", api: { ...api, verbs: [...new Set(verbs)] } };
}
function readApi(name) {
  const parts = name.split("/");
  if (parts.includes("")) return error("a part between two slashes is empty");
  const [first = "", second, ...rest] = parts;
  if (VERSION_LIKE.test(first)) {
    if (second !== void 0 && (SHORT_GROUPS.includes(second) || second.includes("."))) {
      return error("the group stands before its version");
    }
    return readMember({ group: "", version: first }, parts.slice(1));
  }
  if (first === "core") return error("the core group has no name");
  if (!SUBDOMAIN.test(first)) return error(whyNoGroup(first, second));
  if (second === void 0) return error(`${first} is a group without a version`);
  if (second === "*") {
    if (rest.length > 0) return error("* stands for any version of a whole group only");
    return { kind: "api", api: { kind: "group", group: first } };
  }
  return readMember({ group: first, version: second }, rest);
}
function whyNoGroup(first, second) {
  if (second === void 0 && KIND.test(first)) return "a kind needs its group and version";
  if (/[A-Z]/.test(first)) return "the name of a group is all lower case";
  return `${first} cannot be the name of a group`;
}
function readMember(groupVersion, names) {
  const { group, version } = groupVersion;
  if (KIND.test(version) && !/^V\d/.test(version))
    return error(`the version is missing between ${group} and ${version}`);
  if (/[A-Z]/.test(version)) return error("versions are all lower case");
  const plausible = LABEL.test(version) && (VERSION_LIKE.test(version) || group.includes("."));
  if (!plausible) return error(`${version} does not look like a version`);
  const [first, second, tooMany2] = names;
  if (first === void 0) return { kind: "api", api: { kind: "group-version", groupVersion } };
  if (tooMany2 !== void 0) return error("it has more parts than group, version, resource and subresource");
  if (KIND.test(first)) {
    if (second !== void 0) return error("a subresource belongs to a resource, which is lower case and plural");
    return { kind: "api", api: { kind: "kind", groupVersion, name: first, verbs: [] } };
  }
  const wrong = [first, second].find((name) => name !== void 0 && !LABEL.test(name));
  if (wrong !== void 0) return error(whyNoResource(wrong));
  return { kind: "api", api: { kind: "resource", groupVersion, name: names.join("/"), verbs: [] } };
}
function whyNoResource(name) {
  if (name === "*") return "* stands for any version of a whole group only";
  return /[A-Z]/.test(name) ? "a kind starts in upper case, and a resource is all lower case" : `${name} cannot be the name of a kind or a resource`;
}
function nameCharacter(character) {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return new RegExp("\\p{L}|\\p{N}|\\p{P}|\\p{S}", "u").test(character) ? `the character ${character} (${code})` : `an invisible character (${code})`;
}

// src/requirements/grammar-repair.ts
var HOMES = {
  v1: [
    "ConfigMap",
    "Endpoints",
    "Event",
    "LimitRange",
    "Namespace",
    "Node",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Pod",
    "ResourceQuota",
    "Secret",
    "Service",
    "ServiceAccount"
  ],
  "apps/v1": ["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["Ingress", "IngressClass", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
  "storage.k8s.io/v1": ["StorageClass"],
  "apiextensions.k8s.io/v1": ["CustomResourceDefinition"],
  "gateway.networking.k8s.io/v1": ["Gateway", "HTTPRoute"]
};
var NEWEST = {
  apps: "apps/v1",
  autoscaling: "autoscaling/v2",
  batch: "batch/v1",
  policy: "policy/v1"
};
function pluralOf(kind) {
  const singular = kind.toLowerCase();
  if (/(?:s|x|ch)$/.test(singular)) return `${singular}es`;
  return singular.replace(/(?<=[^aeiou])y$/, "ie").concat("s");
}
function homeOf(kind) {
  const lower = kind.toLowerCase();
  for (const [groupVersion, kinds] of Object.entries(HOMES)) {
    const known = kinds.find((name) => name.toLowerCase() === lower || pluralOf(name) === lower);
    if (known !== void 0) return `${groupVersion}/${known}`;
  }
  return void 0;
}
var SHORT_GROUP = SHORT_GROUPS.join("|");
var VERSION = "v[0-9]+(?:(?:alpha|beta)[0-9]+)?";
function replacing(pattern, replacement) {
  return (line) => typeof replacement === "string" ? line.replace(pattern, replacement) : line.replace(pattern, (_, ...groups) => replacement(...groups));
}
var REPAIRS = [
  // Characters that nobody sees, quotes of any kind, the dash of a YAML list, what ends a sentence.
  replacing(/[^\x20-\x7e\s\p{L}\p{N}\p{P}\p{S}]/gu, ""),
  replacing(/["'`“”„‘’«»]/g, ""),
  replacing(/^\s*(?:[-*+•–—]\s*)+(?=\S)/, ""),
  replacing(/(?<!\/\*)[\s,;.:/]+$/, ""),
  // Signs that look alike or mean the same.
  replacing(/[⁄∕\\]/g, "/"),
  replacing(/[‐‑‒–—]/g, "-"),
  replacing(/^!+\s*|^(?:not|no)\s+/i, "!"),
  replacing(/\s*\|\|\s*|\s+or\s+/gi, " | "),
  replacing(/^\s*\|\s*|\s*\|\s*$/g, ""),
  // What was copied from a manifest or a URL, and the core group by its nickname.
  replacing(/^(!?)(?:apiVersion|groupVersion|require|kind)\s*:\s*/i, "$1"),
  replacing(/^(!?)\/?apis?\/(?=[^/\s])/i, "$1"),
  replacing(/^(!?)\/+/, "$1"),
  replacing(/\/{2,}/g, "/"),
  replacing(/^(!?)core\/(?=v\d)/i, "$1"),
  replacing(/^(!?)core(?=\/|$)/i, "$1v1"),
  // Verbs.
  replacing(/\bverbs?\s*[=:]\s*\[?([^\]|]*)\]?/gi, verbsOf),
  replacing(
    new RegExp(`\\s((?:${VERBS.join("|")})(?:[\\s,]+(?:${VERBS.join("|")}))*)$`),
    (verbs = "") => ` ${verbsOf(verbs)}`
  ),
  // Parts that are in another order, or parted by other signs; upper and lower case.
  replacing(/^(!?)([A-Za-z][\w-]*)\.(v\d\w*)\.([a-z0-9.-]+)$/, "$1$4/$3/$2"),
  replacing(/^(!?)([A-Z]\w*)(?:\s*[.@,:]\s*|\s+)([a-z0-9.-]+\/v\d\w*)$/, "$1$3/$2"),
  replacing(/^(!?)([A-Za-z0-9.-]+\/[Vv]\d\w*)/, (not = "", groupVersion = "") => `${not}${groupVersion.toLowerCase()}`),
  replacing(/^(!?)V(?=\d+(?:\/|$))/, "$1v"),
  replacing(new RegExp(`^(!?)(${VERSION})/(${SHORT_GROUP}|[a-z0-9-]+(?:\\.[a-z0-9-]+)+)(?=/|\\s|$)`), "$1$3/$2"),
  replacing(/^(!?)([a-z0-9.-]+\/v\d\w*|v\d\w*)(?:\s*[,:;#.]\s*|\s+)(?:[Kk]ind\s*[=:]\s*)?([A-Z]\w*)/, "$1$2/$3"),
  replacing(/^(!?)([a-z0-9.-]+)\/(\d+(?:(?:alpha|beta)\d+)?)(?=\/|$)/, "$1$2/v$3"),
  replacing(/^(!?)([a-z0-9.-]+\/v\d+)\.\d+(?:\.\d+)?(?=\/|$)/, "$1$2"),
  // A kind where a resource has to stand, a version or a group that is not there, a star that says nothing.
  replacing(/\/([A-Z]\w*)\/([a-zA-Z]+)(?=\s|$)/, (kind = "", sub = "") => `/${pluralOf(kind)}/${sub.toLowerCase()}`),
  replacing(/\/([a-z]+[A-Z]\w*)$/, (name = "") => `/${name.charAt(0).toUpperCase()}${name.slice(1)}`),
  replacing(/^(!?)([A-Za-z]\w*)$/, (not = "", word = "") => `${not}${homeOf(word) ?? NEWEST[word] ?? word}`),
  replacing(
    /^(!?)([a-z0-9.-]+)\/([A-Za-z]\w*)$/,
    (not = "", group = "", kind = "") => `${not}${homeIn(group, kind) ?? `${group}/${kind}`}`
  ),
  replacing(
    new RegExp(`^(!?)([a-z]+)\\.(${SHORT_GROUP})$`),
    (not = "", kind = "", group = "") => `${not}${homeIn(group, kind) ?? group}`
  ),
  replacing(/^(!?)([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/, "$1$2/*"),
  replacing(/^(!?)([a-z0-9.-]+\/\*)\/.*$/, "$1$2"),
  replacing(/^(!?)([a-z0-9.-]+\/v\d\w*|v\d\w*)\/\*$/, "$1$2")
];
function homeIn(group, kind) {
  const home = homeOf(kind);
  return home?.startsWith(`${group}/`) === true ? home : void 0;
}
function verbsOf(list = "") {
  const suggest = speller(VERBS);
  const words = list.split(/[\s,;]+/).filter((word) => word !== "");
  const verbs = words.flatMap((word) => word === "*" ? VERBS : [suggest(word)[0] ?? word]);
  return `verbs=${verbs.join(",")}`;
}
var LONGEST_MENDED = 300;
function nearestForm(line) {
  if (line.length > LONGEST_MENDED) return void 0;
  let repaired = line;
  for (const repair of REPAIRS) {
    const next = repair(repaired);
    if (next === repaired) continue;
    repaired = next;
    const reading = readLine(repaired);
    if (reading.kind === "requirement") return reading;
  }
  return void 0;
}
function severalOn(line) {
  const parts = partsOf2(line);
  return parts.length > 1 && parts.every((part) => readLine(part).kind === "requirement") ? parts : void 0;
}
function partsOf2(line) {
  const [, against] = /^!\s*(.*\|.*)$/.exec(line) ?? [];
  if (against !== void 0) return against.split("|").map((part) => `!${part.trim()}`);
  const [, subject2, verbs] = /^(!\S+) verbs=(\S+)$/.exec(line) ?? [];
  if (subject2 !== void 0 && verbs !== void 0) return verbs.split(",").map((verb) => `${subject2} verbs=${verb}`);
  return line.split(/[\s,;]+/).filter((part) => part !== "");
}

// src/requirements/requirements.ts
function parseProvides(text2) {
  const { requirements, problems } = parseRequirements(text2, "provides");
  const refused = [...problems];
  const definitions = requirements.flatMap(({ anyOf, negated, place, text: line }) => {
    const [api] = anyOf;
    const isSimple = anyOf.length === 1 && !negated && !("verbs" in api && api.verbs.length > 0);
    const definition = isSimple ? definitionOf(api, place) : void 0;
    if (definition !== void 0) return [definition];
    refused.push({
      place,
      message: `${shown2(line)} does not name one group-version, kind or resource.`,
      hint: "Write for example cert-manager.io/v1 or cert-manager.io/v1/Certificate, each on a line of its own."
    });
    return [];
  });
  return { definitions, problems: refused };
}
function definitionOf(api, place) {
  if (api.kind === "group-version") return { kind: "group-version", source: PROVIDES, brings: api.groupVersion, place };
  if (api.kind !== "kind" && api.kind !== "resource") return void 0;
  const { group, version } = api.groupVersion;
  const [plural = "", subresource] = api.kind === "resource" ? api.name.split("/") : [];
  if (subresource !== void 0) return void 0;
  const kind = api.kind === "kind" ? api.name : "";
  return {
    kind: "kind",
    source: PROVIDES,
    group,
    names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List`, shortNames: [], categories: [] },
    namespaced: void 0,
    versions: [{ name: version, served: true, deprecated: false, subresources: [], place }],
    isWhole: false,
    place
  };
}
var PROVIDES = "provides";
var LONGEST_SHOWN2 = 80;
function parseRequirements(text2, input = "require") {
  const requirements = /* @__PURE__ */ new Map();
  const problems = [];
  for (const { number, text: line } of significantLines(text2)) {
    const place = { kind: "input", input, line: number };
    const reading = readLine(line);
    if (reading.kind === "error") {
      const hint = hintFor2(line);
      problems.push({
        place,
        message: `${shown2(line)} is not a valid requirement: ${reading.reason}.`,
        hint
      });
      continue;
    }
    const { anyOf, negated } = reading;
    const name = formatRequirement(reading);
    if (!requirements.has(name)) requirements.set(name, { text: name, anyOf, negated, place });
  }
  return { requirements: [...requirements.values()], problems };
}
var DEFINITION_NAME = /^!?([a-z0-9-]+s)\.([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/;
function hintFor2(line) {
  const [, plural, rest] = DEFINITION_NAME.exec(line) ?? [];
  if (plural !== void 0 && rest !== void 0) {
    const not = line.startsWith("!") ? "!" : "";
    return `For the resource ${plural} of the group ${rest}, write ${not}${rest}/VERSION/${plural}; for any version of the group ${plural}.${rest}, write ${not}${plural}.${rest}/*.`;
  }
  const several = severalOn(line);
  if (several !== void 0) return `Put each on a line of its own: ${several.join(" and ")}.`;
  const nearest = nearestForm(line);
  return nearest === void 0 ? "Write for example apps/v1, apps/v1/Deployment, v1/pods/exec, apps/v1/Deployment verbs=create or gateway.networking.k8s.io/*." : `Did you mean ${formatRequirement(nearest)}?`;
}
function shown2(line) {
  const visible = line.replace(/[\p{C}\s]+/gu, " ");
  return visible.length > LONGEST_SHOWN2 ? `"${visible.slice(0, LONGEST_SHOWN2)}\u2026"` : `"${visible}"`;
}

// src/gate/deadline.ts
async function withDeadline(limitMs, clock, error3, work) {
  const deadline = new AbortController();
  const done = new AbortController();
  const timer = clock.sleep(limitMs, done.signal).then(
    () => deadline.abort(error3),
    () => void 0
  );
  try {
    return await work(deadline.signal);
  } finally {
    done.abort();
    await timer;
  }
}

// src/gate/plan.ts
var ASKED_AT_ONCE = 8;
var NO_MANIFESTS = {
  requirements: [],
  definitions: [],
  problems: [],
  warnings: [],
  notJudged: {},
  files: 0,
  sources: [],
  objects: 0
};
var NO_ACCEPTANCES = {
  accept: () => void 0,
  nearly: () => void 0,
  review: () => ({ problems: [], warnings: [] }),
  writeBaseline: async () => 0
};
async function makePlan({ settings, problems }, world) {
  const required = await requiredBy(settings);
  const provides = parseProvides(settings.provides);
  const written = [...required.problems, ...provides.problems];
  if (problems.length > 0) throw invalidInput([...problems, ...written]);
  const faults = written.length > 0 ? [invalidInput(written)] : [];
  const orFault = async (part, fallback) => part.catch((thrown) => {
    faults.push(toGateError(thrown));
    return fallback;
  });
  const [subjects, files, manifests, acceptances] = await Promise.all([
    orFault(subjectsOf(settings, world), []),
    orFault(readSnapshotFiles(settings, world), NO_SNAPSHOT_FILES),
    orFault(manifestsOf(settings, world), NO_MANIFESTS),
    orFault(acceptancesOf(settings, world), NO_ACCEPTANCES)
  ]);
  throwTogether(faults);
  const all = withFiles(subjects, files);
  const requirements = [...required.requirements, ...manifests.requirements];
  if (requirements.length === 0 && manifests.problems.length === 0 && !hasOtherWork(settings)) {
    throw nothingToJudge(settings, manifests);
  }
  return {
    settings,
    requirements,
    manifests,
    definitions: [...manifests.definitions, ...provides.definitions],
    acceptances,
    subjects: all,
    earlier: files.earlier,
    turns: takeTurns(ASKED_AT_ONCE),
    work: await fieldWorkOf(settings, manifests, world)
  };
}
function hasOtherWork({ manifests, compare, saveSnapshots }) {
  return manifests.length === 0 && (compare.length > 0 || saveSnapshots !== void 0);
}
async function requiredBy(settings) {
  const named = parseRequirements(settings.require);
  if (settings.serverVersion === "") return named;
  const { parseServerVersion } = await import("./version-range.js");
  const version = parseServerVersion(settings.serverVersion);
  return {
    requirements: [...named.requirements, ...version.requirements],
    problems: [...named.problems, ...version.problems]
  };
}
async function subjectsOf(settings, world) {
  const { clusters, cachedClusters } = settings;
  if (cachedClusters.length > 0) return cachedClusters.map((name) => ({ name }));
  return await Promise.all(clusters.map((source) => subjectOf(source, settings, world)));
}
function withFiles(subjects, { judged }) {
  const live = new Set(subjects.map(({ name }) => name));
  const problems = judged.filter(({ cluster }) => live.has(cluster)).map(({ cluster, file }) => {
    const message = `This is a snapshot of ${cluster}, and the inputs name that cluster as well.`;
    const hint = "Judge it once: leave out the file or the cluster.";
    return { place: { kind: "file", file, line: 1 }, message, hint };
  });
  if (problems.length > 0) throw invalidInput(problems);
  return [...subjects, ...judged.map((filed) => ({ name: filed.cluster, filed }))];
}
async function subjectOf(source, settings, world) {
  const { cache, clusterName, kubectlCache } = settings;
  if (cache.mode === "only" && clusterName !== void 0) {
    world.log.line(`Judging ${clusterName} by the cache alone.`);
    const cluster2 = kubectlCache === "use" ? await resolveCluster(source, world).catch(noneConfigured) : void 0;
    return { name: clusterName, cluster: cluster2, identity: await resolveServer(source, world) };
  }
  const cluster = await resolveCluster(source, world);
  const name = clusterName ?? cluster.name;
  world.log.line(`Judging ${name}: ${cluster.origin}.`);
  return { name, cluster, identity: cluster.identity };
}
var NONE_CONFIGURED = ["kubeconfig-missing", "kubeconfig-empty", "cluster-not-configured"];
function noneConfigured(thrown) {
  if (thrown instanceof GateError && NONE_CONFIGURED.includes(thrown.code)) return void 0;
  throw thrown;
}
async function manifestsOf(settings, world) {
  const { piped = [] } = world;
  if (settings.manifests.length === 0 && piped.length === 0) return NO_MANIFESTS;
  world.progress?.("Reading manifests");
  const { readManifests } = await import("./manifests.js");
  const limitMs = readingLimitMs(settings);
  return withDeadline(
    limitMs,
    world.clock,
    readingTimedOut(limitMs),
    (signal) => readManifests({
      signal,
      patterns: settings.manifests,
      piped,
      allowUnparsable: settings.allowUnparsable,
      willVisit: settings.fields !== "off",
      workingDirectory: world.environment.workingDirectory,
      repositoryRoot: world.repositoryRoot,
      onMatched: (pattern, files) => world.log.line(`${pattern}: ${files} ${files === 1 ? "file" : "files"}`)
    })
  );
}
function readingLimitMs({ timeoutMs }) {
  return Math.max(10 * timeoutMs, 6e4);
}
function readingTimedOut(limitMs) {
  return new GateError(
    "invalid-input",
    "reading-timed-out",
    `The files of manifests were not read within ${formatDuration(limitMs)}.`,
    {
      hint: "Narrow the patterns of manifests to what is deployed. If there is so much, raise timeout: reading may take ten times as long."
    }
  );
}
async function fieldWorkOf(settings, manifests, { repositoryRoot }) {
  if (settings.fields === "off" || manifests.objects === 0 && settings.cache.mode !== "refresh") return void 0;
  const { openFieldWork } = await import("./field-work.js");
  const target = settings.targetVersion === void 0 ? void 0 : parseRelease(settings.targetVersion);
  return openFieldWork(manifests, { target, repositoryRoot });
}
async function acceptancesOf(settings, world) {
  const { exemptions, baseline, updateBaseline, failOn } = settings;
  if (exemptions === void 0 && baseline === void 0) return NO_ACCEPTANCES;
  const { readAcceptances } = await import("./acceptances.js");
  return readAcceptances({
    exemptions,
    baseline,
    updateBaseline,
    failOn,
    judgesFields: settings.fields !== "off",
    workingDirectory: world.environment.workingDirectory,
    repositoryRoot: world.repositoryRoot,
    now: world.clock.now()
  });
}
function nothingToJudge(settings, { files, notJudged: notJudged2 }) {
  const [message, hint] = settings.manifests.length === 0 ? [
    "There is nothing to judge: `require` holds no requirement, and neither `manifests` nor `server-version` is given.",
    "Name what the change needs, one per line, for example `require: apps/v1`, or point `manifests` at the files that will be deployed."
  ] : [
    `There is nothing to judge: ${files} file(s) match \`manifests\`, and none holds an object that an API server stores${listed(notJudged2)}.`,
    "Check the patterns of `manifests`; for a Helm chart or a kustomization, render it first and point `manifests` at the result."
  ];
  return new GateError("invalid-input", "nothing-to-judge", message, { hint });
}
function listed(counts) {
  const names = Object.keys(counts);
  return names.length === 0 ? "" : ` (only ${names.join(", ")})`;
}
function throwTogether(faults) {
  const [first] = faults;
  if (first === void 0) return;
  const defect = faults.find(({ outcome }) => outcome !== "invalid-input");
  throw defect ?? (faults.length === 1 ? first : invalidInput(faults.flatMap(problemsOf)));
}
function problemsOf(error3) {
  if (error3.problems.length > 0) return error3.problems;
  return [
    {
      place: { kind: "input", input: "kubeconfig" },
      message: error3.message,
      hint: error3.hint
    }
  ];
}
function invalidInput(problems) {
  const [first] = problems;
  const message = problems.length === 1 && first !== void 0 ? `${formatPlace(first.place)}: ${first.message}` : `${problems.length} things in the inputs cannot be used as they stand.`;
  return new GateError("invalid-input", "invalid-input", message, {
    problems,
    ...problems.length === 1 && first?.hint !== void 0 ? { hint: first.hint } : {}
  });
}

// src/gate/gate.ts
async function runGate(reading, world) {
  try {
    const { verdict, saved } = await runOf(reading, world);
    await world.publisher.verdict(verdict);
    await saved;
    return verdict.outcome;
  } catch (thrown) {
    const error3 = toGateError(thrown);
    await world.publisher.error(error3);
    return error3.outcome;
  }
}
async function runOf(reading, world) {
  const { settings, problems } = reading;
  if (settings.reports.length === 0) return await judgeAll(reading, world);
  if (problems.length > 0) throw invalidInput(problems);
  const { mergeVerdicts } = await import("./merge-verdicts.js");
  return { verdict: await mergeVerdicts(settings, world), saved: Promise.resolve() };
}
async function judgeAll(reading, world) {
  const plan = await makePlan(reading, world);
  const results = await Promise.all(
    plan.subjects.map(
      (subject2) => judgeOne(subject2, plan, world).catch((thrown) => notJudged(subject2, toGateError(thrown)))
    )
  );
  await keepSnapshots(results, plan, world);
  const clusters = results.map(({ verdict }) => verdict);
  const leftOut = leftOutBy(plan, clusters);
  const isJudged = plan.manifests.problems.length > 0 || clusters.some(({ error: error3, findings }) => error3 ?? findings[0]);
  if (!isJudged && !hasOtherWork(plan.settings))
    throw nothingToJudge(plan.settings, { files: plan.manifests.files, notJudged: leftOut });
  const recorded = await plan.acceptances.writeBaseline(clusters);
  if (plan.settings.updateBaseline) {
    world.log.line(`The baseline ${plan.settings.baseline} now holds what fails today: ${recorded} finding(s).`);
  }
  return { verdict: await verdictOf2(plan, clusters, leftOut), saved: Promise.all(results.map(({ saved }) => saved)) };
}
function judgeOne(subject2, plan, world) {
  const { filed } = subject2;
  return filed === void 0 ? judgeCluster(subject2, plan, world) : judgeFile(subject2, filed, plan, world);
}
function notJudged({ name }, error3) {
  const verdict = {
    cluster: name,
    outcome: error3.outcome,
    findings: [],
    warnings: [],
    cache: "off",
    capabilities: [],
    error: error3
  };
  return { verdict, saved: Promise.resolve() };
}
function leftOutBy({ manifests }, clusters) {
  const counts = new Map(Object.entries(manifests.notJudged));
  const most = /* @__PURE__ */ new Map();
  for (const { notJudged: notJudged2 = {} } of clusters) {
    for (const [name, count] of Object.entries(notJudged2)) most.set(name, Math.max(count, most.get(name) ?? 0));
  }
  for (const [name, count] of most) counts.set(name, count + (counts.get(name) ?? 0));
  return Object.fromEntries(counts);
}
async function verdictOf2({ settings, manifests, acceptances }, judged, notJudged2) {
  const { combine } = await import("./judge.js");
  const review = acceptances.review(judged);
  const expected = expectedClusters(settings.expectClusters, judged);
  const clusters = [...judged, ...expected.absent];
  const problems = [...manifests.problems, ...review.problems];
  return {
    outcome: combine([
      ...clusters.map(({ outcome }) => outcome),
      ...problems.length === 0 ? [] : ["invalid-input"]
    ]),
    clusters,
    problems,
    warnings: [
      ...manifests.warnings,
      ...review.warnings,
      ...expected.warnings,
      ...await targetRemarks(settings, clusters)
    ],
    notJudged: notJudged2
  };
}
async function targetRemarks({ targetVersion }, clusters) {
  if (targetVersion === void 0) return [];
  const { remarksOnTarget } = await import("./target-remarks.js");
  return remarksOnTarget(targetVersion, clusters);
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
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
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
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
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
function error2(message, properties = {}) {
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
  readPatternLine,
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
  expectedClusters,
  InvalidDocument,
  parseDocument,
  expectFields,
  text,
  flag,
  object,
  objects,
  texts,
  pathOf,
  decodeGroupList,
  decodeResourceList,
  parseGroupVersion,
  formatGroupVersion,
  compareKubeAwareVersions,
  readReply,
  assertNever,
  formatDuration,
  formatApi,
  formatRequirement,
  formatPlace,
  FailureError,
  NOT_TLS,
  unreachableProxy,
  alternativeNames,
  MAX_HEADER_BYTES,
  readClientCertificate,
  isSendable,
  headerValue,
  maskSecret,
  maskPrivateKey,
  decodeFile,
  TAB,
  LF,
  SPACE,
  isByteOrderMark,
  decodeWord,
  recordKeys,
  Unreadable,
  TooManyParts,
  addItem,
  addField,
  TEXT,
  EVERYTHING2 as EVERYTHING,
  wantedField,
  dereference,
  fieldOf,
  fieldsOf2 as fieldsOf,
  valueUnder,
  textUnder,
  GO_SPACES,
  beginsLikeJson,
  readJson,
  lineCounter,
  Style,
  scalarText,
  isNotText,
  scalarValue,
  readYaml,
  readJsonOrYaml,
  toPlain,
  runGate,
  exportVariable,
  setSecret,
  getInput,
  setOutput,
  debug,
  error2 as error,
  warning,
  info,
  startGroup,
  endGroup,
  getIDToken
};
