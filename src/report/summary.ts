import { assertNever } from '../model/assert-never.ts';
import { formatDuration } from '../model/duration.ts';
import type { Outcome } from '../model/errors.ts';
import type { Place } from '../model/place.ts';
import type { ClusterVerdict, Finding, Verdict } from '../model/verdict.ts';
import { describeChange, describeNeed, driftInNumbers, momentOf } from './drift.ts';
import { fleetTable, replacementTable } from './fleet.ts';
import { headline, isNotEnforced, isOfField, tally } from './headline.ts';
import { readHint } from './hint.ts';
import { code, link, plain, prose, requirementCode } from './markdown.ts';
import { encodePath, isInRepository } from './marked-place.ts';
import { count, list, objectName, source, where } from './phrases.ts';
import { joinAlike, type Remark, remarksOf } from './remarks.ts';

/**
 * GitHub drops a summary of more than 1 MiB a step as a whole. In bytes of UTF-8; what is left over is for a second one after a late failure.
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
 */
export const LONGEST_SUMMARY = 960 * 1024;

/** Longer tables help nobody: report.json has everything. */
const LONGEST_TABLE = 500;

export interface SummaryOptions {
  /** Address that, with a path behind it, shows a file of the commit that was judged: `https://github.com/o/r/blob/<sha>`. */
  readonly blobAddress?: string | undefined;
  /** In bytes of UTF-8. */
  readonly limit?: number | undefined;
}

/** Of input that cannot be used for one reason: report.json has all places. */
const PLACES_IN_A_ROW = 10;

/** A piece of the page. Of a table as many rows are shown as fit; a text is shown whole or not at all. */
type Block =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly heading: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** What stands in front of the folded table; absent for one that stands open. */
      readonly folded?: string | undefined;
    };

function outcomeSign(outcome: Outcome): string {
  switch (outcome) {
    case 'compatible':
      return '✅';
    case 'undetermined':
      return '❓';
    case 'incompatible':
    case 'unreachable':
    case 'denied':
    case 'invalid-input':
    case 'internal-error':
      return '❌';
    default:
      return assertNever(outcome);
  }
}

function placeCell(place: Place | undefined, options: SummaryOptions): string {
  if (place === undefined) return '';
  if (place.kind === 'input') return plain(where(place));
  const address =
    options.blobAddress === undefined || place.repository !== undefined || !isInRepository(place.file)
      ? undefined
      : `${options.blobAddress}/${encodePath(place.file)}#L${place.line}`;
  const repository = place.repository === undefined ? '' : `${plain(place.repository)}<br>`;
  const file = `${repository}${link(code(`${place.file}:${place.line}`), address)}`;
  return place.template === undefined ? file : `${code(place.template)}<br>rendered as ${file}`;
}

function clusterCells(cluster: ClusterVerdict, withFields: boolean): readonly string[] {
  const { met, notMet, unknown, accepted, fields } = tally(cluster.findings);
  const judged = cluster.error === undefined;
  return [
    plain(cluster.cluster),
    `${outcomeSign(cluster.outcome)} ${cluster.outcome}`,
    judged ? code(cluster.serverVersion?.gitVersion ?? '') : '',
    ...[met, notMet, unknown, accepted, ...(withFields ? [fields] : [])].map((number) =>
      judged ? String(number) : '',
    ),
    judged ? plain(source(cluster.cache, cluster.ageMs)) : '',
  ];
}

function clusterTable(clusters: readonly ClusterVerdict[]): readonly Block[] {
  if (clusters.length === 0) return [];
  const withFields = clusters.some(({ findings }) => findings.some(isOfField));
  return [
    {
      kind: 'table',
      heading: '',
      columns: [
        'Cluster',
        'Outcome',
        'Version',
        'Met',
        'Not met',
        'Unknown',
        'Accepted',
        ...(withFields ? ['Fields that do not fit'] : []),
        'Answers',
      ],
      rows: clusters.map((cluster) => clusterCells(cluster, withFields)),
    },
  ];
}

