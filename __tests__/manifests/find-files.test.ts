import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
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

test('a folder that is named like a file is a problem where a glob means it', async () => {
  const folder = temporaryFolder({ 'deploy/a.yaml': '', 'deploy/x.yaml/b.txt': '' });
  const { files, problems } = await findFiles(['deploy/*.yaml'], { workingDirectory: folder, repositoryRoot: folder });
  expect(files.map(({ file }) => file)).toEqual(['deploy/a.yaml']);
  expect(problems).toEqual([
    { place: { kind: 'file', file: 'deploy/x.yaml', line: 1 }, message: expect.stringContaining('folder') },
  ]);
});

test('names are relative to the repository’s root, and absolute outside of it', async () => {
  const folder = temporaryFolder({ 'repo/app/a.yaml': '', 'b.yaml': '' });
  const surroundings = { workingDirectory: join(folder, 'repo/app'), repositoryRoot: join(folder, 'repo') };
  const { files } = await findFiles(['*.yaml', '../../b.yaml'], surroundings);
  expect(files.map(({ file }) => file).sort()).toEqual([join(folder, 'b.yaml'), 'app/a.yaml'].sort());
});

test('links are followed, each folder once, and one that leads nowhere is not lost', async () => {
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
])('$pattern means $file: $matches', ({ pattern, file, matches }) => {
  const surroundings = { workingDirectory: '/repo', repositoryRoot: '/repo' };
  expect(fileMatcher([pattern], 'allow-unparsable', surroundings).isMeant({ path: join('/repo', file), file })).toBe(
    matches,
  );
});
