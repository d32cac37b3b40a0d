import type { FailOn, Finding } from '../model/verdict.ts';

/** From mild to grave. What is unknown has no degree: it can turn out to be any of them, or nothing. */
const DEGREES: readonly FailOn[] = ['deprecated', 'removed-by-target', 'missing'];

/** How a finding can fail, in the words of `fail-on`. Something served that must not be is `missing`, as it is there: it is not met. */
export const FAILURES: readonly FailOn[] = [...DEGREES, 'unknown'];

/** In what ways a finding fails today, as far as `failOn` asks for them; all that apply where it asks for none of them. */
export function failuresOf({ met, lifecycle }: Finding, failOn: readonly FailOn[]): readonly FailOn[] {
  const unmet = { no: ['missing'], unknown: ['unknown'], yes: [] } as const;
  const all = [...unmet[met], ...lifecycle.map(({ kind }) => kind)];
  const asked = all.filter((failure) => failOn.includes(failure));
  return asked.length === 0 ? all : asked;
}

/** The one failure that a finding is recorded with. */
export function gravest(failures: readonly FailOn[]): FailOn | undefined {
  return FAILURES.findLast((failure) => failures.includes(failure));
}

/** Whether who accepted `accepted` has accepted `failure`: each stands for itself and for what is milder. */
export function isAccepted(failure: FailOn, accepted: readonly FailOn[]): boolean {
  if (accepted.includes(failure)) return true;
  const degree = DEGREES.indexOf(failure);
  return degree >= 0 && accepted.some((own) => DEGREES.indexOf(own) > degree);
}

/**
 * What an exemption is taken to mean that does not say so: the mildest failure that the job is red for. Of a job that looks ahead
 * it may have been written for a deprecation, and then it must not hide that the API is gone.
 */
export function takenToAccept(failOn: readonly FailOn[]): readonly FailOn[] {
  return FAILURES.filter((failure) => failOn.includes(failure)).slice(0, 1);
}
