import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAuthority, readClientCertificate } from '../../../src/cluster/credentials/certificate.ts';
import { createAuthority } from '../../helpers/certificates.ts';

const authority = createAuthority('one');
const another = createAuthority('two');
const client = authority.client('jane', ['dev', 'ops']);
const pemOf = (type: 'sec1' | 'pkcs8', cipher?: object) =>
  createPrivateKey(client.key).export({ type, format: 'pem', ...cipher } as never) as unknown as string;

describe('a CA bundle', () => {
  test('is its certificates, and nothing that stands around them', () => {
    const text = `Bag Attributes\n${authority.certificate}# and\n${client.key}${another.certificate}end`;
    expect(readAuthority(text)).toMatchObject({
      kind: 'good',
      value: { pem: authority.certificate + another.certificate },
    });
  });

  test('may hold one that does not parse beside one that does', () => {
    const text = `${another.certificate.replace(/\nMII/, '\nAAA')}${authority.certificate}`;
    expect(readAuthority(text)).toMatchObject({ kind: 'good', value: { pem: authority.certificate } });
  });

  test('has the same digest in any order, and another for others', () => {
    const digest = (text: string) => {
      const read = readAuthority(text);
      return read.kind === 'good' ? read.value.digest : read.reason;
    };
    expect(digest(authority.certificate + another.certificate)).toBe(
      digest(another.certificate + authority.certificate),
    );
    expect(digest(authority.certificate)).not.toBe(digest(another.certificate));
    expect(digest(authority.certificate)).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['nothing', ' \n', 'is empty'],
    ['other text', 'hello', 'holds no PEM certificate (`-----BEGIN CERTIFICATE-----`)'],
    ['a key', client.key, 'holds a private key and no certificate'],
    [
      'a certificate that was cut',
      authority.certificate.slice(0, -40),
      'holds no PEM certificate (`-----BEGIN CERTIFICATE-----`)',
    ],
    [
      'a certificate that was changed',
      authority.certificate.replace(/\nMII/, '\nAAA'),
      'holds no certificate that parses',
    ],
  ])('is none that holds %s', (_, text, reason) => {
    expect(readAuthority(text)).toEqual({ kind: 'bad', reason });
  });
});

describe('a client certificate', () => {
  test.each([
    ['PKCS #8', client.key],
    ['SEC 1', pemOf('sec1')],
    ['text around it', `# mine\n${client.key}# end`],
  ])('goes with its key in %s', (_, key) => {
    const read = readClientCertificate(client.certificate, key);
    expect(read).toMatchObject({ kind: 'good', value: { cert: client.certificate, subject: 'O=dev, O=ops, CN=jane' } });
  });

  test('brings its chain', () => {
    const chain = client.certificate + authority.certificate;
    expect(readClientCertificate(chain, client.key)).toMatchObject({
      kind: 'good',
      value: { subject: 'O=dev, O=ops, CN=jane' },
    });
    const read = readClientCertificate(chain, client.key);
    expect(read.kind === 'good' && read.value.cert.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  test.each([
    ['no certificate', '', client.key, 'the certificate is empty'],
    [
      'a key in place of the certificate',
      client.key,
      client.key,
      'the certificate holds a private key and no certificate',
    ],
    [
      'a certificate that was changed',
      client.certificate.replace(/\nMII/, '\nAAA'),
      client.key,
      'the certificate does not parse',
    ],
    ['no key', client.certificate, '', 'the key is empty'],
    ['a certificate in place of the key', client.certificate, client.certificate, 'the key holds no PEM private key'],
    ['a key that was changed', client.certificate, client.key.replace(/\nMIG/, '\nAAA'), 'the key does not parse'],
    [
      'a key of another',
      client.certificate,
      authority.client('john').key,
      'the key does not belong to the certificate',
    ],
    [
      'a key of another kind',
      client.certificate,
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      'the key does not belong to the certificate',
    ],
    [
      'a key with a passphrase',
      client.certificate,
      pemOf('pkcs8', { cipher: 'aes-256-cbc', passphrase: 'x' }),
      'the key is encrypted',
    ],
    [
      'an old key with a passphrase',
      client.certificate,
      pemOf('sec1', { cipher: 'aes-256-cbc', passphrase: 'x' }),
      'the key is encrypted',
    ],
  ])('is unusable with %s', (_, cert, key, reason) => {
    expect(readClientCertificate(cert, key)).toEqual({ kind: 'bad', reason });
  });
});

test('no text throws', () => {
  const noise = fc.oneof(fc.string(), fc.constantFrom(client.certificate, client.key, authority.certificate));
  const text = fc.array(noise, { maxLength: 4 }).map((parts) => parts.join('\n'));
  fc.assert(
    fc.property(text, text, fc.nat(800), (left, right, cut) => {
      readAuthority(left.slice(cut % (left.length + 1)));
      readClientCertificate(left, right.slice(0, right.length - (cut % (right.length + 1))));
    }),
    { numRuns: 300 },
  );
});
