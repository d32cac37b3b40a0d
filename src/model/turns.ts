/** Runs work at most `places` at a time; the rest waits its turn, first come, first served. */
export interface Turns {
  /** @throws what `work` throws, or the signal's reason when it aborts before the turn comes */
  take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function takeTurns(places: number): Turns {
  let free = places;
  const waiting = new Set<() => void>();

  function leave(): void {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else next();
  }

  async function enter(signal: AbortSignal): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const end = () => {
      waiting.delete(called);
      reject(signal.reason);
    };
    const called = () => {
      waiting.delete(called);
      signal.removeEventListener('abort', end);
      resolve();
    };
    waiting.add(called);
    signal.addEventListener('abort', end, { once: true });
    await promise;
  }

  return {
    async take(signal, work) {
      signal.throwIfAborted();
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
