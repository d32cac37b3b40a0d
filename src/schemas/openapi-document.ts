import {
  dictionary,
  InvalidSchema,
  type KindSchema,
  readSchema,
  readSchemas,
  record,
  type Schema,
  type SchemaDocument,
  type SchemaOrigin,
} from './schema.ts';

export { InvalidSchema, type SchemaDocument } from './schema.ts';

/**
 * Reads one group-version's OpenAPI v3 document, and keeps what an object that can be created is made of: without descriptions, patch strategies and CEL
 * rules it is a twentieth of what the server sends.
 *
 * @throws InvalidSchema
 */
export function trimDocument(value: unknown): SchemaDocument {
  const document = record(value, 'the document');
  const components = record(document['components'] ?? {}, 'components');
  const raw = record(components['schemas'] ?? {}, 'components.schemas');
  const origin = originOf(record(document['info'] ?? {}, 'info')['title']);
  const kinds = creatableKinds(record(document['paths'] ?? {}, 'paths'));
  const types: Record<string, Schema> = dictionary();
  const waiting = Object.values(kinds).map(({ type }) => type);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (name in types) continue;
    if (!Object.hasOwn(raw, name)) throw new InvalidSchema(`components.schemas.${name} is missing`);
    const schema = specialType(name) ?? adapted(name, readSchema(raw[name], `components.schemas.${name}`), origin);
    types[name] = schema;
    collectReferences(schema, waiting);
  }
  return { origin, kinds: sorted(kinds), types: sorted(types) };
}

/** A trimmed document as text: compact, and the same for the same document. */
export function documentText({ origin, kinds, types }: SchemaDocument): string {
  return JSON.stringify({ origin, kinds, types });
}

/**
 * Reads what `documentText` wrote, as untrusted input.
 *
 * @throws InvalidSchema
 */
export function readDocumentText(text: string): SchemaDocument {
  const document = record(parseJson(text), 'the schema');
  const { origin } = document;
  if (origin !== 'built-in' && origin !== 'custom' && origin !== 'aggregated') {
    throw new InvalidSchema('origin is not known');
  }
  const types = readSchemas(document['types'], 'types');
  const kinds: Record<string, KindSchema> = dictionary();
  for (const [name, value] of Object.entries(record(document['kinds'], 'kinds'))) {
    const { type, hasStatus } = record(value, `kinds.${name}`);
    if (typeof type !== 'string' || !(type in types)) throw new InvalidSchema(`kinds.${name}.type is not a type`);
    kinds[name] = hasStatus === true ? { type, hasStatus } : { type };
  }
  const references: string[] = [];
  for (const schema of Object.values(types)) collectReferences(schema, references);
  const dangling = references.find((name) => !(name in types));
  if (dangling !== undefined) throw new InvalidSchema(`types.${dangling} is missing`);
  return { origin, kinds, types };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidSchema('it is not JSON', { cause });
  }
}

/** @see apiextensions-apiserver pkg/controller/openapi/builder/builder.go, kube-apiserver's own title is `Kubernetes` */
function originOf(title: unknown): SchemaOrigin {
  if (title === 'Kubernetes CRD Swagger') return 'custom';
  return title === 'Kubernetes' ? 'built-in' : 'aggregated';
}

/** The kinds that a POST to a collection takes. A POST below an object's own path is one to a subresource, such as an eviction. */
function creatableKinds(paths: Readonly<Record<string, unknown>>): Record<string, KindSchema> {
  const kinds: Record<string, KindSchema> = dictionary();
  const withStatus = new Set<unknown>();
  for (const [path, value] of Object.entries(paths)) {
    const item = record(value, `paths.${path}`);
    if (path.endsWith('/{name}/status')) {
      const put = item['put'] ?? item['get'] ?? item['patch'];
      if (put !== undefined) withStatus.add(kindOf(record(put, path)));
    }
    if (item['post'] === undefined || path.includes('/{name}')) continue;
    const post = record(item['post'], `paths.${path}.post`);
    const kind = kindOf(post);
    const type = bodyType(post);
    if (kind !== undefined && type !== undefined) kinds[kind] = { type };
  }
  for (const [kind, schema] of Object.entries(kinds)) {
    if (withStatus.has(kind)) kinds[kind] = { ...schema, hasStatus: true };
  }
  return kinds;
}

