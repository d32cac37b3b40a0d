import { expect, test } from 'vitest';
import { withDeadline } from '../../src/gate/deadline.ts';
import { GateError } from '../../src/model/errors.ts';
import { systemClock } from '../../src/system/system.ts';

const error = new GateError('invalid-input', 'late', 'It took too long.');
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is done in time comes back, and nothing is left running', async () => {
  const aborted: boolean[] = [];
  const clock = {
    ...systemClock,
    sleep: (ms: number, signal: AbortSignal) =>
      systemClock.sleep(ms, signal).finally(() => aborted.push(signal.aborted)),
  };
  expect(await withDeadline(3_600_000, clock, error, async () => 'done')).toBe('done');
  expect(aborted).toEqual([true]);
});

test('what goes on is told to stop, and why', async () => {
  const clock = { ...systemClock, sleep: async () => undefined };
  const work = async (signal: AbortSignal): Promise<never> => {
    for (;;) {
      await turn();
      signal.throwIfAborted();
    }
  };
  await expect(withDeadline(1, clock, error, work)).rejects.toBe(error);
});

test('what fails by itself fails so', async () => {
  const failing = withDeadline(3_600_000, systemClock, error, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
});
