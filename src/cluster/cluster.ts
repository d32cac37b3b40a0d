import type { ClusterIdentity, ClusterSource } from '../model/cluster.ts';
import { GateError } from '../model/errors.ts';
import type { Place } from '../model/place.ts';
import type { Clock, Environment, Log, Secrets } from '../model/world.ts';
import type { ServerAccess, SignIn, UserAccess } from './access.ts';
import { openConnection } from './connection/connection.ts';
import type { ApiConnection, ConnectionOptions } from './connection/options.ts';
import { readAuthority } from './credentials/certificate.ts';
import { credentialIdentity, credentialSource } from './credentials/credentials.ts';
import { isSendable } from './credentials/header.ts';
import { impersonationHeaders, impersonationIdentity, nobody } from './credentials/impersonation.ts';
import { inClusterAccess } from './credentials/in-cluster.ts';
import { maskSecret } from './credentials/mask.ts';
import { readCluster, readServerUrl } from './kubeconfig/cluster-entry.ts';
import { chooseContext } from './kubeconfig/context.ts';
import { accessOf, faultsError } from './kubeconfig/fault.ts';
import type { UserEntry } from './kubeconfig/kubeconfig.ts';
import { describeSources, type LoadedKubeconfig, loadKubeconfig } from './kubeconfig/load.ts';
import { readUser, withoutCredentials } from './kubeconfig/user-entry.ts';

export type { ApiConnection, ApiRequest, ApiResponse } from './connection/options.ts';

/** The world, as far as a cluster touches it. */
export interface ClusterWorld {
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly clock: Clock;
  /** Where a pod finds its service account, if not where Kubernetes puts it. */
  readonly serviceAccountFolder?: string;
}

export type OpenOptions = Pick<ConnectionOptions, 'signal' | 'timeoutMs' | 'onSent'>;

/** One cluster that can be spoken to, as one user. */
export interface Cluster {
  /** For reports: the context that was asked for by name, else what the kubeconfig calls the cluster, or the server's host. */
  readonly name: string;
  /** The server's URL as it was configured, not normalised. */
  readonly server: string;
  readonly identity: ClusterIdentity;
  /** Opens a connection. Nothing is sent before the first request. */
  open(options: OpenOptions): ApiConnection;
}

interface Access {
  readonly name: string;
  readonly server: ServerAccess;
  readonly user: UserAccess;
}

/**
 * Reads and checks the configuration of a cluster and of its credentials; contacts nothing and runs nothing.
 * @throws GateError `invalid-input`
 */
export async function resolveCluster(source: ClusterSource, world: ClusterWorld): Promise<Cluster> {
  // From here on Node reads its root certificates on a thread of its own; the first connection would have to wait for it, whichever roots it goes by.
  process.getBuiltinModule('node:tls');
  const { name, server, user } =
    source.kind === 'server' ? serverAccess(source, world) : await kubeconfigAccess(source, world);
  // Kept for all connections: a plugin's answer is good for the next one too.
  const credentials = credentialSource(user, server, world);
  return {
    name,
    server: server.configuredServer,
    identity: identityOf(server, user),
    open: (opening) =>
      openConnection({
        server: server.server,
        ...(server.certificateAuthority === undefined ? {} : { certificateAuthority: server.certificateAuthority }),
        insecureSkipTlsVerify: server.insecureSkipTlsVerify,
        ...(server.tlsServerName === undefined ? {} : { tlsServerName: server.tlsServerName }),
        ...(server.proxyUrl === undefined ? {} : { proxyUrl: server.proxyUrl }),
        disableCompression: server.disableCompression,
        headers: impersonationHeaders(user.impersonate),
        credentials,
        environment: world.environment,
        secrets: world.secrets,
        clock: world.clock,
        log: world.log,
        ...opening,
      }),
  };
}

function identityOf(server: ServerAccess, user: UserAccess): ClusterIdentity {
  return {
    server: server.server.href,
    certificateAuthority: server.server.protocol === 'https:' ? server.certificateAuthorityDigest : 'none',
    tlsServerName: server.tlsServerName ?? '',
    impersonation: impersonationIdentity(user.impersonate),
    credentials: credentialIdentity(user),
  };
}

async function kubeconfigAccess(
  source: Extract<ClusterSource, { kind: 'kubeconfig' }>,
  world: ClusterWorld,
): Promise<Access> {
  const loaded = await loadKubeconfig(source.kubeconfig, world.environment);
  if (!loaded.explicit && !source.context && loaded.kubeconfig.currentContext === '') {
    const pod = inClusterAccess(world.environment, world.log, world.serviceAccountFolder);
    if (pod !== undefined) {
      return {
        name: pod.server.server.host,
        server: pod.server,
        user: withOidc(pod.user, pod.server, source.oidcAudience),
      };
    }
  }
  if (loaded.kubeconfig.contexts.size === 0) throw nothingConfigured(loaded);
  const chosen = chooseContext(loaded.kubeconfig, source.context, describeSources(loaded));
  const server = accessOf(readCluster(chosen.cluster, world.secrets), chosen.cluster.origin.place);
  const entry = source.oidcAudience ? withoutCredentials(chosen.user) : chosen.user;
  const user = entry === undefined ? anonymous : userAccess(entry, server, world);
  return {
    // Contexts that were listed are told apart by what they were listed as: two of them may lead to one cluster.
    name: source.context || chosen.cluster.name,
    server,
    user: withOidc(user, server, source.oidcAudience),
  };
}

