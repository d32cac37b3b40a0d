import type { Agent, OutgoingHttpHeaders } from 'node:http';
import type { HttpClient } from '@actions/http-client';
import { formatDuration } from '../../model/duration.ts';
import { GateError } from '../../model/errors.ts';
import { takeTurns } from '../../model/turns.ts';
import type { Credential } from '../access.ts';
import type { BodySpace } from './body.ts';
import { exchange, type HttpResponse } from './exchange.ts';
import { type Failure, failWith } from './failure.ts';
import type { Asked } from './failure-message.ts';
import type { ApiConnection, ApiRequest, ApiResponse, ConnectionOptions } from './options.ts';
import { endedBy, type Progress } from './progress.ts';
import { chooseProxy, type ProxyServer } from './proxy-choice.ts';
import { proxyAuthorization } from './proxy-tunnel.ts';
import type { CredentialState } from './refused-credential.ts';
import { pauseAfterAnswer, pauseAfterFailure } from './retry-policy.ts';
import { openAgent } from './tls-agent.ts';
import { type Trust, waysToTrust } from './trust.ts';
import { urlBelow } from './url.ts';

/** Connections at a time to one server: enough to hide the way there and back, few enough for a server's rate limits. */
const MAX_SOCKETS = 16;

/** So long is no name that a cluster serves by chance: a password such as `secret` must not blot out `secrets` in what is judged. */
const UNMISTAKABLE = 16;

/** What a certificate of another authority could change. */
const DOUBTS_OF_AUTHORITY: ReadonlySet<Failure['kind']> = new Set([
  'certificate-unknown-authority',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-invalid',
]);

/** The words for a failure are a tenth of all that a run reads, and most runs need none of them. */
const loadWords = () => import('./failure-message.ts');

/** How one try ended: with an answer, or with a failure and the error that it came from. */
type Ending =
  | { readonly kind: 'answer'; readonly answer: HttpResponse; readonly credential: Credential }
  | {
      readonly kind: 'failure';
      readonly failure: Failure;
      readonly cause: unknown;
      readonly reusedSocket: boolean;
      /** Which of the ways to trust the server it was. */
      readonly trust: number;
    };

/**
 * A connection to one API server. Nothing is sent, and no credential acquired, before the first `get`.
 *
 * Each `get` ends with the cluster's deadline, and in any case after `timeoutMs`. Redirects are not followed. Over http no credential is asked for nor sent,
 * as client-go has it.
 */
