/**
 * A real Kubernetes API server with an etcd of its own, for one test file.
 *
 * It has its own CA, its own ports on 127.0.0.1 and its own temporary folder, is ready in a few seconds, and is gone when the process that started it is.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dump } from 'js-yaml';
import { enginePath, type Generation } from '../../engines/paths.ts';
import { type Authority, type Credential, createAuthority, signingKeys } from './certificates.ts';
import { ask, bearer } from './https.ts';
import { type Background, type Finished, freePorts, run, startInBackground } from './processes.ts';

export type ControlPlaneOptions = {
  readonly generation: Generation;
  /** Further users with a token, and the groups of each. `admin` (system:masters) and `user` (no rights of its own) are always there. */
  readonly users?: Readonly<Record<string, readonly string[]>>;
  /** Further flags of kube-apiserver. */
  readonly extraArgs?: readonly string[];
  /** An AuthenticationConfiguration document, for generations that know it. */
  readonly authenticationConfig?: string;
  /** Whether to record each request in `auditLogPath`, one JSON event a line. */
  readonly auditLog?: boolean;
  /** How long it may take to be ready; 90 s when absent, since an older machine that runs other tests may need it. */
  readonly deadlineMs?: number;
};

/** Whom a request comes from. */
export type Identity =
  /** A user with a token: `admin`, `user` or one of those asked for. */
  | { readonly kind: 'user'; readonly name: string }
  /** Any token, a wrong one for example. */
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'certificate'; readonly credential: Credential }
  /** The user section of a kubeconfig, word for word: an exec plugin for example. */
  | { readonly kind: 'section'; readonly section: Readonly<Record<string, unknown>> }
  | { readonly kind: 'anonymous' };

export type ControlPlane = {
  readonly generation: Generation;
  /** URL of the API server. */
  readonly server: string;
  readonly caPem: string;
  /** The CA behind `caPem`, which also signs for clients. */
  readonly authority: Authority;
  /** Bearer tokens by user name. */
  readonly tokens: Readonly<Record<string, string>>;
  /** Path of a kubeconfig of the administrator. */
  readonly adminKubeconfig: string;
  /** Path of the audit log; the file is there only if it was asked for. */
  readonly auditLogPath: string;
  /** Temporary folder of this control plane, removed when it stops. */
  readonly folder: string;
  readonly pids: readonly number[];
  /** YAML of a kubeconfig; `cluster` adds to, or replaces fields of, its cluster section. */
  kubeconfig(identity: Identity, cluster?: Readonly<Record<string, unknown>>): string;
  /** Runs kubectl as `identity`, the administrator when absent, with a cache of its own. */
  kubectl(parameters: readonly string[], options?: KubectlOptions): Promise<Finished>;
  /** As `kubectl`, but throws unless the exit code is 0; returns what it printed. */
  kubectlOk(parameters: readonly string[], options?: KubectlOptions): Promise<string>;
  /**
   * Takes the right to discover from these users and leaves it to all others that have a token.
   *
   * The right belongs to everybody who signed in, through the group system:authenticated. So that group is replaced, in the two ClusterRoleBindings that grant
   * it, by the names of the others; anonymous requests lose `/version` too. Returns when the server acts on it.
   */
  withoutDiscovery(users: readonly string[]): Promise<void>;
  /** Ends both processes and removes the folder. May be called twice. */
  stop(): Promise<void>;
  /** Ends the API server at once, as a crash would. `stop` is still to be called. */
  kill(): Promise<void>;
};

export type KubectlOptions = { readonly as?: Identity; readonly stdin?: string; readonly timeoutMs?: number };

/**
 * Starts an API server of a generation and waits until it is ready.
 *
 * @throws Error with the last words of the process that failed, or that was not ready in time.
 */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const deadline = Date.now() + (options.deadlineMs ?? 90_000);
  try {
    return await start(options, deadline);
  } catch (cause) {
    // Between finding a free port and using it somebody else may have taken it: that is worth one more try.
    if (!(cause instanceof Error && cause.message.includes('address already in use'))) throw cause;
    return await start(options, deadline);
  }
}

