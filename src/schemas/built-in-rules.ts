import { speller } from '../model/spelling.ts';
import { type DocumentNode, dereference, type FieldNode, type MappingNode, type SequenceNode } from '../yaml/node.ts';
import { isBase64 } from './formats.ts';
import { isGoDuration, isMicroTime, isTime } from './go-time.ts';
import { isQuantity } from './quantity.ts';
import { propertyOf, type Schema } from './schema.ts';
import {
  countingFields,
  described,
  hasPlaceholder,
  pathTo,
  resolved,
  typeField,
  type Walking,
  withoutReport,
} from './walking.ts';
import { choices, mustBe, quoted } from './wording.ts';

type Value = Exclude<DocumentNode, { kind: 'alias' }>;

/**
 * Holds a value to a type of Go: what the API server does when it decodes a built-in object. Null means absent, everywhere; a struct takes no field that it does
 * not have; what `required` says is not what decoding enforces.
 * @see sigs.k8s.io/json internal/golang/encoding/json/decode.go
 */
export function builtInValue(
  node: DocumentNode,
  reference: Schema,
  walking: Walking,
  type = '',
  isLenient = false,
): void {
  const { schema, type: named = type } = resolved(reference, walking);
  const value = dereference(node);
  if (value.kind === 'null') return;
  if (value.kind === 'string' && hasPlaceholder(value.text))
    goValue(value, schema, named, isLenient, withoutReport(walking));
  else goValue(value, schema, named, isLenient, walking);
}

function goValue(value: Value, schema: Schema, named: string, isLenient: boolean, walking: Walking): void {
  if (schema.type === undefined) {
    if (schema.format !== undefined) selfDecoding(value, schema, walking);
    return;
  }
  switch (schema.type) {
    case 'object':
      if (value.kind === 'mapping') {
        builtInObject(value, schema, named, isLenient, walking);
        return;
      }
      break;
    case 'array':
      if (value.kind === 'sequence') {
        builtInList(value, schema, named, isLenient, walking);
        return;
      }
      break;
    case 'string':
      if (schema.format === 'byte') {
        bytes(value, walking);
        return;
      }
      if (value.kind === 'string') {
        builtInEnum(value.text, value.at, schema, walking);
        return;
      }
      break;
    case 'boolean':
      if (value.kind === 'boolean') return;
      break;
    case 'number':
      if (value.kind === 'number') return;
      break;
    case 'integer':
      if (value.kind === 'number') {
        wholeNumber(value.text, value.at, schema.format, walking);
        return;
      }
      break;
  }
  walking.report({
    rule: 'field-type',
    at: value.at,
    says: `must be ${TYPE_WORDS[schema.type]}; this is ${described(value)}`,
  });
}

/** What messages call a type. */
export const TYPE_WORDS = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
} as const;

function builtInObject(mapping: MappingNode, schema: Schema, type: string, isLenient: boolean, walking: Walking): void {
  const { properties, additionalProperties } = schema;
  const isMap = properties === undefined && additionalProperties !== undefined;
  for (const field of countingFields(mapping)) {
    const property = isMap
      ? typeof additionalProperties === 'object'
        ? additionalProperties
        : {}
      : propertyOf(schema, field.name);
    if (property === undefined) {
      if (!isLenient && properties !== undefined) unknownField(field, { type, schema, mapping }, walking);
      continue;
    }
    if (!isMap && walking.onField !== undefined) {
      walking.onField(typeField(walking, type, field.name), field.at, () => pathTo(walking, field.name));
    }
    walking.path.push(field.name);
    if (!isMap) walking.leads.push(type, field.name);
    builtInValue(field.value, property, walking, type, isLenient);
    if (!isMap) walking.leads.length -= 2;
    walking.path.pop();
  }
}

/** The object in which a field stands, and what is known of it. */
interface Owner {
  readonly type: string;
  readonly schema: Schema;
  readonly mapping: MappingNode;
}

/** A field that is given already is not one that was meant here. */
function nearMisses(name: string, { schema, mapping }: Owner): readonly string[] {
  const given = new Set(mapping.fields.map((field) => field.name));
  return speller(Object.keys(schema.properties ?? {}).filter((known) => !given.has(known)))(name);
}

/** A field that a type does not have. A template's own key is one that is still to come. */
export function unknownField({ name, at }: FieldNode, owner: Owner, walking: Walking): void {
  const reporting = hasPlaceholder(name) ? withoutReport(walking) : walking;
  reporting.report({
    rule: 'field-unknown',
    at,
    path: pathTo(walking, name),
    says: '',
    lacking: typeField(walking, owner.type, name),
    near: nearMisses(name, owner),
  });
}

function builtInList(
  sequence: SequenceNode,
  { items = {} }: Schema,
  type: string,
  isLenient: boolean,
  walking: Walking,
): void {
  sequence.items.forEach((item, index) => {
    walking.path.push(index);
    builtInValue(item, items, walking, type, isLenient);
    walking.path.pop();
  });
}

