import { assertNever } from '../model/assert-never.ts';
import type { GateError } from '../model/errors.ts';
import type { FieldRule } from '../model/field-fault.ts';
import { formatPlace, type Place, type Problem } from '../model/place.ts';
import type { ManifestObject } from '../model/requirement.ts';
import type { Drift, Finding, Verdict, Warning } from '../model/verdict.ts';
import { describeChange, describeNeed, driftInNumbers, momentOf } from './drift.ts';
import { list, where } from './phrases.ts';

/** What a remark is about, from what matters most to what matters least. Programs branch on it: SARIF's rule ids are these. */
export const RULES = [
  'cluster-not-judged',
  'missing-api',
  'forbidden-api',
  'removed-by-target',
  'field-unknown',
  'field-type',
  'field-value',
  'field-required',
  'field-enum',
  'field-limit',
  'drift',
  'unusable-input',
  'unknown-api',
  'deprecated-api',
  'notice',
] as const;

export type Rule = (typeof RULES)[number];

/** One thing that a person should be told, the same one on several clusters told once. */
export interface Remark {
  readonly rule: Rule;
  /** An error turns the job red; a warning does not. */
  readonly severity: 'error' | 'warning';
  /** The requirement as written; empty where the remark is not about one. */
  readonly subject: string;
  /** One line. */
  readonly title: string;
  readonly message: string;
  readonly advice?: string | undefined;
  readonly clusters: readonly string[];
  readonly place?: Place | undefined;
  readonly object?: ManifestObject | undefined;
  /** Not for an annotation: it would mark every run, and changes nothing. */
  readonly isQuiet?: boolean | undefined;
  /** The field that it is about, from the object's root. */
  readonly field?: string | undefined;
}

/** The rule that speaks of a finding; nothing where all is well, or where a person accepted it. */
export function ruleOf(finding: Finding): Rule | undefined {
  if (finding.acceptance !== undefined) return undefined;
  const { field } = finding;
  if (field !== undefined && finding.met !== 'yes') return field.rule === 'field-unjudged' ? 'unknown-api' : field.rule;
  switch (finding.met) {
    case 'no':
      return finding.requirement.negated ? 'forbidden-api' : 'missing-api';
    case 'unknown':
      return 'unknown-api';
    case 'yes':
      if (finding.lifecycle.some(({ kind }) => kind === 'removed-by-target')) return 'removed-by-target';
      if (finding.lifecycle.length > 0) return 'deprecated-api';
      return undefined;
    default:
      return assertNever(finding.met);
  }
}

/** What an annotation of a field begins with. */
const FIELD_TITLES: Readonly<Record<FieldRule, string>> = {
  'field-unknown': 'Unknown field',
  'field-type': 'Wrong type',
  'field-value': 'Wrong value',
  'field-required': 'Missing field',
  'field-enum': 'Value not among the choices',
  'field-limit': 'Value out of bounds',
};

function titleOf(rule: Rule, finding: Finding, clusters: readonly string[]): string {
  const { text, anyOf } = finding.requirement;
  const on = list(clusters);
  const { field } = finding;
  if (field !== undefined && finding.met === 'yes') return `Removed by the target version: ${field.path}`;
  if (field?.rule === 'field-unjudged') return `Fields not judged on ${on}: ${text}`;
  if (field !== undefined) return `${FIELD_TITLES[field.rule]} on ${on}: ${field.path}`;
  switch (rule) {
    case 'missing-api':
      return anyOf[0].kind === 'server-version'
        ? `Server version not met on ${on}: ${text}`
        : `Missing on ${on}: ${text}`;
    case 'forbidden-api':
      return `Served on ${on}, but must not be: ${text}`;
    case 'unknown-api':
      return `Unknown on ${on}: ${text}`;
    case 'removed-by-target':
      return `Removed by the target version: ${text}`;
    case 'deprecated-api':
      return `Deprecated: ${text}`;
    default:
      return text;
  }
}

