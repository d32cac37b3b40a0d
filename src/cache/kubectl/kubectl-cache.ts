import { join } from 'node:path';
import { writeAtomically } from '../../files/atomic-file.ts';
import { formatDuration } from '../../model/duration.ts';
import { parseDocument, text } from '../../model/json-document.ts';
import type { ServerVersion, Snapshot } from '../../model/snapshot.ts';
import type { Clock, Log } from '../../model/world.ts';
import type { Found } from '../snapshot-cache.ts';
import { KUBECTL_MODES, readCachedFile } from './file.ts';
import { isDocumentOf, readResponse, responseFile, type StoredResponse, writeResponse } from './http-cache.ts';
import { readKubectlCache, writeKubectlCache } from './layout.ts';
import { kubectlServerDirectory } from './paths.ts';

export interface KubectlCacheOptions {
  readonly directory: string;
  /** The server as the kubeconfig has it. */
  readonly server: string;
  /** Who asks which cluster, and by which configuration; no secret. */
  readonly owner: readonly string[];
  readonly ttlMs: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** For the log. */
  readonly name: string;
  /** Whether a text holds a secret of this job, which does not belong in a file for others. */
  readonly holdsSecret: (text: string) => boolean;
}

/** A way to ask a cluster, as far as a cache in front of it looks. */
interface Connection {
  get(request: { readonly path: string; readonly accept: string; readonly ifNoneMatch?: string | undefined }): Promise<{
    readonly status: number;
    readonly contentType: string;
    readonly etag?: string | undefined;
    readonly body: string;
  }>;
  close(): Promise<void>;
}

/** The cache that kubectl and helm keep of one cluster. Nothing here throws or changes an outcome. */
export interface KubectlCache {
  find(): Promise<Found>;
  /** Keeps an answer of the cluster itself. What the files cannot tell apart from an absence is left out, or keeps them from being written. */
  keep(snapshot: Snapshot): Promise<{ readonly kind: 'kept' } | { readonly kind: 'not-kept'; readonly reason: string }>;
  /**
   * A connection with kubectl's HTTP cache in front: what the server says is unchanged is taken from there, and what it sends is kept there.
   *
   * @param revalidating - whether to send what is there to be confirmed
   */
  through(connection: Connection, revalidating: boolean): Connection;
  /** How many answers the server has confirmed so far. */
  confirmed(): number;
}

