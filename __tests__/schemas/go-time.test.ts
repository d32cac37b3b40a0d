import { expect, test } from 'vitest';
import { isDate, isGoDuration, isMicroTime, isTime } from '../../src/schemas/go-time.ts';

test.each<[string, (text: string) => boolean, string, boolean]>([
  ['a time', isTime, '2026-01-31T12:00:00Z', true],
  ['a time with a fraction', isTime, '2026-01-31T12:00:00.5Z', true],
  ['a time with a comma', isTime, '2026-01-31T12:00:00,5Z', true],
  ['a time with a zone', isTime, '2026-01-31T12:00:00+05:30', true],
  ['an hour of one digit', isTime, '2026-01-31T1:00:00Z', true],
  ['a leap day', isTime, '2024-02-29T00:00:00Z', true],
  ['no leap day', isTime, '2026-02-29T00:00:00Z', false],
  ['month 13', isTime, '2026-13-01T00:00:00Z', false],
  ['hour 24', isTime, '2026-01-31T24:00:00Z', false],
  ['second 60', isTime, '2026-01-31T12:00:60Z', false],
  ['no zone', isTime, '2026-01-31T12:00:00', false],
  ['a small t', isTime, '2026-01-31t12:00:00Z', false],
  ['a zone of 25 hours', isTime, '2026-01-31T12:00:00+25:00', false],
  ['a day alone', isTime, '2026-01-31', false],
  ['six digits', isMicroTime, '2026-01-31T12:00:00.000000Z', true],
  ['three digits', isMicroTime, '2026-01-31T12:00:00.000Z', false],
  ['no fraction', isMicroTime, '2026-01-31T12:00:00Z', false],
  ['a date', isDate, '2026-12-31', true],
  ['a date that is not', isDate, '2026-04-31', false],
  ['year 0', isDate, '0000-01-01', true],
  ['a duration', isGoDuration, '1h30m', true],
  ['a fraction of a duration', isGoDuration, '-1.5s', true],
  ['zero', isGoDuration, '0', true],
  ['a number alone', isGoDuration, '5', false],
  ['a day is not a unit', isGoDuration, '1d', false],
  ['nothing', isGoDuration, '', false],
])('%s', (_rule, check, text, expected) => {
  expect(check(text)).toBe(expected);
});
