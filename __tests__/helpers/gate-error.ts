import { GateError } from '../../src/model/errors.ts';

/** The GateError that `action` ends with; anything else it does is an error of its own. */
export async function gateErrorOf(action: () => unknown): Promise<GateError> {
  let value: unknown;
  try {
    value = await action();
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error(`no error, but ${JSON.stringify(value)}`);
}

/** All that a person may get to read of an error. */
export function wordsOf(error: GateError): string {
  const problems = error.problems.map(({ message, hint }) => `${message} ${hint ?? ''}`);
  const cause = error.cause instanceof Error ? error.cause.message : String(error.cause ?? '');
  return [error.message, error.hint ?? '', ...problems, cause].join('\n');
}
