import type { GateError } from '../model/errors.ts';
import type { ClusterVerdict, Finding, Verdict } from '../model/verdict.ts';

/** Raised when a field goes or changes its meaning; a new field leaves it. */
export const REPORT_VERSION = 1;

function errorRecord({ outcome, code, message, hint, problems }: GateError): object {
  return { outcome, code, message, hint, problems };
}

function findingRecord(finding: Finding): object {
  const { requirement, field, standing, met, fails, explanation, advice, lifecycle, acceptance } = finding;
  const { text, negated, place, object } = requirement;
  return {
    requirement: { text, negated, place, object },
    field,
    standing,
    met,
    fails,
    explanation,
    advice,
    lifecycle,
    acceptance,
  };
}

function clusterRecord(verdict: ClusterVerdict): object {
  const { cluster, outcome, error, serverVersion, cache, ageMs, findings, warnings, capabilities } = verdict;
  return {
    cluster,
    outcome,
    error: error === undefined ? undefined : errorRecord(error),
    serverVersion,
    cache,
    ageSeconds: ageMs === undefined ? undefined : Math.round(ageMs / 1000),
    findings: findings.map(findingRecord),
    warnings,
    capabilities,
  };
}

/** report.json, as `docs/schemas/report.json` describes it. It holds no time of day: the same verdict gives the same bytes. */
export function jsonReport(verdict: Verdict): string {
  const { outcome, error, clusters, problems, warnings, notJudged } = verdict;
  const record = {
    version: REPORT_VERSION,
    outcome,
    error: error === undefined ? undefined : errorRecord(error),
    clusters: clusters.map(clusterRecord),
    problems,
    warnings,
    notJudged,
  };
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
