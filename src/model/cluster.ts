/** Which cluster to judge, as the inputs name it; `cluster/` turns it into one that can be spoken to. */
export type ClusterSource =
  | {
      readonly kind: 'kubeconfig';
      /** A path or the YAML itself; absent: `KUBECONFIG`, then `~/.kube/config`, then in-cluster. */
      readonly kubeconfig?: string | undefined;
      /** Absent: the kubeconfig's current-context. */
      readonly context?: string | undefined;
      readonly oidcAudience?: string | undefined;
      /** The URL, or the host with or without a port, of the only server that may be asked. */
      readonly expectServer?: string | undefined;
      /** The name that the inputs give the cluster. */
      readonly clusterName?: string | undefined;
    }
  | {
      readonly kind: 'server';
      /** An http or https URL. */
      readonly server: string;
      /** Base64 of PEM, as in a kubeconfig. */
      readonly certificateAuthorityData?: string | undefined;
      readonly token?: string | undefined;
      readonly oidcAudience?: string | undefined;
      readonly expectServer?: string | undefined;
    };

/** Everything that tells one cluster, seen by one identity, from another, and that stays the same from run to run. Holds no secret. */
export interface ClusterIdentity {
  /** Normalised URL, path included. */
  readonly server: string;
  /** SHA-256 of the CA certificates in hex; `'system'` for the machine's own roots, `'none'` when verification is off. */
  readonly certificateAuthority: string;
  readonly tlsServerName: string;
  /** The proxy that requests go by, without its user; `''` for none. Behind two proxies one address can be two clusters. */
  readonly proxy: string;
  /** Who is impersonated, as one canonical line; `''` for nobody. */
  readonly impersonation: string;
  /** The stable part of the credentials, for example an exec command with its arguments or a certificate's subject. Never a token's bytes. */
  readonly credentials: string;
}
