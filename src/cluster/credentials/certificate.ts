import type { ClientCertificate } from '../access.ts';

/**
 * Reads PEM as Go's crypto/x509 and crypto/tls do, so that what kubectl takes is taken here and what it refuses is refused before anything is sent.
 */

export type Checked<Value> =
  | { readonly kind: 'good'; readonly value: Value }
  | { readonly kind: 'bad'; readonly reason: string };

export interface AuthorityBundle {
  /** The certificates alone, without what stood around them. */
  readonly pem: string;
  /** SHA-256 over the certificates, in hex; their order does not matter. */
  readonly digest: string;
}

/**
 * The certificates of a CA bundle. Text around them and other blocks are passed over, as is a certificate that does not parse beside others that do.
 * @see Go crypto/x509 CertPool.AppendCertsFromPEM
 */
export function readAuthority(pem: string): Checked<AuthorityBundle> {
  const { createHash, X509Certificate } = process.getBuiltinModule('node:crypto');
  const blocks = certificateBlocks(pem);
  const certificates = blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
  if (certificates.length === 0) return { kind: 'bad', reason: nothingIn(pem, blocks.length) };
  const fingerprints = certificates.map(({ fingerprint256 }) => fingerprint256).sort();
  return {
    kind: 'good',
    value: {
      pem: certificates.map((certificate) => certificate.toString()).join(''),
      digest: createHash('sha256').update(fingerprints.join('\n')).digest('hex'),
    },
  };
}

/**
 * A client certificate, its chain if any, and the key that belongs to it.
 * @see Go crypto/tls X509KeyPair
 */
export function readClientCertificate(certPem: string, keyPem: string): Checked<ClientCertificate> {
  const { createPrivateKey, X509Certificate } = process.getBuiltinModule('node:crypto');
  const blocks = certificateBlocks(certPem);
  const [leafBlock] = blocks;
  if (leafBlock === undefined) return { kind: 'bad', reason: `the certificate ${nothingIn(certPem, 0)}` };
  let leaf: InstanceType<typeof X509Certificate>;
  try {
    leaf = new X509Certificate(leafBlock);
  } catch {
    return { kind: 'bad', reason: 'the certificate does not parse' };
  }
  const keyBlock = /-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z0-9]+ )?PRIVATE KEY-----/.exec(
    keyPem,
  )?.[0];
  if (keyBlock === undefined) return { kind: 'bad', reason: `the key ${noKeyIn(keyPem)}` };
  // Go knows no passphrase, and there is nobody here to be asked for one.
  if (/ENCRYPTED/.test(keyBlock)) return { kind: 'bad', reason: 'the key is encrypted' };
  try {
    const key = createPrivateKey(keyBlock);
    if (!leaf.checkPrivateKey(key)) return { kind: 'bad', reason: 'the key does not belong to the certificate' };
  } catch {
    return { kind: 'bad', reason: 'the key does not parse' };
  }
  return {
    kind: 'good',
    value: { cert: `${blocks.join('\n')}\n`, key: `${keyBlock}\n`, subject: leaf.subject.split('\n').join(', ') },
  };
}

function certificateBlocks(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

function nothingIn(pem: string, blocks: number): string {
  if (pem.trim() === '') return 'is empty';
  if (blocks > 0) return 'holds no certificate that parses';
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(pem)) return 'holds a private key and no certificate';
  return 'holds no PEM certificate (`-----BEGIN CERTIFICATE-----`)';
}

function noKeyIn(pem: string): string {
  if (pem.trim() === '') return 'is empty';
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----/.test(pem)) return 'is encrypted';
  return 'holds no PEM private key';
}
