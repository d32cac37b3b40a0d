import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openActionsStore } from '../../src/cache/actions-store.ts';
import { encodeEntry } from '../../src/cache/entry.ts';
import { type CacheIdentity, serverHash, snapshotKeys } from '../../src/cache/key.ts';
import { openSnapshotCache, type SnapshotCache } from '../../src/cache/snapshot-cache.ts';
import type { SnapshotStore } from '../../src/cache/snapshot-store.ts';
import { systemClock } from '../../src/system/system.ts';
import { type CacheFault, type CacheService, startCacheService, variablesFor } from '../helpers/cache-service.ts';
import { isRunning } from '../helpers/processes.ts';
import { archiveOf, hasZstd, type Member } from './archive.ts';
import { sampleServer, sampleSnapshot } from './sample-snapshot.ts';
import { storeContract } from './store-contract.ts';

const TTL = 600_000;
/** RUNNER_TEMP of the tests' jobs. */
const TEMP = join(tmpdir(), `actions-store-temp-${process.pid}`);
/** Past it the process that calls the toolkit is ended. Long enough for that process to start on a busy machine. */
const DEADLINE = 15_000;
/** For faults that only the deadline ends: the process may as well never get as far as the fault. */
const SHORT = 300;
const identity: CacheIdentity = { cluster: 'prod', server: sampleServer() };
const TAKEN_AT = Date.now();
const KEYS = snapshotKeys(identity, TTL, TAKEN_AT);
const ENTRY = encodeEntry({
  identity: KEYS.identity,
  server: serverHash(sampleServer()),
  snapshot: sampleSnapshot({ takenAt: TAKEN_AT }),
});

let folder: string;
let services: Readonly<Record<'v1' | 'v2', CacheService>>;
let service: CacheService;
const lines: string[] = [];
const remarks: string[] = [];
/** One store a service for all tests that want nothing special: its process starts once and not a hundred times. */
const stores = new Map<CacheService, SnapshotStore>();

beforeAll(async () => {
  services = { v1: await startCacheService('v1'), v2: await startCacheService('v2') };
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'actions-store-'));
  await mkdir(join(folder, 'bin'));
  await rm(TEMP, { recursive: true, force: true });
  await mkdir(TEMP);
  service = services.v2;
});

afterEach(async () => {
  for (const each of Object.values(services)) each.reset();
  lines.length = 0;
  remarks.length = 0;
  await rm(folder, { recursive: true });
});

afterAll(async () => {
  await rm(TEMP, { recursive: true });
  await Promise.all(Object.values(services).map((each) => each.close()));
});

function storeWith(variables?: Record<string, string | undefined>): SnapshotStore {
  const shared = variables === undefined ? stores.get(service) : undefined;
  if (shared !== undefined) return shared;
  const store = openActionsStore({
    environment: {
      variables: {
        PATH: process.env['PATH'],
        GITHUB_WORKSPACE: import.meta.dirname,
        RUNNER_TEMP: TEMP,
        ...service.variables,
        ...variables,
      },
    },
    log: { debug: (message) => remarks.push(message), line: (line) => lines.push(line) },
  });
  if (variables === undefined) stores.set(service, store);
  return store;
}

function cacheOn(store: SnapshotStore, deadlineMs = DEADLINE): SnapshotCache {
  return openSnapshotCache({
    ttlMs: TTL,
    store,
    // The entry's age is not what these tests are about, however long they wait for a processor.
    clock: { ...systemClock, now: () => Math.min(Date.now(), TAKEN_AT + TTL / 2) },
    log: { debug: (message) => remarks.push(message), line: (line) => lines.push(line) },
    deadlineMs,
  });
}

/** An entry in the service that any client finds. */
function seed(members: readonly Member[], key = KEYS.window): void {
  service.entries.push({ key, archive: archiveOf(members) });
}

const holding = (bytes: Uint8Array): readonly Member[] => [{ name: 'kube-api-gate-snapshot', content: bytes }];

