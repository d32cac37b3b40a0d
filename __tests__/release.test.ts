/** The facts that a release rests on: they hold, and each check finds the one that does not. */
import { resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  changelogProblems,
  changelogSections,
  expectedReference,
  manifestProblems,
  type Release,
  readManifest,
  referenceProblems,
  releaseNotes,
  versionProblems,
} from '../scripts/release-facts.ts';
import { copyOfCheckout, type Edit, released, withFields } from './helpers/release-tree.ts';

const root = resolve(import.meta.dirname, '..');
const { version } = readManifest(root);
const CHECKS = { versionProblems, changelogProblems, referenceProblems, manifestProblems };
type Row = readonly [rule: string, check: keyof typeof CHECKS, edits: readonly Edit[], problem: string, tag?: string];

const problemsOf = (release: Release): readonly string[] => Object.values(CHECKS).flatMap((check) => check(release));
const readme = (rewrite: (text: string) => string): Edit => ['README.md', rewrite];
const changelog = (rewrite: (text: string) => string): Edit => ['CHANGELOG.md', rewrite];
const script = (name: string): Edit => withFields({ scripts: { [name]: 'node build.js' } });

const tree = copyOfCheckout();
afterAll(() => tree.remove());

test('this checkout has no such problem', () => {
  expect(problemsOf({ root })).toEqual([]);
});

test('a checkout with its section, its tag and its examples has none either', () =>
  tree.edited([...released(version), changelog(withoutUnreleased)], (copy) => {
    expect(problemsOf({ root: copy, tag: `v${version}` })).toEqual([]);
    expect(expectedReference(copy)).toBe('kube-api-gate/kube-api-gate@v0');
    expect(releaseNotes(copy)).toContain('### Added');
  }));

/** Whatever is still under [Unreleased] of a changelog that has a release moves into it. */
function withoutUnreleased(text: string): string {
  const notes = changelogSections(text)[0]?.notes ?? '';
  return notes === '' ? `${text}\n` : text.replace(notes, '');
}

