/**
 * kubectl and this project, shown the same certificates in real handshakes: both trust the server, or neither does, but for the differences that the table names.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { enginePath } from '../../engines/paths.ts';
import { resolveCluster } from '../../src/cluster/cluster.ts';
import { GateError } from '../../src/model/errors.ts';
import { type Authority, type Credential, createAuthority, type ServerShape } from '../helpers/certificates.ts';
import { run } from '../helpers/processes.ts';
import { startRecordingServer } from '../helpers/recording-server.ts';
import { createWorld } from '../helpers/world.ts';

type Row = {
  readonly rule: string;
  readonly server: Credential;
  /** PEM. */
  readonly authority: string;
  /** By which name or address the server is asked; 127.0.0.1 when absent. */
  readonly host?: string;
  readonly tlsServerName?: string;
  readonly trusted: boolean;
  /** The code of our error. */
  readonly code?: string;
  /** Why kubectl fares otherwise. */
  readonly difference?: string;
};

const DAY_MS = 86_400_000;
const days = (from: number, to: number) => ({
  notBefore: new Date(Date.now() + from * DAY_MS),
  notAfter: new Date(Date.now() + to * DAY_MS),
});
const over = days(-10, -1);
const tomorrow = days(1, 10);

/** A server's certificate with those of the authorities above it, as a server sends them. */
const chained = ({ certificate, key }: Credential, ...above: readonly Authority[]): Credential => ({
  certificate: [certificate, ...above.map((each) => each.certificate)].join(''),
  key,
});
const bundle = (...authorities: readonly { readonly certificate: string }[]): string =>
  authorities.map(({ certificate }) => certificate).join('');

const LOOPBACK = { dns: ['localhost'], addresses: ['127.0.0.1'] };
const root = createAuthority('root');
const intermediate = root.intermediate('intermediate');
const issuing = intermediate.intermediate('issuing');

/** A row of a server whose certificate `root` issued. */
const shaped = (shape: ServerShape): Pick<Row, 'server' | 'authority'> => ({
  server: root.serverOf(shape),
  authority: root.certificate,
});

/** Two authorities of one name, of which the server's is the second. */
function namesakes(shape: { readonly keyIds?: boolean } = {}) {
  const [first, second] = [createAuthority('kubernetes', shape), createAuthority('kubernetes', shape)];
  return { first, second, server: second.serverOf({ ...LOOPBACK, keyIds: shape.keyIds }) };
}
const withKeyIds = namesakes();
const withoutKeyIds = namesakes({ keyIds: false });

/** One authority's keys, certified twice. */
const oldSelf = createAuthority('renewed', { validity: over });

