import { expect, test } from 'vitest';
import {
  type DocumentNode,
  dereference,
  EVERYTHING,
  fieldOf,
  fieldsOf,
  textUnder,
  valueUnder,
  wantedField,
} from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';

const root = (yaml: string): DocumentNode | undefined => readYaml(Buffer.from(yaml), EVERYTHING).root;

test.each([
  { rule: 'the last of two fields counts', yaml: 'a: one\na: two', text: 'two' },
  { rule: 'a merged field counts where there is none', yaml: 'x: &x {a: merged}\n<<: *x', text: 'merged' },
  { rule: 'a field after a merge replaces what it brought', yaml: 'x: &x {a: merged}\n<<: *x\na: own', text: 'own' },
  {
    rule: 'a merge after a field replaces it, as in kubectl',
    yaml: 'x: &x {a: merged}\na: own\n<<: *x',
    text: 'merged',
  },
  { rule: 'of several merged mappings the first wins', yaml: '<<: [{a: first}, {a: second}]', text: 'first' },
  {
    rule: 'also where several are merged after a field',
    yaml: 'a: own\n<<: [{a: first}, {a: second}]',
    text: 'first',
  },
  { rule: 'merges nest', yaml: '<<: {<<: {a: deep}}', text: 'deep' },
  { rule: 'an alias stands for its anchor', yaml: 'b: &b text\na: *b', text: 'text' },
  { rule: 'an anchor given twice means the last before the alias', yaml: 'b: &b one\nc: &b two\na: *b', text: 'two' },
  { rule: 'a number is no text', yaml: 'a: 1', text: undefined },
  { rule: 'null is no value', yaml: 'a: ~', text: undefined },
])('$rule', ({ yaml, text }) => {
  expect(textUnder(root(yaml), 'a')).toBe(text);
});

test('what is no mapping has no fields', () => {
  expect(fieldOf(undefined, 'a')).toBeUndefined();
  expect(fieldOf(root('[a]'), 'a')).toBeUndefined();
  expect(valueUnder(root('text'), 'a')).toBeUndefined();
});

test('the fields of a mapping are those that count, each once', () => {
  const node = root('x: &x {a: 1, b: 2}\na: own\n<<: [*x, {c: 3}]');
  expect(node && fieldsOf(node).map(({ name }) => name)).toEqual(['x', 'a', 'c', 'b']);
  expect(fieldsOf({ kind: 'null', at: 0 })).toEqual([]);
});

test('an alias of an alias is followed to the end', () => {
  const target: DocumentNode = { kind: 'null', at: 1 };
  expect(dereference({ kind: 'alias', at: 3, target: { kind: 'alias', at: 2, target } })).toBe(target);
});

test('a named part is wanted before that of every field', () => {
  const [named, other] = [{}, {}];
  expect(wantedField({ fields: { a: named }, everyField: other }, 'a')).toBe(named);
  expect(wantedField({ fields: { a: named }, everyField: other }, 'constructor')).toBe(other);
  expect(wantedField({ fields: { a: named } }, 'b')).toBeUndefined();
  expect(wantedField(EVERYTHING, 'b')?.items).toBe(EVERYTHING);
});
