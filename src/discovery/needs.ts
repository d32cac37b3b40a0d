import { formatDuration } from '../model/duration.ts';
import { GateError } from '../model/errors.ts';
import type { Clock } from '../model/world.ts';

/** What somebody is waiting for. What nobody needs must not cost a job its time: it has a short one of its own, and becomes a gap. */
export interface Needs {
  readonly version: boolean;
  readonly groupVersion: (groupVersion: string) => boolean;
}

export const EVERYTHING: Needs = { version: true, groupVersion: () => true };

/** How long an answer that nothing required depends on may take once the server has begun to answer, in milliseconds. */
export const UNNEEDED_MS = 5_000;

/** An answer that may be given up. */
export interface Unneeded {
  readonly signal: AbortSignal;
  /** Starts its short time; does nothing for what is needed. */
  readonly start: () => void;
  readonly end: () => void;
  /** Whether it was given up. */
  readonly isOver: () => boolean;
}

export function unneeded(needed: boolean, clock: Clock): Unneeded {
  const over = new AbortController();
  const ended = new AbortController();
  return {
    signal: over.signal,
    start: () => {
      if (needed) return;
      clock.sleep(UNNEEDED_MS, ended.signal).then(
        () => over.abort(new DOMException('the answer took too long', 'TimeoutError')),
        () => undefined,
      );
    },
    end: () => ended.abort(),
    isOver: () => over.signal.aborted,
  };
}

/** What is said of an answer that was given up. */
export function givenUp(path: string, cause: unknown): GateError {
  const message = `GET ${path} did not answer within ${formatDuration(UNNEEDED_MS)}, and nothing that is required depends on it`;
  return new GateError('unreachable', 'given-up', message, { cause });
}
