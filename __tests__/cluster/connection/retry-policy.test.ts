import { describe, expect, test } from 'vitest';
import { pauseAfterAnswer, pauseAfterFailure } from '../../../src/cluster/connection/retry-policy.ts';
import type { Clock } from '../../../src/model/world.ts';
import { samples } from '../../helpers/sample-failures.ts';

const clock = (random: number): Clock => ({ now: () => 0, random: () => random, sleep: async () => undefined });
const early = clock(0);
const late = clock(0.999_999);
const status = (code: number, retryAfter?: string, body = '') => ({
  status: code,
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
  body,
});

describe('an answer', () => {
  test.each([200, 204, 304, 400, 401, 403, 404, 406, 408, 409, 422])('of %i stands, Retry-After or not', (code) => {
    expect(pauseAfterAnswer(status(code, '1'), 0, early)).toBeUndefined();
  });

  test.each([429, 500, 501, 502, 503, 504, 599])('of %i with Retry-After waits that long', (code) => {
    expect(pauseAfterAnswer(status(code, '5'), 0, early)).toBe(5000);
  });

  test.each([
    { asked: '5', most: 6000 },
    { asked: '60', most: 61_000 },
    { asked: '0', most: 0 },
  ])('with Retry-After $asked is asked again at most at $most ms', ({ asked, most }) => {
    expect(pauseAfterAnswer(status(429, asked), 0, late)).toBeCloseTo(most, 0);
  });

  test.each([
    { code: 429, again: true },
    { code: 500, again: false },
    { code: 501, again: false },
    { code: 502, again: true },
    { code: 503, again: true },
    { code: 504, again: true },
  ])('of $code without Retry-After is asked again: $again', ({ code, again }) => {
    expect(pauseAfterAnswer(status(code), 0, early)).toBe(again ? 100 : undefined);
  });

  test('without Retry-After is asked again twice, with one ten times', () => {
    const tries = (retryAfter?: string) =>
      Array.from({ length: 20 }, (_, retries) => pauseAfterAnswer(status(503, retryAfter), retries, early)).filter(
        (pause) => pause !== undefined,
      ).length;
    expect([tries(), tries('1')]).toEqual([2, 10]);
  });

  test.each([
    { body: '{"kind":"Status","details":{"retryAfterSeconds":2}}', pause: 2000 },
    { body: '{"kind":"Status","details":{"retryAfterSeconds":0}}', pause: 100 },
    { body: '{"kind":"Status","details":{"retryAfterSeconds":"2"}}', pause: 100 },
    { body: '{"retryAfterSeconds":2}', pause: 100 },
    { body: '{"retryAfterSeconds"', pause: 100 },
    { body: 'null "retryAfterSeconds"', pause: 100 },
    { body: 'service unavailable\n', pause: undefined },
  ])('of 503 with the body $body: $pause', ({ body, pause }) => {
    expect(pauseAfterAnswer(status(503, undefined, body), 0, early)).toBe(pause);
  });
});

describe('a failure', () => {
  test.each(Object.values(samples).flat())('$kind is tried again only if the connection was cut', (failure) => {
    const cut = ['connection-reset', 'answer-truncated', 'proxy-failed'].includes(failure.kind);
    expect(pauseAfterFailure(failure, false, 0, early)).toBe(cut ? 100 : undefined);
  });

  test('pauses double up to five seconds, ten times', () => {
    const pauses = (each: Clock) =>
      Array.from({ length: 12 }, (_, retries) => pauseAfterFailure({ kind: 'answer-truncated' }, false, retries, each));
    expect(pauses(early)).toEqual([100, 200, 400, 800, 1600, 2500, 2500, 2500, 2500, 2500, undefined, undefined]);
    expect(
      pauses(late)
        .slice(0, 7)
        .map((pause) => Math.round(pause ?? 0)),
    ).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  test('on a kept connection is tried again at once', () => {
    expect(pauseAfterFailure({ kind: 'connection-reset', phase: 'answer' }, true, 0, early)).toBe(0);
  });
});
