import { expect, test } from 'vitest';
import { schemasOfDefinition } from '../../src/schemas/definition-schema.ts';
import { walkObject } from '../../src/schemas/walk.ts';
import { rootOf, told } from '../helpers/walking.ts';

const definition = (versions: string) =>
  rootOf(`spec: {group: a.example, names: {kind: Thing}, versions: [${versions}]}\n`);
const SCHEMA =
  'schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {a: {type: integer}}}}}}';

test('each version has its own schema', () => {
  const defined = schemasOfDefinition(
    definition(`{name: v1, ${SCHEMA}, subresources: {status: {}}}, {name: v2, ${SCHEMA}}`),
  );
  expect(defined.map(({ group, version, kind, document }) => [group, version, kind, document.kinds])).toEqual([
    ['a.example', 'v1', 'Thing', { Thing: { type: 'Thing', hasStatus: true } }],
    ['a.example', 'v2', 'Thing', { Thing: { type: 'Thing' } }],
  ]);
});

test('objects are held to it', () => {
  const [defined] = schemasOfDefinition(definition(`{name: v1, ${SCHEMA}}`));
  if (defined === undefined) throw new Error('no schema');
  const walk = walkObject(rootOf('metadata: {nmae: x}\nspec: {a: x, b: 1}\n'), { ...defined, hidesValues: false });
  expect(told(walk.faults)).toEqual([
    'metadata.nmae: field-unknown',
    'spec.a: field-type must be a whole number; this is text',
    'spec.b: field-unknown',
  ]);
});

test.each([
  ['a version without a schema', '{name: v1}'],
  ['a version without a name', `{${SCHEMA}}`],
  ['a schema that cannot be one', '{name: v1, schema: {openAPIV3Schema: {type: 1}}}'],
])('left out: %s', (_rule, version) => {
  expect(schemasOfDefinition(definition(version))).toEqual([]);
});

test('what is not a definition defines nothing', () => {
  expect(schemasOfDefinition(rootOf('spec: []\n'))).toEqual([]);
});
