import { assertNever } from '../model/assert-never.ts';
import { formatPlace } from '../model/place.ts';
import type { ClusterVerdict, Finding, Verdict } from '../model/verdict.ts';
import { count, list, OUTCOME_WORD } from './phrases.ts';

/** How many findings stand how. Each counts in exactly one of the first five. */
export interface Tally {
  readonly met: number;
  readonly notMet: number;
  readonly unknown: number;
  readonly accepted: number;
  /** Fields that do not fit. */
  readonly fields: number;
  readonly failing: number;
}

export function tally(findings: readonly Finding[]): Tally {
  const open = findings.filter(({ acceptance }) => acceptance === undefined);
  const apis = open.filter((finding) => !isOfField(finding));
  return {
    met: apis.filter(({ met }) => met === 'yes').length,
    notMet: apis.filter(({ met }) => met === 'no').length,
    unknown: apis.filter(({ met }) => met === 'unknown').length,
    accepted: findings.length - open.length,
    fields: open.filter((finding) => isOfField(finding) && finding.met !== 'yes').length,
    failing: findings.filter(({ fails }) => fails).length,
  };
}

/** Whether a finding is about a field that does not fit, and not about an API. */
export function isOfField({ field }: Finding): boolean {
  return field !== undefined && field.rule !== 'field-unjudged';
}

/** How many fields of how many objects do not fit, the same one on several clusters counted once. */
function fields(findings: readonly Finding[]): number {
  return new Set(
    findings
      .filter((finding) => isOfField(finding) && finding.acceptance === undefined)
      .map(({ requirement: { text, place, object }, field }) =>
        JSON.stringify([text, field?.path, formatPlace(place), object?.namespace, object?.name]),
      ),
  ).size;
}

function fieldsDoNotFit(number: number): string {
  return number === 1 ? '1 field does not fit' : `${number} fields do not fit`;
}

/** How many requirements the findings are about, the same one on several clusters counted once. */
function requirements(findings: readonly Finding[]): number {
  const distinct = new Set(findings.filter(({ field }) => field === undefined).map(({ requirement }) => requirement));
  return new Set(
    [...distinct].map(({ text, place, object }) =>
      JSON.stringify([text, formatPlace(place), object?.namespace, object?.name]),
    ),
  ).size;
}

function names(clusters: readonly ClusterVerdict[]): string {
  return list(clusters.map(({ cluster }) => cluster));
}

function of(part: number, all: number): string {
  return part === all ? count(all, 'requirement') : `${part} of ${count(all, 'requirement')}`;
}

function be(number: number): string {
  return number === 1 ? 'is' : 'are';
}

function incompatible(verdict: Verdict, all: number): string {
  const failing = verdict.clusters.flatMap(({ findings }) => findings.filter(({ fails }) => fails));
  const affected = verdict.clusters.filter(({ findings }) => findings.some(({ fails }) => fails));
  const said: readonly (readonly [string, number])[] = [
    ['not met', requirements(failing.filter(({ met }) => met === 'no'))],
    ['unknown', requirements(failing.filter(({ met }) => met === 'unknown'))],
    ['deprecated or to be removed', requirements(failing.filter(({ met }) => met === 'yes'))],
  ];
  const [first, ...others] = said.filter(([, number]) => number > 0);
  const unfit = fields(failing);
  if (first === undefined) {
    if (unfit === 0) return drifted(verdict) ?? 'what was asked for does not hold';
    return `${fieldsDoNotFit(unfit)} on ${names(affected)}`;
  }
  const rest = [
    ...others.map(([word, number]) => `, ${number} ${be(number)} ${word}`),
    ...(unfit === 0 ? [] : [`, ${fieldsDoNotFit(unfit)}`]),
  ].join('');
  return `${of(first[1], all)} ${be(first[1])} ${first[0]} on ${names(affected)}${rest}`;
}

function drifted({ clusters }: Verdict): string | undefined {
  const changed = clusters.filter(({ drift }) => (drift?.changes.length ?? 0) > 0);
  if (changed.length === 0) return undefined;
  return `${names(changed)} changed since ${changed.length === 1 ? 'its earlier snapshot' : 'their earlier snapshots'}`;
}

function unchanged(verdict: Verdict): string {
  if (verdict.clusters.every(({ drift }) => drift === undefined)) return '';
  return `, and ${drifted(verdict) ?? 'nothing changed since the earlier snapshots'}`;
}

