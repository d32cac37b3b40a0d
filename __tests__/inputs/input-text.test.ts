import { describe, expect, test } from 'vitest';
import { didYouMean, oneOf, shown, singleLine, truth } from '../../src/inputs/input-text.ts';
import { described, inputsOf } from '../helpers/inputs.ts';

describe('openInputs', () => {
  test.each([
    ['white space around a value does not count', { cache: ' off\n' }, 'off'],
    ['a value of white space only is none, and the default stands in', { cache: ' \n' }, 'auto'],
    ['an absent value is the default', {}, 'auto'],
  ])('%s', (_rule, given, expected) => {
    expect(inputsOf(given).text('cache')).toBe(expected);
  });

  test('a raw value keeps its lines', () => {
    expect(inputsOf({ require: '\n\n apps/v1\n' }).raw('require')).toBe('\n\n apps/v1\n');
  });
});

describe('oneOf', () => {
  test('a known word is taken', () => {
    const inputs = inputsOf({ cache: 'only' });
    expect(oneOf(inputs, 'cache', ['auto', 'only'])).toBe('only');
    expect(inputs.problems).toEqual([]);
  });

  test.each([
    ['a slip', 'olny', 'Did you mean only?'],
    ['another case', 'Auto', 'Did you mean auto?'],
    ['a word that says the same', 'false', 'Did you mean only?'],
    ['a name that every object has', 'constructor', undefined],
  ])('%s is refused, with the nearest word', (_rule, text, hint) => {
    const inputs = inputsOf({ cache: text });
    oneOf(inputs, 'cache', ['auto', 'only'], { false: 'only' });
    expect(inputs.problems).toEqual([
      {
        place: { kind: 'input', input: 'cache' },
        message: `"${text}" is not one of auto, only.`,
        ...(hint === undefined ? {} : { hint }),
      },
    ]);
  });
});

test('didYouMean knows nothing about what is like nothing', () => {
  expect(didYouMean('everything', ['missing', 'unknown'])).toBeUndefined();
});

describe('truth', () => {
  test.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
    ['', false],
  ])('%j is %s', (text, expected) => {
    const inputs = inputsOf({ 'update-baseline': text });
    expect(truth(inputs, 'update-baseline')).toBe(expected);
    expect(inputs.problems).toEqual([]);
  });

  test.each([
    ['on', 'true'],
    ['No', 'false'],
    ['tRUE', 'true'],
    ['0', 'false'],
  ])('%j is neither, and %s was meant', (text, meant) => {
    const inputs = inputsOf({ 'update-baseline': text });
    truth(inputs, 'update-baseline');
    expect(described(inputs.problems)).toEqual([
      `update-baseline: "${text}" is neither true nor false. → Did you mean ${meant}?`,
    ]);
  });
});

describe('singleLine', () => {
  test('a value of one line is taken', () => {
    expect(singleLine(inputsOf({ cluster: ' prod \n' }), 'cluster')).toBe('prod');
  });

  test('no value is none', () => {
    expect(singleLine(inputsOf({}), 'cluster')).toBeUndefined();
  });

  test('a value of two lines is refused', () => {
    const inputs = inputsOf({ cluster: 'blue\r\ngreen' });
    singleLine(inputs, 'cluster');
    expect(described(inputs.problems)).toEqual([
      'cluster: It has more than one line, and takes one value. → Keep one line: "blue".',
    ]);
  });
});

test.each([
  ['a short value is shown whole', 'atuo', '"atuo"'],
  ['line ends and tabs are shown as a blank', 'a\n\tb', '"a b"'],
  ['control characters are not shown at all', 'a\u001b[31mb\u0000', '"a[31mb"'],
  ['a long value is cut', 'x'.repeat(70), `"${'x'.repeat(60)}…"`],
])('shown: %s', (_rule, value, expected) => {
  expect(shown(value)).toBe(expected);
});
