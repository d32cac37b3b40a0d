import { expect, test } from 'vitest';
import { documentsOf } from '../../src/yaml/documents.ts';
import { lineCounter } from '../../src/yaml/line-counter.ts';
import { EVERYTHING, textUnder } from '../../src/yaml/node.ts';
import { toPlain } from '../../src/yaml/to-plain.ts';

/** Each document's field `a`, or the byte at which it cannot be read, or, after a `>`, at which text is dropped. */
function read(text: string): readonly (string | undefined | number)[] {
  return [...documentsOf(Buffer.from(text), EVERYTHING)].map((document) => {
    if (document.kind === 'dropped') return `>${document.at}`;
    return document.kind === 'unreadable' ? document.at : textUnder(document.root, 'a');
  });
}

test.each<{ rule: string; text: string; documents: readonly (string | undefined | number)[] }>([
  { rule: 'an empty file holds nothing', text: '', documents: [] },
  { rule: 'a file of comments holds nothing', text: '# one\n---\n# two\n', documents: [] },
  { rule: 'one document needs no mark', text: 'a: x', documents: ['x'] },
  { rule: 'documents are cut at marks', text: 'a: x\n---\na: b\n', documents: ['x', 'b'] },
  { rule: 'marks at the beginning and the end cut nothing off', text: '---\na: x\n---\n', documents: ['x'] },
  { rule: 'two marks in a row enclose nothing', text: '---\n---\na: x\n', documents: ['x'] },
  { rule: 'a comment may follow a mark', text: 'a: x\n--- # next\na: b', documents: ['x', 'b'] },
  { rule: 'anything else may not, and costs that mark only', text: 'a: x\n--- a: z\na: b', documents: ['x', 5, 'b'] },
  {
    rule: 'a block of text has a line break at the end of a file that lacks one',
    text: 'a: |\n  x',
    documents: ['x\n'],
  },
  { rule: 'one on another line is part of the text', text: 'b: y\n\uFEFFa: x\n', documents: [undefined] },
  { rule: 'a mark cuts a block of text too', text: 'a: |\n---\na: b', documents: ['', 'b'] },
  { rule: 'lines may end as on Windows', text: 'a: x\r\n---\r\na: b\r\n', documents: ['x', 'b'] },
  { rule: 'a broken document costs itself only', text: 'a: x\n---\na: [\n---\na: b', documents: ['x', 14, 'b'] },
  { rule: 'what follows the end of a document is dropped', text: 'a: x\n...\n@\n...\nb', documents: ['x', '>9'] },
  { rule: 'a mark after that end begins another', text: 'a: x\n...\n---\na: b', documents: ['x', 'b'] },
  {
    rule: 'comments, directives and further marks are nothing to drop',
    text: 'a: x\n... # end\n # c\n\n...\n%YAML 1.1\n---\na: b\n...\n...\n',
    documents: ['x', 'b'],
  },
  { rule: 'what is dropped is found after comments', text: 'a: x\n...\n# c\n\n  a: b', documents: ['x', '>16'] },
  { rule: 'an end before anything drops all', text: '---\n...\na: x', documents: ['>8'] },
  {
    rule: 'a mark after a lone CR ends a document, and begins none',
    text: 'a: x\r---\ra: b\r',
    documents: ['x', '>9'],
  },
  { rule: 'a mark after U+2028 the same', text: 'a: x\u2028---\na: b', documents: ['x', '>11'] },
  { rule: 'text on the line of such a mark is dropped, too', text: 'a: x\r--- {a: b}', documents: ['x', '>9'] },
  { rule: 'a second value of YAML is dropped', text: '{a: x}\n{a: b}', documents: ['x', '>7'] },
  { rule: 'what follows the end of a broken document is part of it', text: 'a: [\n...\nb', documents: [5] },
  { rule: 'directives apply after a mark', text: '%YAML 1.1\n---\na: x', documents: [10, 'x'] },
  { rule: 'a document may begin with a byte order mark', text: 'a: x\n---\n\uFEFFa: b', documents: ['x', 'b'] },
  { rule: 'JSON is read as such', text: ' {"a": "x\\/y"}', documents: ['x/y'] },
  { rule: 'values of JSON follow one another', text: '{"a": "x"}{"a": "b"}\n{"a": "z"}', documents: ['x', 'b', 'z'] },
  { rule: 'null is no document', text: '{"a": "x"} null', documents: ['x'] },
  { rule: 'JSON may be cut at marks', text: '{"a": "x"}\n---\n{"a": "b"}\n', documents: ['x', 'b'] },
  { rule: 'what begins like JSON may be YAML', text: '{a: x}', documents: ['x'] },
  { rule: 'what follows a value of JSON may be YAML', text: '{"a": "x"}\na: b', documents: ['x', 'b'] },
  { rule: 'what follows two values may not', text: '{"a": "x"}{"a": "b"}\na: z', documents: ['x', 'b', 21] },
  { rule: 'white space of all kinds may stand between', text: '{"a": "x"}\u2028 a: b\nc: d', documents: ['x', 'b'] },
  { rule: 'three stray bytes after JSON are an error', text: '{"a": "x"}~\n', documents: ['x', 10] },
])('$rule', ({ text, documents }) => {
  expect(read(text)).toEqual(documents);
});

