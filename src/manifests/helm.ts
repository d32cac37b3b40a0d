import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SOURCE = /^(?:---[^\n]*\n)?(?:[ \t\r]*\n)*# Source: ([^\r\n]+)/;

/** The template that a document was rendered from, as `helm template` says in the comment above it. */
export function templateOf(textBeforeObject: string): string | undefined {
  return SOURCE.exec(textBeforeObject)?.[1]?.trim();
}

const ACTION = /(?:^|\n)[ \t]*(?:- )?(?:[\w."/-]+:[ \t]+)?(\{\{)/;

/** Where the first action of a template stands that plain YAML would not hold: a line or a value that begins with `{{`; -1 without one. */
export function findTemplateAction(text: string): number {
  const match = ACTION.exec(text);
  return match === null ? -1 : match.index + match[0].length - 2;
}

/** The folder of the chart that a file belongs to: the nearest above it with a `Chart.yaml`. */
export function chartFolderOf(path: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'Chart.yaml'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
