import { machineRoots } from './tls-roots.ts';

/** One set of certificates to believe a server by. */
export interface Trust {
  /** In PEM; `undefined` for Node's own roots. */
  readonly authorities: () => readonly string[] | undefined;
}

/** A bundle of so many is tried one by one; of a larger one, only those that share a name. */
const MOST_TRIED = 8;

/**
 * Whom to believe, in the order in which it is tried: a later set only where the server did not stand up to those before.
 *
 * Go tries every authority that could have issued a certificate, where OpenSSL takes the first of the right name and goes no further. In Go a chain ends at the first certificate
 * that was given, so a server that the whole bundle should know is known to one of its certificates alone.
 *
 * Without an authority Node's roots come first, because it takes time to read the machine's.
 *
 * @param authority PEM
 * @see Go crypto/x509 verify.go buildChains
 */
export function waysToTrust(authority: string | undefined): readonly Trust[] {
  if (authority === undefined) return [{ authorities: () => undefined }, { authorities: machineRoots }];
  const whole = { authorities: () => [authority] };
  return [whole, ...single(authority).map((each) => ({ authorities: () => [each] }))];
}

function single(authority: string): readonly string[] {
  const { X509Certificate } = process.getBuiltinModule('node:crypto');
  const blocks = authority.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length <= 1) return [];
  if (blocks.length <= MOST_TRIED) return blocks;
  const subjects = blocks.map((block) => new X509Certificate(block).subject);
  return blocks.filter((_, index) => subjects.filter((subject) => subject === subjects[index]).length > 1);
}
