import { describe, expect, test } from 'vitest';
import { INPUTS } from '../../src/inputs/settings.ts';
import { unknownInputs } from '../../src/inputs/unknown-inputs.ts';
import { described } from '../helpers/inputs.ts';

describe('an input that the action does not know', () => {
  test.each<[given: string, nearest: string]>([
    ['MANIFEST', 'manifests'],
    ['MANFIESTS', 'manifests'],
    ['SERVER-VERSOIN', 'server-version'],
    ['SERVER_VERSION', 'server-version'],
    ['KUBE-CONFIG', 'kubeconfig'],
    ['KUBE_CONFIG', 'kubeconfig'],
    ['KUBECONFG', 'kubeconfig'],
    ['CACHETTL', 'cache-ttl'],
    ['CACHE_TTL', 'cache-ttl'],
    ['FAILON', 'fail-on'],
    ['REQUIRES', 'require'],
    ['CONTEXTS', 'context'],
    ['BASE-LINE', 'baseline'],
    ['EXEMPTION', 'exemptions'],
    ['TARGET_VERSION', 'target-version'],
    ['WIAT', 'wait'],
  ])('%s is refused, and %s offered', (given, nearest) => {
    const name = given.toLowerCase();
    expect(described(unknownInputs([given]))).toEqual([
      `${name}: kube-api-gate has no input \`${name}\`. → Did you mean \`${nearest}\`?`,
    ]);
  });

  test('that resembles none is refused with all their names', () => {
    expect(described(unknownInputs(['GITHUB-APP-KEY']))[0]).toMatch(/→ The inputs are require, manifests, .*\.$/);
  });

  test('is refused once for each', () => {
    expect(unknownInputs(['MANIFEST', 'REQUIRE', 'KUBE-CONFIG'])).toHaveLength(2);
  });
});

test.each(INPUTS.map(({ name }) => name))('%s is known, in the capitals of a runner', (name) => {
  expect(unknownInputs([name.toUpperCase(), name])).toEqual([]);
});
