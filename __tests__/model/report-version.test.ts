import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REPORT_VERSION } from '../../src/model/report-version.ts';

test('is the version of the published schema', () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../docs/schemas/report.json'), 'utf8'));
  expect(schema.properties.version).toEqual({ const: REPORT_VERSION });
});
