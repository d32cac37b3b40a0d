import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeGroupList,
  decodeResourceList,
  encodeGroupList,
  encodeResourceList,
} from '../../../src/cache/kubectl/documents.ts';

const core = { groupVersion: 'v1', version: 'v1' };

describe('documents are written as Go writes them', () => {
  test.each([
    [
      'the core group',
      { groups: [{ name: '', versions: [core], preferredVersion: core }] },
      '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"","versions":[{"groupVersion":"v1","version":"v1"}],"preferredVersion":{"groupVersion":"v1","version":"v1"}}]}\n',
    ],
    [
      'a group without versions: a nil slice, and an empty struct that omitempty does not omit',
      { groups: [{ name: 'stale.example.com', versions: [] }] },
      '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"stale.example.com","versions":null,"preferredVersion":{"groupVersion":"","version":""}}]}\n',
    ],
    [
      'characters that HTML or JavaScript would mind',
      { groups: [{ name: '<a>&\u2028\u2029', versions: [] }] },
      '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"\\u003ca\\u003e\\u0026\\u2028\\u2029","versions":null,"preferredVersion":{"groupVersion":"","version":""}}]}\n',
    ],
  ])('%s', (_name, groups, expected) => {
    expect(encodeGroupList(groups)).toBe(expected);
  });

  test('a resource: fields in the order of the Go type, whatever order they came in', () => {
    const resource = {
      categories: ['all'],
      shortNames: ['deploy'],
      verbs: ['get', 'list'],
      kind: 'Deployment',
      version: 'v1',
      group: 'apps',
      namespaced: true,
      singularName: 'deployment',
      name: 'deployments',
    };
    expect(encodeResourceList({ groupVersion: 'apps/v1', resources: [resource] })).toBe(
      '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"apps/v1","resources":[{"name":"deployments","singularName":"deployment","namespaced":true,"group":"apps","version":"v1","kind":"Deployment","verbs":["get","list"],"shortNames":["deploy"],"categories":["all"]}]}\n',
    );
  });

  test('what is empty is left out, but not what is always there', () => {
    const bare = { name: 'a', singularName: '', namespaced: false, kind: '', verbs: [] };
    const resource = { ...bare, group: '', version: '', shortNames: [], categories: [], storageVersionHash: '' };
    expect(encodeResourceList({ groupVersion: 'v1', resources: [resource] })).toBe(
      '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v1","resources":[{"name":"a","singularName":"","namespaced":false,"kind":"","verbs":[]}]}\n',
    );
    expect(encodeResourceList({ groupVersion: 'v1', resources: [] })).toBe(
      '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v1","resources":[]}\n',
    );
  });
});

describe('documents are read strictly', () => {
  test.each([
    ['empty', ''],
    ['not JSON', '{"kind":'],
    ['another kind', '{"kind":"Status","apiVersion":"v1","groups":[]}'],
    ['no kind', '{"groups":[]}'],
    ['another version', '{"kind":"APIGroupList","apiVersion":"v2","groups":[]}'],
    ['groups that are no list', '{"kind":"APIGroupList","apiVersion":"v1","groups":{}}'],
    ['a group whose name is a number', '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":1}]}'],
  ])('groups: %s', (_name, document) => {
    expect(() => decodeGroupList(document)).toThrow();
  });

  test.each([
    [
      'of another group-version',
      '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"batch/v1","resources":[]}',
    ],
    [
      'with a number for a verb',
      '{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"apps/v1","resources":[{"name":"a","singularName":"","namespaced":true,"kind":"","verbs":[1]}]}',
    ],
  ])('resources: %s', (_name, document) => {
    expect(() => decodeResourceList(document, 'apps/v1')).toThrow();
  });

  test('what is absent or null has the zero value that Go gives it', () => {
    expect(decodeGroupList('{"kind":"APIGroupList","apiVersion":"v1"}')).toEqual({ groups: [] });
    expect(decodeGroupList('{"kind":"APIGroupList","apiVersion":"v1","groups":null}')).toEqual({ groups: [] });
    expect(
      decodeResourceList('{"kind":"APIResourceList","apiVersion":"v1","groupVersion":"v1","resources":null}', 'v1'),
    ).toEqual({ groupVersion: 'v1', resources: [] });
  });

  test('property: what is written reads back', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'Z', '.', '/', '<', '&', '"', '\\', 'ß') });
    const full = fc.string({ minLength: 1, unit: fc.constantFrom('a', '-', '<') });
    const groupVersion = fc.record({ groupVersion: full, version: full });
    const groups = fc.array(
      fc.record(
        { name: words, versions: fc.array(groupVersion), preferredVersion: groupVersion },
        { requiredKeys: ['name', 'versions'] },
      ),
    );
    fc.assert(
      fc.property(groups, (each) => {
        expect(decodeGroupList(encodeGroupList({ groups: each }))).toEqual({ groups: each });
      }),
    );
    const resources = fc.array(
      fc.record(
        {
          name: words,
          singularName: words,
          namespaced: fc.boolean(),
          kind: words,
          verbs: fc.array(words),
          group: full,
          version: full,
          shortNames: fc.array(words, { minLength: 1 }),
          categories: fc.array(words, { minLength: 1 }),
          storageVersionHash: full,
        },
        { requiredKeys: ['name', 'singularName', 'namespaced', 'kind', 'verbs'] },
      ),
    );
    fc.assert(
      fc.property(resources, full, (each, name) => {
        const list = { groupVersion: name, resources: each };
        expect(decodeResourceList(encodeResourceList(list), name)).toEqual(list);
      }),
    );
  });
});
