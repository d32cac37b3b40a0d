import {
  expectedClusters
} from "./shared-scanner.js";
import "./shared-runtime.js";

// src/gate/merge-verdicts.ts
async function mergeVerdicts({ reports, expectClusters }, world) {
  const [{ findFiles }, { mergeReports }, { combine }] = await Promise.all([
    import("./find-files.js"),
    import("./merge-reports.js"),
    import("./judge.js")
  ]);
  const { workingDirectory, variables } = world.environment;
  const found = await findFiles(reports, {
    workingDirectory,
    repositoryRoot: world.repositoryRoot,
    input: "reports"
  });
  const { outcomes, clusters, problems, warnings, notJudged } = mergeReports(
    found.files,
    variables["GITHUB_REPOSITORY"] || void 0
  );
  const expected = expectedClusters(expectClusters, clusters);
  const all = [...found.problems, ...problems];
  return {
    outcome: combine([
      ...outcomes,
      ...clusters.map(({ outcome }) => outcome),
      ...expected.absent.map(({ outcome }) => outcome),
      ...all.length === 0 ? [] : ["invalid-input"]
    ]),
    clusters: [...clusters, ...expected.absent],
    problems: all,
    warnings: [...warnings, ...expected.warnings],
    merged: true,
    notJudged
  };
}
export {
  mergeVerdicts
};
