import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snapshotFileName } from '../../src/snapshots/file-name.ts';

describe('a name that every file system takes stays', () => {
  test.each(['production', 'eu-west-1.prod_2', 'a', '1'])('%s', (name) => {
    expect(snapshotFileName(name)).toBe(`${name}.json`);
  });
});

describe('any other is changed, and keeps what can be read of it', () => {
  test.each([
    ['upper case, which some file systems do not tell from lower', 'Production', /^production~[0-9a-f]{16}\.json$/],
    ['slashes', 'arn:aws:eks:eu:1234:cluster/prod', /^arn_aws_eks_eu_1234_cluster_prod~[0-9a-f]{16}\.json$/],
    ['a way out of the folder', '../../etc/passwd', /^etc_passwd~[0-9a-f]{16}\.json$/],
    ['dots alone', '..', /^cluster~[0-9a-f]{16}\.json$/],
    ['two dots in it', 'a..b', /^a_b~[0-9a-f]{16}\.json$/],
    ['a hidden file', '.prod', /^prod~[0-9a-f]{16}\.json$/],
    ['a dot at the end, which Windows drops', 'prod.', /^prod~[0-9a-f]{16}\.json$/],
    ['a device of Windows', 'con', /^con~[0-9a-f]{16}\.json$/],
    ['a device with an ending', 'com1.prod', /^com1_prod~[0-9a-f]{16}\.json$/],
    ['nothing that can be read', '東京', /^cluster~[0-9a-f]{16}\.json$/],
    ['a very long name', 'x'.repeat(1000), /^x{60}~[0-9a-f]{16}\.json$/],
    ['a NUL', 'a\0b', /^a_b~[0-9a-f]{16}\.json$/],
    ['what looks like a changed name', `prod~${'0'.repeat(16)}`, /^prod_0{16}~[0-9a-f]{16}\.json$/],
  ])('%s', (_rule, name, expected) => expect(snapshotFileName(name)).toMatch(expected));
});

test('property: two clusters never share a file, not even where case does not count, and none leaves its folder', () => {
  const names = fc.string({
    unit: fc.constantFrom('a', 'A', 'b', '.', '/', '\\', '-', '_', '~', ' ', ':', 'ß', '\n'),
    maxLength: 6,
  });
  fc.assert(
    fc.property(names, names, (left, right) => {
      const [a, b] = [snapshotFileName(left), snapshotFileName(right)];
      if (left !== right) expect(a.toLowerCase()).not.toBe(b.toLowerCase());
      expect(a).toMatch(/^[a-z0-9][a-z0-9._~-]{0,120}\.json$/);
    }),
  );
});
