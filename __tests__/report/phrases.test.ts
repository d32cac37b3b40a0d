import { describe, expect, test } from 'vitest';
import { count, list, named, objectName, source, where } from '../../src/report/phrases.ts';

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('count %i', (number, expected) => {
  expect(count(number, 'file')).toBe(expected);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('list %j', (names, expected) => {
  expect(list(names)).toBe(expected);
});

test.each([
  ['hit', 200_000, 'from the cache, 3m20s old'],
  ['hit', undefined, 'from the cache'],
  ['revalidated', 0, 'from the cache, confirmed by the cluster'],
  ['rechecked', 0, 'found in the cache, asked again live'],
  ['miss', 0, 'asked live'],
  ['off', 0, 'asked live'],
] as const)('source %s', (cache, ageMs, expected) => {
  expect(source(cache, ageMs)).toBe(expected);
});

describe('where', () => {
  test.each([
    ['a line of an input', { kind: 'input', input: 'require', line: 3 }, 'line 3 of require'],
    ['an input', { kind: 'input', input: 'timeout' }, 'input timeout'],
    ['a file with a column', { kind: 'file', file: 'a.yaml', line: 3, column: 5 }, 'a.yaml:3:5'],
    ['a file', { kind: 'file', file: 'a.yaml', line: 3 }, 'a.yaml:3'],
  ] as const)('%s', (_, place, expected) => {
    expect(where(place)).toBe(expected);
  });
});

test.each([
  ['v1/Pod', 'Gone.', 'v1/Pod: Gone.'],
  ['v1/Pod', 'v1/Pod is gone.', 'v1/Pod is gone.'],
  ['apps/v1/Deployment', 'Alas, apps/v1 Deployment is gone.', 'Alas, apps/v1 Deployment is gone.'],
  ['', 'Slow.', 'Slow.'],
])('named %j %j', (subject, message, expected) => {
  expect(named(subject, message)).toBe(expected);
});

test.each([
  [undefined, ''],
  [{ name: '' }, ''],
  [{ name: 'web' }, 'web'],
  [{ name: 'web', namespace: 'shop' }, 'web in shop'],
])('objectName %j', (object, expected) => {
  expect(objectName(object)).toBe(expected);
});
