import fc from 'fast-check';
import { expect, test } from 'vitest';
import { generations } from '../../engines/paths.ts';
import { discover, serverGroups, serverResourcesForGroupVersion } from '../../src/discovery/discover.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { Clock } from '../../src/model/world.ts';
import { type Format, readRecording } from '../helpers/recording.ts';
import {
  aggregated,
  aggregatedV2beta1,
  apiGroups,
  apiVersions,
  connectionTo,
  forbidden,
  group,
  type Reply,
  resource,
  resourceList,
  type Script,
  status,
  version137,
} from '../helpers/scripted-api.ts';

const quiet = { debug: () => {}, line: () => {} };
const unreachable = new GateError('unreachable', 'reset', 'the connection was reset');

function clockAt(start: number): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => start + slept.length,
    sleep: async (ms) => {
      slept.push(ms);
    },
    random: () => 0.5,
  };
}

function ask(script: Script, previous?: Snapshot) {
  return discover(connectionTo({ '/version': version137, ...script }), {
    clock: clockAt(1000),
    log: quiet,
    ...(previous === undefined ? {} : { previous }),
  });
}

function outline({ groups, gaps }: Snapshot): { served: readonly string[]; gaps: readonly string[] } {
  return {
    served: groups.flatMap(({ name, versions }) =>
      versions.map(({ version, resources }) => `${name}/${version}: ${resources.map((each) => each.name).join(' ')}`),
    ),
    gaps: gaps.map((gap) => `${gap.kind === 'endpoint' ? gap.endpoint : gap.groupVersion} ${gap.reason}`),
  };
}

const pods = { version: 'v1', freshness: 'Current', resources: [resource('pods', 'Pod')] };
const deployments = { version: 'v1', freshness: 'Current', resources: [resource('deployments', 'Deployment')] };
const core = aggregated([group('', pods)]);
const apps = aggregated([group('apps', deployments)]);
const plainCore = { '/api': apiVersions('v1'), '/api/v1': resourceList('v1', ['pods', 'Pod']) };
const plainApps = {
  '/apis': apiGroups(['apps', 'v1']),
  '/apis/apps/v1': resourceList('apps/v1', ['deployments', 'Deployment']),
};
const both = ['/v1: pods', 'apps/v1: deployments'];
const html: Reply = { contentType: 'text/html', body: '<!doctype html><title>Sign in</title>' };
const unauthorized = status(401, 'Unauthorized', 'Unauthorized');
const starting = status(503, 'ServiceUnavailable', 'the server is starting');

test.each<[string, Script]>([
  ['v2', { '/api': core, '/apis': apps }],
  [
    'v2beta1',
    { '/api': { ...core, contentType: aggregatedV2beta1 }, '/apis': { ...apps, contentType: aggregatedV2beta1 } },
  ],
  ['plain', { ...plainCore, ...plainApps }],
  ['aggregated core, plain rest', { '/api': core, '/api/v1': plainCore['/api/v1'], ...plainApps }],
  ['plain core, aggregated rest', { ...plainCore, '/apis': apps, '/apis/apps/v1': plainApps['/apis/apps/v1'] }],
])('what is served is the same in every form: %s', async (_, script) => {
  const { snapshot, confirmed } = await ask(script);
  expect(outline(snapshot)).toEqual({ served: both, gaps: [] });
  expect(snapshot.version).toEqual({ gitVersion: 'v1.37.2', major: '1', minor: '37' });
  expect(snapshot.takenAt).toBe(1000);
  expect(confirmed).toBe(0);
});

