import { expect, test } from 'vitest';
import { loadPatterns, usesPatterns } from '../../src/schemas/patterns.ts';
import { documentOf } from '../helpers/walking.ts';

const match = await loadPatterns();

test.each([
  ['anywhere in the text', 'b', 'abc', true],
  ['as a whole only where it says so', '^b$', 'abc', false],
  ['flags within, as Go has them', '^(?i)[a-z]+$', 'ABC', true],
  ['named groups, as Go has them', '^(?P<a>x)$', 'x', true],
  ['a class that JavaScript does not have', '^[[:alpha:]]+$', 'abc', true],
  ['the end of the text is no line end', '^a$', 'a\n', false],
])('a pattern is matched %s', (_rule, pattern, text, expected) => {
  expect(match(pattern, text)).toBe(expected);
});

test.each(['(?=a)', '(', '\\1'])('a pattern that Go does not take is told: %j', (pattern) => {
  expect(match(pattern, 'a')).toBeUndefined();
});

test('a pattern that would take JavaScript for ever takes no time', () => {
  expect(match('^(a+)+$', `${'a'.repeat(5_000)}!`)).toBe(false);
});

test.each([
  ['in a property', { properties: { a: { pattern: 'x' } } }, true],
  ['in a list', { items: { pattern: 'x' } }, true],
  ['in a map', { additionalProperties: { pattern: 'x' } }, true],
  ['in none', { properties: { a: { type: 'string' } }, additionalProperties: true }, false],
])('patterns are looked for %s', (_rule, spec, expected) => {
  expect(usesPatterns(documentOf(spec))).toBe(expected);
});