/** What there is to say of a finding, in words; the lifecycle speaks first where it alone is at fault. */
function messageOf(rule: Rule, finding: Finding): { readonly message: string; readonly advice?: string | undefined } {
  const notes = finding.lifecycle.map(({ message }) => message);
  const told = rule === 'removed-by-target' || rule === 'deprecated-api' ? notes : [finding.explanation, ...notes];
  const message = told.filter((part, index) => part !== '' && told.indexOf(part) === index).join('\n');
  return { message, advice: finding.advice };
}

interface Told {
  readonly finding: Finding;
  readonly rule: Rule;
  /** Message and advice, each with the clusters on which it holds. */
  readonly versions: Map<string, { message: string; advice?: string | undefined; clusters: string[] }>;
}

function remarkOf({ finding, rule, versions }: Told): Remark {
  const told = [...versions.values()];
  const clusters = told.flatMap((version) => version.clusters);
  const [first] = told;
  const advices = new Set(told.map(({ advice }) => advice).filter((advice) => advice !== undefined));
  const { requirement } = finding;
  return {
    rule,
    severity: finding.fails ? 'error' : 'warning',
    subject: requirement.text,
    title: titleOf(rule, finding, clusters),
    message:
      told.length === 1 && first !== undefined
        ? first.message
        : told.map((version) => `On ${list(version.clusters)}: ${version.message}`).join('\n'),
    ...(advices.size === 0 ? {} : { advice: [...advices].join('\n') }),
    clusters,
    place: requirement.place,
    object: requirement.object,
    field: finding.field === undefined ? undefined : finding.field.path,
  };
}

function remarksOfFindings(findings: Iterable<Finding>): readonly Remark[] {
  const joined = new Map<string, Told>();
  for (const finding of findings) {
    const rule = ruleOf(finding);
    if (rule === undefined) continue;
    const { text, place, object } = finding.requirement;
    const { path } = finding.field ?? {};
    const key = JSON.stringify([rule, finding.fails, text, path, formatPlace(place), object?.namespace, object?.name]);
    const told: Told = joined.get(key) ?? { finding, rule, versions: new Map() };
    joined.set(key, told);
    const words = messageOf(rule, finding);
    const version = JSON.stringify([words.message, words.advice]);
    const same = told.versions.get(version) ?? { ...words, clusters: [] };
    if (!same.clusters.includes(finding.cluster)) same.clusters.push(finding.cluster);
    told.versions.set(version, same);
  }
  return [...joined.values()].map(remarkOf);
}

function remarkOfProblem(problem: Problem): Remark {
  return {
    rule: 'unusable-input',
    severity: 'error',
    subject: '',
    title: `Cannot be used: ${where(problem.place)}`,
    message: problem.message,
    advice: problem.hint,
    clusters: [],
    place: problem.place,
  };
}

/** An error as remarks: each of its problems at its own place, or, where it has none, itself. */
function remarksOfError(error: GateError, cluster: string | undefined): readonly Remark[] {
  if (error.problems.length > 0) return error.problems.map(remarkOfProblem);
  return [
    {
      rule: error.outcome === 'invalid-input' && cluster === undefined ? 'unusable-input' : 'cluster-not-judged',
      severity: 'error',
      subject: '',
      title: cluster === undefined ? `kube-api-gate: ${error.outcome}` : `${cluster} was not judged: ${error.outcome}`,
      message: error.message,
      advice: error.hint,
      clusters: cluster === undefined ? [] : [cluster],
    },
  ];
}

