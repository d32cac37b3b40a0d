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
  ['what stands before braces', ['deploy/{a,b}/x'], 'other/x', false],
  ['what stands behind a class', ['[dx]eploy/*'], 'dolly/a', false],
  ['what stands behind a group', ['@(a|b)/team-17'], 'a/team-18', false],
  ['what stands in braces need not be there', ['{deploy,prod}/x'], 'other/x', true],
  ['what stands in braces within braces neither', ['{deploy,{prod,stage}}/x'], 'stage/x', true],
  ['what stands in a class neither', ['[ab]/x'], 'other/x', true],
  ['what stands in a group neither', ['!(deploy)/x'], 'other/x', true],
  ['an operator of a group', ['a+(b)c'], 'abc', true],
  ['a class of a bracket', ['[]a]b'], ']b', true],
  ['a class of a class takes more to tell', ['[[:alpha:]]bc'], 'other', true],
  ['a class that does not end takes more to tell', ['deploy[a'], 'other', true],
  ['braces that do not end take more to tell', ['deploy{a'], 'other', true],
  ['an escape takes more to tell', ['deploy\\*'], 'other', true],
  ['a part that is taken back takes more to tell', ['x/../deploy/**'], 'deploy/a', true],
  ['a doubled slash takes more to tell', ['deploy//a'], 'deploy/a', true],
  ['a dot takes more to tell', ['deploy/./a'], 'deploy/a', true],
  ['a root takes more to tell', ['/deploy/a'], 'deploy/a', true],
  ['quotes mean themselves', ['"deploy"/**'], 'deploy/a', false],
  ['only exclusions choose everything else', ['!deploy/**'], 'other', true],
  ['wildcards alone choose everything', ['**'], 'other', true],
])('%s', (_, globs, path, isAsked) => {
  expect(withQuickNo(globs, () => true)(path)).toBe(isAsked);
});

test('it never says no where the pattern means the path', () => {
  const segment = fc.stringMatching(
    /^(?:[ab.?*]|\[ab\]|[@?*+!]\(a\|b\)|\{a,b\}|\{a,\{b,c\}\}|\[!ab\]|\[\]b\]|\{a\.\.c\}){1,3}$/,
  );
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
