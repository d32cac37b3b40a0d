/** What a release publishes, packed and tried: the package in an empty folder, the list of what is bundled, and each check's way to fail. */
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { type Release, readManifest } from '../../scripts/release-facts.ts';
import {
  billOfMaterials,
  billOfMaterialsProblems,
  fileListProblems,
  installProblems,
  packRelease,
  sizeProblems,
} from '../../scripts/release-package.ts';
import { disguisedAs } from '../helpers/disguised-node.ts';
import { run } from '../helpers/processes.ts';
import { readRecording } from '../helpers/recording.ts';
import { copyOfCheckout, type Edit, released, withFields } from '../helpers/release-tree.ts';
import { startReplayServer } from '../helpers/replay-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const root = resolve(import.meta.dirname, '../..');
const manifest = readManifest(root);
const tree = copyOfCheckout();
afterAll(() => tree.remove());

test('the dry run passes on this checkout, and says what it checked', async () => {
  const { code, stdout } = await run(process.execPath, ['scripts/release.ts', '--dry-run'], {
    cwd: root,
    timeoutMs: 90_000,
  });
  expect(stdout).toMatch(/^kube-api-gate \d+\.\d+\.\d+; examples name it kube-api-gate\/kube-api-gate@/);
  expect(stdout).not.toContain('FAIL');
  expect(stdout).toMatch(/^release: 8 passed, 0 failed$/m);
  expect(code).toBe(0);
});

test.each([
  ['nothing', []],
  ['a folder without a tag', ['--into', 'out']],
  ['a tag without a folder', ['--tag', 'v0.1.0']],
  ['a dry run that writes', ['--dry-run', '--tag', 'v0.1.0', '--into', 'out']],
])('release.ts says how it is called: %s', async (_rule, parameters) => {
  const { code, stderr } = await run(process.execPath, ['scripts/release.ts', ...parameters], { cwd: root });
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/^Usage: /) });
});

test('a tag of another version releases nothing', async () => {
  const folder = temporaryFolder();
  const { code, stdout } = await run(process.execPath, ['scripts/release.ts', '--tag', 'v9.9.9', '--into', folder], {
    cwd: root,
    timeoutMs: 90_000,
  });
  expect(stdout).toContain(`the tag is v9.9.9, package.json's version ${manifest.version}`);
  expect({ code, written: readdirSync(folder) }).toEqual({ code: 1, written: [] });
});

