import { type FieldLifecycle, fieldLifecycle } from '../lifecycle/field-lifecycle.ts';
import type { FieldFault, TypeField } from '../model/field-fault.ts';
import { formatPlace, type Place } from '../model/place.ts';
import { formatRelease, type Release } from '../model/release.ts';
import type { Requirement } from '../model/requirement.ts';
import type { ServerVersion } from '../model/snapshot.ts';
import type { Acceptance, FailOn, Finding } from '../model/verdict.ts';
import { hasReached, releaseOf } from './server-release.ts';

export { releaseOf } from './server-release.ts';

/** One field of one object that does not fit its schema. */
export interface ObjectFault {
  readonly fault: Omit<FieldFault, 'at'>;
  /** That of the object's kind, at the field's place. */
  readonly requirement: Requirement;
  /** Where the change's own CustomResourceDefinition stands, where that is what the object was held to. */
  readonly definedAt?: Place | undefined;
}

/** A group-version whose schemas the cluster did not tell. */
export interface UntoldSchemas {
  readonly groupVersion: string;
  /** Of the first object that uses it. */
  readonly requirement: Requirement;
  /** In the server's words, as a sentence without its full stop. */
  readonly message: string;
  readonly hint?: string | undefined;
}

export interface FieldJudging {
  /** The cluster's name, for reports. */
  readonly cluster: string;
  readonly serverVersion?: ServerVersion | undefined;
  /** Whether the job fails for a field, as far as `failOn` fails for anything. */
  readonly fails: boolean;
  readonly failOn: readonly FailOn[];
  /** Asked about every finding that would fail, and only about those. */
  readonly accept?: ((finding: Finding) => Acceptance | undefined) | undefined;
}

/** What objects say that the cluster does not know or does not take, in their order. */
export function fieldFindings(faults: readonly ObjectFault[], judging: FieldJudging): readonly Finding[] {
  const { cluster, fails, failOn, accept } = judging;
  return faults.map(({ fault, requirement, definedAt }) => {
    const dated = datedOf(fault, judging);
    const advice = dated === undefined ? adviceOn(fault) : undefined;
    const finding: Finding = {
      requirement,
      field: { rule: fault.rule, path: fault.path },
      cluster,
      standing: 'missing',
      met: 'no',
      fails: fails && failOn.length > 0 && !fault.isDoubtful,
      explanation: [explanationOf(fault, definedAt, judging), ...(dated === undefined ? [] : [dated])].join(' '),
      advice,
      lifecycle: [],
    };
    const acceptance = finding.fails ? accept?.(finding) : undefined;
    return acceptance === undefined ? finding : { ...finding, standing: 'exempt', fails: false, acceptance };
  });
}

/** Of a group-version whose schemas are not known, the finding that fails where fields are to fail. */
export function untoldFinding(untold: UntoldSchemas, judging: FieldJudging): Finding {
  const { cluster, failOn, accept } = judging;
  const finding: Finding = {
    requirement: untold.requirement,
    field: { rule: 'field-unjudged', path: '' },
    cluster,
    standing: 'unknown',
    met: 'unknown',
    fails: failOn.includes('unknown'),
    explanation: untoldMessage(untold, cluster),
    advice: untold.hint,
    lifecycle: [],
  };
  const acceptance = finding.fails ? accept?.(finding) : undefined;
  return acceptance === undefined ? finding : { ...finding, standing: 'exempt', fails: false, acceptance };
}

/** Why the fields of a group-version could not be judged. */
export function untoldMessage({ groupVersion, message }: UntoldSchemas, cluster: string): string {
  return `The fields of ${groupVersion} were not judged on ${cluster}: ${message}.`;
}

/** `production (1.28.15)`. */
function nameOf({ cluster, serverVersion }: FieldJudging): string {
  if (serverVersion === undefined) return cluster;
  const release = releaseOf(serverVersion);
  return `${cluster} (${release === undefined ? serverVersion.gitVersion : formatRelease(release)})`;
}

function explanationOf(
  { rule, path, says }: ObjectFault['fault'],
  definedAt: Place | undefined,
  judging: FieldJudging,
): string {
  if (rule !== 'field-unknown') return `${path} ${says}.`;
  if (definedAt !== undefined) {
    return `${path} is unknown to the CustomResourceDefinition that this change brings, at ${formatPlace(definedAt)}.`;
  }
  return `${path} is unknown to ${nameOf(judging)}.`;
}

/** Since when, or until when, Kubernetes has a field that this cluster lacks. */
function datedOf({ lacking }: ObjectFault['fault'], { serverVersion }: FieldJudging): string | undefined {
  if (lacking === undefined || lacking.component === '') return undefined;
  const lifecycle = fieldLifecycle(lacking, lacking.parent);
  const release = serverVersion === undefined ? undefined : releaseOf(serverVersion);
  if (lifecycle === undefined || release === undefined) return undefined;
  const { since, removed } = lifecycle;
  if (removed !== undefined && hasReached(release, removed)) return `Kubernetes removed it in ${removed}.`;
  return since !== undefined && !hasReached(release, since) ? `Kubernetes has it since ${since}.` : undefined;
}

/** A field that the cluster knows, and a release to come does not. */
export interface LeavingField {
  readonly path: string;
  readonly requirement: Requirement;
  /** For example `removed in 1.27`. */
  readonly what: string;
}

/** Whether a field that the cluster knows is gone, or not yet there, in the release that is looked ahead to: then in which words. */
export function leavingBy(target: Release): (field: TypeField) => string | undefined {
  return (field) => {
    const lifecycle = fieldLifecycle(field, field.parent);
    return lifecycle === undefined ? undefined : leaving(lifecycle, target);
  };
}

function leaving({ since, removed }: FieldLifecycle, target: Release): string | undefined {
  if (removed !== undefined && hasReached(target, removed)) return `removed in ${removed}`;
  return since !== undefined && !hasReached(target, since) ? `not there before ${since}` : undefined;
}

/** The findings that look ahead: the object fits today. */
export function leavingFindings(fields: readonly LeavingField[], judging: FieldJudging): readonly Finding[] {
  const { cluster, failOn, fails, accept } = judging;
  return fields.map(({ path, requirement, what }) => {
    const finding: Finding = {
      requirement,
      field: { rule: 'field-unknown', path },
      cluster,
      standing: 'served',
      met: 'yes',
      fails: fails && failOn.includes('removed-by-target'),
      explanation: `${path} is known to ${nameOf(judging)}.`,
      lifecycle: [{ kind: 'removed-by-target', message: `The target version does not have it: ${what}.` }],
    };
    const acceptance = finding.fails ? accept?.(finding) : undefined;
    return acceptance === undefined ? finding : { ...finding, standing: 'exempt', fails: false, acceptance };
  });
}

function adviceOn({ near, isDoubtful }: ObjectFault['fault']): string | undefined {
  if (near.length > 0) return `Did you mean ${near.join(' or ')}?`;
  return isDoubtful ? 'The server may still take it: what it published is not what it validates by.' : undefined;
}
