import { expect, test } from 'vitest';
import { parseRelease } from '../../src/model/release.ts';
import { formatCheck, hasReached, isBase64 } from '../../src/schemas/formats.ts';

test.each<[string, readonly string[], readonly string[]]>([
  ['uri', ['https://a', '/a', 'mailto:x', '*'], ['', 'a', 'a b', 'x\u0001:y']],
  ['email', ['a@b'], ['a', '']],
  [
    'hostname',
    ['a', 'db.example.com', '1a.example', 'x-y'],
    ['', 'my-host', 'a..b', 'a_b.example', `${'a'.repeat(64)}.com`],
  ],
  ['ipv4', ['10.0.0.1', '010.0.0.1', '::ffff:1.2.3.4'], ['10.0.0', '256.0.0.1', 'a', '::1']],
  ['ipv6', ['::1', '2001:db8::'], ['1.2.3.4', 'fe80::1%eth0', 'g::']],
  ['cidr', ['10.0.0.0/8', '::/0'], ['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0.0/+8', 'a/8']],
  ['mac', ['00:00:5e:00:53:01', '00-00-5e-00-53-01', '0000.5e00.5301'], ['00:00:5e:00:53', '00:00-5e:00:53:01']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000', '123E4567e89b12d3a456426614174000'], ['123', '']],
  ['uuid4', ['123e4567-e89b-42d3-a456-426614174000'], ['123e4567-e89b-12d3-a456-426614174000']],
  ['hexcolor', ['#fff', 'ff8800'], ['#ffff', 'red']],
  ['rgbcolor', ['rgb(1, 2,255)'], ['rgb(256,0,0)', 'rgb(1,2)']],
  ['ssn', ['123-45-6789'], ['123456789', '12-345-6789']],
  ['byte', ['aGVsbG8='], ['', 'a', 'a-b=']],
  ['date', ['2026-02-28'], ['2026-02-30', '28.2.2026']],
  ['date-time', ['2026-01-31T12:00:00Z', '2026-01-31t12:00:00.5z'], ['2026-01-31', '2026-01-31T24:00:00Z']],
  ['duration', ['1h30m', '3 days', '1 wk'], ['soon', '']],
  ['password', ['', 'x'], []],
  ['bsonobjectid', ['0123456789abcdef01234567'], ['x']],
  ['k8s-short-name', ['a-b'], ['a.b', 'A']],
  ['k8s-long-name', ['a-b.c'], ['-a', '']],
])('%s', (format, good, bad) => {
  const check = formatCheck(format, parseRelease('1.37'));
  expect(good.filter((text) => check?.(text) !== true)).toEqual([]);
  expect(bad.filter((text) => check?.(text) !== false)).toEqual([]);
});

test.each([
  ['a format that nobody knows', 'semver', '1.37'],
  ['a format that came later', 'k8s-short-name', '1.33'],
  ['a format of numbers', 'int32', '1.37'],
])('%s is passed over', (_rule, format, version) => {
  expect(formatCheck(format, parseRelease(version))).toBeUndefined();
});

test('of a server whose version is not known nothing is expected that came later', () => {
  expect([formatCheck('k8s-short-name', undefined), hasReached(undefined, '1.0')]).toEqual([undefined, false]);
});

test.each([
  ['', true],
  ['QQ==', true],
  ['QQ', false],
  ['Q=Q=', false],
])('base64 of %j: %s', (text, expected) => {
  expect(isBase64(text)).toBe(expected);
});
