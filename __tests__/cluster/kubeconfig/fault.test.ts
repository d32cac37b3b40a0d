import { expect, test } from 'vitest';
import { accessOf } from '../../../src/cluster/kubeconfig/fault.ts';
import { gateErrorOf } from '../../helpers/gate-error.ts';

const place = { kind: 'input', input: 'kubeconfig' } as const;

test('without faults there is access', () => {
  expect(accessOf({ access: 'granted' }, place)).toBe('granted');
});

test('all faults are told at once, under the code of the first, and no hint twice', async () => {
  const faults = [
    { code: 'one', message: 'This is wrong', hint: 'Mend it.' },
    { code: 'two', message: 'that is wrong', hint: 'Mend it.' },
  ];
  expect(await gateErrorOf(() => accessOf({ faults }, place))).toMatchObject({
    outcome: 'invalid-input',
    code: 'one',
    message: 'This is wrong; that is wrong',
    hint: 'Mend it.',
    problems: [
      { place, message: 'This is wrong', hint: 'Mend it.' },
      { place, message: 'that is wrong', hint: 'Mend it.' },
    ],
  });
});
