import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { fileMatcher, findFiles } from '../../src/manifests/find-files.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

function tree(): string {
  const names = [
    'app.yaml',
    'notes.md',
    'deploy/a.yaml',
    'deploy/b.yml',
    'deploy/c.json',
    'deploy/d.txt',
    'deploy/deep/e.yaml',
    'deploy/.hidden/f.yaml',
    'deploy/.g.yaml',
    'deploy/[x].yaml',
    'other/a.yaml',
  ];
  return temporaryFolder(Object.fromEntries(names.map((name) => [name, ''])));
}

test.each<{ rule: string; patterns: string[]; files: string[] }>([
  { rule: 'a path stands for itself', patterns: ['notes.md'], files: ['notes.md'] },
  { rule: 'a path may begin with ./', patterns: ['./app.yaml'], files: ['app.yaml'] },
  { rule: 'a star stays in its folder', patterns: ['deploy/*.yaml'], files: ['deploy/[x].yaml', 'deploy/a.yaml'] },
  {
    rule: 'two stars do not',
    patterns: ['deploy/**/*.yaml'],
    files: ['deploy/[x].yaml', 'deploy/a.yaml', 'deploy/deep/e.yaml'],
  },
  { rule: 'two stars mean no folder, too', patterns: ['**/app.yaml'], files: ['app.yaml'] },
  { rule: 'braces are alternatives', patterns: ['deploy/{a,b}.{yaml,yml}'], files: ['deploy/a.yaml', 'deploy/b.yml'] },
  { rule: 'braces may hold folders', patterns: ['{deploy,other}/a.yaml'], files: ['deploy/a.yaml', 'other/a.yaml'] },
  {
    rule: 'a folder means all manifests below it, as with kubectl',
    patterns: ['deploy'],
    files: [
      'deploy/.g.yaml',
      'deploy/.hidden/f.yaml',
      'deploy/[x].yaml',
      'deploy/a.yaml',
      'deploy/b.yml',
      'deploy/c.json',
      'deploy/deep/e.yaml',
    ],
  },
  {
    rule: 'a glob that names no kind of file means manifests',
    patterns: ['deploy/*'],
    files: ['deploy/[x].yaml', 'deploy/a.yaml', 'deploy/b.yml', 'deploy/c.json'],
  },
  {
    rule: 'hidden files are meant only when named',
    patterns: ['deploy/.*.yaml', 'deploy/.hidden/*'],
    files: ['deploy/.g.yaml', 'deploy/.hidden/f.yaml'],
  },
  {
    rule: 'each file comes once, in order',
    patterns: ['other/*.yaml', 'deploy/a.yaml', '*/a.yaml'],
    files: ['deploy/a.yaml', 'other/a.yaml'],
  },
  {
    rule: 'an exclusion holds wherever it stands',
    patterns: ['!deploy/deep/**', 'deploy/**/*.yaml', '!**/[[]x].yaml'],
    files: ['deploy/a.yaml'],
  },
  { rule: 'an exclamation mark may stand apart', patterns: ['**/a.yaml', '! other/a.yaml'], files: ['deploy/a.yaml'] },
  { rule: 'a folder may be excluded', patterns: ['**/a.yaml', '!other'], files: ['deploy/a.yaml'] },
  { rule: 'brackets in a name that exists are part of it', patterns: ['deploy/[x].yaml'], files: ['deploy/[x].yaml'] },
])('$rule', async ({ patterns, files }) => {
  const folder = tree();
  const found = await findFiles(patterns, { workingDirectory: folder, repositoryRoot: folder });
  expect(found.problems).toEqual([]);
  expect(found.files.map(({ file }) => file)).toEqual(files);
  expect(found.files.map(({ path }) => path)).toEqual(files.map((file) => join(folder, file)));
});

