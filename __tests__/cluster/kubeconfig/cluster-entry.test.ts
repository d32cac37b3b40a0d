import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCluster, readServerUrl } from '../../../src/cluster/kubeconfig/cluster-entry.ts';
import { decodeKubeconfig } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { createAuthority } from '../../helpers/certificates.ts';
import { seenWorld } from '../../helpers/cluster-world.ts';
import { gateErrorOf } from '../../helpers/gate-error.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const authority = createAuthority();
const pem = authority.certificate;
const base64 = (text: string) => Buffer.from(text).toString('base64');

function read(cluster: object, files: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder(files);
  const origin = { place: { kind: 'input', input: 'kubeconfig' }, folder } as const;
  const document = { clusters: [{ name: 'c', cluster: { server: 'https://k8s.example.com:6443', ...cluster } }] };
  const entry = decodeKubeconfig(document, origin, (path) => join(folder, path)).clusters.get('c');
  if (entry === undefined) throw new Error('no entry');
  const world = seenWorld();
  return { world, result: () => readCluster(entry, world.secrets) };
}

describe('the server', () => {
  test.each([
    ['https', 'https://a.example.com:6443', 'https://a.example.com:6443/'],
    ['http', 'http://127.0.0.1:8001', 'http://127.0.0.1:8001/'],
    ['an IPv6 address', 'https://[2001:db8::1]:6443', 'https://[2001:db8::1]:6443/'],
    ['a path', 'https://rancher/k8s/clusters/c-1', 'https://rancher/k8s/clusters/c-1'],
    ['upper case', 'HTTPS://A.Example.com', 'https://a.example.com/'],
    ['a port that goes without saying', 'https://a:443', 'https://a/'],
    ['a query and a fragment, which are dropped', 'https://a/p?x=1#y', 'https://a/p'],
  ])('may have %s', (_, text, href) => {
    expect(readServerUrl(text, 'It')).toMatchObject({ kind: 'good', url: new URL(href) });
  });

  test.each([
    ['be absent', '', 'server-missing', 'It has no server'],
    [
      'lack a scheme',
      'a.example.com:6443',
      'server-without-scheme',
      'It has a server without a scheme: `a.example.com:6443`',
    ],
    ['lack a scheme and slashes', 'a:6443', 'server-without-scheme', 'It has a server without a scheme: `a:6443`'],
    ['have another scheme', 'ftp://a', 'server-scheme', 'It has a server with the scheme ftp'],
    ['not be a URL', 'https://a b', 'server-not-a-url', 'It has a server that is not a URL: `https://a b`'],
    ['lack a host', 'https://', 'server-not-a-url', 'It has a server that is not a URL: `https://`'],
    [
      'have a port that there is not',
      'https://a:99999',
      'server-not-a-url',
      'It has a server that is not a URL: `https://a:99999`',
    ],
    [
      'hold a password, which is not shown',
      'https://ann:sesame@a',
      'server-with-password',
      'It has a server with a user name or a password in its URL',
    ],
    [
      'hold a password without a scheme, which is not shown',
      'ann:sesame@a',
      'server-without-scheme',
      'It has a server without a scheme',
    ],
  ])('may not %s', (_, text, code, message) => {
    const read = readServerUrl(text, 'It');
    expect(read).toMatchObject({ kind: 'bad', fault: { code, message } });
    expect(JSON.stringify(read)).not.toContain('sesame');
  });
});

