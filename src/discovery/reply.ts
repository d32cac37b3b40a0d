import type { ApiResponse } from '../cluster/cluster.ts';
import { type DocumentObject, InvalidDocument, parseDocument, text } from '../model/json-document.ts';
import type { GapReason } from '../model/snapshot.ts';
import { isHtml } from './media-type.ts';

/** Why a path gave nothing that can be used: in short for a program, in the server's own words for a person. */
export interface Refusal {
  readonly reason: Exclude<GapReason, 'not-recorded'> | 'unauthorized';
  /** What was asked and what came, as a sentence without its full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
}

/** The outcome of one request: what it was decoded to, or why it was not. */
export type Reply<Value> =
  | { readonly kind: 'accepted'; readonly value: Value }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Reads one answer: a status other than success, a page for people, and a document that `decode` finds invalid are refusals. */
export function readReply<Value>(
  path: string,
  response: ApiResponse,
  decode: (document: DocumentObject) => Value,
): Reply<Value> {
  if (response.status < 200 || response.status > 206) return { kind: 'refused', refusal: refusalOf(path, response) };
  try {
    if (looksLikeHtml(response)) throw new InvalidDocument(describeHtml(response.body));
    return { kind: 'accepted', value: decode(parseDocument(response.body)) };
  } catch (cause) {
    if (!(cause instanceof InvalidDocument)) throw cause;
    return {
      kind: 'refused',
      refusal: {
        reason: 'invalid',
        message: `GET ${path} answered ${statusText(response.status)} with ${quote(cause.message)} (${contentTypeText(response)})`,
        hint: looksLikeHtml(response) ? HTML_HINT : INVALID_HINT,
      },
    };
  }
}

/** What an answer with a status other than success means. */
function refusalOf(path: string, response: ApiResponse): Refusal {
  const words = serverWords(response);
  const message = `GET ${path} answered ${statusText(response.status)}${words === '' ? '' : `: ${words}`}`;
  const { status } = response;
  if (looksLikeHtml(response)) return { reason: reasonOf(status), message, hint: htmlHint(status) };
  if (status === 403) return forbidden(message, words);
  if (status === 401) return unauthorized(message, response);
  if (status === 404) return { reason: 'not-found', message, hint: NOT_FOUND_HINT };
  if (status >= 300 && status < 400 && status !== 304) return { reason: 'invalid', message, hint: REDIRECT_HINT };
  const reason = reasonOf(status);
  return { reason, message, hint: reason === 'unavailable' ? UNAVAILABLE_HINT : INVALID_HINT };
}

function reasonOf(status: number): Refusal['reason'] {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 408:
    case 429:
      return 'unavailable';
    default:
      return status >= 500 ? 'unavailable' : 'invalid';
  }
}

/** Status codes of a gateway that has nothing to pass a request on to; 52x and 530 are Cloudflare's. */
const OF_GATEWAY: ReadonlySet<number> = new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530]);

function htmlHint(status: number): string {
  if (OF_GATEWAY.has(status)) return GATEWAY_HINT;
  return status === 403 ? FRONT_HINT : HTML_HINT;
}

/** A refusal that says which credential has run out, where that can be known. */
function unauthorized(message: string, { refused }: ApiResponse): Refusal {
  if (refused === undefined) return { reason: 'unauthorized', message, hint: UNAUTHORIZED_HINT };
  const hint = refused.invalid ? EXPIRED_HINT : UNAUTHORIZED_HINT;
  return { reason: 'unauthorized', message: `${message}; ${quote(refused.message)}`, hint };
}

/**
 * A refusal that names the role that would do, and whom to bind it to.
 * @see apiserver pkg/endpoints/handlers/responsewriters/errors.go forbiddenMessage: `User "ci" cannot get path "/apis"`
 * @see kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go system:discovery
 */