describe.each(['v2', 'v1'] as const)('contract, service %s', (protocol) => {
  beforeEach(() => {
    service = services[protocol];
  });

  storeContract(() => storeWith());

  test('an entry cannot be changed: a second save under its key says that it exists', async () => {
    const never = new AbortController().signal;
    expect(await storeWith().save(KEYS.window, Buffer.from('first'), never)).toEqual({ kind: 'saved' });
    expect(await storeWith().save(KEYS.window, Buffer.from('second'), never)).toEqual({ kind: 'exists' });
  });

  test('a snapshot is kept and found, and neither the workspace nor the temporary folder shows it', async () => {
    const cache = cacheOn(storeWith());
    const snapshot = sampleSnapshot({ takenAt: TAKEN_AT });
    expect(await cache.find(identity)).toMatchObject({ kind: 'none', reason: expect.stringContaining('has no entry') });
    await cache.keep(identity, snapshot);
    expect(await cacheOn(storeWith()).find(identity)).toMatchObject({ kind: 'fresh', snapshot });
    expect(service.operations).toEqual(['lookup', 'reserve', 'upload', 'commit', 'lookup', 'download']);
    expect((await readdir(import.meta.dirname)).filter((name) => name.startsWith('kube-api-gate'))).toEqual([]);
    expect(await readdir(TEMP)).toEqual([]);
  });
});

describe('which runners share entries', () => {
  test('any workspace, home and temporary folder: the version of an entry is the same', async () => {
    await storeWith().save(KEYS.window, ENTRY, new AbortController().signal);
    await mkdir(join(folder, 'elsewhere'));
    const other = storeWith({ GITHUB_WORKSPACE: '/', HOME: '/nowhere', RUNNER_TEMP: join(folder, 'elsewhere') });
    expect(await cacheOn(other).find(identity)).toMatchObject({ kind: 'fresh' });
  });

  test('a runner without zstd has entries of its own', async () => {
    const bin = join(folder, 'bin');
    for (const tool of ['tar', 'gzip', 'sh']) {
      const found = (process.env['PATH'] ?? '').split(delimiter).find((each) => existsSync(join(each, tool)));
      await symlink(join(found ?? '', tool), join(bin, tool));
    }
    const without = () => cacheOn(storeWith({ PATH: bin }));
    await without().keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    expect(await without().find(identity)).toMatchObject({ kind: 'fresh' });
    expect((await cacheOn(storeWith()).find(identity)).kind).toBe(hasZstd() ? 'none' : 'fresh');
  });
});

const reply =
  (status: number, body: unknown, headers: Record<string, string> = {}): CacheFault =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const silence: CacheFault = () => undefined;
const hangUp: CacheFault = (response) => response.destroy();
const html = reply(200, '<!DOCTYPE html><title>Sign in</title>', { 'content-type': 'text/html' });

