/**
 * kubectl and this project, given the same kubeconfigs: what arrives at the server, or the class of the error, is the same, but for the differences that the table names.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enginePath } from '../../engines/paths.ts';
import { resolveCluster } from '../../src/cluster/cluster.ts';
import { GateError } from '../../src/model/errors.ts';
import type { Clock } from '../../src/model/world.ts';
import { type Authority, type Credential, createAuthority } from '../helpers/certificates.ts';
import { freePorts, run } from '../helpers/processes.ts';
import {
  type Arrival,
  type RecordingProxy,
  type RecordingServer,
  startRecordingProxy,
  startRecordingServer,
  startRecordingSocks,
} from '../helpers/recording-server.ts';

/** How a client fared: what arrived of its request for /apis, or where it stopped. */
type Fate =
  | { readonly kind: 'arrived'; readonly arrival: Arrival; readonly execInfo?: unknown }
  /** Refused before anything was contacted or run. */
  | { readonly kind: 'configuration' }
  /** A plugin did not bring credentials. */
  | { readonly kind: 'plugin' }
  /** The server was reached and not believed, or did not believe. */
  | { readonly kind: 'tls' }
  | { readonly kind: 'unreachable' };

type Lab = {
  readonly folder: string;
  readonly server: RecordingServer;
  readonly plain: RecordingServer;
  readonly stranger: RecordingServer;
  readonly proxy: RecordingProxy;
  readonly socks: RecordingProxy;
  readonly authority: Authority;
  readonly client: Credential;
  readonly other: Credential;
  readonly closedPort: number;
};

type Json = Readonly<Record<string, unknown>>;

type Scenario = {
  readonly rule: string;
  /** Files by name, in the row's own folder; objects are written as JSON, which is YAML. */
  readonly files: (lab: Lab, folder: string) => Readonly<Record<string, string | Buffer | Json>>;
  /** The file to name explicitly; `config` when absent, `false` to let KUBECONFIG or the home folder decide. */
  readonly explicit?: string | false;
  readonly environment?: (folder: string) => Readonly<Record<string, string>>;
  readonly context?: string;
  readonly workingFolder?: string;
  /** Why the two differ on purpose, and how kubectl fares. */
  readonly difference?: { readonly because: string; readonly kubectl: Fate['kind'] };
  readonly fate: Fate['kind'];
};

const API = 'client.authentication.k8s.io';
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Only its claims matter to a client. */
const unsignedToken = [{ alg: 'RS256' }, { exp: 4_000_000_000 }, 'x']
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

let lab: Lab;

beforeAll(async () => {
  const authority = createAuthority('differential');
  const names = ['127.0.0.1', 'localhost', '::1', 'api.example.test'];
  const [closedPort = 0] = await freePorts(1);
  lab = {
    folder: mkdtempSync(join(tmpdir(), 'kube-api-gate-differential-')),
    server: await startRecordingServer(authority.server(names)),
    plain: await startRecordingServer(),
    stranger: await startRecordingServer(createAuthority('stranger').server(names)),
    proxy: await startRecordingProxy('http proxy'),
    socks: await startRecordingSocks('socks proxy'),
    authority,
    client: authority.client('file-user', ['team']),
    other: authority.client('data-user'),
    closedPort,
  };
});

afterAll(async () => {
  await Promise.all([lab.server, lab.plain, lab.stranger, lab.proxy, lab.socks].map((each) => each.close()));
  rmSync(lab.folder, { recursive: true, force: true });
});

/** A kubeconfig of one context; `null` leaves a field out. */
function config(
  of: Lab,
  parts: { readonly cluster?: Json; readonly user?: Json; readonly top?: Json; readonly context?: Json } = {},
): Json {
  const present = (fields: Json) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const cluster = {
    server: `https://127.0.0.1:${of.server.port}`,
    'certificate-authority-data': base64(of.authority.certificate),
    ...parts.cluster,
  };
  return present({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: present(cluster) }],
    users: [{ name: 'u', user: parts.user ?? { token: 'plain-token' } }],
    contexts: [{ name: 'k', context: { cluster: 'c', user: 'u', ...parts.context } }],
    'current-context': 'k',
    ...parts.top,
  });
}

const one =
  (parts: (lab: Lab, folder: string) => Parameters<typeof config>[1]) =>
  (of: Lab, folder: string): Readonly<Record<string, string | Json>> => ({ config: config(of, parts(of, folder)) });

/** A plugin that writes down what it was told, and prints `answer`. */
function plugin(answer: string, { exit = 0 } = {}): string {
  return `#!/bin/sh\nprintf '%s' "$KUBERNETES_EXEC_INFO" > "$EXEC_RECORD"\ncat <<'EOT'\n${answer}\nEOT\nexit ${exit}\n`;
}

function credential(status: Json | undefined, version = 'v1', more: Json = {}): string {
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: `${API}/${version}`,
    ...more,
    ...(status ? { status } : {}),
  });
}

const exec = (more: Json = {}): Json => ({
  exec: { apiVersion: `${API}/v1`, command: './plugin', interactiveMode: 'Never', ...more },
});

/** A row whose user signs in with a plugin that prints `answer`. */
const withPlugin =
  (answer: (lab: Lab) => string, user: Json = exec(), parts: (lab: Lab) => Json = () => ({}), exit = 0) =>
  (of: Lab): Readonly<Record<string, string | Json>> => ({
    config: config(of, { user, ...parts(of) }),
    plugin: plugin(answer(of), { exit }),
  });

const tokenAnswer = () => credential({ token: 'plugin-token' });

