import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExecConfig, ServerAccess } from '../../../src/cluster/access.ts';
import { execCredentials } from '../../../src/cluster/credentials/exec-plugin.ts';
import { type SeenWorldOptions, seenWorld, startOfTime } from '../../helpers/cluster-world.ts';
import { gateErrorOf, wordsOf } from '../../helpers/gate-error.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const V1 = 'client.authentication.k8s.io/v1';
const server: ServerAccess = {
  server: new URL('https://a'),
  configuredServer: 'https://a',
  certificateAuthorityText: '',
  certificateAuthorityDigest: 'system',
  insecureSkipTlsVerify: false,
  disableCompression: false,
  execConfig: null,
};
const signal = new AbortController().signal;
const config: ExecConfig = {
  apiVersion: V1,
  command: 'aws',
  args: [],
  env: [],
  installHint: '',
  provideClusterInfo: false,
  interactiveMode: 'IfAvailable',
};

/** A plugin that counts its runs in the file `runs`, and prints a token that ends with that number. */
const counting = (status = '') =>
  `echo x >> "$FOLDER/runs"; n=$(wc -l < "$FOLDER/runs" | tr -d ' '); printf '{"kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"token-%s"${status}}}' "$n"`;

function start(script: string, more: Partial<ExecConfig> = {}, options: SeenWorldOptions = {}) {
  const folder = temporaryFolder({ 'bin/aws': `#!/bin/sh\n${script}\n` });
  const variables = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, FOLDER: folder };
  const world = seenWorld({ environment: { variables, workingDirectory: folder, ...options.environment } });
  const runs = () => (existsSync(join(folder, 'runs')) ? readFileSync(join(folder, 'runs'), 'utf8').length / 2 : 0);
  return { folder, world, runs, source: execCredentials({ ...config, ...more }, server, world) };
}

describe('a plugin is run', () => {
  test('when it is first needed, and once for all requests that go out together', async () => {
    const { source, runs, world } = start(counting());
    expect(runs()).toBe(0);
    const [one, two] = await Promise.all([source.current(signal), source.current(signal)]);
    expect(one).toEqual({ authorization: 'Bearer token-1' });
    expect(two).toBe(one);
    expect(await source.current(signal)).toBe(one);
    expect(runs()).toBe(1);
    expect(world.masked).toEqual(['token-1']);
  });

  test('again when its credential has expired, and not before', async () => {
    const { source, world, runs } = start(counting(',"expirationTimestamp":"2026-01-01T00:10:00Z"'));
    expect(Date.parse('2026-01-01T00:10:00Z')).toBe(startOfTime + 600_000);
    await source.current(signal);
    world.advance(600_000);
    await source.current(signal);
    expect(runs()).toBe(1);
    world.advance(1);
    expect(await source.current(signal)).toMatchObject({ authorization: 'Bearer token-2' });
  });

  test('again when its credential was refused; the new one is kept', async () => {
    const { source, runs } = start(counting());
    await source.current(signal);
    expect(await source.refresh?.(signal)).toEqual({ authorization: 'Bearer token-2' });
    expect(await source.current(signal)).toEqual({ authorization: 'Bearer token-2' });
    expect(runs()).toBe(2);
  });

  test('again when its credential was refused; one that is the same is no other', async () => {
    const { source } = start(`printf '{"kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"t"}}'`);
    await source.current(signal);
    expect(await source.refresh?.(signal)).toBeUndefined();
  });

  test('again after it failed', async () => {
    const { source } = start(`if [ ! -e "$FOLDER/second" ]; then touch "$FOLDER/second"; exit 1; fi; ${counting()}`);
    await gateErrorOf(() => source.current(signal));
    expect(await source.current(signal)).toEqual({ authorization: 'Bearer token-1' });
  });
});

