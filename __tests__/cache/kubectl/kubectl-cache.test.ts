import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readResponse, responseFile, writeResponse } from '../../../src/cache/kubectl/http-cache.ts';
import { type KubectlCacheOptions, openKubectlCache } from '../../../src/cache/kubectl/kubectl-cache.ts';
import type { Gap } from '../../../src/model/snapshot.ts';
import { readRecording } from '../../helpers/recording.ts';
import { sampleSnapshot, TAKEN_AT } from '../sample-snapshot.ts';

const SERVER = 'https://127.0.0.1:6443';
const TTL = 600_000;
const MINUTE = 60_000;
let folder: string;
let lines: string[];
let time: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubectl-cache-'));
  lines = [];
  time = TAKEN_AT;
});

afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

function open(over: Partial<KubectlCacheOptions> = {}) {
  return openKubectlCache({
    directory: folder,
    server: SERVER,
    owner: ['a kubeconfig', 'a server', 'a user'],
    ttlMs: TTL,
    clock: { now: () => time },
    log: { debug: () => undefined, line: (line) => lines.push(line) },
    name: 'prod',
    holdsSecret: () => false,
    ...over,
  });
}

const inServer = (...parts: string[]) => join(folder, 'discovery', '127.0.0.1_6443', ...parts);

describe('find', () => {
  test('what was kept is found, with its age, until the TTL', async () => {
    await open().keep(sampleSnapshot());
    time += MINUTE;
    expect(await open().find()).toMatchObject({ kind: 'fresh', ageMs: MINUTE });
    time += TTL - MINUTE;
    expect(await open().find()).toMatchObject({ kind: 'none' });
    expect(lines).toEqual([
      `kubectl's cache of prod: written to ${inServer()}.`,
      "kubectl's cache of prod: hit, written 1m ago, younger than the TTL of 10m.",
      "kubectl's cache of prod: miss, because nothing in it is younger than the TTL of 10m.",
    ]);
  });

  test.each<[string, () => void, boolean]>([
    ['kubectl wrote it, and nobody noted for whom', () => rmSync(inServer('kube-api-gate.owner')), true],
    ['we wrote it for another cluster', () => writeFileSync(inServer('kube-api-gate.owner'), 'f'.repeat(64)), false],
    ['the list of groups is damaged', () => writeFileSync(inServer('servergroups.json'), '{'), false],
    ['the list of groups is old', () => utimesSync(inServer('servergroups.json'), 1000, 1000), false],
    ['a file is of the future', () => utimesSync(inServer('v1', 'serverresources.json'), 4e9, 4e9), true],
    [
      'every file is of the future',
      () => {
        for (const file of [
          'servergroups.json',
          'v1/serverresources.json',
          'empty.example.com/v1alpha1/serverresources.json',
        ]) {
          utimesSync(inServer(file), 4e9, 4e9);
        }
      },
      false,
    ],
  ])('%s', async (_rule, change, found) => {
    await open().keep(sampleSnapshot());
    change();
    expect((await open().find()).kind).toBe(found ? 'fresh' : 'none');
  });

  test('two clusters that had one address, one after the other, do not vouch for each other', async () => {
    await open().keep(sampleSnapshot());
    const other = open({ owner: ['a kubeconfig', 'another server', 'a user'] });
    expect(await other.find()).toMatchObject({ kind: 'none' });
    await other.keep(sampleSnapshot());
    expect((await other.find()).kind).toBe('fresh');
    expect((await open().find()).kind).toBe('none');
  });

  test.each([
    ['young', 0, '{"gitVersion":"v1.37.2","major":"1","minor":"37"}', 'v1.37.2'],
    ['old', TTL, '{"gitVersion":"v1.37.2","major":"1","minor":"37"}', undefined],
    ['not a version', 0, '{"kind":"Status"}', undefined],
    ['not JSON', 0, '<html>', undefined],
  ])('the version comes from the HTTP cache where it is %s', async (_rule, ageMs, body, version) => {
    await open().keep(sampleSnapshot());
    const file = responseFile(folder, SERVER, '/version');
    await writeResponse(file, { contentType: 'application/json', body }, time - ageMs);
    const found = await open().find();
    const snapshot = found.kind === 'fresh' ? found.snapshot : undefined;
    expect(snapshot?.version?.gitVersion).toBe(version);
    const gap = snapshot?.gaps.some((each) => each.kind === 'endpoint' && each.endpoint === '/version');
    expect(gap).toBe(version === undefined);
  });
});

