import { describe, expect, test } from 'vitest';
import type { Credential } from '../../../src/cluster/access.ts';
import { stateOf } from '../../../src/cluster/connection/refused-credential.ts';
import { createAuthority } from '../../helpers/certificates.ts';

const now = Date.parse('2026-06-15T12:00:00Z');
const seconds = (text: string) => Date.parse(text) / 1000;
const jwt = (claims: unknown): Credential => ({
  authorization: `Bearer eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`,
});
const certificate = (from: string, to: string): Credential => {
  const issued = createAuthority().client('ci', [], { notBefore: new Date(from), notAfter: new Date(to) });
  return { certificate: { cert: issued.certificate, key: issued.key } };
};
const old = certificate('2025-01-01', '2026-01-01');

describe('what is known of a credential that was refused', () => {
  test.each<[string, Credential, boolean, string]>([
    ['a certificate that is over', old, true, 'the client certificate expired on 2026-01-01T00:00:00Z'],
    [
      'a certificate of tomorrow',
      certificate('2027-01-01', '2028-01-01'),
      true,
      'the client certificate is not valid before 2027-01-01T00:00:00Z',
    ],
    [
      'a certificate that holds',
      certificate('2026-01-01', '2027-01-01'),
      false,
      'the client certificate is valid until 2027-01-01T00:00:00Z',
    ],
    [
      'a token that is over',
      jwt({ exp: seconds('2026-06-15T11:59:59Z') }),
      true,
      'the token expired on 2026-06-15T11:59:59Z',
    ],
    [
      'a token of tomorrow',
      jwt({ nbf: seconds('2026-06-16T00:00:00Z') }),
      true,
      'the token is not valid before 2026-06-16T00:00:00Z',
    ],
    [
      'a token for somebody else',
      jwt({ exp: seconds('2027-01-01'), aud: ['a', 'b'] }),
      false,
      'the token is valid until 2027-01-01T00:00:00Z and is for the audience "a", "b"',
    ],
    [
      'a token with one audience',
      jwt({ aud: 'sts.amazonaws.com' }),
      false,
      'the token is for the audience "sts.amazonaws.com"',
    ],
    [
      'an exec credential that is over',
      { authorization: 'Bearer opaque', expiresAt: now - 1000 },
      true,
      "the exec plugin's credential expired on 2026-06-15T11:59:59Z",
    ],
    [
      'a certificate that is over beside a token that holds',
      { ...old, ...jwt({ exp: seconds('2027-01-01') }) },
      true,
      'the client certificate expired on 2026-01-01T00:00:00Z',
    ],
    [
      'two that are over',
      { ...old, ...jwt({ exp: seconds('2026-01-01') }) },
      true,
      'the client certificate expired on 2026-01-01T00:00:00Z, and the token expired on 2026-01-01T00:00:00Z',
    ],
  ])('%s', (_rule, credential, invalid, message) => {
    expect(stateOf(credential, now)).toEqual({ invalid, message });
  });

  test.each<[string, Credential]>([
    ['nothing', {}],
    ['an opaque token', { authorization: 'Bearer opaque-token' }],
    ['a password', { authorization: 'Basic dXNlcjpwdw==' }],
    ['a token that is not JSON', { authorization: 'Bearer eyJ.bm90IGpzb24.x' }],
    ['a token of a list', jwt([1])],
    ['a token whose claims are of other types', jwt({ exp: 'tomorrow', nbf: null, aud: 5 })],
    ['a token that expires in another age', jwt({ exp: 1e300 })],
    ['a certificate that does not parse', { certificate: { cert: 'no', key: 'no' } }],
    ['an exec credential that holds', { authorization: 'Bearer opaque', expiresAt: now + 1 }],
  ])('nothing is: %s', (_rule, credential) => {
    expect(stateOf(credential, now)).toBeUndefined();
  });
});
