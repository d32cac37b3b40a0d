import { expect, test } from 'vitest';
import { failOnOf } from '../../src/inputs/fail-on.ts';
import { described, inputsOf } from '../helpers/inputs.ts';

test.each([
  ['an absent list is the default', '', ['missing', 'unknown']],
  ['none fails on nothing', 'none', []],
  ['commas part', 'missing,deprecated', ['missing', 'deprecated']],
  ['blanks part', 'missing deprecated', ['missing', 'deprecated']],
  ['lines part, Windows line ends too', 'missing\r\ndeprecated # soon\r\n', ['missing', 'deprecated']],
  [
    'all at once part, and a last comma does no harm',
    'unknown ,\n removed-by-target,',
    ['unknown', 'removed-by-target'],
  ],
  ['a word said twice counts once', 'missing, missing', ['missing']],
])('%s', (_rule, text, expected) => {
  const inputs = inputsOf({ 'fail-on': text });
  expect(failOnOf(inputs)).toEqual(expected);
  expect(inputs.problems).toEqual([]);
});

const NOT_ONE = 'is not one of missing, unknown, deprecated, removed-by-target, drift, none.';

test.each([
  ['a slip', 'missing\nunknwon', [`fail-on:2: "unknwon" ${NOT_ONE} → Did you mean unknown?`]],
  ['a shorter word', 'removed', [`fail-on:1: "removed" ${NOT_ONE} → Did you mean removed-by-target?`]],
  ['upper case', 'Missing', [`fail-on:1: "Missing" ${NOT_ONE} → Did you mean missing?`]],
  ['what means nothing', 'all', [`fail-on:1: "all" ${NOT_ONE}`]],
  ['none in company', 'missing\nnone', ['fail-on:2: none stands alone: nothing can be added to it.']],
  ['a list of nothing', '# missing', ['fail-on: It names nothing. → Write none to only report.']],
])('%s is refused, as it might have been what mattered', (_rule, text, expected) => {
  const inputs = inputsOf({ 'fail-on': text });
  failOnOf(inputs);
  expect(described(inputs.problems)).toEqual(expected);
});
