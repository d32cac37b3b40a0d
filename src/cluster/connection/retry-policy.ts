import type { Clock } from '../../model/world.ts';
import type { HttpResponse } from './exchange.ts';
import type { Failure } from './failure.ts';
import { parseRetryAfter } from './retry-after.ts';

/** The most tries after the first. @see client-go rest/with_retry.go */
export const MAX_RETRIES = 10;

/** Without a word of the server on how long it takes, a status is asked about this often again; who comes back says so. */
const MAX_UNTOLD_RETRIES = 2;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** Added to what a server asks for, so that not all its clients come back in the same moment. */
const MOST_ADDED_MS = 1000;

/**
 * How long to wait, in milliseconds, before an answer is asked for once more; `undefined` when it stands.
 *
 * 429 and the 5xx with `Retry-After` are asked again after that long. 429, 502, 503 and 504 without one come from something on the way, or from a
 * server that is just starting, and are asked again a few times; but not the aggregator's word that an API's own server is away, which stays true for longer than a job waits.
 *
 * @param retries how often it was asked again already
 * @see client-go rest/with_retry.go (Retry-After); apimachinery pkg/api/errors SuggestsClientDelay (retryAfterSeconds); kube-aggregator
 *   pkg/apiserver/handler_proxy.go ("service unavailable")
 */
export function pauseAfterAnswer(answer: HttpResponse, retries: number, clock: Clock): number | undefined {
  if (retries >= MAX_RETRIES) return undefined;
  if (answer.status !== 429 && answer.status < 500) return undefined;
  const asked = parseRetryAfter(answer.headers['retry-after'], clock.now()) ?? retryAfterSeconds(answer.body);
  if (asked !== undefined) return asked + clock.random() * Math.min(asked / 5, MOST_ADDED_MS);
  if (retries >= MAX_UNTOLD_RETRIES || ![429, 502, 503, 504].includes(answer.status)) return undefined;
  if (answer.status === 503 && answer.body.trim() === 'service unavailable') return undefined;
  return backOff(retries, clock);
}

/**
 * The same for a failure: only a connection that was cut is tried again. One that was refused is not, nor is whatever would fail again.
 *
 * @param reusedSocket a kept connection that the server closed meanwhile says nothing about the server: the next try need not wait
 * @see client-go rest/with_retry.go; apimachinery pkg/util/net/util.go IsConnectionReset, IsProbableEOF
 */
export function pauseAfterFailure(
  failure: Failure,
  reusedSocket: boolean,
  retries: number,
  clock: Clock,
): number | undefined {
  if (retries >= MAX_RETRIES) return undefined;
  switch (failure.kind) {
    case 'connection-reset':
      // A server that speaks TLS may cut a plain request each time, and no more tries will change that.
      if (failure.plain === true && !reusedSocket && retries >= MAX_UNTOLD_RETRIES) return undefined;
      return reusedSocket ? 0 : backOff(retries, clock);
    case 'answer-truncated':
    case 'proxy-failed':
      return backOff(retries, clock);
    default:
      return undefined;
  }
}

/** Doubles each time; between half of it and all of it. */
function backOff(retries: number, clock: Clock): number {
  const longest = Math.min(FIRST_PAUSE_MS * 2 ** retries, LONGEST_PAUSE_MS);
  return longest / 2 + clock.random() * (longest / 2);
}

/** What a `Status` asks for in its details, in milliseconds. */
function retryAfterSeconds(body: string): number | undefined {
  if (!body.includes('"retryAfterSeconds"')) return undefined;
  try {
    const status: unknown = JSON.parse(body);
    const details = typeof status === 'object' && status !== null && 'details' in status ? status.details : undefined;
    const seconds =
      typeof details === 'object' && details !== null && 'retryAfterSeconds' in details
        ? details.retryAfterSeconds
        : undefined;
    return typeof seconds === 'number' && seconds > 0 ? parseRetryAfter(String(Math.ceil(seconds)), 0) : undefined;
  } catch {
    return undefined;
  }
}
