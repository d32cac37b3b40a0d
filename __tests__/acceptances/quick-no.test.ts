import { matchesGlob } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withQuickNo } from '../../src/acceptances/quick-no.ts';

test.each([
  ['a path without the piece that every match has', ['deploy/*/team-17-*.yaml'], 'deploy/a/team-18-x.yaml', false],
  ['a path with it', ['deploy/*/team-17-*.yaml'], 'deploy/a/team-17-x.yaml', true],
  ['a folder, for all that is in it', ['deploy/legacy/'], 'deploy/legacy/a.yaml', true],
  ['a slash beside a wildcard need not be there', ['a/**/b'], 'a/b', true],
  ['one of several globs', ['x/**', 'deploy/**'], 'deploy/a', true],
  ['braces take more to tell', ['{deploy,prod}/x'], 'other', true],
  ['classes take more to tell', ['[ab]/x'], 'other', true],
  ['groups take more to tell', ['!(a)/x', '@(a|b)/x'], 'other', true],
  ['quotes take more to tell', ['"deploy/**"'], 'other', true],
  ['only exclusions choose everything else', ['!deploy/**'], 'other', true],
  ['wildcards alone choose everything', ['**'], 'other', true],
])('%s', (_, globs, path, isAsked) => {
  expect(withQuickNo(globs, () => true)(path)).toBe(isAsked);
});

test('it never says no where the glob means the path', () => {
  const segment = fc.stringMatching(/^[ab?*]{1,3}$/).filter((text) => !text.includes('**'));
  const glob = fc
    .array(fc.oneof(segment, fc.constant('**')), { minLength: 1, maxLength: 4 })
    .map((segments) => segments.join('/'));
  const path = fc.stringMatching(/^[ab]{1,3}(?:\/[ab]{1,3}){0,3}$/);
  fc.assert(
    fc.property(glob, path, (pattern, name) => {
      fc.pre(matchesGlob(name, pattern));
      expect(withQuickNo([pattern], () => true)(name)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
