/** Objects with one field damaged: each field of each type once in every way. */
import { propertyOf, type Schema, type SchemaDocument } from '../../src/schemas/schema.ts';
import type { SentObject } from './field-oracle.ts';

export interface Mutation {
  /** `spec.replicas = 1.5`. */
  readonly label: string;
  readonly object: SentObject;
}

const DAMAGES: readonly unknown[] = [
  'bogus value!',
  '',
  5,
  1.5,
  -1,
  3_000_000_000,
  12_345_678_901_234_567_000,
  true,
  null,
  [],
  [null],
  {},
  { unknownKey: 1 },
];

type Path = readonly (string | number)[];

/**
 * Every damage to every field that `object` has, each field of a type once for all objects that share `seen`.
 *
 * @param seen fields that were damaged before, by type and name
 */
export function* mutationsOf(object: SentObject, document: SchemaDocument, seen: Set<string>): Generator<Mutation> {
  const kind = document.kinds[object.kind];
  if (kind === undefined) return;
  for (const { path, value, isRequired } of fieldsIn(object, { $ref: kind.type }, document, seen)) {
    const shown = path.join('.');
    for (const damage of DAMAGES) {
      yield { label: `${shown} = ${JSON.stringify(damage)}`, object: withValue(object, path, damage) };
    }
    if (isObject(value)) {
      yield { label: `${shown}.unknownKey`, object: withValue(object, [...path, 'unknownKey'], 'x') };
    }
    if (Array.isArray(value) && value.length > 0) {
      yield { label: `${shown} + null`, object: withValue(object, path, [...value, null]) };
      yield { label: `${shown} twice`, object: withValue(object, path, [...value, ...value]) };
    }
    if (isRequired) yield { label: `without ${shown}`, object: withValue(object, path, undefined) };
  }
}

interface FieldOf {
  readonly path: Path;
  readonly value: unknown;
  readonly isRequired: boolean;
}

function* fieldsIn(
  value: unknown,
  reference: Schema,
  document: SchemaDocument,
  seen: Set<string>,
  type = '',
  path: Path = [],
): Generator<FieldOf> {
  const schema = reference.$ref === undefined ? reference : (document.types[reference.$ref] ?? {});
  const name = reference.$ref ?? type;
  if (Array.isArray(value)) {
    const [first] = value;
    if (first !== undefined) yield* fieldsIn(first, schema.items ?? {}, document, seen, `${name}[]`, [...path, 0]);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (path.length === 0 && (key === 'apiVersion' || key === 'kind')) continue;
    if (path[0] === 'metadata' && ['name', 'namespace'].includes(key)) continue;
    const { additionalProperties } = schema;
    const property =
      propertyOf(schema, key) ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    const id = `${name}.${property === additionalProperties ? '*' : key}`;
    if (property === undefined || seen.has(id)) continue;
    seen.add(id);
    const isRequired = schema.required?.includes(key) ?? false;
    yield { path: [...path, key], value: inner, isRequired };
    yield* fieldsIn(inner, property, document, seen, id, [...path, key]);
  }
}

function withValue(object: SentObject, path: Path, value: unknown): SentObject {
  const copy = structuredClone(object);
  let owner: unknown = copy;
  for (const part of path.slice(0, -1)) owner = (owner as Record<string | number, unknown>)[part];
  const last = path.at(-1) ?? '';
  if (value === undefined) delete (owner as Record<string | number, unknown>)[last];
  else (owner as Record<string | number, unknown>)[last] = value;
  return copy;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
