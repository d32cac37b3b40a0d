import { expect, test } from 'vitest';
import { significantLines } from '../../src/model/lines.ts';

test.each([
  ['a line is what stands between white space', '  apps/v1\t', [[1, 'apps/v1']]],
  ['lines are counted from 1, empty ones and comments included', '\n# why\n\nv1\n', [[4, 'v1']]],
  [
    'Windows line ends count once',
    'a\r\n\r\nb',
    [
      [1, 'a'],
      [3, 'b'],
    ],
  ],
  [
    'a lone carriage return ends a line',
    'a\rb',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  ['a comment may follow on the line', 'apps/v1 # web', [[1, 'apps/v1']]],
  ['a # inside a name is part of it', 'deploy/a#1.yaml', [[1, 'deploy/a#1.yaml']]],
  ['a byte order mark and non-breaking spaces are white space', '\uFEFFapps/v1\u00A0', [[1, 'apps/v1']]],
  ['nothing has no lines', ' \n\t\n', []],
])('%s', (_rule, text, expected) => {
  expect(significantLines(text).map((line) => [line.number, line.text])).toEqual(expected);
});
