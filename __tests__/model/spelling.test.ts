import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { editDistance, speller } from '../../src/model/spelling.ts';

describe('editDistance', () => {
  test.each([
    ['equal words are no edit apart', 'auto', 'auto', 0],
    ['a swap of neighbours is one edit', 'atuo', 'auto', 1],
    ['a letter too few is one', 'Deploymnt', 'Deployment', 1],
    ['a letter too many is one', 'podss', 'pods', 1],
    ['a wrong letter is one', 'pads', 'pods', 1],
    ['what is further apart than the limit is the limit and one', 'pods', 'deployments', 4],
    ['an empty word is as far as the other is long', '', 'pod', 3],
  ])('%s', (_rule, left, right, expected) => {
    expect(editDistance(left, right, 3)).toBe(expected);
  });

  test('it is the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        expect(editDistance(left, right, 4)).toBe(editDistance(right, left, 4));
      }),
    );
  });
});

describe('speller', () => {
  test.each([
    ['a slip finds its word', 'Deploymnt', ['Deployment']],
    ['case does not count as a slip', 'DEPLOYMENT', ['Deployment']],
    ['a short word is forgiven one slip', 'jbo', ['Job']],
    ['a short word is not forgiven two', 'jaa', []],
    ['nothing is near an unrelated word', 'Certificate', []],
  ])('%s', (_rule, word, expected) => {
    expect(speller(['Deployment', 'DaemonSet', 'Job'])(word)).toEqual(expected);
  });

  test('the nearest comes first, and no more than three come', () => {
    expect(speller(['watchers', 'watches', 'watch', 'watcha', 'watche'])('watche')).toEqual([
      'watche',
      'watches',
      'watch',
    ]);
  });

  test('comparing letters first never hides a word that is near enough', () => {
    const word = fc.string({ minLength: 4, maxLength: 8, unit: fc.constantFrom(...'abcdezpo') });
    fc.assert(
      fc.property(word, word, (known, typed) => {
        expect(speller([known])(typed).length > 0).toBe(editDistance(typed, known, 2) <= 2);
      }),
    );
  });
});

test.each([
  ['among as many words as there may be', 5_000, ['deployments']],
  ['and not behind them', 5_001, []],
])('a slip is looked for %s', (_, position, expected) => {
  const words = Array.from({ length: position - 1 }, (_word, index) => `${index}`);
  expect(speller([...words, 'deployments', 'x'])('deploymnts')).toEqual(expected);
});