describe('each check finds', () => {
  const rows: readonly Row[] = [
    ['a version that is none', 'versionProblems', [withFields({ version: '0.1' })], '0.1 is not of the form 1.2.3'],
    ['a prerelease', 'versionProblems', [withFields({ version: '0.1.0-rc.1' })], '0.1.0-rc.1 is not of the form 1.2.3'],
    [
      'a lock file of another version',
      'versionProblems',
      [withFields({ version: '9.9.9' })],
      `package-lock.json has version ${version}, package.json 9.9.9`,
    ],
    [
      'a tag of another version',
      'versionProblems',
      [],
      `the tag is v9.9.9, package.json's version ${version}`,
      'v9.9.9',
    ],
    ['a tag without its v', 'versionProblems', [], `the tag is ${version}, package.json's version`, version],
    [
      'a page that names another version of the package',
      'versionProblems',
      [readme((text) => `${text}\nkube-api-gate@9.9.9\n`)],
      'README.md names kube-api-gate@9.9.9',
    ],
    [
      'a page that names another archive',
      'versionProblems',
      [['docs/releasing.md', (text) => `${text}\nkube-api-gate-9.9.9.tgz\n`]],
      'docs/releasing.md names kube-api-gate-9.9.9',
    ],
    [
      'a changelog without [Unreleased]',
      'changelogProblems',
      [changelog((text) => text.replace('## [Unreleased]', `## [${version}] - 2026-12-01`))],
      'CHANGELOG.md does not begin with ## [Unreleased]',
    ],
    [
      'a release without a date',
      'changelogProblems',
      [changelog((text) => text.replace('## [Unreleased]', `## [Unreleased]\n\n## [${version}]`))],
      `${version} has no date`,
    ],
    [
      'a release without notes',
      'changelogProblems',
      [changelog((text) => `${text}\n## [${version}] - 2026-12-01\n`)],
      `${version} has no notes`,
    ],
    [
      'a version that was raised without a section',
      'changelogProblems',
      [changelog((text) => `${text}\n## [0.0.9] - 2026-12-01\n\n- First\n`)],
      `the newest release is 0.0.9, package.json's version ${version}`,
    ],
    ['a tag without a section', 'changelogProblems', [], `CHANGELOG.md has no section ## [${version}]`, `v${version}`],
    [
      'a tag that leaves something unreleased',
      'changelogProblems',
      [changelog((text) => `${text}\n## [${version}] - 2026-12-01\n\n- First\n`)],
      `what is under [Unreleased] belongs under [${version}]`,
      `v${version}`,
    ],
    [
      'a tag in README that no release has set',
      'referenceProblems',
      [readme((text) => text.replace('@<full commit SHA>', '@v0'))],
      'README.md names kube-api-gate/kube-api-gate@v0, not kube-api-gate/kube-api-gate@<full commit SHA>',
    ],
    [
      'a tag in a page that no release has set',
      'referenceProblems',
      [['docs/helm.md', (text) => text.replace('@<full commit SHA>', '@v0')]],
      'docs/helm.md names kube-api-gate/kube-api-gate@v0',
    ],
    [
      'a tag in action.yml that no release has set',
      'referenceProblems',
      [['action.yml', (text) => `# uses: kube-api-gate/kube-api-gate@v0\n${text}`]],
      'action.yml names kube-api-gate/kube-api-gate@v0',
    ],
    [
      'a tag in a message that no release has set',
      'referenceProblems',
      [['src/gate/only-cached.ts', (text) => text.replace(/\$\{ACTION_REFERENCE\}/, 'kube-api-gate/kube-api-gate@v0')]],
      'src/gate/only-cached.ts names kube-api-gate/kube-api-gate@v0',
    ],
    [
      'a branch',
      'referenceProblems',
      [readme((text) => text.replace('@<full commit SHA>', '@main'))],
      'README.md names kube-api-gate/kube-api-gate@main',
    ],
    [
      'a placeholder that nobody explains',
      'referenceProblems',
      [readme((text) => text.replaceAll('`<full commit SHA>`', 'it'))],
      'README.md does not say what <full commit SHA> stands for',
    ],
    [
      'a command that npm cannot find yet',
      'referenceProblems',
      [readme((text) => `${text}\nnpx kube-api-gate apps/v1\n`)],
      'README.md runs kube-api-gate from npm, which has no release yet',
    ],
    [
      'a placeholder that a release has left behind',
      'referenceProblems',
      [...released(version), ['docs/helm.md', (text) => text.replace('@v0', '@<full commit SHA>')]],
      'docs/helm.md names kube-api-gate/kube-api-gate@<full commit SHA>, not kube-api-gate/kube-api-gate@v0',
    ],
    [
      'a README that still says that no release exists',
      'referenceProblems',
      [...released(version), readme((text) => `${text}\nThere is no release yet.\n`)],
      'README.md says that there is no release yet',
    ],
    [
      'a private package',
      'manifestProblems',
      [withFields({ private: true })],
      '"private" keeps npm from publishing it',
    ],
    [
      "somebody else's repository",
      'manifestProblems',
      [withFields({ repository: { url: 'git+https://github.com/a/b.git' } })],
      '"repository" is not that of kube-api-gate/kube-api-gate',
    ],
    ['no oldest Node', 'manifestProblems', [withFields({ engines: {} })], '"engines" names no oldest Node'],
    [
      'no list of files',
      'manifestProblems',
      [withFields({ files: undefined })],
      'without "files" npm packs everything',
    ],
    ...['preinstall', 'install', 'postinstall', 'prepare'].map(
      (name): Row => [`the script ${name}`, 'manifestProblems', [script(name)], `the script "${name}" runs wherever`],
    ),
    ['no command', 'manifestProblems', [withFields({ bin: {} })], '"bin" has no kube-api-gate that exists'],
    [
      'a command that does not exist',
      'manifestProblems',
      [withFields({ bin: { 'kube-api-gate': 'dist/gone.js' } })],
      '"bin" has no kube-api-gate that exists',
    ],
    [
      'a command that a shell would run itself',
      'manifestProblems',
      [['dist/cli.js', (text) => text.replace(/^#!.*\n/, '')]],
      'dist/cli.js does not begin with #!/usr/bin/env node',
    ],
  ];

  test.each(rows.map((row) => [row[0], row] as const))('%s', async (_rule, [, check, edits, problem, tag]) => {
    const problems = await tree.edited(edits, (copy) => CHECKS[check]({ root: copy, tag }));
    expect(problems).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});
