import { describe, expect, test } from 'vitest';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { ask, askUntil } from '../../src/gate/asking.ts';
import { GateError } from '../../src/model/errors.ts';
import { createWorld, impatientClock } from '../helpers/world.ts';

const unreachable = (): GateError => new GateError('unreachable', 'refused', 'connection refused');

describe('askUntil', () => {
  const attempts = (answers: readonly (string | Error)[]) => {
    let count = 0;
    return {
      count: () => count,
      attempt: async (): Promise<string> => {
        const answer = answers[Math.min(count, answers.length - 1)];
        count += 1;
        if (answer instanceof Error) throw answer;
        return answer ?? '';
      },
    };
  };
  const lacking = (answer: string): string | undefined => (answer === 'served' ? undefined : answer);
  const waiting = (waitMs: number, answers: readonly (string | Error)[]) => {
    const { attempt, count } = attempts(answers);
    const world = createWorld({ clock: impatientClock() });
    return { result: askUntil({ name: 'prod', waitMs, attempt, lacking }, world), count, world };
  };

  test.each<readonly [string, number, readonly (string | Error)[], string, number]>([
    ['what will do is asked once', 60_000, ['served'], 'served', 1],
    ['without a wait, what is lacking is asked once', 0, ['missing'], 'missing', 1],
    ['what is lacking is asked again until it will do', 60_000, ['missing', 'missing', 'served'], 'served', 3],
    ['an unreachable cluster is asked again', 60_000, [unreachable(), 'served'], 'served', 2],
    ['the last answer stands when the time is up', 4_000, ['missing'], 'missing', 4],
  ])('%s', async (_rule, waitMs, answers, expected, asked) => {
    const { result, count } = waiting(waitMs, answers);
    expect(await result).toBe(expected);
    expect(count()).toBe(asked);
  });

  test('each further asking says what is waited for and how long at most', async () => {
    const { result, world } = waiting(60_000, ['example.com/v1', 'served']);
    await result;
    expect(world.lines).toEqual(['prod: not yet: example.com/v1; asking again, for at most 1m more.']);
  });

  test.each([
    ['a cluster that stays unreachable', unreachable(), 4],
    ['refused credentials are final at once', new GateError('denied', 'unauthorized', 'no'), 1],
    ['a defect is final at once', new TypeError('no'), 1],
  ])('%s: the last error is thrown', async (_rule, error, asked) => {
    const { result, count } = waiting(4_000, [error]);
    await expect(result).rejects.toBe(error);
    expect(count()).toBe(asked);
  });
});

describe('ask', () => {
  test('a connection that never answers is told so at the deadline, and closed', async () => {
    let closed = false;
    const cluster: Cluster = {
      name: 'prod',
      server: 'https://prod.example.com',
      identity: {
        server: '',
        certificateAuthority: '',
        tlsServerName: '',
        proxy: '',
        impersonation: '',
        credentials: '',
      },
      origin: 'a test',
      ambient: false,
      open: ({ signal }) => ({
        get: () => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        close: async () => {
          closed = true;
        },
      }),
    };
    await expect(ask(cluster, { timeoutMs: 20 }, createWorld())).rejects.toMatchObject({
      outcome: 'unreachable',
      code: 'timed-out',
    });
    expect(closed).toBe(true);
  });
});
