import type { GateError } from '../model/errors.ts';
import type { Place, Problem } from '../model/place.ts';
import { REPORT_VERSION } from '../model/report-version.ts';
import type { ManifestObject } from '../model/requirement.ts';
import type { ClusterVerdict, Drift, Finding, Verdict, Warning } from '../model/verdict.ts';

/** What the report is about, for whoever merges it with those of other repositories. */
export interface ReportSource {
  /** `owner/name` */
  readonly repository?: string | undefined;
  /** Full SHA. */
  readonly commit?: string | undefined;
}

/** Of what is well. Of everything else all places are there, as somebody has to go to them. */
export const MOST_PLACES_OF_MET = 100;

/** Where something is said of; on one line of the report, as there may be a hundred thousand of them. */
type PlaceRecord = Place & { readonly object?: ManifestObject | undefined };

interface Grouped {
  readonly record: object;
  readonly places: PlaceRecord[];
  count: number;
}

/** Puts together what has the same record: `count` of them, and where. */
function grouped<Item>(
  items: Iterable<Item>,
  recordOf: (item: Item) => object,
  placeOf: (item: Item) => PlaceRecord | undefined,
  most: (item: Item) => number = () => Number.POSITIVE_INFINITY,
): readonly object[] {
  const groups = new Map<string, Grouped>();
  for (const item of items) {
    const record = recordOf(item);
    const key = JSON.stringify(record);
    const group = groups.get(key) ?? { record, places: [], count: 0 };
    groups.set(key, group);
    group.count += 1;
    const place = group.places.length < most(item) ? placeOf(item) : undefined;
    if (place !== undefined) group.places.push(place);
  }
  return [...groups.values()].map(({ record, count, places }) => ({ ...record, count, places }));
}

function problemRecords(problems: readonly Problem[]): readonly object[] {
  return grouped(
    problems,
    ({ message, hint }) => ({ message, hint }),
    ({ place }) => place,
  );
}

function warningRecords(warnings: readonly Warning[]): readonly object[] {
  return grouped(
    warnings,
    ({ message, isQuiet }) => ({ message, isQuiet }),
    ({ place }) => place,
  );
}

function errorRecord({ outcome, code, message, hint, problems }: GateError): object {
  return { outcome, code, message, hint, problems: problemRecords(problems) };
}

function findingRecord(finding: Finding): object {
  const { requirement, field, standing, met, fails, explanation, advice, lifecycle, acceptance } = finding;
  const { text, negated } = requirement;
  return { requirement: { text, negated }, field, standing, met, fails, explanation, advice, lifecycle, acceptance };
}

function isWell({ met, fails, lifecycle, acceptance }: Finding): boolean {
  return met === 'yes' && !fails && lifecycle.length === 0 && acceptance === undefined;
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
    findings: grouped(
      findings,
      findingRecord,
      ({ requirement: { place, object } }) => ({ ...place, object }),
      (finding) => (isWell(finding) ? MOST_PLACES_OF_MET : Number.POSITIVE_INFINITY),
    ),
    warnings: warningRecords(warnings),
    capabilities,
    drift: drift === undefined ? undefined : driftRecord(drift),
  };
}

function driftRecord({ since, changes, unknown, fails }: Drift): object {
  return { since: new Date(since).toISOString(), changes, unknown, fails };
}

/** JSON as `JSON.stringify` indents it, with each of `places` on one line. */
function format(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close, parts] = Array.isArray(value)
    ? ['[', ']', value.map((item) => format(item, inner))]
    : ['{', '}', fieldsOf(value, inner)];
  return parts.length === 0 ? open + close : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

function fieldsOf(value: object, indent: string): readonly string[] {
  return Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => {
      const isPlaces = name === 'places' && Array.isArray(field) && field.length > 0;
      const text = isPlaces
        ? `[\n${field.map((place) => `${indent}  ${JSON.stringify(place)}`).join(',\n')}\n${indent}]`
        : format(field, indent);
      return `${JSON.stringify(name)}: ${text}`;
    });
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
  yield `${format(before, '').slice(0, -2)},\n  "clusters": [`;
  for (const [index, cluster] of clusters.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${format(clusterRecord(cluster), '    ')}`;
  }
  yield `${clusters.length === 0 ? '' : '\n  '}],\n`;
  const after = { problems: problemRecords(problems), warnings: warningRecords(warnings), notJudged };
  yield `${format(after, '').slice(2)}\n`;
}