test.each<[string, Script, readonly string[], readonly string[]]>([
  ['/api forbidden', { '/api': forbidden('/api'), '/apis': apps }, ['apps/v1: deployments'], ['/api forbidden']],
  ['/api not found', { '/apis': apps }, ['apps/v1: deployments'], ['/api not-found']],
  ['/api unavailable', { '/api': starting, '/apis': apps }, ['apps/v1: deployments'], ['/api unavailable']],
  ['/api a page', { '/api': html, '/apis': apps }, ['apps/v1: deployments'], ['/api invalid']],
  ['/api gives what /apis gives', { '/api': apps, '/apis': apps }, ['apps/v1: deployments'], ['/api invalid']],
  ['/apis forbidden', { '/api': core, '/apis': forbidden('/apis') }, ['/v1: pods'], ['/apis forbidden']],
  ['/apis not found', { '/api': core }, ['/v1: pods'], ['/apis not-found']],
  ['/apis unavailable', { '/api': core, '/apis': starting }, ['/v1: pods'], ['/apis unavailable']],
  ['/apis an empty object', { '/api': core, '/apis': { body: {} } }, ['/v1: pods'], ['/apis invalid']],
  ['/apis a Status', { '/api': core, '/apis': { body: { kind: 'Status' } } }, ['/v1: pods'], ['/apis invalid']],
  ['/apis gives what /api gives', { '/api': core, '/apis': core }, ['/v1: pods'], ['/apis invalid']],
  [
    '/apis cut off',
    { '/api': core, '/apis': { body: '{"kind":"APIGroupList","groups":[' } },
    ['/v1: pods'],
    ['/apis invalid'],
  ],
  [
    '/apis nested beyond reason',
    { '/api': core, '/apis': { body: '['.repeat(3_000_000) } },
    ['/v1: pods'],
    ['/apis invalid'],
  ],
  ['/apis redirects', { '/api': core, '/apis': { status: 302 } }, ['/v1: pods'], ['/apis invalid']],
  ['/apis a 304 to no validator', { '/api': core, '/apis': { status: 304 } }, ['/v1: pods'], ['/apis invalid']],
  [
    '/version forbidden',
    { '/api': core, '/apis': apps, '/version': forbidden('/version') },
    both,
    ['/version forbidden'],
  ],
  [
    '/version without an answer',
    { '/api': core, '/apis': apps, '/version': unreachable },
    both,
    ['/version unavailable'],
  ],
  [
    'a stale version',
    { '/api': core, '/apis': aggregated([group('apps', deployments, { version: 'v2', freshness: 'Stale' })]) },
    both,
    ['apps/v2 stale'],
  ],
  [
    'a plain version whose backend is away',
    { ...plainCore, ...plainApps, '/apis': apiGroups(['apps', 'v1'], ['metrics', 'v1']), '/apis/metrics/v1': starting },
    both,
    ['metrics/v1 unavailable'],
  ],
  [
    'a plain version that is forbidden',
    { ...plainCore, ...plainApps, '/apis/apps/v1': forbidden('/apis/apps/v1') },
    ['/v1: pods'],
    ['apps/v1 forbidden'],
  ],
  [
    'a plain v1 that is not found',
    { ...plainApps, '/api': apiVersions('v1') },
    ['apps/v1: deployments'],
    ['v1 not-found'],
  ],
])('a gap, and the rest unharmed: %s', async (_, script, served, gaps) => {
  expect(outline((await ask(script)).snapshot)).toEqual({ served, gaps });
});

test.each<[string, Script, { outcome: string; code: string; message: RegExp }]>([
  [
    '401 on /api',
    { '/api': unauthorized, '/apis': apps },
    { outcome: 'denied', code: 'unauthorized', message: /GET \/api answered 401/ },
  ],
  [
    '401 on /apis',
    { '/api': core, '/apis': unauthorized },
    { outcome: 'denied', code: 'unauthorized', message: /GET \/apis answered 401/ },
  ],
  [
    '403 on both',
    { '/api': forbidden('/api'), '/apis': forbidden('/apis') },
    { outcome: 'denied', code: 'forbidden', message: /\/api.*system:discovery.*\/apis.*system:discovery/ },
  ],
  ['404 on both', {}, { outcome: 'unreachable', code: 'not-an-api-server', message: /404 page not found/ }],
  [
    'a page on both',
    { '/api': html, '/apis': html },
    { outcome: 'unreachable', code: 'not-an-api-server', message: /HTML page titled "Sign in"/ },
  ],
  [
    '503 on both',
    { '/api': starting, '/apis': starting },
    { outcome: 'unreachable', code: 'api-server-unavailable', message: /the server is starting/ },
  ],
  ['403 and 404', { '/api': forbidden('/api') }, { outcome: 'denied', code: 'forbidden', message: /403.*404/ }],
  [
    'no answer from /api',
    { '/api': unreachable, '/apis': apps },
    { outcome: 'unreachable', code: 'reset', message: /reset/ },
  ],
  [
    'no answer from /apis',
    { '/api': core, '/apis': unreachable },
    { outcome: 'unreachable', code: 'reset', message: /reset/ },
  ],
  [
    'no answer at all',
    { '/api': unreachable, '/apis': unreachable, '/version': unreachable },
    { outcome: 'unreachable', code: 'reset', message: /reset/ },
  ],
  [
    'no answer from any group-version',
    { ...plainCore, ...plainApps, '/api/v1': unreachable, '/apis/apps/v1': unreachable },
    { outcome: 'unreachable', code: 'reset', message: /reset/ },
  ],
  [
    '401 on a group-version',
    { ...plainCore, ...plainApps, '/apis/apps/v1': unauthorized },
    { outcome: 'denied', code: 'unauthorized', message: /apps\/v1 answered 401/ },
  ],
])('nothing to judge with is an error: %s', async (_, script, { outcome, code, message }) => {
  await expect(ask(script)).rejects.toMatchObject({
    name: 'GateError',
    outcome,
    code,
    message: expect.stringMatching(message),
  });
});

