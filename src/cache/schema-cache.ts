import { formatDuration } from '../model/duration.ts';
import type { Clock, Log } from '../model/world.ts';
import { type CacheIdentity, serverHash, snapshotKeys } from './key.ts';
import { decodeSchemas, encodeSchemas, type SchemaRecord } from './schema-entry.ts';
import type { SnapshotStore } from './snapshot-store.ts';

export type { SchemaRecord } from './schema-entry.ts';

/** What the cache knows of a cluster's schemas. */
export type FoundSchemas =
  /** `isFresh`: younger than the TTL, good without asking the cluster; else good where the cluster names the same hash. */
  | {
      readonly kind: 'found';
      readonly isFresh: boolean;
      readonly ageMs: number;
      readonly records: readonly SchemaRecord[];
    }
  | { readonly kind: 'none'; readonly reason: string };

/** Schemas between runs, beside the snapshots and under keys of their own. Nothing here throws, changes an outcome, or takes longer than the deadline. */
export interface SchemaCache {
  find(): Promise<FoundSchemas>;
  /** Keeps what is known now, unless the cache has the very same and it is still good. */
  keep(takenAt: number, records: readonly SchemaRecord[]): Promise<void>;
}

export interface SchemaCacheOptions {
  readonly identity: CacheIdentity;
  readonly ttlMs: number;
  readonly store: SnapshotStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether a text holds a secret of this job: anyone who may open a pull request may read what is kept. */
  readonly holdsSecret: (text: string) => boolean;
}

/** What each call may cost a run, in milliseconds. */
const DEADLINE_MS = 10_000;

const SNAPSHOT_PREFIX = /^kube-api-gate-v1-/;
const SCHEMA_PREFIX = 'kube-api-gate-schemas-v1-';

/** A cache of one cluster's schemas in `store`. */
export function openSchemaCache({ identity, ttlMs, store, clock, log, holdsSecret }: SchemaCacheOptions): SchemaCache {
  let met: { readonly key: string; readonly found: FoundSchemas } | undefined;
  const name = snapshotKeys(identity, ttlMs, clock.now()).identity;
  const keyOf = (snapshotKey: string): string => snapshotKey.replace(SNAPSHOT_PREFIX, SCHEMA_PREFIX);
  const say = (what: string): void =>
    log.line(`Schemas of ${identity.cluster ?? hostOf(identity)} in the cache: ${what}.`);

  async function bounded<Value>(call: (signal: AbortSignal) => Promise<Value>): Promise<Value | Error> {
    const late = new AbortController();
    const done = new AbortController();
    const answer = call(late.signal).catch((thrown: unknown) =>
      thrown instanceof Error ? thrown : new Error(String(thrown)),
    );
    const deadline = clock.sleep(DEADLINE_MS, done.signal).then(
      () => new Error(`the ${store.name} did not answer within ${formatDuration(DEADLINE_MS)}`),
      () => answer,
    );
    const first = await Promise.race([answer, deadline]);
    late.abort();
    done.abort();
    return first;
  }

  async function look(): Promise<FoundSchemas> {
    const { lookup } = snapshotKeys(identity, ttlMs, clock.now());
    const [first, ...others] = lookup;
    const restored = await bounded((signal) => store.restore([keyOf(first), ...others.map(keyOf)], signal));
    if (restored instanceof Error) return { kind: 'none', reason: restored.message };
    if (restored.kind === 'none') return { kind: 'none', reason: restored.reason };
    const found = foundIn(restored.key, restored.bytes);
    met = { key: restored.key, found };
    return found;
  }

  function foundIn(key: string, bytes: Uint8Array): FoundSchemas {
    const prefix = keyOf(snapshotKeys(identity, ttlMs, clock.now()).lookup[2] ?? '');
    if (!key.startsWith(prefix) || !/^[0-9]{10}-(?:r[0-9]+-)?$/.test(key.slice(prefix.length))) {
      return { kind: 'none', reason: `what came was saved under another key, ${key}` };
    }
    const decoded = decodeSchemas(bytes);
    if (decoded.kind === 'invalid') return { kind: 'none', reason: `the entry cannot be used: ${decoded.reason}` };
    const { entry } = decoded;
    if (entry.identity !== name) return { kind: 'none', reason: 'the entry is of another cluster' };
    if (identity.server !== undefined && entry.server !== serverHash(identity.server)) {
      return { kind: 'none', reason: "the entry is of another server than this job's" };
    }
    const ageMs = clock.now() - entry.takenAt;
    if (ageMs < 0) return { kind: 'none', reason: `the entry was taken ${formatDuration(-ageMs)} in the future` };
    return { kind: 'found', isFresh: ageMs < ttlMs, ageMs, records: entry.records };
  }

  return {
    async find() {
      const found = await look();
      say(
        found.kind === 'none'
          ? `none, because ${found.reason}`
          : `${count(found.records)}, taken ${formatDuration(found.ageMs)} ago`,
      );
      return found;
    },

    async keep(takenAt, records) {
      const keys = snapshotKeys(identity, ttlMs, takenAt);
      const window = keyOf(keys.window);
      const isTaken = met?.key.startsWith(window) ?? false;
      if (isTaken && met?.found.kind === 'found' && sameRecords(met.found.records, records)) {
        say('not saved again, because it holds the same from this window');
        return;
      }
      if (records.some(({ text }) => holdsSecret(text))) {
        say('not saved, because they hold a secret of this job');
        return;
      }
      const server = identity.server === undefined ? undefined : serverHash(identity.server);
      const bytes = encodeSchemas({ identity: name, server, takenAt, records });
      const saved = await bounded(async (signal) => {
        if (isTaken) return store.save(keyOf(keys.renewed), bytes, signal);
        const first = await store.save(window, bytes, signal);
        // What another job saved first need not be what this one needs.
        return first.kind === 'exists' ? store.save(keyOf(keys.renewed), bytes, signal) : first;
      });
      if (saved instanceof Error) say(`not saved, because ${saved.message}`);
      else if (saved.kind === 'failed') say(`not saved, because ${saved.reason}`);
      else if (saved.kind === 'exists') say('not saved, because another job was first');
      else say(`saved, ${count(records)}, ${Math.ceil(bytes.byteLength / 1024)} KB`);
    },
  };
}

function sameRecords(left: readonly SchemaRecord[], right: readonly SchemaRecord[]): boolean {
  const hashes = new Map(left.map(({ groupVersion, hash }) => [groupVersion, hash]));
  return left.length === right.length && right.every(({ groupVersion, hash }) => hashes.get(groupVersion) === hash);
}

function count(records: readonly SchemaRecord[]): string {
  return records.length === 1 ? '1 group-version' : `${records.length} group-versions`;
}

function hostOf({ server }: CacheIdentity): string {
  return URL.parse(server?.server ?? '')?.host ?? 'the cluster';
}
