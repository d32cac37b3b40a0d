import { expect, test } from 'vitest';
import { isBuiltInGroup } from '../../src/verdict/built-in-groups.ts';

test.each([
  ['networking.k8s.io', true],
  ['rbac.authorization.k8s.io', true],
  ['apiextensions.k8s.io', true],
  ['storage.k8s.io', true],
  ['gateway.networking.k8s.io', false],
  ['snapshot.storage.k8s.io', false],
  ['metrics.k8s.io', false],
  ['cert-manager.io', false],
  ['networking.k8s.io.example.com', false],
])('%s comes with the API server: %s', (group, expected) => {
  expect(isBuiltInGroup(group)).toBe(expected);
});
