import { expect, test } from 'vitest';
import { needsOf } from '../../src/gate/needs.ts';
import { parseRequirements } from '../../src/requirements/requirements.ts';
import { parseServerVersion } from '../../src/requirements/version-range.ts';

test.each([
  ['apps/v1', { 'apps/v1': true, 'apps/v1beta1': false, v1: false }],
  ['v1/Pod verbs=create', { v1: true, 'apps/v1': false }],
  ['apps/v1/deployments/scale', { 'apps/v1': true }],
  ['policy/v1 | policy/v1beta1', { 'policy/v1': true, 'policy/v1beta1': true, 'policy/v2': false }],
  ['!extensions/v1beta1', { 'extensions/v1beta1': true }],
  [
    'gateway.networking.k8s.io/*',
    { 'gateway.networking.k8s.io/v1': true, 'gateway.networking.k8s.io/v1beta1': true, 'networking.k8s.io/v1': false },
  ],
  ['apps/v1\nbatch/v1/CronJob', { 'apps/v1': true, 'batch/v1': true, 'batch/v2': false }],
])('%s', (text, needed) => {
  const { requirements, problems } = parseRequirements(text);
  expect(problems).toEqual([]);
  const needs = needsOf(requirements);
  expect(Object.fromEntries(Object.keys(needed).map((name) => [name, needs.groupVersion(name)]))).toEqual(needed);
  expect(needs.version).toBe(false);
});

test('the version is needed where a range is given', () => {
  expect(needsOf(parseServerVersion('>=1.30').requirements).version).toBe(true);
  expect(needsOf([]).version).toBe(false);
});
