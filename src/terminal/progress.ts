import type { Clock } from '../model/world.ts';

/** What takes long enough to be shown. */
const PATIENCE_MS = 1_000;
const STEP_MS = 200;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const LONGEST = 78;

/** Says on one line of a terminal what is under way, once that takes more than a second. */
export interface Progress {
  /** What is being done now, for example `Asking production`. */
  readonly now: (what: string) => void;
  /** Takes the line away, so that something else can be printed; it comes back by itself. */
  readonly clear: () => void;
  readonly end: () => void;
}

/** @param write to standard error where that is a terminal; elsewhere nothing is shown */
export function openProgress(write: ((text: string) => void) | undefined, clock: Pick<Clock, 'now'>): Progress {
  if (write === undefined) return { now: () => undefined, clear: () => undefined, end: () => undefined };
  let doing = '';
  let began = clock.now();
  let frame = 0;
  let shown = false;
  const clear = (): void => {
    if (shown) write('\r\u001b[2K');
    shown = false;
  };
  const timer = setInterval(() => {
    const elapsed = clock.now() - began;
    if (doing === '' || elapsed < PATIENCE_MS) return;
    frame = (frame + 1) % FRAMES.length;
    write(`\r\u001b[2K${FRAMES[frame]} ${`${doing} (${Math.floor(elapsed / 1000)} s)`.slice(0, LONGEST)}`);
    shown = true;
  }, STEP_MS);
  // It must not keep the process.
  timer.unref();
  return {
    now: (what) => {
      doing = what;
      began = clock.now();
    },
    clear,
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}