function driftTable(clusters: readonly ClusterVerdict[]): readonly Block[] {
  return clusters.flatMap(({ cluster, drift }): readonly Block[] => {
    if (drift === undefined) return [];
    const told = `${plain(cluster)} since ${momentOf(drift.since)}: ${driftInNumbers(drift)}`;
    if (drift.changes.length === 0) return [{ kind: 'text' as const, text: `Drift of ${told}.` }];
    return [
      {
        kind: 'table' as const,
        heading: `Drift of ${told}`,
        columns: ['What changed', 'What of this change depends on it'],
        rows: drift.changes.map((change) => [plain(describeChange(change)), plain(describeNeed(change))]),
      },
    ];
  });
}

const KIND_OF_RULE: Readonly<Record<Remark['rule'], string>> = {
  'cluster-not-judged': '❌ not judged',
  'missing-api': '❌ missing',
  'forbidden-api': '❌ served',
  'removed-by-target': '❌ to be removed',
  'field-unknown': '❌ unknown field',
  'field-type': '❌ wrong type',
  'field-value': '❌ wrong value',
  'field-required': '❌ missing field',
  'field-enum': '❌ not among the choices',
  'field-limit': '❌ out of bounds',
  drift: '❌ drift',
  'unusable-input': '❌ unusable',
  'unknown-api': '❓ unknown',
  'deprecated-api': '⚠️ deprecated',
  notice: '⚠️',
};

function remarkSign({ rule, severity }: Remark): string {
  const shown = KIND_OF_RULE[rule];
  return severity === 'error' ? shown : shown.replace('❌', '⚠️');
}

function toldCell({ message, advice }: Remark): string {
  return [prose(message), ...(advice === undefined ? [] : [`➜ ${prose(advice)}`])]
    .filter((part) => part !== '')
    .join('<br>');
}

/** By file, then by line, so that a person can go through a file from top to bottom; lines of inputs come first. */
function byPlace(left: Remark, right: Remark): number {
  const [a, b] = [left.place, right.place];
  if (a?.kind !== 'file' || b?.kind !== 'file') return Number(a?.kind === 'file') - Number(b?.kind === 'file');
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}

/** Remarks by rows: those on input that cannot be used, and say the same, share one; a finding has a row of its own. */
function joinProblems(remarks: readonly Remark[]): readonly (readonly [Remark, ...Remark[]])[] {
  return joinAlike(remarks, ({ rule, message, advice, place, subject, object, clusters }) =>
    rule === 'unusable-input' || rule === 'notice'
      ? [rule, message, advice, clusters]
      : [rule, message, advice, clusters, place, subject, object],
  );
}

function placesCell(remarks: readonly Remark[], options: SummaryOptions): string {
  const more = remarks.length - PLACES_IN_A_ROW;
  return [
    ...remarks.slice(0, PLACES_IN_A_ROW).map(({ place, object }) => {
      const name = objectName(object);
      const at = placeCell(place, options);
      return name === '' ? at : `${at}<br>${plain(name)}`;
    }),
    ...(more > 0 ? [`and ${count(more, 'more place')}`] : []),
  ].join('<br>');
}

function remarkTable(
  heading: string,
  remarks: readonly Remark[],
  many: boolean,
  options: SummaryOptions,
  folded?: string,
): readonly Block[] {
  if (remarks.length === 0) return [];
  const placed = remarks.some(({ place }) => place !== undefined);
  return [
    {
      kind: 'table',
      heading,
      folded,
      columns: [...(placed ? ['Where'] : []), 'What', ...(many ? ['Cluster'] : []), 'Found, and what to do'],
      rows: joinProblems([...remarks].sort(byPlace)).map(([remark, ...others]) => {
        return [
          ...(placed ? [placesCell([remark, ...others], options)] : []),
          [remarkSign(remark), ...(remark.subject === '' ? [] : [requirementCode(remark.subject)])].join('<br>'),
          ...(many ? [plain(list(remark.clusters, 5))] : []),
          toldCell(remark),
        ];
      }),
    },
  ];
}

