import { expect, test } from 'vitest';
import { recordKeys } from '../../src/yaml/duplicate-keys.ts';

test('a key is repeated when the same mapping had it before', () => {
  const bytes = Buffer.from('a b a c b a');
  const keys = recordKeys(bytes);
  keys.open();
  keys.add(0, 1);
  keys.open();
  keys.add(2, 3);
  keys.add(4, 5);
  keys.close();
  keys.add(6, 7);
  keys.add(8, 9);
  keys.add(10, 11);
  expect(keys.repeated).toEqual([10]);
});

test.each([10, 20, 5_000])('in a mapping of %d keys each of them is found again', (count) => {
  const names = Array.from({ length: count }, (_, index) => `key-${index} `);
  const bytes = Buffer.from([...names, ...names].join(''));
  const keys = recordKeys(bytes);
  keys.open();
  const places: number[] = [];
  let at = 0;
  for (const name of [...names, ...names]) {
    keys.add(at, at + name.length - 1);
    places.push(at);
    at += name.length;
  }
  expect(keys.repeated).toEqual(places.slice(count));
});

test('a name that is not its bytes is compared as a name', () => {
  const keys = recordKeys(Buffer.from('a b'));
  keys.open();
  keys.add(0, 1);
  keys.addName(2, 'a');
  keys.open();
  keys.addName(2, 'a');
  keys.close();
  keys.add(0, 1);
  expect(keys.repeated).toEqual([2, 0]);
});
