import type { GateError } from '../model/errors.ts';
import type { Clock } from '../model/world.ts';

/**
 * Does `work` with a signal that aborts after `limitMs`, with `error` as its reason.
 *
 * @throws what `work` throws, which is `error` when it stops at the signal
 */
export async function withDeadline<Value>(
  limitMs: number,
  clock: Clock,
  error: GateError,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const deadline = new AbortController();
  const done = new AbortController();
  const timer = clock.sleep(limitMs, done.signal).then(
    () => deadline.abort(error),
    () => undefined,
  );
  try {
    return await work(deadline.signal);
  } finally {
    done.abort();
    await timer;
  }
}
