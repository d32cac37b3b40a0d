import { expect, test } from 'vitest';
import { durationOf, TIMEOUT_LIMITS, TTL_LIMITS, WAIT_LIMITS } from '../../src/inputs/time-inputs.ts';
import { described, inputsOf } from '../helpers/inputs.ts';

test.each([
  ['a duration is taken in milliseconds', 'timeout', '1m30s', TIMEOUT_LIMITS, 90_000],
  ['an absent one is the default', 'cache-ttl', '', TTL_LIMITS, 600_000],
  ['not to wait is no problem', 'wait', '0', WAIT_LIMITS, 0],
  ['a day is not too long', 'wait', '24h', WAIT_LIMITS, 86_400_000],
  ['a cached answer may never count without asking', 'cache-ttl', '0s', TTL_LIMITS, 0],
  ['an answer may count for a year', 'cache-ttl', '8760h', TTL_LIMITS, 31_536_000_000],
] as const)('%s', (_rule, name, text, limits, expected) => {
  const inputs = inputsOf({ [name]: text });
  expect(durationOf(inputs, name, limits)).toBe(expected);
  expect(inputs.problems).toEqual([]);
});

test.each([
  [
    'a number without a unit',
    'timeout',
    '30',
    TIMEOUT_LIMITS,
    '"30" is not a valid duration: the unit is missing after 30. → Write 30s for seconds, or 30m for minutes.',
  ],
  [
    'a number of an input that counts minutes',
    'cache-ttl',
    '10',
    TTL_LIMITS,
    '"10" is not a valid duration: the unit is missing after 10. → Write 10m for minutes, or 10s for seconds.',
  ],
  [
    'a number of a time to wait',
    'wait',
    '5',
    WAIT_LIMITS,
    '"5" is not a valid duration: the unit is missing after 5. → Write 5m for minutes, or 5s for seconds.',
  ],
  [
    'a fraction',
    'cache-ttl',
    '1.5',
    TTL_LIMITS,
    '"1.5" is not a valid duration: the unit is missing after 1.5. → Write 1.5m for minutes, or 1.5s for seconds.',
  ],
  [
    'a unit that is written out',
    'cache-ttl',
    '10 minutes',
    TTL_LIMITS,
    '"10 minutes" is not a valid duration: " minutes" is not a unit; the units are h, m, s, ms, us and ns. → Did you mean 10m?',
  ],
  [
    'what is like no duration',
    'timeout',
    'long',
    TIMEOUT_LIMITS,
    '"long" is not a valid duration: a number is expected before the unit. → Write for example 30s, 10m or 1h30m.',
  ],
  ['no time at all to answer', 'timeout', '0', TIMEOUT_LIMITS, '"0" is too short: at least 1ms.'],
  ['a time before now', 'wait', '-5s', WAIT_LIMITS, '"-5s" is too short: at least 0s.'],
  [
    'what overflows a timer, which then fires at once',
    'timeout',
    '1000h',
    TIMEOUT_LIMITS,
    '"1000h" is too long: at most 24h.',
  ],
  ['a time before now for what is cached', 'cache-ttl', '-1s', TTL_LIMITS, '"-1s" is too short: at least 0s.'],
] as const)('%s is refused', (_rule, name, text, limits, expected) => {
  const inputs = inputsOf({ [name]: text });
  durationOf(inputs, name, limits);
  expect(described(inputs.problems)).toEqual([`${name}: ${expected}`]);
});
