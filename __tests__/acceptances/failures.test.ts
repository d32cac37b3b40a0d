import { describe, expect, test } from 'vitest';
import { failuresOf, gravest, isAccepted, takenToAccept } from '../../src/acceptances/failures.ts';
import type { FailOn, Finding } from '../../src/model/verdict.ts';
import { finding } from '../helpers/sample-verdict.ts';

const DEPRECATED = { kind: 'deprecated', message: 'Old.' } as const;
const REMOVED = { kind: 'removed-by-target', message: 'Gone soon.' } as const;
const ALL: readonly FailOn[] = ['missing', 'unknown', 'deprecated', 'removed-by-target'];

describe('failuresOf', () => {
  test.each([
    ['what is not met is missing', { met: 'no' }, ALL, ['missing']],
    ['what is unknown is nothing else', { met: 'unknown' }, ALL, ['unknown']],
    ['a deprecation', { lifecycle: [DEPRECATED] }, ALL, ['deprecated']],
    ['both of what looks ahead', { lifecycle: [DEPRECATED, REMOVED] }, ALL, ['deprecated', 'removed-by-target']],
    ['only what is asked for', { lifecycle: [DEPRECATED, REMOVED] }, ['deprecated'], ['deprecated']],
    ['unknown and removed are two', { met: 'unknown', lifecycle: [REMOVED] }, ALL, ['unknown', 'removed-by-target']],
    ['all where nothing is asked for', { met: 'no', lifecycle: [REMOVED] }, [], ['missing', 'removed-by-target']],
  ] satisfies [string, Partial<Finding>, readonly FailOn[], readonly FailOn[]][])('%s', (_, over, failOn, expected) => {
    expect(failuresOf(finding(over), failOn)).toEqual(expected);
  });
});

describe('isAccepted: each stands for itself and for what is milder', () => {
  test.each([
    ['deprecated', ['deprecated'], true],
    ['deprecated', ['removed-by-target'], true],
    ['deprecated', ['missing'], true],
    ['removed-by-target', ['missing'], true],
    ['removed-by-target', ['deprecated'], false],
    ['missing', ['deprecated'], false],
    ['missing', ['removed-by-target'], false],
    ['missing', ['deprecated', 'removed-by-target'], false],
    ['missing', ['unknown'], false],
    ['unknown', ['missing'], false],
    ['unknown', ['deprecated', 'removed-by-target', 'missing'], false],
    ['unknown', ['unknown'], true],
    ['deprecated', ['unknown'], false],
    ['missing', [], false],
  ] satisfies [FailOn, FailOn[], boolean][])('%s by %j: %s', (failure, accepted, expected) => {
    expect(isAccepted(failure, accepted)).toBe(expected);
  });
});

describe('takenToAccept: the mildest failure that the job is red for', () => {
  test.each([
    [['missing', 'unknown'], ['missing']],
    [['unknown'], ['unknown']],
    [['missing', 'unknown', 'deprecated'], ['deprecated']],
    [['missing', 'removed-by-target'], ['removed-by-target']],
    [['removed-by-target', 'deprecated'], ['deprecated']],
    [[], []],
  ] satisfies [FailOn[], FailOn[]][])('%j: %j', (failOn, expected) => {
    expect(takenToAccept(failOn)).toEqual(expected);
  });
});

test.each([
  [['deprecated', 'missing', 'removed-by-target'], 'missing'],
  [['missing', 'unknown'], 'unknown'],
  [[], undefined],
] satisfies [FailOn[], FailOn | undefined][])('gravest of %j: %s', (failures, expected) => {
  expect(gravest(failures)).toBe(expected);
});
