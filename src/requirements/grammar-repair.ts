import { speller } from '../model/spelling.ts';
import { type LineReading, readLine, SHORT_GROUPS, VERBS } from './grammar.ts';

/** Where the kinds live that people name without a group. Only hints are made of it. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  v1: [
    'ConfigMap',
    'Endpoints',
    'Event',
    'LimitRange',
    'Namespace',
    'Node',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'storage.k8s.io/v1': ['StorageClass'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'gateway.networking.k8s.io/v1': ['Gateway', 'HTTPRoute'],
};

const NEWEST: Readonly<Record<string, string>> = {
  apps: 'apps/v1',
  autoscaling: 'autoscaling/v2',
  batch: 'batch/v1',
  policy: 'policy/v1',
};

/** @see apimachinery pkg/api/meta/restmapper.go UnsafeGuessKindToResource, which guesses plurals alike */
function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (singular.endsWith('s')) return `${singular}es`;
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}

function homeOf(kind: string): string | undefined {
  const lower = kind.toLowerCase();
  for (const [groupVersion, kinds] of Object.entries(HOMES)) {
    const known = kinds.find((name) => name.toLowerCase() === lower || pluralOf(name) === lower);
    if (known !== undefined) return `${groupVersion}/${known}`;
  }
  return undefined;
}

const SHORT_GROUP = SHORT_GROUPS.join('|');
const VERSION = 'v[0-9]+(?:(?:alpha|beta)[0-9]+)?';

type Repair = (line: string) => string;

/**
 * Slips as people make them, each with its mending, in the order in which they can hide one another. A mending that finds nothing to
 * do gives the line back as it was.
 */
