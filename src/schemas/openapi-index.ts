import { InvalidSchema, record } from './schema.ts';

/** Where a group-version's document is, and the SHA-512 of its JSON, in upper-case hex; `''` where the server does not tell. */
export interface IndexEntry {
  readonly path: string;
  readonly hash: string;
}

/** The documents that a server publishes, by group-version: `v1`, `apps/v1`. */
export type OpenApiIndex = ReadonlyMap<string, IndexEntry>;

/**
 * Reads the index of `/openapi/v3`. It lists paths of other things as well, such as `version`, which are left out.
 *
 * @throws InvalidSchema
 * @see kube-openapi pkg/handler3/handler.go OpenAPIV3Discovery
 */
export function readIndex(value: unknown): OpenApiIndex {
  const paths = record(record(value, 'the index')['paths'], 'paths');
  const index = new Map<string, IndexEntry>();
  for (const [name, item] of Object.entries(paths)) {
    const groupVersion = groupVersionOf(name);
    if (groupVersion === undefined) continue;
    const url = record(item, `paths.${name}`)['serverRelativeURL'];
    if (typeof url !== 'string' || !url.startsWith('/') || url.startsWith('//')) {
      throw new InvalidSchema(`paths.${name}.serverRelativeURL is not a path`);
    }
    index.set(groupVersion, { path: url, hash: new URLSearchParams(url.split('?')[1] ?? '').get('hash') ?? '' });
  }
  return index;
}

function groupVersionOf(name: string): string | undefined {
  const parts = name.split('/');
  if (parts[0] === 'api' && parts.length === 2) return parts[1];
  return parts[0] === 'apis' && parts.length === 3 ? `${parts[1]}/${parts[2]}` : undefined;
}