test('the tag of this version writes what the workflow publishes', () =>
  tree.edited(released(manifest.version), async (copy) => {
    cpSync(join(root, 'scripts'), join(copy, 'scripts'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const folder = temporaryFolder();
    const parameters = ['scripts/release.ts', '--tag', `v${manifest.version}`, '--into', folder];
    const { code, stdout } = await run(process.execPath, parameters, { cwd: copy, timeoutMs: 90_000 });
    expect({ code, failed: stdout.match(/^FAIL .*/gm) }).toEqual({ code: 0, failed: null });
    expect(readdirSync(folder).toSorted()).toEqual([
      `kube-api-gate-${manifest.version}.tgz`,
      'kube-api-gate.cdx.json',
      'notes.md',
    ]);
    expect(readFileSync(join(folder, 'notes.md'), 'utf8')).toMatch(/^### Added\n/);
  }));

describe('the last job of the workflow', () => {
  type Workflow = {
    readonly defaults: { readonly run: { readonly shell?: string } };
    readonly jobs: { readonly publish: { readonly steps: readonly { readonly name: string; readonly run: string }[] } };
  };
  const { defaults, jobs } = load(readFileSync(join(root, '.github', 'workflows', 'release.yml'), 'utf8')) as Workflow;
  // What a runner makes of `shell: bash`, and of no shell at all.
  const strict = defaults.run.shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];

  /** Runs one step as a runner would, with a `gh` that writes down what it is asked and answers as it is told. */
  async function step(
    name: string,
    tag: string,
    answers: string,
  ): Promise<{ code: number; stdout: string; asked: readonly string[] }> {
    const folder = temporaryFolder({
      gh: `#!/bin/bash\necho "$*" >> "$0.log"\ncase "$*" in\n${answers}\nesac\n`,
      'gh.log': '',
    });
    const script = jobs.publish.steps.find((each) => each.name === name)?.run ?? 'exit 9';
    const { code, stdout } = await run('bash', [...strict, '-c', script], {
      env: { PATH: `${folder}:${process.env['PATH']}`, GH_REPO: 'o/r', GITHUB_REF_NAME: tag, GITHUB_SHA: 'abc' },
    });
    return { code, stdout, asked: readFileSync(join(folder, 'gh.log'), 'utf8').trimEnd().split('\n') };
  }
  const list = (...tags: readonly string[]): string => `"release list"*) printf '%s\\n' ${tags.join(' ')};;`;

  test.each([
    ['the newest release moves it', 'v0.10.0', ['v0.9.0', 'v0.10.0', 'v1.0.0'], 'PATCH repos/o/r/git/refs/tags/v0'],
    [
      'the first of a new major version moves its own',
      'v1.0.0',
      ['v0.10.0', 'v1.0.0', 'v10.0.0'],
      'PATCH repos/o/r/git/refs/tags/v1',
    ],
  ])('the major tag: %s', async (_rule, tag, tags, moved) => {
    const { code, asked } = await step('Move the major tag', tag, list(...tags));
    expect({ code, moved: asked.at(-1) }).toEqual({ code: 0, moved: `api --method ${moved} -f sha=abc -F force=true` });
  });

  test('the major tag: a fix of an older version leaves it', async () => {
    const { code, stdout, asked } = await step('Move the major tag', 'v0.9.1', list('v0.9.1', 'v0.10.0'));
    expect({ code, asked: asked.length }).toEqual({ code: 0, asked: 1 });
    expect(stdout).toContain('v0 stays at v0.10.0');
  });

  test('the major tag: it is made where there was none', async () => {
    const { code, asked } = await step('Move the major tag', 'v0.1.0', `${list('v0.1.0')}\n*PATCH*) exit 1;;`);
    expect({ code, asked: asked.at(-1) }).toEqual({
      code: 0,
      asked: 'api --method POST repos/o/r/git/refs -f ref=refs/tags/v0 -f sha=abc',
    });
  });

  test('the major tag: a list that cannot be had ends the job', async () => {
    const { code, asked } = await step('Move the major tag', 'v0.1.0', '"release list"*) exit 1;;');
    expect({ failed: code !== 0, asked: asked.length }).toEqual({ failed: true, asked: 1 });
  });

  test.each([
    ['true', 0],
    ['false', 1],
    ['null', 1],
  ])('a release whose immutability is %s ends it with %i', async (immutable, expected) => {
    const { code } = await step('The release is immutable', 'v0.1.0', `api*) echo ${immutable};;`);
    expect(code).toBe(expected);
  });
});

describe('the package', () => {
  /** Installed as a user would, without a registry. */
  async function installed(): Promise<string> {
    const folder = temporaryFolder({ 'package.json': '{}' });
    const archive = packRelease(root, folder);
    const parameters = ['install', '--offline', '--cache', join(folder, 'cache'), '--no-audit', '--no-fund', archive];
    const { code, stderr } = await run('npm', parameters, { cwd: folder, timeoutMs: 60_000 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return folder;
  }

  test('asks a cluster from an empty folder', async () => {
    const server = await startReplayServer({ recording: readRecording('1.37') });
    try {
      const folder = await installed();
      writeFileSync(join(folder, 'config'), server.kubeconfig());
      mkdirSync(join(folder, 'deploy'));
      writeFileSync(
        join(folder, 'deploy', 'job.json'),
        '{"apiVersion":"batch/v1beta1","kind":"CronJob","metadata":{"name":"a"}}',
      );
      const gate = (...parameters: string[]) =>
        run(join(folder, 'node_modules', '.bin', 'kube-api-gate'), ['--kubeconfig', 'config', ...parameters], {
          cwd: folder,
          env: { PATH: process.env['PATH'], HOME: folder },
        });
      expect(await gate('apps/v1')).toMatchObject({ code: 0 });
      expect(await gate('--manifests', 'deploy/*.json')).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('batch/v1beta1'),
      });
    } finally {
      await server.stop();
    }
  });

  test.each(['20.9.0', '22.2.0'])('tells Node %s in one line that it is too old', async (version) => {
    const folder = await installed();
    const entry = join(folder, 'node_modules', 'kube-api-gate', 'dist', 'cli.js');
    const { code, stdout, stderr } = await run(process.execPath, [...disguisedAs(version), entry, 'apps/v1']);
    expect({ code, stdout, lines: stderr.split('\n') }).toEqual({
      code: 70,
      stdout: '',
      lines: [expect.stringContaining(`needs Node.js 24 or newer; this is ${version}`), ''],
    });
  });

  test('brings no dependency and no script, and names its repository', () => {
    const published = publishedManifest(packRelease(root, temporaryFolder()));
    expect(published).toMatchObject({
      name: 'kube-api-gate',
      version: manifest.version,
      bin: manifest.bin,
      engines: manifest.engines,
      repository: manifest.repository,
    });
    for (const field of ['dependencies', 'devDependencies', 'bundleDependencies', 'scripts', 'private']) {
      expect(published).not.toHaveProperty(field);
    }
  });
});

/** package.json out of a tar archive: a header of 512 bytes with name and octal size, then the contents. */
function publishedManifest(archive: string): object {
  const tar = gunzipSync(readFileSync(archive));
  for (let at = 0; at < tar.length; ) {
    const field = (from: number, length: number): string =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0[\s\S]*$/, '');
    const size = Number.parseInt(field(124, 12), 8);
    if (field(0, 100) === 'package/package.json') {
      return JSON.parse(tar.toString('utf8', at + 512, at + 512 + size)) as object;
    }
    at += 512 + Math.ceil((size || 0) / 512) * 512;
  }
  throw new Error('no package.json in the archive');
}

describe('the list of what is bundled', () => {
  test('names the gate, what it depends on, and what that depends on; no tool', () => {
    const { metadata, components, dependencies } = billOfMaterials(root);
    expect(metadata.component).toMatchObject({ name: 'kube-api-gate', version: manifest.version, type: 'application' });
    const names = components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(manifest.dependencies ?? {}), '@azure/storage-blob']));
    for (const tool of ['typescript', 'vitest', 'esbuild', '@types/node']) expect(names).not.toContain(tool);
    const refs = new Set([metadata.component, ...components].map((each) => each['bom-ref']));
    expect(dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.has(ref))).toEqual(
      [],
    );
  });
});

