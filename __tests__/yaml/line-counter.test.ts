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

test('the answer does not depend on the order of questions', () => {
  const bytes = Buffer.from('one\ntwo\n\nfour\n\n\nseven');
  void fc.assert(
    fc.property(fc.array(fc.nat(bytes.length)), (places) => {
      const counter = lineCounter(bytes);
      for (const at of places) expect(counter(at)).toEqual(lineCounter(bytes)(at));
    }),
  );
});
