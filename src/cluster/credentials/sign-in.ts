import type { Clock, Environment, Log, Secrets } from '../../model/world.ts';
import type { ExecConfig, Impersonation } from '../kubeconfig/kubeconfig.ts';
import type { ClientCertificate } from './certificate.ts';

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
  readonly certificate?: ClientCertificate;
  readonly impersonate: Impersonation;
}

/** The world, as far as credentials touch it. */
export interface CredentialWorld {
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
}