async function start(options: ControlPlaneOptions, deadline: number): Promise<ControlPlane> {
  const { generation } = options;
  const binary = enginePath(`kube-apiserver-${generation}`);
  const folder = mkdtempSync(join(tmpdir(), `kube-api-gate-${generation}-`));
  const [etcdPort = 0, peerPort = 0, port = 0] = await freePorts(3);
  const etcdUrl = `http://127.0.0.1:${etcdPort}`;
  const server = `https://127.0.0.1:${port}`;
  const authority = createAuthority(`kube-api-gate ${generation}`);
  const groups: Readonly<Record<string, readonly string[]>> = {
    ...options.users,
    admin: ['system:masters'],
    user: [],
  };
  const tokens = Object.fromEntries(
    Object.keys(groups).map((name) => [name, `${name}-${randomBytes(16).toString('hex')}`]),
  );
  const auditLogPath = join(folder, 'audit.log');
  const processes: Background[] = [];

  async function stop(): Promise<void> {
    await Promise.all(processes.map((process) => process.stop(stopGraceMs)));
    rmSync(folder, { recursive: true, force: true });
  }

  try {
    const etcd = startInBackground(
      'etcd',
      enginePath('etcd'),
      etcdFlags(folder, etcdUrl, `http://127.0.0.1:${peerPort}`),
      {
        logFile: join(folder, 'etcd.log'),
        scratch: folder,
      },
    );
    processes.push(etcd);
    const files = writeServerFiles(folder, options, { authority, tokens, groups });
    const apiServer = startInBackground(
      `kube-apiserver ${generation}`,
      binary,
      [
        `--etcd-servers=${etcdUrl}`,
        `--secure-port=${port}`,
        ...apiServerFlags(folder),
        ...files,
        ...(options.auditLog === true ? [`--audit-log-path=${auditLogPath}`, '--audit-log-mode=blocking'] : []),
        ...(options.extraArgs ?? []),
      ],
      { logFile: join(folder, 'kube-apiserver.log'), scratch: folder },
    );
    processes.push(apiServer);
    await untilReady(server, { authority, token: tokens['admin'] ?? '', processes, deadline });

    const adminKubeconfig = join(folder, 'admin.kubeconfig');
    const kubeconfig: ControlPlane['kubeconfig'] = (identity, cluster = {}) =>
      kubeconfigYaml({ server, ...caData(authority), ...cluster }, userSection(identity, tokens));
    writeFileSync(adminKubeconfig, kubeconfig({ kind: 'user', name: 'admin' }), { mode: 0o600 });

    const kubectl: ControlPlane['kubectl'] = async (parameters, { as, stdin, timeoutMs } = {}) => {
      const home = mkdtempSync(join(folder, 'kubectl-'));
      const config = join(home, 'kubeconfig');
      writeFileSync(config, kubeconfig(as ?? { kind: 'user', name: 'admin' }), { mode: 0o600 });
      try {
        return await run(enginePath('kubectl'), parameters, {
          env: { PATH: process.env['PATH'], HOME: home, KUBECONFIG: config },
          cwd: home,
          ...(stdin === undefined ? {} : { stdin }),
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        });
      } finally {
        rmSync(home, { recursive: true, force: true });
      }
    };
    const kubectlOk: ControlPlane['kubectlOk'] = async (parameters, kubectlOptions) => {
      const { code, stdout, stderr } = await kubectl(parameters, kubectlOptions);
      if (code !== 0) throw new Error(`kubectl ${parameters.join(' ')} ended with ${code}: ${stderr}`);
      return stdout;
    };

    return {
      generation,
      server,
      caPem: authority.certificate,
      authority,
      tokens,
      adminKubeconfig,
      auditLogPath,
      folder,
      pids: processes.map(({ pid }) => pid),
      kubeconfig,
      kubectl,
      kubectlOk,
      async withoutDiscovery(users) {
        const others = Object.keys(tokens).filter((name) => !users.includes(name));
        const subjects = others.map((name) => ({ kind: 'User', name, apiGroup: 'rbac.authorization.k8s.io' }));
        const patch = JSON.stringify([{ op: 'replace', path: '/subjects', value: subjects }]);
        await kubectlOk([
          'patch',
          'clusterrolebinding',
          'system:discovery',
          'system:public-info-viewer',
          '--type=json',
          `--patch=${patch}`,
        ]);
        for (const token of [...users.map((name) => tokens[name]), undefined]) {
          await until(deadlineOf(10_000), `${server} forbids discovery`, async () => {
            const answer = await ask(`${server}/version`, { caPem: authority.certificate, headers: bearer(token) });
            return answer.status !== 200;
          });
        }
      },
      stop,
      kill: () => apiServer.kill(),
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function etcdFlags(folder: string, clientUrl: string, peerUrl: string): readonly string[] {
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clientUrl}`,
    `--advertise-client-urls=${clientUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
  ];
}

function apiServerFlags(folder: string): readonly string[] {
  return [
    '--bind-address=127.0.0.1',
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://localhost',
    '--service-cluster-ip-range=10.0.0.0/24',
    // Nothing here makes service accounts, and without one no pod could be created.
    '--disable-admission-plugins=ServiceAccount',
    `--cert-dir=${join(folder, 'certificates')}`,
  ];
}

/** Writes what the API server reads from files, and returns the flags that name them. */
function writeServerFiles(
  folder: string,
  options: ControlPlaneOptions,
  {
    authority,
    tokens,
    groups,
  }: {
    readonly authority: Authority;
    readonly tokens: Readonly<Record<string, string>>;
    readonly groups: Readonly<Record<string, readonly string[]>>;
  },
): readonly string[] {
  const own = authority.server(['localhost', '127.0.0.1', '::1']);
  const rows = Object.entries(tokens).map(
    ([name, token]) => `${token},${name},${name},"${(groups[name] ?? []).join(',')}"`,
  );
  const serviceAccountKeys = signingKeys();
  mkdirSync(join(folder, 'certificates'));
  const files: readonly (readonly [flag: string, name: string, content: string | undefined])[] = [
    ['tls-cert-file', 'server.crt', own.certificate],
    ['tls-private-key-file', 'server.key', own.key],
    ['client-ca-file', 'ca.crt', authority.certificate],
    ['token-auth-file', 'tokens.csv', rows.join('\n')],
    ['service-account-signing-key-file', 'service-account.key', serviceAccountKeys.privateKey],
    ['service-account-key-file', 'service-account.pub', serviceAccountKeys.publicKey],
    ['authentication-config', 'authentication.yaml', options.authenticationConfig],
    ['audit-policy-file', 'audit-policy.yaml', options.auditLog === true ? dump(auditPolicy) : undefined],
  ];
  return files.flatMap(([flag, name, content]) => {
    if (content === undefined) return [];
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return [`--${flag}=${path}`];
  });
}

/** Nothing is worth keeping in a store that is thrown away: a server that drains its connections first only makes tests slow. */
const stopGraceMs = 200;

const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};

function caData(authority: Authority) {
  return { 'certificate-authority-data': base64(authority.certificate) };
}

function userSection(identity: Identity, tokens: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  switch (identity.kind) {
    case 'user': {
      const token = tokens[identity.name];
      if (token === undefined) throw new Error(`this control plane has no user ${identity.name}: ask for it in users`);
      return { token };
    }
    case 'token':
      return { token: identity.token };
    case 'certificate':
      return {
        'client-certificate-data': base64(identity.credential.certificate),
        'client-key-data': base64(identity.credential.key),
      };
    case 'section':
      return identity.section;
    case 'anonymous':
      return {};
  }
}

function kubeconfigYaml(cluster: Readonly<Record<string, unknown>>, user: Readonly<Record<string, unknown>>): string {
  return dump({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster }],
    users: [{ name: 'test', user }],
    // The pages say `context: production`.
    contexts: ['test', 'production'].map((name) => ({ name, context: { cluster: 'test', user: 'test' } })),
    'current-context': 'test',
  });
}

async function untilReady(
  server: string,
  {
    authority,
    token,
    processes,
    deadline,
  }: {
    readonly authority: Authority;
    readonly token: string;
    readonly processes: readonly Background[];
    readonly deadline: number;
  },
): Promise<void> {
  await until(
    deadline,
    () => `${server} is ready\n${processes.map((process) => `${process.name}: ${process.lastWords()}`).join('\n')}`,
    async () => {
      const dead = processes.find((process) => process.ended());
      if (dead !== undefined) throw new Error(`${dead.name} ended before it was ready:\n${dead.lastWords()}`);
      const answer = await ask(`${server}/readyz`, { caPem: authority.certificate, headers: bearer(token) }).catch(
        () => undefined,
      );
      return answer?.status === 200;
    },
  );
}

function deadlineOf(ms: number): number {
  return Date.now() + ms;
}

/** Asks again and again, until it is so. */
async function until(deadline: number, what: string | (() => string), isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`gave up waiting until ${typeof what === 'string' ? what : what()}`);
    await sleep(50);
  }
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
