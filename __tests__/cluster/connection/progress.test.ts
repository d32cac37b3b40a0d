import { describe, expect, test } from 'vitest';
import { endedBy } from '../../../src/cluster/connection/progress.ts';

const never = () => new Promise<never>(() => undefined);

describe('endedBy', () => {
  test('gives what the work gives', async () => {
    await expect(endedBy(new AbortController().signal, Promise.resolve(1))).resolves.toBe(1);
    await expect(endedBy(new AbortController().signal, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  test.each([0, 10])('ends work that never settles, with %i ms of grace', async (graceMs) => {
    const controller = new AbortController();
    const ended = endedBy(controller.signal, never(), graceMs);
    controller.abort(new Error('over'));
    await expect(ended).rejects.toThrow('over');
  });

  test('ends at once what began too late', async () => {
    await expect(endedBy(AbortSignal.abort(new Error('over')), never())).rejects.toThrow('over');
  });

  test('lets the work have its own last word within the grace', async () => {
    const controller = new AbortController();
    const work = new Promise((_resolve, reject) => {
      controller.signal.addEventListener('abort', () => setTimeout(() => reject(new Error('the plugin hangs')), 5));
    });
    const ended = endedBy(controller.signal, work, 1000);
    controller.abort(new Error('over'));
    await expect(ended).rejects.toThrow('the plugin hangs');
  });

  test('work that fails after the end disturbs nobody', async () => {
    const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error('late')), 5));
    await expect(endedBy(AbortSignal.abort(new Error('over')), late)).rejects.toThrow('over');
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
