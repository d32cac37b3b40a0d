import { describe, expect, test } from 'vitest';
import type { FieldFault } from '../../src/model/field-fault.ts';
import {
  type FieldJudging,
  fieldFindings,
  leavingBy,
  leavingFindings,
  untoldFinding,
} from '../../src/verdict/field-findings.ts';
import { MANIFEST, requirementOf } from '../helpers/judging.ts';

const SPEC = 'io.k8s.api.core.v1.ServiceSpec';
const requirement = requirementOf('v1/Service', MANIFEST);
const judging = (minor: string, more: Partial<FieldJudging> = {}): FieldJudging => ({
  cluster: 'production',
  serverVersion: { gitVersion: `v1.${minor}`, major: '1', minor },
  fails: true,
  failOn: ['missing', 'unknown'],
  ...more,
});
const fault = (more: Partial<FieldFault>): Omit<FieldFault, 'at'> => ({
  rule: 'field-unknown',
  path: 'spec.trafficDistribution',
  says: '',
  near: [],
  isDoubtful: false,
  ...more,
});
const lacking = { component: SPEC, property: 'trafficDistribution' };
const one = (given: Omit<FieldFault, 'at'>, options: FieldJudging) =>
  fieldFindings([{ fault: given, requirement }], options)[0];

describe('words', () => {
  test.each([
    [
      'since when there is such a field',
      fault({ lacking, near: ['x'] }),
      '28.15',
      'spec.trafficDistribution is unknown to production (1.28.15). Kubernetes has it since 1.30.',
      undefined,
    ],
    [
      'what was meant',
      fault({ near: ['image'], path: 'spec.imagee' }),
      '37.2',
      'spec.imagee is unknown to production (1.37.2).',
      'Did you mean image?',
    ],
    [
      'nothing of a field that nobody knows',
      fault({ path: 'spec.x' }),
      '37.2',
      'spec.x is unknown to production (1.37.2).',
      undefined,
    ],
    [
      'what is wrong',
      fault({ rule: 'field-type', path: 'a', says: 'must be text; this is a number' }),
      '37.2',
      'a must be text; this is a number.',
      undefined,
    ],
  ])('%s', (_rule, given, minor, explanation, advice) => {
    expect(one(given, judging(minor))).toMatchObject({ explanation, ...(advice === undefined ? {} : { advice }) });
  });
});

describe('what fails', () => {
  test.each([
    ['a field that does not fit', fault({}), judging('37.2'), true],
    ['not by warn', fault({}), judging('37.2', { fails: false }), false],
    ['not where nothing is to fail', fault({}), judging('37.2', { failOn: [] }), false],
    ['not by a doubt', fault({ isDoubtful: true }), judging('37.2'), false],
  ])('%s', (_rule, given, options, expected) => {
    expect(one(given, options)?.fails).toBe(expected);
  });

  test('an accepted field does not', () => {
    const acceptance = { kind: 'exemption' as const, reason: 'x', place: MANIFEST };
    expect(one(fault({}), judging('37.2', { accept: () => acceptance }))).toMatchObject({
      standing: 'exempt',
      fails: false,
    });
  });

  test.each([
    [['unknown'] as const, true],
    [['missing'] as const, false],
  ])('schemas that were not told, by fail-on %j: %s', (failOn, expected) => {
    const untold = { groupVersion: 'v1', requirement, message: 'GET /openapi/v3 answered 403 Forbidden' };
    expect(untoldFinding(untold, judging('37.2', { failOn }))).toMatchObject({
      met: 'unknown',
      fails: expected,
      explanation: 'The fields of v1 were not judged on production: GET /openapi/v3 answered 403 Forbidden.',
    });
  });
});

test('looking ahead tells fields that the target version does not have', () => {
  const what = leavingBy({ major: 1, minor: 29 })(lacking);
  expect([what, leavingBy({ major: 1, minor: 30 })(lacking)]).toEqual(['not there before 1.30', undefined]);
  const [finding] = leavingFindings(
    [{ path: 'spec.trafficDistribution', requirement, what: what ?? '' }],
    judging('37.2'),
  );
  expect(finding).toMatchObject({ met: 'yes', fails: false, lifecycle: [{ kind: 'removed-by-target' }] });
});
