import type { Secrets } from '../../model/world.ts';
import type { ServerAccess } from '../access.ts';
import { readAuthority } from '../credentials/certificate.ts';
import { maskSecret } from '../credentials/mask.ts';
import { requireTextFile } from '../named-file.ts';
import { isUserinfoCut, passwordsIn } from '../proxy-url.ts';
import type { Fault, ReadEntry } from './fault.ts';
import type { ClusterEntry } from './kubeconfig.ts';

/**
 * Checks a cluster's entry and reads its CA.
 * @throws GateError `invalid-input` for a file that cannot be read
 * @see client-go tools/clientcmd/validation.go validateClusterInfo, transport/transport.go TLSConfigFor
 */
export function readCluster(entry: ClusterEntry, secrets: Secrets): ReadEntry<ServerAccess> {
  const name = `cluster \`${entry.name}\``;
  for (const password of passwordsIn(entry.proxyUrl)) maskSecret(password, secrets);
  const server = readServerUrl(entry.server, `The ${name}`);
  const proxyFault = checkProxyUrl(entry.proxyUrl, name);
  const authority = readClusterAuthority(entry, name, server.kind === 'good' && server.url.protocol === 'https:');
  const faults = [
    ...(server.kind === 'bad' ? [server.fault] : []),
    ...(proxyFault === undefined ? [] : [proxyFault]),
    ...authority.faults,
  ];
  if (faults.length > 0 || server.kind === 'bad') return { faults };
  return {
    access: {
      server: server.url,
      configuredServer: entry.server,
      certificateAuthority: authority.pem,
      certificateAuthorityText: authority.text,
      certificateAuthorityDigest: authority.digest,
      insecureSkipTlsVerify: entry.insecureSkipTlsVerify,
      ...(entry.tlsServerName === '' ? {} : { tlsServerName: entry.tlsServerName }),
      ...(entry.proxyUrl === '' ? {} : { proxyUrl: entry.proxyUrl }),
      disableCompression: entry.disableCompression,
      execConfig: entry.execConfig,
    },
  };
}

/**
 * Checks the URL of an API server; `what` begins the messages. A query and a fragment are dropped, as in client-go.
 *
 * client-go would take a server without a scheme for plain http, and send nothing that proves who asks: nobody means that.
 */
export function readServerUrl(
  text: string,
  what: string,
): { readonly kind: 'good'; readonly url: URL } | { readonly kind: 'bad'; readonly fault: Fault } {
  const bad = (code: string, message: string, hint: string) =>
    ({ kind: 'bad', fault: { code, message, hint } }) as const;
  if (text === '') {
    return bad(
      'server-missing',
      `${what} has no server`,
      'Give the URL of the API server, for example https://k8s.example.com:6443.',
    );
  }
  // What stands before an @ may be a password.
  const shown = text.includes('@') ? '' : ` \`${text}\``;
  if (isPlaceholder(text)) {
    return bad(
      'server-placeholder',
      `${what} has a server in which a variable or quotes are left${shown === '' ? '' : `:${shown}`}`,
      'Nothing replaces variables in a kubeconfig or an input: fill in the URL, for example with `envsubst` in an earlier step, and leave quotes out of the value.',
    );
  }
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) {
    return bad(
      'server-without-scheme',
      `${what} has a server without a scheme${shown === '' ? '' : `:${shown}`}`,
      `Write https:// before it.`,
    );
  }
  const url = URL.parse(text);
  if (url === null || url.hostname === '') {
    return bad(
      'server-not-a-url',
      `${what} has a server that is not a URL${shown === '' ? '' : `:${shown}`}`,
      'It should look like https://k8s.example.com:6443.',
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return bad(
      'server-scheme',
      `${what} has a server with the scheme ${url.protocol.slice(0, -1)}`,
      'An API server is reached by https (or, without credentials, by http).',
    );
  }
  if (url.username !== '' || url.password !== '') {
    return bad(
      'server-with-password',
      `${what} has a server with a user name or a password in its URL`,
      'Put them into `username` and `password` of the user: URLs end up in logs.',
    );
  }
  url.search = '';
  url.hash = '';
  return { kind: 'good', url };
}

/** Whether a template was not filled in, or a value was quoted twice. */
export function isPlaceholder(server: string): boolean {
  return /\$\{|\$\(|\{\{|\}\}|^\$|:\/\/\$|%[A-Z_]+%|<[\w -]+>|^["'`]|["'`]$/.test(server.trim());
}

/** @see client-go tools/clientcmd/helpers.go parseProxyURL */
function checkProxyUrl(text: string, name: string): Fault | undefined {
  if (text === '') return undefined;
  const url = URL.parse(text);
  const hint = 'A proxy-url looks like http://proxy.example.com:3128; http, https and socks5 are known.';
  if (isUserinfoCut(text)) {
    const message = `The user or password in the proxy-url of the ${name} holds a #, /, ? or \\`;
    return { code: 'proxy-url', message, hint: 'Write these characters as %23, %2F, %3F and %5C.' };
  }
  if (url === null) return { code: 'proxy-url', message: `The proxy-url of the ${name} is not a URL`, hint };
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'socks5') {
    return { code: 'proxy-url', message: `The proxy-url of the ${name} has the scheme ${scheme}`, hint };
  }
  return url.hostname === ''
    ? { code: 'proxy-url', message: `The proxy-url of the ${name} names no host`, hint }
    : undefined;
}

interface ClusterAuthority {
  readonly pem?: string | undefined;
  readonly text: string;
  readonly digest: string;
  readonly faults: readonly Fault[];
}

function readClusterAuthority(entry: ClusterEntry, name: string, tls: boolean): ClusterAuthority {
  const { certificateAuthority: file, certificateAuthorityData } = entry;
  const nothing = { text: '', digest: entry.insecureSkipTlsVerify ? 'none' : 'system', faults: [] };
  if (file !== '' && certificateAuthorityData !== '') {
    const fault = {
      code: 'certificate-authority-twice',
      message: `The ${name} has both certificate-authority and certificate-authority-data`,
      hint: 'Keep one of the two.',
    };
    return { ...nothing, faults: [fault] };
  }
  if (file === '' && certificateAuthorityData === '') return nothing;
  // A missing file is an error even where it is not needed, as in client-go.
  const pem = file === '' ? certificateAuthorityData : requireTextFile(file, `CA certificate of the ${name}`);
  if (!tls) return nothing;
  if (entry.insecureSkipTlsVerify) {
    const fault = {
      code: 'certificate-authority-and-insecure',
      message: `The ${name} has a CA and insecure-skip-tls-verify`,
      hint: 'Remove insecure-skip-tls-verify: with the CA there is no need for it.',
    };
    return { ...nothing, faults: [fault] };
  }
  const checked = readAuthority(pem);
  if (checked.kind === 'good') return { pem: checked.value.pem, text: pem, digest: checked.value.digest, faults: [] };
  const what = file === '' ? 'certificate-authority-data' : `certificate-authority file ${file}`;
  const fault = {
    code: 'certificate-authority-not-pem',
    message: `The ${what} of the ${name} ${checked.reason}`,
    hint: 'The CA is one or more PEM certificates (in certificate-authority-data: in base64).',
  };
  return { ...nothing, faults: [fault] };
}
