import { expect, test } from 'vitest';
import { askEndpoint, holdToEndpoint, type ListingEndpoint } from '../../src/discovery/endpoint.ts';
import { GateError } from '../../src/model/errors.ts';
import {
  aggregated,
  aggregatedV2,
  aggregatedV2beta1,
  apiGroups,
  apiVersions,
  connectionTo,
  group,
  type Reply,
} from '../helpers/scripted-api.ts';

function ask(endpoint: ListingEndpoint, reply: Reply | GateError, validator?: string) {
  return askEndpoint(connectionTo({ [endpoint]: reply }), endpoint, validator);
}

test.each([
  ['/apis', 'v2', aggregated([]), 'aggregated'],
  ['/apis', 'v2beta1', aggregated([], aggregatedV2beta1), 'aggregated'],
  ['/api', 'v2', aggregated([]), 'aggregated'],
  ['/apis', 'plain', apiGroups(), 'plain'],
  ['/api', 'plain', apiVersions('v1'), 'plain'],
  ['/api', 'plain, called something else', { ...apiVersions('v1'), contentType: 'text/plain' }, 'plain'],
] as const)("%s: each answer's own Content-Type decides: %s", async (endpoint, _, reply, format) => {
  expect(await ask(endpoint, reply)).toMatchObject({ kind: 'listed', listing: { format } });
});

test.each([
  ['an aggregated type around a plain document', '/apis', { ...apiGroups(), contentType: aggregatedV2 }],
  ['a plain type around an aggregated document', '/apis', aggregated([], 'application/json')],
  ['an aggregated type around nothing', '/apis', { contentType: aggregatedV2, body: {} }],
  ['the document of the other endpoint', '/api', apiGroups()],
  ['a 304 that was not asked for', '/apis', { status: 304 }],
] as const)('%s is invalid', async (_, endpoint, reply) => {
  expect(await ask(endpoint, reply)).toMatchObject({ kind: 'refused', refusal: { reason: 'invalid' } });
});

test('a validator is sent as it is, and a 304 is then an answer', async () => {
  const connection = connectionTo({ '/apis': { ...aggregated([]), etag: '"AB"' } });
  expect(await askEndpoint(connection, '/apis', '"AB"')).toEqual({ kind: 'not-modified' });
  expect(connection.requests[0]?.ifNoneMatch).toBe('"AB"');
});

test('the ETag of an aggregated document is kept, that of a plain one is not', async () => {
  expect(await ask('/apis', { ...aggregated([]), etag: '"AB"' })).toMatchObject({ listing: { etag: '"AB"' } });
  expect(await ask('/apis', { ...apiGroups(), etag: '"AB"' })).not.toHaveProperty('listing.etag');
});

test('a connection that fails is not an answer', async () => {
  await expect(ask('/apis', new GateError('unreachable', 'reset', 'reset'))).rejects.toThrow('reset');
});

test.each([
  ['/api', [group('')], undefined],
  ['/api', [group('', 'v1')], undefined],
  ['/api', [], undefined],
  ['/api', [group('', 'v1'), group('apps', 'v1')], 'the group "apps", which does not belong there'],
  ['/apis', [group('apps', 'v1')], undefined],
  ['/apis', [group('', 'v1')], 'a group without a name'],
  ['/apis', [null], 'a group without a name'],
  ['/apis', [group('apps', '')], 'a version without a name in group "apps"'],
  ['/apis', [], 'no group at all'],
] as const)('%s with %j: %s', async (endpoint, items, complaint) => {
  const answer = holdToEndpoint(endpoint, await ask(endpoint, aggregated(items)));
  if (complaint === undefined) expect(answer.kind).toBe('listed');
  else
    expect(answer).toMatchObject({
      refusal: { reason: 'invalid', message: `GET ${endpoint} answered with ${complaint}` },
    });
});

const named = (number: number, ...versions: readonly string[]) =>
  Array.from({ length: number }, (_, index) => [`g${index}.example.com`, ...versions] as const);

test.each([
  ['groups', named(10_001, 'v1'), 10_001],
  ['groups without versions', named(10_001), 10_001],
  ['versions', named(1_001, ...'abcdefghij'), 10_010],
  ['namesakes', Array.from({ length: 10_001 }, () => ['apps', 'v1'] as const), 10_001],
])('a listing of too many %s is refused, in either form', async (_, listed, number) => {
  for (const reply of [
    apiGroups(...listed),
    aggregated(listed.map(([name, ...versions]) => group(name, ...versions))),
  ]) {
    const answer = holdToEndpoint('/apis', await ask('/apis', reply));
    const message = `GET /apis answered with ${number} group-versions, and no more than 10000 are read`;
    expect(answer).toMatchObject({ kind: 'refused', refusal: { reason: 'invalid', message } });
  }
});

test('and as many as there may be are read', async () => {
  const reply = apiGroups(...named(10_000, 'v1'));
  expect(holdToEndpoint('/apis', await ask('/apis', reply))).toMatchObject({ kind: 'listed' });
});
