import { expect, test } from 'vitest';
import { waysToTrust } from '../../../src/cluster/connection/trust.ts';
import { createAuthority } from '../../helpers/certificates.ts';

const pems = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => createAuthority(name(index)).certificate);
const ways = (bundle: string | undefined) => waysToTrust(bundle).map(({ authorities }) => authorities());

test("without an authority the machine's own roots come after Node's, which need no reading", () => {
  const [first, second, ...more] = ways(undefined);
  expect(first).toBeUndefined();
  expect(second?.length).toBeGreaterThan(0);
  expect(more).toEqual([]);
});

test.each([
  ['one authority', pems(1, String), 0],
  ['a few, each alone', pems(3, String), 3],
  ['many of different names', pems(12, String), 0],
  ['many, of which some share a name', pems(12, (index) => (index % 4 === 0 ? 'same' : String(index))), 3],
])('after the whole bundle: %s', (_rule, bundle, more) => {
  const [whole, ...others] = ways(bundle.join(''));
  expect(whole).toEqual([bundle.join('')]);
  expect(others).toHaveLength(more);
  for (const [pem = ''] of others.map((each) => each ?? []))
    expect(bundle.map((each) => each.trim())).toContain(pem.trim());
});