function isLetPass({ met, fails, acceptance }: Finding): boolean {
  return met !== 'yes' && !fails && acceptance === undefined;
}

/** Whether the job is green although something is not met or unknown that nobody accepted: `fail-on` leaves it out. */
export function isNotEnforced({ outcome, clusters }: Verdict): boolean {
  return outcome === 'compatible' && clusters.some(({ findings }) => findings.some(isLetPass));
}

function compatible(verdict: Verdict, all: number): string {
  const on = names(verdict.clusters);
  const findings = verdict.clusters.flatMap((cluster) => cluster.findings);
  const accepted = requirements(findings.filter(({ acceptance }) => acceptance !== undefined));
  const notMet = requirements(findings.filter(({ met, acceptance }) => met === 'no' && acceptance === undefined));
  const open = requirements(findings.filter(isLetPass));
  const letPass = [
    ...(notMet === 0 ? [] : [`${notMet} not met`]),
    ...(open === notMet ? [] : [`${open - notMet} unknown`]),
  ];
  const exceptions = [
    ...(open === 0 ? [] : [`${letPass.join(' and ')}, which fail-on lets pass`]),
    ...(accepted === 0 ? [] : [`${accepted} not met, but accepted`]),
  ];
  const unfit = fields(findings.filter(({ met }) => met !== 'yes'));
  const warned = unfit === 0 ? '' : `; ${fieldsDoNotFit(unfit)}, which fails nothing`;
  if (all === 0) return `nothing was required of ${on}${unchanged(verdict)}`;
  const met = all - open - accepted;
  if (exceptions.length > 0)
    return `${met} of ${count(all, 'requirement')} ${be(all === 1 ? 1 : met)} met on ${on}; ${exceptions.join('; ')}${warned}`;
  return all === 1
    ? `the one requirement is met on ${on}${warned}`
    : `all ${all} requirements are met on ${on}${warned}`;
}

function sentence(verdict: Verdict): string {
  const { error, clusters, problems, outcome } = verdict;
  const all = requirements(clusters.flatMap(({ findings }) => findings));
  if (error !== undefined) return error.message;
  const halted = clusters.filter((cluster) => cluster.error !== undefined);
  switch (outcome) {
    case 'compatible':
      return compatible(verdict, all);
    case 'incompatible':
      return incompatible(verdict, all);
    case 'undetermined': {
      const unknown = clusters.flatMap(({ findings }) =>
        findings.filter(({ met, fails }) => fails && met === 'unknown'),
      );
      const number = requirements(unknown);
      const untold = new Set(
        unknown.filter(({ field }) => field !== undefined).map(({ requirement }) => requirement.text),
      );
      if (number === 0 && untold.size > 0) {
        return `the fields of ${list([...untold])} could not be judged on ${list([...new Set(unknown.map(({ cluster }) => cluster))])}`;
      }
      return number === 0
        ? 'not all that was asked for could be judged'
        : `${of(number, all)} could not be judged on ${list([...new Set(unknown.map(({ cluster }) => cluster))])}`;
    }
    case 'unreachable':
      return halted.length === 0 ? 'no cluster could be asked' : `${names(halted)} could not be asked`;
    case 'denied':
      return halted.length === 0 ? 'discovery was refused' : `${names(halted)} refused discovery`;
    case 'invalid-input':
      if (problems.length > 0) return `${count(problems.length, 'place')} in the input cannot be used`;
      return halted[0]?.error?.message ?? 'the input cannot be used';
    case 'internal-error':
      return halted[0]?.error?.message ?? 'kube-api-gate itself failed';
    default:
      return assertNever(outcome);
  }
}

/** What else turned the job red besides the worst that the outcome names. */
function besides({ outcome, clusters, problems }: Verdict): string {
  const halted = clusters.filter(({ error }) => error !== undefined);
  return [
    ...(outcome === 'incompatible' && halted.length > 0 ? [`${names(halted)} could not be judged`] : []),
    ...(outcome !== 'invalid-input' && problems.length > 0
      ? [`${count(problems.length, 'place')} in the input cannot be used`]
      : []),
  ]
    .map((part) => `; ${part}`)
    .join('');
}

/** The outcome in one plain sentence, for example `Incompatible: 2 of 12 requirements are not met on prod`. A green job that lets something pass says so first. */
export function headline(verdict: Verdict): string {
  const word = isNotEnforced(verdict) ? 'Not enforced' : OUTCOME_WORD[verdict.outcome];
  return `${word}: ${sentence(verdict)}${besides(verdict)}`;
}
