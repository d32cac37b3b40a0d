import { legible, logLine, withoutCommands } from '../model/legible.ts';
import type { ClusterVerdict, Finding, Verdict } from '../model/verdict.ts';
import { describeChange, describeNeed, driftInNumbers, momentOf } from './drift.ts';
import { headline, isNotEnforced, isOfField, tally } from './headline.ts';
import { readHint } from './hint.ts';
import { count, list, named, objectName, source, where } from './phrases.ts';
import { joinAlike, type Remark, remarksOf, ruleOf } from './remarks.ts';

/** Lines that belong together. What is `quiet` may be folded away: all is well in it. */
export interface Section {
  readonly title: string;
  readonly quiet: boolean;
  readonly lines: readonly string[];
}

/** How many places of one finding are named before they are only counted. */
const PLACES_NAMED = 3;

/** One character for where a finding stands. */
export function sign(finding: Finding): '✓' | '+' | '✗' | '?' | '~' | '!' {
  if (finding.acceptance !== undefined) return '~';
  if (finding.met === 'no') return finding.fails || finding.field === undefined ? '✗' : '!';
  if (finding.met === 'unknown') return '?';
  if (finding.lifecycle.length > 0) return finding.fails ? '✗' : '!';
  return finding.standing === 'provided' ? '+' : '✓';
}

function hintLines(hint: string): readonly string[] {
  const { advice, example } = readHint(hint);
  return [`    → ${logLine(advice)}`, ...example.map((line) => withoutCommands(`      ${legible(line)}`))];
}

function place({ requirement }: Finding): string {
  const name = objectName(requirement.object);
  const { place: at } = requirement;
  const template = at.kind === 'file' && at.template !== undefined ? `${at.template}, rendered at ` : '';
  return `${template}${where(at)}${name === '' ? '' : ` (${name})`}`;
}

/** `deploy/web.yaml:14:5 spec.trafficDistribution is unknown to …`, as a compiler has it. */
function fieldLines([first, ...others]: readonly [Finding, ...Finding[]]): readonly string[] {
  const { requirement, explanation, advice, acceptance } = first;
  const told = [
    explanation,
    ...first.lifecycle.map(({ message }) => message),
    ...(advice === undefined ? [] : [advice]),
  ].join(' ');
  const name = objectName(requirement.object);
  const more = others
    .slice(0, PLACES_NAMED - 1)
    .map(place)
    .concat(others.length >= PLACES_NAMED ? [`${count(others.length + 1 - PLACES_NAMED, 'more place')}`] : []);
  return [
    `${sign(first)} ${logLine(`${where(requirement.place)} ${told}`)}`,
    `    in ${logLine(`${requirement.text}${name === '' ? '' : ` ${name}`}`)}`,
    ...(more.length === 0 ? [] : [`    also at ${logLine(list(more, PLACES_NAMED))}`]),
    ...(acceptance === undefined
      ? []
      : [`    accepted: ${logLine(`${acceptance.reason} (${where(acceptance.place)})`)}`]),
  ];
}

function findingLines([first, ...others]: readonly [Finding, ...Finding[]]): readonly string[] {
  const places = [first, ...others].slice(0, PLACES_NAMED).map(place).join(', ');
  const more = others.length + 1 > PLACES_NAMED ? ` and ${count(others.length + 1 - PLACES_NAMED, 'more place')}` : '';
  const said = [first.explanation, ...first.lifecycle.map(({ message }) => message)].filter((part) => part !== '');
  return [
    `${sign(first)} ${logLine(named(first.requirement.text, said.join(' ')))}`,
    `    at ${logLine(`${places}${more}`)}`,
    ...(first.acceptance === undefined
      ? []
      : [`    accepted: ${logLine(`${first.acceptance.reason} (${where(first.acceptance.place)})`)}`]),
    ...(first.advice === undefined || first.acceptance !== undefined ? [] : [`    → ${logLine(first.advice)}`]),
  ];
}

/** Findings that read the same, whatever their place, as one entry. */
function entries(findings: readonly Finding[]): readonly string[] {
  const joined = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { requirement, explanation, advice, lifecycle, acceptance } = finding;
    const key = JSON.stringify([sign(finding), requirement.text, explanation, advice, lifecycle, acceptance]);
    const same = joined.get(key);
    if (same === undefined) joined.set(key, [finding]);
    else same.push(finding);
  }
  return [...joined.values()].flatMap((same) => (isOfField(same[0]) ? fieldLines(same) : findingLines(same)));
}

/** `prod (v1.33.1, asked live)`. */
export function clusterTitle({ cluster, serverVersion, cache, ageMs, error }: ClusterVerdict): string {
  if (error !== undefined) return cluster;
  return `${cluster} (${[serverVersion?.gitVersion, source(cache, ageMs)].filter((part) => part !== undefined).join(', ')})`;
}

function clusterSections(verdict: ClusterVerdict): readonly Section[] {
  const { findings, error, cluster, outcome } = verdict;
  const told = findings.filter((finding) => finding.fails || ruleOf(finding) !== undefined);
  const loud = new Set(told);
  const quiet = findings.filter((finding) => !loud.has(finding));
  const { met, accepted } = tally(quiet);
  const title = clusterTitle(verdict);
  const sections: Section[] = [];
  if (quiet.length > 0) {
    const counted = [`${met} met`, ...(accepted === 0 ? [] : [`${accepted} accepted`])].join(', ');
    sections.push({ title: logLine(`${title}: ${counted}`), quiet: true, lines: entries(quiet) });
  }
  if (told.length > 0) {
    sections.push({ title: logLine(`${title}: ${count(told.length, 'finding')}`), quiet: false, lines: entries(told) });
  }
  if (error !== undefined) {
    sections.push({
      title: logLine(`${cluster} was not judged: ${outcome}`),
      quiet: false,
      lines: [`✗ ${logLine(error.message)}`, ...(error.hint === undefined ? [] : hintLines(error.hint))],
    });
  }
  return sections;
}

