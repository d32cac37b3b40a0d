import type { Problem } from './place.ts';

/** How a run ends. Only `compatible` is green. */
export type Outcome =
  | 'compatible'
  | 'incompatible'
  | 'undetermined'
  | 'unreachable'
  | 'denied'
  | 'invalid-input'
  | 'internal-error';

/** The outcomes that an error can stand for. */
export type ErrorOutcome = Exclude<Outcome, 'compatible' | 'incompatible'>;

export interface GateErrorOptions {
  /** What to do about it, in a sentence or two. */
  readonly hint?: string | undefined;
  readonly cause?: unknown | undefined;
  /** Where the input is at fault, each place with its own message. */
  readonly problems?: readonly Problem[] | undefined;
}

/**
 * The one error that reaches a user.
 *
 * `message` says what was tried, on what, and what came; `hint` what to do. `code` is for programs: stable, in kebab-case.
 */
export class GateError extends Error {
  override readonly name = 'GateError';
  readonly outcome: ErrorOutcome;
  readonly code: string;
  readonly hint: string | undefined;
  readonly problems: readonly Problem[];

  constructor(outcome: ErrorOutcome, code: string, message: string, options: GateErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.outcome = outcome;
    this.code = code;
    this.hint = options.hint;
    this.problems = options.problems ?? [];
  }
}

/** Any thrown value as a GateError; what is not one is a defect of ours and says so. */
export function toGateError(thrown: unknown): GateError {
  if (thrown instanceof GateError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new GateError('internal-error', 'unexpected', `kube-api-gate itself failed: ${message}`, {
    hint: 'This is a defect of kube-api-gate, not of the change. Please report it with the log of a run that has debug logging enabled.',
    cause: thrown,
  });
}
