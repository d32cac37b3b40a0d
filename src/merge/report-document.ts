import { type ErrorOutcome, GateError, type Outcome } from '../model/errors.ts';
import {
  type DocumentObject,
  expectFields,
  flag,
  InvalidDocument,
  object,
  objects,
  parseDocument,
  pathOf,
  text,
  texts,
} from '../model/json-document.ts';
import type { Place, Problem } from '../model/place.ts';
import { REPORT_VERSION } from '../model/report-version.ts';
import type { ManifestObject, Requirement } from '../model/requirement.ts';
import type {
  Acceptance,
  CacheUse,
  ClusterVerdict,
  Drift,
  DriftChange,
  FieldOfFinding,
  Finding,
  LifecycleNote,
  Standing,
  Verdict,
  Warning,
} from '../model/verdict.ts';
import type { Pool } from './pool.ts';

/** A report.json, with the repository and the commit that it is about, where it names them. */
export interface Report {
  readonly repository: string | undefined;
  readonly commit: string | undefined;
  readonly verdict: Verdict;
}

export type DecodedReport =
  | { readonly kind: 'report'; readonly report: Report }
  /** `reason` is to stand after "it". */
  | { readonly kind: 'invalid'; readonly reason: string; readonly hint: string };

/** Of one cluster. */
const MOST_FINDINGS = 1_000_000;

const AGAIN = 'Run the job that wrote it again.';
const SAME_VERSION =
  'Use the same version of kube-api-gate in the jobs that write reports and in the one that merges them.';

/**
 * Reads a report.json as untrusted input: the answer is a checked verdict, or the reason why it cannot be used.
 *
 * A field that is not known makes it invalid: what it says would be lost in the merged verdict.
 */
