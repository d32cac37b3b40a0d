import { expect, test } from 'vitest';
import { isQuantity } from '../../src/schemas/quantity.ts';

test.each([
  '0',
  '1',
  '-1',
  '+1',
  '1.5',
  '.5',
  '1.',
  '500m',
  '1.5Gi',
  '10Ei',
  '1e3',
  '1E3',
  '1E',
  '1e-3',
  ' 1 ',
  '+',
  '.',
  'k',
  '12345678901234567890',
])('taken, as the server has it: %j', (text) => {
  expect(isQuantity(text)).toBe(true);
});

test.each([
  '',
  ' ',
  'a',
  '1x',
  '1.5Gx',
  '1 Gi',
  '1K',
  '1gi',
  '1e',
  '1e+',
  '1m1',
  '0x1',
  '--1',
  '1.2.3',
  '1e99999999999999999999',
  'NaN',
])('refused: %j', (text) => {
  expect(isQuantity(text)).toBe(false);
});
