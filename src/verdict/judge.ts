import type { Definition } from '../model/definition.ts';
import { formatGroupVersion } from '../model/group-version.ts';
import { parseRelease } from '../model/release.ts';
import { formatRequirement, type Requirement } from '../model/requirement.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Acceptance, FailOn, Finding, Warning } from '../model/verdict.ts';
import { applyChange, type Change } from './change.ts';
import { warnOfGaps } from './gap-warnings.ts';
import { type Judged, type Judging, judgeRequirement } from './judge-requirement.ts';
import { findNearMisses } from './near-misses.ts';

export { capabilitiesOf } from './capabilities.ts';
export { combine, outcomeOf } from './outcome.ts';

export interface JudgeOptions {
  /** The cluster's name, for reports. */
  readonly cluster: string;
  readonly failOn: readonly FailOn[];
  /** Looked ahead to, for example `1.36.0`. */
  readonly targetVersion?: string | undefined;
  /** What the change says of the APIs that it brings, changes and takes away. */
  readonly definitions: readonly Definition[];
  /** Asked about every finding that would fail, and only about those. */
  readonly accept?: (finding: Finding) => Acceptance | undefined;
  /** Asked about every finding that nobody accepted: what nearly did. */
  readonly nearly?: (finding: Finding) => string | undefined;
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
): JudgedRequirements {
  const change = applyChange(snapshot, options.definitions);
  const judging: Judging = {
    change,
    served: change.after,
    near: findNearMisses(change.after),
    target: options.targetVersion === undefined ? undefined : parseRelease(options.targetVersion),
  };
  const known = new Map<string, Judged>();
  const warnings: Warning[] = [...rejections(change, options.cluster)];
  const findings: Finding[] = [];
  const notJudged: Record<string, number> = {};
  for (const requirement of requirements) {
    if (!isObject(requirement, change)) {
      const name = nameOfType(requirement);
      if (notJudged[name] === undefined) warnings.push(...leftOut(requirement, name, options.cluster));
      notJudged[name] = (notJudged[name] ?? 0) + 1;
      continue;
    }
    const key = `${requirement.place.kind} ${formatRequirement(requirement)}`;
    const judged = known.get(key) ?? judgeRequirement(requirement, judging);
    if (!known.has(key) && judged.doubt !== undefined) {
      warnings.push({ message: `${options.cluster}: ${judged.doubt}`, place: requirement.place });
    }
    known.set(key, judged);
    findings.push(findingOf(requirement, judged, options));
  }
  const touched = new Set([...known.values()].flatMap(({ gaps }) => gaps));
  const untouched = snapshot.gaps.filter((gap) => !touched.has(gap));
  return { findings, warnings: [...warnings, ...warnOfGaps(untouched, options.cluster)], notJudged };
}

/** Findings in the order of the requirements, and what is not a valid requirement on this cluster. */
export interface JudgedRequirements {
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
  /** Objects that this cluster does not store, by `apiVersion Kind`. */
  readonly notJudged: Readonly<Record<string, number>>;
}

/** Definitions that the cluster is in the way of. What is wrong with one on every cluster is said where it is read. */
function rejections({ rejected }: Change, cluster: string): Warning[] {
  return rejected
    .filter(({ by, definition }) => by === 'server' && definition.fault === undefined)
    .map(({ definition: { source }, why, place }) => ({
      message: `${cluster}: The API server does not accept this ${source}, so it provides nothing: ${why}.`,
      place,
    }));
}

/** Whether a requirement is about an object of this cluster: what looks like configuration is one where the cluster, or the change, has such objects. */
function isObject({ configuration, anyOf: [api] }: Requirement, { after, defines }: Change): boolean {
  if (configuration === undefined || api.kind !== 'kind') return true;
  const { group, version } = api.groupVersion;
  if (defines(group, api.name)) return true;
  const inGroup = after.group(group);
  if (configuration.of === 'group' && group !== '') return inGroup !== undefined;
  const versions = group === '' ? [version] : (inGroup?.versions ?? []).map((served) => served.version);
  return versions.some((own) => after.resources({ group, version: own })?.byKind.has(api.name) === true);
}

function nameOfType({ text, anyOf: [api] }: Requirement): string {
  return api.kind === 'kind' ? `${formatGroupVersion(api.groupVersion)} ${api.name}` : text;
}

/** Says of what some clusters do store that this one does not. */
function leftOut({ configuration, place }: Requirement, name: string, cluster: string): readonly Warning[] {
  const readBy = configuration?.readBy;
  if (readBy === undefined) return [];
  return [
    {
      message: `${cluster}: ${name} is not served, and taken for configuration of ${readBy}, so it is not judged. If an operator on this cluster is to read it, install its CustomResourceDefinition first.`,
      place,
    },
  ];
}

function findingOf(requirement: Requirement, judged: Judged, options: JudgeOptions): Finding {
  const { cluster, failOn, accept, nearly } = options;
  const { standing, met, explanation, advice, lifecycle } = judged;
  const finding: Finding = {
    requirement,
    cluster,
    standing,
    met,
    fails: whyItFails(judged).some((reason) => failOn.includes(reason)),
    explanation,
    advice,
    lifecycle,
  };
  if (!finding.fails) return finding;
  const acceptance = accept?.(finding);
  if (acceptance !== undefined) return { ...finding, standing: 'exempt', fails: false, acceptance };
  const near = nearly?.(finding);
  return near === undefined ? finding : { ...finding, advice: advice === undefined ? near : `${advice} ${near}` };
}

/** What of `fail-on` a finding is a case of. Something served that must not be fails as something missing does: it is not met. */
function whyItFails({ met, lifecycle }: Judged): readonly FailOn[] {
  const unmet = { no: ['missing'], unknown: ['unknown'], yes: [] } as const;
  return [...unmet[met], ...lifecycle.map(({ kind }) => kind)];
}
