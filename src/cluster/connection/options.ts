import type { Clock, Environment, Log, Secrets } from '../../model/world.ts';
import type { CredentialSource } from '../access.ts';
import type { CredentialState } from './refused-credential.ts';

/** One GET of the API server. */
export interface ApiRequest {
  /** Below the server's URL, for example `/apis`; a query may follow. */
  readonly path: string;
  readonly accept: string;
  readonly ifNoneMatch?: string | undefined;
  /** Ends this request alone. */
  readonly signal?: AbortSignal | undefined;
}

/** Whatever the API server answered, whatever its status. */
export interface ApiResponse {
  readonly status: number;
  readonly contentType: string;
  readonly etag?: string | undefined;
  /** After a 401, what the refused credential says of itself. */
  readonly refused?: CredentialState | undefined;
  /** `''` on a 304. */
  readonly body: string;
}

/** A way to ask one API server as one user. */
export interface ApiConnection {
  /**
   * Resolves for every HTTP status; retries happen inside.
   * @throws GateError `unreachable`, `denied` (a 401 that fresh credentials did not fix) or `invalid-input` (credentials that cannot work)
   */
  get(request: ApiRequest): Promise<ApiResponse>;
  close(): Promise<void>;
}

/** Everything that a connection to one API server needs to know. */
export interface ConnectionOptions {
  /** http or https; its path, if any, goes before every request's path. */
  readonly server: URL;
  /** PEM; takes the place of the system's roots. */
  readonly certificateAuthority?: string | undefined;
  readonly insecureSkipTlsVerify: boolean;
  /** The name to send as SNI and to verify, in place of the server's host. */
  readonly tlsServerName?: string | undefined;
  /** http, https or socks5; overrides the environment. */
  readonly proxyUrl?: string | undefined;
  readonly disableCompression: boolean;
  /** Sent with every request: impersonation. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly credentials: CredentialSource;
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  /** The cluster's deadline. */
  readonly signal: AbortSignal;
  /** How long that deadline was when it began, for messages. */
  readonly timeoutMs: number;
  /** Called when a request is on its way: time for whatever can be done until the answer is there. */
  readonly onSent?: (() => void) | undefined;
}
