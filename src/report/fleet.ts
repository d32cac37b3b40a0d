import { formatPlace } from '../model/place.ts';
import type { ClusterVerdict, Finding } from '../model/verdict.ts';
import { code, plain, requirementCode } from './markdown.ts';
import { ruleOf } from './remarks.ts';

/** A table of the job summary. */
export interface FleetTable {
  readonly kind: 'table';
  readonly heading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Wider tables cannot be read. */
const MOST_COLUMNS = 25;
const PLACES_NAMED = 10;

/** From what matters most to what matters least. */
const CELLS = ['❌ missing', '❌ served', '❌ to be removed', '❓ unknown', '⚠️', '~ accepted', '✅'] as const;
type Cell = (typeof CELLS)[number];

function cellOf(finding: Finding): Cell {
  if (finding.acceptance !== undefined) return '~ accepted';
  const rule = ruleOf(finding);
  if (rule === undefined) return '✅';
  if (!finding.fails) return finding.met === 'unknown' ? '❓ unknown' : '⚠️';
  switch (rule) {
    case 'missing-api':
      return '❌ missing';
    case 'forbidden-api':
      return '❌ served';
    case 'unknown-api':
      return '❓ unknown';
    default:
      return '❌ to be removed';
  }
}

/** What is not met somewhere, a cause in each row and a cluster in each column; the clusters with most to say come first where not all fit. */
export function fleetTable(clusters: readonly ClusterVerdict[]): readonly FleetTable[] {
  const causes = new Map<string, Map<string, Cell>>();
  for (const { cluster, findings } of clusters) {
    for (const finding of findings) {
      const { text } = finding.requirement;
      const cells = causes.get(text) ?? new Map<string, Cell>();
      causes.set(text, cells);
      const [known, cell] = [cells.get(cluster), cellOf(finding)];
      if (known === undefined || CELLS.indexOf(cell) < CELLS.indexOf(known)) cells.set(cluster, cell);
    }
  }
  const told = [...causes].filter(([, cells]) => [...cells.values()].some((cell) => cell !== '✅'));
  if (told.length === 0 || clusters.length < 2) return [];
  const shown = clusters.slice(0, clusters.length > MOST_COLUMNS ? 0 : MOST_COLUMNS);
  const weight = ({ cluster, error }: ClusterVerdict): number =>
    told.filter(([, cells]) => cells.get(cluster)?.startsWith('❌')).length + (error === undefined ? 0 : 0.5);
  const columns = shown.length > 0 ? shown : clusters.toSorted((a, b) => weight(b) - weight(a)).slice(0, MOST_COLUMNS);
  const rest = clusters.length - columns.length;
  const mark = ({ cluster, error }: ClusterVerdict, cells: ReadonlyMap<string, Cell>): string =>
    cells.get(cluster) ?? (error === undefined ? '' : '– not judged');
  return [
    {
      kind: 'table',
      heading: 'By cluster',
      columns: ['What', ...columns.map(({ cluster }) => plain(cluster)), ...(rest === 0 ? [] : [`${rest} more`])],
      rows: told.map(([text, cells]) => [
        requirementCode(text),
        ...columns.map((cluster) => mark(cluster, cells)),
        ...(rest === 0 ? [] : [restCell(clusters, columns, cells)]),
      ]),
    },
  ];
}

function restCell(
  clusters: readonly ClusterVerdict[],
  columns: readonly ClusterVerdict[],
  cells: ReadonlyMap<string, Cell>,
): string {
  const failing = clusters.filter((each) => !columns.includes(each) && cells.get(each.cluster)?.startsWith('❌'));
  return failing.length === 0 ? '' : `❌ ${failing.length}`;
}

/** The lines to change, by what replaces the API that they name. */
export function replacementTable(clusters: readonly ClusterVerdict[]): readonly FleetTable[] {
  const byReplacement = new Map<string, Map<string, Set<string>>>();
  for (const { requirement, lifecycle, acceptance } of clusters.flatMap(({ findings }) => findings)) {
    if (acceptance !== undefined) continue;
    for (const { replacement } of lifecycle) {
      if (replacement === undefined) continue;
      const texts = byReplacement.get(replacement) ?? new Map<string, Set<string>>();
      byReplacement.set(replacement, texts);
      texts.set(requirement.text, (texts.get(requirement.text) ?? new Set()).add(formatPlace(requirement.place)));
    }
  }
  if (byReplacement.size === 0) return [];
  return [
    {
      kind: 'table',
      heading: 'Lines to change',
      columns: ['Use', 'In place of', 'At'],
      rows: [...byReplacement].flatMap(([replacement, texts]) =>
        [...texts].map(([text, places]) => {
          const shown = [...places].slice(0, PLACES_NAMED).map(code);
          const more = places.size > PLACES_NAMED ? [`and ${places.size - PLACES_NAMED} more`] : [];
          return [code(replacement), requirementCode(text), [...shown, ...more].join('<br>')];
        }),
      ),
    },
  ];
}
