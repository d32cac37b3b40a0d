import { expect, test } from 'vitest';
import { Unreadable } from '../../src/yaml/unreadable.ts';

test('an unreadable text says where and why', () => {
  expect(new Unreadable(3, 'because')).toMatchObject({ name: 'Unreadable', at: 3, message: 'because' });
});
