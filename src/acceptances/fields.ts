import type { Place, Problem } from '../model/place.ts';
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
  node: Located,
  what: string,
  known: readonly string[],
  problems: Problem[],
): FieldReader | undefined {
  if (node.kind !== 'map') {
    problems.push({ place: node.place, message: `${what} must be a mapping with the keys ${known.join(', ')}.` });
    return undefined;
  }
  for (const { key, place } of node.entries) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    problems.push({
      place,
      message: `${what} has no key \`${key}\`.`,
      hint: near === undefined ? `Known keys: ${known.join(', ')}.` : `Write \`${near}\`.`,
    });
  }
  const find = (name: string): Located | undefined => node.entries.find(({ key }) => key === name)?.value;
  const fault = (place: Place, message: string, hint?: string): undefined => {
    problems.push({ place, message, ...(hint === undefined ? {} : { hint }) });
  };
  const asText = (value: Located, name: string): string | undefined => {
    if (value.kind === 'scalar' && value.tagged) {
      return fault(value.place, `\`${name}\` begins with \`!\`, which is a tag in YAML.`, 'Put the text in quotes.');
    }
    if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.value.trim() === '') {
      return fault(value.place, `\`${name}\` must be a text that is not empty.`);
    }
    return value.value.trim();
  };
  const text = (name: string): string | undefined => {
    const value = find(name);
    return value === undefined ? undefined : asText(value, name);
  };
  return {
    text,
    requiredText: (name) => {
      if (find(name) === undefined) fault(node.place, `${what} lacks \`${name}\`.`);
      return text(name) ?? '';
    },
    texts: (name) => {
      const value = find(name);
      if (value === undefined) return undefined;
      if (value.kind !== 'list') return [asText(value, name)].filter((item) => item !== undefined);
      if (value.items.length === 0) fault(value.place, `\`${name}\` is an empty list.`, 'Leave it out to mean all.');
      return value.items.map((item) => asText(item, name)).filter((item) => item !== undefined);
    },
    wholeNumber: (name) => {
      const value = find(name);
      if (value === undefined) return undefined;
      if (value.kind === 'scalar' && Number.isSafeInteger(value.value) && Number(value.value) > 0)
        return Number(value.value);
      return fault(value.place, `\`${name}\` must be a whole number above 0.`);
    },
    place: (name) => find(name)?.place ?? node.place,
  };
}
