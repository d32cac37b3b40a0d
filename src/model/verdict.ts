import type { GateError, Outcome } from './errors.ts';
import type { FieldRule } from './field-fault.ts';
import type { Place, Problem } from './place.ts';
import type { ManifestObject, Requirement } from './requirement.ts';
import type { ServerVersion } from './snapshot.ts';

/** Of what a requirement names, on one cluster. */
export type Standing = 'served' | 'missing' | 'unknown' | 'provided' | 'exempt';

/** What may fail a job; errors always do. */
export type FailOn = 'missing' | 'unknown' | 'deprecated' | 'removed-by-target' | 'drift';

/** What the built-in types' lifecycle adds to a requirement; it explains and looks ahead, and never overrules the cluster. */
export interface LifecycleNote {
  readonly kind: 'deprecated' | 'removed-by-target';
  /** For example ``deprecated in 1.21, removed in 1.25; use `policy/v1` PodDisruptionBudget``. */
  readonly message: string;
  readonly replacement?: string | undefined;
}

/** Why a finding that would fail does not: a person accepted it. */
export interface Acceptance {
  readonly kind: 'exemption' | 'baseline';
  readonly reason: string;
  readonly place: Place;
}

/** The field that a finding is about, where it is about one. */
export interface FieldOfFinding {
  /** `field-unjudged`: the cluster did not tell the schemas of the requirement's group-version. */
  readonly rule: FieldRule | 'field-unjudged';
  /** From the object's root, as the API server writes it; `''` for `field-unjudged`. */
  readonly path: string;
}

/** One requirement, judged on one cluster; or one field of the object that it comes from. */
export interface Finding {
  /** For a field, its place is the field's own. */
  readonly requirement: Requirement;
  readonly field?: FieldOfFinding | undefined;
  readonly cluster: string;
  readonly standing: Standing;
  /** Whether the requirement is met, which for a negated one means that it is not served. */
  readonly met: 'yes' | 'no' | 'unknown';
  /** Whether this turns the job red, as `fail-on` and acceptances have it. */
  readonly fails: boolean;
  /** What was found, in plain text. */
  readonly explanation: string;
  /** What to do about it. */
  readonly advice?: string | undefined;
  readonly lifecycle: readonly LifecycleNote[];
  readonly acceptance?: Acceptance | undefined;
}

/** How the snapshot was obtained. */
export type CacheUse = 'hit' | 'revalidated' | 'rechecked' | 'miss' | 'off' | 'file';

/** One thing in which a cluster differs from an earlier snapshot. */
export interface DriftChange {
  readonly kind: 'lost' | 'changed' | 'gained';
  readonly what: 'group-version' | 'resource' | 'kind' | 'scope' | 'verbs' | 'preferred-version' | 'server-version';
  /** `policy/v1beta1`, `apps/v1/deployments`, the group of a preferred version, or `server-version`. */
  readonly api: string;
  /** What it was; of something lost its kinds. Absent for something gained. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** What of this change depends on it. */
  readonly neededBy: readonly {
    readonly text: string;
    readonly place: Place;
    readonly object?: ManifestObject | undefined;
  }[];
}

/** What changed on a cluster since an earlier snapshot. */
export interface Drift {
  /** When the earlier snapshot was taken, in milliseconds since the epoch. */
  readonly since: number;
  readonly changes: readonly DriftChange[];
  /** What a gap in one of the two snapshots covers. */
  readonly unknown: readonly string[];
  /** Whether this turns the job red. */
  readonly fails: boolean;
}

/** What is worth knowing without failing anything. */
export interface Warning {
  readonly message: string;
  readonly place?: Place | undefined;
  /** Told where somebody looks for it, in the log and folded away in the summary, and not as an annotation. */
  readonly isQuiet?: boolean | undefined;
}

/** All findings on one cluster, or the error that kept it from being judged. */
export interface ClusterVerdict {
  readonly cluster: string;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Warning[];
  /** Objects that this cluster does not store, by `apiVersion Kind`. */
  readonly notJudged?: Readonly<Record<string, number>> | undefined;
  readonly cache: CacheUse;
  /** Age of what was judged, in milliseconds; 0 when it was asked live. */
  readonly ageMs?: number | undefined;
  readonly serverVersion?: ServerVersion | undefined;
  /** What `helm template --api-versions` takes, in the server's order. */
  readonly capabilities: readonly string[];
  /** Absent without an earlier snapshot. */
  readonly drift?: Drift | undefined;
  readonly error?: GateError | undefined;
}

/** The standings of all requirements on all clusters, and the one outcome. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly clusters: readonly ClusterVerdict[];
  /** What in the manifests could not be read: each fails the job. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  /** Whether this is the verdict of many jobs. */
  readonly merged?: boolean | undefined;
  /** What is no object of any of the clusters, by what it is. */
  readonly notJudged: Readonly<Record<string, number>>;
  /** What kept the gate from judging any cluster; `clusters` is then empty. */
  readonly error?: GateError | undefined;
}
