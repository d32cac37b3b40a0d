/** A JSON object whose fields are not checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** Longest name or word in a discovery document that is believed. */
const MAX_LENGTH = 1024;
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** `value` as an object. `path` names it in the error, as everywhere here. */
export function fields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unlike(path, 'an object');
  return value as Fields;
}

/** An own field: one that is missing is not to be found on the prototype instead. */
export function field(owner: Fields, name: string): unknown {
  return Object.hasOwn(owner, name) ? owner[name] : undefined;
}

/** A field that is a list, each of its items read by `item`. */
export function list<Item>(
  owner: Fields,
  name: string,
  path: string,
  item: (value: unknown, path: string) => Item,
): readonly Item[] {
  const values = field(owner, name);
  if (!Array.isArray(values)) throw unlike(`${path}.${name}`, 'a list');
  return values.map((value, index) => item(value, `${path}.${name}[${index}]`));
}

/** A field that is a word. */
export function text(owner: Fields, name: string, path: string): string {
  return word(field(owner, name), `${path}.${name}`);
}

/** A field that is a word or absent. */
export function optionalText(owner: Fields, name: string, path: string): string | undefined {
  return field(owner, name) === undefined ? undefined : text(owner, name, path);
}

/** A field that is a list of words or absent. */
export function optionalWords(owner: Fields, name: string, path: string): readonly string[] | undefined {
  return field(owner, name) === undefined ? undefined : list(owner, name, path, word);
}

/** A short string without control characters: a log and a report can show it as it is. */
export function word(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.length > MAX_LENGTH || CONTROL_CHARACTERS.test(value)) {
    throw unlike(path, 'a word');
  }
  return value;
}

/** A property for an object literal, or none at all: an absent field and one that is `undefined` are two types. */
export function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]: Value });
}

/** The error for a field that is not what it should be. */
export function unlike(path: string, expected: string): Error {
  return new Error(`its field ${path} is not ${expected}`);
}
