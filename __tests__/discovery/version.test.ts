import { expect, test } from 'vitest';
import { unneeded } from '../../src/discovery/needs.ts';
import { askVersion } from '../../src/discovery/version.ts';
import { GateError } from '../../src/model/errors.ts';
import { systemClock } from '../../src/system/system.ts';
import { connectionTo, forbidden, type Reply, status, version137 } from '../helpers/scripted-api.ts';

const ask = (reply: Reply | GateError) => askVersion(connectionTo({ '/version': reply }), unneeded(true, systemClock));

test('the version is read as the server writes it', async () => {
  const reply = { body: { major: '1', minor: '29+', gitVersion: 'v1.29.3-eks-a1b2', goVersion: 'go1.22' } };
  expect(await ask(reply)).toEqual({
    kind: 'known',
    version: { gitVersion: 'v1.29.3-eks-a1b2', major: '1', minor: '29+' },
  });
  expect(await ask(version137)).toMatchObject({ version: { gitVersion: 'v1.37.2' } });
});

test.each([
  ['forbidden', forbidden('/version'), 'forbidden'],
  ['unauthorized', status(401, 'Unauthorized', 'Unauthorized'), 'forbidden'],
  ['not there', { status: 404 }, 'not-found'],
  ['unavailable', { status: 503 }, 'unavailable'],
  ['an empty object', { body: {} }, 'invalid'],
  ['a page', { contentType: 'text/html', body: '<html>' }, 'invalid'],
  ['a number', { body: { gitVersion: 1.3 } }, 'invalid'],
  ['a connection that fails', new GateError('unreachable', 'reset', 'the connection was reset'), 'unavailable'],
  ['credentials that are not accepted', new GateError('denied', 'unauthorized', 'no'), 'forbidden'],
])('a failure is a gap: %s', async (_, reply, reason) => {
  expect(await ask(reply)).toMatchObject({ kind: 'unknown', gap: { kind: 'endpoint', endpoint: '/version', reason } });
});

test('a defect is not taken for an answer', async () => {
  const connection = { get: () => Promise.reject(new TypeError('a defect')), close: async () => {} };
  await expect(askVersion(connection, unneeded(true, systemClock))).rejects.toThrow(TypeError);
});