describe('find: a service in trouble is a miss', () => {
  test.each<[string, Partial<Record<'lookup' | 'download', CacheFault>>, RegExp, number?]>([
    ['it hangs up', { lookup: hangUp }, /ECONNRESET/],
    ['it never answers', { lookup: silence }, /did not answer within 300ms/, SHORT],
    ['it answers 429', { lookup: reply(429, { msg: 'slow down' }, { 'retry-after': '60' }) }, /rate limit/i],
    ['it answers 401', { lookup: reply(401, { msg: 'bad token' }) }, /401/],
    ['the token may not read', { lookup: reply(403, { msg: 'cache read denied: untrusted' }) }, /cache read denied/],
    [
      'it redirects without end',
      { lookup: (response, request) => response.writeHead(307, { location: request.url }).end() },
      /./,
      SHORT,
    ],
    ['it answers with another key', { lookup: reply(200, { ok: true, matched_key: 'other-' }) }, /./, SHORT],
    ['the download hangs up', { download: hangUp }, /socket hang up|ECONNRESET/],
    ['the download never answers', { download: silence }, /did not answer within 300ms/, SHORT],
    ['the download is 404', { download: reply(404, 'gone') }, /./],
    ['the download is HTML', { download: html }, /tar.*failed/],
    [
      'the download is truncated',
      {
        download: (response) => {
          response.writeHead(200, { 'content-length': 1000 });
          response.write(Buffer.alloc(10), () => response.destroy());
        },
      },
      /aborted|Incomplete download|terminated/,
    ],
    [
      'the download is slow',
      {
        download: (response) => {
          const timer = setInterval(() => response.write(Buffer.alloc(1)), 20);
          response.once('close', () => clearInterval(timer));
        },
      },
      /did not answer within 300ms/,
      SHORT,
    ],
    [
      'the download never ends',
      {
        download: (response) => {
          const timer = setInterval(() => response.write(Buffer.alloc(10_000)), 2);
          response.once('close', () => clearInterval(timer));
        },
      },
      /did not answer within 300ms/,
      SHORT,
    ],
  ])('%s', async (_name, faults, reason, deadlineMs = DEADLINE) => {
    seed(holding(ENTRY));
    Object.assign(service.faults, faults);
    const cache = cacheOn(storeWith(), deadlineMs);
    const started = performance.now();
    expect(await cache.find(identity)).toMatchObject({ kind: 'none', reason: expect.stringMatching(reason) });
    expect(performance.now() - started).toBeLessThan(deadlineMs + 4000);
    expect(lines).toEqual([expect.stringMatching(/^Cache of prod: miss, because /)]);
    await expect.poll(() => readdir(TEMP)).toEqual([]);
  });

  test('nobody listens', async () => {
    const gone = await startCacheService();
    await gone.close();
    const started = performance.now();
    const found = await cacheOn(storeWith(gone.variables)).find(identity);
    expect(found).toMatchObject({ kind: 'none', reason: expect.stringMatching(/ECONNREFUSED|Unable to make request/) });
    expect(performance.now() - started).toBeLessThan(DEADLINE);
  });

  test('a listener that says nothing at all', async () => {
    const sockets: Socket[] = [];
    const blackHole = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(blackHole, 'listening');
    const address = blackHole.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const found = await cacheOn(storeWith(variablesFor('v2', `http://127.0.0.1:${port}`)), SHORT).find(identity);
    for (const socket of sockets) socket.destroy();
    blackHole.close();
    expect(found).toMatchObject({ kind: 'none', reason: 'the Actions cache did not answer within 300ms' });
  });
});

describe('service v1 in trouble', () => {
  beforeEach(() => {
    service = services.v1;
  });

  test.each<[string, Partial<CacheService['faults']>, RegExp]>([
    ['it answers 500', { lookup: reply(500, {}) }, /500/],
    ['it answers 401', { lookup: reply(401, { message: 'bad token' }) }, /401|bad token/],
    ['it answers 429', { lookup: reply(429, { message: 'slow down' }) }, /429|slow down/],
    ['the download is 404', { download: reply(404, 'gone') }, /./],
    ['the download is HTML', { download: html }, /tar.*failed/],
  ])('find: %s', async (_name, faults, reason) => {
    seed(holding(ENTRY));
    Object.assign(service.faults, faults);
    expect(await cacheOn(storeWith()).find(identity)).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(reason),
    });
  });

  test.each<[string, Partial<CacheService['faults']>, RegExp]>([
    ['another job was first', { reserve: reply(409, { message: 'Cache already exists.' }) }, /another job was first/],
    ['the token may only read', { reserve: reply(403, { message: 'cache write denied: read-only' }) }, /write denied/],
    ['reserving is 500', { reserve: reply(500, {}) }, /500/],
    ['the upload is 500', { upload: reply(500, {}) }, /500/],
    ['committing is 500', { commit: reply(500, {}) }, /500/],
  ])('keep: %s', async (_name, faults, reason) => {
    Object.assign(service.faults, faults);
    const cache = cacheOn(storeWith());
    await cache.find(identity);
    await cache.keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    expect(lines.at(-1)).toMatch(/^Cache of prod: not saved, because /);
    expect(lines.at(-1)).toMatch(reason);
    expect(service.entries).toEqual([]);
  });
});