/** The server decodes any text and validates later, by rules that its schema does not tell: so this is a doubt and no more. An empty text stands for the default. */
function builtInEnum(text: string, at: number, { enum: values }: Schema, walking: Walking): void {
  if (values === undefined || text === '' || values.includes(text)) return;
  walking.report({
    rule: 'field-enum',
    at,
    says: mustBe(`one of ${choices(values)}`, quoted(text, walking.hidesValues)),
    isDoubtful: true,
  });
}

const WHOLE = /^-?[0-9]+$/;

/** @see Go encoding/json: a number for an int field must be written without point and exponent, and fit */
function wholeNumber(text: string, at: number, format: string | undefined, walking: Walking): void {
  if (!WHOLE.test(text)) {
    walking.report({ rule: 'field-type', at, says: `must be a whole number; this is ${numberShown(text, walking)}` });
  } else if (!fits(text, format === 'int32' ? 32n : 64n)) {
    const bits = format === 'int32' ? 32 : 64;
    walking.report({
      rule: 'field-value',
      at,
      says: mustBe(`a whole number of at most ${bits} bits`, numberShown(text, walking)),
    });
  }
}

/** Whether a whole number fits a signed integer of so many bits. */
export function fits(text: string, bits: bigint): boolean {
  if (text.length <= 9) return true;
  const value = BigInt(text);
  return value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n);
}

/** A number as a message shows it. */
export function numberShown(text: string, { hidesValues }: Walking): string {
  return hidesValues ? 'a number' : text;
}

/** @see Go encoding/json decode.go: a []byte is base64 in a string, or a list of numbers */
function bytes(value: DocumentNode, walking: Walking): void {
  if (value.kind === 'string') {
    if (!isBase64(value.text.replace(/[\r\n]/g, ''))) {
      walking.report({ rule: 'field-value', at: value.at, says: 'must be base64' });
    }
    return;
  }
  if (value.kind === 'sequence' && value.items.every(isByte)) return;
  walking.report({ rule: 'field-type', at: value.at, says: `must be text in base64; this is ${described(value)}` });
}

function isByte(node: DocumentNode): boolean {
  const value = dereference(node);
  if (value.kind === 'null') return true;
  return value.kind === 'number' && WHOLE.test(value.text) && Number(value.text) >= 0 && Number(value.text) <= 255;
}

/** Types that decode themselves. */
function selfDecoding(value: Value, schema: Schema, walking: Walking): void {
  switch (schema.format) {
    case 'quantity':
      quantity(value, walking);
      return;
    case 'int-or-string':
      intOrString(value, walking);
      return;
    case 'time':
      textOf(value, isTime, 'a time such as 2026-01-31T12:00:00Z', walking);
      return;
    case 'micro-time':
      textOf(value, isMicroTime, 'a time such as 2026-01-31T12:00:00.000000Z', walking);
      return;
    case 'go-duration':
      textOf(value, isGoDuration, 'a duration such as 1h30m', walking);
      return;
    case 'schema-or-bool':
    case 'schema-or-array':
    case 'schema-or-texts':
      jsonSchema(value, schema, walking);
      return;
  }
}

/** @see apimachinery pkg/api/resource/quantity.go UnmarshalJSON */
function quantity(value: Value, walking: Walking): void {
  const what = 'a quantity such as 500m or 1.5Gi';
  if (value.kind !== 'string' && value.kind !== 'number') {
    walking.report({ rule: 'field-type', at: value.at, says: `must be ${what}; this is ${described(value)}` });
  } else if (!isQuantity(value.text)) {
    walking.report({ rule: 'field-value', at: value.at, says: mustBe(what, quoted(value.text, walking.hidesValues)) });
  }
}

/** @see apimachinery pkg/util/intstr/intstr.go UnmarshalJSON */
function intOrString(value: Value, walking: Walking): void {
  if (value.kind === 'string') return;
  if (value.kind === 'number') {
    wholeNumber(value.text, value.at, 'int32', walking);
    return;
  }
  walking.report({
    rule: 'field-type',
    at: value.at,
    says: `must be a whole number or text; this is ${described(value)}`,
  });
}

function textOf(value: Value, isOne: (text: string) => boolean, what: string, walking: Walking): void {
  if (value.kind !== 'string') {
    walking.report({ rule: 'field-type', at: value.at, says: `must be ${what}; this is ${described(value)}` });
  } else if (!isOne(value.text)) {
    walking.report({ rule: 'field-value', at: value.at, says: mustBe(what, quoted(value.text, walking.hidesValues)) });
  }
}

/**
 * A JSON schema within a CustomResourceDefinition, in one of the forms that are decoded without looking for unknown fields.
 * @see apiextensions-apiserver pkg/apis/apiextensions/v1/marshal.go
 */
function jsonSchema(value: Value, { format, items = {} }: Schema, walking: Walking): void {
  if (value.kind === 'mapping') {
    builtInValue(value, items, walking, '', true);
    return;
  }
  if (value.kind === 'sequence' && format !== 'schema-or-bool') {
    const item: Schema = format === 'schema-or-texts' ? { type: 'string' } : items;
    builtInList(value, { items: item }, '', true, walking);
    return;
  }
  if (format === 'schema-or-bool' && value.kind !== 'boolean') {
    walking.report({
      rule: 'field-type',
      at: value.at,
      says: `must be a schema, true or false; this is ${described(value)}`,
    });
  }
}
