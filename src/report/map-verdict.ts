import { GateError } from '../model/errors.ts';
import type { Place, Problem } from '../model/place.ts';
import type { Requirement } from '../model/requirement.ts';
import type { ClusterVerdict, Finding, Verdict, Warning } from '../model/verdict.ts';

type MapText = (text: string) => string;

interface Mapping {
  readonly text: MapText;
  /** Of hints and advice. */
  readonly hint: MapText;
  readonly place: (place: Place) => Place;
}

/** `{ [key]: map(text) }`, or nothing for nothing: optional fields stay absent. */
function optional<Key extends string>(
  key: Key,
  text: string | undefined,
  map: MapText,
): { readonly [K in Key]?: string } {
  return text === undefined ? {} : ({ [key]: map(text) } as { readonly [K in Key]?: string });
}

function mapPlace(place: Place, map: Mapping): Place {
  if (place.kind === 'input') return map.place({ ...place, input: map.text(place.input) });
  return map.place({ ...place, file: map.text(place.file), ...optional('template', place.template, map.text) });
}

function mapProblem({ place, message, hint }: Problem, map: Mapping): Problem {
  return { place: mapPlace(place, map), message: map.text(message), ...optional('hint', hint, map.hint) };
}

function mapWarning({ message, place, isQuiet }: Warning, map: Mapping): Warning {
  return { message: map.text(message), isQuiet, ...(place === undefined ? {} : { place: mapPlace(place, map) }) };
}

function mapError(error: GateError, map: Mapping): GateError {
  return new GateError(error.outcome, error.code, map.text(error.message), {
    ...optional('hint', error.hint, map.hint),
    problems: error.problems.map((problem) => mapProblem(problem, map)),
    cause: error.cause,
  });
}

function mapRequirement(requirement: Requirement, map: Mapping): Requirement {
  const { text, place, object } = requirement;
  return {
    ...requirement,
    text: map.text(text),
    place: mapPlace(place, map),
    ...(object === undefined
      ? {}
      : { object: { name: map.text(object.name), ...optional('namespace', object.namespace, map.text) } }),
  };
}

function mapFinding(finding: Finding, map: Mapping): Finding {
  const { requirement, field, cluster, explanation, advice, lifecycle, acceptance } = finding;
  return {
    ...finding,
    requirement: mapRequirement(requirement, map),
    ...(field === undefined ? {} : { field: { ...field, path: map.text(field.path) } }),
    cluster: map.text(cluster),
    explanation: map.text(explanation),
    ...optional('advice', advice, map.hint),
    lifecycle: lifecycle.map((note) => ({
      ...note,
      message: map.text(note.message),
      ...optional('replacement', note.replacement, map.text),
    })),
    ...(acceptance === undefined
      ? {}
      : { acceptance: { ...acceptance, reason: map.text(acceptance.reason), place: mapPlace(acceptance.place, map) } }),
  };
}

function mapCluster(verdict: ClusterVerdict, map: Mapping): ClusterVerdict {
  const { cluster, findings, warnings, notJudged, serverVersion, capabilities, error } = verdict;
  return {
    ...verdict,
    cluster: map.text(cluster),
    findings: findings.map((finding) => mapFinding(finding, map)),
    warnings: warnings.map((warning) => mapWarning(warning, map)),
    ...(notJudged === undefined ? {} : { notJudged: mapCounts(notJudged, map) }),
    capabilities: capabilities.map(map.text),
    ...(serverVersion === undefined
      ? {}
      : {
          serverVersion: {
            gitVersion: map.text(serverVersion.gitVersion),
            major: map.text(serverVersion.major),
            minor: map.text(serverVersion.minor),
          },
        }),
    ...(error === undefined ? {} : { error: mapError(error, map) }),
  };
}

/** Counts by what is counted. */
function mapCounts(counts: Verdict['notJudged'], { text }: Mapping): Verdict['notJudged'] {
  return Object.fromEntries(Object.entries(counts).map(([type, number]) => [text(type), number]));
}

/**
 * The verdict with `text` applied to every text that reports show, `hint` in its place to hints and advice, and then `place` to every place.
 * Requirements keep their parsed form, of which only `text` is shown.
 */
export function mapVerdict(
  verdict: Verdict,
  text: MapText,
  { place = (same) => same, hint = text }: Partial<Pick<Mapping, 'place' | 'hint'>> = {},
): Verdict {
  const map: Mapping = { text, place, hint };
  const { clusters, problems, warnings, notJudged, error } = verdict;
  return {
    ...verdict,
    clusters: clusters.map((cluster) => mapCluster(cluster, map)),
    problems: problems.map((problem) => mapProblem(problem, map)),
    warnings: warnings.map((warning) => mapWarning(warning, map)),
    notJudged: mapCounts(notJudged, map),
    ...(error === undefined ? {} : { error: mapError(error, map) }),
  };
}