const scenarios: readonly Scenario[] = [
  // Clusters
  { rule: 'CA as data', files: one(() => ({})), fate: 'arrived' },
  {
    rule: 'CA as a file, relative to the kubeconfig',
    files: (of) => ({
      config: config(of, { cluster: { 'certificate-authority-data': null, 'certificate-authority': 'pki/ca.pem' } }),
      'pki/ca.pem': of.authority.certificate,
    }),
    fate: 'arrived',
  },
  {
    rule: 'CA with text around it and a certificate of another kind before it',
    files: one((of) => ({
      cluster: {
        'certificate-authority-data': base64(
          `# ours\n${of.client.certificate}\nand\n${of.authority.certificate}\nend\n`,
        ),
      },
    })),
    fate: 'arrived',
  },
  {
    rule: 'CA data and CA file are not to be had together',
    files: (of) => ({
      config: config(of, { cluster: { 'certificate-authority': 'ca.pem' } }),
      'ca.pem': of.authority.certificate,
    }),
    fate: 'configuration',
  },
  {
    rule: 'a CA file that is missing',
    files: one(() => ({ cluster: { 'certificate-authority-data': null, 'certificate-authority': 'nope.pem' } })),
    fate: 'configuration',
  },
  {
    rule: 'CA data that is not base64',
    files: one(() => ({ cluster: { 'certificate-authority-data': '***' } })),
    fate: 'configuration',
  },
  {
    rule: 'CA data in base64 that is not PEM',
    files: one(() => ({ cluster: { 'certificate-authority-data': base64('nothing') } })),
    fate: 'configuration',
  },
  {
    rule: 'CA that holds a key only',
    files: one((of) => ({ cluster: { 'certificate-authority-data': base64(of.client.key) } })),
    fate: 'configuration',
  },
  {
    rule: 'a server that the CA does not know',
    files: one((of) => ({ cluster: { server: `https://127.0.0.1:${of.stranger.port}` } })),
    fate: 'tls',
  },
  {
    rule: 'no CA: the roots of the system do not know the server',
    files: one(() => ({ cluster: { 'certificate-authority-data': null } })),
    fate: 'tls',
  },
  {
    rule: 'insecure-skip-tls-verify',
    files: one((of) => ({
      cluster: {
        server: `https://127.0.0.1:${of.stranger.port}`,
        'certificate-authority-data': null,
        'insecure-skip-tls-verify': true,
      },
    })),
    fate: 'arrived',
  },
  {
    rule: 'insecure-skip-tls-verify in the words of YAML 1.1',
    files: (of) => ({
      config: JSON.stringify(
        config(of, { cluster: { 'certificate-authority-data': null, 'insecure-skip-tls-verify': 'WORD' } }),
      ).replace('"WORD"', 'yes'),
    }),
    fate: 'arrived',
  },
  {
    rule: 'insecure-skip-tls-verify and a CA',
    files: one(() => ({ cluster: { 'insecure-skip-tls-verify': true } })),
    fate: 'configuration',
  },
  {
    rule: 'a host name is sent as SNI',
    files: one((of) => ({ cluster: { server: `https://localhost:${of.server.port}` } })),
    fate: 'arrived',
  },
  {
    rule: 'tls-server-name is sent as SNI and verified',
    files: one(() => ({ cluster: { 'tls-server-name': 'api.example.test' } })),
    fate: 'arrived',
  },
  {
    rule: 'a tls-server-name that the certificate does not hold',
    files: one(() => ({ cluster: { 'tls-server-name': 'other.example.test' } })),
    fate: 'tls',
  },
  {
    rule: 'a server under a path',
    files: one((of) => ({ cluster: { server: `https://127.0.0.1:${of.server.port}/k8s/clusters/c-1` } })),
    fate: 'arrived',
  },
  {
    rule: 'a server with a slash at its end',
    files: one((of) => ({ cluster: { server: `https://127.0.0.1:${of.server.port}/` } })),
    fate: 'arrived',
  },
  {
    rule: 'a server under a path with a query and a fragment',
    files: one((of) => ({ cluster: { server: `https://127.0.0.1:${of.server.port}/prefix?x=1#y` } })),
    fate: 'arrived',
  },
  {
    rule: 'a scheme in upper case',
    files: one((of) => ({ cluster: { server: `HTTPS://127.0.0.1:${of.server.port}` } })),
    fate: 'arrived',
  },
  {
    rule: 'plain http without credentials',
    files: one((of) => ({
      cluster: { server: `http://127.0.0.1:${of.plain.port}`, 'certificate-authority-data': null },
      user: {},
    })),
    fate: 'arrived',
  },
  {
    rule: 'over http no token is sent',
    files: one((of) => ({
      cluster: { server: `http://127.0.0.1:${of.plain.port}`, 'certificate-authority-data': null },
    })),
    fate: 'arrived',
  },
  {
    rule: 'over http no password is sent',
    files: one((of) => ({
      cluster: { server: `http://127.0.0.1:${of.plain.port}` },
      user: { username: 'a', password: 'b' },
    })),
    fate: 'arrived',
  },
  {
    rule: 'over http no plugin is run',
    files: withPlugin(tokenAnswer, exec(), (of) => ({ cluster: { server: `http://127.0.0.1:${of.plain.port}` } })),
    fate: 'arrived',
  },
  {
    rule: 'over http impersonation is sent',
    files: one((of) => ({
      cluster: { server: `http://127.0.0.1:${of.plain.port}` },
      user: { as: 'jane', 'as-groups': ['dev'] },
    })),
    fate: 'arrived',
  },
  {
    rule: 'over http a missing CA file is an error all the same',
    files: one((of) => ({
      cluster: {
        server: `http://127.0.0.1:${of.plain.port}`,
        'certificate-authority-data': null,
        'certificate-authority': 'nope.pem',
      },
    })),
    fate: 'configuration',
  },
  { rule: 'disable-compression', files: one(() => ({ cluster: { 'disable-compression': true } })), fate: 'arrived' },
  {
    rule: 'a server that is not there',
    files: one((of) => ({ cluster: { server: `https://127.0.0.1:${of.closedPort}` } })),
    fate: 'unreachable',
  },
  // Proxies
  {
    rule: 'proxy-url with http',
    files: one((of) => ({ cluster: { 'proxy-url': `http://127.0.0.1:${of.proxy.port}` } })),
    fate: 'arrived',
  },
  {
    rule: 'proxy-url with a user and a password',
    files: one((of) => ({ cluster: { 'proxy-url': `http://ann:s%40cret@127.0.0.1:${of.proxy.port}` } })),
    fate: 'arrived',
  },
  {
    rule: 'proxy-url with socks5',
    files: one((of) => ({ cluster: { 'proxy-url': `socks5://127.0.0.1:${of.socks.port}` } })),
    fate: 'arrived',
  },
  {
    rule: 'proxy-url and tls-server-name',
    files: one((of) => ({
      cluster: { 'proxy-url': `http://127.0.0.1:${of.proxy.port}`, 'tls-server-name': 'api.example.test' },
    })),
    fate: 'arrived',
  },
  {
    rule: 'a name that only the proxy knows',
    files: one((of) => ({
      cluster: {
        server: `https://api.example.test:${of.server.port}`,
        'proxy-url': `http://127.0.0.1:${of.proxy.port}`,
      },
    })),
    fate: 'arrived',
  },
  {
    rule: 'proxy-url with an unknown scheme',
    files: one(() => ({ cluster: { 'proxy-url': 'ftp://127.0.0.1:1' } })),
    fate: 'configuration',
  },
  {
    rule: 'proxy-url with socks4',
    files: one(() => ({ cluster: { 'proxy-url': 'socks4://127.0.0.1:1' } })),
    fate: 'configuration',
  },
  {
    rule: 'proxy-url without a scheme',
    files: one(() => ({ cluster: { 'proxy-url': '127.0.0.1:3128' } })),
    fate: 'configuration',
  },
  {
    rule: 'a proxy that is not there',
    files: one((of) => ({ cluster: { 'proxy-url': `http://127.0.0.1:${of.closedPort}` } })),
    fate: 'unreachable',
  },
  // Tokens and passwords
  {
    rule: 'a token file is read and trimmed',
    files: (of) => ({ config: config(of, { user: { tokenFile: 'token' } }), token: '  from-file\n' }),
    fate: 'arrived',
  },
  {
    rule: 'a readable token file wins over a token',
    files: (of) => ({ config: config(of, { user: { token: 'old', tokenFile: 'token' } }), token: 'new\n' }),
    fate: 'arrived',
  },
  {
    rule: 'a token stands in for a token file that is missing',
    files: one(() => ({ user: { token: 'old', tokenFile: 'nope' } })),
    fate: 'arrived',
  },
  { rule: 'a token file that is missing', files: one(() => ({ user: { tokenFile: 'nope' } })), fate: 'configuration' },
  {
    rule: 'a token file of blanks only',
    files: (of) => ({ config: config(of, { user: { tokenFile: 'token' } }), token: ' \n' }),
    fate: 'configuration',
  },
  { rule: 'a token with a line break', files: one(() => ({ user: { token: 'abc\n' } })), fate: 'configuration' },
  { rule: 'a token with letters beyond ASCII', files: one(() => ({ user: { token: 'tökén' } })), fate: 'arrived' },
  {
    rule: 'a user name and a password',
    files: one(() => ({ user: { username: 'jürgen', password: 'p:ss' } })),
    fate: 'arrived',
  },
  { rule: 'a user name without a password', files: one(() => ({ user: { username: 'ann' } })), fate: 'arrived' },
  {
    rule: 'a token and a password',
    files: one(() => ({ user: { token: 't', username: 'ann', password: 'b' } })),
    fate: 'configuration',
  },
  {
    rule: 'a token file and a password',
    files: (of) => ({
      config: config(of, { user: { tokenFile: 'token', username: 'ann', password: 'b' } }),
      token: 'x',
    }),
    fate: 'configuration',
  },
  { rule: 'a password without a user name', files: one(() => ({ user: { password: 'b' } })), fate: 'configuration' },
  // Client certificates
  {
    rule: 'a client certificate as data',
    files: one((of) => ({
      user: { 'client-certificate-data': base64(of.other.certificate), 'client-key-data': base64(of.other.key) },
    })),
    fate: 'arrived',
  },
  {
    rule: 'a client certificate in files',
    files: (of) => ({
      config: config(of, { user: { 'client-certificate': 'pki/client.pem', 'client-key': 'pki/client.key' } }),
      'pki/client.pem': of.client.certificate,
      'pki/client.key': of.client.key,
    }),
    fate: 'arrived',
  },
  {
    rule: 'a certificate file with the key as data',
    files: (of) => ({
      config: config(of, { user: { 'client-certificate': 'client.pem', 'client-key-data': base64(of.client.key) } }),
      'client.pem': of.client.certificate,
    }),
    fate: 'arrived',
  },
  {
    rule: 'a certificate and a token are both sent',
    files: one((of) => ({
      user: {
        token: 't',
        'client-certificate-data': base64(of.other.certificate),
        'client-key-data': base64(of.other.key),
      },
    })),
    fate: 'arrived',
  },
  {
    rule: 'a certificate as data and in a file',
    files: (of) => ({
      config: config(of, {
        user: {
          'client-certificate': 'client.pem',
          'client-certificate-data': base64(of.client.certificate),
          'client-key-data': base64(of.client.key),
        },
      }),
      'client.pem': of.client.certificate,
    }),
    fate: 'configuration',
  },
  {
    rule: 'a key as data and in a file',
    files: (of) => ({
      config: config(of, {
        user: {
          'client-key': 'client.key',
          'client-certificate-data': base64(of.client.certificate),
          'client-key-data': base64(of.client.key),
        },
      }),
      'client.key': of.client.key,
    }),
    fate: 'configuration',
  },
  {
    rule: 'a certificate without a key',
    files: one((of) => ({ user: { 'client-certificate-data': base64(of.client.certificate) } })),
    fate: 'configuration',
  },
  {
    rule: 'a key without a certificate is left alone',
    files: one((of) => ({ user: { token: 't', 'client-key-data': base64(of.client.key) } })),
    fate: 'arrived',
  },
  {
    rule: 'a key that belongs to another certificate',
    files: one((of) => ({
      user: { 'client-certificate-data': base64(of.client.certificate), 'client-key-data': base64(of.other.key) },
    })),
    fate: 'configuration',
  },
  {
    rule: 'a certificate file that is missing',
    files: (of) => ({
      config: config(of, { user: { 'client-certificate': 'nope.pem', 'client-key': 'client.key' } }),
      'client.key': of.client.key,
    }),
    fate: 'configuration',
  },
  {
    rule: 'a certificate that is not PEM',
    files: one((of) => ({
      user: { 'client-certificate-data': base64('nothing'), 'client-key-data': base64(of.client.key) },
    })),
    fate: 'configuration',
  },
  // Impersonation
  {
    rule: 'impersonation of user, uid, groups and extra fields',
    files: one(() => ({
      user: {
        token: 't',
        as: 'jane',
        'as-uid': '42',
        'as-groups': ['dev', 'ops, and more'],
        'as-user-extra': { reason: ['a', 'b'], 'example.com/Team_Ä%': ['x'] },
      },
    })),
    fate: 'arrived',
  },
  {
    rule: 'impersonation of names beyond ASCII',
    files: one(() => ({ user: { token: 't', as: 'jäne–日本' } })),
    fate: 'arrived',
  },
  {
    rule: 'groups without a user to impersonate',
    files: one(() => ({ user: { token: 't', 'as-groups': ['dev'] } })),
    fate: 'configuration',
  },
  {
    rule: 'a uid without a user to impersonate',
    files: one(() => ({ user: { token: 't', 'as-uid': '42' } })),
    fate: 'configuration',
  },
  {
    rule: 'extra fields without a user to impersonate',
    files: one(() => ({ user: { token: 't', 'as-user-extra': { a: ['b'] } } })),
    fate: 'configuration',
  },
  {
    rule: 'impersonation of a name with a line break',
    files: one(() => ({ user: { token: 't', as: 'a\nb' } })),
    fate: 'configuration',
  },
  // Exec plugins
  { rule: 'a plugin of v1 brings a token', files: withPlugin(tokenAnswer), fate: 'arrived' },
  {
    rule: 'a plugin of v1beta1 brings a token, and may leave interactiveMode out',
    files: withPlugin(() => credential({ token: 'old-plugin' }, 'v1beta1'), {
      exec: { apiVersion: `${API}/v1beta1`, command: './plugin' },
    }),
    fate: 'arrived',
  },
  {
    rule: 'a plugin brings a client certificate',
    files: withPlugin((of) => credential({ clientCertificateData: of.other.certificate, clientKeyData: of.other.key })),
    fate: 'arrived',
  },
  {
    rule: 'a plugin brings both',
    files: withPlugin((of) =>
      credential({ token: 'both', clientCertificateData: of.other.certificate, clientKeyData: of.other.key }),
    ),
    fate: 'arrived',
  },
  {
    rule: 'a plugin answers in YAML',
    files: withPlugin(() => `apiVersion: ${API}/v1\nkind: ExecCredential\nstatus:\n  token: yaml-token`),
    fate: 'arrived',
  },
  {
    rule: 'a plugin is told of the cluster where it asks for it',
    files: withPlugin(tokenAnswer, exec({ provideClusterInfo: true }), (of) => ({
      cluster: {
        'tls-server-name': 'api.example.test',
        'proxy-url': `http://127.0.0.1:${of.proxy.port}`,
        'disable-compression': true,
        extensions: [
          { name: `${API}/exec`, extension: { audience: 'x', list: [1, true] } },
          { name: 'other', extension: {} },
        ],
      },
    })),
    fate: 'arrived',
  },
  {
    rule: 'a plugin is told of a CA file as data',
    files: (of) => ({
      config: config(of, {
        user: exec({ provideClusterInfo: true }),
        cluster: { 'certificate-authority-data': null, 'certificate-authority': 'ca.pem' },
      }),
      'ca.pem': `# ours\n${of.authority.certificate}`,
      plugin: plugin(tokenAnswer()),
    }),
    fate: 'arrived',
  },
  {
    rule: 'a plugin is told that verification is off',
    files: withPlugin(tokenAnswer, exec({ provideClusterInfo: true }), () => ({
      cluster: { 'certificate-authority-data': null, 'insecure-skip-tls-verify': true },
    })),
    fate: 'arrived',
  },
  {
    rule: 'a plugin is told nothing of the cluster unless asked',
    files: withPlugin(tokenAnswer, exec({ interactiveMode: 'IfAvailable' })),
    fate: 'arrived',
  },
  {
    rule: 'args and env reach the plugin; env wins over the environment',
    files: (of) => ({
      config: config(of, { user: exec({ args: ['one two', '$HOME'], env: [{ name: 'INHERITED', value: 'own' }] }) }),
      plugin: `#!/bin/sh\nprintf '%s' "$KUBERNETES_EXEC_INFO" > "$EXEC_RECORD"\nprintf '{"apiVersion":"${API}/v1","kind":"ExecCredential","status":{"token":"%s/%s/%s/%s"}}' "$#" "$1" "$2" "$INHERITED"\n`,
    }),
    environment: () => ({ INHERITED: 'from outside' }),
    fate: 'arrived',
  },
  {
    rule: 'a bare command is looked up in PATH',
    files: (of, folder) => ({
      config: config(of, { user: exec({ command: 'my-plugin' }) }),
      'bin/my-plugin': plugin(credential({ token: `from-path ${folder.length}` })),
    }),
    environment: (folder) => ({ PATH: `${join(folder, 'bin')}:${process.env['PATH']}` }),
    fate: 'arrived',
  },
  {
    rule: 'a PATH in the env of the plugin does not decide where it is found',
    files: (of, folder) => ({
      config: config(of, { user: exec({ command: 'my-plugin', env: [{ name: 'PATH', value: join(folder, 'bin') }] }) }),
      'bin/my-plugin': plugin(tokenAnswer()),
    }),
    fate: 'plugin',
  },
  {
    rule: 'a plugin in a folder of the kubeconfig',
    files: (of) => ({
      config: config(of, { user: exec({ command: 'bin/plugin' }) }),
      'bin/plugin': plugin(tokenAnswer()),
    }),
    fate: 'arrived',
  },
  {
    rule: 'a token keeps the plugin from being run',
    files: withPlugin(tokenAnswer, { token: 'static', ...exec() }),
    fate: 'arrived',
  },
  {
    rule: 'a password keeps the plugin from being run',
    files: withPlugin(tokenAnswer, { username: 'ann', password: 'b', ...exec() }),
    fate: 'arrived',
  },
  {
    rule: 'a certificate keeps the plugin from being run',
    files: (of) => ({
      config: config(of, {
        user: {
          'client-certificate-data': base64(of.other.certificate),
          'client-key-data': base64(of.other.key),
          ...exec(),
        },
      }),
      plugin: plugin(tokenAnswer()),
    }),
    fate: 'arrived',
  },
  {
    rule: 'a plugin that is not there',
    files: one(() => ({ user: exec({ installHint: 'brew install it' }) })),
    fate: 'plugin',
  },
  { rule: 'a plugin that fails', files: withPlugin(tokenAnswer, exec(), () => ({}), 3), fate: 'plugin' },
  { rule: 'a plugin that prints nothing', files: withPlugin(() => ''), fate: 'plugin' },
  { rule: 'a plugin that prints something else', files: withPlugin(() => 'token: abc'), fate: 'plugin' },
  {
    rule: 'a plugin that answers in another version',
    files: withPlugin(() => credential({ token: 't' }, 'v1beta1')),
    fate: 'plugin',
  },
  {
    rule: 'a plugin that answers with another kind',
    files: withPlugin(() => JSON.stringify({ apiVersion: `${API}/v1`, kind: 'Other', status: { token: 't' } })),
    fate: 'plugin',
  },
  { rule: 'a plugin that answers without a status', files: withPlugin(() => credential(undefined)), fate: 'plugin' },
  { rule: 'a plugin that brings nothing', files: withPlugin(() => credential({})), fate: 'plugin' },
  {
    rule: 'a plugin that brings a certificate without a key',
    files: withPlugin((of) => credential({ clientCertificateData: of.other.certificate })),
    fate: 'plugin',
  },
  {
    rule: 'a plugin that brings a key of another certificate',
    files: withPlugin((of) =>
      credential({ clientCertificateData: of.other.certificate, clientKeyData: of.client.key }),
    ),
    fate: 'plugin',
  },
  {
    rule: 'a plugin that brings an expiry that is no time',
    files: withPlugin(() => credential({ token: 't', expirationTimestamp: 'tomorrow' })),
    fate: 'plugin',
  },
  {
    rule: 'a plugin that brings an expiry',
    files: withPlugin(() => credential({ token: 't', expirationTimestamp: '2099-01-01T00:00:00Z' })),
    fate: 'arrived',
  },
  {
    rule: 'interactiveMode Always needs a terminal',
    files: withPlugin(tokenAnswer, exec({ interactiveMode: 'Always' })),
    fate: 'plugin',
  },
  {
    rule: 'interactiveMode must be said in v1',
    files: withPlugin(tokenAnswer, exec({ interactiveMode: null })),
    fate: 'configuration',
  },
  {
    rule: 'an interactiveMode that there is not',
    files: withPlugin(tokenAnswer, exec({ interactiveMode: 'Sometimes' })),
    fate: 'configuration',
  },
  {
    rule: 'an exec apiVersion that was removed',
    files: withPlugin(tokenAnswer, exec({ apiVersion: `${API}/v1alpha1` })),
    fate: 'configuration',
  },
  {
    rule: 'an exec without an apiVersion',
    files: withPlugin(tokenAnswer, exec({ apiVersion: null })),
    fate: 'configuration',
  },
  { rule: 'an exec without a command', files: withPlugin(tokenAnswer, exec({ command: null })), fate: 'configuration' },
  {
    rule: 'an environment variable of a plugin without a name',
    files: withPlugin(tokenAnswer, exec({ env: [{ value: 'x' }] })),
    fate: 'configuration',
  },
  {
    rule: 'a bad exec beside a token',
    files: withPlugin(tokenAnswer, { token: 't', ...exec({ apiVersion: `${API}/v1alpha1` }) }),
    fate: 'configuration',
  },
  {
    rule: 'an auth-provider beside an exec',
    files: withPlugin(tokenAnswer, { 'auth-provider': { name: 'oidc', config: {} }, ...exec() }),
    fate: 'configuration',
  },
  {
    rule: 'an auth-provider that was removed',
    files: one(() => ({ user: { 'auth-provider': { name: 'gcp' } } })),
    fate: 'configuration',
  },
  // Contexts
  {
    rule: 'a context chosen by name',
    files: one((of) => ({
      top: {
        contexts: [
          { name: 'k', context: { cluster: 'c', user: 'u' } },
          { name: 'second', context: { cluster: 'c', user: 'v' } },
        ],
        users: [
          { name: 'u', user: {} },
          { name: 'v', user: { token: `second ${of.folder.length}` } },
        ],
      },
    })),
    context: 'second',
    fate: 'arrived',
  },
  { rule: 'a context that is not there', files: one(() => ({})), context: 'nope', fate: 'configuration' },
  {
    rule: 'a current-context that is not there',
    files: one(() => ({ top: { 'current-context': 'nope' } })),
    fate: 'configuration',
  },
  { rule: 'a user that is not there', files: one(() => ({ context: { user: 'nope' } })), fate: 'configuration' },
  {
    rule: 'a cluster that is not there',
    files: one(() => ({ context: { cluster: 'nope' } })),
    fate: 'configuration',
    difference: {
      because: 'kubectl asks localhost:8080, which is never the cluster that was meant',
      kubectl: 'unreachable',
    },
  },
  {
    rule: 'no current-context',
    files: one(() => ({ top: { 'current-context': null } })),
    fate: 'configuration',
    difference: {
      because: 'kubectl asks localhost:8080, which is never the cluster that was meant',
      kubectl: 'unreachable',
    },
  },
  {
    rule: 'an empty kubeconfig',
    files: () => ({ config: '' }),
    fate: 'configuration',
    difference: {
      because: 'kubectl asks localhost:8080, which is never the cluster that was meant',
      kubectl: 'unreachable',
    },
  },
  {
    rule: 'a cluster without a server',
    files: one(() => ({ cluster: { server: null } })),
    fate: 'configuration',
    difference: {
      because: 'kubectl asks localhost:8080, which is never the cluster that was meant',
      kubectl: 'unreachable',
    },
  },
  {
    rule: 'a server without a scheme',
    files: one((of) => ({ cluster: { server: `127.0.0.1:${of.plain.port}` } })),
    fate: 'configuration',
    difference: { because: 'kubectl takes it for plain http and drops the credentials in silence', kubectl: 'arrived' },
  },
  {
    rule: 'a user with nothing to sign in with',
    files: one(() => ({ user: {} })),
    fate: 'arrived',
    difference: {
      because:
        'kubectl asks a person for a name and a password; in a job there is nobody, and an anonymous request gets an exact answer',
      kubectl: 'configuration',
    },
  },
  {
    rule: 'a password in the URL of the server',
    files: one((of) => ({ cluster: { server: `https://ann:secret@127.0.0.1:${of.server.port}` } })),
    fate: 'configuration',
    difference: {
      because: 'a URL ends up in logs and reports, and Go would let it win over every token',
      kubectl: 'arrived',
    },
  },
  // Files
  {
    rule: 'the first of several files wins for a whole entry',
    files: (of) => ({
      first: config(of, {
        top: { users: [{ name: 'u', user: { as: 'first', token: 't' } }], contexts: null, 'current-context': null },
      }),
      second: config(of, { user: { token: 'second', as: 'second', 'as-uid': '7' } }),
    }),
    explicit: false,
    environment: (folder) => ({ KUBECONFIG: `${join(folder, 'first')}:${join(folder, 'second')}` }),
    fate: 'arrived',
  },
  {
    rule: 'the first current-context wins',
    files: (of) => ({
      first: {
        'current-context': 'k2',
        contexts: [{ name: 'k2', context: { cluster: 'c', user: 'v' } }],
        users: [{ name: 'v', user: { token: 'of v' } }],
      },
      second: config(of),
    }),
    explicit: false,
    environment: (folder) => ({ KUBECONFIG: `${join(folder, 'first')}:${join(folder, 'second')}` }),
    fate: 'arrived',
  },
  {
    rule: 'missing, empty and repeated files of a list are passed over',
    files: (of) => ({ nothing: '', config: config(of) }),
    explicit: false,
    environment: (folder) => ({
      KUBECONFIG: [':', 'nope', 'nothing', 'config', 'config']
        .map((name) => (name === ':' ? '' : join(folder, name)))
        .join(':'),
    }),
    fate: 'arrived',
  },
  {
    rule: 'a broken file of a list is an error',
    files: (of) => ({ broken: '{', config: config(of) }),
    explicit: false,
    environment: (folder) => ({ KUBECONFIG: `${join(folder, 'config')}:${join(folder, 'broken')}` }),
    fate: 'configuration',
  },
  {
    rule: 'each file resolves its own relative paths',
    files: (of) => ({
      'a/one': {
        clusters: [
          { name: 'c', cluster: { server: `https://127.0.0.1:${of.server.port}`, 'certificate-authority': 'ca.pem' } },
        ],
      },
      'a/ca.pem': of.authority.certificate,
      'b/two': { ...config(of, { user: { tokenFile: '../b/token' } }), clusters: [] },
      'b/token': 'of b',
    }),
    explicit: false,
    environment: (folder) => ({ KUBECONFIG: `${join(folder, 'a/one')}:${join(folder, 'b/two')}` }),
    fate: 'arrived',
  },
  {
    rule: 'a relative KUBECONFIG starts from the working folder',
    files: (of) => ({ 'deep/config': config(of) }),
    explicit: false,
    workingFolder: 'deep',
    environment: () => ({ KUBECONFIG: 'config' }),
    fate: 'arrived',
  },
  {
    rule: 'without KUBECONFIG, the home folder',
    files: (of) => ({ '.kube/config': config(of) }),
    explicit: false,
    fate: 'arrived',
  },
  {
    rule: 'an explicit file wins over KUBECONFIG',
    files: (of) => ({ config: config(of), other: config(of, { user: { token: 'other' } }) }),
    environment: (folder) => ({ KUBECONFIG: join(folder, 'other') }),
    fate: 'arrived',
  },
  {
    rule: 'an explicit file must be there',
    files: (of) => ({ other: config(of) }),
    explicit: 'nope',
    fate: 'configuration',
  },
  { rule: 'a folder is not a kubeconfig', files: (of) => ({ 'config/other': config(of) }), fate: 'configuration' },
  {
    rule: 'a name that stands twice in one list',
    files: one(() => ({
      top: {
        users: [
          { name: 'u', user: { token: 'a' } },
          { name: 'u', user: { token: 'b' } },
        ],
      },
    })),
    fate: 'configuration',
  },
  {
    rule: 'of equal keys the last counts',
    files: (of) => ({
      config: JSON.stringify(config(of)).replace('"token":"plain-token"', '"token":"first","token":"last"'),
    }),
    fate: 'arrived',
  },
  {
    rule: 'of several documents the first counts',
    files: (of) => ({ config: `${JSON.stringify(config(of))}\n---\n{"current-context": "nope"}\n` }),
    fate: 'arrived',
  },
  {
    rule: 'anchors, aliases and merge keys',
    files: (of) => ({
      config: `x: &defaults {token: merged}\n${yamlLines({ ...config(of), users: 'USERS' }).replace('users: "USERS"', 'users: [{name: u, user: {<<: *defaults}}]')}`,
    }),
    fate: 'arrived',
  },
  {
    rule: 'unknown fields are passed over',
    files: one(() => ({
      top: { preferences: { colors: true }, 'x-mine': 1 },
      cluster: { shape: 'round' },
      user: { token: 't', colour: 'red' },
    })),
    fate: 'arrived',
  },
  {
    rule: 'null stands for what is not set',
    files: (of) => ({
      config: JSON.stringify({ ...config(of), extensions: null }).replace(
        '"token":"plain-token"',
        '"token":"t","exec":null,"as-groups":null',
      ),
    }),
    fate: 'arrived',
  },
  {
    rule: 'a kubeconfig without apiVersion and kind',
    files: one(() => ({ top: { apiVersion: null, kind: null } })),
    fate: 'arrived',
  },
  { rule: 'another kind', files: one(() => ({ top: { kind: 'Pod' } })), fate: 'configuration' },
  { rule: 'another apiVersion', files: one(() => ({ top: { apiVersion: 'v2' } })), fate: 'configuration' },
  { rule: 'a token that is a number', files: one(() => ({ user: { token: 12345 } })), fate: 'configuration' },
  { rule: 'users that are not a list', files: one(() => ({ top: { users: {} } })), fate: 'configuration' },
  { rule: 'text that is not YAML', files: () => ({ config: 'a: b: c\n\t- d' }), fate: 'configuration' },
  { rule: 'YAML that is a string', files: () => ({ config: 'hello' }), fate: 'configuration' },
  ...[
    { user: '{password: yes, username: ann}', fate: 'configuration' as const },
    { user: '{password: x, username: 1_000}', fate: 'configuration' as const },
    { user: '{token: 0x1F}', fate: 'configuration' as const },
    { user: '{token: 1e3}', fate: 'configuration' as const },
    { user: '{token: .inf}', fate: 'configuration' as const },
    { user: '{token: "x\\/y"}', fate: 'configuration' as const },
    { user: '{token: !!int x}', fate: 'configuration' as const },
    { user: '{token: !!float 1}', fate: 'configuration' as const },
    { user: '{token: *nowhere}', fate: 'configuration' as const },
    { user: '{? [token] : x}', fate: 'configuration' as const },
    { user: '{~: x}', fate: 'configuration' as const },
    { user: '{<<: [a]}', fate: 'configuration' as const },
    { user: '{token: 2026-01-31}', fate: 'arrived' as const },
    { user: '{token: 12:30:45}', fate: 'arrived' as const },
    { user: '{token: ! 12}', fate: 'arrived' as const },
    { user: '{token: !!str 12}', fate: 'arrived' as const },
    { user: '{token: !mine 12}', fate: 'arrived' as const },
    { user: '{token: !!binary cGxhaW4tdG9rZW4=}', fate: 'arrived' as const },
    { user: '{!!binary dG9rZW4=: in-base64}', fate: 'arrived' as const },
    { user: '{&k token: anchored, x: *k}', fate: 'arrived' as const },
    { user: '{? token : asked}', fate: 'arrived' as const },
    { user: '{token: own, <<: {token: merged}}', fate: 'arrived' as const },
    { user: '{<<: {token: merged}, token: own}', fate: 'arrived' as const },
    { user: '{<<: [{token: first}, {token: second}]}', fate: 'arrived' as const },
    { user: '{"<<": {token: quoted}, token: own}', fate: 'arrived' as const },
    { user: '{token: x, yes: 1, 0x10: 2}', fate: 'arrived' as const },
  ].map(({ user, fate }) => ({
    rule: `the user ${user}`,
    files: (of: Lab) => ({
      config: yamlLines({ ...config(of), users: 0 }).replace('users: 0', `users: [{name: u, user: ${user}}]`),
    }),
    fate,
  })),
  {
    rule: 'a merge after a field replaces it',
    files: (of) => ({
      config: yamlLines({ ...config(of), clusters: 0 }).replace(
        'clusters: 0',
        `x: &c {server: "https://127.0.0.1:${of.server.port}", insecure-skip-tls-verify: true}\nclusters:\n- name: c\n  cluster:\n    server: https://127.0.0.1:${of.closedPort}\n    <<: *c`,
      ),
    }),
    fate: 'arrived',
  },
  ...['yes', 'N', '1', '~'].map((name) => ({
    rule: `an entry named ${name}, which YAML 1.1 does not take for text`,
    files: (of: Lab) => ({
      config: yamlLines({ ...config(of), extra: 0 })
        .replace('extra: 0', 'x: y')
        .replace('"name":"u"', `"name": ${name}`),
    }),
    fate: 'configuration' as const,
  })),
  {
    rule: 'insecure-skip-tls-verify as text',
    files: one(() => ({ cluster: { 'certificate-authority-data': null, 'insecure-skip-tls-verify': 'yes' } })),
    fate: 'configuration',
  },
  {
    rule: 'a kubeconfig in UTF-16',
    files: (of) => ({ config: Buffer.from(`\uFEFF${yamlLines(config(of))}`, 'utf16le') }),
    fate: 'arrived',
  },
  {
    rule: 'a kubeconfig with a byte order mark',
    files: (of) => ({ config: `\uFEFF${yamlLines(config(of))}` }),
    fate: 'arrived',
  },
  {
    rule: 'a comment that is not UTF-8',
    files: (of) => ({ config: Buffer.from(`# caf\xe9\n${yamlLines(config(of))}`, 'latin1') }),
    fate: 'configuration',
  },
  {
    rule: 'a control character in a comment',
    files: (of) => ({ config: `# \u0007\n${yamlLines(config(of))}` }),
    fate: 'configuration',
  },
  {
    rule: 'aliases of aliases without end',
    files: (of) => ({
      config: `${['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, level, all) => `${name}: &${name} [${level === 0 ? '"x",'.repeat(10) : `*${all[level - 1]},`.repeat(10)}]`).join('\n')}\n${yamlLines(config(of))}`,
    }),
    fate: 'configuration',
  },
  {
    rule: 'a key whose case differs is another key',
    files: one(() => ({ user: { Token: 'x' }, cluster: { Server: 'http://127.0.0.1:1' } })),
    fate: 'arrived',
    difference: {
      because: 'kubectl asks for a user name where there is nothing to sign in with',
      kubectl: 'configuration',
    },
  },
  ...['Kind', 'KIND'].map((key) => ({
    rule: `a kind that another case hides, ${key}`,
    files: one(() => ({ top: { kind: null, [key]: 'Pod' } })),
    fate: 'configuration' as const,
  })),
  {
    rule: 'the auth-provider oidc, with a token that holds',
    files: one(() => ({
      user: {
        'auth-provider': {
          name: 'oidc',
          config: { 'idp-issuer-url': 'https://issuer', 'client-id': 'x', 'id-token': unsignedToken },
        },
      },
    })),
    fate: 'configuration',
    difference: {
      because: 'it would also have to be refreshed and written back; exec plugins took its place',
      kubectl: 'arrived',
    },
  },
  {
    rule: 'a path in the home folder, as a shell would write it',
    files: (of) => ({ 'kube/config': config(of) }),
    explicit: false,
    environment: () => ({ KUBECONFIG: '~/kube/config' }),
    fate: 'arrived',
    difference: {
      because: 'no shell reads what a workflow sets, and nobody means a folder of that name',
      kubectl: 'unreachable',
    },
  },
  // Proxies of the environment
  ...(['HTTPS_PROXY', 'https_proxy'] as const).map((variable) => ({
    rule: `${variable} leads to a name that only the proxy knows`,
    files: one((of) => ({ cluster: { server: `https://api.example.test:${of.server.port}` } })),
    environment: () => ({ [variable]: `http://127.0.0.1:${lab.proxy.port}` }),
    fate: 'arrived' as const,
  })),
  {
    rule: 'HTTPS_PROXY is not for this machine',
    files: one(() => ({})),
    environment: () => ({ HTTPS_PROXY: `http://127.0.0.1:${lab.proxy.port}` }),
    fate: 'arrived',
  },
  {
    rule: 'HTTPS_PROXY without a scheme is http',
    files: one((of) => ({ cluster: { server: `https://api.example.test:${of.server.port}` } })),
    environment: () => ({ HTTPS_PROXY: `127.0.0.1:${lab.proxy.port}` }),
    fate: 'arrived',
  },
  {
    rule: 'HTTPS_PROXY with socks5',
    files: one((of) => ({ cluster: { server: `https://api.example.test:${of.server.port}` } })),
    environment: () => ({ HTTPS_PROXY: `socks5://127.0.0.1:${lab.socks.port}` }),
    fate: 'arrived',
  },
  {
    rule: 'HTTP_PROXY is not for https',
    files: one((of) => ({ cluster: { server: `https://api.example.test:${of.server.port}` } })),
    environment: () => ({ HTTP_PROXY: `http://127.0.0.1:${lab.proxy.port}` }),
    fate: 'unreachable',
  },
  {
    rule: 'proxy-url wins over HTTPS_PROXY',
    files: one((of) => ({
      cluster: {
        server: `https://api.example.test:${of.server.port}`,
        'proxy-url': `http://127.0.0.1:${of.proxy.port}`,
      },
    })),
    environment: () => ({ HTTPS_PROXY: `http://127.0.0.1:${lab.closedPort}` }),
    fate: 'arrived',
  },
  {
    rule: 'proxy-url wins over NO_PROXY',
    files: one((of) => ({
      cluster: {
        server: `https://api.example.test:${of.server.port}`,
        'proxy-url': `http://127.0.0.1:${of.proxy.port}`,
      },
    })),
    environment: () => ({ NO_PROXY: '*' }),
    fate: 'arrived',
  },
  ...['*', 'example.test', '.example.test', 'api.example.test', `other, api.example.test:${'PORT'}`].map((bypass) => ({
    rule: `NO_PROXY=${bypass} keeps the name from the proxy`,
    files: one((of) => ({ cluster: { server: `https://api.example.test:${of.server.port}` } })),
    environment: () => ({
      HTTPS_PROXY: `http://127.0.0.1:${lab.proxy.port}`,
      NO_PROXY: bypass.replace('PORT', String(lab.server.port)),
    }),
    fate: 'unreachable' as const,
  })),
  ...['ample.test', 'api.example.test:1', '.api.example.test', 'example.com'].map((bypass) => ({
    rule: `NO_PROXY=${bypass} does not`,
    files: one((of) => ({ cluster: { server: `https://api.example.test:${of.server.port}` } })),
    environment: () => ({ HTTPS_PROXY: `http://127.0.0.1:${lab.proxy.port}`, NO_PROXY: bypass }),
    fate: 'arrived' as const,
  })),
];

