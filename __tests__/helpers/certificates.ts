/**
 * Certificate authorities for tests, made in milliseconds.
 *
 * Node can sign but cannot write a certificate, and the libraries that can bring some twenty packages: the few X.509 fields that a test needs are put together here.
 *
 * @see RFC 5280, sections 4.1 and 4.2
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP, SocketAddress } from 'node:net';

/** A certificate and its private key, both in PEM. */
export type Credential = { readonly certificate: string; readonly key: string };

/** When a certificate holds; by default from an hour ago until tomorrow. */
export type Validity = { readonly notBefore: Date; readonly notAfter: Date };

/** What a certificate says beside its names; by default what a usual one of its sort says. */
export type Shape = {
  readonly validity?: Validity;
  /** Keys of another sort than P-256. */
  readonly keys?: 'rsa-1024' | 'rsa-2048' | undefined;
  /** Signed with SHA-1, which nobody should believe any more. */
  readonly sha1?: boolean | undefined;
  /** `false` leaves the identifiers of subject and issuer keys out, by which verifiers tell issuers of one name apart. */
  readonly keyIds?: boolean | undefined;
  /** `none` leaves the extension out. */
  readonly keyUsage?: 'signing' | 'issuing' | 'none' | undefined;
  readonly extendedKeyUsage?: 'server' | 'client' | 'none' | undefined;
  /** Whether it may issue others; `none` leaves the extension out. */
  readonly basicConstraints?: 'authority' | 'end' | 'none' | undefined;
  /** How many authorities may follow below this one. */
  readonly pathLength?: number | undefined;
  /** The only domain below which an authority may name servers. */
  readonly permittedDomain?: string | undefined;
};

/** A server's certificate in every detail. */
export type ServerShape = Shape & {
  readonly commonName?: string;
  /** DNS names as they are, whatever they look like. */
  readonly dns?: readonly string[];
  readonly addresses?: readonly string[];
};

export type Authority = {
  /** The authority's own certificate, in PEM. */
  readonly certificate: string;
  readonly key: string;
  /** A certificate for a server that answers on these DNS names and IP addresses. */
  server(hosts: readonly string[], validity?: Validity): Credential;
  /** A certificate for a server, in every detail; without names it has no list of them. */
  serverOf(shape: ServerShape): Credential;
  /** A certificate for a client: to Kubernetes the common name is the user, the organizations are its groups. */
  client(user: string, groups?: readonly string[], validity?: Validity): Credential;
  /** An authority whose certificate this one issued. */
  intermediate(commonName: string, shape?: Shape): Authority;
};

type Keys = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

type Issue = (subject: Buffer, subjectKey: KeyObject, shape: Shape, extensions: readonly Buffer[]) => string;

/** Makes a certificate authority that nothing else trusts: two of them know nothing of each other, whatever they are called. */
export function createAuthority(commonName = 'kube-api-gate test CA', shape: Shape = {}): Authority {
  const keys = newKeys(shape.keys);
  const subject = distinguishedName(commonName);
  return authorityOf(
    subject,
    keys,
    shape,
    issuer(subject, keys)(subject, keys.publicKey, shape, authorityExtensions(shape)),
  );
}

