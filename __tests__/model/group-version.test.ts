import { describe, expect, test } from 'vitest';
import { compareKubeAwareVersions, formatGroupVersion, parseGroupVersion } from '../../src/model/group-version.ts';

describe('parseGroupVersion', () => {
  test.each([
    ['an empty text is the empty group-version', '', { group: '', version: '' }],
    ['a lone slash is the empty group-version', '/', { group: '', version: '' }],
    ['no slash is a version of the core group', 'v1', { group: '', version: 'v1' }],
    ['one slash parts group and version', 'apps/v1', { group: 'apps', version: 'v1' }],
    ['an empty version stays empty', 'apps/', { group: 'apps', version: '' }],
    ['two slashes are no group-version', 'apps/v1/Deployment', undefined],
  ])('%s', (_rule, text, expected) => {
    expect(parseGroupVersion(text)).toEqual(expected);
  });
});

test.each([
  ['the core group is written without a group', { group: '', version: 'v1' }, 'v1'],
  ['any other group with one', { group: 'apps', version: 'v1' }, 'apps/v1'],
])('formatGroupVersion: %s', (_rule, groupVersion, expected) => {
  expect(formatGroupVersion(groupVersion)).toBe(expected);
});

describe('compareKubeAwareVersions', () => {
  test('orders as Kubernetes does: stable first, then beta, alpha, and other names last', () => {
    const shuffled = ['foo10', 'v1', 'v12alpha1', 'v3beta1', 'v10', 'foo1', 'v11alpha2', 'v2', 'v11beta2', 'v10beta3'];
    expect(shuffled.toSorted(compareKubeAwareVersions)).toEqual([
      'v10',
      'v2',
      'v1',
      'v11beta2',
      'v10beta3',
      'v3beta1',
      'v12alpha1',
      'v11alpha2',
      'foo1',
      'foo10',
    ]);
  });

  test('a version equals itself', () => {
    expect(compareKubeAwareVersions('v1', 'v1')).toBe(0);
  });
});
