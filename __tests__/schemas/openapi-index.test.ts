import { expect, test } from 'vitest';
import { readIndex } from '../../src/schemas/openapi-index.ts';

const at = (serverRelativeURL: unknown) => ({ serverRelativeURL });

test('the index is read by group-version, and other paths are left out', () => {
  const paths = {
    api: at('/x'),
    version: at('/x'),
    'api/v1': at('/openapi/v3/api/v1?hash=AB'),
    'apis/apps/v1': at('/openapi/v3/apis/apps/v1'),
    'apis/apps': at('/x'),
  };
  expect([...readIndex({ paths })]).toEqual([
    ['v1', { path: '/openapi/v3/api/v1?hash=AB', hash: 'AB' }],
    ['apps/v1', { path: '/openapi/v3/apis/apps/v1', hash: '' }],
  ]);
});

test.each<[string, unknown]>([
  ['an empty object', {}],
  ['paths in a list, as 1.23 had them', { paths: ['api/v1'] }],
  ['an address elsewhere', { paths: { 'api/v1': at('https://elsewhere/') } }],
  ['an address elsewhere without a scheme', { paths: { 'api/v1': at('//elsewhere/') } }],
  ['no address', { paths: { 'api/v1': {} } }],
  ['text', 'x'],
])('refused: %s', (_rule, value) => {
  expect(() => readIndex(value)).toThrow();
});
