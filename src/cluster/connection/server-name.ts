import type { PeerCertificate } from 'node:tls';
import { withoutBrackets } from './url.ts';

/**
 * Whether a certificate is for the server that was asked, by Go's rules: Node falls back to the common name, takes `a*.example.com` for a pattern, and refuses
 * `*.internal`, all unlike kubectl.
 *
 * @param name a host name or an address
 * @returns `undefined` when it is, else an error as Node's own check gives it
 * @see Go crypto/x509 verify.go VerifyHostname, validHostname, matchHostnames
 */
export function checkServerName(name: string, { subjectaltname = '' }: Pick<PeerCertificate, 'subjectaltname'>) {
  const names = alternativeNames(subjectaltname);
  const address = canonicalAddress(withoutBrackets(name));
  const matches =
    address === undefined
      ? names.some((entry) => entry.kind === 'DNS' && matchesName(entry.value, name))
      : names.some((entry) => entry.kind === 'IP Address' && canonicalAddress(entry.value) === address);
  if (matches) return undefined;
  return Object.assign(new Error(`the certificate is not for ${name}`), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
}

export interface AlternativeName {
  readonly kind: string;
  readonly value: string;
}

/**
 * The names in a certificate's list of them, as Node writes it: `DNS:kubernetes, IP Address:10.0.0.1`. A name with characters that could be mistaken for the
 * list's own comes in quotes: none of those is a name that a server can have, and they are left out.
 */
export function alternativeNames(text: string): readonly AlternativeName[] {
  return [...text.matchAll(/(?:^|, )([^:,"]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?=,|$)/g)].flatMap(
    ([, kind = '', value = '']) => (value.startsWith('"') ? [] : [{ kind, value }]),
  );
}

function matchesName(pattern: string, name: string): boolean {
  const asked = name.toLowerCase();
  const shown = pattern.toLowerCase();
  if (!isHostName(asked.replace(/\.$/, ''), false) || !isHostName(shown, true))
    return asked === shown && !/^\.?$/.test(asked);
  const labels = asked.replace(/\.$/, '').split('.');
  const patterns = shown.split('.');
  if (patterns.length !== labels.length) return false;
  return patterns.every((part, index) => (index === 0 && part === '*') || part === labels[index]);
}

/** Go takes underscores, as many do, and no name that ends in a dot in a certificate. */
function isHostName(host: string, isPattern: boolean): boolean {
  if (host === '' || (isPattern && host === '*')) return false;
  return host
    .split('.')
    .every((label, index) => (isPattern && index === 0 && label === '*') || /^[a-z0-9_][a-z0-9_-]*$/i.test(label));
}

/** An address in the one spelling that a URL gives it, an IPv4 address within IPv6 as itself; `undefined` for what is no address. */
function canonicalAddress(text: string): string | undefined {
  const { isIP } = process.getBuiltinModule('node:net');
  const [bare = ''] = text.split('%');
  const version = isIP(bare);
  if (version === 0) return undefined;
  if (version === 4) return bare;
  const written = new URL(`http://[${bare}]`).hostname;
  const [, high, low] = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(written) ?? [];
  if (high === undefined || low === undefined) return written;
  return [high, low].flatMap((word) => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 0xff]).join('.');
}
