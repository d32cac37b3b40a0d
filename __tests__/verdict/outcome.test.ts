import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/model/errors.ts';
import type { Finding } from '../../src/model/verdict.ts';
import { combine, outcomeOf } from '../../src/verdict/outcome.ts';
import { requirementOf } from '../helpers/judging.ts';

function finding(met: Finding['met'], fails: boolean): Finding {
  const standing = ({ yes: 'served', no: 'missing', unknown: 'unknown' } as const)[met];
  return { requirement: requirementOf('v1'), cluster: 'prod', standing, met, fails, explanation: '', lifecycle: [] };
}

describe('outcomeOf', () => {
  test.each([
    ['nothing that fails is compatible', [finding('yes', false), finding('no', false)], 'compatible'],
    ['nothing at all is compatible', [], 'compatible'],
    ['what is not met and fails is incompatible', [finding('yes', false), finding('no', true)], 'incompatible'],
    ['what is unknown and fails is undetermined', [finding('unknown', true)], 'undetermined'],
    ['what is not met outweighs what is unknown', [finding('unknown', true), finding('no', true)], 'incompatible'],
    ['what is met and yet fails, as it is deprecated, is incompatible', [finding('yes', true)], 'incompatible'],
  ] as const)('%s', (_rule, findings, expected) => {
    expect(outcomeOf(findings)).toBe(expected);
  });
});

describe('combine', () => {
  const order: readonly Outcome[] = [
    'internal-error',
    'incompatible',
    'invalid-input',
    'denied',
    'unreachable',
    'undetermined',
    'compatible',
  ];

  test.each(order.slice(1).map((milder, index) => [order[index] ?? milder, milder] as const))(
    '%s outweighs %s, whichever comes first',
    (worse, milder) => {
      expect(combine([worse, milder])).toBe(worse);
      expect(combine([milder, worse])).toBe(worse);
    },
  );

  test('all have to be compatible for the whole to be', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order), { minLength: 1 }), (outcomes) => {
        expect(combine(outcomes) === 'compatible').toBe(outcomes.every((outcome) => outcome === 'compatible'));
      }),
    );
  });

  test('no outcome at all is not a green one', () => {
    expect(combine([])).toBe('internal-error');
  });
});
