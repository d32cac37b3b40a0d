import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ServerAccess, SignIn, UserAccess } from '../../../src/cluster/access.ts';
import { credentialIdentity, credentialSource } from '../../../src/cluster/credentials/credentials.ts';
import { nobody } from '../../../src/cluster/credentials/impersonation.ts';
import { type SeenWorld, seenWorld } from '../../helpers/cluster-world.ts';
import { gateErrorOf } from '../../helpers/gate-error.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

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
const certificate = { cert: 'CERT', key: 'KEY', subject: 'CN=jane' };
const user = (signIn: SignIn, more: Partial<UserAccess> = {}): UserAccess => ({
  name: 'ci',
  signIn,
  impersonate: nobody,
  ...more,
});
const current = (access: UserAccess, world: SeenWorld = seenWorld()) =>
  credentialSource(access, server, world).current(signal);

describe('what is presented', () => {
  test.each<[string, UserAccess, object]>([
    ['nothing', user({ kind: 'anonymous' }), {}],
    ['a token', user({ kind: 'token', token: 't' }), { authorization: 'Bearer t' }],
    ['a token in UTF-8', user({ kind: 'token', token: 'ö' }), { authorization: 'Bearer Ã¶' }],
    [
      'a password',
      user({ kind: 'basic', username: 'jürgen', password: 'p:ss' }),
      { authorization: `Basic ${Buffer.from('jürgen:p:ss').toString('base64')}` },
    ],
    ['a certificate', user({ kind: 'anonymous' }, { certificate }), { certificate: { cert: 'CERT', key: 'KEY' } }],
    [
      'a certificate and a token',
      user({ kind: 'token', token: 't' }, { certificate }),
      { authorization: 'Bearer t', certificate: { cert: 'CERT', key: 'KEY' } },
    ],
  ])('%s', async (_, access, wanted) => {
    expect(await current(access)).toEqual(wanted);
  });

  test('a password is masked as it is sent', async () => {
    const world = seenWorld();
    await current(user({ kind: 'basic', username: 'n', password: 'sesame' }), world);
    expect(world.masked).toEqual([Buffer.from('n:sesame').toString('base64')]);
  });
});

describe('a token file', () => {
  function start(content: string | undefined, fallback = '') {
    const folder = temporaryFolder(content === undefined ? {} : { token: content });
    const path = join(folder, 'token');
    const world = seenWorld();
    const source = credentialSource(user({ kind: 'token-file', path, fallback }), server, world);
    return { path, world, source, current: async () => (await source.current(signal)).authorization };
  }

  test('is trimmed and masked', async () => {
    const { world, current: read } = start(' sesame\n');
    expect(await read()).toBe('Bearer sesame');
    expect(world.masked).toEqual(['sesame']);
  });

  test('wins over the token beside it', async () => {
    expect(await start('new', 'old').current()).toBe('Bearer new');
  });

  test.each([
    ['is missing', undefined],
    ['is empty', ''],
    ['holds a line break', 'a\nb'],
  ])('that %s leaves it to the token beside it', async (_, content) => {
    expect(await start(content, 'old').current()).toBe('Bearer old');
  });

  test.each([
    ['is missing', undefined, 'file-unreadable'],
    ['is empty', '', 'token-file-empty'],
  ])('that %s, with no token beside it, is an error', async (_, content, code) => {
    expect(await gateErrorOf(start(content).current)).toMatchObject({ outcome: 'invalid-input', code });
  });

  test('is read again after a while, and not before; the credential is the same while the token is', async () => {
    const { path, world, source } = start('one');
    const first = await source.current(signal);
    writeFileSync(path, 'two');
    world.advance(49_000);
    expect(await source.current(signal)).toBe(first);
    world.advance(2_000);
    expect(await source.current(signal)).toEqual({ authorization: 'Bearer two' });
  });

  test('that goes away leaves the last token', async () => {
    const { path, world, current: read } = start('one');
    await read();
    rmSync(path);
    world.advance(60_000);
    expect(await read()).toBe('Bearer one');
  });

  test('is read at once when the token is refused, and says when it is no other', async () => {
    const { path, source } = start('one');
    await source.current(signal);
    expect(await source.refresh?.(signal)).toBeUndefined();
    writeFileSync(path, 'two');
    expect(await source.refresh?.(signal)).toEqual({ authorization: 'Bearer two' });
    expect(await source.current(signal)).toEqual({ authorization: 'Bearer two' });
  });
});

describe('the identity', () => {
  test.each<[string, UserAccess, string]>([
    ['nobody', user({ kind: 'anonymous' }), 'anonymous'],
    ['the user’s name and not the token', user({ kind: 'token', token: 'sesame' }), 'token of ci'],
    [
      'the user’s name and not the file',
      user({ kind: 'token-file', path: '/sesame', fallback: 'sesame' }),
      'token of ci',
    ],
    ['the user name and not the password', user({ kind: 'basic', username: 'n', password: 'sesame' }), 'user name n'],
    ['the certificate’s subject', user({ kind: 'anonymous' }, { certificate }), 'certificate CN=jane'],
    ['both', user({ kind: 'token', token: 'sesame' }, { certificate }), 'certificate CN=jane; token of ci'],
    [
      'no more than that there is one, where nobody has a name',
      { ...user({ kind: 'token', token: 'sesame' }), name: '' },
      'token',
    ],
    ['the audience', user({ kind: 'oidc', audience: 'a' }), 'oidc a'],
  ])('is %s', (_, access, wanted) => {
    expect(credentialIdentity(access)).toBe(wanted);
  });
});
