import { describe, expect, test } from 'vitest';
import { indexProvided, isWholeVersion } from '../../src/verdict/provided-apis.ts';
import { apiOf, fromApiService, fromCrd } from '../helpers/judging.ts';

const v1 = fromCrd('Foo', 'foos', 'v1');
const v1Away = fromCrd('Foo', 'foos', 'v1', false);
const service = fromApiService('example.com', 'v1');

describe('indexProvided', () => {
  test.each([
    ['a CRD brings its kind', [v1], 'example.com/v1/Foo', v1, undefined],
    ['a CRD brings its resource', [v1], 'example.com/v1/foos', v1, undefined],
    ['a CRD brings no subresource, as nothing tells of it', [v1], 'example.com/v1/foos/status', undefined, undefined],
    ['a CRD brings no other version, and takes away what it does not name', [v1], 'example.com/v2/Foo', undefined, v1],
    ['a CRD says nothing of other kinds', [v1], 'example.com/v2/Bar', undefined, undefined],
    ['an APIService takes no other version away', [service], 'example.com/v2/Foo', undefined, undefined],
    ['a CRD is more precise than an APIService', [service, v1], 'example.com/v1/Foo', v1, undefined],
    ['an APIService brings anything of its version', [service], 'example.com/v1/Bar', service, undefined],
    ['a version that is not served is taken away', [v1Away], 'example.com/v1/Foo', undefined, v1Away],
    ['a group-version is never taken away by one of its kinds', [v1Away], 'example.com/v1', undefined, undefined],
    ['of two CRDs the one that serves counts', [v1Away, v1], 'example.com/v1/Foo', v1, undefined],
    [
      "the server's version is nothing that a change brings",
      [v1, service],
      'server-version >=1.29',
      undefined,
      undefined,
    ],
  ])('%s', (_rule, provided, text, brings, takes) => {
    const { bringing, withdrawing } = indexProvided(provided);
    expect(bringing(apiOf(text))).toBe(brings);
    expect(withdrawing(apiOf(text))).toBe(takes);
  });
});

test('only an APIService stands for a whole version', () => {
  expect([v1, service].map(isWholeVersion)).toEqual([false, true]);
});
