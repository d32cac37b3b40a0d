/** Every way to sign in, by the whole action at a real kube-apiserver; and what docs/authentication.md says of it. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dump, load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, type Identity, startControlPlane } from '../helpers/control-plane.ts';
import { type OidcIssuer, startOidcIssuer } from '../helpers/oidc-issuer.ts';
import { isRunning } from '../helpers/processes.ts';
import { type ActionRun, runAction } from '../helpers/runner.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/authentication.md'), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const blockWith = (words: string): string => {
  const found = blocks.find((block) => block.includes(words));
  if (found === undefined) throw new Error(`docs/authentication.md has no example with ${words}`);
  return found;
};

const AUDIENCE = 'https://k8s.example.com/prod';
const CLAIMS = {
  sub: 'repo:example/shop:ref:refs/heads/main',
  repository: 'example/shop',
  repository_id: '456789',
  repository_owner: 'example',
  repository_owner_id: '123456',
  ref: 'refs/heads/main',
};

let plane: ControlPlane;
let issuer: OidcIssuer;

beforeAll(async () => {
  issuer = await startOidcIssuer(CLAIMS);
  plane = await startControlPlane({
    generation: '1.37',
    auditLog: true,
    users: { robot: ['robots'] },
    authenticationConfig: configurationOf(issuer),
  });
});

afterAll(async () => {
  await plane?.stop();
  await issuer?.close();
});

/** The configuration that the page shows, with this issuer in place of GitHub's. */
function configurationOf({ url, caPem }: OidcIssuer): string {
  const configuration = load(blockWith('kind: AuthenticationConfiguration')) as {
    jwt: { issuer: Record<string, unknown> }[];
  };
  const [first] = configuration.jwt;
  if (first?.issuer['url'] !== 'https://token.actions.githubusercontent.com')
    throw new Error('the page shows another issuer');
  first.issuer['url'] = url;
  first.issuer['certificateAuthority'] = caPem;
  return dump(configuration);
}

type AuditEvent = {
  readonly requestURI: string;
  readonly userAgent?: string;
  readonly user: Person;
  readonly impersonatedUser?: Person;
};
type Person = {
  readonly username: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
  readonly extra?: Readonly<Record<string, readonly string[]>>;
};

/** Runs the action, and looks up in the server's audit log as whom it came. */
async function gate(inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const before = existsSync(plane.auditLogPath) ? readFileSync(plane.auditLogPath, 'utf8').length : 0;
  const run = await runAction({
    inputs: { require: 'apps/v1', cache: 'off', timeout: '20s', ...inputs },
    env,
    entry: join(root, 'src/index.ts'),
  });
  const events = readFileSync(plane.auditLogPath, 'utf8')
    .slice(before)
    .split('\n')
    .filter((line) => line.includes('"kube-api-gate'))
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter(({ requestURI }) => requestURI.startsWith('/apis'));
  return { run, events };
}

const withKubeconfig = (identity: Identity, cluster?: Readonly<Record<string, unknown>>) => ({
  kubeconfig: plane.kubeconfig(identity, cluster),
});
const withUser = (section: Readonly<Record<string, unknown>>) => withKubeconfig({ kind: 'section', section });
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A plugin in the control plane's folder; it knows how often it ran. */
function plugin(name: string, script: string): Readonly<Record<string, unknown>> {
  const path = join(plane.folder, name);
  writeFileSync(path, `#!/bin/sh\necho x >> "$0.runs"\nruns=$(wc -l < "$0.runs" | tr -d ' ')\n${script}\n`);
  chmodSync(path, 0o755);
  return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: path, interactiveMode: 'Never' } };
}

const printing = (status: object) =>
  `cat <<'EOT'\n${JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status })}\nEOT`;

/** The log as a runner shows it: without the commands that mask. */
const shown = ({ log, summary, outputs }: ActionRun) =>
  `${log.replace(/^::add-mask::.*$/gm, '')}\n${summary}\n${JSON.stringify(outputs)}`;

function expectOutcome(run: ActionRun, outcome: string): void {
  expect(run.outputs['outcome'], shown(run)).toBe(outcome);
}

function expectNoSecret(run: ActionRun, secrets: readonly string[]): void {
  for (const secret of secrets) {
    expect(shown(run)).not.toContain(secret);
    expect(run.log).toContain(`::add-mask::${secret}`);
  }
}