const rows: readonly Row[] = [
  // Names
  { rule: 'names as they should be', ...shaped(LOOPBACK), trusted: true },
  {
    rule: 'a common name and no list of names',
    ...shaped({ commonName: 'localhost' }),
    host: 'localhost',
    trusted: false,
    code: 'certificate-without-names',
  },
  {
    rule: 'a common name that is an address and no list of names',
    ...shaped({ commonName: '127.0.0.1' }),
    trusted: false,
    code: 'certificate-without-names',
  },
  {
    rule: 'a common name that is right, beside a list of names that is not',
    ...shaped({ commonName: 'localhost', dns: ['other.example.com'] }),
    host: 'localhost',
    trusted: false,
    code: 'certificate-name-mismatch',
  },
  {
    rule: 'a common name that is right, beside a list of addresses only',
    ...shaped({ commonName: 'localhost', addresses: ['127.0.0.1'] }),
    host: 'localhost',
    trusted: false,
    code: 'certificate-name-mismatch',
  },
  {
    rule: 'an address in the list of DNS names',
    ...shaped({ dns: ['127.0.0.1'] }),
    trusted: false,
    code: 'certificate-name-mismatch',
  },
  {
    rule: 'an address in the list of DNS names, asked as tls-server-name',
    ...shaped({ dns: ['10.0.0.1'] }),
    tlsServerName: '10.0.0.1',
    trusted: false,
    code: 'certificate-name-mismatch',
  },
  {
    rule: 'another address',
    ...shaped({ addresses: ['127.0.0.2'] }),
    trusted: false,
    code: 'certificate-name-mismatch',
  },
  {
    rule: 'an address as tls-server-name',
    ...shaped({ addresses: ['10.0.0.1'] }),
    tlsServerName: '10.0.0.1',
    trusted: true,
  },
  {
    rule: 'an IPv6 address as tls-server-name, written in another way',
    ...shaped({ addresses: ['2001:db8::1'] }),
    tlsServerName: '2001:0db8:0:0::0001',
    trusted: true,
  },
  ...(
    [
      ['a wildcard for one label', '*.example.com', 'api.example.com', true],
      ['a wildcard does not stand for two labels', '*.example.com', 'a.b.example.com', false],
      ['a wildcard does not stand for no label', '*.example.com', 'example.com', false],
      ['a wildcard of a private zone of one label', '*.internal', 'api.internal', true],
      ['a wildcard alone', '*', 'localhost', false],
      ['a wildcard within a label', 'a*.example.com', 'api.example.com', false],
      ['a wildcard that is not the first label', 'api.*.com', 'api.example.com', false],
      ['upper case in the certificate', 'API.Example.COM', 'api.example.com', true],
      ['upper case in the name asked', 'api.example.com', 'API.EXAMPLE.COM', true],
      ['a dot at the end of the name asked', 'api.example.com', 'api.example.com.', true],
      ['a dot at the end of the name in the certificate', 'api.example.com.', 'api.example.com', false],
      ['an underscore', 'api_1.example.com', 'api_1.example.com', true],
      ['an underscore below a wildcard', '*.example.com', 'api_1.example.com', true],
      ['a hyphen at the beginning of a label', '*.example.com', '-api.example.com', false],
    ] as const
  ).map(([rule, dns, tlsServerName, trusted]): Row => {
    const code = trusted ? {} : { code: 'certificate-name-mismatch' };
    return { rule, ...shaped({ dns: [dns] }), tlsServerName, trusted, ...code };
  }),

  // What a CA may be
  {
    rule: 'the root, of a chain sent whole',
    server: chained(issuing.serverOf(LOOPBACK), issuing, intermediate),
    authority: root.certificate,
    trusted: true,
  },
  {
    rule: 'an intermediate, of a chain sent whole',
    server: chained(issuing.serverOf(LOOPBACK), issuing, intermediate),
    authority: intermediate.certificate,
    trusted: true,
  },
  {
    rule: 'the issuing authority, of a chain sent whole',
    server: chained(issuing.serverOf(LOOPBACK), issuing, intermediate),
    authority: issuing.certificate,
    trusted: true,
  },
  {
    rule: 'the issuing authority, of a chain sent with its root',
    server: chained(issuing.serverOf(LOOPBACK), issuing, intermediate, root),
    authority: issuing.certificate,
    trusted: true,
  },
  {
    rule: 'the issuing authority, of a chain of one',
    server: issuing.serverOf(LOOPBACK),
    authority: issuing.certificate,
    trusted: true,
  },
  {
    rule: 'an intermediate, where the one below it is not sent',
    server: issuing.serverOf(LOOPBACK),
    authority: intermediate.certificate,
    trusted: false,
    code: 'certificate-unknown-authority',
  },
  {
    rule: 'an intermediate and the one below it, where none is sent',
    server: issuing.serverOf(LOOPBACK),
    authority: bundle(issuing, intermediate),
    trusted: true,
  },
  {
    rule: 'root and intermediates, where none is sent',
    server: issuing.serverOf(LOOPBACK),
    authority: bundle(root, intermediate, issuing),
    trusted: true,
  },
  ...[root.serverOf(LOOPBACK)].map(
    (server): Row => ({ rule: "the server's own certificate", server, authority: server.certificate, trusted: true }),
  ),
  {
    rule: "another certificate of the server's authority",
    server: root.serverOf(LOOPBACK),
    authority: root.serverOf(LOOPBACK).certificate,
    trusted: false,
    code: 'certificate-unknown-authority',
  },
  {
    rule: 'a stranger',
    server: root.serverOf(LOOPBACK),
    authority: createAuthority('stranger').certificate,
    trusted: false,
    code: 'certificate-unknown-authority',
  },

  // Authorities of one name
  {
    rule: 'an old and a new authority of one name, the old first',
    server: withKeyIds.server,
    authority: bundle(withKeyIds.first, withKeyIds.second),
    trusted: true,
  },
  {
    rule: 'an old and a new authority of one name, the new first',
    server: withKeyIds.server,
    authority: bundle(withKeyIds.second, withKeyIds.first),
    trusted: true,
  },
  {
    rule: 'two authorities of one name without key identifiers, the right one last',
    server: withoutKeyIds.server,
    authority: bundle(withoutKeyIds.first, withoutKeyIds.second),
    trusted: true,
  },
  {
    rule: 'two authorities of one name without key identifiers, the right one first',
    server: withoutKeyIds.server,
    authority: bundle(withoutKeyIds.second, withoutKeyIds.first),
    trusted: true,
  },
  {
    rule: 'two authorities of one name, neither of them right',
    server: namesakes({ keyIds: false }).server,
    authority: bundle(withoutKeyIds.second, withoutKeyIds.first),
    trusted: false,
    code: 'certificate-unknown-authority',
  },
  ...[0, 1, 2, 3].map((place): Row => {
    const all = [0, 1, 2, 3].map(() => createAuthority('four', { keyIds: false }));
    return {
      rule: `the right one of four of one name: number ${place + 1}`,
      server: (all[place] ?? root).serverOf({ ...LOOPBACK, keyIds: false }),
      authority: bundle(...all),
      trusted: true,
    };
  }),
  ...[false, true].map((reversed): Row => {
    const roots = [createAuthority('two', { keyIds: false }), createAuthority('two', { keyIds: false })];
    const below = roots.map((each) => each.intermediate('below', { keyIds: false }));
    const order = reversed ? [...roots, ...below].reverse() : [...roots, ...below];
    return {
      rule: `two chains of the same names in one bundle${reversed ? ', backwards' : ''}`,
      server: (below[1] ?? root).serverOf({ ...LOOPBACK, keyIds: false }),
      authority: bundle(...order),
      trusted: true,
    };
  }),
  {
    rule: 'an old authority that is over, beside the new one of its name',
    server: withKeyIds.second.serverOf(LOOPBACK),
    authority: bundle(createAuthority('kubernetes', { validity: over }), withKeyIds.second),
    trusted: true,
  },

  ...['first', 'last'].map((place): Row => {
    const { certificate } = createAuthority('intermediate', { keyIds: false });
    const sent = root.intermediate('intermediate', { keyIds: false });
    const order = place === 'first' ? [{ certificate }, root] : [root, { certificate }];
    return {
      rule: `a stranger that bears the name of an intermediate that is sent, ${place} in the bundle`,
      server: chained(sent.serverOf({ ...LOOPBACK, keyIds: false }), sent),
      authority: bundle(...order),
      trusted: true,
    };
  }),
  ...[7, 30].map((count): Row => {
    const others = Array.from({ length: count }, (_, index) => createAuthority(`other ${index}`));
    return {
      rule: `two of one name behind ${count} others`,
      server: withoutKeyIds.server,
      authority: bundle(...others, withoutKeyIds.first, withoutKeyIds.second),
      trusted: true,
    };
  }),

  // Time
  {
    rule: 'a certificate that is over',
    ...shaped({ ...LOOPBACK, validity: over }),
    trusted: false,
    code: 'certificate-expired',
  },
  {
    rule: 'a certificate of tomorrow',
    ...shaped({ ...LOOPBACK, validity: tomorrow }),
    trusted: false,
    code: 'certificate-not-yet-valid',
  },
  {
    rule: 'an authority that is over',
    server: oldSelf.serverOf(LOOPBACK),
    authority: oldSelf.certificate,
    trusted: false,
    code: 'certificate-expired',
  },

  ...[root.serverOf({ ...LOOPBACK, validity: over })].map(
    (server): Row => ({
      rule: "the server's own certificate, which is over",
      server,
      authority: server.certificate,
      trusted: false,
      code: 'certificate-expired',
    }),
  ),
  {
    rule: 'an intermediate that is over',
    ...below({ validity: over }),
    trusted: false,
    code: 'certificate-expired',
  },

  // Purpose
  {
    rule: 'a certificate for clients',
    ...shaped({ ...LOOPBACK, extendedKeyUsage: 'client' }),
    trusted: false,
    code: 'certificate-invalid',
  },
  {
    rule: 'a certificate that says nothing of its purpose',
    ...shaped({ ...LOOPBACK, extendedKeyUsage: 'none', keyUsage: 'none', basicConstraints: 'none' }),
    trusted: true,
  },
  {
    rule: 'a key for issuing only, as the server',
    ...shaped({ ...LOOPBACK, keyUsage: 'issuing' }),
    trusted: false,
    code: 'certificate-invalid',
    difference: 'Go does not look at the key usage of a server, OpenSSL does',
  },
  {
    rule: 'an authority for clients only',
    ...below({ extendedKeyUsage: 'client' }),
    trusted: false,
    code: 'certificate-invalid',
  },
  {
    rule: 'an authority that may not issue',
    ...below({ keyUsage: 'signing' }),
    trusted: false,
    code: 'certificate-invalid',
  },
  {
    rule: 'an authority that is none',
    ...below({ basicConstraints: 'end' }),
    trusted: false,
    code: 'certificate-invalid',
  },
  {
    rule: 'an authority that does not say that it is one',
    ...below({ basicConstraints: 'none' }),
    trusted: false,
    code: 'certificate-invalid',
  },
  { rule: 'an authority that says nothing of its keys', ...below({ keyUsage: 'none' }), trusted: true },
  {
    rule: 'a path that is longer than its root allows',
    ...below({}, { pathLength: 0 }),
    trusted: false,
    code: 'certificate-invalid',
  },
  { rule: 'a path that is as long as its root allows', ...below({}, { pathLength: 1 }), trusted: true },
  {
    rule: 'names that the authority may give',
    ...constrained('example.com', 'api.example.com'),
    tlsServerName: 'api.example.com',
    trusted: true,
  },
  {
    rule: 'names that the authority may not give',
    ...constrained('example.com', 'api.example.org'),
    tlsServerName: 'api.example.org',
    trusted: false,
    code: 'certificate-invalid',
  },

  {
    rule: 'a root for clients only',
    ...rooted({ extendedKeyUsage: 'client' }),
    trusted: false,
    code: 'certificate-invalid',
  },
  { rule: 'a root that may not issue', ...rooted({ keyUsage: 'signing' }), trusted: false },
  { rule: 'a root that is no authority', ...rooted({ basicConstraints: 'end' }), trusted: false },
  {
    rule: 'a root that only its key usage calls an authority',
    ...rooted({ basicConstraints: 'none' }),
    trusted: true,
    difference: 'OpenSSL believes the key usage, Go wants the basic constraints',
  },
  {
    rule: 'a root that says nothing at all',
    ...rooted({ basicConstraints: 'none', keyUsage: 'none', keyIds: false }),
    trusted: false,
  },

  // Keys
  { rule: 'a signature with SHA-1', ...shaped({ ...LOOPBACK, sha1: true }), trusted: false },
  { rule: 'a root that signed itself with SHA-1', ...rooted({ sha1: true }), trusted: true },
  { rule: 'RSA of 2048 bits', ...shaped({ ...LOOPBACK, keys: 'rsa-2048' }), trusted: true },
  { rule: 'RSA of 1024 bits', ...shaped({ ...LOOPBACK, keys: 'rsa-1024' }), trusted: true },
  ...[createAuthority('short', { keys: 'rsa-1024' })].map(
    (short): Row => ({
      rule: 'an authority with RSA of 1024 bits',
      server: short.serverOf({ ...LOOPBACK, keys: 'rsa-2048' }),
      authority: short.certificate,
      trusted: true,
    }),
  ),
];

