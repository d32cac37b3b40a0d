import type { ClusterIdentity, ClusterSource } from '../model/cluster.ts';
import { GateError } from '../model/errors.ts';
import type { Place } from '../model/place.ts';
import type { Clock, Environment, Log, Secrets } from '../model/world.ts';
import type { ServerAccess, SignIn, UserAccess } from './access.ts';
import { openConnection } from './connection/connection.ts';
import { FailureError } from './connection/failure.ts';
import type { ApiConnection, ConnectionOptions } from './connection/options.ts';
import { chooseProxy, type ProxyServer } from './connection/proxy-choice.ts';
import { readAuthority } from './credentials/certificate.ts';
import { credentialIdentity, credentialSource } from './credentials/credentials.ts';
import { isSendable } from './credentials/header.ts';
import { impersonationHeaders, impersonationIdentity, nobody } from './credentials/impersonation.ts';
import { inClusterAccess, SERVICE_ACCOUNT_FOLDER } from './credentials/in-cluster.ts';
import { maskSecret } from './credentials/mask.ts';
import { readCluster, readServerUrl } from './kubeconfig/cluster-entry.ts';
import { chooseContext } from './kubeconfig/context.ts';
import { accessOf, faultsError } from './kubeconfig/fault.ts';
import { emptyKubeconfig, type UserEntry } from './kubeconfig/kubeconfig.ts';
import { describeSources, type LoadedKubeconfig, loadKubeconfig, slipInVariable } from './kubeconfig/load.ts';
import { maskUser, readUser, withoutCredentials } from './kubeconfig/user-entry.ts';

export type { ApiConnection, ApiRequest, ApiResponse } from './connection/options.ts';

/** The world, as far as a cluster touches it. */
export interface ClusterWorld {
  readonly environment: Environment;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly clock: Clock;
  /** Where a pod finds its service account, if not where Kubernetes puts it. */
  readonly serviceAccountFolder?: string | undefined;
}

export type OpenOptions = Pick<ConnectionOptions, 'signal' | 'timeoutMs' | 'onSent'>;

/** One cluster that can be spoken to, as one user. */
export interface Cluster {
  /** For reports: the context that was asked for by name, else what the kubeconfig calls the cluster, or the server's host. */
  readonly name: string;
  /** The server's URL as it was configured, not normalised. */
  readonly server: string;
  readonly identity: ClusterIdentity;
  /** What is judged and what said so, for a line of the log: the server, its context, its kubeconfig. Holds no secret. */
  readonly origin: string;
  /** Whether no input says which cluster is meant: it is the one that the job's surroundings happened to hold. */
  readonly ambient: boolean;
  /** Opens a connection. Nothing is sent before the first request. */
  open(options: OpenOptions): ApiConnection;
}

/** A server that the inputs lead to; its user is read only when asked for. */
interface Reached {
  readonly name: string;
  readonly server: ServerAccess;
  readonly origin: string;
  readonly ambient: boolean;
  readonly user: () => UserAccess;
}

/**
 * Reads and checks the configuration of a cluster and of its credentials; contacts nothing and runs nothing.
 * @throws GateError `invalid-input`
 */
