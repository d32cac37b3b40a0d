import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { EVERYTHING } from '../../src/yaml/node.ts';
import { readYaml } from '../../src/yaml/reader.ts';
import { Unreadable } from '../../src/yaml/unreadable.ts';
import { plainValue, plainValueOf } from '../manifests/reading.ts';
import { scraps, values } from './samples.ts';

const read = (yaml: string): unknown => plainValueOf(readYaml(Buffer.from(yaml), EVERYTHING).root);

describe('a YAML library and this reader agree', () => {
  test('on whatever the library writes', () => {
    void fc.assert(
      fc.property(
        values,
        fc.constantFrom('BLOCK_LITERAL', 'BLOCK_FOLDED', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'PLAIN'),
        fc.boolean(),
        (value, type, flow) => {
          const yaml = stringify(value, {
            version: '1.1',
            defaultStringType: type,
            collectionStyle: flow ? 'flow' : 'any',
            lineWidth: 40,
          });
          expect(read(yaml)).toEqual(plainValue(value));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('on what it takes of anything else', () => {
    void fc.assert(
      fc.property(scraps, (yaml) => {
        const document = parseDocument(yaml, { version: '1.1', merge: true, uniqueKeys: false, logLevel: 'silent' });
        // YAML 1.1 breaks lines here as well; the library does so in no version.
        fc.pre(!/[\u0085\u2028\u2029]/.test(yaml));
        fc.pre(document.errors.length === 0 && document.warnings.length === 0);
        let ours: unknown;
        try {
          ours = read(yaml);
        } catch (thrown) {
          // What kubectl refuses and the library takes is compared with kubectl itself, in the end-to-end tests.
          expect(thrown).toBeInstanceOf(Unreadable);
          return;
        }
        expect(Object.keys(Object(ours))).toEqual(Object.keys(Object(document.toJS())));
      }),
      { numRuns: 2_000 },
    );
  });
});

test('no text makes it throw anything but Unreadable', () => {
  void fc.assert(
    fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (yaml) => {
      try {
        readYaml(Buffer.from(yaml), EVERYTHING);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Unreadable);
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  { rule: 'keys that are numbers or booleans are text', yaml: '{1: a, true: b}', value: { '1': 'a', true: 'b' } },
  { rule: 'a list may stand in its key’s column', yaml: 'a:\n- b\nc: d', value: { a: ['b'], c: 'd' } },
  { rule: 'quoted text may go on at any indentation', yaml: 'a:\n  b: "one\ntwo"', value: { a: { b: 'one two' } } },
  { rule: 'unknown tags change nothing', yaml: 'a: !custom b', value: { a: 'b' } },
  { rule: 'an empty item is null', yaml: '- \n- b', value: [null, 'b'] },
  { rule: 'a pair may stand in a list', yaml: '[a: b]', value: [{ a: 'b' }] },
  { rule: 'a key may stand after ?', yaml: '? a\n: b', value: { a: 'b' } },
  { rule: 'only the first document is read', yaml: 'a: b\n...\n]', value: { a: 'b' } },
  { rule: 'a mark after U+2028 begins a second document', yaml: '---\n\u2028---\na: b', value: null },
  { rule: 'an anchor alone is null', yaml: 'a: &x\nb: *x', value: { a: null, b: null } },
])('$rule', ({ yaml, value }) => {
  expect(read(yaml)).toEqual(value);
});

test.each([
  { rule: 'a mapping for a key', yaml: '{a: b}: c', at: 0 },
  { rule: 'null for a key', yaml: 'a: b\n~: c', at: 5 },
  { rule: 'no key', yaml: '{: c}', at: 1 },
  { rule: 'an alias without anchor', yaml: 'a: *b', at: 3 },
  { rule: 'null merged', yaml: '<<:\n- ', at: 0 },
  { rule: 'a list merged', yaml: '<<: [a]', at: 0 },
  { rule: 'a key in the wrong column', yaml: 'a:\n    b: c\n  d: e', at: 14 },
  { rule: 'a list that turns into a mapping', yaml: '- a\nb: c', at: 4 },
  { rule: 'a brace without end', yaml: '{a: b', at: 5 },
  { rule: 'a bracket without end', yaml: '[a\n', at: 3 },
  { rule: 'a missing comma', yaml: '["a" "b"]', at: 5 },
  { rule: 'a control character', yaml: 'a: \u0007', at: 3 },
  { rule: 'infinity', yaml: 'a: .inf', at: 3 },
  {
    rule: 'a bomb of aliases',
    yaml: `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefg'].map((each, index) => `${each}: &${each} [${`*${'abcdef'[index]},`.repeat(10)}]`).join('\n')}`,
    at: undefined,
  },
  { rule: 'nesting without end', yaml: '['.repeat(5_000), at: 1_000 },
])('refused: $rule', ({ yaml, at }) => {
  expect(() => read(yaml)).toThrow(expect.objectContaining({ name: 'Unreadable', ...(at !== undefined && { at }) }));
});

test('repeated keys are told, wanted or not', () => {
  const yaml = 'a: 1\nb: {c: 1, c: 2}\na: 2\n';
  expect(readYaml(Buffer.from(yaml), { fields: { a: {} } }).repeatedKeys).toEqual([15, 21]);
});
