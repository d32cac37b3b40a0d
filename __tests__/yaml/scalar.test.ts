import { expect, test } from 'vitest';
import { EVERYTHING, textUnder } from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { scalarValue } from '../../src/yaml/scalar.ts';

test.each<[string, readonly string[]]>([
  [
    'string',
    [
      'text',
      'yess',
      '1.2.3',
      '12:30',
      '2001-12-14',
      '1e400',
      '.e5',
      '._5',
      '-',
      '.',
      '0x',
      '0x1p4',
      '1__x',
      'NaN',
      'inf',
      'True story',
    ],
  ],
  [
    'number',
    [
      '0',
      '-1',
      '+1',
      '1_000',
      '0x1F',
      '-0x1f',
      '010',
      '0o17',
      '0b101',
      '1.',
      '.5',
      '-.5e3',
      '1e3',
      '08',
      '99999999999999999999',
    ],
  ],
  ['boolean', ['y', 'N', 'yes', 'No', 'TRUE', 'False', 'on', 'OFF']],
  ['null', ['', '~', 'null', 'Null', 'NULL']],
])('a plain scalar is a %s: %j', (kind, texts) => {
  for (const text of texts) expect(scalarValue(0, text, true, undefined, false), text).toMatchObject({ kind });
});

test('quotes make text of anything', () => {
  for (const text of ['1', 'yes', '', '~', '.inf']) {
    expect(scalarValue(0, text, false, undefined, false)).toEqual({ kind: 'string', at: 0, text });
  }
});

test.each(['.inf', '-.Inf', '+.INF', '.nan', '.NaN'])('JSON has no %s, unless it is a key', (text) => {
  expect(() => scalarValue(5, text, true, undefined, false)).toThrow(expect.objectContaining({ at: 5 }));
  expect(scalarValue(5, text, true, undefined, true).kind).toBe('number');
});

test.each([
  ['int', '1', 'number'],
  ['int', 'x', undefined],
  ['int', '1.5', undefined],
  ['float', '1', 'number'],
  ['float', 'x', undefined],
  ['bool', 'yes', 'boolean'],
  ['bool', 'x', undefined],
  ['null', '', 'null'],
  ['null', 'x', undefined],
  ['str', '1', 'string'],
  ['binary', 'eA==', 'string'],
  ['binary', '?', undefined],
  ['timestamp', '2001-12-14T21:59:43Z', 'string'],
  ['timestamp', 'x', undefined],
  ['timestamp', '2024-2-29', 'string'],
  ['timestamp', '2023-2-29', undefined],
  ['timestamp', '2001-12-14 21:59:43.10', 'string'],
  ['timestamp', '2001-12-14T21:59:43', undefined],
  ['timestamp', '2001-12-14T24:00:00Z', undefined],
  ['timestamp', '2001-12-14t1:5:4.5+05:60', undefined],
  ['float', '18446744073709551615', undefined],
  ['set', '1', 'string'],
])('!!%s %j is a %s', (tag, text, kind) => {
  const read = () => scalarValue(0, text, true, `tag:yaml.org,2002:${tag}`, false).kind;
  if (kind === undefined) expect(read).toThrow(/./);
  else expect(read()).toBe(kind);
});

test.each([
  { rule: 'lines of a plain scalar are folded', yaml: 'a: one\n  two\n\n  three', text: 'one two\nthree' },
  { rule: 'single quotes are doubled', yaml: "a: 'it''s'", text: "it's" },
  { rule: 'lines in single quotes are folded', yaml: "a: 'one\n  two'", text: 'one two' },
  { rule: 'escapes stand in double quotes', yaml: String.raw`a: "\t\x41\u00e9\U0001F600\\\""`, text: '\tAé😀\\"' },
  { rule: 'an escaped line break joins', yaml: 'a: "one\\\n  two"', text: 'onetwo' },
  { rule: 'a literal block keeps its lines', yaml: 'a: |\n  one\n   two\n\n', text: 'one\n two\n' },
  { rule: 'a block may end without a line break', yaml: 'a: |-\n  one\n\n', text: 'one' },
  { rule: 'a block may keep all of them', yaml: 'a: |+\n  one\n\n', text: 'one\n\n' },
  { rule: 'a folded block joins lines', yaml: 'a: >-\n  one\n  two\n\n  three\n', text: 'one two\nthree' },
  { rule: 'U+2028 breaks lines, and stays', yaml: 'a: one\u2028  two', text: 'one\u2028two' },
  { rule: 'U+2028 stays in quotes too', yaml: 'a: "one \u2029\n  two"', text: 'one\u2029\ntwo' },
  { rule: 'U+0085 is folded like a line feed', yaml: "a: 'one\u0085  two'", text: 'one two' },
  { rule: 'a block keeps U+2028', yaml: 'a: >\n  one\u2028  two\n', text: 'one\u2028two\n' },
  { rule: 'a block reads other line breaks as line feeds', yaml: 'a: |\r\n  one\r\n  two\u0085', text: 'one\ntwo\n' },
  { rule: 'an escaped space at the end of a line stays', yaml: 'a: "one\\ \n  two"', text: 'one  two' },
  { rule: 'white space before a quote stays', yaml: 'a: "one \\t "', text: 'one \t ' },
  { rule: 'an escaped backslash escapes no line break', yaml: 'a: "one\\\\\n  two"', text: 'one\\ two' },
  {
    rule: 'indented lines of a folded block stay',
    yaml: 'a: >\n  one\n   two\n\n  three\n',
    text: 'one\n two\n\nthree\n',
  },
  { rule: 'empty lines before a block count', yaml: 'a: |\n\n  one\n', text: '\none\n' },
  { rule: 'the indentation may be given', yaml: 'a: |1-\n  one\n', text: ' one' },
])('$rule', ({ yaml, text }) => {
  expect(textUnder(readYaml(Buffer.from(yaml), EVERYTHING).root, 'a')).toBe(text);
});
