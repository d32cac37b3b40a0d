/** Code that a page of the documentation shows. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** The contents of all fenced blocks of this language, in their order, without the indentation of their fence. */
export function fencedBlocks(page: string, language: string): readonly string[] {
  const blocks = page.matchAll(/^([ ]*)```(\w+)[^\n]*\n([\s\S]*?)^\1```[ ]*$/gm);
  return [...blocks].flatMap(([, indentation = '', found, text = '']) =>
    found === language ? [text.replaceAll(new RegExp(`^${indentation}`, 'gm'), '')] : [],
  );
}

/** The files that a page shows whole, by the path that it gives in code just before each: `` `.github/workflows/name.yaml`: ``. */
export function filesShown(path: string): Readonly<Record<string, string>> {
  const page = readFileSync(join(root, path), 'utf8');
  const files = page.matchAll(/^`([\w./-]+)`:\n\n```\w+\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...files].map(([, name = '', text = '']) => [name, text]));
}