function driftSections({ cluster, drift }: ClusterVerdict): readonly Section[] {
  if (drift === undefined) return [];
  return [
    {
      title: logLine(`${cluster} since ${momentOf(drift.since)}: ${driftInNumbers(drift)}`),
      quiet: drift.changes.length === 0,
      lines: [
        ...drift.changes.flatMap((change) => {
          const need = describeNeed(change);
          return [
            `${drift.fails ? '✗' : '!'} ${logLine(describeChange(change))}`,
            ...(need === '' ? [] : [`    ${logLine(need)}`]),
          ];
        }),
        ...drift.unknown.map(
          (api) => `? ${logLine(`${api} could not be compared: one of the snapshots has a gap there`)}`,
        ),
      ],
    },
  ];
}

/** One remark, or several that say the same of different places. */
function remarkLines([first, ...others]: readonly [Remark, ...Remark[]], mark: string): readonly string[] {
  const { message, advice } = first;
  const places = [first, ...others].flatMap((remark) => (remark.place === undefined ? [] : [where(remark.place)]));
  const told =
    others.length === 0
      ? [`${mark} ${logLine([...places, message].join(': '))}`]
      : [`${mark} ${logLine(message)}`, `    at ${logLine(list(places, PLACES_NAMED, 'more places'))}`];
  return [...told, ...(advice === undefined ? [] : [`    → ${logLine(advice)}`])];
}

function remarkSection(remarks: readonly Remark[], title: string, mark: string, quiet = false): readonly Section[] {
  if (remarks.length === 0) return [];
  const joined = joinAlike(remarks, ({ message, advice, place }) => [message, advice, place === undefined]);
  return [{ title: `${title} (${remarks.length})`, quiet, lines: joined.flatMap((alike) => remarkLines(alike, mark)) }];
}

/** Of many clusters only those that were not judged have a section of their own; findings are told once for all clusters, with their names. */
function mergedSections(verdict: Verdict): readonly Section[] {
  const { clusters } = verdict;
  const numbers = clusters.map((cluster) => {
    const { met, notMet, unknown, accepted } = tally(cluster.findings);
    const counted = Object.entries({ met, 'not met': notMet, unknown, accepted })
      .filter(([word, number]) => number > 0 || word === 'met')
      .map(([word, number]) => `${number} ${word}`)
      .join(', ');
    return logLine(`${cluster.outcome === 'compatible' ? '✓' : '✗'} ${clusterTitle(cluster)}: ${counted}`);
  });
  const told = remarksOf(verdict).filter(
    ({ rule }) => !['notice', 'drift', 'unusable-input', 'cluster-not-judged'].includes(rule),
  );
  const lines = told.flatMap((remark) => [
    `${remark.severity === 'error' ? '✗' : '!'} ${logLine(named(remark.subject, remark.message))}`,
    `    on ${logLine(list(remark.clusters, 5))}${remark.place === undefined ? '' : logLine(` at ${where(remark.place)}`)}`,
    ...(remark.advice === undefined ? [] : [`    → ${logLine(remark.advice)}`]),
  ]);
  return [
    { title: `Clusters (${clusters.length})`, quiet: false, lines: numbers },
    ...(told.length === 0 ? [] : [{ title: `Findings (${told.length})`, quiet: false, lines }]),
    ...clusters
      .filter(({ error }) => error !== undefined)
      .flatMap((each) => clusterSections({ ...each, findings: [] })),
  ];
}

/** The log of a verdict: what is well first, to be folded away, then what is not. The last line is `closingLine`. */
export function consoleSections(verdict: Verdict): readonly Section[] {
  const notJudged = Object.entries(verdict.notJudged);
  const remarks = remarksOf(verdict);
  const notices = remarks.filter(({ rule }) => rule === 'notice');
  return [
    ...(verdict.merged === true ? mergedSections(verdict) : verdict.clusters.flatMap(clusterSections)),
    ...verdict.clusters.flatMap(driftSections),
    ...(notJudged.length === 0
      ? []
      : [
          {
            title: 'Objects that no API server stores, not judged',
            quiet: true,
            lines: notJudged.map(([type, number]) => `- ${logLine(`${type}: ${number}`)}`),
          },
        ]),
    ...remarkSection(
      notices.filter(({ isQuiet }) => isQuiet === true),
      'Notes',
      '-',
      true,
    ),
    ...remarkSection(
      remarks.filter(
        ({ severity, rule, place }) => severity === 'error' && rule === 'unusable-input' && place !== undefined,
      ),
      'Input that cannot be used',
      '✗',
    ),
    ...remarkSection(
      notices.filter(({ isQuiet }) => isQuiet !== true),
      'Worth knowing',
      '!',
    ),
  ];
}

/** The outcome, as the log's last line. */
export function closingLine(verdict: Verdict): string {
  const hint = verdict.error?.hint;
  const mark = verdict.outcome !== 'compatible' ? '✗' : isNotEnforced(verdict) ? '!' : '✓';
  const line = `${mark} ${logLine(headline(verdict))}`;
  return hint === undefined || (verdict.error?.problems.length ?? 0) > 0 ? line : `${line}\n    → ${logLine(hint)}`;
}
