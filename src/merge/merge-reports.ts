import { readTextFile } from '../files/text-file.ts';
import type { Outcome } from '../model/errors.ts';
import type { Place, Problem } from '../model/place.ts';
import type { ClusterVerdict, Drift, Finding, Verdict, Warning } from '../model/verdict.ts';
import { openPool, type Pool } from './pool.ts';
import { decodeReport, type Report } from './report-document.ts';

/** A file to read, and its name in reports. */
export interface ReportFile {
  readonly path: string;
  readonly file: string;
}

/** The verdicts of many jobs as one. Its outcome is still to be combined of all that is in it. */
export interface MergedReports extends Omit<Verdict, 'outcome'> {
  /** What the reports themselves came to. */
  readonly outcomes: readonly Outcome[];
}

interface FiledReport extends Report {
  readonly file: string;
}

const MOST_FILES = 2_000;
const MOST_BYTES_OF_A_FILE = 32 * 1024 * 1024;
const MOST_FINDINGS = 2_000_000;

/**
 * Reads report.json files and merges them. What cannot be used is a problem at its file; the others are merged all the same.
 *
 * @param own the repository of this run: places in any other are named with it
 */
export function mergeReports(files: readonly ReportFile[], own: string | undefined): MergedReports {
  if (files.length > MOST_FILES) {
    const message = `It names ${files.length} files; at most ${MOST_FILES} are merged.`;
    return merged([], [{ place: { kind: 'input', input: 'reports' }, message }]);
  }
  const pool = openPool();
  const reports: FiledReport[] = [];
  const problems: Problem[] = [];
  let findings = 0;
  for (const { path, file } of files) {
    const place: Place = { kind: 'file', file, line: 1 };
    const read = readTextFile(path, MOST_BYTES_OF_A_FILE);
    if (read.kind === 'unreadable') {
      problems.push({ place, message: `This report cannot be read: it ${read.reason}.` });
      continue;
    }
    const decoded = decodeReport(read.text, pool);
    if (decoded.kind === 'invalid') {
      problems.push({ place, message: `This report cannot be used: it ${decoded.reason}.`, hint: decoded.hint });
      continue;
    }
    findings += decoded.report.verdict.clusters.reduce((sum, cluster) => sum + cluster.findings.length, 0);
    if (findings > MOST_FINDINGS) {
      problems.push({ place, message: `The reports up to this one have more than ${MOST_FINDINGS} findings.` });
      break;
    }
    reports.push({ ...decoded.report, file });
  }
  // Outside of a repository, reports of one need no mark to be told apart.
  const repositories = new Set(
    [own, ...reports.map(({ repository }) => repository)].filter((each) => each !== undefined),
  );
  return merged(
    reports.map(({ verdict, ...report }) => {
      const { repository } = report;
      const isForeign = repository !== undefined && repository !== own && repositories.size > 1;
      return { ...report, verdict: isForeign ? inRepository(verdict, repository, pool) : verdict };
    }),
    problems,
  );
}

function merged(all: readonly FiledReport[], faults: readonly Problem[]): MergedReports {
  const problems = [...faults];
  const seen = new Map<string, string>();
  const reports = all.filter(({ repository, verdict, file }) => {
    const place: Place = { kind: 'file', file, line: 1 };
    if (verdict.error !== undefined) {
      const { message, outcome, hint } = verdict.error;
      problems.push({
        place,
        message: `The job ended before it judged a cluster (${outcome}): ${message}`,
        hint,
      });
    }
    const repeated = verdict.clusters.find(({ cluster }) => seen.has(JSON.stringify([repository, cluster])));
    if (repeated !== undefined) {
      const other = seen.get(JSON.stringify([repository, repeated.cluster]));
      problems.push({
        place,
        message: `This is a second report on ${repeated.cluster}; ${other} is one too.`,
        hint: 'Give each job that judges a cluster a name of its own for it with `cluster`, or leave one report out with a pattern that begins with !.',
      });
      return false;
    }
    for (const { cluster } of verdict.clusters) seen.set(JSON.stringify([repository, cluster]), file);
    return true;
  });
  return {
    clusters: mergedClusters(reports),
    problems: distinct([...problems, ...reports.flatMap(({ verdict }) => verdict.problems)]),
    warnings: distinct(reports.flatMap(({ verdict }) => verdict.warnings)),
    notJudged: mergedCounts(reports),
    outcomes: all.map(({ verdict }) => verdict.outcome),
  };
}

