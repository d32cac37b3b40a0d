import { expect, test } from 'vitest';
import { assertNever } from '../../src/model/assert-never.ts';

test('a value that slipped past the types is named', () => {
  expect(() => assertNever({ kind: 'new' } as never)).toThrow('unexpected value: {"kind":"new"}');
});
