import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeWrappings, unwrapKubeconfig } from '../../../src/cluster/kubeconfig/unwrap.ts';

const encoded = (text: string) => Buffer.from(text).toString('base64');
const config = 'apiVersion: v1\nkind: Config\ncurrent-context: k\n';

test.each([
  ['a path', 'deploy/kubeconfig'],
  ['a long path of the letters of base64', `${'a'.repeat(30)}/${'b'.repeat(30)}`],
  ['a token', `eyJ${'x'.repeat(60)}`],
  ['base64 of something else', encoded('some other text that is long enough to be looked at')],
  ['base64 of bytes', Buffer.alloc(60, 0xff).toString('base64')],
  ['a short text', encoded('kind: x')],
  ['quotes around nothing', '""'],
  ['quotes around a path', '"deploy/kubeconfig"'],
  ['a kubeconfig', config],
  ['nothing', ''],
])('%s is left as it is', (_rule, text) => {
  expect(unwrapKubeconfig(text)).toEqual({ text, wrappings: [] });
});

test('a kubeconfig is found below base64 and quotes in any order, up to four', () => {
  const wrap = fc.constantFrom<'base64' | 'quotes'>('base64', 'quotes');
  fc.assert(
    fc.property(fc.array(wrap, { minLength: 1, maxLength: 4 }), (wrappings) => {
      const wrapped = wrappings
        .toReversed()
        .reduce((text, how) => (how === 'base64' ? encoded(text) : JSON.stringify(text)), config);
      expect(unwrapKubeconfig(wrapped)).toEqual({ text: config, wrappings });
    }),
  );
});

test('no text throws', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof unwrapKubeconfig(text).text === 'string'));
});

test.each([
  [['base64'], 'in base64'],
  [['base64', 'base64'], 'in base64, twice over'],
  [['base64', 'base64', 'base64'], 'in base64, 3 times over'],
  [['quotes', 'base64'], 'in quotes and in base64'],
  [['quotes'], 'in quotes'],
] as const)('%j: %s', (wrappings, words) => {
  expect(describeWrappings(wrappings)).toBe(words);
});
