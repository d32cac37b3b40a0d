/** Pages hold what they point at: links lead somewhere, scripts exist, and the index of decisions lists them all. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../helpers/fenced.ts';

const inFolder = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).flatMap((name) =>
    name.endsWith('.md') ? [join(folder, name).replaceAll('\\', '/')] : [],
  );
const pages = [...inFolder('.'), ...inFolder('docs'), ...inFolder('docs/decisions'), ...inFolder('.github')];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** GitHub's anchor of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function deadLinks(page: string, text: string): readonly string[] {
  const prose = text.replaceAll(/^( *)```[\s\S]*?^\1```/gm, '').replaceAll(/`[^`\n]*`/g, 'code');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = '', heading] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return true;
    if (heading === undefined) return false;
    const source = target === page ? text : read(target);
    return ![...source.matchAll(/^#+ (.+)$/gm)].some(([, title = '']) => anchor(title) === heading);
  });
}

describe('a link leads somewhere', () => {
  test.each(pages)('%s', (page) => expect(deadLinks(page, read(page))).toEqual([]));

  test.each([
    ['a page that does not exist', '[a](docs/gone.md)', ['docs/gone.md']],
    ['a heading that does not exist', '[a](docs/caching.md#gone)', ['docs/caching.md#gone']],
    ['a heading of its own that does not exist', '# Here\n\n[a](#there) [b](#here)', ['#there']],
    ['one in code is not followed', '`[a](gone.md)`\n\n```md\n[a](gone.md)\n```', []],
    ['one to elsewhere is not followed', '[a](https://example.com/gone)', []],
  ])('%s', (_rule, text, dead) => expect(deadLinks('README.md', text)).toEqual(dead));
});

test.each(pages)('%s names only scripts that npm can run', (page) => {
  const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  const named = [...read(page).matchAll(/\bnpm run (?:--silent )?([a-z][\w-]*)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

describe('docs/decisions', () => {
  const index = read('docs/decisions/README.md');

  test('each page has its title, and the date on which it was decided', () => {
    for (const page of inFolder('docs/decisions')) {
      if (!page.endsWith('/README.md')) expect(read(page)).toMatch(/^# .+\n\n\d{4}-\d{2}-\d{2}\b/);
    }
  });

  test('the index lists every page by that date and title, oldest first', () => {
    const rows = [...index.matchAll(/^\| (\d{4}-\d{2}-\d{2}) \| \[([^\]]+)\]\(([\w-]+\.md)\) \|/gm)];
    const listed = rows.map(([, date, title, file]) => ({ date, title, file }));
    const written = inFolder('docs/decisions').flatMap((page) => {
      const [, title, date] = /^# (.+)\n\n(\d{4}-\d{2}-\d{2})/.exec(read(page)) ?? [];
      return date === undefined ? [] : [{ date, title, file: page.slice('docs/decisions/'.length) }];
    });
    const byFile = (rows: readonly { readonly file?: string | undefined }[]) =>
      rows.toSorted((left, right) => String(left.file).localeCompare(String(right.file)));
    expect(byFile(listed)).toEqual(byFile(written));
    expect(listed.map(({ date }) => date)).toEqual(listed.map(({ date }) => date).toSorted());
  });
});