describe('a plugin is given', () => {
  const telling = (what: string) =>
    `printf '{"kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"%s"}}' "${what}"`;
  test.each<[string, string, Partial<ExecConfig>, string]>([
    ['its arguments', telling('$1'), { args: ['a b'] }, 'a b'],
    ['its own environment', telling('$MINE'), { env: [{ name: 'MINE', value: 'x' }] }, 'x'],
    [
      'the process’s environment, which its own wins over',
      telling('$FOLDER'),
      { env: [{ name: 'FOLDER', value: 'own' }] },
      'own',
    ],
    [
      'the last of two variables of one name',
      telling('$A'),
      {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      '2',
    ],
  ])('%s', async (_, script, more, token) => {
    const { source } = start(script, more);
    expect(await source.current(signal)).toEqual({ authorization: `Bearer ${token}` });
  });

  test('nothing that the runner hands to actions only', async () => {
    const folder = temporaryFolder({ plugin: `#!/bin/sh\nenv > "$FOLDER/env"\n${counting()}\n` });
    const variables = {
      PATH: process.env['PATH'],
      FOLDER: folder,
      INPUT_KUBECONFIG: 'sesame',
      ACTIONS_RUNTIME_TOKEN: 'sesame',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github',
    };
    const world = seenWorld({ environment: { variables, workingDirectory: folder } });
    await execCredentials({ ...config, command: join(folder, 'plugin') }, server, world).current(signal);
    expect(readFileSync(join(folder, 'env'), 'utf8')).not.toContain('sesame');
    expect(readFileSync(join(folder, 'env'), 'utf8')).toContain('https://github');
  });

  test('KUBERNETES_EXEC_INFO, which nothing wins over', async () => {
    const env = [{ name: 'KUBERNETES_EXEC_INFO', value: 'own' }];
    const { folder, source } = start(`printf '%s' "$KUBERNETES_EXEC_INFO" > "$FOLDER/info"; ${counting()}`, { env });
    await source.current(signal);
    expect(JSON.parse(readFileSync(join(folder, 'info'), 'utf8'))).toEqual({
      kind: 'ExecCredential',
      apiVersion: V1,
      spec: { interactive: false },
    });
  });
});

describe('what a plugin says on standard error', () => {
  test('is in the log under its name, without the token and without control characters', async () => {
    const { source, world } = start(`printf 'using token-1\\n::error::x\\033[31mred\\n' >&2; ${counting()}`);
    await source.current(signal);
    expect(world.lines).toEqual(['aws: using ***', 'aws: ::error::xU+001B[31mred']);
  });

  test('is there when it fails', async () => {
    const { source, world } = start('echo "no credentials" >&2; exit 255');
    await gateErrorOf(() => source.current(signal));
    expect(world.lines).toEqual(['aws: no credentials']);
  });

  test('is there when the time is up', async () => {
    const { source, world } = start('echo "open the browser" >&2; sleep 60');
    expect(await gateErrorOf(() => source.current(AbortSignal.timeout(300)))).toMatchObject({
      outcome: 'unreachable',
      code: 'exec-timeout',
    });
    expect(world.lines).toEqual(['aws: open the browser']);
  });

  test('is cut when it has no end', async () => {
    const { source, world } = start(`yes 0123456789 | head -20000 >&2; ${counting()}`);
    await source.current(signal);
    expect(world.lines.length).toBeLessThan(8000);
    expect(world.lines.at(-1)).toMatch(/^aws: \(\d+ more lines left out\)$/);
  });
});

describe('it is an error', () => {
  test.each<[string, string, Partial<ExecConfig>, string, string, string]>([
    [
      'that it is not there',
      '',
      { command: 'kubelogin' },
      'exec-not-found',
      'The exec plugin `kubelogin` was not found in PATH',
      'Install it in an earlier step',
    ],
    [
      'that it is not at the path of another machine',
      '',
      { command: '/snap/bin/doctl' },
      'exec-not-found',
      'The exec plugin `/snap/bin/doctl` does not exist on this runner',
      '`command: doctl`',
    ],
    [
      'that it is not there; what the kubeconfig says about that is shown, in one line',
      '',
      { command: 'kubelogin', installHint: 'brew install\n\u001b[1mkubelogin' },
      'exec-not-found',
      'The exec plugin `kubelogin` was not found in PATH',
      'The kubeconfig says: brew install U+001B[1mkubelogin',
    ],
    [
      'that it may not be run',
      '',
      { command: '/etc/passwd' },
      'exec-not-executable',
      'The exec plugin `/etc/passwd` is not executable (/etc/passwd)',
      'chmod +x',
    ],
    [
      'that it fails',
      'exit 7',
      {},
      'exec-failed',
      'The exec plugin `aws` failed with exit code 7',
      'It wrote nothing to standard error.',
    ],
    [
      'that it fails, and says why',
      'echo expired >&2; exit 7',
      {},
      'exec-failed',
      'The exec plugin `aws` failed with exit code 7',
      'What it wrote to standard error stands above',
    ],
    [
      'that it is ended by a signal',
      'kill -9 $$',
      {},
      'exec-failed',
      'The exec plugin `aws` was ended by SIGKILL',
      'It wrote nothing to standard error.',
    ],
    [
      'that it prints without an end',
      'cat /dev/zero',
      {},
      'exec-output',
      'The exec plugin `aws` printed more than 1048576 bytes, and was ended',
      'apiVersion',
    ],
    ['that it prints nothing', ':', {}, 'exec-output', 'The exec plugin `aws` printed nothing', 'apiVersion'],
    [
      'that it answers in another version',
      counting(),
      { apiVersion: `${V1}beta1` },
      'exec-output',
      `The exec plugin \`aws\` answered in another apiVersion than it was asked in (${V1}beta1)`,
      'apiVersion',
    ],
    [
      'that it wants to ask a person, and there is none',
      counting(),
      { interactiveMode: 'Always' },
      'exec-interactive',
      'The exec plugin `aws` wants to ask a person (interactiveMode: Always), and there is no terminal',
      'oidc-audience',
    ],
  ])('%s', async (_, script, more, code, message, hint) => {
    const error = await gateErrorOf(() => start(script, more).source.current(signal));
    expect(error).toMatchObject({ outcome: 'invalid-input', code, message });
    expect(error.hint).toContain(hint);
  });

  test('that its interpreter is missing, and arguments stay out of it', async () => {
    const folder = temporaryFolder({ plugin: '#!/nonexistent/python\n' });
    const source = execCredentials(
      { ...config, command: join(folder, 'plugin'), args: ['--secret=sesame'] },
      server,
      seenWorld({ environment: { workingDirectory: folder } }),
    );
    const error = await gateErrorOf(() => source.current(signal));
    expect(error).toMatchObject({
      code: 'exec-not-started',
      message: `The exec plugin \`${join(folder, 'plugin')}\` could not be started: ENOENT`,
    });
    expect(wordsOf(error)).not.toContain('sesame');
    expect(error.cause).toBeUndefined();
  });

  test('that it is a script on Windows, which only a shell could run', async () => {
    const folder = temporaryFolder({ 'gcloud.cmd': '' });
    const world = seenWorld({ environment: { platform: 'win32' } });
    const source = execCredentials({ ...config, command: join(folder, 'gcloud.cmd') }, server, world);
    expect(await gateErrorOf(() => source.current(signal))).toMatchObject({ code: 'exec-script' });
  });
});