function forbidden(message: string, words: string): Refusal {
  // Anything else was not said by the authorizer of an API server about discovery: no role would change it.
  if (!/\bcannot get path "\/[^"]*"/.test(words)) return { reason: 'forbidden', message, hint: FRONT_HINT };
  const user = /\bUser "((?:[^"\\]|\\.)+)" cannot get path /.exec(words)?.[1];
  if (user === 'system:anonymous') return { reason: 'forbidden', message, hint: ANONYMOUS_HINT };
  const whom = user === undefined ? 'the user of these credentials' : `user "${user}"`;
  return {
    reason: 'forbidden',
    message: `${message}; the ClusterRole system:discovery would let ${whom} ask`,
    hint: `Bind the ClusterRole system:discovery to ${whom}: \`kubectl create clusterrolebinding kube-api-gate-discovery --clusterrole=system:discovery ${subject(user)}\`.`,
  };
}

/** The flag that names a user to `kubectl create clusterrolebinding`. A name that a shell could misread is left for the reader to fill in. */
function subject(user: string | undefined): string {
  const serviceAccount = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/.exec(user ?? '');
  if (serviceAccount !== null) return `--serviceaccount=${serviceAccount[1]}:${serviceAccount[2]}`;
  return user !== undefined && /^[\w@.:/+=,-]+$/.test(user) ? `--user=${user}` : '--user=<name>';
}

/** What the server itself said: the message of a Status, else the text of the body. */
function serverWords(response: ApiResponse): string {
  if (looksLikeHtml(response)) return describeHtml(response.body);
  try {
    const document = parseDocument(response.body);
    return quote(text(document, 'message') || text(document, 'error'));
  } catch (cause) {
    if (!(cause instanceof InvalidDocument)) throw cause;
    return quote(response.body);
  }
}

function looksLikeHtml({ contentType, body }: ApiResponse): boolean {
  return isHtml(contentType) || /^\s*<(?:!doctype\s+html|html)\b/i.test(body.slice(0, 500));
}

function describeHtml(body: string): string {
  const title = quote(/<title[^>]*>([^<]*)<\/title>/i.exec(body.slice(0, 20_000))?.[1] ?? '');
  return title === '' ? 'an HTML page' : `an HTML page titled ${JSON.stringify(title)}`;
}

function contentTypeText({ contentType }: ApiResponse): string {
  return contentType === '' ? 'no Content-Type' : `Content-Type ${quote(contentType)}`;
}

const LONGEST_QUOTE = 500;

/** Foreign text as part of a sentence: in one line, without control characters, and no longer than a reader will read. */
export function quote(foreign: string): string {
  const line = foreign
    .slice(0, 4 * LONGEST_QUOTE)
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

const REASON_PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  406: 'Not Acceptable',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function statusText(status: number): string {
  const phrase = REASON_PHRASES[status];
  return phrase === undefined ? String(status) : `${status} ${phrase}`;
}

const HTML_HINT =
  "A login page or a proxy answered instead of a Kubernetes API server. Check the server's URL and whether the job must go through a VPN or sign in elsewhere first.";
const GATEWAY_HINT =
  'A gateway answered that has no API server behind it, or none that answers: the server, or the tunnel to it, is down or not registered there. Check the cluster and the URL, and run the job again.';
const FRONT_HINT =
  'Something in front of the API server refused the request: a Rancher, Teleport or Cloudflare front door, a company proxy or a firewall. These are its words; roles in the cluster do not change them. Check what it asks of a client, and that the job may pass it.';
const EXPIRED_HINT =
  'Store a new kubeconfig or token in the secret, or let the job sign in by itself with an exec plugin or `oidc-audience`. If the date is not past, set the clock of the runner.';
const REDIRECT_HINT =
  "Redirects are not followed, since they would carry the credentials elsewhere. A login page or a proxy may have answered: check the server's URL.";
const NOT_FOUND_HINT =
  "No Kubernetes API was found at this address. Check the server's URL, the path at its end included (some providers serve each cluster below a path).";
const UNAUTHORIZED_HINT =
  'The cluster does not accept these credentials. Check that they belong to this cluster and have not expired.';
const ANONYMOUS_HINT =
  'No credential arrived: none is configured for this user, or the URL of the server is http://, over which none is sent. Give credentials; do not grant rights to system:anonymous.';
const UNAVAILABLE_HINT =
  'The API server is there but cannot answer now. It may be starting or overloaded: run the job again later.';
export const INVALID_HINT =
  'This is not what a Kubernetes API server answers. A proxy may have answered in its place or changed what it said.';