function kindOf(operation: Readonly<Record<string, unknown>>): string | undefined {
  const name = operation['x-kubernetes-group-version-kind'];
  const kind = typeof name === 'object' && name !== null && 'kind' in name ? name.kind : undefined;
  return typeof kind === 'string' ? kind : undefined;
}

function bodyType(operation: Readonly<Record<string, unknown>>): string | undefined {
  const body = record(operation['requestBody'] ?? {}, 'requestBody');
  for (const media of Object.values(record(body['content'] ?? {}, 'requestBody.content'))) {
    const schema = readSchema(record(media, 'requestBody.content')['schema'] ?? {}, 'requestBody.content.schema');
    if (schema.$ref !== undefined) return schema.$ref;
  }
  return undefined;
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const DEFINITIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions';

/** Types that decode themselves in Go: what their schema says is less than, or other than, what they take. */
const SPECIAL: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { format: 'int-or-string' },
  [`${META}.Time`]: { format: 'time' },
  [`${META}.MicroTime`]: { format: 'micro-time' },
  [`${META}.Duration`]: { format: 'go-duration' },
  [`${META}.FieldsV1`]: {},
  [`${META}.Patch`]: {},
  'io.k8s.apimachinery.pkg.runtime.RawExtension': {},
};

/**
 * The schema of a type that decodes itself, `undefined` for any other.
 * @see apimachinery pkg/api/resource/quantity.go, pkg/util/intstr/intstr.go, pkg/apis/meta/v1/time.go, each UnmarshalJSON
 * @see apiextensions-apiserver pkg/apis/apiextensions/v1/marshal.go
 */
function specialType(name: string): Schema | undefined {
  if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name];
  if (!name.startsWith(DEFINITIONS)) return undefined;
  const props = `${name.slice(0, name.lastIndexOf('.'))}.JSONSchemaProps`;
  switch (name.slice(name.lastIndexOf('.') + 1)) {
    case 'JSON':
      return {};
    case 'JSONSchemaPropsOrBool':
      return { format: 'schema-or-bool', items: { $ref: props } };
    case 'JSONSchemaPropsOrArray':
      return { format: 'schema-or-array', items: { $ref: props } };
    case 'JSONSchemaPropsOrStringArray':
      return { format: 'schema-or-texts', items: { $ref: props } };
    default:
      return undefined;
  }
}

/** A struct of Go without fields is published as an object of which nothing is told. */
const EMPTY_STRUCTS = /^io\.k8s\.api\.|\.CustomResourceSubresourceStatus$/;

/** What matters of a built-in type: defaults, list types and bounds are not looked at when an object is decoded. */
function adapted(name: string, schema: Schema, origin: SchemaOrigin): Schema {
  if (origin === 'custom' && !name.startsWith(META)) return schema;
  const bare = decodedPart(schema);
  const isUntold = bare.type === 'object' && bare.properties === undefined && bare.additionalProperties === undefined;
  if (!isUntold) return bare;
  return EMPTY_STRUCTS.test(name) ? { type: 'object', properties: {} } : {};
}

function decodedPart(schema: Schema): Schema {
  const { $ref, type, format, properties, additionalProperties, items, required, enum: values } = schema;
  const part: Record<string, unknown> = {};
  if ($ref !== undefined) return { $ref };
  // In the order in which `readSchema` writes them.
  if (type !== undefined) part['type'] = type;
  if (format !== undefined) part['format'] = format;
  if (required !== undefined) part['required'] = required;
  if (values !== undefined) part['enum'] = values;
  if (properties !== undefined) {
    const decoded: Record<string, Schema> = dictionary();
    for (const [name, property] of Object.entries(properties)) decoded[name] = decodedPart(property);
    part['properties'] = decoded;
  }
  if (additionalProperties !== undefined) {
    part['additionalProperties'] =
      typeof additionalProperties === 'boolean' ? additionalProperties : decodedPart(additionalProperties);
  }
  if (items !== undefined) part['items'] = decodedPart(items);
  return part;
}

function collectReferences(schema: Schema, names: string[]): void {
  if (schema.$ref !== undefined) names.push(schema.$ref);
  if (schema.properties !== undefined) {
    for (const property of Object.values(schema.properties)) collectReferences(property, names);
  }
  if (typeof schema.additionalProperties === 'object') collectReferences(schema.additionalProperties, names);
  if (schema.items !== undefined) collectReferences(schema.items, names);
}

function sorted<Value>(values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const result: Record<string, Value> = dictionary();
  for (const name of Object.keys(values).sort()) {
    const value = values[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}