test.each([
  { rule: 'a glob without a match', patterns: ['missing/**/*.yaml'], message: /matches no file/ },
  { rule: 'a path that is not there', patterns: ['missing.yaml'], message: /matches no file/ },
  { rule: 'a folder without manifests', patterns: ['empty'], message: /matches no file/ },
  { rule: 'a glob of which all is excluded', patterns: ['other/*.yaml', '!other'], message: /other patterns exclude/ },
])('a problem: $rule', async ({ patterns, message }) => {
  const folder = tree();
  mkdirSync(join(folder, 'empty'));
  const { files, problems } = await findFiles(patterns, { workingDirectory: folder, repositoryRoot: folder });
  expect(files).toEqual([]);
  expect(problems).toEqual([
    {
      place: { kind: 'input', input: 'manifests' },
      message: expect.stringMatching(message),
      hint: expect.stringContaining(folder),
    },
  ]);
});

test.each([
  {
    rule: 'two patterns on a line',
    pattern: 'deploy/a.yaml other/*.yaml',
    hint: 'Put each pattern on a line of its own.',
  },
  // Where it is the system's own, it is none.
  ...(process.platform === 'win32'
    ? []
    : [{ rule: 'the separator of another system', pattern: 'deploy\\*.yaml', hint: 'Write / between folders.' }]),
])('a slip that matches nothing is told from a wrong path: $rule', async ({ pattern, hint }) => {
  const folder = tree();
  const { problems } = await findFiles([pattern], { workingDirectory: folder, repositoryRoot: folder });
  expect(problems).toMatchObject([{ message: `The pattern ${pattern} matches no file.`, hint }]);
});

test.each<{ rule: string; files: string[]; patterns: string[]; found: string[] }>([
  {
    rule: 'a folder that is named like a file is a folder',
    files: ['d/a.yaml', 'd/x.yaml/b.yml', 'd/x.yaml/c.txt'],
    patterns: ['d/*.yaml'],
    found: ['d/a.yaml', 'd/x.yaml/b.yml'],
  },
  {
    rule: 'numbers in braces are a sequence',
    files: ['r2/a.yaml', 'r10/a.yaml', 'r1/a.yaml'],
    patterns: ['r{1..2}/*.yaml', 'r{10..10}/*'],
    found: ['r1/a.yaml', 'r10/a.yaml', 'r2/a.yaml'],
  },
  {
    rule: 'an exclamation mark negates a class',
    files: ['dev/a.yaml', 'prod/a.yaml'],
    patterns: ['[!d]*/*.yaml'],
    found: ['prod/a.yaml'],
  },
  {
    rule: 'a negated name is the whole name',
    files: ['dev/a.yaml', 'dev-eu/a.yaml'],
    patterns: ['!(dev)/*.yaml'],
    found: ['dev-eu/a.yaml'],
  },
  {
    rule: 'a name in parentheses is excluded with a blank before it',
    files: ['(dev)/a.yaml', 'dev/a.yaml'],
    patterns: ['**/*.yaml', '! (dev)/**'],
    found: ['dev/a.yaml'],
  },
  {
    rule: 'parentheses in an exclusion are text',
    files: ['d/p/a.yaml', 'd/(p)/a.yaml'],
    patterns: ['d', '!d/(p)/**'],
    found: ['d/p/a.yaml'],
  },
  {
    rule: 'a hidden folder is found in whatever alternative it is named',
    files: ['d/.hid/a.yaml', 'd/o/a.yaml'],
    patterns: ['d/@(o|.hid)/*.yaml'],
    found: ['d/.hid/a.yaml', 'd/o/a.yaml'],
  },
  {
    rule: 'alternatives may lead out of the folder',
    files: ['../x/a.yaml', 'y/a.yaml'],
    patterns: ['{../x,y}/*.yaml'],
    found: ['../x/a.yaml', 'y/a.yaml'],
  },
  {
    rule: 'alternatives may have slashes',
    files: ['y/a.yaml', 'z/a.yaml'],
    patterns: ['{y,z/}/*.yaml'],
    found: ['y/a.yaml', 'z/a.yaml'],
  },
  {
    rule: 'kinds of manifests need not all be there',
    files: ['d/a.yaml'],
    patterns: ['d/**/*.{yaml,yml,json}'],
    found: ['d/a.yaml'],
  },
  { rule: 'nor alternatives in a group', files: ['y/a.yaml'], patterns: ['@(y|zz)/*.yaml'], found: ['y/a.yaml'] },
  {
    rule: 'a path that exists is itself, braces and all',
    files: ['{a,b}.yaml', 'a.yaml', 'b.yaml'],
    patterns: ['{a,b}.yaml'],
    found: ['{a,b}.yaml'],
  },
  { rule: 'even where it would be refused', files: ['@(a.yaml'], patterns: ['@(a.yaml'], found: ['@(a.yaml'] },
  {
    rule: 'a file named like a star hides nothing',
    files: ['*.yaml', 'a.yaml'],
    patterns: ['*.yaml'],
    found: ['*.yaml', 'a.yaml'],
  },
  {
    rule: 'variables are not expanded',
    files: ['$' + '{a,b}.yaml'],
    patterns: ['$' + '{a,b}.yaml'],
    found: ['$' + '{a,b}.yaml'],
  },
])('$rule', async ({ files, patterns, found }) => {
  const folder = temporaryFolder(Object.fromEntries(files.map((name) => [`repo/${name}`, ''])));
  const workingDirectory = join(folder, 'repo');
  const result = await findFiles(patterns, { workingDirectory, repositoryRoot: workingDirectory });
  expect(result.problems).toEqual([]);
  expect(result.files.map(({ path }) => relative(workingDirectory, path)).sort()).toEqual(found);
});