describe('one signs in at a real server', () => {
  test('with a token of a user who has no role, which is all that the page asks for', async () => {
    const token = plane.tokens['user'] ?? '';
    const { run, events } = await gate(withKubeconfig({ kind: 'user', name: 'user' }));
    expectOutcome(run, 'compatible');
    expect(events[0]?.user.username).toBe('user');
    expectNoSecret(run, [token]);
  });

  test('with server, CA and token as inputs', async () => {
    const token = plane.tokens['user'] ?? '';
    const { run } = await gate({ server: plane.server, 'certificate-authority-data': base64(plane.caPem), token });
    expectOutcome(run, 'compatible');
    expectNoSecret(run, [token]);
  });

  test('with a token file', async () => {
    writeFileSync(join(plane.folder, 'token'), `${plane.tokens['robot']}\n`);
    const { run, events } = await gate(withUser({ tokenFile: join(plane.folder, 'token') }));
    expectOutcome(run, 'compatible');
    expect(events[0]?.user).toMatchObject({ username: 'robot', groups: expect.arrayContaining(['robots']) });
    expectNoSecret(run, [plane.tokens['robot'] ?? '']);
  });

  test('with a client certificate (mutual TLS)', async () => {
    const client = plane.authority.client('jane', ['dev']);
    const { run, events } = await gate(withKubeconfig({ kind: 'certificate', credential: client }));
    expectOutcome(run, 'compatible');
    expect(events[0]?.user).toMatchObject({ username: 'jane', groups: expect.arrayContaining(['dev']) });
    expectNoSecret(
      run,
      client.key.split('\n').filter((line) => line !== '' && !line.startsWith('-----')),
    );
  });

  test('with a plugin that prints a token, once for all requests', async () => {
    const token = plane.tokens['robot'] ?? '';
    const section = plugin(
      'prints-token',
      `echo "signing in as $0" >&2\necho "debug: ${token}" >&2\n${printing({ token })}`,
    );
    const { run, events } = await gate(withUser(section));
    expectOutcome(run, 'compatible');
    expect(events.map(({ user }) => user.username)).toEqual(events.map(() => 'robot'));
    expect(readFileSync(join(plane.folder, 'prints-token.runs'), 'utf8')).toBe('x\n');
    expect(run.log).toContain('prints-token: signing in as ');
    expectNoSecret(run, [token]);
  });

  test('with a plugin that prints a client certificate', async () => {
    const client = plane.authority.client('plugged');
    const status = { clientCertificateData: client.certificate, clientKeyData: client.key };
    const { run, events } = await gate(withUser(plugin('prints-certificate', printing(status))));
    expectOutcome(run, 'compatible');
    expect(events[0]?.user.username).toBe('plugged');
    expectNoSecret(
      run,
      client.key.split('\n').filter((line) => line !== '' && !line.startsWith('-----')),
    );
  });

  test('with a plugin whose first token the server refuses', async () => {
    const script = `if [ "$runs" = 1 ]; then ${printing({ token: 'stale-plugin-token' })}\nelse ${printing({ token: plane.tokens['robot'] })}\nfi`;
    const { run } = await gate(withUser(plugin('refreshes', script)));
    expectOutcome(run, 'compatible');
    expect(readFileSync(join(plane.folder, 'refreshes.runs'), 'utf8')).toBe('x\nx\n');
    expectNoSecret(run, ['stale-plugin-token']);
  });

  test('as somebody else', async () => {
    const { run, events } = await gate(
      withUser({
        token: plane.tokens['admin'],
        as: 'jäne',
        'as-uid': '42',
        'as-groups': ['dev', 'system:authenticated'],
        'as-user-extra': { 'example.com/reason': ['a', 'b'] },
      }),
    );
    expectOutcome(run, 'compatible');
    expect(events[0]).toMatchObject({
      user: { username: 'admin' },
      impersonatedUser: {
        username: 'jäne',
        uid: '42',
        groups: ['dev', 'system:authenticated'],
        extra: { 'example.com/reason': ['a', 'b'] },
      },
    });
  });
});

describe('one does not sign in', () => {
  test.each<[string, () => Readonly<Record<string, string>>, string, RegExp, readonly string[]]>([
    [
      'with a wrong token',
      () => withKubeconfig({ kind: 'token', token: 'sesame-token' }),
      'denied',
      /401/,
      ['sesame-token'],
    ],
    [
      'with a plugin that brings a wrong token again and again',
      () => withUser(plugin('wrong', printing({ token: 'sesame-plugin' }))),
      'denied',
      /401/,
      ['sesame-plugin'],
    ],
    [
      'with a plugin that fails',
      () => withUser(plugin('fails', 'echo "no role for you" >&2; exit 3')),
      'invalid-input',
      /fails: no role for you[\s\S]*failed with exit code 3/,
      [],
    ],
    [
      'with a plugin that is not installed',
      () =>
        withUser({
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1',
            command: 'not-installed',
            interactiveMode: 'Never',
            installHint: 'get it at example.com',
          },
        }),
      'invalid-input',
      /`not-installed` was not found in PATH[\s\S]*get it at example\.com/,
      [],
    ],
    [
      'as somebody whom one may not impersonate',
      () => withUser({ token: plane.tokens['user'], as: 'admin' }),
      'denied',
      /impersonate/,
      [],
    ],
  ])('%s', async (_, inputs, outcome, words, secrets) => {
    const { run } = await gate(inputs());
    expect(run.exitCode).not.toBe(0);
    expectOutcome(run, outcome);
    expect(shown(run)).toMatch(words);
    expectNoSecret(run, secrets);
  });

  test('with a plugin that waits for somebody, for longer than the timeout', async () => {
    const started = Date.now();
    const { run } = await gate({
      ...withUser(plugin('waits', 'echo "open the browser" >&2; sleep 60 & echo $! > "$0.pid"; wait')),
      timeout: '2s',
    });
    expect(Date.now() - started).toBeLessThan(6000);
    expect(run.exitCode).not.toBe(0);
    expectOutcome(run, 'unreachable');
    const pid = Number(readFileSync(join(plane.folder, 'waits.pid'), 'utf8'));
    expect(isRunning(pid)).toBe(false);
  });
});

