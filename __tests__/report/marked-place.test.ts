import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodePath, isInRepository, markedPlace } from '../../src/report/marked-place.ts';

test.each([
  ['deploy/web.yaml', true],
  ['..hidden/web.yaml', true],
  ['/tmp/web.yaml', false],
  ['../web.yaml', false],
  ['C:\\web.yaml', false],
  ['', false],
])('isInRepository %j', (file, expected) => {
  expect(isInRepository(file)).toBe(expected);
});

describe('markedPlace', () => {
  test.each([
    ['nothing for nothing', undefined, undefined],
    ['nothing for an input', { kind: 'input', input: 'require', line: 1 }, undefined],
    ['nothing outside the repository', { kind: 'file', file: '/tmp/a.yaml', line: 1 }, undefined],
    [
      'the line and column of a file',
      { kind: 'file', file: 'a.yaml', line: 2, column: 3 },
      { file: 'a.yaml', line: 2, column: 3 },
    ],
    [
      'the template, wherever the rendered file lies',
      { kind: 'file', file: '/tmp/a.yaml', line: 9, template: 'charts/a/templates/a.yaml' },
      { file: 'charts/a/templates/a.yaml', line: 1 },
    ],
  ] as const)('%s', (_, place, expected) => {
    expect(markedPlace(place)).toEqual(expected);
  });
});

test('any path becomes an address that a browser takes for a path', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      expect(encodePath(path)).toMatch(/^[\w.!~*'()%/-]*$/);
    }),
  );
});