export function decodeReport(content: string, pool: Pool): DecodedReport {
  try {
    const document = parseDocument(content.replace(/^\uFEFF/, ''));
    const { version } = document.fields;
    if (typeof version !== 'number' || !Array.isArray(document.fields['clusters'])) {
      return {
        kind: 'invalid',
        reason: 'is not a report.json of kube-api-gate',
        hint: 'Correct the patterns of `reports`.',
      };
    }
    if (version !== REPORT_VERSION) {
      const reason = `has format version ${version}, and this kube-api-gate merges ${REPORT_VERSION}`;
      return { kind: 'invalid', reason, hint: SAME_VERSION };
    }
    return { kind: 'report', report: reportOf(document, pool) };
  } catch (thrown) {
    if (thrown instanceof UnknownField) return { kind: 'invalid', reason: thrown.message, hint: SAME_VERSION };
    return {
      kind: 'invalid',
      reason: `holds ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      hint: AGAIN,
    };
  }
}

class UnknownField extends Error {
  override readonly name = 'UnknownField';
}

/** Holds an object to the fields that this version reads. */
function expectOnly(owner: DocumentObject, required: readonly string[], optional: readonly string[] = []): void {
  expectFields(owner, required);
  for (const field of Object.keys(owner.fields)) {
    if (required.includes(field) || optional.includes(field)) continue;
    throw new UnknownField(`has the field ${pathOf(owner, field).slice(0, 200)}, which this version does not know`);
  }
}

const OUTCOMES: readonly Outcome[] = [
  'compatible',
  'incompatible',
  'undetermined',
  'unreachable',
  'denied',
  'invalid-input',
  'internal-error',
];

function oneOf<const Choice extends string>(owner: DocumentObject, field: string, choices: readonly Choice[]): Choice {
  const value = text(owner, field);
  const choice = choices.find((each) => each === value);
  if (choice === undefined)
    throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not one of ${choices.join(', ')}`);
  return choice;
}

function optionalText(owner: DocumentObject, field: string, pool: Pool): string | undefined {
  return owner.fields[field] === undefined ? undefined : pool.text(text(owner, field));
}

function count(owner: DocumentObject, field: string, least: number): number {
  const value = owner.fields[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw new InvalidDocument(`JSON whose ${pathOf(owner, field)} is not a whole number of at least ${least}`);
  }
  return value;
}

function reportOf(document: DocumentObject, pool: Pool): Report {
  expectOnly(
    document,
    ['version', 'outcome', 'clusters', 'problems', 'warnings', 'notJudged'],
    ['error', 'repository', 'commit'],
  );
  const outcome = oneOf(document, 'outcome', OUTCOMES);
  const clusters = objects(document, 'clusters').map((cluster) => clusterOf(cluster, pool));
  const problems = problemsIn(document, pool);
  const error = errorIn(document, pool);
  const isFailing =
    error !== undefined || problems.length > 0 || clusters.some((each) => each.outcome !== 'compatible');
  if ((outcome !== 'compatible') !== isFailing) {
    throw new InvalidDocument(`JSON whose outcome is ${outcome}, which is not what it says of its clusters`);
  }
  return {
    repository: optionalText(document, 'repository', pool),
    commit: optionalText(document, 'commit', pool),
    verdict: {
      outcome,
      clusters,
      problems,
      warnings: warningsIn(document, pool),
      notJudged: countsIn(document, 'notJudged'),
      error,
    },
  };
}

function countsIn(document: DocumentObject, field: string): Readonly<Record<string, number>> {
  const counts = object(document, field);
  if (counts === undefined) return {};
  return Object.fromEntries(Object.keys(counts.fields).map((name) => [name, count(counts, name, 0)]));
}

const CACHE_USES: readonly CacheUse[] = ['hit', 'revalidated', 'rechecked', 'miss', 'off', 'file'];

function clusterOf(cluster: DocumentObject, pool: Pool): ClusterVerdict {
  expectOnly(
    cluster,
    ['cluster', 'outcome', 'cache', 'findings', 'warnings', 'capabilities'],
    ['error', 'serverVersion', 'ageSeconds', 'drift'],
  );
  const name = pool.text(text(cluster, 'cluster'));
  const outcome = oneOf(cluster, 'outcome', OUTCOMES);
  const findings = findingsIn(cluster, name, pool);
  const error = errorIn(cluster, pool);
  const drift = driftIn(cluster, pool);
  const isFailing = error !== undefined || drift?.fails === true || findings.some(({ fails }) => fails);
  if ((outcome !== 'compatible') !== isFailing) {
    throw new InvalidDocument(
      `JSON whose ${pathOf(cluster, 'outcome')} is ${outcome}, which is not what its findings say`,
    );
  }
  const version = object(cluster, 'serverVersion');
  if (version !== undefined) expectOnly(version, ['gitVersion', 'major', 'minor']);
  return {
    cluster: name,
    outcome,
    findings,
    warnings: warningsIn(cluster, pool),
    cache: oneOf(cluster, 'cache', CACHE_USES),
    ageMs: cluster.fields['ageSeconds'] === undefined ? undefined : count(cluster, 'ageSeconds', 0) * 1000,
    ...(version === undefined
      ? {}
      : {
          serverVersion: {
            gitVersion: text(version, 'gitVersion'),
            major: text(version, 'major'),
            minor: text(version, 'minor'),
          },
        }),
    capabilities: texts(cluster, 'capabilities').map(pool.text),
    drift,
    error,
  };
}

const STANDINGS: readonly Standing[] = ['served', 'missing', 'unknown', 'provided', 'exempt'];
const MET: readonly Finding['met'][] = ['yes', 'no', 'unknown'];
const FIELD_RULES: readonly FieldOfFinding['rule'][] = [
  'field-unknown',
  'field-type',
  'field-value',
  'field-required',
  'field-enum',
  'field-limit',
  'field-unjudged',
];

function fieldIn(finding: DocumentObject, pool: Pool): { readonly field?: FieldOfFinding | undefined } {
  const field = object(finding, 'field');
  if (field === undefined) return {};
  expectOnly(field, ['rule', 'path']);
  return { field: { rule: oneOf(field, 'rule', FIELD_RULES), path: pool.text(text(field, 'path')) } };
}

/** Findings one by one, as they were before the report put those together that read the same. Of what is well, the last place stands for those left out. */
function findingsIn(cluster: DocumentObject, name: string, pool: Pool): readonly Finding[] {
  const records = objects(cluster, 'findings');
  const total = records.reduce((sum, record) => sum + count(record, 'count', 1), 0);
  if (total > MOST_FINDINGS)
    throw new InvalidDocument(`JSON with ${total} findings; at most ${MOST_FINDINGS} are read`);
  return records.flatMap((record) => {
    const found = objects(record, 'places').map((place) => findingOf(record, place, name, pool));
    const last = found.at(-1);
    if (last === undefined) throw new InvalidDocument(`JSON without a place in ${pathOf(record, 'places')}`);
    while (found.length < count(record, 'count', 1)) found.push(last);
    return found;
  });
}

function findingOf(finding: DocumentObject, at: DocumentObject, cluster: string, pool: Pool): Finding {
  expectOnly(
    finding,
    ['requirement', 'standing', 'met', 'fails', 'explanation', 'lifecycle', 'count', 'places'],
    ['advice', 'acceptance', 'field'],
  );
  return {
    requirement: pool.shared('requirement', [finding.fields['requirement'], at.fields], () =>
      requirementIn(finding, at, pool),
    ),
    ...fieldIn(finding, pool),
    cluster,
    standing: oneOf(finding, 'standing', STANDINGS),
    met: oneOf(finding, 'met', MET),
    fails: flag(finding, 'fails'),
    explanation: pool.text(text(finding, 'explanation')),
    advice: optionalText(finding, 'advice', pool),
    lifecycle: pool.shared('lifecycle', finding.fields['lifecycle'], () => objects(finding, 'lifecycle').map(noteOf)),
    acceptance: acceptanceIn(finding, pool),
  };
}

/** A report names a requirement by its text; of what it asks for, only the kind that titles tell apart is read out of that. */
function requirementIn(finding: DocumentObject, at: DocumentObject, pool: Pool): Requirement {
  const requirement = object(finding, 'requirement') ?? finding;
  expectOnly(requirement, ['text', 'negated']);
  const name = pool.text(text(requirement, 'text'));
  const range = /^server-version (.*)$/s.exec(name)?.[1];
  return {
    text: name,
    anyOf: [range === undefined ? { kind: 'group', group: name } : { kind: 'server-version', range }],
    negated: flag(requirement, 'negated'),
    place: placeOf(at, pool),
    object: objectIn(at, pool),
  };
}

function objectIn(owner: DocumentObject, pool: Pool): ManifestObject | undefined {
  const named = object(owner, 'object');
  if (named === undefined) return undefined;
  expectOnly(named, ['name'], ['namespace']);
  const namespace = optionalText(named, 'namespace', pool);
  return { name: pool.text(text(named, 'name')), namespace };
}

function noteOf(note: DocumentObject): LifecycleNote {
  expectOnly(note, ['kind', 'message'], ['replacement']);
  return {
    kind: oneOf(note, 'kind', ['deprecated', 'removed-by-target']),
    message: text(note, 'message'),
    replacement: note.fields['replacement'] === undefined ? undefined : text(note, 'replacement'),
  };
}

function acceptanceIn(finding: DocumentObject, pool: Pool): Acceptance | undefined {
  const acceptance = object(finding, 'acceptance');
  if (acceptance === undefined) return undefined;
  expectOnly(acceptance, ['kind', 'reason', 'place']);
  return {
    kind: oneOf(acceptance, 'kind', ['exemption', 'baseline']),
    reason: pool.text(text(acceptance, 'reason')),
    place: placeIn(acceptance, pool),
  };
}

function placeIn(owner: DocumentObject, pool: Pool): Place {
  const place = object(owner, 'place');
  if (place === undefined) throw new InvalidDocument(`JSON without ${pathOf(owner, 'place')}`);
  return placeOf(place, pool);
}

/** A place with an object beside it, which is for the caller to read. */
function placeOf(place: DocumentObject, pool: Pool): Place {
  const line = place.fields['line'] === undefined ? undefined : count(place, 'line', 1);
  const repository = optionalText(place, 'repository', pool);
  if (oneOf(place, 'kind', ['input', 'file']) === 'input') {
    expectOnly(place, ['kind', 'input'], ['line', 'repository', 'object']);
    return { kind: 'input', input: pool.text(text(place, 'input')), line, repository };
  }
  expectOnly(place, ['kind', 'file', 'line'], ['column', 'template', 'repository', 'object']);
  return {
    kind: 'file',
    file: pool.text(text(place, 'file')),
    line: count(place, 'line', 1),
    column: place.fields['column'] === undefined ? undefined : count(place, 'column', 1),
    template: optionalText(place, 'template', pool),
    repository,
  };
}

function problemsIn(owner: DocumentObject, pool: Pool): readonly Problem[] {
  return objects(owner, 'problems').flatMap((problem) => {
    expectOnly(problem, ['message', 'count', 'places'], ['hint']);
    const [message, hint] = [pool.text(text(problem, 'message')), optionalText(problem, 'hint', pool)];
    const places = objects(problem, 'places').map((place) => placeOf(place, pool));
    if (places.length === 0) throw new InvalidDocument(`JSON without a place in ${pathOf(problem, 'places')}`);
    return places.map((place) => ({ place, message, hint }));
  });
}

function warningsIn(owner: DocumentObject, pool: Pool): readonly Warning[] {
  return objects(owner, 'warnings').flatMap((warning): readonly Warning[] => {
    expectOnly(warning, ['message', 'count', 'places'], ['isQuiet']);
    const message = pool.text(text(warning, 'message'));
    const isQuiet = warning.fields['isQuiet'] === undefined ? undefined : flag(warning, 'isQuiet');
    const places = objects(warning, 'places').map((place) => placeOf(place, pool));
    return places.length === 0 ? [{ message, isQuiet }] : places.map((place) => ({ message, place, isQuiet }));
  });
}

function errorIn(owner: DocumentObject, pool: Pool): GateError | undefined {
  const error = object(owner, 'error');
  if (error === undefined) return undefined;
  expectOnly(error, ['outcome', 'code', 'message', 'problems'], ['hint']);
  const outcome = oneOf(
    error,
    'outcome',
    OUTCOMES.filter((each): each is ErrorOutcome => each !== 'compatible' && each !== 'incompatible'),
  );
  const hint = optionalText(error, 'hint', pool);
  return new GateError(outcome, text(error, 'code'), text(error, 'message'), {
    hint,
    problems: problemsIn(error, pool),
  });
}

const CHANGES: readonly DriftChange['kind'][] = ['lost', 'changed', 'gained'];
const CHANGED: readonly DriftChange['what'][] = [
  'group-version',
  'resource',
  'kind',
  'scope',
  'verbs',
  'preferred-version',
  'server-version',
];

function driftIn(cluster: DocumentObject, pool: Pool): Drift | undefined {
  const drift = object(cluster, 'drift');
  if (drift === undefined) return undefined;
  expectOnly(drift, ['since', 'changes', 'unknown', 'fails']);
  const since = Date.parse(text(drift, 'since'));
  if (Number.isNaN(since)) throw new InvalidDocument(`JSON whose ${pathOf(drift, 'since')} is not a time`);
  return {
    since,
    changes: objects(drift, 'changes').map((change) => {
      expectOnly(change, ['kind', 'what', 'api', 'neededBy'], ['from', 'to']);
      return {
        kind: oneOf(change, 'kind', CHANGES),
        what: oneOf(change, 'what', CHANGED),
        api: text(change, 'api'),
        from: optionalText(change, 'from', pool),
        to: optionalText(change, 'to', pool),
        neededBy: objects(change, 'neededBy').map((needed) => {
          expectOnly(needed, ['text', 'place'], ['object']);
          return { text: text(needed, 'text'), place: placeIn(needed, pool), object: objectIn(needed, pool) };
        }),
      };
    }),
    unknown: texts(drift, 'unknown'),
    fails: flag(drift, 'fails'),
  };
}
