import { assertNever } from '../model/assert-never.ts';
import { type DocumentNode, dereference, type FieldNode, type MappingNode, type SequenceNode } from '../yaml/node.ts';
import { builtInValue, fits, numberShown, TYPE_WORDS, unknownField } from './built-in-rules.ts';
import { formatCheck, hasReached } from './formats.ts';
import { duplicatesIn } from './list-rules.ts';
import { OBJECT_META } from './object-meta.ts';
import { propertyOf, type Schema } from './schema.ts';
import { countingFields, described, hasPlaceholder, pathTo, type Walking, withoutReport } from './walking.ts';
import { choices, mustBe, quoted } from './wording.ts';

type Value = Exclude<DocumentNode, { kind: 'alias' }>;

/** Fields that every object has, whatever its schema says. */
const META_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * Holds a custom resource to the schema of its CustomResourceDefinition: pruning, defaulting and validation in one walk.
 *
 * @param hasStatus whether there is a status subresource: the server then drops `status` of a manifest after it has looked for unknown fields
 * @see apiextensions-apiserver pkg/apiserver/customresource_handler.go, pkg/registry/customresource/strategy.go
 */
export function customObject(root: DocumentNode, schema: Schema, hasStatus: boolean, walking: Walking): void {
  const value = dereference(root);
  if (value.kind === 'mapping')
    objectFields(value, { ...schema, type: 'object' }, { isRoot: true, hasStatus }, walking);
}

/** A value where null was not already taken for absent. */
function customValue(node: DocumentNode, schema: Schema, walking: Walking): void {
  const value = dereference(node);
  if (schema.$ref !== undefined) {
    builtInValue(node, schema, walking);
    return;
  }
  if (value.kind === 'string' && hasPlaceholder(value.text)) structuralValue(value, schema, withoutReport(walking));
  else structuralValue(value, schema, walking);
}

function structuralValue(value: Value, schema: Schema, walking: Walking): void {
  if (value.kind === 'null') {
    nullValue(value, schema, walking);
    return;
  }
  if (!hasType(value, schema, walking)) {
    if (walking.tellsPruned === true) prunedValue(value, walking);
    walking.report({
      rule: 'field-type',
      at: value.at,
      says: `must be ${typeWords(schema)}; this is ${described(value)}`,
    });
    return;
  }
  switch (value.kind) {
    case 'mapping':
      objectFields(value, schema, {}, walking);
      return;
    case 'sequence':
      listItems(value, schema, walking);
      return;
    case 'string':
      checkText(value.text, value.at, schema, walking);
      checkEnum(value.text, value.at, schema, walking);
      return;
    case 'number':
      checkNumber(value.text, value.at, schema, walking);
      checkEnum(Number(value.text), value.at, schema, walking);
      return;
    case 'boolean':
      checkEnum(value.value, value.at, schema, walking);
      return;
  }
}

/** @see kube-openapi pkg/validation/validate/type.go; validator.go: null is in no enum */
function nullValue(value: Value, schema: Schema, walking: Walking): void {
  const isTyped = schema.type !== undefined || schema['x-kubernetes-int-or-string'] === true;
  if (isTyped && schema.nullable !== true) {
    walking.report({ rule: 'field-type', at: value.at, says: `must be ${typeWords(schema)}; this is null` });
  } else if (schema.enum !== undefined) {
    walking.report({ rule: 'field-enum', at: value.at, says: `must be one of ${choices(schema.enum)}; this is null` });
  }
}

/**
 * Whether a null is dropped, or replaced by a default, before anything looks at it.
 * @see apiextensions-apiserver pkg/apiserver/schema/defaulting/prunenulls.go PruneNonNullableNullsWithoutDefaults
 */
function isDroppedNull(node: DocumentNode, schema: Schema): boolean {
  return dereference(node).kind === 'null' && schema.nullable !== true;
}

