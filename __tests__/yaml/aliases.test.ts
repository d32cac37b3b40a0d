import { expect, test } from 'vitest';
import { isMergeable, refuseExcessiveAliases } from '../../src/yaml/aliases.ts';
import type { DocumentNode } from '../../src/yaml/node.ts';

const text: DocumentNode = { kind: 'string', at: 0, text: 'x' };
const mapping: DocumentNode = { kind: 'mapping', at: 0, fields: [] };
const list = (items: DocumentNode[]): DocumentNode => ({ kind: 'sequence', at: 0, items });
const alias = (target: DocumentNode): DocumentNode => ({ kind: 'alias', at: 1, target });

test('lists of aliases of lists of aliases are refused, and quickly', () => {
  let bomb = list(Array.from({ length: 10 }, () => text));
  for (let level = 0; level < 60; level += 1) {
    const inner = bomb;
    bomb = list([inner, ...Array.from({ length: 9 }, () => alias(inner))]);
  }
  expect(() => refuseExcessiveAliases(bomb)).toThrow(/out of proportion/);
});

test('an anchor that holds an alias of itself is refused', () => {
  const items: DocumentNode[] = [];
  const circle = list(items);
  items.push(alias(circle));
  expect(() => refuseExcessiveAliases(circle)).toThrow(/itself/);
});

test('many aliases of small things are fine', () => {
  expect(() => refuseExcessiveAliases(list(Array.from({ length: 5_000 }, () => alias(text))))).not.toThrow();
});

test.each([
  { rule: 'a mapping', node: mapping, expected: true },
  { rule: 'an alias of a mapping', node: alias(mapping), expected: true },
  { rule: 'a list of both', node: list([mapping, alias(mapping)]), expected: true },
  { rule: 'an alias of a list', node: alias(list([mapping])), expected: false },
  { rule: 'a list in a list', node: list([list([mapping])]), expected: false },
  { rule: 'text', node: text, expected: false },
])('whether it can be merged: $rule, $expected', ({ node, expected }) => {
  expect(isMergeable(node)).toBe(expected);
});
