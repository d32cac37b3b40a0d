import { GateError } from '../model/errors.ts';
import type { Place, Problem } from '../model/place.ts';
import type { Requirement } from '../model/requirement.ts';
import type { ClusterVerdict, Finding, Verdict, Warning } from '../model/verdict.ts';

type MapText = (text: string) => string;

/** `{ [key]: map(text) }`, or nothing for nothing: optional fields stay absent. */
function optional<Key extends string>(
  key: Key,
  text: string | undefined,
  map: MapText,
): { readonly [K in Key]?: string } {
  return text === undefined ? {} : ({ [key]: map(text) } as { readonly [K in Key]?: string });
}

function mapPlace(place: Place, map: MapText): Place {
  if (place.kind === 'input') return { ...place, input: map(place.input) };
  return { ...place, file: map(place.file), ...optional('template', place.template, map) };
}

function mapProblem({ place, message, hint }: Problem, map: MapText): Problem {
  return { place: mapPlace(place, map), message: map(message), ...optional('hint', hint, map) };
}

function mapWarning({ message, place }: Warning, map: MapText): Warning {
  return { message: map(message), ...(place === undefined ? {} : { place: mapPlace(place, map) }) };
}

function mapError(error: GateError, map: MapText): GateError {
  return new GateError(error.outcome, error.code, map(error.message), {
    ...optional('hint', error.hint, map),
    problems: error.problems.map((problem) => mapProblem(problem, map)),
    cause: error.cause,
  });
}

function mapRequirement(requirement: Requirement, map: MapText): Requirement {
  const { text, place, object } = requirement;
  return {
    ...requirement,
    text: map(text),
    place: mapPlace(place, map),
    ...(object === undefined
      ? {}
      : { object: { name: map(object.name), ...optional('namespace', object.namespace, map) } }),
  };
}

function mapFinding(finding: Finding, map: MapText): Finding {
  const { requirement, cluster, explanation, advice, lifecycle, acceptance } = finding;
  return {
    ...finding,
    requirement: mapRequirement(requirement, map),
    cluster: map(cluster),
    explanation: map(explanation),
    ...optional('advice', advice, map),
    lifecycle: lifecycle.map((note) => ({
      ...note,
      message: map(note.message),
      ...optional('replacement', note.replacement, map),
    })),
    ...(acceptance === undefined
      ? {}
      : { acceptance: { ...acceptance, reason: map(acceptance.reason), place: mapPlace(acceptance.place, map) } }),
  };
}

function mapCluster(verdict: ClusterVerdict, map: MapText): ClusterVerdict {
  const { cluster, findings, warnings, serverVersion, capabilities, error } = verdict;
  return {
    ...verdict,
    cluster: map(cluster),
    findings: findings.map((finding) => mapFinding(finding, map)),
    warnings: warnings.map((warning) => mapWarning(warning, map)),
    capabilities: capabilities.map(map),
    ...(serverVersion === undefined
      ? {}
      : {
          serverVersion: {
            gitVersion: map(serverVersion.gitVersion),
            major: map(serverVersion.major),
            minor: map(serverVersion.minor),
          },
        }),
    ...(error === undefined ? {} : { error: mapError(error, map) }),
  };
}

/** The verdict with `map` applied to every text that reports show. Requirements keep their parsed form, of which only `text` is shown. */
export function mapVerdict(verdict: Verdict, map: MapText): Verdict {
  const { clusters, problems, warnings, notJudged, error } = verdict;
  return {
    ...verdict,
    clusters: clusters.map((cluster) => mapCluster(cluster, map)),
    problems: problems.map((problem) => mapProblem(problem, map)),
    warnings: warnings.map((warning) => mapWarning(warning, map)),
    notJudged: Object.fromEntries(Object.entries(notJudged).map(([type, number]) => [map(type), number])),
    ...(error === undefined ? {} : { error: mapError(error, map) }),
  };
}
