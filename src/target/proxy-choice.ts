import { failWith } from './failure.ts';

/** The proxy that stands between here and a server. */
export interface ProxyServer {
  readonly kind: 'http' | 'https' | 'socks5';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  /** The URL without user and password: what may be shown. */
  readonly shown: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

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
  return {
    kind,
    host: withoutBrackets(url.hostname),
    port,
    ...(username === '' && password === '' ? {} : { username, password }),
    shown: `${kind}://${url.hostname}:${port}`,
  };
}

/** The host of a URL as sockets take it: IPv6 addresses stand in brackets only in URLs. */
export function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
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

/**
 * Whether the environment's proxies are not for `server`: localhost and loopback addresses never use one, nor does what `NO_PROXY` names.
 *
 * An entry of `NO_PROXY` is an address or CIDR range, a domain (`example.com` and all under it; `.example.com` and `*.example.com` only those under it),
 * either with a port if wanted, or `*`. What does not parse is passed over, as Go does.
 *
 * @see golang.org/x/net v0.61.0 http/httpproxy/proxy.go: useProxy, init, domainMatch (a domain never matches an address); apimachinery
 *   pkg/util/net/http.go NewProxierWithNoProxyCIDR
 */
export function goesDirect(server: URL, noProxy: string): boolean {
  const { BlockList, isIP } = process.getBuiltinModule('node:net');
  const host = withoutBrackets(server.hostname).toLowerCase();
  const port = server.port === '' ? (server.protocol === 'https:' ? '443' : '80') : server.port;
  const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
  const isAddress = isIP(host) !== 0;
  if (host === 'localhost') return true;
  if (isAddress) {
    const loopback = new BlockList();
    loopback.addSubnet('127.0.0.0', 8, 'ipv4');
    loopback.addAddress('::1', 'ipv6');
    if (loopback.check(host, family)) return true;
  }

  for (const entry of noProxy.split(',')) {
    const rule = entry.trim().toLowerCase();
    if (rule === '') continue;
    if (rule === '*') return true;

    const range = parseRange(rule);
    if (range !== undefined) {
      if (isAddress && inRange(host, family, range)) return true;
      continue;
    }
    const split = splitPort(rule);
    if (split === undefined) continue;
    if (split.port !== '' && split.port !== port) continue;
    if (isIP(split.host) !== 0) {
      if (isAddress && inRange(host, family, { address: split.host, bits: isIP(split.host) === 6 ? 128 : 32 }))
        return true;
      continue;
    }
    if (!isAddress && inDomain(host, split.host)) return true;
  }
  return false;

  function inRange(address: string, addressFamily: 'ipv4' | 'ipv6', range: Range): boolean {
    const list = new BlockList();
    list.addSubnet(range.address, range.bits, isIP(range.address) === 6 ? 'ipv6' : 'ipv4');
    return list.check(address, addressFamily);
  }
}

interface Range {
  readonly address: string;
  readonly bits: number;
}

function parseRange(text: string): Range | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = match?.[1];
  if (address === undefined) return undefined;
  const bits = Number(match?.[2]);
  const version = process.getBuiltinModule('node:net').isIP(address);
  if (version === 0 || address.includes('%') || bits > (version === 6 ? 128 : 32)) return undefined;
  return { address, bits };
}

/** `host`, `host:port`, `address` or `[address]:port`; `undefined` when no host is left. */
function splitPort(rule: string): { readonly host: string; readonly port: string } | undefined {
  const bracketed = /^\[([^\]]*)\](?::([^:]*))?$/.exec(rule);
  const plain = /^([^:[\]]*):([^:]*)$/.exec(rule);
  const [host, port] =
    bracketed !== null
      ? [bracketed[1] ?? '', bracketed[2] ?? '']
      : plain !== null
        ? [plain[1] ?? '', plain[2] ?? '']
        : [rule, ''];
  return host === '' ? undefined : { host, port };
}

function inDomain(host: string, rule: string): boolean {
  const domain = rule.startsWith('*.') ? rule.slice(1) : rule;
  const ascii = asciiName(domain);
  return ascii.startsWith('.') ? host.endsWith(ascii) : host === ascii || host.endsWith(`.${ascii}`);
}

/** The name as it stands in a URL, where letters beyond ASCII are punycode. */
function asciiName(domain: string): string {
  const leading = domain.startsWith('.') ? '.' : '';
  if (/^[\u0000-\u007f]*$/.test(domain)) return domain;
  const name = process.getBuiltinModule('node:url').domainToASCII(domain.slice(leading.length));
  return name === '' ? domain : leading + name;
}
