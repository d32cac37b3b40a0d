import { expect, test } from 'vitest';
import { countingFields, described, hasPlaceholder, pathText } from '../../src/schemas/walking.ts';
import { dereference } from '../../src/yaml/node.ts';
import { rootOf } from '../helpers/walking.ts';

test.each([
  [[], ''],
  [['spec', 'containers', 0, 'image'], 'spec.containers[0].image'],
  [['metadata', 'labels', 'a.b/c'], 'metadata.labels.a.b/c'],
  [[0, 'a'], '[0].a'],
])('the path %j is %j', (path, expected) => {
  expect(pathText(path)).toBe(expected);
});

const many = Array.from({ length: 20 }, (_, index) => `k${index}: ${index}`).join(', ');

test.each([
  ['each once', '{a: 1, b: 2}', ['a', 'b']],
  ['the last of equal keys', '{a: 1, a: 2}', ['a']],
  ['merged ones', '{<<: {a: 1}, b: 2}', ['a', 'b']],
  ['the last of equal keys among many', `{${many}, k0: x}`, Array.from({ length: 20 }, (_, index) => `k${index}`)],
])('fields that count: %s', (_rule, yaml, expected) => {
  const mapping = dereference(rootOf(yaml));
  if (mapping.kind !== 'mapping') throw new Error('not a mapping');
  expect(countingFields(mapping).map(({ name }) => name)).toEqual(expected);
});

test.each([
  ['${A}', true],
  ['{{ .Values.a }}', true],
  ['<%= a %>', true],
  ['$A', false],
  ['$(A)', false],
])('%j is filled in later: %s', (text, expected) => {
  expect(hasPlaceholder(text)).toBe(expected);
});

test.each([
  ['x', 'text'],
  ['1', 'a number'],
  ['true', 'true or false'],
  ['[]', 'a list'],
  ['{}', 'a mapping'],
])('%s is %s', (yaml, expected) => {
  expect(described(rootOf(`- ${yaml}\n`).kind === 'sequence' ? rootOf(yaml) : rootOf(yaml))).toBe(expected);
});
