/**
 * Records `__tests__/fixtures/openapi`: what a real Kubernetes 1.37 publishes of a few kinds, cut down to what they are made of, without descriptions. The hashes in the index are
 * those of the cut documents, so that the recording is as true to itself as a server is.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startControlPlane } from '../__tests__/helpers/control-plane.ts';
import { ask, bearer } from '../__tests__/helpers/https.ts';

const KINDS: Readonly<Record<string, readonly string[]>> = {
  'api/v1': ['Service', 'Secret', 'ConfigMap'],
  'apis/apps/v1': ['Deployment'],
};
const FOLDER = join(import.meta.dirname, '..', '__tests__', 'fixtures', 'openapi');

type Json = Readonly<Record<string, unknown>>;

function cut(document: Json, kinds: readonly string[]): Json {
  const paths = Object.entries(document['paths'] as Record<string, Json>).flatMap(([path, item]) => {
    const post = item['post'] as
      | { 'x-kubernetes-group-version-kind'?: { kind: string }; requestBody?: unknown }
      | undefined;
    const kind = post?.['x-kubernetes-group-version-kind']?.kind;
    if (kind === undefined || !kinds.includes(kind) || path.includes('{name}')) return [];
    const { requestBody } = post ?? {};
    return [
      [path, { post: { 'x-kubernetes-group-version-kind': post?.['x-kubernetes-group-version-kind'], requestBody } }],
    ];
  });
  const schemas = (document['components'] as { schemas: Record<string, unknown> }).schemas;
  const kept: Record<string, unknown> = {};
  const waiting = [...JSON.stringify(paths).matchAll(/#\/components\/schemas\/([\w.]+)/g)].map(([, name = '']) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name in kept) continue;
    kept[name] = withoutDescriptions(schemas[name]);
    for (const [, found = ''] of JSON.stringify(kept[name]).matchAll(/#\/components\/schemas\/([\w.]+)/g))
      waiting.push(found);
  }
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    openapi: document['openapi'],
    info: document['info'],
    paths: Object.fromEntries(paths),
    components: { schemas: sorted },
  };
}

function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => key !== 'description' || typeof inner !== 'string')
      .filter(([key]) => !key.startsWith('x-kubernetes-patch'))
      .map(([key, inner]) => [key, withoutDescriptions(inner)]),
  );
}

const plane = await startControlPlane({ generation: '1.37' });
try {
  mkdirSync(FOLDER, { recursive: true });
  const paths: Record<string, unknown> = {};
  for (const [path, kinds] of Object.entries(KINDS)) {
    const { body } = await ask(`${plane.server}/openapi/v3/${path}`, {
      caPem: plane.caPem,
      headers: { accept: 'application/json', ...bearer(plane.tokens['admin']) },
      timeoutMs: 30_000,
    });
    const text = JSON.stringify(cut(JSON.parse(body), kinds));
    const hash = createHash('sha512').update(text).digest('hex').toUpperCase();
    paths[path] = { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` };
    writeFileSync(join(FOLDER, `${path.replaceAll('/', '_')}.json`), text);
  }
  writeFileSync(join(FOLDER, 'index.json'), JSON.stringify({ paths }));
} finally {
  await plane.stop();
}
