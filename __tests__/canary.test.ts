/**
 * Marked secrets go through the action in many ways, most of which fail, and nothing that the action leaves behind may hold one: not its log, annotations, summary, outputs,
 * reports, cache entries or files, nor the arguments of a process that it starts. Only the commands that tell the runner what to mask may.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundled } from './helpers/bundle.ts';
import { type CacheService, startCacheService } from './helpers/cache-service.ts';
import { createAuthority } from './helpers/certificates.ts';
import { closedPort, type FaultServer, startFaultServer } from './helpers/fault-server.ts';
import { run } from './helpers/processes.ts';
import { startHttpProxy, type TestProxy } from './helpers/proxies.ts';
import { type Recording, readRecording } from './helpers/recording.ts';
import { type ReplayServer, startReplayServer } from './helpers/replay-server.ts';

const entry = bundled('index.js');
const LONG_MS = 60_000;

const TOKEN = 'canary-token-9b1fe07c';
const WRONG = 'canary-wrong-31d2ab88';
const PASSWORD = 'canary-p@ss:w/rd-5e7c';
const OIDC = [{ alg: 'RS256' }, { sub: 'canary-oidc-77aa' }, 'canary-signature']
  .map((part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'))
  .join('.');
const REQUEST_TOKEN = 'canary-request-token-0c4d';
const client = createAuthority('users').client('canary-user');

/** Whole, so that it is cached: in what was recorded one API has no backend. */
const recording: Recording = JSON.parse(JSON.stringify(readRecording('1.37')).replaceAll('Stale', 'Current'));

/** Short enough to be a name that a cluster could serve by chance. */
const SHORT = 'canary-7x';

const escapeAll = (text: string, write: (code: number) => string): string =>
  [...text].map((character) => write(character.charCodeAt(0))).join('');
const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** How a server may write what it was sent. */
const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  json: (text) => escapeAll(text, (code) => `\\u${hex(code, 4)}`),
  'json within json': (text) => escapeAll(text, (code) => `\\\\u${hex(code, 4)}`),
  url: (text) => escapeAll(text, (code) => `%${hex(code, 2)}`),
  html: (text) => escapeAll(text, (code) => `&#${code};`),
  base64: (text) => base64(text),
  'base64 of more': (text) => base64(`x:${text}:y`),
  hex: (text) => Buffer.from(text).toString('hex'),
};

let folder: string;
let mirrorProxy: TestProxy;
let server: ReplayServer;
/** A cluster that tells back whatever credential it was sent, in every way that it has. */
let mirror: ReplayServer;
/** Each scenario has a cache of its own: what one keeps must not be what the next finds. */
const caches: CacheService[] = [];
let proxy: TestProxy;
let refusing: FaultServer;
let nowhere: string;
let tokens: { readonly url: string; readonly stop: () => void };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-canary-'));
  server = await startReplayServer({ recording, token: TOKEN });
  mirror = await startReplayServer({ recording, token: TOKEN, intercept: reflect });
  proxy = await startHttpProxy(Number(new URL(server.server).port));
  mirrorProxy = await startHttpProxy(Number(new URL(mirror.server).port));
  refusing = await startFaultServer(async ({ nextRequest, send }) => {
    await nextRequest();
    send('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
  });
  nowhere = `https://127.0.0.1:${await closedPort()}`;
  tokens = await startTokenService();
});

afterAll(async () => {
  await Promise.all([server, mirror, proxy, mirrorProxy, refusing].map((each) => each?.stop()));
  await Promise.all(caches.map((each) => each.close()));
  tokens?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Scenario = {
  readonly name: string;
  readonly outcome: string;
  readonly secrets: readonly string[];
  readonly inputs: () => Readonly<Record<string, string>>;
  readonly env?: () => Readonly<Record<string, string>>;
};

const REQUIRE = { require: 'apps/v1' };

/** What a server of today answers at a path. */
function documentAt(path: string): Recording['documents'][number] {
  const found = recording.documents.find((document) => document.path === path && document.format !== 'plain');
  const document = found ?? recording.documents.find((plain) => plain.path === path);
  if (document === undefined) throw new Error(`nothing is recorded at ${path}`);
  return document;
}

/** A kubeconfig of one cluster and one user, with more of either. */
function kubeconfig(to: Pick<ReplayServer, 'server' | 'caPem'>, user: object, cluster: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'c', cluster: { server: to.server, 'certificate-authority-data': base64(to.caPem), ...cluster } },
    ],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
}