/** JSON objects one key a line, so that one of them can be replaced by YAML. */
function yamlLines(object: Json): string {
  return Object.entries(object)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join('\n');
}

let folders = 0;
let compared = 0;

afterAll(() => {
  const differences = scenarios.flatMap(({ rule, difference }) =>
    difference === undefined ? [] : [`  ${rule}: ${difference.because}`],
  );
  const counts = `${compared} kubeconfigs; ${differences.length} differ on purpose`;
  console.log([`kubectl and kube-api-gate compared on ${counts}:`, ...differences].join('\n'));
});

describe('given the same kubeconfig', () => {
  test.each(scenarios)('$rule: $fate', async (scenario) => {
    const folder = join(lab.folder, String(folders++));
    write(folder, scenario.files(lab, folder));
    const variables = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      EXEC_RECORD: join(folder, 'exec-record'),
      ...scenario.environment?.(folder),
    };
    const path = scenario.explicit === false ? undefined : join(folder, scenario.explicit ?? 'config');
    const workingFolder = join(folder, scenario.workingFolder ?? '');

    const theirs = await fateOf(folder, () => runKubectl(scenario, path, variables, workingFolder));
    const proxyTheirs = lab.proxy.credentials.splice(0);
    const ours = await fateOf(folder, () => runOurs(scenario, path, variables, workingFolder));
    const proxyOurs = lab.proxy.credentials.splice(0);
    compared += 1;

    expect(ours.kind).toBe(scenario.fate);
    expect(new Set(proxyOurs)).toEqual(new Set(proxyTheirs));
    if (scenario.difference === undefined) expect(ours).toEqual(theirs);
    else expect(theirs.kind).toBe(scenario.difference.kubectl);
  });
});