describe.each(['v2', 'v1'] as const)('a service %s that fails is given up at once, with the cause', (protocol) => {
  beforeEach(() => {
    service = services[protocol];
  });

  test.each<[string, Partial<CacheService['faults']>, RegExp]>([
    ['lookup: 500', { lookup: reply(500, { code: 'internal', message: '' }) }, /500/],
    ['lookup: 502', { lookup: reply(502, '<html>Bad Gateway') }, /502|not valid JSON/],
    ['lookup: 503', { lookup: reply(503, {}) }, /503/],
    ['lookup: 503 of a gateway in HTML', { lookup: reply(503, '<html>busy') }, /503|not valid JSON/],
    ['lookup: 504', { lookup: reply(504, {}) }, /504/],
    ['lookup: it hangs up', { lookup: hangUp }, /ECONNRESET|socket hang up/],
    ['lookup: HTML', { lookup: html }, /not valid JSON|Cache not found/],
    ['lookup: an empty answer', { lookup: reply(200, '') }, /JSON|no entry|Cache not found/],
    ['download: 502', { download: reply(502, {}) }, /502/],
    ['download: 503', { download: reply(503, {}) }, /503/],
    ['download: it hangs up', { download: hangUp }, /ECONNRESET|socket hang up/],
  ])('%s', async (_rule, faults, cause) => {
    seed(holding(ENTRY));
    const store = storeWith();
    Object.assign(service.faults, faults);
    const found = await cacheOn(store).find(identity);
    expect(found).toMatchObject({ kind: 'none', why: 'trouble', reason: expect.stringMatching(cause) });
    // The toolkit's own second try would come seconds later, and well before the deadline.
    expect(service.operations.filter((operation) => operation in faults)).toHaveLength(1);
    await expect.poll(() => readdir(TEMP)).toEqual([]);
  });

  test.each<[string, Partial<CacheService['faults']>, RegExp]>([
    ['reserve: 500', { reserve: reply(500, {}) }, /500/],
    ['reserve: 502', { reserve: reply(502, {}) }, /502/],
    ['reserve: 503', { reserve: reply(503, {}) }, /503/],
    ['reserve: it hangs up', { reserve: hangUp }, /ECONNRESET|socket hang up/],
    ['commit: 503', { commit: reply(503, {}) }, /503/],
    ['upload: 503', { upload: reply(503, 'busy') }, /503/],
    ['upload: it hangs up', { upload: hangUp }, /ECONNRESET|socket hang up|upload failed/],
  ])('%s', async (_rule, faults, cause) => {
    const store = storeWith();
    const cache = cacheOn(store);
    await cache.find(identity);
    Object.assign(service.faults, faults);
    const kept = await cache.keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    expect(kept).toEqual({ kind: 'not-kept', reason: expect.stringMatching(cause) });
    // The second try of an upload follows at once, and there is no third.
    const tries = service.operations.filter((operation) => operation in faults).length;
    expect(tries).toBeLessThanOrEqual('upload' in faults ? 2 : 1);
    await expect.poll(() => readdir(TEMP)).toEqual([]);
  });

  test('nobody listens', async () => {
    const gone = await startCacheService(protocol);
    await gone.close();
    const found = await cacheOn(storeWith(gone.variables)).find(identity);
    expect(found).toMatchObject({ reason: expect.stringMatching(/ECONNREFUSED/) });
  });

  test.each<[string, () => void]>([
    [
      'an archive that is damaged',
      () => service.entries.push({ key: KEYS.window, archive: Buffer.from('x'.repeat(99)) }),
    ],
    [
      'a download that is 404',
      () => {
        seed(holding(ENTRY));
        service.faults.download = reply(404, 'gone');
      },
    ],
    ['an archive without an entry', () => seed([])],
    ['an entry with a wrong digest', () => seed(holding(Buffer.from(ENTRY).fill('x', 300, 301)))],
  ])('%s does not block its window', async (_rule, damage) => {
    damage();
    // The service knows the key as taken, whatever the toolkit's version of it is.
    service.faults.reserve = (response, _request, body) => {
      const { key } = JSON.parse(body.toString()) as { readonly key: string };
      return key === KEYS.window
        ? reply(409, { msg: 'cache entry already exists', message: 'Cache already exists' })(response, _request, body)
        : false;
    };
    const cache = cacheOn(storeWith());
    expect((await cache.find(identity)).kind).toBe('none');
    expect(await cache.keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }))).toEqual({ kind: 'kept' });
    expect(service.entries.at(-1)?.key).toBe(KEYS.renewed);
    delete service.faults.download;
    expect(await cacheOn(storeWith()).find(identity)).toMatchObject({ kind: 'fresh' });
  });
});

