import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeKubeconfig } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { readUser } from '../../../src/cluster/kubeconfig/user-entry.ts';
import { createAuthority } from '../../helpers/certificates.ts';
import { seenWorld } from '../../helpers/cluster-world.ts';
import { gateErrorOf } from '../../helpers/gate-error.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const authority = createAuthority();
const client = authority.client('jane', ['dev']);
const other = authority.client('john');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const pair = { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) };
const exec = (more: object = {}) => ({
  exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws', interactiveMode: 'Never', ...more },
});

function read(
  user: object,
  { files = {}, tls = true }: { files?: Readonly<Record<string, string>>; tls?: boolean } = {},
) {
  const folder = temporaryFolder(files);
  const origin = { place: { kind: 'input', input: 'kubeconfig' }, folder } as const;
  const entry = decodeKubeconfig({ users: [{ name: 'u', user }] }, origin, (path) => resolve(folder, path)).users.get(
    'u',
  );
  if (entry === undefined) throw new Error('no entry');
  const world = seenWorld();
  return { folder, world, result: () => readUser(entry, { tls, secrets: world.secrets, log: world.log }) };
}

describe('one signs in', () => {
  test.each<[string, object, object]>([
    ['with a token', { token: 't' }, { kind: 'token', token: 't' }],
    [
      'with a token file, and the token where it cannot be read',
      { token: 't', tokenFile: 'nope' },
      { kind: 'token-file', fallback: 't' },
    ],
    ['with a password', { username: 'n', password: 'p' }, { kind: 'basic', username: 'n', password: 'p' }],
    ['with a user name alone', { username: 'n' }, { kind: 'basic', username: 'n', password: '' }],
    ['with a plugin', exec(), { kind: 'exec' }],
    ['with a token and not with the plugin', { token: 't', ...exec() }, { kind: 'token' }],
    ['with a password and not with the plugin', { username: 'n', ...exec() }, { kind: 'basic' }],
    ['with a certificate and not with the plugin', { ...pair, ...exec() }, { kind: 'anonymous' }],
    ['with nothing', {}, { kind: 'anonymous' }],
  ])('%s', (_, user, signIn) => {
    expect(read(user).result()).toMatchObject({ access: { name: 'u', signIn } });
  });

  test('with a certificate beside a token', () => {
    const certificate = { cert: client.certificate, key: client.key, subject: 'O=dev, CN=jane' };
    expect(read({ token: 't', ...pair }).result()).toMatchObject({
      access: { signIn: { kind: 'token' }, certificate },
    });
  });

  test('with a certificate in files', () => {
    const files = { 'c.pem': client.certificate, 'k.pem': client.key };
    const user = { 'client-certificate': 'c.pem', 'client-key': 'k.pem' };
    expect(read(user, { files }).result()).toMatchObject({ access: { certificate: { subject: 'O=dev, CN=jane' } } });
  });

  test('as somebody else', () => {
    const user = { token: 't', as: 'jane', 'as-groups': ['dev'], 'as-uid': '1', 'as-user-extra': { k: ['v'] } };
    const impersonate = { user: 'jane', uid: '1', groups: ['dev'], extra: { k: ['v'] } };
    expect(read(user).result()).toMatchObject({ access: { impersonate } });
  });
});

