/** The action's interface stands in four places: action.yml, README's tables, the settings that inputs become, and the outputs that are set. They say the same. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { INPUTS, OUTPUTS, readSettings } from '../src/inputs/settings.ts';
import { outputsOf } from '../src/report/outputs.ts';
import { readerOf } from './helpers/inputs.ts';
import { inputsOf } from './helpers/world.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Metadata {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const metadata = load(read('action.yml')) as Metadata;

/** Rows of a table of README, cell by cell, without the marks of code. */
function tableOf(name: string): readonly (readonly string[])[] {
  const [, table = ''] =
    new RegExp(`<!-- table:${name} -->\\n([\\s\\S]*?)\\n<!-- /table -->`).exec(read('README.md')) ?? [];
  const rows = table.split('\n').slice(2);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

describe('action.yml', () => {
  test('names the inputs, each with its default and meaning', () => {
    const inputs = Object.entries(metadata.inputs).map(([name, { description, default: value = '' }]) => ({
      name,
      default: value,
      description,
    }));
    expect(inputs).toEqual(
      INPUTS.map(({ name, default: standard, expression = standard, description }) => ({
        name,
        default: expression,
        description,
      })),
    );
  });

  test('names the outputs, each with its meaning', () => {
    const outputs = Object.entries(metadata.outputs).map(([name, { description }]) => ({ name, description }));
    expect(outputs).toEqual(OUTPUTS);
  });

  test('runs the bundle on Node 24', () => {
    expect(metadata.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });
});

describe("README's tables", () => {
  test('name the same inputs', () => {
    expect(tableOf('inputs')).toEqual(
      INPUTS.map(({ name, default: standard, expression = standard, description }) => [
        code(name),
        code(expression),
        description,
      ]),
    );
  });

  test('name the same outputs', () => {
    expect(tableOf('outputs')).toEqual(OUTPUTS.map(({ name, description }) => [code(name), description]));
  });
});

describe('the code', () => {
  test('reads every input, and no other', () => {
    const asked = new Set<string>();
    const given = readerOf({ require: 'apps/v1', server: 'https://prod.example.com', token: 'some-token' });
    readSettings((name) => {
      asked.add(name);
      return given(name);
    });
    expect([...asked].sort()).toEqual(INPUTS.map(({ name }) => name as string).sort());
  });

  test('takes an absent input for its default', () => {
    const given = { require: 'apps/v1', server: 'https://prod.example.com', token: 'some-token' };
    const defaults = Object.fromEntries(INPUTS.map(({ name, default: value }) => [name, value]));
    expect(inputsOf(given)).toEqual(inputsOf({ ...defaults, ...given }));
  });

  test('sets every output, and no other', () => {
    const outputs = outputsOf({ outcome: 'compatible', clusters: [], problems: [], warnings: [], notJudged: {} });
    expect(Object.keys({ ...outputs, report: '' }).sort()).toEqual(OUTPUTS.map(({ name }) => name).sort());
  });
});