describe('an archive that would fill the disk is stopped', () => {
  test.each<[string, () => Buffer]>([
    [
      '2 GB of zeros in 100 KB',
      () => archiveOf([{ name: 'kube-api-gate-snapshot', content: Buffer.alloc(2_000_000_000) }]),
    ],
    ['an archive of 2 GB', () => Buffer.alloc(0)],
  ])('%s', { timeout: 60_000 }, async (rule, archive) => {
    service.entries.push({ key: KEYS.window, archive: archive() });
    if (rule.startsWith('an archive')) {
      service.faults.download = (response) => {
        response.writeHead(200, { 'content-length': 2_000_000_000 });
        const more = (): void => {
          if (response.write(Buffer.alloc(1_000_000))) setImmediate(more);
          else response.once('drain', more);
        };
        response.once('close', () => response.destroy());
        more();
      };
    }
    let most = 0;
    const watch = setInterval(() => {
      for (const folderOf of readdirSync(TEMP)) {
        for (const name of readdirSync(join(TEMP, folderOf), { recursive: true, encoding: 'utf8' })) {
          most = Math.max(most, statSync(join(TEMP, folderOf, name), { throwIfNoEntry: false })?.size ?? 0);
        }
      }
    }, 5);
    const found = await cacheOn(storeWith({})).find(identity);
    clearInterval(watch);
    expect(found).toMatchObject({ kind: 'none', why: 'trouble', reason: expect.stringContaining('larger than') });
    expect(most).toBeLessThan(1_000_000_000);
    await expect.poll(() => readdir(TEMP)).toEqual([]);
  });
});

describe('find: an archive is not to be trusted', () => {
  test.each<[string, () => readonly Member[], RegExp]>([
    [
      'of another cluster',
      () => holding(encodeEntry({ identity: 'other', snapshot: sampleSnapshot() })),
      /another cluster/,
    ],
    [
      'of another server',
      () => holding(encodeEntry({ identity: KEYS.identity, server: 'f'.repeat(64), snapshot: sampleSnapshot() })),
      /another server/,
    ],
    [
      'of another schema',
      () => holding(Buffer.from(`kube-api-gate-snapshot 9 sha256:${'0'.repeat(64)}\n{}`)),
      /schema 9/,
    ],
    ['with a wrong digest', () => holding(Buffer.from(ENTRY).fill('x', 300, 301)), /digest/],
    ['of 100 MB', () => holding(Buffer.alloc(100_000_000)), /larger than 33554432 bytes/],
    ['that is HTML', () => holding(Buffer.from('<html>')), /not a snapshot/],
    ['that is a folder', () => [{ name: 'kube-api-gate-snapshot', directory: true }], /something else than a file/],
    [
      'that is a link',
      () => [{ name: 'kube-api-gate-snapshot', link: { type: 'symbolic', target: '/etc/hostname' } }],
      /something else than a file|tar.*failed/,
    ],
    ['that is not there', () => [], /does not hold an entry/],
    ['under another name', () => [{ name: 'other', content: 'x' }], /not a snapshot/],
  ])('an entry %s', async (_name, members, reason) => {
    seed(members());
    expect(await cacheOn(storeWith()).find(identity)).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(reason),
    });
    expect(await readdir(TEMP)).toEqual([]);
  });

  test('bytes that are no archive', async () => {
    service.entries.push({ key: KEYS.window, archive: Buffer.from('x'.repeat(1000)) });
    expect(await cacheOn(storeWith()).find(identity)).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/tar.*failed/),
    });
  });

  test('of another cluster that the service matched', async () => {
    seed(holding(ENTRY), `${KEYS.window}600-0000000001-`);
    expect(await cacheOn(storeWith()).find(identity)).toMatchObject({ reason: expect.stringContaining('another key') });
  });

  test.each<[string, (target: string) => readonly Member[]]>([
    ['an absolute name', (target) => [{ name: target, content: 'x' }]],
    ['a name that climbs', (target) => [{ name: `../../../../../../..${target}`, content: 'x' }]],
    [
      'a folder that climbs',
      () => [
        { name: '../escaped', directory: true },
        { name: '../escaped/x', content: 'x' },
      ],
    ],
    [
      'a link, then a file through it',
      (target) => [
        { name: 'kube-api-gate-snapshot', link: { type: 'symbolic', target } },
        { name: 'kube-api-gate-snapshot', content: 'x' },
      ],
    ],
    [
      'a link to a folder, then a file in it',
      (target) => [
        { name: 'out', link: { type: 'symbolic', target: join(target, '..') } },
        { name: 'out/escaped', content: 'x' },
      ],
    ],
  ])('nothing is written outside: %s', async (_name, members) => {
    const target = join(folder, 'temp', 'escaped');
    seed([...members(target), ...holding(ENTRY)]);
    await cacheOn(storeWith()).find(identity);
    expect(existsSync(target)).toBe(false);
    expect(await readdir(TEMP)).toEqual([]);
  });

  test('a file that a link points to keeps its content', async () => {
    const target = join(folder, 'precious');
    await writeFile(target, 'precious');
    seed([
      { name: 'x', link: { type: 'hard', target } },
      { name: 'y', link: { type: 'symbolic', target } },
      ...holding(ENTRY),
    ]);
    await cacheOn(storeWith()).find(identity);
    expect(await readFile(target, 'utf8')).toBe('precious');
  });
});