describe('a job’s own token', () => {
  const inputs = () => ({
    server: plane.server,
    'certificate-authority-data': base64(plane.caPem),
    'oidc-audience': AUDIENCE,
  });

  test('signs in at a server that is configured as the page says', async () => {
    const { run, events } = await gate(inputs(), issuer.jobVariables);
    expectOutcome(run, 'compatible');
    expect(events[0]?.user).toMatchObject({
      username: 'github:example/shop:refs/heads/main',
      groups: ['github:ci', 'system:authenticated'],
    });
    expectNoSecret(run, issuer.minted.slice(-1));
    expect(shown(run)).not.toContain(issuer.jobVariables['ACTIONS_ID_TOKEN_REQUEST_TOKEN']);
  });

  test('signs in also in place of a kubeconfig’s user', async () => {
    const { run, events } = await gate(
      { ...withUser({ token: 'unused' }), 'oidc-audience': AUDIENCE },
      issuer.jobVariables,
    );
    expectOutcome(run, 'compatible');
    expect(events[0]?.user.username).toBe('github:example/shop:refs/heads/main');
  });

  test.each<[string, Record<string, unknown>]>([
    ['another owner, for the right audience', { repository_owner_id: '666' }],
    ['another repository of the owner', { repository_id: '667' }],
  ])('of %s is refused', async (_, claims) => {
    Object.assign(issuer.claims, claims);
    try {
      const { run } = await gate(inputs(), issuer.jobVariables);
      expect(run.exitCode).not.toBe(0);
      expectOutcome(run, 'denied');
      expectNoSecret(run, issuer.minted.slice(-1));
    } finally {
      Object.assign(issuer.claims, CLAIMS);
    }
  });

  test('for another audience is refused', async () => {
    const { run } = await gate({ ...inputs(), 'oidc-audience': 'https://k8s.example.com/other' }, issuer.jobVariables);
    expectOutcome(run, 'denied');
  });

  test('is not to be had without the permission, and the message names it', async () => {
    const { run } = await gate(inputs());
    expectOutcome(run, 'invalid-input');
    expect(run.log).toContain('id-token: write');
  });
});

describe('docs/authentication.md', () => {
  test('the role it relies on is given to everybody who signed in', async () => {
    const binding = JSON.parse(await plane.kubectlOk(['get', 'clusterrolebinding', 'system:discovery', '-o', 'json']));
    expect(binding).toMatchObject({
      roleRef: { name: 'system:discovery' },
      subjects: [{ kind: 'Group', name: 'system:authenticated' }],
    });
    const role = JSON.parse(await plane.kubectlOk(['get', 'clusterrole', 'system:discovery', '-o', 'json']));
    expect(role.rules).toEqual([
      { verbs: ['get'], nonResourceURLs: expect.arrayContaining(['/api', '/apis', '/openapi', '/version']) },
    ]);
  });

  test('the binding it shows gives the right back to one user', async () => {
    await plane.withoutDiscovery(['user', 'robot']);
    const before = await gate(
      { server: plane.server, 'certificate-authority-data': base64(plane.caPem), 'oidc-audience': AUDIENCE },
      issuer.jobVariables,
    );
    expectOutcome(before.run, 'denied');
    await plane.kubectlOk(['apply', '-f', '-'], { stdin: blockWith('kind: ClusterRoleBinding') });
    await expect
      .poll(
        async () =>
          (
            await gate(
              { server: plane.server, 'certificate-authority-data': base64(plane.caPem), 'oidc-audience': AUDIENCE },
              issuer.jobVariables,
            )
          ).run.outputs['outcome'],
        { timeout: 20_000, interval: 500 },
      )
      .toBe('compatible');
  });

  test('the commands it shows are ones that kubectl takes', async () => {
    const commands = [...page.matchAll(/^kubectl (.*)$/gm)].map(([, rest = '']) => rest.split(' '));
    expect(commands).toHaveLength(2);
    for (const command of commands) await plane.kubectlOk(command);
  });

  test.each(blocks.filter((block) => block.startsWith('jobs:')))(
    'a workflow it shows is YAML, and gives only inputs that there are',
    (block) => {
      const { inputs } = load(readFileSync(join(root, 'action.yml'), 'utf8')) as { inputs: Record<string, unknown> };
      const { jobs } = load(block) as {
        jobs: Record<string, { steps: { uses?: string; with?: Record<string, unknown> }[] }>;
      };
      const steps = Object.values(jobs).flatMap((job) =>
        job.steps.filter(({ uses }) => uses?.startsWith('kube-api-gate/')),
      );
      expect(steps).toHaveLength(1);
      for (const name of Object.keys(steps[0]?.with ?? {})) expect(inputs).toHaveProperty(name);
    },
  );
});
