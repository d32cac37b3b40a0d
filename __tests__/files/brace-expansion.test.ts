import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expandBraces, MOST_ALTERNATIVES } from '../../src/files/brace-expansion.ts';
import { bracesByBash } from '../helpers/bash-globs.ts';

test.each([
  ['a list', '{a,b}', ['a', 'b']],
  ['text before and behind', 'x{a,b}y', ['xay', 'xby']],
  ['side by side', '{a,b}{1,2}', ['a1', 'a2', 'b1', 'b2']],
  ['nested', '{a,b{c,d}}', ['a', 'bc', 'bd']],
  ['an empty alternative', 'a{,b}', ['a', 'ab']],
  ['numbers', 'r{1..10}', ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10']],
  ['numbers downwards', '{3..1}', ['3', '2', '1']],
  ['numbers with zeros and a step', '{01..10..3}', ['01', '04', '07', '10']],
  ['zeros in the last number', '{8..010}', ['008', '009', '010']],
  ['negative numbers', '{-1..1}', ['-1', '0', '1']],
  ['letters', '{a..e..2}', ['a', 'c', 'e']],
  ['characters between letters mean nothing special', '{Z..\\[}', ['{Z..\\[}']],
  ['a range with something else is text', '{1..a}', ['{1..a}']],
  ['braces without a comma are text', '{a}', ['{a}']],
  ['braces without a comma close nothing', '{a},b}', ['a}', 'b']],
  ['empty braces are text', '{}', ['{}']],
  ['an open brace is text, and what is in it is not', '{a,{b,c}', ['{a,b', '{a,c']],
  ['an escaped brace is text', '\\{a,b}', ['\\{a,b}']],
  ['an escaped comma is text', '{a\\,b,c}', ['a\\,b', 'c']],
  ['variables are text', '$' + '{a,b}{c,d}', ['$' + '{a,b}c', '$' + '{a,b}d']],
  ['a template is text', '{{cookiecutter.name}}', ['{{cookiecutter.name}}']],
])('%s: %s', (_, text, words) => {
  expect(expandBraces(text)).toEqual(words);
});

test.each([
  `{1..${MOST_ALTERNATIVES + 1}}`,
  '{1..999999999999}',
  '{1..40}{1..40}',
  `{a,{b,{1..${MOST_ALTERNATIVES}}}}`,
])('too many: %s', (text) => {
  expect(expandBraces(text)).toBeUndefined();
});

// A range that is none may have braces in it: bash 5.2 leaves those alone and its successor expands them, so two dots stand only in ranges here.
const PIECES = [
  'a',
  'b',
  '{',
  '}',
  ',',
  '{',
  '}',
  ',',
  '1',
  '{a..c}',
  '{1..3}',
  '{01..9..4}',
  '{c..a}',
  '\\{',
  '\\,',
  '\\}',
  'é',
];

test('bash expands the same', () => {
  const texts = fc
    .sample(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 9 }), { seed: 1, numRuns: 3_000 })
    .map((pieces) => pieces.join(''));
  const ours = texts.map((text) => (expandBraces(text) ?? []).filter((word) => word !== '').map(unescaped));
  const differences = bracesByBash(texts).flatMap((words, index) =>
    JSON.stringify(words) === JSON.stringify(ours[index])
      ? []
      : [{ text: texts[index], bash: words, ours: ours[index] }],
  );
  expect(differences).toEqual([]);
});

function unescaped(word: string): string {
  return word.replace(/\\(.)/g, '$1');
}
