import type { CacheUse, ClusterVerdict, Finding, Verdict } from '../model/verdict.ts';
import { driftOutput } from './drift.ts';

type OutputName =
  | 'outcome'
  | 'missing'
  | 'fields'
  | 'unknown'
  | 'api-versions'
  | 'kube-version'
  | 'cache'
  | 'cache-age'
  | 'drift';

const MOST_ASKED: readonly CacheUse[] = ['miss', 'rechecked', 'revalidated', 'hit', 'off', 'file'];

function texts(verdict: Verdict, met: Finding['met']): string {
  const findings = verdict.clusters.flatMap((cluster) => cluster.findings);
  const open = findings.filter(
    (finding) =>
      finding.met === met && finding.acceptance === undefined && (finding.field === undefined || met === 'unknown'),
  );
  return [...new Set(open.map(({ requirement }) => requirement.text.replace(/\s*\n\s*/g, ' ')))].join('\n');
}

/** `apps/v1/Deployment spec.replicas`, whatever the object and the cluster. */
function fieldTexts(verdict: Verdict): string {
  const findings = verdict.clusters.flatMap((cluster) => cluster.findings);
  const texts = findings.flatMap(({ requirement, field, met, acceptance }) =>
    field === undefined || field.rule === 'field-unjudged' || met === 'yes' || acceptance !== undefined
      ? []
      : [`${requirement.text} ${field.path}`.replace(/\s*\n\s*/g, ' ')],
  );
  return [...new Set(texts)].join('\n');
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

/** All that a server's version can be. A workflow may hand the output to a shell, and a server may say anything. */
const VERSION = /^v?\d{1,6}\.\d{1,6}(?:\.\d{1,6})?[-+.0-9A-Za-z]{0,100}$/;

function oldestVersion(clusters: readonly ClusterVerdict[]): string {
  const versions = clusters
    .map(({ serverVersion }) => serverVersion?.gitVersion)
    .filter((version) => version !== undefined)
    .filter((version) => VERSION.test(version));
  return versions.sort(compareReleases)[0] ?? '';
}

/** The action's outputs but `report`, which only the one who writes the file knows; `''` where there is nothing to say. */
export function outputsOf(verdict: Verdict): Readonly<Record<OutputName, string>> {
  const judged = verdict.clusters.filter(({ error }) => error === undefined);
  const ages = judged.map(({ ageMs }) => ageMs ?? 0);
  return {
    outcome: verdict.outcome,
    missing: texts(verdict, 'no'),
    fields: fieldTexts(verdict),
    unknown: texts(verdict, 'unknown'),
    'api-versions': commonCapabilities(judged),
    'kube-version': oldestVersion(judged),
    cache: MOST_ASKED.find((use) => judged.some(({ cache }) => cache === use)) ?? '',
    'cache-age': judged.length === 0 ? '' : String(Math.round(Math.max(...ages) / 1000)),
    drift: driftOutput(judged),
  };
}
