/** Larger than any wait that could matter here, and safe in arithmetic. */
const MAX_SECONDS = 1_000_000_000;

// RFC 9110 asks for the first form and has recipients accept the other two. All are in GMT and none holds anything that Date.parse could take for local time.
const HTTP_DATE =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun), \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt|(?:mon|tues|wednes|thurs|fri|satur|sun)day, \d{2}-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} gmt)$/i;
const ASCTIME = /^(?:mon|tue|wed|thu|fri|sat|sun) [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/i;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now`; `undefined` when there is none or it says nothing that counts.
 * A date in the past asks for no wait at all.
 *
 * @see RFC 9110, 10.2.3 (seconds or a date) and 5.6.7 (the forms of a date)
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text), MAX_SECONDS) * 1000;
  const date = HTTP_DATE.test(text) ? Date.parse(text) : ASCTIME.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  return Math.min(Math.max(0, date - now), MAX_SECONDS * 1000);
}