export function openKubectlCache(options: KubectlCacheOptions): KubectlCache {
  const { directory, server, owner, ttlMs, clock, log, name, holdsSecret } = options;
  let confirmed = 0;
  let saidUnwritten = false;

  function say(what: string): void {
    log.line(`kubectl's cache of ${name}: ${what}.`);
  }

  /**
   * For whom this program last put an answer there. The folder's name is the server's address alone, and two clusters can have had one address; nor must
   * a user whose credentials are refused be told what another one was.
   */
  const ownerFile = (): string | undefined => {
    const folder = kubectlServerDirectory(directory, server);
    return folder === undefined ? undefined : join(folder, OWNER_FILE);
  };

  async function look(): Promise<Found> {
    const file = ownerFile();
    if (file !== undefined && isOfAnother(file, owner)) {
      return none('it was written for another cluster or user at the same address');
    }
    const snapshot = await readKubectlCache({ directory, server }, { ttlMs, clock }).catch(() => undefined);
    if (snapshot === undefined) return none(`nothing in it is younger than the TTL of ${formatDuration(ttlMs)}`);
    const ageMs = clock.now() - snapshot.takenAt;
    if (ageMs >= ttlMs) return none(`nothing in it is younger than the TTL of ${formatDuration(ttlMs)}`);
    if (ageMs < 0) return none(`it was written ${formatDuration(-ageMs)} in the future by this machine's clock`);
    return { kind: 'fresh', snapshot: withVersion(snapshot, readVersion()), ageMs };
  }

  /** The version is in no file of the discovery cache, but in the HTTP cache beside it. */
  function readVersion(): ServerVersion | undefined {
    const found = readResponse(responseFile(directory, server, '/version'));
    if (found === undefined || clock.now() - found.modifiedAt >= ttlMs) return undefined;
    try {
      const document = parseDocument(found.response.body);
      const version = {
        gitVersion: text(document, 'gitVersion'),
        major: text(document, 'major'),
        minor: text(document, 'minor'),
      };
      return version.gitVersion === '' ? undefined : version;
    } catch {
      return undefined;
    }
  }

  return {
    async find() {
      const found = await look();
      say(
        found.kind === 'none'
          ? `miss, because ${found.reason}`
          : `hit, written ${formatDuration(found.ageMs)} ago, younger than the TTL of ${formatDuration(ttlMs)}`,
      );
      return found;
    },

    async keep(snapshot) {
      const refuse = (reason: string) => {
        say(`left alone, because ${reason}`);
        return { kind: 'not-kept', reason } as const;
      };
      const unlisted = snapshot.gaps.find((gap) => gap.kind === 'endpoint' && gap.endpoint !== '/version');
      // A whole listing that is missing would hide groups that are there.
      if (unlisted !== undefined) return refuse(unlisted.message);
      try {
        const folder = await writeKubectlCache({ directory, server }, snapshot);
        const file = ownerFile();
        if (file !== undefined) await writeAtomically(file, noteOf(owner), KUBECTL_MODES);
        say(`written to ${folder}`);
        return { kind: 'kept' };
      } catch (thrown) {
        const reason = messageOf(thrown);
        say(`not written: ${reason}`);
        return { kind: 'not-kept', reason };
      }
    },

    through(connection, revalidating) {
      return {
        close: () => connection.close(),
        async get(request) {
          const { path, accept } = request;
          if (!KEPT_PATHS.includes(path)) return await connection.get(request);
          const found = readResponse(responseFile(directory, server, path));
          const stored = found === undefined ? undefined : revalidatable(found.response);
          if (revalidating && stored !== undefined && request.ifNoneMatch === undefined && accept !== PLAIN) {
            const response = await connection.get({ ...request, ifNoneMatch: stored.etag });
            if (response.status === 304) {
              confirmed += 1;
              return { status: 200, ...stored };
            }
            await store(request, response, found?.response);
            return response;
          }
          const response = await connection.get(request);
          await store(request, response, found?.response);
          return response;
        },
      };
    },

    confirmed: () => confirmed,
  };

  async function store(
    { path, accept }: Parameters<Connection['get']>[0],
    { status, contentType, etag, body }: Awaited<ReturnType<Connection['get']>>,
    there: StoredResponse | undefined,
  ): Promise<void> {
    // A listing only with an ETag that belongs to it: nothing that cannot be confirmed later, that a proxy changed or that a redaction touched.
    const keeps = path === '/version' ? etag === undefined : etag !== undefined && isDocumentOf(etag, body);
    if (status !== 200 || !keeps || holdsSecret(body)) return;
    const response = {
      contentType,
      etag,
      accept: etag === undefined ? undefined : acceptOf(contentType, accept, there),
      body,
    };
    try {
      await writeResponse(responseFile(directory, server, path), response, clock.now());
    } catch (thrown) {
      if (!saidUnwritten) say(`its HTTP cache is not written: ${messageOf(thrown)}`);
      saidUnwritten = true;
    }
  }
}

const OWNER_FILE = 'kube-api-gate.owner';

/** Tells owners apart without naming them. */
function noteOf(owner: readonly string[]): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return `${createHash('sha256').update(JSON.stringify(owner)).digest('hex')}\n`;
}

const KEPT_PATHS: readonly string[] = ['/api', '/apis', '/version'];
const PLAIN = 'application/json';

/** @see client-go discovery/discovery_client.go selectDiscoveryAcceptHeader */
const KUBECTL_ACCEPT = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';

/**
 * For which `Accept` a document is kept. kubectl finds what it asked for itself, so one that it understands is kept for the `Accept` of the kubectl that
 * was here before: the ETag is a hash of what is served, whichever `Accept` brought it.
 */
function acceptOf(contentType: string, asked: string, there: StoredResponse | undefined): string {
  if (!/;v=v2(?:;|$)/.test(contentType)) return asked;
  return there?.accept === undefined || there.accept === asked ? KUBECTL_ACCEPT : there.accept;
}

function revalidatable({ contentType, etag, body }: StoredResponse) {
  return etag !== undefined && isDocumentOf(etag, body) ? { contentType, etag, body } : undefined;
}

/** Whether there is a note that names somebody else; one that cannot be read may. */
function isOfAnother(file: string, owner: readonly string[]): boolean {
  try {
    const noted = readCachedFile(file);
    return noted !== undefined && noted.bytes.toString('utf8') !== noteOf(owner);
  } catch {
    return true;
  }
}

/** With the version, and without the gap that stood for it. */
function withVersion(snapshot: Snapshot, version: ServerVersion | undefined): Snapshot {
  if (version === undefined) return snapshot;
  const gaps = snapshot.gaps.filter((gap) => gap.kind !== 'endpoint' || gap.endpoint !== '/version');
  return { ...snapshot, version, gaps };
}

function none(reason: string): Found {
  return { kind: 'none', why: 'kubectl', reason };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
