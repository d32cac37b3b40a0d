/** No store hands out more than this. A cluster with 2,000 CRDs makes an entry of about 1 MB. */
export const MAX_ENTRY_BYTES = 32 * 1024 * 1024;

/** What came of looking for an entry. */
export type Restored =
  | {
      readonly kind: 'found';
      /** The key it was saved under, in full: a store may match by prefix. */
      readonly key: string;
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** Absent: the store has no such entry. `no-service`: no store here. `trouble`: nobody knows whether it has, or it has one that cannot be had. */
      readonly why?: 'no-service' | 'trouble' | undefined;
    };

/** What came of saving one. */
export type Saved =
  | { readonly kind: 'saved' }
  /** The key is taken; entries are immutable. */
  | { readonly kind: 'exists' }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Keeps bytes under keys, for other jobs or other runs.
 *
 * Both calls end soon after `signal` aborts, and whatever goes wrong is an answer, not an exception. The caller trusts nothing of what it gets back.
 */
export interface SnapshotStore {
  /** For example `Actions cache`: how messages name it. */
  readonly name: string;
  /** Starts early what the first call will need. */
  prepare?(): void;
  /** Looks for the keys in their order; each matches itself, else the newest entry that begins with it. */
  restore(keys: readonly [string, ...string[]], signal: AbortSignal): Promise<Restored>;
  save(key: string, bytes: Uint8Array, signal: AbortSignal): Promise<Saved>;
}
