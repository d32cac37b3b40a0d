const TIME =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})([.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))$/;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;

/**
 * Whether Go reads a text as a time of RFC 3339.
 * @see Go time/format.go Parse
 */
export function isTime(text: string): boolean {
  return fitsTime(TIME.exec(text));
}

/**
 * Whether a text is a time with exactly six digits after the second, as MicroTime wants it.
 * @see apimachinery pkg/apis/meta/v1/micro_time.go RFC3339Micro
 */
export function isMicroTime(text: string): boolean {
  const match = TIME.exec(text);
  return match?.[7]?.length === 7 && fitsTime(match);
}

/** Whether a text is a day that there is, such as 2026-02-28. */
export function isDate(text: string): boolean {
  const match = DATE.exec(text);
  return match !== null && isDay(match);
}

function fitsTime(match: RegExpExecArray | null): boolean {
  if (match === null || !isDay(match)) return false;
  const [hour, minute, second, zoneHour, zoneMinute] = [4, 5, 6, 8, 9].map((part) => Number(match[part] ?? 0));
  return within(hour, 23) && within(minute, 59) && within(second, 59) && within(zoneHour, 24) && within(zoneMinute, 59);
}

function isDay([, year, month, day]: RegExpExecArray): boolean {
  const days = new Date(Date.UTC(2000, Number(month), 0));
  days.setUTCFullYear(Number(year), Number(month), 0);
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days.getUTCDate();
}

function within(part: number | undefined, most: number): boolean {
  return part !== undefined && part <= most;
}

const DURATION = /^[-+]?(?:0|(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/**
 * Whether Go reads a text as a duration: `1h30m`, `1.5s`.
 * @see Go time/format.go ParseDuration
 */
export function isGoDuration(text: string): boolean {
  return DURATION.test(text);
}
