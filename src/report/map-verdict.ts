import { GateError } from '../model/errors.ts';
import type { Place, Problem } from '../model/place.ts';
import type { ManifestObject, Requirement } from '../model/requirement.ts';
import type { ClusterVerdict, Drift, Finding, Verdict, Warning } from '../model/verdict.ts';

type MapText = (text: string) => string;

interface Mapping {
  readonly text: MapText;
  /** Of hints and advice. */
  readonly hint: MapText;
  readonly place: (place: Place) => Place;
  /** Those mapped so far: the findings of all clusters share them. */
  readonly requirements: Map<Requirement, Requirement>;
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
  const at = optional('repository', place.repository, map.text);
  if (place.kind === 'input') return map.place({ ...place, input: map.text(place.input), ...at });
  return map.place({ ...place, file: map.text(place.file), ...optional('template', place.template, map.text), ...at });
}

function mapProblem({ place, message, hint }: Problem, map: Mapping): Problem {
  return { place: mapPlace(place, map), message: map.text(message), ...optional('hint', hint, map.hint) };
}

function mapWarning({ message, place, isQuiet }: Warning, map: Mapping): Warning {
  return { message: map.text(message), isQuiet, place: place === undefined ? undefined : mapPlace(place, map) };
}

function mapError(error: GateError, map: Mapping): GateError {
  return new GateError(error.outcome, error.code, map.text(error.message), {
    ...optional('hint', error.hint, map.hint),
    problems: error.problems.map((problem) => mapProblem(problem, map)),
    cause: error.cause,
  });
}

function mapRequirement(requirement: Requirement, map: Mapping): Requirement {
  const known = map.requirements.get(requirement);
  if (known !== undefined) return known;
  const { text, place, object } = requirement;
  const mapped: Requirement = {
    ...requirement,
    text: map.text(text),
    place: mapPlace(place, map),
    object: object === undefined ? undefined : mapObject(object, map),
  };
  const kept = JSON.stringify(mapped) === JSON.stringify(requirement) ? requirement : mapped;
  map.requirements.set(requirement, kept);
  return kept;
}

/** The same finding, where nothing of it changes: of a fleet there are hundreds of thousands. */
function mapFinding(finding: Finding, map: Mapping): Finding {
  const { field, cluster, explanation, advice, lifecycle, acceptance } = finding;
  const requirement = mapRequirement(finding.requirement, map);
  const name = map.text(cluster);
  const found = map.text(explanation);
  const toDo = optional('advice', advice, map.hint);
  const isSame =
    requirement === finding.requirement && name === cluster && found === explanation && toDo.advice === advice;
  if (isSame && field === undefined && lifecycle.length === 0 && acceptance === undefined) return finding;
  return {
    ...finding,
    requirement,
    field: field === undefined ? undefined : { ...field, path: map.text(field.path) },
    cluster: name,
    explanation: found,
    ...toDo,
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

function mapDrift(drift: Drift, map: Mapping): Drift {
  return {
    ...drift,
    changes: drift.changes.map((change) => ({
      ...change,
      api: map.text(change.api),
      ...optional('from', change.from, map.text),
      ...optional('to', change.to, map.text),
      neededBy: change.neededBy.map(({ text, place, object }) => ({
        text: map.text(text),
        place: mapPlace(place, map),
        object: object === undefined ? undefined : mapObject(object, map),
      })),
    })),
    unknown: drift.unknown.map(map.text),
  };
}

function mapObject({ name, namespace }: ManifestObject, map: Mapping): ManifestObject {
  return { name: map.text(name), ...optional('namespace', namespace, map.text) };
}

function mapCluster(verdict: ClusterVerdict, map: Mapping): ClusterVerdict {
  const { cluster, findings, warnings, notJudged, serverVersion, capabilities, drift, error } = verdict;
  return {
    ...verdict,
    cluster: map.text(cluster),
    findings: findings.map((finding) => mapFinding(finding, map)),
    warnings: warnings.map((warning) => mapWarning(warning, map)),
    notJudged: notJudged === undefined ? undefined : mapCounts(notJudged, map),
    capabilities: capabilities.map(map.text),
    drift: drift === undefined ? undefined : mapDrift(drift, map),
    ...(serverVersion === undefined
      ? {}
      : {
          serverVersion: {
            gitVersion: map.text(serverVersion.gitVersion),
            major: map.text(serverVersion.major),
            minor: map.text(serverVersion.minor),
          },
        }),
    error: error === undefined ? undefined : mapError(error, map),
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
  const map: Mapping = { text, place, hint, requirements: new Map() };
  const { clusters, problems, warnings, notJudged, error } = verdict;
  return {
    ...verdict,
    clusters: clusters.map((cluster) => mapCluster(cluster, map)),
    problems: problems.map((problem) => mapProblem(problem, map)),
    warnings: warnings.map((warning) => mapWarning(warning, map)),
    notJudged: mapCounts(notJudged, map),
    error: error === undefined ? undefined : mapError(error, map),
  };
}
