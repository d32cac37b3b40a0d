import { expect, test } from 'vitest';
import { readPatternLine } from '../../src/model/pattern-line.ts';

test.each([
  ['deploy/*.yaml', { excludes: false, pattern: 'deploy/*.yaml' }],
  ['!deploy/old', { excludes: true, pattern: 'deploy/old' }],
  ['! deploy/old', { excludes: true, pattern: 'deploy/old' }],
  ['!(dev)/*.yaml', { excludes: false, pattern: '!(dev)/*.yaml' }],
  ['! (dev)/*.yaml', { excludes: true, pattern: '(dev)/*.yaml' }],
  ['!!(dev)/*.yaml', { excludes: true, pattern: '!(dev)/*.yaml' }],
  ['!\\(dev)/*.yaml', { excludes: true, pattern: '\\(dev)/*.yaml' }],
  ['deploy/!(dev)', { excludes: false, pattern: 'deploy/!(dev)' }],
])('%s', (line, expected) => {
  expect(readPatternLine(line)).toEqual(expected);
});