test.each<{ rule: string; patterns: string[]; message: RegExp; hint: RegExp }>([
  {
    rule: 'an alternative without a match',
    patterns: ['{deploy,zz}/*.yaml'],
    message: /^Of the pattern \{deploy,zz\}\/\*\.yaml, zz\/\*\.yaml matches no file\.$/,
    hint: /@\(a\|b\)/,
  },
  {
    rule: 'a path among the alternatives',
    patterns: ['deploy/{a,zz}.yaml'],
    message: /deploy\/zz\.yaml matches no file/,
    hint: /Correct/,
  },
  {
    rule: 'a number among the alternatives',
    patterns: ['deploy/{a..c}.{yaml,yml,json}', '{other,x{1..9}}'],
    message: /x1, x2, x3, x4, x5 and 4 more match no file/,
    hint: /Correct/,
  },
  {
    rule: 'an alternative that is excluded',
    patterns: ['{deploy,other}/*.yaml', '!other'],
    message: /other\/\*\.yaml matches only files that other patterns exclude/,
    hint: /Correct/,
  },
  {
    rule: 'an empty alternative',
    patterns: ['{deploy,}'],
    message: /cannot be read\. It, or an alternative in its braces, is empty/,
    hint: /Remove/,
  },
  { rule: 'a slash in a group', patterns: ['@(deploy/a|b)/*'], message: /cannot be read\..*slash/, hint: /braces/ },
  {
    rule: 'an open negation at the beginning of a line',
    patterns: ['!(deploy/*'],
    message: /cannot be read\..*parenthesis/,
    hint: /Close it/,
  },
  {
    rule: 'quotes',
    patterns: ['"deploy/*.yaml"'],
    message: /matches no file/,
    hint: /^Remove the quotes: deploy\/\*\.yaml$/,
  },
  { rule: 'single quotes', patterns: ["'deploy'"], message: /matches no file/, hint: /^Remove the quotes: deploy$/ },
  {
    rule: 'an item of a YAML list',
    patterns: ['- deploy/a.yaml'],
    message: /matches no file/,
    hint: /not a YAML list\. Write deploy\/a\.yaml$/,
  },
  { rule: 'a home folder', patterns: ['~/deploy/*.yaml'], message: /matches no file/, hint: /not expanded/ },
  { rule: 'a variable', patterns: ['$FOLDER/*.yaml'], message: /matches no file/, hint: /not expanded/ },
])('a problem: $rule', async ({ patterns, message, hint }) => {
  const folder = tree();
  const { problems } = await findFiles(patterns, { workingDirectory: folder, repositoryRoot: folder });
  expect(problems).toEqual([
    {
      place: { kind: 'input', input: 'manifests' },
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    },
  ]);
});

