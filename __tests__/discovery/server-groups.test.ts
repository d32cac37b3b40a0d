import { expect, test } from 'vitest';
import { serverGroups } from '../../src/discovery/discover.ts';
import { GateError } from '../../src/model/errors.ts';
import {
  aggregated,
  apiGroups,
  apiVersions,
  connectionTo,
  forbidden,
  group,
  type Script,
  status,
} from '../helpers/scripted-api.ts';

async function listed(script: Script): Promise<readonly string[]> {
  const { groups } = await serverGroups(connectionTo(script));
  return groups.map(({ name, versions, preferredVersion }) => {
    const names = versions.map(({ version }) => (version === preferredVersion?.version ? `${version}*` : version));
    return `${name || 'core'}: ${names.join(' ')}`;
  });
}

const stale = (version: string) => ({ version, freshness: 'Stale' });
const core = aggregated([group('', 'v1')]);
const apps = aggregated([group('zoo', 'v2', 'v1'), group('apps', 'v1')]);

test.each<[string, Script, readonly string[]]>([
  [
    'core first, then the order of the server',
    { '/api': core, '/apis': apps },
    ['core: v1*', 'zoo: v2* v1', 'apps: v1*'],
  ],
  [
    'plain documents',
    { '/api': apiVersions('v1'), '/apis': apiGroups(['zoo', 'v2', 'v1']) },
    ['core: v1*', 'zoo: v2* v1'],
  ],
  ['one of each', { '/api': core, '/apis': apiGroups(['apps', 'v1']) }, ['core: v1*', 'apps: v1*']],
  [
    'a stale version leaves',
    { '/api': core, '/apis': aggregated([group('zoo', stale('v2'), 'v1')]) },
    ['core: v1*', 'zoo: v1*'],
  ],
  [
    'a group whose versions are all stale stays',
    { '/api': core, '/apis': aggregated([group('zoo', stale('v2'))]) },
    ['core: v1*', 'zoo: '],
  ],
  [
    'a plain group keeps a version whose own path fails',
    { '/api': apiVersions('v1'), '/apis': apiGroups(['metrics', 'v1']) },
    ['core: v1*', 'metrics: v1*'],
  ],
  [
    'groups that are listed twice stay two',
    { '/api': core, '/apis': aggregated([group('apps', 'v1'), group('apps', 'v1')]) },
    ['core: v1*', 'apps: v1*', 'apps: v1*'],
  ],
  ['/api 404 is tolerated', { '/apis': apps }, ['zoo: v2* v1', 'apps: v1*']],
  ['/api 403 is tolerated', { '/api': forbidden('/api'), '/apis': apps }, ['zoo: v2* v1', 'apps: v1*']],
  ['/apis 404 is tolerated', { '/api': core }, ['core: v1*']],
  ['/apis 403 is tolerated', { '/api': apiVersions('v1'), '/apis': forbidden('/apis') }, ['core: v1*']],
  ['403 on both is tolerated', { '/api': forbidden('/api'), '/apis': forbidden('/apis') }, []],
  ['no core version, no core group', { '/api': apiVersions(), '/apis': apiGroups(['apps', 'v1']) }, ['apps: v1*']],
])('as client-go lists them: %s', async (_, script, groups) => {
  expect(await listed(script)).toEqual(groups);
});

test.each<[string, Script, string]>([
  ['/api 500', { '/api': status(500, 'InternalError', 'etcd'), '/apis': apps }, 'unreachable'],
  ['/apis 503', { '/api': core, '/apis': status(503, 'ServiceUnavailable', 'starting') }, 'unreachable'],
  ['/apis 401', { '/api': core, '/apis': status(401, 'Unauthorized', 'Unauthorized') }, 'denied'],
  ['an empty object', { '/api': { body: {} }, '/apis': apps }, 'unreachable'],
  ['no connection', { '/api': core, '/apis': new GateError('unreachable', 'reset', 'reset') }, 'unreachable'],
])('any other failure is an error: %s', async (_, script, outcome) => {
  await expect(listed(script)).rejects.toMatchObject({ name: 'GateError', outcome });
});

test('only the two listings are asked for', async () => {
  const connection = connectionTo({ '/api': apiVersions('v1'), '/apis': apiGroups(['apps', 'v1']) });
  await serverGroups(connection);
  expect(connection.requests.map(({ path }) => path).sort()).toEqual(['/api', '/apis']);
});
