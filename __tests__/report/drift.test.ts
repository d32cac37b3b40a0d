import { expect, test } from 'vitest';
import type { DriftChange } from '../../src/model/verdict.ts';
import { describeChange, describeNeed, driftInNumbers, driftOutput, momentOf } from '../../src/report/drift.ts';
import { clusterVerdict } from '../helpers/sample-verdict.ts';

const change = (over: Partial<DriftChange>): DriftChange => ({
  kind: 'changed',
  what: 'resource',
  api: 'a/v1',
  neededBy: [],
  ...over,
});

test.each<[Partial<DriftChange>, string]>([
  [{ kind: 'lost', what: 'group-version', from: 'A, B' }, 'lost a/v1 (A, B)'],
  [{ kind: 'gained', what: 'group-version', to: '' }, 'gained a/v1'],
  [{ kind: 'gained', api: 'a/v1/as', to: 'A' }, 'gained a/v1/as (A)'],
  [{ what: 'verbs', api: 'a/v1/as', from: 'get', to: '' }, 'changed verbs of a/v1/as from get to none'],
  [{ what: 'preferred-version', api: 'a', from: 'v1', to: 'v2' }, 'changed preferred version of a from v1 to v2'],
  [{ what: 'server-version', from: 'v1.1', to: 'v1.2' }, 'changed server version from v1.1 to v1.2'],
])('%j reads: %s', (over, expected) => expect(describeChange(change(over))).toBe(expected));

test('what depends on a change is named with its places, the first three of them', () => {
  const at = (line: number) => ({
    text: 'a/v1/A',
    place: { kind: 'file', file: 'a.yaml', line } as const,
    object: { name: 'web' },
  });
  expect(describeNeed(change({ neededBy: [1, 2, 3, 4].map(at) }))).toBe(
    'needed by a/v1/A at a.yaml:1 (web), a.yaml:2 (web), a.yaml:3 (web) and 1 more',
  );
  expect(describeNeed(change({}))).toBe('');
});

test('numbers leave out what did not happen', () => {
  const drift = { since: 0, fails: false, unknown: [], changes: [] };
  expect(driftInNumbers(drift)).toBe('nothing changed');
  expect(driftInNumbers({ ...drift, changes: [change({ kind: 'lost' }), change({})], unknown: ['m/v1'] })).toBe(
    '1 lost, 1 changed; 1 API could not be compared',
  );
});

test('the output has one line for each change, whatever names hold', () => {
  const drift = { since: 0, fails: false, unknown: [], changes: [change({ kind: 'lost', api: 'a/v1\nb', from: '' })] };
  expect(driftOutput([clusterVerdict({ cluster: 'x', drift }), clusterVerdict({})])).toBe('x: lost a/v1 b');
});

test('a moment is in UTC', () => expect(momentOf(1_767_225_600_000)).toBe('2026-01-01 00:00 UTC'));
