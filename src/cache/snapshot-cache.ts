import { formatDuration } from '../model/duration.ts';
import type { Snapshot } from '../model/snapshot.ts';
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
  | { readonly kind: 'none'; readonly reason: string };

/** Snapshots between runs. Nothing here throws, changes an outcome, or takes longer than the deadline. */
export interface SnapshotCache {
  find(identity: CacheIdentity): Promise<Found>;
  /** Keeps a whole snapshot for later runs; one with gaps is refused. */
  keep(identity: CacheIdentity, snapshot: Snapshot): Promise<void>;
}

export interface SnapshotCacheOptions {
  /** How long a snapshot is good without asking the cluster; 0 for not at all. */
  readonly ttlMs: number;
  readonly store: SnapshotStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What the cache may cost one run in all, in milliseconds. */
  readonly deadlineMs?: number;
}

const DEFAULT_DEADLINE_MS = 10_000;

/** A cache of snapshots in `store`. */
export function openSnapshotCache(options: SnapshotCacheOptions): SnapshotCache {
  const { ttlMs, store, clock, log } = options;
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  /** What `find` met under each identity, so that `keep` knows which key is taken and by what. */
  const met = new Map<string, { readonly key?: string; readonly snapshot?: Snapshot }>();
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
    late.abort();
    done.abort();
    if (first.kind === 'answer') return first.value;
    trouble(first.reason);
    return undefined;
  }

  function judge(identity: CacheIdentity, restored: Restored): Found {
    if (restored.kind === 'none') return none(restored.reason);
    if (!isKeyOf(restored.key, identity, ttlMs)) return none(`what came was saved under another key, ${restored.key}`);
    const decoded = decodeEntry(restored.bytes);
    if (decoded.kind === 'invalid') return none(`the entry cannot be used: ${decoded.reason}`);
    const { entry } = decoded;
    const keys = snapshotKeys(identity, ttlMs, clock.now());
    if (entry.identity !== keys.identity) return none('the entry is of another cluster');
    if (identity.server !== undefined && entry.server !== serverHash(identity.server)) {
      return none(
        `the entry is of another server than this job's${identity.cluster === undefined ? '' : `, under the same cluster name ${identity.cluster}`}`,
      );
    }
    const ageMs = clock.now() - entry.snapshot.takenAt;
    if (ageMs < 0) return none(`the entry was taken ${formatDuration(-ageMs)} in the future by this machine's clock`);
    return { kind: ageMs < ttlMs ? 'fresh' : 'stale', snapshot: entry.snapshot, ageMs };
  }

  return {
    async find(identity) {
      const { lookup, identity: name } = snapshotKeys(identity, ttlMs, clock.now());
      let trouble = '';
      const restored = await bounded(
        (signal) => store.restore(lookup, signal),
        (reason) => {
          trouble = reason;
        },
      );
      const found = restored === undefined ? none(trouble) : judge(identity, restored);
      met.set(name, {
        ...(restored?.kind === 'found' ? { key: restored.key } : {}),
        ...(found.kind === 'none' ? {} : { snapshot: found.snapshot }),
      });
      say(identity, sayFound(found, ttlMs));
      return found;
    },

    async keep(identity, snapshot) {
      if (snapshot.gaps.length > 0) {
        const gaps = snapshot.gaps.length === 1 ? 'a gap' : `${snapshot.gaps.length} gaps`;
        say(identity, `not saved, because the answer has ${gaps} and only a whole one is kept`);
        return;
      }
      const keys = snapshotKeys(identity, ttlMs, snapshot.takenAt);
      const before = met.get(keys.identity);
      const taken = before?.key?.startsWith(keys.window) ?? false;
      if (taken && before?.snapshot !== undefined && sameAnswers(before.snapshot, snapshot)) {
        say(identity, 'not saved again, because it holds the same answer from this window');
        return;
      }
      const bytes = encodeEntry({
        identity: keys.identity,
        ...(identity.server === undefined ? {} : { server: serverHash(identity.server) }),
        snapshot,
      });
      const save = async (signal: AbortSignal): Promise<Saved> => {
        if (taken) return await store.save(keys.renewed, bytes, signal);
        const saved = await store.save(keys.window, bytes, signal);
        // Without a look first (`refresh`) what is there is older than this; after one, it is of a job at the same time.
        const older = saved.kind === 'exists' && before === undefined;
        return older ? await store.save(keys.renewed, bytes, signal) : saved;
      };
      let trouble = '';
      const saved = await bounded(save, (reason) => {
        trouble = reason;
      });
      say(identity, saySaved(saved ?? { kind: 'failed', reason: trouble }, store.name, ttlMs));
    },
  };
}

/** What a person knows the cluster by. */
function nameOf({ cluster, server }: CacheIdentity): string {
  return cluster ?? URL.parse(server?.server ?? '')?.host ?? 'the cluster';
}

function none(reason: string): Found {
  return { kind: 'none', reason };
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

function saySaved(saved: Saved, store: string, ttlMs: number): string {
  switch (saved.kind) {
    case 'saved':
      return `saved in the ${store}, ${ttlMs === 0 ? 'for the cluster to confirm' : `good for ${formatDuration(ttlMs)}`}`;
    case 'exists':
      return 'not saved, because another job was first';
    case 'failed':
      return `not saved, because ${saved.reason}`;
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