describe('each check finds', () => {
  type Check = (release: Release) => readonly string[] | Promise<readonly string[]>;
  const firstImport = /"(\.\/[\w-]+\.js)"/;
  const rows: readonly (readonly [rule: string, check: Check, edits: readonly Edit[], problem: string | RegExp])[] = [
    [
      'a file that the command needs and nobody packs',
      fileListProblems,
      [withFields({ files: [...manifest.files, '!dist/terminal*.js'] })],
      /^dist\/terminal.* is not packed$/,
    ],
    [
      'a file that nobody needs',
      fileListProblems,
      [withFields({ files: [...manifest.files, 'action.yml'] })],
      'action.yml is packed, but the command never loads it: exclude it in "files" of package.json',
    ],
    [
      'the files of the action among those of the command',
      fileListProblems,
      [withFields({ files: ['dist', 'CHANGELOG.md'] })],
      'dist/azure-storage.js is packed, but the command never loads it: exclude it in "files" of package.json',
    ],
    [
      'a changelog that stays behind',
      fileListProblems,
      [withFields({ files: manifest.files.filter((name) => name !== 'CHANGELOG.md') })],
      'CHANGELOG.md is not packed',
    ],
    [
      'a package that the bundle looks for beside it',
      fileListProblems,
      [['dist/cli.js', (text) => `${text}\nimport('js-yaml');\n`]],
      'the command imports js-yaml, which is not in the bundle',
    ],
    [
      'a part that the build has renamed',
      installProblems,
      [['dist/cli.js', (text) => text.replace(firstImport, '"./renamed.js"')]],
      /Cannot find module .*renamed\.js/,
    ],
    [
      'a command that prints something else',
      installProblems,
      [['dist/cli.js', () => "#!/usr/bin/env node\nconsole.log('hello');\n"]],
      '--help does not print the usage: hello',
    ],
    [
      'a page that states no size',
      sizeProblems,
      [['docs/releasing.md', (text) => text.replaceAll(/\d+ kB/g, 'little')]],
      'docs/releasing.md does not state the largest size, 400 kB',
    ],
    [
      'a dependency that the lock file does not have',
      billOfMaterialsProblems,
      [withFields({ dependencies: { ...manifest.dependencies, 'left-out': '1.0.0' } })],
      /left-out@1\.0\.0/,
    ],
    [
      'a package in the bundle that the lock file does not have',
      billOfMaterialsProblems,
      [['dist/licenses.txt', (text) => `left-out 1.0.0\n\nMIT\n\n${'-'.repeat(80)}\n\n${text}`]],
      'the list does not name left-out@1.0.0',
    ],
    [
      'a bundle that names no package',
      billOfMaterialsProblems,
      [['dist/licenses.txt', () => 'MIT\n']],
      'dist/licenses.txt names no package',
    ],
  ];

  test.each(rows)('%s', async (_rule, check, edits, problem) => {
    const problems = await tree.edited(edits, async (copy) => await check({ root: copy }));
    expect(problems).toEqual(
      expect.arrayContaining([
        typeof problem === 'string' ? expect.stringContaining(problem) : expect.stringMatching(problem),
      ]),
    );
  });
});
