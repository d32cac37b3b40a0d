import { describe, expect, test } from 'vitest';
import { serverVersionOf, targetVersionOf } from '../../src/inputs/version-inputs.ts';
import { described, inputsOf } from '../helpers/inputs.ts';

describe('server-version', () => {
  test.each([
    '>=1.29',
    '1.30',
    '1.30.x',
    '^1.29',
    '~1.29.3',
    '>=1.29 <1.38',
    '1.29 - 1.31',
    '1.29 || 1.31',
    '>= v1.29',
  ])('%s is a range', (range) => {
    const inputs = inputsOf({ 'server-version': range });
    expect(serverVersionOf(inputs)).toBe(range);
    expect(inputs.problems).toEqual([]);
  });

  test.each([
    ['signs swapped', '=>1.29', '>=1.29'],
    ['a plus for "or newer"', '1.29+', '>=1.29'],
    ["a comma, as Go's semver has it", '>=1.29, <1.38', '>=1.29 <1.38'],
    ['one sign for two', '≥1.29', '>=1.29'],
    ['words', '1.29 or 1.31', '1.29 || 1.31'],
    ['quotes', '">=1.29"', '>=1.29'],
  ])('%s is refused, with the right form', (_rule, range, nearest) => {
    const inputs = inputsOf({ 'server-version': range });
    serverVersionOf(inputs);
    expect(described(inputs.problems)).toEqual([
      `server-version: "${range}" is no semver range. → Did you mean ${nearest}?`,
    ]);
  });

  test('what is like no range is refused with an example', () => {
    const inputs = inputsOf({ 'server-version': 'latest' });
    serverVersionOf(inputs);
    expect(described(inputs.problems)).toEqual([
      'server-version: "latest" is no semver range. → Write for example >=1.29, 1.30.x, or >=1.29 <1.38.',
    ]);
  });
});

describe('target-version', () => {
  test.each([
    ['a minor version is its first release', '1.36', '1.36.0'],
    ['a v does not matter', 'v1.36.2', '1.36.2'],
    ["nor does a vendor's suffix", 'v1.36.2-gke.100', '1.36.2'],
    ['none is none', '', undefined],
  ])('%s', (_rule, text, expected) => {
    expect(targetVersionOf(inputsOf({ 'target-version': text }))).toBe(expected);
  });

  test.each([
    ['a range', '>=1.36', 'Did you mean 1.36?'],
    ['a number', '36', 'Did you mean 1.36?'],
    ['a word', 'next', 'Write for example 1.38.'],
  ])('%s is refused', (_rule, text, hint) => {
    const inputs = inputsOf({ 'target-version': text });
    expect(targetVersionOf(inputs)).toBeUndefined();
    expect(described(inputs.problems)).toEqual([
      `target-version: "${text}" is not the version of a release. → ${hint}`,
    ]);
  });
});
