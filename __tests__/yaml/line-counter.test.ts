import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineCounter } from '../../src/yaml/line-counter.ts';

test.each([
  { rule: 'the first byte', at: 0, line: 1, column: 1 },
  { rule: 'a line break belongs to its line', at: 2, line: 1, column: 3 },
  { rule: 'after a line break', at: 3, line: 2, column: 1 },
  { rule: 'an empty line', at: 6, line: 3, column: 1 },
  { rule: 'columns count characters, not bytes', at: 9, line: 4, column: 2 },
])('$rule', ({ at, line, column }) => {
  expect(lineCounter(Buffer.from('ab\ncd\n\né€x'))(at)).toEqual({ line, column });
});

test.each([
  ['far out in a line', 'x'.repeat(5_000), 4_321, 4_322],
  ['on either side of a thousand', `ab\n${'x'.repeat(2_000)}`, 3 + 1_000, 1_001],
  ['and one further', `ab\n${'x'.repeat(2_000)}`, 3 + 1_001, 1_002],
  ['behind characters of several bytes', `${'€'.repeat(3_000)}x`, 9_000, 3_001],
  ['in a later line that is long', `${'é'.repeat(3_000)}\n${'é'.repeat(3_000)}`, 6_001 + 4_000, 2_001],
])('a column has no end: %s', (_, text, at, column) => {
  expect(lineCounter(Buffer.from(text))(at).column).toBe(column);
});

test('the objects of a list on one line each have a place', () => {
  const bytes = Buffer.from(`{"items":[${Array.from({ length: 500 }, (_, n) => `{"n":${n}}`).join()}]}`);
  const counter = lineCounter(bytes);
  const places: string[] = [];
  for (let at = bytes.indexOf('{"n"'); at >= 0; at = bytes.indexOf('{"n"', at + 1))
    places.push(JSON.stringify(counter(at)));
  expect(new Set(places).size).toBe(500);
});

test('the answer does not depend on the order of questions', () => {
  const bytes = Buffer.from(`one\ntwo\n\n${'é'.repeat(900)}\n\n\n${'seven'.repeat(300)}`);
  void fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (places) => {
      const counter = lineCounter(bytes);
      for (const at of places) expect(counter(at)).toEqual(lineCounter(bytes)(at));
    }),
  );
});
