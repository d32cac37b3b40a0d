import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseGlob } from '../../src/files/glob.ts';
import { walk } from '../../src/files/walk.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

interface Tree {
  readonly files?: readonly string[];
  /** Where links lie, and what they say. */
  readonly links?: Readonly<Record<string, string>>;
}

function plant({ files = [], links = {} }: Tree): string {
  const folder = temporaryFolder(Object.fromEntries(files.map((name) => [name, ''])));
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder, name));
  return folder;
}

async function found(folder: string, patterns: readonly string[], signal?: AbortSignal) {
  const globs = patterns.map(parseGlob);
  const files: string[] = [];
  const failures: string[] = [];
  await walk({
    folder,
    words: globs.filter(({ excludes }) => !excludes).flatMap(({ words }) => words),
    exclusions: globs.filter(({ excludes }) => excludes).flatMap(({ words }) => words),
    isChosen: (name) => name.endsWith('.yaml'),
    onFile: (path) => files.push(path.replace(`${folder}/`, '')),
    onFailure: ({ path, reason }) => failures.push(`${path.replace(`${folder}/`, '')}: ${reason}`),
    signal,
  });
  return { files: files.sort(), failures: failures.sort() };
}

test.each<{ rule: string; tree: Tree; patterns: string[]; files: string[]; failures?: string[] }>([
  {
    rule: 'a folder is walked under each of its names',
    tree: { files: ['d/base/a.yaml'], links: { 'd/prod': 'base' } },
    patterns: ['d/**/*.yaml'],
    files: ['d/base/a.yaml', 'd/prod/a.yaml'],
  },
  {
    rule: 'a link that a pattern names is followed whatever else it leads to',
    tree: { files: ['d/base/a.yaml', 'd/o/b.yaml'], links: { 'd/prod': 'base' } },
    patterns: ['d/{o,prod}/*.yaml'],
    files: ['d/o/b.yaml', 'd/prod/a.yaml'],
  },
  {
    rule: 'an exclusion of a link leaves the folder itself',
    tree: { files: ['d/base/x.yaml'], links: { 'd/alias': 'base' } },
    patterns: ['d', '!d/alias/**'],
    files: ['d/base/x.yaml'],
  },
  {
    rule: 'an exclusion of the folder leaves its links',
    tree: { files: ['d/base/x.yaml'], links: { 'd/alias': 'base' } },
    patterns: ['d', '!d/base'],
    files: ['d/alias/x.yaml'],
  },
  {
    rule: 'a link to the folder that it is in ends there',
    tree: { files: ['d/a.yaml'], links: { 'd/loop': '.' } },
    patterns: ['d/**/*.yaml', 'd'],
    files: ['d/a.yaml'],
  },
  {
    rule: 'a link to a folder above ends there, even above the one that the pattern names',
    tree: { files: ['a.yaml', 'd/e/b.yaml'], links: { 'd/e/loop': '../..' } },
    patterns: ['d/**'],
    files: ['d/e/b.yaml'],
  },
  {
    rule: 'a pattern that names such a link means what is there',
    tree: { files: ['a.yaml', 'd/b.yaml'], links: { 'd/loop': '..' } },
    patterns: ['d/loop/*.yaml', 'd/*/d/*.yaml', 'd/loop/d/loop/a.yaml'],
    files: ['d/loop/a.yaml', 'd/loop/d/b.yaml', 'd/loop/d/loop/a.yaml'],
  },
  {
    rule: 'what is below such a link is all found once',
    tree: { files: ['a.yaml', 'd/b.yaml'], links: { 'd/loop': '..' } },
    patterns: ['d/loop/**'],
    files: ['d/loop/a.yaml', 'd/loop/d/b.yaml'],
  },
  {
    rule: 'links to each other end',
    tree: { files: ['x/a.yaml', 'y/b.yaml'], links: { 'x/y': '../y', 'y/x': '../x' } },
    patterns: ['**/*.yaml'],
    files: ['x/a.yaml', 'x/y/b.yaml', 'y/b.yaml', 'y/x/a.yaml'],
  },
  {
    rule: 'a link that leads nowhere is a file where a pattern means it',
    tree: { links: { 'a.yaml': 'nowhere', 'self.yaml': 'self.yaml' } },
    patterns: ['*.yaml'],
    files: ['a.yaml', 'self.yaml'],
  },
  {
    rule: 'and a failure where a folder may be meant',
    tree: { files: ['d/a.yaml'], links: { 'd/base': 'nowhere' } },
    patterns: ['d/**/*.yaml'],
    files: ['d/a.yaml'],
    failures: ['d/base: The link leads nowhere.'],
  },
  {
    rule: 'but not where it is excluded',
    tree: { files: ['d/a.yaml'], links: { 'd/base': 'nowhere', 'd/b.yaml': 'nowhere' } },
    patterns: ['d/**/*.yaml', '!d/b*'],
    files: ['d/a.yaml'],
  },
  {
    rule: 'a folder that is named like a file is a folder',
    tree: { files: ['d/app.yaml/a.yaml', 'd/app.yaml/b.txt', 'd/app.yaml/c/d.yaml', 'd/e.yaml'] },
    patterns: ['d/*.yaml'],
    files: ['d/app.yaml/a.yaml', 'd/app.yaml/c/d.yaml', 'd/e.yaml'],
  },
  {
    rule: 'in a folder, too',
    tree: { files: ['d/app.yaml/a.yaml'] },
    patterns: ['d'],
    files: ['d/app.yaml/a.yaml'],
  },
  {
    rule: 'and where it is named itself',
    tree: { files: ['d/app.yaml/a.yaml', 'd/app.yaml/.b.yaml'] },
    patterns: ['d/app.yaml'],
    files: ['d/app.yaml/.b.yaml', 'd/app.yaml/a.yaml'],
  },
  {
    rule: 'a pattern that matches a folder means what is in it',
    tree: { files: ['d/web/a.yaml', 'd/web/.hidden/b.yaml', 'd/api/c.yaml'] },
    patterns: ['d/w*'],
    files: ['d/web/a.yaml'],
  },
  {
    rule: 'a last star means files only',
    tree: { files: ['d/web/a.yaml', 'd/b.yaml', 'd/c.txt'] },
    patterns: ['d/*'],
    files: ['d/b.yaml'],
  },
  {
    rule: 'a slash behind it means the folders',
    tree: { files: ['d/web/a.yaml', 'd/b.yaml'] },
    patterns: ['d/*/'],
    files: ['d/web/a.yaml'],
  },
  {
    rule: 'an excluded folder keeps what an exclusion does not mean',
    tree: { files: ['d/a.yaml', 'd/old/b.yaml', 'd/old/.c.yaml'] },
    patterns: ['d', '!d/old/**'],
    files: ['d/a.yaml', 'd/old/.c.yaml'],
  },
  {
    rule: 'odd names are names',
    tree: { files: ['d/a\nb.yaml', 'd/a\u2028b/c.yaml', 'd/ .yaml', 'd/\u0085.yaml'] },
    patterns: ['d/**/*.yaml'],
    files: ['d/a\nb.yaml', 'd/a\u2028b/c.yaml', 'd/ .yaml', 'd/\u0085.yaml'].sort(),
  },
  {
    rule: 'a path needs no permission to list its folder',
    tree: { files: ['d/a.yaml'] },
    patterns: ['d/a.yaml', 'd/missing.yaml', 'd/a.yaml/b.yaml'],
    files: ['d/a.yaml'],
  },
])('$rule', async ({ tree, patterns, files, failures = [] }) => {
  expect(await found(plant(tree), patterns)).toEqual({ files, failures });
});

