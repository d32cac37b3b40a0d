import { expect, test } from 'vitest';
import { formatPlace, type Place } from '../../src/model/place.ts';

test.each<readonly [rule: string, place: Place, expected: string]>([
  ['an input without a line is its name', { kind: 'input', input: 'timeout' }, 'timeout'],
  ['a line of an input', { kind: 'input', input: 'require', line: 3 }, 'require:3'],
  ['a line of a file', { kind: 'file', file: 'deploy/web.yaml', line: 12 }, 'deploy/web.yaml:12'],
  ['a column of a file', { kind: 'file', file: 'deploy/web.yaml', line: 12, column: 5 }, 'deploy/web.yaml:12:5'],
  [
    'the template behind a rendered file is told elsewhere',
    { kind: 'file', file: 'out.yaml', line: 2, template: 'chart/templates/web.yaml' },
    'out.yaml:2',
  ],
])('%s', (_rule, place, expected) => {
  expect(formatPlace(place)).toBe(expected);
});
