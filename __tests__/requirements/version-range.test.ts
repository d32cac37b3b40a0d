import { describe, expect, test } from 'vitest';
import { parseServerVersion } from '../../src/requirements/version-range.ts';
import { described } from '../helpers/inputs.ts';

test('nothing requires nothing', () => {
  expect(parseServerVersion(' \n')).toEqual({ requirements: [], problems: [] });
});

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
    expect(parseServerVersion(` ${range}\r\n`)).toEqual({
      requirements: [
        {
          text: expect.stringContaining(range),
          anyOf: [{ kind: 'server-version', range }],
          negated: false,
          place: { kind: 'input', input: 'server-version' },
        },
      ],
      problems: [],
    });
  });

  test.each([
    ['signs swapped', '=>1.29', '>=1.29'],
    ['a plus for "or newer"', '1.29+', '>=1.29'],
    ["a comma, as Go's semver has it", '>=1.29, <1.38', '>=1.29 <1.38'],
    ['a comma for a dot', '>=1,30', '>=1.30'],
    ['one sign for two', '≥1.29', '>=1.29'],
    ['words', '1.29 or 1.31', '1.29 || 1.31'],
    ['quotes', '">=1.29"', '>=1.29'],
    ['an alternative that is empty, and would hold for any version', '>=1.90 ||', '>=1.90'],
    ['an empty first one', '|| >=1.90', '>=1.90'],
    ['an empty one between two', '1.29 || || 1.31', '1.29 || 1.31'],
  ])('%s is refused, with the right form', (_rule, range, nearest) => {
    expect(described(parseServerVersion(range).problems)).toEqual([
      `server-version: "${range}" is no semver range. → Did you mean ${nearest}?`,
    ]);
  });

  test('what is like no range is refused with an example', () => {
    expect(described(parseServerVersion('latest').problems)).toEqual([
      'server-version: "latest" is no semver range. → Write for example >=1.29, 1.30.x, or >=1.29 <1.38.',
    ]);
  });
});
