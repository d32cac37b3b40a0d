import { GateError } from '../../model/errors.ts';
import type { Place } from '../../model/place.ts';
import type { ExecConfig, Impersonation } from '../access.ts';
import { type Fields, fieldsOf } from './fields.ts';

/** Where a kubeconfig was read. */
export interface Origin {
  readonly place: Place;
  /** Against which relative paths in it are resolved. */
  readonly folder: string;
}

/** How to reach one API server. Paths are absolute; `''` stands for what is not set. */
export interface ClusterEntry {
  readonly name: string;
  readonly origin: Origin;
  readonly server: string;
  readonly tlsServerName: string;
  readonly insecureSkipTlsVerify: boolean;
  readonly certificateAuthority: string;
  readonly certificateAuthorityData: string;
  readonly proxyUrl: string;
  readonly disableCompression: boolean;
  /** What the cluster has to say to exec plugins: its extension `client.authentication.k8s.io/exec`. */
  readonly execConfig: unknown;
}

/** How to sign in. Paths are absolute; `''` stands for what is not set. */
export interface UserEntry {
  readonly name: string;
  readonly origin: Origin;
  readonly clientCertificate: string;
  readonly clientCertificateData: string;
  readonly clientKey: string;
  readonly clientKeyData: string;
  readonly token: string;
  readonly tokenFile: string;
  readonly username: string;
  readonly password: string;
  readonly impersonate: Impersonation;
  /** Name of a provider of the mechanism that Kubernetes removed in 1.26. */
  readonly authProvider?: string | undefined;
  readonly exec?: ExecConfig | undefined;
}

/** A cluster and a user, by name; `''` for none. */
export interface ContextEntry {
  readonly name: string;
  readonly origin: Origin;
  readonly cluster: string;
  readonly user: string;
}

/** One kubeconfig, or several merged into one. */
export interface Kubeconfig {
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  /** `''` for none. */
  readonly currentContext: string;
}

export const emptyKubeconfig: Kubeconfig = {
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: '',
};

/**
 * Decodes one parsed kubeconfig document; `resolve` makes a path in it absolute.
 * @throws GateError `invalid-input` that names the field and what it is, never its value
 * @see client-go tools/clientcmd/api/v1/types.go
 */
export function decodeKubeconfig(document: unknown, origin: Origin, resolve: (path: string) => string): Kubeconfig {
  if (document === undefined || document === null) return emptyKubeconfig;
  const fields = fieldsOf(document, sourceName(origin.place), '');
  requireConfig(Object.keys(document), fields, origin);
  return {
    clusters: byName(fields, 'clusters', (name, entry) => decodeCluster(name, entry.child('cluster'), origin, resolve)),
    users: byName(fields, 'users', (name, entry) => decodeUser(name, entry.child('user'), origin, resolve)),
    contexts: byName(fields, 'contexts', (name, entry) => decodeContext(name, entry.child('context'), origin)),
    currentContext: fields.text('current-context'),
  };
}

/** A place without its line: what is wrong is told by the path of the field. */
function sourceName(place: Place): string {
  return place.kind === 'file' ? place.file : `The input \`${place.input}\``;
}

/** Both may be left out, as client-go has it, but must not say something else. */
function requireConfig(keys: readonly string[], fields: Fields, origin: Origin): void {
  const kind = textInAnyCase('kind', keys, fields);
  const apiVersion = textInAnyCase('apiVersion', keys, fields);
  if ((kind === '' || kind === 'Config') && (apiVersion === '' || apiVersion === 'v1')) return;
  const message = `${sourceName(origin.place)} is not a kubeconfig: it says it is something else than a \`v1\` \`Config\``;
  const hint = 'A kubeconfig begins with `apiVersion: v1` and `kind: Config`; `kubectl config view --raw` prints one.';
  throw new GateError('invalid-input', 'kubeconfig-kind', message, {
    hint,
    problems: [{ place: origin.place, message, hint }],
  });
}

