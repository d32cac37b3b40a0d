import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CacheIdentity, isKeyOf, serverHash, snapshotKeys } from '../../src/cache/key.ts';
import { sampleServer, TAKEN_AT } from './sample-snapshot.ts';

const TEN_MINUTES = 600_000;

describe('snapshotKeys', () => {
  test('a named cluster is its name, readable, with a hash', () => {
    expect(snapshotKeys({ cluster: 'prod-eu', server: sampleServer() }, TEN_MINUTES, TAKEN_AT)).toEqual({
      identity: 'prod_eu.6553b12b54328f94',
      window: 'kube-api-gate-v1-prod_eu.6553b12b54328f94-600-0002945376-',
      renewed: 'kube-api-gate-v1-prod_eu.6553b12b54328f94-600-0002945376-r1767225600-',
      lookup: [
        'kube-api-gate-v1-prod_eu.6553b12b54328f94-600-0002945376-r',
        'kube-api-gate-v1-prod_eu.6553b12b54328f94-600-0002945376-',
        'kube-api-gate-v1-prod_eu.6553b12b54328f94-600-',
      ],
    });
  });

  test('a cluster without a name is a hash of its server', () => {
    expect(snapshotKeys({ server: sampleServer() }, TEN_MINUTES, TAKEN_AT).window).toBe(
      'kube-api-gate-v1-server.85a7f680c739eff00ff4b4b69d940307-600-0002945376-',
    );
  });

  test.each([
    ['10m', 600_000, '600-0002945376'],
    ['6h', 21_600_000, '21600-0000081816'],
    ['1s', 1_000, '1-1767225600'],
    ['0s: kept by ten minutes, and never fresh', 0, '0-0002945376'],
    ['500ms: counts as a second', 500, '1-1767225600'],
    ['a year', 31_536_000_000, '31536000-0000000056'],
  ])('the window of a TTL of %s', (_name, ttlMs, expected) => {
    expect(snapshotKeys({ cluster: 'prod' }, ttlMs, TAKEN_AT).window).toMatch(new RegExp(`-${expected}-$`));
  });

  test.each([
    ['the server', { server: 'https://127.0.0.1:6444' }],
    ['the path', { server: 'https://127.0.0.1:6443/k8s/clusters/c-1' }],
    ['the CA', { certificateAuthority: 'b'.repeat(64) }],
    ['the TLS server name', { tlsServerName: 'kubernetes' }],
    ['the proxy', { proxy: 'http://proxy.example.com:3128' }],
    ['impersonation', { impersonation: 'user=jane' }],
    ['the credentials', { credentials: 'exec aws eks get-token' }],
  ])('%s makes another identity', (_name, over) => {
    const key = (server: ReturnType<typeof sampleServer>) => snapshotKeys({ server }, TEN_MINUTES, TAKEN_AT).window;
    expect(key(sampleServer(over))).not.toBe(key(sampleServer()));
  });

  test('parts that run into one another do not make one identity of two', () => {
    const key = (over: object) => snapshotKeys({ server: sampleServer(over) }, TEN_MINUTES, TAKEN_AT).identity;
    expect(key({ impersonation: 'a', credentials: '' })).not.toBe(key({ impersonation: '', credentials: 'a' }));
  });

  test('the name of a cluster alone decides, whatever the job knows of its server', () => {
    expect(snapshotKeys({ cluster: 'prod', server: sampleServer() }, TEN_MINUTES, TAKEN_AT)).toEqual(
      snapshotKeys({ cluster: 'prod' }, TEN_MINUTES, TAKEN_AT),
    );
  });

  test('nothing known of the cluster is a defect of the caller', () => {
    expect(() => snapshotKeys({}, TEN_MINUTES, TAKEN_AT)).toThrow(TypeError);
  });

  test.each([
    ['windows 49 and 491', { cluster: 'prod' }, 600_000, 49 * 600_000, { cluster: 'prod' }, 600_000, 491 * 600_000],
    ['TTLs 60s and 600s', { cluster: 'prod' }, 60_000, 0, { cluster: 'prod' }, 600_000, 0],
    ['a cluster called like a key', { cluster: 'prod' }, 600_000, 0, { cluster: 'prod-600-0000000000' }, 600_000, 0],
    [
      'names that differ in what is not readable',
      { cluster: 'prod eu' },
      600_000,
      0,
      { cluster: 'prod-eu' },
      600_000,
      0,
    ],
  ] as const)('keys of %s never begin with one another', (_name, one, oneTtl, oneTime, other, otherTtl, otherTime) => {
    const [left, right] = [snapshotKeys(one, oneTtl, oneTime), snapshotKeys(other, otherTtl, otherTime)];
    expect(left.window.startsWith(right.window)).toBe(false);
    expect(right.window.startsWith(left.window)).toBe(false);
  });

  const identities = fc.oneof(
    fc.record({ cluster: fc.string({ minLength: 1, unit: 'binary' }) }),
    fc.record({ server: fc.record({ server: fc.webUrl() }).map(({ server }) => sampleServer({ server })) }),
  );

  test('property: identities that differ never share a prefix, and every key is one that the service takes', () => {
    fc.assert(
      fc.property(identities, identities, fc.nat(), fc.nat(), (left, right, ttlMs, time) => {
        const keys = snapshotKeys(left, ttlMs, time);
        for (const key of [keys.window, keys.renewed, ...keys.lookup]) expect(key).toMatch(/^[A-Za-z0-9._-]{1,200}$/);
        const other = snapshotKeys(right, ttlMs, time);
        if (keys.identity === other.identity) return;
        expect(keys.window.startsWith(other.lookup.at(-1) ?? '')).toBe(false);
      }),
    );
  });
});

describe('isKeyOf', () => {
  const identity: CacheIdentity = { cluster: 'prod' };
  const { window, renewed, lookup } = snapshotKeys(identity, TEN_MINUTES, TAKEN_AT);

  test.each([
    ['the first of a window', window, true],
    ['a renewed one', renewed, true],
    ['one of another window', snapshotKeys(identity, TEN_MINUTES, 0).window, true],
    ['one of another TTL', snapshotKeys(identity, 60_000, TAKEN_AT).window, false],
    ['one of another cluster', snapshotKeys({ cluster: 'production' }, TEN_MINUTES, TAKEN_AT).window, false],
    ['one with something after it', `${window}1-`, false],
    ['one without its delimiter', window.slice(0, -1), false],
    ['a bare prefix', lookup.at(-1) ?? '', false],
    ['a newer schema', window.replace('-v1-', '-v2-'), false],
  ])('%s: %s -> %s', (_name, key, expected) => {
    expect(isKeyOf(key, identity, TEN_MINUTES)).toBe(expected);
  });
});

describe('serverHash', () => {
  test('tells servers apart, and not who asks them', () => {
    expect(serverHash(sampleServer({ credentials: 'other', impersonation: 'jane' }))).toBe(serverHash(sampleServer()));
    expect(serverHash(sampleServer({ certificateAuthority: 'system' }))).not.toBe(serverHash(sampleServer()));
    expect(serverHash(sampleServer({ server: 'https://10.0.0.1' }))).not.toBe(serverHash(sampleServer()));
    expect(serverHash(sampleServer({ proxy: 'http://p:1' }))).not.toBe(serverHash(sampleServer()));
  });
});