/** A plugin that prints this to standard output, and that to standard error, and ends so. */
function plugin(name: string, printed: string, said = '', exitCode = 0): { readonly exec: object } {
  const script = join(folder, `${name}.cjs`);
  writeFileSync(
    script,
    `process.stderr.write(${JSON.stringify(said)}); process.stdout.write(${JSON.stringify(printed)}, () => process.exit(${exitCode}));`,
  );
  const apiVersion = 'client.authentication.k8s.io/v1';
  return { exec: { apiVersion, command: process.execPath, args: [script], interactiveMode: 'Never' } };
}

const execCredential = (status: object): string =>
  JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status });

function secretFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A proxy's URL with a password that nobody encoded. */
const unencoded = (start: string): string => `${start.replace('PW', 'canary-unencoded-77')}proxy.invalid:3128`;

const userinfo = `user:${encodeURIComponent(PASSWORD)}`;
const proxySecrets = [PASSWORD, encodeURIComponent(PASSWORD), base64(`user:${PASSWORD}`)];

const scenarios: readonly Scenario[] = [
  {
    name: 'a token in a kubeconfig, all is well, everything is written',
    outcome: 'compatible',
    secrets: [TOKEN],
    inputs: () => ({
      kubeconfig: kubeconfig(server, { token: TOKEN }),
      'report-directory': 'reports',
      'kubectl-cache': 'write',
    }),
  },
  {
    name: 'a token in a kubeconfig, something is missing, everything is written',
    outcome: 'incompatible',
    secrets: [TOKEN],
    inputs: () => ({
      kubeconfig: kubeconfig(server, { token: TOKEN }),
      require: 'apps/v1\nbatch/v1beta1',
      'report-directory': 'reports',
    }),
  },
  {
    name: 'a token that a kubeconfig holds twice',
    outcome: 'compatible',
    secrets: [TOKEN],
    inputs: () => ({
      kubeconfig: kubeconfig(server, { token: TOKEN }).replace('"token":', `"token":"${TOKEN}","token":`),
    }),
  },
  {
    name: 'a token as an input',
    outcome: 'compatible',
    secrets: [TOKEN],
    inputs: () => ({ server: server.server, 'certificate-authority-data': base64(server.caPem), token: TOKEN }),
  },
  {
    name: 'a token as an input, in lines',
    outcome: 'compatible',
    secrets: [TOKEN],
    inputs: () => ({
      server: server.server,
      'certificate-authority-data': base64(server.caPem),
      token: `\n  ${TOKEN}\n\n`,
    }),
  },
  {
    name: 'a token as an input for a http server',
    outcome: 'invalid-input',
    secrets: [TOKEN],
    inputs: () => ({ server: 'http://127.0.0.1:1', token: TOKEN }),
  },
  {
    name: 'a token in the URL of the server',
    outcome: 'invalid-input',
    secrets: [TOKEN],
    inputs: () => ({ server: `https://user:${TOKEN}@127.0.0.1:1`, token: 'other' }),
  },
  {
    name: 'a token that the cluster does not accept',
    outcome: 'denied',
    secrets: [WRONG],
    inputs: () => ({ kubeconfig: kubeconfig(server, { token: WRONG }) }),
  },
  {
    name: 'a token for a cluster that is not there',
    outcome: 'unreachable',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig({ server: nowhere, caPem: server.caPem }, { token: TOKEN }) }),
  },
  {
    name: 'a token for a server that somebody else answers for',
    outcome: 'unreachable',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig({ ...server, caPem: mirror.caPem }, { token: TOKEN }) }),
  },
  ...['status', 'html', 'redirect', 'json', 'header', 'forbidden', 'retry'].map(
    (way): Scenario => ({
      name: `a token that the cluster tells back: ${way}`,
      outcome: way === 'status' ? 'denied' : way === 'forbidden' ? 'denied' : 'unreachable',
      secrets: [TOKEN],
      inputs: () => ({
        kubeconfig: kubeconfig({ ...mirror, server: `${mirror.server}/${way}` }, { token: TOKEN }),
        timeout: way === 'retry' ? '3s' : '30s',
        'report-directory': 'reports',
      }),
    }),
  ),
  {
    name: 'a token that the cluster tells back where a long message is cut',
    outcome: 'denied',
    secrets: [TOKEN.slice(0, 14)],
    inputs: () => ({ kubeconfig: kubeconfig({ ...mirror, server: `${mirror.server}/padded` }, { token: TOKEN }) }),
  },
  // Every spelling that a server may tell a secret back in, in a refusal and in a document; and every place at which a long message may be cut in it.
  ...Object.keys(SPELLINGS).flatMap((spelling): readonly Scenario[] =>
    ['status', 'kind', 'plain', 'title', 'location'].map((place) => ({
      name: `a token and a password that the cluster tells back as ${spelling}, in a ${place}`,
      outcome: place === 'status' || place === 'plain' ? 'denied' : 'unreachable',
      secrets: [TOKEN, PASSWORD, SHORT],
      inputs: () => ({
        kubeconfig: kubeconfig(
          { ...mirror, server: `${mirror.server}/spelt/${spelling}/${place}` },
          { token: TOKEN },
          { 'proxy-url': `http://${userinfo}@${mirrorProxy.authority}` },
        ),
        'report-directory': 'reports',
      }),
    })),
  ),
  ...[1, 6, 11, 16, 20].flatMap((shown): readonly Scenario[] =>
    ['json', 'plain'].map((spelling) => ({
      name: `a token that the cluster tells back as ${spelling}, of which a message has room for ${shown} characters`,
      outcome: 'denied',
      secrets: [TOKEN.slice(0, Math.max(shown, 11))],
      inputs: () => ({
        kubeconfig: kubeconfig({ ...mirror, server: `${mirror.server}/cut/${spelling}/${shown}` }, { token: TOKEN }),
        'report-directory': 'reports',
      }),
    })),
  ),
  ...(
    [
      ['in escapes', 'escaped', { token: TOKEN }, TOKEN],
      ['a short password', 'short', { username: 'user', password: SHORT }, SHORT],
    ] as const
  ).flatMap(([how, way, user, secret]) =>
    ['write', 'use'].map(
      (kubectlCache): Scenario => ({
        name: `a resource whose name is the secret: ${how}, kubectl-cache: ${kubectlCache}`,
        outcome: 'compatible',
        secrets: [secret],
        inputs: () => ({
          kubeconfig: kubeconfig({ ...mirror, server: `${mirror.server}/named/${way}` }, user),
          'report-directory': 'reports',
          'kubectl-cache': kubectlCache,
        }),
      }),
    ),
  ),
  ...['write', 'use'].map(
    (kubectlCache): Scenario => ({
      name: `a token that the cluster tells back in what is kept in the cache and for kubectl, kubectl-cache: ${kubectlCache}`,
      outcome: 'compatible',
      secrets: [TOKEN],
      inputs: () => ({
        kubeconfig: kubeconfig({ ...mirror, server: `${mirror.server}/kept` }, { token: TOKEN }),
        'report-directory': 'reports',
        'kubectl-cache': kubectlCache,
      }),
    }),
  ),
  {
    name: 'a token in a file',
    outcome: 'compatible',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig(server, { tokenFile: secretFile('token', `${TOKEN}\n`) }) }),
  },
  {
    name: 'a token with a line break in it',
    outcome: 'invalid-input',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig(server, { token: `${TOKEN}\r\nx-evil: 1` }) }),
  },
  {
    name: 'user and password',
    outcome: 'denied',
    secrets: [PASSWORD, base64(`user:${PASSWORD}`)],
    inputs: () => ({ kubeconfig: kubeconfig(server, { username: 'user', password: PASSWORD }) }),
  },
  {
    name: 'a client certificate',
    outcome: 'denied',
    secrets: [client.key, base64(client.key)],
    inputs: () => ({
      kubeconfig: kubeconfig(server, {
        'client-certificate-data': base64(client.certificate),
        'client-key-data': base64(client.key),
      }),
    }),
  },
  {
    name: 'a client certificate with the key of another',
    outcome: 'invalid-input',
    secrets: [client.key, base64(client.key)],
    inputs: () => ({
      kubeconfig: kubeconfig(server, {
        'client-certificate-data': base64(server.caPem),
        'client-key-data': base64(client.key),
      }),
    }),
  },
  {
    name: 'a key that is not base64',
    outcome: 'invalid-input',
    secrets: [client.key],
    inputs: () => ({
      kubeconfig: kubeconfig(server, {
        'client-certificate-data': base64(client.certificate),
        'client-key-data': client.key,
      }),
    }),
  },
  {
    name: 'a plugin that prints a token',
    outcome: 'compatible',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig(server, plugin('token', execCredential({ token: TOKEN }))) }),
  },
  {
    name: 'a plugin that tells on standard error which token it prints',
    outcome: 'compatible',
    secrets: [TOKEN],
    inputs: () => ({
      kubeconfig: kubeconfig(server, plugin('loud', execCredential({ token: TOKEN }), `token: ${TOKEN}\n`)),
    }),
  },
  {
    name: 'a plugin whose token is refused, and so is the next',
    outcome: 'denied',
    secrets: [WRONG],
    inputs: () => ({ kubeconfig: kubeconfig(server, plugin('wrong', execCredential({ token: WRONG }))) }),
  },
  {
    name: 'a plugin that prints a certificate and key',
    outcome: 'denied',
    secrets: [client.key],
    inputs: () => ({
      kubeconfig: kubeconfig(
        server,
        plugin('pair', execCredential({ clientCertificateData: client.certificate, clientKeyData: client.key })),
      ),
    }),
  },
  {
    name: 'a plugin that prints a token and something else',
    outcome: 'invalid-input',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig(server, plugin('noise', `${execCredential({ token: TOKEN })} and more`)) }),
  },
  {
    name: 'a plugin that prints only a token',
    outcome: 'invalid-input',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig(server, plugin('bare', TOKEN)) }),
  },
  {
    name: 'a plugin that prints a token of another version, and fails',
    outcome: 'invalid-input',
    secrets: [TOKEN],
    inputs: () => ({
      kubeconfig: kubeconfig(
        server,
        plugin('failing', execCredential({ token: TOKEN }).replace('/v1"', '/v1beta1"'), `no ${TOKEN}`, 3),
      ),
    }),
  },
  ...(
    [
      ['a line before it', `INFO: signing in\n${execCredential({ token: TOKEN })}`],
      ['words after it', `${execCredential({ token: TOKEN })}\ndone`],
      ['its end missing', execCredential({ token: TOKEN }).slice(0, -8)],
      ['its end missing in the token', execCredential({ token: TOKEN }).slice(0, -12)],
      ['more than a mebibyte before it', `${' '.repeat(1024 * 1024)}${execCredential({ token: TOKEN })}`],
      ['more than a mebibyte after it', `${execCredential({ token: TOKEN })}${' '.repeat(1024 * 1024)}`],
      ['the token in another field', execCredential({ accessToken: TOKEN })],
      ['the token as a number in a list', execCredential({ token: [TOKEN] })],
      ['YAML that is broken', `kind: ExecCredential\n\tstatus:\n  token: ${TOKEN}\n`],
      ['nothing', ''],
    ] as const
  ).flatMap(([how, printed], index) =>
    [0, 3].map(
      (exitCode): Scenario => ({
        name: `a plugin that prints a credential with ${how}, tells the token on standard error, and ends with ${exitCode}`,
        outcome: 'invalid-input',
        secrets: [TOKEN],
        inputs: () => ({
          kubeconfig: kubeconfig(
            server,
            plugin(`unread-${index}-${exitCode}`, printed, `token: ${TOKEN}\n{"accessToken":"${TOKEN}"}\n`, exitCode),
          ),
        }),
      }),
    ),
  ),
  ...['http://user:12#PW@', 'http://user:12/PW@', 'socks5://user:1?PW@', 'http://PW#x:y@'].flatMap((start) =>
    [true, false].map(
      (ofKubeconfig): Scenario => ({
        name: `a proxy ${start} of the ${ofKubeconfig ? 'kubeconfig' : 'environment'}, whose password is not encoded`,
        outcome: 'invalid-input',
        secrets: ['canary-unencoded-77'],
        inputs: () => ({
          kubeconfig: kubeconfig(
            { ...server, server: 'https://cluster.invalid' },
            { token: TOKEN },
            ofKubeconfig ? { 'proxy-url': unencoded(start) } : {},
          ),
        }),
        env: () => (ofKubeconfig ? {} : { HTTPS_PROXY: unencoded(start) }),
      }),
    ),
  ),
  {
    name: "the job's own OIDC token, which the cluster does not accept",
    outcome: 'denied',
    secrets: [OIDC, REQUEST_TOKEN],
    inputs: () => ({
      server: server.server,
      'certificate-authority-data': base64(server.caPem),
      'oidc-audience': 'kubernetes',
    }),
    env: () => ({
      ACTIONS_ID_TOKEN_REQUEST_URL: `${tokens.url}/token?x=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    }),
  },
  {
    name: 'a token service that refuses',
    outcome: 'unreachable',
    secrets: [REQUEST_TOKEN],
    inputs: () => ({
      server: server.server,
      'certificate-authority-data': base64(server.caPem),
      'oidc-audience': 'kubernetes',
    }),
    env: () => ({
      ACTIONS_ID_TOKEN_REQUEST_URL: `${tokens.url}/refuse?x=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    }),
  },
  {
    name: 'a proxy with a password',
    outcome: 'compatible',
    secrets: [TOKEN, ...proxySecrets],
    inputs: () => ({
      kubeconfig: kubeconfig(server, { token: TOKEN }, { 'proxy-url': `http://${userinfo}@${proxy.authority}` }),
    }),
  },
  {
    name: 'a proxy of the environment that does not accept the password',
    outcome: 'unreachable',
    secrets: [TOKEN, ...proxySecrets],
    inputs: () => ({ server: 'https://cluster.invalid', token: TOKEN }),
    env: () => ({ HTTPS_PROXY: `http://${userinfo}@${refusing.authority}` }),
  },
  {
    name: 'a proxy with a password, at which nothing listens',
    outcome: 'unreachable',
    secrets: [TOKEN, ...proxySecrets],
    inputs: () => ({ server: 'https://cluster.invalid', token: TOKEN }),
    env: () => ({ HTTPS_PROXY: `http://${userinfo}@${new URL(nowhere).host}` }),
  },
  ...['http', 'socks5', 'ftp'].map(
    (scheme): Scenario => ({
      name: `a malformed ${scheme} proxy of the kubeconfig with a password`,
      outcome: 'invalid-input',
      secrets: [PASSWORD],
      inputs: () => ({
        kubeconfig: kubeconfig(server, { token: TOKEN }, { 'proxy-url': `${scheme}://user:${PASSWORD}@:port` }),
      }),
    }),
  ),
  {
    name: 'a malformed proxy of the environment with a password',
    outcome: 'invalid-input',
    secrets: [PASSWORD],
    inputs: () => ({ server: 'https://cluster.invalid', token: TOKEN }),
    env: () => ({ HTTPS_PROXY: `http://user:${PASSWORD}@127.0.0.1:port` }),
  },
  ...(
    [
      ['in base64', base64],
      ['in base64, twice', (text: string) => base64(base64(text))],
      ['in quotes', JSON.stringify],
    ] as const
  ).map(
    ([how, wrap]): Scenario => ({
      name: `a kubeconfig ${how}`,
      outcome: 'compatible',
      secrets: [TOKEN],
      inputs: () => ({ kubeconfig: wrap(kubeconfig(server, { token: TOKEN })) }),
    }),
  ),
  ...(
    [
      ['is not YAML', (text: string) => `- ]\n${text}`],
      ['has a tab where YAML wants none', (text: string) => `users:\n\t- name: u\n\t  user: ${text}`],
      ['is cut', (text: string) => text.slice(0, -30)],
      ['is a list', (text: string) => `[${text}]`],
      ['is one line of words', () => TOKEN],
      ['has a token that is a list', (text: string) => text.replace(`"${TOKEN}"`, `["${TOKEN}"]`)],
    ] as const
  ).map(
    ([how, bend]): Scenario => ({
      name: `a kubeconfig that ${how}`,
      outcome: 'invalid-input',
      secrets: [TOKEN],
      inputs: () => ({ kubeconfig: bend(kubeconfig(server, { token: TOKEN })) }),
    }),
  ),
  {
    name: 'a token in a kubeconfig that is not even read, as a requirement is malformed',
    outcome: 'invalid-input',
    secrets: [TOKEN],
    inputs: () => ({ kubeconfig: kubeconfig(server, { token: TOKEN }), require: 'apps/v1/' }),
  },
];

