import { describe, expect, test } from 'vitest';
import { DOMAIN, isPort, isTrue, LABEL } from '../../src/manifests/definition-rules.ts';

test.each([
  ['widgets', true],
  ['w-1', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['1w', false],
  ['W', false],
  ['w-', false],
  ['w.d', false],
  ['', false],
])('%s is a label: %s', (text, expected) => {
  expect(LABEL.test(text)).toBe(expected);
});

test.each([
  ['example.com', true],
  ['a-1.b', true],
  ['apps', true],
  ['Example.com', false],
  ['example.com.', false],
  ['a..b', false],
  ['a_b.c', false],
  [`${'a.'.repeat(126)}aa`, false],
])('%s is a domain: %s', (text, expected) => {
  expect(DOMAIN.test(text)).toBe(expected);
});

describe('a port', () => {
  test.each([
    ['1', true],
    ['65535', true],
    ['0', false],
    ['-1', false],
    ['65536', false],
    ['1.5', false],
  ])('%s: %s', (text, expected) => {
    expect(isPort({ kind: 'number', at: 0, text })).toBe(expected);
  });

  test('is a number', () => {
    expect(isPort({ kind: 'string', at: 0, text: '80' })).toBe(false);
  });
});

test('only true is true', () => {
  expect(isTrue({ kind: 'boolean', at: 0, value: true })).toBe(true);
  expect(isTrue({ kind: 'boolean', at: 0, value: false })).toBe(false);
  expect(isTrue({ kind: 'string', at: 0, text: 'true' })).toBe(false);
  expect(isTrue(undefined)).toBe(false);
});