function distinct<T extends Problem | Warning>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** The jobs of a fleet count the same objects; repositories count objects of their own. */
function mergedCounts(reports: readonly Report[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const ofOne of Map.groupBy(reports, ({ repository }) => repository).values()) {
    const most = new Map<string, number>();
    for (const [type, number] of ofOne.flatMap(({ verdict }) => Object.entries(verdict.notJudged))) {
      most.set(type, Math.max(most.get(type) ?? 0, number));
    }
    for (const [type, number] of most) sums.set(type, (sums.get(type) ?? 0) + number);
  }
  return Object.fromEntries(sums);
}

/** Clusters by name. One that several repositories reported on is one cluster, with the findings of all. */
function mergedClusters(reports: readonly Report[]): readonly ClusterVerdict[] {
  const byName = Map.groupBy(
    reports.flatMap(({ repository, verdict }) => verdict.clusters.map((cluster) => ({ repository, cluster }))),
    ({ cluster }) => cluster.cluster,
  );
  const clusters = [...byName.values()].flatMap((parts) => {
    const judged = parts.map(({ cluster }) => cluster).filter(({ error }) => error === undefined);
    const [first] = judged;
    return [
      ...(first === undefined ? [] : [judged.length === 1 ? first : joined(first, judged)]),
      ...parts
        .filter(({ cluster }) => cluster.error !== undefined)
        .map(({ repository, cluster }) =>
          parts.length === 1
            ? cluster
            : { ...cluster, cluster: `${cluster.cluster} (${repository ?? 'no repository'})` },
        ),
    ];
  });
  return clusters.sort((left, right) => (left.cluster < right.cluster ? -1 : Number(left.cluster > right.cluster)));
}

function joined(first: ClusterVerdict, parts: readonly ClusterVerdict[]): ClusterVerdict {
  const capabilities = parts.slice(1).map((part) => new Set(part.capabilities));
  const failing = parts.filter(({ outcome }) => outcome !== 'compatible').map(({ outcome }) => outcome);
  const drifts = parts.map(({ drift }) => drift).filter((drift) => drift !== undefined);
  return {
    ...first,
    outcome: failing.includes('incompatible') ? 'incompatible' : (failing[0] ?? 'compatible'),
    findings: parts.flatMap(({ findings }): readonly Finding[] => findings),
    warnings: distinct(parts.flatMap(({ warnings }) => warnings)),
    ageMs: Math.max(...parts.map(({ ageMs = 0 }) => ageMs)),
    capabilities: first.capabilities.filter((name) => capabilities.every((served) => served.has(name))),
    drift: joinedDrift(drifts),
  };
}

function joinedDrift(drifts: readonly Drift[]): Drift | undefined {
  const [first] = drifts;
  if (first === undefined || drifts.length === 1) return first;
  const changes = Map.groupBy(
    drifts.flatMap((drift) => drift.changes),
    ({ neededBy: _, ...change }) => JSON.stringify(change),
  );
  return {
    since: Math.min(...drifts.map(({ since }) => since)),
    changes: [...changes.values()].flatMap(([change, ...others]) =>
      change === undefined ? [] : [{ ...change, neededBy: [change, ...others].flatMap(({ neededBy }) => neededBy) }],
    ),
    unknown: [...new Set(drifts.flatMap(({ unknown }) => unknown))],
    fails: drifts.some(({ fails }) => fails),
  };
}

/** The verdict with every place marked as one of another repository, unless it is of a third one. */
function inRepository(verdict: Verdict, repository: string, pool: Pool): Verdict {
  const at = <P extends Place>(place: P): P => (place.repository === undefined ? { ...place, repository } : place);
  const finding = (found: Finding): Finding => ({
    ...found,
    requirement: pool.shared(repository, found.requirement, () => ({
      ...found.requirement,
      place: at(found.requirement.place),
    })),
    ...(found.acceptance === undefined
      ? {}
      : { acceptance: { ...found.acceptance, place: at(found.acceptance.place) } }),
  });
  const warning = (each: Warning): Warning => (each.place === undefined ? each : { ...each, place: at(each.place) });
  return {
    ...verdict,
    clusters: verdict.clusters.map((cluster) => ({
      ...cluster,
      findings: cluster.findings.map(finding),
      warnings: cluster.warnings.map(warning),
      drift:
        cluster.drift === undefined
          ? undefined
          : {
              ...cluster.drift,
              changes: cluster.drift.changes.map((change) => ({
                ...change,
                neededBy: change.neededBy.map((needed) => ({ ...needed, place: at(needed.place) })),
              })),
            },
    })),
    problems: verdict.problems.map((problem) => ({ ...problem, place: at(problem.place) })),
    warnings: verdict.warnings.map(warning),
  };
}
