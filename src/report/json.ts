import type { GateError } from '../model/errors.ts';
import { REPORT_VERSION } from '../model/report-version.ts';
import type { ClusterVerdict, Drift, Finding, Verdict } from '../model/verdict.ts';

/** What the report is about, for whoever merges it with those of other repositories. */
export interface ReportSource {
  /** `owner/name` */
  readonly repository?: string | undefined;
  /** Full SHA. */
  readonly commit?: string | undefined;
}

function errorRecord({ outcome, code, message, hint, problems }: GateError): object {
  return { outcome, code, message, hint, problems };
}

function findingRecord(finding: Finding): object {
  const { requirement, standing, met, fails, explanation, advice, lifecycle, acceptance } = finding;
  const { text, negated, place, object } = requirement;
  return {
    requirement: { text, negated, place, object },
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
  const { cluster, outcome, error, serverVersion, cache, ageMs, findings, warnings, capabilities, drift } = verdict;
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
    drift: drift === undefined ? undefined : driftRecord(drift),
  };
}

function driftRecord({ since, changes, unknown, fails }: Drift): object {
  return { since: new Date(since).toISOString(), changes, unknown, fails };
}

/** report.json, as `docs/schemas/report.json` describes it. It holds no time of day: the same verdict gives the same bytes. */
export function jsonReport(verdict: Verdict, source: ReportSource = {}): string {
  return [...jsonReportParts(verdict, source)].join('');
}

/** `jsonReport` in parts, a cluster at a time: of a fleet the whole may be a hundred megabytes. */
export function* jsonReportParts(verdict: Verdict, { repository, commit }: ReportSource = {}): Iterable<string> {
  const { outcome, error, clusters, problems, warnings, notJudged } = verdict;
  const before = {
    version: REPORT_VERSION,
    repository,
    commit,
    outcome,
    error: error === undefined ? undefined : errorRecord(error),
  };
  yield `${JSON.stringify(before, undefined, 2).slice(0, -2)},\n  "clusters": [`;
  for (const [index, cluster] of clusters.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(clusterRecord(cluster), undefined, 2).replaceAll('\n', '\n    ')}`;
  }
  yield `${clusters.length === 0 ? '' : '\n  '}],\n`;
  yield `${JSON.stringify({ problems, warnings, notJudged }, undefined, 2).slice(2)}\n`;
}
