import { expect, test } from 'vitest';
import { FailureError, failWith } from '../../../src/cluster/connection/failure.ts';

test('a failure can be thrown with its cause', () => {
  const cause = new Error('cause');
  const thrown = failWith({ kind: 'not-tls' }, cause);
  expect(thrown).toBeInstanceOf(FailureError);
  expect(thrown).toMatchObject({ failure: { kind: 'not-tls' }, cause });
});
