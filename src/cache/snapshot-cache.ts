import { formatDuration } from '../model/duration.ts';
import type { Gap, Snapshot } from '../model/snapshot.ts';
import type { Clock, Log } from '../model/world.ts';
import { decodeEntry, encodeEntry, sameAnswers } from './entry.ts';
import { type CacheIdentity, isKeyOf, serverHash, snapshotKeys } from './key.ts';
import type { Restored, Saved, SnapshotStore } from './snapshot-store.ts';

export type { CacheIdentity } from './key.ts';

/** What the cache knows of a cluster. */
export type Found =
  /** Younger than the TTL: good without asking the cluster. */
  | { readonly kind: 'fresh'; readonly snapshot: Snapshot; readonly ageMs: number }
  /** Older: good for its validators. */
  | { readonly kind: 'stale'; readonly snapshot: Snapshot; readonly ageMs: number }
  | {
      readonly kind: 'none';
      readonly reason: string;
      /** Absent: the cache has no entry. `kubectl`: nor has kubectl's. */
      readonly why?: 'no-service' | 'trouble' | 'unusable' | 'other-server' | 'kubectl' | undefined;
    };

/** Whether later runs find the answer, or one as good. */
export type Kept = { readonly kind: 'kept' } | { readonly kind: 'not-kept'; readonly reason: string };

/** Snapshots between runs. Nothing here throws, changes an outcome, or takes longer than the deadline. */
export interface SnapshotCache {
  find(identity: CacheIdentity): Promise<Found>;
  /**
   * Keeps a snapshot, its gaps included, for later runs.
   *
   * One that lacks a whole listing does not take the place of a young one that has it.
   */
  keep(identity: CacheIdentity, snapshot: Snapshot): Promise<Kept>;
}

export interface SnapshotCacheOptions {
  /** How long a snapshot is good without asking the cluster; 0 for not at all. */
  readonly ttlMs: number;
  readonly store: SnapshotStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What the cache may cost one run in all, in milliseconds. */
  readonly deadlineMs?: number | undefined;
}

const DEFAULT_DEADLINE_MS = 10_000;
/** How long a call that came too late may take to clean up: a folder is left behind when the process ends first. */
const CLEANUP_MS = 500;

/** What a look met under an identity. */
interface Met {
  /** Under which key something is there. */
  readonly key?: string | undefined;
  readonly snapshot?: Snapshot | undefined;
  /** Whether something may be there that could not be had. */
  readonly hidden: boolean;
}