describe('it is refused to have', () => {
  test.each<[string, object, string, string]>([
    [
      'a token and a password',
      { token: 't', username: 'n' },
      'credentials-conflict',
      'has both a token and a user name with password',
    ],
    ['a password without a user name', { password: 'p' }, 'username-missing', 'has a password and no username'],
    [
      'a certificate twice',
      { ...pair, 'client-certificate': '/dev/null' },
      'client-certificate-twice',
      'has both client-certificate and client-certificate-data',
    ],
    [
      'a key twice',
      { ...pair, 'client-key': '/dev/null' },
      'client-key-twice',
      'has both client-key and client-key-data',
    ],
    [
      'a certificate without a key',
      { 'client-certificate-data': pair['client-certificate-data'] },
      'client-key-missing',
      'has a client certificate and no key',
    ],
    [
      'a key of another certificate',
      { ...pair, 'client-key-data': base64(other.key) },
      'client-certificate-unusable',
      'cannot be used: the key does not belong to the certificate',
    ],
    [
      'groups without a user',
      { 'as-groups': ['g'] },
      'impersonation-without-user',
      'has as-uid, as-groups or as-user-extra, and no `as`',
    ],
    ['a uid without a user', { 'as-uid': '1' }, 'impersonation-without-user', 'and no `as`'],
    ['extra fields without a user', { 'as-user-extra': { k: [] } }, 'impersonation-without-user', 'and no `as`'],
    [
      'a user with a line break to impersonate',
      { as: 'a\nb' },
      'impersonation-unsendable',
      'holds a control character',
    ],
    [
      'a token with a line break',
      { token: 'sesame\n' },
      'token-unsendable',
      'holds a line break or another control character',
    ],
    ['a plugin without a command', exec({ command: '' }), 'exec-command-missing', 'has no command'],
    ['a plugin without an apiVersion', exec({ apiVersion: '' }), 'exec-api-version', 'has no apiVersion'],
    [
      'a plugin of an apiVersion that was removed',
      exec({ apiVersion: 'client.authentication.k8s.io/v1alpha1' }),
      'exec-api-version',
      'has the apiVersion `client.authentication.k8s.io/v1alpha1`',
    ],
    [
      'a plugin that has an unnamed variable',
      exec({ env: [{ value: 'x' }] }),
      'exec-env',
      'has an environment variable without a name',
    ],
    [
      'a plugin of v1 without an interactiveMode',
      exec({ interactiveMode: '' }),
      'exec-interactive-mode',
      'has no interactiveMode',
    ],
    [
      'a plugin of an old version without an interactiveMode: one fault, and not two',
      exec({ apiVersion: 'client.authentication.k8s.io/v1alpha1', interactiveMode: '' }),
      'exec-api-version',
      'has the apiVersion `client.authentication.k8s.io/v1alpha1`',
    ],
    [
      'an interactiveMode that there is not',
      exec({ interactiveMode: 'Maybe' }),
      'exec-interactive-mode',
      'has the interactiveMode `Maybe`',
    ],
    [
      'a bad plugin beside a token',
      { token: 't', ...exec({ apiVersion: 'v1' }) },
      'exec-api-version',
      'has the apiVersion `v1`',
    ],
    [
      'a plugin and an auth-provider',
      { ...exec(), 'auth-provider': { name: 'oidc' } },
      'credentials-conflict',
      'stands beside an auth-provider',
    ],
  ])('%s', (_, user, code, message) => {
    const result = read(user).result();
    expect(result).toMatchObject({
      faults: [{ code, message: expect.stringContaining(message), hint: expect.stringMatching(/./) }],
    });
    expect(JSON.stringify(result)).not.toContain('sesame');
  });

  test('a token file and a password', () => {
    const { result } = read({ tokenFile: 'token', username: 'n' }, { files: { token: 't' } });
    expect(result()).toMatchObject({ faults: [{ code: 'credentials-conflict' }] });
  });

  test.each([
    ['gcp', 'gke-gcloud-auth-plugin'],
    ['azure', 'kubelogin convert-kubeconfig'],
    ['oidc', 'oidc-audience'],
    ['openstack', 'exec plugin'],
  ])('the auth-provider %s', (name, hint) => {
    expect(read({ 'auth-provider': { name } }).result()).toMatchObject({
      faults: [
        { code: 'auth-provider', message: expect.stringContaining(`\`${name}\``), hint: expect.stringContaining(hint) },
      ],
    });
  });

  test('several of these, which are told at once', () => {
    const { faults } = read({ token: 't', username: 'n', 'as-uid': '1', ...exec({ command: '' }) }).result() as {
      faults: readonly { code: string }[];
    };
    expect(faults.map(({ code }) => code)).toEqual([
      'credentials-conflict',
      'impersonation-without-user',
      'exec-command-missing',
    ]);
  });
});