function typeWords(schema: Schema): string {
  if (schema['x-kubernetes-int-or-string'] === true) return 'a whole number or text';
  return schema.type === undefined ? 'of another type' : TYPE_WORDS[schema.type];
}

/** @see kube-openapi pkg/validation/validate/type.go: a list passes for text that has a format */
function hasType(value: Value, schema: Schema, walking: Walking): boolean {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return value.kind === 'string' || (value.kind === 'number' && isWhole(value.text));
  }
  const { type } = schema;
  switch (type) {
    case undefined:
      return true;
    case 'object':
      return value.kind === 'mapping';
    case 'array':
      return value.kind === 'sequence';
    case 'string':
      return (
        value.kind === 'string' ||
        (value.kind === 'sequence' &&
          schema.format !== undefined &&
          formatCheck(schema.format, walking.release) !== undefined)
      );
    case 'boolean':
      return value.kind === 'boolean';
    case 'number':
      return value.kind === 'number';
    case 'integer':
      return value.kind === 'number' && isWhole(value.text);
    default:
      return assertNever(type);
  }
}

/** What does not fit 64 bits has become a float by then, of which no whole number beyond 2^53 is taken for one. */
function isWhole(text: string): boolean {
  return isInt64(text) || (!/^-?[0-9]+$/.test(text) && Number.isSafeInteger(Number(text)));
}

interface ObjectFields {
  readonly isRoot?: boolean | undefined;
  readonly hasStatus?: boolean | undefined;
}

function objectFields(mapping: MappingNode, schema: Schema, options: ObjectFields, walking: Walking): void {
  const { isRoot = false, hasStatus = false } = options;
  const isResource = isRoot || schema['x-kubernetes-embedded-resource'] === true;
  const fields = countingFields(mapping);
  const present = new Set<string>();
  let unset = 0;
  for (const field of fields) {
    const { name } = field;
    if (isResource && META_FIELDS.has(name)) {
      present.add(name);
      walking.path.push(name);
      if (!isRoot || name === 'metadata') metaField(field, isRoot, walking);
      walking.path.pop();
      continue;
    }
    const property = fieldSchema(schema, name);
    if (property === undefined) {
      if (schema['x-kubernetes-preserve-unknown-fields'] !== true) {
        unknownField(field, { type: '', schema, mapping }, walking);
        unset += 1;
      }
      continue;
    }
    if (property !== true && isDroppedNull(field.value, property)) {
      if (property.default === undefined) unset += 1;
      else present.add(name);
      continue;
    }
    present.add(name);
    walking.path.push(name);
    if (property === true) prunedValue(field.value, walking);
    else if (hasStatus && name === 'status') onlyUnknown(field.value, property, walking);
    else customValue(field.value, property, walking);
    walking.path.pop();
  }
  requiredFields(mapping, schema, present, isResource && !isRoot, walking);
  checkSize(mapping, schema, fields.length - unset + defaulted(schema, present), walking);
}

/** The schema of a field: `true` for one of a map whose values are not told. */
function fieldSchema(schema: Schema, name: string): Schema | true | undefined {
  const property = propertyOf(schema, name);
  if (property !== undefined) return property;
  const { additionalProperties } = schema;
  return additionalProperties === false ? undefined : additionalProperties;
}

/**
 * A value of which nothing is told: what is scalar stays, and every field in it goes.
 * @see apiextensions-apiserver pkg/apiserver/schema/pruning/algorithm.go prune
 */
function prunedValue(node: DocumentNode, walking: Walking): void {
  const value = dereference(node);
  if (value.kind === 'mapping') {
    for (const field of countingFields(value)) unknownField(field, { type: '', schema: {}, mapping: value }, walking);
  } else if (value.kind === 'sequence') {
    value.items.forEach((item, index) => {
      walking.path.push(index);
      prunedValue(item, walking);
      walking.path.pop();
    });
  }
}