function write(folder: string, files: Readonly<Record<string, string | Buffer | Json>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
    if (name.includes('plugin')) chmodSync(path, 0o755);
  }
}

/** Runs a client; what arrived decides, and where nothing did, its error. */
async function fateOf(
  folder: string,
  client: () => Promise<Exclude<Fate['kind'], 'arrived'> | undefined>,
): Promise<Fate> {
  const servers = [lab.server, lab.plain, lab.stranger];
  for (const server of servers) server.arrivals.length = 0;
  const record = join(folder, 'exec-record');
  rmSync(record, { force: true });
  const error = await client();
  const arrival = servers.flatMap(({ arrivals }) => arrivals).find(({ path }) => path.endsWith('/apis'));
  if (arrival === undefined) {
    if (error === undefined) throw new Error('nothing arrived, and there was no error');
    return { kind: error };
  }
  return existsSync(record)
    ? { kind: 'arrived', arrival, execInfo: JSON.parse(readFileSync(record, 'utf8')) }
    : { kind: 'arrived', arrival };
}

async function runKubectl(
  scenario: Scenario,
  path: string | undefined,
  variables: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Exclude<Fate['kind'], 'arrived'> | undefined> {
  const { code, stderr } = await run(
    enginePath('kubectl'),
    [
      'api-versions',
      ...(path === undefined ? [] : [`--kubeconfig=${path}`]),
      ...(scenario.context === undefined ? [] : [`--context=${scenario.context}`]),
    ],
    // Where nothing is configured kubectl asks localhost:8080, on which somebody may listen.
    { env: { ...variables, KUBERNETES_MASTER: `http://127.0.0.1:${lab.closedPort}` }, cwd },
  );
  if (code === 0) return undefined;
  if (
    /getting credentials|exec plugin|exec: /.test(stderr) &&
    !/invalid apiVersion|must be specified|invalid configuration|cannot be provided/.test(stderr)
  )
    return 'plugin';
  if (/x509|tls: failed to verify/.test(stderr) && !/unable to load root certificates/.test(stderr)) return 'tls';
  if (/connection refused|proxyconnect|was refused|no such host|server misbehaving/.test(stderr)) return 'unreachable';
  return 'configuration';
}

async function runOurs(
  scenario: Scenario,
  path: string | undefined,
  variables: Readonly<Record<string, string>>,
  workingDirectory: string,
): Promise<Exclude<Fate['kind'], 'arrived'> | undefined> {
  const environment = {
    variables,
    workingDirectory,
    homeDirectory: variables['HOME'] ?? '',
    platform: process.platform,
    interactive: false,
  };
  const world = {
    environment,
    clock,
    log: { line: () => undefined, debug: () => undefined },
    secrets: {
      mask: () => undefined,
      redact: (text: string) => text,
      idToken: () => Promise.reject(new Error('no id-token permission')),
    },
  };
  const source = {
    kind: 'kubeconfig',
    ...(path === undefined ? {} : { kubeconfig: path }),
    ...(scenario.context === undefined ? {} : { context: scenario.context }),
  } as const;
  try {
    const target = await resolveCluster(source, world);
    const connection = target.open({ signal: AbortSignal.timeout(10_000), timeoutMs: 10_000 });
    try {
      const { status } = await connection.get({ path: '/apis', accept: 'application/json' });
      expect(status).toBe(200);
      return undefined;
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return classOf(error);
  }
}

function classOf({ outcome, code }: GateError): Exclude<Fate['kind'], 'arrived'> {
  if (/^exec-(?:not-found|failed|output|not-started|not-executable|interactive)$/.test(code)) return 'plugin';
  if (outcome === 'unreachable') return /certificate|tls/.test(code) ? 'tls' : 'unreachable';
  return 'configuration';
}

const clock: Clock = {
  now: Date.now,
  random: Math.random,
  sleep: () => Promise.reject(new Error('nothing is to be retried')),
};
