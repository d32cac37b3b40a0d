import { checkServerIdentity } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { alternativeNames, checkServerName } from '../../../src/cluster/connection/server-name.ts';

// __tests__/e2e/kubectl-handshakes.test.ts holds the same rules against kubectl.
test.each([
  ['a name that is listed', 'k8s.example.com', 'DNS:k8s.example.com', true],
  ['one of several', 'b', 'DNS:a, DNS:b, IP Address:10.0.0.1', true],
  ['another name', 'k8s.example.com', 'DNS:other.example.com', false],
  ['no list at all', 'k8s.example.com', undefined, false],
  ['an empty list', 'k8s.example.com', '', false],
  ['letters of either case', 'K8S.example.com', 'DNS:k8s.EXAMPLE.com', true],
  ['a dot at the end of what is asked', 'k8s.example.com.', 'DNS:k8s.example.com', true],
  ['a dot at the end of what is listed', 'k8s.example.com', 'DNS:k8s.example.com.', false],
  ['a wildcard for its label', 'k8s.example.com', 'DNS:*.example.com', true],
  ['a wildcard for two labels', 'a.b.example.com', 'DNS:*.example.com', false],
  ['a wildcard for nothing', 'example.com', 'DNS:*.example.com', false],
  ['a wildcard of a zone of one label', 'k8s.internal', 'DNS:*.internal', true],
  ['a wildcard alone', 'k8s', 'DNS:*', false],
  ['a wildcard as a part of a label', 'k8s.example.com', 'DNS:k*.example.com', false],
  ['a wildcard in the middle', 'k8s.a.com', 'DNS:k8s.*.com', false],
  ['a wildcard for a name in letters beyond ASCII', 'xn--bcher-kva.example.com', 'DNS:*.example.com', true],
  ['an address among the addresses', '10.0.0.1', 'IP Address:10.0.0.1', true],
  ['an address among the names', '10.0.0.1', 'DNS:10.0.0.1', false],
  ['an address below a wildcard', '10.0.0.1', 'DNS:*.0.0.1', false],
  ['a name that only an URI holds', 'k8s.example.com', 'URI:https://k8s.example.com', false],
  ['an IPv6 address in another spelling', '2001:db8::1', 'IP Address:2001:DB8:0:0:0:0:0:1', true],
  ['an IPv6 address in brackets', '[::1]', 'IP Address:0:0:0:0:0:0:0:1', true],
  ['another IPv6 address', '::1', 'IP Address:0:0:0:0:0:0:0:2', false],
  ['an IPv4 address written as IPv6', '::ffff:10.0.0.1', 'IP Address:10.0.0.1', true],
  ['a name that is smuggled in by quotes', 'b', 'DNS:"a\\", DNS:b, DNS:\\"c"', false],
  ['a name that is smuggled in by a comma', 'evil', 'DNS:"x, DNS:evil"', false],
  ['a name behind one in quotes', 'b', 'DNS:"x, y", DNS:b', true],
  ['the empty name', '', 'DNS:', false],
  ['a dot', '.', 'DNS:.', false],
] as const)('%s: %s, %s', (_rule, name, subjectaltname, matches) => {
  const error = checkServerName(name, subjectaltname === undefined ? {} : { subjectaltname });
  expect(error === undefined).toBe(matches);
  if (!matches) expect(error).toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

describe('unlike the check of Node', () => {
  test.each([
    ['the common name is not asked', 'k8s', { subject: { CN: 'k8s' }, subjectaltname: undefined }, true, false],
    ['a part of a label is no pattern', 'k8s.example.com', { subjectaltname: 'DNS:k*.example.com' }, true, false],
    ['a zone of one label is one', 'k8s.internal', { subjectaltname: 'DNS:*.internal' }, false, true],
  ])('%s', (_rule, name, shown, theirs, ours) => {
    const certificate = { subject: {}, ...shown } as Parameters<typeof checkServerIdentity>[1];
    expect(checkServerIdentity(name, certificate) === undefined).toBe(theirs);
    expect(checkServerName(name, certificate) === undefined).toBe(ours);
  });
});

test('names that could be mistaken for the list are left out of it', () => {
  expect(alternativeNames('DNS:a, DNS:"b, DNS:c", IP Address:10.0.0.1, URI:spiffe://x')).toEqual([
    { kind: 'DNS', value: 'a' },
    { kind: 'IP Address', value: '10.0.0.1' },
    { kind: 'URI', value: 'spiffe://x' },
  ]);
});