/** The status of a kind with a status subresource: unknown fields of it are told, then all of it is dropped. */
function onlyUnknown(node: DocumentNode, schema: Schema, walking: Walking): void {
  customValue(node, schema, {
    ...walking,
    tellsPruned: true,
    report: (fault) => {
      if (fault.rule === 'field-unknown') walking.report(fault);
    },
  });
}

/** @see apiextensions-apiserver pkg/apiserver/schema/objectmeta/validation.go validateEmbeddedResource */
function metaField({ name, value: node }: FieldNode, isRoot: boolean, walking: Walking): void {
  if (name === 'metadata') {
    const type = Object.hasOwn(walking.types, OBJECT_META) ? OBJECT_META : undefined;
    if (type !== undefined) builtInValue(node, { $ref: type }, walking);
    return;
  }
  const value = dereference(node);
  if (isRoot) return;
  const { report } = value.kind === 'string' && hasPlaceholder(value.text) ? withoutReport(walking) : walking;
  if (value.kind !== 'string') {
    report({ rule: 'field-type', at: value.at, says: `must be text; this is ${described(value)}` });
  } else if (value.text === '') {
    report({ rule: 'field-value', at: value.at, says: 'must not be empty' });
  } else if (name === 'apiVersion' ? value.text.split('/').length > 2 : !isKind(value.text)) {
    report({
      rule: 'field-value',
      at: value.at,
      says: mustBe(
        name === 'kind' ? 'the name of a kind' : 'a group and a version',
        quoted(value.text, walking.hidesValues),
      ),
    });
  }
}

/** @see apimachinery pkg/util/validation/validation.go IsDNS1035Label */
function isKind(text: string): boolean {
  return text.length <= 63 && /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(text.toLowerCase());
}

/** A field that has a default is never missing. */
function requiredFields(
  mapping: MappingNode,
  schema: Schema,
  present: ReadonlySet<string>,
  isEmbedded: boolean,
  walking: Walking,
): void {
  const required = isEmbedded ? new Set(['apiVersion', 'kind', ...(schema.required ?? [])]) : (schema.required ?? []);
  for (const name of required) {
    if (present.has(name) || propertyOf(schema, name)?.default !== undefined) continue;
    walking.report({
      rule: 'field-required',
      at: mapping.at,
      path: pathTo(walking, name),
      says: 'is required, and missing',
    });
  }
}

/** How many fields are there by default only. */
function defaulted({ properties = {} }: Schema, present: ReadonlySet<string>): number {
  return Object.entries(properties).filter(([name, { default: value }]) => value !== undefined && !present.has(name))
    .length;
}

function checkSize(mapping: MappingNode, schema: Schema, size: number, walking: Walking): void {
  const { minProperties = 0, maxProperties = Number.POSITIVE_INFINITY } = schema;
  if (size >= minProperties && size <= maxProperties) return;
  const limit =
    size < minProperties ? `at least ${counted(minProperties, 'field')}` : `at most ${counted(maxProperties, 'field')}`;
  walking.report({ rule: 'field-limit', at: mapping.at, says: `must have ${limit}; this has ${size}` });
}

function listItems(sequence: SequenceNode, schema: Schema, walking: Walking): void {
  const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema;
  const size = sequence.items.length;
  if (size < minItems || size > maxItems) {
    const limit = size < minItems ? `at least ${counted(minItems, 'item')}` : `at most ${counted(maxItems, 'item')}`;
    walking.report({ rule: 'field-limit', at: sequence.at, says: `must have ${limit}; this has ${size}` });
  }
  sequence.items.forEach((item, index) => {
    walking.path.push(index);
    customValue(item, items, walking);
    walking.path.pop();
  });
  for (const { index, at, says } of duplicatesIn(sequence, schema)) {
    walking.path.push(index);
    walking.report({ rule: 'field-value', at, says });
    walking.path.pop();
  }
}