describe('keep: a service in trouble costs nothing but the entry', () => {
  test.each<[string, Partial<CacheService['faults']>, RegExp, number?]>([
    ['another job was first', { reserve: reply(409, { msg: 'cache entry already exists' }) }, /another job was first/],
    [
      'the token may only read',
      { reserve: reply(200, { ok: false, message: 'cache write denied: read-only token' }) },
      /cache write denied/,
    ],
    ['reserving is 403', { reserve: reply(403, { msg: 'forbidden' }) }, /403/],
    ['reserving is 429', { reserve: reply(429, { msg: 'too many' }, { 'retry-after': '60' }) }, /rate limit/i],
    ['reserving is 500', { reserve: reply(500, {}) }, /500/],
    ['reserving never answers', { reserve: silence }, /did not answer within 300ms/, SHORT],
    ['the upload is refused', { upload: reply(403, 'expired') }, /403|uploadCacheArchiveSDK/],
    ['the upload never answers', { upload: silence }, /did not answer within 300ms/, SHORT],
    ['committing fails', { commit: reply(200, { ok: false, message: 'lost' }) }, /lost/],
    ['committing never answers', { commit: silence }, /did not answer within 300ms/, SHORT],
  ])('%s', async (_name, faults, reason, deadlineMs = DEADLINE) => {
    Object.assign(service.faults, faults);
    const cache = cacheOn(storeWith(), deadlineMs);
    const before = cache.find(identity);
    if (deadlineMs === DEADLINE) await before;
    lines.length = 0;
    const started = performance.now();
    await cache.keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    expect(performance.now() - started).toBeLessThan(deadlineMs + 4000);
    await before;
    expect(lines.find((line) => line.startsWith('Cache of prod: not saved'))).toMatch(reason);
    expect(service.entries).toEqual([]);
    await expect.poll(() => readdir(TEMP)).toEqual([]);
  });

  test('a cache mode that only reads', async () => {
    await cacheOn(storeWith({ ACTIONS_CACHE_MODE: 'read' })).keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    expect(lines).toEqual([expect.stringMatching(/^Cache of prod: not saved, because .*read/)]);
    expect(service.operations).toEqual([]);
  });
});