/**
 * These two fields count in any case, of several the last in order of their bytes; all others count as they are written.
 * @see apimachinery pkg/runtime/serializer/json/meta.go Interpret
 */
function textInAnyCase(name: string, keys: readonly string[], fields: Fields): string {
  const written = keys.filter((key) => key.toLowerCase() === name.toLowerCase() && fields.unknown(key) !== undefined);
  return (
    written
      .sort()
      .map((key) => fields.text(key))
      .at(-1) ?? ''
  );
}

function byName<Entry>(
  fields: Fields,
  list: string,
  decode: (name: string, entry: Fields) => Entry,
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const item of fields.children(list)) {
    const name = item.text('name');
    // client-go refuses this too: which of the two is meant is anybody's guess.
    if (entries.has(name)) throw item.invalid('name', 'is the name of an earlier entry of the same list');
    entries.set(name, decode(name, item));
  }
  return entries;
}

function decodeCluster(name: string, cluster: Fields, origin: Origin, resolve: (path: string) => string): ClusterEntry {
  const extension = cluster.children('extensions').find((item) => item.text('name') === EXEC_EXTENSION);
  return {
    name,
    origin,
    server: cluster.text('server'),
    tlsServerName: cluster.text('tls-server-name'),
    insecureSkipTlsVerify: cluster.flag('insecure-skip-tls-verify'),
    certificateAuthority: absolute(cluster.text('certificate-authority'), resolve),
    certificateAuthorityData: cluster.base64('certificate-authority-data'),
    proxyUrl: cluster.text('proxy-url'),
    disableCompression: cluster.flag('disable-compression'),
    execConfig: extension?.unknown('extension') ?? null,
  };
}

/** @see client-go tools/clientcmd/client_config.go clusterExtensionKey */
const EXEC_EXTENSION = 'client.authentication.k8s.io/exec';

function decodeUser(name: string, user: Fields, origin: Origin, resolve: (path: string) => string): UserEntry {
  const authProvider = user.optionalChild('auth-provider');
  const exec = user.optionalChild('exec');
  return {
    name,
    origin,
    clientCertificate: absolute(user.text('client-certificate'), resolve),
    clientCertificateData: user.base64('client-certificate-data'),
    clientKey: absolute(user.text('client-key'), resolve),
    clientKeyData: user.base64('client-key-data'),
    token: user.text('token'),
    tokenFile: absolute(user.text('tokenFile'), resolve),
    username: user.text('username'),
    password: user.text('password'),
    impersonate: {
      user: user.text('as'),
      uid: user.text('as-uid'),
      groups: user.texts('as-groups'),
      extra: user.textLists('as-user-extra'),
    },
    authProvider: authProvider === undefined ? undefined : authProvider.text('name'),
    exec: exec === undefined ? undefined : decodeExec(exec, resolve),
  };
}

function decodeExec(exec: Fields, resolve: (path: string) => string): ExecConfig {
  const apiVersion = exec.text('apiVersion');
  const command = exec.text('command');
  return {
    apiVersion,
    // A bare name is looked up in PATH, so only what holds a separator is a path.
    command: /[/\\]/.test(command) ? absolute(command, resolve) : command,
    args: exec.texts('args'),
    env: exec.children('env').map((item) => ({ name: item.text('name'), value: item.text('value') })),
    installHint: exec.text('installHint'),
    provideClusterInfo: exec.flag('provideClusterInfo'),
    interactiveMode: exec.text('interactiveMode') || defaultInteractiveMode(apiVersion),
  };
}

/** @see client-go tools/clientcmd/api/v1/defaults.go SetDefaults_ExecConfig */
function defaultInteractiveMode(apiVersion: string): string {
  return apiVersion === 'client.authentication.k8s.io/v1beta1' ? 'IfAvailable' : '';
}

function decodeContext(name: string, context: Fields, origin: Origin): ContextEntry {
  return { name, origin, cluster: context.text('cluster'), user: context.text('user') };
}

function absolute(path: string, resolve: (path: string) => string): string {
  return path === '' ? '' : resolve(path);
}
