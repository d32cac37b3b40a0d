/**
 * From unknown JSON to checked values, once, at the border.
 *
 * A field that is absent or null has its type's zero value, as Go's encoding/json leaves it and API servers rely on; one of the wrong type makes the
 * whole document invalid, and the error says which field.
 */

/** A document that cannot be what it was asked for. The message begins with the field, or says what is wrong with the whole. */
export class InvalidDocument extends Error {
  override readonly name = 'InvalidDocument';
}

/** One object of a document, and its path from the root: `''`, `items[3].versions[0]`. */
export interface DocumentObject {
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The most objects and lists that a document may hold: an answer of 24 MiB about 80,000 resources has half a million of them, while one of `{},{},…`
 * would have eight million, and take gigabytes once it is parsed.
 */
export const MOST_PARTS = 600_000;

/** Each takes two characters at least, so that a shorter text needs no look. */
const SHORTEST_TOO_MANY = 2 * MOST_PARTS;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;

/** Whether a text of JSON opens more than `MOST_PARTS` objects and lists; what is in strings does not count. */
function hasTooManyParts(body: string): boolean {
  if (body.length <= SHORTEST_TOO_MANY) return false;
  let parts = 0;
  for (let at = 0; at < body.length && parts <= MOST_PARTS; at += 1) {
    const code = body.charCodeAt(at);
    if (code === OPENING_BRACE || code === OPENING_BRACKET) parts += 1;
    if (code !== QUOTE) continue;
    for (at += 1; at < body.length && body.charCodeAt(at) !== QUOTE; at += 1) {
      if (body.charCodeAt(at) === BACKSLASH) at += 1;
    }
  }
  return parts > MOST_PARTS;
}

/**
 * The root object of a body.
 *
 * @throws InvalidDocument when the body is empty, not JSON, not an object, or holds too many of them.
 */
export function parseDocument(body: string): DocumentObject {
  if (body.trim() === '') throw new InvalidDocument('an empty body');
  if (hasTooManyParts(body)) throw new InvalidDocument(`JSON of more than ${MOST_PARTS} objects and lists`);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    // A body that is nested too deeply for the parser ends here as well.
    throw new InvalidDocument(`a body of ${body.length} characters that is not JSON: ${textOfError(cause)}`, { cause });
  }
  if (!isObject(value)) throw new InvalidDocument(`JSON that is ${describe(value)}, not an object`);
  return { path: '', fields: value };
}

/**
 * Holds a document to the kind that was asked for. Without this, `{}` and a Status would read as an empty list, which is an answer.
 *
 * @throws InvalidDocument that says which kind came, and quotes a Status.
 */
export function expectKind(document: DocumentObject, expected: string): void {
  const kind = text(document, 'kind');
  if (kind === expected) return;
  if (kind === '') throw new InvalidDocument(`JSON without a kind where ${expected} was expected`);
  const message = kind === 'Status' ? text(document, 'message') : '';
  const said = message === '' ? '' : `: ${message}`;
  throw new InvalidDocument(`kind ${JSON.stringify(kind)} where ${expected} was expected${said}`);
}

/**
 * Holds an object to fields that its writer never leaves out, for documents of our own: there an absence is damage, and not a zero value.
 *
 * @throws InvalidDocument that names the first one that is absent.
 */
export function expectFields(object: DocumentObject, fields: readonly string[]): void {
  for (const field of fields) {
    const value = object.fields[field];
    if (value === undefined || value === null) throw new InvalidDocument(`JSON without ${pathOf(object, field)}`);
  }
}

/** A string; absent is `''`. */
export function text(object: DocumentObject, field: string): string {
  const value = object.fields[field];
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw wrongType(pathOf(object, field), value, 'a string');
  return value;
}

/** A boolean; absent is false. */
export function flag(object: DocumentObject, field: string): boolean {
  const value = object.fields[field];
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw wrongType(pathOf(object, field), value, 'true or false');
  return value;
}

/** An object, or undefined when absent. */
export function object(parent: DocumentObject, field: string): DocumentObject | undefined {
  const value = parent.fields[field];
  if (value === undefined || value === null) return undefined;
  return checkedObject(value, pathOf(parent, field));
}

/** The objects of a list; absent is an empty list, and a null among them an empty object. */
export function objects(parent: DocumentObject, field: string): readonly DocumentObject[] {
  return elements(parent, field).map((value, index) =>
    checkedObject(value ?? {}, `${pathOf(parent, field)}[${index}]`),
  );
}

/** The strings of a list; absent is an empty list, and a null among them `''`. */
export function texts(parent: DocumentObject, field: string): readonly string[] {
  return elements(parent, field).map((value, index) => {
    if (value === null) return '';
    if (typeof value !== 'string') throw wrongType(`${pathOf(parent, field)}[${index}]`, value, 'a string');
    return value;
  });
}

function elements(parent: DocumentObject, field: string): readonly unknown[] {
  const value = parent.fields[field];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrongType(pathOf(parent, field), value, 'a list');
  return value;
}

function checkedObject(value: unknown, path: string): DocumentObject {
  if (!isObject(value)) throw wrongType(path, value, 'an object');
  return { path, fields: value };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where a field stands, from the root. */
export function pathOf(parent: DocumentObject, field: string): string {
  return parent.path === '' ? field : `${parent.path}.${field}`;
}

function wrongType(path: string, value: unknown, expected: string): InvalidDocument {
  return new InvalidDocument(`JSON whose ${path} is ${describe(value)}, not ${expected}`);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'a string';
  return `the ${typeof value} ${String(value)}`;
}

function textOfError(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