describe('a machine in trouble', () => {
  test.each([
    ['the temporary folder is not there', () => '/nowhere'],
    ['the temporary folder is a file', () => '/etc/hostname'],
    ['the temporary folder cannot be written', () => '/proc/self'],
  ])('%s', async (_name, temporary) => {
    seed(holding(ENTRY));
    const cache = cacheOn(storeWith({ RUNNER_TEMP: temporary() }));
    expect(await cache.find(identity)).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/ENOENT|ENOTDIR|EACCES|EPERM/),
    });
    await cache.keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    expect(lines.at(-1)).toMatch(/^Cache of prod: not saved, because /);
  });

  /** Puts something else in tar's place: what it does and how it ends. */
  async function tarThat(script: string): Promise<Record<string, string>> {
    const bin = join(folder, 'bin');
    await writeFile(join(bin, 'tar'), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, 'tar'), 0o755);
    return { PATH: `${bin}${delimiter}${process.env['PATH']}` };
  }

  test.each([
    ['the disk is full', 'echo "tar: write error: No space left on device" >&2; exit 2', /tar.*exit code 2/, DEADLINE],
    ['tar hangs', 'exec sleep 60', /did not answer/, SHORT],
    ['tar takes the process with it', 'kill -KILL $PPID', /ended without an answer \(SIGKILL\)/, DEADLINE],
  ])('%s', async (_name, script, reason, deadlineMs) => {
    seed(holding(ENTRY));
    const store = storeWith(await tarThat(script));
    store.prepare?.();
    const cache = cacheOn(store, deadlineMs);
    expect(await cache.find(identity)).toMatchObject({ kind: 'none', reason: expect.stringMatching(reason) });
    await expect.poll(() => readdir(TEMP)).toEqual([]);
  });

  test('tar ends with the process that is ended', async () => {
    seed(holding(ENTRY));
    const file = join(folder, 'tar.pid');
    const late = new AbortController();
    const store = storeWith(await tarThat(`echo $$ > ${file}.new; mv ${file}.new ${file}; exec sleep 60`));
    const restored = store.restore(KEYS.lookup, late.signal);
    await expect.poll(() => existsSync(file), { timeout: DEADLINE }).toBe(true);
    late.abort();
    expect(await restored).toMatchObject({ kind: 'none' });
    const pid = Number(await readFile(file, 'utf8'));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

describe('no service', () => {
  test.each([
    [
      'no variables at all',
      { ACTIONS_RESULTS_URL: undefined, ACTIONS_CACHE_SERVICE_V2: undefined, ACTIONS_RUNTIME_TOKEN: undefined },
    ],
    ['only that of version 2, without choosing it', { ACTIONS_CACHE_SERVICE_V2: undefined }],
  ])('%s', async (_name, variables) => {
    const cache = cacheOn(storeWith(variables));
    expect(await cache.find(identity)).toMatchObject({
      kind: 'none',
      reason: 'no Actions cache service is available here',
    });
    await cache.keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    expect(lines).toHaveLength(2);
    expect(service.operations).toEqual([]);
  });

  test('a service without a token', async () => {
    const cache = cacheOn(storeWith({ ACTIONS_RUNTIME_TOKEN: undefined }));
    expect(await cache.find(identity)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('ACTIONS_RUNTIME_TOKEN'),
    });
  });
});

describe('many at once', () => {
  test('20 jobs in one window: each finds a miss or an entry, one saves', { timeout: 90_000 }, async () => {
    const jobStores = Array.from({ length: 20 }, () => storeWith({}));
    const caches = jobStores.map((store) => cacheOn(store, 60_000));
    const jobs = caches.map(async (cache) => {
      const found = await cache.find(identity);
      if (found.kind === 'none') await cache.keep(identity, sampleSnapshot({ takenAt: TAKEN_AT }));
    });
    await Promise.all(jobs);
    expect(service.entries.map(({ key }) => key)).toEqual([KEYS.window]);
    for (const line of lines) {
      expect(line).toMatch(
        /^Cache of prod: (hit|miss, because the Actions cache has no entry|saved|not saved, because another job was first)/,
      );
    }
    expect(await cacheOn(storeWith()).find(identity)).toMatchObject({ kind: 'fresh' });
  });

  test('calls at the same time on one store do not mix', async () => {
    const store = storeWith();
    const clusters = ['a', 'b', 'c'].map((cluster) => ({ cluster, server: sampleServer() }));
    const cache = cacheOn(store, 10_000);
    await Promise.all(
      clusters.map(async (each) =>
        cache.keep(
          each,
          sampleSnapshot({ takenAt: TAKEN_AT, version: { gitVersion: each.cluster, major: '', minor: '' } }),
        ),
      ),
    );
    const found = await Promise.all(clusters.map(async (each) => await cache.find(each)));
    expect(found.map((each) => each.kind !== 'none' && each.snapshot.version?.gitVersion)).toEqual(['a', 'b', 'c']);
  });
});

describe('the job that uses it', () => {
  const module = (name: string) => JSON.stringify(join(import.meta.dirname, '../../src', name));

  /** Runs a whole process that asks the cache, as a job does. */
  async function job(
    variables: Record<string, string>,
    deadlineMs: number,
    does = 'await cache.find({ cluster: "prod" })',
  ) {
    const script = `
      const { openActionsStore } = await import(${module('cache/actions-store.ts')});
      const { openSnapshotCache } = await import(${module('cache/snapshot-cache.ts')});
      const { systemClock } = await import(${module('system/system.ts')});
      const log = { debug: () => {}, line: (line) => console.log(line) };
      const store = openActionsStore({ environment: { variables: process.env }, log });
      const cache = openSnapshotCache({ ttlMs: ${TTL}, store, clock: systemClock, log, deadlineMs: ${deadlineMs} });
      const snapshot = { takenAt: Date.now(), groups: [], gaps: [], validators: {} };
      ${does};
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'], RUNNER_TEMP: TEMP, INPUT_TOKEN: 'secret-input', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A job that does not end by itself is what these tests look for.
      timeout: 15_000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    const [code] = await once(child, 'close');
    return { code, output };
  }

  test('ends by itself, and what the toolkit warns of is no annotation', async () => {
    service.faults.lookup = reply(401, { msg: 'bad token' });
    const { code, output } = await job(service.variables, DEADLINE);
    expect(code).toBe(0);
    expect(output).toMatch(/^Cache of prod: miss, because .*401.*\n$/);
  });

  test('ends by itself when the service hangs', async () => {
    service.faults.lookup = silence;
    expect(await job(service.variables, 1000)).toEqual({
      code: 0,
      output: 'Cache of prod: miss, because the Actions cache did not answer within 1s.\n',
    });
  });

  test('leaves no folder behind when a save is still under way at its deadline', async () => {
    service.faults.upload = silence;
    const { code, output } = await job(
      service.variables,
      6000,
      'await cache.keep({ cluster: "prod" }, snapshot); process.exit()',
    );
    expect({ code, output }).toEqual({
      code: 0,
      output: 'Cache of prod: not saved, because the Actions cache did not answer within 6s.\n',
    });
    expect(service.operations).toContain('upload');
    expect(await readdir(TEMP)).toEqual([]);
  });

  test('hands its own secrets to nobody', async () => {
    const bin = join(folder, 'bin');
    await writeFile(join(bin, 'tar'), `#!/bin/sh\nenv > ${join(folder, 'env')}\nexit 2\n`);
    await chmod(join(bin, 'tar'), 0o755);
    seed(holding(ENTRY));
    await job(
      { ...service.variables, PATH: `${bin}${delimiter}${process.env['PATH']}`, AWS_SECRET_ACCESS_KEY: 'secret-aws' },
      DEADLINE,
    );
    const environment = await readFile(join(folder, 'env'), 'utf8');
    expect(environment).toContain('RUNNER_TEMP=');
    expect(environment).not.toContain('secret-');
  });

  test('a signature of the service is not in the debug log', async () => {
    service.faults.download = silence;
    seed(holding(ENTRY));
    const late = new AbortController();
    const restored = storeWith({ RUNNER_DEBUG: '1' }).restore(KEYS.lookup, late.signal);
    await expect.poll(() => service.operations, { timeout: DEADLINE }).toContain('download');
    late.abort();
    await restored;
    expect(remarks.join('\n')).toContain('GetCacheEntryDownloadURL');
    expect(remarks.join('\n')).not.toContain('download-secret');
  });
});
