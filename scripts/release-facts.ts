/** What package.json, CHANGELOG.md, README.md and docs/ say about the release. Each check returns what is wrong, in words; it needs nothing but the files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A checkout, and the tag that releases it; without a tag it is checked as it stands between releases. */
export type Release = { readonly root: string; readonly tag?: string | undefined };

export type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license: string;
  readonly repository: { readonly url: string };
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
};

export const REPOSITORY = 'kube-api-gate/kube-api-gate';

/** npm runs these on the machine of whoever installs the package. */
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

export const readManifest = (root: string): Manifest => JSON.parse(read(root, 'package.json')) as Manifest;

type Section = { readonly version: string; readonly date: string; readonly notes: string };

/** The sections of a changelog in the form of Keep a Changelog, in their order; `Unreleased` is one of them. */
export function changelogSections(changelog: string): readonly Section[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts.map((part) => {
    const [heading = '', ...rest] = part.split('\n');
    const [, version = heading, date = ''] = /^\[([^\]]+)\](?: - (\S+))?$/.exec(heading.trim()) ?? [];
    return { version, date, notes: rest.join('\n').trim() };
  });
}

const releasedSections = (root: string): readonly Section[] =>
  changelogSections(read(root, 'CHANGELOG.md')).filter(({ version }) => version !== 'Unreleased');

/** The changelog's section of the version that package.json names: the release's notes. */
export function releaseNotes(root: string): string | undefined {
  const { version } = readManifest(root);
  return releasedSections(root).find((section) => section.version === version)?.notes;
}

/** The version is that of a release, and every file that names it names the same one. */
export function versionProblems({ root, tag }: Release): readonly string[] {
  const { version } = readManifest(root);
  const lock = JSON.parse(read(root, 'package-lock.json')) as {
    readonly version: string;
    readonly packages: Readonly<Record<string, { readonly version: string }>>;
  };
  const problems: string[] = [];
  if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`package.json: ${version} is not of the form 1.2.3`);
  for (const locked of [lock.version, lock.packages['']?.version]) {
    if (locked !== version) problems.push(`package-lock.json has version ${locked}, package.json ${version}`);
  }
  if (tag !== undefined && tag !== `v${version}`) problems.push(`the tag is ${tag}, package.json's version ${version}`);
  for (const [path, text] of pages(root)) {
    for (const [named, other] of text.matchAll(/\bkube-api-gate[@-]v?(\d+\.\d+\.\d+)/g)) {
      if (other !== version) problems.push(`${path} names ${named}, package.json's version is ${version}`);
    }
  }
  return problems;
}

/** The changelog begins with what is unreleased, its releases have a date and notes, and the newest is package.json's version. */
export function changelogProblems({ root, tag }: Release): readonly string[] {
  const { version } = readManifest(root);
  const [first, ...releases] = changelogSections(read(root, 'CHANGELOG.md'));
  const problems: string[] = [];
  if (first?.version !== 'Unreleased') problems.push('CHANGELOG.md does not begin with ## [Unreleased]');
  for (const { version: of, date, notes } of releases) {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) problems.push(`CHANGELOG.md: ${of} has no date of the form 2026-12-31`);
    if (notes === '') problems.push(`CHANGELOG.md: ${of} has no notes`);
  }
  const newest = releases[0]?.version;
  if (newest !== undefined && newest !== version) {
    problems.push(`CHANGELOG.md: the newest release is ${newest}, package.json's version ${version}`);
  }
  if (tag !== undefined && newest === undefined) problems.push(`CHANGELOG.md has no section ## [${version}]`);
  if (tag !== undefined && first?.version === 'Unreleased' && first.notes !== '') {
    problems.push(`CHANGELOG.md: what is under [Unreleased] belongs under [${version}]`);
  }
  return problems;
}

/** How everybody must name the action: by the moving tag once the changelog has a release, by a commit until then. */
export function expectedReference(root: string): string {
  const { version } = readManifest(root);
  const by = releasedSections(root).length === 0 ? '<full commit SHA>' : `v${version.split('.')[0]}`;
  return `${REPOSITORY}@${by}`;
}

/** No example names a tag or a package that does not exist yet, nor a placeholder when there is a tag. */
export function referenceProblems({ root }: Release): readonly string[] {
  const expected = expectedReference(root);
  const released = releasedSections(root).length > 0;
  const problems: string[] = [];
  for (const [path, text] of [...pages(root), ...sources(root)]) {
    const references = text.matchAll(/\bkube-api-gate\/kube-api-gate@(?:<[^>\n]*>|[\w.${}-]+)/g);
    for (const reference of new Set([...references].map(([whole]) => whole))) {
      if (reference !== expected) problems.push(`${path} names ${reference}, not ${expected}`);
    }
    if (
      !released &&
      /\b(?:npx|npm (?:i|install|exec)) [^\n]*\bkube-api-gate\b/.test(text) &&
      !path.includes('releasing')
    )
      problems.push(`${path} runs kube-api-gate from npm, which has no release yet`);
  }
  const prose = read(root, 'README.md').replaceAll(/^```[\s\S]*?^```/gm, '');
  if (!released && !prose.includes('`<full commit SHA>`')) {
    problems.push('README.md does not say what <full commit SHA> stands for');
  }
  if (released && prose.includes('There is no release yet'))
    problems.push('README.md says that there is no release yet');
  return problems;
}

/** npm and the users of its package need these of package.json. */
export function manifestProblems({ root }: Release): readonly string[] {
  const { private: hidden, bin, engines, repository, scripts, files } = readManifest(root);
  const problems: string[] = [];
  if (hidden === true) problems.push('package.json: "private" keeps npm from publishing it');
  // npm compares it with the repository whose workflow publishes.
  if (repository?.url !== `git+https://github.com/${REPOSITORY}.git`) {
    problems.push(`package.json: "repository" is not that of ${REPOSITORY}`);
  }
  if (!/^>=\d+$/.test(engines?.['node'] ?? '')) problems.push('package.json: "engines" names no oldest Node');
  if ((files ?? []).length === 0) problems.push('package.json: without "files" npm packs everything');
  for (const name of INSTALL_SCRIPTS) {
    if (scripts?.[name] !== undefined)
      problems.push(`package.json: the script "${name}" runs wherever it is installed`);
  }
  const command = bin?.['kube-api-gate'];
  if (command === undefined || !existsSync(join(root, command))) {
    problems.push('package.json: "bin" has no kube-api-gate that exists');
  } else if (!read(root, command).startsWith('#!/usr/bin/env node\n')) {
    problems.push(`${command} does not begin with #!/usr/bin/env node`);
  }
  return problems;
}

/** What users read. */
function pages(root: string): readonly (readonly [path: string, text: string])[] {
  const docs = readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []));
  return ['README.md', 'SECURITY.md', 'action.yml', ...docs].map((path) => [path, read(root, path)]);
}

/** What the action prints. */
function sources(root: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, read(root, path)]);
}