test.skipIf(process.getuid?.() === 0)('a folder that cannot be read is a failure, unless it is excluded', async () => {
  const folder = plant({ files: ['d/a.yaml', 'd/secret/b.yaml'] });
  chmodSync(join(folder, 'd/secret'), 0o100);
  try {
    const failure = 'd/secret: The folder cannot be read: EACCES: permission denied.';
    expect(await found(folder, ['d/**/*.yaml'])).toEqual({ files: ['d/a.yaml'], failures: [failure] });
    expect((await found(folder, ['d/**/*.yaml', '!d/secret/**'])).failures).toEqual([]);
    expect((await found(folder, ['d', '!d/secret'])).failures).toEqual([]);
    expect((await found(folder, ['d/secret/b.yaml'])).files).toEqual(['d/secret/b.yaml']);
  } finally {
    chmodSync(join(folder, 'd/secret'), 0o700);
  }
});

test.skipIf(process.platform === 'win32')('what is neither file nor folder is a failure', async () => {
  const folder = plant({ files: ['d/a.yaml'] });
  execFileSync('mkfifo', [join(folder, 'd/pipe.yaml')]);
  expect(await found(folder, ['d/*.yaml'])).toEqual({
    files: ['d/a.yaml'],
    failures: ['d/pipe.yaml: It is not a regular file.'],
  });
});

