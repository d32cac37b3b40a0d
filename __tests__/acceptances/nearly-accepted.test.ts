import { expect, test } from 'vitest';
import { nearlyAccepted } from '../../src/acceptances/nearly-accepted.ts';
import type { FailOn } from '../../src/model/verdict.ts';
import { finding } from '../helpers/sample-verdict.ts';

const place = { kind: 'file', file: 'e.yaml', line: 7 } as const;
const nothing = { failOn: ['missing', 'unknown'], exemptions: [], byTemplate: [], entries: [] } as const;

test('nothing near says nothing', () => {
  expect(nearlyAccepted(finding({ met: 'no' }), nothing)).toBeUndefined();
});

test.each([
  [['deprecated'], 'missing', 'missing'],
  [['removed-by-target'], 'missing', 'missing'],
  [['deprecated'], 'unknown', '[deprecated, unknown]'],
  [['missing'], 'unknown', '[missing, unknown]'],
  [['unknown'], 'missing', '[missing, unknown]'],
  [['deprecated', 'unknown'], 'missing', '[missing, unknown]'],
] satisfies [FailOn[], 'missing' | 'unknown', string][])(
  'accepts %j, found %s: write %s',
  (accepts, failure, expected) => {
    const given = finding({ met: failure === 'missing' ? 'no' : 'unknown' });
    const exemption = { requirement: 'v1', reason: 'x', accepts, place };
    expect(nearlyAccepted(given, { ...nothing, exemptions: [exemption] })).toContain(
      `write \`accepts: ${expected}\` there.`,
    );
  },
);
