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
      `server-version: "${range}" is not a semver range. → Did you mean ${nearest}?`,
    ]);
  });

  test.each([
    ["GKE's build", '>=1.33.1-gke.200', '-gke.200', '>=1.33.1'],
    ["GKE's build, exactly", '=1.33.1-gke.100', '-gke.100', '=1.33.1'],
    ["EKS's build", '>=1.29.3-eks-a1b2', '-eks-a1b2', '>=1.29.3'],
    ["k3s's build", '>=1.33.1+k3s9', '+k3s9', '>=1.33.1'],
    ["RKE2's build", '1.31.4+rke2r1', '+rke2r1', '1.31.4'],
    ["OpenShift's build", '>=v1.29.6+aba1e8d', '+aba1e8d', '>=v1.29.6'],
    ["the project's own pre-release", '>=1.38.0-alpha.2', '-alpha.2', '>=1.38.0'],
    ['a release candidate below', '<1.38.0-rc.1', '-rc.1', '<1.38.0'],
    ['one of two comparators', '>=1.29 <1.33.1-gke.200', '-gke.200', '>=1.29 <1.33.1'],
    ['one of two alternatives', '1.29 || 1.33.1-gke.200', '-gke.200', '1.29 || 1.33.1'],
    ['either end of a hyphen range', '1.29.1-gke.1 - 1.31.1-gke.2', '-gke.1', '1.29.1 - 1.31.1'],
    ['a suffix after a space', '>= 1.33.1-gke.200', '-gke.200', '>= 1.33.1'],
    ['a caret', '^1.33.1-gke.200', '-gke.200', '^1.33.1'],
  ])('a suffix is not compared, and refused: %s', (_rule, range, suffix, nearest) => {
    expect(described(parseServerVersion(range).problems)).toEqual([
      `server-version: "${range}" names the suffix ${suffix}, and only the numbers of versions are compared: v1.33.1-gke.100 counts as 1.33.1. → Write ${nearest}.`,
    ]);
  });

  test.each(['>=1.30-0', '>=1.30.0-0', '>= 1.19.0-0 < 1.40.0-0', '1.30.x-0'])(
    '-0 says that pre-releases count, as they do: %s',
    (range) => {
      expect(parseServerVersion(range).problems).toEqual([]);
    },
  );

  test('a hyphen range without spaces is refused, with them', () => {
    expect(described(parseServerVersion('1.29-1.31').problems)).toEqual([
      'server-version: "1.29-1.31" is not a semver range: a hyphen between two versions needs a space on either side. → Write 1.29 - 1.31.',
    ]);
  });

  test('what is like no range is refused with an example', () => {
    expect(described(parseServerVersion('latest').problems)).toEqual([
      'server-version: "latest" is not a semver range. → Write for example >=1.29, 1.30.x, or >=1.29 <1.38.',
    ]);
  });

  test.each(['1.3', '1.2', ' 1.3 '])('what YAML makes of a version without quotes is refused: %s', (text) => {
    const { requirements, problems } = parseServerVersion(text);
    expect(requirements).toEqual([]);
    const name = text.trim();
    expect(problems.map(({ message, hint }) => [message, hint])).toEqual([
      [
        `"${name}" is not a plausible Kubernetes version.`,
        `YAML reads ${name}0 without quotes as the number ${name}: put it in quotes, '${name}0', or write '>=${name}0' for that and newer ones.`,
      ],
    ]);
  });

  test.each(['1.30', '>=1.3', '1.x', '1'])('and nothing else: %s', (text) => {
    expect(parseServerVersion(text).problems).toEqual([]);
  });
});
