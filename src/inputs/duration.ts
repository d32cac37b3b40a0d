/** A duration read, or why it is none and what was probably meant. */
export type DurationReading =
  | { readonly kind: 'duration'; readonly ms: number }
  | { readonly kind: 'invalid'; readonly reason: string; readonly nearest?: string | undefined };

/** Nanoseconds. */
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n, // U+00B5, the micro sign
  μs: 1_000n, // U+03BC, the Greek letter
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Go keeps a duration in a signed 64-bit number of nanoseconds; only the negative side reaches 2^63. */
const LIMIT = 1n << 63n;
const PART = /^([0-9]*)(\.[0-9]*)?([^0-9.]*)/;
const ABOVE_LIMIT = 'it is longer than the 292 years that a duration can be';

/**
 * Reads exactly what Go's `time.ParseDuration` reads: `1h30m`, `1.5s`, `500ms`, `0`.
 *
 * Fractions of a nanosecond are cut off with Go's own float arithmetic, so both agree to the last digit.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(text: string): DurationReading {
  const negative = text.startsWith('-');
  let rest = negative || text.startsWith('+') ? text.slice(1) : text;
  if (rest === '0') return { kind: 'duration', ms: 0 };
  if (rest === '') return invalid(text, 'it is empty');

  let nanoseconds = 0n;
  while (rest !== '') {
    const [part = '', whole = '', fraction = '', name = ''] = PART.exec(rest) ?? [];
    if (whole === '' && fraction.length <= 1) return invalid(text, 'a number is expected before the unit');
    if (name === '') return invalid(text, `the unit is missing after ${whole}${fraction}`);
    const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
    if (unit === undefined) return invalid(text, `"${name}" is not a unit; the units are h, m, s, ms, us and ns`);
    const wholeUnits = BigInt(whole === '' ? '0' : whole);
    if (wholeUnits > LIMIT / unit) return invalid(text, ABOVE_LIMIT);
    nanoseconds += wholeUnits * unit + fractionOf(fraction.slice(1), unit);
    if (nanoseconds > LIMIT) return invalid(text, ABOVE_LIMIT);
    rest = rest.slice(part.length);
  }
  if (!negative && nanoseconds === LIMIT) return invalid(text, ABOVE_LIMIT);
  return { kind: 'duration', ms: (negative ? -1 : 1) * (Number(nanoseconds) / 1e6) };
}

/** @see Go's time/format.go leadingFraction: digits that no longer fit 63 bits are read and dropped */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    if (value > (LIMIT - 1n) / 10n) break;
    const next = value * 10n + BigInt(digit);
    if (next > LIMIT) break;
    value = next;
    scale *= 10;
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

function invalid(text: string, reason: string): DurationReading {
  const nearest = nearestDuration(text);
  return { kind: 'invalid', reason, nearest };
}

const DAY = /([0-9]+)d(?:ays?)?/g;

/** The duration that `30`, `5 min`, `10M`, `1d` or `1 hour, 30 minutes` probably means. */
function nearestDuration(text: string): string | undefined {
  const compact = text.toLowerCase().replace(/[\s,_"']/g, '');
  const withUnit = /^[0-9]+(?:\.[0-9]+)?$/.test(compact) ? `${compact}s` : compact;
  const candidate = withUnit
    .replace(DAY, (_, days: string) => `${Number(days) * 24}h`)
    .replace(/(?<=[0-9])h(?:ours?|rs?)/g, 'h')
    .replace(/(?<=[0-9])m(?:inutes?|ins?)/g, 'm')
    .replace(/(?<=[0-9])s(?:econds?|ecs?)/g, 's')
    .replace(/(?<=[0-9])(?:milliseconds?|msecs?|millis?)/g, 'ms');
  return candidate !== text && isDuration(candidate) ? candidate : undefined;
}

function isDuration(text: string): boolean {
  return /^(?:[0-9]+(?:\.[0-9]+)?(?:h|m|s|ms|us|ns))+$/.test(text);
}
