import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLike, isLikeByPart, partsOf } from '../../src/acceptances/name-pattern.ts';

describe('isLike', () => {
  test.each([
    ['prod', 'prod', true],
    ['prod', 'prod-eu', false],
    ['prod-*', 'prod-eu', true],
    ['*-eu', 'prod-eu', true],
    ['*od*', 'prod-eu', true],
    ['Pod*od', 'Pod', false],
    ['**', '', true],
    ['', '', true],
    ['', 'a', false],
  ])('%s for %s: %s', (pattern, text, expected) => {
    expect(isLike(pattern, text)).toBe(expected);
  });

  test('stars for any pieces of a text mean that text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 }).filter((piece) => !piece.includes('*'))), (pieces) => {
        expect(isLike(pieces.map((piece, index) => (index % 2 === 0 ? piece : '*')).join(''), pieces.join(''))).toBe(
          true,
        );
      }),
    );
  });
});

describe('isLikeByPart', () => {
  test.each([
    ['*/*/*', 'apps/v1/Deployment', true],
    ['*/*', 'apps/v1/Deployment', false],
    ['*', 'v1', true],
    ['apps/*', '!apps/v1', false],
    ['a|b', 'a | b', true],
    ['a  |  b', 'a | b', true],
    ['* | *', 'v1 | v2', true],
    ['*', 'v1 | v2', false],
    ['* *', 'server-version >=1.29', true],
  ])('%s for %s: %s', (pattern, text, expected) => {
    expect(isLikeByPart(partsOf(pattern), partsOf(text))).toBe(expected);
  });
});
