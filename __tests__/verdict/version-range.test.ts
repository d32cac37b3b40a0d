import { describe, expect, test } from 'vitest';
import { adviceOnRange, isInRange } from '../../src/verdict/version-range.ts';
import { serverVersion } from '../helpers/snapshots.ts';

describe('isInRange', () => {
  test.each([
    ['a release lies in a range', 'v1.30.2', '>=1.30', 'inside', '1.30.2'],
    ['a release lies outside', 'v1.30.2', '>=1.31', 'outside', '1.30.2'],
    ['the upper end of a range counts', 'v1.30.2', '>=1.29 <1.30', 'outside', '1.30.2'],
    ['a minor version stands for all its patches', 'v1.30.2', '1.30', 'inside', '1.30.2'],
    ["GKE's build is its release", 'v1.33.1-gke.100', '>=1.33.1', 'inside', '1.33.1'],
    ["EKS's build is its release", 'v1.29.3-eks-a1b2', '<=1.29.3', 'inside', '1.29.3'],
    ["k3s's build is its release", 'v1.31.4+k3s1', '1.31.4', 'inside', '1.31.4'],
    ['a pre-release counts as its release', 'v1.37.0-alpha.1', '>=1.37', 'inside', '1.37.0'],
    ['a pre-release is not before its release', 'v1.37.0-alpha.1', '<1.37', 'outside', '1.37.0'],
    ['without a patch all patches may agree', '1.30+', '>=1.30', 'inside', '1.30'],
    ['without a patch all patches may disagree', '1.30+', '>=1.31', 'outside', '1.30'],
  ])('%s', (_rule, gitVersion, range, kind, release) => {
    expect(isInRange(serverVersion(gitVersion), range)).toEqual({ kind, release });
  });

  test('without a patch a range that parts patches gives no answer', () => {
    expect(isInRange(serverVersion('1.30+'), '>=1.30.2')).toEqual({ kind: 'unreadable' });
  });

  test('major and minor stand in for a version that cannot be read', () => {
    expect(isInRange({ gitVersion: 'custom', major: '1', minor: '30+' }, '>=1.30')).toEqual({
      kind: 'inside',
      release: '1.30',
    });
  });

  test('what cannot be read at all gives no answer', () => {
    expect(isInRange({ gitVersion: 'custom', major: '', minor: '' }, '*')).toEqual({ kind: 'unreadable' });
  });
});

describe('adviceOnRange', () => {
  const OLDER = 'Upgrade the cluster or choose another, or change server-version.';
  const open = (range: string): string =>
    `The server is newer than that. Write ${range} if newer ones will do, or choose an older cluster.`;
  test.each([
    ['a minor version that is behind the server', '1.37.2', '1.30', open('>=1.30')],
    ['written with an x', '1.37.2', '1.30.x', open('>=1.30')],
    ['with a tilde', '1.37.2', '~1.30.3', open('>=1.30.3')],
    ['between two versions', '1.37.2', '1.30 - 1.32', open('>=1.30')],
    ['one patch', '1.37.2', '1.30.4', open('>=1.30.4')],
    ['of alternatives the oldest', '1.37.2', '1.30 || 1.28', open('>=1.28')],
    [
      'only an upper end',
      '1.37.2',
      '<1.30',
      'The server is newer than that. Choose an older cluster, or change server-version.',
    ],
    ['a server that is behind', '1.29.1', '1.30', OLDER],
    ['a server without a patch', '1.29', '>=1.30', OLDER],
    ['a server without a patch that is ahead', '1.37', '1.30', open('>=1.30')],
    ['a server in a gap', '1.31.0', '1.30 || >=1.33', 'Choose another cluster, or change server-version.'],
  ])('%s', (_, release, range, expected) => {
    expect(adviceOnRange(release, range)).toBe(expected);
  });
});
