import { describe, expect, test } from 'vitest';
import { targetVersionOf } from '../../src/inputs/target-version.ts';
import { described, inputsOf } from '../helpers/inputs.ts';

describe('target-version', () => {
  test.each([
    ['a minor version is its first release', '1.36', '1.36.0'],
    ['a v does not matter', 'v1.36.2', '1.36.2'],
    ["nor does a vendor's suffix", 'v1.36.2-gke.100', '1.36.2'],
    ['none is none', '', undefined],
  ])('%s', (_rule, text, expected) => {
    expect(targetVersionOf(inputsOf({ 'target-version': text }))).toBe(expected);
  });

  test('what YAML makes of 1.40 without quotes is refused: nothing is removed by 1.4', () => {
    const inputs = inputsOf({ 'target-version': '1.4' });
    expect(targetVersionOf(inputs)).toBeUndefined();
    expect(described(inputs.problems)).toEqual([
      `target-version: "1.4" is not a plausible Kubernetes version. → YAML reads 1.40 without quotes as the number 1.4: put it in quotes, '1.40'.`,
    ]);
  });

  test.each([
    ['a range', '>=1.36', 'Did you mean 1.36?'],
    ['a number', '36', 'Did you mean 1.36?'],
    ['a word', 'next', 'Write for example 1.38.'],
  ])('%s is refused', (_rule, text, hint) => {
    const inputs = inputsOf({ 'target-version': text });
    expect(targetVersionOf(inputs)).toBeUndefined();
    expect(described(inputs.problems)).toEqual([
      `target-version: "${text}" is not the version of a release. → ${hint}`,
    ]);
  });
});
