import { expect, test } from 'vitest';
import { ENTRY_FILE } from '../../src/cache/toolkit-call.ts';

test('the file has the same short relative name everywhere: it is part of every entry, and of a sed expression', () => {
  expect(ENTRY_FILE).toBe('kube-api-gate-snapshot');
});