function remarksOfWarnings(
  told: Iterable<{ readonly warning: Warning; readonly cluster?: string | undefined }>,
): readonly Remark[] {
  const joined = new Map<string, { warning: Warning; clusters: string[] }>();
  for (const { warning, cluster } of told) {
    const key = JSON.stringify([warning.message, warning.place, warning.isQuiet]);
    const same = joined.get(key) ?? { warning, clusters: [] };
    if (cluster !== undefined && !same.clusters.includes(cluster)) same.clusters.push(cluster);
    joined.set(key, same);
  }
  return [...joined.values()].map(({ warning, clusters }) => ({
    rule: 'notice',
    severity: 'warning',
    subject: '',
    title: clusters.length === 0 ? 'Worth knowing' : `Worth knowing about ${list(clusters)}`,
    message: warning.message,
    clusters,
    place: warning.place,
    isQuiet: warning.isQuiet,
  }));
}

const CHANGES_NAMED = 20;

/** The drift of a cluster as one remark, at the first line of this change that depends on what was lost. */
function remarkOfDrift(cluster: string, drift: Drift): Remark {
  const [needed] = drift.changes.flatMap(({ neededBy }) => neededBy);
  const named = drift.changes.slice(0, CHANGES_NAMED).map((change) => {
    const need = describeNeed(change);
    return need === '' ? describeChange(change) : `${describeChange(change)}, ${need}`;
  });
  const more = drift.changes.length - named.length;
  return {
    rule: 'drift',
    severity: drift.fails ? 'error' : 'warning',
    subject: '',
    title: `${cluster} changed since ${momentOf(drift.since)}`,
    message: [
      `${cluster} since ${momentOf(drift.since)}: ${driftInNumbers(drift)}.`,
      ...named,
      ...(more === 0 ? [] : [`and ${more} more`]),
    ].join('\n'),
    ...(drift.fails
      ? { advice: 'If this is as it should be, write the earlier snapshot again with `save-snapshots`.' }
      : {}),
    clusters: [cluster],
    place: needed === undefined ? undefined : needed.place,
    object: needed?.object === undefined ? undefined : needed.object,
  };
}

/** Remarks that say the same of different places, by what of them is to be the same; the first of each leads. */
export function joinAlike(
  remarks: readonly Remark[],
  saying: (remark: Remark) => readonly unknown[],
): readonly (readonly [Remark, ...Remark[]])[] {
  const joined = new Map<string, [Remark, ...Remark[]]>();
  for (const remark of remarks) {
    const key = JSON.stringify(saying(remark));
    const same = joined.get(key);
    if (same === undefined) joined.set(key, [remark]);
    else same.push(remark);
  }
  return [...joined.values()];
}

function rank({ severity, rule }: Remark): number {
  return (severity === 'error' ? 0 : RULES.length) + RULES.indexOf(rule);
}

/** All that the verdict has to say beyond "served": errors first, what matters most before what matters less, else in the order of the input. */
export function remarksOf(verdict: Verdict): readonly Remark[] {
  const known = KNOWN.get(verdict) ?? allRemarks(verdict);
  KNOWN.set(verdict, known);
  return known;
}

/** Every report asks for them, and of a fleet there are many. */
const KNOWN = new WeakMap<Verdict, readonly Remark[]>();

function allRemarks(verdict: Verdict): readonly Remark[] {
  const { clusters } = verdict;
  const remarks = [
    ...(verdict.error === undefined ? [] : remarksOfError(verdict.error, undefined)),
    ...clusters.flatMap(({ cluster, error }) => (error === undefined ? [] : remarksOfError(error, cluster))),
    ...clusters.flatMap(({ cluster, drift }) =>
      drift === undefined || drift.changes.length === 0 ? [] : [remarkOfDrift(cluster, drift)],
    ),
    ...remarksOfFindings(clusters.flatMap(({ findings }) => findings)),
    ...verdict.problems.map(remarkOfProblem),
    ...remarksOfWarnings([
      ...verdict.warnings.map((warning) => ({ warning })),
      ...clusters.flatMap(({ cluster, warnings }) => warnings.map((warning) => ({ warning, cluster }))),
    ]),
  ];
  return remarks.sort((left, right) => rank(left) - rank(right));
}
