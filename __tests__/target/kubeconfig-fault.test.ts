import { expect, test } from 'vitest';
import { throwFaults } from '../../src/target/kubeconfig-fault.ts';
import { gateErrorOf } from '../helpers/gate-error.ts';

const place = { kind: 'input', input: 'kubeconfig' } as const;

test('without faults nothing is thrown', () => {
  expect(() => throwFaults([], place)).not.toThrow();
});

test('all faults are told at once, under the code of the first, and no hint twice', async () => {
  const faults = [
    { code: 'one', message: 'This is wrong', hint: 'Mend it.' },
    { code: 'two', message: 'that is wrong', hint: 'Mend it.' },
  ];
  expect(await gateErrorOf(() => throwFaults(faults, place))).toMatchObject({
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