export async function resolveCluster(source: ClusterSource, world: ClusterWorld): Promise<Cluster> {
  // From here on Node reads its root certificates on a thread of its own; the first connection would have to wait for it, whichever roots it goes by.
  process.getBuiltinModule('node:tls');
  const { name, server, origin, ambient, user: readUserAccess } = await reach(source, world);
  const user = readUserAccess();
  // Kept for all connections: a plugin's answer is good for the next one too.
  const credentials = credentialSource(user, server, world);
  return {
    name,
    server: server.configuredServer,
    identity: identityOf(server, user, world.environment),
    origin,
    ambient,
    open: (opening) =>
      openConnection({
        server: server.server,
        certificateAuthority: server.certificateAuthority,
        insecureSkipTlsVerify: server.insecureSkipTlsVerify,
        tlsServerName: server.tlsServerName,
        proxyUrl: server.proxyUrl,
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

/**
 * The server that the inputs lead to, as a cached answer of it is told apart from another's; no credential is read. `undefined` where nothing but a name is given, or where
 * the kubeconfig that is named does not exist, as in a job without access to it.
 * @throws GateError `invalid-input`
 */
export async function resolveServer(source: ClusterSource, world: ClusterWorld): Promise<ClusterIdentity | undefined> {
  if (source.kind === 'kubeconfig') {
    if (!source.kubeconfig && !source.context) return undefined;
    const { kubeconfig, sources } = await loadKubeconfig(source.kubeconfig, world.environment).catch(nothingThere);
    if (sources.length === 0 || kubeconfig.contexts.size === 0) return undefined;
  }
  const { server } = await reach(source, world);
  return identityOf(server, anonymous, world.environment);
}

/** A kubeconfig that an absent secret would have written names no server; any other mistake is one. */
function nothingThere(thrown: unknown): Pick<LoadedKubeconfig, 'kubeconfig' | 'sources'> {
  if (thrown instanceof GateError && thrown.code === 'kubeconfig-missing')
    return { kubeconfig: emptyKubeconfig, sources: [] };
  throw thrown;
}

async function reach(source: ClusterSource, world: ClusterWorld): Promise<Reached> {
  const reached = source.kind === 'server' ? serverAccess(source, world) : await kubeconfigAccess(source, world);
  // Before the user is looked at: nothing of one cluster may go to another, not even by a plugin's own ways.
  if (source.expectServer) requireServer(source.expectServer, reached);
  return reached;
}

function identityOf(server: ServerAccess, user: UserAccess, environment: Environment): ClusterIdentity {
  return {
    server: server.server.href,
    certificateAuthority: server.server.protocol === 'https:' ? server.certificateAuthorityDigest : 'none',
    tlsServerName: server.tlsServerName ?? '',
    proxy: proxyOf(server, environment)?.shown ?? '',
    impersonation: impersonationIdentity(user.impersonate),
    credentials: credentialIdentity(user),
  };
}

/** The proxy that a request goes by: behind two proxies one address can be two clusters. A malformed one fails when something is asked, and leads nowhere. */
function proxyOf({ server, proxyUrl }: ServerAccess, { variables }: Environment): ProxyServer | undefined {
  try {
    return chooseProxy(server, proxyUrl, variables);
  } catch (thrown) {
    if (thrown instanceof FailureError) return undefined;
    throw thrown;
  }
}

async function kubeconfigAccess(
  source: Extract<ClusterSource, { kind: 'kubeconfig' }>,
  world: ClusterWorld,
): Promise<Reached> {
  const loaded = await loadKubeconfig(source.kubeconfig, world.environment);
  for (const line of loaded.unwrapped) world.log.line(line);
  // A runner masks a secret as it was given, and knows nothing of what is in it.
  if (loaded.unwrapped.length > 0) for (const user of loaded.kubeconfig.users.values()) maskUser(user, world.secrets);
  if (loaded.from !== 'input' && !source.context && loaded.kubeconfig.currentContext === '') {
    const reached = podAccess(source, loaded, world);
    if (reached !== undefined) return reached;
  }
  if (loaded.kubeconfig.contexts.size === 0) throw nothingConfigured(loaded, source.context, world);
  const where = describeSources(loaded);
  const chosen = chooseContext(loaded.kubeconfig, source.context, where);
  const files = filesOf(loaded);
  const server = files(() => accessOf(readCluster(chosen.cluster, world.secrets), chosen.cluster.origin.place));
  const entry = source.oidcAudience ? withoutCredentials(chosen.user) : chosen.user;
  const context = `context \`${chosen.context.name}\`${source.context ? '' : ' (its current-context)'}`;
  return {
    // Contexts that were listed are told apart by what they were listed as: two of them may lead to one cluster.
    name: source.context || chosen.cluster.name,
    server,
    origin: `${server.server.origin}, ${context} of the kubeconfig in ${where}${through(server, world)}`,
    ambient: loaded.from !== 'input' && !source.context && !source.expectServer,
    user: () => {
      const user = entry === undefined ? anonymous : files(() => userAccess(entry, server, world));
      return withOidc(user, server, source.oidcAudience);
    },
  };
}

/** Reads what may name files. A kubeconfig that came as text left its files behind on another machine. */
function filesOf(loaded: LoadedKubeconfig): <T>(read: () => T) => T {
  return (read) => {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof GateError) || thrown.code !== 'file-unreadable' || !loaded.isText) throw thrown;
      throw new GateError(thrown.outcome, thrown.code, thrown.message, {
        hint: 'The kubeconfig is given as text, and the file that it names is not on this runner. Make it whole where it works, with `kubectl config view --raw --flatten --minify`, and store that.',
        cause: thrown,
      });
    }
  };
}

/** The cluster of the pod that this process runs in; `undefined` outside of one. */
function podAccess(
  source: Extract<ClusterSource, { kind: 'kubeconfig' }>,
  loaded: LoadedKubeconfig,
  world: ClusterWorld,
): Reached | undefined {
  const pod = inClusterAccess(world.environment, world.log, world.serviceAccountFolder);
  if (pod === undefined) return undefined;
  if (!source.expectServer) {
    // Somebody meant another cluster: the pod's own would be judged under a name that is not its.
    const meant = KUBECONFIG_OF_NOBODY.has(world.environment.variables['KUBECONFIG'] ?? '')
      ? source.clusterName && '`cluster` is given'
      : `the kubeconfig comes from ${describeSources(loaded)}`;
    if (meant) throw podNotMeant(meant, pod.server.configuredServer);
  }
  return {
    name: pod.server.server.host,
    server: pod.server,
    origin: `${pod.server.server.origin}, the cluster of this pod, by its service account${through(pod.server, world)}`,
    ambient: false,
    user: () => withOidc(pod.user, pod.server, source.oidcAudience),
  };
}

/** Not set, and the way to say that no file is meant. */
const KUBECONFIG_OF_NOBODY: ReadonlySet<string> = new Set(['', '/dev/null']);

function through(server: ServerAccess, { environment }: ClusterWorld): string {
  const proxy = proxyOf(server, environment);
  return proxy === undefined ? '' : `, through the proxy ${proxy.shown}`;
}

/** @throws GateError `invalid-input` when the server is not the one that `expected` names by its URL, or by its host with or without a port */
function requireServer(expected: string, { server: { server }, origin }: Reached): void {
  if (isServer(expected, server)) return;
  const message = `The cluster to judge is ${origin}, and the input \`expect-server\` names ${expected}`;
  const hint =
    'Give the kubeconfig and the context of the cluster that is meant. If the server has moved, change `expect-server`.';
  throw new GateError('invalid-input', 'server-unexpected', message, {
    hint,
    problems: [{ place: { kind: 'input', input: 'expect-server' }, message, hint }],
  });
}

function isServer(expected: string, server: URL): boolean {
  if (expected.includes('://')) {
    const url = URL.parse(expected);
    const bare = ({ origin, pathname }: URL) => `${origin}${pathname.replace(/\/+$/, '')}`;
    return url !== null && bare(url) === bare(server);
  }
  const url = URL.parse(`${server.protocol}//${expected}`);
  if (url === null || url.hostname !== server.hostname) return false;
  return !/:\d+$/.test(expected) || url.port === server.port;
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

function serverAccess(source: Extract<ClusterSource, { kind: 'server' }>, world: ClusterWorld): Reached {
  maskSecret(source.token ?? '', world.secrets);
  const input = (name: string): Place => ({ kind: 'input', input: name });
  const server = readServerUrl(source.server.trim(), 'The input `server`');
  if (server.kind === 'bad') throw faultsError([server.fault], input('server'));
  const authority = authorityInput(source.certificateAuthorityData);
  const access: ServerAccess = {
    server: server.url,
    configuredServer: source.server.trim(),
    certificateAuthority: authority?.pem,
    certificateAuthorityText: authority?.pem ?? '',
    certificateAuthorityDigest: authority?.digest ?? 'system',
    insecureSkipTlsVerify: false,
    disableCompression: false,
    execConfig: null,
  };
  return {
    name: server.url.host,
    server: access,
    origin: `${server.url.origin}, from the input \`server\`${through(access, world)}`,
    ambient: false,
    user: () => {
      const user: UserAccess = { name: '', signIn: signInOf(source.token, server.url), impersonate: nobody };
      return withOidc(user, access, source.oidcAudience);
    },
  };
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

const NOT_CONFIGURED_HINT =
  'Set the input `kubeconfig` or `server`. An input that comes from a secret is empty where the workflow cannot read the secret, as in pull requests from forks.';

/** A pod could have asked its own cluster, had it a token. */
function podHint({
  environment: { variables },
  serviceAccountFolder = SERVICE_ACCOUNT_FOLDER,
}: ClusterWorld): string | undefined {
  if (!variables['KUBERNETES_SERVICE_HOST'] || !variables['KUBERNETES_SERVICE_PORT']) return undefined;
  return `This is a pod without a service account token: ${serviceAccountFolder}/token does not exist. To judge its own cluster, do not set automountServiceAccountToken to false in the pod or its service account.`;
}

function podNotMeant(meant: string, server: string): GateError {
  return new GateError(
    'invalid-input',
    'pod-not-meant',
    `No kubeconfig was found, and the cluster of this pod is not judged in its place: ${meant}`,
    {
      hint: `Give \`kubeconfig\` and \`context\`. An input that comes from a secret is empty where the workflow cannot read the secret. If the cluster of this pod is meant, give \`expect-server: ${server}\`.`,
    },
  );
}

function nothingConfigured(loaded: LoadedKubeconfig, context: string | undefined, world: ClusterWorld): GateError {
  const { variables, platform } = world.environment;
  const where = describeSources(loaded);
  if (loaded.sources.length > 0) {
    return new GateError('invalid-input', 'kubeconfig-empty', `The kubeconfig has no contexts: ${where}`, {
      hint: 'Check the step or the secret that it comes from; `kubectl config view --raw` prints a whole one.',
    });
  }
  const slip = slipInVariable(variables['KUBECONFIG'] ?? '', platform);
  return new GateError(
    'invalid-input',
    'cluster-not-configured',
    `No cluster is configured: no kubeconfig was found at ${where}`,
    {
      hint: [slip, context ? undefined : podHint(world), NOT_CONFIGURED_HINT]
        .filter((part) => part !== undefined)
        .join(' '),
    },
  );
}