const REPAIRS: readonly Repair[] = [
  // Invisible characters, quotes of any kind, the dash of a YAML list, commas and semicolons at the end.
  (line) => line.replace(/[^\x20-\x7e\s\p{L}\p{N}\p{P}\p{S}]/gu, ''),
  (line) => line.replace(/["'`“”„‘’«»]/g, '').trim(),
  (line) => line.replace(/^(?:[-*+•–—]\s*)+(?=\S)/, ''),
  (line) => line.replace(/[\s,;.:/]+$/, ''),
  // Signs that look or read alike.
  (line) => line.replace(/[⁄∕\\]/g, '/').replace(/[‐‑‒–—]/g, '-'),
  (line) => line.replace(/^!+\s*/, '!').replace(/^(?:not|no)\s+/i, '!'),
  (line) => line.replace(/\s*\|\|\s*|\s+or\s+/gi, ' | ').replace(/^\s*\|\s*|\s*\|\s*$/g, ''),
  // Lines copied from a manifest, paths copied from a URL.
  (line) => line.replace(/^(?:apiVersion|groupVersion|require|kind)\s*:\s*/i, ''),
  (line) =>
    line
      .replace(/^(!?)\/?apis?\/(?=[^/\s]+)/i, '$1')
      .replace(/^(!?)\/+/, '$1')
      .replace(/\/{2,}/g, '/'),
  (line) =>
    line
      .replace(/^(!?)core(?:\/(?=v\d)|$)/i, (_, not: string) => `${not}v1`.replace(/v1$/, ''))
      .replace(/^(!?)$/, '$1v1'),
  (line) => line.replace(/^(!?)core\//i, '$1v1/'),
  // Options.
  (line) => line.replace(/\bverbs?\s*[=:]\s*\[?([^\]|]*)\]?/gi, (_, list: string) => verbsOf(list)),
  // Upper and lower case of group and version.
  (line) => line.replace(/^(!?)([A-Za-z0-9.-]+)\/([Vv]\d\w*)/, (whole) => whole.toLowerCase()),
  (line) => line.replace(/^(!?)V(?=\d+(?:\/|$))/, '$1v'),
  // Parts in another order, or parted by other signs.
  (line) =>
    line.replace(new RegExp(`^(!?)(${VERSION})/(${SHORT_GROUP}|[a-z0-9-]+(?:\\.[a-z0-9-]+)+)(?=/|\\s|$)`), '$1$3/$2'),
  (line) =>
    line.replace(/^(!?)([a-z0-9.-]+\/v\d\w*|v\d\w*)(?:\s*[,:;#.]\s*|\s+)(?:kind\s*[=:]\s*)?([A-Z]\w*)/i, joinMember),
  (line) => line.replace(/^(!?)([A-Za-z][\w-]*)\.(v\d\w*)\.([a-z0-9.-]+)$/, '$1$4/$3/$2'),
  (line) => line.replace(/^(!?)([A-Za-z]\w*)(?:\s*[.@,:]\s*|\s+)([a-z0-9.-]+\/v\d\w*)$/, '$1$3/$2'),
  (line) => line.replace(/^(!?)([a-z0-9.-]+)\/(\d+(?:(?:alpha|beta)\d+)?)(?=\/|$)/, '$1$2/v$3'),
  (line) => line.replace(/^(!?[a-z0-9.-]+\/v\d+)\.\d+(?:\.\d+)?(?=\/|$)/, '$1'),
  // A kind where a resource has to stand, a version or a group that is not there.
  (line) =>
    line.replace(
      /\/([A-Z]\w*)\/([a-zA-Z]+)(?=\s|$)/,
      (_, kind: string, sub: string) => `/${pluralOf(kind)}/${sub.toLowerCase()}`,
    ),
  (line) =>
    line.replace(/^(!?)([A-Za-z]\w*)$/, (whole, not: string, word: string) =>
      mend(not, homeOf(word) ?? NEWEST[word], whole),
    ),
  (line) =>
    line.replace(
      new RegExp(`^(!?)(${SHORT_GROUP})/([A-Za-z]\\w*)$`),
      (whole, not: string, group: string, kind: string) => {
        const home = homeOf(kind);
        return mend(not, home?.startsWith(`${group}/`) ? home : undefined, whole);
      },
    ),
  (line) => line.replace(/^(!?)([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:\/\*\/.*)?$/, '$1$2/*'),
  (line) => line.replace(/^(!?[a-z0-9.-]+\/\*)\/.*$/, '$1'),
  (line) =>
    line.replace(/\/([A-Za-z]*[A-Z]\w*)$/, (_, name: string) => `/${name.charAt(0).toUpperCase()}${name.slice(1)}`),
];

function mend(not: string, mended: string | undefined, whole: string): string {
  return mended === undefined ? whole : `${not}${mended}`;
}

function joinMember(_: string, not: string, groupVersion: string, member: string): string {
  return `${not}${groupVersion}/${member}`;
}

function verbsOf(list: string): string {
  const suggest = speller(VERBS);
  const words = list.split(/[\s,;]+/).filter((word) => word !== '');
  const verbs = words.flatMap((word) => (word === '*' ? VERBS : [suggest(word)[0] ?? word]));
  return `verbs=${verbs.join(',')}`;
}

/** The right form nearest to a line that cannot be read: the first that reads while one slip after the other is mended. */
export function nearestForm(line: string): Extract<LineReading, { kind: 'requirement' }> | undefined {
  let mended = line;
  for (const repair of REPAIRS) {
    const next = repair(mended);
    if (next === mended) continue;
    mended = next;
    const reading = readLine(mended);
    if (reading.kind === 'requirement') return reading;
  }
  return undefined;
}

/** Several requirements on one line, each as it stands on its own; `undefined` when a part of the line is none. */
export function severalOn(line: string): readonly string[] | undefined {
  const negated = /^!\s*\S+(?:\s*\|\s*\S+)+$/.test(line);
  const parts = negated
    ? line
        .slice(1)
        .split('|')
        .map((part) => `!${part.trim()}`)
    : line.split(/[\s,;]+/);
  const whole = parts.length > 1 && parts.every((part) => part !== '' && readLine(part).kind === 'requirement');
  return whole ? parts : undefined;
}
