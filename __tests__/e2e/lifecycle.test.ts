import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { generatedFiles, generateTables } from '../../scripts/lifecycle.ts';

let tables: Awaited<ReturnType<typeof generateTables>>;
beforeAll(async () => {
  tables = await generateTables();
});

test.each([
  { rule: 'the table of types is what the types of Kubernetes say', table: 'types' },
  { rule: 'the table of fields is what the Go sources of Kubernetes say', table: 'fields' },
] as const)('$rule', async ({ table }) => {
  expect(await readFile(generatedFiles[table], 'utf8')).toBe(tables[table]);
});
