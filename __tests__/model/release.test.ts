import { describe, expect, test } from 'vitest';
import { compareReleases, formatRelease, parseRelease } from '../../src/model/release.ts';

describe('parseRelease', () => {
  test.each([
    ['a release is read', 'v1.37.2', '1.37.2'],
    ['without the v too', '1.37.2', '1.37.2'],
    ['without a patch none is invented', '1.36', '1.36'],
    ["GKE's suffix does not count", 'v1.33.1-gke.100', '1.33.1'],
    ["EKS's suffix does not count", 'v1.29.3-eks-a1b2', '1.29.3'],
    ["k3s's suffix does not count", 'v1.31.4+k3s1', '1.31.4'],
    ['a plus after the minor does not count', '1.30+', '1.30'],
    ['a pre-release counts as its release', 'v1.37.0-alpha.1', '1.37.0'],
    ['white space around it does not matter', ' 1.30\n', '1.30'],
    ['a number alone is no release', '36', undefined],
    ['a range is no release', '>=1.36', undefined],
    ['leading zeros are no release', '1.036', undefined],
    ['four numbers are no release', '1.2.3.4', undefined],
    ['nothing is no release', '', undefined],
  ])('%s', (_rule, text, expected) => {
    const release = parseRelease(text);
    expect(release && formatRelease(release)).toBe(expected);
  });
});

test.each([
  ['minor versions are numbers, not text', '1.9', '1.10', -1],
  ['the major version counts first', '2.0', '1.99', 1],
  ['the patch counts last', '1.30.2', '1.30.1', 1],
  ['no patch is patch 0', '1.30', '1.30.0', 0],
])('compareReleases: %s', (_rule, left, right, expected) => {
  const read = (text: string) => parseRelease(text) ?? { major: -1, minor: -1 };
  expect(Math.sign(compareReleases(read(left), read(right)))).toBe(expected);
});