test('a document says where it stands and which keys are repeated', () => {
  const [first, second] = [...documentsOf(Buffer.from('a: 1\n---\nb: 2\nb: 3\n'), EVERYTHING)];
  expect(first).toMatchObject({ start: 0, offset: 0, repeatedKeys: [] });
  expect(second).toMatchObject({ start: 9, offset: 9, repeatedKeys: [5] });
});

test.each([
  ['YAML', 'a: 1\n---\nb: 0x10\nc: [x]\n', 1],
  ['JSON', '{"a": 1} {"b": 16.0, "c": ["x"]}', 1],
])('the whole tree of a document of %s is read on demand, with the same places', (_, text, index) => {
  const wanted = [...documentsOf(Buffer.from(text), {})][index];
  const whole = [...documentsOf(Buffer.from(text), EVERYTHING)][index];
  if (wanted?.kind !== 'object' || whole?.kind !== 'object') throw new Error('no object');
  expect(wanted.root).toMatchObject({ fields: [] });
  expect(wanted.tree()).toEqual(whole.root);
  expect(wanted.tree()).toMatchObject({ fields: [{ name: 'b', value: { text: '16' } }, { name: 'c' }] });
});

/** Texts of any size, in which some part is many or long. */
const GROWING: Readonly<Record<string, (size: number) => string>> = {
  'keys of a mapping': (size) => `a:\n${lines(size, (index) => `  key${index}: x`)}`,
  'quoted keys with escapes': (size) => lines(size, (index) => `"\\x6bey${index}": x`),
  'keys in braces': (size) => `a: {${lines(size, (index) => `key${index}: x,`)}}`,
  'keys of JSON': (size) => `{${lines(size, (index) => `"key${index}": 1,`)}"z": 1}`,
  'the same key again': (size) => 'a: x\n'.repeat(size),
  documents: (size) => 'a: x\n---\n'.repeat(size),
  'documents of JSON on one line': (size) => '{"a":1}'.repeat(size),
  marks: (size) => '---\n'.repeat(size),
  'marks with text': (size) => '--- x\n'.repeat(size),
  'lines that end with CR alone': (size) => 'a: x\r'.repeat(size),
  comments: (size) => `a: x\n${'# y\n'.repeat(size)}`,
  tabs: (size) => `a: x\n${'\t\n'.repeat(size)}b: y`,
  'empty lines in plain text': (size) => `a: x\n${'\n  y\n'.repeat(size)}`,
  'empty lines in folded text': (size) => `a: >\n  x\n${'\n'.repeat(size)}  y\n`,
  'white space in quotes': (size) => `a: "x${' \n'.repeat(size)}y"`,
  backslashes: (size) => `a: "${'\\\\'.repeat(size)}"`,
  'line breaks of YAML 1.1': (size) => `a: x${'\u2028 y'.repeat(size)}`,
  aliases: (size) => `a: &a x\nb: [${'*a, '.repeat(size)}]`,
  merges: (size) => `a: &a {x: y}\nb:\n${'  <<: *a\n'.repeat(size)}`,
  anchors: (size) => lines(size, (index) => `key${index}: &a${index} x`),
  'items below 900 brackets': (size) => `${'['.repeat(900)}${'x, '.repeat(size)}${']'.repeat(900)}`,
  brackets: (size) => '['.repeat(size),
  tags: (size) => '- !x y\n'.repeat(size),
  'a long tag': (size) => `a: !${'x'.repeat(size)} y`,
  directives: (size) => `${lines(size, (index) => `%TAG !a${index}! x`)}---\na: x`,
  digits: (size) => `a: ${'9'.repeat(size)}`,
  'digits of JSON': (size) => `{"a": ${'9'.repeat(size)}}`,
};

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}

test.each(Object.entries(GROWING))('the work grows with the text, not faster: %s', (_, text) => {
  const work = (size: number): number => {
    const bytes = Buffer.from(text(size));
    const position = lineCounter(bytes);
    const before = process.cpuUsage().user;
    for (const document of documentsOf(bytes, EVERYTHING)) {
      if (document.kind !== 'object') continue;
      for (const at of document.repeatedKeys) position(at + document.offset);
      position(document.start);
      toPlain(document.root);
    }
    return process.cpuUsage().user - before;
  };
  work(1_000);
  // 32 times the text may take 32 times as long; what grows with the square takes a thousand times as long.
  expect(work(32_000)).toBeLessThan(250 * Math.max(work(1_000), 1_000));
});