test('all group-versions forbidden is one error and not a gap for each', async () => {
  const script = {
    ...plainCore,
    ...plainApps,
    '/api/v1': forbidden('/api/v1'),
    '/apis/apps/v1': forbidden('/apis/apps/v1'),
  };
  await expect(ask(script)).rejects.toMatchObject({
    outcome: 'denied',
    code: 'forbidden',
    message: expect.stringMatching(
      /^None of the 2 group-versions that are listed could be read: GET \/api\/v1 answered 403/,
    ),
  });
});

test.each([
  ['unavailable', starting, 'api-server-unavailable'],
  ['not found, twice', { status: 404 }, 'not-an-api-server'],
  ['a page', html, 'not-an-api-server'],
])('the one group-version there is, without resources, is an error: %s', async (_, reply, code) => {
  await expect(ask({ '/api': apiVersions('v1'), '/api/v1': reply })).rejects.toMatchObject({ code });
});

test('all three are asked at once, the listings in the forms that are liked', async () => {
  const connection = connectionTo({ '/api': core, '/apis': apps, '/version': version137 });
  await discover(connection, { clock: clockAt(0), log: quiet });
  expect(connection.busiest()).toBe(3);
  expect(connection.requests.map(({ path, accept }) => [path, accept.split(',').length])).toEqual(
    expect.arrayContaining([
      ['/api', 3],
      ['/apis', 3],
      ['/version', 1],
    ]),
  );
});

test.each(generations)('the documents of a real %s read the same in every form that it has', async (generation) => {
  const { documents } = readRecording(generation);
  const read = async (format: Format) => {
    const script: Record<string, Reply> = {};
    for (const form of ['plain', format]) {
      for (const { path, answer } of documents.filter((document) => document.format === form)) {
        const { status: code, body, headers } = answer;
        script[path] = { status: code, body, contentType: headers['content-type'] ?? '' };
      }
    }
    const { groups, gaps, version } = (await ask(script)).snapshot;
    return {
      groups: groups.map(withoutFormsOwn),
      gaps: gaps.map((gap) => ({ ...gap, reason: '', message: '' })),
      version,
    };
  };
  const plain = await read('plain');
  expect(plain.groups.length).toBeGreaterThan(20);
  expect(plain.gaps).toMatchObject([{ kind: 'group-version', groupVersion: 'metrics.k8s.io/v1beta1' }]);
  for (const format of new Set(documents.map((document) => document.format))) expect(await read(format)).toEqual(plain);
});

/** Only the plain form has the hash of the storage version, and only the other the singular name of a subresource. */
function withoutFormsOwn({ versions, ...group }: Snapshot['groups'][number]) {
  return {
    ...group,
    versions: versions.map(({ version, resources }) => ({
      version,
      resources: resources
        .map(({ storageVersionHash, singularName, ...rest }) => rest)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    })),
  };
}

const tagged = {
  '/api': { ...core, etag: '"A"' },
  '/apis': { ...aggregated([group('apps', deployments, { version: 'v2', freshness: 'Stale' })]), etag: '"B"' },
};

test('what was not modified is taken from before, and its moment is now', async () => {
  const first = await ask(tagged);
  expect(first.snapshot.validators).toEqual({ api: '"A"', apis: '"B"' });
  const connection = connectionTo({ ...tagged, '/version': { body: { gitVersion: 'v1.37.3' } } });
  const again = await discover(connection, { clock: clockAt(5000), log: quiet, previous: first.snapshot });
  expect(again.confirmed).toBe(2);
  expect(again.snapshot).toEqual({
    ...first.snapshot,
    takenAt: 5000,
    version: { gitVersion: 'v1.37.3', major: '', minor: '' },
  });
});

test('one half may be from before while the other is new', async () => {
  const { snapshot } = await ask(tagged);
  const batch = { version: 'v1', resources: [resource('jobs', 'Job')] };
  const next = { '/api': tagged['/api'], '/apis': { ...aggregated([group('batch', batch)]), etag: '"C"' } };
  const again = await ask(next, snapshot);
  expect(again.confirmed).toBe(1);
  expect(outline(again.snapshot)).toEqual({ served: ['/v1: pods', 'batch/v1: jobs'], gaps: [] });
  expect(again.snapshot.validators).toEqual({ api: '"A"', apis: '"C"' });
});

