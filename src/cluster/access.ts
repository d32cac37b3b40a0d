/** One API server, with everything checked that can be before it is asked. */
export interface ServerAccess {
  readonly server: URL;
  /** The same as it was written: kubectl names its cache's folder by the very spelling. */
  readonly configuredServer: string;
  /** PEM. */
  readonly certificateAuthority?: string | undefined;
  /** The same as it was written, with whatever stood around it: what an exec plugin is told. */
  readonly certificateAuthorityText: string;
  /** As in `ClusterIdentity`. */
  readonly certificateAuthorityDigest: string;
  readonly insecureSkipTlsVerify: boolean;
  readonly tlsServerName?: string | undefined;
  readonly proxyUrl?: string | undefined;
  readonly disableCompression: boolean;
  readonly execConfig: unknown;
}

/** How to prove who asks, beside a client certificate. */
export type SignIn =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'token-file';
      readonly path: string /** Used while the file cannot be read; `''` for none. */;
      readonly fallback: string;
    }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'exec'; readonly config: ExecConfig }
  | { readonly kind: 'oidc'; readonly audience: string };

/** Who asks. */
export interface UserAccess {
  /** As the kubeconfig names the user; `''` where nothing does. */
  readonly name: string;
  readonly signIn: SignIn;
  readonly certificate?: ClientCertificate | undefined;
  readonly impersonate: Impersonation;
}

/** Who one is impersonated as. */
export interface Impersonation {
  readonly user: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** A command that prints credentials. */
export interface ExecConfig {
  readonly apiVersion: string;
  /** Absolute, or a bare name to be looked up in PATH. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
  /** `Never`, `IfAvailable` or `Always`, once it is checked; `''` where none was given and there is no default. */
  readonly interactiveMode: string;
}

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
  /** In one line, most general part first. */
  readonly subject: string;
}

/** What proves to the API server who asks: a header, a client certificate, both, or neither. */
export interface Credential {
  /** The whole value of the `Authorization` header. */
  readonly authorization?: string | undefined;
  /** When its source says that it runs out, in milliseconds since the epoch. */
  readonly expiresAt?: number | undefined;
  /** Both in PEM. */
  readonly certificate?: { readonly cert: string; readonly key: string } | undefined;
}

/** Where credentials come from; what they hold is masked before it is handed out. */
export interface CredentialSource {
  /** The credential to use now; acquired on the first call and kept for as long as it is valid. */
  current(signal: AbortSignal): Promise<Credential>;
  /** Asked once, after a 401: a new credential, or `undefined` when a new one would be no different. Absent: there never is another. */
  refresh?(signal: AbortSignal): Promise<Credential | undefined>;
}
