import type { ClusterIdentity } from '../model/cluster.ts';

const { createHash } = process.getBuiltinModule('node:crypto');

/** Who a snapshot belongs to: the name a person gave the cluster, what this job knows of its server, or both. */
export interface CacheIdentity {
  /** The input `cluster`: when given it is the identity, so that a job without credentials finds the entry. */
  readonly cluster?: string | undefined;
  /** Absent when nothing is known of the server, as in `only` mode without credentials. */
  readonly server?: ClusterIdentity | undefined;
}

/** The keys of one identity at one moment. */
export interface SnapshotKeys {
  /** The identity as keys and entries name it. */
  readonly identity: string;
  /** Key of the first snapshot of the current window. */
  readonly window: string;
  /** Key of a later snapshot of the same window, when the first is known to be outdated: entries are immutable. */
  readonly renewed: string;
  /** What to look for, best first: this window's renewed snapshot, its first, then the newest of any window. Each is also a prefix. */
  readonly lookup: readonly [string, ...string[]];
}

const SCHEMA = 'kube-api-gate-v1';
/** A TTL of zero never makes an entry fresh, but its validators save the transfer: such entries are kept by windows of this length. */
const WINDOW_WITHOUT_TTL_SECONDS = 600;
/** Enough for Unix seconds, the window numbers of the shortest TTL. */
const WINDOW_DIGITS = 10;

/**
 * Keys for `identity` at `time`, in milliseconds since the epoch.
 *
 * Every key ends in a delimiter, since the service takes each for a prefix: without it window 49 would find window 491.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#cache-key-matching
 */
export function snapshotKeys(identity: CacheIdentity, ttlMs: number, time: number): SnapshotKeys {
  const name = identityName(identity);
  const prefix = `${SCHEMA}-${name}-${ttlSeconds(ttlMs)}-`;
  const window = `${prefix}${windowNumber(ttlMs, time)}-`;
  return {
    identity: name,
    window,
    renewed: `${window}r${Math.floor(time / 1000)}-`,
    lookup: [`${window}r`, window, prefix],
  };
}

/** Whether `key`, as a store reports it, is in full one that this identity and TTL are saved under. */
export function isKeyOf(key: string, identity: CacheIdentity, ttlMs: number): boolean {
  const prefix = `${SCHEMA}-${identityName(identity)}-${ttlSeconds(ttlMs)}-`;
  return key.startsWith(prefix) && /^[0-9]{10}-(?:r[0-9]+-)?$/.test(key.slice(prefix.length));
}

/** What an entry keeps of the server it came from: enough to tell servers apart, nothing of their addresses or credentials. */
export function serverHash(server: ClusterIdentity): string {
  return sha256([server.server, server.certificateAuthority, server.tlsServerName, server.proxy]);
}

/**
 * The identity in a key: readable where a person chose the name, a hash where not, and free of the delimiter, so that no identity's keys begin with
 * those of another.
 */
function identityName({ cluster, server }: CacheIdentity): string {
  if (cluster !== undefined) {
    const readable = cluster.replace(/[^A-Za-z0-9._]/g, '_').slice(0, 60);
    return `${readable}.${sha256(['cluster', cluster]).slice(0, 16)}`;
  }
  if (server !== undefined) {
    const parts = [
      server.server,
      server.certificateAuthority,
      server.tlsServerName,
      server.proxy,
      server.impersonation,
    ];
    return `server.${sha256([...parts, server.credentials]).slice(0, 32)}`;
  }
  throw new TypeError('a snapshot is cached under the name of its cluster or under its server, and neither is known');
}

function ttlSeconds(ttlMs: number): number {
  return Math.ceil(ttlMs / 1000);
}

function windowNumber(ttlMs: number, time: number): string {
  const seconds = ttlSeconds(ttlMs) || WINDOW_WITHOUT_TTL_SECONDS;
  return String(Math.floor(time / (seconds * 1000))).padStart(WINDOW_DIGITS, '0');
}

function sha256(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