describe('files', () => {
  test.each<[string, object, Record<string, string>]>([
    ['a token file', { tokenFile: 'nope' }, {}],
    ['a certificate', { 'client-certificate': 'nope', 'client-key-data': pair['client-key-data'] }, {}],
    ['a key', { 'client-certificate-data': pair['client-certificate-data'], 'client-key': 'nope' }, {}],
  ])('%s that is missing is an error that names it', async (_, user, files) => {
    const error = await gateErrorOf(read(user, { files }).result);
    expect(error).toMatchObject({ outcome: 'invalid-input', code: 'file-unreadable' });
    expect(error.message).toMatch(/of the user `u` .*nope: the file does not exist$/);
  });

  test('a token file of blanks holds no token', () => {
    expect(read({ tokenFile: 'token' }, { files: { token: ' \n' } }).result()).toMatchObject({
      faults: [{ code: 'token-file-empty' }],
    });
  });
});

describe('over http', () => {
  test.each<[string, object]>([
    ['a token', { token: 't' }],
    ['a token file, which is not even read', { tokenFile: 'nope' }],
    ['a password', { username: 'n', password: 'p' }],
    ['a certificate', pair],
    ['a plugin', exec()],
    ['an auth-provider', { 'auth-provider': { name: 'gcp' } }],
  ])('%s stays here, and the log says so', (_, user) => {
    const { world, result } = read(user, { tls: false });
    expect(result()).toMatchObject({ access: { signIn: { kind: 'anonymous' } } });
    expect(result()).not.toHaveProperty('access.certificate');
    expect(world.lines[0]).toBe(
      'The credentials of the user `u` are not sent: the server is reached by http, and they go only over https.',
    );
  });

  test('impersonation goes along, and nothing is said', () => {
    const { world, result } = read({ as: 'jane' }, { tls: false });
    expect(result()).toMatchObject({ access: { impersonate: { user: 'jane' } } });
    expect(world.lines).toEqual([]);
  });

  test('conflicts are errors all the same', () => {
    expect(read({ token: 't', username: 'n' }, { tls: false }).result()).toMatchObject({
      faults: [{ code: 'credentials-conflict' }],
    });
  });
});

describe('masked before anything else is done', () => {
  test.each<[string, object, Record<string, string>, readonly string[]]>([
    ['a token, even where it conflicts', { token: 'open-sesame', username: 'n' }, {}, ['open-sesame']],
    ['a password', { username: 'n', password: 'open-sesame' }, {}, ['open-sesame']],
    ['what a token file holds', { tokenFile: 'token' }, { token: 'open-sesame\n' }, ['open-sesame']],
    [
      'a variable of a plugin that is named like a secret',
      exec({
        env: [
          { name: 'CLIENT_SECRET', value: 'open-sesame' },
          { name: 'REGION', value: 'eu' },
        ],
      }),
      {},
      ['open-sesame'],
    ],
    [
      'an argument of a plugin that is named like a secret',
      exec({ args: ['--client-secret', 'open-sesame', '--login', 'spn'] }),
      {},
      ['open-sesame'],
    ],
  ])('%s', (_, user, files, masked) => {
    const { world, result } = read(user, { files });
    result();
    expect(world.masked).toEqual(masked);
  });

  test.each<[string, object, Record<string, string>]>([
    ['as data', pair, {}],
    [
      'in a file',
      { 'client-certificate-data': pair['client-certificate-data'], 'client-key': 'key' },
      { key: client.key },
    ],
  ])('each line of a key %s, and not the words that every key begins with', (_, user, files) => {
    const { world, result } = read(user, { files });
    result();
    const lines = client.key.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
    expect(world.masked).toEqual(expect.arrayContaining([...lines, base64(client.key)]));
    expect(world.masked.filter((secret) => secret.includes('-----'))).toEqual([]);
  });
});
