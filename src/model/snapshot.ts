/** One resource of a served group-version, as the discovery API describes it. */
export interface Resource {
  /** Plural, or `parent/subresource`. */
  readonly name: string;
  readonly singularName: string;
  readonly namespaced: boolean;
  readonly kind: string;
  /** Group and version of `kind` where they are not those of the list, as for `apps/v1` `deployments/scale`. */
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly storageVersionHash?: string | undefined;
}

/** A version of a group that the cluster serves now; `resources` may be empty, and is then known to be. */
export interface ServedVersion {
  readonly version: string;
  readonly resources: readonly Resource[];
}

/** A group and its served versions, in the server's order. A group whose versions are all stale keeps none. */
export interface ServedGroup {
  /** `''` for the core group. */
  readonly name: string;
  readonly versions: readonly ServedVersion[];
  readonly preferredVersion?: string | undefined;
}

/** What `/version` says. */
export interface ServerVersion {
  /** For example `v1.33.1-gke.100`. */
  readonly gitVersion: string;
  readonly major: string;
  readonly minor: string;
}

export type DiscoveryEndpoint = '/api' | '/apis' | '/version';

/** Why a gap is there; a program branches on this, a person reads `message`. */
export type GapReason =
  | 'stale'
  | 'forbidden'
  | 'not-found'
  | 'unavailable'
  | 'invalid'
  /** Nobody was asked: what the snapshot was read from does not tell. */
  | 'not-recorded';

/**
 * What the cluster could not be asked or did not answer.
 *
 * A gap at `/api` covers the core group, one at `/apis` every other group that the snapshot does not hold, one at `/version` the server's
 * version, and one of a group-version that group-version with all that is in it.
 */
export type Gap =
  | {
      readonly kind: 'endpoint';
      readonly endpoint: DiscoveryEndpoint;
      readonly reason: GapReason;
      readonly message: string;
    }
  | {
      readonly kind: 'group-version';
      readonly groupVersion: string;
      readonly reason: GapReason;
      readonly message: string;
    };

/** ETags of the aggregated documents a snapshot was made from; plain documents have none. */
export interface Validators {
  readonly api?: string | undefined;
  readonly apis?: string | undefined;
}

/** All that one cluster said it serves at one moment, and its gaps. */
export interface Snapshot {
  /** When the answers were taken or last confirmed, in milliseconds since the epoch. */
  readonly takenAt: number;
  /** Core first, then the server's own order. */
  readonly groups: readonly ServedGroup[];
  readonly version?: ServerVersion | undefined;
  readonly gaps: readonly Gap[];
  readonly validators: Validators;
}
