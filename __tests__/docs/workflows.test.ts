/** What every workflow shown in README and docs/ must hold to. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

/** Every script of a step, wherever in a document it is. */
function scriptsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'run' && typeof inner === 'string' ? [inner] : scriptsIn(inner),
  );
}

function yamlBlocks(page: string): readonly unknown[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^( *)```ya?ml\n(.*?)^ *```$/gms)].map(([, indent = '', block = '']) => {
    const source = block.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    // Some pages show what is broken on purpose; none of that is a workflow.
    return /\buses:|\$\{\{/.test(source) ? loadAll(source) : undefined;
  });
}

test.each(pages)('no script in %s has an expression pasted into it: a shell would run what it holds', (page) => {
  const scripts = yamlBlocks(page).flatMap(scriptsIn);
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
});

test('there are scripts to look at', () => {
  expect(pages.flatMap((page) => yamlBlocks(page).flatMap(scriptsIn)).length).toBeGreaterThan(2);
});