function authorityOf(name: Buffer, keys: Keys, own: Shape, certificate: string): Authority {
  const issue = issuer(name, keys);

  function credential(subject: Buffer, shape: Shape, extensions: readonly Buffer[]): Credential {
    const made = newKeys(shape.keys);
    const inherited = { keyIds: own.keyIds, ...shape };
    return {
      certificate: issue(subject, made.publicKey, inherited, [...endExtensions(shape), ...extensions]),
      key: made.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    };
  }

  const serverOf = (shape: ServerShape): Credential => {
    const { commonName = 'server', dns = [], addresses = [] } = shape;
    const names = [
      ...dns.map((each) => implicit(2, Buffer.from(each, 'ascii'))),
      ...addresses.map((each) => implicit(7, addressBytes(each))),
    ];
    return credential(distinguishedName(commonName), { extendedKeyUsage: 'server', ...shape }, [
      ...(names.length === 0 ? [] : [extension(oids.subjectAltName, sequence(...names))]),
    ]);
  };

  return {
    certificate,
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    server: (hosts, validity = aroundNow()) =>
      serverOf({
        commonName: hosts[0] ?? 'server',
        dns: hosts.filter((host) => isIP(host) === 0),
        addresses: hosts.filter((host) => isIP(host) !== 0),
        validity,
      }),
    serverOf,
    client: (user, groups = [], validity = aroundNow()) =>
      credential(distinguishedName(user, groups), { extendedKeyUsage: 'client', validity }, []),
    intermediate: (commonName, shape = {}) => {
      const below = newKeys(shape.keys);
      const subject = distinguishedName(commonName);
      return authorityOf(
        subject,
        below,
        shape,
        issue(subject, below.publicKey, { keyIds: own.keyIds, ...shape }, authorityExtensions(shape)),
      );
    },
  };
}

/** Signs certificates with these keys under this name. */
function issuer(name: Buffer, { publicKey, privateKey }: Keys): Issue {
  return (subject, subjectKey, { validity = aroundNow(), keyIds = true, sha1 = false }, extensions) => {
    const ecdsa = sha1 ? ecdsaWithSha1 : ecdsaWithSha256;
    const algorithm = privateKey.asymmetricKeyType === 'rsa' ? rsaWithSha256 : ecdsa;
    const identifiers = keyIds
      ? [
          extension(oids.subjectKeyIdentifier, octetString(subjectKeyId(subjectKey))),
          extension(oids.authorityKeyIdentifier, sequence(implicit(0, subjectKeyId(publicKey)))),
        ]
      : [];
    const all = [...extensions, ...identifiers];
    const toBeSigned = sequence(
      explicit(0, integer(Buffer.from([2]))),
      integer(randomBytes(16)),
      algorithm,
      name,
      sequence(time(validity.notBefore), time(validity.notAfter)),
      subject,
      subjectKey.export({ type: 'spki', format: 'der' }),
      ...(all.length === 0 ? [] : [explicit(3, sequence(...all))]),
    );
    return pem(
      'CERTIFICATE',
      sequence(toBeSigned, algorithm, bitString(sign(sha1 ? 'sha1' : 'sha256', toBeSigned, privateKey))),
    );
  };
}

function authorityExtensions(shape: Shape): readonly Buffer[] {
  return commonExtensions({ basicConstraints: 'authority', keyUsage: 'issuing', extendedKeyUsage: 'none', ...shape });
}

function endExtensions(shape: Shape): readonly Buffer[] {
  return commonExtensions({ basicConstraints: 'end', keyUsage: 'signing', ...shape });
}

function commonExtensions(shape: Shape): readonly Buffer[] {
  const { basicConstraints, keyUsage, extendedKeyUsage = 'none', pathLength, permittedDomain } = shape;
  const length = pathLength === undefined ? [] : [tagged(0x02, Buffer.from([pathLength]))];
  const constraints = basicConstraints === 'authority' ? sequence(boolean(true), ...length) : sequence();
  const usage = keyUsage === 'issuing' ? certificateSigning : digitalSignature;
  const purpose = extendedKeyUsage === 'client' ? oids.clientAuth : oids.serverAuth;
  return [
    ...(basicConstraints === 'none' ? [] : [extension(oids.basicConstraints, constraints, { critical: true })]),
    ...(keyUsage === 'none' ? [] : [extension(oids.keyUsage, usage, { critical: true })]),
    ...(extendedKeyUsage === 'none' ? [] : [extension(oids.extendedKeyUsage, sequence(oid(purpose)))]),
    ...(permittedDomain === undefined
      ? []
      : [
          extension(
            oids.nameConstraints,
            sequence(tagged(0xa0, sequence(implicit(2, Buffer.from(permittedDomain, 'ascii'))))),
            { critical: true },
          ),
        ]),
  ];
}

/** A new pair of keys for signing and checking tokens, both in PEM. */
export function signingKeys(): { readonly privateKey: string; readonly publicKey: string } {
  const { publicKey, privateKey } = newKeys();
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
}