test('one half from before and one that is plain now: the resources of both are asked for', async () => {
  const { snapshot } = await ask(tagged);
  const again = await ask(
    { ...plainApps, '/api': tagged['/api'], '/api/v1': resourceList('v1', ['nodes', 'Node']) },
    snapshot,
  );
  expect(outline(again.snapshot)).toEqual({ served: ['/v1: nodes', 'apps/v1: deployments'], gaps: [] });
  expect(again.snapshot.validators).toEqual({});
});

test('a group-version that is listed and then not found is looked for once more, after a moment', async () => {
  const clock = clockAt(0);
  const connection = connectionTo({
    ...plainCore,
    ...plainApps,
    '/apis': [apiGroups(['apps', 'v1'], ['gone', 'v1']), apiGroups(['apps', 'v1'])],
    '/version': version137,
  });
  const { snapshot } = await discover(connection, { clock, log: quiet });
  expect(outline(snapshot)).toEqual({ served: both, gaps: [] });
  expect(clock.slept).toEqual([225]);
  expect(snapshot.takenAt).toBe(1);
});

test('one that stays listed and not found is a gap after two tries', async () => {
  const connection = connectionTo({ ...plainCore, '/apis': apiGroups(['gone', 'v1']), '/version': version137 });
  const { snapshot } = await discover(connection, { clock: clockAt(0), log: quiet });
  expect(outline(snapshot).gaps).toEqual(['gone/v1 not-found']);
  expect(connection.requests.filter(({ path }) => path === '/apis')).toHaveLength(2);
});

test.each([
  ['no answer: the first try stands', unreachable, undefined],
  ['credentials that are no longer accepted: an error', unauthorized, 'denied'],
])('a second try that fails: %s', async (_, reply, outcome) => {
  const gone = apiGroups(['apps', 'v1'], ['gone', 'v1']);
  const asking = ask({ ...plainCore, ...plainApps, '/apis': [gone, reply] });
  if (outcome !== undefined) await expect(asking).rejects.toMatchObject({ outcome });
  else expect(outline((await asking).snapshot)).toEqual({ served: both, gaps: ['gone/v1 not-found'] });
});

test('a defect of the connection is not taken for an answer, and leaves no promise behind', async () => {
  const connection = { get: () => Promise.reject(new TypeError('a defect')), close: async () => {} };
  await expect(discover(connection, { clock: clockAt(0), log: quiet })).rejects.toThrow(TypeError);
});

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constant(aggregated([group('apps', deployments)]).body),
  fc.constant(apiGroups(['apps', 'v1']).body),
);
const names = ['kind', 'items', 'metadata', 'name', 'versions', 'version', 'freshness', 'resources', 'resource'];
const almost = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('', 'v1', 'apps', 'Stale', '__proto__', 'Status', null, 0, true),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(...names, 'responseKind', 'subresources', 'verbs', 'groups', '__proto__'),
      tie('value'),
    ),
  ),
})).value;
const kinds = fc.constantFrom('APIGroupDiscoveryList', 'APIGroupList', 'APIVersions', 'APIResourceList', 'Status');
const reply: fc.Arbitrary<Reply | GateError> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(unreachable) },
  {
    weight: 8,
    arbitrary: fc.record({
      status: fc.constantFrom(200, 200, 200, 200, 304, 401, 403, 404, 500),
      contentType: fc.constantFrom('application/json', core.contentType ?? '', 'text/html', '', 'a;b'),
      body: fc.oneof(
        anything,
        fc.record({
          kind: kinds,
          items: fc.array(almost),
          groups: fc.array(almost),
          versions: fc.array(almost),
          resources: fc.array(almost),
        }),
      ),
    }),
  },
);

test('whatever comes, there is a result or a GateError', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ '/api': reply, '/apis': reply, '/version': reply, '/api/v1': reply, '/apis/apps/v1': reply }),
      async (script) => {
        const calls = [
          () => ask(script, undefined),
          () => serverGroups(connectionTo(script)),
          () => serverResourcesForGroupVersion(connectionTo(script), 'apps/v1'),
        ];
        for (const call of calls) {
          await call().catch((cause: unknown) => {
            expect(cause).toBeInstanceOf(GateError);
            expect(cause).not.toMatchObject({ outcome: 'internal-error' });
          });
        }
      },
    ),
    { numRuns: 500 },
  );
});
