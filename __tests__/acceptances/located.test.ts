import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Located, parseLocated } from '../../src/acceptances/located.ts';

function plainValue(node: Located | undefined): unknown {
  switch (node?.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
    default:
      return undefined;
  }
}

describe('parseLocated', () => {
  test('every value knows its line and column', async () => {
    const parsed = await parseLocated('# accepted\n- requirement: apps/v1\n  files:\n    - a.yaml\n', 'e.yaml');
    expect(parsed).toMatchObject({
      kind: 'document',
      root: {
        kind: 'list',
        place: { file: 'e.yaml', line: 2, column: 1 },
        items: [
          {
            kind: 'map',
            entries: [
              { key: 'requirement', value: { value: 'apps/v1', place: { line: 2, column: 16 } } },
              { key: 'files', value: { kind: 'list', items: [{ value: 'a.yaml', place: { line: 4, column: 7 } }] } },
            ],
          },
        ],
      },
    });
  });

  test('what JSON.stringify writes reads as it was', async () => {
    const value = fc.dictionary(
      fc.string({ minLength: 1 }),
      fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())),
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const parsed = await parseLocated(JSON.stringify(given, undefined, 2), 'b.json');
        expect(parsed.kind === 'document' ? plainValue(parsed.root) : parsed).toEqual(given);
      }),
    );
  });

  test.each([
    ['a broken document', '- a: [', 1, 'This is not YAML'],
    ['a key twice', '- a: 1\n  a: 2\n', 2, 'This is not YAML: Map keys must be unique'],
    ['two documents', 'a: 1\n---\nb: 2\n', 2, 'multiple documents'],
    ['an alias', '- &x a\n- *x\n', 2, 'An alias'],
    ['too deep nesting', '['.repeat(40) + ']'.repeat(40), 1, 'nested too deeply'],
  ])('%s is a problem at its line', async (_, text, line, message) => {
    const parsed = await parseLocated(text, 'e.yaml');
    expect(parsed).toMatchObject({
      kind: 'problems',
      problems: expect.arrayContaining([
        { place: expect.objectContaining({ line }), message: expect.stringContaining(message) },
      ]),
    });
  });

  test('any text gives a document or problems, and throws nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(['document', 'problems']).toContain((await parseLocated(text, 'e.yaml')).kind);
      }),
    );
  });
});