describe('the CA', () => {
  test.each<[string, object, Record<string, string>, object]>([
    [
      'as data',
      { 'certificate-authority-data': base64(pem) },
      {},
      { certificateAuthority: pem, certificateAuthorityText: pem },
    ],
    [
      'as a file',
      { 'certificate-authority': 'ca.pem' },
      { 'ca.pem': pem },
      { certificateAuthority: pem, certificateAuthorityText: pem },
    ],
    [
      'with text around it',
      { 'certificate-authority-data': base64(`x\n${pem}y`) },
      {},
      { certificateAuthority: pem, certificateAuthorityText: `x\n${pem}y` },
    ],
    ['of the system', {}, {}, { certificateAuthorityText: '', certificateAuthorityDigest: 'system' }],
    [
      'of nobody',
      { 'insecure-skip-tls-verify': true },
      {},
      { insecureSkipTlsVerify: true, certificateAuthorityDigest: 'none' },
    ],
    [
      'that is not needed over http',
      { server: 'http://a', 'certificate-authority-data': base64('x'), 'insecure-skip-tls-verify': true },
      {},
      { certificateAuthorityText: '' },
    ],
  ])('%s', (_, cluster, files, wanted) => {
    expect(read(cluster, files).result()).toMatchObject({ access: wanted });
  });

  test.each<[string, object, Record<string, string>, string, string]>([
    [
      'twice',
      { 'certificate-authority-data': base64(pem), 'certificate-authority': 'ca.pem' },
      { 'ca.pem': pem },
      'certificate-authority-twice',
      'The cluster `c` has both certificate-authority and certificate-authority-data',
    ],
    [
      'with verification off',
      { 'certificate-authority-data': base64(pem), 'insecure-skip-tls-verify': true },
      {},
      'certificate-authority-and-insecure',
      'The cluster `c` has a CA and insecure-skip-tls-verify',
    ],
    [
      'that is not PEM',
      { 'certificate-authority-data': base64('sesame') },
      {},
      'certificate-authority-not-pem',
      'The certificate-authority-data of the cluster `c` holds no PEM certificate (`-----BEGIN CERTIFICATE-----`)',
    ],
    [
      'that is a key',
      { 'certificate-authority-data': base64(authority.client('x').key) },
      {},
      'certificate-authority-not-pem',
      'The certificate-authority-data of the cluster `c` holds a private key and no certificate',
    ],
    [
      'that does not parse',
      { 'certificate-authority-data': base64(pem.replace(/\nMII/, '\nAAA')) },
      {},
      'certificate-authority-not-pem',
      'The certificate-authority-data of the cluster `c` holds no certificate that parses',
    ],
    [
      'from an empty file',
      { 'certificate-authority': 'ca.pem' },
      { 'ca.pem': '' },
      'certificate-authority-not-pem',
      'is empty',
    ],
  ])('is refused %s', (_, cluster, files, code, message) => {
    const result = read(cluster, files).result();
    expect(result).toMatchObject({ faults: [{ code, message: expect.stringContaining(message) }] });
    expect(JSON.stringify(result)).not.toContain('sesame');
  });

  test('in a file that is missing is an error even over http', async () => {
    const error = await gateErrorOf(read({ server: 'http://a', 'certificate-authority': 'nope.pem' }).result);
    expect(error.message).toMatch(
      /^Cannot read the CA certificate of the cluster `c` .*nope\.pem: the file does not exist$/,
    );
  });
});

describe('the proxy', () => {
  test.each(['http://p:3128', 'https://p', 'socks5://p:1080', 'http://ann:sesame@p:3128'])('%s', (proxyUrl) => {
    expect(read({ 'proxy-url': proxyUrl }).result()).toMatchObject({ access: { proxyUrl } });
  });

  test.each([
    ['http://ann:12#se@p:1', 'The user or password in the proxy-url of the cluster `c` holds a #, /, ? or \\'],
    ['socks5://ann:1/2@p:1', 'The user or password in the proxy-url of the cluster `c` holds a #, /, ? or \\'],
    ['ftp://p', 'The proxy-url of the cluster `c` has the scheme ftp'],
    ['socks5h://p', 'The proxy-url of the cluster `c` has the scheme socks5h'],
    ['p:3128', 'The proxy-url of the cluster `c` has the scheme p'],
    ['127.0.0.1:3128', 'The proxy-url of the cluster `c` is not a URL'],
    ['http://ann:sesame@', 'The proxy-url of the cluster `c` is not a URL'],
  ])('%s is refused', (proxyUrl, message) => {
    expect(read({ 'proxy-url': proxyUrl }).result()).toMatchObject({ faults: [{ code: 'proxy-url', message }] });
  });

  test('its password is masked, as it is written and as it is meant', () => {
    const { world, result } = read({ 'proxy-url': 'http://ann:open%40sesame@p:3128' });
    result();
    expect(world.masked).toEqual(['open%40sesame', 'open@sesame']);
  });
});

test('all faults of a cluster are told at once', () => {
  const result = read({
    server: 'a:6443',
    'proxy-url': 'ftp://p',
    'certificate-authority-data': base64(pem),
    'certificate-authority': 'x',
  }).result();
  expect(result).toMatchObject({
    faults: [{ code: 'server-without-scheme' }, { code: 'proxy-url' }, { code: 'certificate-authority-twice' }],
  });
});

test('what is not set is not there', () => {
  const { access } = read({}).result() as { access: object };
  const set = Object.entries(access).filter(([, value]) => value !== undefined);
  expect(set.map(([name]) => name).sort()).toEqual([
    'certificateAuthorityDigest',
    'certificateAuthorityText',
    'configuredServer',
    'disableCompression',
    'execConfig',
    'insecureSkipTlsVerify',
    'server',
  ]);
});
