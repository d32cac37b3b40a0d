import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generateTable, tableFile } from '../../scripts/lifecycle.ts';

test('the lifecycle table is what the types of Kubernetes say', async () => {
  expect(await readFile(tableFile, 'utf8')).toBe(await generateTable());
});
