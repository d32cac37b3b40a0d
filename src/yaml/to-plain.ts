import { type DocumentNode, dereference, fieldsOf } from './node.ts';

/** A value of JSON. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/**
 * The JavaScript value of a document: aliases and merges resolved, the last of equal keys. Objects have no prototype, so that no key is special.
 *
 * Numbers are the nearest double; who needs a whole number beyond 2^53 takes the text of its node.
 */
export function toPlain(root: DocumentNode): PlainValue {
  // What several aliases refer to is made once, so that a small text cannot become a large value.
  const known = new Map<DocumentNode, PlainValue>();
  const convert = (from: DocumentNode): PlainValue => {
    const node = dereference(from);
    switch (node.kind) {
      case 'null':
        return null;
      case 'boolean':
        return node.value;
      case 'string':
        return node.text;
      case 'number':
        return Number(node.text);
    }
    const before = known.get(node);
    if (before !== undefined) return before;
    const value = node.kind === 'sequence' ? node.items.map(convert) : plainObject(node, convert);
    known.set(node, value);
    return value;
  };
  return convert(root);
}

function plainObject(node: DocumentNode, convert: (value: DocumentNode) => PlainValue): PlainValue {
  const value: Record<string, PlainValue> = Object.create(null);
  for (const field of fieldsOf(node)) value[field.name] = convert(field.value);
  return value;
}
