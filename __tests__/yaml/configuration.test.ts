import { describe, expect, test } from 'vitest';
import { readConfiguration, readJsonOrYaml } from '../../src/yaml/configuration.ts';
import { toPlain } from '../../src/yaml/to-plain.ts';
import { fc } from '../manifests/reading.ts';
import { scraps } from './samples.ts';

type Reader = typeof readConfiguration;

/** The value of a text, or where and why there is none. */
function read(reader: Reader, content: string | Buffer): unknown {
  const read = reader(Buffer.from(content));
  if (read.kind === 'unreadable') return `${read.position.line}:${read.position.column} ${read.message}`;
  return read.root === undefined ? undefined : toPlain(read.root);
}

describe('configuration', () => {
  test.each<[string, string | Buffer, unknown]>([
    ['an empty text has no value', '', undefined],
    ['a text of comments has none', '# nothing\n', undefined],
    ['null is a value', '~', null],
    ['JSON is read as YAML', '{"a": [1, true, null, "x"]}', { a: [1, true, null, 'x'] }],
    ['an escape of JSON alone is refused', '{"a": "x\\/y"}', expect.stringMatching(/^1:9 YAML 1\.1 does not know/)],
    ['the first document counts', 'a: 1\n---\n]', { a: 1 }],
    ['a byte order mark is no part of it', '\uFEFFa: 1', { a: 1 }],
    ['UTF-16 is read', Buffer.from('\uFEFFa: é', 'utf16le'), { a: 'é' }],
    ['what is not UTF-8 is refused', Buffer.from('a: 1\nb: \xe9', 'latin1'), '2:4 the text is not valid UTF-8'],
    ['places are of the text', 'a: 1\n é: [', "2:3 a mapping's ':' cannot stand here"],
  ])('%s', (_, content, expected) => {
    expect(read(readConfiguration, content)).toEqual(expected);
  });

  test('tells repeated keys, where it ended, and places', () => {
    expect(readConfiguration(Buffer.from('a: 1\na: 2\n--- # next'))).toMatchObject({ repeatedKeys: [5], rest: 10 });
    const { position } = readConfiguration(Buffer.from('a:\n  b'));
    expect(typeof position === 'function' && position(5)).toEqual({ line: 2, column: 3 });
  });
});

describe('JSON or YAML', () => {
  test.each<[string, string | Buffer, unknown]>([
    ['what begins with a brace is JSON', ' {"a": "x\\/y"}\n', { a: 'x/y' }],
    ['and nothing else', '{a: 1}', expect.stringMatching(/^1:2 /)],
    ['nor more than that', '{"a": 1} {}', expect.stringMatching(/^1:9 more text follows/)],
    ['anything else is YAML', 'a: yes', { a: true }],
    ['a byte order mark makes YAML of it', '\uFEFF{a: 1}', { a: 1 }],
    ['JSON need not be UTF-8', Buffer.from('{"a": "\xe9"}', 'latin1'), { a: '\uFFFD' }],
    ['YAML must be', Buffer.from('a: \xe9', 'latin1'), '1:4 the text is not valid UTF-8'],
    ['an empty text has no value', ' \n', undefined],
  ])('%s', (_, content, expected) => {
    expect(read(readJsonOrYaml, content)).toEqual(expected);
  });
});

test.each([
  ['configuration', readConfiguration],
  ['JSON or YAML', readJsonOrYaml],
] as const)('no text makes the reader of %s throw', (_, reader) => {
  void fc.assert(
    fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' }), fc.json()), (text) => {
      expect(['document', 'unreadable']).toContain(reader(Buffer.from(text)).kind);
    }),
  );
});

test('a message never quotes the text, unless it is asked to', () => {
  const SECRET = 'sesame';
  const broken = fc
    .tuple(
      fc.constantFrom('', 'a: ', '- ', '? ', '[', '{a: ', '"', '%', '--- '),
      fc.constantFrom('*', '!', '!!int ', '!!bool ', '!x!', '"\\', "'", '&', '@', '!<', '!!binary ', '%TAG !', '\\'),
      fc.constantFrom(SECRET, `${SECRET}\`x`, `"${SECRET}\\q`, `${SECRET}: b: c`),
    )
    .map((parts) => parts.join(''));
  void fc.assert(
    fc.property(broken, (text) => {
      const read = readConfiguration(Buffer.from(text));
      if (read.kind === 'unreadable') expect(read.message).not.toContain(SECRET);
    }),
    { numRuns: 1_000 },
  );
  expect(readConfiguration(Buffer.from(`*${SECRET}`))).toMatchObject({ quoting: expect.stringContaining(SECRET) });
});
