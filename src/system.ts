import type { Clock, Environment } from './model/world.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', abort);
        resolve();
      }, ms);
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    }),
};

/** The surroundings of this process. */
export function systemEnvironment(): Environment {
  return {
    variables: process.env,
    workingDirectory: process.cwd(),
    homeDirectory: process.env['HOME'] ?? process.env['USERPROFILE'] ?? '',
    platform: process.platform,
    interactive: process.stdin.isTTY === true,
  };
}
