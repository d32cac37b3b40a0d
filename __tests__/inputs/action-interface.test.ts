import { expect, test } from 'vitest';
import { DEFAULTS, INPUTS, OUTPUTS } from '../../src/inputs/action-interface.ts';

test('every input is described, with its default', () => {
  expect(Object.fromEntries(INPUTS.map((input) => [input.name, input.default]))).toEqual(DEFAULTS);
});

test.each([...INPUTS, ...OUTPUTS].map(({ name, description }) => [name, description]))(
  '%s has a description of whole sentences on one line',
  (_name, description) => {
    expect(description).toMatch(/^[A-Z`0-9][^\n]+\.$/);
  },
);