const anonymous: UserAccess = { name: '', signIn: { kind: 'anonymous' }, impersonate: nobody };

function userAccess(entry: UserEntry, { server }: ServerAccess, { secrets, log }: ClusterWorld): UserAccess {
  return accessOf(readUser(entry, { tls: server.protocol === 'https:', secrets, log }), entry.origin.place);
}

/** The job's own token takes the place of whatever else the user would sign in with; a certificate would even win over it at the server. */
function withOidc(user: UserAccess, { server }: ServerAccess, audience: string | undefined): UserAccess {
  if (!audience) return user;
  if (server.protocol !== 'https:') throw overHttp('oidc-audience');
  return { name: '', signIn: { kind: 'oidc', audience }, impersonate: user.impersonate };
}

function serverAccess(source: Extract<ClusterSource, { kind: 'server' }>, { secrets }: ClusterWorld): Access {
  maskSecret(source.token ?? '', secrets);
  const input = (name: string): Place => ({ kind: 'input', input: name });
  const server = readServerUrl(source.server.trim(), 'The input `server`');
  if (server.kind === 'bad') throw faultsError([server.fault], input('server'));
  const authority = authorityInput(source.certificateAuthorityData);
  const access: ServerAccess = {
    server: server.url,
    configuredServer: source.server.trim(),
    ...(authority === undefined ? {} : { certificateAuthority: authority.pem }),
    certificateAuthorityText: authority?.pem ?? '',
    certificateAuthorityDigest: authority?.digest ?? 'system',
    insecureSkipTlsVerify: false,
    disableCompression: false,
    execConfig: null,
  };
  const user: UserAccess = { name: '', signIn: signInOf(source.token, server.url), impersonate: nobody };
  return { name: server.url.host, server: access, user: withOidc(user, access, source.oidcAudience) };
}

function signInOf(token: string | undefined, server: URL): SignIn {
  if (!token) return { kind: 'anonymous' };
  if (server.protocol !== 'https:') throw overHttp('token');
  if (!isSendable(token)) {
    const fault = {
      code: 'token-unsendable',
      message: 'The input `token` holds a line break or another control character',
      hint: 'Store the token in the secret without a line break after it.',
    };
    throw faultsError([fault], { kind: 'input', input: 'token' });
  }
  return { kind: 'token', token };
}

/** Base64 of PEM, as in a kubeconfig; PEM itself can mean nothing else and is taken too. */
function authorityInput(text: string | undefined): { readonly pem: string; readonly digest: string } | undefined {
  const given = text?.trim() ?? '';
  if (given === '') return undefined;
  const pem = given.includes('-----BEGIN') ? given : Buffer.from(given, 'base64').toString('utf8');
  const checked = readAuthority(pem);
  if (checked.kind === 'good') return checked.value;
  const fault = {
    code: 'certificate-authority-not-pem',
    message: `The input \`certificate-authority-data\` ${checked.reason}`,
    hint: 'Give what the kubeconfig has under certificate-authority-data: PEM certificates in base64.',
  };
  throw faultsError([fault], { kind: 'input', input: 'certificate-authority-data' });
}

function overHttp(input: 'token' | 'oidc-audience'): GateError {
  const message = `The input \`${input}\` is set and the server is reached by http: a token is sent only over https`;
  const hint = 'Use the https URL of the API server; its CA goes into `certificate-authority-data` or the kubeconfig.';
  return new GateError('invalid-input', 'token-over-http', message, {
    hint,
    problems: [{ place: { kind: 'input', input }, message, hint }],
  });
}

function nothingConfigured(loaded: LoadedKubeconfig): GateError {
  if (loaded.explicit || loaded.sources.length > 0) {
    return new GateError(
      'invalid-input',
      'kubeconfig-empty',
      `The kubeconfig has no contexts: ${describeSources(loaded)}`,
      {
        hint: 'Check the step or the secret that it comes from; `kubectl config view --raw` prints a whole one.',
      },
    );
  }
  return new GateError(
    'invalid-input',
    'cluster-not-configured',
    `No cluster is configured: no kubeconfig was found at ${describeSources(loaded)}`,
    {
      hint: 'Set the input `kubeconfig` or `server`. An input that comes from a secret is empty where the workflow cannot read the secret, as in pull requests from forks.',
    },
  );
}
