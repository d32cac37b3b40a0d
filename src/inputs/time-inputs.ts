import type { InputName } from './action-interface.ts';
import { parseDuration } from './duration.ts';
import { type Inputs, shown, singleLine } from './input-text.ts';

/** Node's timers fire at once when they are set for longer than 2^31 ms; no job takes longer than this either. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export interface DurationLimits {
  readonly atLeastMs: number;
  /** How the least duration is written. */
  readonly atLeast: string;
  readonly atMostMs?: number;
}

export const TIMEOUT_LIMITS: DurationLimits = { atLeastMs: 1, atLeast: '1ms', atMostMs: LONGEST_WAIT_MS };
export const WAIT_LIMITS: DurationLimits = { atLeastMs: 0, atLeast: '0s', atMostMs: LONGEST_WAIT_MS };
/** `0s` is of use: what is cached is then asked about every time, and most often confirmed without being sent again. */
export const TTL_LIMITS: DurationLimits = { atLeastMs: 0, atLeast: '0s' };

/** An input that is a Go duration, in milliseconds; 0 for one that was refused. */
export function durationOf(inputs: Inputs, name: InputName, limits: DurationLimits): number {
  const text = singleLine(inputs, name) ?? inputs.text(name);
  const reading = parseDuration(text);
  if (reading.kind === 'invalid') {
    inputs.refuse(name, `${shown(text)} is no duration: ${reading.reason}.`, {
      hint: reading.nearest === undefined ? 'Write for example 30s, 10m or 1h30m.' : `Did you mean ${reading.nearest}?`,
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
