import { expect, test } from 'vitest';
import { recordKeys } from '../../src/yaml/duplicate-keys.ts';

test('a key is repeated when the same mapping had it before', () => {
  const bytes = Buffer.from('a b a c b a');
  const keys = recordKeys(bytes);
  const outer = keys.open();
  keys.add(outer, 0, 1);
  const inner = keys.open();
  keys.add(inner, 2, 3);
  keys.add(inner, 4, 5);
  keys.close(inner);
  keys.add(outer, 6, 7);
  keys.add(outer, 8, 9);
  keys.add(outer, 10, 11);
  expect(keys.repeated).toEqual([10]);
});

test('a huge mapping does not take forever', () => {
  const names = Array.from({ length: 100_000 }, (_, index) => `key-${index} `);
  const bytes = Buffer.from(names.join(''));
  const keys = recordKeys(bytes);
  const opened = keys.open();
  let at = 0;
  for (const name of names) {
    keys.add(opened, at, at + name.length - 1);
    at += name.length;
  }
  expect(keys.repeated).toEqual([]);
});
