import { access, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Verdict } from '../model/verdict.ts';
import { mapVerdict } from './map-verdict.ts';
import { isInRepository } from './marked-place.ts';

/** Folders below the repository's root that are looked at, and how deep: charts stand near the top, and a report must not wait. */
const MOST_FOLDERS = 5_000;
const DEEPEST = 6;
const NO_CHARTS_IN = new Set(['node_modules', 'vendor']);

interface Chart {
  /** From the repository's root, with `/`; empty for the root itself. */
  readonly folder: string;
  readonly name: string;
}

/** What stands after `name:` in Chart.yaml; the folder's own name where nothing does. */
function chartName(text: string, folder: string): string {
  return /^name:[ \t]*["']?([\w.-]+)/m.exec(text)?.[1] ?? folder;
}

async function findCharts(root: string): Promise<readonly Chart[]> {
  const charts: Chart[] = [];
  let level = [''];
  let left = MOST_FOLDERS;
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level.slice(0, left)) {
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
      if (entries.some((entry) => entry.isFile() && entry.name === 'Chart.yaml')) {
        const text = await readFile(join(root, folder, 'Chart.yaml'), 'utf8').catch(() => '');
        charts.push({ folder, name: chartName(text, basename(folder)) });
      }
      for (const entry of entries) {
        if (!entry.isDirectory() || entry.name.startsWith('.') || NO_CHARTS_IN.has(entry.name)) continue;
        next.push(folder === '' ? entry.name : `${folder}/${entry.name}`);
      }
    }
    left -= level.length;
    if (left <= 0) break;
    level = next;
  }
  return charts;
}

/** Of what manifests need, and of what is wrong in them. */
function templatesOf({ clusters, problems }: Verdict): readonly string[] {
  const places = [
    ...[...new Set(clusters.flatMap(({ findings }) => findings.map(({ requirement }) => requirement)))].map(
      ({ place }) => place,
    ),
    ...problems.map(({ place }) => place),
  ];
  return [...new Set(places.flatMap((place) => (place.kind === 'file' ? (place.template ?? []) : [])))];
}

/** Helm names a template by the chart's name and the path in it: `web/templates/app.yaml`, `web/charts/db/templates/x.yaml`. */
async function fileOf(
  template: string,
  charts: ReadonlyMap<string, readonly Chart[]>,
  root: string,
): Promise<string | undefined> {
  const [name, ...rest] = template.split('/');
  if (rest.includes('..')) return undefined;
  const candidates = (charts.get(name ?? '') ?? []).map(({ folder }) =>
    [folder, ...rest].filter((part) => part !== '').join('/'),
  );
  const there = await Promise.all(
    candidates.map((file) =>
      access(join(root, file)).then(
        () => [file],
        () => [],
      ),
    ),
  );
  const [only, ...others] = there.flat();
  return others.length === 0 ? only : undefined;
}

/**
 * The verdict with each template named by its path in the repository, so that it can be marked there. Where no chart of the repository has it, or
 * several have, the rendered file is what there is to point at, as long as that lies in the repository.
 * @see helm pkg/engine: a template is named by its chart's name and its path within
 */
export async function withTemplateFiles(verdict: Verdict, repositoryRoot: string): Promise<Verdict> {
  const templates = templatesOf(verdict);
  if (templates.length === 0) return verdict;
  const charts = Map.groupBy(await findCharts(repositoryRoot), (chart) => chart.name);
  const files = new Map(
    await Promise.all(
      templates.map(async (template) => [template, await fileOf(template, charts, repositoryRoot)] as const),
    ),
  );
  return mapVerdict(verdict, (text) => text, {
    place: (place) => {
      if (place.kind !== 'file' || place.template === undefined) return place;
      const file = files.get(place.template);
      if (file !== undefined) return { ...place, template: file };
      if (!isInRepository(place.file)) return place;
      const { template: _, ...rendered } = place;
      return rendered;
    },
  });
}
