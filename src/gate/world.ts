import type { SnapshotStore } from '../cache/snapshot-store.ts';
import type { ClusterWorld } from '../cluster/cluster.ts';
import type { GateError } from '../model/errors.ts';
import type { Verdict } from '../model/verdict.ts';
import type { PipedFile } from '../model/world.ts';

/** Where a run's answer goes. */
export interface Publisher {
  /** Loads what publishing needs; called while the gate waits for an answer. */
  readonly prepare: () => Promise<unknown>;
  readonly verdict: (verdict: Verdict) => Promise<void>;
  /** For a run that ended before there was anything to judge. */
  readonly error: (error: GateError) => Promise<void>;
}

/** All that the gate may touch of the world. */
export interface World extends ClusterWorld {
  /** Where answers are kept for other runs. Absent: nowhere but in kubectl's cache. */
  readonly store?: SnapshotStore | undefined;
  readonly publisher: Publisher;
  /** The checkout: paths in reports are relative to it. */
  readonly repositoryRoot: string;
  /** Where `kubectl-cache: write` puts what kubectl and helm read; an absolute path. */
  readonly kubectlCacheDirectory: string;
  /** Where kubectl and helm look by themselves: what `kubectl-cache: use` reads and writes. */
  readonly kubectlOwnCacheDirectory: string;
  /** Manifests that come from no file: what was piped in. */
  readonly piped?: readonly PipedFile[] | undefined;
  /** Told what is done now, for whoever watches: `Asking production`. */
  readonly progress?: ((what: string) => void) | undefined;
  /** Sets an environment variable for the job's later steps. */
  readonly exportVariable: (name: string, value: string) => void;
}
