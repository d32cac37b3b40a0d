import { describe, expect, test } from 'vitest';
import { impersonationHeaders, impersonationIdentity } from '../../../src/cluster/credentials/impersonation.ts';

const nobody = { user: '', uid: '', groups: [], extra: {} };

describe('headers', () => {
  test.each<[string, object, object]>([
    ['none for nobody', {}, {}],
    ['a user', { user: 'jane' }, { 'Impersonate-User': 'jane' }],
    ['a uid', { user: 'jane', uid: '42' }, { 'Impersonate-User': 'jane', 'Impersonate-Uid': '42' }],
    [
      'each group',
      { user: 'jane', groups: ['a', 'b'] },
      { 'Impersonate-User': 'jane', 'Impersonate-Group': ['a', 'b'] },
    ],
    [
      'each extra value',
      { user: 'jane', extra: { reason: ['a', 'b'], none: [] } },
      { 'Impersonate-User': 'jane', 'Impersonate-Extra-reason': ['a', 'b'] },
    ],
    [
      'keys that a header cannot have, escaped',
      { user: 'jane', extra: { 'a.com/ä%': ['x'] } },
      { 'Impersonate-User': 'jane', 'Impersonate-Extra-a.com%2F%C3%A4%25': ['x'] },
    ],
    ['the bytes of UTF-8', { user: 'ä' }, { 'Impersonate-User': 'Ã¤' }],
  ])('%s', (_, given, wanted) => {
    expect(impersonationHeaders({ ...nobody, ...given })).toEqual(wanted);
  });
});

describe('the identity', () => {
  test('of nobody is empty', () => {
    expect(impersonationIdentity(nobody)).toBe('');
  });

  test('does not depend on the order of groups and extra fields', () => {
    const one = { user: 'jane', uid: '', groups: ['a', 'b'], extra: { k: ['x'], l: ['y'] } };
    const two = { user: 'jane', uid: '', groups: ['b', 'a'], extra: { l: ['y'], k: ['x'] } };
    expect(impersonationIdentity(one)).toBe(impersonationIdentity(two));
  });

  test.each<[string, object]>([
    ['user', { user: 'john' }],
    ['uid', { uid: '2' }],
    ['group', { groups: ['x'] }],
    ['extra field', { extra: { k: ['x'] } }],
  ])('depends on the %s', (_, other) => {
    const jane = { ...nobody, user: 'jane' };
    expect(impersonationIdentity({ ...jane, ...other })).not.toBe(impersonationIdentity(jane));
  });
});
