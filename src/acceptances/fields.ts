import type { Place, Problem } from '../model/place.ts';
import { type DocumentNode, dereference, fieldOf, fieldsOf } from '../yaml/node.ts';
import type { Located } from './located.ts';

/** The fields of one mapping, read one by one; what is wrong with them gathers in `problems`. */
export interface FieldReader {
  readonly text: (name: string) => string | undefined;
  readonly requiredText: (name: string) => string;
  /** One text, or a list of them. */
  readonly texts: (name: string) => readonly string[] | undefined;
  readonly wholeNumber: (name: string) => number | undefined;
  readonly place: (name: string) => Place;
}

function nearest(key: string, known: readonly string[]): string | undefined {
  const lower = key.toLowerCase();
  return known.find((name) => name.startsWith(lower.slice(0, 3)) || lower.startsWith(name.slice(0, 3)));
}

/** Reads `node`, which should be a mapping with no other keys than `known`; `what` names it in messages. */
export function readFields(
  node: DocumentNode | undefined,
  document: Located,
  what: string,
  known: readonly string[],
  problems: Problem[],
): FieldReader | undefined {
  const nodePlace = (): Place => document.place(node ?? { at: 0 });
  if (node?.kind !== 'mapping') {
    problems.push({ place: nodePlace(), message: `${what} must be a mapping with the keys ${known.join(', ')}.` });
    return undefined;
  }
  for (const field of fieldsOf(node)) {
    if (known.includes(field.name)) continue;
    const near = nearest(field.name, known);
    problems.push({
      place: document.place(field),
      message: `${what} has no key \`${field.name}\`.`,
      hint: near === undefined ? `Known keys: ${known.join(', ')}.` : `Write \`${near}\`.`,
    });
  }
  const find = (name: string): ReturnType<typeof dereference> | undefined => {
    const field = fieldOf(node, name);
    return field === undefined ? undefined : dereference(field.value);
  };
  const fault = (part: { readonly at: number }, message: string, hint?: string): undefined => {
    problems.push({ place: document.place(part), message, hint });
  };
  const asText = (value: DocumentNode, name: string): string | undefined => {
    if (value.kind === 'string' && value.tag?.startsWith('!') === true) {
      return fault(value, `\`${name}\` begins with \`!\`, which is a tag in YAML.`, 'Put the text in quotes.');
    }
    if (value.kind === 'string' && value.text.trim() !== '') return value.text.trim();
    // `yes` and `1_0` look like text, but YAML reads a boolean and a number.
    const hint = value.kind === 'boolean' || value.kind === 'number' ? 'Put the text in quotes.' : undefined;
    return fault(value, `\`${name}\` must be a text that is not empty.`, hint);
  };
  const text = (name: string): string | undefined => {
    const value = find(name);
    return value === undefined ? undefined : asText(value, name);
  };
  return {
    text,
    requiredText: (name) => {
      if (find(name) === undefined) fault(node, `${what} lacks \`${name}\`.`);
      return text(name) ?? '';
    },
    texts: (name) => {
      const value = find(name);
      if (value === undefined) return undefined;
      if (value.kind !== 'sequence') return [asText(value, name)].filter((item) => item !== undefined);
      if (value.items.length === 0) fault(value, `\`${name}\` is an empty list.`, 'Leave it out to mean all.');
      return value.items.map((item) => asText(item, name)).filter((item) => item !== undefined);
    },
    wholeNumber: (name) => {
      const value = find(name);
      if (value === undefined) return undefined;
      const number = value.kind === 'number' ? Number(value.text) : 0;
      if (Number.isSafeInteger(number) && number > 0) return number;
      return fault(value, `\`${name}\` must be a whole number above 0.`);
    },
    place: (name) => document.place(find(name) ?? node),
  };
}
