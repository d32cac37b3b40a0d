import { parseRelease } from '../model/release.ts';
import { formatRequirement, type ProvidedApi, type Requirement } from '../model/requirement.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Acceptance, FailOn, Finding, Warning } from '../model/verdict.ts';
import { warnOfGaps } from './gap-warnings.ts';
import { type Judged, type Judging, judgeRequirement } from './judge-requirement.ts';
import { findNearMisses } from './near-misses.ts';
import { indexProvided } from './provided-apis.ts';
import { indexSnapshot } from './served-apis.ts';

export { capabilitiesOf } from './capabilities.ts';
export { combine, outcomeOf } from './outcome.ts';

export interface JudgeOptions {
  /** The cluster's name, for reports. */
  readonly cluster: string;
  readonly failOn: readonly FailOn[];
  /** Looked ahead to, for example `1.36.0`. */
  readonly targetVersion?: string | undefined;
  readonly provided: readonly ProvidedApi[];
  /** Asked about every finding that would fail, and only about those. */
  readonly accept?: (finding: Finding) => Acceptance | undefined;
}

/**
 * Judges every requirement on what one cluster serves, in their order.
 *
 * Served, missing and unknown are three answers; unknown comes only from a gap that covers the requirement, and a gap that covers none is a
 * warning.
 */
export function judge(
  snapshot: Snapshot,
  requirements: readonly Requirement[],
  options: JudgeOptions,
): { readonly findings: readonly Finding[]; readonly warnings: readonly Warning[] } {
  const served = indexSnapshot(snapshot);
  const judging: Judging = {
    served,
    near: findNearMisses(served),
    provided: indexProvided(options.provided),
    target: options.targetVersion === undefined ? undefined : parseRelease(options.targetVersion),
  };
  const known = new Map<string, Judged>();
  const warnings: Warning[] = [];
  const findings = requirements.map((requirement) => {
    const key = `${requirement.place.kind} ${formatRequirement(requirement)}`;
    const judged = known.get(key) ?? judgeRequirement(requirement, judging);
    if (!known.has(key) && judged.doubt !== undefined) {
      warnings.push({ message: `${options.cluster}: ${judged.doubt}`, place: requirement.place });
    }
    known.set(key, judged);
    return findingOf(requirement, judged, options);
  });
  const touched = new Set([...known.values()].flatMap(({ gaps }) => gaps));
  const untouched = snapshot.gaps.filter((gap) => !touched.has(gap));
  return { findings, warnings: [...warnings, ...warnOfGaps(untouched, options.cluster)] };
}

function findingOf(requirement: Requirement, judged: Judged, { cluster, failOn, accept }: JudgeOptions): Finding {
  const { standing, met, explanation, advice, lifecycle } = judged;
  const finding: Finding = {
    requirement,
    cluster,
    standing,
    met,
    fails: whyItFails(judged).some((reason) => failOn.includes(reason)),
    explanation,
    ...(advice === undefined ? {} : { advice }),
    lifecycle,
  };
  const acceptance = finding.fails ? accept?.(finding) : undefined;
  return acceptance === undefined ? finding : { ...finding, standing: 'exempt', fails: false, acceptance };
}

/** What of `fail-on` a finding is a case of. Something served that must not be fails as something missing does: it is not met. */
function whyItFails({ met, lifecycle }: Judged): readonly FailOn[] {
  const unmet = { no: ['missing'], unknown: ['unknown'], yes: [] } as const;
  return [...unmet[met], ...lifecycle.map(({ kind }) => kind)];
}
