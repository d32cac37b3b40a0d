/** Values in a form in which what two parsers made of one text can be compared. */
import * as fc from 'fast-check';
import { type DocumentNode, dereference, fieldsOf } from '../../src/yaml/node.ts';

export { fc };

/** A document's value: texts and the structure as they are, of numbers only that they are some. */
export function plainValueOf(node: DocumentNode | undefined): unknown {
  if (node === undefined) return null;
  const value = dereference(node);
  switch (value.kind) {
    case 'mapping':
      return Object.fromEntries(fieldsOf(value).map((field) => [field.name, plainValueOf(field.value)]));
    case 'sequence':
      return value.items.map(plainValueOf);
    case 'string':
      return value.text;
    case 'boolean':
      return value.value;
    case 'number':
      return 0;
    case 'null':
      return null;
  }
}

/** The same of a value that another parser made. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return 0;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainValue(each)]));
}
