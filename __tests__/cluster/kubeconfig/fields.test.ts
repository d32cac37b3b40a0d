import { describe, expect, test } from 'vitest';
import { type Fields, fieldsOf } from '../../../src/cluster/kubeconfig/fields.ts';
import { GateError } from '../../../src/model/errors.ts';

const read = (value: unknown) => fieldsOf(value, 'config', 'users[0].user');

describe('a field reads as', () => {
  test.each<[string, unknown, (fields: Fields) => unknown, unknown]>([
    ['text', { a: 'x' }, (f) => f.text('a'), 'x'],
    ['empty text where it is absent', {}, (f) => f.text('a'), ''],
    ['empty text where it is null', { a: null }, (f) => f.text('a'), ''],
    ['empty text where its object is absent', undefined, (f) => f.text('a'), ''],
    ['empty text where only a prototype has it', {}, (f) => f.text('constructor'), ''],
    ['a list of texts', { a: ['x', 'y'] }, (f) => f.texts('a'), ['x', 'y']],
    ['an empty list where it is null', { a: null }, (f) => f.texts('a'), []],
    ['lists of texts by name', { a: { k: ['x'], l: null } }, (f) => f.textLists('a'), { k: ['x'], l: [] }],
    ['true', { a: true }, (f) => f.flag('a'), true],
    ['false where it is absent', {}, (f) => f.flag('a'), false],
    ['what base64 stands for', { a: 'aGVs\nbG8=\r\n' }, (f) => f.base64('a'), 'hello'],
    ['a child', { a: { b: 'x' } }, (f) => f.child('a').text('b'), 'x'],
    ['no child', { a: null }, (f) => f.optionalChild('a'), undefined],
    ['children', { a: [{ b: 'x' }, null] }, (f) => f.children('a').map((child) => child.text('b')), ['x', '']],
    ['whatever it is', { a: [1] }, (f) => f.unknown('a'), [1]],
  ])('%s', (_, value, get, wanted) => {
    expect(get(read(value))).toEqual(wanted);
  });
});

describe('an error names the field and not what it holds', () => {
  test.each<[string, unknown, (fields: Fields) => unknown, string, string | undefined]>([
    [
      'a number for text',
      { a: 4711 },
      (f) => f.text('a'),
      'users[0].user.a must be a string, and is a number',
      'Put the value into quotes.',
    ],
    [
      'a boolean for text',
      { a: true },
      (f) => f.text('a'),
      'users[0].user.a must be a string, and is a boolean',
      'Put the value into quotes.',
    ],
    [
      'an object for text',
      { a: {} },
      (f) => f.text('a'),
      'users[0].user.a must be a string, and is an object',
      undefined,
    ],
    [
      'text for a list',
      { a: '4711' },
      (f) => f.texts('a'),
      'users[0].user.a must be a list, and is a string',
      undefined,
    ],
    [
      'a number in a list',
      { a: ['x', 4711] },
      (f) => f.texts('a'),
      'users[0].user.a[1] must be a string, and is a number',
      'Put the value into quotes.',
    ],
    [
      'a list for lists by name',
      { a: [] },
      (f) => f.textLists('a'),
      'users[0].user.a must be an object, and is a list',
      undefined,
    ],
    [
      'text for a flag',
      { a: '4711' },
      (f) => f.flag('a'),
      'users[0].user.a must be true or false, and is a string',
      undefined,
    ],
    [
      'a list for a child',
      { a: [] },
      (f) => f.child('a'),
      'users[0].user.a must be an object, and is a list',
      undefined,
    ],
    [
      'text for children',
      { a: [{}, '4711'] },
      (f) => f.children('a'),
      'users[0].user.a[1] must be an object, and is a string',
      undefined,
    ],
    ['letters that base64 has not', { a: '47*11' }, (f) => f.base64('a'), 'users[0].user.a must be base64', undefined],
    [
      'base64 with a blank in it',
      { a: 'aGVs bG8=' },
      (f) => f.base64('a'),
      'users[0].user.a must be base64',
      undefined,
    ],
    ['base64 that was cut', { a: 'aGVsbG8' }, (f) => f.base64('a'), 'users[0].user.a must be base64', undefined],
  ])('%s', (_, value, get, message, hint) => {
    const error = thrownBy(() => get(read(value)));
    expect(error).toMatchObject({
      outcome: 'invalid-input',
      code: 'kubeconfig-field',
      message: `config: ${message}`,
      hint,
    });
    expect(`${error.message}${error.hint}`).not.toContain('4711');
  });

  test('PEM for base64 says how to encode it, or where it may stand as it is', () => {
    const fields = fieldsOf({ 'client-key-data': '-----BEGIN PRIVATE KEY-----\nMII4711\n' }, 'config', 'user');
    const error = thrownBy(() => fields.base64('client-key-data'));
    expect(error.hint).toContain('base64 -w0');
    expect(error.hint).toContain('`user.client-key`');
    expect(error.hint).not.toContain('4711');
  });

  test('a document that is no object at all', () => {
    const error = thrownBy(() => fieldsOf('4711', 'config', ''));
    expect(error.message).toBe('config is not a kubeconfig: it must be a YAML mapping, and is a string');
    expect(error.hint).toContain('kubectl config view --raw');
  });
});

function thrownBy(action: () => unknown): GateError {
  try {
    action();
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