/** Lengths count characters. @see kube-openapi pkg/validation/validate/values.go MaxLength */
function checkText(text: string, at: number, schema: Schema, walking: Walking): void {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern, format } = schema;
  const isPlain = schema['x-kubernetes-int-or-string'] !== true;
  if (minLength > 0 || text.length > maxLength) {
    const length = [...text].length;
    if (length < minLength || length > maxLength) {
      const limit = length < minLength ? `at least ${minLength}` : `at most ${maxLength}`;
      const characters = (length < minLength ? minLength : maxLength) === 1 ? 'character' : 'characters';
      walking.report({ rule: 'field-limit', at, says: `must have ${limit} ${characters}; this has ${length}` });
    }
  }
  if (pattern !== undefined && walking.patternMatch !== undefined) {
    const matches = walking.patternMatch(pattern, text);
    if (matches === undefined) walking.badPatterns.add(pattern);
    else if (!matches) walking.report({ rule: 'field-value', at, says: `must match the pattern ${pattern}` });
  }
  if (format !== undefined && isPlain && formatCheck(format, walking.release)?.(text) === false) {
    walking.report({ rule: 'field-value', at, says: `must be in the format ${format}` });
  }
}

/** The release that began to hold numbers to `int32`. @see kube-openapi pkg/validation/validate/validator.go numberValidator */
const INT32_SINCE = '1.36';

function checkNumber(text: string, at: number, schema: Schema, walking: Walking): void {
  const { minimum, maximum, exclusiveMinimum = false, exclusiveMaximum = false, multipleOf, format, type } = schema;
  const value = Number(text);
  const shown = numberShown(text, walking);
  const limit = (says: string) => walking.report({ rule: 'field-limit', at, says: `${says}; this is ${shown}` });
  const isInteger = type !== 'integer' && isInt64(text);
  const least = isInteger && minimum !== undefined ? Math.trunc(minimum) : minimum;
  const most = isInteger && maximum !== undefined ? Math.trunc(maximum) : maximum;
  if (least !== undefined && (exclusiveMinimum ? value <= least : value < least)) {
    limit(exclusiveMinimum ? `must be more than ${minimum}` : `must be at least ${minimum}`);
  }
  if (most !== undefined && (exclusiveMaximum ? value >= most : value > most)) {
    limit(exclusiveMaximum ? `must be less than ${maximum}` : `must be at most ${maximum}`);
  }
  if (multipleOf !== undefined && !isMultiple(text, multipleOf, type === 'integer')) {
    limit(`must be a multiple of ${multipleOf}`);
  }
  if (type === 'integer' && format === 'int32' && hasReached(walking.release, INT32_SINCE) && !fits(text, 32n)) {
    walking.report({ rule: 'field-value', at, says: mustBe('a whole number of at most 32 bits', shown) });
  }
}

/**
 * A whole number is held to the factor's whole part, and to nothing less than 1 at all.
 * @see kube-openapi pkg/validation/validate/values.go MultipleOfNativeType, MultipleOf
 */
function isMultiple(text: string, factor: number, isIntegerType: boolean): boolean {
  if (isInt64(text) && (!isIntegerType || Number.isInteger(factor))) {
    const whole = BigInt(Math.trunc(factor));
    return whole > 0n && BigInt(text) % whole === 0n;
  }
  const value = Number(text);
  const quotient = factor < 1 ? (1 / factor) * value : value / factor;
  const nearest = Math.round(quotient);
  return Number.isSafeInteger(nearest) && Math.abs(quotient - nearest) <= 1e-9 * Math.max(1, Math.abs(quotient));
}

function isInt64(text: string): boolean {
  return /^-?[0-9]+$/.test(text) && fits(text, 64n);
}

function checkEnum(value: string | number | boolean, at: number, { enum: values }: Schema, walking: Walking): void {
  if (values === undefined || values.includes(value)) return;
  walking.report({
    rule: 'field-enum',
    at,
    says: mustBe(`one of ${choices(values)}`, quoted(String(value), walking.hidesValues)),
  });
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
