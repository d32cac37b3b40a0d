import { dirname, resolve } from 'node:path';
import { type DocumentNode, dereference, fieldOf, fieldsOf, textUnder, valueUnder } from '../yaml/node.ts';

/**
 * What a kustomization makes of a file that it names: `patch` is never an object of its own, `plugin` configures what kustomize runs, `data` goes into an object
 * or into kustomize as it is.
 */
export type KustomizeRole = 'patch' | 'plugin' | 'data';

/** Whether a file is one that kustomize starts from. */
export function isKustomization(path: string): boolean {
  return /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/.test(path);
}

/** Roles of files, from all kustomizations among them. What any of them names as a resource has no role: it is an object. */
export interface KustomizeRoles {
  readonly add: (kustomization: string, root: DocumentNode) => void;
  readonly of: (path: string) => KustomizeRole | undefined;
}

export function kustomizeRoles(): KustomizeRoles {
  const roles = new Map<string, KustomizeRole>();
  const resources = new Set<string>();
  return {
    add: (kustomization, root) => {
      const folder = dirname(kustomization);
      for (const entry of textsIn(root, ['resources', 'bases', 'components'])) resources.add(resolve(folder, entry));
      const named: Readonly<Record<KustomizeRole, readonly string[]>> = {
        data: dataOf(root),
        plugin: textsIn(root, ['generators', 'transformers', 'validators']),
        patch: [
          ...textsIn(root, ['patchesStrategicMerge']),
          ...under(root, ['patches', 'patchesJson6902']).flatMap((item) => textUnder(item, 'path') ?? []),
        ],
      };
      for (const role of ['data', 'plugin', 'patch'] as const) {
        for (const entry of named[role]) {
          // A patch may stand in the list as text of several lines.
          if (entry !== '' && !entry.includes('\n')) roles.set(resolve(folder, entry), role);
        }
      }
    },
    of: (path) => (resources.has(path) ? undefined : roles.get(path)),
  };
}

function dataOf(root: DocumentNode): readonly string[] {
  const generators = under(root, ['configMapGenerator', 'secretGenerator']);
  const charts = under(root, ['helmCharts', 'helmChartInflationGenerator']);
  return [
    ...textsIn(root, ['configurations', 'crds']),
    ...generators
      .flatMap((item) => textsIn(item, ['files', 'envs']))
      .map((entry) => entry.slice(entry.indexOf('=') + 1)),
    ...generators.flatMap((item) => textUnder(item, 'env') ?? []),
    ...charts.flatMap((item) => [textUnder(item, 'valuesFile') ?? '', textUnder(item, 'values') ?? '']),
    ...charts.flatMap((item) => textsIn(item, ['additionalValuesFiles'])),
    ...under(root, ['replacements']).flatMap((item) => textUnder(item, 'path') ?? []),
    textUnder(valueUnder(root, 'openapi'), 'path') ?? '',
  ];
}

function under(node: DocumentNode, fields: readonly string[]): readonly DocumentNode[] {
  return fields.flatMap((field) => {
    const list = valueUnder(node, field);
    return list?.kind === 'sequence' ? list.items.map(dereference) : [];
  });
}

function textsIn(node: DocumentNode, fields: readonly string[]): readonly string[] {
  return under(node, fields).flatMap((item) => (item.kind === 'string' ? [item.text] : []));
}

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** Whether a document is a JSON patch: a list of nothing but operations. @see RFC 6902 */
export function isJsonPatch(root: DocumentNode): boolean {
  const list = dereference(root);
  return (
    list.kind === 'sequence' &&
    list.items.length > 0 &&
    list.items.every((item) => OPERATIONS.has(textUnder(item, 'op') ?? '') && textUnder(item, 'path') !== undefined)
  );
}

export const DIRECTIVE = '$patch';
const DIRECTIVES = new Set(['delete', 'replace', 'merge']);

/** Whether a mapping says how to patch, where an object has no such field. @see apimachinery pkg/util/strategicpatch/patch.go directiveMarker */
export function hasDirective(node: DocumentNode): boolean {
  return DIRECTIVES.has(textUnder(node, DIRECTIVE) ?? '');
}

/** The same of anything within it. Only built-in types are sure to have no field of that name. */
export function hasDirectiveWithin(node: DocumentNode): boolean {
  const seen = new Set<DocumentNode>();
  const search = (part: DocumentNode): boolean => {
    const value = dereference(part);
    if (seen.has(value)) return false;
    seen.add(value);
    if (value.kind === 'sequence') return value.items.some(search);
    if (value.kind !== 'mapping') return false;
    return (
      (fieldOf(value, DIRECTIVE) !== undefined && hasDirective(value)) ||
      fieldsOf(value).some((field) => search(field.value))
    );
  };
  return search(node);
}
