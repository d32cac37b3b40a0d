/** A copy of this checkout in which one fact is broken at a time. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const PARTS = [
  'package.json',
  'package-lock.json',
  'README.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'LICENSE',
  'action.yml',
];

export type ReleaseTree = {
  /** Looks at the copy while these edits are in it. */
  edited<Seen>(edits: readonly Edit[], look: (root: string) => Seen | Promise<Seen>): Promise<Seen>;
  remove(): void;
};

/** Rewrites one file, given as its text; an edit that changes nothing is a mistake in the test. */
export type Edit = readonly [path: string, rewrite: (text: string) => string];

/** One copy, to be edited again and again. */
export function copyOfCheckout(): ReleaseTree {
  const copy = mkdtempSync(join(tmpdir(), 'kube-api-gate-release-'));
  for (const part of [...PARTS, 'docs', 'src', 'dist']) cpSync(join(root, part), join(copy, part), { recursive: true });
  return {
    remove: () => rmSync(copy, { recursive: true, force: true }),
    async edited(edits, look) {
      const before = new Map<string, string>();
      try {
        for (const [path, rewrite] of edits) {
          const text = readFileSync(join(copy, path), 'utf8');
          if (!before.has(path)) before.set(path, text);
          const rewritten = rewrite(text);
          if (rewritten === text) throw new Error(`the edit of ${path} changes nothing`);
          writeFileSync(join(copy, path), rewritten);
        }
        return await look(copy);
      } finally {
        for (const [path, text] of before) writeFileSync(join(copy, path), text);
      }
    },
  };
}

/** Changes fields of package.json; undefined removes one. */
export const withFields = (fields: Readonly<Record<string, unknown>>): Edit => [
  'package.json',
  (text) => JSON.stringify({ ...(JSON.parse(text) as object), ...fields }),
];

/** The checkout as it is when its version is tagged: the changelog has its section, and the examples name the moving tag. */
export function released(version: string): readonly Edit[] {
  const named = (text: string): string => text.replaceAll('@<full commit SHA>', '@v0');
  const pages = readdirSync(join(root, 'docs'))
    .filter(
      (name) => name.endsWith('.md') && readFileSync(join(root, 'docs', name), 'utf8').includes('uses: kube-api-gate/'),
    )
    .map((name) => name.slice(0, -'.md'.length));
  return [
    ['CHANGELOG.md', (text) => text.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - 2026-12-01\n`)],
    ['README.md', (text) => named(text).replace('There is no release yet', 'Releases exist')],
    ['src/model/action-reference.ts', named],
    ...pages.map((page): Edit => [`docs/${page}.md`, named]),
  ];
}
