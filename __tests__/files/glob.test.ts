import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orAsWritten, parseGlob, parseGlobs, pathMatcher } from '../../src/files/glob.ts';
import { filesByBash } from '../helpers/bash-globs.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

test.each<[rule: string, patterns: string[], yes: string[], no: string[]]>([
  [
    'numbers in braces are a sequence',
    ['deploy/r{1..10}/*.yaml'],
    ['deploy/r2/a.yaml', 'deploy/r10/a.yaml'],
    ['deploy/r0/a.yaml', 'deploy/r11/a.yaml'],
  ],
  ['an exclamation mark negates a class', ['deploy/[!d]*/*.yaml'], ['deploy/prod/a.yaml'], ['deploy/dev/a.yaml']],
  ['a negation is of the whole name', ['deploy/!(dev)/*.yaml'], ['deploy/dev-eu/a.yaml'], ['deploy/dev/a.yaml']],
  ['a negation may begin the line', ['!(dev)/*.yaml'], ['prod/a.yaml'], ['dev/a.yaml', 'a.yaml']],
  ['parentheses are text', ['deploy/(p)/**'], ['deploy/(p)/a'], ['deploy/p/a']],
  ['two stars are any number of folders', ['a/**/b'], ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/.x/b', 'b']],
  ['two stars at the end are what is in a folder', ['a/**'], ['a/b', 'a/b/c'], ['a', 'a/.b', 'a/.b/c']],
  ['a slash behind them changes nothing', ['a/**/'], ['a/b', 'a/b/c'], ['a']],
  ['two stars several times', ['**/a/**/**/b'], ['a/b', 'x/a/y/z/b'], ['b', 'x/b']],
  ['two stars with something else are one', ['a**/b'], ['a/b', 'ax/b'], ['a/x/b', 'ax/y/b']],
  ['hidden folders are named', ['**/.github/*.yaml'], ['a/.github/b.yaml', '.github/b.yaml'], ['.a/.github/b.yaml']],
  ['a path means a folder', ['a/b'], ['a/b', 'a/b/c', 'a/b/.c/d'], ['a/bc', 'a']],
  ['a path in braces, too', ['{a,b}/c'], ['a/c/d', 'b/c'], ['c']],
  ['a pattern means no folder', ['a/*'], ['a/b'], ['a/b/c']],
  ['unless it ends in a slash', ['a/x*/'], ['a/x/c', 'a/xy/c/d'], ['a/x']],
  ['or in the folder itself', ['a/x*/.'], ['a/x/c'], ['a/x']],
  ['a dot and repeated slashes are nothing', ['./a//./*'], ['a/b', './a/b'], ['a/b/c']],
  ['a parent takes back a name', ['a/../b/*'], ['b/c'], ['a/../c']],
  ['parents may begin a path', ['../a/*'], ['../a/b'], ['a/b', '../../a/b']],
  ['the folder itself is everything in it', ['.'], ['a', '.a/b'], ['../a']],
  ['an absolute pattern means absolute paths', ['/a/*'], ['/a/b'], ['a/b']],
  ['a relative one does not', ['**', '*/*'], ['a/b'], ['/a/b', '../a']],
  ['an exclusion wins', ['a/**', '!a/b/**', 'a/b/c'], ['a/x'], ['a/b/c']],
  ['exclusions alone leave the rest', ['!a/**'], ['b/c'], ['a/b', '.b/c']],
  ['case counts', ['A/*'], ['A/b'], ['a/b']],
  ['no pattern, no file', [], [], ['a']],
])('%s: %j', (_, patterns, yes, no) => {
  const matches = pathMatcher(patterns.map(parseGlob));
  expect(yes.filter((path) => !matches(path))).toEqual([]);
  expect(no.filter((path) => matches(path))).toEqual([]);
});

test.each([
  ['a slash in a group', 'a/@(b/c|d)', /slash/, /\{a,b\/c\}/],
  ['an open group', 'a/@(b/c', /parenthesis/, /Close it/],
  ['an open negation at the beginning', '!(dev/*.yaml', /parenthesis/, /Close it/],
  ['a parent behind a pattern', '*/../a', /\.\. behind a pattern/, /at the beginning/],
  ['an empty alternative', '{a,}', /empty/, /Remove/],
  ['an exclusion of nothing', '!', /empty/, /Remove/],
  ['too many alternatives', '{1..100000}', /more than 1000/, /star/],
  ['a pattern beyond all measure', 'a/'.repeat(3_000), /6000 characters/, /several/],
])('refused: %s', (_, pattern, message, hint) => {
  const place = { kind: 'input', input: 'manifests' } as const;
  expect(parseGlobs([pattern, 'a'], place)).toEqual({
    globs: [expect.objectContaining({ pattern: 'a' })],
    problems: [{ place, message: expect.stringMatching(message), hint: expect.stringMatching(hint) }],
  });
});

test('a path that is written as it is may be meant, too', () => {
  const matches = pathMatcher([orAsWritten(parseGlob('a/[b].yaml'))]);
  expect(['a/b.yaml', 'a/[b].yaml', 'a/c.yaml'].filter(matches)).toEqual(['a/b.yaml', 'a/[b].yaml']);
});

test('no pattern is slow', () => {
  const matches = pathMatcher(
    ['**/a/**/a/**/a/**/a/**/a/**/a/**/b', '*a*a*a*a*a*a*a*a*a*b/**/*a*a*a*a*a*b'].map(parseGlob),
  );
  expect(matches(Array(2_000).fill('a').join('/'))).toBe(false);
  expect(matches(Array(20).fill('a'.repeat(255)).join('/'))).toBe(false);
});

const NAMES = [
  'a',
  'b',
  'ab',
  'ba',
  'aab',
  '.a',
  '.b',
  '..a',
  'a.b',
  'A',
  'é',
  'a-b',
  '1',
  '12',
  '[a]',
  '(a)',
  'a b',
  '*',
  'a*',
  '!a',
  'a]',
  '-',
  '^a',
  'a|b',
  'a\nb',
  'a\u2028b',
  '_',
  '\\a',
  '{a}',
  'a,b',
  '日本',
];

const chars = fc.constantFrom('a', 'b', '.', '1', 'A', 'é', '-', '_', '\\*', '\\a', '\\.', '\\[', '?');
const bracket = fc
  .tuple(
    fc.constantFrom('', '', '!', '^'),
    fc.array(
      fc.constantFrom(
        'a',
        'b',
        'A',
        '1',
        '.',
        'a-c',
        'A-Z',
        '0-9',
        '[:alpha:]',
        '[:digit:]',
        '[:upper:]',
        '[:punct:]',
        '[:space:]',
        '\\]',
        '!',
        '^',
        'é',
        'a-é',
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.constantFrom('', '', '-'),
  )
  .map(([negation, members, dash]) => `[${negation}${members.join('')}${dash}]`);
const alternative = fc
  .array(fc.oneof(chars, chars, bracket), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(''));
const group = fc
  .tuple(
    fc.constantFrom('?', '*', '+', '@', '!'),
    fc.array(
      fc.oneof(
        alternative,
        alternative.map((text) => `*${text}`),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([operator, alternatives]) => `${operator}(${alternatives.join('|')})`);
const nested = fc
  .tuple(
    fc.constantFrom('@', '+', '!'),
    fc.constantFrom('a', 'b', '?'),
    fc.constantFrom('@', '?', '*', '+'),
    alternative,
  )
  .map(([outer, text, inner, content]) => `${outer}(${text}${inner}(${content})|${content})`);
const segment = fc.oneof(
  fc.constant('**'),
  fc.constant('*'),
  fc.constantFrom(...NAMES.map((name) => name.replace(/[*?[\]()|!\\]/g, '\\$&'))),
  fc
    .tuple(
      fc.array(fc.oneof(chars, bracket), { maxLength: 2 }),
      fc.oneof(group, nested, fc.constant('*')),
      fc.array(chars, { maxLength: 2 }),
    )
    .map((parts) => parts.flat().join('')),
);
const pattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const trees = fc.array(
  fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }).map((names) => names.join('/')),
  { minLength: 5, maxLength: 30 },
);

/**
 * Trees, names and patterns at random, file by file. Left out: what we refuse, and where bash 5.2 misses files that its manual promises:
 * a star, or one group, before another that matches nothing at the end of the name (`*!(a)`, `*@(b|)`).
 */
test('bash finds the same files', () => {
  const rounds = Number(process.env['GLOB_ROUNDS'] ?? 4);
  const seed = Number(process.env['GLOB_SEED'] ?? 1);
  const differences: unknown[] = [];
  let compared = 0;
  for (let round = 0; round < rounds; round += 1) {
    const [paths = []] = fc.sample(trees, { seed: seed + round, numRuns: 1 });
    const folder = temporaryFolder();
    const files = paths.filter((path) => plant(folder, path));
    const patterns = fc.sample(pattern, { seed: seed + round, numRuns: 500 });
    const found = filesByBash(folder, patterns);
    for (const [index, text] of patterns.entries()) {
      const { globs } = parseGlobs([`./${text}`.replace(/[{},]/g, '\\$&')], { kind: 'input', input: 'manifests' });
      if (globs[0] === undefined || globs[0].words.some(({ isPath }) => isPath)) continue;
      compared += 1;
      const ours = files.filter(pathMatcher(globs)).sort();
      const bash = [...new Set(found[index])].sort();
      if (JSON.stringify(ours) !== JSON.stringify(bash)) differences.push({ text, ours, bash });
    }
  }
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(rounds * 300);
});

/** Whether a file can be made there, next to what was made before. */
function plant(folder: string, path: string): boolean {
  try {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '', { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}
