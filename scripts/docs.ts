/**
 * Writes what follows from the code: action.yml from the tables of inputs and outputs, the same tables in README.md, and how the examples of README.md and docs/
 * name the action.
 *
 * `node scripts/docs.ts` writes; `node scripts/docs.ts --check` changes nothing and fails when something is not current.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { INPUTS, OUTPUTS } from '../src/inputs/settings.ts';
import { ACTION_REFERENCE } from '../src/model/action-reference.ts';

const root = resolve(import.meta.dirname, '..');

interface Entry {
  readonly name: string;
  readonly description: string;
  readonly default?: string;
  readonly expression?: string | undefined;
}

function yamlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function actionYaml(): string {
  const inputs = INPUTS.map(({ name, description, default: standard, expression: value = standard }: Entry) =>
    [
      `  ${name}:`,
      `    description: ${yamlText(description)}`,
      ...(value === undefined || value === '' ? [] : [`    default: ${yamlText(value)}`]),
    ].join('\n'),
  );
  const outputs = OUTPUTS.map(
    ({ name, description }: Entry) => `  ${name}:\n    description: ${yamlText(description)}`,
  );
  return `# Inputs and outputs are written by \`npm run docs\` from src/inputs.
name: kube-api-gate
description: Asks a Kubernetes cluster which APIs it serves, and fails the job when one that the change needs is missing.
author: the kube-api-gate authors
branding:
  icon: check-circle
  color: blue
inputs:
${inputs.join('\n')}
outputs:
${outputs.join('\n')}
runs:
  using: node24
  main: dist/index.js
`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const tables: Readonly<Record<string, string>> = {
  inputs: table(
    ['input', 'default', 'meaning'],
    INPUTS.map(({ name, description, default: standard, expression: value = standard }: Entry) => [
      `\`${name}\``,
      value === undefined || value === '' ? '' : `\`${value}\``,
      description,
    ]),
  ),
  outputs: table(
    ['output', 'meaning'],
    OUTPUTS.map(({ name, description }: Entry) => [`\`${name}\``, description]),
  ),
};

/** Puts each table between its two marker comments. */
function withTables(text: string): string {
  return text.replace(
    /(<!-- table:(\w+) -->\n)[\s\S]*?(\n<!-- \/table -->)/g,
    (whole, open: string, name: string, close: string) => {
      const written = tables[name];
      return written === undefined ? whole : `${open}${written}${close}`;
    },
  );
}

const withReference = (text: string): string =>
  text.replaceAll(/(?<=\buses: )kube-api-gate\/kube-api-gate@(?:<[^>\n]*>|\S+)/g, ACTION_REFERENCE);

const page = (path: string): string => withReference(readFileSync(join(root, path), 'utf8'));
const pages = readdirSync(join(root, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : []));
const documents: Readonly<Record<string, string>> = {
  'action.yml': actionYaml(),
  'README.md': withTables(page('README.md')),
  ...Object.fromEntries(pages.map((path) => [path, page(path)])),
};

for (const [path, text] of Object.entries(documents)) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${path} is not current: run \`npm run docs\` and commit it.`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}
