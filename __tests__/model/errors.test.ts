import { describe, expect, test } from 'vitest';
import { GateError, toGateError } from '../../src/model/errors.ts';

describe('GateError', () => {
  test('carries outcome, code, message, hint, cause and problems', () => {
    const cause = new Error('ECONNREFUSED');
    const problems = [{ place: { kind: 'input', input: 'require', line: 1 }, message: 'no' }] as const;
    const error = new GateError('unreachable', 'refused', 'nothing listens', { hint: 'start it', cause, problems });
    expect(error).toMatchObject({
      name: 'GateError',
      outcome: 'unreachable',
      code: 'refused',
      message: 'nothing listens',
      hint: 'start it',
      cause,
      problems,
    });
  });

  test('needs no more than outcome, code and message', () => {
    const error = new GateError('denied', 'unauthorized', 'no');
    expect(error.hint).toBeUndefined();
    expect(error.problems).toEqual([]);
    expect('cause' in error).toBe(false);
  });
});

describe('toGateError', () => {
  test('leaves a GateError as it is', () => {
    const error = new GateError('denied', 'unauthorized', 'no');
    expect(toGateError(error)).toBe(error);
  });

  test.each([
    ['an error', new TypeError('x is undefined'), 'x is undefined'],
    ['a string', 'boom', 'boom'],
    ['nothing', null, 'null'],
  ])('takes %s for a defect of ours, and says so', (_what, thrown, message) => {
    const error = toGateError(thrown);
    expect(error).toMatchObject({ outcome: 'internal-error', code: 'unexpected', cause: thrown });
    expect(error.message).toContain(message);
    expect(error.hint).toContain('defect of kube-api-gate');
  });
});
