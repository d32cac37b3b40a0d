import { expect, test } from 'vitest';
import { hasReached, releaseOf } from '../../src/verdict/server-release.ts';

test.each([
  ['the version itself', { gitVersion: 'v1.30.2-gke.1', major: '1', minor: '30' }, { major: 1, minor: 30, patch: 2 }],
  ['major and minor where it cannot be read', { gitVersion: '', major: '1', minor: '30+' }, { major: 1, minor: 30 }],
  ['nothing where none can be read', { gitVersion: '', major: '', minor: '' }, undefined],
])('releaseOf: %s', (_rule, version, expected) => {
  expect(releaseOf(version)).toEqual(expected);
});

test.each([
  ['a release has reached itself', { major: 1, minor: 25 }, '1.25', true],
  ['with any patch', { major: 1, minor: 25, patch: 3 }, '1.25', true],
  ['and what came before', { major: 1, minor: 25 }, '1.9', true],
  ['and not what comes after', { major: 1, minor: 25, patch: 9 }, '1.26', false],
  ['and nothing that is no release', { major: 1, minor: 25 }, 'never', false],
])('hasReached: %s', (_rule, release, since, expected) => {
  expect(hasReached(release, since)).toBe(expected);
});
