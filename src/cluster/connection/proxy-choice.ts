import { isUserinfoCut } from '../proxy-url.ts';
import { failWith } from './failure.ts';
import { goesDirect } from './proxy-bypass.ts';
import { withoutBrackets } from './url.ts';

/** The proxy that stands between here and a server. */
export interface ProxyServer {
  readonly kind: 'http' | 'https' | 'socks5';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** The URL without user and password: what may be shown. */
  readonly shown: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** What one byte can count. @see RFC 1928 (names), RFC 1929 (user and password) */
export const SOCKS_LONGEST = 255;

const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080 } as const;

/**
 * The proxy for `server`: the kubeconfig's `proxy-url` if there is one, whatever the environment says; else what the environment says, by the rules of Go.
 *
 * Where Go goes without a proxy because its URL is malformed, this fails: a request must not leave by a way that somebody meant to close.
 *
 * @throws FailureError `proxy-invalid`
 * @see client-go tools/clientcmd/client_config.go; golang.org/x/net/http/httpproxy
 */
export function chooseProxy(server: URL, proxyUrl: string | undefined, variables: Variables): ProxyServer | undefined {
  if (proxyUrl !== undefined && proxyUrl !== '') return parseProxyUrl(proxyUrl, 'proxy-url');
  const names = server.protocol === 'https:' ? ['HTTPS_PROXY', 'https_proxy'] : ['HTTP_PROXY', 'http_proxy'];
  const name = names.find((candidate) => (variables[candidate] ?? '') !== '');
  const value = name === undefined ? undefined : variables[name];
  if (name === undefined || value === undefined) return undefined;
  const noProxy = variables['NO_PROXY'] || variables['no_proxy'] || '';
  if (goesDirect(server, noProxy)) return undefined;
  // A kubeconfig's URL must have a scheme; in the environment `host:port` means http.
  return parseProxyUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`, name);
}

/**
 * Reads a proxy's URL.
 *
 * @param from what it was read from, for the message
 * @throws FailureError `proxy-invalid`; never with the URL itself, which may hold a password
 */
export function parseProxyUrl(text: string, from: string): ProxyServer {
  const invalid = (came: string) => failWith({ kind: 'proxy-invalid', from, came });
  if (isUserinfoCut(text))
    throw invalid('its user or password holds a #, /, ? or \\ (write them as %23, %2F, %3F, %5C)');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid('it is not a URL');
  }
  const kind = proxyKind(url.protocol);
  if (kind === undefined) throw invalid(`its scheme is ${url.protocol.slice(0, -1)}, not http, https or socks5`);
  if (url.hostname === '') throw invalid('it names no host');
  const port = url.port === '' ? DEFAULT_PORTS[kind] : Number(url.port);
  if (port === 0) throw invalid('its port is 0');
  let username: string;
  let password: string;
  try {
    username = decodeURIComponent(url.username);
    password = decodeURIComponent(url.password);
  } catch {
    throw invalid('its user or password holds a % that encodes nothing (write it as %25)');
  }
  if (kind === 'socks5' && [username, password].some((text) => Buffer.byteLength(text) > SOCKS_LONGEST)) {
    throw invalid(`its user or password is longer than ${SOCKS_LONGEST} bytes`);
  }
  return {
    kind,
    host: withoutBrackets(url.hostname),
    port,
    ...(username === '' && password === '' ? {} : { username, password }),
    shown: `${kind}://${url.hostname}:${port}`,
  };
}

function proxyKind(protocol: string): ProxyServer['kind'] | undefined {
  switch (protocol) {
    case 'http:':
      return 'http';
    case 'https:':
      return 'https';
    case 'socks5:':
    case 'socks5h:':
      return 'socks5';
    default:
      return undefined;
  }
}
