import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withQuickNo } from '../../src/acceptances/quick-no.ts';
import { parseGlobs, pathMatcher } from '../../src/files/glob.ts';

test.each([
  ['a path without the piece that every match has', ['deploy/*/team-17-*.yaml'], 'deploy/a/team-18-x.yaml', false],
  ['a path with it', ['deploy/*/team-17-*.yaml'], 'deploy/a/team-17-x.yaml', true],
  ['a folder, for all that is in it', ['deploy/legacy/'], 'deploy/legacy/a.yaml', true],
  ['a slash beside a wildcard need not be there', ['a/**/b'], 'a/b', true],
  ['one of several globs', ['x/**', 'deploy/**'], 'deploy/a', true],
  ['braces take more to tell', ['{deploy,prod}/x'], 'other', true],
  ['classes take more to tell', ['[ab]/x'], 'other', true],
  ['groups take more to tell', ['!(a)/x', '@(a|b)/x'], 'other', true],
  ['a pattern that begins with ! takes more to tell', ['!(a)/x', 'deploy/**'], 'other', true],
  ['a part that is taken back takes more to tell', ['x/../deploy/**'], 'deploy/a', true],
  ['a doubled slash takes more to tell', ['deploy//a'], 'deploy/a', true],
  ['a dot takes more to tell', ['deploy/./a'], 'deploy/a', true],
  ['a root takes more to tell', ['/deploy/a'], 'deploy/a', true],
  ['quotes take more to tell', ['"deploy/**"'], 'other', true],
  ['only exclusions choose everything else', ['!deploy/**'], 'other', true],
  ['wildcards alone choose everything', ['**'], 'other', true],
])('%s', (_, globs, path, isAsked) => {
  expect(withQuickNo(globs, () => true)(path)).toBe(isAsked);
});

test('it never says no where the pattern means the path', () => {
  const segment = fc.stringMatching(/^(?:[ab.?*]|\[ab\]|@\(a\|b\)|\{a,b\}){1,3}$/);
  const pattern = fc
    .tuple(
      fc.constantFrom('', './', '!(b)/'),
      fc.array(fc.oneof(segment, fc.constantFrom('**', '', '.', '..')), { minLength: 1, maxLength: 4 }),
    )
    .map(([before, segments]) => before + segments.join('/'));
  const path = fc.stringMatching(/^[ab]{1,3}(?:\/[ab]{1,3}){0,3}$/);
  const place = { kind: 'input', input: 'manifests' } as const;
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 2 }), path, (patterns, name) => {
      const matches = pathMatcher(parseGlobs(patterns, place).globs);
      expect(withQuickNo(patterns, matches)(name)).toBe(matches(name));
    }),
    { numRuns: 3_000 },
  );
});
