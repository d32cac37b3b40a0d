import { describe, expect, test } from 'vitest';
import { INPUTS } from '../../src/inputs/settings.ts';
import { helpText, START } from '../../src/terminal/help.ts';

test.each([
  ['the essentials', helpText(false)],
  ['every option', helpText(true)],
  ['what a bare call is told', START],
])('%s fits 100 columns', (_, text) => {
  expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
});

describe('the whole help', () => {
  test.each(INPUTS.map(({ name }) => name))('lists --%s once', (name) => {
    const options = helpText(true).match(/^ {2}(?:-\w, )?--[\w-]+/gm) ?? [];
    expect(options.filter((option) => option.endsWith(`--${name}`))).toHaveLength(1);
  });

  test('is longer than the essentials', () => {
    expect(helpText(true).length).toBeGreaterThan(helpText(false).length);
    expect(helpText(false)).toContain('--help-all');
  });
});
