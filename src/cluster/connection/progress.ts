import type { PeerCertificate } from 'node:tls';
import type { CredentialState } from './refused-credential.ts';

/** What a request was doing when it failed, in the order in which it goes through them. */
export type Phase =
  | 'turn'
  | 'credentials'
  | 'name'
  | 'connect'
  | 'proxy-connect'
  | 'proxy-answer'
  | 'tls'
  | 'answer'
  | 'body';

/** How far one attempt at a request has come; what the socket has to say is written down here as it happens. */
export interface Progress {
  phase: Phase;
  /** Aborts when the attempt has to end, whatever it is doing. */
  readonly signal: AbortSignal;
  /** What the server showed before it was checked: only for messages. */
  certificate?: PeerCertificate;
  /** What the credential that a 401 refused says of itself. */
  refused?: CredentialState | undefined;
  /** Whether the request went out on a connection that had answered before. */
  reusedSocket?: boolean;
}

/**
 * What `work` resolves or rejects with, or the signal's reason as soon as it aborts: nothing that never settles can hold up a job.
 *
 * @param graceMs how long after that `work` may still settle with an answer of its own
 */
export async function endedBy<T>(signal: AbortSignal, work: Promise<T>, graceMs = 0): Promise<T> {
  const ended = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    if (graceMs === 0) ended.reject(signal.reason);
    else timer = setTimeout(() => ended.reject(signal.reason), graceMs);
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work, ended.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}
