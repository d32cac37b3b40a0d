import { expect, test } from 'vitest';
import { Kind, peek, scanYaml, skip, token } from '../../src/yaml/scanner.ts';

const names = new Map(Object.entries(Kind).map(([name, kind]) => [kind as number, name]));

function scan(yaml: string): string {
  const scanner = scanYaml(Buffer.from(yaml));
  const kinds: (string | undefined)[] = [];
  while (peek(scanner) !== Kind.end) {
    kinds.push(names.get(peek(scanner)));
    skip(scanner);
  }
  return kinds.join(' ');
}

test.each([
  { yaml: 'text', tokens: 'scalar' },
  { yaml: 'a: b', tokens: 'mappingStart key scalar value scalar blockEnd' },
  { yaml: '- a\n- b', tokens: 'sequenceStart entry scalar entry scalar blockEnd' },
  { yaml: 'a:\n- b', tokens: 'mappingStart key scalar value entry scalar blockEnd' },
  { yaml: '{a: b}', tokens: 'flowMappingStart key scalar value scalar flowMappingEnd' },
  { yaml: '[a, b]', tokens: 'flowSequenceStart scalar flowEntry scalar flowSequenceEnd' },
  { yaml: '? a\n: b', tokens: 'mappingStart key scalar value scalar blockEnd' },
  { yaml: '&x a: *x', tokens: 'mappingStart key anchor scalar value alias blockEnd' },
  { yaml: '!t "a": |\n  b', tokens: 'mappingStart key tag scalar value scalar blockEnd' },
  {
    yaml: 'a: # comment\n  b: c',
    tokens: 'mappingStart key scalar value mappingStart key scalar value scalar blockEnd blockEnd',
  },
  { yaml: '%TAG ! x:\n---\n...', tokens: 'directive documentStart documentEnd' },
])('$yaml', ({ yaml, tokens }) => {
  expect(scan(yaml)).toBe(tokens);
});

test.each([
  { rule: 'a second value on a line', yaml: 'a: b: c', at: 4 },
  { rule: 'a line that is no key', yaml: 'a: b\nc\n', at: 5 },
  { rule: 'a list in a line', yaml: 'a: - b', at: 3 },
  { rule: 'a tab for indentation', yaml: 'a:\n\tb: c', at: 3 },
  { rule: 'a character that YAML keeps for itself', yaml: 'a: @b', at: 3 },
  { rule: 'an anchor without a name', yaml: 'a: & b', at: 4 },
  { rule: 'a quote without end', yaml: 'a: "b', at: 3 },
  { rule: 'an unknown escape', yaml: 'a: "\\q"', at: 4 },
  { rule: 'an escape that is no character', yaml: 'a: "\\ud800"', at: 4 },
  { rule: 'a block with text on its first line', yaml: 'a: | b', at: 5 },
  { rule: 'a block that is indented by nothing', yaml: 'a: |0\n', at: 4 },
  { rule: 'a tab in the indentation of a block', yaml: 'a: |\n \tb', at: 6 },
])('refused at its byte: $rule', ({ yaml, at }) => {
  expect(() => scan(yaml)).toThrow(expect.objectContaining({ name: 'Unreadable', at }));
});

test.each([
  { rule: 'a key may have 1,024 characters', key: 'é'.repeat(1_024), keys: 1 },
  { rule: 'a longer one is none', key: 'x'.repeat(1_025), keys: 0 },
])('$rule', ({ key, keys }) => {
  const read = () =>
    scan(`[${key}: a]`)
      .split(' ')
      .filter((kind) => kind === 'key').length;
  expect(read()).toBe(keys);
});

test('nothing is scanned that nobody asks for', () => {
  const scanner = scanYaml(Buffer.from('a: b\n...\n@'));
  while (peek(scanner) !== Kind.documentEnd) skip(scanner);
  expect(token(scanner).start).toBe(5);
});
