import { expect, test } from 'vitest';
import { openPool } from '../../src/merge/pool.ts';

test('equal JSON gives one value, and is made once', () => {
  const pool = openPool();
  let made = 0;
  const make = () => {
    made += 1;
    return { number: made };
  };
  const first = pool.shared('a', { x: [1] }, make);
  expect(pool.shared('a', { x: [1] }, make)).toBe(first);
  expect(pool.shared('a', { x: [2] }, make)).not.toBe(first);
  expect(made).toBe(2);
});

test('what different functions make is kept apart', () => {
  const pool = openPool();
  expect(pool.shared('list', [], () => 'a list')).toBe('a list');
  expect(pool.shared('object', [], () => 'an object')).toBe('an object');
});

test('a text stays what it is', () => {
  const pool = openPool();
  expect([pool.text('a'), pool.text('__proto__'), pool.text('a')]).toEqual(['a', '__proto__', 'a']);
});
