import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../src/inputs/duration.ts';

describe('parseDuration reads what Go reads', () => {
  test.each([
    ['zero needs no unit', '0', 0],
    ['zero may have a sign', '+0', 0],
    ['seconds', '30s', 30_000],
    ['units follow one another', '1h30m', 5_400_000],
    ['in any order, and more than once', '1s1h1s', 3_602_000],
    ['fractions', '1.5s', 1_500],
    ['a fraction may lack its whole', '.5s', 500],
    ['a fraction may lack its digits', '1.s', 1_000],
    ['milliseconds', '500ms', 500],
    ['microseconds with u', '1500us', 1.5],
    ['microseconds with the micro sign', '1500\u00b5s', 1.5],
    ['microseconds with the Greek letter', '1500\u03bcs', 1.5],
    ['nanoseconds', '250000ns', 0.25],
    ['a sign counts for the whole', '-1m30s', -90_000],
    ['digits beyond a nanosecond are cut off', '0.9223372036854775807h', 3_320_413.933267],
    ['the longest there is', '9223372036854775807ns', Number((1n << 63n) - 1n) / 1e6],
    ['one more is there on the negative side', '-9223372036854775808ns', -Number(1n << 63n) / 1e6],
  ])('%s', (_rule, text, ms) => {
    expect(parseDuration(text)).toEqual({ kind: 'duration', ms });
  });
});

describe('parseDuration refuses what Go refuses, and says what was probably meant', () => {
  test.each([
    ['a number without a unit', '30', 'the unit is missing after 30', '30s'],
    ['a fraction without a unit', '1.5', 'the unit is missing after 1.5', '1.5s'],
    ['a last number without a unit', '1h30', 'the unit is missing after 30', undefined],
    ['nothing', '', 'it is empty', undefined],
    ['a sign alone', '-', 'it is empty', undefined],
    ['a unit alone', 's', 'a number is expected before the unit', undefined],
    ['a point alone', '.s', 'a number is expected before the unit', undefined],
    ['days', '1d', '"d" is not a unit; the units are h, m, s, ms, us and ns', '24h'],
    ['days and hours', '1d12h', '"d" is not a unit; the units are h, m, s, ms, us and ns', '24h12h'],
    ['upper case', '10M', '"M" is not a unit; the units are h, m, s, ms, us and ns', '10m'],
    ['a space before the unit', '5 m', '" m" is not a unit; the units are h, m, s, ms, us and ns', '5m'],
    ['words', '5 minutes', '" minutes" is not a unit; the units are h, m, s, ms, us and ns', '5m'],
    [
      'words for several units',
      '1 hour, 30 min',
      '" hour, " is not a unit; the units are h, m, s, ms, us and ns',
      '1h30m',
    ],
    ['longer words', '10secs', '"secs" is not a unit; the units are h, m, s, ms, us and ns', '10s'],
    ['a clock', '00:10:00', '":" is not a unit; the units are h, m, s, ms, us and ns', undefined],
    ['an inner sign', '1h-5m', '"h-" is not a unit; the units are h, m, s, ms, us and ns', undefined],
    [
      'more than Go can count',
      '9223372036854775808ns',
      'it is longer than the 292 years that a duration can be',
      undefined,
    ],
    [
      'much more than Go can count',
      '99999999999999999999h',
      'it is longer than the 292 years that a duration can be',
      undefined,
    ],
    [
      'a name that every object has',
      '1constructor',
      '"constructor" is not a unit; the units are h, m, s, ms, us and ns',
      undefined,
    ],
  ])('%s', (_rule, text, reason, nearest) => {
    expect(parseDuration(text)).toEqual({ kind: 'invalid', reason, ...(nearest === undefined ? {} : { nearest }) });
  });
});

test('no text makes it throw, and what it suggests can be read', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.hmsunµ+- dMinutes') }));
  fc.assert(
    fc.property(text, (typed) => {
      const reading = parseDuration(typed);
      if (reading.kind === 'invalid' && reading.nearest !== undefined) {
        expect(parseDuration(reading.nearest).kind).toBe('duration');
      }
    }),
    { numRuns: 2_000 },
  );
});

test('hours, minutes and seconds add up', () => {
  const count = fc.nat(1_000);
  fc.assert(
    fc.property(count, count, count, (h, m, s) => {
      expect(parseDuration(`${h}h${m}m${s}s`)).toEqual({ kind: 'duration', ms: ((h * 60 + m) * 60 + s) * 1_000 });
    }),
  );
});
