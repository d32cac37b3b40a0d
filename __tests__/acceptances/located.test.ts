import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLocated } from '../../src/acceptances/located.ts';
import { valueUnder } from '../../src/yaml/node.ts';
import { toPlain } from '../../src/yaml/to-plain.ts';

describe('parseLocated', () => {
  test.each([
    ['', 0],
    ['\uFEFF# accepted\n', 1],
    ['---\n', 1],
  ])('every value can say its line and column, after %j', (before, lines) => {
    const parsed = parseLocated(`${before}- requirement: apps/v1\n  files:\n    - a.yaml\n`, 'e.yaml');
    if (parsed.kind !== 'document' || parsed.document.root?.kind !== 'sequence') throw new Error('no list');
    const { place } = parsed.document;
    const [item] = parsed.document.root.items;
    const files = valueUnder(item, 'files');
    expect(files?.kind === 'sequence' && files.items.map(place)).toEqual([
      { kind: 'file', file: 'e.yaml', line: 3 + lines, column: 7 },
    ]);
    expect(place(valueUnder(item, 'requirement') ?? { at: 0 })).toMatchObject({ line: 1 + lines, column: 16 });
  });

  test('what JSON.stringify writes reads as it was', () => {
    const value = fc.dictionary(
      fc.string({ minLength: 1 }),
      fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(value, (given) => {
        const parsed = parseLocated(JSON.stringify(given, undefined, 2), 'b.json');
        if (parsed.kind !== 'document' || parsed.document.root === undefined) throw new Error('no document');
        expect({ ...Object(toPlain(parsed.document.root)) }).toEqual(given);
      }),
    );
  });

  test.each([
    ['a broken document', '- a: [', 1, 'This is not YAML'],
    ['a key twice', '- a: 1\n  a: 2\n', 2, 'Duplicate key.'],
    ['a key twice in JSON', '{\n"a": 1,\n"a": 2}', 3, 'Duplicate key.'],
    ['two documents', 'a: 1\n---\nb: 2\n', 3, 'one document'],
    ['text after the document', 'a: 1\n...\nb: 2\n', 3, 'one document'],
    ['an alias', '- &x a\n- *x\n', 2, 'An alias'],
    ['an alias for a key', '- &x a\n- *x : b\n', 2, 'An alias'],
    ['an alias that is merged', '- &x {a: 1}\n- <<: *x\n', 2, 'An alias'],
  ])('%s is a problem at its line', (_, text, line, message) => {
    const parsed = parseLocated(text, 'e.yaml');
    expect(parsed).toMatchObject({
      kind: 'problems',
      problems: expect.arrayContaining([
        expect.objectContaining({
          place: expect.objectContaining({ line }),
          message: expect.stringContaining(message),
        }),
      ]),
    });
  });

  test('any text gives a document or problems, and throws nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(['document', 'problems']).toContain(parseLocated(text, 'e.yaml').kind);
      }),
    );
  });
});
