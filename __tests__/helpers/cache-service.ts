/**
 * A cache service on loopback that the real `@actions/cache` talks to: either of the two protocols, with faults put in where a test wants them.
 *
 * @see actions/toolkit packages/cache/src/generated/results/api/v1/cache.ts
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a client asks of the service, whichever the protocol. */
export type CacheOperation = 'lookup' | 'download' | 'reserve' | 'upload' | 'commit';

/** Answers in the service's place; returning `false` leaves the answer to the service. */
export type CacheFault = (response: ServerResponse, request: IncomingMessage, body: Buffer) => unknown;

export interface CacheServiceEntry {
  readonly key: string;
  /** The toolkit's hash of path and compression; absent: any. */
  readonly version?: string;
  archive: Buffer;
}

export interface CacheService {
  readonly url: string;
  /** What a runner would set for a job. */
  readonly variables: Readonly<Record<string, string>>;
  /** Committed entries, oldest first. */
  readonly entries: CacheServiceEntry[];
  readonly operations: CacheOperation[];
  readonly faults: Partial<Record<CacheOperation, CacheFault>>;
  /** Forgets all entries, operations and faults. */
  reset(): void;
  close(): Promise<void>;
}

const TWIRP = '/twirp/github.actions.results.api.v1.CacheService/';

/** Starts an empty service. */
export async function startCacheService(protocol: 'v1' | 'v2' = 'v2'): Promise<CacheService> {
  const entries: CacheServiceEntry[] = [];
  const operations: CacheOperation[] = [];
  const faults: CacheService['faults'] = {};
  const pending = new Map<number, Required<CacheServiceEntry>>();
  let nextId = 1;
  let url = '';

  function reserve(key: string, version: string): number | undefined {
    const taken = [...entries, ...pending.values()].some((entry) => entry.key === key && entry.version === version);
    if (taken) return undefined;
    const id = nextId++;
    pending.set(id, { key, version, archive: Buffer.alloc(0) });
    return id;
  }

  function lookUp(keys: readonly string[], version: string): CacheServiceEntry | undefined {
    const candidates = entries.filter((entry) => entry.version === undefined || entry.version === version);
    for (const key of keys) {
      const match =
        candidates.findLast((entry) => entry.key === key) ?? candidates.findLast((entry) => entry.key.startsWith(key));
      if (match !== undefined) return match;
    }
    return undefined;
  }

  function commit(id: number): boolean {
    const entry = pending.get(id);
    if (entry === undefined) return false;
    pending.delete(id);
    entries.push(entry);
    return true;
  }

  function answer(operation: CacheOperation, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    operations.push(operation);
    if (faults[operation] !== undefined && faults[operation](response, request, body) !== false) return;
    const target = new URL(request.url ?? '/', url);
    const asked = body.length > 0 && operation !== 'upload' ? JSON.parse(body.toString()) : {};
    const id = Number(target.pathname.split('/').at(-1));
    if (operation === 'download') {
      const entry = entries[id];
      response.writeHead(entry === undefined ? 404 : 200, { 'content-length': entry?.archive.length ?? 0 });
      response.end(entry?.archive);
    } else if (operation === 'upload') {
      const entry = pending.get(id);
      if (entry !== undefined) entry.archive = Buffer.concat([entry.archive, body]);
      response.writeHead(protocol === 'v2' ? 201 : 204, { etag: '"1"', 'x-ms-request-id': '1' }).end();
    } else {
      const [status, document] =
        protocol === 'v2' ? answerTwirp(operation, asked) : answerRest(operation, asked, target);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(document === undefined ? undefined : JSON.stringify(document));
    }
  }

  /** Status and document of an answer; no document for an empty one. */
  type Answer = readonly [status: number, document?: unknown];

  function answerTwirp(operation: CacheOperation, asked: Readonly<Record<string, unknown>>): Answer {
    const key = String(asked['key']);
    const version = String(asked['version']);
    if (operation === 'lookup') {
      const match = lookUp([key, ...((asked['restore_keys'] ?? []) as string[])], version);
      if (match === undefined) return [200, {}];
      const location = `${url}/blob/${entries.indexOf(match)}?sig=download-secret`;
      return [200, { ok: true, signed_download_url: location, matched_key: match.key }];
    }
    if (operation === 'reserve') {
      const id = reserve(key, version);
      if (id !== undefined) return [200, { ok: true, signed_upload_url: `${url}/blob/${id}?sig=upload-secret` }];
      const msg = 'cache entry with the same key, version, and scope already exists';
      return [409, { code: 'already_exists', msg }];
    }
    const id = [...pending].find(([, entry]) => entry.key === key && entry.version === version)?.[0] ?? 0;
    return [200, commit(id) ? { ok: true, entry_id: String(id) } : { ok: false }];
  }

  function answerRest(operation: CacheOperation, asked: Readonly<Record<string, unknown>>, target: URL): Answer {
    if (operation === 'lookup') {
      const keys = (target.searchParams.get('keys') ?? '').split(',');
      const match = lookUp(keys, target.searchParams.get('version') ?? '');
      if (match === undefined) return [204];
      const archiveLocation = `${url}/blob/${entries.indexOf(match)}`;
      return [200, { cacheKey: match.key, scope: 'refs/heads/main', archiveLocation }];
    }
    if (operation === 'reserve') {
      const cacheId = reserve(String(asked['key']), String(asked['version']));
      return cacheId === undefined
        ? [409, { message: 'Cache already exists. Scope: refs/heads/main' }]
        : [201, { cacheId }];
    }
    return [commit(Number(target.pathname.split('/').at(-1))) ? 204 : 404];
  }

  const server = createServer((request, response) => {
    const operation = operationOf(request);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (operation === undefined) response.writeHead(404).end();
      else answer(operation, request, response, Buffer.concat(chunks));
    });
  });
  await listen(server);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    variables: variablesFor(protocol, url),
    entries,
    operations,
    faults,
    reset() {
      entries.length = 0;
      operations.length = 0;
      pending.clear();
      for (const operation of Object.keys(faults) as CacheOperation[]) delete faults[operation];
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a runner sets for a job whose cache service is at `url`. */
export function variablesFor(protocol: 'v1' | 'v2', url: string): Record<string, string> {
  return protocol === 'v2'
    ? { ACTIONS_CACHE_SERVICE_V2: 'true', ACTIONS_RESULTS_URL: `${url}/`, ACTIONS_RUNTIME_TOKEN: 'runtime-token' }
    : { ACTIONS_CACHE_URL: `${url}/`, ACTIONS_RUNTIME_TOKEN: 'runtime-token' };
}

function operationOf({ method, url = '' }: IncomingMessage): CacheOperation | undefined {
  if (url.startsWith('/blob/')) return method === 'PUT' ? 'upload' : 'download';
  if (url === `${TWIRP}GetCacheEntryDownloadURL` || url.startsWith('/_apis/artifactcache/cache?')) return 'lookup';
  if (url === `${TWIRP}CreateCacheEntry` || url === '/_apis/artifactcache/caches') return 'reserve';
  if (url === `${TWIRP}FinalizeCacheEntryUpload`) return 'commit';
  if (url.startsWith('/_apis/artifactcache/caches/')) return method === 'PATCH' ? 'upload' : 'commit';
  return undefined;
}

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}
