import { describe, expect, test } from 'vitest';
import { namesInUse, whyNotAccepted } from '../../src/verdict/name-conflicts.ts';
import { indexSnapshot } from '../../src/verdict/served-apis.ts';
import { fromCrd } from '../helpers/judging.ts';
import { resource, snapshotOf } from '../helpers/snapshots.ts';

const before = indexSnapshot(
  snapshotOf({
    'example.com/v1': [
      resource('widgets', 'Widget', { shortNames: ['w'], singularName: 'wgt' }),
      resource('widgets/status', 'Widget'),
      resource('gizmos', 'Gizmo', { namespaced: false, shortNames: ['g'] }),
    ],
  }),
);
const V1 = { v1: true };

describe('why the API server does not serve a definition', () => {
  test.each([
    ['the same as it is', fromCrd('Widget', 'widgets', V1), undefined],
    ['a new one', fromCrd('Gadget', 'gadgets', V1), undefined],
    ['one of another group', fromCrd('Widget', 'things', V1, { group: 'example.org' }), undefined],
    ['another kind', fromCrd('Gadget', 'widgets', V1), /with the kind Widget/],
    ['another scope', fromCrd('Widget', 'widgets', V1, { namespaced: false }), /with the scope Namespaced/],
    ['another scope, the other way', fromCrd('Gizmo', 'gizmos', V1), /with the scope Cluster/],
    ['a scope that nothing tells', fromCrd('Gizmo', 'gizmos', V1, { namespaced: undefined }), undefined],
    ['a kind in use', fromCrd('Widget', 'things', V1), /its kind Widget is in use by widgets.example.com/],
    [
      'a list kind in use',
      fromCrd('Thing', 'things', V1, { names: { listKind: 'WidgetList' } }),
      /its kind WidgetList is in use by widgets/,
    ],
    ['a plural in use as a short name', fromCrd('Thing', 'w', V1), /its name w is in use by widgets/],
    ['a plural in use as a singular', fromCrd('Thing', 'wgt', V1), /its name wgt is in use by widgets/],
    [
      'a singular in use',
      fromCrd('Thing', 'things', V1, { names: { singular: 'gizmos' } }),
      /its name gizmos is in use by gizmos/,
    ],
    [
      'a short name in use',
      fromCrd('Thing', 'things', V1, { names: { shortNames: ['t', 'g'] } }),
      /its name g is in use by gizmos/,
    ],
    [
      'a group of the API server',
      fromCrd('Thing', 'things', V1, { group: 'networking.k8s.io' }),
      /the API server's own/,
    ],
    ['what an operator makes later', fromCrd('Widget', 'things', V1, { isWhole: false }), undefined],
  ])('%s', (_rule, definition, why) => {
    const answer = whyNotAccepted(definition, before, []);
    if (why === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatch(why);
  });

  test('a definition before it in the change has its names', () => {
    const first = fromCrd('Gadget', 'gadgets', V1, { names: { shortNames: ['x'] } });
    const second = fromCrd('Thing', 'things', V1, { names: { shortNames: ['x'] } });
    expect(whyNotAccepted(second, before, [first])).toMatch(/its name x is in use by gadgets.example.com/);
  });

  test('a definition before it in the change frees the names that it no longer asks for', () => {
    const first = fromCrd('Widget', 'widgets', V1);
    const second = fromCrd('Thing', 'things', V1, { names: { shortNames: ['w'] } });
    expect(whyNotAccepted(second, before, [first])).toBeUndefined();
  });
});

describe('the names of a definition that is served already', () => {
  test.each([
    [
      'are those that it asks for',
      { singular: 'widget', shortNames: ['w', 'x'] },
      { singular: 'widget', shortNames: ['w', 'x'] },
    ],
    [
      'stay where another has one of them',
      { singular: 'gizmo', shortNames: ['x', 'g'] },
      { singular: 'wgt', shortNames: ['w'] },
    ],
  ])('%s', (_rule, names, expected) => {
    const definition = fromCrd('Widget', 'widgets', V1, { names });
    expect(namesInUse('example.com', definition.names, before)).toMatchObject(expected);
  });
});
