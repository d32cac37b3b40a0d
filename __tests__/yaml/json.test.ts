import { expect, test } from 'vitest';
import { readJson } from '../../src/yaml/json.ts';
import { EVERYTHING } from '../../src/yaml/node.ts';
import { Unreadable } from '../../src/yaml/unreadable.ts';
import { fc, plainValue, plainValueOf } from '../manifests/reading.ts';

test('any JSON reads as JSON.parse has it, but for what numbers are', () => {
  void fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t'), (json, space) => {
      const document = readJson(Buffer.from(space + json + space), 0, EVERYTHING);
      expect(document && plainValueOf(document.root)).toEqual(plainValue(JSON.parse(json)));
      expect(document?.end).toBe(Buffer.byteLength(space + json));
    }),
  );
});

test('no text makes it throw anything but Unreadable, and it takes what JSON.parse takes, but for numbers too large', () => {
  const scrap = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '\\',
    '\\u00e9',
    '1',
    '-',
    '0.5e3',
    '01',
    'true',
    'nul',
    ' ',
    '\n',
  );
  void fc.assert(
    fc.property(
      fc.array(scrap, { maxLength: 8 }).map((parts) => parts.join('')),
      (text) => {
        let expected = true;
        try {
          // A number that no double can hold is refused, as Go does.
          JSON.parse(text, (_, value) => {
            if (value === Infinity || value === -Infinity) throw new RangeError('too large');
          });
        } catch {
          expected = false;
        }
        let taken = false;
        try {
          const document = readJson(Buffer.from(text), 0, EVERYTHING);
          taken = document !== undefined && readJson(Buffer.from(text), document.end, EVERYTHING) === undefined;
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(Unreadable);
        }
        expect(taken).toBe(expected);
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  { rule: 'an unknown escape', text: '"\\x"', at: 1 },
  { rule: 'a control character in a string', text: '"a\nb"', at: 2 },
  { rule: 'a key without quotes', text: '{a: 1}', at: 1 },
  { rule: 'an end that comes too early', text: '{"a": ', at: 6 },
  { rule: 'nesting without end', text: '['.repeat(2_000), at: 1_000 },
])('refused at its byte: $rule', ({ text, at }) => {
  expect(() => readJson(Buffer.from(text), 0, EVERYTHING)).toThrow(expect.objectContaining({ at }));
});

test('a repeated key is told, and what is not wanted is not kept', () => {
  const document = readJson(Buffer.from('{"a": 1, "b": {"c": 2}, "a": 3}'), 0, { fields: { a: {} } });
  expect(document?.repeatedKeys).toEqual([25]);
  expect(document?.root).toMatchObject({ fields: [{ name: 'a' }, { name: 'a' }] });
});
