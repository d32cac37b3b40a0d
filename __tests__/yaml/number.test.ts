import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVERYTHING, fieldOf, fieldsOf } from '../../src/yaml/node.ts';
import { isUnsigned, keyNumber, sentJsonNumber, sentNumber, yamlNumber } from '../../src/yaml/number.ts';
import { readYaml } from '../../src/yaml/reader.ts';

const sent = (text: string): string | undefined => {
  const number = yamlNumber(text);
  return number && sentNumber(number);
};

// Both tables were taken from sigs.k8s.io/yaml 1.6.0 and apimachinery 0.37.2; the end-to-end tests compare more.
describe('a number of YAML is sent as', () => {
  test.each([
    ['0x10', '16'],
    ['-0x10', '-16'],
    ['010', '8'],
    ['0o17', '15'],
    ['0b101', '5'],
    ['-0b101', '-5'],
    ['08', '8'],
    ['1_000', '1000'],
    ['+12', '12'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['3.0', '3'],
    ['1.', '1'],
    ['.5', '0.5'],
    ['+.5e3', '500'],
    ['1.10', '1.1'],
    ['1e3', '1000'],
    ['1e20', '100000000000000000000'],
    ['1e21', '1e+21'],
    ['0.000001', '0.000001'],
    ['1e-7', '1e-7'],
    ['9007199254740993', '9007199254740993'],
    ['9007199254740993.0', '9007199254740992'],
    ['9223372036854775807', '9223372036854775807'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['+9223372036854775808', '9223372036854776000'],
    ['18446744073709551615', '18446744073709552000'],
    ['0xFFFFFFFFFFFFFFFF', '18446744073709552000'],
    ['99999999999999999999', '100000000000000000000'],
    ['12345678901234567890123.0', '1.2345678901234568e+22'],
  ])('%s: %s', (text, expected) => {
    expect(sent(text)).toBe(expected);
  });

  test.each(['', '-', '.', '1e400', '0x', '0b2', '1.2.3', '12:30', '.5_0', '_1', '0x1p4', '--1'])(
    '%j: text',
    (text) => {
      expect(sent(text)).toBeUndefined();
    },
  );

  test('any whole number of 64 bits: itself', () => {
    void fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        expect(sent(String(value))).toBe(String(value));
        if (value >= 0n) expect(sent(`0x${value.toString(16)}`)).toBe(String(value));
      }),
    );
  });
});

test.each([
  ['3.0', '3'],
  ['1e3', '1000'],
  ['1.0e2', '100'],
  ['-0', '0'],
  ['-0.0', '-0'],
  ['18446744073709551616', '18446744073709552000'],
  ['-9223372036854775808', '-9223372036854775808'],
  ['1e400', undefined],
])('a number of JSON, %s, is sent as %s', (text, expected) => {
  expect(sentJsonNumber(text)).toBe(expected);
});

test.each([
  ['0x10', '16'],
  ['-0', '0'],
  ['1_000', '1000'],
  ['1.5', '1.5'],
  ['0.1', '0.1'],
  ['123456.7', '123456.7'],
  ['100.0', '100'],
  ['1e6', '1e+06'],
  ['1234567.0', '1.234567e+06'],
  ['16777217.0', '1.6777216e+07'],
  ['1e-4', '0.0001'],
  ['1e-5', '1e-05'],
  ['1e100', '.inf'],
  ['-1e100', '-.inf'],
  ['-0.0', '-0'],
])('as a key, %s is %s', (text, expected) => {
  const number = yamlNumber(text);
  expect(number && keyNumber(number)).toBe(expected);
});

test('only a whole number beyond int64 is unsigned', () => {
  const unsigned = ['9223372036854775807', '9223372036854775808', '9223372036854775808.0'].map((text) => {
    const number = yamlNumber(text);
    return number && isUnsigned(number);
  });
  expect(unsigned).toEqual([false, true, false]);
});

test.each([
  ['0x10: a', '16'],
  ['1e6: a', '1e+06'],
  ['yes: a', 'true'],
  ['.INF: a', '.inf'],
  ['{1.50: a}', '1.5'],
])('the key of %s is named %s', (yaml, name) => {
  const { root } = readYaml(Buffer.from(yaml), EVERYTHING);
  expect(root && fieldsOf(root).map((field) => field.name)).toEqual([name]);
});

test('a number keeps its text in a tree', () => {
  const { root } = readYaml(Buffer.from('a: 0x1F'), EVERYTHING);
  expect(fieldOf(root, 'a')?.value).toEqual({ kind: 'number', at: 3, text: '31' });
});