const oids = {
  commonName: [2, 5, 4, 3],
  organization: [2, 5, 4, 10],
  subjectKeyIdentifier: [2, 5, 29, 14],
  keyUsage: [2, 5, 29, 15],
  subjectAltName: [2, 5, 29, 17],
  basicConstraints: [2, 5, 29, 19],
  authorityKeyIdentifier: [2, 5, 29, 35],
  nameConstraints: [2, 5, 29, 30],
  extendedKeyUsage: [2, 5, 29, 37],
  serverAuth: [1, 3, 6, 1, 5, 5, 7, 3, 1],
  clientAuth: [1, 3, 6, 1, 5, 5, 7, 3, 2],
  ecdsaWithSha256: [1, 2, 840, 10045, 4, 3, 2],
  ecdsaWithSha1: [1, 2, 840, 10045, 4, 1],
  rsaWithSha256: [1, 2, 840, 113549, 1, 1, 11],
} as const satisfies Record<string, readonly number[]>;

const ecdsaWithSha256 = sequence(oid(oids.ecdsaWithSha256));
const ecdsaWithSha1 = sequence(oid(oids.ecdsaWithSha1));
const rsaWithSha256 = sequence(oid(oids.rsaWithSha256), tagged(0x05, Buffer.alloc(0)));
const digitalSignature = bitString(Buffer.from([0b1000_0000]), 7);
const certificateSigning = bitString(Buffer.from([0b0000_0100]), 2);
const hourMs = 3_600_000;

// P-256: quick to make, and every client and server here accepts it, which Ed25519 cannot say of itself.
function newKeys(sort?: Shape['keys']): Keys {
  if (sort !== undefined) return generateKeyPairSync('rsa', { modulusLength: Number(sort.slice('rsa-'.length)) });
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
}

function aroundNow(): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - hourMs), notAfter: new Date(now + 24 * hourMs) };
}

function subjectKeyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function distinguishedName(commonName: string, organizations: readonly string[] = []): Buffer {
  const attribute = (type: readonly number[], value: string) => tagged(0x31, sequence(oid(type), utf8String(value)));
  return sequence(
    ...organizations.map((organization) => attribute(oids.organization, organization)),
    attribute(oids.commonName, commonName),
  );
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = new SocketAddress({ address, family: 'ipv6' }).address.split('::');
  const words = (text: string) => (text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16)));
  const before = words(head);
  const after = words(tail ?? '');
  const all = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

function extension(type: readonly number[], value: Buffer, { critical = false } = {}): Buffer {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}

// The rest is DER: a tag, a length, a value.

function tagged(tag: number, value: Buffer): Buffer {
  const size = value.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, Math.floor(size / 0x100), size % 0x100];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function explicit(context: number, value: Buffer): Buffer {
  return tagged(0xa0 + context, value);
}

function implicit(context: number, value: Buffer): Buffer {
  return tagged(0x80 + context, value);
}

/** A non-negative integer: the top bit is cleared so that no sign can appear, and the one below set so that no byte is spare. */
function integer(bytes: Buffer): Buffer {
  if (bytes.length === 1) return tagged(0x02, bytes);
  const positive = Buffer.from(bytes);
  positive[0] = ((positive[0] ?? 0) & 0x7f) | 0x40;
  return tagged(0x02, positive);
}

function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.from([value ? 0xff : 0]));
}

function octetString(value: Buffer): Buffer {
  return tagged(0x04, value);
}

function bitString(value: Buffer, unusedBits = 0): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.from([unusedBits]), value]));
}

function utf8String(value: string): Buffer {
  return tagged(0x0c, Buffer.from(value, 'utf8'));
}

function time(value: Date): Buffer {
  const digits = `${value.toISOString().replace(/\.\d+|[-:T]/g, '')}`;
  // Until 2049 the year has two digits.
  return value.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2), 'ascii'))
    : tagged(0x18, Buffer.from(digits, 'ascii'));
}

function oid(numbers: readonly number[]): Buffer {
  const [first = 0, second = 0, ...rest] = numbers;
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
