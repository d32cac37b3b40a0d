import "./shared-scanner.js";
import "./shared-runtime.js";

// src/report/pull-request.ts
var { readFileSync } = globalThis.process.getBuiltinModule("node:fs");
function pullRequestOf(variables) {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_EVENT_PATH: file } = variables;
  if (!api || !repository || !file || !/^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/.test(repository)) return void 0;
  const number = numberIn(file);
  if (number === void 0) return void 0;
  const job = [variables["GITHUB_WORKFLOW"], variables["GITHUB_JOB"]].map(
    (name) => (name ?? "").replace(/[^\w.-]+/g, "_")
  );
  return {
    repositoryAddress: `${api.replace(/\/+$/, "")}/repos/${repository}`,
    number,
    marker: `<!-- kube-api-gate ${job.join(" ")} -->`
  };
}
function numberIn(file) {
  try {
    const event = JSON.parse(
      readFileSync(file, "utf8")
    );
    const number = event?.pull_request?.number;
    return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : void 0;
  } catch {
    return void 0;
  }
}
export {
  pullRequestOf
};