test.skipIf(process.platform !== 'linux')(
  'folders nest as deep as paths go, and a failure says where they do not',
  async () => {
    const folder = plant({});
    const nest = `for (let i = 0; i < 2_100; i += 1) { fs.mkdirSync('d'); process.chdir('d'); fs.writeFileSync('a.yaml', ''); }`;
    execFileSync(process.execPath, ['-e', nest], { cwd: folder });
    try {
      const { files, failures } = await found(folder, ['**/*.yaml']);
      expect(files.length).toBeGreaterThan(1_900);
      expect(failures).toEqual([
        expect.stringMatching(/: (?:The folder|It) cannot be .*: its path is longer than the system allows\.$/),
      ]);
    } finally {
      execFileSync('rm', ['-rf', join(folder, 'd')]);
    }
  },
);

test('only folders that may hold a match are read', async () => {
  const folder = plant({ files: ['d/a.yaml', 'other/b.yaml', 'd/deep/c.yaml'] });
  chmodSync(join(folder, 'other'), 0);
  chmodSync(join(folder, 'd/deep'), 0);
  try {
    expect(await found(folder, ['d/*.yaml'])).toEqual({ files: ['d/a.yaml'], failures: [] });
  } finally {
    chmodSync(join(folder, 'other'), 0o700);
    chmodSync(join(folder, 'd/deep'), 0o700);
  }
});

test('each file comes once, with all words that mean it', async () => {
  const folder = plant({ files: ['d/a.yaml', 'd/e/a.yaml'] });
  const calls: [string, readonly number[]][] = [];
  await walk({
    folder,
    words: ['d/**', 'd/e/*', '**/a.yaml', join(folder, 'd/a.yaml')].flatMap((text) => parseGlob(text).words),
    exclusions: [],
    isChosen: () => true,
    onFile: (path, words) => calls.push([path, [...words].sort()]),
    onFailure: () => undefined,
  });
  expect(calls.sort()).toEqual([
    [join(folder, 'd/a.yaml'), [0, 2, 3]],
    [join(folder, 'd/e/a.yaml'), [0, 1, 2]],
  ]);
});

test('links that multiply come to an end', async () => {
  const folder = plant({});
  const names = Array.from({ length: 8 }, (_, index) => `n${index}`);
  for (const name of names) mkdirSync(join(folder, name));
  for (const from of names) for (const to of names) if (from !== to) symlinkSync(`../${to}`, join(folder, from, to));
  const { failures } = await found(folder, ['**/*.yaml']);
  expect(failures.join('\n')).toMatch(/: Links lead to this folder under more than 1000 names\.$/m);
});

test('a walk ends when its signal says so', async () => {
  const folder = plant({});
  for (let index = 0; index < 2_100; index += 1) writeFileSync(join(folder, `${index}.yaml`), '');
  const stop = new AbortController();
  const walking = found(folder, ['**/*.yaml'], stop.signal);
  stop.abort(new Error('enough'));
  await expect(walking).rejects.toThrow('enough');
});
