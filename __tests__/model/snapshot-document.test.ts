import { expect, test } from 'vitest';
import { InvalidDocument, parseDocument } from '../../src/model/json-document.ts';
import { gapRecord, gapsIn, groupsIn, serverVersionIn, word } from '../../src/model/snapshot-document.ts';

const document = (value: object) => parseDocument(JSON.stringify(value));

test.each([
  ['a group without versions', { groups: [{ name: 'a' }] }, 'groups[0].versions'],
  [
    'a version without resources',
    { groups: [{ name: 'a', versions: [{ version: 'v1' }] }] },
    'groups[0].versions[0].resources',
  ],
  ['a name with a line end', { groups: [{ name: 'a\nb', versions: [] }] }, 'groups[0].name is not a word'],
  ['a name without end', { groups: [{ name: 'a'.repeat(1025), versions: [] }] }, 'groups[0].name is not a word'],
])('%s is refused, with its place', (_rule, value, message) => {
  expect(() => groupsIn(document(value), 'groups')).toThrow(message);
});

test('a gap is kept without the words of the server, and comes back with others', () => {
  const gaps = [
    { kind: 'endpoint', endpoint: '/apis', reason: 'forbidden', message: 'User "ci" cannot' },
    { kind: 'group-version', groupVersion: 'a/v1', reason: 'stale', message: '10.0.0.7' },
  ] as const;
  const read = gapsIn(document({ gaps: gaps.map(gapRecord) }), 'gaps', 'then');
  expect(read).toEqual(gaps.map((gap) => ({ ...gap, message: 'then' })));
});

test('a version that is absent is nothing, and one that is broken is refused', () => {
  expect(serverVersionIn(document({}), 'version')).toBeUndefined();
  expect(() => serverVersionIn(document({ version: { major: '1' } }), 'version')).toThrow(InvalidDocument);
});

test('a word is short, and draws nothing', () => {
  expect(word(document({ a: 'ß/1' }), 'a')).toBe('ß/1');
  for (const bad of ['\u001b[2J', '\u2028', '\u009b'])
    expect(() => word(document({ a: bad }), 'a')).toThrow(InvalidDocument);
});
