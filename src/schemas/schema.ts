/**
 * What a value may be: the part of an OpenAPI v3 schema that tells something the gate can judge, with the names that OpenAPI and Kubernetes give.
 *
 * An empty schema takes anything. `$ref` names a type of the same document and stands alone.
 */
export interface Schema {
  readonly $ref?: string;
  readonly type?: SchemaType | undefined;
  readonly format?: string | undefined;
  readonly nullable?: boolean | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly items?: Schema | undefined;
  readonly required?: readonly string[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  /** Of a custom resource: a scalar as it is, `{}` for anything else. */
  readonly default?: unknown | undefined;
  readonly pattern?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: boolean | undefined;
  readonly exclusiveMaximum?: boolean | undefined;
  readonly multipleOf?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly uniqueItems?: boolean | undefined;
  readonly minProperties?: number | undefined;
  readonly maxProperties?: number | undefined;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

/** Who decodes the objects: Go types of the API server, a CustomResourceDefinition, or a server of its own behind an APIService. */
export type SchemaOrigin = 'built-in' | 'custom' | 'aggregated';

/** The kinds of one group-version that can be created, and the types that they are made of. */
export interface SchemaDocument {
  readonly origin: SchemaOrigin;
  readonly kinds: Readonly<Record<string, KindSchema>>;
  readonly types: Readonly<Record<string, Schema>>;
}

export interface KindSchema {
  /** Name in `types`. */
  readonly type: string;
  /** Whether the kind has a status subresource: what a manifest says of `status` is then dropped. */
  readonly hasStatus?: boolean | undefined;
}

/** A schema that cannot be one, with the path to what is wrong. */
export class InvalidSchema extends Error {
  override readonly name = 'InvalidSchema';
}

const TYPES: ReadonlySet<unknown> = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);
/** Deeper than any schema that the API server accepts would be sensible; keeps reading from overflowing the stack. */
const DEEPEST = 200;

type Keyword = keyof Schema;

const TEXTS: readonly Keyword[] = ['format', 'pattern', 'x-kubernetes-list-type'];
const NUMBERS: readonly Keyword[] = ['minimum', 'maximum', 'multipleOf'];
const COUNTS: readonly Keyword[] = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];
const FLAGS: readonly Keyword[] = [
  'nullable',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'uniqueItems',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
];
const NAMES: readonly Keyword[] = ['required', 'x-kubernetes-list-map-keys'];

const REFERENCE = '#/components/schemas/';

/**
 * Reads a schema, and keeps of it what can be judged. Reading what it gave gives the same again, so that a schema out of the cache goes the same way.
 *
 * Composition (`oneOf`, `anyOf`, `not`, and `allOf` of more than one reference) and CEL rules are left out: both need more than a value and its schema to be
 * judged as the server does.
 *
 * @param path names the place in the error
 * @throws InvalidSchema where a keyword is not of its type
 */
export function readSchema(value: unknown, path: string, depth = 0): Schema {
  const from = record(value, path);
  if (depth > DEEPEST) throw new InvalidSchema(`${path} is nested more than ${DEEPEST} levels deep`);
  const reference = from['$ref'] ?? soleReference(from['allOf']);
  if (reference !== undefined) {
    if (typeof reference !== 'string') throw new InvalidSchema(`${path}.$ref is not text`);
    const name = reference.startsWith(REFERENCE) ? reference.slice(REFERENCE.length) : reference;
    return from['default'] === undefined ? { $ref: name } : { $ref: name, default: from['default'] };
  }
  const schema: Record<string, unknown> = {};
  const type = from['type'];
  if (type !== undefined && type !== '') {
    if (!TYPES.has(type)) throw new InvalidSchema(`${path}.type is not a type`);
    schema['type'] = type;
  }
  const keep = (names: readonly Keyword[], what: string, fits: (keyword: unknown) => boolean): void => {
    for (const name of names) {
      const keyword = from[name];
      if (keyword === undefined || keyword === null || keyword === false || keyword === '') continue;
      if (!fits(keyword)) throw new InvalidSchema(`${path}.${name} is not ${what}`);
      schema[name] = keyword;
    }
  };
  keep(TEXTS, 'text', (keyword) => typeof keyword === 'string');
  keep(NUMBERS, 'a number', (keyword) => typeof keyword === 'number');
  keep(COUNTS, 'a count', Number.isInteger);
  keep(FLAGS, 'true or false', (keyword) => keyword === true);
  keep(NAMES, 'a list of names', isNames);
  keep(['enum'], 'a list', Array.isArray);
  if (from['default'] !== undefined) schema['default'] = isScalar(from['default']) ? from['default'] : {};
  if (from['properties'] !== undefined && from['properties'] !== null) {
    schema['properties'] = readSchemas(from['properties'], `${path}.properties`, depth);
  }
  const additional = from['additionalProperties'];
  if (typeof additional === 'boolean') schema['additionalProperties'] = additional;
  else if (additional !== undefined && additional !== null) {
    schema['additionalProperties'] = readSchema(additional, `${path}.additionalProperties`, depth + 1);
  }
  if (from['items'] !== undefined && from['items'] !== null) {
    schema['items'] = readSchema(from['items'], `${path}.items`, depth + 1);
  }
  return schema;
}

/** Schemas by name, sorted, so that the same schemas make the same text. */
export function readSchemas(value: unknown, path: string, depth = 0): Readonly<Record<string, Schema>> {
  const from = record(value, path);
  const schemas: Record<string, Schema> = dictionary();
  for (const name of Object.keys(from).sort()) schemas[name] = readSchema(from[name], `${path}.${name}`, depth + 1);
  return schemas;
}

/** An object whose keys come from elsewhere: `__proto__` is a key like any other. */
export function dictionary<Value>(): Record<string, Value> {
  return Object.create(null);
}

/** `value` as an object. @throws InvalidSchema */
export function record(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidSchema(`${path} is not an object`);
  }
  return value as Readonly<Record<string, unknown>>;
}

/** A property of a type: undefined where it has none of that name. */
export function propertyOf({ properties }: Schema, name: string): Schema | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** Built-in types wrap a reference so that they can add a default beside it. */
function soleReference(allOf: unknown): unknown {
  if (!Array.isArray(allOf) || allOf.length !== 1) return undefined;
  const [only] = allOf;
  return typeof only === 'object' && only !== null ? only.$ref : undefined;
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}
