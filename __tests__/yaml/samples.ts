/** Random YAML: values for a library to write, and texts glued together from what means something to YAML. */
import * as fc from 'fast-check';

const words = fc.stringMatching(/^[a-z][a-zA-Z0-9 _./-]{0,12}$/);
/** Without the line breaks of YAML 1.1 that the library takes for letters. */
const foreign = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\u0085\u2028\u2029]/.test(text));
const texts = fc.oneof(
  words,
  foreign,
  fc.constantFrom(
    '',
    'yes',
    '~',
    '1',
    ' a',
    'a: b',
    '- a',
    'a #b',
    '0x1',
    'a\nb\n',
    'one two three four five six seven',
  ),
);

export const values = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, texts, fc.integer(), fc.boolean(), fc.constant(null), tie('mapping'), tie('list')),
  mapping: fc.dictionary(words, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 4 }),
})).mapping;

const lines = fc.constantFrom(
  'apiVersion: v1',
  'kind: Pod',
  'metadata:',
  '  name: a',
  '  labels: {a: b}',
  '  labels:',
  '    a: b',
  '    app.kubernetes.io/name: "x"',
  'spec:',
  '  a: b',
  '  - a',
  '- a',
  '- a: b',
  '  c: d',
  '- - a',
  '  a: |',
  '    text',
  '  text: >-',
  '   more',
  "  q: 'it''s",
  "    over lines'",
  '  d: "x\\n"',
  '  plain text',
  '    goes on',
  '# comment',
  '  # comment',
  '',
  ' ',
  '\t',
  'a: b # comment',
  'a: [b, c]',
  'a: {b: c, d: [e]}',
  'a: &x b',
  'c: *x',
  '<<: *x',
  '<<: {a: b}',
  'a: !t b',
  '? a',
  ': b',
  '"a": b',
  'null: a',
  'a: .inf',
  'a: -1',
  'a:',
  '...',
  '{a: b}',
  '[',
  ']',
  '}',
  '{{ x }}',
  'a: {{ x }}',
  'a: @',
  '%YAML 1.1',
  'é: ü',
  'a: “b”',
  'a: \u2028b',
  'items:',
  '  items:',
  '- apiVersion: v1',
  '  kind: Pod',
);

export const scraps = fc
  .array(fc.tuple(fc.constantFrom('', '', '', ' ', '  ', '    '), lines), { maxLength: 10 })
  .map((parts) => parts.map(([indent, line]) => `${indent}${line}\n`).join(''));
