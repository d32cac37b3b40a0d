import { assertNever } from '../../model/assert-never.ts';
import { portOf, withoutBrackets } from './url.ts';

/** One entry of `NO_PROXY`. */
type Rule =
  | { readonly kind: 'everything' }
  | { readonly kind: 'range'; readonly address: string; readonly bits: number; readonly port: string }
  | {
      readonly kind: 'domain';
      /** With its leading dot. */
      readonly suffix: string;
      /** Whether the domain itself is meant besides what is under it. */
      readonly itself: boolean;
      readonly port: string;
    };

/**
 * Whether the environment's proxies are not for `server`: localhost and loopback addresses never use one, nor does what `NO_PROXY` names.
 *
 * An entry of `NO_PROXY` is an address or CIDR range, a domain (`example.com` and all under it; `.example.com` and `*.example.com` only what is under it),
 * domain and address with a port if wanted, or `*`. What does not parse is passed over, as Go does.
 *
 * @see golang.org/x/net v0.61.0 http/httpproxy/proxy.go: useProxy, init, domainMatch (a domain never matches an address); apimachinery
 *   pkg/util/net/http.go NewProxierWithNoProxyCIDR
 */
export function goesDirect(server: URL, noProxy: string): boolean {
  const host = withoutBrackets(server.hostname);
  if (host === 'localhost') return true;
  const isAddress = ipVersion(host) !== 0;
  if (isAddress && (inRange(host, '127.0.0.0', 8) || inRange(host, '::1', 128))) return true;
  const port = String(portOf(server));
  return noProxy.split(',').some((entry) => {
    const rule = parseRule(entry.trim().toLowerCase());
    if (rule === undefined) return false;
    switch (rule.kind) {
      case 'everything':
        return true;
      case 'range':
        return isAddress && (rule.port === '' || rule.port === port) && inRange(host, rule.address, rule.bits);
      case 'domain':
        return !isAddress && (rule.port === '' || rule.port === port) && inDomain(host, rule);
      default:
        return assertNever(rule);
    }
  });
}

function inDomain(host: string, { suffix, itself }: Extract<Rule, { kind: 'domain' }>): boolean {
  return host.endsWith(suffix) || (itself && host === suffix.slice(1));
}

function parseRule(text: string): Rule | undefined {
  if (text === '*') return { kind: 'everything' };
  const [, address, bits] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address !== undefined && ipVersion(address) !== 0 && Number(bits) <= bitsOf(address)) {
    return { kind: 'range', address, bits: Number(bits), port: '' };
  }
  const { host, port } = splitPort(text);
  if (host === '') return undefined;
  if (ipVersion(host) !== 0) return { kind: 'range', address: host, bits: bitsOf(host), port };
  const domain = asciiName(host.startsWith('*.') ? host.slice(1) : host);
  const itself = !domain.startsWith('.');
  return { kind: 'domain', suffix: itself ? `.${domain}` : domain, itself, port };
}

/** `host:port` and `[address]:port`; all else is a host. @see Go's net.SplitHostPort */
function splitPort(text: string): { readonly host: string; readonly port: string } {
  const [, bracketed, plain, port = ''] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text) ?? [];
  return { host: bracketed ?? plain ?? text, port };
}

/** An IPv4 address is in no range of IPv6 but one of mapped addresses; Node alone would say that it is in `::/0`. */
function inRange(host: string, address: string, bits: number): boolean {
  const { BlockList } = process.getBuiltinModule('node:net');
  if (isIPv4(host, 128) !== isIPv4(address, bits)) return false;
  const range = new BlockList();
  range.addSubnet(address, bits, ipVersion(address) === 6 ? 'ipv6' : 'ipv4');
  return range.check(host, ipVersion(host) === 6 ? 'ipv6' : 'ipv4');
}

/** Whether these are IPv4 addresses, as they are or mapped into `::ffff:0:0/96`. */
function isIPv4(address: string, bits: number): boolean {
  if (ipVersion(address) === 4) return true;
  return bits >= 96 && new URL(`http://[${address}]`).hostname.startsWith('[::ffff:');
}

/** 4 or 6; 0 for what is no address, or one with a zone, which no URL holds. */
function ipVersion(host: string): number {
  return host.includes('%') ? 0 : process.getBuiltinModule('node:net').isIP(host);
}

function bitsOf(address: string): number {
  return ipVersion(address) === 6 ? 128 : 32;
}

/** The name as it stands in a URL, where letters beyond ASCII are punycode. */
function asciiName(domain: string): string {
  const bare = domain.replace(/^\./, '');
  const dot = domain.slice(0, domain.length - bare.length);
  if (/^[\0-\x7f]*$/.test(bare)) return domain;
  return dot + (process.getBuiltinModule('node:url').domainToASCII(bare) || bare);
}
