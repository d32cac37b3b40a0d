import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  expectKind,
  flag,
  InvalidDocument,
  MOST_PARTS,
  object,
  objects,
  parseDocument,
  text,
  texts,
} from '../../src/model/json-document.ts';

test.each([
  ['nothing', '', 'an empty body'],
  ['only space', ' \n', 'an empty body'],
  ['a truncated document', '{"kind":"APIGroupList","groups":[{"na', /^a body of 37 characters that is not JSON: /],
  ['a byte order mark', '\ufeff{}', /^a body of 3 characters that is not JSON: /],
  ['null', 'null', 'JSON that is null, not an object'],
  ['a list', '[]', 'JSON that is a list, not an object'],
  ['a string', '"ok"', 'JSON that is a string, not an object'],
  ['a number', '1', 'JSON that is the number 1, not an object'],
])('%s is not a document', (_, body, message) => {
  expect(() => parseDocument(body)).toThrow(InvalidDocument);
  expect(() => parseDocument(body)).toThrow(message);
});

test('a document that is nested a million times is read or is invalid, and nothing else', () => {
  const deep = `{"items":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`;
  try {
    objects(parseDocument(deep), 'items');
  } catch (cause) {
    expect(cause).toBeInstanceOf(InvalidDocument);
  }
});

const filled = (unit: string, number: number): string => `{"items":[${new Array(number).fill(unit).join()}]}`;
const TOO_MANY = `JSON of more than ${MOST_PARTS} objects and lists`;

test.each([
  ['empty objects', filled('{}', MOST_PARTS)],
  ['empty lists', filled('[]', MOST_PARTS)],
  ['objects in objects', filled('{"a":{}}', MOST_PARTS / 2)],
  ['a list in a list, and so on', `{"items":${'['.repeat(MOST_PARTS)}${']'.repeat(MOST_PARTS)}}`],
  ['with spaces', filled(' { } ', MOST_PARTS)],
  ['behind strings that end oddly', filled('{"a":"\\\\"}', MOST_PARTS)],
])('too many parts are not even parsed: %s', (_, body) => {
  expect(() => parseDocument(body)).toThrow(InvalidDocument);
  expect(() => parseDocument(body)).toThrow(TOO_MANY);
});

test.each([
  ['as many as there may be', filled('{}', MOST_PARTS - 2)],
  ['values that are neither', filled('1', 2 * MOST_PARTS)],
  ['strings that look like them', filled('"{["', MOST_PARTS)],
  ['strings with quotes in them', filled('"\\"{["', MOST_PARTS)],
])('what is not too much is parsed: %s', (_, body) => {
  expect(parseDocument(body).fields).toHaveProperty('items');
});

test.each([
  ['a kind that is absent', '{}', 'JSON without a kind where APIGroupList was expected'],
  ['another kind', '{"kind":"PodList"}', 'kind "PodList" where APIGroupList was expected'],
  [
    'a Status',
    '{"kind":"Status","message":"etcd is away"}',
    'kind "Status" where APIGroupList was expected: etcd is away',
  ],
  ['a kind that is no text', '{"kind":1}', 'JSON whose kind is the number 1, not a string'],
])('%s is refused and named', (_, body, message) => {
  expect(() => expectKind(parseDocument(body), 'APIGroupList')).toThrow(message);
});

const document = parseDocument('{"a":null,"b":{"c":[{"d":true},null]},"t":["x",null],"__proto__":{"kind":"stolen"}}');

test('what is absent or null has the zero value that Go would give it', () => {
  for (const field of ['a', 'missing']) {
    expect(text(document, field)).toBe('');
    expect(flag(document, field)).toBe(false);
    expect(object(document, field)).toBeUndefined();
    expect(objects(document, field)).toEqual([]);
    expect(texts(document, field)).toEqual([]);
  }
  expect(texts(document, 't')).toEqual(['x', '']);
  expect(objects(object(document, 'b') ?? document, 'c').map((entry) => flag(entry, 'd'))).toEqual([true, false]);
});

test('a field called __proto__ is a field like any other', () => {
  expect(() => expectKind(document, 'stolen')).toThrow('JSON without a kind');
});

test.each([
  [
    'text',
    '{"items":[{"versions":[{"version":1}]}]}',
    'JSON whose items[0].versions[0].version is the number 1, not a string',
  ],
  ['list', '{"items":{}}', 'JSON whose items is an object, not a list'],
  ['object', '{"items":["x"]}', 'JSON whose items[0] is a string, not an object'],
  ['list of lists', '{"items":[[]]}', 'JSON whose items[0] is a list, not an object'],
])('a wrong type is named with the path of the field: %s', (_, body, message) => {
  expect(() =>
    objects(parseDocument(body), 'items').map((item) =>
      objects(item, 'versions').map((version) => text(version, 'version')),
    ),
  ).toThrow(message);
});

test('a list of texts names its element', () => {
  expect(() => texts(parseDocument('{"verbs":["get",{}]}'), 'verbs')).toThrow(
    'JSON whose verbs[1] is an object, not a string',
  );
});

test('a flag is true or false and nothing like them', () => {
  expect(() => flag(parseDocument('{"namespaced":"true"}'), 'namespaced')).toThrow(
    'JSON whose namespaced is a string, not true or false',
  );
});

test('whatever a body is, it is a document or invalid', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (body) => {
      try {
        parseDocument(body);
      } catch (cause) {
        expect(cause).toBeInstanceOf(InvalidDocument);
      }
    }),
  );
});