export function openConnection(options: ConnectionOptions): ApiConnection {
  const { server, clock, log } = options;
  const openedAt = clock.now();
  const secure = server.protocol === 'https:';
  const turns = takeTurns(MAX_SOCKETS);
  const space: BodySpace = { heldBytes: 0 };
  const agents = new Map<string, Agent>();
  let refreshing: Promise<Credential | undefined> | undefined;
  let replacement: Credential | undefined;
  let waysOnce: readonly Trust[] | undefined;
  let trust = 0;
  let client: Promise<HttpClient> | undefined;
  let proxy: { readonly chosen: ProxyServer | undefined } | undefined;

  return { get, close };

  async function get(request: ApiRequest): Promise<ApiResponse> {
    const url = urlBelow(server, request.path);
    const limit = limitTo(options.timeoutMs, [
      options.signal,
      ...(request.signal === undefined ? [] : [request.signal]),
    ]);
    const progress: Progress = { phase: 'turn', signal: limit.signal };
    try {
      const answer = await turns.take(limit.signal, () => getInTurn(request, url, progress, limit.leftMs));
      return withoutSecrets(answer, progress.refused);
    } catch (thrown) {
      if (thrown instanceof GateError && !isTimeout(thrown)) throw thrown;
      const failure = await failureOf(thrown, url, progress, undefined);
      if (failure === undefined) throw thrown;
      throw await errorOf(failure, url, 0, thrown);
    } finally {
      limit.end();
    }
  }

  /** Asks until an answer stands: again after a pause, and once more with new credentials after a 401. */
  async function getInTurn(
    request: ApiRequest,
    url: URL,
    progress: Progress,
    leftMs: () => number,
  ): Promise<HttpResponse> {
    for (let retries = 0; ; retries += 1) {
      let ending = await tryOnce(request, url, progress);
      const refused = ending;
      while (mayBeTrustedOtherwise(ending)) ending = await tryOnce(request, url, progress);
      // What the first way has to say of a certificate says most.
      if (ending.kind === 'failure' && ending.failure.kind.startsWith('certificate-')) ending = refused;
      if (ending.kind === 'answer' && ending.answer.status === 401 && (await refresh(ending.credential, progress))) {
        log.debug(`GET ${url.href}: 401, asked again with new credentials`);
        ending = await tryOnce(request, url, progress);
      }
      const pauseMs =
        ending.kind === 'answer'
          ? pauseAfterAnswer(ending.answer, retries, clock)
          : pauseAfterFailure(ending.failure, ending.reusedSocket, retries, clock);
      if (ending.kind === 'answer' && ending.answer.status === 401) {
        const { stateOf } = await import('./refused-credential.ts');
        progress.refused = stateOf(ending.credential, clock.now());
      }
      if (pauseMs === undefined || pauseMs >= leftMs()) return await settle(ending, url, retries + 1);
      const why =
        ending.kind === 'answer'
          ? `the server answered ${ending.answer.status}`
          : (await loadWords()).failureInShort(clean(ending.failure));
      log.line(`GET ${url.href}: ${why}; asking again in ${formatDuration(pauseMs)} (retry ${retries + 1})`);
      try {
        await clock.sleep(pauseMs, progress.signal);
      } catch (error) {
        if (!progress.signal.aborted) throw error;
        return await settle(ending, url, retries + 1);
      }
    }
  }

  function ways(): readonly Trust[] {
    waysOnce ??= waysToTrust(options.certificateAuthority);
    return waysOnce;
  }

  /** Whether a server that is not trusted in this way may be trusted in another, which is then the one to go by. */
  function mayBeTrustedOtherwise(ending: Ending): boolean {
    if (ending.kind !== 'failure' || !DOUBTS_OF_AUTHORITY.has(ending.failure.kind)) return false;
    if (ending.trust < trust) return true;
    if (trust + 1 >= ways().length) return false;
    trust += 1;
    agents.clear();
    return true;
  }

  async function settle(ending: Ending, url: URL, tries: number): Promise<HttpResponse> {
    if (ending.kind === 'answer') return ending.answer;
    throw await errorOf(ending.failure, url, tries, ending.cause);
  }

  async function tryOnce(request: ApiRequest, url: URL, progress: Progress): Promise<Ending> {
    let credential: Credential = {};
    const way = trust;
    delete progress.certificate;
    delete progress.reusedSocket;
    try {
      // Its loading takes time that credentials take as well.
      client ??= newClient();
      client.catch(() => undefined);
      progress.phase = 'credentials';
      if (secure) credential = await endedBy(progress.signal, currentCredential(), OWN_WORDS_MS);
      const chosen = proxyOnce();
      const answer = await exchange({
        client: await endedBy(progress.signal, client),
        agent: agentFor(credential, chosen),
        url,
        headers: headersOf(request, credential),
        proxy: chosen,
        progress,
        space,
        onSent: options.onSent,
      });
      if (!secure && isComplaintOfTlsServer(answer)) {
        throw failWith({ kind: 'needs-tls' });
      }
      return { kind: 'answer', answer, credential };
    } catch (thrown) {
      if (thrown instanceof GateError && !isTimeout(thrown)) throw thrown;
      const failure = await failureOf(thrown, url, progress, credential);
      if (failure === undefined) throw thrown;
      const reusedSocket = progress.reusedSocket === true;
      return { kind: 'failure', failure, cause: thrown, reusedSocket, trust: way };
    }
  }

  async function failureOf(
    thrown: unknown,
    url: URL,
    progress: Progress,
    credential: Credential | undefined,
  ): Promise<Failure | undefined> {
    const { phase, signal } = progress;
    if (signal.aborted) {
      return isTimeout(signal.reason)
        ? { kind: 'timed-out', phase, elapsedMs: clock.now() - openedAt, timeoutMs: options.timeoutMs }
        : { kind: 'cancelled', phase };
    }
    const now = clock.now();
    const { classify } = await import('./failure-class.ts');
    return classify(thrown, {
      progress,
      url,
      tlsServerName: options.tlsServerName,
      authorityGiven: options.certificateAuthority !== undefined,
      clientCertificateSent: credential?.certificate !== undefined,
      now,
    });
  }

  async function currentCredential(): Promise<Credential> {
    return replacement ?? (await options.credentials.current(options.signal));
  }

  /** Whether there is another credential to try after this one was refused. However many requests are refused, a new one is asked for once. */
  async function refresh(refused: Credential, progress: Progress): Promise<boolean> {
    const { credentials } = options;
    if (!secure || credentials.refresh === undefined || refused === replacement) return false;
    progress.phase = 'credentials';
    refreshing ??= credentials.refresh(options.signal);
    replacement = await endedBy(progress.signal, refreshing, OWN_WORDS_MS);
    return replacement !== undefined;
  }

  function headersOf(request: ApiRequest, credential: Credential): OutgoingHttpHeaders {
    const headers: OutgoingHttpHeaders = {
      accept: request.accept,
      'user-agent': 'kube-api-gate',
    };
    if (!options.disableCompression) headers['accept-encoding'] = 'gzip';
    if (request.ifNoneMatch !== undefined) headers['if-none-match'] = request.ifNoneMatch;
    for (const [name, value] of Object.entries(options.headers)) {
      headers[name] = typeof value === 'string' ? value : [...value];
    }
    if (credential.authorization !== undefined) headers['authorization'] = credential.authorization;
    return headers;
  }

  function agentFor({ certificate }: Credential, chosen: ProxyServer | undefined): Agent {
    const key = certificate === undefined ? '' : certificate.cert + certificate.key;
    let agent = agents.get(key);
    if (agent === undefined) {
      agent = openAgent({
        secure,
        insecureSkipTlsVerify: options.insecureSkipTlsVerify,
        trust: ways()[trust] as Trust,
        maxSockets: MAX_SOCKETS,
        certificateAuthority: options.certificateAuthority,
        tlsServerName: options.tlsServerName,
        certificate,
        proxy: chosen,
      });
      agents.set(key, agent);
    }
    return agent;
  }

  function proxyOnce(): ProxyServer | undefined {
    if (proxy === undefined) {
      const chosen = chooseProxy(server, options.proxyUrl, options.environment.variables);
      for (const secret of chosen === undefined ? [] : secretsOf(chosen)) options.secrets.mask(secret);
      proxy = { chosen };
      if (chosen !== undefined) log.debug(`${server.host} is reached through the proxy ${chosen.shown}`);
    }
    return proxy.chosen;
  }

  async function newClient(): Promise<HttpClient> {
    const { HttpClient } = await import('@actions/http-client');
    return new HttpClient('kube-api-gate', undefined, {
      allowRedirects: false,
      allowRetries: false,
      // Its own limit must not come before the deadline, which knows what to say.
      socketTimeout: Math.min(options.timeoutMs + 60_000, LONGEST_TIMER_MS),
    });
  }

  /** A server that tells a credential back must not get it into a message, of which a part may be cut off, nor into a snapshot, which is kept for others. */
  function withoutSecrets({ status, headers, body }: HttpResponse, refused: CredentialState | undefined): ApiResponse {
    const { redact } = options.secrets;
    const { etag } = headers;
    // What is no document of the API is judged by nobody, and only told.
    const isJudged = status >= 200 && status < 300 && /^\s*\{/.test(body);
    return {
      status,
      contentType: redact(headers['content-type'] ?? ''),
      etag: etag === undefined ? undefined : redact(etag),
      refused: refused === undefined ? undefined : { ...refused, message: redact(refused.message) },
      body: status === 304 ? '' : redact(body, isJudged ? UNMISTAKABLE : undefined),
    };
  }

  /** A certificate, a header or a location can hold what was sent; here, since a long text is cut when it is put into words. */
  function clean(failure: Failure): Failure {
    const { redact } = options.secrets;
    const cleaned = (value: unknown): unknown =>
      typeof value === 'string' ? redact(value) : Array.isArray(value) ? value.map(cleaned) : value;
    const fields = Object.entries(failure).map(([key, value]) => [
      key,
      key === 'kind' || key === 'phase' ? value : cleaned(value),
    ]);
    return Object.fromEntries(fields) as Failure;
  }

  async function errorOf(failure: Failure, url: URL, tries: number, cause: unknown): Promise<GateError> {
    const chosen = proxy?.chosen;
    const asked: Asked = { url: url.href, tries, proxy: chosen === undefined ? undefined : chosen.shown };
    const { failureError } = await loadWords();
    return failureError(clean(failure), asked, cause);
  }

  async function close(): Promise<void> {
    for (const agent of agents.values()) agent.destroy();
    agents.clear();
  }
}

/** What acquires credentials ends with the deadline as well, and can then say better than anybody what took so long. */
const OWN_WORDS_MS = 250;

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A signal that aborts with each of `signals`, and after `timeoutMs` whatever they do. */
function limitTo(timeoutMs: number, signals: readonly AbortSignal[]) {
  const own = new AbortController();
  // `performance` would be a module to load; this clock is as steady.
  const startedAt = process.uptime();
  const timer = setTimeout(
    () => own.abort(new DOMException('the timeout is over', 'TimeoutError')),
    Math.min(timeoutMs, LONGEST_TIMER_MS),
  );
  return {
    signal: AbortSignal.any([...signals, own.signal]),
    leftMs: () => timeoutMs - (process.uptime() - startedAt) * 1000,
    end: () => clearTimeout(timer),
  };
}

/** The gate aborts with an error of its own that says the same, without the phase. */
function isTimeout(reason: unknown): boolean {
  if (reason instanceof GateError) return reason.code === 'timed-out';
  return reason instanceof Error && reason.name === 'TimeoutError';
}

/** What a proxy's password looks like wherever it could turn up. */
function secretsOf(proxy: ProxyServer): readonly string[] {
  const { username, password } = proxy;
  if (password === undefined || password === '') return [];
  const authorization = proxyAuthorization(proxy)?.slice('Basic '.length) ?? '';
  return [...new Set([password, encodeURIComponent(password), authorization])].filter((text) => text !== username);
}

/** Go's servers and nginx answer a plain request to their TLS port in words. @see net/http server.go "Client sent an HTTP request to an HTTPS server." */
function isComplaintOfTlsServer({ status, body }: HttpResponse): boolean {
  return (
    status === 400 &&
    /client sent an http request to an https server|plain http request was sent to https port/i.test(body)
  );
}
