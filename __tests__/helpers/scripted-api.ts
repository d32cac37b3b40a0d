/** An API server that is nothing but a table of answers by path: as a connection, or behind a port on 127.0.0.1. */
import { createServer } from 'node:http';
import type { ApiConnection, ApiRequest, ApiResponse } from '../../src/cluster/cluster.ts';
import { GateError } from '../../src/model/errors.ts';

/** One answer. An object as its body is sent as JSON; status 200 and `application/json` go without saying. */
export type Reply = {
  readonly status?: number;
  readonly contentType?: string;
  readonly etag?: string;
  /** What a refused credential says of itself. */
  readonly refused?: ApiResponse['refused'];
  readonly body?: unknown;
};

/** Answers by path; a list gives one after the other, the last one from then on. A path without an answer is not found. */
export type Script = Readonly<Record<string, Reply | GateError | readonly (Reply | GateError)[]>>;

export type ScriptedConnection = ApiConnection & {
  /** All requests so far, in their order. */
  readonly requests: readonly ApiRequest[];
  /** The most requests that waited for their answer at one time. */
  readonly busiest: () => number;
};

export const aggregatedV2 = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
export const aggregatedV2beta1 = 'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList';

/** A connection to the table. A 304 is given to whom sends the answer's own ETag. */
export function connectionTo(script: Script): ScriptedConnection {
  const requests: ApiRequest[] = [];
  const next = replies(script);
  let waiting = 0;
  let most = 0;
  return {
    requests,
    busiest: () => most,
    async get(request) {
      requests.push(request);
      waiting += 1;
      most = Math.max(most, waiting);
      await new Promise((resolve) => setImmediate(resolve));
      waiting -= 1;
      const reply = next(request.path);
      if (reply instanceof GateError) throw reply;
      const { status = 200, contentType = 'application/json', etag, refused, body = '' } = reply;
      const unchanged = etag !== undefined && request.ifNoneMatch === etag;
      return {
        status: unchanged ? 304 : status,
        contentType,
        ...(etag === undefined ? {} : { etag }),
        refused,
        body: unchanged ? '' : bodyText(body),
      };
    },
    close: async () => {},
  };
}

/** The table behind a port; an error in it ends the connection without an answer. */
export async function serveScript(
  script: Script,
): Promise<{ readonly server: string; readonly stop: () => Promise<void> }> {
  const next = replies(script);
  const listener = createServer((request, response) => {
    const reply = next(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
    if (reply instanceof GateError) {
      request.socket.destroy();
      return;
    }
    const { status = 200, contentType = 'application/json', etag, body = '' } = reply;
    response.writeHead(status, { 'content-type': contentType, ...(etag === undefined ? {} : { etag }) });
    response.end(bodyText(body));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('an HTTP server has no port');
  return {
    server: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
}

/** A Status, as the API server puts it. */
export function status(code: number, reason: string, message: string): Reply {
  return {
    status: code,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
  };
}

/** What a user without rights is told. */
export function forbidden(path: string, user = 'ci'): Reply {
  return status(403, 'Forbidden', `forbidden: User "${user}" cannot get path "${path}"`);
}

/** An aggregated document of these groups. */
export function aggregated(items: readonly unknown[], contentType = aggregatedV2): Reply {
  return {
    contentType,
    body: { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items },
  };
}

/** A group of an aggregated document; its versions hold no resources unless given as objects. */
export function group(name: string, ...versions: readonly (string | object)[]): unknown {
  return {
    metadata: name === '' ? { creationTimestamp: null } : { name, creationTimestamp: null },
    versions: versions.map((version) =>
      typeof version === 'string' ? { version, freshness: 'Current', resources: [] } : version,
    ),
  };
}

/** A resource of an aggregated document. */
export function resource(name: string, kind: string, more: object = {}): unknown {
  return {
    resource: name,
    responseKind: { group: '', version: '', kind },
    scope: 'Namespaced',
    singularResource: kind.toLowerCase(),
    verbs: ['get', 'list'],
    ...more,
  };
}

/** A plain `/api`. */
export function apiVersions(...versions: readonly string[]): Reply {
  return { body: { kind: 'APIVersions', versions, serverAddressByClientCIDRs: [] } };
}

/** A plain `/apis`; the first version of a group is the preferred one. */
export function apiGroups(...groups: readonly (readonly [name: string, ...versions: string[]])[]): Reply {
  return {
    body: {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups.map(([name, ...versions]) => {
        const entries = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
        return { name, versions: entries, preferredVersion: entries[0] };
      }),
    },
  };
}

/** The plain resources of a group-version, each by name and kind. */
export function resourceList(
  groupVersion: string,
  ...resources: readonly (readonly [name: string, kind: string])[]
): Reply {
  return {
    body: {
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion,
      resources: resources.map(([name, kind]) => ({ name, singularName: '', namespaced: true, kind, verbs: ['get'] })),
    },
  };
}

/** What `/version` says. */
export const version137: Reply = { body: { major: '1', minor: '37', gitVersion: 'v1.37.2', platform: 'linux/amd64' } };

const notFound: Reply = { status: 404, contentType: 'text/plain; charset=utf-8', body: '404 page not found\n' };

function replies(script: Script): (path: string) => Reply | GateError {
  const asked = new Map<string, number>();
  return (path) => {
    const entry = Object.hasOwn(script, path) ? script[path] : undefined;
    if (entry === undefined) return notFound;
    if (!isList(entry)) return entry;
    const turn = asked.get(path) ?? 0;
    asked.set(path, turn + 1);
    return entry[Math.min(turn, entry.length - 1)] ?? notFound;
  };
}

function isList(entry: Script[string]): entry is readonly (Reply | GateError)[] {
  return Array.isArray(entry);
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