describe('keep', () => {
  test.each<[string, Gap, boolean]>([
    ['a stale group-version', { kind: 'group-version', groupVersion: 'a/v1', reason: 'stale', message: '' }, true],
    ['an unknown version', { kind: 'endpoint', endpoint: '/version', reason: 'unavailable', message: '' }, true],
    ['no core group', { kind: 'endpoint', endpoint: '/api', reason: 'unavailable', message: '503' }, false],
    ['no other groups', { kind: 'endpoint', endpoint: '/apis', reason: 'forbidden', message: '403' }, false],
  ])('an answer with a gap: %s', async (_rule, gap, kept) => {
    expect((await open().keep(sampleSnapshot({ gaps: [gap] }))).kind).toBe(kept ? 'kept' : 'not-kept');
    expect(existsSync(inServer())).toBe(kept);
  });

  test.each<[string, () => void]>([
    ['a file is where the folder would be', () => writeFileSync(join(folder, 'discovery'), '')],
    ['a folder is where a file would be', () => mkdirSync(inServer('v1', 'serverresources.json'), { recursive: true })],
    [
      'a file is where a folder would be',
      () => {
        mkdirSync(inServer(), { recursive: true });
        writeFileSync(inServer('v1'), '');
      },
    ],
  ])('what cannot be written is told: %s', async (_rule, spoil) => {
    spoil();
    expect(await open().keep(sampleSnapshot())).toMatchObject({ kind: 'not-kept' });
    expect(lines).toEqual([expect.stringMatching(/^kubectl's cache of prod: not written: E[A-Z]+/)]);
    expect(existsSync(inServer('servergroups.json'))).toBe(false);
  });

  test('two jobs at once leave whole files', async () => {
    await Promise.all(Array.from({ length: 10 }, () => open().keep(sampleSnapshot())));
    expect(await open().find()).toMatchObject({ kind: 'fresh' });
  });
});

describe('through', () => {
  const recorded = (path: string) => {
    const found = readRecording('1.37').documents.find((each) => each.path === path && each.format !== 'plain');
    const { headers = {}, body = '' } = found?.answer ?? {};
    return { status: 200, contentType: headers['content-type'] ?? '', etag: headers['etag'] ?? '', body };
  };
  const ACCEPT = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
  const ASKED = 'ours';

  /** A connection to these answers, which confirms its own ETags. */
  function connectionTo(
    answers: Readonly<Record<string, Readonly<{ status: number; contentType: string; etag?: string; body: string }>>>,
  ) {
    const asked: string[] = [];
    return {
      asked,
      close: async () => undefined,
      get: async ({ path, ifNoneMatch }: { path: string; accept: string; ifNoneMatch?: string }) => {
        asked.push(`${path}${ifNoneMatch === undefined ? '' : ' if'}`);
        const answer = answers[path];
        if (answer === undefined) throw new Error(path);
        return ifNoneMatch !== undefined && ifNoneMatch === answer.etag ? { ...answer, status: 304, body: '' } : answer;
      },
    };
  }

  test('what the server sends is kept for kubectl, and confirmed the next time', async () => {
    const apis = recorded('/apis');
    const server = connectionTo({ '/apis': apis });
    const first = open();
    expect(await first.through(server, true).get({ path: '/apis', accept: ASKED })).toEqual(apis);
    expect(readResponse(responseFile(folder, SERVER, '/apis'))?.response).toEqual({
      contentType: apis.contentType,
      etag: apis.etag,
      accept: ACCEPT,
      body: apis.body,
    });
    const second = open();
    expect(await second.through(server, true).get({ path: '/apis', accept: ASKED })).toEqual(apis);
    expect([first.confirmed(), second.confirmed(), server.asked]).toEqual([0, 1, ['/apis', '/apis if']]);
  });

  test('it is kept for the Accept of the kubectl that was there before', async () => {
    const file = responseFile(folder, SERVER, '/apis');
    const old = { contentType: 'application/json', etag: '"old"', accept: 'of another kubectl', body: '{}' };
    await writeResponse(file, old, time);
    await open()
      .through(connectionTo({ '/apis': recorded('/apis') }), true)
      .get({ path: '/apis', accept: ASKED });
    expect(readResponse(file)?.response.accept).toBe('of another kubectl');
  });

  test.each<[string, (body: string) => string]>([
    ['a group was taken out', (body) => body.replace('"name":"apps"', '"name":"none"')],
    ['a group was put in', (body) => body.replace('"items":[', '"items":[{"metadata":{"name":"evil"},"versions":[]},')],
    ['it is empty', () => ''],
  ])('a body that its ETag does not stand for is not asked about: %s', async (_rule, forge) => {
    const apis = recorded('/apis');
    const forged = { ...apis, accept: ACCEPT, body: forge(apis.body) };
    await writeResponse(responseFile(folder, SERVER, '/apis'), forged, time);
    const server = connectionTo({ '/apis': apis });
    const cache = open();
    expect(await cache.through(server, true).get({ path: '/apis', accept: ASKED })).toEqual(apis);
    expect([server.asked, cache.confirmed()]).toEqual([['/apis'], 0]);
  });

  test.each([
    ['nothing is to be confirmed', false, { accept: ASKED }, '/apis'],
    ['the caller has a validator of its own', true, { accept: ASKED, ifNoneMatch: '"own"' }, '/apis if'],
    ['plain JSON is asked for', true, { accept: 'application/json' }, '/apis'],
  ])('what is there is not sent where %s', async (_rule, revalidating, more, asked) => {
    const apis = recorded('/apis');
    await writeResponse(responseFile(folder, SERVER, '/apis'), { ...apis, accept: ACCEPT }, time);
    const server = connectionTo({ '/apis': apis });
    const cache = open();
    await cache.through(server, revalidating).get({ path: '/apis', ...more });
    expect([server.asked, cache.confirmed()]).toEqual([[asked], 0]);
  });

  test.each<[string, string, Readonly<{ status: number; contentType: string; etag?: string; body: string }>, boolean]>([
    ['the version', '/version', { status: 200, contentType: 'application/json', body: '{}' }, true],
    ['a list without an ETag', '/apis', { status: 200, contentType: 'application/json', body: '{}' }, false],
    ['a document that a proxy changed', '/apis', { ...recorded('/apis'), body: '{}' }, false],
    ['an error', '/version', { status: 503, contentType: 'application/json', body: '{}' }, false],
    ['the resources of a group-version', '/apis/apps/v1', { status: 200, contentType: '', body: '{}' }, false],
  ])('what is kept: %s', async (_rule, path, answer, kept) => {
    const asked = { path, accept: ASKED };
    expect(
      await open()
        .through(connectionTo({ [path]: answer }), true)
        .get(asked),
    ).toEqual(answer);
    expect(existsSync(responseFile(folder, SERVER, path))).toBe(kept);
  });

  test('a document of a form that kubectl does not know is not kept for it', async () => {
    const document = readRecording('1.28').documents.find(
      ({ path, format }) => path === '/api' && format === 'v2beta1',
    );
    const { headers = {}, body = '' } = document?.answer ?? {};
    const answer = { status: 200, contentType: headers['content-type'] ?? '', etag: headers['etag'] ?? '', body };
    await open()
      .through(connectionTo({ '/api': answer }), true)
      .get({ path: '/api', accept: ASKED });
    expect(readResponse(responseFile(folder, SERVER, '/api'))?.response.accept).toBe(ASKED);
  });

  test('a body with a secret is not kept, and a folder that cannot be written is told once', async () => {
    const answers = { '/apis': recorded('/apis'), '/api': recorded('/api') };
    await open({ holdsSecret: () => true })
      .through(connectionTo(answers), true)
      .get({ path: '/apis', accept: ASKED });
    expect(existsSync(join(folder, 'http'))).toBe(false);
    writeFileSync(join(folder, 'http'), 'in the way');
    const through = open().through(connectionTo(answers), true);
    await through.get({ path: '/apis', accept: ASKED });
    await through.get({ path: '/api', accept: ASKED });
    expect(lines).toEqual([expect.stringContaining('HTTP cache is not written')]);
    expect(readFileSync(join(folder, 'http'), 'utf8')).toBe('in the way');
  });
});
