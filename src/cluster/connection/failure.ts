import type { Phase } from './progress.ts';

/** What can keep an API server from being asked. The kind is also the code that a program branches on, and the section in docs/troubleshooting.md. */
export type Failure =
  | { readonly kind: 'certificate-expired'; readonly notAfter?: string | undefined; readonly now: number }
  | { readonly kind: 'certificate-not-yet-valid'; readonly notBefore?: string | undefined; readonly now: number }
  | {
      readonly kind: 'certificate-unknown-authority';
      readonly issuer?: string | undefined;
      readonly selfSigned: boolean;
      /** Whether a certificate authority was given, or the system's roots were tried. */
      readonly authorityGiven: boolean;
    }
  | { readonly kind: 'certificate-name-mismatch'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'certificate-without-names'; readonly commonName?: string | undefined }
  | { readonly kind: 'certificate-invalid'; readonly came: string }
  | { readonly kind: 'client-certificate-rejected'; readonly came: string; readonly sent: boolean }
  | { readonly kind: 'client-certificate-invalid'; readonly came: string }
  | { readonly kind: 'tls-failed'; readonly came: string }
  | { readonly kind: 'not-tls' }
  | { readonly kind: 'needs-tls' }
  | { readonly kind: 'http2-only' }
  | { readonly kind: 'name-not-found'; readonly host: string; readonly came: string }
  | { readonly kind: 'connection-refused'; readonly address: string }
  | { readonly kind: 'host-unreachable'; readonly address: string; readonly came: string }
  | {
      readonly kind: 'connection-reset';
      readonly phase: Phase;
      /** Whether the server was asked without TLS. */
      readonly plain?: boolean | undefined;
    }
  | { readonly kind: 'connection-failed'; readonly phase: Phase; readonly came: string }
  | { readonly kind: 'timed-out'; readonly phase: Phase; readonly elapsedMs: number; readonly timeoutMs: number }
  | { readonly kind: 'cancelled'; readonly phase: Phase }
  | { readonly kind: 'proxy-invalid'; readonly from: string; readonly came: string }
  | { readonly kind: 'proxy-unreachable'; readonly came: string }
  | { readonly kind: 'proxy-not-tls' }
  | { readonly kind: 'proxy-untrusted'; readonly came: string }
  | { readonly kind: 'proxy-authentication'; readonly sent: boolean }
  | { readonly kind: 'proxy-refused'; readonly came: string }
  | { readonly kind: 'proxy-failed'; readonly came: string }
  | { readonly kind: 'answer-truncated' }
  | { readonly kind: 'answer-malformed'; readonly came: string }
  | { readonly kind: 'headers-too-large'; readonly maxBytes: number }
  | { readonly kind: 'body-too-large'; readonly maxBytes: number }
  | { readonly kind: 'encoding-invalid'; readonly encoding: string; readonly came: string }
  | { readonly kind: 'redirected'; readonly status: number; readonly location: string; readonly sameHost: boolean };

/** A failure on its way to the one place that knows what was asked. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.kind, cause === undefined ? undefined : { cause });
    this.failure = failure;
  }
}

/** An error that carries `failure` to where it becomes words: `failureError` in failure-message.ts. */
export function failWith(failure: Failure, cause?: unknown): FailureError {
  return new FailureError(failure, cause);
}
