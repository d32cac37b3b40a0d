/**
 * An HTTPS server that answers as a real API server did when it was recorded, and is there in milliseconds.
 *
 * It follows the rules of the server it stands for: which media type wins, when a document was not modified, who may ask. The end-to-end tests hold it against the real one.
 */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import { createAuthority } from './certificates.ts';
import type { Answer, Format, Recording } from './recording.ts';

export type ReplayOptions = {
  readonly recording: Recording;
  /** The one bearer token that is accepted. */
  readonly token?: string;
  /** Answers in place of the recording when it returns true: for faults. It may also leave the request without an answer. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
};

/** A request as it arrived. */
export type SeenRequest = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
};

export type ReplayServer = {
  /** URL of the server. */
  readonly server: string;
  readonly caPem: string;
  readonly token: string;
  /** All requests so far, in their order. */
  readonly requests: readonly SeenRequest[];
  /** A kubeconfig, as JSON, which is YAML too; with the right token unless another is given. */
  kubeconfig(token?: string): string;
  /** Ends it, and all connections that are still open. */
  stop(): Promise<void>;
};

/** Bodies from this size on are compressed for a client that accepts it. */
const gzipThresholdBytes = 128 * 1024;

/** Starts a server on a free port of 127.0.0.1, with a certificate of a new authority. */
export async function startReplayServer(options: ReplayOptions): Promise<ReplayServer> {
  const { recording, token = 'replayed-token', intercept } = options;
  const authority = createAuthority('kube-api-gate replay');
  const { certificate, key } = authority.server(['127.0.0.1', 'localhost']);
  const requests: SeenRequest[] = [];
  const listener = createServer({ cert: certificate, key }, (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    requests.push({ method, path, headers });
    if (intercept?.(request, response) === true) return;
    send(request, response, answerTo(recording, token, { method, path, headers }));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  listener.once('error', reject).listen(0, '127.0.0.1', resolve);
  await promise;
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('an HTTPS server has no port');
  const server = `https://127.0.0.1:${address.port}`;
  return {
    server,
    caPem: authority.certificate,
    token,
    requests,
    kubeconfig: (other = token) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [
          {
            name: 'replayed',
            cluster: { server, 'certificate-authority-data': Buffer.from(authority.certificate).toString('base64') },
          },
        ],
        users: [{ name: 'replayed', user: { token: other } }],
        contexts: [{ name: 'replayed', context: { cluster: 'replayed', user: 'replayed' } }],
        'current-context': 'replayed',
      }),
    async stop() {
      const closed = new Promise((done) => listener.close(done));
      listener.closeAllConnections();
      await closed;
    },
  };
}

function answerTo(recording: Recording, token: string, { method, path, headers }: SeenRequest): Answer {
  const asked = withoutQuery(path);
  const { refusals } = recording;
  const bearer = /^bearer +(.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined && bearer !== token) return refusals.unauthorized;
  // The version is public, also to those who do not say who they are.
  if (bearer === undefined && asked !== '/version') return forbidden(refusals.forbidden, path);
  const documents = recording.documents.filter((document) => document.path === asked);
  const [first] = documents;
  if (first === undefined) return notFound(recording, asked);
  if (method !== 'GET') return refusals.methodNotAllowed;
  const failing = documents.find(({ answer }) => answer.status !== 200);
  if (failing !== undefined) return failing.answer;
  const clauses = jsonClauses(headers.accept || '*/*');
  if (isRouted(recording, asked) && !clauses.some(({ range }) => range !== 'application/*')) {
    return asked === '/version' ? refusals.versionNotAcceptable : refusals.noSuchMediaType;
  }
  if (asked === '/version') return first.answer;
  const format = negotiate(clauses, new Set(documents.map((document) => document.format)));
  const document = documents.find((candidate) => candidate.format === format);
  return document === undefined ? refusals.notAcceptable : validated(document.format, document.answer, headers);
}