describe('no secret is left behind by', () => {
  let searched = 0;

  for (const scenario of scenarios)
    test.concurrent(scenario.name, { timeout: LONG_MS }, async ({ expect }) => {
      const left = await leftBehind(scenario);
      expect(left.outcome, left.texts.find(({ where }) => where === 'log')?.text).toBe(scenario.outcome);
      const found = left.texts.flatMap(({ where, text }) =>
        scenario.secrets
          .flatMap(formsOf)
          .filter((form) => text.includes(form))
          .map((form) => `${form} in ${where}`),
      );
      expect(found).toEqual([]);
      searched += left.texts.length;
    });

  test('the cache, whose entries anybody may read who can open a pull request', () => {
    const entries = caches.flatMap((each) => each.entries);
    expect(entries.length).toBeGreaterThan(5);
    const secrets = scenarios.flatMap((scenario) => scenario.secrets).flatMap(formsOf);
    for (const { key, archive } of entries) {
      const text = key + archive.toString('latin1') + unpack(archive);
      expect(text).toContain('apiregistration.k8s.io');
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      searched += 1;
    }
  });

  test('the search finds what is there', async () => {
    const left = await leftBehind({
      ...(scenarios[0] as Scenario),
      inputs: () => ({
        kubeconfig: kubeconfig(server, { token: TOKEN }),
        require: 'canary-seen/v1',
        'report-directory': 'reports',
      }),
    });
    const seen = left.texts.filter(({ text }) => text.includes('canary-seen')).map(({ where }) => where);
    expect(seen).toEqual(expect.arrayContaining(['log', 'output', 'summary', 'workspace/reports/report.json']));
  });

  afterAll(() => {
    console.log(`${scenarios.length} scenarios with marked secrets, ${searched} texts searched`);
  });
});

