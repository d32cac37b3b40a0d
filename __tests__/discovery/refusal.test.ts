import { expect, test } from 'vitest';
import { endpointGap, errorOf, errorOfAll, errorOfBoth, groupVersionGap } from '../../src/discovery/refusal.ts';

const refusal = (reason: Parameters<typeof errorOf>[0]['reason'], message = reason as string) => ({ reason, message });

test.each([
  ['unauthorized', 'denied', 'unauthorized'],
  ['forbidden', 'denied', 'forbidden'],
  ['not-found', 'unreachable', 'not-an-api-server'],
  ['invalid', 'unreachable', 'not-an-api-server'],
  ['unavailable', 'unreachable', 'api-server-unavailable'],
] as const)('%s ends a run as %s', (reason, outcome, code) => {
  const error = errorOf({ reason, message: 'GET /apis answered so', hint: 'Do this.' });
  expect(error).toMatchObject({ outcome, code, message: 'GET /apis answered so.', hint: 'Do this.' });
});

test.each([
  ['forbidden', 'forbidden', 'forbidden'],
  ['not-found', 'forbidden', 'forbidden'],
  ['forbidden', 'unavailable', 'forbidden'],
  ['unavailable', 'invalid', 'api-server-unavailable'],
  ['not-found', 'invalid', 'not-an-api-server'],
  ['not-found', 'not-found', 'not-an-api-server'],
] as const)('of two refusals, %s and %s, what a person can fix decides; both are told', (api, apis, code) => {
  const error = errorOfBoth(refusal(api, 'api said so'), refusal(apis, 'apis said so'));
  expect(error).toMatchObject({ code, message: 'api said so; apis said so.' });
});

test.each([
  [
    [refusal('not-found', 'gone')],
    'not-an-api-server',
    'The one group-version that is listed could not be read: gone.',
  ],
  [
    [refusal('not-found', 'gone'), refusal('forbidden', 'no'), refusal('unavailable', 'away')],
    'forbidden',
    'None of the 3 group-versions that are listed could be read: no.',
  ],
] as const)('of the refusals of all group-versions the heaviest is told', (refusals, code, message) => {
  expect(errorOfAll(refusals)).toMatchObject({ code, message });
});

test('a gap keeps the reason and the words; credentials that are not accepted are a kind of forbidden', () => {
  expect(endpointGap('/apis', refusal('invalid'))).toEqual({
    kind: 'endpoint',
    endpoint: '/apis',
    reason: 'invalid',
    message: 'invalid',
  });
  expect(endpointGap('/version', refusal('unauthorized')).reason).toBe('forbidden');
  expect(groupVersionGap('apps/v1', refusal('unavailable'))).toEqual({
    kind: 'group-version',
    groupVersion: 'apps/v1',
    reason: 'unavailable',
    message: 'unavailable',
  });
});
