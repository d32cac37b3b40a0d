import { expect, test } from 'vitest';
import { formatDuration } from '../../src/model/duration.ts';

test.each([
  ['nothing', 0, '0s'],
  ['below a second: milliseconds', 850, '850ms'],
  ['below ten seconds: tenths', 2_540, '2.5s'],
  ['no needless fraction', 2_000, '2s'],
  ['below a minute: seconds', 59_400, '59s'],
  ['minutes and seconds', 61_000, '1m1s'],
  ['a round number of minutes', 600_000, '10m'],
  ['hours and minutes, and no more', 7_500_500, '2h5m'],
])('%s', (_rule, ms, expected) => {
  expect(formatDuration(ms)).toBe(expected);
});
