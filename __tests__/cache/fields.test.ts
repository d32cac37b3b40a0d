import { describe, expect, test } from 'vitest';
import { field, fields, list, optional, optionalText, optionalWords, text, word } from '../../src/cache/fields.ts';

describe('fields', () => {
  test.each([
    ['a list', []],
    ['null', null],
    ['a word', 'x'],
    ['nothing', undefined],
  ])('%s is no object, and the error names the place', (_name, value) => {
    expect(() => fields(value, 'groups[3]')).toThrow('its field groups[3] is not an object');
  });
});

describe('word', () => {
  test.each([
    ['a line break', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['an escape', '\u001b[31m'],
    ['a line separator', 'a\u2028b'],
    ['more than 1024 characters', 'a'.repeat(1025)],
    ['a number', 1],
    ['nothing', undefined],
  ])('%s is none', (_name, value) => {
    expect(() => word(value, 'name')).toThrow('its field name is not a word');
  });

  test.each(['', 'pods/eviction', '__proto__', 'größe', 'a'.repeat(1024)])('%j is one', (value) => {
    expect(word(value, 'name')).toBe(value);
  });
});

describe('fields that are not there', () => {
  test.each(['constructor', 'toString', '__proto__'])('%s is not found on the prototype', (name) => {
    expect(field({}, name)).toBeUndefined();
    expect(optionalText({}, name, 'entry')).toBeUndefined();
    expect(() => text({}, name, 'entry')).toThrow();
  });

  test('a list that is missing is an error, unless it may be', () => {
    expect(() => list({}, 'verbs', 'resource', word)).toThrow('its field resource.verbs is not a list');
    expect(optionalWords({}, 'verbs', 'resource')).toBeUndefined();
    expect(() => optionalWords({ verbs: 'get' }, 'verbs', 'resource')).toThrow();
  });

  test('an absent field is left out, and not undefined', () => {
    expect(Object.keys({ ...optional('group', undefined), ...optional('name', '') })).toEqual(['name']);
  });
});