/**
 * The format that an Accept header gets. An aggregated one that the server knows wins over plain JSON, whatever their order and weight; between two of them the weight
 * decides, then the order.
 *
 * @see k8s.io/apiserver pkg/endpoints/discovery/aggregated/wrapper.go and pkg/endpoints/handlers/negotiation/negotiate.go
 */
function negotiate(clauses: readonly Clause[], formats: ReadonlySet<Format>): Format | undefined {
  const aggregated = clauses.map(aggregatedFormat).find((format) => format !== undefined && formats.has(format));
  if (aggregated !== undefined) return aggregated;
  return clauses.some(({ parameters }) => !['g', 'v', 'as'].some((name) => parameters.has(name))) ? 'plain' : undefined;
}

/** The clauses of an Accept header that JSON satisfies, the weightiest first. */
function jsonClauses(accept: string): readonly Clause[] {
  return accept
    .split(',')
    .map(parseClause)
    .filter(({ range }) => ['application/json', 'application/*', '*/*'].includes(range))
    .sort((one, other) => other.weight - one.weight);
}

type Clause = {
  readonly range: string;
  readonly weight: number;
  readonly parameters: ReadonlyMap<string, string>;
};

function parseClause(clause: string): Clause {
  const [range = '', ...rest] = clause.split(';').map((part) => part.trim());
  const parameters = new Map(rest.map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']));
  return {
    range,
    weight: Number(parameters.get('q') ?? 1),
    parameters,
  };
}

function aggregatedFormat({ parameters }: Clause): Format | undefined {
  if (parameters.get('g') !== 'apidiscovery.k8s.io' || parameters.get('as') !== 'APIGroupDiscoveryList')
    return undefined;
  const version = parameters.get('v');
  return version === 'v2' || version === 'v2beta1' ? version : undefined;
}

/** Only aggregated documents can be validated, and only by the very tag, byte for byte. */
function validated(format: Format, answer: Answer, headers: IncomingHttpHeaders): Answer {
  if (format === 'plain') return answer;
  const etag = answer.headers['etag'] ?? `"${createHash('sha512').update(answer.body).digest('hex').toUpperCase()}"`;
  const caching = { etag, vary: 'Accept', 'cache-control': 'public' };
  if (headers['if-none-match'] === etag) return { status: 304, headers: caching, body: '' };
  return { ...answer, headers: { ...answer.headers, ...caching } };
}

function forbidden(answer: Answer, path: string): Answer {
  return { ...answer, body: answer.body.replace('/api', path.split('?')[0] ?? '') };
}

/** Whether the router is in front, which knows no `application/*`: not for the list of groups, nor for what is handed on. */
function isRouted({ delegatedGroups }: Recording, path: string): boolean {
  return path !== '/apis' && !delegatedGroups.some((group) => path.startsWith(`/apis/${group}/`));
}

function notFound({ refusals, documents, delegatedGroups }: Recording, path: string): Answer {
  const [, root = '', group = ''] = path.split('/');
  if (root === 'api' && group !== '') return refusals.groupVersionNotFound;
  const own =
    documents.some((document) => document.path.startsWith(`/apis/${group}/`)) && !delegatedGroups.includes(group);
  return root === 'apis' && own ? refusals.groupVersionNotFound : refusals.pathNotFound;
}

function withoutQuery(path: string): string {
  const bare = path.split('?')[0] ?? '';
  return bare.length > 1 && bare.endsWith('/') ? bare.slice(0, -1) : bare;
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = Buffer.from(body, 'utf8');
  const accepted = String(request.headers['accept-encoding'] ?? '').split(',');
  if (bytes.length >= gzipThresholdBytes && accepted.some((encoding) => encoding.trim() === 'gzip')) {
    const vary = [headers['vary'], 'Accept-Encoding'].filter((value) => value !== undefined).join(', ');
    response.writeHead(status, { ...headers, vary, 'content-encoding': 'gzip' });
    response.end(gzipSync(bytes, { level: 1 }));
    return;
  }
  response.writeHead(status, headers);
  response.end(bytes);
}
