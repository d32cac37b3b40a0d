import type { Environment, Log } from '../../model/world.ts';
import type { ServerAccess, UserAccess } from '../access.ts';
import { readTextFile } from '../named-file.ts';
import { type AuthorityBundle, readAuthority } from './certificate.ts';
import { nobody } from './impersonation.ts';

/** Where a pod finds its service account. */
export const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster that this process runs in, as a pod with a service account; `undefined` outside of one.
 * @see client-go rest/config.go InClusterConfig
 */
export function inClusterAccess(
  environment: Environment,
  log: Log,
  folder = SERVICE_ACCOUNT_FOLDER,
): { readonly server: ServerAccess; readonly user: UserAccess } | undefined {
  const host = environment.variables['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = environment.variables['KUBERNETES_SERVICE_PORT'] ?? '';
  if (host === '' || port === '' || readTextFile(`${folder}/token`, 'service account token') === undefined)
    return undefined;
  const configuredServer = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const server = URL.parse(configuredServer);
  if (server === null) return undefined;
  const authority = serviceAuthority(`${folder}/ca.crt`, log);
  const namespace = readTextFile(`${folder}/namespace`, 'service account namespace')?.trim() ?? '';
  return {
    server: {
      server,
      configuredServer,
      certificateAuthority: authority === undefined ? undefined : authority.pem,
      certificateAuthorityText: authority?.pem ?? '',
      certificateAuthorityDigest: authority?.digest ?? 'system',
      insecureSkipTlsVerify: false,
      disableCompression: false,
      execConfig: null,
    },
    user: {
      name: `service account in ${namespace || 'this cluster'}`,
      signIn: { kind: 'token-file', path: `${folder}/token`, fallback: '' },
      impersonate: nobody,
    },
  };
}

/** client-go goes on with the system's roots when the file is unusable. */
function serviceAuthority(path: string, log: Log): AuthorityBundle | undefined {
  const pem = readTextFile(path, 'CA certificate of the service account');
  const checked = pem === undefined ? ({ kind: 'bad', reason: 'is not there' } as const) : readAuthority(pem);
  if (checked.kind === 'good') return checked.value;
  log.line(
    `The CA certificate of the service account (${path}) ${checked.reason}; the machine's own roots are used in its place.`,
  );
  return undefined;
}
