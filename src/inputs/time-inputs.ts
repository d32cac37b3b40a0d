import type { InputName } from './action-interface.ts';
import { parseDuration } from './duration.ts';
import { type Inputs, shown, singleLine } from './input-text.ts';

/** Node's timers fire at once when they are set for longer than 2^31 ms; no job takes longer than this either. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export interface DurationLimits {
  /** What a number without a unit most likely counts: an input of minutes is not offered seconds. */
  readonly unit: 's' | 'm';
  readonly atLeastMs: number;
  /** How the least duration is written. */
  readonly atLeast: string;
  readonly atMostMs?: number | undefined;
}

export const TIMEOUT_LIMITS: DurationLimits = { unit: 's', atLeastMs: 1, atLeast: '1ms', atMostMs: LONGEST_WAIT_MS };
export const WAIT_LIMITS: DurationLimits = { unit: 'm', atLeastMs: 0, atLeast: '0s', atMostMs: LONGEST_WAIT_MS };
/** `0s` is of use: what is cached is then asked about every time, and most often confirmed without being sent again. */
export const TTL_LIMITS: DurationLimits = { unit: 'm', atLeastMs: 0, atLeast: '0s' };

/** An input that is a Go duration, in milliseconds; 0 for one that was refused. */
export function durationOf(inputs: Inputs, name: InputName, limits: DurationLimits): number {
  const text = singleLine(inputs, name) ?? inputs.text(name);
  const reading = parseDuration(text);
  if (reading.kind === 'invalid') {
    inputs.refuse(name, `${shown(text)} is not a valid duration: ${reading.reason}.`, {
      hint: hintFor(text, reading.nearest, limits.unit),
    });
    return 0;
  }
  const { atLeastMs, atLeast, atMostMs } = limits;
  if (reading.ms < atLeastMs) {
    inputs.refuse(name, `${shown(text)} is too short: at least ${atLeast}.`);
  } else if (atMostMs !== undefined && reading.ms > atMostMs) {
    inputs.refuse(name, `${shown(text)} is too long: at most ${atMostMs / 3_600_000}h.`);
  }
  return reading.ms;
}

function hintFor(text: string, nearest: string | undefined, unit: DurationLimits['unit']): string {
  const number = /^\s*([0-9]+(?:\.[0-9]+)?)\s*$/.exec(text)?.[1];
  if (number !== undefined) {
    const [likely, other] = unit === 's' ? (['seconds', 'minutes'] as const) : (['minutes', 'seconds'] as const);
    return `Write ${number}${likely[0]} for ${likely}, or ${number}${other[0]} for ${other}.`;
  }
  return nearest === undefined ? 'Write for example 30s, 10m or 1h30m.' : `Did you mean ${nearest}?`;
}
