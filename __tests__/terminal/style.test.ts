import { describe, expect, test } from 'vitest';
import { painter, wantsColour } from '../../src/terminal/style.ts';

describe('colour', () => {
  test.each<[rule: string, variables: Readonly<Record<string, string>>, isTerminal: boolean, expected: boolean]>([
    ['a terminal gets it', {}, true, true],
    ['a pipe does not', {}, false, false],
    ['NO_COLOR turns it off', { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, true, true],
    ['FORCE_COLOR turns it on in a pipe', { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR wins over NO_COLOR', { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0 turns it off', { FORCE_COLOR: '0' }, true, false],
    ['an empty FORCE_COLOR says nothing', { FORCE_COLOR: '' }, false, false],
    ['a dumb terminal does not', { TERM: 'dumb' }, true, false],
  ])('%s', (_, variables, isTerminal, expected) => {
    expect(wantsColour(variables, isTerminal)).toBe(expected);
  });
});

describe('a painted line', () => {
  const paint = painter(true);
  test.each([
    ['a title is bold', 'prod: 2 met', '\u001b[1mprod: 2 met\u001b[22m'],
    ['only the sign of a finding is painted', '  ✗ batch/v1beta1', '  \u001b[31m✗\u001b[39m batch/v1beta1'],
    ['what is met is green', '  ✓ apps/v1', '  \u001b[32m✓\u001b[39m apps/v1'],
    ['advice has an arrow', '      → Use batch/v1.', '      \u001b[36m→\u001b[39m Use batch/v1.'],
    ['other lines stay', '      at deploy/web.yaml:1:1', '      at deploy/web.yaml:1:1'],
    ['an empty line stays', '', ''],
  ])('%s', (_, line, painted) => {
    expect(paint(line)).toBe(painted);
  });

  test('stays as it is without colour', () => {
    expect(painter(false)('  ✗ batch/v1beta1')).toBe('  ✗ batch/v1beta1');
  });
});