/** A cache of snapshots in `store`. */
export function openSnapshotCache(options: SnapshotCacheOptions): SnapshotCache {
  const { ttlMs, store, clock, log } = options;
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  /** So that `keep` knows which key is taken and by what. */
  const met = new Map<string, Met>();
  let spentMs = 0;
  store.prepare?.();

  function say(identity: CacheIdentity, what: string): void {
    log.line(`Cache of ${nameOf(identity)}: ${what}.`);
  }

  /** The call's answer, or `undefined` when it failed or came too late; `trouble` hears why. */
  async function bounded<Answer>(
    call: (signal: AbortSignal) => Promise<Answer>,
    trouble: (reason: string) => void,
  ): Promise<Answer | undefined> {
    const leftMs = deadlineMs - spentMs;
    if (leftMs <= 0) {
      trouble(`the ${store.name} has used up the ${formatDuration(deadlineMs)} that it may take`);
      return undefined;
    }
    const started = clock.now();
    const late = new AbortController();
    const done = new AbortController();
    const answer = Promise.resolve()
      .then(() => call(late.signal))
      .then(
        (value) => ({ kind: 'answer' as const, value }),
        (thrown: unknown) => ({ kind: 'trouble' as const, reason: messageOf(thrown) }),
      );
    const deadline = clock.sleep(leftMs, done.signal).then(
      () => ({
        kind: 'trouble' as const,
        reason: `the ${store.name} did not answer within ${formatDuration(deadlineMs)}`,
      }),
      () => new Promise<never>(() => undefined),
    );
    const first = await Promise.race([answer, deadline]);
    spentMs += Math.max(0, clock.now() - started);
    done.abort();
    if (first.kind === 'answer') return first.value;
    late.abort();
    const cleaned = new AbortController();
    await Promise.race([answer, clock.sleep(CLEANUP_MS, cleaned.signal).catch(() => undefined)]);
    cleaned.abort();
    trouble(first.reason);
    return undefined;
  }

  function judge(identity: CacheIdentity, restored: Restored): Found {
    if (restored.kind === 'none') return restored;
    if (!isKeyOf(restored.key, identity, ttlMs)) {
      return unusable(`what came was saved under another key, ${restored.key}`);
    }
    const decoded = decodeEntry(restored.bytes);
    if (decoded.kind === 'invalid') return unusable(`the entry cannot be used: ${decoded.reason}`);
    const { entry } = decoded;
    const keys = snapshotKeys(identity, ttlMs, clock.now());
    if (entry.identity !== keys.identity) return unusable('the entry is of another cluster');
    if (identity.server !== undefined && entry.server !== serverHash(identity.server)) {
      const under = identity.cluster === undefined ? '' : `, under the same cluster name ${identity.cluster}`;
      return { kind: 'none', why: 'other-server', reason: `the entry is of another server than this job's${under}` };
    }
    const ageMs = clock.now() - entry.snapshot.takenAt;
    if (ageMs < 0) {
      return unusable(`the entry was taken ${formatDuration(-ageMs)} in the future by this machine's clock`);
    }
    return { kind: ageMs < ttlMs ? 'fresh' : 'stale', snapshot: entry.snapshot, ageMs };
  }

  async function look(identity: CacheIdentity): Promise<Found> {
    const { lookup, identity: name } = snapshotKeys(identity, ttlMs, clock.now());
    let trouble = '';
    const restored = await bounded(
      (signal) => store.restore(lookup, signal),
      (reason) => {
        trouble = reason;
      },
    );
    const found: Found =
      restored === undefined ? { kind: 'none', why: 'trouble', reason: trouble } : judge(identity, restored);
    met.set(name, {
      key: restored?.kind === 'found' ? restored.key : undefined,
      snapshot: found.kind === 'none' ? undefined : found.snapshot,
      hidden: found.kind === 'none' && found.why === 'trouble',
    });
    return found;
  }

  /** The endpoint whose groups the snapshot lacks, and a young entry of the same identity has. */
  async function knownBetter(identity: CacheIdentity, { gaps }: Snapshot): Promise<string | undefined> {
    const lacking = listingGaps(gaps);
    if (lacking.length === 0) return undefined;
    const name = snapshotKeys(identity, ttlMs, clock.now()).identity;
    if (!met.has(name)) await look(identity);
    const known = met.get(name)?.snapshot;
    if (known === undefined || clock.now() - known.takenAt >= ttlMs) return undefined;
    const also = listingGaps(known.gaps);
    return lacking.find((endpoint) => !also.includes(endpoint));
  }

  async function save(identity: CacheIdentity, snapshot: Snapshot): Promise<Saved | 'same'> {
    const keys = snapshotKeys(identity, ttlMs, snapshot.takenAt);
    const before = met.get(keys.identity);
    const taken = before?.key?.startsWith(keys.window) ?? false;
    if (taken && before?.snapshot !== undefined && sameAnswers(before.snapshot, snapshot)) return 'same';
    const server = identity.server === undefined ? undefined : serverHash(identity.server);
    const bytes = encodeEntry({ identity: keys.identity, server, snapshot });
    const saving = async (signal: AbortSignal): Promise<Saved> => {
      if (taken) return await store.save(keys.renewed, bytes, signal);
      const saved = await store.save(keys.window, bytes, signal);
      // After a look that found no entry, what is there now is another job's and as new as this. Without one (`refresh`) it is older than this, and
      // where it could not be had (a damaged archive), it would stand in the way of every job until the window ends.
      const beside = saved.kind === 'exists' && (before === undefined || before.hidden);
      return beside ? await store.save(keys.renewed, bytes, signal) : saved;
    };
    let trouble = '';
    const saved = await bounded(saving, (reason) => {
      trouble = reason;
    });
    return saved ?? { kind: 'failed', reason: trouble };
  }

  return {
    async find(identity) {
      const found = await look(identity);
      say(identity, sayFound(found, ttlMs));
      return found;
    },

    async keep(identity, snapshot) {
      const kept = (reason?: string): Kept => (reason === undefined ? { kind: 'kept' } : { kind: 'not-kept', reason });
      const lacking = await knownBetter(identity, snapshot);
      if (lacking !== undefined) {
        const reason = `the answer lacks all of ${lacking}, and the entry that is there has it and is still good`;
        say(identity, `not saved, because ${reason}`);
        return kept(reason);
      }
      const saved = await save(identity, snapshot);
      say(identity, saySaved(saved, snapshot, store.name, ttlMs));
      return kept(saved !== 'same' && saved.kind === 'failed' ? saved.reason : undefined);
    },
  };
}

function listingGaps(gaps: readonly Gap[]): readonly string[] {
  return gaps.flatMap((gap) => (gap.kind === 'endpoint' && gap.endpoint !== '/version' ? [gap.endpoint] : []));
}

/** What a person knows the cluster by. */
function nameOf({ cluster, server }: CacheIdentity): string {
  return cluster ?? URL.parse(server?.server ?? '')?.host ?? 'the cluster';
}

function unusable(reason: string): Found {
  return { kind: 'none', why: 'unusable', reason };
}

function sayFound(found: Found, ttlMs: number): string {
  switch (found.kind) {
    case 'fresh':
      return `hit, taken ${formatDuration(found.ageMs)} ago, younger than the TTL of ${formatDuration(ttlMs)}`;
    case 'stale':
      return `taken ${formatDuration(found.ageMs)} ago, not younger than the TTL of ${formatDuration(ttlMs)}: good only for asking whether it still holds`;
    case 'none':
      return `miss, because ${found.reason}`;
  }
}

function saySaved(saved: Saved | 'same', { gaps }: Snapshot, store: string, ttlMs: number): string {
  if (saved === 'same') return 'not saved again, because it holds the same answer from this window';
  switch (saved.kind) {
    case 'saved': {
      const besides = gaps.length === 0 ? '' : `, ${gaps.length === 1 ? 'a gap' : `${gaps.length} gaps`} included`;
      return `saved in the ${store}${besides}, ${ttlMs === 0 ? 'for the cluster to confirm' : `good for ${formatDuration(ttlMs)}`}`;
    }
    case 'exists':
      return 'not saved, because another job was first';
    case 'failed':
      return `not saved, because ${saved.reason}`;
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
