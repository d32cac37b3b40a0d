import { formatPlace } from '../model/place.ts';
import type { FailOn, Finding } from '../model/verdict.ts';
import type { BaselineEntry } from './baseline.ts';
import type { Exemption } from './exemptions.ts';
import { FAILURES, failuresOf, gravest, isAccepted, takenToAccept } from './failures.ts';

/** What comes near to accepting a finding, all of it in time. */
export interface Candidates {
  readonly failOn: readonly FailOn[];
  /** About this finding, and written for another failure. */
  readonly exemptions: readonly Exemption[];
  /** Whose `files` mean the template that a comment names. */
  readonly byTemplate: readonly Exemption[];
  /** Of the same key. */
  readonly entries: readonly BaselineEntry[];
}

/** Says of a finding that nobody accepted which exemption or entry nearly did, and what a person has to write if it is meant. */
export function nearlyAccepted(finding: Finding, candidates: Candidates): string | undefined {
  const { failOn, exemptions, byTemplate, entries } = candidates;
  const failures = failuresOf(finding, failOn);
  const lackingIn = (accepted: readonly FailOn[]): FailOn | undefined =>
    gravest(failures.filter((failure) => !isAccepted(failure, accepted)));

  const [exemption] = exemptions;
  if (exemption !== undefined) {
    const { field, accepts = field === undefined ? takenToAccept(failOn) : ['missing' as const], place } = exemption;
    const lacking = lackingIn(accepts);
    if (lacking === undefined) return undefined;
    const only =
      exemption.accepts === undefined ? `is taken to accept only ${accepts[0]}` : `accepts ${accepts.join(', ')}`;
    return `The exemption at ${formatPlace(place)} ${only}, and this is ${lacking}. If it is meant as well, write \`accepts: ${asYaml([...accepts, lacking])}\` there.`;
  }
  const [other] = byTemplate;
  if (other !== undefined && finding.requirement.place.kind === 'file') {
    const { template } = finding.requirement.place;
    return `The exemption at ${formatPlace(other.place)} has \`files\` that mean ${template}, a template that only a comment in this file names. Write \`template\` in place of \`files\` to trust such comments.`;
  }
  const [entry] = entries;
  if (entry === undefined) return undefined;
  const at = `The baseline at ${formatPlace(entry.place)}`;
  const lacking = lackingIn(entries.map(({ failure }) => failure));
  switch (lacking) {
    case undefined:
      return `${at} has this at ${entry.count === 1 ? 'one place' : `${entry.count} places`} only.`;
    case 'unknown':
      return `${at} has this as ${entry.failure}, and it is unknown now. A baseline holds nothing unknown: an exemption with \`accepts: unknown\` does.`;
    default:
      return `${at} has this as ${entry.failure}, and it is ${lacking} now. If that is accepted too, write it again with \`update-baseline: true\`.`;
  }
}

/** The fewest words that accept all of these. */
function asYaml(failures: readonly FailOn[]): string {
  const needed = FAILURES.filter(
    (failure) =>
      failures.includes(failure) &&
      !isAccepted(
        failure,
        failures.filter((other) => other !== failure),
      ),
  );
  return needed.length === 1 ? String(needed[0]) : `[${needed.join(', ')}]`;
}
