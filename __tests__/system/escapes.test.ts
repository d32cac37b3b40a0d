import fc from 'fast-check';
import { expect, test } from 'vitest';
import { viewOf, withoutEscapes } from '../../src/system/escapes.ts';

test.each([
  ['JSON', String.raw`a\u0026b\"c\\d\/e\nf`, 'a&b"c\\d/e\nf'],
  ['a pair of surrogates', String.raw`\ud83d\ude00`, '😀'],
  ['Go', String.raw`\x26\x7f`, '&\x7f'],
  ['a URL', 'a%26%C3%A4', 'a&ä'],
  ['HTML', '&amp;&lt;&#39;&#x26;', "&<'&"],
  ['one layer at a time', String.raw`\\u0026`, String.raw`\u0026`],
])('%s', (_rule, text, plain) => {
  expect(withoutEscapes(viewOf(text))?.plain).toBe(plain);
});

test.each(['', 'plain', 'a & b', '100%', 'C:\\dir', '&nbsp;', '&#99999999;'])('%j has none', (text) => {
  expect(withoutEscapes(viewOf(text))).toBeUndefined();
});

test('a range leads back to what is written, an escape whole', () => {
  const view = withoutEscapes(viewOf(String.raw`ab\u0026cd`));
  expect(view?.toSource([2, 3])).toEqual([2, 8]);
  expect(view?.toSource([1, 4])).toEqual([1, 9]);
  expect(view?.toSource([4, 5])).toEqual([9, 10]);
  const deeper = withoutEscapes(viewOf(String.raw`ab\\u0026cd`));
  const deepest = deeper === undefined ? undefined : withoutEscapes(deeper);
  expect(deepest?.plain).toBe('ab&cd');
  expect(deepest?.toSource([2, 3])).toEqual([2, 9]);
});

test('no text throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('\\', '%', '&', 'u', 'x', '0', 'a', ';', '#', 'é') }), (text) => {
      const view = withoutEscapes(viewOf(text));
      if (view !== undefined) expect(view.toSource([0, view.plain.length])).toEqual([0, text.length]);
    }),
  );
});
