import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../../src/cluster/connection/retry-after.ts';

const now = Date.UTC(1994, 10, 6, 8, 49, 0);

test.each([
  { header: '0', ms: 0 },
  { header: '120', ms: 120_000 },
  { header: ' 1 ', ms: 1000 },
  { header: '007', ms: 7000 },
  { header: 'Sun, 06 Nov 1994 08:49:37 GMT', ms: 37_000 },
  { header: 'Sunday, 06-Nov-94 08:49:37 GMT', ms: 37_000 },
  { header: 'Sun Nov  6 08:49:37 1994', ms: 37_000 },
  { header: 'Sun, 06 Nov 1994 08:00:00 GMT', ms: 0 },
  { header: '9'.repeat(400), ms: 1e12 },
  { header: undefined, ms: undefined },
  { header: '', ms: undefined },
  { header: '-1', ms: undefined },
  { header: '1.5', ms: undefined },
  { header: '1s', ms: undefined },
  { header: '0x10', ms: undefined },
  { header: '1994-11-06T08:49:37Z', ms: undefined },
  { header: 'Sun, 06 Nov 1994 08:49:37', ms: undefined },
  { header: 'Sun, 06 Nov 1994 08:49:37 PST', ms: undefined },
  { header: 'Sun, 32 Nov 1994 08:49:37 GMT', ms: undefined },
  { header: 'soon', ms: undefined },
])('"$header" is $ms', ({ header, ms }) => {
  expect(parseRetryAfter(header, now)).toBe(ms);
});

test('seconds that are printed parse back', () => {
  fc.assert(
    fc.property(fc.nat(), (seconds) => parseRetryAfter(String(seconds), now) === Math.min(seconds, 1e9) * 1000),
  );
});

test('a date that is printed parses back to the second', () => {
  const dates = fc.date({ min: new Date(now), max: new Date(Date.UTC(2020, 0, 1)), noInvalidDate: true });
  fc.assert(
    fc.property(
      dates,
      (date) => parseRetryAfter(date.toUTCString(), now) === Math.floor(date.getTime() / 1000) * 1000 - now,
    ),
  );
});

test('no text throws, and what it gives can be slept', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), (text, at) => {
      const ms = parseRetryAfter(text, at);
      return ms === undefined || (ms >= 0 && Number.isFinite(ms));
    }),
  );
});
