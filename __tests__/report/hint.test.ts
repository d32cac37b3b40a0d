import { expect, test } from 'vitest';
import { readHint } from '../../src/report/hint.ts';

test.each([
  ['advice alone has no example', 'Raise `timeout`.', 'Raise `timeout`.', []],
  ['lines of advice stay together', 'Raise it.\nOr lower it.', 'Raise it.\nOr lower it.', []],
  [
    'what follows a blank line is an example, with its indentation',
    'Run this:\n\non:\n  push:\n',
    'Run this:',
    ['on:', '  push:'],
  ],
  ['a blank line in an example stays', 'Run this:\n\na\n\n  b', 'Run this:', ['a', '', '  b']],
  ['a blank line at the end begins nothing', 'Raise it.\n\n', 'Raise it.', []],
])('%s', (_rule, text, advice, example) => {
  expect(readHint(text)).toEqual({ advice, example });
});