function clusterErrors(clusters: readonly ClusterVerdict[]): readonly Block[] {
  return clusters.flatMap(({ cluster, outcome, error }) => {
    if (error === undefined || error.problems.length > 0) return [];
    const { advice, example } = readHint(error.hint ?? '');
    const told = `**${plain(cluster)} was not judged (${outcome}).** ${prose(error.message)}`;
    return [
      { kind: 'text' as const, text: advice === '' ? told : `${told}<br>➜ ${prose(advice)}` },
      // An indented block: no line of it can end it.
      ...(example.length === 0
        ? []
        : [{ kind: 'text' as const, text: example.map((line) => `    ${line}`).join('\n') }]),
    ];
  });
}

function acceptedTable(findings: readonly Finding[], options: SummaryOptions): readonly Block[] {
  const accepted = findings.flatMap((finding) =>
    finding.acceptance === undefined ? [] : [{ finding, acceptance: finding.acceptance }],
  );
  if (accepted.length === 0) return [];
  return [
    {
      kind: 'table',
      heading: '',
      folded: `Accepted: ${accepted.length}`,
      columns: ['Where', 'What', 'Cluster', 'Accepted by', 'Reason'],
      rows: accepted.map(({ finding, acceptance }) => [
        placeCell(finding.requirement.place, options),
        [requirementCode(finding.requirement.text), ...(finding.field?.path ? [code(finding.field.path)] : [])].join(
          '<br>',
        ),
        plain(finding.cluster),
        `${acceptance.kind} ${placeCell(acceptance.place, options)}`,
        prose(acceptance.reason),
      ]),
    },
  ];
}

/** What is met, the same API of many objects in one row. */
function metTable(clusters: readonly ClusterVerdict[]): readonly Block[] {
  const rows = new Map<string, { text: string; clusters: Set<string>; standings: Set<string>; number: number }>();
  for (const { requirement, cluster, standing, met, acceptance } of clusters.flatMap(({ findings }) => findings)) {
    if (met !== 'yes' || acceptance !== undefined) continue;
    const row = rows.get(requirement.text) ?? {
      text: requirement.text,
      clusters: new Set(),
      standings: new Set(),
      number: 0,
    };
    row.clusters.add(cluster);
    row.standings.add(requirement.negated ? 'not served, as asked' : standing);
    row.number += 1;
    rows.set(requirement.text, row);
  }
  if (rows.size === 0) return [];
  const all = [...rows.values()];
  return [
    {
      kind: 'table',
      heading: '',
      folded: `Met: ${all.reduce((sum, { number }) => sum + number, 0)}`,
      columns: ['Requirement', 'Standing', 'Clusters', 'Times'],
      rows: all.map((row) => [
        requirementCode(row.text),
        plain([...row.standings].join(', ')),
        plain(list([...row.clusters], 5)),
        String(row.number),
      ]),
    },
  ];
}

function notJudged(objects: Verdict['notJudged']): readonly Block[] {
  const types = Object.entries(objects);
  if (types.length === 0) return [];
  const named = types.map(([type, number]) => `${code(type)} (${number})`).join(', ');
  return [{ kind: 'text', text: `Not judged, since no API server stores them: ${named}.` }];
}

function age(clusters: readonly ClusterVerdict[]): readonly Block[] {
  const cached = clusters.filter(({ cache, error }) => cache === 'hit' && error === undefined);
  const ages = cached.map(({ ageMs }) => ageMs ?? 0);
  if (cached.length === 0) return [];
  return [
    {
      kind: 'text',
      text: `What was judged comes from the cache and is up to ${formatDuration(Math.max(...ages))} old. \`cache: refresh\` asks again.`,
    },
  ];
}

