import type { CacheUse, ClusterVerdict, Finding, Verdict } from '../model/verdict.ts';

/** The action's outputs; each is always set, to the empty string where there is nothing to say. */
export const OUTPUTS = [
  {
    name: 'outcome',
    description:
      'How the run ended: `compatible`, `incompatible`, `undetermined`, `unreachable`, `denied`, `invalid-input` or `internal-error`.',
  },
  {
    name: 'missing',
    description:
      'The requirements that are not met on some cluster, one a line. What a person accepted is not among them.',
  },
  { name: 'unknown', description: 'The requirements that some cluster left unanswered, one a line.' },
  {
    name: 'api-versions',
    description:
      'What `helm template --api-versions` takes, comma-separated; of several clusters, what all of them serve.',
  },
  { name: 'kube-version', description: 'What `helm template --kube-version` takes; of several clusters, the oldest.' },
  {
    name: 'cache',
    description:
      '`hit`, `revalidated`, `rechecked`, `miss` or `off`; of several clusters, the one that asked most of the cluster.',
  },
  {
    name: 'cache-age',
    description: 'Age of the oldest answer judged, in whole seconds; `0` when all were asked live.',
  },
  { name: 'report', description: 'Absolute path of report.json; empty without `report-directory`.' },
] as const;

export type OutputName = (typeof OUTPUTS)[number]['name'];

const MOST_ASKED: readonly CacheUse[] = ['miss', 'rechecked', 'revalidated', 'hit', 'off'];

function texts(verdict: Verdict, met: Finding['met']): string {
  const findings = verdict.clusters.flatMap((cluster) => cluster.findings);
  const open = findings.filter((finding) => finding.met === met && finding.acceptance === undefined);
  return [...new Set(open.map(({ requirement }) => requirement.text.replace(/\s*\n\s*/g, ' ')))].join('\n');
}

/** Helm splits at commas, and a shell at blanks: a name that holds one was never an API's. */
const CAPABILITY = /^[\w./:-]+$/;

/** What every judged cluster serves, in the order of the first: a chart rendered with it suits them all. */
function commonCapabilities([first, ...others]: readonly ClusterVerdict[]): string {
  const sets = others.map(({ capabilities }) => new Set(capabilities));
  return (first?.capabilities ?? [])
    .filter((name) => CAPABILITY.test(name) && sets.every((served) => served.has(name)))
    .join(',');
}

function release(gitVersion: string): readonly number[] {
  return (/^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(gitVersion) ?? []).slice(1).map((part) => Number(part ?? 0));
}

function compareReleases(left: string, right: string): number {
  const [a, b] = [release(left), release(right)];
  for (let part = 0; part < 3; part += 1) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function oldestVersion(clusters: readonly ClusterVerdict[]): string {
  const versions = clusters
    .map(({ serverVersion }) => serverVersion?.gitVersion)
    .filter((version) => version !== undefined);
  return versions.sort(compareReleases)[0] ?? '';
}

/** All outputs but `report`, which only the one who writes the file knows. */
export function outputsOf(verdict: Verdict): Readonly<Record<Exclude<OutputName, 'report'>, string>> {
  const judged = verdict.clusters.filter(({ error }) => error === undefined);
  const ages = judged.map(({ ageMs }) => ageMs ?? 0);
  return {
    outcome: verdict.outcome,
    missing: texts(verdict, 'no'),
    unknown: texts(verdict, 'unknown'),
    'api-versions': commonCapabilities(judged),
    'kube-version': oldestVersion(judged),
    cache: MOST_ASKED.find((use) => judged.some(({ cache }) => cache === use)) ?? '',
    'cache-age': judged.length === 0 ? '' : String(Math.round(Math.max(...ages) / 1000)),
  };
}