/** A server below an authority of this shape, below a root of that one. */
function below(shape: Parameters<Authority['intermediate']>[1], rootShape: Parameters<typeof createAuthority>[1] = {}) {
  const above = createAuthority('above', rootShape);
  const authority = above.intermediate('shaped', shape);
  return { server: chained(authority.serverOf(LOOPBACK), authority), authority: above.certificate };
}

/** A server right below a root of this shape. */
function rooted(shape: Parameters<typeof createAuthority>[1]) {
  const authority = createAuthority('rooted', shape);
  return { server: authority.serverOf({ ...LOOPBACK, keyIds: true }), authority: authority.certificate };
}

function constrained(permittedDomain: string, name: string) {
  const authority = createAuthority('constrained', { permittedDomain });
  return { server: authority.serverOf({ dns: [name] }), authority: authority.certificate };
}

const folder = mkdtempSync(join(tmpdir(), 'kube-api-gate-handshakes-'));
let files = 0;
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  const differences = rows.flatMap(({ rule, difference }) =>
    difference === undefined ? [] : [`  ${rule}: ${difference}`],
  );
  console.log(
    [`kubectl and kube-api-gate compared in ${rows.length} handshakes; they differ in:`, ...differences].join('\n'),
  );
});

describe('shown the same certificate', () => {
  test.each(rows)(
    '$rule: trusted $trusted',
    async ({ server, authority, host = '127.0.0.1', tlsServerName, ...row }) => {
      const listening = await startRecordingServer(server);
      try {
        const path = join(folder, String(files++));
        const cluster = {
          server: `https://${host}:${listening.port}`,
          'certificate-authority-data': Buffer.from(authority).toString('base64'),
          ...(tlsServerName === undefined ? {} : { 'tls-server-name': tlsServerName }),
        };
        const kubeconfig = JSON.stringify({
          apiVersion: 'v1',
          kind: 'Config',
          clusters: [{ name: 'c', cluster }],
          users: [{ name: 'u', user: { token: 'handshake-token' } }],
          contexts: [{ name: 'k', context: { cluster: 'c', user: 'u' } }],
          'current-context': 'k',
        });
        writeFileSync(path, kubeconfig);
        const kubectl = await run(enginePath('kubectl'), ['api-versions', `--kubeconfig=${path}`], {
          env: { HOME: folder, PATH: process.env['PATH'] ?? '' },
          cwd: folder,
        });
        const theirs = listening.arrivals.splice(0).length > 0;
        const error = await ask(kubeconfig);
        const ours = listening.arrivals.splice(0).length > 0;
        const words = `${kubectl.stderr}\n${error?.code}: ${error?.message}`;
        expect(ours, words).toBe(row.trusted);
        expect(theirs, words).toBe(row.difference === undefined ? row.trusted : !row.trusted);
        if (row.code !== undefined) expect(error?.code, words).toBe(row.code);
      } finally {
        await listening.close();
      }
    },
  );
});

async function ask(kubeconfig: string): Promise<GateError | undefined> {
  const cluster = await resolveCluster({ kind: 'kubeconfig', kubeconfig }, createWorld());
  const connection = cluster.open({ signal: AbortSignal.timeout(10_000), timeoutMs: 10_000 });
  try {
    await connection.get({ path: '/apis', accept: 'application/json' });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof GateError) return thrown;
    throw thrown;
  } finally {
    await connection.close();
  }
}
