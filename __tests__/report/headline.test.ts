import { describe, expect, test } from 'vitest';
import { GateError } from '../../src/model/errors.ts';
import type { Finding, Verdict } from '../../src/model/verdict.ts';
import { headline, isNotEnforced, tally } from '../../src/report/headline.ts';
import {
  clusterVerdict,
  finding,
  greenVerdict,
  haltedVerdict,
  variedVerdict,
  verdict,
} from '../helpers/sample-verdict.ts';

const ACCEPTANCE = { kind: 'exemption', reason: 'known', place: { kind: 'file', file: 'e.yaml', line: 1 } } as const;

function given(outcome: Verdict['outcome'], ...findings: (Partial<Finding> & { text: string })[]): Verdict {
  return verdict({ outcome, clusters: [clusterVerdict({ outcome, findings: findings.map((one) => finding(one)) })] });
}

function halted(outcome: 'unreachable' | 'denied' | 'internal-error' | 'invalid-input'): Verdict {
  const error = new GateError(outcome, 'code', 'It went wrong.');
  return verdict({ outcome, clusters: [clusterVerdict({ outcome, findings: [], error })] });
}

describe('headline', () => {
  test.each([
    ['all met', greenVerdict(), 'Compatible: all 2 requirements are met on prod'],
    ['the one met', given('compatible', { text: 'v1' }), 'Compatible: the one requirement is met on prod'],
    [
      'some not met, which fail-on lets pass',
      given('compatible', { text: 'v1' }, { text: 'v2', met: 'no' }),
      'Not enforced: 1 of 2 requirements is met on prod; 1 not met, which fail-on lets pass',
    ],
    [
      'some accepted',
      given('compatible', { text: 'v1' }, { text: 'v2', met: 'no', acceptance: ACCEPTANCE }),
      'Compatible: 1 of 2 requirements is met on prod; 1 not met, but accepted',
    ],
    [
      'some missing',
      given(
        'incompatible',
        { text: 'v1' },
        { text: 'v2', met: 'no', fails: true },
        { text: 'v3', met: 'no', fails: true },
      ),
      'Incompatible: 2 of 3 requirements are not met on prod',
    ],
    [
      'all missing',
      given('incompatible', { text: 'v2', met: 'no', fails: true }),
      'Incompatible: 1 requirement is not met on prod',
    ],
    [
      'only deprecated',
      given('incompatible', { text: 'v2', fails: true, lifecycle: [{ kind: 'deprecated', message: 'Old.' }] }),
      'Incompatible: 1 requirement is deprecated or to be removed on prod',
    ],
    [
      'unknown',
      given('undetermined', { text: 'v1' }, { text: 'v2', met: 'unknown', fails: true }),
      'Undetermined: 1 of 2 requirements could not be judged on prod',
    ],
    [
      'one of everything',
      variedVerdict(),
      'Incompatible: 1 of 7 requirements is not met on production-eu, 1 is unknown; production-us could not be judged; 1 place in the input cannot be used',
    ],
    ['a halted run', haltedVerdict(), 'Invalid input: The input has 2 mistakes; nothing was asked.'],
    ['no answer', halted('unreachable'), 'Unreachable: prod could not be asked'],
    ['refused', halted('denied'), 'Denied: prod refused discovery'],
    ['a defect', halted('internal-error'), 'Internal error: It went wrong.'],
    ['bad credentials', halted('invalid-input'), 'Invalid input: It went wrong.'],
    [
      'a manifest that cannot be read',
      verdict({
        outcome: 'invalid-input',
        problems: [{ place: { kind: 'file', file: 'a.yaml', line: 1 }, message: 'no' }],
      }),
      'Invalid input: 1 place in the input cannot be used',
    ],
  ])('%s', (_, verdictGiven, expected) => {
    expect(headline(verdictGiven)).toBe(expected);
  });
});

describe('a green job that lets something pass says so first', () => {
  const place = { kind: 'file', file: 'e.yaml', line: 1 } as const;
  test.each([
    [
      'all of it',
      [{ text: 'v1', met: 'no' }],
      'Not enforced: 0 of 1 requirement is met on prod; 1 not met, which fail-on lets pass',
    ],
    [
      'what is unknown',
      [{ text: 'v1', met: 'unknown' }, { text: 'v2' }],
      'Not enforced: 1 of 2 requirements is met on prod; 1 unknown, which fail-on lets pass',
    ],
    [
      'both',
      [{ text: 'v1', met: 'unknown' }, { text: 'v2', met: 'no' }, { text: 'v3' }],
      'Not enforced: 1 of 3 requirements is met on prod; 1 not met and 1 unknown, which fail-on lets pass',
    ],
    ['nothing', [{ text: 'v1' }], 'Compatible: the one requirement is met on prod'],
    [
      'only a deprecation',
      [{ text: 'v1', lifecycle: [{ kind: 'deprecated', message: 'Old.' }] }],
      'Compatible: the one requirement is met on prod',
    ],
    [
      'only what a person accepted',
      [{ text: 'v1', met: 'no', acceptance: { kind: 'exemption', reason: 'x', place } }],
      'Compatible: 0 of 1 requirement is met on prod; 1 not met, but accepted',
    ],
  ] satisfies [string, Parameters<typeof given>[1][], string][])('%s', (_, findings, expected) => {
    const judged = given('compatible', ...findings);
    expect(headline(judged)).toBe(expected);
    expect(isNotEnforced(judged)).toBe(expected.startsWith('Not enforced'));
  });
});

test('each finding counts once', () => {
  const [cluster] = variedVerdict().clusters;
  expect(tally(cluster?.findings ?? [])).toEqual({ met: 4, notMet: 1, unknown: 1, accepted: 1, fields: 0, failing: 2 });
});
