import type { Clock, Environment } from '../model/world.ts';

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
    homeDirectory: process.getBuiltinModule('node:os').homedir(),
    platform: process.platform,
    // Few ask, and asking loads a module.
    get interactive() {
      return process.getBuiltinModule('node:tty').isatty(0);
    },
  };
}

/**
 * Ends the process with `exitCode` once all that was printed is out; whatever is still under way, an abandoned cache call for example, ends with it.
 */
export async function endProcess(exitCode: number): Promise<never> {
  for (const stream of [process.stdout, process.stderr]) {
    if (!stream.writable) continue;
    await new Promise<void>((resolve) => {
      stream.write('', () => resolve());
    });
  }
  process.exit(exitCode);
}
