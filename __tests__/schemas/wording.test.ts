import { expect, test } from 'vitest';
import { choices, mustBe, quoted } from '../../src/schemas/wording.ts';

test.each([
  ['a value in quotes', quoted('a', false), '"a"'],
  ['a long one cut, between characters', quoted('😀'.repeat(100), false), JSON.stringify(`${'😀'.repeat(60)}…`)],
  ['none where none may be told', quoted('a', true), undefined],
  ['choices', choices(['A', '', 1]), 'A, "", 1'],
  [
    'the first of many choices',
    choices([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    '1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1 more',
  ],
  ['what must be', mustBe('a time', '"x"'), 'must be a time; this is "x"'],
  ['what must be, without the value', mustBe('a time', undefined), 'must be a time'],
])('%s', (_rule, given, expected) => {
  expect(given).toBe(expected);
});