test('what cannot be looked into is a problem there, with a way out', async () => {
  const folder = temporaryFolder({ 'd/a.yaml': '' });
  symlinkSync('nowhere', join(folder, 'd/base'));
  const surroundings = { workingDirectory: folder, repositoryRoot: folder };
  const { files, problems } = await findFiles(['d/**/*.yaml'], surroundings);
  expect(files).toHaveLength(1);
  expect(problems).toEqual([
    {
      place: { kind: 'file', file: 'd/base', line: 1 },
      message: 'The link leads nowhere.',
      hint: 'Correct it, or exclude it with `!d/base`.',
    },
  ]);
  expect((await findFiles(['d/**/*.yaml', '!d/base'], surroundings)).problems).toEqual([]);
});

test('it tells how many files each pattern matches', async () => {
  const folder = tree();
  const patterns = ['deploy/**/*.yaml', '!deploy/deep', '*/a.yaml', 'missing', 'app.yaml'];
  const { counts } = await findFiles(patterns, { workingDirectory: folder, repositoryRoot: folder });
  expect(counts).toEqual([
    { pattern: 'deploy/**/*.yaml', files: 2 },
    { pattern: '*/a.yaml', files: 2 },
    { pattern: 'missing', files: 0 },
    { pattern: 'app.yaml', files: 1 },
  ]);
});

test('names are relative to the repository’s root, and absolute outside of it', async () => {
  const folder = temporaryFolder({ 'repo/app/a.yaml': '', 'b.yaml': '' });
  const surroundings = { workingDirectory: join(folder, 'repo/app'), repositoryRoot: join(folder, 'repo') };
  const { files } = await findFiles(['*.yaml', '../../b.yaml'], surroundings);
  expect(files.map(({ file }) => file).sort()).toEqual([join(folder, 'b.yaml'), 'app/a.yaml'].sort());
});

test('links are followed, none of them back, and one that leads nowhere is not lost', async () => {
  const folder = temporaryFolder({ 'deploy/a.yaml': '', 'elsewhere/b.yaml': '' });
  symlinkSync('..', join(folder, 'deploy/loop'));
  symlinkSync('../elsewhere', join(folder, 'deploy/more'));
  symlinkSync('../elsewhere/b.yaml', join(folder, 'deploy/link.yaml'));
  symlinkSync('nowhere', join(folder, 'deploy/broken.yaml'));
  symlinkSync('self.yaml', join(folder, 'deploy/self.yaml'));
  const { files } = await findFiles(['deploy/**/*.yaml'], { workingDirectory: folder, repositoryRoot: folder });
  const names = files.map(({ file }) => file);
  expect(names).toEqual(
    expect.arrayContaining(['deploy/a.yaml', 'deploy/broken.yaml', 'deploy/link.yaml', 'deploy/self.yaml']),
  );
  expect(names.filter((name) => name.endsWith('b.yaml'))).toHaveLength(1);
});

test.each([
  { pattern: 'deploy/*.yaml', file: 'deploy/a.yaml', matches: true },
  { pattern: 'deploy', file: 'deploy/deep/a.yaml', matches: true },
  { pattern: '**/.hidden/**', file: 'deploy/.hidden/a.yaml', matches: true },
  { pattern: 'a.yaml', file: 'deploy/a.yaml', matches: false },
  { pattern: 'deploy/[!d]*/*', file: 'deploy/dev/a.yaml', matches: false },
  { pattern: 'deploy/[a].yaml', file: 'deploy/[a].yaml', matches: true },
  { pattern: 'deploy/**', file: 'deploy/.hidden/a.yaml', matches: false },
])('$pattern means $file: $matches', ({ pattern, file, matches }) => {
  const surroundings = { workingDirectory: '/repo', repositoryRoot: '/repo' };
  expect(fileMatcher([pattern], 'allow-unparsable', surroundings).isMeant({ path: join('/repo', file), file })).toBe(
    matches,
  );
});
