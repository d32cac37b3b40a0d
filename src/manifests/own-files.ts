import { type DocumentNode, dereference, TEXT, textUnder, valueUnder, type Wanted } from '../yaml/node.ts';

/**
 * The action's own files, by what they hold. A workspace that is kept has those of earlier runs among the manifests, and nobody applies them.
 */

const OUTCOMES: ReadonlySet<string> = new Set([
  'compatible',
  'incompatible',
  'undetermined',
  'unreachable',
  'denied',
  'invalid-input',
  'internal-error',
]);
const FAILURES: ReadonlySet<string> = new Set(['deprecated', 'removed-by-target', 'missing', 'not-met']);

/** What has to be kept of a document to tell: beside a manifest's own fields, and of the items of a list. */
export const OWN_FIELDS: Readonly<Record<string, Wanted>> = {
  version: TEXT,
  outcome: TEXT,
  clusters: TEXT,
  problems: TEXT,
  findings: { items: { fields: { cluster: TEXT, requirement: TEXT, failure: TEXT } } },
  runs: { items: { fields: { tool: { fields: { driver: { fields: { name: TEXT } } } } } } },
};
export const OWN_ITEMS: Readonly<Record<string, Wanted>> = {
  requirement: TEXT,
  reason: TEXT,
  apiVersion: TEXT,
  kind: TEXT,
};

const NAME = 'kube-api-gate';

/** What a document of the action's own is; `undefined` for any other, and for everything with an apiVersion or a kind of others. */
export function ownDocument(root: DocumentNode): string | undefined {
  const node = dereference(root);
  if (node.kind === 'sequence') {
    const items = node.items.map(dereference);
    return items.length > 0 && items.every(isExemption) ? `${NAME} exemptions` : undefined;
  }
  if (isSnapshot(node)) return `${NAME} snapshot`;
  if (node.kind !== 'mapping' || isNamed(node)) return undefined;
  if (isReport(node)) return `${NAME} report.json`;
  if (isBaseline(node)) return `${NAME} baseline`;
  return isSarif(node) ? `${NAME} report.sarif` : undefined;
}

/** The same of a file that is no YAML. */
export function ownBytes(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 200);
  if (/^kube-api-gate-snapshot [0-9]{1,6} sha256:/.test(start)) return `${NAME} snapshot`;
  return /^<\?xml [^>]*>\s*<testsuites name="kube-api-gate"/.test(start) ? `${NAME} junit.xml` : undefined;
}

function isSnapshot(node: DocumentNode): boolean {
  return textUnder(node, 'kind') === `${NAME}-snapshot` && valueUnder(node, 'apiVersion') === undefined;
}

function isNamed(node: DocumentNode): boolean {
  return valueUnder(node, 'apiVersion') !== undefined || valueUnder(node, 'kind') !== undefined;
}

function isExemption(node: DocumentNode): boolean {
  const isWritten = (name: string) => textUnder(node, name) !== undefined;
  return node.kind === 'mapping' && !isNamed(node) && isWritten('requirement') && isWritten('reason');
}

function isReport(node: DocumentNode): boolean {
  return (
    valueUnder(node, 'version')?.kind === 'number' &&
    OUTCOMES.has(textUnder(node, 'outcome') ?? '') &&
    valueUnder(node, 'clusters')?.kind === 'sequence' &&
    valueUnder(node, 'problems')?.kind === 'sequence'
  );
}

function isBaseline(node: DocumentNode): boolean {
  const findings = valueUnder(node, 'findings');
  if (valueUnder(node, 'version')?.kind !== 'number' || findings?.kind !== 'sequence') return false;
  return findings.items.every(
    (item) =>
      textUnder(item, 'cluster') !== undefined &&
      textUnder(item, 'requirement') !== undefined &&
      FAILURES.has(textUnder(item, 'failure') ?? ''),
  );
}

function isSarif(node: DocumentNode): boolean {
  const runs = valueUnder(node, 'runs');
  if (runs?.kind !== 'sequence' || runs.items.length === 0) return false;
  return runs.items.every((run) => textUnder(valueUnder(valueUnder(run, 'tool'), 'driver'), 'name') === NAME);
}