/** @see actions/runner src/Runner.Common/ActionCommand.cs: TryParseV2 (`::` at the start of a line), TryParse (`##[` anywhere in one) */
describe('no words of others become a command to the runner', () => {
  const COMMAND = '::warning::canary-command';
  const words = `no ##[set-output name=outcome]compatible\n${COMMAND}\r\n${COMMAND}\u2028${COMMAND}\u0085${COMMAND}`;

  test.each([
    {
      whose: 'the cluster',
      inputs: () => ({ kubeconfig: kubeconfig({ ...mirror, server: `${mirror.server}/command` }, { token: TOKEN }) }),
    },
    {
      whose: 'a kubeconfig',
      inputs: () => ({
        kubeconfig: kubeconfig(server, { token: TOKEN }).replace(
          '"current-context":"x"',
          `"current-context":${JSON.stringify(words)}`,
        ),
      }),
    },
    {
      whose: 'a plugin',
      inputs: () => ({
        kubeconfig: kubeconfig(server, plugin('commands', 'no', `${words}\n ${COMMAND}\r${COMMAND}\n`, 1)),
      }),
    },
    {
      whose: 'the environment',
      inputs: () => ({ server: 'https://cluster.invalid', token: TOKEN }),
      env: () => ({ HTTPS_PROXY: `ftp://${words}` }),
    },
    {
      whose: 'a manifest',
      inputs: () => ({
        kubeconfig: kubeconfig(server, { token: TOKEN }),
        manifests: secretFile(
          'evil.json',
          JSON.stringify({ apiVersion: `evil/v1`, kind: words, metadata: { name: words, namespace: words } }),
        ),
      }),
    },
    {
      whose: 'a requirement',
      inputs: () => ({ kubeconfig: kubeconfig(server, { token: TOKEN }), require: `apps/v1/\n ${COMMAND}\n` }),
    },
  ])('$whose', { timeout: LONG_MS }, async ({ whose, inputs, env }) => {
    const { texts } = await leftBehind({
      name: whose,
      outcome: 'any',
      secrets: [],
      inputs,
      ...(env === undefined ? {} : { env }),
    });
    const log = texts.find(({ where }) => where === 'log')?.text ?? '';
    // A runner ends its lines where .NET does.
    const lines = log.split(/\r\n|\r|\n/);
    // The old form counts anywhere in a line that is not a command already.
    const commands = lines.filter((line) => line.trim().startsWith(COMMAND) || /^(?!\s*::).*##\[/.test(line));
    expect(commands).toEqual([]);
    expect(log).toContain('::error ');
  });
});

type Left = { readonly outcome: string; readonly texts: readonly { readonly where: string; readonly text: string }[] };

/** Runs the action once and collects every text that it leaves: what it prints, every file below its folders, the arguments of its children. */
async function leftBehind({ inputs, env, outcome: expected }: Scenario): Promise<Left> {
  const job = mkdtempSync(join(folder, 'job-'));
  for (const each of ['workspace', 'temp', 'home', 'bin']) mkdirSync(join(job, each));
  for (const file of ['output', 'summary', 'env', 'arguments']) writeFileSync(join(job, file), '');
  for (const tool of ['tar', 'zstd', 'unzstd', 'zstdmt', 'gzip']) spyOn(tool, job);
  // Only what was judged is kept; for the others a cache would only take time.
  const keeps = expected === 'compatible' || expected === 'incompatible';
  const cache = keeps ? await startCacheService('v2') : undefined;
  if (cache !== undefined) caches.push(cache);
  const { stdout, stderr } = await run(process.execPath, [entry], {
    cwd: join(job, 'workspace'),
    timeoutMs: LONG_MS,
    env: {
      PATH: `${join(job, 'bin')}:${process.env['PATH']}`,
      HOME: join(job, 'home'),
      TMPDIR: join(job, 'temp'),
      RUNNER_TEMP: join(job, 'temp'),
      RUNNER_DEBUG: '1',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: join(job, 'workspace'),
      GITHUB_OUTPUT: join(job, 'output'),
      GITHUB_STEP_SUMMARY: join(job, 'summary'),
      GITHUB_ENV: join(job, 'env'),
      ...cache?.variables,
      ...Object.fromEntries(
        Object.entries({ ...REQUIRE, ...inputs() }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
      ...env?.(),
    },
  });
  const log = (stdout + stderr).replaceAll(/^::add-mask::.*$/gm, '');
  const files = readdirSync(job, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.parentPath !== join(job, 'bin'))
    .map((file) => join(file.parentPath, file.name));
  const texts = files.map((path) => ({ where: path.slice(job.length + 1), text: readFileSync(path, 'latin1') }));
  const outcome = /^outcome<<(.+)\n(.*)\n\1$/m.exec(readFileSync(join(job, 'output'), 'utf8'))?.[2] ?? 'none';
  return { outcome, texts: [...texts, { where: 'log', text: log }] };
}

/** Puts a script before a tool that writes down its arguments. */
function spyOn(tool: string, job: string): void {
  let real: string;
  try {
    real = execFileSync('which', [tool], { encoding: 'utf8' }).trim();
  } catch {
    return;
  }
  const script = join(job, 'bin', tool);
  writeFileSync(script, `#!/bin/sh\nprintf '%s\\n' "$0 $*" >> '${join(job, 'arguments')}'\nexec '${real}' "$@"\n`);
  chmodSync(script, 0o755);
}

/** How a secret could look: as it is, encoded, escaped; a key line by line. */
function formsOf(secret: string): readonly string[] {
  const lines = secret.split('\n').filter((line) => line.length >= 20 && !line.startsWith('-----'));
  const pieces = secret.includes('\n') ? lines : [secret];
  return pieces.flatMap((piece) => [
    ...new Set([
      piece,
      encodeURIComponent(piece),
      JSON.stringify(piece).slice(1, -1),
      base64(piece).replace(/=+$/, ''),
      Buffer.from(piece).toString('base64url'),
      Buffer.from(piece).toString('hex'),
    ]),
  ]);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function unpack(archive: Buffer): string {
  const bytes = archive[0] === 0x1f ? gunzipSync(archive) : zstdDecompressSync(archive);
  const text = bytes.toString('latin1');
  // The entry within the archive may be packed once more.
  const start = bytes.indexOf(Buffer.from([0x1f, 0x8b]));
  return start < 0 ? text : text + gunzipSync(bytes.subarray(start)).toString('latin1');
}

const JSON_TYPE = { 'content-type': 'application/json' };

function reflect(request: IncomingMessage, response: ServerResponse): boolean {
  const sent = request.headers.authorization ?? '';
  const status = (code: number) =>
    JSON.stringify({ kind: 'Status', status: 'Failure', code, message: `no access with ${sent}` });
  switch (request.url?.split('/')[1]) {
    case 'status':
      response.writeHead(401, { 'content-type': 'application/json' }).end(status(401));
      return true;
    case 'command': {
      const command = '::warning::canary-command';
      const message = `no ##[set-output name=outcome]compatible\n${command}\r\n${command}\u2028${command}`;
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ kind: 'Status', message }));
      return true;
    }
    case 'forbidden':
      response.writeHead(403, { 'content-type': 'application/json' }).end(status(403));
      return true;
    case 'padded': {
      const message = `${'x'.repeat(500 - TOKEN.length + 1)}${TOKEN}`;
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ kind: 'Status', message }));
      return true;
    }
    case 'spelt': {
      const [, , spelling = '', place = ''] = decodeURIComponent(request.url ?? '').split('/');
      const write = SPELLINGS[spelling] ?? String;
      const all = [TOKEN, PASSWORD].map(write).join(' and ');
      const body: Readonly<Record<string, () => unknown>> = {
        status: () => response.writeHead(403, JSON_TYPE).end(`{"kind":"Status","message":"no access with ${all}"}`),
        kind: () => response.writeHead(200, JSON_TYPE).end(`{"kind":"${all}","apiVersion":"${all}"}`),
        plain: () => response.writeHead(403, { 'content-type': 'text/plain' }).end(`no access with ${all}`),
        title: () => response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><title>${all}</title></html>`),
        location: () => response.writeHead(302, { location: `https://a.invalid/${encodeURI(write(TOKEN))}` }).end(),
      };
      body[place]?.();
      return true;
    }
    case 'cut': {
      const [, , spelling = '', shown = ''] = (request.url ?? '').split('/');
      const message = `${'x'.repeat(500 - Number(shown))}${SPELLINGS[spelling]?.(TOKEN)}`;
      response.writeHead(403, JSON_TYPE).end(`{"kind":"Status","message":"${message}"}`);
      return true;
    }
    case 'named': {
      const [, , way = ''] = (request.url ?? '').split('/');
      const path = request.url?.replace(/^\/named\/\w+|\?.*$/g, '') ?? '';
      const { answer } = documentAt(path);
      const name = way === 'short' ? SHORT : SPELLINGS['json']?.(TOKEN);
      response.writeHead(200, answer.headers).end(answer.body.toString().replaceAll('"deployments"', `"${name}"`));
      return true;
    }
    case 'kept': {
      const path = request.url?.replace(/^\/kept|\?.*$/g, '');
      const { answer } = documentAt(path ?? '');
      const body = path === '/version' ? JSON.stringify({ gitVersion: `v1.37.2-${TOKEN}` }) : answer.body;
      response.writeHead(200, { ...answer.headers, etag: `"${TOKEN}"` }).end(body);
      return true;
    }
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><title>${sent}</title>${sent}</html>`);
      return true;
    case 'json':
      response.writeHead(200, { 'content-type': 'application/json' }).end(`{"kind":"${sent}","apiVersion":"${sent}"}`);
      return true;
    case 'redirect':
      response.writeHead(302, { location: `https://login.example/${TOKEN}?token=${TOKEN}` }).end();
      return true;
    case 'header':
      response.writeHead(500, { 'content-type': `application/${TOKEN}`, etag: sent }).end(sent);
      return true;
    default:
      response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end(sent);
      return true;
  }
}

async function startTokenService(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const service = createServer((request, response) => {
    if (request.url?.startsWith('/refuse')) response.writeHead(403).end(`no: ${request.headers.authorization}`);
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value: OIDC }));
  });
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    stop: () => {
      service.closeAllConnections();
      service.close();
    },
  };
}
