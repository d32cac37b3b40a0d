import { type DocumentNode, dereference, type SequenceNode } from '../yaml/node.ts';
import { propertyOf, type Schema } from './schema.ts';
import { countingFields } from './walking.ts';

/** An item of a list that may not be there a second time, or may not be there at all. */
export interface RepeatedItem {
  readonly index: number;
  readonly at: number;
  readonly says: string;
}

/**
 * Items of a list that is a set, or a map by keys, that repeat an earlier one: each value is told once.
 * @see apiextensions-apiserver pkg/apiserver/schema/listtype/validation.go ValidateListSetsAndMaps
 */
export function duplicatesIn(sequence: SequenceNode, schema: Schema): readonly RepeatedItem[] {
  const isSet = schema['x-kubernetes-list-type'] === 'set';
  const isMap = schema['x-kubernetes-list-type'] === 'map';
  if ((!isSet && !isMap) || sequence.items.length < 2) return [];
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Map<string, number>();
  const repeated: RepeatedItem[] = [];
  sequence.items.forEach((item, index) => {
    const identity = isSet ? canonical(item) : mapKey(item, keys, schema.items ?? {});
    if (identity === undefined) return;
    const times = (seen.get(identity) ?? 0) + 1;
    seen.set(identity, times);
    if (times !== 2) return;
    const says = isSet
      ? 'repeats an item of a list that is a set'
      : `repeats the ${keys.join(', ')} of an earlier item, which must be unique`;
    repeated.push({ index, at: dereference(item).at, says });
  });
  return repeated;
}

/** The keys of an item as one text, with their defaults; `undefined` for what is not an object, which is wrong for another reason. */
function mapKey(item: DocumentNode, keys: readonly string[], schema: Schema): string | undefined {
  const value = dereference(item);
  if (value.kind !== 'mapping') return undefined;
  const fields = new Map(countingFields(value).map((field) => [field.name, field.value]));
  return JSON.stringify(
    keys.map((key) => {
      const property = propertyOf(schema, key);
      const given = fields.get(key);
      const isAbsent = given === undefined || (dereference(given).kind === 'null' && property?.nullable !== true);
      if (!isAbsent) return canonical(given);
      return property?.default === undefined ? null : JSON.stringify(property.default);
    }),
  );
}

/** A value as JSON with sorted keys: the same text for the same value. */
function canonical(node: DocumentNode): string {
  const value = dereference(node);
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'string':
      return JSON.stringify(value.text);
    case 'number':
      return value.text;
    case 'boolean':
      return String(value.value);
    case 'sequence':
      return `[${value.items.map(canonical).join(',')}]`;
    case 'mapping': {
      const fields = countingFields(value).map(
        ({ name, value: inner }) => `${JSON.stringify(name)}:${canonical(inner)}`,
      );
      return `{${fields.sort().join(',')}}`;
    }
  }
}
