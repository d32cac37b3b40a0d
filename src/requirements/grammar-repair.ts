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

/** The usual English plural, as resources are called: `ingresses`, `networkpolicies`, `gateways`. */
function pluralOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/(?:s|x|ch)$/.test(singular)) return `${singular}es`;
  return singular.replace(/(?<=[^aeiou])y$/, 'ie').concat('s');
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

/** A mending by pattern; where it finds nothing to do, the line stays as it was. `$1` is always the `!` of a negated line, or nothing. */
function replacing(pattern: RegExp, replacement: string | ((...groups: string[]) => string)): Repair {
  return (line) =>
    typeof replacement === 'string'
      ? line.replace(pattern, replacement)
      : line.replace(pattern, (_, ...groups: string[]) => replacement(...groups));
}

/** Slips as people make them, in the order in which they can hide one another. */
const REPAIRS: readonly Repair[] = [
  // Characters that nobody sees, quotes of any kind, the dash of a YAML list, what ends a sentence.
  replacing(/[^\x20-\x7e\s\p{L}\p{N}\p{P}\p{S}]/gu, ''),
  replacing(/["'`“”„‘’«»]/g, ''),
  replacing(/^\s*(?:[-*+•–—]\s*)+(?=\S)/, ''),
  replacing(/(?<!\/\*)[\s,;.:/]+$/, ''),
  // Signs that look alike or mean the same.
  replacing(/[⁄∕\\]/g, '/'),
  replacing(/[‐‑‒–—]/g, '-'),
  replacing(/^!+\s*|^(?:not|no)\s+/i, '!'),
  replacing(/\s*\|\|\s*|\s+or\s+/gi, ' | '),
  replacing(/^\s*\|\s*|\s*\|\s*$/g, ''),
  // What was copied from a manifest or a URL, and the core group by its nickname.
  replacing(/^(!?)(?:apiVersion|groupVersion|require|kind)\s*:\s*/i, '$1'),
  replacing(/^(!?)\/?apis?\/(?=[^/\s])/i, '$1'),
  replacing(/^(!?)\/+/, '$1'),
  replacing(/\/{2,}/g, '/'),
  replacing(/^(!?)core\/(?=v\d)/i, '$1'),
  replacing(/^(!?)core(?=\/|$)/i, '$1v1'),
  // Verbs.
  replacing(/\bverbs?\s*[=:]\s*\[?([^\]|]*)\]?/gi, verbsOf),
  replacing(
    new RegExp(`\\s((?:${VERBS.join('|')})(?:[\\s,]+(?:${VERBS.join('|')}))*)$`),
    (verbs = '') => ` ${verbsOf(verbs)}`,
  ),
  // Parts that are in another order, or parted by other signs; upper and lower case.
  replacing(/^(!?)([A-Za-z][\w-]*)\.(v\d\w*)\.([a-z0-9.-]+)$/, '$1$4/$3/$2'),
  replacing(/^(!?)([A-Z]\w*)(?:\s*[.@,:]\s*|\s+)([a-z0-9.-]+\/v\d\w*)$/, '$1$3/$2'),
  replacing(/^(!?)([A-Za-z0-9.-]+\/[Vv]\d\w*)/, (not = '', groupVersion = '') => `${not}${groupVersion.toLowerCase()}`),
  replacing(/^(!?)V(?=\d+(?:\/|$))/, '$1v'),
  replacing(new RegExp(`^(!?)(${VERSION})/(${SHORT_GROUP}|[a-z0-9-]+(?:\\.[a-z0-9-]+)+)(?=/|\\s|$)`), '$1$3/$2'),
  replacing(/^(!?)([a-z0-9.-]+\/v\d\w*|v\d\w*)(?:\s*[,:;#.]\s*|\s+)(?:[Kk]ind\s*[=:]\s*)?([A-Z]\w*)/, '$1$2/$3'),
  replacing(/^(!?)([a-z0-9.-]+)\/(\d+(?:(?:alpha|beta)\d+)?)(?=\/|$)/, '$1$2/v$3'),
  replacing(/^(!?)([a-z0-9.-]+\/v\d+)\.\d+(?:\.\d+)?(?=\/|$)/, '$1$2'),
  // A kind where a resource has to stand, a version or a group that is not there, a star that says nothing.
  replacing(/\/([A-Z]\w*)\/([a-zA-Z]+)(?=\s|$)/, (kind = '', sub = '') => `/${pluralOf(kind)}/${sub.toLowerCase()}`),
  replacing(/\/([a-z]+[A-Z]\w*)$/, (name = '') => `/${name.charAt(0).toUpperCase()}${name.slice(1)}`),
  replacing(/^(!?)([A-Za-z]\w*)$/, (not = '', word = '') => `${not}${homeOf(word) ?? NEWEST[word] ?? word}`),
  replacing(
    /^(!?)([a-z0-9.-]+)\/([A-Za-z]\w*)$/,
    (not = '', group = '', kind = '') => `${not}${homeIn(group, kind) ?? `${group}/${kind}`}`,
  ),
  replacing(
    new RegExp(`^(!?)([a-z]+)\\.(${SHORT_GROUP})$`),
    (not = '', kind = '', group = '') => `${not}${homeIn(group, kind) ?? group}`,
  ),
  replacing(/^(!?)([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/, '$1$2/*'),
  replacing(/^(!?)([a-z0-9.-]+\/\*)\/.*$/, '$1$2'),
  replacing(/^(!?)([a-z0-9.-]+\/v\d\w*|v\d\w*)\/\*$/, '$1$2'),
];

function homeIn(group: string, kind: string): string | undefined {
  const home = homeOf(kind);
  return home?.startsWith(`${group}/`) === true ? home : undefined;
}

function verbsOf(list = ''): string {
  const suggest = speller(VERBS);
  const words = list.split(/[\s,;]+/).filter((word) => word !== '');
  const verbs = words.flatMap((word) => (word === '*' ? VERBS : [suggest(word)[0] ?? word]));
  return `verbs=${verbs.join(',')}`;
}

/** No slip is longer, and patterns take their time over what is. */
const LONGEST_MENDED = 300;

/** The right form nearest to a line that cannot be read: the first that reads while one slip after the other is repaired. */
export function nearestForm(line: string): Extract<LineReading, { kind: 'requirement' }> | undefined {
  if (line.length > LONGEST_MENDED) return undefined;
  let repaired = line;
  for (const repair of REPAIRS) {
    const next = repair(repaired);
    if (next === repaired) continue;
    repaired = next;
    const reading = readLine(repaired);
    if (reading.kind === 'requirement') return reading;
  }
  return undefined;
}

/** Several requirements on one line, each as it stands on its own; `undefined` when the line is something else. */
export function severalOn(line: string): readonly string[] | undefined {
  const parts = partsOf(line);
  return parts.length > 1 && parts.every((part) => readLine(part).kind === 'requirement') ? parts : undefined;
}

function partsOf(line: string): readonly string[] {
  const [, against] = /^!\s*(.*\|.*)$/.exec(line) ?? [];
  if (against !== undefined) return against.split('|').map((part) => `!${part.trim()}`);
  const [, subject, verbs] = /^(!\S+) verbs=(\S+)$/.exec(line) ?? [];
  if (subject !== undefined && verbs !== undefined) return verbs.split(',').map((verb) => `${subject} verbs=${verb}`);
  return line.split(/[\s,;]+/).filter((part) => part !== '');
}
