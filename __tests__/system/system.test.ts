import { describe, expect, test } from 'vitest';
import { systemClock, systemEnvironment } from '../../src/system/system.ts';

describe('systemClock.sleep', () => {
  test('settles after its time', async () => {
    const began = performance.now();
    await systemClock.sleep(20, new AbortController().signal);
    expect(performance.now() - began).toBeGreaterThanOrEqual(18);
  });

  test('an abort ends it at once, with the reason', async () => {
    const { signal, abort } = abortable();
    const sleeping = systemClock.sleep(60_000, signal);
    abort('enough');
    await expect(sleeping).rejects.toBe('enough');
  });

  test('a signal that has aborted already ends it at once', async () => {
    const { signal, abort } = abortable();
    abort('too late');
    await expect(systemClock.sleep(60_000, signal)).rejects.toBe('too late');
  });
});

test('the environment is that of this process', () => {
  expect(systemEnvironment()).toMatchObject({ workingDirectory: process.cwd(), platform: process.platform });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason: string) => controller.abort(reason) };
}