function blocks(verdict: Verdict, options: SummaryOptions): readonly Block[] {
  const { clusters, error } = verdict;
  const many = clusters.length > 1;
  const remarks = remarksOf(verdict).filter(({ rule }) => rule !== 'cluster-not-judged' && rule !== 'drift');
  const quiet = remarks.filter(({ isQuiet }) => isQuiet === true);
  const findings = clusters.flatMap((cluster) => cluster.findings);
  return [
    {
      kind: 'text',
      text: `## ${isNotEnforced(verdict) ? '⚠️' : outcomeSign(verdict.outcome)} ${plain(headline(verdict))}`,
    },
    ...(error?.hint === undefined || error.problems.length > 0
      ? []
      : [{ kind: 'text' as const, text: `➜ ${prose(error.hint)}` }]),
    ...clusterTable(clusters),
    ...clusterErrors(clusters),
    ...(verdict.merged === true ? [...fleetTable(clusters), ...replacementTable(clusters)] : []),
    ...driftTable(clusters),
    ...remarkTable(
      'What fails',
      remarks.filter(({ severity, place }) => severity === 'error' && (error === undefined || place !== undefined)),
      many,
      options,
    ),
    ...remarkTable(
      'Worth knowing',
      remarks.filter(({ severity, isQuiet }) => severity === 'warning' && isQuiet !== true),
      many,
      options,
    ),
    ...remarkTable('', quiet, many, options, `Notes: ${quiet.length}`),
    ...acceptedTable(findings, options),
    ...metTable(clusters),
    ...notJudged(verdict.notJudged),
    ...age(clusters),
  ];
}

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

const CUT_NOTE = 'This page was cut to what GitHub takes; the log and `report-directory` have everything.\n';

/** The blocks, one after the other, within `limit` bytes; a page without all of them ends by saying so. */
function page(all: readonly Block[], limit: number): string {
  let room = limit - bytes(CUT_NOTE) - 1;
  const parts: string[] = [];
  for (const block of all) {
    const [shown, whole] = block.kind === 'text' ? [`${block.text}\n\n`, true] : table(block, room);
    if (bytes(shown) > room) return `${parts.join('')}${CUT_NOTE}`;
    parts.push(shown);
    room -= bytes(shown);
    if (!whole) return `${parts.join('')}${CUT_NOTE}`;
  }
  return parts.join('');
}

/** A table with as many rows as `room` bytes take, and whether none is missing for want of room. */
function table(block: Extract<Block, { kind: 'table' }>, room: number): readonly [string, boolean] {
  const before = [
    ...(block.folded === undefined ? [] : [`<details><summary>${block.folded}</summary>\n\n`]),
    ...(block.heading === '' ? [] : [`### ${block.heading}\n\n`]),
    row(block.columns),
    row(block.columns.map(() => '---')),
  ].join('');
  const after = block.folded === undefined ? '\n' : '\n</details>\n\n';
  const more = (left: number): string => (left === 0 ? '' : `\n… and ${count(left, 'more row')}.\n`);
  let left = room - bytes(before) - bytes(after) - bytes(more(block.rows.length));
  const rows: string[] = [];
  for (const cells of block.rows.slice(0, LONGEST_TABLE)) {
    const shown = row(cells);
    left -= bytes(shown);
    if (left < 0) break;
    rows.push(shown);
  }
  const whole = rows.length >= Math.min(block.rows.length, LONGEST_TABLE);
  return [`${before}${rows.join('')}${more(block.rows.length - rows.length)}${after}`, whole];
}

/** The job summary: GitHub's Markdown, in which nothing that came from files or clusters is more than text. */
export function summaryOf(verdict: Verdict, options: SummaryOptions = {}): string {
  return page(blocks(verdict, options), options.limit ?? LONGEST_SUMMARY);
}
