/**
 * The world, as the gate may touch it. `index.ts` and `cli.ts` fill these in; tests hand in their own.
 */

/** What a person sees while the gate works. Nothing here may hold a secret that was not masked first. */
export interface Log {
  readonly debug: (message: string) => void;
  readonly line: (message: string) => void;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Settles after `ms`, or rejects with the signal's reason as soon as it aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** At least 0 and below 1: for jitter. */
  readonly random: () => number;
}

/** The process's surroundings. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly homeDirectory: string;
  readonly platform: NodeJS.Platform;
  /** Whether standard input is a terminal, which decides what exec plugins may ask. */
  readonly interactive: boolean;
}

/** Secrets: how they are hidden, and the one that the job itself can mint. */
export interface Secrets {
  /** Hides `secret` in everything the job prints from now on. Called where a secret is acquired, before anything else is done with it. */
  readonly mask: (secret: string) => void;
  /** `text` without what was hidden so far: for words of others, before anything is cut off or kept of them. `shortest` spares secrets of fewer characters. */
  readonly redact: (text: string, shortest?: number) => string;
  /** The job's own GitHub OIDC token; rejects when the job has no `id-token: write` permission. */
  readonly idToken: (audience: string) => Promise<string>;
}

/** What was read from a pipe, under the name that reports give it. */
export interface PipedFile {
  readonly name: string;
  readonly content: Buffer;
}
