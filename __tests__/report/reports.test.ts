import { expect, test } from 'vitest';
import { reportFiles } from '../../src/report/reports.ts';
import { variedVerdict } from '../helpers/sample-verdict.ts';

test('a report is three files, the workflow standing in where no manifest is named', () => {
  const files = reportFiles(variedVerdict(), { workflowFile: '.github/workflows/gate.yaml' });
  expect(files.map(({ name }) => name)).toEqual(['report.json', 'junit.xml', 'report.sarif']);
  expect(files.at(-1)?.text).toContain('.github/workflows/gate.yaml');
});
